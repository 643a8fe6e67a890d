//! Reporting periods (kỳ báo cáo): which one, and which comes before and after it.
//!
//! Deliberately does not know: windows of figures and deadlines, which a regime chooses; and the days of kinds that a project declares
//! or that follow an event, which [`super::KindDays`] gives. Codes are read and written in `code`.
//! On broken input: a number outside the year, or a year outside [`YEARS`], is a [`PeriodProblem`].

use serde::{Deserialize, Serialize};

use super::Date;
use super::dates::{day_of_month, days_after, days_between};
use super::kind::{PeriodKind, WeekStart};
use super::name::PeriodName;
use super::window::DateRange;

/// The first and the last year a period may lie in; outside them a year is a slip of the keyboard.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// How many periods of ten days a year has.
const TEN_DAYS_A_YEAR: u16 = 36;

/// One period, such as quarter 2 of 2026. Ordered by year, then kind, then number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// The year the period is named after; 0 for a campaign and for the end of an event, which name none.
    year: i16,
    kind: PeriodKind,
    /// The month, quarter, week or day of the year; 1 for kinds that a year has once.
    index: u16,
    /// Which event of its name, which request of its day; 1 for a named kind whose year spans two calendar years; else 0.
    number: u16,
}

/// Why a text is not a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodProblem {
    /// No period code has this shape.
    Malformed,
    /// The year lies outside [`YEARS`], or the month, quarter, week or day outside the year.
    OutOfRange,
}

impl Period {
    /// The period of a kind that returns in every year; `index` is the day, week, ten days, month or quarter of the year, and 1 for
    /// kinds that a year has once. Kinds that follow an event, campaigns and requests have constructors of their own.
    pub fn new(kind: PeriodKind, year: i16, index: u16) -> Result<Period, PeriodProblem> {
        let fits = YEARS.contains(&year) && (1..=per_year(kind, year)).contains(&index);
        let period = Period {
            year,
            kind,
            index,
            number: 0,
        };
        fits.then_some(period).ok_or(PeriodProblem::OutOfRange)
    }

    /// The period of a kind that the project declares. `spans_years` is said where its own year begins in one calendar year and ends
    /// in the next: `2025-2026`.
    pub fn named(name: PeriodName, year: i16, spans_years: bool) -> Result<Period, PeriodProblem> {
        let period = Period {
            year,
            kind: PeriodKind::Named(name),
            index: 1,
            number: u16::from(spans_years),
        };
        let fits = YEARS.contains(&year);
        fits.then_some(period).ok_or(PeriodProblem::OutOfRange)
    }

    /// The only period of a campaign.
    pub fn campaign(name: PeriodName) -> Period {
        Period {
            year: 0,
            kind: PeriodKind::Campaign(name),
            index: 1,
            number: 0,
        }
    }

    /// One day of an event. `number` tells events declared under one name apart; 0 where there is only one.
    pub fn daily_of(event: PeriodName, number: u16, date: Date) -> Result<Period, PeriodProblem> {
        Ok(Period {
            kind: PeriodKind::DailyOf(event),
            number,
            ..Period::day(date)?
        })
    }

    /// The end of an event.
    pub fn end_of(event: PeriodName, number: u16) -> Period {
        Period {
            year: 0,
            kind: PeriodKind::EndOf(event),
            index: 1,
            number,
        }
    }

    /// A request made on a day. `number` tells several of one day apart.
    pub fn on_request(date: Date, number: u16) -> Result<Period, PeriodProblem> {
        Ok(Period {
            kind: PeriodKind::OnRequest,
            number,
            ..Period::day(date)?
        })
    }

    /// The day.
    pub fn day(date: Date) -> Result<Period, PeriodProblem> {
        Period::new(PeriodKind::Day, date.year(), day_of_year(date))
    }

    /// All periods of a kind in one year, the earliest first. Empty for a year outside [`YEARS`], and for kinds that need to be looked
    /// up: [`super::KindDays::periods`] knows those that a project declares.
    pub fn all_in_year(kind: PeriodKind, year: i16) -> Vec<Period> {
        (1..=per_year(kind, year))
            .filter_map(|index| Period::new(kind, year, index).ok())
            .collect()
    }

    /// The kind.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// The year the period is named after; the first of two for a named kind whose year spans two. A campaign and the end of an event
    /// are named after none.
    pub fn year(&self) -> Option<i16> {
        (self.year != 0).then_some(self.year)
    }

    /// The day, week, ten days, month or quarter of the year; 1 for kinds that a year has once.
    pub fn index(&self) -> u16 {
        self.index
    }

    /// Which event of its name, or which request of its day; 0 where there is only one.
    pub fn number(&self) -> u16 {
        match self.kind {
            PeriodKind::Named(_) => 0,
            _ => self.number,
        }
    }

    /// Whether a named kind's year lies in two calendar years, so that it is written `2025-2026`.
    pub fn spans_years(&self) -> bool {
        matches!(self.kind, PeriodKind::Named(_)) && self.number == 1
    }

    /// The day itself, of a day, a day of an event and a request.
    pub fn date(&self) -> Option<Date> {
        match self.kind {
            PeriodKind::Day | PeriodKind::DailyOf(_) | PeriodKind::OnRequest => {
                let first = day_of_month(self.year, 1, 1);
                Some(days_after(first, i32::from(self.index) - 1))
            }
            _ => None,
        }
    }

    /// The calendar days of a period of a standard kind, of a day of an event and of a request; `None` where they have to be looked up.
    pub(super) fn own_days(&self) -> Option<DateRange> {
        if let Some(date) = self.date() {
            return Some(DateRange {
                from: date,
                to: date,
            });
        }
        match self.kind {
            PeriodKind::Week(first) => {
                let weeks = 7 * (i32::from(self.index) - 1);
                let from = days_after(first_week(self.year, first), weeks);
                Some(DateRange {
                    from,
                    to: days_after(from, 6),
                })
            }
            PeriodKind::TenDays => {
                let place = self.index - 1;
                let month = i16::try_from(place / 3).unwrap_or(0) + 1;
                let (first, last) = match place % 3 {
                    0 => (1, 10),
                    1 => (11, 20),
                    _ => (21, 31),
                };
                Some(DateRange {
                    from: day_of_month(self.year, month, first),
                    to: day_of_month(self.year, month, last),
                })
            }
            kind => {
                let count = i16::from(kind.month_count()?);
                let first = match kind {
                    PeriodKind::SecondHalf => 7,
                    _ => (i16::try_from(self.index).unwrap_or(1) - 1) * count + 1,
                };
                Some(DateRange {
                    from: day_of_month(self.year, first, 1),
                    to: day_of_month(self.year, first + count - 1, 31),
                })
            }
        }
    }

    /// The period before this one in the meaning of `previous`: January gives December, the first half gives the second half of last
    /// year, nine months give nine months of last year, a named kind that of its last year, a day of an event the day before. A
    /// campaign, the end of an event and a request have none; nor has what lies before [`YEARS`]. Whether an event was open on the day
    /// before is not known here.
    pub fn previous(&self) -> Option<Period> {
        self.neighbour(-1)
    }

    /// The period of which this one is the previous.
    pub fn next(&self) -> Option<Period> {
        self.neighbour(1)
    }

    fn neighbour(&self, step: i16) -> Option<Period> {
        let half = |kind, year| Period::new(kind, year, 1).ok();
        match self.kind {
            PeriodKind::Campaign(_) | PeriodKind::EndOf(_) | PeriodKind::OnRequest => None,
            PeriodKind::Named(name) => {
                Period::named(name, self.year + step, self.spans_years()).ok()
            }
            PeriodKind::DailyOf(event) => {
                let date = days_after(self.date()?, i32::from(step));
                Period::daily_of(event, self.number, date).ok()
            }
            PeriodKind::FirstHalf => half(
                PeriodKind::SecondHalf,
                if step < 0 { self.year - 1 } else { self.year },
            ),
            PeriodKind::SecondHalf => half(
                PeriodKind::FirstHalf,
                if step < 0 { self.year } else { self.year + 1 },
            ),
            kind => match (step < 0, self.index) {
                (true, 1) => Period::new(kind, self.year - 1, per_year(kind, self.year - 1)).ok(),
                (true, index) => Period::new(kind, self.year, index - 1).ok(),
                (false, index) if index < per_year(kind, self.year) => {
                    Period::new(kind, self.year, index + 1).ok()
                }
                (false, _) => Period::new(kind, self.year + 1, 1).ok(),
            },
        }
    }

    /// The same period of last year (cùng kỳ): the same date for a day (28/02 for 29/02), the week and ten days of the same number.
    /// Events, campaigns and requests do not recur; a 53rd week has no counterpart in a year of 52.
    pub fn year_ago(&self) -> Option<Period> {
        match self.kind {
            PeriodKind::Day => {
                let date = self.date()?;
                let day = u8::try_from(date.day()).ok()?;
                Period::day(day_of_month(self.year - 1, i16::from(date.month()), day)).ok()
            }
            PeriodKind::Named(name) => Period::named(name, self.year - 1, self.spans_years()).ok(),
            kind => Period::new(kind, self.year - 1, self.index).ok(),
        }
    }
}

/// How many periods of a kind a year has; 0 for kinds that do not return every year or that have constructors of their own.
pub(super) fn per_year(kind: PeriodKind, year: i16) -> u16 {
    match kind {
        PeriodKind::Day => day_of_year(day_of_month(year, 12, 31)),
        PeriodKind::Week(first) => {
            let days = days_between(first_week(year, first), first_week(year + 1, first));
            u16::try_from(days / 7).unwrap_or(0)
        }
        PeriodKind::TenDays => TEN_DAYS_A_YEAR,
        PeriodKind::Named(_)
        | PeriodKind::Campaign(_)
        | PeriodKind::DailyOf(_)
        | PeriodKind::EndOf(_)
        | PeriodKind::OnRequest => 0,
        kind => kind.month_count().map_or(0, |months| match kind {
            PeriodKind::Month | PeriodKind::Quarter => 12 / u16::from(months),
            _ => 1,
        }),
    }
}

/// The first day of the first week: of the weeks that start on that weekday, the one with the 4th of January as one of its days has at
/// least four days in the year.
fn first_week(year: i16, first: WeekStart) -> Date {
    let fourth = day_of_month(year, 1, 4);
    let after_monday = i32::from(fourth.weekday().to_monday_zero_offset());
    days_after(fourth, -(after_monday - first.after_monday()).rem_euclid(7))
}

fn day_of_year(date: Date) -> u16 {
    u16::try_from(date.day_of_year()).unwrap_or(1)
}
