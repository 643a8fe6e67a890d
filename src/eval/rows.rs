//! The rows of a form: which catalogue entries are valid, which may be chosen, which is summed into which.
//!
//! It does not know cells. An entry whose parent is not valid hangs from the nearest valid ancestor.

use crate::calendar::Date;
use crate::eval::evaluate::DataRow;
use crate::plan::address::Row;
use crate::plan::form::{Catalog, CatalogEntry, Form, FormDefinition, Rows, WrittenRow};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A longer key of a list's row is no key.
const LONGEST_LIST_KEY: usize = 40;

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

/// The rows of a list in the order of their keys: `1`, `2`, `2.1`, `10`.
pub fn added<'k>(keys: impl Iterator<Item = &'k String>) -> Vec<DataRow> {
    let mut keys: Vec<&String> = keys.filter(|key| is_list_key(key)).collect();
    keys.sort_by(|one, other| list_order(one, other));
    keys.into_iter()
        .map(|key| DataRow {
            row: Row::Entry(key.clone()),
            parent: None,
            inner: false,
        })
        .collect()
}

/// Whether a text may be the key of a row of a list: letters, digits, `.`, `-`, `_`, and not the word for the total row. Whoever adds a row gives it a key, usually the
/// next number, and never changes it: the key is how a saved row is found again.
pub fn is_list_key(key: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    !key.is_empty()
        && key.len() <= LONGEST_LIST_KEY
        && key != Row::Total.key()
        && key.chars().all(allowed)
}

/// Keys stand in the order of their parts between points, numbers by their value, so that a row can be put between two others.
pub fn list_order(one: &str, other: &str) -> Ordering {
    let mut parts = one.split('.').zip(other.split('.'));
    parts
        .find_map(|(one, other)| {
            let order = one.len().cmp(&other.len()).then_with(|| one.cmp(other));
            (order != Ordering::Equal).then_some(order)
        })
        .unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// The entries of a catalogue that may be chosen on a date: valid ones with no valid entry below.
pub fn leaves(catalog: &Catalog, on: Date) -> impl Iterator<Item = &CatalogEntry> {
    let parents: BTreeSet<&str> = catalog
        .entries
        .iter()
        .filter(|entry| is_valid(entry, on))
        .filter_map(|entry| valid_parent(catalog, entry, on))
        .collect();
    catalog
        .entries
        .iter()
        .filter(move |entry| is_valid(entry, on) && !parents.contains(entry.name.as_str()))
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
