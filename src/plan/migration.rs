//! What becomes of the figures of earlier versions: which old cells make which cell of this version.
//!
//! Old cells are named by the keys of data, because the plan of the earlier version is another value. It does not know figures. An old figure that is not
//! moved lives on nowhere.

use crate::plan::form::{ColumnIndex, FormIndex};
use serde::{Deserialize, Serialize};

/// What becomes of the figures of one earlier version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migration {
    /// The earlier version.
    pub version: u32,
    /// Figures that live on, in the author's order.
    pub moves: Vec<Move>,
    /// Figures that have no successor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Dropped>,
}

/// An old figure without a successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The old cell.
    pub cell: OldCell,
    /// Why, in the author's words.
    pub reason: String,
}

/// Old figures whose sum is one figure of this version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The old cells; one where a figure only changed its number.
    pub from: Vec<OldCell>,
    /// The form.
    pub form: FormIndex,
    /// Key of the row; none where the rows keep their keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The column.
    pub column: ColumnIndex,
}

/// A cell of the earlier version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldCell {
    /// Name of the form.
    pub form: String,
    /// Key of the row; none: every row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Key of the column.
    pub column: String,
}
