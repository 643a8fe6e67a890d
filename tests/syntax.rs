//! The grammar, the typed tree, the formatter and the two spellings, on whole files: text in, text
//! or tree out.

use regime::diagnostic::Diagnostic;
use regime::diagnostic::wording::Text;
use regime::syntax::format::format;
use regime::syntax::parse;
use regime::syntax::spelling::convert_keywords;
use regime::syntax::tree::Kind;
use regime::text::language::Language;
use regime::text::line_index::LineIndex;
use regime::text::{FileId, SourceFile};
use std::fmt::Write as _;

const TTHC: &str = include_str!("fixtures/language/r01_tthc.regime");
const XLD: &str = include_str!("fixtures/language/r03_xld.vi.regime");
const COMMON: &str = include_str!("fixtures/language/common.regime");
const DISASTER: &str = include_str!("fixtures/language/r07_thien_tai.regime");
const DISBURSEMENT: &str = include_str!("fixtures/language/r10_giai_ngan.regime");
const ECONOMY: &str = include_str!("fixtures/language/r11_ktxh.vi.regime");

const ALL: [(&str, &str); 6] = [
    ("TTHC", TTHC),
    ("XLD", XLD),
    ("COMMON", COMMON),
    ("DISASTER", DISASTER),
    ("DISBURSEMENT", DISBURSEMENT),
    ("ECONOMY", ECONOMY),
];

fn source(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "test.regime", text)
}

/// The typed tree as text, without places.
fn meaning(text: &str) -> String {
    let tree = format!("{:?}", parse(&source(text)).ast);
    let mut out = String::new();
    let mut rest = tree.as_str();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn comments(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let mut quoted = false;
            let at = line.char_indices().find(|(at, character)| {
                quoted ^= *character == '"';
                !quoted && line[*at..].starts_with("//")
            })?;
            Some(line[at.0..].trim_end().to_owned())
        })
        .collect()
}

/// Complete statements in the tree.
fn statements(text: &str) -> usize {
    let mut count = 0;
    if let Some(tree) = parse(&source(text)).tree {
        tree.walk(&mut |node| {
            count += usize::from(node.kind() == Kind::Statement);
            true
        });
    }
    count
}

#[test]
fn every_example_parses_without_a_problem() {
    for (name, text) in ALL {
        let parsed = parse(&source(text));
        let report = shown(text, &parsed.problems);
        assert!(parsed.problems.is_empty(), "{name}:\n{report}");
        let strays = format!("{:?}", parsed.ast).matches("Stray {").count();
        assert_eq!(strays, 0, "{name} has stray lines");
    }
}

#[test]
fn both_spellings_mean_the_same_and_convert_back_byte_for_byte() {
    for (name, text) in ALL {
        let (own, other) = if text.contains("chế độ ") {
            (Language::Vietnamese, Language::English)
        } else {
            (Language::English, Language::Vietnamese)
        };
        let converted = convert_keywords(text, other);
        assert_ne!(converted, text, "{name}: nothing was converted");
        assert_eq!(
            convert_keywords(text, own),
            text,
            "{name}: touched without need"
        );
        assert_eq!(
            meaning(&converted),
            meaning(text),
            "{name}: another meaning"
        );
        assert_eq!(
            convert_keywords(&converted, own),
            text,
            "{name}: not byte-exact"
        );
    }
}

#[test]
fn formatting_is_idempotent_keeps_the_meaning_and_every_comment() {
    for (name, text) in ALL {
        let once = format(text);
        assert_eq!(format(&once), once, "{name}: formatting again changes it");
        assert_eq!(meaning(&once), meaning(text), "{name}: another meaning");
        assert_eq!(comments(&once), comments(text), "{name}: a comment is lost");
        assert!(
            !comments(text).is_empty(),
            "{name} shows nothing about comments"
        );
    }
}

#[test]
fn the_layout_of_a_form_is_canonical() {
    let source = "\n\n\nform   X  \"01/X\"   \"Tên\" {\n\n\n// đầu\ncolumn 1 a   \"A\"=[2]+[3]\n      =  [4]   // chuỗi\n\n\n\ncolumn 2 b \"B\" percent( 2 ) range 0 .. 8.5 ;\n  group \"G\" { column 3 \"C\" ;column 4 \"D\" closed [1] ,[5 .. 7]; }\ncheck C1:[2]<>-[3]   and  max( [1],[2] )!=3\n  message  \"Số {[2]}  sai\"\n\n}\n\n";
    insta::assert_snapshot!(format(source), @"");
}

#[test]
fn stray_lines_keep_their_text_in_the_formatter() {
    let source =
        "form X \"X\" {\n  this   line  is nothing\n     colum 3   \"A\"\n column 4 \"B\"\n}\n";
    let formatted = format(source);
    assert!(formatted.contains("  this   line  is nothing\n"));
    assert!(formatted.contains("  colum 3   \"A\"\n  column 4 \"B\"\n"));
    assert_eq!(format(&formatted), formatted);
}

/// Source and verdict, for reading.
fn shown(text: &str, problems: &[Diagnostic]) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for problem in problems {
        let place = lines.display(text, problem.primary.span.start);
        let end = lines.display(text, problem.primary.span.end);
        let line = lines.line_text(text, place.line);
        let width = if end.line == place.line {
            (end.column - place.column).max(1)
        } else {
            1
        };
        let wording = problem.problem.wording();
        let both = |text: &Text| format!("{}\n       {}", text.vi, text.en);
        let _ = writeln!(out, "{} {}", problem.problem.code(), both(&wording.message));
        let _ = writeln!(out, "{:>4} | {line}", place.line + 1);
        let _ = writeln!(
            out,
            "     | {}{}",
            " ".repeat(place.column as usize),
            "^".repeat(width as usize)
        );
        for secondary in &problem.secondary {
            let at = lines.display(text, secondary.label.span.start);
            let _ = writeln!(
                out,
                "     - {}: {}",
                at.line + 1,
                secondary.note.wording().vi
            );
        }
        if let Some(help) = &wording.help {
            let _ = writeln!(out, "     = {}", both(help).replace("\n  ", "\n"));
        }
        for fix in &problem.fixes {
            let _ = writeln!(out, "     > {}", fix.wording().vi.replace('\n', "⏎"));
        }
    }
    out
}

fn verdict(text: &str) -> String {
    let problems = parse(&source(text)).problems;
    format!(
        "{text}\n---- {}\n{}",
        problems.len(),
        shown(text, &problems)
    )
}
