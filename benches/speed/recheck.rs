//! One edited line of a project of twenty files, until its diagnostics and plans are there again.

use crate::measure::{median, seconds};
use crate::texts;
use crate::verdict::Verdict;
use regime::analysis::project::{Project, Source};
use regime::syntax::{parse, parse_after};
use regime::text::SourceFile;
use regime::workspace::Snapshot;
use std::hint::black_box;

/// Regimes beside the common words: twenty files in all.
const REGIMES: usize = 19;

/// Edits of each kind.
const ROUNDS: usize = 101;

pub fn run() -> Vec<Verdict> {
    let mut project = texts::common();
    project
        .sources
        .extend(texts::many(REGIMES).into_iter().map(Source::read));
    let last = project.sources.len() - 1;
    let label = |figures| {
        Verdict::new(
            "one edited line of twenty files, median",
            figures,
            5.0,
            " ms",
        )
    };
    let rule = |figures| {
        Verdict::new(
            "one edited rule of twenty files, median",
            figures,
            5.0,
            " ms",
        )
    };
    let mistake = |figures| {
        println!(
            "one line that becomes a mistake and is mended, median: {figures:.2} ms (no target)"
        );
    };
    let common = |figures| {
        println!("one edited line of the common words, median: {figures:.2} ms (no target)");
    };
    let verdicts = vec![
        label(edited(
            &project,
            last,
            "Tiếp nhận trong kỳ",
            &|round| format!("Tiếp nhận trong kỳ {round}"),
        )),
        rule(edited(&project, last, "<= 150%", &|round| {
            format!("<= {}%", 151 + round)
        })),
    ];
    mistake(edited(&project, last, "<= 150%", &|round| {
        let broken = if round % 2 == 0 { "<<" } else { "<=" };
        format!("{broken} {}%", 151 + round)
    }));
    common(edited(&project, 0, "\"đơn\"", &|round| {
        format!("\"đơn {round}\"")
    }));
    verdicts
}

/// The median of many edits of one place, in milliseconds: text, diagnostics and plans.
fn edited(project: &Project, at: usize, from: &str, to: &dyn Fn(usize) -> String) -> f64 {
    let mut project = project.clone();
    let file = project.sources[at].file.clone();
    assert!(file.text.contains(from), "nothing is edited");
    let mut snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "the project is not sound");
    let mut before = file.clone();
    let mut sound = parse(&before).tree;
    let mut figures = Vec::new();
    for round in 0..ROUNDS {
        let text = file.text.replacen(from, &to(round), 1);
        figures.push(seconds(|| {
            let after = SourceFile::new(file.id, &file.path, &text);
            let mut read = match sound.take() {
                Some(sound) => parse_after(&before.text, sound, &after),
                None => parse(&after),
            };
            sound = read.tree.take().filter(|_| read.problems.is_empty());
            project.sources[at] = Source::of(after.clone(), read);
            before = after;
            snapshot = snapshot.after(&project);
            black_box(snapshot.error_count());
            // Plans are made when they are asked for.
            for regime in snapshot.regimes() {
                black_box(regime.plan());
            }
        }));
    }
    median(figures) * 1e3
}
