//! Rows of a list in the browser: their groups, the key of a new row, the values a cell may take, and the machine text of what was typed.
//!
//! It does not know findings. What fits no value is kept as it was typed; the findings say what is wrong with it.

use crate::eval::cell::Cell;
use crate::eval::display::display;
use crate::eval::figures::Entry;
use crate::eval::list_groups::{GroupHeading, GroupedLine, PrintedList};
use crate::eval::{rows, values};
use crate::plan::address::Row;
use crate::plan::cell::{CellDefinition, ValueType};
use crate::plan::form::{Form, FormIndex, Stub};
use crate::service::view::ReportView;
use crate::web::grid::{GridCell, GridRow, INDENT};
use crate::web::header_layout::{Leaf, LeafKind};
use crate::web::texts::{Language, worded};

/// The key of the next row: one more than the greatest number among the keys.
pub fn next_key(view: &ReportView, form: &Form) -> String {
    let known = view.figures.forms.get(&form.name);
    let greatest = known
        .into_iter()
        .flat_map(|figures| figures.rows.keys())
        .filter_map(|key| key.split('.').next()?.parse::<u64>().ok())
        .max()
        .unwrap_or(0);
    greatest.saturating_add(1).to_string()
}

/// What stands over the names of rows where the form prints none itself.
pub fn heading(form: &Form) -> &'static str {
    match form.listed() {
        Some(_) => "col-row",
        None => "col-unit",
    }
}

/// What stands over a group of rows: the value they share, or that they leave the field unanswered.
pub fn group_label(language: Language, form: &Form, heading: &GroupHeading) -> String {
    let Some(field) = form.column(heading.field) else {
        return String::new();
    };
    let label = match &heading.value {
        Some(value) => display(value, &field.cell),
        None => worded(
            language,
            "group-unanswered",
            &[("field", field.label.clone().into())],
        ),
    };
    format!("{}{label}", INDENT.repeat(heading.depth))
}

/// The rows of a form in the order of print, with the headings of their groups where it is a list with groups.
pub fn in_groups<'a>(view: &'a ReportView, index: FormIndex, form: &Form) -> Vec<GroupedLine<'a>> {
    let rows = view.evaluation.rows_of(index);
    let rows: Vec<&Row> = rows.iter().map(|data| &data.row).collect();
    let list = PrintedList {
        definition: &view.plan.form_definition,
        index,
        form,
        cell: &|row, column| view.evaluation.cell(index, row, column),
    };
    list.lines(&rows)
}

/// The heading of a group in the table, with the sums of its rows.
pub fn group_row(
    language: Language,
    form: &Form,
    leaves: &[Leaf],
    heading: &GroupHeading,
) -> GridRow {
    let label = group_label(language, form, heading);
    let cell = |leaf: &Leaf| match leaf.shows {
        LeafKind::Stub(Stub::Label) => GridCell {
            kind: "heading",
            text: label.clone(),
            ..GridCell::default()
        },
        LeafKind::Stub(_) => GridCell {
            kind: "stub",
            ..GridCell::default()
        },
        LeafKind::Column(column) => {
            let sum = heading.sums.get(&column).zip(form.column(column));
            GridCell {
                kind: "subtotal",
                text: sum
                    .map(|(sum, column)| display(sum, &column.cell))
                    .unwrap_or_default(),
                path: leaf.path.clone(),
                ..GridCell::default()
            }
        }
    };
    GridRow {
        class: "group-row",
        cells: leaves.iter().map(cell).collect(),
        ..GridRow::default()
    }
}

/// The texts that a cell may take; empty where any may be typed.
pub fn choices(view: &ReportView, cell: &CellDefinition) -> Vec<String> {
    match cell.value {
        ValueType::YesOrNo => vec!["có".to_string(), "không".to_string()],
        ValueType::Choice(catalog) => {
            let catalog = view.plan.form_definition.catalog(catalog);
            catalog
                .into_iter()
                .flat_map(|catalog| rows::leaves(catalog, view.window.to))
                .map(|entry| entry.label.clone())
                .collect()
        }
        ValueType::Reporter => view.nameable_units.iter().cloned().collect(),
        ValueType::Number { .. } | ValueType::Text | ValueType::Date | ValueType::File => {
            Vec::new()
        }
    }
}

/// A typed entry as it is stored: the name of a catalogue's entry in place of its label.
pub fn stored(view: &ReportView, cell: &CellDefinition, entry: Option<Entry>) -> Option<Entry> {
    let Some(Entry::Value(text)) = &entry else {
        return entry;
    };
    if !matches!(cell.value, ValueType::Choice(_)) {
        return entry;
    }
    let definition = &view.plan.form_definition;
    match values::value(definition, cell, text, view.window.to) {
        Ok(value) => values::text_of(&value).map(Entry::Value),
        Err(_) => entry,
    }
}

/// What stands in the box of a cell with a value: the label of an entry, `có` or `không`; none where the stored text is shown.
pub fn shown(value: &Cell) -> Option<String> {
    match value {
        Cell::Entry(entry) => Some(entry.label.clone()),
        Cell::Truth(true) => Some("có".to_string()),
        Cell::Truth(false) => Some("không".to_string()),
        _ => None,
    }
}
