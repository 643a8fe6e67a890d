//! A file of the largest size that is read, full of anything: how long until there is an answer.
//!
//! The answer is what `regime check` gives: the text is read, analysed and compiled beside the common words, and every mistake that is told is worded and framed. Texts that are
//! no regime at all, broken ones and very long sound ones are asked in turn; a layout is made of each as well. How much memory that takes is counted with all that this
//! program holds itself, among it the other texts.

use crate::measure::{most_held, seconds};
use crate::verdict::Verdict;
use crate::{anything, texts};
use regime::analysis::project::{Project, Source};
use regime::cli::frame;
use regime::diagnostic::wire;
use regime::syntax::format::format;
use regime::text::language::Language;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::fmt;
use std::hint::black_box;

/// The most seconds that an answer may take.
const MOST: f64 = 2.0;

/// The most gigabytes that may be held at once.
const MOST_HELD: f64 = 1.0;

pub fn run() -> Vec<Verdict> {
    let common = texts::common();
    let (mut slowest, mut largest) = ((0.0, String::new()), (0.0, String::new()));
    let mut verdicts = Vec::new();
    // One kind can be looked at by hand.
    let kind = std::env::var("REGIME_JUNK_KIND").unwrap_or_default();
    for (what, text) in anything::texts() {
        if !what.contains(&kind) {
            continue;
        }
        let mut taken = Taken::default();
        let held = most_held(|| taken = Taken::by(&common, &text));
        let held = held.map_or(0.0, |bytes| bytes as f64 / 1e9);
        println!(
            "{what}, {:.2} MiB: {taken}, {held:.2} GB held",
            text.len() as f64 / 1_048_576.0
        );
        for (how, taken) in [("answered", taken.answered()), ("laid out", taken.laid_out)] {
            if taken > slowest.0 {
                slowest = (taken, format!("{what}, {how}"));
            }
            if taken > MOST {
                verdicts.push(Verdict::new(format!("{what}, {how}"), taken, MOST, " s"));
            }
        }
        if held > MOST_HELD {
            verdicts.push(Verdict::new(
                format!("{what}, held"),
                held,
                MOST_HELD,
                " GB",
            ));
        }
        if held > largest.0 {
            largest = (held, what);
        }
    }
    let (taken, what) = slowest;
    verdicts.push(Verdict::new(format!("slowest: {what}"), taken, MOST, " s"));
    let (held, what) = largest;
    verdicts.push(Verdict::new(
        format!("largest: {what}"),
        held,
        MOST_HELD,
        " GB",
    ));
    verdicts
}

/// The seconds that one text takes.
#[derive(Default)]
struct Taken {
    read: f64,
    made: f64,
    told: usize,
    framed: f64,
    wired: f64,
    laid_out: f64,
}

impl Taken {
    fn by(common: &Project, text: &str) -> Taken {
        let file = SourceFile::new(FileId(1), "a.regime", text);
        let mut taken = Taken::default();
        let mut project = common.clone();
        taken.read = seconds(|| project.sources.push(Source::read(file)));
        let mut snapshot = None;
        taken.made = seconds(|| {
            let made = Snapshot::new(&project);
            // Plans are made when they are asked for.
            for regime in made.regimes() {
                black_box(regime.plan());
            }
            snapshot = Some(made);
        });
        let Some(snapshot) = snapshot else {
            return taken;
        };
        let (told, files) = (snapshot.diagnostics(), snapshot.files());
        taken.told = told.len();
        taken.framed = seconds(|| {
            for diagnostic in told {
                let framed = frame::render(diagnostic, files, Language::Vietnamese, false);
                black_box(framed);
            }
        });
        taken.wired = seconds(|| {
            black_box(wire::report(told, files));
        });
        taken.laid_out = seconds(|| {
            black_box(format(text));
        });
        taken
    }

    /// Until there is an answer in whichever form takes longer.
    fn answered(&self) -> f64 {
        self.read + self.made + self.framed.max(self.wired)
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{:.2} s: read {:.2}, made {:.2}, {} mistakes framed {:.2}, wired {:.2}; laid out {:.2} s",
            self.answered(),
            self.read,
            self.made,
            self.told,
            self.framed,
            self.wired,
            self.laid_out
        )
    }
}
