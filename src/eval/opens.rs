//! Whether a cell is open in a report: its form, its row and itself apply, and the reporter is one who fills it.
//!
//! It does not know what is typed. A report put together from several units has no reporter and everybody's cells.

use crate::eval::applies::applies;
use crate::eval::compute::Scope;
use crate::eval::evaluate::ReportInput;
use crate::plan::address::Row;
use crate::plan::applicability::Applicability;
use crate::plan::cell::{CellDefinition, FilledBy};
use crate::plan::form::{Form, WrittenRow};

/// Whether a form applies in a report.
pub fn form_applies(scope: &Scope<'_>, report: &ReportInput<'_>, form: &Form) -> bool {
    applies(scope, &form.applicability, &report.period, report.reporter)
}

/// Whether a cell of a form that applies is open.
pub fn is_open(
    scope: &Scope<'_>,
    report: &ReportInput<'_>,
    form: &Form,
    row: &Row,
    cell: &CellDefinition,
) -> bool {
    let limits = |of: &Applicability| applies(scope, of, &report.period, report.reporter);
    let of_row = form.written_rows().find_map(|line| match line {
        WrittenRow::Row {
            key, applicability, ..
        } if key == row.key() => Some(applicability),
        _ => None,
    });
    let filled = match &cell.filled_by {
        FilledBy::Reporters | FilledBy::Recipient => true,
        FilledBy::Agencies(parties) | FilledBy::Levels(parties) => report
            .reporter
            .is_none_or(|unit| parties.iter().any(|party| unit.is_meant_by(party))),
    };
    filled && limits(&cell.applicability) && of_row.is_none_or(limits)
}
