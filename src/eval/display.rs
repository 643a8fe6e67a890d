//! Cells as people see and type them: `1.234,5`, `82,73%`, `05/05/2025`, `có`, `-` for nil, nothing for blank, `x` for closed.
//!
//! It does not know findings or pages. Text that is no Vietnamese number is refused with its place, never repaired; text that is no date or no
//! entry is kept as it was typed and becomes a finding when it is decoded.

use crate::calendar::dates::show_date;
use crate::eval::cell::Cell;
use crate::eval::figures::Entry;
use crate::eval::values;
use crate::number::{Number, NumberProblem};
use crate::plan::cell::{CellDefinition, ValueType};
use std::cmp::Ordering;

/// How a figure is written: as a percentage or not, and with how many decimals at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Times 100, with a percent sign.
    pub percent: bool,
    /// Most decimals shown.
    pub decimals: u32,
}

/// A cell as a table shows it, with exactly the decimals of its type.
pub fn display(cell: &Cell, definition: &CellDefinition) -> String {
    match cell {
        Cell::Given(number) | Cell::Partial(number, _) => {
            let shape = shape(definition.value);
            let text = shown(number, shape).to_vietnamese(shape.decimals);
            with_sign(text, shape)
        }
        other => word(other),
    }
}

/// A cell as an entry field holds it: as [`display`], without the percent sign and without decimals nobody typed.
pub fn input_text(cell: &Cell, definition: &CellDefinition) -> String {
    match cell {
        Cell::Given(number) | Cell::Partial(number, _) => trimmed(number, shape(definition.value)),
        other => word(other),
    }
}

/// Reads what a person typed into a field: `1.234,5`, `90` or `90%` in a percentage, `-` nil, `x` closed, nothing for blank.
pub fn read_typed(typed: &str, value: ValueType) -> Result<Option<Entry>, NumberProblem> {
    let text = typed.trim();
    match (text, value) {
        ("", _) => Ok(None),
        ("-" | "–" | "—", _) => Ok(Some(Entry::Nil)),
        ("x" | "X", ValueType::Number { .. }) => Ok(Some(Entry::Closed)),
        (figure, ValueType::Number { percent, .. }) => {
            let figure = match figure.strip_suffix('%') {
                Some(before) if percent => before.trim_end(),
                _ => figure,
            };
            let number = Number::parse_vietnamese(figure)?;
            Ok(Some(Entry::Value(number.to_plain(None))))
        }
        (words, value) => Ok(Some(Entry::Value(values::machine_text(words, value)))),
    }
}

/// A figure inside a sentence, without trailing zeros: `89,5%`, `1.234`.
pub fn in_sentence(number: &Number, shape: Shape) -> String {
    with_sign(trimmed(number, shape), shape)
}

/// A change inside a Vietnamese sentence: `tăng 5`, `giảm 12,5%`, `không đổi`. What rounds to zero did not change.
pub fn change(number: &Number, shape: Shape) -> String {
    let rounded = shown(number, shape).round(shape.decimals);
    let size = in_sentence(&number.abs(), shape);
    match rounded.cmp(&Number::zero()) {
        Ordering::Less => format!("giảm {size}"),
        Ordering::Equal => "không đổi".to_string(),
        Ordering::Greater => format!("tăng {size}"),
    }
}

/// A difference inside a sentence; between percentages it is counted in percentage points.
pub fn difference(number: &Number, shape: Shape, points: &str) -> String {
    let text = trimmed(number, shape);
    if shape.percent {
        format!("{text} {points}")
    } else {
        text
    }
}

/// How figures of a type are written.
pub fn shape(value: ValueType) -> Shape {
    match value {
        ValueType::Number {
            decimals, percent, ..
        } => Shape { percent, decimals },
        ValueType::Text
        | ValueType::Date
        | ValueType::YesOrNo
        | ValueType::Choice(_)
        | ValueType::Reporter
        | ValueType::File => Shape {
            percent: false,
            decimals: 0,
        },
    }
}

fn trimmed(number: &Number, shape: Shape) -> String {
    let rounded = shown(number, shape).round(shape.decimals);
    rounded.to_vietnamese(rounded.decimals().unwrap_or(shape.decimals))
}

/// The figure as people count it: a percentage a hundredfold.
pub fn shown(number: &Number, shape: Shape) -> Number {
    if shape.percent {
        number.mul(&Number::from_i64(100))
    } else {
        number.clone()
    }
}

fn with_sign(text: String, shape: Shape) -> String {
    if shape.percent {
        format!("{text}%")
    } else {
        text
    }
}

fn word(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => words.clone(),
        Cell::Day(day) => show_date(*day),
        Cell::Truth(true) => "có".to_string(),
        Cell::Truth(false) => "không".to_string(),
        Cell::Entry(entry) => entry.label.clone(),
        Cell::File(file) => file.name.clone(),
        Cell::Nil => "-".to_string(),
        Cell::Closed => "x".to_string(),
        Cell::Blank(_) | Cell::Given(_) | Cell::Partial(..) => String::new(),
    }
}
