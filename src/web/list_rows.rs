//! Rows of a list in the browser: the key of a new row, the values a cell may take, and the machine text of what was typed.
//!
//! It does not know tables or findings. What fits no value is kept as it was typed; the findings say what is wrong with it.

use crate::eval::cell::Cell;
use crate::eval::figures::Entry;
use crate::eval::{rows, values};
use crate::plan::cell::{CellDefinition, ValueType};
use crate::plan::form::Form;
use crate::service::view::ReportView;

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
