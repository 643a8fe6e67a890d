//! Periods, windows, deadlines, vintages, applicability in time.
//!
//! Days are digits that may not exist and kinds of period are words; `calendar` gives them meaning.

use super::expression::Expr;
use super::header::{Channel, SignBy};
use super::{Clock, Date, DayMonth, Spanned, Stray, Who};
use crate::text::Span;

/// `window …`: until when data are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The span.
    pub extent: Spanned<Extent>,
    /// The statement.
    pub span: Span,
}

/// `covers …`: the span the figures describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covers {
    /// The span.
    pub extent: Spanned<Extent>,
    /// The statement.
    pub span: Span,
}

/// A span of time relative to a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// `decree 09`, nghị định 09.
    Decree09,
    /// `calendar`, theo lịch.
    Calendar,
    /// `whole event`, cả đợt.
    WholeEvent,
    /// `at 30/09`.
    At(Spanned<Point>),
    /// `from … to …`, both days included.
    FromTo(Spanned<Point>, Spanned<Point>),
}

/// A day relative to a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A fixed date.
    Date(Date),
    /// The last day of a month.
    LastDay(MonthOf),
    /// A day of a month.
    DayOf(u32, MonthOf),
    /// A day of a year.
    DayMonth(DayMonth, YearOf),
}

/// A month relative to a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthOf {
    /// The month before the period.
    Before,
    /// The first month of the period.
    First,
    /// The last month of the period.
    Last,
    /// The month after the period.
    After,
}

/// A year relative to a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearOf {
    /// The year before.
    Last,
    /// The year of the period.
    Same,
    /// The year after.
    Next,
}

/// A kind of period, or one of its kind: `quarter`, `quarter 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// `month`, tháng, with its number if one is picked.
    Month(Option<u32>),
    /// `quarter`, quý, with its number if one is picked.
    Quarter(Option<u32>),
    /// `year`, năm, with its number if one is picked.
    Year(Option<u32>),
    /// `first half`, 6 tháng đầu năm.
    FirstHalf,
    /// `second half`, 6 tháng cuối năm.
    SecondHalf,
    /// `nine months`, 9 tháng.
    NineMonths,
    /// `daily of EVENT`.
    DailyOf(Spanned<String>),
    /// `end of EVENT`.
    EndOf(Spanned<String>),
    /// `on request`.
    OnRequest,
    /// `day`, ngày.
    Day,
    /// `week`, tuần, with its first day if one is said.
    Week(Option<Spanned<Weekday>>),
    /// `ten days`, 10 ngày: the 1st to the 10th, the 11th to the 20th, the rest of a month.
    TenDays,
    /// A kind or a campaign that the project declares.
    Named(String),
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    /// `monday`, thứ hai.
    Monday,
    /// `tuesday`, thứ ba.
    Tuesday,
    /// `wednesday`, thứ tư.
    Wednesday,
    /// `thursday`, thứ năm.
    Thursday,
    /// `friday`, thứ sáu.
    Friday,
    /// `saturday`, thứ bảy.
    Saturday,
    /// `sunday`, chủ nhật.
    Sunday,
}

/// `period quarter, year derived from quarter { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The kinds, at least one unless the head is unreadable.
    pub kinds: Vec<Spanned<Which>>,
    /// How the figures relate to those of shorter periods.
    pub relation: Option<Relation>,
    /// What holds for these kinds only.
    pub members: Vec<PeriodMember>,
    /// Lines of its block that are no statement of a period.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The statement.
    pub span: Span,
}

/// How a period relates to shorter ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The relation.
    pub kind: RelationKind,
    /// The shorter kinds; empty for `independent`.
    pub to: Vec<Spanned<Which>>,
    /// The clause.
    pub span: Span,
}

/// The relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// `derived from`, cộng từ.
    DerivedFrom,
    /// `checked against`, đối chiếu với.
    CheckedAgainst,
    /// `independent`, nhập riêng.
    Independent,
}

/// What a period may say of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodMember {
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
    /// `waived when`, miễn khi.
    WaivedWhen(Expr, Span),
}

/// `deadline so by day 20 of last month on holiday unchanged`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Whose deadline.
    pub of: DeadlineOf,
    /// When.
    pub due: Due,
    /// What a day of rest does to it.
    pub on_holiday: Option<Spanned<OnHoliday>>,
    /// The statement.
    pub span: Span,
}

/// Whose deadline it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeadlineOf {
    /// `first report`, báo cáo đầu tiên.
    FirstReport,
    /// Levels and agencies.
    Who(Vec<Who>),
}

/// When a report is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// `local`, địa phương quy định.
    Local,
    /// `by`, chậm nhất: the day counts.
    By(Spanned<DueTime>),
    /// `before`, trước: the day does not count.
    Before(Spanned<DueTime>),
}

/// The moment of a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueTime {
    /// `17:00`, with a day if one is said.
    Clock(Clock, Option<Spanned<Point>>),
    /// `2 working days after cutoff`.
    After {
        /// How many.
        count: u32,
        /// Of what.
        unit: DelayUnit,
        /// After what.
        anchor: Anchor,
    },
    /// A day, with a time if one is said.
    Point(Spanned<Point>, Option<Clock>),
}

/// What a delay is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DelayUnit {
    /// `working days`, ngày làm việc.
    WorkingDays,
    /// `days`, ngày.
    Days,
    /// `hours`, giờ.
    Hours,
}

/// What a delay is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// `cutoff`, chốt số liệu.
    Cutoff,
    /// `event start`, đợt bắt đầu.
    EventStart,
    /// `event end`, đợt kết thúc.
    EventEnd,
}

/// What a day of rest does to a fixed deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnHoliday {
    /// `next`, lùi.
    Next,
    /// `previous`, sớm hơn.
    Previous,
    /// `unchanged`, giữ nguyên.
    Unchanged,
}

/// `figures are preliminary`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The vintage.
    pub vintage: Spanned<Vintage>,
    /// The statement.
    pub span: Span,
}

/// How settled a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vintage {
    /// `estimate`, ước tính.
    Estimate,
    /// `preliminary`, sơ bộ.
    Preliminary,
    /// `final`, chính thức.
    Final,
}

/// Where a part applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// The condition.
    pub kind: OnlyKind,
    /// The clause.
    pub span: Span,
}

/// The conditions of applicability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnlyKind {
    /// `only in`, chỉ trong.
    In(Vec<Spanned<Which>>),
    /// `only for`, chỉ với.
    For(Vec<Who>),
    /// `only when`, chỉ khi.
    When(Expr),
}
