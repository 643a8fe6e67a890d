//! One edited line of a project of twenty files, until its diagnostics and plans are there again.

use crate::measure::{Verdict, median, seconds};
use crate::texts;
use regime::text::SourceFile;
use regime::workspace::Snapshot;
use std::hint::black_box;

/// Regimes beside the common words: twenty files in all.
const REGIMES: usize = 19;

pub fn run() -> Vec<Verdict> {
    let mut project = texts::common();
    project
        .sources
        .extend(texts::many(REGIMES).into_iter().map(texts::read));
    let edited = project.sources.len() - 1;
    let file = project.sources[edited].file.clone();
    let mut snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "the project is not sound");
    let mut figures = Vec::new();
    for round in 0..101 {
        let text = file
            .text
            .replace("Tiếp nhận trong kỳ", &format!("Tiếp nhận trong kỳ {round}"));
        assert_ne!(text.as_str(), &*file.text, "nothing was edited");
        figures.push(seconds(|| {
            project.sources[edited] = texts::read(SourceFile::new(file.id, &file.path, &text));
            snapshot = snapshot.after(&project);
            assert_eq!(black_box(&snapshot).error_count(), 0);
        }));
    }
    vec![Verdict::new(
        "one edited line of twenty files, median",
        median(figures) * 1e3,
        5.0,
        " ms",
    )]
}
