//! The reference in docs/language: its project is sound and tested, its fenced examples stand in files that tests run, its constructs are read in both spellings,
//! and its table of keywords is the table of the program.
//!
//! `REGIME_UPDATE_PAGES=1 cargo test --test regimes` writes the table of keywords; a normal run never writes.

use super::converted;
use regime::plan::LANGUAGE_VERSION;
use regime::syntax::format::format;
use regime::syntax::parse;
use regime::syntax::spelling::convert_keywords;
use regime::text::language::Language;
use regime::text::{FileId, SourceFile};
use regime::workspace::load::load;
use regime::workspace::trial::mutation::mutate;
use regime::workspace::{Snapshot, trial};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<(PathBuf, String)> {
    let folder = root().join("docs/language");
    let mut pages: Vec<(PathBuf, String)> = fs::read_dir(&folder)
        .expect("the reference is there")
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

#[test]
fn the_project_of_the_tutorial_is_sound_and_tested_from_all_sides() {
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
            let mutations = mutate(&snapshot, &regime).expect("its tests pass");
            assert!(mutations.made > 10, "{} changes", mutations.made);
            assert_eq!(mutations.survivors, []);
        }
    }
}

#[test]
fn every_fenced_example_is_part_of_a_file_that_tests_run() {
    let sources: Vec<String> = ["docs/language/vi-du", "regimes"]
        .iter()
        .flat_map(|folder| {
            fs::read_dir(root().join(folder))
                .expect("a folder")
                .flatten()
        })
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "regime")
        })
        .map(|path| fs::read_to_string(path).expect("a source is text"))
        .collect();
    let mut seen = 0;
    for (path, text) in pages() {
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
    assert!(seen >= 10, "only {seen} examples");
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

#[test]
fn every_construct_of_the_reference_is_read_and_both_columns_say_the_same() {
    let page = fs::read_to_string(root().join("docs/language/tham-chieu.md")).expect("the page");
    let mut place = "";
    let mut seen = 0;
    for line in page.lines() {
        if let Some(named) = line.strip_prefix("<!-- đứng trong: ") {
            place = named.trim_end_matches(" -->");
        }
        let mut cells = line.trim_matches('|').split(" | ").map(str::trim);
        let (Some(vietnamese), Some(english)) = (cells.next(), cells.next()) else {
            continue;
        };
        let bare = |cell: &str| Some(cell.strip_prefix('`')?.strip_suffix('`')?.to_owned());
        let (Some(vietnamese), Some(english)) = (bare(vietnamese), bare(english)) else {
            continue;
        };
        let (before, after) = around(place);
        let text = format!("{before}{vietnamese}{after}");
        let parsed = parse(&SourceFile::new(FileId(0), "tham-chieu.regime", &text));
        assert!(parsed.problems.is_empty(), "{text}\n{:#?}", parsed.problems);
        let wanted = convert_keywords(&format!("{before}{english}{after}"), Language::English);
        assert_eq!(
            convert_keywords(&text, Language::English),
            wanted,
            "{vietnamese}"
        );
        seen += 1;
    }
    assert!(seen > 100, "only {seen} constructs");
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
