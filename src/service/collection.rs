//! Who has and has not reported, and the consolidated form of those who have.
//!
//! A body consolidates the reports whose next hop it is. A report counts from the moment it was sent until it is returned. This module does not add figures; `eval`
//! does. Broken input: a form that the plan does not have is not found.

use crate::calendar::{DateRange, Moment, Period};
use crate::eval::consolidate::{Member, consolidate};
use crate::eval::evaluate::Evaluation;
use crate::eval::together::whole_outline;
use crate::organisation::{Unit, UnitId};
use crate::plan::CompiledRegime;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Action, Actor, grant_for_consolidation, grant_for_report};
use crate::reports::report::{Report, Status};
use crate::reports::standing::{Lateness, Progress, Standing};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::judgement::{Siblings, regimes_read};
use crate::service::past::{Past, add_predecessors};
use crate::service::problem::ServiceError;
use crate::service::view::{
    CollectionSummary, CollectionView, ConsolidatedUnit, ConsolidatedView, UnitStatus,
};
use crate::store::ReadTransaction;
use crate::store::records::{ReportQuery, ReportSummary};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One unit that owes a report to a body, with its report if it counts.
pub(super) struct Contributor {
    pub obligation: Obligation,
    pub name: String,
    pub level: String,
    pub item: String,
    pub facts: Option<Unit>,
    pub report: Option<Report>,
    pub evaluation: Option<Arc<Evaluation>>,
}

impl Service {
    /// The regimes and periods that the actor may see consolidated, newest window first.
    pub fn collections(
        &self,
        actor: &Actor,
        now: Moment,
    ) -> Result<Vec<CollectionSummary>, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let mut found = Vec::new();
        for regime in ground.regimes.keys() {
            let query = ReportQuery {
                regime: Some(regime.clone()),
                ..ReportQuery::default()
            };
            let mut by_period: BTreeMap<Period, BTreeMap<UnitId, ReportSummary>> = BTreeMap::new();
            for summary in transaction.report_summaries(&query)? {
                by_period
                    .entry(summary.key.period)
                    .or_default()
                    .insert(summary.key.unit.clone(), summary);
            }
            let nothing = BTreeMap::new();
            for period in ground.periods_begun(regime, now.date()) {
                let obligations = ground.obligations(regime, &period)?;
                let plan = ground.plan_of_period(regime, &period)?;
                for (recipient, owed) in by_recipient(actor, &obligations) {
                    let reports = by_period.get(&period).unwrap_or(&nothing);
                    let summary = summary(plan, &period, &recipient, &owed, reports, now);
                    // A window that is still open has nothing to collect yet, unless someone was early.
                    if summary.window.to < now.date() || summary.received > 0 {
                        found.push(summary);
                    }
                }
            }
        }
        found.sort_by_key(|summary| {
            (
                std::cmp::Reverse(summary.window.to),
                summary.regime.clone(),
                summary.window.from,
            )
        });
        Ok(found)
    }

    /// Who has and has not reported to the body the actor consolidates for.
    pub fn collection(
        &self,
        actor: &Actor,
        regime: &str,
        period: &Period,
        now: Moment,
    ) -> Result<CollectionView, ServiceError> {
        let ground = self.ground()?;
        let (plan, recipient, owed) = self.owed(&ground, actor, regime, period)?;
        let query = ReportQuery {
            regime: Some(regime.to_string()),
            period: Some(*period),
            ..ReportQuery::default()
        };
        let reports: BTreeMap<UnitId, Report> = self
            .store
            .begin_read()?
            .reports(&query)?
            .into_iter()
            .map(|report| (report.key.unit.clone(), report))
            .collect();
        let mut units = Vec::new();
        for obligation in &owed {
            let report = reports.get(&obligation.key.unit);
            let progress = report.map(|report| outside(Progress::of(report)));
            let status = progress.map_or(Status::Draft, |progress| progress.status);
            let unit = ground.organisation.get(&obligation.key.unit);
            let (level, item) = place_of(unit);
            let may_open = grant_for_report(
                actor,
                Action::ViewSent,
                &obligation.key.unit,
                &obligation.recipients,
                status,
            )
            .is_some();
            units.push(UnitStatus {
                unit: obligation.key.unit.clone(),
                name: ground.unit_name(&obligation.key.unit),
                kind: Ground::kind_label(&plan, &level, &item),
                level,
                status,
                standing: obligation.standing(progress, now),
                due: obligation.pressing(),
                forms: obligation.form_standings(progress, report, now),
                sent_at: report
                    .and_then(Report::newest_sending)
                    .map(|sent| sent.stamp.at),
                revision: report
                    .and_then(Report::received_revision)
                    .map(|revision| revision.number),
                returned: report
                    .filter(|_| status == Status::Returned)
                    .and_then(|report| report.last_return.clone())
                    .filter(|note| note.from.is_with_recipient()),
                may_open,
            });
        }
        let summaries = reports
            .iter()
            .map(|(unit, report)| (unit.clone(), outside(Progress::of(report))))
            .collect();
        let summary = summary_of(&plan, period, &recipient, &owed, &summaries, now);
        let may_receive = actor.held().map(|held| held.grant).any(|grant| {
            grant.unit == recipient && grant.role == crate::reports::permission::Role::Aggregator
        });
        Ok(CollectionView {
            summary,
            units,
            may_receive,
        })
    }

    /// The consolidated form.
    pub fn consolidated(
        &self,
        actor: &Actor,
        regime: &str,
        period: &Period,
        form: &str,
        now: Moment,
    ) -> Result<ConsolidatedView, ServiceError> {
        let ground = self.ground()?;
        let (plan, recipient, owed) = self.owed(&ground, actor, regime, period)?;
        let (form, _) = plan
            .form_definition
            .find_form(form)
            .ok_or(ServiceError::NotFound)?;
        let (contributors, past) = self.contributors(&ground, &plan, period, &owed)?;
        let archives = past.archives(&ground, &plan);
        let history = past.history(&ground, &plan, &archives);
        let consolidation = consolidate(&plan, form, &members(&contributors), Some(&history));
        let outline = whole_outline(&plan, &members(&contributors), &history);
        let summaries = contributors
            .iter()
            .filter_map(|contributor| {
                let report = contributor.report.as_ref()?;
                Some((
                    contributor.obligation.key.unit.clone(),
                    outside(Progress::of(report)),
                ))
            })
            .collect();
        let summary = summary_of(&plan, period, &recipient, &owed, &summaries, now);
        let names = contributors
            .iter()
            .map(|found| (found.obligation.key.unit.clone(), found.name.clone()))
            .collect();
        let units = contributors
            .into_iter()
            .map(|found| ConsolidatedUnit {
                report: found.evaluation,
                unit: found.obligation.key.unit,
                name: found.name,
                level: found.level,
                item: found.item,
                attributes: found.facts.map(|unit| unit.attributes).unwrap_or_default(),
            })
            .collect();
        Ok(ConsolidatedView {
            form,
            summary,
            consolidation,
            units,
            names,
            outline,
            plan: Arc::clone(&plan),
        })
    }

    /// What is owed to the body the actor consolidates for, in the order of levels, kinds and names.
    pub(super) fn owed(
        &self,
        ground: &Ground,
        actor: &Actor,
        regime: &str,
        period: &Period,
    ) -> Result<(Arc<CompiledRegime>, UnitId, Vec<Obligation>), ServiceError> {
        let plan = Arc::clone(ground.plan_of_period(regime, period)?);
        let obligations = ground.obligations(regime, period)?;
        // An actor who may see several bodies' consolidations (a leader) sees the one to which most units report.
        let found = by_recipient(actor, &obligations)
            .into_iter()
            .max_by_key(|(_, owed)| owed.len());
        let (recipient, mut owed) = found.ok_or(ServiceError::NotFound)?;
        owed.sort_by_cached_key(|obligation| {
            let unit = ground.organisation.get(&obligation.key.unit);
            let (level, item) = place_of(unit);
            (position(&plan, &level, &item), obligation.key.unit.clone())
        });
        Ok((plan, recipient, owed))
    }

    /// Every unit owed, with the meaning of its report where one counts, and what the whole reads of other times.
    pub(super) fn contributors(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        period: &Period,
        owed: &[Obligation],
    ) -> Result<(Vec<Contributor>, Past), ServiceError> {
        let transaction = self.store.begin_read()?;
        let mut by_unit = families(transaction.as_ref(), &plan.header.name)?;
        for name in regimes_read(plan) {
            for (unit, others) in families(transaction.as_ref(), name)? {
                let family = by_unit.entry(unit).or_default();
                family.elsewhere.insert(name.to_string(), others);
            }
        }
        let mut found = Vec::new();
        let mut past = Past::new(ground, plan, *period)?;
        for obligation in owed {
            let unit = &obligation.key.unit;
            let mut of_unit = |unit: &UnitId| Ok(by_unit.get(unit).cloned().unwrap_or_default());
            let mut family = of_unit(unit)?;
            let cutoff = obligation.window.to;
            add_predecessors(ground, unit, &mut family, cutoff, &mut of_unit)?;
            past.add(&self.judgements, ground, plan, unit, &family)?;
            let report = family.get(period);
            let evaluation = match report.and_then(|report| {
                report
                    .received_revision()
                    .map(|revision| (report, revision))
            }) {
                Some((report, revision)) if Ground::same_version(&report.key, plan) => Some(
                    self.judgements
                        .of_revision(ground, plan, &family, &report.key, revision)?
                        .evaluation,
                ),
                _ => None,
            };
            // Nobody waits for an exempted unit: without it the whole is not partial.
            if evaluation.is_none() && obligation.ruled.exempted.is_some() {
                continue;
            }
            let facts = ground.organisation.get(&obligation.key.unit);
            let (level, item) = place_of(facts);
            found.push(Contributor {
                facts: facts.cloned(),
                obligation: obligation.clone(),
                name: ground.unit_name(&obligation.key.unit),
                level,
                item,
                report: family.get(period).cloned(),
                evaluation,
            });
        }
        Ok((found, past))
    }
}

/// The contributors as the evaluator wants them.
pub(super) fn members(contributors: &[Contributor]) -> Vec<Member<'_>> {
    contributors
        .iter()
        .map(|found| Member {
            unit: found.obligation.key.unit.clone(),
            name: found.name.clone(),
            level: found.level.clone(),
            item: found.item.clone(),
            facts: found.facts.as_ref(),
            report: found.evaluation.as_deref(),
        })
        .collect()
}

/// All reports of a regime, by unit and period.
fn families(
    transaction: &dyn ReadTransaction,
    regime: &str,
) -> Result<BTreeMap<UnitId, Siblings>, ServiceError> {
    let query = ReportQuery {
        regime: Some(regime.to_string()),
        ..ReportQuery::default()
    };
    let mut by_unit: BTreeMap<UnitId, Siblings> = BTreeMap::new();
    for report in transaction.reports(&query)? {
        by_unit
            .entry(report.key.unit.clone())
            .or_default()
            .reports
            .insert(report.key.period, report);
    }
    Ok(by_unit)
}

/// What is owed, by the bodies whose consolidation the actor may read.
fn by_recipient(actor: &Actor, obligations: &[Obligation]) -> Vec<(UnitId, Vec<Obligation>)> {
    let mut found: BTreeMap<UnitId, Vec<Obligation>> = BTreeMap::new();
    for obligation in obligations {
        for recipient in &obligation.recipients {
            found
                .entry(recipient.clone())
                .or_default()
                .push(obligation.clone());
        }
    }
    found
        .into_iter()
        .filter(|(recipient, _)| grant_for_consolidation(actor, recipient).is_some())
        .collect()
}

fn summary(
    plan: &CompiledRegime,
    period: &Period,
    recipient: &UnitId,
    owed: &[Obligation],
    reports: &BTreeMap<UnitId, ReportSummary>,
    now: Moment,
) -> CollectionSummary {
    let progress = reports
        .iter()
        .map(|(unit, report)| (unit.clone(), outside(report.progress())))
        .collect();
    summary_of(plan, period, recipient, owed, &progress, now)
}

fn summary_of(
    plan: &CompiledRegime,
    period: &Period,
    recipient: &UnitId,
    owed: &[Obligation],
    progress: &BTreeMap<UnitId, Progress>,
    now: Moment,
) -> CollectionSummary {
    let standings: Vec<(Standing, Option<Status>)> = owed
        .iter()
        .map(|obligation| {
            let progress = progress.get(&obligation.key.unit).copied();
            let standing = obligation.standing(progress, now);
            (standing, progress.map(|progress| progress.status))
        })
        .collect();
    let count = |wanted: &dyn Fn(&Standing, Option<Status>) -> bool| {
        standings
            .iter()
            .filter(|(standing, status)| wanted(standing, *status))
            .count()
    };
    CollectionSummary {
        regime: plan.header.name.clone(),
        regime_title: plan.header.title.clone(),
        period: *period,
        recipient: recipient.clone(),
        window: owed.first().map_or(
            DateRange {
                from: now.date(),
                to: now.date(),
            },
            |obligation| obligation.window,
        ),
        due: owed
            .iter()
            .filter_map(|obligation| obligation.due)
            .max_by_key(|due| due.date),
        forms: plan
            .form_definition
            .forms
            .iter()
            .filter(|form| form.applicability.in_time(period))
            .map(|form| (form.name.clone(), form.sign.clone()))
            .collect(),
        expected: count(&|standing, _| *standing != Standing::Exempted),
        received: count(&|_, status| status.is_some_and(Status::is_received)),
        accepted: count(&|_, status| matches!(status, Some(Status::Accepted | Status::Correcting))),
        late: count(&|standing, _| {
            matches!(
                standing,
                Standing::Late { .. }
                    | Standing::SentLate { .. }
                    | Standing::Accepted(Lateness { late: true, .. })
                    | Standing::Correcting(Lateness { late: true, .. })
            )
        }),
        returned: count(&|_, status| status == Some(Status::Returned)),
    }
}

fn place_of(unit: Option<&Unit>) -> (String, String) {
    unit.map_or_else(Default::default, |unit| {
        (unit.level.clone(), unit.item.clone())
    })
}

/// A report's progress as its recipient may know it.
fn outside(progress: Progress) -> Progress {
    Progress {
        status: progress.seen_from_outside(),
        ..progress
    }
}

/// Where a level and kind stand in the regime's order; what it does not name comes last.
fn position(plan: &CompiledRegime, level: &str, item: &str) -> (usize, usize) {
    let levels = &plan.header.levels;
    let level_position = levels.iter().position(|found| found.name == level);
    let item_position = level_position
        .and_then(|position| levels.get(position))
        .and_then(|level| level.items.iter().position(|(name, _)| name == item));
    (
        level_position.unwrap_or(usize::MAX),
        item_position.unwrap_or(usize::MAX),
    )
}
