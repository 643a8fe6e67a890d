//! The calendar of a unit's deadlines: who makes and ends its address, and what stands in it.
//!
//! The address holds a secret; only its hash is kept, and whoever has the address reads what is due and nothing else: no figures, no names of people. Making a new address ends
//! the earlier one. Broken input: an unknown or ended secret is not found.

use crate::calendar::dates::{days_after, show_date};
use crate::calendar::{Due, Moment, Period};
use crate::organisation::UnitId;
use crate::reports::board::{BoardMark, Mark};
use crate::reports::icalendar::Entry;
use crate::reports::permission::{Actor, Role};
use crate::service::Service;
use crate::service::collection::outside;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::reminders::Links;
use crate::service::view::ReportAddress;
use crate::store::notices::{CalendarEntry, Feed};
use crate::store::records::ReportQuery;
use std::collections::BTreeSet;

/// So many days ahead deadlines are told.
const DAYS_AHEAD: i32 = 366;

/// A unit of the actor with the address of its calendar, if it has one.
#[derive(Debug, Clone)]
pub struct FeedView {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The address that works.
    pub feed: Option<Feed>,
}

impl Service {
    /// The units for which the actor fills in or heads reports, with their calendars.
    pub fn own_feeds(&self, actor: &Actor) -> Result<Vec<FeedView>, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let mut found = Vec::new();
        for unit in own_units(actor) {
            let feeds = transaction.feeds(&unit)?;
            found.push(FeedView {
                name: ground.unit_name(&unit),
                feed: feeds.into_iter().find(|feed| feed.ended_at.is_none()),
                unit,
            });
        }
        Ok(found)
    }

    /// Makes the address of a unit's calendar, in place of an earlier one.
    pub fn make_feed(
        &self,
        actor: &Actor,
        unit: &UnitId,
        token_hash: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        if !own_units(actor).contains(unit) {
            return Err(ServiceError::NotFound);
        }
        let transaction = self.store.begin_write()?;
        transaction.end_feeds(unit, &actor.user, now)?;
        transaction.add_feed(unit, token_hash, &actor.user, now)?;
        Ok(transaction.commit()?)
    }

    /// Ends the address of a unit's calendar.
    pub fn end_feed(&self, actor: &Actor, unit: &UnitId, now: Moment) -> Result<(), ServiceError> {
        if !own_units(actor).contains(unit) {
            return Err(ServiceError::NotFound);
        }
        let transaction = self.store.begin_write()?;
        transaction.end_feeds(unit, &actor.user, now)?;
        Ok(transaction.commit()?)
    }

    /// What the calendar of this secret says now, with the unit's name. What changed since a calendar was last told gets a higher number.
    pub fn calendar(
        &self,
        token_hash: &str,
        links: Links<'_>,
        now: Moment,
    ) -> Result<(String, Vec<Entry>), ServiceError> {
        let ground = self.ground()?;
        let (entries, changed) = {
            let transaction = self.store.begin_read()?;
            let feed = transaction
                .feed(token_hash)?
                .ok_or(ServiceError::NotFound)?;
            let query = ReportQuery {
                unit: Some(feed.unit.clone()),
                ..ReportQuery::default()
            };
            let reports = transaction.report_summaries(&query)?;
            let mut entries = Vec::new();
            let mut changed = Vec::new();
            for (regime, period) in periods(&ground, now) {
                let address = ReportAddress {
                    regime,
                    period,
                    unit: feed.unit.clone(),
                };
                let Ok(owed) = ground.obligation(&address) else {
                    continue;
                };
                let Some(due) = owed.pressing() else {
                    continue;
                };
                let report = reports.iter().find(|report| {
                    report.key.regime == address.regime && report.key.period == period
                });
                let progress = report.map(|report| outside(report.progress()));
                let mark = BoardMark::of(&owed, progress, now).mark;
                let uid = format!("{}.{period}.{}@regime", address.regime, feed.unit);
                let told = format!("{} {}", shown(due), state(mark));
                let known = transaction.calendar_entry(&uid)?;
                let entry = match known {
                    Some(known) if known.told == told => known,
                    known => {
                        let next = |known: CalendarEntry| known.sequence.saturating_add(1);
                        let entry = CalendarEntry {
                            uid,
                            told,
                            sequence: known.map_or(0, next),
                            changed_at: now,
                        };
                        changed.push(entry.clone());
                        entry
                    }
                };
                let title = &ground
                    .plan(&owed.key.regime, owed.key.version)?
                    .header
                    .title;
                entries.push(Entry {
                    uid: entry.uid,
                    summary: format!("Hạn báo cáo: {title} – {}", period.name_vi()),
                    description: format!("Hạn gửi {}. {}.", shown(due), state(mark)),
                    due,
                    sequence: entry.sequence,
                    changed_at: entry.changed_at,
                    cancelled: mark == Mark::Exempted,
                    link: links(&address),
                });
            }
            let name = format!("Hạn báo cáo – {}", ground.unit_name(&feed.unit));
            ((name, entries), changed)
        };
        if !changed.is_empty() {
            let transaction = self.store.begin_write()?;
            for entry in &changed {
                transaction.save_calendar_entry(entry)?;
            }
            transaction.commit()?;
        }
        Ok(entries)
    }
}

/// The periods of which a calendar tells: those that have begun, and those of the year to come that return by themselves.
fn periods(ground: &Ground, now: Moment) -> BTreeSet<(String, Period)> {
    let mut found = BTreeSet::new();
    let later = days_after(now.date(), DAYS_AHEAD);
    for regime in ground.regimes.keys() {
        let coming = ground.periods_begun(regime, later).into_iter();
        let coming = coming.filter(|period| period.kind().event().is_none());
        let begun = ground.periods_begun(regime, now.date());
        found.extend(
            begun
                .into_iter()
                .chain(coming)
                .map(|period| (regime.clone(), period)),
        );
    }
    found
}

fn own_units(actor: &Actor) -> BTreeSet<UnitId> {
    actor
        .held()
        .filter(|held| matches!(held.grant.role, Role::Officer | Role::HeadOfUnit))
        .map(|held| held.grant.unit.clone())
        .collect()
}

fn shown(due: Due) -> String {
    match due.clock {
        Some(clock) => format!("{} {clock}", show_date(due.date)),
        None => show_date(due.date),
    }
}

/// How the report stands, as far as it does not change by itself from day to day.
fn state(mark: Mark) -> &'static str {
    match mark {
        Mark::OnTime | Mark::Late { .. } => "Đã gửi",
        Mark::Returned => "Bị trả lại, chưa gửi lại",
        Mark::Overdue { .. } | Mark::Waiting { .. } | Mark::NotOwed => "Chưa gửi",
        Mark::Exempted => "Được miễn báo cáo",
    }
}
