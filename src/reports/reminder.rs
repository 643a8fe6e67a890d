//! Reminders of reports that did not come (nhắc gửi báo cáo): given by a person, or by the calendar as the province has set it.
//!
//! A reminder is a fact that is only ever added; its key keeps the same one from being given twice. Pure: it does not know letters, stores or pages. Broken input: a report
//! without a deadline is never reminded of by the calendar.

use crate::calendar::dates::{days_between, iso_date};
use crate::calendar::{Date, Due, Period};
use crate::organisation::UnitId;
use crate::reports::event::Stamp;
use crate::reports::key::ReportKey;
use serde::{Deserialize, Serialize};

/// For so many days after a deadline the calendar still reminds; a server that stood still longer does not remind of what everybody knows.
pub const LATEST_DAYS_AFTER: i32 = 7;

/// One reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The regime's name.
    pub regime: String,
    /// The period.
    pub period: Period,
    /// The unit that is reminded.
    pub unit: UnitId,
    /// Why it was given.
    pub cause: Cause,
    /// What the person said; empty where nothing more was.
    pub words: String,
    /// The deadline as it stood.
    pub due: Option<Due>,
    /// Who and when; the system itself for what the calendar gives.
    pub stamp: Stamp,
}

/// Why a reminder was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A person asked for it.
    Person,
    /// The deadline is near.
    Before,
    /// The deadline has passed.
    After,
}

/// What the calendar reminds of today; none where nothing is to be said. `days_before` is what the province has set; 0: the calendar is silent.
pub fn of_calendar(due: Option<Due>, today: Date, days_before: u32) -> Option<Cause> {
    let left = days_between(today, due?.date);
    let near = i32::try_from(days_before).unwrap_or(i32::MAX);
    if days_before == 0 {
        None
    } else if (0..=near).contains(&left) {
        Some(Cause::Before)
    } else if (-LATEST_DAYS_AFTER..0).contains(&left) {
        Some(Cause::After)
    } else {
        None
    }
}

impl Reminder {
    /// The same for the same reminder: a person reminds of a report once on a day, the calendar once before and once after each deadline.
    pub fn key(&self) -> String {
        let report = report_key(&self.regime, &self.period, &self.unit);
        let due = || self.due.map(|due| iso_date(due.date)).unwrap_or_default();
        match self.cause {
            Cause::Person => format!(
                "person/{}/{}/{report}",
                self.stamp.user,
                iso_date(self.stamp.at.date())
            ),
            Cause::Before => format!("before/{}/{report}", due()),
            Cause::After => format!("after/{}/{report}", due()),
        }
    }

    /// Whether it is about this report.
    pub fn is_about(&self, key: &ReportKey) -> bool {
        self.regime == key.regime && self.period == key.period && self.unit == key.unit
    }
}

fn report_key(regime: &str, period: &Period, unit: &UnitId) -> String {
    format!("{regime}/{period}/{unit}")
}
