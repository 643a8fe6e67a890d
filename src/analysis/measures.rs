//! Definitions of measures: every measure as base measures times an exact factor.
//!
//! It deliberately does not know figures. A measure with a broken definition has no dimension, which fits everything.

use super::context::Context;
use super::expression::Dimension;
use super::inference::thousands;
use super::model::words::Words;
use super::shared::Shared;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::value_word::MeasureWord;
use crate::number::Number;
use crate::syntax::ast::expression::{Expr, ExprKind, ProductSign};
use crate::syntax::ast::words::Measure;
use crate::text::FileId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most digits of a factor, above and below the line together: no measure is a greater multiple of another, and definitions that multiply each
/// other would grow without end.
const MOST_DIGITS: u32 = 100;

/// The value of a right side, or why it has none.
type Defined = Option<(Dimension, Number)>;

/// What is known about a measure while definitions are followed.
#[derive(Clone)]
enum State {
    Waiting,
    Open,
    Done,
}

/// The declarations that count, by their places.
pub(super) type Definitions<'d> = BTreeMap<Label, &'d Measure>;

/// So many measures may each be defined by the next one.
const LONGEST_CHAIN: u32 = 64;

/// Sets dimension and scale of every measure.
pub(super) fn define(context: &mut Context, shared: &mut Shared, definitions: &Definitions) {
    let mut states = vec![State::Waiting; shared.words.measures.len()];
    for position in 0..shared.words.measures.len() {
        define_one(context, shared, definitions, &mut states, position, 0);
    }
}

fn define_one(
    context: &mut Context,
    shared: &mut Shared,
    definitions: &Definitions,
    states: &mut Vec<State>,
    position: usize,
    depth: u32,
) {
    if !matches!(states.get(position), Some(State::Waiting)) {
        return;
    }
    let Some(measure) = shared.words.measures.get(position) else {
        return;
    };
    let label = measure.place.label;
    let Some(written) = definitions.get(&label) else {
        return;
    };
    if let Some(state) = states.get_mut(position) {
        *state = State::Open;
    }
    let value = match &written.definition {
        None => Some((
            Dimension([(position, 1)].into_iter().collect()),
            Number::one(),
        )),
        Some(right) => {
            let mut walk = Walk {
                shared,
                definitions,
                states,
                depth,
                broken: false,
            };
            let value = walk.value(context, label.file, right);
            let silent = walk.broken;
            if value.is_none() && !silent {
                let problem = NameProblem::BadMeasureDefinition {
                    name: written.name.value.clone(),
                };
                context.report(problem, label.file, right.span);
            }
            value
        }
    };
    if let Some(state) = states.get_mut(position) {
        *state = State::Done;
    }
    if let (Some(measure), Some((dimension, scale))) = (
        Arc::make_mut(&mut shared.words).measures.get_mut(position),
        value,
    ) {
        measure.dimension = Some(dimension);
        measure.scale = scale;
    }
}

/// How many digits a factor has above and below the line, or a few more.
fn digits(factor: &Number) -> u32 {
    u32::try_from(factor.size() / 3).unwrap_or(u32::MAX)
}

struct Walk<'w, 'd> {
    shared: &'w mut Shared,
    definitions: &'d Definitions<'d>,
    states: &'w mut Vec<State>,
    /// How many definitions are being followed.
    depth: u32,
    /// The reason has been reported already.
    broken: bool,
}

impl Walk<'_, '_> {
    fn value(&mut self, context: &mut Context, file: FileId, expr: &Expr) -> Defined {
        match &expr.kind {
            ExprKind::Number(number) if !number.percent => {
                // A factor may have decimals, but nobody writes three noughts of them.
                if number.digits.ends_with(".000")
                    && let Some(told) = thousands::point(&number.digits, file, expr.span)
                {
                    context.push(told);
                    self.broken = true;
                    return None;
                }
                let factor = Number::parse(&number.digits).ok()?;
                let positive = !factor.is_zero() && !factor.is_negative();
                positive.then(|| (Dimension::default(), factor))
            }
            ExprKind::Path(names) => {
                let [name] = names.as_slice() else {
                    return None;
                };
                let Some(position) = self.shared.measure(context, file, name) else {
                    self.broken = true;
                    return None;
                };
                if matches!(self.states.get(position), Some(State::Open)) {
                    self.broken = true;
                    let problem = NameProblem::MeasureCycle {
                        name: name.value.clone(),
                    };
                    context.report(problem, file, name.span);
                    return None;
                }
                if self.depth >= LONGEST_CHAIN {
                    return None;
                }
                define_one(
                    context,
                    self.shared,
                    self.definitions,
                    self.states,
                    position,
                    self.depth + 1,
                );
                let measure = self.shared.words.measures.get(position)?;
                let known = measure
                    .dimension
                    .clone()
                    .map(|dimension| (dimension, measure.scale.clone()));
                self.broken = self.broken || known.is_none();
                known
            }
            ExprKind::Product { first, rest } => {
                let mut result = self.value(context, file, first)?;
                for (sign, factor) in rest {
                    let (dimension, scale) = self.value(context, file, factor)?;
                    if digits(&result.1).saturating_add(digits(&scale)) > MOST_DIGITS {
                        return None;
                    }
                    result = match sign.value {
                        ProductSign::Times => {
                            (result.0.combined(&dimension, 1), result.1.mul(&scale))
                        }
                        ProductSign::Over => (
                            result.0.combined(&dimension, -1),
                            result.1.checked_div(&scale)?,
                        ),
                    };
                }
                Some(result)
            }
            _ => None,
        }
    }
}

/// A dimension and scale in words: the label of the measure that has them, else the base measures joined.
pub(super) fn in_words(
    words: &Words,
    dimension: &Dimension,
    scale: &Number,
    percent: bool,
) -> MeasureWord {
    if dimension.is_pure() {
        return if percent {
            MeasureWord::Percent
        } else {
            MeasureWord::Plain
        };
    }
    let declared = words
        .measures
        .iter()
        .find(|measure| measure.dimension.as_ref() == Some(dimension) && measure.scale == *scale);
    if let Some(measure) = declared {
        return MeasureWord::Named(measure.label.clone());
    }
    let part = |above: bool| {
        dimension
            .0
            .iter()
            .filter(|(_, power)| (**power > 0) == above)
            .map(|(base, power)| {
                let label = words
                    .measures
                    .get(*base)
                    .map_or("?", |measure| measure.label.as_str());
                match power.abs() {
                    1 => label.to_owned(),
                    power => format!("{label}^{power}"),
                }
            })
            .collect::<Vec<_>>()
            .join("·")
    };
    let (above, below) = (part(true), part(false));
    MeasureWord::Named(match (above.is_empty(), below.is_empty()) {
        (true, _) => format!("1/{below}"),
        (false, true) => above,
        (false, false) => format!("{above}/{below}"),
    })
}
