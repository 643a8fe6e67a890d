//! Deciding about what is owed: exempting units, extending deadlines, locking periods, and taking that back.
//!
//! Every decision has a person and a reason and is kept for ever; what holds is the last word ([`Ruled`]). It does not know pages. Broken input: a closed
//! [`RulingFault`], and nothing was decided.

use crate::calendar::{Due, Moment, Period};
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::event::Stamp;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::reports::refusal::{MOST_CHARACTERS, MOST_SHOWN};
use crate::reports::ruling::{Ruled, Ruling, RulingKind, later};
use crate::reports::standing::{Progress, Standing};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::ReportAddress;
use crate::store::records::ReportQuery;
use std::collections::BTreeMap;

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRuling {
    /// The regime's name.
    pub regime: String,
    /// The period.
    pub period: Period,
    /// The unit; none: every unit that owes the report.
    pub unit: Option<UnitId>,
    /// What is decided.
    pub kind: RulingKind,
    /// Why, or the document it rests on.
    pub reason: String,
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RulingFault {
    /// Nothing is said of why.
    NoReason,
    /// The reason is longer than [`MOST_CHARACTERS`].
    TooLong,
    /// The unit owes no such report.
    NotOwed,
    /// The day given is not later than the deadline is already.
    NotLater(Due),
    /// It has been decided already.
    Already,
    /// There is nothing of the kind to take back.
    NothingToEnd,
}

impl RulingFault {
    /// The words for the person who asked.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            RulingFault::NoReason => (
                "Phải ghi lý do hoặc văn bản làm căn cứ.".to_owned(),
                "Say why, or on which document it rests.".to_owned(),
            ),
            RulingFault::TooLong => (
                format!("Lý do dài quá {MOST_SHOWN} ký tự."),
                format!("The reason is longer than {MOST_SHOWN} characters."),
            ),
            RulingFault::NotOwed => (
                "Đơn vị này không phải gửi báo cáo kỳ này.".to_owned(),
                "This unit owes no report for this period.".to_owned(),
            ),
            RulingFault::NotLater(due) => (
                format!("Thời hạn gia hạn phải sau thời hạn hiện nay ({due})."),
                format!("The extension has to be later than the deadline is now ({due})."),
            ),
            RulingFault::Already => (
                "Việc này đã được quyết định trước đó.".to_owned(),
                "That has been decided before.".to_owned(),
            ),
            RulingFault::NothingToEnd => (
                "Không có quyết định nào đang áp dụng để thôi.".to_owned(),
                "There is no such decision in force to take back.".to_owned(),
            ),
        };
        Bilingual { vi, en }
    }
}

/// A regime and period with what is owed.
#[derive(Debug, Clone)]
pub struct PeriodView {
    /// The regime's name.
    pub regime: String,
    /// Its printed title.
    pub regime_title: String,
    /// The period.
    pub period: Period,
    /// How many units owe the report.
    pub owed: usize,
    /// How many of them are exempted.
    pub exempted: usize,
    /// How many have an extension.
    pub extended: usize,
    /// How many are locked.
    pub locked: usize,
}

/// What one unit owes.
#[derive(Debug, Clone)]
pub struct OwedView {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The deadline, extensions included.
    pub due: Option<Due>,
    /// How its report stands.
    pub standing: Standing,
    /// What was decided.
    pub ruled: Ruled,
}

/// A decision with the name of its unit.
#[derive(Debug, Clone)]
pub struct RulingView {
    /// The decision.
    pub ruling: Ruling,
    /// The unit's name; none: every unit.
    pub unit_name: Option<String>,
}

impl Service {
    /// The periods about which something can be decided, the newest first.
    pub fn ruled_periods(
        &self,
        actor: &Actor,
        now: Moment,
    ) -> Result<Vec<PeriodView>, ServiceError> {
        grant_for_province(actor, Action::Rule).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let mut found = Vec::new();
        for regime in ground.regimes.keys() {
            for period in ground.periods_begun(regime, now.date()).into_iter().rev() {
                let owed = ground.obligations(regime, &period)?;
                let count = |wanted: &dyn Fn(&Ruled) -> bool| {
                    owed.iter().filter(|one| wanted(&one.ruled)).count()
                };
                found.push(PeriodView {
                    regime: regime.clone(),
                    regime_title: ground.plan_of_period(regime, &period)?.header.title.clone(),
                    period,
                    owed: owed.len(),
                    exempted: count(&|ruled| ruled.exempted.is_some()),
                    extended: count(&|ruled| ruled.extended.is_some()),
                    locked: count(&|ruled| ruled.locked.is_some()),
                });
            }
        }
        Ok(found)
    }

    /// What is owed for a period, by unit, and every decision about it, the newest first.
    pub fn rulings(
        &self,
        actor: &Actor,
        regime: &str,
        period: &Period,
        now: Moment,
    ) -> Result<(String, Vec<OwedView>, Vec<RulingView>), ServiceError> {
        grant_for_province(actor, Action::Rule).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let title = ground.plan_of_period(regime, period)?.header.title.clone();
        let query = ReportQuery {
            regime: Some(regime.to_string()),
            period: Some(*period),
            ..ReportQuery::default()
        };
        let summaries = self.store.begin_read()?.report_summaries(&query)?;
        let progress: BTreeMap<UnitId, Progress> = summaries
            .iter()
            .map(|report| (report.key.unit.clone(), report.progress()))
            .collect();
        let seen = |obligation: Obligation| {
            let progress = progress.get(&obligation.key.unit).map(|progress| Progress {
                status: progress.seen_from_outside(),
                ..*progress
            });
            OwedView {
                name: ground.unit_name(&obligation.key.unit),
                due: obligation.due,
                standing: obligation.standing(progress, now),
                unit: obligation.key.unit,
                ruled: obligation.ruled,
            }
        };
        let owed = ground.obligations(regime, period)?;
        let of_period = |ruling: &&Ruling| ruling.regime == regime && ruling.period == *period;
        let rulings = ground.rulings.iter().rev().filter(of_period);
        let rulings = rulings.map(|ruling| RulingView {
            unit_name: ruling.unit.as_ref().map(|unit| ground.unit_name(unit)),
            ruling: ruling.clone(),
        });
        Ok((
            title,
            owed.into_iter().map(seen).collect(),
            rulings.collect(),
        ))
    }

    /// Decides.
    pub fn rule(&self, actor: &Actor, asked: &NewRuling, now: Moment) -> Result<(), ServiceError> {
        let held = grant_for_province(actor, Action::Rule).ok_or(ServiceError::Forbidden)?;
        let reason = asked.reason.trim();
        if reason.is_empty() {
            return Err(RulingFault::NoReason.into());
        }
        if reason.chars().count() > MOST_CHARACTERS {
            return Err(RulingFault::TooLong.into());
        }
        // The decision stands on what holds now; nobody else decides between looking and writing.
        let transaction = self.store.begin_write()?;
        let ground = Ground::read(transaction.as_ref())?;
        let concerned = match &asked.unit {
            Some(unit) => {
                let address = ReportAddress {
                    regime: asked.regime.clone(),
                    period: asked.period,
                    unit: unit.clone(),
                };
                let owed = ground.obligation(&address);
                vec![owed.map_err(|_| RulingFault::NotOwed)?]
            }
            None => ground.obligations(&asked.regime, &asked.period)?,
        };
        useful(asked.kind, &concerned)?;
        transaction.add_ruling(&Ruling {
            regime: asked.regime.clone(),
            period: asked.period,
            unit: asked.unit.clone(),
            kind: asked.kind,
            reason: reason.to_string(),
            stamp: Stamp {
                user: actor.user.clone(),
                name: actor.name.clone(),
                unit: held.grant.unit.clone(),
                on_behalf_of: held.on_behalf_of.cloned(),
                at: now,
            },
        })?;
        transaction.commit()?;
        self.forget_ground();
        Ok(())
    }
}

/// A decision that changes nothing for anybody is a mistake of whoever makes it.
fn useful(kind: RulingKind, concerned: &[Obligation]) -> Result<(), RulingFault> {
    if concerned.is_empty() {
        return Err(RulingFault::NotOwed);
    }
    let any = |wanted: &dyn Fn(&Ruled) -> bool| concerned.iter().any(|one| wanted(&one.ruled));
    let (changes, otherwise) = match kind {
        RulingKind::Exempted => (any(&|ruled| ruled.exempted.is_none()), RulingFault::Already),
        RulingKind::Locked => (any(&|ruled| ruled.locked.is_none()), RulingFault::Already),
        RulingKind::ExemptionEnded => (
            any(&|ruled| ruled.exempted.is_some()),
            RulingFault::NothingToEnd,
        ),
        RulingKind::ExtensionEnded => (
            any(&|ruled| ruled.extended.is_some()),
            RulingFault::NothingToEnd,
        ),
        RulingKind::Unlocked => (
            any(&|ruled| ruled.locked.is_some()),
            RulingFault::NothingToEnd,
        ),
        RulingKind::Extended(until) => {
            let mut dues = concerned.iter().map(|one| one.due);
            let latest = dues.clone().flatten().max_by_key(|due| due.date);
            (
                dues.any(|due| Some(later(due, until)) != due),
                RulingFault::NotLater(latest.unwrap_or(until)),
            )
        }
    };
    if changes { Ok(()) } else { Err(otherwise) }
}
