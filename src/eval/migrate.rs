//! A report of an earlier version read in the cells of a later one.
//!
//! Pure: the figures that live on are put where the later version has them, sums are made where figures were merged, and the later version computes the rest. It
//! does not know which versions there are or which reports count. What the later version asks for and the earlier did not is blank.

use crate::eval::cell::Cell;
use crate::eval::display;
use crate::eval::evaluate::Evaluation;
use crate::eval::figures::{Entry, Figures};
use crate::eval::operation::{self, Operand};
use crate::eval::values;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::CellDefinition;
use crate::plan::migration::{Migration, Move, OldCell};

/// The figures of an old report as the later version would have them; computed and carried cells are among them, as history may give them.
pub fn migrate(
    old_plan: &CompiledRegime,
    old: &Evaluation,
    plan: &CompiledRegime,
    migration: &Migration,
) -> Figures {
    let mut figures = Figures::default();
    for step in &migration.moves {
        let Some(form) = plan.form_definition.form(step.form) else {
            continue;
        };
        let Some(column) = form.column(step.column) else {
            continue;
        };
        let key = column.key(step.column);
        for row in rows(old_plan, old, step) {
            let target = step.row.clone().unwrap_or_else(|| row.key().to_string());
            let definition = form.cell(&target, step.column);
            let sum = step
                .from
                .iter()
                .filter_map(|cell| operand(old_plan, old, cell, &row))
                .reduce(operation::add);
            let entry = sum
                .map(Operand::into_cell)
                .zip(definition)
                .and_then(|(cell, definition)| entry(&cell, definition));
            let rows = &mut figures.forms.entry(form.name.clone()).or_default().rows;
            let cells = rows.entry(target).or_default();
            if let Some(entry) = entry {
                cells.insert(key.clone(), entry);
            }
        }
    }
    figures
}

/// The old rows that a step reads: the one it names, else all data rows of the old forms.
fn rows(plan: &CompiledRegime, old: &Evaluation, step: &Move) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for cell in &step.from {
        let Some((index, form)) = plan.form_definition.find_form(&cell.form) else {
            continue;
        };
        match &cell.row {
            Some(row) => found.push(Row::parse(row, form)),
            None => found.extend(old.rows_of(index).iter().map(|data| data.row.clone())),
        }
    }
    // Merged rows fill one new row; whole columns go row by row.
    if step.row.is_some() {
        found.truncate(1);
    }
    found.sort();
    found.dedup();
    found
}

fn operand(plan: &CompiledRegime, old: &Evaluation, cell: &OldCell, row: &Row) -> Option<Operand> {
    let (index, form) = plan.form_definition.find_form(&cell.form)?;
    let (column, _) = form.find_column(&cell.column)?;
    let at = CellAddress {
        form: index,
        row: match &cell.row {
            Some(key) => Row::parse(key, form),
            None => row.clone(),
        },
        column,
    };
    Some(Operand::read(old.cells.get(&at)?, &at))
}

/// A cell as it would have been entered; a percentage is entered a hundredfold.
fn entry(cell: &Cell, definition: &CellDefinition) -> Option<Entry> {
    match cell {
        Cell::Given(number) => {
            let shown = display::shown(number, display::shape(definition.value));
            Some(Entry::Value(shown.to_plain(None)))
        }
        Cell::Nil => Some(Entry::Nil),
        Cell::Closed => Some(Entry::Closed),
        Cell::Text(_) | Cell::Day(_) | Cell::Truth(_) | Cell::Entry(_) | Cell::File(_) => {
            values::text_of(cell).map(Entry::Value)
        }
        Cell::Partial(..) | Cell::Blank(_) => None,
    }
}
