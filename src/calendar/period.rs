//! Reporting periods (kỳ báo cáo) and their codes `2026-05`, `2026-Q2`, `2026-H1`, `2026-H2`, `2026-9M`, `2026`.
//!
//! Deliberately does not know: windows of figures and deadlines, which a regime chooses.
//! On broken input: a [`PeriodProblem`] tells a malformed code, a number out of range, and a code that is
//! well formed but of a kind this version does not collect.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::dates::day_of_month;
use super::window::DateRange;

/// The first and the last year a period may lie in; outside them a year is a slip of the keyboard.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A standard kind of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// tháng
    Month,
    /// quý
    Quarter,
    /// 6 tháng đầu năm
    FirstHalf,
    /// 6 tháng cuối năm
    SecondHalf,
    /// 9 tháng
    NineMonths,
    /// năm
    Year,
}

impl PeriodKind {
    /// All kinds, the shortest first.
    pub const ALL: [PeriodKind; 6] = [
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::FirstHalf,
        PeriodKind::SecondHalf,
        PeriodKind::NineMonths,
        PeriodKind::Year,
    ];

    /// How many periods of this kind a year has.
    pub fn per_year(self) -> u8 {
        match self {
            PeriodKind::Month => 12,
            PeriodKind::Quarter => 4,
            PeriodKind::FirstHalf
            | PeriodKind::SecondHalf
            | PeriodKind::NineMonths
            | PeriodKind::Year => 1,
        }
    }

    /// How many calendar months one period of this kind has.
    pub fn month_count(self) -> u8 {
        match self {
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::FirstHalf | PeriodKind::SecondHalf => 6,
            PeriodKind::NineMonths => 9,
            PeriodKind::Year => 12,
        }
    }

    /// The kind's name in Vietnamese.
    pub fn name_vi(self) -> &'static str {
        match self {
            PeriodKind::Month => "tháng",
            PeriodKind::Quarter => "quý",
            PeriodKind::FirstHalf => "6 tháng đầu năm",
            PeriodKind::SecondHalf => "6 tháng cuối năm",
            PeriodKind::NineMonths => "9 tháng",
            PeriodKind::Year => "năm",
        }
    }

    /// The kind's name in English.
    pub fn name_en(self) -> &'static str {
        match self {
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::FirstHalf => "first half",
            PeriodKind::SecondHalf => "second half",
            PeriodKind::NineMonths => "nine months",
            PeriodKind::Year => "year",
        }
    }
}

/// One period of one year, such as quarter 2 of 2026. Ordered by year, then kind, then number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: i16,
    kind: PeriodKind,
    index: u8,
}

/// Why a text is not a period of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodProblem {
    /// No period code has this shape.
    Malformed,
    /// The year lies outside [`YEARS`], or the month or quarter outside the year.
    OutOfRange,
    /// A well-formed code of a kind this version does not collect.
    Unsupported(UnsupportedPeriod),
}

/// Kinds of period that have a code but are not collected by this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsupportedPeriod {
    /// `2026-W07`
    Week,
    /// `KIND:2025-2026`, a kind declared by the project
    Named,
    /// `daily:EVENT:2025-09-27`
    DailyOfEvent,
    /// `end:EVENT`
    EndOfEvent,
}

/// A kind of period, or one numbered period of that kind in every year: `quarter`, `quarter 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeriodChoice {
    /// The kind.
    pub kind: PeriodKind,
    /// The month or quarter of the year; `None` means every one.
    pub index: Option<u8>,
}

impl PeriodChoice {
    /// Whether a period is meant by this choice.
    pub fn accepts(&self, period: &Period) -> bool {
        self.kind == period.kind && self.index.is_none_or(|index| index == period.index)
    }
}

impl Period {
    /// The period of that kind; `index` is the month or the quarter, and 1 for kinds that a year has once.
    pub fn new(kind: PeriodKind, year: i16, index: u8) -> Result<Period, PeriodProblem> {
        if YEARS.contains(&year) && (1..=kind.per_year()).contains(&index) {
            Ok(Period { year, kind, index })
        } else {
            Err(PeriodProblem::OutOfRange)
        }
    }

    /// All periods of a kind in one year, the earliest first; empty for a year outside [`YEARS`].
    pub fn all_in_year(kind: PeriodKind, year: i16) -> Vec<Period> {
        (1..=kind.per_year())
            .filter_map(|index| Period::new(kind, year, index).ok())
            .collect()
    }

    /// The kind.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// The year the period is named after.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month or the quarter; 1 for kinds that a year has once.
    pub fn index(&self) -> u8 {
        self.index
    }

    /// The first calendar month, 1–12.
    pub fn first_month(&self) -> u8 {
        match self.kind {
            PeriodKind::SecondHalf => 7,
            kind => (self.index - 1) * kind.month_count() + 1,
        }
    }

    /// The last calendar month, 1–12.
    pub fn last_month(&self) -> u8 {
        self.first_month() + self.kind.month_count() - 1
    }

    /// The calendar months, 1–12.
    pub fn months(&self) -> std::ops::RangeInclusive<u8> {
        self.first_month()..=self.last_month()
    }

    /// The calendar days of the period, which need not be the window of its figures.
    pub fn calendar_days(&self) -> DateRange {
        DateRange {
            from: day_of_month(self.year, i16::from(self.first_month()), 1),
            to: day_of_month(self.year, i16::from(self.last_month()), 31),
        }
    }

    /// The period before this one in the meaning of `previous`: January gives December, the first half gives the
    /// second half of last year, nine months give nine months of last year. `None` before [`YEARS`] begin.
    pub fn previous(&self) -> Option<Period> {
        match self.kind {
            PeriodKind::FirstHalf => Period::new(PeriodKind::SecondHalf, self.year - 1, 1).ok(),
            PeriodKind::SecondHalf => Period::new(PeriodKind::FirstHalf, self.year, 1).ok(),
            kind if self.index > 1 => Period::new(kind, self.year, self.index - 1).ok(),
            kind => Period::new(kind, self.year - 1, kind.per_year()).ok(),
        }
    }

    /// The period of which this one is the previous. `None` after [`YEARS`] end.
    pub fn next(&self) -> Option<Period> {
        match self.kind {
            PeriodKind::FirstHalf => Period::new(PeriodKind::SecondHalf, self.year, 1).ok(),
            PeriodKind::SecondHalf => Period::new(PeriodKind::FirstHalf, self.year + 1, 1).ok(),
            kind if self.index < kind.per_year() => {
                Period::new(kind, self.year, self.index + 1).ok()
            }
            kind => Period::new(kind, self.year + 1, 1).ok(),
        }
    }

    /// The same period of last year (cùng kỳ). `None` before [`YEARS`] begin.
    pub fn year_ago(&self) -> Option<Period> {
        Period::new(self.kind, self.year - 1, self.index).ok()
    }

    /// The name in Vietnamese, as it stands in a heading: `Quý 2/2026`.
    pub fn name_vi(&self) -> String {
        match self.kind {
            PeriodKind::Month => format!("Tháng {}/{}", self.index, self.year),
            PeriodKind::Quarter => format!("Quý {}/{}", self.index, self.year),
            PeriodKind::FirstHalf => format!("6 tháng đầu năm {}", self.year),
            PeriodKind::SecondHalf => format!("6 tháng cuối năm {}", self.year),
            PeriodKind::NineMonths => format!("9 tháng năm {}", self.year),
            PeriodKind::Year => format!("Năm {}", self.year),
        }
    }

    /// The name in English: `Quarter 2/2026`.
    pub fn name_en(&self) -> String {
        match self.kind {
            PeriodKind::Month => format!("Month {}/{}", self.index, self.year),
            PeriodKind::Quarter => format!("Quarter {}/{}", self.index, self.year),
            PeriodKind::FirstHalf => format!("First half of {}", self.year),
            PeriodKind::SecondHalf => format!("Second half of {}", self.year),
            PeriodKind::NineMonths => format!("Nine months of {}", self.year),
            PeriodKind::Year => format!("Year {}", self.year),
        }
    }
}

/// The code of the period, as files and addresses write it.
impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.kind {
            PeriodKind::Month => write!(formatter, "{year:04}-{:02}", self.index),
            PeriodKind::Quarter => write!(formatter, "{year:04}-Q{}", self.index),
            PeriodKind::FirstHalf => write!(formatter, "{year:04}-H1"),
            PeriodKind::SecondHalf => write!(formatter, "{year:04}-H2"),
            PeriodKind::NineMonths => write!(formatter, "{year:04}-9M"),
            PeriodKind::Year => write!(formatter, "{year:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodProblem;

    fn from_str(code: &str) -> Result<Period, PeriodProblem> {
        if code.contains(':') {
            return Err(unsupported_with_colon(code));
        }
        let (year, rest) = code.split_once('-').unwrap_or((code, ""));
        let year = exact_digits(year, 4).ok_or(PeriodProblem::Malformed)?;
        let year = i16::try_from(year).map_err(|_| PeriodProblem::OutOfRange)?;
        let (kind, index) = match rest {
            "" if !code.contains('-') => (PeriodKind::Year, 1),
            "H1" => (PeriodKind::FirstHalf, 1),
            "H2" => (PeriodKind::SecondHalf, 1),
            "9M" => (PeriodKind::NineMonths, 1),
            _ => numbered(rest)?,
        };
        let index = u8::try_from(index).map_err(|_| PeriodProblem::OutOfRange)?;
        Period::new(kind, year, index)
    }
}

fn numbered(rest: &str) -> Result<(PeriodKind, u16), PeriodProblem> {
    if let Some(quarter) = rest.strip_prefix('Q') {
        let quarter = exact_digits(quarter, 1).ok_or(PeriodProblem::Malformed)?;
        return Ok((PeriodKind::Quarter, quarter));
    }
    if let Some(week) = rest.strip_prefix('W') {
        let week = exact_digits(week, 2).ok_or(PeriodProblem::Malformed)?;
        let in_year = (1..=53).contains(&week);
        let unsupported = PeriodProblem::Unsupported(UnsupportedPeriod::Week);
        return Err(if in_year {
            unsupported
        } else {
            PeriodProblem::OutOfRange
        });
    }
    if let Some(half) = rest.strip_prefix('H') {
        let well_formed = exact_digits(half, 1).is_some();
        return Err(if well_formed {
            PeriodProblem::OutOfRange
        } else {
            PeriodProblem::Malformed
        });
    }
    let month = exact_digits(rest, 2).ok_or(PeriodProblem::Malformed)?;
    Ok((PeriodKind::Month, month))
}

/// Codes with a colon name an event or a kind of the project; they are checked only for their shape.
fn unsupported_with_colon(code: &str) -> PeriodProblem {
    let parts: Vec<&str> = code.split(':').collect();
    match parts.as_slice() {
        ["daily", event, date] if is_name(event) => match super::dates::parse_iso_date(date) {
            Ok(_) => PeriodProblem::Unsupported(UnsupportedPeriod::DailyOfEvent),
            Err(super::dates::DateProblem::NoSuchDay) => PeriodProblem::OutOfRange,
            Err(super::dates::DateProblem::Malformed) => PeriodProblem::Malformed,
        },
        ["end", event] if is_name(event) => {
            PeriodProblem::Unsupported(UnsupportedPeriod::EndOfEvent)
        }
        [kind, years] if is_name(kind) && is_years(years) => {
            PeriodProblem::Unsupported(UnsupportedPeriod::Named)
        }
        _ => PeriodProblem::Malformed,
    }
}

fn is_years(text: &str) -> bool {
    match text.split_once('-') {
        Some((first, second)) => {
            exact_digits(first, 4).is_some() && exact_digits(second, 4).is_some()
        }
        None => exact_digits(text, 4).is_some(),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_')
}

fn exact_digits(text: &str, width: usize) -> Option<u16> {
    let digits_only = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits_only { text.parse().ok() } else { None }
}

impl fmt::Display for PeriodProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            PeriodProblem::Malformed => "not the code of a period",
            PeriodProblem::OutOfRange => "a period outside the calendar",
            PeriodProblem::Unsupported(_) => "a kind of period that is not collected",
        })
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodProblem;

    fn try_from(code: String) -> Result<Period, PeriodProblem> {
        code.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}
