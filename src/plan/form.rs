//! The form definition: what is shown, typed and printed, and what each cell is.
//!
//! It does not know rules, formulas' meaning or figures; a computed column only names its expression. Indices are positions
//! in the vectors here and never change once published.

use crate::calendar::Date;
use crate::plan::expression::ExpressionId;
use serde::{Deserialize, Serialize};

/// Position of a form in [`FormDefinition::forms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormIndex(pub u32);

/// Position of a figure column in [`Form::columns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ColumnIndex(pub u32);

/// Position of a catalogue in [`FormDefinition::catalogs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CatalogIndex(pub u32);

/// All forms of a regime version with the words they need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormDefinition {
    /// Units of measure used by the cells.
    pub measures: Vec<Measure>,
    /// Catalogues that rows are chosen from.
    pub catalogs: Vec<Catalog>,
    /// The forms in the author's order.
    pub forms: Vec<Form>,
}

/// A unit of measure (đơn vị tính) as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Name used in the language.
    pub name: String,
    /// Label as printed.
    pub label: String,
}

/// A catalogue (danh mục): dated entries, flat or a tree given by `parent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Name used in the language.
    pub name: String,
    /// Label as printed.
    pub label: String,
    /// Entries in the author's order, parents before children.
    pub entries: Vec<CatalogEntry>,
}

/// One entry of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogEntry {
    /// Identifier, stable for ever, used as the row's key.
    pub name: String,
    /// Label as printed.
    pub label: String,
    /// Position of the parent entry in a tree.
    pub parent: Option<u32>,
    /// First day of validity.
    pub from: Option<Date>,
    /// Last day of validity.
    pub until: Option<Date>,
}

/// One form (biểu).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Name used in the language and in data, e.g. `TTHC06A`.
    pub name: String,
    /// Printed sign, e.g. `II.06a/VPCP/KSTT`.
    pub sign: String,
    /// Printed title.
    pub title: String,
    /// What the rows of a unit's own report are.
    pub rows: Rows,
    /// How the consolidated form prints its rows; none: as the unit's own form.
    pub consolidated: Option<ConsolidatedRows>,
    /// Label of the total row. A form with a row per unit has one when consolidated even if none is written.
    pub total_row: Option<String>,
    /// The printed header as a tree; leaves are stubs and figure columns in printed order.
    pub header: Vec<HeaderNode>,
    /// Figure columns in printed order.
    pub columns: Vec<Column>,
}

/// What the rows of a unit's own report are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// One row per unit: a unit's own report has exactly its own row, without a row level in addresses.
    EachReportingUnit,
    /// The reporter picks entries of the catalogue, each at most once.
    ChosenFrom(CatalogIndex),
    /// One row per entry of the catalogue valid at the cut-off.
    From(CatalogIndex),
}

/// How a consolidated form prints its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsolidatedRows {
    /// Units are grouped by the level (and kind of unit) they belong to.
    pub grouped_by_level: bool,
}

/// A node of the printed header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderNode {
    /// A merged header cell over others.
    Group {
        /// Printed label.
        label: String,
        /// What stands below it.
        children: Vec<HeaderNode>,
    },
    /// A stub column, never a figure.
    Stub {
        /// Printed column number, if any.
        code: Option<String>,
        /// Printed label.
        label: String,
        /// What it shows.
        shows: Stub,
    },
    /// A figure column.
    Column(ColumnIndex),
}

/// What a stub column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stub {
    /// Running number of the row.
    Ordinal,
    /// Label of the row.
    Label,
    /// Unit of measure of the row.
    Measure,
    /// Printed code of the row.
    Code,
}

/// One figure column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Printed number, text, e.g. `2.1`.
    pub code: Option<String>,
    /// Name, if the author gave one.
    pub name: Option<String>,
    /// Printed label.
    pub label: String,
    /// Type of the value.
    pub value: ValueType,
    /// Unit of measure, an index in [`FormDefinition::measures`]; a percentage and text have none.
    pub measure: Option<u32>,
    /// How the figure adds up.
    pub nature: Nature,
    /// Where the figure comes from.
    pub source: Source,
    /// Must be answered (a value or nil) before sending; always false unless entered.
    pub required: bool,
    /// The printed formula row of this column, e.g. `6=8+9+10=11+12+13`.
    pub formula_row: Option<String>,
}

/// Type of a cell's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// A number with so many decimals; `percent` is shown times 100 with a percent sign (the stored value of 90 % typed by a person is `90`,
    /// its meaning in formulas 90/100).
    Number {
        /// Digits after the decimal point.
        decimals: u32,
        /// May be below zero.
        negative: bool,
        /// Shown and typed as a percentage.
        percent: bool,
    },
    /// Free text.
    Text,
}

/// Nature of a figure (language-types §1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Happens during the window; adds over units and disjoint windows.
    Flow,
    /// Stands at the end of the window; adds over units, last over time.
    Stock,
    /// Stands at the start of the window; adds over units, first over time.
    Opening,
    /// Adds over units, typed afresh over time.
    NotOverTime,
    /// A quotient, recomputed everywhere.
    Ratio,
    /// A sum of parts with different natures; recomputed from its operands.
    Mixed,
    /// Text and the like: never added.
    None,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A person types it.
    Entered,
    /// The first side of a formula chain computes it; locked.
    Computed(ExpressionId),
    /// Carried over from the earlier report, where this expression is evaluated; locked.
    Carried(ExpressionId),
}

impl Column {
    /// The key of the column in stored data: its printed number, else its name, else its position.
    pub fn key(&self, index: ColumnIndex) -> String {
        self.code
            .clone()
            .or_else(|| self.name.clone())
            .unwrap_or_else(|| format!("#{}", index.0))
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

    /// Whether a unit's own report has rows to choose or list, so that addresses carry a row.
    pub fn has_rows(&self) -> bool {
        !matches!(self.rows, Rows::EachReportingUnit)
    }
}
