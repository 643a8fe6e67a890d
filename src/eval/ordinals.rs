//! Running numbers of rows taken from a tree: `A`, `I`, `1` by depth, as the catalogue says.
//!
//! It does not know pages. Rows of a catalogue without numbering have none from here.

use crate::eval::evaluate::DataRow;
use crate::plan::address::Row;
use crate::plan::form::{Form, FormDefinition, Rows, WrittenRow};

/// The number of a row among the rows in effect; none where the catalogue numbers none.
pub fn ordinal(
    definition: &FormDefinition,
    form: &Form,
    in_effect: &[DataRow],
    row: &Row,
) -> Option<String> {
    let (Rows::From(catalog) | Rows::ChosenFrom(catalog)) = form.rows else {
        return None;
    };
    let styles = &definition.catalog(catalog)?.numbered;
    let data = in_effect.iter().find(|data| data.row == *row)?;
    let before = in_effect
        .iter()
        .take_while(|other| other.row != *row)
        .filter(|other| other.parent == data.parent)
        .count();
    let style = styles.get(depth(in_effect, data)).or(styles.last())?;
    Some(written(style, before + 1))
}

/// Rows of a consolidated form as rows in effect: an entry of a tree hangs below the entry above it, if that has a row.
pub fn in_tree(definition: &FormDefinition, form: &Form, rows: &[Row]) -> Vec<DataRow> {
    let catalog = match form.rows {
        Rows::From(catalog) | Rows::ChosenFrom(catalog) => definition.catalog(catalog),
        _ => None,
    };
    let above = |row: &Row| {
        let entries = &catalog?.entries;
        let entry = entries.iter().find(|entry| entry.name == row.key())?;
        let parent = entries.get(entry.parent? as usize)?;
        rows.iter().find(|row| row.key() == parent.name).cloned()
    };
    rows.iter()
        .filter(|row| **row != Row::Total)
        .map(|row| DataRow {
            row: row.clone(),
            parent: above(row),
            inner: false,
        })
        .collect()
}

/// How many rows a row is nested in; of written rows their own nesting counts, of a tree that of its entries.
pub fn nesting(form: &Form, in_effect: &[DataRow], row: &Row) -> usize {
    let lines: Vec<(&str, Option<&str>)> = form
        .written_rows()
        .filter_map(|line| match line {
            WrittenRow::Row { key, parent, .. } => Some((key.as_str(), parent.as_deref())),
            WrittenRow::Heading { .. } => None,
        })
        .collect();
    let parent = |of: &str| lines.iter().find(|(key, _)| *key == of)?.1;
    let mut at = parent(row.key());
    let mut nested = 0;
    for _ in &lines {
        let Some(found) = at else { break };
        nested += 1;
        at = parent(found);
    }
    match in_effect.iter().find(|data| data.row == *row) {
        Some(data) if lines.is_empty() => depth(in_effect, data),
        _ => nested,
    }
}

/// How many rows a row hangs below; no walk is longer than there are rows.
fn depth(in_effect: &[DataRow], data: &DataRow) -> usize {
    let parent = |data: &DataRow| {
        let parent = data.parent.as_ref()?;
        in_effect.iter().find(|other| other.row == *parent)
    };
    let mut at = parent(data);
    let mut depth = 0;
    for _ in in_effect {
        let Some(found) = at else { break };
        depth += 1;
        at = parent(found);
    }
    depth
}

fn written(style: &str, number: usize) -> String {
    match style {
        "A" => letters(number).to_uppercase(),
        "a" => letters(number),
        "I" => roman(number),
        _ => number.to_string(),
    }
}

/// `a` … `z`, `aa`, `ab` …
fn letters(number: usize) -> String {
    let mut rest = number;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'a' + letter));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}
