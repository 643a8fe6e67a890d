//! The type of every column and cell of a regime: stated, filled from the form's defaults, or inferred from its formula.
//!
//! Layers as in language-types §1.2. It reports nothing: what is stated is checked against what is inferred in `check_forms`.

use super::attributes::{Stated, StatedType};
use super::cell_type::classes::{self, Decides, Formula};
use super::cell_type::statement::Statement;
use super::cell_type::sums::Additivity;
use super::cell_type::value::{Measured, Share, Value};
use super::cells::Sides;
use super::context::Context;
use super::expression::{Cell, Dimension, Quantity, Sort, Term, TermKind};
use super::forms::FormDraft;
use super::formulas::Parts;
use super::inference::Inference;
use super::model::{
    Computation,
    cell::{Source, ValueType},
};
use super::natures::Nature;
use super::shared::Shared;
use super::slots::{self, Slot, SlotMap};
use super::statements;
use crate::number::Number;
use std::collections::{BTreeMap, BTreeSet};

/// Types of all slots, and the order of computing them.
pub(super) struct Columns {
    quantities: BTreeMap<Slot, Quantity>,
    map: SlotMap,
    /// Computed and carried slots, each after all it reads in the same report.
    pub order: Vec<Computation>,
    /// Circles of computed slots.
    pub circles: Vec<Vec<Slot>>,
    /// Cells that the formula of their row decides.
    pub by_row: BTreeSet<Slot>,
    /// Cells that formulas of row and column reach without either being meant before the other.
    pub undecided: BTreeSet<Slot>,
}

impl Columns {
    /// The type of a cell; `row` is the written row at hand, for references that name none.
    pub fn of(&self, cell: &Cell, row: Option<usize>) -> Quantity {
        self.map
            .slot(cell, row)
            .and_then(|slot| self.quantities.get(&slot))
            .cloned()
            .unwrap_or_else(Quantity::unknown)
    }

    /// The slot that a cell stands in; `row` is the written row at hand.
    pub fn slot(&self, cell: &Cell, row: Option<usize>) -> Option<Slot> {
        self.map.slot(cell, row)
    }

    /// The type of a slot.
    pub fn at(&self, slot: Slot) -> Quantity {
        self.quantities
            .get(&slot)
            .cloned()
            .unwrap_or_else(Quantity::unknown)
    }
}

/// Finds the type of every slot. `sides` are the resolved formulas and carried expressions.
pub(super) fn infer(
    context: &Context,
    shared: &Shared,
    forms: &[FormDraft],
    sides: &BTreeMap<Slot, Parts>,
) -> Columns {
    let mut quantities = BTreeMap::new();
    for (form, draft) in forms.iter().enumerate() {
        for (row, column) in draft.slots() {
            let slot = Slot { form, row, column };
            quantities.insert(slot, before_formulas(shared, forms, slot));
        }
    }
    let map = SlotMap::of(forms);
    // A cell that two formulas reach is typed when the operands of both are known.
    let possible = slots::order(forms, &map, |slot| {
        let parts = sides.get(&slot);
        let both = parts.map(|parts| parts.chain.first().into_iter().chain(parts.by_row.first()));
        both.into_iter().flatten().collect()
    });
    let mut columns = Columns {
        quantities,
        map,
        order: Vec::new(),
        circles: Vec::new(),
        by_row: BTreeSet::new(),
        undecided: BTreeSet::new(),
    };
    let typing = Typing {
        context,
        shared,
        forms,
    };
    let of_source = |source: Source| {
        let sorted = possible.sorted.iter().copied();
        sorted.filter(move |slot| slots::source_of(forms, *slot) == Some(source))
    };
    for slot in of_source(Source::Computed) {
        if let Some(parts) = sides.get(&slot) {
            typing.computed(&mut columns, slot, parts);
        }
    }
    for slot in of_source(Source::Carried) {
        let known = columns.at(slot);
        if known.dimension.is_none()
            && known.sort == Sort::Figure
            && let Some(side) = sides.get(&slot).and_then(|parts| parts.chain.first())
        {
            let quantity = Quantity {
                additivity: Additivity::actual(Nature::Opening),
                negative: false,
                ..typing.side(&columns, slot, side).quantity
            };
            if quantity.sort == Sort::Figure {
                columns.quantities.insert(slot, quantity);
            }
        }
    }
    let by_row = columns.by_row.clone();
    let chosen = slots::order(forms, &columns.map, |slot| {
        let parts = sides.get(&slot);
        let Some(parts) = parts else {
            return Vec::new();
        };
        match by_row.contains(&slot) {
            true => parts.by_row.first().into_iter().collect(),
            false => {
                let also = parts
                    .by_row
                    .first()
                    .filter(|_| cumulates(parts.chain.first()));
                parts.chain.first().into_iter().chain(also).collect()
            }
        }
    });
    columns.order = chosen.sorted.into_iter().map(Computation::from).collect();
    columns.circles = chosen.circles;
    columns
}

/// The words that types are found with.
struct Typing<'t, 'a, 'p> {
    context: &'t Context<'p>,
    shared: &'t Shared,
    forms: &'t [FormDraft<'a>],
}

impl Typing<'_, '_, '_> {
    /// A side with the quantity of every part of it.
    fn side(&self, columns: &Columns, slot: Slot, side: &Term) -> Term {
        let mut side = side.clone();
        let Some(draft) = self.forms.get(slot.form) else {
            return side;
        };
        let lookup = |cell: &Cell| columns.of(cell, slot.row);
        let mut inference = Inference {
            context: self.context,
            words: &self.shared.words,
            file: draft.file,
            cell: &lookup,
            found: Vec::new(),
        };
        inference.infer(&mut side);
        side
    }

    fn computed(&self, columns: &mut Columns, slot: Slot, parts: &Parts) {
        let Some(column) = parts.chain.first() else {
            return;
        };
        let column = self.side(columns, slot, column);
        let Some(row) = parts.by_row.first() else {
            return self.set(columns, slot, column.quantity, None);
        };
        let row = self.side(columns, slot, row);
        match classes::decides(Formula::of(&row), Formula::of(&column)) {
            Some(Decides::Column) => self.set(columns, slot, column.quantity, None),
            Some(Decides::Row) => {
                columns.by_row.insert(slot);
                let draft = self.forms.get(slot.form);
                let cell = draft
                    .zip(slot.row)
                    .and_then(|(draft, row)| draft.cells.get(&(row, slot.column)));
                let stated = cell.and_then(|cell| Some(&cell.by_row.as_ref()?.0));
                self.set(columns, slot, row.quantity, stated);
            }
            None => {
                // Of an operand that is not known nothing can be told; that was reported where it stands.
                if !row.quantity.is_unknown() && !column.quantity.is_unknown() {
                    columns.undecided.insert(slot);
                }
            }
        }
    }

    /// Sets the type of a computed slot: what is stated over what is inferred over the defaults.
    fn set(&self, columns: &mut Columns, slot: Slot, inferred: Quantity, instead: Option<&Stated>) {
        let Some(draft) = self.forms.get(slot.form) else {
            return;
        };
        let Some(made) = draft.made(slot.row, slot.column) else {
            return;
        };
        if let Some(Sides::Plan { .. }) = made.sides {
            columns.quantities.insert(slot, inferred);
            return;
        }
        let stated = instead.unwrap_or(made.stated);
        if stated.unreadable
            || is_text(stated, &draft.defaults)
            || !matches!(inferred.sort, Sort::Figure | Sort::Unknown)
        {
            return;
        }
        let places = match instead {
            Some(stated) => vec![stated],
            None => made.places,
        };
        // What contradicts itself was reported; what one place says alone is then as good as any.
        let own = statements::layer(self.shared, &places)
            .unwrap_or_else(|_| statements::of(stated, &self.shared.words));
        let defaults = statements::of(&draft.defaults, &self.shared.words);
        columns
            .quantities
            .insert(slot, settled(&own, &defaults, inferred));
    }
}

/// Whether a formula adds up the windows of the year: then its result is known from the parts of a row, too.
pub(super) fn cumulates(formula: Option<&Term>) -> bool {
    formula.is_some_and(|term| matches!(term.kind, TermKind::YearToDate(_)))
}

/// Whether the cells hold words or other answers that are no figures.
pub(super) fn is_text(stated: &Stated, defaults: &Stated) -> bool {
    let value = stated.value.or(defaults.value);
    value.is_some_and(|(value, _)| value.answer().is_some())
}

/// What is known about a column from what is stated and from the defaults.
fn before_formulas(shared: &Shared, forms: &[FormDraft], slot: Slot) -> Quantity {
    let Some((draft, made, source)) = forms.get(slot.form).and_then(|draft| {
        let made = draft.made(slot.row, slot.column)?;
        Some((draft, made, slots::source_of(forms, slot)?))
    }) else {
        return Quantity::unknown();
    };
    let stated = made.stated;
    let moment = draft.moment;
    let value = stated
        .value
        .or(draft.defaults.value)
        .map(|(value, _)| value);
    if let Some(answer) = value.and_then(StatedType::answer) {
        return Quantity::of_value(answer);
    }
    if stated.unreadable
        || value == Some(StatedType::Unknown)
        || matches!(source, Source::Computed | Source::Closed)
    {
        return Quantity::unknown();
    }
    let Ok(own) = statements::layer(shared, &made.places) else {
        return Quantity::unknown();
    };
    let carried = source == Source::Carried;
    let statement = own.over(&statements::of(&draft.defaults, &shared.words));
    let mut cell = statement.complete(moment);
    if let Some(turned) = statements::view(stated).and_then(|view| cell.view(view).ok()) {
        cell = turned;
    }
    let mut quantity = Quantity::of(&cell);
    if carried {
        quantity.additivity = Additivity::actual(Nature::Opening);
        if statement.measure.is_none() {
            quantity.dimension = None;
        }
    } else if is_typed_ratio(&quantity) && draft.form.list && statement.nature.is_none() {
        // A row of a list is one thing: its ratio is shown as it was typed and never added.
        quantity.additivity = Additivity::actual(Nature::Index);
    } else if is_typed_ratio(&quantity) && statement.nature.is_none() {
        quantity.additivity = Additivity::unknown();
    } else if moment && quantity.additivity.nature == Nature::Flow && statement.extent.is_none() {
        quantity.additivity.nature = Nature::Stock;
        quantity.additivity.extent = Nature::Stock.own_extent();
    }
    quantity
}

/// Whether a typed figure is a ratio by its kind: a percentage, or a measure with something below the line.
pub(super) fn is_typed_ratio(quantity: &Quantity) -> bool {
    quantity.percent
        || quantity
            .dimension
            .as_ref()
            .is_some_and(|dimension| dimension.0.values().any(|power| *power < 0))
}

/// The type of a computed slot: what is stated over what is inferred over the defaults.
fn settled(own: &Statement, defaults: &Statement, inferred: Quantity) -> Quantity {
    let mut quantity = inferred;
    quantity.literal = false;
    quantity.linear = true;
    // A cell speaks about its report; what its formula reads elsewhere is remembered where it is read.
    if quantity.is_unknown() {
        quantity = Quantity {
            dimension: None,
            additivity: Additivity::unknown(),
            ..Quantity::of(&own.complete(false))
        };
    }
    let share = |statement: &Statement| {
        let measure = statement.measure.as_ref();
        measure.map_or(Share::Plain, |measure| measure.share)
    };
    let filled = defaults.value.filter(|_| quantity.decimals.is_none());
    let (value, of) = match own.value {
        Some(value) => (Some(value), own),
        None => (filled, defaults),
    };
    if let Some(Value::Number(digits)) = value {
        quantity.percent = share(of) != Share::Plain;
        quantity.decimals = Some(match quantity.percent {
            true => digits.saturating_add(2),
            false => digits,
        });
        if !of.bounds.negative() {
            quantity.negative = false;
        }
        if quantity.percent {
            quantity.hundredfold = false;
            quantity.dimension = Some(Dimension::default());
            quantity.scale = Number::one();
        }
    }
    quantity.decimals = quantity.decimals.or(Some(0));
    if !quantity.percent {
        match &own.measure {
            Some(measure) => {
                quantity.dimension.clone_from(&measure.dimension);
                quantity.scale = measure.scale.clone();
            }
            None => default_scale(&mut quantity, defaults.measure.as_ref()),
        }
    }
    if let Some(nature) = own.nature {
        let inferred = quantity.additivity.clone();
        quantity.additivity = Additivity {
            nature,
            extent: own.extent.clone().or(match nature == inferred.nature {
                true => inferred.extent,
                false => nature.own_extent(),
            }),
            modality: inferred.modality,
        };
    }
    quantity.additivity.modality = own.modality.or(quantity.additivity.modality);
    quantity
}

/// The default measure gives its scale to a formula of its dimension; it never contradicts one.
fn default_scale(quantity: &mut Quantity, measure: Option<&Measured>) {
    if let Some(measure) = measure
        && measure.dimension.is_some()
        && (quantity.dimension == measure.dimension || quantity.dimension.is_none())
    {
        quantity.dimension.clone_from(&measure.dimension);
        quantity.scale = measure.scale.clone();
    }
}

/// The value type of a column as the plan needs it.
pub(super) fn value_type(quantity: &Quantity) -> ValueType {
    match quantity.sort {
        Sort::Text => ValueType::Text,
        Sort::Day => ValueType::Date,
        Sort::File => ValueType::File,
        Sort::Choice(catalog) => ValueType::Choice(catalog),
        Sort::Truth if quantity.additivity.nature == Nature::None => ValueType::YesOrNo,
        Sort::Unknown | Sort::Truth => ValueType::Unknown,
        Sort::Figure => {
            let decimals = quantity.decimals.unwrap_or(0);
            ValueType::Number {
                decimals: if quantity.percent {
                    decimals.saturating_sub(2)
                } else {
                    decimals
                },
                negative: quantity.negative,
                percent: quantity.percent,
            }
        }
    }
}
