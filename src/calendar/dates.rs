//! Single dates: reading and showing `dd/mm/yyyy`, and arithmetic that cannot fail.
//!
//! Deliberately does not know: periods and working days.
//! On broken input: reading says whether the shape or the day is wrong; arithmetic stops at the ends of the calendar.

use jiff::{ToSpan, civil::Weekday};

use super::Date;

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// Not two digits, two digits and four digits parted by strokes.
    Malformed,
    /// The right shape, but no such day: `31/02/2026`.
    NoSuchDay,
}

/// Reads `dd/mm/yyyy`, the only way people write a date here.
pub fn parse_date(text: &str) -> Result<Date, DateProblem> {
    let mut parts = text.split('/');
    let (Some(day), Some(month), Some(year), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateProblem::Malformed);
    };
    let (day, month, year) = (digits(day, 2)?, digits(month, 2)?, digits(year, 4)?);
    from_parts(year, month, day)
}

/// Reads `yyyy-mm-dd`, the way files write a date.
pub fn parse_iso_date(text: &str) -> Result<Date, DateProblem> {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateProblem::Malformed);
    };
    let (day, month, year) = (digits(day, 2)?, digits(month, 2)?, digits(year, 4)?);
    from_parts(year, month, day)
}

/// The date as people read it: `14/06/2026`.
pub fn show_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// The date as files write it: `2026-06-14`.
pub fn iso_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The day so many days later, or earlier when negative.
pub fn days_after(date: Date, days: i32) -> Date {
    date.saturating_add(days.days())
}

/// How many days lie between two dates; negative when `to` is the earlier one.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Saturday and Sunday, the weekly rest of public offices.
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The day of that number, or the last day of the month when the month is shorter. `month` may lie outside 1–12
/// and then counts into the years around, so that "the month before January" needs no special case.
pub fn day_of_month(year: i16, month: i16, day: u8) -> Date {
    let months = i32::from(year) * 12 + i32::from(month) - 1;
    let year = i16::try_from(months.div_euclid(12)).unwrap_or(i16::MAX);
    let month = i8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
    let Ok(first) = Date::new(year, month, 1) else {
        return if year < 0 { Date::MIN } else { Date::MAX };
    };
    let day = i8::try_from(day)
        .unwrap_or(i8::MAX)
        .clamp(1, first.days_in_month());
    Date::new(year, month, day).unwrap_or(first)
}

fn digits(text: &str, width: usize) -> Result<i16, DateProblem> {
    if text.len() != width || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateProblem::Malformed);
    }
    text.parse().map_err(|_| DateProblem::Malformed)
}

fn from_parts(year: i16, month: i16, day: i16) -> Result<Date, DateProblem> {
    let month = i8::try_from(month).map_err(|_| DateProblem::NoSuchDay)?;
    let day = i8::try_from(day).map_err(|_| DateProblem::NoSuchDay)?;
    Date::new(year, month, day).map_err(|_| DateProblem::NoSuchDay)
}
