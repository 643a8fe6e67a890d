//! The warning that a typed figure since the start of the year does not fall: made for final figures of one year, to be explained where it fails.
//!
//! It deliberately leaves estimates alone, which are corrected downwards, and periods before which none of their kind lies in the year. Where the author compares the figure
//! with the period before, his rule stands and none is made.

use super::cell_type::extent::{Extent, Start};
use super::columns::Columns;
use super::context::Context;
use super::expression::{Cell, RowPick, Sort, Term, TermKind};
use super::forms::FormDraft;
use super::model::cell::{Applicability, Modality, Side, Source, Vintage};
use super::model::{PeriodRule, Rule, RuleKind, Strength};
use super::natures::Nature;
use super::slots::{self, Slot};
use crate::calendar::{PeriodChoice, PeriodKind};
use std::collections::BTreeSet;

/// The rules of one form; `compared` are the forms and columns that the author compares with the period before.
pub(super) fn of_form(
    context: &Context,
    position: usize,
    drafts: &[FormDraft],
    types: &Columns,
    periods: &[PeriodRule],
    compared: &BTreeSet<(usize, usize)>,
) -> Vec<Rule> {
    let only_in: Vec<PeriodChoice> = periods
        .iter()
        .map(|rule| rule.choice)
        .filter(|choice| follows_its_kind(*choice))
        .collect();
    let Some(draft) = drafts.get(position).filter(|_| !only_in.is_empty()) else {
        return Vec::new();
    };
    let keyless = |draft: &FormDraft| {
        let listed = draft.form.listed.as_ref();
        draft.form.list && listed.is_none_or(|listed| listed.key.is_empty())
    };
    if keyless(draft) {
        return Vec::new();
    }
    let mut rules = Vec::new();
    for (row, column) in draft.slots() {
        let slot = Slot {
            form: position,
            row,
            column,
        };
        if slots::source_of(drafts, slot) != Some(Source::Entered) {
            continue;
        }
        let quantity = types.at(slot);
        let runs = quantity.sort == Sort::Figure
            && !quantity.negative
            && quantity.additivity.nature == Nature::Flow
            && quantity.additivity.extent == Some(Extent::since(Start::Year))
            && matches!(
                quantity.additivity.modality,
                None | Some(Modality::Actual(None | Some(Vintage::Final)))
            );
        let (Some(model), Some(made)) = (draft.form.columns.get(column), draft.made(row, column))
        else {
            continue;
        };
        if !runs || compared.contains(&(position, column)) {
            continue;
        }
        let cell = Cell {
            form: position,
            row: row
                .and_then(|row| draft.row_pick(row))
                .unwrap_or(RowPick::Current),
            column,
        };
        let mut own = Term::new(TermKind::Cell(cell), made.head);
        own.quantity = quantity;
        let mut before = Term::new(TermKind::Previous(Box::new(own.clone())), made.head);
        before.quantity = own.quantity.clone();
        let place = match row.and_then(|row| draft.row_key(row)) {
            Some(row) => format!("[{row}, {}]", model.shown()),
            None => format!("[{}]", model.shown()),
        };
        let side = |term: Term, text: String| Side { term, text };
        rules.push(Rule {
            id: None,
            form: Some(position),
            text: format!("previous({place}) <= {place}"),
            kind: RuleKind::Bounds(
                side(before, format!("{} (kỳ trước)", model.label)),
                side(own, model.label.clone()),
            ),
            strength: Strength::Explain,
            conditions: Vec::new(),
            applicability: Applicability {
                only_in: only_in.clone(),
                ..Applicability::default()
            },
            row,
            column: Some(column),
            instance: None,
            rounded: false,
            message: None,
            place: context.place(draft.file, made.head),
        });
    }
    rules
}

/// Whether a period of the kind is preceded by another of its kind in its year, all of which are reported.
fn follows_its_kind(choice: PeriodChoice) -> bool {
    choice.index.is_none()
        && matches!(
            choice.kind,
            PeriodKind::Day
                | PeriodKind::Week(_)
                | PeriodKind::TenDays
                | PeriodKind::Month
                | PeriodKind::Quarter
        )
}

/// The forms and columns that the author compares with the period before.
pub(super) fn compared(written: &[Rule]) -> BTreeSet<(usize, usize)> {
    fn looks_back(term: &Term, found: &mut BTreeSet<(usize, usize)>) {
        if let TermKind::Previous(inner) = &term.kind
            && let TermKind::Cell(cell) = &inner.kind
        {
            found.insert((cell.form, cell.column));
        }
        term.for_each_child(&mut |child| looks_back(child, found));
    }
    let mut found = BTreeSet::new();
    for rule in written {
        if let RuleKind::Condition(term) = &rule.kind {
            looks_back(term, &mut found);
        }
    }
    found
}
