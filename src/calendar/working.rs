//! Working days: weekends, public holidays, days compensated for, and days that a decision fixes or swaps.
//!
//! Deliberately does not know: deadlines, and which table the decisions were read from.
//! On broken input: a lunar day that a year does not have is no holiday in that year; a year whose decisions are
//! missing is counted without them and [`WorkingCalendar::provisional`] says so.

use serde::{Deserialize, Serialize};

use super::Date;

/// The day of a holiday that returns every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayDay {
    /// A day of the civil calendar: 01/05.
    Civil { day: u8, month: u8 },
    /// A day of the lunar calendar: 10/03, never in a leap month.
    Lunar { day: u8, month: u8 },
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
}

impl WorkingCalendar {
    /// A calendar of these rules and decisions. The later of two decisions about one day holds.
    pub fn new(rules: Vec<HolidayRule>, decisions: Vec<Decision>) -> WorkingCalendar {
        WorkingCalendar { rules, decisions }
    }

    /// Whether public offices work on that day.
    pub fn is_working_day(&self, date: Date) -> bool {
        todo!("{date}")
    }

    /// The day that ends a term of so many working days after an event. The day of the event is not counted
    /// (Civil Code 2015, Art. 147); 0 gives the day itself, or the next working day when it is a rest day.
    pub fn add_working_days(&self, date: Date, days: u32) -> Date {
        todo!("{date} {days}")
    }

    /// The day itself when it is a working day, else the next one (Civil Code 2015, Art. 148.5).
    pub fn next_working_day(&self, date: Date) -> Date {
        self.add_working_days(date, 0)
    }

    /// The day itself when it is a working day, else the one before.
    pub fn previous_working_day(&self, date: Date) -> Date {
        todo!("{date}")
    }

    /// How many working days lie after `from`, up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        todo!("{from} {to}")
    }

    /// Whether deadlines in that year may still move, because a holiday that is fixed by decision has none yet,
    /// or the lunar table does not reach that year.
    pub fn provisional(&self, year: i16) -> bool {
        todo!("{year}")
    }
}
