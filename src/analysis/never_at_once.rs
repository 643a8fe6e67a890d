//! Conditions of one part that exclude each other: a column for storms in a form for floods, a rule about a yes inside one about a no.
//!
//! It deliberately knows only what one field can be: an answer has one value, and what is said of numbers and days other than that they are equal limits nothing. A condition that was not
//! understood limits nothing either.

use super::context::Context;
use super::expression::{Comparison, Term, TermKind};
use super::forms::FormDraft;
use super::model::Rule;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::together::TogetherProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::organisation::{FieldTest, FieldValue};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What has one answer: a field of an event, or a cell.
type Subject = (String, usize, usize);

/// What the answer may be.
#[derive(Clone)]
enum Answers {
    /// One of these.
    These(BTreeSet<String>),
    /// None of these.
    Other(BTreeSet<String>),
}

/// What is known of each answer, with the condition that says it.
type Known = BTreeMap<Subject, (Answers, Span)>;

/// Looks at the clauses of all forms with their columns and rows, and of all rules.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    forms: &[FormDraft],
    rules: &[Rule],
    file: FileId,
) {
    let mut look = Look {
        shared,
        told: BTreeMap::new(),
    };
    let mut of_forms: Vec<Known> = Vec::with_capacity(forms.len());
    for draft in forms {
        let form = &draft.form;
        let mut whole = Known::new();
        look.all(&mut whole, &form.applicability.only_when);
        let columns = form.columns.iter();
        let columns = columns.map(|column| &column.cell.applicability.only_when);
        let rows = form.written.iter();
        let rows = rows.map(|row| &row.applicability.only_when);
        for conditions in columns.chain(rows).filter(|own| !own.is_empty()) {
            look.all(&mut whole.clone(), conditions);
        }
        of_forms.push(whole);
    }
    for rule in rules {
        let own = &rule.applicability.only_when;
        if own.is_empty() && rule.conditions.is_empty() {
            continue;
        }
        let whole = rule.form.and_then(|form| of_forms.get(form));
        let mut known = whole.cloned().unwrap_or_default();
        look.all(&mut known, &rule.conditions);
        look.all(&mut known, own);
    }
    for (span, other) in look.told {
        let told = Diagnostic::new(TogetherProblem::NeverAtOnce, file, span);
        context.push(told.noting(Note::DisagreesHere, file, other));
    }
}

struct Look<'l> {
    shared: &'l Shared,
    /// Conditions that exclude an earlier one, with that one.
    told: BTreeMap<Span, Span>,
}

impl Look<'_> {
    fn all(&mut self, known: &mut Known, conditions: &[Term]) {
        for condition in conditions {
            self.one(known, condition);
        }
    }

    fn one(&mut self, known: &mut Known, condition: &Term) {
        if let TermKind::And(all) = &condition.kind {
            self.all(known, all);
            return;
        }
        let Some((subject, answers)) = self.answers(condition) else {
            return;
        };
        let span = condition.span;
        let Some((before, earlier)) = known.get_mut(&subject) else {
            known.insert(subject, (answers, span));
            return;
        };
        match both(before, &answers) {
            Some(left) => *before = left,
            None => {
                self.told.entry(span).or_insert(*earlier);
            }
        }
    }

    /// What a condition says of one answer.
    fn answers(&self, condition: &Term) -> Option<(Subject, Answers)> {
        let these = |values: BTreeSet<String>| Answers::These(values);
        match &condition.kind {
            TermKind::Event(asked) => {
                let subject = (String::new(), asked.event, asked.field);
                let answers = match &asked.test {
                    FieldTest::OneOf(values) => these(values.iter().map(written).collect()),
                    FieldTest::Compared {
                        with,
                        less: false,
                        equal: true,
                        greater: false,
                    } => these(BTreeSet::from([written(with)])),
                    FieldTest::Compared {
                        with,
                        less: true,
                        equal: false,
                        greater: true,
                    } => not(these(BTreeSet::from([written(with)]))),
                    FieldTest::Compared { .. } => return None,
                };
                Some((subject, answers))
            }
            TermKind::In(cell, entries) => {
                Some((subject(cell)?, these(entries.iter().cloned().collect())))
            }
            TermKind::Cell(_) => {
                let yes = BTreeSet::from([true.to_string()]);
                Some((subject(condition)?, these(yes)))
            }
            TermKind::Compare(first, rest) => {
                let [(sign, second)] = rest.as_slice() else {
                    return None;
                };
                let (cell, value): (&Term, String) = match self.value(second) {
                    Some(value) => (first, value),
                    None => (second, self.value(first)?),
                };
                let answers = these(BTreeSet::from([value]));
                let answers = match sign {
                    Comparison::Equal => answers,
                    Comparison::NotEqual => not(answers),
                    _ => return None,
                };
                Some((subject(cell)?, answers))
            }
            TermKind::Not(inner) => {
                let (subject, answers) = self.answers(inner)?;
                Some((subject, not(answers)))
            }
            _ => None,
        }
    }

    /// The one answer that a term stands for.
    fn value(&self, term: &Term) -> Option<String> {
        match &term.kind {
            TermKind::Truth(truth) => Some(truth.to_string()),
            TermKind::Entry(entry) => {
                let catalog = self.shared.words.catalogs.get(entry.catalog)?;
                (!catalog.is_inner(&entry.name)).then(|| entry.name.clone())
            }
            _ => None,
        }
    }
}

fn written(value: &FieldValue) -> String {
    match value {
        FieldValue::Truth(truth) => truth.to_string(),
        FieldValue::Entry(name) => name.clone(),
        FieldValue::Text(_) | FieldValue::Number(_) | FieldValue::Date(_) => format!("{value:?}"),
    }
}

fn subject(term: &Term) -> Option<Subject> {
    match &term.kind {
        TermKind::Cell(cell) => Some((format!("{:?}", cell.row), cell.form, cell.column)),
        _ => None,
    }
}

/// Every answer but these. A yes or no has one other.
fn not(answers: Answers) -> Answers {
    let (Answers::These(values) | Answers::Other(values)) = &answers;
    let truth = |truth: bool| values.len() == 1 && values.contains(&truth.to_string());
    let other = |truth: bool| Answers::These(BTreeSet::from([truth.to_string()]));
    match answers {
        Answers::These(_) if truth(true) => other(false),
        Answers::These(_) if truth(false) => other(true),
        Answers::These(values) => Answers::Other(values),
        Answers::Other(values) => Answers::These(values),
    }
}

/// What both allow; nothing if they exclude each other.
fn both(one: &Answers, other: &Answers) -> Option<Answers> {
    let left = match (one, other) {
        (Answers::These(one), Answers::These(other)) => one & other,
        (Answers::These(these), Answers::Other(not))
        | (Answers::Other(not), Answers::These(these)) => these - not,
        (Answers::Other(one), Answers::Other(other)) => return Some(Answers::Other(one | other)),
    };
    (!left.is_empty()).then_some(Answers::These(left))
}
