//! Tests of the calendar: periods and windows, lunar days, working days and deadlines.

use super::Date;
use super::dates::parse_date;

mod deadlines;
mod lunar_days;
mod periods;
mod windows;
mod working_days;

fn d(text: &str) -> Date {
    parse_date(text).unwrap()
}
