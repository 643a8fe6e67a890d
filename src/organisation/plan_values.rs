//! The table of a target (bộ kế hoạch): the plan value of an indicator given to a unit for a year, and from which day it holds.
//!
//! A value that is changed during the year is a new line with a later day; a report reads the value in force at its cut-off. It deliberately does not know which
//! indicators exist or to whom the target may be given: `analysis` compares. On broken input: every mistake is named with its line and field; healthy lines are kept.

use std::collections::BTreeMap;

use super::Organisation;
use super::tables::Reading;
use super::unit::UnitId;
use crate::calendar::Date;
use crate::number::Number;
use crate::text::table::{Row, TableProblem, TableProblemKind};

/// The columns of a table of plan values.
pub const PLAN_VALUE_COLUMNS: [&str; 6] = ["unit", "indicator", "year", "value", "from", "basis"];

const INDICATOR: usize = 1;
const YEAR: usize = 2;
const VALUE: usize = 3;
const FROM: usize = 4;
const BASIS: usize = 5;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanValue {
    /// To whom it is given.
    pub unit: UnitId,
    /// Name of the indicator.
    pub indicator: String,
    /// The year it is planned for.
    pub year: i16,
    /// The value; a percentage as a fraction.
    pub value: Number,
    /// The first day on which it holds; `None` when it always did.
    pub from: Option<Date>,
    /// The decision, as cited.
    pub basis: Option<String>,
    /// The line of the text, from 1.
    pub line: u64,
}

/// The values of all targets of a project, by unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanTables {
    values: BTreeMap<UnitId, Vec<(String, PlanValue)>>,
}

/// Units below whose values do not make that of the unit above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uneven {
    /// The unit above.
    pub unit: UnitId,
    /// The indicator.
    pub indicator: String,
    /// The year.
    pub year: i16,
    /// The line of the value of the unit above.
    pub line: u64,
    /// Its value.
    pub whole: Number,
    /// What the units below come to.
    pub sum: Number,
    /// How many units below have a value.
    pub parts: usize,
}

/// Reads a table of plan values. Numbers are machine numbers (`24000`, `-1.5`, `90%`), years four digits.
pub fn parse_plan_values(text: &str) -> (Vec<PlanValue>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &PLAN_VALUE_COLUMNS, 4);
    let mut values = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        let unit = reading.filled(&row, 0);
        let indicator = reading.filled(&row, INDICATOR);
        let year = year_of(&row, &mut reading);
        let value = value_of(&row, &mut reading);
        let from = reading.optional_date(&row, FROM);
        let (Some(unit), Some(indicator), Some(year), Some(value), Some(from)) =
            (unit, indicator, year, value, from)
        else {
            continue;
        };
        let key = (unit.clone(), indicator.clone(), year, from);
        if reading.unrepeated(&row, INDICATOR, key, &mut seen) {
            values.push(PlanValue {
                unit: UnitId(unit),
                indicator,
                year,
                value,
                from,
                basis: row.optional(BASIS).map(str::to_owned),
                line: row.line,
            });
        }
    }
    (values, reading.finish())
}

fn year_of(row: &Row, reading: &mut Reading<'_>) -> Option<i16> {
    let text = reading.filled(row, YEAR)?;
    let year = text
        .parse::<i16>()
        .ok()
        .filter(|year| (1900..=9999).contains(year));
    if year.is_none() {
        reading.report(row, YEAR, TableProblemKind::NotANumber { text });
    }
    year
}

fn value_of(row: &Row, reading: &mut Reading<'_>) -> Option<Number> {
    let text = reading.filled(row, VALUE)?;
    // `1.200` is twelve hundred to people and 1.2 to the machine; both can be written without the point.
    if let Some(meant) = Number::with_thousands_point(&text).filter(|_| text.ends_with('0')) {
        reading.report(row, VALUE, TableProblemKind::ThousandsPoint { text, meant });
        return None;
    }
    let found = plan_number(&text);
    if found.is_none() {
        reading.report(row, VALUE, TableProblemKind::NotANumber { text });
    }
    found
}

fn plan_number(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix('-');
    let digits = unsigned.unwrap_or(text);
    let plain = digits.strip_suffix('%').map(str::trim_end);
    let mut number = Number::parse(plain.unwrap_or(digits)).ok()?;
    if plain.is_some() {
        number = number.checked_div(&Number::from_i64(100))?;
    }
    Some(if unsigned.is_some() {
        number.neg()
    } else {
        number
    })
}

impl PlanTables {
    /// Adds the values of a target.
    pub fn add(&mut self, target: &str, values: Vec<PlanValue>) {
        for value in values {
            self.values
                .entry(value.unit.clone())
                .or_default()
                .push((target.to_owned(), value));
        }
    }

    /// The values of a unit that hold on a day, with their targets; of several for one year the one that holds latest.
    pub fn in_force(&self, unit: &UnitId, day: Date) -> Vec<(&str, &PlanValue)> {
        let mut found: BTreeMap<(&str, &str, i16), &PlanValue> = BTreeMap::new();
        for (target, value) in self.values.get(unit).into_iter().flatten() {
            if value.from.is_some_and(|from| from > day) {
                continue;
            }
            let key = (target.as_str(), value.indicator.as_str(), value.year);
            let is_later = found.get(&key).is_none_or(|known| known.from <= value.from);
            if is_later {
                found.insert(key, value);
            }
        }
        found
            .into_iter()
            .map(|((target, ..), value)| (target, value))
            .collect()
    }
}

/// What a value is assigned to: a unit, an indicator, a year.
type Assigned<'v> = (&'v UnitId, &'v str, i16);

/// Where the values of a target do not add up: the units right below that have a value for the same indicator and year do not make the value of the unit above. Units of
/// two levels (communes and departments) may each make the whole by themselves, or together. Values that were changed count as they were changed last.
pub fn uneven(values: &[PlanValue], organisation: &Organisation) -> Vec<Uneven> {
    // Where a unit hangs is asked for the first day of the planned year on which its value holds.
    let place = |value: &PlanValue| -> Option<(&UnitId, &str)> {
        let unit = organisation.get(&value.unit)?;
        let begins = Date::new(value.year, 1, 1).ok()?;
        let day = value.from.map_or(begins, |from| from.max(begins));
        Some((organisation.parent_on(unit, day)?, unit.level.as_str()))
    };
    let mut last: BTreeMap<Assigned<'_>, &PlanValue> = BTreeMap::new();
    for value in values {
        let key = (&value.unit, value.indicator.as_str(), value.year);
        if last.get(&key).is_none_or(|known| known.from <= value.from) {
            last.insert(key, value);
        }
    }
    let mut below: BTreeMap<Assigned<'_>, BTreeMap<&str, (Number, usize)>> = BTreeMap::new();
    for ((_, indicator, year), value) in &last {
        if let Some((parent, level)) = place(value) {
            let levels = below.entry((parent, *indicator, *year)).or_default();
            let (sum, parts) = levels.entry(level).or_insert((Number::zero(), 0));
            *sum = sum.add(&value.value);
            *parts += 1;
        }
    }
    let mut found = Vec::new();
    for (key, levels) in below {
        let Some(whole) = last.get(&key) else {
            continue;
        };
        let all = levels
            .values()
            .fold(Number::zero(), |sum, (part, _)| sum.add(part));
        let is_even = all == whole.value || levels.values().any(|(sum, _)| *sum == whole.value);
        if !is_even {
            found.push(Uneven {
                unit: whole.unit.clone(),
                indicator: whole.indicator.clone(),
                year: whole.year,
                line: whole.line,
                whole: whole.value.clone(),
                sum: all,
                parts: levels.values().map(|(_, parts)| parts).sum(),
            });
        }
    }
    found.sort_by_key(|uneven| uneven.line);
    found
}
