//! The grammar, the typed tree, the formatter and the two spellings, on whole files: text in, text
//! or tree out.

#[path = "syntax/again.rs"]
mod again;
#[path = "syntax/anything.rs"]
mod anything;
#[path = "fuzzing/bodies.rs"]
mod bodies;
#[path = "syntax/editor.rs"]
mod editor;
#[path = "syntax/hazards.rs"]
mod hazards;
#[path = "syntax/recovery.rs"]
mod recovery;
#[path = "syntax/steps.rs"]
mod steps;

use regime::diagnostic::Diagnostic;
use regime::diagnostic::wording::Text;
use regime::syntax::format::format;
use regime::syntax::keywords;
use regime::syntax::parse;
use regime::syntax::spelling::convert_keywords;
use regime::syntax::tree::Kind;
use regime::text::language::Language;
use regime::text::line_index::LineIndex;
use regime::text::{FileId, SourceFile};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const TTHC: &str = include_str!("fixtures/language/r01_tthc.regime");
const XLD: &str = include_str!("fixtures/language/r03_xld.vi.regime");
const COMMON: &str = include_str!("fixtures/language/common.regime");
const DISASTER: &str = include_str!("fixtures/language/r07_thien_tai.regime");
const ECONOMY: &str = include_str!("fixtures/language/r11_ktxh.vi.regime");
const CONSTRUCTS: &str = include_str!("fixtures/language/constructs.regime");

/// Regimes of several fields, and a file with all that they do not use.
const ALL: [(&str, &str); 16] = [
    ("common", COMMON),
    ("r01", TTHC),
    ("r02", include_str!("fixtures/language/r02_tcd.regime")),
    ("r03", XLD_ENGLISH),
    ("r03.vi", XLD),
    ("r05", include_str!("fixtures/language/r05_cchc.regime")),
    ("r07", DISASTER),
    (
        "r08",
        include_str!("fixtures/language/r08_ke_hoach_pctt.regime"),
    ),
    ("r09", SCHOOLS_ENGLISH),
    ("r09.vi", SCHOOLS),
    (
        "r10",
        include_str!("fixtures/language/r10_giai_ngan.regime"),
    ),
    ("r11", ECONOMY_ENGLISH),
    ("r11.vi", ECONOMY),
    ("r12", include_str!("fixtures/language/r12_atgt.regime")),
    ("r15", include_str!("fixtures/language/r15_btnn.regime")),
    ("constructs", CONSTRUCTS),
];

const XLD_ENGLISH: &str = include_str!("fixtures/language/r03_xld.regime");
const SCHOOLS_ENGLISH: &str = include_str!("fixtures/language/r09_hoc_sinh.regime");
const SCHOOLS: &str = include_str!("fixtures/language/r09_hoc_sinh.vi.regime");
const ECONOMY_ENGLISH: &str = include_str!("fixtures/language/r11_ktxh.regime");

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
        let (own, other) = if text.lines().any(|line| line.starts_with("chế độ ")) {
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
fn a_file_and_its_vietnamese_twin_are_one_text_in_two_spellings() {
    for (english, vietnamese) in [
        (XLD_ENGLISH, XLD),
        (SCHOOLS_ENGLISH, SCHOOLS),
        (ECONOMY_ENGLISH, ECONOMY),
    ] {
        assert_eq!(convert_keywords(english, Language::Vietnamese), vietnamese);
        assert_eq!(convert_keywords(vietnamese, Language::English), english);
    }
}

#[test]
fn every_keyword_of_the_table_is_used_by_an_example() {
    let mut unused: BTreeSet<&str> = keywords::table().iter().map(|one| one.rule).collect();
    for (_, text) in ALL {
        let tree = parse(&source(text)).tree.unwrap();
        tree.walk(&mut |node| {
            if let Kind::Keyword(keyword) = node.kind() {
                unused.remove(keyword.rule);
            }
            true
        });
    }
    assert!(unused.is_empty(), "keywords in no example: {unused:?}");
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
    insta::assert_snapshot!(format(source), @r#"
    form X "01/X" "Tên" {
      // đầu
      column 1 a "A" = [2] + [3]
        = [4] // chuỗi

      column 2 b "B" percent(2) range 0 .. 8.5
      group "G" { column 3 "C"; column 4 "D" closed [1], [5..7] }
      check C1: [2] ≠ -[3] and max([1], [2]) ≠ 3
        message "Số {[2]}  sai"
    }
    "#);
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

const REGIME: &str = "regime R \"R\" version 1 in force from 01/01/2026 {\n";

/// A regime around these lines.
fn regime(lines: &str) -> String {
    format!("{REGIME}{lines}}}\n")
}

/// A form in a regime around these lines.
fn form(lines: &str) -> String {
    regime(&format!("  form F \"F\" {{\n{lines}  }}\n"))
}

#[test]
fn mistakes_in_the_header_are_placed_and_named() {
    for (name, lines) in [
        (
            "deadline_without_who",
            "  deadline by day 25 of last month\n",
        ),
        (
            "deadline_with_a_wrong_day",
            "  deadline xa by 25 of last month\n",
        ),
        ("window_half_said", "  window from 15/12 last year\n"),
        (
            "accents_missing_inside",
            "  hạn gửi xa cham nhat ngày 25 tháng cuối kỳ\n",
        ),
        ("route_without_end", "  route xa ->\n"),
        ("issuer_without_quotes", "  issuer Thanh tra\n"),
        (
            "quote_not_opened",
            "  basis Thông tư 01\"\n  issuer \"B\"\n",
        ),
        (
            "quote_not_closed",
            "  basis \"Thông tư 01\n  issuer \"B\"\n",
        ),
        (
            "typographic_quotes",
            "  basis “Thông tư 01”\n  issuer \"B”\n",
        ),
        (
            "two_statements_on_a_line",
            "  issuer \"B\" sign by leader\n",
        ),
        ("form_statement_in_a_regime", "  column 3 \"A\"\n"),
    ] {
        insta::assert_snapshot!(name, verdict(&regime(lines)));
    }
}

#[test]
fn mistakes_in_a_form_are_placed_and_named() {
    for (name, lines) in [
        (
            "misspelt_column",
            "    colum 3 a \"A\"\n    column 4 b \"B\"\n",
        ),
        ("capital_letter", "    Cột 3 a \"A\"\n"),
        (
            "no_accents",
            "    cot 3 a \"A\"\n    nhom \"N\" {\n      cột 4 b \"B\"\n    }\n",
        ),
        (
            "spelling_variant",
            "    kiểm tra C: [1] = kì trước([1])\n    luỹ kế\n",
        ),
        (
            "decimal_comma",
            "    column 3 a \"A\" = [1] * 1,5\n    column 4 b \"B\" range 0 .. 8,5%\n",
        ),
        (
            "decimal_comma_in_a_function",
            "    column 3 a \"A\" = max([1], 1,5%) + round([1] / 3, 2)\n",
        ),
        (
            "division_like_a_day",
            "    check C: [1] < 15/12 and [2] < 1 / 2 and [1]/12 > 3\n",
        ),
        ("points_between_thousands", "    check C: [1] < 1.734.000\n"),
        (
            "foreign_signs",
            "    check C: [1] <> [2]\n    check D: [1] != [2] and [3] => 1\n",
        ),
        ("mixed_comparison", "    check C: [1] < [2] > [3]\n"),
        (
            "bracket_not_closed",
            "    check C: ([1] + [2] = 3\n    check D: [1 = 2\n",
        ),
        (
            "rule_without_right_side",
            "    check C: [1] <=\n    column 4 b \"B\"\n",
        ),
        (
            "braces_in_a_message",
            "    check C: [1] = 2\n      message \"Số {[1} và {không rõ} sai\"\n",
        ),
        (
            "message_alone",
            "    column 3 \"A\"\n      message \"Số {[1]}\"\n",
        ),
        (
            "attribute_on_its_own_line",
            "    column 3 \"A\"\n    measure don\n",
        ),
        (
            "reserved_word_as_a_name",
            "    column 3 \"A\" = [1] + and\n",
        ),
        (
            "junk_after_a_block",
            "    group \"G\" {\n      column 3 \"A\"\n    } junk here\n    column 4 \"B\"\n",
        ),
        ("unknown_line", "    please add a column\n    ??? 3\n"),
    ] {
        insta::assert_snapshot!(name, verdict(&form(lines)));
    }
}

#[test]
fn mistakes_of_braces_heads_and_tests_are_placed_and_named() {
    for (name, text) in [
        (
            "brace_of_a_form_missing",
            regime(
                "  form F \"F\" {\n    column 1 \"A\"\n  form G \"G\" {\n    column 1 \"A\"\n  }\n",
            ),
        ),
        (
            "brace_of_a_group_missing",
            form("    group \"G\" {\n      column 1 \"A\"\n    column 2 \"B\"\n"),
        ),
        (
            "brace_at_the_end_missing",
            form("    column 1 \"A\"\n")
                .trim_end()
                .trim_end_matches('}')
                .to_owned(),
        ),
        (
            "opening_brace_missing",
            regime("  form F \"F\"\n    column 1 \"A\"\n  }\n"),
        ),
        ("brace_too_many", form("    column 1 \"A\"\n    }\n")),
        (
            "head_with_a_missing_quote",
            regime("  form F \"01/F {\n    column 1 \"A\"\n  }\n"),
        ),
        (
            "head_with_a_missing_name",
            regime("  form \"01/F\" {\n    column 1 \"A\"\n  }\n"),
        ),
        (
            "head_misspelt",
            regime("  biễu F \"F\" {\n    cột 1 \"A\"\n    cột 2 \"B\n  }\n"),
        ),
        (
            "given_values",
            regime(
                "  test \"t\" {\n    given F { 3: 8,5  4: 1.200.300  5 7\n      6: 7 }\n    given F {\n      columns 3 4\n      row a: 1 2,5\n      row b: 8 - 5\n    }\n    expect F[3] 45\n    expct valid\n  }\n",
            ),
        ),
        (
            "decomposed_letters",
            "bie\u{302}\u{309}u X \"Đơn\" {\n  cột 1 \"Cuo\u{302}\u{301}i\"\n  cot 2 \"A\"\n}\n"
                .to_owned(),
        ),
        ("empty_statement_words", "chế độ\nbiểu X\n".to_owned()),
    ] {
        insta::assert_snapshot!(name, verdict(&text));
    }
}

#[test]
fn five_different_mistakes_give_exactly_five_reports() {
    let text = "chế độ KNTC \"Kết quả xử lý đơn\" phiên bản 1 hiệu lực từ 05/03/2024 {
  căn cứ “Thông tư 01/2024/TT-TTCP”
  co quan ban hanh \"Thanh tra Chính phủ\"
  hạn gửi xa chậm nhất ngày 25
  biểu F \"01\" \"Biểu\" {
    cột 1 a \"Tổng số\" = [2] + 
    cột 2 b \"Kỳ trước
    cột 3 c \"Trong kỳ\"
  }
}
";
    let problems = parse(&source(text)).problems;
    let codes: Vec<_> = problems.iter().map(|one| one.problem.code()).collect();
    assert_eq!(
        codes,
        ["R109", "R113", "R101", "R101", "R106"],
        "{}",
        shown(text, &problems)
    );
}

#[test]
fn a_file_too_large_or_nested_too_deep_is_refused_in_words() {
    let deep = form(&format!(
        "    column 1 \"A\" = {}1{}\n",
        "(".repeat(65),
        ")".repeat(65)
    ));
    assert_eq!(parse(&source(&deep)).problems[0].problem.code(), "R115");
    let blocks = "form F \"F\" {".repeat(3_000);
    assert_eq!(parse(&source(&blocks)).problems[0].problem.code(), "R115");
    let large = format!("// {}", "x".repeat(1024 * 1024));
    assert_eq!(parse(&source(&large)).problems[0].problem.code(), "R116");
    for bracket in ["(", "[", "{", "\"{(", "-", "not "] {
        let text = form(&format!("    check C: {}\n", bracket.repeat(100_000)));
        assert!(!parse(&source(&text)).problems.is_empty());
    }
    // Blocks behind texts that are not closed, and conditions without any bracket.
    for lines in ["\"{\n", "\"{ // a\n", "\"\r{\r", "a \"b { \n"] {
        let problems = parse(&source(&lines.repeat(20_000))).problems;
        assert_eq!(problems[0].problem.code(), "R115", "{lines:?}");
    }
    for count in [70, 5_000] {
        let text = form(&format!(
            "    column 1 \"A\" = {}0\n",
            "if [2] > 0 then 1 else ".repeat(count)
        ));
        let code = parse(&source(&text)).problems[0].problem.code();
        assert!(matches!(code, "R115" | "R117"), "{code}");
    }
}

#[test]
fn the_deepest_nesting_allowed_is_read() {
    let deep = form(&format!(
        "    column 1 \"A\" = {}1{}\n",
        "(".repeat(60),
        ")".repeat(60)
    ));
    let parsed = parse(&source(&deep));
    assert!(
        parsed.problems.is_empty(),
        "{}",
        shown(&deep, &parsed.problems)
    );
    let rules = format!(
        "{}check [1] = 1{}",
        "when [1] = 1 {".repeat(60),
        "}".repeat(60)
    );
    let parsed = parse(&source(&form(&format!("{rules}\n"))));
    assert!(parsed.problems.is_empty());
}

#[test]
fn the_signs_of_an_expression_are_kept_with_their_precedence() {
    let text = "form F \"F\" {\n  check C: -[1] - [2] / 3 + 4 * ([5] - 6%) >= 0 or not [6] = previous([7]) and [8] ≠ [9]\n}\n";
    insta::assert_snapshot!(
        "precedence",
        meaning(text)
            .replace(", span: ", "")
            .replace("Spanned { value: ", "{")
    );
}

#[test]
fn a_report_on_the_wire_counts_bytes_and_editor_columns() {
    let file = SourceFile::new(
        FileId(7),
        "a/b.regime",
        &form("    cột 3 \"Tổng số\" đóng khi\n"),
    );
    let report =
        regime::diagnostic::wire::report(&parse(&file).problems, std::slice::from_ref(&file));
    insta::assert_json_snapshot!("wire", report);
}
