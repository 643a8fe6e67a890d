//! What a regime asks of the units: cells to be typed, units, periods a year, and the hours that makes.
//!
//! An estimate for authors: cells that reporters type, times units that report, times periods that are not added from shorter ones. Rows that a reporter adds are as many as he adds and are told
//! beside it. It deliberately does not know reports that were sent; without a table of units there are no hours.

use super::{Teller, counted};
use crate::analysis::model::cell::{CellDefinition, FilledBy, Source};
use crate::analysis::model::form::{Form, Rows};
use crate::analysis::model::{PeriodRule, Regime, Relation};
use crate::number::Number;

/// Cells of one report that its reporter types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Those that are always there.
    pub fixed: usize,
    /// Those of each row that the reporter adds.
    pub per_row: usize,
}

/// The cells of a form.
pub fn typed(form: &Form, catalog_rows: impl Fn(usize) -> usize) -> Typed {
    let mut typed = Typed::default();
    for at in 0..form.columns.len() {
        let column = typed_in(form, at, &catalog_rows);
        typed.fixed += column.fixed;
        typed.per_row += column.per_row;
    }
    typed
}

/// The cells of one column.
fn typed_in(form: &Form, at: usize, catalog_rows: &impl Fn(usize) -> usize) -> Typed {
    let Some(column) = form.columns.get(at) else {
        return Typed::default();
    };
    if column.head {
        return Typed {
            fixed: usize::from(is_typed(&column.cell)),
            per_row: 0,
        };
    }
    let each = usize::from(is_typed(&column.cell));
    let (fixed, per_row) = match form.rows {
        Rows::Written => (typed_rows(form, |row| form.cell(Some(row), at)), 0),
        Rows::EachReportingUnit => (each, 0),
        Rows::From(catalog) => (each * catalog_rows(catalog), 0),
        Rows::ChosenFrom(_) | Rows::Listed => (0, each),
        Rows::Unknown => (0, 0),
    };
    Typed { fixed, per_row }
}

fn typed_rows<'f>(form: &Form, cell: impl Fn(usize) -> Option<&'f CellDefinition>) -> usize {
    let rows = form.written.iter().enumerate();
    rows.filter(|(_, row)| !row.heading)
        .filter(|(row, _)| cell(*row).is_some_and(is_typed))
        .count()
}

/// Whether a reporter types the cell.
fn is_typed(cell: &CellDefinition) -> bool {
    cell.source == Source::Entered
        && matches!(cell.filled_by, FilledBy::Reporters | FilledBy::Levels(_))
}

/// How often a year a part of a regime is reported.
fn times_a_year(teller: &Teller, regime: &Regime, form: Option<&Form>) -> usize {
    let asked = |rule: &&PeriodRule| {
        let only = form.map_or(&[][..], |form| form.applicability.only_in.as_slice());
        !matches!(rule.relation, Relation::DerivedFrom(_))
            && (only.is_empty() || only.iter().any(|choice| choice.meets(&rule.choice)))
    };
    let year = teller.settings.on.year();
    let rules = regime.periods.iter().filter(asked);
    rules
        .map(|rule| rule.days.periods(rule.choice, year).len())
        .sum()
}

fn catalog_rows(teller: &Teller) -> impl Fn(usize) -> usize {
    let (words, on) = (teller.snapshot.words(), teller.settings.on);
    move |catalog| {
        let Some(catalog) = words.catalogs.get(catalog) else {
            return 0;
        };
        let is_parent = |at: usize| catalog.entries.iter().any(|entry| entry.parent == Some(at));
        let entries = catalog.entries.iter().enumerate();
        entries
            .filter(|(at, entry)| entry.in_force((Some(on), Some(on))) && !is_parent(*at))
            .count()
    }
}

/// The facts about a whole regime.
pub(super) fn of_regime(teller: &Teller, regime: &Regime) -> Vec<String> {
    let rows = catalog_rows(teller);
    let mut typed = Typed::default();
    let mut cells_a_year = 0;
    for form in &regime.forms {
        let own = self::typed(form, &rows);
        typed.fixed += own.fixed;
        typed.per_row += own.per_row;
        cells_a_year += own.fixed * times_a_year(teller, regime, Some(form));
    }
    told(
        teller,
        regime,
        typed,
        times_a_year(teller, regime, None),
        cells_a_year,
    )
}

/// The facts about a form.
pub(super) fn of_form(teller: &Teller, regime: &Regime, form: &Form) -> Vec<String> {
    of_part(teller, regime, form, typed(form, catalog_rows(teller)))
}

/// The facts about a column.
pub(super) fn of_column(teller: &Teller, regime: &Regime, form: &Form, at: usize) -> Vec<String> {
    // A column repeated for entries is one declaration.
    let place = form.columns.get(at).map(|column| column.place.label);
    let rows = catalog_rows(teller);
    let mut typed = Typed::default();
    for (at, column) in form.columns.iter().enumerate() {
        if Some(column.place.label) == place {
            let own = typed_in(form, at, &rows);
            typed.fixed += own.fixed;
            typed.per_row += own.per_row;
        }
    }
    of_part(teller, regime, form, typed)
}

/// The facts about a written row.
pub(super) fn of_row(teller: &Teller, regime: &Regime, form: &Form, row: usize) -> Vec<String> {
    let columns = form.columns.iter().enumerate();
    let fixed = columns
        .filter(|(_, column)| !column.head)
        .filter(|(at, _)| form.cell(Some(row), *at).is_some_and(is_typed))
        .count();
    let heading = form.written.get(row).is_none_or(|row| row.heading);
    let fixed = if heading { 0 } else { fixed };
    of_part(teller, regime, form, Typed { fixed, per_row: 0 })
}

fn of_part(teller: &Teller, regime: &Regime, form: &Form, typed: Typed) -> Vec<String> {
    let times = times_a_year(teller, regime, Some(form));
    told(teller, regime, typed, times, typed.fixed * times)
}

fn told(
    teller: &Teller,
    regime: &Regime,
    typed: Typed,
    times: usize,
    cells_a_year: usize,
) -> Vec<String> {
    let units = teller
        .snapshot
        .organisation()
        .reporters(&regime.reporters, teller.settings.on)
        .len();
    let shown =
        |count: usize| Number::from_i64(i64::try_from(count).unwrap_or(i64::MAX)).to_vietnamese(0);
    let mut facts = Vec::new();
    let (fixed, per_row) = (shown(typed.fixed), shown(typed.per_row));
    let mut often = String::new();
    if units > 0 && times > 0 {
        let (units, times) = (shown(units), shown(times));
        often = teller.say(
            format!(" × {units} đơn vị × {times} kỳ mỗi năm"),
            format!(
                " × {} × {} a year",
                counted(&units, "unit", "units"),
                counted(&times, "period", "periods")
            ),
        );
    }
    if typed.fixed > 0 {
        let cells = teller.say(
            format!("{fixed} ô nhập"),
            counted(&fixed, "cell typed", "cells typed"),
        );
        facts.push(format!("{cells}{often}"));
    }
    if typed.per_row > 0 {
        let cells = teller.say(
            format!("mỗi dòng thêm vào có {per_row} ô nhập"),
            format!(
                "each row added has {}",
                counted(&per_row, "cell typed", "cells typed")
            ),
        );
        facts.push(format!("{cells}{often}"));
    }
    let seconds = i64::from(teller.settings.seconds_per_cell);
    let cells = cells_a_year.saturating_mul(units);
    let cells = i64::try_from(cells).unwrap_or(i64::MAX);
    let hours = Number::from_i64(cells.saturating_mul(seconds))
        .checked_div(&Number::from_i64(3_600))
        .map(|hours| hours.to_vietnamese(0));
    if let (Some(hours), true) = (hours, cells > 0) {
        facts.push(teller.say(
            format!("khoảng {hours} giờ công mỗi năm ({seconds} giây một ô)"),
            format!("about {hours} hours of work a year ({seconds} seconds a cell)"),
        ));
    }
    facts
}
