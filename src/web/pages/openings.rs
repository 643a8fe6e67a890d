//! The part of a report's page where opening figures are declared by hand, because no earlier report exists to carry them from.
//!
//! It shows and does not decide: whether openings may be declared, the service says. Broken input: a form without carried cells has no such part.

use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Source;
use crate::plan::form::{Form, FormIndex};
use crate::service::view::{CarriedFrom, ReportView};
use crate::web::findings::place;
use crate::web::form_data::row_in_field;
use crate::web::texts::Language;
use crate::web::typed;
use serde::Serialize;

/// The cells that carry, with what was declared for them.
#[derive(Serialize)]
pub struct Openings {
    cells: Vec<OpeningCell>,
    reason: String,
}

#[derive(Serialize)]
struct OpeningCell {
    id: String,
    name: String,
    label: String,
    text: String,
}

/// The openings of a form; none where they are carried, or where the form carries none.
pub fn openings(
    view: &ReportView,
    language: Language,
    form_index: FormIndex,
    form: &Form,
) -> Option<Openings> {
    let reason = match &view.carry {
        CarriedFrom::Undeclared => String::new(),
        CarriedFrom::Declared(reason) => reason.clone(),
        CarriedFrom::NotNeeded | CarriedFrom::Closing(_) | CarriedFrom::Opening(_) => return None,
    };
    let declared = view
        .figures
        .forms
        .get(&form.name)
        .map(|figures| &figures.declared_openings);
    let mut cells = Vec::new();
    for data in view
        .evaluation
        .rows_of(form_index)
        .iter()
        .filter(|data| !data.inner && data.row != Row::Total)
    {
        for (column, definition) in form.columns_indexed() {
            let Some(cell) = form.cell(data.row.key(), column) else {
                continue;
            };
            if !matches!(cell.source, Source::Carried(_)) {
                continue;
            }
            let key = definition.key(column);
            let stored = declared
                .and_then(|rows| rows.get(data.row.key()))
                .and_then(|row| row.get(&key));
            let at = CellAddress {
                form: form_index,
                row: data.row.clone(),
                column,
            };
            cells.push(OpeningCell {
                id: format!("m-{}-{key}", data.row.key()),
                name: format!("m.{}.{key}", row_in_field(data.row.key())),
                label: format!("{} – {}", place(view, language, &at), definition.label),
                text: typed::shown(stored, cell),
            });
        }
    }
    (!cells.is_empty()).then_some(Openings { cells, reason })
}
