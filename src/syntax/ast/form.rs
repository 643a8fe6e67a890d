//! Forms: columns, rows, groups and the attributes of figures.
//!
//! Whether a column named in a formula exists is not known here; a part left out is `None`.

use super::expression::{CellRef, Expr, Number};
use super::header::{Channel, SignBy, Version};
use super::rule::Rule;
use super::time::{Covers, Deadline, Figures, Only, Vintage, Window};
use super::words::Code;
use super::{Spanned, Stray, Who};
use crate::text::Span;

/// `form NAME "printed sign" "title" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its name; absent if the head is unreadable.
    pub name: Option<Spanned<String>>,
    /// The printed sign, or the title if only one text is given.
    pub sign: Option<Spanned<String>>,
    /// The title.
    pub title: Option<Spanned<String>>,
    /// A version of its own.
    pub version: Option<Version>,
    /// Its parts in the order written.
    pub members: Vec<FormMember>,
    /// Lines of its block that are no part of a form.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormMember {
    /// `default`, mặc định.
    Default(Default),
    /// `only in / for / when`.
    Only(Only),
    /// `window`.
    Window(Window),
    /// `covers`.
    Covers(Covers),
    /// `deadline`.
    Deadline(Deadline),
    /// `channel`.
    Channel(Channel),
    /// `sign by`.
    SignBy(SignBy),
    /// `figures are`.
    Figures(Figures),
    /// Where the rows come from.
    Rows(Rows),
    /// `consolidated rows …`, bản tổng hợp.
    ConsolidatedRows(Rows),
    /// `total row`, dòng tổng.
    TotalRow(Total),
    /// `total group`, nhóm tổng.
    TotalGroup(Total),
    /// `column`, cột.
    Column(Cells),
    /// `group`, nhóm.
    Group(Group),
    /// `row`, dòng.
    Row(Row),
    /// `field`, trường.
    Field(Cells),
    /// A rule of the form.
    Rule(Rule),
}

/// Attributes for the cells of the form that say nothing themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Default {
    /// The attributes, at least one.
    pub attributes: Vec<Spanned<Attribute>>,
    /// The statement.
    pub span: Span,
}

/// Where the rows of a form come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The source.
    pub source: RowSource,
    /// The statement.
    pub span: Span,
}

/// The sources of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowSource {
    /// `rows each reporting unit`, mỗi dòng một đơn vị báo cáo.
    EachReportingUnit {
        /// How they are grouped in print.
        grouped_by: Option<Spanned<UnitGrouping>>,
    },
    /// `rows chosen from`, dòng chọn từ: a catalog.
    ChosenFrom(Spanned<String>),
    /// `rows from`, dòng lấy từ: a catalog.
    From {
        /// The catalog.
        catalog: Spanned<String>,
        /// The field that says in which row a report counts.
        grouped_by: Option<CellRef>,
    },
}

/// How rows of units are grouped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitGrouping {
    /// `grouped by level`, nhóm theo cấp.
    Level,
    /// By a catalog or attribute of units.
    Named(String),
}

/// A total row or total group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// What is printed.
    pub label: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// A column or a field: a line of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// Printed number.
    pub code: Option<Spanned<String>>,
    /// Name.
    pub name: Option<Spanned<String>>,
    /// Printed label.
    pub label: Spanned<String>,
    /// Attributes in the order written.
    pub attributes: Vec<Spanned<Attribute>>,
    /// `= a = b`.
    pub formula: Option<Formula>,
    /// The statement.
    pub span: Span,
}

/// A row, with the rows inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, name, label, attributes and formula.
    pub cells: Cells,
    /// Rows and groups inside it.
    pub members: Vec<GroupMember>,
    /// Lines of its block that are no row.
    pub strays: Vec<Stray>,
    /// The whole block.
    pub span: Span,
}

/// A group of columns, or a heading among rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Printed number.
    pub code: Option<Spanned<String>>,
    /// What it is repeated for.
    pub each: Option<Spanned<Each>>,
    /// Printed label.
    pub label: Option<Spanned<String>>,
    /// Attributes that pass to what is inside.
    pub attributes: Vec<Spanned<Attribute>>,
    /// What is inside.
    pub members: Vec<GroupMember>,
    /// Lines of its block that are no part of a group.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// What a group is repeated for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Each {
    /// `each reporting unit`, mỗi đơn vị báo cáo.
    ReportingUnit,
    /// `each CATALOG`, mỗi.
    Entry(String),
}

/// A part of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupMember {
    /// A column.
    Column(Cells),
    /// A group inside.
    Group(Group),
    /// A row.
    Row(Row),
}

/// A chain `= a = b`: the first side computes, the others must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The sides, at least one.
    pub sides: Vec<Expr>,
    /// The chain with its first sign.
    pub span: Span,
}

/// An attribute of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `measure m`, đơn vị tính.
    Measure(Spanned<String>),
    /// `own measure NAME`: a column keeps its unit of measure whatever its rows say.
    OwnMeasure(Spanned<String>),
    /// The type of the value.
    Type(ValueType),
    /// How it adds up.
    Nature(Nature),
    /// `indicator X`, chỉ tiêu.
    Indicator(Spanned<String>),
    /// `code …`, mã số.
    Code(Code),
    /// `range a .. b`, khoảng.
    Range(Bound, Bound),
    /// `split …`, chia ra.
    Split {
        /// The column divided.
        of: Option<CellRef>,
        /// The catalog whose entries divide it.
        by: Option<Spanned<String>>,
        /// Whether the unit's registry opens one member only.
        from_registry: bool,
    },
    /// `of which …`, trong đó: each a trait, or traits together.
    OfWhich(Vec<Vec<Spanned<String>>>),
    /// `optional`, không bắt buộc.
    Optional,
    /// `required when`, bắt buộc khi.
    RequiredWhen(Expr),
    /// `closed when`, đóng khi.
    ClosedWhen(Expr),
    /// `only in / for / when`.
    Only(Only),
    /// `entered [c]`, nhập tay.
    Entered(Vec<CellRef>),
    /// `closed [c]`, đóng.
    Closed(Vec<CellRef>),
    /// `only [c] = …`, riêng.
    OnlyCell(CellRef, Expr),
    /// `carry from …`, kết chuyển từ.
    CarryFrom(Expr),
    /// `within …`, nằm trong.
    Within(Expr),
    /// `printed as "…"`, in là.
    PrintedAs(Spanned<String>),
    /// `same for [c]`, như nhau theo.
    SameFor(CellRef),
    /// `matching "…"`, theo mẫu.
    Matching(Spanned<String>),
    /// `shows …`, hiện.
    Shows(Shows),
    /// `plan T`, theo kế hoạch.
    Plan(Spanned<String>),
    /// `planned`, số kế hoạch.
    Planned,
    /// `for previous`, của kỳ trước.
    ForPrevious,
    /// Vintages.
    Vintages(Vec<Vintage>),
    /// `filled by …`, cơ quan nhập.
    FilledBy(FilledBy),
    /// `from registry`, lấy từ hồ sơ đơn vị.
    FromRegistry,
    /// `owner X`, chủ quản.
    Owner(Spanned<String>),
    /// `broken down by …`, phân tổ.
    BrokenDownBy(Vec<Spanned<String>>),
    /// `defined as "…"`, định nghĩa.
    DefinedAs(Spanned<String>),
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// `count`, số đếm: whole, not negative.
    Count,
    /// `integer`, số nguyên.
    Integer,
    /// `decimal(n)`, số thập phân.
    Decimal(Spanned<u32>),
    /// `percent(n)`, phần trăm.
    Percent(Spanned<u32>),
    /// `text`, văn bản.
    Text,
    /// `date`, ngày tháng.
    Date,
    /// `yes or no`, có hay không.
    YesOrNo,
    /// `choice C`, chọn một.
    Choice(Spanned<String>),
    /// `file`, tệp.
    File,
    /// `reporter`, đơn vị báo cáo.
    Reporter,
}

/// How a figure adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nature {
    /// `flow`, phát sinh.
    Flow,
    /// `opening`, số đầu kỳ.
    Opening,
    /// `stock`, số cuối kỳ.
    Stock,
    /// `since year`, lũy kế từ đầu năm.
    SinceYear,
    /// `since event`, lũy kế từ đầu đợt.
    SinceEvent,
    /// `since start`, lũy kế từ khởi công.
    SinceStart,
    /// `not over time`, không cộng theo kỳ.
    NotOverTime,
    /// `period average`, bình quân kỳ.
    PeriodAverage,
    /// `average by w`, bình quân theo.
    AverageBy(Expr),
    /// `index`, chỉ số.
    Index,
    /// `score`, điểm số.
    Score,
}

/// A bound of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A number, negative or not.
    Number {
        /// Whether a minus sign stands before it.
        negative: bool,
        /// Its digits.
        number: Spanned<Number>,
    },
    /// A cell of the same row.
    Cell(CellRef),
}

/// What a printed stub column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// `ordinal`, số thứ tự.
    Ordinal,
    /// `label`, tên dòng.
    Label,
    /// `measure`, đơn vị tính.
    Measure,
    /// `code`, mã số.
    Code,
}

/// Who fills a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilledBy {
    /// `recipient`, nơi nhận: open to the receiver after sending.
    Recipient,
    /// Agencies or levels.
    Who(Vec<Who>),
}
