//! Working days: weekends, public holidays, days compensated for, and days that a decision fixes or swaps.
//!
//! Deliberately does not know: deadlines, and which table the decisions were read from.
//! On broken input: a lunar day that a year does not have is no holiday in that year; a year whose decisions are
//! missing is counted without them and [`WorkingCalendar::provisional`] says so.

use serde::{Deserialize, Serialize};

use super::dates::{days_after, is_weekend};
use super::lunar::LunarMonth;
use super::{Date, lunar};

/// No rest is as long as this, so a day compensated for has its holiday among so many days before it.
const LONGEST_REST: i32 = 21;

/// The day of a holiday that returns every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayDay {
    /// A day of the civil calendar: 01/05.
    Civil {
        /// Day of the month.
        day: u8,
        /// Month, from 1.
        month: u8,
    },
    /// A day of the lunar calendar: 10/03, never in a leap month.
    Lunar {
        /// Day of the month.
        day: u8,
        /// Month, from 1.
        month: u8,
    },
}

/// One public holiday (Labour Code 2019, Art. 112).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayRule {
    /// The name, as declared.
    pub name: String,
    /// The day that returns every year; `None` when all its days are fixed by decisions.
    pub day: Option<HolidayDay>,
    /// How many days a decision fixes each year (Art. 112.3: the Prime Minister decides Tết and National Day).
    pub decided_days: u8,
    /// The first day the rule is in force; `None` means always.
    pub from: Option<Date>,
    /// The last day the rule is in force; `None` means for ever.
    pub until: Option<Date>,
}

/// What a decision makes of one day. It lists the days it fixes and the days it swaps; days compensated for because a
/// holiday of a [`HolidayRule`] falls on a weekend follow from the law and are not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The day.
    pub date: Date,
    /// True: nobody works. False: a working day, as a Saturday worked in exchange.
    pub off: bool,
    /// The decision, as cited.
    pub basis: String,
}

/// The working calendar of public offices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingCalendar {
    rules: Vec<HolidayRule>,
    decisions: Vec<Decision>,
    lunar: Vec<LunarMonth>,
}

impl WorkingCalendar {
    /// A calendar of these rules and decisions. Of two decisions about one day the one that stands later holds.
    pub fn new(rules: Vec<HolidayRule>, decisions: Vec<Decision>) -> WorkingCalendar {
        WorkingCalendar {
            rules,
            decisions,
            lunar: Vec::new(),
        }
    }

    /// The same calendar with a table of lunar months that goes before the computed ones.
    pub fn with_lunar(mut self, mut months: Vec<LunarMonth>) -> WorkingCalendar {
        months.sort();
        self.lunar = months;
        self
    }

    /// Whether public offices work on that day.
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.decided(date) {
            Some(off) => !off,
            None => !is_weekend(date) && !self.is_holiday(date) && !self.is_compensated(date),
        }
    }

    /// The day that ends a term of so many working days after an event. The day of the event is not counted
    /// (Civil Code 2015, Art. 147); 0 gives the day itself, or the next working day when it is a rest day.
    pub fn add_working_days(&self, date: Date, days: u32) -> Date {
        let mut day = date;
        let mut left = days;
        while left > 0 && day < Date::MAX {
            day = days_after(day, 1);
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        while !self.is_working_day(day) && day < Date::MAX {
            day = days_after(day, 1);
        }
        day
    }

    /// The day itself when it is a working day, else the next one (Civil Code 2015, Art. 148.5).
    pub fn next_working_day(&self, date: Date) -> Date {
        self.add_working_days(date, 0)
    }

    /// The day itself when it is a working day, else the one before.
    pub fn previous_working_day(&self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working_day(day) && day > Date::MIN {
            day = days_after(day, -1);
        }
        day
    }

    /// How many working days lie after `from`, up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = days_after(day, 1);
            count += u32::from(self.is_working_day(day));
        }
        count
    }

    /// Whether deadlines in that year may still move, because a holiday that is fixed by decision has none yet,
    /// or the lunar table does not reach that year. Days worked in exchange are taken off the days decided, so that
    /// a swap alone does not stand for Tết.
    pub fn provisional(&self, year: i16) -> bool {
        let in_force: Vec<&HolidayRule> = self
            .rules
            .iter()
            .filter(|rule| rule.touches(year))
            .collect();
        let lunar = in_force
            .iter()
            .any(|rule| matches!(rule.day, Some(HolidayDay::Lunar { .. })));
        let expected: usize = in_force
            .iter()
            .map(|rule| usize::from(rule.decided_days))
            .sum();
        let of_year = |off: bool| {
            self.decisions
                .iter()
                .filter(|row| row.date.year() == year && row.off == off)
                .count()
        };
        let stated = self.lunar.iter().any(|month| month.begins.year() == year);
        (lunar && !stated && !lunar::reaches(year)) || of_year(true) < expected + of_year(false)
    }

    /// What decisions say about a day: off, worked, or nothing.
    fn decided(&self, date: Date) -> Option<bool> {
        self.decisions
            .iter()
            .rev()
            .find(|decision| decision.date == date)
            .map(|decision| decision.off)
    }

    /// Whether a rule makes the day a holiday.
    fn is_holiday(&self, date: Date) -> bool {
        self.rules
            .iter()
            .any(|rule| rule.falls_on(date, &self.lunar))
    }

    /// Whether the day is taken off in place of a holiday on a weekend (Labour Code 2019, Art. 111.3). Each such
    /// holiday, in order of time, takes the first day after it that would otherwise be worked.
    fn is_compensated(&self, date: Date) -> bool {
        let mut owed = 0_u32;
        let mut day = days_after(date, -LONGEST_REST);
        while day <= date {
            if is_weekend(day) && self.is_holiday(day) && self.decided(day) != Some(false) {
                owed += 1;
            }
            let free = !is_weekend(day) && !self.is_holiday(day) && self.decided(day).is_none();
            if owed > 0 && free {
                if day == date {
                    return true;
                }
                owed -= 1;
            }
            day = days_after(day, 1);
        }
        false
    }
}

impl HolidayRule {
    fn is_in_force(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }

    /// Whether the rule is in force on some day of a year.
    fn touches(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from.year() <= year)
            && self.until.is_none_or(|until| year <= until.year())
    }

    fn falls_on(&self, date: Date, table: &[LunarMonth]) -> bool {
        let on_day = match self.day {
            Some(HolidayDay::Civil { day, month }) => {
                i8::try_from(day) == Ok(date.day()) && i8::try_from(month) == Ok(date.month())
            }
            Some(HolidayDay::Lunar { day, month }) => {
                lunar::day_of(date, table) == Some((day, month, false))
            }
            None => false,
        };
        on_day && self.is_in_force(date)
    }
}
