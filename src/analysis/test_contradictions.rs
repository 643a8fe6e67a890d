//! Expectations of one test that no report can meet together.
//!
//! It deliberately knows nothing of figures: only what contradicts itself as written is told, and each later expectation at most once, at the earliest it
//! contradicts. Expectations that could not be resolved are not among those compared.

use super::check_tests::TestReader;
use super::tests_model::{Expectation, ExpectationKind, Outcome, RuleTarget, TestCell};
use crate::calendar::{Clock, Date, DateRange};
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::organisation::Party;
use std::collections::BTreeMap;

/// Something that has one value in a report.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Subject<'e> {
    Cell(&'e TestCell),
    Due(&'e str, &'e [String]),
    Window(&'e [String]),
    Covers(&'e [String]),
    Route(&'e str),
    Printed(&'e str, &'e str),
}

/// Its value.
#[derive(PartialEq, Eq)]
enum Said<'e> {
    /// A cell with how much it rests on; what a test does not say it leaves open.
    Cell(&'e ExpectationKind),
    Due(Date, Option<Clock>),
    Days(DateRange),
    Next(Option<&'e Party>),
    Printed(&'e str),
}

/// What a test says so far, each with where it is said first.
#[derive(Default)]
struct Heard<'e> {
    valid: Option<Label>,
    fails: Option<Label>,
    /// That a rule fails, warns or cannot be judged.
    speaks: BTreeMap<&'e RuleTarget, Label>,
    /// The same by form and row of the cells named.
    speaks_in_row: BTreeMap<(&'e str, &'e str), Label>,
    holds: BTreeMap<&'e RuleTarget, Label>,
    inapplicable: BTreeMap<&'e RuleTarget, Label>,
    values: BTreeMap<Subject<'e>, (Said<'e>, Label)>,
}

impl TestReader<'_, '_, '_> {
    /// Reports each expectation that an earlier one of the test excludes.
    pub(super) fn contradictions(&mut self, expectations: &[Expectation]) {
        let mut heard = Heard::default();
        for expectation in expectations {
            let earlier = heard.against(expectation);
            if let Some(earlier) = earlier {
                let label = expectation.label;
                self.context.push(
                    Diagnostic::new(RuleProblem::ExpectationsContradict, label.file, label.span)
                        .noting(Note::DisagreesHere, earlier.file, earlier.span),
                );
            }
        }
    }
}

impl<'e> Heard<'e> {
    /// The earlier expectation that excludes this one, which is remembered.
    fn against(&mut self, expectation: &'e Expectation) -> Option<Label> {
        let label = expectation.label;
        match &expectation.kind {
            ExpectationKind::Valid | ExpectationKind::Complete => {
                self.valid.get_or_insert(label);
                self.fails
            }
            ExpectationKind::Outcome(outcome, target) => self.outcome(*outcome, target, label),
            other => {
                let (subject, said) = value(other)?;
                match self.values.get(&subject) {
                    Some((before, at)) => (!agree(before, &said)).then_some(*at),
                    None => {
                        self.values.insert(subject, (said, label));
                        None
                    }
                }
            }
        }
    }

    fn outcome(&mut self, outcome: Outcome, target: &'e RuleTarget, label: Label) -> Option<Label> {
        match outcome {
            Outcome::Fails | Outcome::Warns | Outcome::Undecided => {
                let whole_row = match target {
                    RuleTarget::Cell(cell) if cell.unit.is_none() => {
                        let row = (cell.form.as_str(), cell.row.as_str());
                        self.speaks_in_row.entry(row).or_insert(label);
                        Some(RuleTarget::Row {
                            form: cell.form.clone(),
                            row: cell.row.clone(),
                        })
                    }
                    _ => None,
                };
                self.speaks.entry(target).or_insert(label);
                let mut found = [Some(target), whole_row.as_ref()]
                    .into_iter()
                    .flatten()
                    .find_map(|target| {
                        let silent = self.holds.get(target);
                        silent.or_else(|| self.inapplicable.get(target)).copied()
                    });
                if outcome == Outcome::Fails {
                    self.fails.get_or_insert(label);
                    found = found.or(self.valid);
                }
                found
            }
            Outcome::Holds => {
                self.holds.entry(target).or_insert(label);
                self.spoken(target)
                    .or_else(|| self.inapplicable.get(target).copied())
            }
            Outcome::Inapplicable => {
                self.inapplicable.entry(target).or_insert(label);
                self.spoken(target)
                    .or_else(|| self.holds.get(target).copied())
            }
        }
    }

    /// Where something of a target is said to speak.
    fn spoken(&self, target: &RuleTarget) -> Option<Label> {
        let within = match target {
            RuleTarget::Row { form, row } => self.speaks_in_row.get(&(form.as_str(), row.as_str())),
            _ => None,
        };
        self.speaks.get(target).or(within).copied()
    }
}

/// What an expectation of a value is about, and what it says.
fn value(kind: &ExpectationKind) -> Option<(Subject<'_>, Said<'_>)> {
    Some(match kind {
        ExpectationKind::Value { cell, .. } => (Subject::Cell(cell), Said::Cell(kind)),
        ExpectationKind::Due {
            forms,
            party,
            date,
            clock,
        } => (Subject::Due(party, forms), Said::Due(*date, *clock)),
        ExpectationKind::Window { forms, days } => (Subject::Window(forms), Said::Days(*days)),
        ExpectationKind::Covers { forms, days } => (Subject::Covers(forms), Said::Days(*days)),
        ExpectationKind::Route { form, next } => (Subject::Route(form), Said::Next(next.as_ref())),
        ExpectationKind::Prints { form, column, text } => {
            (Subject::Printed(form, column), Said::Printed(text))
        }
        ExpectationKind::Valid | ExpectationKind::Complete | ExpectationKind::Outcome(..) => {
            return None;
        }
    })
}

fn agree(one: &Said, other: &Said) -> bool {
    match (one, other) {
        (
            Said::Cell(ExpectationKind::Value {
                value: one,
                reason: because,
                partial: basis,
                ..
            }),
            Said::Cell(ExpectationKind::Value {
                value: other,
                reason,
                partial,
                ..
            }),
        ) => {
            // A blank without a reason says nothing about the reason; a figure without a word about completeness promises that nobody is missing.
            let alike = because.is_none() || reason.is_none() || because == reason;
            one == other && basis == partial && alike
        }
        _ => one == other,
    }
}
