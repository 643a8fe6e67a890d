//! `regime test [PATH…]`: runs the test blocks; with `--coverage` names the rules without a passing or failing case, with `--mutate` the changes of rules and
//! formulas that no test notices.
//!
//! It deliberately judges nothing itself. Tests of a regime with mistakes are not run, and that is said.

use crate::cli::arguments::TestArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::eval::naming;
use crate::plan::Bilingual;
use crate::text::SourceFile;
use crate::text::line_index::LineIndex;
use crate::workspace::trial::mutation::{Mutations, mutate};
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
            let passed = trial.as_ref().is_some_and(RegimeTrial::passed);
            let mut line = tested(
                regime.name(),
                regime.version(),
                regime.path(),
                regime.file,
                trial,
            );
            line.unexercised = line.unexercised.filter(|_| arguments.coverage);
            if arguments.mutate && passed {
                line.mutations = mutate(&asked.snapshot, &regime).map(mutated);
            }
            regimes.push(line);
        }
    }
    let clean = regimes.iter().all(|regime| {
        regime.compiled
            && regime.unexercised.as_ref().is_none_or(Vec::is_empty)
            && regime
                .mutations
                .as_ref()
                .is_none_or(|all| all.survivors.is_empty())
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
    /// Only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    unexercised: Option<Vec<RuleLine>>,
    /// Only when asked for, and when all tests pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    mutations: Option<MutationLines>,
}

#[derive(Serialize)]
struct MutationLines {
    made: usize,
    survivors: Vec<SurvivorLine>,
}

#[derive(Serialize)]
struct SurvivorLine {
    place: String,
    line: Option<u32>,
    change: Bilingual,
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
        unexercised: Some(unexercised.into_iter().map(rule_line).collect()),
        mutations: None,
    }
}

fn mutated(found: Mutations) -> MutationLines {
    MutationLines {
        made: found.made,
        survivors: found
            .survivors
            .into_iter()
            .map(|survivor| SurvivorLine {
                place: survivor.place,
                line: survivor.line,
                change: survivor.change,
            })
            .collect(),
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
    for rule in regime.unexercised.iter().flatten() {
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
            regime.path,
            rule.line,
            console.of(&rule_in_words(&rule.rule))
        ));
    }
    if let Some(mutations) = &regime.mutations {
        let noticed = mutations.made - mutations.survivors.len();
        let made = mutations.made;
        console.result(&format!(
            "{name}: {}",
            console.say(
                format!("{noticed}/{made} thay đổi bị các ca kiểm thử phát hiện"),
                format!("{noticed}/{made} changes are noticed by the tests"),
            )
        ));
        for survivor in &mutations.survivors {
            let line = survivor
                .line
                .map_or(String::new(), |line| format!(":{line}"));
            console.result(&format!(
                "  ~ {}{line} {}: {}",
                regime.path,
                console.of(&rule_in_words(&survivor.place)),
                console.of(&survivor.change)
            ));
        }
    }
}

/// The key of a rule that has no identifier, in words: `HG[6]/within` is the rule that cell 6 of HG lies within another.
fn rule_in_words(key: &str) -> Bilingual {
    let Some((place, kind)) = key.split_once('/') else {
        return naming::same(key);
    };
    let word = kind.trim_end_matches(|sign: char| !sign.is_alphabetic());
    let number = kind.get(word.len()..).unwrap_or("").trim_start_matches(':');
    let (vi, en) = match word {
        "chain" => ("công thức", "formula"),
        "within" => ("nằm trong", "within"),
        "range" => ("khoảng", "range"),
        "bounds" => ("phần chung của các đặc điểm", "what traits share"),
        "check" => ("quy tắc thứ", "rule"),
        _ => return naming::same(key),
    };
    let number = match number {
        "" => String::new(),
        number => format!(" {number}"),
    };
    naming::both(
        format!("{place}, {vi}{number}"),
        format!("{place}, {en}{number}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_without_an_identifier_is_named_in_the_language_of_the_reader() {
        let words = rule_in_words("TH02[23, 2]/bounds2");
        assert_eq!(words.vi, "TH02[23, 2], phần chung của các đặc điểm 2");
        assert_eq!(words.en, "TH02[23, 2], what traits share 2");
        assert_eq!(rule_in_words("B/check:3").vi, "B, quy tắc thứ 3");
        assert_eq!(rule_in_words("C1[dat_dai]").vi, "C1[dat_dai]");
    }
}
