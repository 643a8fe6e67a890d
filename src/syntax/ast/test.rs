//! Tests that a regime carries: a reporter, a period, given cells, expectations.
//!
//! Expectations are data, nothing is run here; a row without its values is kept as it stands.

use super::expression::{CellRef, Expr, Number, Pick, RowRef};
use super::{Clock, Date, Spanned, Stray, Who};
use crate::text::Span;

/// `test "…" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// What it shows; absent if the head is unreadable.
    pub title: Option<Spanned<String>>,
    /// Its parts in the order written.
    pub members: Vec<TestMember>,
    /// Lines of its block that are no part of a test.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// A part of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestMember {
    /// `reporter "…"`, đơn vị báo cáo.
    Reporter(Reporter),
    /// `period quarter 2/2026`.
    Period(Spanned<Instance>),
    /// `given …`, cho.
    Given(Given),
    /// `expect …`, mong đợi.
    Expect(Expect),
    /// `given event`, cho đợt.
    GivenEvent(GivenEvent),
    /// `given plan`, cho kế hoạch.
    GivenPlan(GivenPlan),
    /// `given registry`, cho hồ sơ đơn vị.
    GivenRegistry(GivenRegistry),
    /// `given succession`, cho kế thừa.
    GivenSuccession(GivenSuccession),
    /// `given narrative`, cho nội dung.
    GivenNarrative(GivenNarrative),
}

/// The unit whose report is tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reporter {
    /// Its name in words.
    pub unit: Spanned<String>,
    /// Its level, for a unit of this test only.
    pub level: Option<Spanned<String>>,
    /// Its tags, for a unit of this test only.
    pub tags: Vec<Spanned<String>>,
    /// The statement.
    pub span: Span,
}

/// One period of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instance {
    /// `month 5/2026`.
    Month(u32, u32),
    /// `quarter 2/2026`.
    Quarter(u32, u32),
    /// `first half 2026`.
    FirstHalf(u32),
    /// `second half 2026`.
    SecondHalf(u32),
    /// `nine months 2026`.
    NineMonths(u32),
    /// `year 2026`.
    Year(u32),
    /// `day 27/09/2025`.
    Day(Date),
    /// `daily of dot 27/09/2025`.
    DailyOf(Spanned<String>, Date),
    /// `on request 05/05/2026`: the day of the request.
    OnRequest(Date),
    /// `end of dot`, `end of dot 2`: the event, and which of those that a test supposes; the first if none is said.
    EndOf(Spanned<String>, Option<u32>),
    /// `week 7/2026`: the number of the week and its year.
    Week(u32, u32),
    /// `ten days 2 month 5/2026`: which of the three, the month, the year.
    TenDays(u32, u32, u32),
    /// `dau_nam_hoc 2025-2026`: a kind of the project, its year, and the second year if written; a
    /// campaign has no year.
    Named(Spanned<String>, Option<u32>, Option<u32>),
}

/// `given event dot { loai: bao  start: 26/09/2025 }`: an event that is open or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenEvent {
    /// The event.
    pub event: Spanned<String>,
    /// Its start and its end, as far as they are said.
    pub moments: Vec<Moment>,
    /// The values of its fields.
    pub fields: Vec<Pair>,
    /// Lines of its block that cannot be read.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// A moment of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Whether it is the start, `start`, bắt đầu, and not the end, `end`, kết thúc.
    pub starts: bool,
    /// The day.
    pub date: Spanned<Date>,
    /// The time of day, if one is said.
    pub clock: Option<Clock>,
    /// Word and moment.
    pub span: Span,
}

/// `given plan KH_TINH { THU_NS: 24_000 }`: assigned plan values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenPlan {
    /// The target.
    pub target: Spanned<String>,
    /// The unit the values are assigned to, if it is not the reporter.
    pub of: Option<Spanned<String>>,
    /// The period, if it is another one.
    pub during: Option<Spanned<Instance>>,
    /// The values by indicator; a pair's place is the indicator.
    pub data: GivenData,
    /// Lines of its block that cannot be read.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// `given registry "Trường A" { loai_hinh: cong_lap }`: attributes of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenRegistry {
    /// The unit by its name.
    pub unit: Spanned<String>,
    /// The attributes.
    pub attributes: Vec<Pair>,
    /// Lines of its block that cannot be read.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// `given succession "Tỉnh A", "Tỉnh B" -> "Tỉnh C" from 01/07/2025`: a merger or a division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenSuccession {
    /// The units that end, at least one.
    pub old: Vec<Spanned<String>>,
    /// The units that follow, at least one.
    pub heirs: Vec<Heir>,
    /// The first day of the heirs.
    pub from: Spanned<Date>,
    /// The statement.
    pub span: Span,
}

/// A unit that follows others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heir {
    /// Its name.
    pub unit: Spanned<String>,
    /// Its share of what there was, `55%`.
    pub share: Option<Spanned<Number>>,
    /// Both.
    pub span: Span,
}

/// `given narrative tinh_hinh "…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenNarrative {
    /// The narrative.
    pub narrative: Spanned<String>,
    /// What is written.
    pub text: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// Figures that a test supposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Whether they are of the period before, `given previous`.
    pub previous: bool,
    /// The form, with its regime before it if it is another's.
    pub form: Vec<Spanned<String>>,
    /// The unit, if it is not the reporter.
    pub of: Option<Spanned<String>>,
    /// The period, if it is another one.
    pub during: Option<Spanned<Instance>>,
    /// The figures.
    pub data: GivenData,
    /// Lines of its block that cannot be read.
    pub strays: Vec<Stray>,
    /// The statement.
    pub span: Span,
}

/// Where given figures stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenData {
    /// `missing`, chưa gửi: the report was not sent.
    Missing(Span),
    /// In a file, relative to the one at hand.
    Table(Spanned<String>),
    /// In the block.
    Cells(Vec<GivenCells>),
}

/// Given cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenCells {
    /// `3: 40`, or with its row `dat_dai, 3: 40`.
    Pair(Pair),
    /// `row dat_dai { 4: 120  5: 30 }`.
    Row {
        /// Printed code or name of the row.
        row: Spanned<String>,
        /// Its cells.
        pairs: Vec<Pair>,
        /// Lines of its block that cannot be read.
        strays: Vec<Stray>,
        /// The whole block.
        span: Span,
    },
    /// `columns 4 5` and the lines below it.
    Table(Table),
}

/// A cell and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Printed codes or names: a column, or a row and a column.
    pub place: Vec<Spanned<String>>,
    /// The value.
    pub value: Spanned<Value>,
    /// Both.
    pub span: Span,
}

/// Values side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Printed codes or names of the columns.
    pub columns: Vec<Spanned<String>>,
    /// The lines.
    pub rows: Vec<TableRow>,
    /// The whole table.
    pub span: Span,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Printed code or name of the row; absent in a list.
    pub row: Option<Spanned<String>>,
    /// As many values as written; whether they fit the columns is not known here.
    pub values: Vec<Spanned<Value>>,
    /// The line.
    pub span: Span,
}

/// A value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number {
        /// Whether a minus sign stands before it.
        negative: bool,
        /// Its digits.
        number: Number,
    },
    /// A date.
    Date(Date),
    /// A text.
    Text(String),
    /// `nil`, không phát sinh.
    Nil,
    /// `blank`, trống.
    Blank,
    /// `closed`, x.
    Closed,
    /// `yes`, có.
    Yes,
    /// `no`, không.
    No,
    /// An entry of a catalog.
    Name(String),
}

/// What a test expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The expectation.
    pub kind: ExpectKind,
    /// The forms whose own deadline or span it is about, `for forms`, với biểu; none: those of the whole report.
    pub forms: Vec<Spanned<String>>,
    /// The statement.
    pub span: Span,
}

/// The expectations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectKind {
    /// `valid`, hợp lệ.
    Valid,
    /// `complete`, đầy đủ: valid, and every narrative is written.
    Complete,
    /// A rule or a cell's own rules have this outcome.
    Outcome(Outcome, RuleTarget),
    /// `due xa = 27/09/2025 17:00`.
    Due(Who, Spanned<Date>, Option<Clock>),
    /// `window = … to …`.
    Window(Spanned<Date>, Spanned<Date>),
    /// `covers = … to …`.
    Covers(Spanned<Date>, Spanned<Date>),
    /// `route BT02 -> …`: the next recipient; absent for `along the tree`.
    Route(Spanned<String>, Option<Who>),
    /// `prints XLD01[6] "…"`.
    Prints(CellRef, Spanned<String>),
    /// `XLD01[1] = 45 partial 2 of 3`.
    Value {
        /// What is looked at.
        subject: Expr,
        /// What it must be.
        value: Spanned<Value>,
        /// The reason of a blank.
        reason: Option<Spanned<String>>,
        /// How many of how many reports it rests on.
        partial: Option<(Spanned<u32>, Spanned<u32>)>,
    },
}

/// Outcomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// `fails`, vi phạm.
    Fails,
    /// `warns`, có cảnh báo.
    Warns,
    /// `undecided`, chưa xét được.
    Undecided,
    /// `holds`, đạt.
    Holds,
    /// `inapplicable`, không áp dụng.
    Inapplicable,
}

/// The rule an expectation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleTarget {
    /// A cell's own rules.
    Cell(CellRef),
    /// A row's own rules.
    Row(RowRef),
    /// A rule by its identifier.
    Rule(Spanned<String>),
    /// One of a cell's own rules.
    Own(OwnRule),
    /// A written rule without an identifier.
    Unnamed(UnnamedRule),
}

/// `XLD01[6]/chain`, `TH[23, 2]/bounds2`: one of a cell's own rules, by its name in reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRule {
    /// The cell.
    pub cell: CellRef,
    /// What stands behind the stroke.
    pub name: Spanned<String>,
    /// The whole of it.
    pub span: Span,
}

/// `TH/check:3[10, 1]`: a written rule without an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnnamedRule {
    /// Name of the form it stands in, or of the regime.
    pub place: Spanned<String>,
    /// `check:3`: its number among the written rules of the regime.
    pub number: Spanned<String>,
    /// Which of the rules that one text stands for.
    pub picks: Vec<Spanned<Pick>>,
    /// The whole of it.
    pub span: Span,
}
