//! Every figure that a test of the regimes expects matters: one that is a little off is noticed.

use super::project;
use regime::analysis::project::Source;
use regime::text::SourceFile;
use regime::workspace::{Snapshot, trial};
use std::collections::BTreeSet;

/// The line with its expected figure one greater in the last place; none where it expects no figure.
fn one_off(line: &str) -> Option<String> {
    let start = line.trim_start();
    if !start.starts_with("expect ") && !start.starts_with("mong đợi ") {
        return None;
    }
    let (before, after) = line.split_once("] = ")?;
    let is_digit = |found: char| found.is_ascii_digit() || found == '_' || found == '.';
    let end = after.find(|found| !is_digit(found)).unwrap_or(after.len());
    let (figure, rest) = after.split_at(end);
    let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
    let digits = format!("{}{fraction}", whole.replace('_', ""));
    let next = (digits.parse::<u64>().ok()? + 1).to_string();
    let next = format!("{next:0>width$}", width = digits.len());
    let (whole, fraction) = next.split_at(next.len() - fraction.len());
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{before}] = {whole}{point}{fraction}{rest}"))
}

#[test]
fn every_expected_figure_of_theirs_that_is_one_off_is_noticed() {
    let mut project = project();
    let mut changed: BTreeSet<(String, usize)> = BTreeSet::new();
    for source in &mut project.sources {
        let path = source.file.path.clone();
        let lines = source.file.text.lines().enumerate().map(|(at, line)| {
            one_off(line).map_or(line.to_owned(), |other| {
                changed.insert((path.clone(), at + 1));
                other
            })
        });
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        let file = SourceFile::new(source.file.id, &path, &text);
        *source = Source::read(file);
    }
    assert!(changed.len() > 250, "only {} figures", changed.len());
    let snapshot = Snapshot::new(&project);
    let mut noticed = BTreeSet::new();
    for regime in snapshot.regimes() {
        let trial = trial::run(&snapshot, &regime).expect("a sound regime");
        for failure in trial.cases.iter().flat_map(|case| &case.failures) {
            let source = project
                .sources
                .iter()
                .find(|source| source.file.id == failure.label.file)
                .expect("a failure stands in a file");
            let before = &source.file.text[..failure.label.span.start as usize];
            noticed.insert((source.file.path.clone(), before.matches('\n').count() + 1));
        }
    }
    let missed: Vec<_> = changed.difference(&noticed).collect();
    assert_eq!(missed, Vec::<&(String, usize)>::new());
}
