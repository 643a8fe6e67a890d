//! Finding forms, columns and cells in a definition, and what a cell allows.
//!
//! It does not know figures. A name or an index that the definition does not have is answered with nothing.

use super::{
    Catalog, CatalogEntry, CatalogIndex, Column, ColumnIndex, Form, FormDefinition, FormIndex,
    Listed, Rows, WrittenRow,
};
use crate::analysis::pattern::Pattern;
use crate::plan::applicability::Applicability;
use crate::plan::cell::{CellDefinition, Extent, FilledBy, Modality, Nature, Source, ValueType};

impl Column {
    /// The key of the column in stored data: its printed number, else its name, else its position.
    pub fn key(&self, index: ColumnIndex) -> String {
        self.code
            .clone()
            .or_else(|| self.name.clone())
            .unwrap_or_else(|| format!("#{}", index.0))
    }
}

impl Catalog {
    /// An entry and those above it, the nearest first.
    pub fn above(&self, name: &str) -> impl Iterator<Item = &CatalogEntry> {
        let own = self.entries.iter().find(|entry| entry.name == name);
        std::iter::successors(own, |entry| self.entries.get(entry.parent? as usize))
            // A circle of parents is walked once.
            .take(self.entries.len())
    }
}

impl FormDefinition {
    /// The form at an index, if the index belongs to this regime.
    pub fn form(&self, index: FormIndex) -> Option<&Form> {
        self.forms.get(index.0 as usize)
    }

    /// The form of this name, in data and addresses.
    pub fn find_form(&self, name: &str) -> Option<(FormIndex, &Form)> {
        self.forms
            .iter()
            .enumerate()
            .find(|(_, form)| form.name == name)
            .map(|(position, form)| (FormIndex(position as u32), form))
    }

    /// The catalogue at an index.
    pub fn catalog(&self, index: CatalogIndex) -> Option<&Catalog> {
        self.catalogs.get(index.0 as usize)
    }
}

impl Form {
    /// What the cells of the form are: the columns' definitions, then those of single cells.
    pub fn definitions(&self) -> impl Iterator<Item = &CellDefinition> {
        let columns = self.columns.iter().map(|column| &column.cell);
        columns.chain(self.exceptions.iter().map(|exception| &exception.cell))
    }

    /// What the cells of a column are: its own definition, then those of single cells.
    pub fn definitions_of(&self, column: ColumnIndex) -> impl Iterator<Item = &CellDefinition> {
        let own = self.column(column).map(|column| &column.cell).into_iter();
        let exceptions = self.exceptions.iter();
        own.chain(
            exceptions
                .filter(move |exception| exception.column == column)
                .map(|exception| &exception.cell),
        )
    }

    /// The column at an index.
    pub fn column(&self, index: ColumnIndex) -> Option<&Column> {
        self.columns.get(index.0 as usize)
    }

    /// The column with this printed number or name; numbers are compared as text, so `1.1` and `1.10` differ.
    pub fn find_column(&self, key: &str) -> Option<(ColumnIndex, &Column)> {
        self.columns
            .iter()
            .enumerate()
            .find(|(_, column)| {
                column.code.as_deref() == Some(key) || column.name.as_deref() == Some(key)
            })
            .map(|(position, column)| (ColumnIndex(position as u32), column))
            .or_else(|| {
                let position: u32 = key.strip_prefix('#')?.parse().ok()?;
                self.column(ColumnIndex(position))
                    .map(|column| (ColumnIndex(position), column))
            })
    }

    /// All columns with their indices, in printed order.
    pub fn columns_indexed(&self) -> impl Iterator<Item = (ColumnIndex, &Column)> {
        self.columns
            .iter()
            .enumerate()
            .map(|(position, column)| (ColumnIndex(position as u32), column))
    }

    /// Whether a unit's own report has rows, so that addresses carry a row.
    pub fn has_rows(&self) -> bool {
        !matches!(self.rows, Rows::EachReportingUnit)
    }

    /// Whether fields stand at the head of the form.
    pub fn has_head(&self) -> bool {
        self.columns.iter().any(|column| column.head)
    }

    /// What the cell of a row in a column is: its own definition, else the column's. The key is that of [`crate::plan::address::Row::key`].
    pub fn cell(&self, row: &str, column: ColumnIndex) -> Option<&CellDefinition> {
        let own = self
            .exceptions
            .binary_search_by(|exception| {
                (exception.row.as_str(), exception.column).cmp(&(row, column))
            })
            .ok()
            .and_then(|position| self.exceptions.get(position))
            .map(|exception| &exception.cell);
        own.or_else(|| self.column(column).map(|column| &column.cell))
    }

    /// How rows are told apart, in a list.
    pub fn listed(&self) -> Option<&Listed> {
        match &self.rows {
            Rows::Listed(listed) => Some(listed),
            _ => None,
        }
    }

    /// The key of a row in data for what somebody calls it: a written row may be called by its name as well as by its printed code.
    pub fn row_key<'f>(&'f self, called: &'f str) -> &'f str {
        let known = |key: &str| self.written_rows().any(|row| row.bears(key, true));
        let by_name = || {
            self.written_rows().find_map(|row| match row {
                WrittenRow::Row { key, .. } if row.bears(called, false) => Some(key.as_str()),
                _ => None,
            })
        };
        if known(called) {
            return called;
        }
        by_name().unwrap_or(called)
    }

    /// The rows of figures the author wrote; empty for other forms.
    pub fn written_rows(&self) -> impl Iterator<Item = &WrittenRow> {
        let lines: &[WrittenRow] = match &self.rows {
            Rows::Written(lines) => lines,
            _ => &[],
        };
        lines
            .iter()
            .filter(|line| matches!(line, WrittenRow::Row { .. }))
    }
}

impl WrittenRow {
    /// Whether a row of figures has this key, or this name.
    fn bears(&self, called: &str, by_key: bool) -> bool {
        match self {
            WrittenRow::Row { key, .. } if by_key => key == called,
            WrittenRow::Row { name, .. } => name.as_deref() == Some(called),
            WrittenRow::Heading { .. } => false,
        }
    }
}

impl CellDefinition {
    /// Whether a text has the form that the cell asks for.
    pub fn matches(&self, text: &str) -> bool {
        self.matching
            .as_deref()
            .and_then(Pattern::parse)
            .is_none_or(|pattern| pattern.matches(text))
    }

    /// Whether rows of this cell's column are added up, e.g. in the total row: figures that add over units do, ratios without a formula, points and
    /// answers that are no figures do not.
    pub fn adds(&self) -> bool {
        matches!(self.value, ValueType::Number { .. })
            && !matches!(
                self.nature,
                Nature::Ratio | Nature::Index | Nature::Score | Nature::AverageBy(_) | Nature::None
            )
    }

    /// A plain entered figure of this type and nature, nothing else said.
    pub fn entered(value: ValueType, nature: Nature, required: bool) -> CellDefinition {
        CellDefinition {
            value,
            measure: None,
            nature,
            extent: Extent::Current,
            modality: Modality::Actual(None),
            source: Source::Entered,
            required,
            required_when: None,
            closed_when: None,
            filled_by: FilledBy::Reporters,
            matching: None,
            from_registry: false,
            by_parts: None,
            revised_by: None,
            indicator: None,
            applicability: Applicability::default(),
        }
    }
}
