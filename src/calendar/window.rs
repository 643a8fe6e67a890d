//! From a period to dates: the window of its figures (thời gian chốt số liệu) and points relative to it.
//!
//! Deliberately does not know: deadlines and working days.
//! On broken input: a rule whose end lies before its start gives a reversed range, which [`DateRange::is_reversed`]
//! tells; the analysis of a regime reports it to the author.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;
use super::dates::{day_of_month, days_after, days_between, show_date};
use super::extent::PeriodDays;
use super::kind::PeriodKind;

/// All days from one date to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateRange {
    /// First day.
    pub from: Date,
    /// Last day; of a window this is the cut-off (ngày chốt số liệu).
    pub to: Date,
}

impl DateRange {
    /// Whether the day lies in the range.
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// Whether some day lies in both ranges.
    pub fn overlaps(&self, other: &DateRange) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether the end lies before the start, so that no day is in the range.
    pub fn is_reversed(&self) -> bool {
        self.to < self.from
    }

    /// The number of days; 0 for a reversed range.
    pub fn days(&self) -> i32 {
        (days_between(self.from, self.to) + 1).max(0)
    }

    /// The day before the range begins; an opening figure is the closing figure of that day.
    pub fn day_before(&self) -> Date {
        days_after(self.from, -1)
    }
}

/// `15/03/2026 – 14/06/2026`
impl fmt::Display for DateRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} – {}",
            show_date(self.from),
            show_date(self.to)
        )
    }
}

/// A month counted from the months of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthReference {
    /// tháng trước kỳ
    Before,
    /// tháng đầu kỳ
    First,
    /// tháng cuối kỳ
    Last,
    /// tháng sau kỳ
    After,
}

/// A year counted from the year of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearReference {
    /// năm trước
    Last,
    /// The year of the period itself.
    Same,
    /// năm sau
    Next,
}

/// A day that a regime names, made a date by the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Point {
    /// One fixed date: `14/06/2026`.
    Fixed(Date),
    /// `15/12 last year`, `31/01 next year`, `14/06`. 29/02 means 28/02 in a common year.
    DayAndMonth {
        /// Day of the month.
        day: u8,
        /// Month, from 1.
        month: u8,
        /// Year, as seen from the period.
        year: YearReference,
    },
    /// `day 25 of last month`; the last day where the month is shorter.
    DayOf {
        /// Day of the month.
        day: u8,
        /// Month, as seen from the period.
        month: MonthReference,
    },
    /// `last day of last month`.
    LastDayOf {
        /// Month, as seen from the period.
        month: MonthReference,
    },
}

impl Point {
    /// The date that the point means for a period.
    pub fn date(&self, period: &PeriodDays) -> Date {
        match *self {
            Point::Fixed(date) => date,
            Point::DayAndMonth { day, month, year } => {
                let years = match year {
                    YearReference::Last => -1,
                    YearReference::Same => 0,
                    YearReference::Next => 1,
                };
                period.in_own_year(day, month, years)
            }
            Point::DayOf { day, month } => day_in(month, day, period),
            Point::LastDayOf { month } => day_in(month, 31, period),
        }
    }
}

/// A day of a month that is counted from the first or last month in which the period has days.
fn day_in(month: MonthReference, day: u8, period: &PeriodDays) -> Date {
    let (from, to) = (period.days.from, period.days.to);
    let (of, ahead) = match month {
        MonthReference::Before => (from, -1),
        MonthReference::First => (from, 0),
        MonthReference::Last => (to, 0),
        MonthReference::After => (to, 1),
    };
    day_of_month(of.year(), i16::from(of.month()) + ahead, day)
}

/// How a regime says which days its figures are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowRule {
    /// Decree 09/2019/NĐ-CP, Art. 12: from the 15th of the month before the period to the 14th of its last month.
    /// The decree does not name nine months; the Government Inspectorate and provinces use the same bounds for them.
    Decree09,
    /// The calendar days of the period.
    Calendar,
    /// One moment; every figure is a stock of that day.
    At(Point),
    /// From one day to another, both included.
    FromTo(Point, Point),
    /// cả đợt: from the day an event was opened to the day of the report, or to the event's end.
    WholeEvent,
}

impl WindowRule {
    /// The days of the period's figures. Of an event whose beginning is not known, only the period's own days.
    pub fn window(&self, period: &PeriodDays) -> DateRange {
        let between = |from: &Point, to: &Point| DateRange {
            from: from.date(period),
            to: to.date(period),
        };
        match self {
            WindowRule::Decree09 => between(
                &Point::DayOf {
                    day: 15,
                    month: MonthReference::Before,
                },
                &Point::DayOf {
                    day: 14,
                    month: MonthReference::Last,
                },
            ),
            WindowRule::Calendar => period.days,
            WindowRule::At(point) => between(point, point),
            WindowRule::FromTo(from, to) => between(from, to),
            WindowRule::WholeEvent => DateRange {
                from: period
                    .event
                    .map_or(period.days.from, |event| event.start.date()),
                to: period.days.to,
            },
        }
    }

    /// Whether the window says something about periods of a kind: the decree is about months and what is made of them, a whole event about periods that
    /// follow one.
    pub fn is_about(&self, kind: PeriodKind) -> bool {
        match self {
            WindowRule::Decree09 => {
                kind.month_count().is_some() || matches!(kind, PeriodKind::Named(_))
            }
            WindowRule::WholeEvent => kind.event().is_some(),
            WindowRule::Calendar | WindowRule::At(_) | WindowRule::FromTo(..) => true,
        }
    }

    /// Whether the window is one moment.
    pub fn is_moment(&self) -> bool {
        matches!(self, WindowRule::At(_))
    }
}
