//! What a checked slot becomes in the model: its type, its resolved formulas, its measure; and what a column and a row of written cells show.
//!
//! It deliberately does not report. A slot whose type could not be told keeps an unknown one.

use super::attributes::{StatedMeasure, StatedType};
use super::columns;
use super::expression::{Dimension, Quantity, Sort, Term};
use super::forms::FormDraft;
use super::model::{
    cell::{Modality, Side, Source, ValueType},
    form::Rows,
};
use super::shared::Shared;
use super::slots::Slot;
use super::statements;
use std::collections::BTreeMap;

/// A checked slot.
pub(super) struct Finished {
    /// Sides of the formula, or the carried expression alone.
    pub chain: Vec<Side>,
    /// The same figure as a sum of rows.
    pub by_parts: Option<Term>,
    /// The weight of an average.
    pub weight: Option<Term>,
    /// Wholes of which it is a part.
    pub within: Vec<Side>,
    /// Bounds.
    pub range: Option<(Side, Side)>,
    /// Must be answered where this holds.
    pub required_when: Option<Term>,
    /// Is closed where this holds.
    pub closed_when: Option<Term>,
    /// What it yields.
    pub quantity: Quantity,
}

/// Puts a checked slot into the model.
pub(super) fn complete(shared: &Shared, draft: &mut FormDraft, slot: Slot, parts: Finished) {
    let quantity = parts.quantity;
    let measure = measure_of(shared, draft, slot, &quantity);
    let filled = draft
        .made(slot.row, slot.column)
        .and_then(|made| made.stated.filled_by.clone());
    let indicator = draft
        .made(slot.row, slot.column)
        .and_then(|made| made.stated.indicator)
        .and_then(|(position, _)| position);
    let matching = draft
        .made(slot.row, slot.column)
        .and_then(|made| made.stated.matching)
        .map(|(pattern, _)| pattern.to_owned());
    let from_registry = draft
        .made(slot.row, slot.column)
        .is_some_and(|made| made.stated.from_registry.is_some());
    let value = draft
        .made(slot.row, slot.column)
        .and_then(|made| made.stated.value)
        .or(draft.defaults.value);
    let value = match value {
        Some((StatedType::Reporter, _)) => ValueType::Reporter,
        _ => columns::value_type(&quantity),
    };
    let model = match slot.row {
        Some(row) => draft.form.cells.get_mut(&(row, slot.column)),
        None => draft
            .form
            .columns
            .get_mut(slot.column)
            .map(|column| &mut column.cell),
    };
    let Some(model) = model else {
        return;
    };
    model.value = value;
    model.matching = matching;
    model.from_registry = from_registry;
    model.nature = quantity.additivity.nature;
    model.extent = statements::model_extent(quantity.additivity.extent.as_ref());
    model.modality = quantity
        .additivity
        .modality
        .unwrap_or(Modality::Actual(None));
    model.indicator = indicator;
    model.measure = measure;
    model.chain = parts.chain;
    model.by_parts = parts.by_parts.map(Box::new);
    model.weight = parts.weight.map(Box::new);
    model.within = parts.within;
    model.range = parts.range.map(Box::new);
    model.required_when = parts.required_when.map(Box::new);
    model.closed_when = parts.closed_when.map(Box::new);
    if let Some((filled, _)) = filled {
        model.filled_by = filled;
    }
}

/// The declared measure of a slot: the stated one, the default, or any of the same dimension and scale.
fn measure_of(
    shared: &Shared,
    draft: &FormDraft,
    slot: Slot,
    quantity: &Quantity,
) -> Option<usize> {
    if quantity.percent
        || quantity.sort != Sort::Figure
        || quantity.dimension.as_ref().is_some_and(Dimension::is_pure)
    {
        return None;
    }
    let fits = |position: &usize| {
        shared.words.measures.get(*position).is_some_and(|measure| {
            measure.dimension == quantity.dimension && measure.scale == quantity.scale
        })
    };
    let stated = draft
        .made(slot.row, slot.column)
        .and_then(|made| made.stated.measure);
    [stated, draft.defaults.measure]
        .into_iter()
        .flatten()
        .filter_map(|(measure, _)| match measure {
            StatedMeasure::Known(position) => Some(position),
            StatedMeasure::Unknown => None,
        })
        .find(fits)
        .or_else(|| shared.measure_of(quantity.dimension.as_ref(), &quantity.scale))
}

/// A column of a form with written rows shows what its first open cell is; every cell has its own definition.
pub(super) fn written_columns(shared: &Shared, draft: &mut FormDraft) {
    let form = &mut draft.form;
    if form.rows != Rows::Written {
        return;
    }
    let mut typed = BTreeMap::new();
    for ((_, column), cell) in &form.cells {
        if cell.source != Source::Closed {
            typed.entry(*column).or_insert(cell);
        }
    }
    for (position, column) in form.columns.iter_mut().enumerate() {
        if let (Some(cell), false) = (typed.get(&position), column.head) {
            column.cell.value = cell.value;
            column.cell.nature = cell.nature;
        }
    }
    for (position, row) in form.written.iter_mut().enumerate() {
        let stated = draft.rows.get(position).map(|row| &row.stated);
        let own = stated.and_then(|stated| stated.measure);
        let known = match own.or(draft.defaults.measure) {
            Some((StatedMeasure::Known(measure), _)) => Some(measure),
            _ => None,
        };
        let percent =
            stated.is_some_and(|stated| matches!(stated.value, Some((StatedType::Percent(_), _))));
        let of_cells = form
            .cells
            .range((position, 0)..(position + 1, 0))
            .find_map(|(_, cell)| cell.measure);
        row.measure = match (own.is_some(), percent) {
            (true, _) => known,
            (false, true) => None,
            (false, false) => of_cells.or(known),
        }
        .filter(|measure| !row.heading && *measure < shared.words.measures.len());
    }
}
