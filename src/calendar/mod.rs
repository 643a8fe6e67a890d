//! Dates of the reporting year: periods, windows of figures, working days, deadlines.
//!
//! Deliberately does not know: units, regimes, storage, or what the time is now; every date is an argument.
//! On broken input: reading returns a closed error; arithmetic on dates is total and stops at the ends of the calendar.

mod code;
mod cover;
pub mod dates;
mod described;
mod due;
mod extent;
mod kind;
pub mod lunar;
mod lunar_years;
mod moment;
mod name;
mod period;
#[cfg(test)]
mod tests;
mod window;
mod working;

pub use cover::{Hole, exact_cover};
pub use described::{Described, made_of, reported_under, year_to_date};
pub use due::{Due, DueMoment, DueProblem, DueRule, OnHoliday, TermAnchor, TermUnit, due};
pub use extent::{EventDates, KindDays, PeriodDays, YearStart};
pub use kind::{PeriodChoice, PeriodKind, WeekStart};
pub use moment::{Clock, Moment};
pub use name::{LONGEST_NAME, PeriodName};
pub use period::{Period, PeriodProblem, YEARS};
pub use window::{DateRange, MonthReference, Point, WindowRule, YearReference};
pub use working::{Decision, HolidayDay, HolidayRule, WorkingCalendar};

/// A day of the civil calendar, without a time and without a zone. Written `2026-06-14` in files.
pub type Date = jiff::civil::Date;
