//! Words by which figures of several regimes are compared: indicators, targets, traits, exchange codes.
//!
//! Names and attributes are as written; whether an attribute fits an indicator is decided in
//! `analysis`. A table is named by its path, never opened.

use super::form::{Attribute, Formula};
use super::time::Which;
use super::words::Code;
use super::{Spanned, Stray, Who};
use crate::text::Span;

/// `indicator THU_NS "Thu ngân sách" code "KT.0301" measure ty_dong decimal(1) owner so_tai_chinh`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// Attributes in the order written: any attribute of a cell, and those of indicators only.
    pub attributes: Vec<Spanned<Attribute>>,
    /// A formula over other indicators.
    pub formula: Option<Formula>,
    /// The statement.
    pub span: Span,
}

/// `target KH_TINH "Kế hoạch tỉnh giao" basis "…" given to xa, so from "kh_tinh.csv" adds up`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// The kind of decision that assigns the values.
    pub basis: Option<Spanned<String>>,
    /// Levels and agencies that values are assigned to.
    pub given_to: Vec<Who>,
    /// The file with the values, relative to the one at hand.
    pub table: Spanned<String>,
    /// Where `adds up` is said: the values of the units below should make the whole.
    pub adds_up: Option<Span>,
    /// The statement.
    pub span: Span,
}

/// `trait nu "Nữ" code "PT_NU"`: a yes/no property that overlaps freely with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trait {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// Its code in exchange formats.
    pub code: Option<Code>,
    /// The statement.
    pub span: Span,
}

/// `export qcvn125 "QCVN 125:2021/BTTTT" { period month "YYYYMM" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name.
    pub name: Spanned<String>,
    /// The exchange format.
    pub label: Spanned<String>,
    /// The codes of kinds of period.
    pub periods: Vec<ExportPeriod>,
    /// Lines of its block that are no statement of an export.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// The code of a kind of period in an exchange format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPeriod {
    /// The kind of period.
    pub which: Spanned<Which>,
    /// Its code.
    pub code: Spanned<String>,
    /// The statement.
    pub span: Span,
}
