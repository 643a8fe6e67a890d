//! The Vietnamese lunar calendar (âm lịch), 1968–2100.
//!
//! Deliberately does not know: holidays, which only name lunar days.
//! On broken input: `None` for a year outside the table or a day that the year does not have.

use super::Date;
use super::dates::{days_after, days_between};
use super::lunar_years::{FIRST_YEAR, YEARS};

/// A day of the lunar calendar. `year` is the civil year in which the lunar year begins (Tết).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    /// Civil year in which the lunar year begins.
    pub year: i16,
    /// 1–12.
    pub month: u8,
    /// Whether this is the second month of that number (tháng nhuận).
    pub leap: bool,
    /// 1–30.
    pub day: u8,
}

/// The civil day of a lunar day.
pub fn to_civil(lunar: LunarDate) -> Option<Date> {
    todo!("{lunar:?}")
}

/// The lunar day of a civil day.
pub fn from_civil(date: Date) -> Option<LunarDate> {
    let _ = (
        days_after(date, 0),
        days_between(date, date),
        FIRST_YEAR,
        YEARS,
    );
    todo!()
}
