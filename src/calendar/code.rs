//! Codes and names of periods: `2026-05`, `2026-Q2`, `2026-H1`, `2026-9M`, `2026`, `2026-03-05`, `2026-W07`, `2026-W07-thu`, `2026-05-T2`,
//! `dau_nam_hoc:2025-2026`, `kiem_ke`, `daily:dot:2025-09-27`, `end:dot`, `request:2026-03-05`.
//!
//! Every period has one code, which files, addresses and the store write. Deliberately does not know: labels that a project gives its
//! kinds, and whether a regime reports the kind.
//! On broken input: a [`PeriodProblem`] tells a malformed code from a number out of range.

use std::fmt;
use std::str::FromStr;

use super::dates::{DateProblem, iso_date, parse_iso_date, show_date};
use super::kind::{PeriodKind, WeekStart};
use super::name::PeriodName;
use super::period::{Period, PeriodProblem};

/// How the code of a week ends where weeks do not start on Monday.
const WEEK_ENDINGS: [(WeekStart, &str); 6] = [
    (WeekStart::Tuesday, "-tue"),
    (WeekStart::Wednesday, "-wed"),
    (WeekStart::Thursday, "-thu"),
    (WeekStart::Friday, "-fri"),
    (WeekStart::Saturday, "-sat"),
    (WeekStart::Sunday, "-sun"),
];

impl Period {
    /// The name in Vietnamese, as it stands in a heading: `Quý 2/2026`. A declared kind is told by its name.
    pub fn name_vi(&self) -> String {
        let (index, year) = (self.index(), self.year().unwrap_or_default());
        match self.kind() {
            PeriodKind::Day => format!("Ngày {}", self.shown_date()),
            PeriodKind::Week(WeekStart::Monday) => format!("Tuần {index}/{year}"),
            PeriodKind::Week(first) => {
                format!("Tuần {index}/{year} (từ {})", first.name_vi())
            }
            PeriodKind::TenDays => {
                let (part, month) = ten_days(index);
                let part = match part {
                    1 => "đầu",
                    2 => "giữa",
                    _ => "cuối",
                };
                format!("10 ngày {part} tháng {month}/{year}")
            }
            PeriodKind::Month => format!("Tháng {index}/{year}"),
            PeriodKind::Quarter => format!("Quý {index}/{year}"),
            PeriodKind::FirstHalf => format!("6 tháng đầu năm {year}"),
            PeriodKind::SecondHalf => format!("6 tháng cuối năm {year}"),
            PeriodKind::NineMonths => format!("9 tháng năm {year}"),
            PeriodKind::Year => format!("Năm {year}"),
            PeriodKind::Named(name) => format!("{name} {}", self.shown_years()),
            PeriodKind::Campaign(name) => name.to_string(),
            PeriodKind::DailyOf(event) => {
                format!("Ngày {} của {event}{}", self.shown_date(), self.ordinal())
            }
            PeriodKind::EndOf(event) => format!("Kết thúc {event}{}", self.ordinal()),
            PeriodKind::OnRequest => {
                format!("Theo yêu cầu ngày {}{}", self.shown_date(), self.ordinal())
            }
        }
    }

    /// The name in English: `Quarter 2/2026`.
    pub fn name_en(&self) -> String {
        let (index, year) = (self.index(), self.year().unwrap_or_default());
        match self.kind() {
            PeriodKind::Day => format!("Day {}", self.shown_date()),
            PeriodKind::Week(WeekStart::Monday) => format!("Week {index}/{year}"),
            PeriodKind::Week(first) => {
                format!("Week {index}/{year} (from {})", first.name_en())
            }
            PeriodKind::TenDays => {
                let (part, month) = ten_days(index);
                format!("Ten days {part} of month {month}/{year}")
            }
            PeriodKind::Month => format!("Month {index}/{year}"),
            PeriodKind::Quarter => format!("Quarter {index}/{year}"),
            PeriodKind::FirstHalf => format!("First half of {year}"),
            PeriodKind::SecondHalf => format!("Second half of {year}"),
            PeriodKind::NineMonths => format!("Nine months of {year}"),
            PeriodKind::Year => format!("Year {year}"),
            PeriodKind::Named(name) => format!("{name} {}", self.shown_years()),
            PeriodKind::Campaign(name) => name.to_string(),
            PeriodKind::DailyOf(event) => {
                format!("Day {} of {event}{}", self.shown_date(), self.ordinal())
            }
            PeriodKind::EndOf(event) => format!("End of {event}{}", self.ordinal()),
            PeriodKind::OnRequest => {
                format!("On request of {}{}", self.shown_date(), self.ordinal())
            }
        }
    }

    /// `2025-2026`, or `2025` for a kind whose year is a calendar year.
    pub fn shown_years(&self) -> String {
        let year = self.year().unwrap_or_default();
        if self.spans_years() {
            format!("{year:04}-{:04}", year + 1)
        } else {
            format!("{year:04}")
        }
    }

    fn shown_date(&self) -> String {
        self.date().map(show_date).unwrap_or_default()
    }

    fn ordinal(&self) -> String {
        match self.number() {
            0 => String::new(),
            number => format!(" {number}"),
        }
    }
}

/// Which ten days of which month, both from 1.
fn ten_days(index: u16) -> (u16, u16) {
    ((index.max(1) - 1) % 3 + 1, (index.max(1) - 1) / 3 + 1)
}

/// The code of the period, as files and addresses write it.
impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, year) = (self.index(), self.year().unwrap_or_default());
        let date = self.date().map(iso_date).unwrap_or_default();
        let number = match self.number() {
            0 => String::new(),
            number => format!(".{number}"),
        };
        match self.kind() {
            PeriodKind::Day => formatter.write_str(&date),
            PeriodKind::Week(first) => {
                let ending = WEEK_ENDINGS
                    .iter()
                    .find(|(day, _)| *day == first)
                    .map_or("", |(_, ending)| ending);
                write!(formatter, "{year:04}-W{index:02}{ending}")
            }
            PeriodKind::TenDays => {
                let (part, month) = ten_days(index);
                write!(formatter, "{year:04}-{month:02}-T{part}")
            }
            PeriodKind::Month => write!(formatter, "{year:04}-{index:02}"),
            PeriodKind::Quarter => write!(formatter, "{year:04}-Q{index}"),
            PeriodKind::FirstHalf => write!(formatter, "{year:04}-H1"),
            PeriodKind::SecondHalf => write!(formatter, "{year:04}-H2"),
            PeriodKind::NineMonths => write!(formatter, "{year:04}-9M"),
            PeriodKind::Year => write!(formatter, "{year:04}"),
            PeriodKind::Named(name) => write!(formatter, "{name}:{}", self.shown_years()),
            PeriodKind::Campaign(name) => write!(formatter, "{name}"),
            PeriodKind::DailyOf(event) => write!(formatter, "daily:{event}{number}:{date}"),
            PeriodKind::EndOf(event) => write!(formatter, "end:{event}{number}"),
            PeriodKind::OnRequest => write!(formatter, "request:{date}{number}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodProblem;

    fn from_str(code: &str) -> Result<Period, PeriodProblem> {
        if code.contains(':') {
            return with_colon(code);
        }
        if let Some(name) = PeriodName::new(code) {
            return Ok(Period::campaign(name));
        }
        let (year, rest) = code.split_once('-').unwrap_or((code, ""));
        let year = year_number(year)?;
        let (kind, index) = match rest {
            "" if !code.contains('-') => (PeriodKind::Year, 1),
            "H1" => (PeriodKind::FirstHalf, 1),
            "H2" => (PeriodKind::SecondHalf, 1),
            "9M" => (PeriodKind::NineMonths, 1),
            _ => return numbered(code, year, rest),
        };
        Period::new(kind, year, index)
    }
}

/// Codes of a year with a number behind it.
fn numbered(code: &str, year: i16, rest: &str) -> Result<Period, PeriodProblem> {
    if let Some(quarter) = rest.strip_prefix('Q') {
        let quarter = exact_digits(quarter, 1).ok_or(PeriodProblem::Malformed)?;
        return Period::new(PeriodKind::Quarter, year, quarter);
    }
    if let Some(week) = rest.strip_prefix('W') {
        let (first, week) = WEEK_ENDINGS
            .iter()
            .find_map(|(first, ending)| Some((*first, week.strip_suffix(ending)?)))
            .unwrap_or((WeekStart::Monday, week));
        let week = exact_digits(week, 2).ok_or(PeriodProblem::Malformed)?;
        return Period::new(PeriodKind::Week(first), year, week);
    }
    if let Some(half) = rest.strip_prefix('H') {
        exact_digits(half, 1).ok_or(PeriodProblem::Malformed)?;
        return Err(PeriodProblem::OutOfRange);
    }
    let Some((month, rest)) = rest.split_once('-') else {
        let month = exact_digits(rest, 2).ok_or(PeriodProblem::Malformed)?;
        return Period::new(PeriodKind::Month, year, month);
    };
    if let Some(part) = rest.strip_prefix('T') {
        let month = exact_digits(month, 2).ok_or(PeriodProblem::Malformed)?;
        let part = exact_digits(part, 1).ok_or(PeriodProblem::Malformed)?;
        return if (1..=12).contains(&month) && (1..=3).contains(&part) {
            Period::new(PeriodKind::TenDays, year, (month - 1) * 3 + part)
        } else {
            Err(PeriodProblem::OutOfRange)
        };
    }
    Period::day(date(code)?)
}

/// Codes that name an event, a request or a kind of the project.
fn with_colon(code: &str) -> Result<Period, PeriodProblem> {
    let parts: Vec<&str> = code.split(':').collect();
    match parts.as_slice() {
        ["daily", event, day] => {
            let (event, number) = with_number(event)?;
            let event = PeriodName::new(event).ok_or(PeriodProblem::Malformed)?;
            Period::daily_of(event, number, date(day)?)
        }
        ["request", day] if day.matches('-').count() == 2 => {
            let (day, number) = with_number(day)?;
            Period::on_request(date(day)?, number)
        }
        ["end", event] if event.starts_with(char::is_alphabetic) => {
            let (event, number) = with_number(event)?;
            let event = PeriodName::new(event).ok_or(PeriodProblem::Malformed)?;
            Ok(Period::end_of(event, number))
        }
        [kind, years] => {
            let name = PeriodName::new(kind).ok_or(PeriodProblem::Malformed)?;
            let (first, second) = match years.split_once('-') {
                Some((first, second)) => (first, Some(second)),
                None => (*years, None),
            };
            let first = year_number(first)?;
            if let Some(second) = second
                && year_number(second)? != first + 1
            {
                return Err(PeriodProblem::OutOfRange);
            }
            Period::named(name, first, second.is_some())
        }
        _ => Err(PeriodProblem::Malformed),
    }
}

/// A text and the number behind its point; 0 where there is none. A number is written without leading zeros.
fn with_number(text: &str) -> Result<(&str, u16), PeriodProblem> {
    let Some((text, digits)) = text.split_once('.') else {
        return Ok((text, 0));
    };
    let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| plain);
    number
        .map(|number| (text, number))
        .ok_or(PeriodProblem::Malformed)
}

fn date(text: &str) -> Result<super::Date, PeriodProblem> {
    parse_iso_date(text).map_err(|problem| match problem {
        DateProblem::NoSuchDay => PeriodProblem::OutOfRange,
        DateProblem::Malformed => PeriodProblem::Malformed,
    })
}

fn year_number(text: &str) -> Result<i16, PeriodProblem> {
    let year = exact_digits(text, 4).ok_or(PeriodProblem::Malformed)?;
    i16::try_from(year).map_err(|_| PeriodProblem::OutOfRange)
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
