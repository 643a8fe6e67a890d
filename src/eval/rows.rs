//! The rows of a form: which catalogue entries are valid, which may be chosen, which is summed into which.
//!
//! It does not know cells. An entry whose parent is not valid hangs from the nearest valid ancestor.

use crate::calendar::Date;
use crate::eval::evaluate::DataRow;
use crate::plan::address::Row;
use crate::plan::form::{Catalog, CatalogEntry, Form, FormDefinition, Rows, WrittenRow};
use std::collections::BTreeSet;

/// The rows a form has on a date, if none had to be chosen: its own row, or every valid entry. Of a form whose rows are chosen these are the
/// entries that may be chosen: the leaves of the catalogue.
pub fn available(definition: &FormDefinition, form: &Form, cutoff: Date) -> Vec<DataRow> {
    let (catalog, tree) = match &form.rows {
        Rows::EachReportingUnit => {
            return vec![DataRow {
                row: Row::Own,
                parent: None,
                inner: false,
            }];
        }
        Rows::From(catalog) => (*catalog, true),
        Rows::ChosenFrom(catalog) => (*catalog, false),
        Rows::Written(_) => return written(form),
        // A list has the rows that were typed, nothing before.
        Rows::Listed(_) => return Vec::new(),
    };
    let Some(catalog) = definition.catalog(catalog) else {
        return Vec::new();
    };
    let parents: BTreeSet<&str> = catalog
        .entries
        .iter()
        .filter(|entry| is_valid(entry, cutoff))
        .filter_map(|entry| valid_parent(catalog, entry, cutoff))
        .collect();
    catalog
        .entries
        .iter()
        .filter(|entry| is_valid(entry, cutoff))
        .filter(|entry| tree || !parents.contains(entry.name.as_str()))
        .map(|entry| DataRow {
            row: Row::Entry(entry.name.clone()),
            parent: valid_parent(catalog, entry, cutoff)
                .filter(|_| tree)
                .map(|name| Row::Entry(name.to_string())),
            inner: parents.contains(entry.name.as_str()),
        })
        .collect()
}

/// The rows in effect where rows are chosen, in the order of the catalogue.
pub fn chosen(definition: &FormDefinition, form: &Form, names: &BTreeSet<String>) -> Vec<DataRow> {
    entries(definition, form)
        .iter()
        .filter(|entry| names.contains(&entry.name))
        .map(|entry| DataRow {
            row: Row::Entry(entry.name.clone()),
            parent: None,
            inner: false,
        })
        .collect()
}

/// The entries of the catalogue that a form's rows come from.
pub fn entries<'a>(definition: &'a FormDefinition, form: &Form) -> &'a [CatalogEntry] {
    match &form.rows {
        Rows::EachReportingUnit | Rows::Written(_) | Rows::Listed(_) => &[],
        Rows::From(catalog) | Rows::ChosenFrom(catalog) => definition
            .catalog(*catalog)
            .map_or(&[], |catalog| &catalog.entries),
    }
}

/// The printed label of a row, by its key: that of its catalogue entry, or the one the author wrote.
pub fn label<'a>(definition: &'a FormDefinition, form: &'a Form, key: &str) -> Option<&'a str> {
    let entry = entries(definition, form)
        .iter()
        .find(|entry| entry.name == key);
    let written = form.written_rows().find_map(|line| match line {
        WrittenRow::Row {
            key: own, label, ..
        } if own == key => Some(label.as_str()),
        _ => None,
    });
    entry.map(|entry| entry.label.as_str()).or(written)
}

/// The rows the author wrote. None of them is a sum by its place: what is added up has a formula of its own.
pub fn written(form: &Form) -> Vec<DataRow> {
    form.written_rows()
        .filter_map(|line| match line {
            WrittenRow::Row { key, parent, .. } => Some(DataRow {
                row: Row::Entry(key.clone()),
                parent: parent.clone().map(Row::Entry),
                inner: false,
            }),
            WrittenRow::Heading { .. } => None,
        })
        .collect()
}

fn is_valid(entry: &CatalogEntry, on: Date) -> bool {
    entry.from.is_none_or(|from| from <= on) && entry.until.is_none_or(|until| on <= until)
}

fn valid_parent<'a>(catalog: &'a Catalog, entry: &CatalogEntry, on: Date) -> Option<&'a str> {
    let mut place = entry.parent;
    // Parents stand before their children, so a walk longer than the catalogue would be a circle.
    for _ in 0..catalog.entries.len() {
        let parent = catalog.entries.get(place? as usize)?;
        if is_valid(parent, on) {
            return Some(&parent.name);
        }
        place = parent.parent;
    }
    None
}
