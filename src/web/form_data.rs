//! What a form post or the live interface carries, turned into a change of the draft.
//!
//! Field names say where a value belongs: `o.ROW.COLUMN` a cell, `giai_trinh.KEY` an explanation, `noi_dung.KEY` a narrative, `m.ROW.COLUMN` a declared opening. Only what differs from what is stored becomes part
//! of the change. It does not know rules. Broken input: a name that is no entered cell of the form is [`Problem::BadRequest`]; a text that is no number is set aside with
//! the reason and changes nothing.

use crate::calendar::DateRange;
use crate::eval::earlier::window_of;
use crate::eval::figures::Entry;
use crate::plan::address::Row;
use crate::plan::cell::{CellDefinition, Nature, Source, ValueType};
use crate::plan::form::{Column, ColumnIndex, Form, FormIndex, Rows};
use crate::reports::command::{CellChange, DraftChange, ExplanationChange};
use crate::reports::key::{CellKey, ExplanationKey, RowKey};
use crate::service::view::ReportView;
use crate::web::grid::entry;
use crate::web::list_rows;
use crate::web::problem::Problem;
use crate::web::typed::{self, Mistyped};

/// Fields of a post in the order they came.
pub type Fields = Vec<(String, String)>;

/// A cell and what was typed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCell {
    /// Row key.
    pub row: String,
    /// Column key as given.
    pub column: String,
    /// The typed text.
    pub typed: String,
}

/// A cell whose text is no number, or whose file may not be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCell {
    /// Row key.
    pub row: String,
    /// Canonical column key.
    pub column: String,
    /// The typed text, or the file's name.
    pub typed: String,
    /// What is wrong with it.
    pub problem: Mistyped,
}

/// The value of a field; empty when it was not sent.
pub fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
        .unwrap_or_default()
}

/// A row key as part of a field name: printed codes have points, which part the name.
pub fn row_in_field(row: &str) -> String {
    row.replace('.', "~")
}

/// The row key that a part of a field name stands for.
pub fn row_of_field(part: &str) -> String {
    part.replace('~', ".")
}

/// The cells under a prefix (`o` or `m`).
pub fn typed_cells(fields: &Fields, prefix: &str) -> Vec<TypedCell> {
    let cell = |(name, typed): &(String, String)| {
        let mut parts = name.splitn(3, '.');
        if parts.next()? != prefix {
            return None;
        }
        Some(TypedCell {
            row: row_of_field(parts.next()?),
            column: parts.next()?.to_string(),
            typed: typed.clone(),
        })
    };
    fields.iter().filter_map(cell).collect()
}

/// The explanations of a post, by finding key.
pub fn explanations(fields: &Fields) -> Vec<(String, String)> {
    under(fields, "giai_trinh.")
}

/// The narratives of a post, by key.
pub fn narratives(fields: &Fields) -> Vec<(String, String)> {
    under(fields, "noi_dung.")
}

fn under(fields: &Fields, prefix: &str) -> Vec<(String, String)> {
    let one = |(name, text): &(String, String)| {
        Some((name.strip_prefix(prefix)?.to_string(), text.clone()))
    };
    fields.iter().filter_map(one).collect()
}

/// The change that typed cells and explanations make of the draft as it stands, and what was set aside.
pub fn change(
    view: &ReportView,
    form: &Form,
    cells: &[TypedCell],
    explanations: &[(String, String)],
) -> Result<(DraftChange, Vec<RefusedCell>), Problem> {
    let mut change = DraftChange::default();
    let mut refused = Vec::new();
    for cell in cells {
        let (index, column, definition) = entered_cell(form, &cell.row, &cell.column)?;
        let key = column.key(index);
        let entered = typed::entry(&cell.typed, definition)
            .map(|entered| list_rows::stored(view, definition, entered));
        match entered {
            Err(problem) => {
                refused.push(RefusedCell {
                    row: cell.row.clone(),
                    column: key,
                    typed: cell.typed.clone(),
                    problem,
                });
            }
            Ok(new) if new.as_ref() == entry(view, form, &cell.row, &key) => {}
            Ok(new) => change.cells.push(CellChange {
                cell: CellKey::new(&form.name, &cell.row, &key),
                entry: new,
            }),
        }
    }
    let stored = view
        .figures
        .forms
        .get(&form.name)
        .map(|figures| &figures.explanations);
    for (finding, text) in explanations {
        let text = text.replace("\r\n", "\n").trim().to_string();
        let known = stored
            .and_then(|stored| stored.get(finding))
            .map_or("", String::as_str);
        if text != known {
            let explanation = ExplanationKey {
                form: form.name.clone(),
                finding: finding.clone(),
            };
            change.explanations.push(ExplanationChange {
                explanation,
                text: (!text.is_empty()).then_some(text),
            });
        }
    }
    Ok((change, refused))
}

/// A cell of the form that a person fills in.
pub fn entered_cell<'a>(
    form: &'a Form,
    row: &str,
    key: &str,
) -> Result<(ColumnIndex, &'a Column, &'a CellDefinition), Problem> {
    let (index, column) = form.find_column(key).ok_or(Problem::BadRequest)?;
    form.cell(row, index)
        .filter(|cell| cell.source == Source::Entered)
        .map(|cell| (index, column, cell))
        .ok_or(Problem::BadRequest)
}

/// Adds a chosen row to the change; an entry the catalogue does not have is a bad request.
pub fn add_row(
    view: &ReportView,
    form: &Form,
    name: &str,
    change: &mut DraftChange,
) -> Result<(), Problem> {
    if form.listed().is_some() {
        change.rows_added.push(RowKey {
            form: form.name.clone(),
            row: list_rows::next_key(view, form),
        });
        return Ok(());
    }
    if name.is_empty() {
        return Ok(());
    }
    if !addable(view, form).iter().any(|(key, _)| key == name) {
        return Err(Problem::BadRequest);
    }
    change.rows_added.push(RowKey {
        form: form.name.clone(),
        row: name.to_string(),
    });
    Ok(())
}

/// The catalogue entries that may still be chosen as rows: key and label.
pub fn addable(view: &ReportView, form: &Form) -> Vec<(String, String)> {
    let Rows::ChosenFrom(catalog) = form.rows else {
        return Vec::new();
    };
    let Some(catalog) = view.plan.form_definition.catalog(catalog) else {
        return Vec::new();
    };
    let cutoff = view.window.to;
    let chosen = view.figures.forms.get(&form.name);
    let entries = catalog.entries.iter().filter(|entry| {
        entry.from.is_none_or(|from| from <= cutoff)
            && entry.until.is_none_or(|until| cutoff <= until)
            && !chosen.is_some_and(|figures| figures.rows.contains_key(&entry.name))
    });
    entries
        .map(|entry| (entry.name.clone(), entry.label.clone()))
        .collect()
}

/// Answers every open, unanswered flow with "không phát sinh", cells of the change itself left alone.
pub fn nil_the_rest(
    view: &ReportView,
    form_index: crate::plan::form::FormIndex,
    form: &Form,
    change: &mut DraftChange,
) {
    let rows = view
        .evaluation
        .rows_of(form_index)
        .iter()
        .filter(|row| !row.inner && row.row != Row::Total);
    for row in rows {
        for (index, column) in form.columns_indexed() {
            let is_open = form.cell(row.row.key(), index).is_some_and(|cell| {
                cell.source == Source::Entered
                    && cell.nature == Nature::Flow
                    && cell.value != ValueType::Text
            });
            let cell = CellKey::new(&form.name, row.row.key(), &column.key(index));
            let closed = view.evaluation.cell(form_index, &row.row, index)
                == Some(&crate::eval::cell::Cell::Closed);
            let typed = change
                .cells
                .iter()
                .any(|changed| changed.cell == cell && changed.entry.is_some());
            if is_open && !closed && !typed && entry(view, form, &cell.row, &cell.column).is_none()
            {
                change.cells.retain(|changed| changed.cell != cell);
                change.cells.push(CellChange {
                    cell,
                    entry: Some(Entry::Nil),
                });
            }
        }
    }
}

/// Whether the change changes nothing.
pub fn is_empty(change: &DraftChange) -> bool {
    *change == DraftChange::default()
}

/// The window of the shown form's figures, where it has one of its own; else that of the report.
pub fn own_window(view: &ReportView, form: FormIndex) -> DateRange {
    let has_own = view
        .plan
        .form_definition
        .form(form)
        .is_some_and(|form| form.time.window.is_some());
    has_own
        .then(|| window_of(&view.plan.header_for(form), view.key.period))
        .flatten()
        .unwrap_or(view.window)
}
