//! The type of every column of a regime: stated, filled from the form's defaults, or inferred from its formula.
//!
//! Layers as in language-types §1.2. It reports nothing: what is stated is checked against what is inferred in `check_forms`.

use super::attributes::{Stated, StatedMeasure, StatedType};
use super::cell_type::sums::Additivity;
use super::context::Context;
use super::cycles;
use super::expression::{Cell, Dimension, Quantity, Sort, Term};
use super::forms::FormDraft;
use super::inference::Inference;
use super::model::{Computation, Source, ValueType, Words};
use super::natures::Nature;
use super::shared::Shared;
use super::statements;
use crate::number::Number;

/// Types of all columns, and the order of computing them.
pub(super) struct Columns {
    /// By form and column.
    pub quantities: Vec<Vec<Quantity>>,
    /// Computed and carried columns, each after all it reads in the same report.
    pub order: Vec<Computation>,
    /// Circles of computed columns.
    pub circles: Vec<Vec<(usize, usize)>>,
}

impl Columns {
    /// The type of a cell.
    pub fn of(&self, cell: &Cell) -> Quantity {
        self.quantities
            .get(cell.form)
            .and_then(|form| form.get(cell.column))
            .cloned()
            .unwrap_or_else(Quantity::unknown)
    }
}

/// Finds the type of every column. `first_sides` are the resolved first sides of formulas and carried expressions, by form and column.
pub(super) fn infer(
    context: &Context,
    shared: &Shared,
    forms: &[FormDraft],
    first_sides: &[Vec<Option<Term>>],
    moment: bool,
) -> Columns {
    let words = &shared.words;
    let quantities = forms
        .iter()
        .map(|draft| {
            (0..draft.columns.len())
                .map(|column| before_formulas(shared, draft, column, moment))
                .collect()
        })
        .collect();
    let mut columns = Columns {
        quantities,
        order: Vec::new(),
        circles: Vec::new(),
    };
    order_columns(&mut columns, forms, first_sides);
    let computed: Vec<(usize, usize)> = columns
        .order
        .iter()
        .map(|computation| (computation.form, computation.column))
        .filter(|place| source_of(forms, *place) == Some(Source::Computed))
        .collect();
    let carried: Vec<(usize, usize)> = columns
        .order
        .iter()
        .map(|computation| (computation.form, computation.column))
        .filter(|place| source_of(forms, *place) == Some(Source::Carried))
        .collect();
    for place in computed {
        let inferred = side_quantity(context, words, forms, first_sides, &columns, place);
        set(&mut columns, words, forms, place, inferred);
    }
    for place in carried {
        let known = columns
            .quantities
            .get(place.0)
            .and_then(|form| form.get(place.1));
        if known
            .is_some_and(|quantity| quantity.dimension.is_none() && quantity.sort == Sort::Figure)
        {
            let inferred = side_quantity(context, words, forms, first_sides, &columns, place);
            let quantity = Quantity {
                additivity: Additivity::actual(Nature::Opening),
                negative: false,
                ..inferred
            };
            if quantity.sort == Sort::Figure {
                put(&mut columns, place, quantity);
            }
        }
    }
    columns
}

fn source_of(forms: &[FormDraft], (form, column): (usize, usize)) -> Option<Source> {
    forms
        .get(form)?
        .form
        .columns
        .get(column)
        .map(|column| column.cell.source)
}

fn put(columns: &mut Columns, (form, column): (usize, usize), quantity: Quantity) {
    if let Some(place) = columns
        .quantities
        .get_mut(form)
        .and_then(|form| form.get_mut(column))
    {
        *place = quantity;
    }
}

fn side_quantity(
    context: &Context,
    words: &Words,
    forms: &[FormDraft],
    first_sides: &[Vec<Option<Term>>],
    columns: &Columns,
    (form, column): (usize, usize),
) -> Quantity {
    let side = first_sides
        .get(form)
        .and_then(|sides| sides.get(column))
        .cloned()
        .flatten();
    let (Some(mut side), Some(draft)) = (side, forms.get(form)) else {
        return Quantity::unknown();
    };
    let lookup = |cell: &Cell| columns.of(cell);
    let mut inference = Inference {
        context,
        words,
        file: draft.file,
        cell: &lookup,
        found: Vec::new(),
    };
    inference.infer(&mut side);
    side.quantity
}

fn order_columns(columns: &mut Columns, forms: &[FormDraft], first_sides: &[Vec<Option<Term>>]) {
    let mut nodes = Vec::new();
    for (form, draft) in forms.iter().enumerate() {
        for (column, written) in draft.form.columns.iter().enumerate() {
            if written.cell.source != Source::Entered {
                nodes.push((form, column));
            }
        }
    }
    let needs: Vec<Vec<usize>> = nodes
        .iter()
        .map(|place| {
            let mut needed = Vec::new();
            if source_of(forms, *place) == Some(Source::Computed)
                && let Some(Some(side)) = first_sides
                    .get(place.0)
                    .and_then(|sides| sides.get(place.1))
            {
                side.cells(&mut |cell, previous| {
                    let node = nodes
                        .iter()
                        .position(|node| *node == (cell.form, cell.column));
                    if let (Some(node), false) = (node, previous) {
                        needed.push(node);
                    }
                });
            }
            needed
        })
        .collect();
    let order = cycles::order(&needs);
    let place = |node: usize| nodes.get(node).copied();
    columns.order = order
        .sorted
        .into_iter()
        .filter_map(place)
        .map(|(form, column)| Computation {
            form,
            row: None,
            column,
        })
        .collect();
    let circles = order.circles.into_iter();
    columns.circles = circles
        .map(|circle| circle.into_iter().filter_map(place).collect())
        .collect();
}

/// What is known about a column from what is stated and from the defaults.
fn before_formulas(shared: &Shared, draft: &FormDraft, column: usize, moment: bool) -> Quantity {
    let (Some(written), Some(model)) = (draft.columns.get(column), draft.form.columns.get(column))
    else {
        return Quantity::unknown();
    };
    let stated = &written.stated;
    let value = stated
        .value
        .or(draft.defaults.value)
        .map(|(value, _)| value);
    if value == Some(StatedType::Text) {
        return Quantity::text();
    }
    if stated.unsupported
        || value == Some(StatedType::Unknown)
        || model.cell.source == Source::Computed
    {
        return Quantity::unknown();
    }
    let Ok(own) = statements::layer(shared, &[stated]) else {
        return Quantity::unknown();
    };
    let carried = model.cell.source == Source::Carried;
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

fn typed(value: StatedType) -> Quantity {
    let number = |decimals, negative| Quantity {
        decimals: Some(decimals),
        negative,
        ..Quantity::pure(Nature::Flow)
    };
    match value {
        StatedType::Count => number(0, false),
        StatedType::Integer => number(0, true),
        StatedType::Decimal(decimals) => number(decimals, true),
        StatedType::Percent(decimals) => Quantity {
            percent: true,
            ..number(decimals.saturating_add(2), true)
        },
        StatedType::Text => Quantity::text(),
        StatedType::Unknown => Quantity::unknown(),
    }
}

fn measured(quantity: &mut Quantity, words: &Words, measure: StatedMeasure) {
    let known = match measure {
        StatedMeasure::Known(position) => words.measures.get(position),
        StatedMeasure::Unknown => None,
    };
    match known {
        Some(measure) => {
            quantity.dimension = measure.dimension.clone();
            quantity.scale = measure.scale.clone();
        }
        None => quantity.dimension = None,
    }
}

/// Sets the type of a computed column: what is stated over what is inferred over the defaults.
fn set(
    columns: &mut Columns,
    words: &Words,
    forms: &[FormDraft],
    place: (usize, usize),
    inferred: Quantity,
) {
    let Some(draft) = forms.get(place.0) else {
        return;
    };
    let Some(written) = draft.columns.get(place.1) else {
        return;
    };
    let stated = &written.stated;
    if stated.unsupported
        || draft.is_text(place.1)
        || inferred.sort == Sort::Text
        || inferred.sort == Sort::Truth
    {
        return;
    }
    let mut quantity = inferred;
    quantity.literal = false;
    quantity.linear = true;
    // A cell speaks about its report; what its formula reads elsewhere is remembered where it is read.
    let value = stated.value.map(|(value, _)| value);
    if quantity.is_unknown() {
        quantity = Quantity {
            dimension: None,
            ..typed(value.unwrap_or(StatedType::Count))
        };
        quantity.additivity = Additivity::unknown();
    }
    let filled = draft
        .defaults
        .value
        .map(|(value, _)| value)
        .filter(|_| quantity.decimals.is_none());
    if let Some(value) = value.or(filled) {
        apply_type(&mut quantity, value);
    }
    quantity.decimals = quantity.decimals.or(Some(0));
    if !quantity.percent {
        let own = stated.measure.map(|(measure, _)| measure);
        match own {
            Some(measure) => measured(&mut quantity, words, measure),
            None => default_scale(&mut quantity, words, &draft.defaults),
        }
    }
    let own = statements::of(stated, words);
    if let Some(nature) = own.nature {
        let inferred = quantity.additivity.clone();
        quantity.additivity = Additivity {
            nature,
            extent: own.extent.or(match nature == inferred.nature {
                true => inferred.extent,
                false => nature.own_extent(),
            }),
            modality: inferred.modality,
        };
    }
    quantity.additivity.modality = own.modality.or(quantity.additivity.modality);
    put(columns, place, quantity);
}

fn apply_type(quantity: &mut Quantity, value: StatedType) {
    let stated = typed(value);
    quantity.decimals = stated.decimals;
    quantity.percent = stated.percent;
    if value == StatedType::Count {
        quantity.negative = false;
    }
    if stated.percent {
        quantity.dimension = Some(Dimension::default());
        quantity.scale = Number::one();
    }
}

/// The default measure gives its scale to a formula of its dimension; it never contradicts one.
fn default_scale(quantity: &mut Quantity, words: &Words, defaults: &Stated) {
    let Some((StatedMeasure::Known(position), _)) = defaults.measure else {
        return;
    };
    let Some(measure) = words.measures.get(position) else {
        return;
    };
    if measure.dimension.is_some()
        && (quantity.dimension == measure.dimension || quantity.dimension.is_none())
    {
        quantity.dimension = measure.dimension.clone();
        quantity.scale = measure.scale.clone();
    }
}

/// The value type of a column as the plan needs it.
pub(super) fn value_type(quantity: &Quantity) -> ValueType {
    match quantity.sort {
        Sort::Text => ValueType::Text,
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
