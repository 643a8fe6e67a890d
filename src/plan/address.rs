//! Addresses of cells: form, row, column, in resolved form and as the text people and files use.
//!
//! The text form is `TTHC06A[dat_dai, 4]` (a form with rows) or `XLD01[4]`; columns by printed number or name. This module does not know
//! values. An address that names nothing is answered with `None`, never guessed.

use crate::plan::form::{ColumnIndex, Form, FormDefinition, FormIndex};
use serde::{Deserialize, Serialize};

/// A row of one unit's report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// The unit's only row, in a form with one row per reporting unit.
    Own,
    /// The row of a catalogue entry, by the entry's name; a written row or a row of a list, by its key.
    Entry(String),
    /// The total row: the sum of the outermost data rows.
    Total,
}

/// Which rows of a form something is said of.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowScope {
    /// Every data row, and the total row.
    #[default]
    Every,
    /// The row of this key.
    One(String),
}

impl RowScope {
    /// Whether every row is meant.
    pub fn is_every(&self) -> bool {
        *self == RowScope::Every
    }

    /// Whether a row is meant.
    pub fn names(&self, row: &Row) -> bool {
        match self {
            RowScope::Every => true,
            RowScope::One(key) => key == row.key(),
        }
    }
}

/// One cell of one report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellAddress {
    /// The form.
    pub form: FormIndex,
    /// The row.
    pub row: Row,
    /// The column.
    pub column: ColumnIndex,
}

impl Row {
    /// The key of the row in data and addresses of pages; the own row is empty, the total is `total`.
    pub fn key(&self) -> &str {
        match self {
            Row::Own => "",
            Row::Entry(name) => name,
            Row::Total => "total",
        }
    }

    /// The row a key names in this form.
    pub fn parse(key: &str, form: &Form) -> Row {
        match key {
            "" => Row::Own,
            "total" => Row::Total,
            _ if !form.has_rows() => Row::Own,
            name => Row::Entry(name.to_string()),
        }
    }
}

impl CellAddress {
    /// The address as text, e.g. `TTHC06A[dat_dai, 4]`.
    pub fn text(&self, definition: &FormDefinition) -> String {
        let Some(form) = definition.form(self.form) else {
            return String::new();
        };
        let column = form
            .column(self.column)
            .map(|column| column.key(self.column))
            .unwrap_or_default();
        match &self.row {
            Row::Own => format!("{}[{column}]", form.name),
            row => format!("{}[{}, {column}]", form.name, row.key()),
        }
    }

    /// Reads an address as [`CellAddress::text`] writes it; `None` when it names no cell of these forms.
    pub fn parse(text: &str, definition: &FormDefinition) -> Option<CellAddress> {
        let (name, rest) = text.trim().split_once('[')?;
        let inside = rest.strip_suffix(']')?;
        let (form_index, form) = definition.find_form(name.trim())?;
        let (row, column) = match inside.split_once(',') {
            Some((row, column)) => (Row::parse(row.trim(), form), column.trim()),
            None => (Row::Own, inside.trim()),
        };
        let (column, _) = form.find_column(column)?;
        Some(CellAddress {
            form: form_index,
            row,
            column,
        })
    }
}
