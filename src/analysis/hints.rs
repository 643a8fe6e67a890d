//! Cells whose words and whose kind do not go together: a label of words on a count, a vintage that an indicator does not have, rows grouped by a figure.
//!
//! A label decides nothing; it only lets a reader expect something. Cells that state their own type, measure, nature or formula were thought about and are left alone, and so are parts that another
//! formula adds. It deliberately compares the beginnings of labels and nothing else.

use super::context::Context;
use super::facts::{entered, head_of};
use super::forms::FormDraft;
use super::model::PeriodRule;
use super::model::cell::{CellDefinition, Modality, Source, ValueType, Vintage};
use super::shared::Shared;
use crate::diagnostic::problem::meaning::hint::{HintProblem, SpeaksOf};
use crate::text::normal::without_marks;
use std::collections::{BTreeMap, BTreeSet};

/// How labels begin that speak of a ratio or of a part, and labels of words, without marks and capitals. A word is one only up to a blank, a colon or the end.
const LABELS: [(&str, SpeaksOf); 12] = [
    ("ty le", SpeaksOf::Ratio),
    ("ti le", SpeaksOf::Ratio),
    ("percentage", SpeaksOf::Ratio),
    ("ratio", SpeaksOf::Ratio),
    ("trong do", SpeaksOf::Part),
    ("of which", SpeaksOf::Part),
    ("ghi chu", SpeaksOf::Words),
    ("nguyen nhan", SpeaksOf::Words),
    ("ly do", SpeaksOf::Words),
    ("notes", SpeaksOf::Words),
    ("remarks", SpeaksOf::Words),
    ("reason", SpeaksOf::Words),
];

/// Advises about one form whose cells are finished.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    periods: &[PeriodRule],
    draft: &FormDraft,
) {
    labels(context, draft);
    vintages(context, shared, periods, draft);
    groups(context, draft);
}

fn labels(context: &mut Context, draft: &FormDraft) {
    let mut counted: BTreeMap<usize, bool> = BTreeMap::new();
    for (row, column) in draft.slots() {
        if let Some(cell) = draft.form.cell(row, column) {
            let plain = counted.entry(column).or_insert(true);
            *plain = *plain && is_plain(cell);
        }
    }
    let mut read: Option<BTreeSet<usize>> = None;
    for (position, column) in draft.form.columns.iter().enumerate() {
        let Some(said) = draft.columns.get(position) else {
            continue;
        };
        let stated = &said.stated;
        let silent = stated.value.is_none()
            && stated.measure.is_none()
            && stated.nature.is_none()
            && stated.indicator.is_none()
            && stated.within.is_empty()
            && said.formula.is_none();
        let plain = counted.get(&position).copied().unwrap_or(false);
        let Some(speaks_of) = speaks_of(&column.label).filter(|_| silent && plain) else {
            continue;
        };
        let read = read.get_or_insert_with(|| read_by_formulas(draft));
        if speaks_of == SpeaksOf::Part && read.contains(&position) {
            continue;
        }
        let label = column.label.clone();
        let problem = HintProblem::PlainCount { label, speaks_of };
        context.report(problem, draft.file, said.head);
    }
}

fn is_plain(cell: &CellDefinition) -> bool {
    let count = ValueType::Number {
        decimals: 0,
        negative: false,
        percent: false,
    };
    cell.source == Source::Closed
        || cell.source == Source::Entered && cell.value == count && cell.within.is_empty()
}

/// What the beginning of a label speaks of.
fn speaks_of(label: &str) -> Option<SpeaksOf> {
    let bare = without_marks(label).to_lowercase();
    let bare = bare.trim_start();
    let found = LABELS.iter().find(|(words, _)| {
        let rest = bare.strip_prefix(words);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    found.map(|(_, speaks_of)| *speaks_of)
}

/// The columns that formulas of the form read.
fn read_by_formulas(draft: &FormDraft) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for cell in draft.form.definitions() {
        for side in &cell.chain {
            side.term.cells(&mut |read, _| {
                found.insert(read.column);
            });
        }
    }
    found
}

/// Figures of indicators in a vintage that these do not have, in every period in which the form applies.
fn vintages(context: &mut Context, shared: &Shared, periods: &[PeriodRule], draft: &FormDraft) {
    let limits = &draft.form.applicability.only_in;
    let applies = |rule: &&PeriodRule| {
        limits.is_empty() || limits.iter().any(|limit| limit.meets(&rule.choice))
    };
    let of_periods: BTreeSet<Option<Vintage>> = periods
        .iter()
        .filter(applies)
        .map(|rule| draft.form.time.vintage.or(rule.vintage))
        .collect();
    let mut told = BTreeSet::new();
    for (row, column, cell) in entered(draft) {
        let indicator = cell.indicator;
        let indicator = indicator.and_then(|place| shared.words.indicators.get(place));
        let Some(indicator) = indicator.filter(|known| !known.vintages.is_empty()) else {
            continue;
        };
        let claimed: BTreeSet<Option<Vintage>> = match cell.modality {
            Modality::Actual(Some(vintage)) => BTreeSet::from([Some(vintage)]),
            Modality::Actual(None) => of_periods.clone(),
            Modality::Plan(_) | Modality::Planned => continue,
        };
        let fits = |vintage: &Option<Vintage>| {
            vintage.is_none_or(|vintage| indicator.vintages.contains(&vintage))
        };
        if claimed.iter().any(fits) {
            continue;
        }
        let Some(vintage) = claimed.iter().flatten().next() else {
            continue;
        };
        let head = head_of(draft, row, column);
        if told.insert((indicator.name.clone(), head)) {
            let problem = HintProblem::VintageNotOfIndicator {
                indicator: indicator.label.clone(),
                vintage: word(*vintage),
            };
            context.report(problem, draft.file, head);
        }
    }
}

fn word(vintage: Vintage) -> (&'static str, &'static str) {
    match vintage {
        Vintage::Estimate => ("ước tính", "estimate"),
        Vintage::Preliminary => ("sơ bộ", "preliminary"),
        Vintage::Final => ("chính thức", "final"),
    }
}

/// Rows of a list grouped by a figure with decimals or a percentage; a whole number may be a year.
fn groups(context: &mut Context, draft: &FormDraft) {
    let listed = draft.form.listed.iter();
    for column in listed.flat_map(|listed| &listed.grouped_by) {
        let Some(found) = draft.form.columns.get(*column) else {
            continue;
        };
        let measured = match found.cell.value {
            ValueType::Number {
                decimals, percent, ..
            } => decimals > 0 || percent || found.cell.source == Source::Computed,
            _ => false,
        };
        let head = draft.columns.get(*column).map(|column| column.head);
        if let Some(head) = head.filter(|_| measured) {
            let field = found.shown().to_owned();
            let problem = HintProblem::GroupedByFigure { field };
            context.report(problem, draft.file, head);
        }
    }
}
