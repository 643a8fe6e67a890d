//! Whether a cell is open in a report: its form, its row and itself apply, and the reporter is one who fills it.
//!
//! It does not know what is typed. A report put together from several units has no reporter and everybody's cells.

use crate::calendar::Period;
use crate::eval::applies::{applies, applies_to};
use crate::eval::compute::{Reading, Scope};
use crate::eval::evaluate::ReportInput;
use crate::eval::operation::Truth;
use crate::eval::references::reads;
use crate::eval::waiver::waived;
use crate::organisation::Unit;
use crate::plan::address::{CellAddress, Row};
use crate::plan::applicability::Applicability;
use crate::plan::cell::{CellDefinition, FilledBy, Source, ValueType};
use crate::plan::expression::{Expression, ExpressionId};
use crate::plan::form::{Form, FormDefinition, FormIndex, HeadField, WrittenRow};
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

/// Whether a unit that sent nothing may count in a row that a field chooses (`grouped by`): where its registry fills the field in, only in the row of its entry and
/// those above it.
pub fn may_count_in(definition: &FormDefinition, by: HeadField, unit: &Unit, row: &Row) -> bool {
    let field = definition.form(by.form);
    let field = field.and_then(|form| form.column(by.column));
    let (Some(field), Row::Entry(name)) = (field.filter(|field| field.cell.from_registry), row)
    else {
        return true;
    };
    let ValueType::Choice(catalog) = field.cell.value else {
        return true;
    };
    let catalog = definition.catalog(catalog);
    let recorded = catalog.and_then(|catalog| Some((catalog, unit.attributes.get(&catalog.name)?)));
    recorded.is_none_or(|(catalog, entry)| {
        let mut places = catalog.above(entry).peekable();
        places.peek().is_none() || places.any(|place| place.name == *name)
    })
}

impl Scope<'_> {
    /// Whether a unit that sent nothing would have been asked for a cell that an expression reads. What reads none is asked of everybody.
    pub(super) fn asks(&self, unit: &Unit, id: ExpressionId, row: &Row) -> bool {
        let definition = &self.plan.form_definition;
        let program = &self.plan.validation_program;
        if let Some(Expression::Chosen(value, field)) = program.expression(id) {
            let by = match program.expression(*field) {
                Some(Expression::Cell(field)) => Some(HeadField {
                    form: field.form,
                    column: field.column,
                }),
                _ => None,
            };
            return by.is_none_or(|by| may_count_in(definition, by, unit, row))
                && self.asks(unit, *value, row);
        }
        let nothing = BTreeMap::new();
        let scope = Scope {
            cells: &nothing,
            rows: &[],
            reporter: Some(unit),
            reading: Reading::Stated,
            reader: None,
            ..*self
        };
        let period = self.moment.map(|moment| moment.period);
        let asked = |at: &CellAddress| {
            let Some(form) = definition.form(at.form) else {
                return true;
            };
            form.cell(at.row.key(), at.column).is_none_or(|cell| {
                cell.source != Source::Closed
                    && is_asked(&scope, period.as_ref(), unit, form, &at.row, cell)
            })
        };
        let read = reads(program, id).into_iter();
        let mut cells = read
            .flat_map(|read| scope.resolve(&read.cell, row))
            .peekable();
        cells.peek().is_none() || cells.any(|at| asked(&at))
    }
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
