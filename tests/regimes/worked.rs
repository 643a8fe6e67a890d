//! The worked examples of the language: each folder is a project of its own with the results it must have, and those it must not have.

use regime::analysis::project::{Project, Source};
use regime::diagnostic::Severity;
use regime::text::SourceFile;
use regime::workspace::load::load;
use regime::workspace::{Snapshot, trial};
use std::path::{Path, PathBuf};

/// A line that says what must not come out; with the mark taken away its test has to fail.
const WRONG: &str = "// wrong: ";

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/worked"
    ));
    let mut folders: Vec<_> = std::fs::read_dir(folder)
        .expect("the worked examples are there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

fn project(folder: &Path) -> Project {
    let loaded = load(folder);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.project
}

/// The titles of tests that fail, over all regimes of a project without mistakes.
fn failing(project: &Project) -> Vec<String> {
    let snapshot = Snapshot::new(project);
    let wrong: Vec<String> = snapshot
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.problem.severity() == Severity::Error)
        .map(|diagnostic| {
            let message = diagnostic.problem.wording().message.en;
            format!(
                "{} {:?}: {message}",
                diagnostic.problem.code(),
                diagnostic.primary
            )
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    let mut found = Vec::new();
    for regime in snapshot.regimes() {
        let trial = trial::run(&snapshot, &regime).expect("a sound regime");
        assert!(!trial.cases.is_empty(), "{}", regime.name());
        for case in &trial.cases {
            if !case.failures.is_empty() {
                found.push(format!("{}: {:?}", case.title, case.failures));
            }
        }
    }
    found
}

#[test]
fn the_worked_examples_hold() {
    for folder in examples() {
        assert_eq!(
            failing(&project(&folder)),
            Vec::<String>::new(),
            "{}",
            folder.display()
        );
    }
}

#[test]
fn the_wrong_results_of_the_worked_examples_are_refused() {
    let mut refused = 0;
    for folder in examples() {
        let right = project(&folder);
        for (place, source) in right.sources.iter().enumerate() {
            let text = source.file.text.as_ref();
            for (at, _) in text.match_indices(WRONG) {
                let line = text[at..].lines().next().unwrap_or_default();
                let mut changed = text.to_owned();
                changed.replace_range(at..at + WRONG.len(), "");
                let file = SourceFile::new(source.file.id, &source.file.path, &changed);
                let mut project = right.clone();
                project.sources[place] = Source::read(file);
                assert_eq!(
                    failing(&project).len(),
                    1,
                    "{}: this must not hold: {line}",
                    source.file.path
                );
                refused += 1;
            }
        }
    }
    assert!(refused > 20, "only {refused} wrong results are named");
}
