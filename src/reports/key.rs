//! What identifies a report, and a cell within it, for ever.
//!
//! It does not know forms: keys are the texts of the data format, so that a stored report stays readable when a plan is no longer at hand.
//! Broken input: none; an identifier that names nothing is found out by whoever holds the plan.

use crate::calendar::Period;
use crate::organisation::UnitId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One report: one unit, one period, one version of a regime. A unit has one report of a regime for a period; the version is the one in force on the
/// last day of the window when the report was begun, and never changes afterwards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportKey {
    /// The regime's name, e.g. `TTHC_06A`.
    pub regime: String,
    /// The version the report is made and validated under.
    pub version: u32,
    /// The period.
    pub period: Period,
    /// The reporting unit, by its identity; of a consolidated document the body that consolidates.
    pub unit: UnitId,
    /// Whose figures it holds.
    #[serde(default, skip_serializing_if = "ReportKind::is_of_unit")]
    pub kind: ReportKind,
}

/// Whose figures a report holds. A body may owe both: its own report, which is one more of those it adds up, and the consolidated document it sends on.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// The unit's own figures (báo cáo của đơn vị).
    #[default]
    OfUnit,
    /// What a body makes of the reports it received (bản tổng hợp).
    Consolidated,
}

impl ReportKind {
    /// Whether it holds a unit's own figures.
    pub fn is_of_unit(&self) -> bool {
        *self == ReportKind::OfUnit
    }
}

/// One cell by the keys of the data format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellKey {
    /// Form name.
    pub form: String,
    /// Row key; empty for the own row of a form with one row per unit.
    pub row: String,
    /// Column key: always the one canonical key of the column (the printed number, else the name), so that one cell never has two keys.
    pub column: String,
}

/// One row by the keys of the data format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowKey {
    /// Form name.
    pub form: String,
    /// Row key.
    pub row: String,
}

/// One explanation by the keys of the data format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExplanationKey {
    /// Form name.
    pub form: String,
    /// Finding key: `W1`, or `W1[dat_dai]` for one row.
    pub finding: String,
}

/// A frozen revision of some report, as provenance names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RevisionReference {
    /// The report.
    pub report: ReportKey,
    /// The revision's number, from 1.
    pub revision: u32,
}

impl CellKey {
    /// A cell of these keys.
    pub fn new(form: &str, row: &str, column: &str) -> CellKey {
        CellKey {
            form: form.to_string(),
            row: row.to_string(),
            column: column.to_string(),
        }
    }
}

/// `TTHC_06A v1 2026-Q2 C17329.2025`, for logs; a consolidated document has `consolidated` behind it.
impl fmt::Display for ReportKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} v{} {} {}",
            self.regime, self.version, self.period, self.unit
        )?;
        match self.kind {
            ReportKind::OfUnit => Ok(()),
            ReportKind::Consolidated => formatter.write_str(" consolidated"),
        }
    }
}

/// `TTHC06A[dat_dai, 4]`, or `XLD01[4]` where the form has one row per unit.
impl fmt::Display for CellKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.row.is_empty() {
            write!(formatter, "{}[{}]", self.form, self.column)
        } else {
            write!(formatter, "{}[{}, {}]", self.form, self.row, self.column)
        }
    }
}
