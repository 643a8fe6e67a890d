//! What a test supposes: reports of the unit under test, now and earlier, and reports of other units.
//!
//! It deliberately does not judge anything. Supposed history may set computed cells directly; the report under test may not.

use crate::analysis::tests_model::{Given, GivenCell, GivenTime, TestCase, TestValue};
use crate::calendar::Period;
use crate::eval::archive::Archive;
use crate::eval::evaluate::Evaluation;
use crate::eval::figures::{Entry, Figures};
use crate::eval::sequence::{Part, evaluate_in_order};
use crate::plan::CompiledRegime;
use std::collections::BTreeMap;

/// The supposed reports of one test, evaluated.
pub struct Suppositions<'c> {
    case: &'c TestCase,
    own: BTreeMap<Period, Evaluation>,
    /// Other units in the order they are first named; none for a report that was not sent.
    others: Vec<(&'c str, Option<Evaluation>)>,
}

impl<'c> Suppositions<'c> {
    /// Evaluates everything a test supposes.
    pub fn of(plan: &CompiledRegime, case: &'c TestCase) -> Suppositions<'c> {
        let mut own = reports(case, None);
        // A report under test without a single given cell is still a report.
        let under_test = own.entry(case.period).or_default();
        under_test.narratives = case.narratives.iter().cloned().collect();
        let mut names: Vec<&str> = Vec::new();
        for name in case.given.iter().filter_map(|given| given.unit.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let others = names
            .into_iter()
            .map(|name| {
                // Other units' figures are what a consolidation rests on, not what is under test.
                let mut evaluated = evaluate(plan, &reports(case, Some(name)), None);
                (name, evaluated.remove(&case.period))
            })
            .collect();
        Suppositions {
            case,
            own: evaluate(plan, &own, Some(case.period)),
            others,
        }
    }

    /// The report under test; none when the regime does not report its period.
    pub fn own(&self) -> Option<&Evaluation> {
        self.own.get(&self.case.period)
    }

    /// Whether the test is about figures of several units.
    pub fn is_consolidation(&self) -> bool {
        !self.others.is_empty()
    }

    /// The other units with their reports.
    pub fn units(&self) -> impl Iterator<Item = (&str, Option<&Evaluation>)> {
        self.others
            .iter()
            .map(|(name, report)| (*name, report.as_ref()))
    }

    /// The report of another unit.
    pub fn of_unit(&self, name: &str) -> Option<&Evaluation> {
        self.units().find(|(unit, _)| *unit == name)?.1
    }
}

fn evaluate(
    plan: &CompiledRegime,
    reports: &BTreeMap<Period, Figures>,
    judged: Option<Period>,
) -> BTreeMap<Period, Evaluation> {
    let parts = reports
        .iter()
        .map(|(period, figures)| {
            (
                *period,
                Part {
                    figures,
                    history: judged != Some(*period),
                },
            )
        })
        .collect();
    evaluate_in_order(plan, &parts, &Archive::default())
}

/// The reports a test gives for a unit, by period; a report said not to be sent is not among them.
fn reports(case: &TestCase, unit: Option<&str>) -> BTreeMap<Period, Figures> {
    let mut reports: BTreeMap<Period, Figures> = BTreeMap::new();
    for given in case
        .given
        .iter()
        .filter(|given| given.unit.as_deref() == unit)
    {
        if let (Some(period), Some(cells)) = (period_of(case, given), &given.cells) {
            let form = reports
                .entry(period)
                .or_default()
                .forms
                .entry(given.form.clone())
                .or_default();
            for cell in cells {
                let row = form.rows.entry(cell.row.clone()).or_default();
                if let Some(entry) = entry(cell) {
                    row.insert(cell.column.clone(), entry);
                }
            }
        }
    }
    reports
}

fn period_of(case: &TestCase, given: &Given) -> Option<Period> {
    match given.time {
        GivenTime::Current => Some(case.period),
        GivenTime::Previous => case.period.previous(),
        GivenTime::In(period) => Some(period),
    }
}

fn entry(cell: &GivenCell) -> Option<Entry> {
    match &cell.value {
        TestValue::Number(number) => Some(Entry::Value(number.to_plain(None))),
        TestValue::Text(text) => Some(Entry::Value(text.clone())),
        TestValue::Nil => Some(Entry::Nil),
        TestValue::Blank => None,
        TestValue::Closed => Some(Entry::Closed),
    }
}
