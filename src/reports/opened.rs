//! Events (đợt) and requests that somebody opened: what is recorded of them, who opened and closed them and why, which periods they bring and who owes them.
//!
//! What may be recorded, and by whom an event may be opened, the regime declares; `service` compares. It does not know storage. A period that follows no opened event is
//! owed by nobody.

use crate::calendar::dates::days_after;
use crate::calendar::{Date, Due, EventDates, Moment, Period, PeriodKind};
use crate::eval::archive::EndedEvent;
use crate::organisation::{EventState, UnitId};
use crate::reports::permission::Person;
use serde::{Deserialize, Serialize};

/// An event or a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The regime's name.
    pub regime: String,
    /// Which one: the period at the end of the event, or the period that was asked for.
    pub key: Period,
    /// What people call it: `Bão số 3`.
    pub title: String,
    /// What it is.
    pub what: What,
    /// The units concerned; empty: all that report under the regime.
    pub units: Vec<UnitId>,
    /// Who opened it.
    pub opened: Act,
    /// Who closed it; none while it is open. A request is never closed.
    pub closed: Option<Act>,
}

/// What was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An event with its record.
    Event(EventState),
    /// A report asked for by a day.
    Request(Due),
}

/// What a person did, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Account.
    pub user: String,
    /// Name shown.
    pub name: String,
    /// On whose behalf, where the right was lent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Person>,
    /// When.
    pub at: Moment,
    /// Why, or the document it rests on.
    pub reason: String,
}

impl Opened {
    /// The record of the event; none for a request.
    pub fn event(&self) -> Option<&EventState> {
        match &self.what {
            What::Event(state) => Some(state),
            What::Request(_) => None,
        }
    }

    /// From when to when it is open.
    pub fn dates(&self) -> Option<EventDates> {
        self.event().map(|state| state.dates)
    }

    /// Whether a period is one of those it brings: the days on which the event is open, its end, the report asked for.
    pub fn brings(&self, period: &Period) -> bool {
        let Some(dates) = self.dates() else {
            return self.key == *period;
        };
        let same = self.key.kind().event() == period.kind().event()
            && self.key.number() == period.number();
        let open = |date: Date| {
            date >= dates.start.date() && dates.end.is_none_or(|end| date <= end.date())
        };
        match period.kind() {
            PeriodKind::DailyOf(_) => same && period.date().is_some_and(open),
            PeriodKind::EndOf(_) => same && dates.end.is_some(),
            _ => false,
        }
    }

    /// The periods it has brought by a day, in order.
    pub fn periods_by(&self, today: Date) -> Vec<Period> {
        let (Some(dates), Some(name)) = (self.dates(), self.key.kind().event()) else {
            return vec![self.key];
        };
        let last = dates.end.map_or(today, |end| end.date().min(today));
        let mut periods = Vec::new();
        let mut day = dates.start.date();
        while day <= last {
            periods.extend(Period::daily_of(name, self.key.number(), day));
            day = days_after(day, 1);
        }
        if dates.end.is_some_and(|end| end.date() <= today) {
            periods.push(self.key);
        }
        periods
    }

    /// The event as reports of longer periods read it, once it is over.
    pub fn ended(&self) -> Option<EndedEvent> {
        let dates = self.dates()?;
        let last = dates.end?.date();
        let name = self.key.kind().event()?;
        Some(EndedEvent {
            end: self.key,
            last_day: Period::daily_of(name, self.key.number(), last).ok(),
            dates,
        })
    }

    /// The day asked for, of a request.
    pub fn due(&self) -> Option<Due> {
        match self.what {
            What::Request(due) => Some(due),
            What::Event(_) => None,
        }
    }

    /// Whether a unit is concerned.
    pub fn concerns(&self, unit: &UnitId) -> bool {
        self.units.is_empty() || self.units.contains(unit)
    }
}
