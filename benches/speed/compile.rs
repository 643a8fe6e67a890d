//! A thousand regimes from text to plans, against the parser generator alone on the same texts.

use crate::measure::in_turns;
use crate::verdict::Verdict;
use crate::{grammars, texts};
use regime::analysis::project::Source;
use regime::workspace::Snapshot;
use std::hint::black_box;

const REGIMES: usize = 1_000;

pub fn run() -> Vec<Verdict> {
    let common = texts::common();
    let files = texts::many(REGIMES);
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let compile = || {
        let mut project = common.clone();
        project
            .sources
            .extend(files.iter().cloned().map(Source::read));
        let snapshot = Snapshot::new(&project);
        let plans = snapshot
            .regimes()
            .filter(|regime| regime.plan().is_some())
            .count();
        assert_eq!(plans, REGIMES, "a regime has no plan");
        black_box(snapshot);
    };
    let [generator, plans] = in_turns(
        3,
        [
            &|| files.iter().for_each(|file| grammars::ours(&file.text)),
            &compile,
        ],
    );
    println!(
        "{REGIMES} regimes, {bytes} bytes: the generator alone {generator:.2} s, text to plans {plans:.2} s"
    );
    vec![Verdict::new(
        "text to plans over the generator alone",
        plans / generator,
        3.0,
        "",
    )]
}
