//! Whether a cell is open in a report: its form, its row and itself apply, and the reporter is one who fills it.
//!
//! It does not know what is typed. A report put together from several units has no reporter and everybody's cells.

use crate::calendar::Period;
use crate::eval::applies::{applies, applies_to};
use crate::eval::compute::Scope;
use crate::eval::evaluate::ReportInput;
use crate::eval::operation::Truth;
use crate::eval::waiver::waived;
use crate::organisation::Unit;
use crate::plan::address::{CellAddress, Row};
use crate::plan::applicability::Applicability;
use crate::plan::cell::{CellDefinition, FilledBy};
use crate::plan::form::{Form, FormDefinition, FormIndex, WrittenRow};
use std::collections::BTreeMap;

/// Whether a form is in force on the report's cut-off and applies in it; of a report that is waived nothing is asked.
pub fn form_applies(scope: &Scope<'_>, report: &ReportInput<'_>, form: &Form) -> bool {
    let in_force = form
        .version
        .is_none_or(|version| version.holds_on(report.cutoff));
    in_force
        && !waived(scope, &report.period)
        && applies(scope, &form.applicability, &report.period, report.reporter)
}

/// The written rows that do not apply everywhere, by form and key: few rows are limited, and every cell is asked about its own.
#[derive(Debug)]
pub struct LimitedRows<'p>(BTreeMap<(FormIndex, &'p str), &'p Applicability>);

impl<'p> LimitedRows<'p> {
    /// Those of all forms.
    pub fn of(definition: &'p FormDefinition) -> LimitedRows<'p> {
        let mut limited = BTreeMap::new();
        for (place, form) in definition.forms.iter().enumerate() {
            for line in form.written_rows() {
                if let WrittenRow::Row {
                    key, applicability, ..
                } = line
                    && !applicability.is_everywhere()
                {
                    let index = FormIndex(place as u32);
                    limited.insert((index, key.as_str()), applicability);
                }
            }
        }
        LimitedRows(limited)
    }
}

/// Whether a cell of a form that applies is open.
pub fn is_open(
    scope: &Scope<'_>,
    report: &ReportInput<'_>,
    limited: &LimitedRows<'_>,
    at: &CellAddress,
    cell: &CellDefinition,
) -> bool {
    let limits = |of: &Applicability| applies(scope, of, &report.period, report.reporter);
    let of_row = limited.0.get(&(at.form, at.row.key())).copied();
    parts_open(of_row, cell, report.reporter, limits)
}

/// Whether the row, which may be limited, and the cell apply and the unit is one who fills the cell.
fn parts_open(
    of_row: Option<&Applicability>,
    cell: &CellDefinition,
    unit: Option<&Unit>,
    limits: impl Fn(&Applicability) -> bool,
) -> bool {
    let filled = match &cell.filled_by {
        FilledBy::Reporters | FilledBy::Recipient => true,
        FilledBy::Agencies(parties) | FilledBy::Levels(parties) => {
            unit.is_none_or(|unit| parties.iter().any(|party| unit.is_meant_by(party)))
        }
    };
    filled && limits(&cell.applicability) && of_row.is_none_or(&limits)
}

/// Whether a unit that sent nothing would have been asked for a cell: by what is registered of it, its level and its agency, and the period where that is known. What
/// depends on its answers counts as asked.
pub fn is_asked(
    scope: &Scope<'_>,
    period: Option<&Period>,
    unit: &Unit,
    form: &Form,
    row: &Row,
    cell: &CellDefinition,
) -> bool {
    let limits = |of: &Applicability| match period {
        Some(period) => applies(scope, of, period, Some(unit)),
        None => applies_to(scope, of, Some(unit)),
    };
    let of_row = form.written_rows().find_map(|line| match line {
        WrittenRow::Row {
            key, applicability, ..
        } if key == row.key() => Some(applicability),
        _ => None,
    });
    let closed = |condition| scope.truth(condition, row) == Truth::True;
    limits(&form.applicability)
        && parts_open(of_row, cell, Some(unit), limits)
        && !cell.closed_when.is_some_and(closed)
}
