//! The days of a period: those of the calendar for the standard kinds, those that a project declares for its own, those of an event.
//!
//! Deliberately does not know: windows of figures, which are reckoned from these days.
//! On broken input: a period that does not fit the definition, or an event that is not known or not over, has no days: `None`.

use serde::{Deserialize, Serialize};

use super::kind::{PeriodChoice, PeriodKind};
use super::moment::Moment;
use super::period::Period;
use super::window::{DateRange, Point};

/// From when to when an event (đợt) was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventDates {
    /// When it was opened.
    pub start: Moment,
    /// When it was closed; `None` while it is open.
    pub end: Option<Moment>,
}

/// A day that returns in every year: 01/09.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct YearStart {
    /// Day of the month.
    pub day: u8,
    /// Month, from 1.
    pub month: u8,
}

impl YearStart {
    /// 01/01, the year of the calendar.
    pub const JANUARY: YearStart = YearStart { day: 1, month: 1 };
}

impl Default for YearStart {
    fn default() -> YearStart {
        YearStart::JANUARY
    }
}

/// The days of one period with what points in time are reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodDays {
    /// The days.
    pub days: DateRange,
    /// The year the period belongs to; the first of two where its own year does not begin on 01/01.
    pub year: i16,
    /// The first day of that year.
    pub year_starts: YearStart,
    /// The event it follows.
    pub event: Option<EventDates>,
}

/// Where the days of a kind of period come from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum KindDays {
    /// The period says them itself, or its event does.
    #[default]
    Own,
    /// A kind of the project, once in each year that begins on a day of its own.
    Declared {
        /// First day.
        from: Point,
        /// Last day; the first again for a moment.
        to: Point,
        /// First day of its year.
        year_starts: YearStart,
    },
    /// A campaign: fixed days, once.
    Fixed(DateRange),
}

impl KindDays {
    /// The days of a period of this kind. `event` is needed for the end of an event and for windows that reach back to its beginning.
    pub fn days(&self, period: &Period, event: Option<EventDates>) -> Option<PeriodDays> {
        let (days, year, year_starts) = match (self, period.kind()) {
            (KindDays::Declared { .. }, PeriodKind::Named(_)) => (
                self.declared(period.year()?)?,
                period.year()?,
                self.year_starts(),
            ),
            (KindDays::Fixed(days), PeriodKind::Campaign(_)) => {
                (*days, days.to.year(), YearStart::JANUARY)
            }
            (KindDays::Own, PeriodKind::EndOf(_)) => {
                let event = event?;
                let days = DateRange {
                    from: event.start.date(),
                    to: event.end?.date(),
                };
                (days, days.to.year(), YearStart::JANUARY)
            }
            (KindDays::Own, _) => (period.own_days()?, period.year()?, YearStart::JANUARY),
            _ => return None,
        };
        Some(PeriodDays {
            days,
            year,
            year_starts,
            event,
        })
    }

    /// The periods of a choice that are named after a year, the earliest first. A campaign is one of the year in which it ends. Periods
    /// of events and requests arise when an event is opened or a request is made, and are not listed.
    pub fn periods(&self, choice: PeriodChoice, year: i16) -> Vec<Period> {
        match (self, choice.kind) {
            (KindDays::Declared { .. }, PeriodKind::Named(name)) => {
                let spans_years = self.year_starts() != YearStart::JANUARY;
                Period::named(name, year, spans_years).into_iter().collect()
            }
            (KindDays::Fixed(days), PeriodKind::Campaign(name)) if days.to.year() == year => {
                vec![Period::campaign(name)]
            }
            _ => Period::all_in_year(choice.kind, year)
                .into_iter()
                .filter(|period| choice.accepts(period))
                .collect(),
        }
    }

    /// The first day of the kind's year.
    pub fn year_starts(&self) -> YearStart {
        match self {
            KindDays::Declared { year_starts, .. } => *year_starts,
            KindDays::Own | KindDays::Fixed(_) => YearStart::JANUARY,
        }
    }

    fn declared(&self, year: i16) -> Option<DateRange> {
        let KindDays::Declared {
            from,
            to,
            year_starts,
        } = self
        else {
            return None;
        };
        // A declared kind's points name days of its year, so the days they are reckoned from are that year's own.
        let first = super::dates::day_of_month(year, i16::from(year_starts.month), year_starts.day);
        let days = DateRange {
            from: first,
            to: super::dates::days_after(
                super::dates::day_of_month(year + 1, i16::from(year_starts.month), year_starts.day),
                -1,
            ),
        };
        let whole = PeriodDays {
            days,
            year,
            year_starts: *year_starts,
            event: None,
        };
        Some(DateRange {
            from: from.date(&whole),
            to: to.date(&whole),
        })
    }
}

impl PeriodDays {
    /// The days of a period that says them itself; `None` for one that has to be looked up.
    pub fn of(period: &Period) -> Option<PeriodDays> {
        KindDays::Own.days(period, None)
    }

    /// The date of a day and month in the period's own year, which may begin on 01/09; `years` counts from that year.
    pub(super) fn in_own_year(&self, day: u8, month: u8, years: i16) -> super::Date {
        let starts = (self.year_starts.month, self.year_starts.day);
        let wraps = i16::from((month, day) < starts);
        super::dates::day_of_month(self.year + years + wraps, i16::from(month), day)
    }
}
