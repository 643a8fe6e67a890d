//! Project words: units of measure, levels, tables, tags, agencies, catalogs, calendar, period kinds, campaigns.
//!
//! A table is named by its path, never opened; an entry without a label keeps its name.

use super::expression::Expr;
use super::time::{Point, Which};
use super::{Date, Dated, DayMonth, Spanned, Stray};
use crate::text::Span;

/// `measure trieu_dong "triệu đồng" = 1_000_000 * dong`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Option<Spanned<String>>,
    /// What it is made of; absent for a base of its own.
    pub definition: Option<Expr>,
    /// The statement.
    pub span: Span,
}

/// `level xa "Cấp xã" { item xa "xã" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// The rung beside which it hangs; absent for a rung of the ladder.
    pub of: Option<Spanned<String>>,
    /// When it exists.
    pub dated: Option<Dated>,
    /// The kinds of unit on it.
    pub entries: Vec<Entry>,
    /// Lines of its block that are no entry.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// `item dac_khu "đặc khu" from 01/07/2025`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// Its code in exchange formats.
    pub code: Option<Code>,
    /// When it is valid.
    pub dated: Option<Dated>,
    /// The entries below it.
    pub entries: Vec<Entry>,
    /// Lines of its block that are no entry.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// `code "PT_NU"`, or printed codes `code 20, 30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// An export code in quotes.
    Text(Spanned<String>),
    /// Printed codes, one per generated row.
    Printed(Vec<Spanned<String>>),
}

/// A table of facts about units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Which facts.
    pub kind: FactsKind,
    /// The file, relative to the one at hand.
    pub file: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// The tables of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactsKind {
    /// `units from`, bảng đơn vị.
    Units,
    /// `links from`, bảng quan hệ.
    Links,
    /// `successors from`, bảng kế thừa.
    Successors,
}

/// `tag chu_dau_tu "Chủ đầu tư"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// `agency so_tai_chinh "Sở Tài chính" level so`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// The level on which it stands.
    pub level: Option<Spanned<String>>,
    /// The statement.
    pub span: Span,
}

/// `catalog nguon_von "Nguồn vốn" { … }` or `… from "nguon_von.csv"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Option<Spanned<String>>,
    /// Its code in exchange formats.
    pub code: Option<Code>,
    /// The numbering of each depth of the tree in print.
    pub numbered: Vec<Spanned<String>>,
    /// Where its entries are.
    pub source: CatalogSource,
    /// Lines of its block that are no entry.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// Where the entries of a catalog are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogSource {
    /// In the block.
    Entries(Vec<Entry>),
    /// In a file, relative to the one at hand.
    Table(Spanned<String>),
}

/// `calendar viet_nam "Ngày nghỉ" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// The holidays.
    pub holidays: Vec<Holiday>,
    /// Tables of lunar days that override the computed ones.
    pub lunar: Vec<Spanned<String>>,
    /// Tables of yearly decisions.
    pub decisions: Vec<Spanned<String>>,
    /// Lines of its block that are no statement of a calendar.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// `holiday "Quốc khánh" on 02/09 and decided 1 days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// What is printed.
    pub label: Spanned<String>,
    /// The fixed day, if there is one.
    pub day: Option<HolidayDay>,
    /// Number of further days that a decision fixes each year.
    pub decided: Option<Spanned<u32>>,
    /// In which years it holds.
    pub dated: Option<Dated>,
    /// The statement.
    pub span: Span,
}

/// A fixed day of rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HolidayDay {
    /// Whether the day is of the lunar calendar.
    pub lunar: bool,
    /// The day.
    pub day: DayMonth,
    /// Where it stands.
    pub span: Span,
}

/// `period kind dau_nam_hoc "Đầu năm học" at 30/09 year starts 01/09`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodKind {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// Which time it is.
    pub extent: KindExtent,
    /// First day of the year it counts in.
    pub year_starts: Option<Spanned<DayMonth>>,
    /// The statement.
    pub span: Span,
}

/// The time of a kind of period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindExtent {
    /// `= month 1 .. month 11`.
    Union(Spanned<Which>, Spanned<Which>),
    /// `at 30/09`.
    At(Spanned<Point>),
    /// `from … to …`.
    FromTo(Spanned<Point>, Spanned<Point>),
}

/// `campaign kiem_ke "Kiểm kê đất đai 2024" from 01/08/2024 to 30/06/2025`: a kind of period that
/// happens once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Its name.
    pub name: Spanned<String>,
    /// What is printed.
    pub label: Spanned<String>,
    /// First day.
    pub from: Spanned<Date>,
    /// Last day.
    pub to: Spanned<Date>,
    /// The statement.
    pub span: Span,
}
