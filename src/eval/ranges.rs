//! What rounding allows for, in words: “1,4 là từ 1,35 đến dưới 1,45”.
//!
//! It does not know rules or verdicts. A figure that is not rounded is left out; where none is, there is nothing to say.

use crate::eval::display::{self, Shape};
use crate::eval::naming::{both, join};
use crate::number::{Interval, Number};
use crate::plan::Bilingual;

/// Decimals with which the end of an interval is written at most; a conversion of scales may give endlessly many.
const MOST_DECIMALS: u32 = 9;

/// The values behind each side that is rounded; none where no side is.
pub(super) fn told(
    values: &[Option<Number>],
    ranges: &[Option<Interval>],
    shapes: &[Shape],
) -> Option<Bilingual> {
    let sides = values.iter().zip(ranges).zip(shapes);
    let parts: Vec<Bilingual> = sides
        .filter_map(|((value, range), shape)| one(value.as_ref()?, range.as_ref()?, *shape))
        .collect();
    let list = join(&parts, "; ");
    (!parts.is_empty()).then(|| {
        both(
            format!("kể cả do làm tròn: {}", list.vi),
            format!("even allowing for rounding: {}", list.en),
        )
    })
}

fn one(value: &Number, range: &Interval, shape: Shape) -> Option<Bilingual> {
    if range.only_value().is_some() {
        return None;
    }
    let end = |number: &Number| {
        let own = display::shown(number, shape).decimals();
        let decimals = own.unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS);
        let wide = Shape {
            decimals: decimals.max(shape.decimals),
            ..shape
        };
        display::in_sentence(number, wide)
    };
    let (low, high) = (end(&range.low.at), end(&range.high.at));
    let figure = display::in_sentence(value, shape);
    let (from_vi, from_en) = match range.low.included {
        true => ("từ", "from"),
        false => ("trên", "above"),
    };
    let (to_vi, to_en) = match range.high.included {
        true => ("đến", "to"),
        false => ("đến dưới", "to below"),
    };
    Some(both(
        format!("{figure} là {from_vi} {low} {to_vi} {high}"),
        format!("{figure} is {from_en} {low} {to_en} {high}"),
    ))
}
