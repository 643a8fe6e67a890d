//! The architecture as tests: which room may know which, who owns a library, what the spine must never do.
//!
//! Each rule is first shown a planted breach and a clean text, so that a rule that no longer finds anything fails, and then reads the whole repository.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot read its files has failed"
)]

#[path = "tidy/house.rs"]
mod house;
#[path = "tidy/rules.rs"]
mod rules;
#[path = "tidy/tokens.rs"]
mod tokens;

use house::House;
use rules::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a directory, without what is built or installed.
fn files(below: &Path) -> Vec<PathBuf> {
    const SKIPPED: [&str; 5] = [".git", "target", "node_modules", "out", "shots"];
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(below) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn relative(path: &Path, to: &Path) -> String {
    path.strip_prefix(to)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// The Rust files of `src/`, by their path below it.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    files(&src)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            (
                relative(&path, &src),
                fs::read_to_string(&path).expect("a source file is readable text"),
            )
        })
        .collect()
}

fn breaches_of(rule: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    let sources = sources();
    assert!(sources.len() > 50, "the sources were not found");
    sources
        .iter()
        .flat_map(|(path, text)| rule(&Source { path, text }))
        .collect()
}

fn house() -> House {
    let page = fs::read_to_string(root().join("docs/architecture.md"));
    House::read(&page.expect("the page on the architecture is readable text"))
}

fn arrows(source: &Source) -> Vec<String> {
    rules::arrows(&house(), source)
}

fn no_panic(source: &Source) -> Vec<String> {
    rules::no_panic(&house(), source)
}

fn pure(source: &Source) -> Vec<String> {
    rules::pure(&house(), source)
}

#[track_caller]
fn assert_none(breaches: Vec<String>) {
    assert!(
        breaches.is_empty(),
        "{} breaches:\n{}",
        breaches.len(),
        breaches.join("\n")
    );
}

/// What a rule says about one planted file.
fn verdict(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str) -> String {
    rule(&Source { path, text }).join("\n")
}

#[test]
fn the_page_on_the_architecture_is_read_as_a_person_reads_it() {
    let house = House::read(
        "| Room | Duty |\n| `a` | x | – |\n| `b` | x | `a` | y |\n| `c` | x | the spine | y |\n| `d` | x | all above | y |\n| `e` | x | all | y |\nThe *spine* is `a b`: pure.",
    );
    let known = |room: &str| -> String {
        ["a", "b", "c", "d", "e"]
            .into_iter()
            .filter(|other| house.may_know(room, other))
            .collect()
    };
    assert_eq!(
        ["a", "b", "c", "d", "e"].map(known),
        ["a", "ab", "abc", "abcd", "abcde"]
    );
    assert!(house.in_spine("b") && !house.in_spine("c"));
}

#[test]
fn a_planted_arrow_against_the_direction_is_found() {
    assert_eq!(
        verdict(arrows, "eval/cell.rs", "use crate::store::Store;"),
        "src/eval/cell.rs:1: `eval` may not know `store`"
    );
    assert_eq!(
        verdict(
            arrows,
            "eval/cell.rs",
            "\nuse crate::{number::Number, syntax::{ast, parse}};"
        ),
        "src/eval/cell.rs:2: `eval` may not know `syntax`"
    );
    assert_eq!(
        verdict(arrows, "eval/cell.rs", "fn f(x: crate::web::Page) {}"),
        "src/eval/cell.rs:1: `eval` may not know `web`"
    );
    assert_eq!(
        verdict(arrows, "eval/cell.rs", "use super::super::web::Page;"),
        "src/eval/cell.rs:1: `eval` may not know `web`"
    );
    assert_eq!(
        verdict(arrows, "attic/mod.rs", ""),
        "src/attic/mod.rs:1: `attic` is no room of the house"
    );
    assert_eq!(
        verdict(
            arrows,
            "eval/cell.rs",
            "use crate::number::Number; use super::finding::Finding; // crate::web\nconst T: &str = \"crate::web\";"
        ),
        ""
    );
    assert_eq!(
        verdict(
            arrows,
            "eval/cell.rs",
            "#[cfg(test)] mod tests { use crate::analysis::analyse; }"
        ),
        ""
    );
}

#[test]
fn rooms_name_only_the_rooms_their_arrows_lead_to() {
    assert_none(breaches_of(arrows));
}

#[test]
fn a_planted_library_outside_its_room_is_found() {
    assert_eq!(
        verdict(rules::ownership, "web/page.rs", "use rusqlite::Connection;"),
        "src/web/page.rs:1: `rusqlite` belongs to store"
    );
    assert_eq!(
        verdict(
            rules::ownership,
            "analysis/mod.rs",
            "fn f(p: pest::Span) {}"
        ),
        "src/analysis/mod.rs:1: `pest` belongs to syntax"
    );
    assert_eq!(
        verdict(
            rules::ownership,
            "store/sqlite.rs",
            "use rusqlite::Connection; mod tower; use tower::Level;"
        ),
        ""
    );
}

#[test]
fn libraries_are_named_only_in_the_rooms_that_own_them() {
    assert_none(breaches_of(rules::ownership));
}

#[test]
fn a_planted_serialisable_tree_is_found() {
    assert_eq!(
        verdict(
            rules::no_serde,
            "syntax/ast.rs",
            "#[derive(Debug, serde::Serialize)]\nstruct S;"
        )
        .lines()
        .count(),
        2
    );
    assert_eq!(
        verdict(
            rules::no_serde,
            "plan/form.rs",
            "#[derive(serde::Serialize)] struct S;"
        ),
        ""
    );
}

#[test]
fn syntax_and_analysis_are_not_serialisable() {
    assert_none(breaches_of(rules::no_serde));
}

#[test]
fn a_planted_missing_or_short_head_is_found() {
    assert_eq!(
        verdict(rules::head, "eval/cell.rs", "use crate::number;"),
        "src/eval/cell.rs:1: no `//!` head"
    );
    assert_eq!(
        verdict(rules::head, "eval/cell.rs", "//! Cells of a form."),
        "src/eval/cell.rs:1: the head is shorter than two sentences"
    );
    assert_eq!(
        verdict(
            rules::head,
            "eval/cell.rs",
            "//! Cells of a form.\n//! They know no web.\nstruct S;"
        ),
        ""
    );
}

#[test]
fn every_file_says_at_its_head_what_it_is_for() {
    assert_none(breaches_of(rules::head));
}

#[test]
fn a_planted_panic_in_the_spine_is_found() {
    let text = "fn f(x: Option<u8>) -> u8 {\n x.unwrap();\n x.expect(\"a\");\n panic!(\"b\");\n x.unwrap_or(0) }\n#[cfg(test)]\nmod tests { fn g() { None::<u8>.unwrap(); } }";
    assert_eq!(
        verdict(no_panic, "plan/form.rs", text),
        "src/plan/form.rs:2: `unwrap` in the spine\nsrc/plan/form.rs:3: `expect` in the spine\nsrc/plan/form.rs:4: `panic` in the spine"
    );
    assert_eq!(verdict(no_panic, "plan/tests.rs", text), "");
    assert_eq!(
        verdict(
            no_panic,
            "plan/form.rs",
            "/// `x.unwrap()` is not used.\nfn f() {}"
        ),
        ""
    );
}

#[test]
fn the_spine_never_ends_the_program() {
    assert_none(breaches_of(no_panic));
}

#[test]
fn a_planted_float_or_clock_in_the_spine_is_found() {
    let text = "use std::time::Duration;\nfn f() -> f64 { 0.5 }\nfn g() { jiff::Timestamp::now(); }\nfn h() { println!(\"\"); }";
    assert_eq!(
        verdict(pure, "eval/sum.rs", text),
        "src/eval/sum.rs:1: `time` in the spine\nsrc/eval/sum.rs:2: `f64` in the spine\nsrc/eval/sum.rs:3: `now` in the spine\nsrc/eval/sum.rs:4: `println` in the spine"
    );
    assert_eq!(verdict(pure, "cli/clock.rs", text), "");
    assert_eq!(
        verdict(pure, "eval/sum.rs", "const NOTE: &str = \"no f64 here\";"),
        ""
    );
}

#[test]
fn the_spine_is_pure() {
    assert_none(breaches_of(pure));
}

#[test]
fn a_planted_hash_map_in_plans_is_found() {
    assert_eq!(
        verdict(
            rules::no_hash_order,
            "plan/form.rs",
            "use std::collections::HashMap;"
        ),
        "src/plan/form.rs:1: `HashMap`: the order of a hash is no order"
    );
    assert_eq!(
        verdict(
            rules::no_hash_order,
            "plan/form.rs",
            "use std::collections::BTreeMap;"
        ),
        ""
    );
}

#[test]
fn plans_and_figures_never_follow_the_order_of_a_hash() {
    assert_none(breaches_of(rules::no_hash_order));
}

#[test]
fn a_planted_handler_that_waits_before_it_sends_is_found() {
    let text = "impl LanguageServer for Server {\n async fn a(&self) { self.tell(A); }\n async fn b(&self) { self.lock.await; self.tell(B); }\n async fn c(&self) -> R { self.ask(C, c::answer).await }\n async fn d(&self) -> R { let x = 1; self.ask(x).await }\n async fn e(&self) -> R { Ok(()) } }";
    assert_eq!(
        verdict(rules::first_statement, "lsp/server.rs", text),
        "src/lsp/server.rs:3: `b` does not send first\nsrc/lsp/server.rs:5: `d` does not send first"
    );
    assert_eq!(verdict(rules::first_statement, "lsp/stdio.rs", text), "");
}

#[test]
fn every_handler_of_the_language_server_sends_first() {
    assert_none(breaches_of(rules::first_statement));
    let server = fs::read_to_string(root().join("src/lsp/server.rs")).expect("the handlers");
    assert!(server.matches("async fn did_").count() > 3);
}

#[test]
fn a_planted_long_file_is_found() {
    let text = "//\n".repeat(rules::LONGEST + 1);
    assert_eq!(
        verdict(|source| rules::length(source, &[]), "eval/cell.rs", &text),
        "src/eval/cell.rs:1: 601 lines; at most 600"
    );
    assert_eq!(
        verdict(
            |source| rules::length(source, &[("eval/cell.rs", "a table")]),
            "eval/cell.rs",
            &text
        ),
        ""
    );
}

#[test]
fn files_have_one_subject() {
    assert_none(breaches_of(|source| rules::length(source, &house::LONGER)));
    for (path, _) in house::LONGER {
        assert!(
            root().join("src").join(path).is_file(),
            "the exception for {path} is no longer needed"
        );
    }
}

#[test]
fn a_planted_code_and_a_planted_empty_wording_are_found() {
    let source = Source {
        path: "diagnostic/problem/name.rs",
        text: "match self { A => \"R204\", B => \"R20\" } // \"R999\"",
    };
    assert_eq!(rules::codes(&source), ["R204"]);
    assert_eq!(
        verdict(
            rules::empty_words,
            "diagnostic/problem/name.rs",
            "Text::new(\"không có\", \"\")"
        ),
        "src/diagnostic/problem/name.rs:1: a wording is empty in one language"
    );
    assert_eq!(
        verdict(
            rules::empty_words,
            "diagnostic/problem/name.rs",
            "Text::new(format!(\"{}\", String::from(\"\")), \"a\")"
        ),
        ""
    );
}

#[test]
fn every_code_has_both_wordings_and_a_page() {
    assert_none(breaches_of(|source| {
        if source.room() == "diagnostic" {
            rules::empty_words(source)
        } else {
            Vec::new()
        }
    }));
    let sources = sources();
    let given: BTreeSet<String> = sources
        .iter()
        .filter(|(path, _)| path.starts_with("diagnostic/problem"))
        .flat_map(|(path, text)| rules::codes(&Source { path, text }))
        .collect();
    let listed: BTreeSet<String> = regime::diagnostic::codes::PAGES
        .iter()
        .map(|(code, _)| (*code).to_owned())
        .collect();
    assert_eq!(
        given, listed,
        "codes that problems give (left) and codes with a page (right) differ"
    );
    let pages: BTreeSet<String> = files(&root().join("src/diagnostic/codes"))
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    assert_eq!(
        pages, listed,
        "page files (left) and listed pages (right) differ"
    );
    let thin: Vec<&str> = regime::diagnostic::codes::PAGES
        .iter()
        .filter(|(code, page)| {
            !page.contains(code) || page.lines().filter(|line| !line.trim().is_empty()).count() < 8
        })
        .map(|(code, _)| *code)
        .collect();
    assert!(
        thin.is_empty(),
        "pages without a reason and examples: {}",
        thin.join(", ")
    );
}

#[test]
fn a_planted_place_outside_the_repository_is_found() {
    assert_eq!(
        rules::forbidden_words("README.md", concat!("a\nsee ..", "/shared/x")),
        [concat!("README.md:2: `..", "/shared`")]
    );
    assert_eq!(
        rules::forbidden_words("a.rs", concat!("// TO", "DO later")).len(),
        1
    );
    assert!(rules::forbidden_words("README.md", "the work is shared").is_empty());
}

#[test]
fn no_committed_text_names_another_place_or_puts_work_off() {
    let breaches = files(root())
        .iter()
        .filter_map(|path| Some((relative(path, root()), fs::read_to_string(path).ok()?)))
        .flat_map(|(path, text)| rules::forbidden_words(&path, &text))
        .collect();
    assert_none(breaches);
}
