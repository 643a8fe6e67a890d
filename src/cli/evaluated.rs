//! What `validate` and `aggregate` share: reading JSON lines from a file, evaluating the reports in them, saying what could not be used.
//!
//! It deliberately does not decide what a command does with a report.

use crate::calendar::{Date, Period};
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::eval::archive::Archive;
use crate::eval::evaluate::Evaluation;
use crate::eval::holdings::Holdings;
use crate::eval::needs;
use crate::eval::sequence::{Part, evaluate_knowing};
use crate::exchange::jsonl::{self, LineProblem, Received, ReceivedReport};
use crate::organisation::{Organisation, PlanTables, UnitId};
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
        jsonl::Known {
            regimes: &[plan],
            units,
        },
    );
    Ok(Batch {
        path: path.display().to_string(),
        received,
    })
}

/// What reports are evaluated with: the plan, the units with who took over from whom, the plan values.
pub struct Known<'k> {
    /// The plan.
    pub plan: &'k CompiledRegime,
    /// The units.
    pub units: &'k Organisation,
    /// The values of the project's targets.
    pub plan_values: PlanTables,
}

/// Reports by unit and period, evaluated.
pub type Evaluated = BTreeMap<UnitId, BTreeMap<Period, Evaluation>>;

impl Known<'_> {
    /// What a unit reads of other times in a report with this cut-off, of these reports.
    pub fn archive<'e>(
        &self,
        reports: &'e Evaluated,
        unit: &UnitId,
        (period, cutoff): (Period, Date),
        own: &dyn Fn(Period) -> bool,
    ) -> Archive<'e> {
        let by_period = |reports: &'e BTreeMap<Period, Evaluation>| {
            let reports = reports.iter();
            reports.map(|(period, report)| (*period, report)).collect()
        };
        let holdings = Holdings {
            reports: reports
                .iter()
                .map(|(unit, reports)| (unit.clone(), by_period(reports)))
                .collect(),
            names: self
                .units
                .units()
                .map(|unit| (unit.id.clone(), unit.name.clone()))
                .collect(),
            successions: self.units.successions().to_vec(),
        };
        let exists = |other: Period| own(other) || holdings.knows(self.plan, unit, cutoff, other);
        let needed = needs::far_periods(self.plan, period, exists);
        let needed = needed.into_iter().filter(|other| !own(*other));
        let mut archive = holdings.archive(self.plan, unit, cutoff, needed);
        archive.assign_from(&self.plan_values, unit, cutoff);
        archive
    }
}

/// Every report of both files, evaluated, units after those they took over from; a report that stands in both is the one of `data`.
pub fn evaluate_all(
    known: &Known,
    data: &[ReceivedReport],
    history: &[ReceivedReport],
) -> Evaluated {
    let mut units: BTreeMap<&UnitId, BTreeMap<Period, Part>> = BTreeMap::new();
    for (reports, history) in [(history, true), (data, false)] {
        for report in reports {
            let part = Part {
                figures: &report.figures,
                history,
                reporter: known.units.get(&report.unit),
                event: None,
            };
            units
                .entry(&report.unit)
                .or_default()
                .insert(report.period, part);
        }
    }
    let taken_over = |unit: &UnitId| {
        let rows = known.units.successions().iter();
        let dates = rows.filter(|row| row.new == *unit).map(|row| row.date);
        dates.max()
    };
    let mut order: Vec<(&UnitId, BTreeMap<Period, Part>)> = units.into_iter().collect();
    order.sort_by_key(|(unit, _)| taken_over(unit));
    let mut done = Evaluated::new();
    for (unit, reports) in order {
        let own = |period: Period| reports.contains_key(&period);
        let beside =
            |period: Period, cutoff: Date| known.archive(&done, unit, (period, cutoff), &own);
        let evaluated = evaluate_knowing(known.plan, &reports, &beside);
        done.insert(unit.clone(), evaluated);
    }
    done
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
