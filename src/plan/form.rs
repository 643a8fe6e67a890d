//! The form definition: what is shown, typed and printed, and what each cell is.
//!
//! A list (danh sách) is a form whose rows the reporter adds; its fields are columns. It does not know rules, formulas' meaning or figures; a computed cell
//! only names its expression. Indices are positions in the vectors here and never change once published.

use crate::calendar::Date;
use crate::plan::applicability::Applicability;
use crate::plan::cell::{CellDefinition, is_false};
use crate::plan::form_time::{FormTime, FormVersion};
use serde::{Deserialize, Serialize};

mod lookup;

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
    /// Indicators used by the cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// Sets of plan values used by the cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// The forms and lists in the author's order.
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
    /// Code of the breakdown in the national exchange.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Entries in the author's order, parents before children.
    pub entries: Vec<CatalogEntry>,
    /// How rows taken from it are numbered, by depth: `A`, `a`, `I` or `1`; the last holds for all below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbered: Vec<String>,
}

/// One entry of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogEntry {
    /// Identifier, stable for ever, used as the row's key.
    pub name: String,
    /// Label as printed.
    pub label: String,
    /// Code in exchange formats, printed where a form shows codes of rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Position of the parent entry in a tree.
    pub parent: Option<u32>,
    /// First day of validity.
    pub from: Option<Date>,
    /// Last day of validity.
    pub until: Option<Date>,
}

/// An entry of a catalogue as a value: its name decides, its label is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryName {
    /// Identifier.
    pub name: String,
    /// Label as printed.
    pub label: String,
}

/// One form (biểu) or list (danh sách).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Name used in the language and in data, e.g. `TTHC06A`.
    pub name: String,
    /// Printed sign, e.g. `II.06a/VPCP/KSTT`.
    pub sign: String,
    /// Printed title.
    pub title: String,
    /// Whether it is a list (danh sách).
    #[serde(default, skip_serializing_if = "is_false")]
    pub list: bool,
    /// Where the form applies; elsewhere its cells are closed and it is not shown.
    #[serde(default, skip_serializing_if = "Applicability::is_everywhere")]
    pub applicability: Applicability,
    /// Its own version and days in force; outside them it is not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<FormVersion>,
    /// Its own cut-off, deadlines and channels.
    #[serde(default, skip_serializing_if = "FormTime::is_silent")]
    pub time: FormTime,
    /// What the rows of a unit's own report are.
    pub rows: Rows,
    /// How the consolidated form prints its rows; none: as the unit's own form.
    pub consolidated: Option<ConsolidatedRows>,
    /// The field that chooses the row in which a report counts (`grouped by F[x]`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grouped_by: Option<HeadField>,
    /// Label of the total row. A form with a row per unit has one when consolidated even if none is written.
    pub total_row: Option<String>,
    /// Label of the total of column groups that a consolidated form repeats per unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_group: Option<String>,
    /// The printed header as a tree; leaves are stubs and figure columns in printed order.
    pub header: Vec<HeaderNode>,
    /// Figure columns in printed order; the fields at the head of a form, too ([`Column::head`]).
    pub columns: Vec<Column>,
    /// Cells that are not what their column says, sorted by row key, then column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<CellException>,
}

/// A cell with a definition of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellException {
    /// Key of the row; `total` for the total row.
    pub row: String,
    /// The column.
    pub column: ColumnIndex,
    /// What the cell is.
    pub cell: CellDefinition,
}

/// What the rows of a unit's own report are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// One row per unit: a unit's own report has exactly its own row, without a row level in addresses.
    EachReportingUnit,
    /// The reporter picks entries of the catalogue, each at most once.
    ChosenFrom(CatalogIndex),
    /// One row per entry of the catalogue valid at the cut-off.
    From(CatalogIndex),
    /// The rows the author wrote, with headings among them, in printed order.
    Written(Vec<WrittenRow>),
    /// The reporter adds rows; each has a key in data that means nothing by itself.
    Listed(Listed),
}

/// A line of a form with written rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenRow {
    /// A heading without cells.
    Heading {
        /// Printed code.
        code: Option<String>,
        /// Printed label.
        label: String,
        /// How many headings and rows it stands under.
        depth: u32,
    },
    /// A row of figures.
    Row {
        /// Key in data and addresses: the printed code, else the name, else the position.
        key: String,
        /// Printed code.
        code: Option<String>,
        /// Name, if the author gave one.
        name: Option<String>,
        /// Printed label.
        label: String,
        /// How many headings and rows it stands under.
        depth: u32,
        /// Key of the row it is nested in; the outermost rows have none. Nesting by itself adds nothing up.
        parent: Option<String>,
        /// Unit of measure printed for the row, an index in [`FormDefinition::measures`].
        measure: Option<u32>,
        /// Whether a page shows the row in a report under its applicability.
        #[serde(default, skip_serializing_if = "Applicability::is_everywhere")]
        applicability: Applicability,
    },
}

/// How the rows of a list are told apart and come together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The fields whose values identify a row; empty: every row is its own.
    pub key: Vec<ColumnIndex>,
    /// What rows of several units with one key mean.
    pub merging: Merging,
    /// The fields by which rows are ordered and subtotalled in print.
    pub grouped_by: Vec<ColumnIndex>,
    /// Fields that must be the same in rows that agree in another one.
    pub agreements: Vec<Agreement>,
}

/// A field whose value depends on another one's alone (`same for`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The dependent field.
    pub column: ColumnIndex,
    /// The field that decides it.
    pub with: ColumnIndex,
}

/// What rows of several units with one key mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Merging {
    /// Different rows: the unit belongs to the identity.
    PerUnit,
    /// A conflict to settle.
    Unique,
    /// One row; figures merge by nature, plans and words must agree.
    Merged,
}

/// How a consolidated form prints its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsolidatedRows {
    /// Units are grouped by the level (and kind of unit) they belong to.
    pub grouped_by_level: bool,
    /// Units are grouped by the entry of this catalogue that is registered of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_attribute: Option<CatalogIndex>,
}

/// A field at the head of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadField {
    /// The form.
    pub form: FormIndex,
    /// The field.
    pub column: ColumnIndex,
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
    /// Stands at the head of the form: its only cell is the form's own ([`crate::plan::address::Row::Own`]).
    #[serde(default, skip_serializing_if = "is_false")]
    pub head: bool,
    /// A consolidated form repeats it for every reporting unit, under the unit's name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub per_unit: bool,
    /// What its cells are, where no row says otherwise.
    pub cell: CellDefinition,
    /// The printed formula row of this column, e.g. `6=8+9+10=11+12+13`.
    pub formula_row: Option<String>,
}

/// An indicator (chỉ tiêu): one meaning of a figure for all regimes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Name used in the language.
    pub name: String,
    /// Label.
    pub label: String,
    /// Code in the national exchange.
    pub code: Option<String>,
    /// What it means.
    pub definition: Option<String>,
}

/// A set of plan values (bộ kế hoạch), looked up per unit, indicator and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Name used in the language.
    pub name: String,
    /// Label.
    pub label: String,
    /// Project-relative path of its table.
    pub table: String,
    /// The values of the units below must make the whole; a difference is a warning.
    pub adds_up: bool,
}
