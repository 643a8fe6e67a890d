//! Dates of the reporting year: periods, windows of figures, working days, deadlines.
//!
//! Deliberately does not know: units, regimes, storage, or what the time is now; every date is an argument.
//! On broken input: reading returns a closed error; arithmetic on dates is total and stops at the ends of the calendar.

pub mod cover;
pub mod dates;
pub mod due;
pub mod lunar;
mod lunar_years;
pub mod moment;
pub mod period;
pub mod window;
pub mod working;

/// A day of the civil calendar, without a time and without a zone. Written `2026-06-14` in files.
pub type Date = jiff::civil::Date;
