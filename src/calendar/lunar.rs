//! The Vietnamese lunar calendar (âm lịch), 1968–2100.
//!
//! Deliberately does not know: holidays, which only name lunar days.
//! On broken input: `None` for a year outside the table or a day that the year does not have.

use serde::{Deserialize, Serialize};

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

/// One month of a table that a project keeps in place of the computed calendar (`lunar from`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LunarMonth {
    /// Its first day.
    pub begins: Date,
    /// 1–12.
    pub month: u8,
    /// Whether it is the second month of that number (tháng nhuận).
    pub leap: bool,
}

/// Day, month and whether the month is the leap one, of a civil day: as the project's table says where it reaches, else as computed. The months of the
/// table stand in order; one without a successor reaches 30 days.
pub fn day_of(date: Date, table: &[LunarMonth]) -> Option<(u8, u8, bool)> {
    let place = table.iter().rposition(|month| month.begins <= date);
    let stated = place.and_then(|place| {
        let month = table.get(place)?;
        let day = days_between(month.begins, date) + 1;
        let over = table
            .get(place + 1)
            .map_or(day > 30, |next| date >= next.begins || day > 30);
        let day = u8::try_from(day).ok().filter(|_| !over)?;
        Some((day, month.month, month.leap))
    });
    stated.or_else(|| from_civil(date).map(|lunar| (lunar.day, lunar.month, lunar.leap)))
}

/// One lunar year, unpacked from the table.
struct LunarYear {
    packed: u32,
    tet: Date,
}

impl LunarYear {
    fn of(year: i16) -> Option<LunarYear> {
        let place = usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?;
        let packed = *YEARS.get(place)?;
        let days = i32::try_from(packed >> 17).ok()?;
        Some(LunarYear {
            packed,
            tet: days_after(Date::new(year, 1, 1).ok()?, days),
        })
    }

    /// The months in order: number, whether it is the leap one, length in days.
    fn months(&self) -> impl Iterator<Item = (u8, bool, u8)> {
        let leap_after = u8::try_from(self.packed >> 13 & 0xf).unwrap_or(0);
        let count = if leap_after == 0 { 12_u8 } else { 13 };
        let packed = self.packed;
        (0..count).map(move |place| {
            let leap = leap_after != 0 && place == leap_after;
            let number = if leap_after != 0 && place >= leap_after {
                place
            } else {
                place + 1
            };
            let length = if packed >> place & 1 == 1 { 30 } else { 29 };
            (number, leap, length)
        })
    }
}

/// The civil day of a lunar day.
pub fn to_civil(lunar: LunarDate) -> Option<Date> {
    let year = LunarYear::of(lunar.year)?;
    let mut first = year.tet;
    for (number, leap, length) in year.months() {
        if number == lunar.month && leap == lunar.leap {
            let in_month = (1..=length).contains(&lunar.day);
            return if in_month {
                Some(days_after(first, i32::from(lunar.day) - 1))
            } else {
                None
            };
        }
        first = days_after(first, i32::from(length));
    }
    None
}

/// The lunar day of a civil day.
pub fn from_civil(date: Date) -> Option<LunarDate> {
    let this_year = LunarYear::of(date.year())
        .filter(|year| year.tet <= date)
        .map(|year| (date.year(), year));
    let (number_of_year, year) = match this_year {
        Some(found) => found,
        None => (date.year() - 1, LunarYear::of(date.year() - 1)?),
    };
    let mut days = days_between(year.tet, date);
    for (month, leap, length) in year.months() {
        if days < i32::from(length) {
            let day = u8::try_from(days + 1).ok()?;
            return Some(LunarDate {
                year: number_of_year,
                month,
                leap,
                day,
            });
        }
        days -= i32::from(length);
    }
    None
}

/// Whether the table reaches a lunar year.
pub fn reaches(year: i16) -> bool {
    LunarYear::of(year).is_some()
}
