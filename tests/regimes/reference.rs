//! The reference in docs/language: its project is sound and tested, its fenced examples stand in files that tests run, its constructs are read in both spellings,
//! and its table of keywords is the table of the program.
//!
//! `REGIME_UPDATE_PAGES=1 cargo test --test regimes` writes the table of keywords; a normal run never writes.

use super::converted;
use regime::plan::LANGUAGE_VERSION;
use regime::syntax::format::format;
use regime::syntax::keywords;
use regime::syntax::parse;
use regime::syntax::spelling::convert_keywords;
use regime::syntax::tree::Kind;
use regime::text::language::Language;
use regime::text::{FileId, SourceFile};
use regime::workspace::load::load;
use regime::workspace::trial::mutation::mutate;
use regime::workspace::{Snapshot, trial};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<(PathBuf, String)> {
    let mut pages: Vec<(PathBuf, String)> = ["docs/language", "docs/language/en"]
        .iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).expect("the reference is there"))
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a page is text");
            (path, text)
        })
        .collect();
    pages.sort();
    pages
}

/// The lines of a text that say something, without their indentation.
fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// The regimes that the tutorial and the first example of the reference are about: no change to them goes unnoticed.
const TUTORIAL: [&str; 2] = ["HO_TRO", "Y_TE_THA"];

#[test]
fn the_examples_are_sound_and_tested_from_all_sides() {
    let loaded = load(&root().join("docs/language/vi-du"));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    for source in &loaded.project.sources {
        assert_eq!(format(&source.file.text), source.file.text.as_ref());
    }
    for project in [
        loaded.project.clone(),
        converted(&loaded.project, Language::English),
    ] {
        let snapshot = Snapshot::new(&project);
        assert_eq!(snapshot.diagnostics(), []);
        for regime in snapshot.regimes() {
            let trial = trial::run(&snapshot, &regime).expect("a sound regime");
            let failures: Vec<_> = trial
                .cases
                .iter()
                .filter(|case| !case.failures.is_empty())
                .collect();
            assert!(failures.is_empty(), "{failures:#?}");
            assert_eq!(trial.unexercised, []);
        }
    }
    let snapshot = Snapshot::new(&loaded.project);
    let tutorial: Vec<_> = snapshot
        .regimes()
        .filter(|regime| TUTORIAL.contains(&regime.name()))
        .collect();
    assert_eq!(tutorial.len(), TUTORIAL.len());
    for regime in tutorial {
        let mutations = mutate(&snapshot, &regime).expect("its tests pass");
        assert!(mutations.made > 10, "{} changes", mutations.made);
        assert_eq!(mutations.survivors, []);
    }
}

/// Texts of the regime files of a folder.
fn regime_files(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(root().join(folder))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "regime")
        })
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source is text");
            (path.display().to_string(), text)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_fenced_example_is_part_of_a_file_that_tests_run() {
    let written: Vec<String> = ["docs/language/vi-du", "regimes"]
        .iter()
        .flat_map(|folder| regime_files(folder))
        .map(|(_, text)| text)
        .collect();
    let english: Vec<String> = written
        .iter()
        .map(|text| convert_keywords(text, Language::English))
        .collect();
    let mut seen = 0;
    for (path, text) in pages() {
        let sources = if path.starts_with(root().join("docs/language/en")) {
            &english
        } else {
            &written
        };
        for block in text.split("```regime\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            let wanted = lines(block);
            let found = sources.iter().any(|source| {
                lines(source)
                    .windows(wanted.len())
                    .any(|part| part == wanted)
            });
            assert!(found, "{}:\n{block}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 40, "only {seen} examples");
}

/// The rules of the keywords that a text uses, in the table's names.
fn keywords_of(name: &str, text: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let tree = parse(&SourceFile::new(FileId(0), name, text)).tree;
    tree.expect("a readable text").walk(&mut |node| {
        if let Kind::Keyword(keyword) = node.kind() {
            found.insert(keyword.rule);
        }
        true
    });
    found
}

#[test]
fn every_keyword_stands_in_an_example_that_tests_run() {
    let mut used = BTreeSet::new();
    for (name, text) in regime_files("docs/language/vi-du") {
        used.extend(keywords_of(&name, &text));
    }
    let missing: Vec<&str> = keywords::table()
        .iter()
        .map(|keyword| keyword.rule)
        .filter(|rule| !used.contains(rule))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// What stands around a construct, so that it is read where it belongs.
fn around(place: &str) -> (&'static str, &'static str) {
    const REGIME: &str = "chế độ X \"X\" phiên bản 1 hiệu lực từ 01/01/2026 {\n";
    match place {
        "dự án" => ("", "\n"),
        "lịch" => ("lịch l \"L\" {\n", "\n}\n"),
        "chế độ" => (REGIME, "\n}\n"),
        "đề cương" => (
            "chế độ X \"X\" phiên bản 1 hiệu lực từ 01/01/2026 {\nđề cương {\n",
            "\n}\n}\n",
        ),
        "biểu" => (
            "chế độ X \"X\" phiên bản 1 hiệu lực từ 01/01/2026 {\nbiểu B \"B\" \"B\" {\n",
            "\n}\n}\n",
        ),
        "danh sách" => (
            "chế độ X \"X\" phiên bản 1 hiệu lực từ 01/01/2026 {\ndanh sách L \"L\" \"L\" {\n",
            "\n}\n}\n",
        ),
        "chuyển" => (
            "chế độ X \"X\" phiên bản 2 hiệu lực từ 01/01/2026 {\nchuyển từ phiên bản 1 {\n",
            "\n}\n}\n",
        ),
        "ca kiểm thử" => (
            "chế độ X \"X\" phiên bản 1 hiệu lực từ 01/01/2026 {\nca kiểm thử \"t\" {\n",
            "\n}\n}\n",
        ),
        other => panic!("nothing stands around `{other}`"),
    }
}

/// The constructs of a page of the reference: where each stands, and its two spellings in the order of the columns.
fn constructs(page: &str) -> Vec<(String, String, String)> {
    let page = fs::read_to_string(root().join("docs/language").join(page)).expect("the page");
    let mut place = "";
    let mut found = Vec::new();
    for line in page.lines() {
        if let Some(named) = line.strip_prefix("<!-- đứng trong: ") {
            place = named.trim_end_matches(" -->");
        }
        // What follows a heading without a place are tables of something else.
        if line.starts_with("## ") {
            place = "";
        }
        if place.is_empty() {
            continue;
        }
        let mut cells = line.trim_matches('|').split(" | ").map(str::trim);
        let (Some(first), Some(second)) = (cells.next(), cells.next()) else {
            continue;
        };
        let bare = |cell: &str| Some(cell.strip_prefix('`')?.strip_suffix('`')?.to_owned());
        if let (Some(first), Some(second)) = (bare(first), bare(second)) {
            found.push((place.to_owned(), first, second));
        }
    }
    found
}

#[test]
fn the_english_reference_has_the_constructs_of_the_vietnamese_one() {
    let english: Vec<_> = constructs("en/reference.md")
        .into_iter()
        .map(|(place, english, vietnamese)| (place, vietnamese, english))
        .collect();
    assert_eq!(constructs("tham-chieu.md"), english);
}

#[test]
fn every_construct_of_the_reference_is_read_and_both_columns_say_the_same() {
    let mut seen = 0;
    let mut used = BTreeSet::new();
    for (place, vietnamese, english) in constructs("tham-chieu.md") {
        let (before, after) = around(&place);
        let text = format!("{before}{vietnamese}{after}");
        let parsed = parse(&SourceFile::new(FileId(0), "tham-chieu.regime", &text));
        assert!(parsed.problems.is_empty(), "{text}\n{:#?}", parsed.problems);
        let wanted = convert_keywords(&format!("{before}{english}{after}"), Language::English);
        assert_eq!(
            convert_keywords(&text, Language::English),
            wanted,
            "{vietnamese}"
        );
        used.extend(keywords_of("tham-chieu.regime", &text));
        seen += 1;
    }
    assert!(seen > 150, "only {seen} constructs");
    let missing: Vec<&str> = keywords::table()
        .iter()
        .map(|keyword| keyword.rule)
        .filter(|rule| !used.contains(rule))
        .collect();
    assert_eq!(missing, [""; 0], "keywords that no construct shows");
}

/// The sections of the table, English and Vietnamese.
const SECTIONS: [(&str, &str); 14] = [
    ("Declarations", "Khai báo"),
    ("Parts of declarations", "Phần của khai báo"),
    ("Legal header, routes", "Phần pháp lý, luồng"),
    ("Periods", "Kỳ"),
    (
        "Windows, deadlines, vintages",
        "Chốt số liệu, hạn gửi, độ chắc",
    ),
    ("Applicability", "Nơi áp dụng"),
    ("Form shape", "Hình dạng biểu"),
    (
        "Attributes of a column, row, field, indicator",
        "Thuộc tính của cột, dòng, trường, chỉ tiêu",
    ),
    ("Rules and connectives", "Quy tắc và từ nối"),
    ("Outline", "Đề cương"),
    ("Functions and selectors", "Hàm và cách chọn"),
    ("Values", "Giá trị"),
    ("Migration", "Chuyển phiên bản"),
    ("Tests", "Ca kiểm thử"),
];

/// The page of the keywords as the program's table gives it.
fn keyword_page() -> String {
    let table = fs::read_to_string(root().join("grammar/keywords.csv")).expect("the table");
    let mut page = format!(
        "# Bảng từ khóa\n\nNgôn ngữ phiên bản **{LANGUAGE_VERSION}**. Bảng này sinh ra từ `grammar/keywords.csv`, là bảng mà chương trình đọc; không sửa tay.\n"
    );
    let mut section = String::new();
    for line in table.lines().skip(1) {
        let Some((words, named)) = line.split_once(",\"") else {
            continue;
        };
        let named = named.trim_end_matches('"');
        let words: Vec<&str> = words.split(',').collect();
        let [_, english, vietnamese] = words.as_slice() else {
            panic!("{line}");
        };
        if section != named {
            section = named.to_owned();
            let title = SECTIONS
                .iter()
                .find(|(english, _)| *english == section)
                .map_or(section.as_str(), |(_, vietnamese)| vietnamese);
            page.push_str(&format!(
                "\n## {title} · {section}\n\n| Tiếng Việt | English |\n|---|---|\n"
            ));
        }
        page.push_str(&format!("| `{vietnamese}` | `{english}` |\n"));
    }
    page
}

#[test]
fn the_table_of_keywords_is_that_of_the_program() {
    let path = root().join("docs/language/tu-khoa.md");
    let page = keyword_page();
    if std::env::var_os("REGIME_UPDATE_PAGES").is_some() {
        fs::write(&path, &page).expect("the page is written");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page);
    assert!(page.matches("\n| `").count() > 200);
}
