//! A file of the largest size that is read, full of anything: how long until there is an answer.
//!
//! The answer is what `regime check` gives: the text is read, analysed and compiled beside the common words, and every mistake that is told is worded and framed. Texts that are
//! no regime at all, broken ones and very long sound ones are asked in turn; a layout is made of each as well.

use crate::measure::{Verdict, seconds};
use crate::{anything, texts};
use regime::analysis::project::Source;
use regime::cli::frame;
use regime::diagnostic::wire;
use regime::syntax::format::format;
use regime::text::language::Language;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::hint::black_box;

/// The most seconds that an answer may take.
const MOST: f64 = 2.0;

pub fn run() -> Vec<Verdict> {
    let common = texts::common();
    let mut slowest = (0.0, String::new());
    let mut verdicts = Vec::new();
    // One kind can be looked at by hand.
    let kind = std::env::var("REGIME_JUNK_KIND").unwrap_or_default();
    for (what, text) in anything::texts() {
        if !what.contains(&kind) {
            continue;
        }
        let file = SourceFile::new(FileId(1), "a.regime", &text);
        let mut told = 0;
        let mut snapshot = None;
        let made = seconds(|| {
            let mut project = common.clone();
            project.sources.push(Source::read(file.clone()));
            snapshot = Some(Snapshot::new(&project));
        });
        let framed = seconds(|| {
            let Some(snapshot) = &snapshot else { return };
            for diagnostic in snapshot.diagnostics() {
                let files = snapshot.files();
                let framed = frame::render(diagnostic, files, Language::Vietnamese, false);
                black_box(framed);
                told += 1;
            }
        });
        let wired = seconds(|| {
            let Some(snapshot) = &snapshot else { return };
            black_box(wire::report(snapshot.diagnostics(), snapshot.files()));
        });
        let laid_out = seconds(|| {
            black_box(format(&text));
        });
        let answered = made + framed.max(wired);
        println!(
            "{what}, {:.2} MiB: made {made:.2}, {told} mistakes framed {framed:.2}, wired {wired:.2}, laid out {laid_out:.2} s",
            text.len() as f64 / 1_048_576.0
        );
        for (how, taken) in [("answered", answered), ("laid out", laid_out)] {
            if taken > slowest.0 {
                slowest = (taken, format!("{what}, {how}"));
            }
            if taken > MOST {
                verdicts.push(Verdict::new(format!("{what}, {how}"), taken, MOST, " s"));
            }
        }
    }
    let (taken, what) = slowest;
    verdicts.push(Verdict::new(format!("slowest: {what}"), taken, MOST, " s"));
    verdicts
}
