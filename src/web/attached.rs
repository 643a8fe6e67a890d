//! Cells for files on the form page: where a file is opened, and what a post does to such cells.
//!
//! Field names begin with what is done: `tep.` before the name of the cell holds a chosen file, `bo.` takes the file out. It does not store anything. Broken input: such a
//! field for a cell that takes no file is [`Problem::BadRequest`]; a file that may not be attached is set aside with the reason.

use crate::eval::cell::Cell;
use crate::plan::cell::ValueType;
use crate::plan::form::Form;
use crate::reports::command::{CellChange, DraftChange};
use crate::reports::key::CellKey;
use crate::service::files::ChosenFile;
use crate::service::view::{ReportAddress, ReportView};
use crate::web::form_data::{Fields, RefusedCell, TypedCell, entered_cell, typed_cells};
use crate::web::grid::entry;
use crate::web::pages::report_path;
use crate::web::posted::PostedFile;
use crate::web::problem::Problem;
use crate::web::typed::Mistyped;

/// Before the name of a cell: the file chosen for it.
const CHOSEN: &str = "tep.";
/// Before the name of a cell: its file is to be taken out.
const TAKEN_OUT: &str = "bo.";

/// Where the file of a cell is opened; none for other cells, and for a file of which only the name is known.
pub fn file_href(view: &ReportView, cell: &Cell) -> Option<String> {
    let address = ReportAddress {
        regime: view.key.regime.clone(),
        period: view.key.period,
        unit: view.key.unit.clone(),
    };
    href(&report_path(&address), cell)
}

/// The same below the address of a report.
pub fn href(report: &str, cell: &Cell) -> Option<String> {
    match cell {
        Cell::File(file) if file.size > 0 => Some(format!("{report}/tep/{}", file.sha256)),
        _ => None,
    }
}

/// The files that a post puts into cells and those it takes out, the latter as part of the change; and what was set aside.
pub fn chosen(
    view: &ReportView,
    form: &Form,
    (fields, files): (&Fields, Vec<PostedFile>),
    change: &mut DraftChange,
) -> Result<(Vec<ChosenFile>, Vec<RefusedCell>), Problem> {
    let taken_out = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(TAKEN_OUT)?, value)))
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    for cell in typed_cells(&taken_out, "o") {
        let key = file_cell(form, &cell)?;
        if entry(view, form, &key.row, &key.column).is_some() {
            change.cells.push(CellChange {
                cell: key,
                entry: None,
            });
        }
    }
    let mut kept = Vec::new();
    let mut refused = Vec::new();
    for file in files {
        let name = file.field.strip_prefix(CHOSEN).ok_or(Problem::BadRequest)?;
        let named = vec![(name.to_owned(), file.name)];
        let cells = typed_cells(&named, "o");
        let cell = cells.into_iter().next().ok_or(Problem::BadRequest)?;
        let key = file_cell(form, &cell)?;
        match ChosenFile::of(key.clone(), &cell.typed, file.content) {
            Ok(found) => kept.push(found),
            Err(fault) => refused.push(RefusedCell {
                row: key.row,
                column: key.column,
                typed: cell.typed,
                problem: Mistyped::File(fault),
            }),
        }
    }
    Ok((kept, refused))
}

fn file_cell(form: &Form, cell: &TypedCell) -> Result<CellKey, Problem> {
    let (index, column, definition) = entered_cell(form, &cell.row, &cell.column)?;
    match definition.value {
        ValueType::File => Ok(CellKey::new(&form.name, &cell.row, &column.key(index))),
        _ => Err(Problem::BadRequest),
    }
}
