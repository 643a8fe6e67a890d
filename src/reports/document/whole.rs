//! What is frozen when a document is proposed: every figure of the whole, and the revision of every report behind it.
//!
//! The figures could be computed again from those revisions for ever, and `regime verify` does so; they are kept too, so that what a head approved can be shown whatever becomes of tables and programs.
//! It does not know forms: keys and cells are the texts of the data format. Broken input: none.

use crate::organisation::UnitId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A consolidated document as it was approved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Every unit due, in the order of their identities.
    pub units: Vec<Counted>,
    /// The documents of the bodies below whose units are counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<Body>,
    /// Form → row → column → figure; a figure that does not apply to anybody is left out.
    pub figures: BTreeMap<String, BTreeMap<String, BTreeMap<String, WholeFigure>>>,
}

/// A unit of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Counted {
    /// The unit.
    pub unit: UnitId,
    /// The body in whose document it is counted, where its report did not come directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<UnitId>,
    /// The version of the regime under which its report was made; none where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The revision counted; none where the report is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Why it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

/// A document below.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Body {
    /// The body.
    pub unit: UnitId,
    /// The revision of its document; none where it sent none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}

/// One figure of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeFigure {
    /// Its value as exact text: a decimal or a fraction, `nil`, `closed`, or `blank`.
    pub value: String,
    /// Units that answered.
    pub answered: u32,
    /// Units asked.
    pub due: u32,
}

impl Whole {
    /// Units without a report and without a reason.
    pub fn unexplained(&self) -> u32 {
        let open = self
            .units
            .iter()
            .filter(|unit| unit.revision.is_none() && unit.missing.is_none());
        u32::try_from(open.count()).unwrap_or(u32::MAX)
    }

    /// The figures that differ from another document's, as form, row and column with both values.
    pub fn differences<'w>(&'w self, after: &'w Whole) -> Vec<Difference<'w>> {
        let cells = |whole: &'w Whole| {
            whole.figures.iter().flat_map(|(form, rows)| {
                rows.iter().flat_map(move |(row, columns)| {
                    columns.iter().map(move |(column, figure)| {
                        ((form.as_str(), row.as_str(), column.as_str()), figure)
                    })
                })
            })
        };
        let (before, after): (BTreeMap<_, _>, BTreeMap<_, _>) =
            (cells(self).collect(), cells(after).collect());
        let places: std::collections::BTreeSet<_> =
            before.keys().chain(after.keys()).copied().collect();
        places
            .into_iter()
            .map(|place| Difference {
                place,
                before: before.get(&place).copied(),
                after: after.get(&place).copied(),
            })
            .filter(|difference| difference.before != difference.after)
            .collect()
    }
}

/// A figure that is not the same in two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference<'w> {
    /// Form, row and column.
    pub place: (&'w str, &'w str, &'w str),
    /// In the earlier one.
    pub before: Option<&'w WholeFigure>,
    /// In the later one.
    pub after: Option<&'w WholeFigure>,
}
