//! The pages of the codes are run: each wrong example raises its code once and no other mistake,
//! each right example raises nothing, and the report printed on the page is the one given.
//!
//! `REGIME_UPDATE_PAGES=1 cargo test --test codes` writes the reports into the pages; a normal run
//! never writes. That every code has a page, and every page a code, is checked in `tidy.rs`.

#[path = "codes/fixes.rs"]
mod fixes;

use regime::analysis::project::{Project, Source};
use regime::diagnostic::codes::PAGES;
use regime::diagnostic::problem::Problem;
use regime::diagnostic::problem::meaning::version::VersionProblem;
use regime::diagnostic::problem::syntax::{SyntaxProblem, Unreadable};
use regime::diagnostic::{Diagnostic, Severity};
use regime::syntax::spelling::convert_keywords;
use regime::syntax::{LARGEST_FILE, parse};
use regime::text::language::Language;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

const COMMON: &str = include_str!("fixtures/codes/common.regime");
const COMMON_FILE: FileId = FileId(0);
const EXAMPLE_FILE: FileId = FileId(1);

/// Lines that complete a fragment of a regime, each with the words that make it superfluous.
const LEGAL_PARTS: [(&[&str], &str); 8] = [
    (&["căn cứ", "basis"], "căn cứ \"Nghị định 09/2019/NĐ-CP\""),
    (
        &["cơ quan ban hành", "issuer"],
        "cơ quan ban hành \"Thanh tra Chính phủ\"",
    ),
    (&["phương thức gửi", "channel"], "phương thức gửi system"),
    (&["luồng", "route"], "luồng xa -> thanh_tra_tinh"),
    (&["chốt số liệu", "window"], "chốt số liệu nghị định 09"),
    (&["kỳ", "period"], "kỳ quý"),
    (
        &["hạn gửi", "deadline"],
        "hạn gửi xa chậm nhất 2 ngày làm việc sau chốt số liệu",
    ),
    (
        &["biểu", "form"],
        "biểu BC \"01/BC\" \"BÁO CÁO\" {\nmỗi dòng một đơn vị báo cáo\ncột 1 tiep_nhan \"Tiếp nhận trong kỳ\"\n}",
    ),
];

const HEAD: &str = "chế độ BAO_CAO \"Báo cáo mẫu\" phiên bản 1 hiệu lực từ 01/01/2026 {";

/// Where the text of an example stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// It is a whole file.
    File,
    /// Inside a regime, which is completed.
    Regime,
    /// Inside a form with one row per reporting unit.
    Form,
}

#[derive(Debug)]
struct Example {
    place: Place,
    text: String,
    tables: BTreeMap<String, String>,
}

/// A fenced block with the line of its opening fence.
#[derive(Debug)]
struct Block {
    fence: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(fence)) => {
                let (fence, text) = (fence.trim().to_owned(), String::new());
                open = Some(Block { fence, text });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed:\n{page}");
    found
}

/// The wrong or the right example of a page.
fn example(page: &str, which: &str) -> Option<Example> {
    let blocks = blocks(page);
    let start = format!("regime {which} ");
    let mut written = blocks
        .iter()
        .filter_map(|block| Some((block.fence.strip_prefix(&start)?, block)));
    let (place, block) = written.next()?;
    assert!(
        written.next().is_none(),
        "two examples `{which}` on one page"
    );
    let place = match place {
        "file" => Place::File,
        "regime" => Place::Regime,
        "form" => Place::Form,
        _ => return None,
    };
    let table = format!("csv {which} ");
    let tables = blocks
        .iter()
        .filter_map(|block| Some((block.fence.strip_prefix(&table)?, block)))
        .map(|(name, block)| (name.to_owned(), block.text.clone()))
        .collect();
    let text = block.text.clone();
    Some(Example {
        place,
        text,
        tables,
    })
}

/// A mistake whose text no page can print, because it is too long or not known.
fn unprintable(code: &str) -> Option<Problem> {
    match code {
        "R116" => {
            let text = format!("// {}\n", "x".repeat(LARGEST_FILE as usize));
            let file = SourceFile::new(EXAMPLE_FILE, "vi_du.regime", &text);
            Some(parse(&file).problems.first()?.problem.clone())
        }
        "R121" => {
            let file = SourceFile::new(EXAMPLE_FILE, "vi_du.regime", &"= 1\n".repeat(300));
            let snapshot = Snapshot::new(&Project {
                sources: vec![Source::read(file)],
                tables: Arc::default(),
            });
            Some(snapshot.diagnostics().last()?.problem.clone())
        }
        "R122" => {
            // Deadlines of three thousand agencies, on every day of two years.
            let names: Vec<String> = (0..3_000).map(|at| format!("a{at}")).collect();
            let agencies: String = names
                .iter()
                .map(|name| format!("cơ quan {name} \"Cơ quan {name}\" cấp so\n"))
                .collect();
            let text = format!(
                "cấp so \"Sở\"\n{agencies}{HEAD}\nchốt số liệu theo lịch\nkỳ ngày\nhạn gửi {} chậm nhất ngày 25 tháng cuối kỳ\n}}\n",
                names.join(", "),
            );
            let file = SourceFile::new(EXAMPLE_FILE, "vi_du.regime", &text);
            let snapshot = Snapshot::new(&Project {
                sources: vec![Source::read(file)],
                tables: Arc::default(),
            });
            let mut all = snapshot.diagnostics().iter();
            let told = all.find(|diagnostic| diagnostic.problem.code() == "R122")?;
            Some(told.problem.clone())
        }
        // No file below the largest size is known to take too long.
        "R117" => Some(SyntaxProblem::TooComplex.into()),
        "R123" => Some(
            SyntaxProblem::Unreadable {
                why: Unreadable::NotUtf8,
            }
            .into(),
        ),
        _ => None,
    }
}

fn whole_file(example: &Example) -> String {
    let text = &example.text;
    let body = match example.place {
        Place::File => return text.clone(),
        Place::Regime => text.clone(),
        Place::Form => {
            format!("biểu BC \"01/BC\" \"BÁO CÁO\" {{\nmỗi dòng một đơn vị báo cáo\n{text}}}\n")
        }
    };
    let says = |words: &[&str]| {
        body.lines().any(|line| {
            let mut rests = words.iter().filter_map(|word| line.strip_prefix(word));
            rests.any(|rest| rest.starts_with([' ', '{']))
        })
    };
    let missing: Vec<&str> = LEGAL_PARTS
        .iter()
        .filter(|(words, _)| !says(words))
        .map(|(_, line)| *line)
        .collect();
    format!("{HEAD}\n{}\n{body}}}\n", missing.join("\n"))
}

fn project(example: &Example) -> Project {
    let source = |id, path, text: &str| {
        let file = SourceFile::new(id, path, text);
        Source::read(file)
    };
    Project {
        sources: vec![
            source(COMMON_FILE, "common.regime", COMMON),
            source(EXAMPLE_FILE, "vi_du.regime", &whole_file(example)),
        ],
        tables: Arc::new(example.tables.clone()),
    }
}

/// What is reported about an example.
fn reported(code: &str, example: &Example) -> Vec<Diagnostic> {
    let snapshot = Snapshot::new(&project(example));
    let mut found: Vec<Diagnostic> = snapshot.diagnostics().to_vec();
    // A fragment is not the whole project, and the shared words serve all pages.
    found.retain(|diagnostic| {
        let foreign = diagnostic.primary.file == COMMON_FILE
            && diagnostic.problem.severity() == Severity::Advice;
        let unused = diagnostic.problem.code() == "R901" && code != "R901";
        !foreign && !unused
    });
    found
}

/// What the page's report is about: the one thing reported, or what is reported at publication.
fn subject(code: &str, page: &str) -> Result<Problem, String> {
    if let Some(problem) = unprintable(code) {
        return Ok(problem);
    }
    let example = example(page, "wrong").ok_or_else(|| format!("{code} has no wrong example"))?;
    let found = reported(code, &example);
    if code == "R801" {
        let sound = regime::analysis::analyse(&project(&example));
        return match (found.as_slice(), sound.model.regimes.as_slice()) {
            ([], [regime]) => Ok(VersionProblem::ChangedAfterPublication {
                regime: regime.name.clone(),
                version: regime.version,
            }
            .into()),
            _ => Err(format!("{code}: not sound by itself\n{}", list(&found))),
        };
    }
    let others = found.iter().any(|diagnostic| {
        diagnostic.problem.code() != code && diagnostic.problem.severity() == Severity::Error
    });
    let mut own = found
        .iter()
        .filter(|diagnostic| diagnostic.problem.code() == code);
    match (own.next(), own.next(), others) {
        (Some(diagnostic), None, false) => Ok(diagnostic.problem.clone()),
        _ => Err(format!("{code}: the wrong example gives\n{}", list(&found))),
    }
}

fn list(found: &[Diagnostic]) -> String {
    if found.is_empty() {
        return "  nothing\n".to_owned();
    }
    found
        .iter()
        .map(|diagnostic| {
            let message = diagnostic.problem.wording().message.vi;
            format!("  {} {message}\n", diagnostic.problem.code())
        })
        .collect()
}

/// The report as a page prints it.
fn report(problem: &Problem, language: Language) -> String {
    let (severity, why, help) = match (language, problem.severity()) {
        (Language::Vietnamese, Severity::Error) => ("lỗi", "vì sao", "cách sửa"),
        (Language::Vietnamese, Severity::Warning) => ("cảnh báo", "vì sao", "cách sửa"),
        (Language::Vietnamese, Severity::Advice) => ("khuyến nghị", "vì sao", "cách sửa"),
        (Language::English, Severity::Error) => ("error", "why", "help"),
        (Language::English, Severity::Warning) => ("warning", "why", "help"),
        (Language::English, Severity::Advice) => ("advice", "why", "help"),
    };
    let wording = problem.wording();
    let code = problem.code();
    let mut text = format!(
        "{severity} {code}: {}\n{why}: {}\n",
        wording.message.in_language(language),
        wording.why.in_language(language)
    );
    if let Some(way_out) = &wording.help {
        text.push_str(&format!("{help}: {}\n", way_out.in_language(language)));
    }
    text
}

const REPORTS: [(&str, Language); 2] = [
    ("text vi", Language::Vietnamese),
    ("text en", Language::English),
];

/// The page with the text of one block replaced.
fn with_report(page: &str, fence: &str, report: &str) -> Option<String> {
    let opening = format!("```{fence}\n");
    let start = page.find(&opening)? + opening.len();
    let end = start + page.get(start..)?.find("```")?;
    Some(format!(
        "{}{report}{}",
        page.get(..start)?,
        page.get(end..)?
    ))
}

/// Every code with its page as it stands on disk, so that an update need not be compiled first.
fn pages() -> Vec<(&'static str, PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/codes");
    PAGES
        .iter()
        .map(|(code, _)| {
            let path = folder.join(format!("{code}.md"));
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            (*code, path, text)
        })
        .collect()
}

fn none(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} pages:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_page_has_titles_reasons_and_examples_in_order() {
    let mut failures = Vec::new();
    for (code, _, page) in pages() {
        let fences: Vec<String> = blocks(&page)
            .into_iter()
            .map(|block| block.fence)
            .filter(|fence| !fence.starts_with("csv "))
            .map(|fence| fence.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        let (expected, expected_headings) = if unprintable(code).is_some() {
            (vec!["text vi", "text en"], vec!["## Báo lỗi · Report"])
        } else {
            (
                vec!["regime wrong", "text vi", "text en", "regime right"],
                vec!["## Sai · Wrong", "## Báo lỗi · Report", "## Đúng · Right"],
            )
        };
        let title = page.lines().next().unwrap_or("");
        let titled = title.strip_prefix("# ").map(|title| title.split(" · "));
        let titled =
            titled.is_some_and(|mut parts| parts.next() == Some(code) && parts.count() == 2);
        let headings: Vec<&str> = page
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        let sections = headings == expected_headings;
        let before = page.split("\n## ").next().unwrap_or("");
        let reasons = before
            .split("\n\n")
            .skip(1)
            .filter(|text| !text.trim().is_empty());
        if !titled || !sections || reasons.count() != 2 || fences != expected {
            failures.push(format!("{code}: {title} {headings:?} {fences:?}"));
        }
    }
    none(&failures);
}

#[test]
fn the_shared_words_of_the_examples_are_sound() {
    let empty = Example {
        place: Place::File,
        text: String::new(),
        tables: BTreeMap::new(),
    };
    let found = reported("", &empty);
    assert!(found.is_empty(), "{}", list(&found));
}

#[test]
fn every_wrong_example_gives_its_code_once_and_the_report_on_its_page() {
    let update = std::env::var_os("REGIME_UPDATE_PAGES").is_some();
    let mut failures = Vec::new();
    for (code, path, page) in pages() {
        let problem = match subject(code, &page) {
            Ok(problem) => problem,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        let mut updated = page.clone();
        for (fence, language) in REPORTS {
            let report = report(&problem, language);
            match with_report(&updated, fence, &report) {
                Some(text) => updated = text,
                None => failures.push(format!("{code}: no block `{fence}`")),
            }
        }
        if updated == page {
            continue;
        }
        if update {
            std::fs::write(&path, updated).unwrap_or_else(|error| panic!("{code}: {error}"));
        } else {
            failures.push(format!("{code}: the report is now\n{updated}"));
        }
    }
    none(&failures);
}

#[test]
fn every_right_example_is_accepted_without_a_word() {
    let mut failures = Vec::new();
    for (code, _, page) in pages() {
        if unprintable(code).is_some() {
            continue;
        }
        let Some(right) = example(&page, "right") else {
            failures.push(format!("{code} has no right example"));
            continue;
        };
        let found = reported(code, &right);
        if !found.is_empty() {
            failures.push(format!("{code}: the right example gives\n{}", list(&found)));
        }
    }
    none(&failures);
}

#[test]
fn an_example_of_meaning_gives_the_same_codes_in_english_spelling() {
    let mut failures = Vec::new();
    for (code, _, page) in pages() {
        // A line that is no statement has no keywords to convert.
        if code < "R2" {
            continue;
        }
        for which in ["wrong", "right"] {
            let Some(vietnamese) = example(&page, which) else {
                continue;
            };
            let english = Example {
                place: Place::File,
                text: convert_keywords(&whole_file(&vietnamese), Language::English),
                tables: vietnamese.tables.clone(),
            };
            let codes = |found: &[Diagnostic]| -> Vec<&'static str> {
                found
                    .iter()
                    .map(|diagnostic| diagnostic.problem.code())
                    .collect()
            };
            let found = reported(code, &english);
            if codes(&reported(code, &vietnamese)) != codes(&found) {
                failures.push(format!(
                    "{code}: the {which} example in English gives\n{}",
                    list(&found)
                ));
            }
        }
    }
    none(&failures);
}
