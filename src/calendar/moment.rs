//! A moment of Vietnamese local time, to the second.
//!
//! Deliberately does not know: what the time is now; whoever reads a clock hands the moment in.
//! On broken input: reading returns `None`. Việt Nam has one zone, +07:00, and no summer time, so a civil time
//! is enough and nothing has to be looked up.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Date;
use super::dates::{parse_date, parse_iso_date, show_date};

const SECONDS_EAST: i32 = 7 * 3600;

/// A time of day to the minute, as deadlines use it: `17:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock {
    hour: u8,
    minute: u8,
}

impl Clock {
    /// `None` outside 00:00–23:59.
    pub fn new(hour: u8, minute: u8) -> Option<Clock> {
        if hour < 24 && minute < 60 {
            Some(Clock { hour, minute })
        } else {
            None
        }
    }

    /// Reads `hh:mm`.
    pub fn parse(text: &str) -> Option<Clock> {
        let (hour, minute) = text.split_once(':')?;
        Clock::new(two_digits(hour)?, two_digits(minute)?)
    }

    /// 0–23.
    pub fn hour(&self) -> u8 {
        self.hour
    }

    /// 0–59.
    pub fn minute(&self) -> u8 {
        self.minute
    }

    /// Minutes since midnight.
    pub fn minutes(&self) -> u16 {
        u16::from(self.hour) * 60 + u16::from(self.minute)
    }
}

/// `17:00`
impl fmt::Display for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl TryFrom<String> for Clock {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Clock, &'static str> {
        Clock::parse(&text).ok_or("not a time of day")
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> String {
        clock.to_string()
    }
}

/// A date and a time of day in Việt Nam (+07:00), to the second. Written `2026-12-15T09:00:00+07:00` in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime);

impl Moment {
    /// That day at that time.
    pub fn new(date: Date, clock: Clock) -> Moment {
        let hour = i8::try_from(clock.hour).unwrap_or(0);
        let minute = i8::try_from(clock.minute).unwrap_or(0);
        Moment(date.at(hour, minute, 0, 0))
    }

    /// The first moment of a day.
    pub fn start_of(date: Date) -> Moment {
        Moment(date.at(0, 0, 0, 0))
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z; `None` outside the calendar.
    pub fn from_unix_seconds(seconds: i64) -> Option<Moment> {
        let timestamp = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Moment(zone()?.to_datetime(timestamp)))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn to_unix_seconds(&self) -> i64 {
        let epoch = jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        self.0.duration_since(epoch).as_secs() - i64::from(SECONDS_EAST)
    }

    /// Reads `dd/mm/yyyy hh:mm`, as people write it.
    pub fn parse(text: &str) -> Option<Moment> {
        let (date, clock) = text.split_once(' ')?;
        Some(Moment::new(parse_date(date).ok()?, Clock::parse(clock)?))
    }

    /// Reads `yyyy-mm-ddThh:mm`, with or without seconds, ending with `+07:00`, `Z` or no zone at all
    /// (then it is local time). Other offsets are turned into local time.
    pub fn parse_iso(text: &str) -> Option<Moment> {
        if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
            return Moment::from_unix_seconds(timestamp.as_second());
        }
        let (date, time) = text.split_once('T')?;
        let date = parse_iso_date(date).ok()?;
        let (clock, seconds) = match time.len() {
            5 => (Clock::parse(time)?, 0),
            8 => {
                let (clock, seconds) = time.rsplit_once(':')?;
                (
                    Clock::parse(clock)?,
                    two_digits(seconds).filter(|seconds| *seconds < 60)?,
                )
            }
            _ => return None,
        };
        Some(Moment::new(date, clock).plus_seconds(i64::from(seconds)))
    }

    /// `2026-12-15T09:00:00+07:00`
    pub fn to_iso(&self) -> String {
        format!("{}+07:00", self.0.strftime("%Y-%m-%dT%H:%M:%S"))
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.0.date()
    }

    /// The time of day, without its seconds.
    pub fn clock(&self) -> Clock {
        let part = |value: i8| u8::try_from(value).unwrap_or(0);
        Clock {
            hour: part(self.0.hour()),
            minute: part(self.0.minute()),
        }
    }

    /// The moment so many seconds later, or earlier when negative.
    pub fn plus_seconds(&self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds.seconds()))
    }

    /// The moment so many hours later, or earlier when negative.
    pub fn plus_hours(&self, hours: i32) -> Moment {
        Moment(self.0.saturating_add(hours.hours()))
    }

    /// Seconds from an earlier moment to this one; negative when `earlier` is the later one.
    pub fn seconds_since(&self, earlier: Moment) -> i64 {
        self.to_unix_seconds() - earlier.to_unix_seconds()
    }
}

fn zone() -> Option<Offset> {
    Offset::from_seconds(SECONDS_EAST).ok()
}

fn two_digits(text: &str) -> Option<u8> {
    let shaped = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if shaped { text.parse().ok() } else { None }
}

/// `15/12/2026 09:00`
impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", show_date(self.date()), self.clock())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_iso())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(deserializer)?;
        Moment::parse_iso(&text).ok_or_else(|| de::Error::custom("not a moment"))
    }
}
