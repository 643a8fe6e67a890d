//! `regime test [PATH…]`: runs the test blocks and names the rules no test exercises.
//!
//! It deliberately judges nothing itself. Tests of a regime with mistakes are not run, and that is said.

use crate::cli::arguments::TestArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::plan::Bilingual;
use crate::text::SourceFile;
use crate::text::line_index::LineIndex;
use crate::workspace::trial::{self, RegimeTrial, Unexercised};
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &TestArguments) -> Result<Outcome, Failure> {
    let mut regimes = Vec::new();
    for asked in project::asked(&arguments.paths)? {
        let tried: Vec<_> = asked
            .snapshot
            .regimes()
            .filter(|regime| asked.includes(regime.path()))
            .collect();
        for regime in tried {
            let trial = trial::run(&asked.snapshot, &regime);
            regimes.push(tested(
                regime.name(),
                regime.version(),
                regime.path(),
                regime.file,
                trial,
            ));
        }
    }
    let clean = regimes.iter().all(|regime| {
        regime.compiled
            && regime.unexercised.is_empty()
            && regime.tests.iter().all(|test| test.failures.is_empty())
    });
    if console.is_json() {
        console.json(&Tried { regimes });
    } else {
        for regime in &regimes {
            print(console, regime);
        }
    }
    Ok(Outcome::clean_if(clean))
}

#[derive(Serialize)]
struct Tried {
    regimes: Vec<Tested>,
}

#[derive(Serialize)]
struct Tested {
    regime: String,
    version: u32,
    path: String,
    compiled: bool,
    tests: Vec<TestLine>,
    unexercised: Vec<RuleLine>,
}

#[derive(Serialize)]
struct TestLine {
    title: String,
    line: u32,
    failures: Vec<FailureLine>,
}

#[derive(Serialize)]
struct FailureLine {
    line: u32,
    expected: String,
    found: Bilingual,
}

#[derive(Serialize)]
struct RuleLine {
    rule: String,
    line: u32,
    never_held: bool,
    never_failed: bool,
}

fn tested(
    name: &str,
    version: u32,
    path: &str,
    file: Option<&SourceFile>,
    trial: Option<RegimeTrial>,
) -> Tested {
    let compiled = trial.is_some();
    let (cases, unexercised) = trial
        .map(|trial| (trial.cases, trial.unexercised))
        .unwrap_or_default();
    let lines = file.map(|file| (file, LineIndex::new(&file.text)));
    let tests = cases
        .into_iter()
        .map(|case| TestLine {
            title: case.title,
            line: case.line,
            failures: case
                .failures
                .into_iter()
                .map(|failure| {
                    let (line, expected) = match &lines {
                        Some((file, index)) => {
                            let line = index.line_of(failure.label.span.start);
                            (
                                line + 1,
                                index.line_text(&file.text, line).trim().to_owned(),
                            )
                        }
                        None => (case.line, String::new()),
                    };
                    FailureLine {
                        line,
                        expected,
                        found: failure.mismatch.wording(),
                    }
                })
                .collect(),
        })
        .collect();
    Tested {
        regime: name.to_owned(),
        version,
        path: path.to_owned(),
        compiled,
        tests,
        unexercised: unexercised.into_iter().map(rule_line).collect(),
    }
}

fn rule_line(rule: Unexercised) -> RuleLine {
    RuleLine {
        rule: rule.key,
        line: rule.line,
        never_held: rule.never_held,
        never_failed: rule.never_failed,
    }
}

fn print(console: Console, regime: &Tested) {
    let passed = regime
        .tests
        .iter()
        .filter(|test| test.failures.is_empty())
        .count();
    let all = regime.tests.len();
    let name = format!("{} v{}", regime.regime, regime.version);
    if !regime.compiled {
        console.result(&format!(
            "{name}: {}",
            console.choose(
                "chưa chạy, chế độ còn lỗi (xem `regime check`)",
                "not run, the regime has mistakes (see `regime check`)"
            )
        ));
        return;
    }
    let counted = console.choose("ca kiểm thử đạt", "tests passed");
    console.result(&format!("{name}: {passed}/{all} {counted}"));
    for test in regime.tests.iter().filter(|test| !test.failures.is_empty()) {
        console.result(&format!("  ✗ {}:{} {}", regime.path, test.line, test.title));
        for failure in &test.failures {
            console.result(&format!("      {}: {}", failure.line, failure.expected));
            console.result(&format!("        {}", console.of(&failure.found)));
        }
    }
    for rule in &regime.unexercised {
        let what = match (rule.never_held, rule.never_failed) {
            (true, true) => console.choose("chưa ca nào thử", "no test exercises it"),
            (true, false) => console.choose("chưa có ca nào mà quy tắc đạt", "no test has it hold"),
            _ => console.choose(
                "chưa có ca nào mong đợi vi phạm",
                "no test expects it to fail",
            ),
        };
        console.result(&format!(
            "  ? {}:{} {}: {what}",
            regime.path, rule.line, rule.rule
        ));
    }
}
