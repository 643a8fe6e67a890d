//! Days off, swapped working days and the deadlines that regimes leave to the province: seen, changed after a look at which deadlines move, kept with a reason.
//!
//! What is confirmed is what was seen: the fingerprint covers the decisions as they stand and as they would. It does not know pages. Broken input: every bad line is named; nothing is changed.

use crate::calendar::{Date, Decision, DueRule, Moment, Period};
use crate::organisation::parse_decisions;
use crate::plan::fingerprint::hexadecimal;
use crate::reports::obligation::{LocalDeadline, rule_in_force};
use crate::reports::permission::{Action, Actor, grant_for_province, may_somewhere};
use crate::service::Service;
use crate::service::effects::{RegimeEffect, owed};
use crate::service::ground::TABLE_DECISIONS;
use crate::service::problem::ServiceError;
use crate::service::tables::with_deadline;
use crate::service::unit_changes::UnitsFault;
use crate::store::records::LoadedTable;
use crate::text::table::TableProblem;
use sha2::{Digest, Sha256};

/// What stands in the calendars.
#[derive(Debug, Clone)]
pub struct CalendarView {
    /// The decisions on days off and swapped days, by date.
    pub decisions: Vec<Decision>,
    /// Their table as it stands.
    pub text: String,
    /// Deadlines the province has set or may set, by regime, party and period.
    pub local: Vec<LocalLine>,
    /// Whether the person may change days off.
    pub may_decide: bool,
    /// Whether the person may set deadlines.
    pub may_set: bool,
}

/// A deadline that a regime leaves to the province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalLine {
    /// The regime's name.
    pub regime: String,
    /// Its printed title.
    pub title: String,
    /// Whose deadline.
    pub party: String,
    /// The party in words.
    pub party_name: String,
    /// The period.
    pub period: Period,
    /// The deadline, if it is set.
    pub set: Option<LocalDeadline>,
}

/// What other decisions on days off would do.
#[derive(Debug, Clone, Default)]
pub struct CalendarPreview {
    /// What was seen. Confirming names it.
    pub fingerprint: String,
    /// Mistakes, line by line.
    pub problems: Vec<TableProblem>,
    /// Decisions that are new.
    pub added: Vec<Decision>,
    /// Decisions that are no more.
    pub removed: Vec<Decision>,
    /// Deadlines that move.
    pub regimes: Vec<RegimeEffect>,
}

/// The answer of looking at a deadline.
#[derive(Debug, Clone, Default)]
pub struct DeadlinePreview {
    /// Deadlines that move.
    pub regimes: Vec<RegimeEffect>,
    /// What was seen.
    pub fingerprint: String,
}

fn fingerprint(before: &str, after: &str) -> String {
    let mut hash = Sha256::new();
    for text in [before, after] {
        hash.update(text.len().to_le_bytes());
        hash.update(text.as_bytes());
    }
    hexadecimal(&hash.finalize())
}

impl Service {
    /// What stands in the calendars, with the deadlines of periods around today.
    pub fn calendars(&self, actor: &Actor, today: Date) -> Result<CalendarView, ServiceError> {
        let may_decide = may_somewhere(actor, Action::Administer);
        let may_set = may_somewhere(actor, Action::SetLocalDeadline);
        if !may_decide && !may_set {
            return Err(ServiceError::Forbidden);
        }
        let stored = self.store.begin_read()?.table(TABLE_DECISIONS)?;
        let text = stored.map(|stored| stored.text).unwrap_or_default();
        let (mut decisions, _) = parse_decisions(&text);
        decisions.sort_by_key(|decision| decision.date);
        Ok(CalendarView {
            decisions,
            text,
            local: self.local_lines(today)?,
            may_decide,
            may_set,
        })
    }

    /// The deadlines left to the province, of periods of this year and the next.
    fn local_lines(&self, today: Date) -> Result<Vec<LocalLine>, ServiceError> {
        let ground = self.ground()?;
        let mut lines = Vec::new();
        for regime in ground.regimes.keys() {
            let headers = ground.headers(regime);
            let mut periods: Vec<Period> = [today.year(), today.year() + 1]
                .into_iter()
                .flat_map(|year| {
                    let rules = headers.iter().flat_map(|header| &header.periods);
                    rules.flat_map(move |rule| rule.periods_in(year))
                })
                .collect();
            periods.sort();
            periods.dedup();
            for period in periods {
                let Some((header, rule)) = rule_in_force(&headers, &period, None) else {
                    continue;
                };
                let left = rule
                    .deadlines
                    .iter()
                    .filter(|deadline| deadline.rule == DueRule::Local);
                for deadline in left {
                    let party = deadline.party.name.clone();
                    let set = ground.local.iter().find(|local| {
                        local.regime == *regime && local.party == party && local.period == period
                    });
                    let agency = header.agencies.iter().find(|agency| agency.name == party);
                    lines.push(LocalLine {
                        regime: regime.clone(),
                        title: header.title.clone(),
                        party_name: agency.map_or_else(
                            || ground.kind_name(&party, ""),
                            |agency| agency.label.clone(),
                        ),
                        party,
                        period,
                        set: set.cloned(),
                    });
                }
            }
        }
        Ok(lines)
    }

    /// What other decisions on days off would do; nothing is changed.
    pub fn preview_decisions(
        &self,
        actor: &Actor,
        text: &str,
        today: Date,
    ) -> Result<CalendarPreview, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let stored = self.store.begin_read()?.table(TABLE_DECISIONS)?;
        let stood = stored.map(|stored| stored.text).unwrap_or_default();
        let (before, _) = parse_decisions(&stood);
        let (after, problems) = parse_decisions(text);
        let missing = |from: &[Decision], of: &[Decision]| -> Vec<Decision> {
            let rows = of.iter().filter(|row| !from.contains(row));
            rows.cloned().collect()
        };
        let mut preview = CalendarPreview {
            fingerprint: fingerprint(&stood, text),
            added: missing(&before, &after),
            removed: missing(&after, &before),
            problems,
            regimes: Vec::new(),
        };
        if preview.problems.is_empty() {
            let ground = self.ground()?;
            let supposed = ground.with_decisions(&after);
            preview.regimes = owed(&ground, &supposed, None, today)?;
        }
        Ok(preview)
    }

    /// Puts decisions on days off into force that were shown before.
    pub fn apply_decisions(
        &self,
        actor: &Actor,
        text: &str,
        seen: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(UnitsFault::NoReason.into());
        }
        let transaction = self.store.begin_write()?;
        let stored = transaction.table(TABLE_DECISIONS)?;
        let stood = stored.map(|stored| stored.text).unwrap_or_default();
        if fingerprint(&stood, text) != seen {
            return Err(UnitsFault::ChangedSince.into());
        }
        if stood == text {
            return Err(UnitsFault::Nothing.into());
        }
        if !parse_decisions(text).1.is_empty() {
            return Err(UnitsFault::NotSound.into());
        }
        transaction.load_table(&LoadedTable {
            name: TABLE_DECISIONS.to_string(),
            source: String::new(),
            text: text.to_string(),
            loaded_at: now,
            loaded_by: actor.user.clone(),
            reason: reason.to_string(),
        })?;
        transaction.commit()?;
        self.forget_ground();
        Ok(())
    }

    /// Which deadlines would move if the province set this one; nothing is changed.
    pub fn preview_deadline(
        &self,
        actor: &Actor,
        deadline: &LocalDeadline,
        today: Date,
    ) -> Result<DeadlinePreview, ServiceError> {
        grant_for_province(actor, Action::SetLocalDeadline).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let supposed = ground.with_local(with_deadline(&ground.local, deadline));
        Ok(DeadlinePreview {
            regimes: owed(&ground, &supposed, None, today)?,
            fingerprint: fingerprint(
                &format!("{:?}", ground.local),
                &format!("{:?}", supposed.local),
            ),
        })
    }

    /// Sets a deadline that was shown before, with a reason.
    pub fn apply_deadline(
        &self,
        actor: &Actor,
        deadline: &LocalDeadline,
        seen: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::SetLocalDeadline).ok_or(ServiceError::Forbidden)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(UnitsFault::NoReason.into());
        }
        let preview = self.preview_deadline(actor, deadline, now.date())?;
        if preview.fingerprint != seen {
            return Err(UnitsFault::ChangedSince.into());
        }
        self.set_local_deadline(actor, deadline, reason, now)
    }
}
