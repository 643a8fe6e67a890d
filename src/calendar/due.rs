//! Deadlines (hạn gửi): from the rule in a regime to a day, and how late a report was sent.
//!
//! Deliberately does not know: who reports to whom; a regime has one rule for each hop.
//! On broken input: a [`DueProblem`] when the rule needs something that is not there; no day is guessed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;
use super::dates::{days_after, days_between, show_date};
use super::extent::PeriodDays;
use super::moment::{Clock, Moment};
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
    Clock {
        /// The time of day.
        clock: Clock,
        /// The day; the day of the cut-off when none is named.
        point: Option<Point>,
    },
    /// `by 2 working days after cutoff`. The day of the event is not counted (Civil Code 2015, Art. 147).
    After {
        /// How many.
        amount: u32,
        /// Of what.
        unit: TermUnit,
        /// Counted from where.
        anchor: TermAnchor,
    },
    /// `by day 25 of last month`, with or without a time.
    At {
        /// The day.
        point: Point,
        /// The time; the end of the day when none is named.
        clock: Option<Clock>,
    },
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
    /// The rule counts from an event, and the period belongs to none, or the event is still open.
    NoEvent,
}

/// The deadline of a period. `window` is the window of its figures; `local` is what the province has set, and is
/// read only where the regime leaves it to the province.
pub fn due(
    rule: &DueRule,
    period: &PeriodDays,
    window: DateRange,
    calendar: &WorkingCalendar,
    local: Option<Due>,
) -> Result<Due, DueProblem> {
    let DueRule::By {
        inclusive,
        moment,
        on_holiday,
    } = *rule
    else {
        return local.ok_or(DueProblem::LocalNotSet);
    };
    match moment {
        // A time on the very day of the cut-off is urgent by nature: the daily report of a storm is due on a Sunday, too.
        DueMoment::Clock { clock, point: None } => Ok(at_clock(window.to, clock, inclusive)),
        DueMoment::Clock {
            clock,
            point: Some(point),
        } => Ok(at_clock(
            moved(point.date(period), on_holiday, calendar),
            clock,
            inclusive,
        )),
        DueMoment::At {
            point,
            clock: Some(clock),
        } => Ok(at_clock(
            moved(point.date(period), on_holiday, calendar),
            clock,
            inclusive,
        )),
        DueMoment::At { point, clock: None } => {
            let last = days_after(point.date(period), if inclusive { 0 } else { -1 });
            Ok(whole_day(moved(last, on_holiday, calendar)))
        }
        DueMoment::After {
            amount,
            unit,
            anchor,
        } => {
            // A term in days starts when the day of its anchor ends, one in hours at the very moment of an event.
            let start = match anchor {
                TermAnchor::Cutoff => Moment::start_of(days_after(window.to, 1)),
                TermAnchor::EventStart => period.event.ok_or(DueProblem::NoEvent)?.start,
                TermAnchor::EventEnd => {
                    let end = period.event.and_then(|event| event.end);
                    end.ok_or(DueProblem::NoEvent)?
                }
            };
            let day = match anchor {
                TermAnchor::Cutoff => window.to,
                TermAnchor::EventStart | TermAnchor::EventEnd => start.date(),
            };
            let term = Term {
                amount,
                unit,
                inclusive,
                on_holiday,
            };
            Ok(term.end(day, start, calendar))
        }
    }
}

/// So many days or hours.
struct Term {
    amount: u32,
    unit: TermUnit,
    inclusive: bool,
    on_holiday: OnHoliday,
}

impl Term {
    /// The end of the term. `day` is the day it is counted from, which itself does not count; `start` is the moment from which hours run.
    fn end(&self, day: Date, start: Moment, calendar: &WorkingCalendar) -> Due {
        let last = if self.inclusive {
            self.amount
        } else {
            self.amount.saturating_sub(1)
        };
        match self.unit {
            TermUnit::WorkingDays => whole_day(calendar.add_working_days(day, last)),
            TermUnit::Days => {
                let last = days_after(day, i32::try_from(last).unwrap_or(i32::MAX));
                whole_day(moved(last, self.on_holiday, calendar))
            }
            // Hours run through rest days: a term in hours is urgent by nature.
            TermUnit::Hours => {
                let hours = i32::try_from(self.amount).unwrap_or(i32::MAX);
                let end = start.plus_hours(hours);
                at_clock(end.date(), end.clock(), self.inclusive)
            }
        }
    }
}

fn whole_day(date: Date) -> Due {
    Due { date, clock: None }
}

/// `before 17:00` leaves 16:59 as the last minute on time.
fn at_clock(date: Date, clock: Clock, inclusive: bool) -> Due {
    let last = Moment::new(date, clock).plus_seconds(if inclusive { 0 } else { -60 });
    Due {
        date: last.date(),
        clock: Some(last.clock()),
    }
}

fn moved(date: Date, on_holiday: OnHoliday, calendar: &WorkingCalendar) -> Date {
    match on_holiday {
        OnHoliday::Next => calendar.next_working_day(date),
        OnHoliday::Previous => calendar.previous_working_day(date),
        OnHoliday::Unchanged => date,
    }
}

impl Due {
    /// Whether a report sent at that moment is late.
    pub fn is_late(&self, sent_at: Moment) -> bool {
        match self.clock {
            _ if sent_at.date() != self.date => sent_at.date() > self.date,
            Some(clock) => sent_at.clock() > clock,
            None => false,
        }
    }

    /// How many whole days after the last day a report was sent; 0 when on time, and also when only the time of
    /// day was missed, which [`Due::is_late`] tells.
    pub fn days_late(&self, sent_at: Moment) -> u32 {
        u32::try_from(days_between(self.date, sent_at.date())).unwrap_or(0)
    }
}

/// `19/06/2026` or `27/09/2025 17:00`
impl fmt::Display for Due {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.clock {
            Some(clock) => write!(formatter, "{} {clock}", show_date(self.date)),
            None => formatter.write_str(&show_date(self.date)),
        }
    }
}
