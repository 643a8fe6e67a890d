//! Deadlines (hạn gửi): from the rule in a regime to a day, and how late a report was sent.
//!
//! Deliberately does not know: who reports to whom; a regime has one rule for each hop.
//! On broken input: a [`DueProblem`] when the rule needs something that is not there; no day is guessed.

use serde::{Deserialize, Serialize};

use super::Date;
use super::moment::{Clock, Moment};
use super::period::Period;
use super::window::{DateRange, Point};
use super::working::WorkingCalendar;

/// What a rest day does to a deadline that falls on it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OnHoliday {
    /// It moves to the next working day (Civil Code 2015, Art. 148.5); the default.
    #[default]
    Next,
    /// It moves to the working day before.
    Previous,
    /// It stays.
    Unchanged,
}

/// In what a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// ngày làm việc
    WorkingDays,
    /// ngày
    Days,
    /// giờ
    Hours,
}

/// From where a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermAnchor {
    /// The end of the window of figures.
    Cutoff,
    /// The start of an event.
    EventStart,
    /// The end of an event.
    EventEnd,
}

/// The day that a deadline names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueMoment {
    /// `by 17:00`, `by 17:00 day 15 of last month`; without a point, the day of the cut-off.
    Clock { clock: Clock, point: Option<Point> },
    /// `by 2 working days after cutoff`. The day of the event is not counted (Civil Code 2015, Art. 147).
    After {
        amount: u32,
        unit: TermUnit,
        anchor: TermAnchor,
    },
    /// `by day 25 of last month`, with or without a time.
    At { point: Point, clock: Option<Clock> },
}

/// How a regime sets the deadline of one hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRule {
    /// Set by the province for each period.
    Local,
    /// Set by the regime.
    By {
        /// `by` (chậm nhất) includes the day it names; `before` (trước) does not.
        inclusive: bool,
        /// The day it names.
        moment: DueMoment,
        /// What a rest day does to it.
        on_holiday: OnHoliday,
    },
}

/// The last day, and on that day the last minute, on which a report is on time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Due {
    /// The last day.
    pub date: Date,
    /// The last minute of that day; `None` means until midnight.
    pub clock: Option<Clock>,
}

/// Why there is no deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueProblem {
    /// The province has not set the date for this period.
    LocalNotSet,
    /// The rule counts from an event, and the period belongs to none.
    NoEvent,
}

/// The deadline of a period. `window` is the window of its figures; `local` is what the province has set, and is
/// read only where the regime leaves it to the province.
pub fn due(
    rule: &DueRule,
    period: &Period,
    window: DateRange,
    calendar: &WorkingCalendar,
    local: Option<Due>,
) -> Result<Due, DueProblem> {
    todo!("{rule:?} {period} {window} {calendar:?} {local:?}")
}

impl Due {
    /// Whether a report sent at that moment is late.
    pub fn is_late(&self, sent_at: Moment) -> bool {
        todo!("{sent_at}")
    }

    /// How many whole days after the last day a report was sent; 0 when on time, and also when only the time of
    /// day was missed, which [`Due::is_late`] tells.
    pub fn days_late(&self, sent_at: Moment) -> u32 {
        todo!("{sent_at}")
    }
}
