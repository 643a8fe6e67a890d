//! What `validate` and `aggregate` share: reading JSON lines from a file, evaluating the reports in them, saying what could not be used.
//!
//! It deliberately does not decide what a command does with a report.

use crate::calendar::Period;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::eval::archive::Archive;
use crate::eval::evaluate::Evaluation;
use crate::eval::sequence::{Part, evaluate_in_order};
use crate::exchange::jsonl::{self, Known, LineProblem, Received, ReceivedReport};
use crate::organisation::{Organisation, UnitId};
use crate::plan::{Bilingual, CompiledRegime};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Reads a text file; `-` is standard input.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|detail| Failure::Unreadable {
        path: path.to_owned(),
        detail,
    })?;
    String::from_utf8(bytes).map_err(|_| Failure::NotUtf8 {
        path: path.to_owned(),
    })
}

/// The reports of one file.
pub struct Batch {
    /// The file as typed.
    pub path: String,
    /// What was read.
    pub received: Received,
}

/// Reads one file of JSON lines.
pub fn read_batch(
    path: &Path,
    plan: &CompiledRegime,
    units: Option<&Organisation>,
) -> Result<Batch, Failure> {
    let text = read_text(path)?;
    let received = jsonl::read(
        &text,
        Known {
            regimes: &[plan],
            units,
        },
    );
    Ok(Batch {
        path: path.display().to_string(),
        received,
    })
}

/// Every report of both files, evaluated; a report that stands in both is the one of `data`.
pub fn evaluate_all(
    plan: &CompiledRegime,
    data: &[ReceivedReport],
    history: &[ReceivedReport],
) -> BTreeMap<(UnitId, Period), Evaluation> {
    let mut units: BTreeMap<&UnitId, BTreeMap<Period, Part>> = BTreeMap::new();
    for (reports, history) in [(history, true), (data, false)] {
        for report in reports {
            let part = Part {
                figures: &report.figures,
                history,
                reporter: None,
                event: None,
            };
            units
                .entry(&report.unit)
                .or_default()
                .insert(report.period, part);
        }
    }
    units
        .into_iter()
        .flat_map(|(unit, reports)| {
            evaluate_in_order(plan, &reports, &Archive::default())
                .into_iter()
                .map(move |(period, evaluation)| ((unit.clone(), period), evaluation))
        })
        .collect()
}

/// A mistake of a line, for programs.
#[derive(Serialize)]
pub struct ProblemLine<'p> {
    file: &'p str,
    line: u64,
    field: Option<&'p str>,
    message: Bilingual,
}

/// The mistakes of the files, for programs.
pub fn problem_lines<'b>(batches: &[&'b Batch]) -> Vec<ProblemLine<'b>> {
    batches
        .iter()
        .flat_map(|batch| {
            batch.received.problems.iter().map(|problem| ProblemLine {
                file: &batch.path,
                line: problem.line,
                field: problem.field.as_deref(),
                message: problem.kind.wording(),
            })
        })
        .collect()
}

/// The mistakes of the files, for people: `FILE:LINE: field: what`.
pub fn problem_texts(console: Console, batches: &[&Batch]) -> Vec<String> {
    batches
        .iter()
        .flat_map(|batch| {
            batch
                .received
                .problems
                .iter()
                .map(|problem| problem_text(console, &batch.path, problem))
        })
        .collect()
}

fn problem_text(console: Console, path: &str, problem: &LineProblem) -> String {
    let wording = problem.kind.wording();
    let what = console.of(&wording);
    match &problem.field {
        Some(field) => format!("{path}:{}: {field}: {what}", problem.line),
        None => format!("{path}:{}: {what}", problem.line),
    }
}
