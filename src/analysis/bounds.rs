//! The rules that overlapping parts of a whole make by themselves: nobody can be left over and nobody counted beyond what there is.
//!
//! It deliberately does not know how the inequalities are found (`cell_type::overlaps`). A part that may be below zero, that is closed for good, or that is
//! no count of the whole (a ratio, a weighted average, an index, a score) bounds nothing.

use super::breakdowns::{Expanded, Overlap};
use super::cell_type::overlaps::{self, Bound, WHOLE};
use super::context::Context;
use super::expression::{Cell, Quantity, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::model::{
    Rule, RuleKind, Strength,
    cell::{Applicability, Side, Source, ValueType},
};
use super::natures::Nature;
use super::size::CELL;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The rules of all breakdowns of one form. `quantity` tells what a cell yields.
pub(super) fn of_form(
    context: &mut Context,
    form: usize,
    draft: &FormDraft,
    expanded: &Expanded,
    quantity: &dyn Fn(&Cell) -> Quantity,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut known: BTreeMap<Vec<BTreeSet<usize>>, Vec<Bound>> = BTreeMap::new();
    for overlap in &expanded.overlaps {
        for (column, model) in draft.form.columns.iter().enumerate() {
            // Finding the bounds compares every part with every other one.
            let pairs = overlap.parts.len().saturating_mul(overlap.parts.len());
            if context.is_full(draft.file) {
                return rules;
            }
            if !model.head {
                let maker = Maker {
                    context: &*context,
                    form,
                    draft,
                    overlap,
                    column,
                    quantity,
                };
                let Some((whole, parts)) = maker.open() else {
                    continue;
                };
                let traits: Vec<BTreeSet<usize>> =
                    parts.iter().map(|(_, traits)| traits.clone()).collect();
                let is_new = !known.contains_key(&traits);
                let bounds = known
                    .entry(traits)
                    .or_insert_with_key(|traits| overlaps::bounds(traits));
                rules.extend(maker.rules(whole, &parts, bounds));
                let written = CELL.saturating_mul(bounds.len());
                let compared = if is_new { pairs } else { 0 };
                let span = overlap.span;
                context.spend(written.saturating_add(compared), draft.file, span);
            }
        }
    }
    rules
}

/// The row of an open part, and its traits.
type OpenPart = (usize, BTreeSet<usize>);

/// The rules of one whole in one column.
struct Maker<'m, 'a, 'p> {
    context: &'m Context<'p>,
    form: usize,
    draft: &'m FormDraft<'a>,
    overlap: &'m Overlap,
    column: usize,
    quantity: &'m dyn Fn(&Cell) -> Quantity,
}

impl Maker<'_, '_, '_> {
    /// The row of the whole and those of its parts, each with its traits, as far as they are open.
    fn open(&self) -> Option<(usize, Vec<OpenPart>)> {
        let whole = self.open_row(&self.overlap.whole)?;
        let parts = self
            .overlap
            .parts
            .iter()
            .filter_map(|(place, traits)| {
                Some((self.open_row(place)?, traits.iter().copied().collect()))
            })
            .collect();
        Some((whole, parts))
    }

    fn rules(&self, whole: usize, parts: &[OpenPart], bounds: &[Bound]) -> Vec<Rule> {
        let row_of = |part: usize| match part {
            WHOLE => Some(whole),
            part => parts.get(part).map(|(row, _)| *row),
        };
        bounds
            .iter()
            .filter_map(|bound| {
                let lesser = self.side(&bound.lesser, &row_of)?;
                let greater = self.side(&bound.greater, &row_of)?;
                Some(self.rule(row_of(bound.at)?, lesser, greater))
            })
            .collect()
    }

    /// The row of a place, if a number from 0 on may stand in its cell.
    fn open_row(&self, place: &str) -> Option<usize> {
        let row = self.draft.find_row(place)?;
        let cell = self.draft.form.cell(Some(row), self.column)?;
        let counts = matches!(
            cell.value,
            ValueType::Number {
                negative: false,
                ..
            }
        );
        let figure = (self.quantity)(&Cell {
            form: self.form,
            row: RowPick::Entry(self.draft.form.written.get(row)?.key(row)),
            column: self.column,
        });
        (counts && adds(figure.additivity.nature) && cell.source != Source::Closed).then_some(row)
    }

    fn side(
        &self,
        parts: &[(i64, usize)],
        row_of: &dyn Fn(usize) -> Option<usize>,
    ) -> Option<(Side, String)> {
        let mut terms = Vec::new();
        let (mut label, mut formula) = (String::new(), String::new());
        for (factor, part) in parts {
            let row = row_of(*part)?;
            let line = self.draft.form.written.get(row)?;
            let cell = Cell {
                form: self.form,
                row: RowPick::Entry(line.key(row)),
                column: self.column,
            };
            let plus = *factor > 0;
            let column = self.draft.form.columns.get(self.column)?;
            // A part that counts several times is said several times.
            for _ in 0..factor.unsigned_abs() {
                let sign = match (plus, terms.is_empty()) {
                    (true, true) => "",
                    (true, false) => " + ",
                    (false, true) => "−",
                    (false, false) => " − ",
                };
                label.push_str(sign);
                label.push_str(&line.label);
                formula.push_str(&sign.replace('−', "-"));
                formula.push_str(&format!("[{}, {}]", line.key(row), column.key(self.column)));
                let mut term = Term::new(TermKind::Cell(cell.clone()), self.overlap.span);
                term.quantity = (self.quantity)(&cell);
                terms.push((plus, term));
            }
        }
        let quantity = terms.first().map(|(_, term)| term.quantity.clone())?;
        let term = match terms.as_slice() {
            [(true, only)] => only.clone(),
            _ => {
                let mut sum = Term::new(TermKind::Sum(terms), self.overlap.span);
                sum.quantity = quantity;
                sum
            }
        };
        Some((Side { term, text: label }, formula))
    }

    fn rule(&self, row: usize, lesser: (Side, String), greater: (Side, String)) -> Rule {
        let span: Span = self.overlap.span;
        Rule {
            id: None,
            form: Some(self.form),
            text: format!("{} <= {}", lesser.1, greater.1),
            kind: RuleKind::Bounds(lesser.0, greater.0),
            strength: Strength::Error,
            conditions: Vec::new(),
            applicability: Applicability::default(),
            row: Some(row),
            column: Some(self.column),
            instance: None,
            rounded: false,
            message: None,
            place: self.context.place(self.draft.file, span),
        }
    }
}

/// Whether the figure of a part counts what the figure of the whole counts: ninety per cent of the girls say nothing about the whole's percentage.
fn adds(nature: Nature) -> bool {
    !matches!(
        nature,
        Nature::Ratio | Nature::Index | Nature::AverageBy | Nature::Score
    )
}
