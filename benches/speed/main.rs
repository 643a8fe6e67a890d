//! How fast the language is read, compiled and checked again: ratios of CPU time within one run, and megabytes per second.
//!
//! `cargo bench --bench speed` runs all parts, `cargo bench --bench speed -- parse` one. A part that misses its target says so and the program fails at the end; what the
//! figures mean is told in `docs/performance.md`. Times are CPU time of this process, so that other programs on the machine disturb little.

#![allow(
    clippy::expect_used,
    reason = "a measurement that cannot read its files has failed"
)]

mod anything;
mod compile;
mod grammars;
mod junk;
mod measure;
mod multiplied;
mod parse;
mod recheck;
mod texts;
mod verdict;

use std::process::ExitCode;

/// What one part measures.
type Part = fn() -> Vec<verdict::Verdict>;

/// The parts in the order they run.
const PARTS: [(&str, Part); 4] = [
    ("parse", parse::run),
    ("compile", compile::run),
    ("recheck", recheck::run),
    ("junk", junk::run),
];

fn main() -> ExitCode {
    // Cargo adds flags of its own.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let mut missed = 0;
    for (name, run) in PARTS {
        if !wanted.is_empty() && !wanted.iter().any(|part| part == name) {
            continue;
        }
        println!("== {name}");
        for verdict in run() {
            println!("{verdict}");
            missed += usize::from(!verdict.holds());
        }
    }
    if missed > 0 {
        println!("{missed} targets missed");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
