//! What must hold for any text whatever: the bodies of the fuzz targets, which also run as bounded property tests.
//!
//! Each body takes a text and ends, or panics with a word about what does not hold. They know nothing about where texts come from.

use regime::analysis::project::{Project, Source};
use regime::diagnostic::Diagnostic;
use regime::syntax::format::format;
use regime::syntax::{LARGEST_FILE, parse};
use regime::text::{FileId, SourceFile};
use regime::workspace::{Snapshot, trial};

/// Words that regimes of the examples name.
const COMMON: &str = include_str!("../fixtures/language/common.regime");

fn file(text: &str) -> SourceFile {
    SourceFile::new(FileId(1), "a.regime", text)
}

fn told_inside(problems: &[Diagnostic], text: &str) {
    for problem in problems {
        let (start, end) = (problem.primary.span.start, problem.primary.span.end);
        assert!(start <= end, "{problem:?} ends before it begins");
        assert!(
            text.get(start as usize..end as usize).is_some(),
            "{problem:?} points outside the text or into a letter"
        );
        let wording = problem.problem.wording();
        assert!(!wording.message.vi.is_empty() && !wording.message.en.is_empty());
        for edit in problem.fixes.iter().flat_map(|fix| &fix.edits) {
            let span = edit.span;
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{edit:?} changes what is no text"
            );
        }
    }
}

/// Any text has a tree whose nodes lie in the text, one inside the other, in order.
pub fn parse_any(text: &str) {
    let file = file(text);
    let parsed = parse(&file);
    told_inside(&parsed.problems, &file.text);
    let Some(tree) = parsed.tree else {
        assert!(!parsed.problems.is_empty(), "refused without a word");
        return;
    };
    tree.walk(&mut |node| {
        let mut end = node.span.start;
        for child in &node.children {
            assert!(
                end <= child.span.start && child.span.end <= node.span.end,
                "{child:?} is out of its place in its parent"
            );
            end = child.span.end;
        }
        true
    });
}

/// The layout of a layout is itself, and a sound text stays sound.
pub fn format_any(text: &str) {
    let once = format(text);
    // The layout may be longer than what is read: then it is left as it is.
    if once.len() as u64 <= LARGEST_FILE {
        assert_eq!(format(&once), once, "laid out again, it changes");
    }
    let before = parse(&file(text)).problems;
    if before.is_empty() {
        let after = parse(&file(&once)).problems;
        assert!(after.is_empty(), "laid out, it has mistakes: {after:?}");
    }
}

fn snapshot(text: &str) -> Snapshot {
    let read = |file: SourceFile| Source::read(file);
    let common = SourceFile::new(FileId(0), "common.regime", COMMON);
    Snapshot::new(&Project {
        sources: vec![read(common), read(file(text))],
        tables: Default::default(),
    })
}

/// Any text beside the common words has a meaning as far as it goes, told at places in the text.
pub fn analyse_any(text: &str) {
    let snapshot = snapshot(text);
    let own: Vec<Diagnostic> = snapshot
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.primary.file == FileId(1))
        .cloned()
        .collect();
    told_inside(&own, &file(text).text);
}

/// Whatever is sound in a text can be evaluated: its tests run to their end.
pub fn evaluate_any(text: &str) {
    let snapshot = snapshot(text);
    for regime in snapshot.regimes() {
        let _ = trial::run(&snapshot, &regime);
    }
}
