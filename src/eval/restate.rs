//! Past figures in today's boundaries: each value goes forward through successions, whole or by declared shares, and nothing is lost.
//!
//! Units are matched by identity and succession, never by their codes. What cannot be assigned to a unit of today, such as an adjustment of an abolished district, stays
//! as a residual of its own and is never spread. A division without shares is not guessed.

use crate::calendar::Date;
use crate::eval::adjustment::Adjustment;
use crate::eval::consolidate::Figure;
use crate::number::Number;
use crate::organisation::{Succession, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::address::CellAddress;
use crate::plan::aggregation::OverUnits;
use crate::plan::cell::ValueType;
use std::collections::BTreeMap;

/// Past values in the boundaries of a later day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsNow {
    /// By unit of that day.
    pub units: BTreeMap<UnitId, Restated>,
    /// What belongs to no unit of that day.
    pub residual: Number,
}

/// A value in later boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restated {
    /// The value.
    pub value: Number,
    /// Part of it comes from a division by shares.
    pub estimated: bool,
}

/// How a unit's figures go over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passing {
    /// It still stands.
    Stays,
    /// All of it goes to one unit.
    Whole(UnitId),
    /// It is divided by shares, in the order of the table.
    Divided(Vec<(UnitId, Number)>),
    /// It is divided, and nobody has declared how.
    Undeclared(Vec<UnitId>),
}

/// How the figures of a unit go over in the first succession after a day, up to and including another.
pub fn passing(
    successions: &[Succession],
    unit: &UnitId,
    after: Date,
    as_of: Date,
) -> (Passing, Date) {
    let of_unit = || {
        successions
            .iter()
            .filter(|row| row.old == *unit && row.date > after && row.date <= as_of)
    };
    let Some(date) = of_unit().map(|row| row.date).min() else {
        return (Passing::Stays, after);
    };
    let heirs: Vec<&Succession> = of_unit().filter(|row| row.date == date).collect();
    let passing = match heirs.as_slice() {
        [only] if only.share.is_none() => Passing::Whole(only.new.clone()),
        several => {
            let shares: Option<Vec<(UnitId, Number)>> = several
                .iter()
                .map(|row| Some((row.new.clone(), row.share.clone()?)))
                .collect();
            match shares {
                Some(shares) => Passing::Divided(shares),
                None => Passing::Undeclared(several.iter().map(|row| row.new.clone()).collect()),
            }
        }
    };
    (passing, date)
}

/// A value divided by shares. A figure of so many decimals is divided by largest remainder, so that the parts add up to it exactly whenever the shares make one; the
/// first of equal remainders gets the rest.
pub fn divided(value: &Number, shares: &[Number], decimals: u32) -> Vec<Number> {
    let mut unit = Number::one();
    for _ in 0..decimals {
        unit = unit
            .checked_div(&Number::from_i64(10))
            .unwrap_or_else(Number::one);
    }
    let exact: Vec<Number> = shares.iter().map(|share| value.mul(share)).collect();
    let whole = shares
        .iter()
        .fold(Number::zero(), |sum, share| sum.add(share));
    let target = value.mul(&whole).round(decimals);
    let mut parts: Vec<Number> = exact.iter().map(|part| floor(part, decimals)).collect();
    let given = parts.iter().fold(Number::zero(), |sum, part| sum.add(part));
    let mut rest = target.sub(&given);
    let mut order: Vec<(Number, usize)> = exact
        .iter()
        .zip(&parts)
        .enumerate()
        .map(|(place, (exact, part))| (exact.sub(part), place))
        .collect();
    order.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
    for (_, place) in order {
        if rest < unit {
            break;
        }
        if let Some(part) = parts.get_mut(place) {
            *part = part.add(&unit);
            rest = rest.sub(&unit);
        }
    }
    parts
}

/// The largest number of so many decimals that is not above another.
fn floor(number: &Number, decimals: u32) -> Number {
    let rounded = number.round(decimals);
    if rounded <= *number {
        return rounded;
    }
    let mut unit = Number::one();
    for _ in 0..decimals {
        unit = unit
            .checked_div(&Number::from_i64(10))
            .unwrap_or_else(Number::one);
    }
    rounded.sub(&unit)
}

/// The cells that a sum was put together from, with the differences that the body which put it together made, in the boundaries of a later day. `None` for a figure that is
/// no sum of units: a ratio is computed again from sums in those boundaries, and words and plans belong to whom they belong.
pub fn figure_as_now(
    plan: &CompiledRegime,
    (figure, at): (&Figure, &CellAddress),
    (body, adjustments): (&UnitId, &[Adjustment]),
    successions: &[Succession],
    (cutoff, as_of): (Date, Date),
    exists: impl Fn(&UnitId) -> bool,
) -> Option<AsNow> {
    let step = plan.aggregation_plan.step_of(at)?;
    let form = plan.form_definition.form(at.form)?;
    let definition = form.cell(at.row.key(), at.column)?;
    let ValueType::Number { decimals, .. } = definition.value else {
        return None;
    };
    if step.over_units != OverUnits::Sum {
        return None;
    }
    let of_units = figure.contributions.iter();
    let of_units = of_units.filter_map(|(unit, cell)| Some((unit.clone(), cell.number()?)));
    let own = adjustments.iter().filter(|one| one.at == *at);
    let reported: Vec<(UnitId, Number)> = of_units
        .chain(own.map(|one| (body.clone(), one.difference.clone())))
        .collect();
    Some(as_now(
        &reported,
        successions,
        cutoff,
        as_of,
        decimals,
        exists,
    ))
}

/// Values reported at a cut-off in the boundaries of a later day. `exists` tells whether a unit stands on that day; what ends up with one that does not, or is divided
/// without shares, is the residual. The values and the residual add up to what was reported.
pub fn as_now(
    reported: &[(UnitId, Number)],
    successions: &[Succession],
    cutoff: Date,
    as_of: Date,
    decimals: u32,
    exists: impl Fn(&UnitId) -> bool,
) -> AsNow {
    let mut result = AsNow {
        units: BTreeMap::new(),
        residual: Number::zero(),
    };
    for (unit, value) in reported {
        // Each step goes to a later succession, so the way ends.
        let mut open = vec![(unit.clone(), value.clone(), cutoff, false)];
        while let Some((unit, value, after, estimated)) = open.pop() {
            match passing(successions, &unit, after, as_of) {
                (Passing::Stays, _) if exists(&unit) => {
                    let place = result.units.entry(unit).or_insert(Restated {
                        value: Number::zero(),
                        estimated: false,
                    });
                    place.value = place.value.add(&value);
                    place.estimated |= estimated;
                }
                (Passing::Whole(heir), date) => open.push((heir, value, date, estimated)),
                (Passing::Divided(heirs), date) => {
                    let shares: Vec<Number> =
                        heirs.iter().map(|(_, share)| share.clone()).collect();
                    let parts = divided(&value, &shares, decimals);
                    let given = parts.iter().fold(Number::zero(), |sum, part| sum.add(part));
                    // Shares that do not make one leave a part that nobody took over.
                    result.residual = result.residual.add(&value.sub(&given));
                    for ((heir, _), part) in heirs.into_iter().zip(parts) {
                        open.push((heir, part, date, true));
                    }
                }
                (Passing::Stays | Passing::Undeclared(_), _) => {
                    result.residual = result.residual.add(&value);
                }
            }
        }
    }
    result
}
