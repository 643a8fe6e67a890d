//! What is chosen before anybody types: the cut-off that holds for a form, what a unit's record says of itself, the row in which a report counts.
//!
//! It does not know formulas. What is not known is asked for.

use super::{Filling, address};
use crate::calendar::Date;
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::earlier::window_of;
use crate::eval::evaluate::ReportInput;
use crate::plan::CompiledRegime;
use crate::plan::address::Row;
use crate::plan::cell::{CellDefinition, ValueType};
use crate::plan::form::{EntryName, Form, FormIndex, Rows};

/// The last day of a form's figures: its own, where it has one, else the report's.
pub(super) fn own_cutoff(plan: &CompiledRegime, form: FormIndex, report: &ReportInput) -> Date {
    let definition = plan.form_definition.form(form);
    definition
        .filter(|form| form.time.window.is_some())
        .and_then(|_| window_of(&plan.header_for(form), report.period))
        .map_or(report.cutoff, |window| window.to)
}

impl Filling<'_> {
    /// What the unit's record says of itself (`from registry`), until its reporter says otherwise.
    pub(super) fn registered(&self, definition: &CellDefinition) -> Cell {
        let known = || {
            let ValueType::Choice(catalog) = definition.value else {
                return None;
            };
            let catalog = self.plan.form_definition.catalog(catalog)?;
            let recorded = self.report.reporter?.attributes.get(&catalog.name)?;
            let mut entries = catalog.entries.iter();
            let entry = entries.find(|entry| entry.name == *recorded)?;
            Some(Cell::Entry(EntryName {
                name: entry.name.clone(),
                label: entry.label.clone(),
            }))
        };
        known().unwrap_or(Cell::Blank(match definition.required {
            true => BlankReason::NotAnswered,
            false => BlankReason::Optional,
        }))
    }

    /// Whether the report counts in a row of a form whose rows are grouped by a field: the row its field chooses, and those above it. While nothing is chosen,
    /// as in a report put together from several units, in every row.
    pub(super) fn counts_in(&self, form: &Form, row: &Row) -> bool {
        let (Some(by), Row::Entry(name)) = (form.grouped_by, row) else {
            return true;
        };
        let at = address(by.form, &Row::Own, by.column);
        let field = self.plan.form_definition.form(by.form);
        let definition = field.and_then(|form| form.column(by.column));
        let chosen = match (self.given.get(&at), definition) {
            (Some(cell), _) => cell.clone(),
            (None, Some(column)) if column.cell.from_registry => self.registered(&column.cell),
            _ => return true,
        };
        let Cell::Entry(chosen) = chosen else {
            return true;
        };
        let Rows::From(catalog) = form.rows else {
            return true;
        };
        let entries = self.plan.form_definition.catalog(catalog);
        entries.is_none_or(|catalog| catalog.above(&chosen.name).any(|entry| entry.name == *name))
    }
}
