//! The shape of a form or list: rows, printed header, columns, and the cells that are not what their column says.
//!
//! It deliberately does not know rules. What could not be resolved is empty or unknown.

use crate::analysis::model::FormTime;
use crate::analysis::model::cell::{Applicability, CellDefinition};
use crate::analysis::model::named::{Bears, Named};
use crate::analysis::model::words::Place;
use crate::calendar::Date;
use crate::diagnostic::Label;
use std::collections::BTreeMap;

/// A form (biểu) or list (danh sách).
#[derive(Clone, Debug)]
pub struct Form {
    /// Name; empty if unreadable.
    pub name: String,
    /// Printed sign.
    pub sign: String,
    /// Printed title.
    pub title: String,
    /// Whether it is a list.
    pub list: bool,
    /// Where it applies.
    pub applicability: Applicability,
    /// Its own version and days in force.
    pub version: Option<FormVersion>,
    /// Its own cut-off, deadlines and channels.
    pub time: FormTime,
    /// Rows.
    pub rows: Rows,
    /// The lines of a form with written rows, in printed order.
    pub written: Named<WrittenRow>,
    /// How the rows of a list are told apart.
    pub listed: Option<Listed>,
    /// Consolidated rows: `Some(true)` grouped by level.
    pub consolidated: Option<bool>,
    /// The form and the column of the field that chooses the row in which a report counts (`grouped by F[x]`).
    pub grouped_by: Option<(usize, usize)>,
    /// The catalog by whose registered entries units are grouped in print.
    pub units_by: Option<usize>,
    /// Label of the total row.
    pub total_row: Option<String>,
    /// Label of the total of repeated column groups.
    pub total_group: Option<String>,
    /// Printed header.
    pub header: Vec<HeaderNode>,
    /// Figure columns in printed order; also the fields at the head of a form, and those of a list.
    pub columns: Named<Column>,
    /// Cells that are not what their column says, by position in [`Form::written`] and column. Every cell of a form with written rows stands here.
    pub cells: BTreeMap<(usize, usize), CellDefinition>,
    /// Where it is declared.
    pub place: Place,
}

/// A version of a form's own, inside the version of its regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormVersion {
    /// The number.
    pub number: u32,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
}

/// A line of a form with written rows: a heading, or a row of figures.
#[derive(Clone, Debug)]
pub struct WrittenRow {
    /// A heading has no cells.
    pub heading: bool,
    /// Printed code.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Printed label.
    pub label: String,
    /// How many headings and rows it stands under.
    pub depth: u32,
    /// Position of the row it is nested in.
    pub parent: Option<usize>,
    /// Unit of measure printed for the row, a position in [`crate::analysis::model::words::Words::measures`].
    pub measure: Option<usize>,
    /// Where it applies.
    pub applicability: Applicability,
    /// Where it is declared.
    pub place: Place,
}

/// How the rows of a list are told apart and come together.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Columns whose values identify a row.
    pub key: Vec<usize>,
    /// What rows of several units with one key mean.
    pub merging: Merging,
    /// Columns by which rows are ordered and subtotalled.
    pub grouped_by: Vec<usize>,
}

/// What rows of several units with one key mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merging {
    /// Different rows.
    #[default]
    PerUnit,
    /// A conflict.
    Unique,
    /// One row.
    Merged,
}

/// What the rows of a form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One per unit.
    EachReportingUnit,
    /// Picked from a catalog.
    ChosenFrom(usize),
    /// All entries of a catalog.
    From(usize),
    /// Those of [`Form::written`].
    Written,
    /// Added by the reporter: a list.
    Listed,
    /// Not said, or unreadable.
    Unknown,
}

/// A node of the printed header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderNode {
    /// A merged heading.
    Group {
        /// Printed label.
        label: String,
        /// What stands below.
        children: Vec<HeaderNode>,
    },
    /// A stub.
    Stub {
        /// Printed number.
        code: Option<String>,
        /// Printed label.
        label: String,
        /// What it shows.
        shows: Stub,
    },
    /// A figure column by position.
    Column(usize),
}

/// What a stub shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stub {
    /// Running number.
    Ordinal,
    /// Label of the row.
    Label,
    /// Unit of measure of the row.
    Measure,
    /// Code of the row.
    Code,
}

/// A figure column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Printed number.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Printed label.
    pub label: String,
    /// Whether it is a field at the head of a form.
    pub head: bool,
    /// Whether a consolidated form repeats it for every reporting unit.
    pub per_unit: bool,
    /// Where the entries are declared for which its blocks are repeated, the outermost first; nowhere in a source for an entry of a table.
    pub blocks: Vec<Option<Label>>,
    /// What its cells are, where no row says otherwise.
    pub cell: CellDefinition,
    /// The sides of its formula as written.
    pub formula: Vec<String>,
    /// The official formula row, where it differs.
    pub printed_as: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

impl Form {
    /// What the cells of the form are: the columns' definitions, then those of single cells.
    pub fn definitions(&self) -> impl Iterator<Item = &CellDefinition> {
        let columns = self.columns.iter().map(|column| &column.cell);
        columns.chain(self.cells.values())
    }

    /// The position of a column by printed number or name.
    pub fn find_column(&self, place: &str) -> Option<usize> {
        self.columns.find(place)
    }

    /// All printed numbers and names of columns.
    pub fn column_places(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().flat_map(|column| {
            column
                .code
                .as_deref()
                .into_iter()
                .chain(column.name.as_deref())
        })
    }

    /// The key of a written row in data; one past the last line is the total row.
    pub fn row_key(&self, position: usize) -> Option<String> {
        match self.written.get(position) {
            Some(row) => Some(row.key(position)),
            None if position == self.written.len() => {
                self.total_row.as_ref().map(|_| "total".to_owned())
            }
            None => None,
        }
    }

    /// The position of the row of a key; that of the total row is one past the last line.
    pub fn row_of_key(&self, key: &str) -> Option<usize> {
        let has = |position: &usize| self.row_key(*position).as_deref() == Some(key);
        let place = key.strip_prefix('#').and_then(|place| place.parse().ok());
        let total = Some(self.written.len()).filter(|_| key == "total");
        let meant = [self.written.find(key), place, total];
        meant.into_iter().flatten().find(has)
    }

    /// What the cell of a written row is, else what the column says.
    pub fn cell(&self, row: Option<usize>, column: usize) -> Option<&CellDefinition> {
        row.and_then(|row| self.cells.get(&(row, column)))
            .or_else(|| self.columns.get(column).map(|column| &column.cell))
    }
}

impl Bears for Form {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).filter(|name| !name.is_empty())
    }
}

impl Bears for Column {
    fn names(&self) -> impl Iterator<Item = &str> {
        let code = self.code.as_deref().into_iter();
        code.chain(self.name.as_deref())
    }
}

/// A heading bears a code too, but is no row that could be meant.
impl Bears for WrittenRow {
    fn names(&self) -> impl Iterator<Item = &str> {
        let code = self.code.as_deref().into_iter();
        code.chain(self.name.as_deref()).filter(|_| !self.heading)
    }
}

impl WrittenRow {
    /// The key of the row in data: printed code, else name, else position.
    pub fn key(&self, position: usize) -> String {
        self.code
            .clone()
            .or_else(|| self.name.clone())
            .unwrap_or_else(|| format!("#{position}"))
    }
}

impl Column {
    /// How people name the column: its printed number, else its name, else its label.
    pub fn shown(&self) -> &str {
        self.code
            .as_deref()
            .or(self.name.as_deref())
            .unwrap_or(&self.label)
    }

    /// The key of the column in data: printed number, else name, else position.
    pub fn key(&self, position: usize) -> String {
        self.code
            .clone()
            .or_else(|| self.name.clone())
            .unwrap_or_else(|| format!("#{position}"))
    }
}
