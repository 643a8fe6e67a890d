//! Who has and has not reported, and the consolidated form of those who have.
//!
//! A body consolidates the reports and documents whose next hop it is. A report counts from the moment it was sent until it is returned. This module does not add figures; `eval`
//! does. Broken input: a form that the plan does not have is not found.

use crate::calendar::{DateRange, Moment, Period};
use crate::eval::consolidate::consolidate;
use crate::eval::together::whole_outline;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::reports::key::ReportKind;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Action, Actor, grant_for_report};
use crate::reports::report::{Report, Status};
use crate::reports::standing::{Lateness, Progress, Standing};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::{
    CollectionSummary, CollectionView, ConsolidatedUnit, ConsolidatedView, UnitStatus,
};
use crate::service::whole::body::Bodies;
use crate::service::whole::contributors::{Contributor, members, place_of};
use crate::service::whole::document::{DocumentAddress, Looking};
use crate::store::records::ReportQuery;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands against each deadline: by unit, and whether it is a report or a document.
type Progresses = BTreeMap<(UnitId, ReportKind), Progress>;

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
            let mut by_period: BTreeMap<Period, Progresses> = BTreeMap::new();
            for summary in transaction.report_summaries(&query)? {
                by_period.entry(summary.key.period).or_default().insert(
                    (summary.key.unit.clone(), ReportKind::OfUnit),
                    outside(summary.progress()),
                );
            }
            let nothing = BTreeMap::new();
            for period in ground.periods_begun(regime, now.date()) {
                let bodies = Bodies::of(transaction.as_ref(), &ground, regime, &period)?;
                let mut progress = by_period.get(&period).unwrap_or(&nothing).clone();
                progress.extend(of_documents(&bodies));
                for recipient in bodies.listed(actor) {
                    let owed = bodies.direct(recipient);
                    let plan = &bodies.plan;
                    let summary = summary_of(plan, &period, recipient, &owed, &progress, now);
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

    /// Who has and has not reported to a body: the one named, or the one to which most reports go of those the actor may look at.
    pub fn collection(
        &self,
        actor: &Actor,
        regime: &str,
        period: &Period,
        body: Option<&UnitId>,
        now: Moment,
    ) -> Result<CollectionView, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let bodies = Bodies::of(transaction.as_ref(), &ground, regime, period)?;
        let recipient = bodies.chosen(actor, body)?;
        let query = ReportQuery {
            regime: Some(regime.to_string()),
            period: Some(*period),
            ..ReportQuery::default()
        };
        let reports: BTreeMap<UnitId, Report> = transaction
            .reports(&query)?
            .into_iter()
            .map(|report| (report.key.unit.clone(), report))
            .collect();
        let owed = bodies.direct(&recipient);
        let mut units = Vec::new();
        for obligation in &owed {
            let unit = &obligation.key.unit;
            let report = match obligation.key.kind {
                ReportKind::OfUnit => reports.get(unit),
                ReportKind::Consolidated => bodies.documents.get(unit),
            };
            units.push(unit_status(
                &ground,
                &bodies,
                actor,
                (obligation, report),
                now,
            ));
        }
        let of_reports = reports.iter().map(|(unit, report)| {
            let progress = outside(Progress::of(report));
            ((unit.clone(), ReportKind::OfUnit), progress)
        });
        let mut progress: Progresses = of_reports.collect();
        progress.extend(of_documents(&bodies));
        let summary = summary_of(&bodies.plan, period, &recipient, &owed, &progress, now);
        let may_receive = actor.held().map(|held| held.grant).any(|grant| {
            grant.unit == recipient && grant.role == crate::reports::permission::Role::Aggregator
        });
        Ok(CollectionView {
            bodies: bodies
                .listed(actor)
                .map(|body| (body.clone(), ground.unit_name(body)))
                .collect(),
            document: bodies
                .documents
                .get(&recipient)
                .map_or(Status::Draft, |document| document.status),
            summary,
            units,
            may_receive,
        })
    }

    /// The consolidated form.
    pub fn consolidated(
        &self,
        actor: &Actor,
        (regime, period): (&str, &Period),
        looking: &Looking,
        form: &str,
        now: Moment,
    ) -> Result<ConsolidatedView, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let transaction = transaction.as_ref();
        let (bodies, recipient, gathered) =
            self.looked_at(transaction, &ground, actor, (regime, period), looking)?;
        let plan = &bodies.plan;
        let (form, _) = plan
            .form_definition
            .find_form(form)
            .ok_or(ServiceError::NotFound)?;
        let contributors = &gathered.contributors;
        let archives = gathered.past.archives(&ground, plan);
        let history = gathered.past.history(&ground, plan, &archives);
        let consolidation = consolidate(plan, form, &members(contributors), Some(&history));
        let outline = whole_outline(plan, &members(contributors), &history);
        let progress = contributors.iter().map(|found| {
            let key = (found.obligation.key.unit.clone(), ReportKind::OfUnit);
            (key, counted_progress(found))
        });
        let owed: Vec<&Obligation> = contributors.iter().map(|found| &found.obligation).collect();
        let summary = summary_of(plan, period, &recipient, &owed, &progress.collect(), now);
        let names = contributors
            .iter()
            .map(|found| (found.obligation.key.unit.clone(), found.name.clone()))
            .collect();
        let adjusted = gathered.past.adjusted();
        let plan = Arc::clone(plan);
        let units = gathered
            .contributors
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
            body_name: ground.unit_name(&recipient),
            at: DocumentAddress {
                regime: regime.to_string(),
                period: *period,
                body: recipient,
            },
            looking: looking.clone(),
            adjusted,
            summary,
            consolidation,
            units,
            names,
            outline,
            plan,
        })
    }
}

fn unit_status(
    ground: &Ground,
    bodies: &Bodies,
    actor: &Actor,
    (obligation, report): (&Obligation, Option<&Report>),
    now: Moment,
) -> UnitStatus {
    let unit = &obligation.key.unit;
    let progress = report.map(|report| outside(Progress::of(report)));
    let status = progress.map_or(Status::Draft, |progress| progress.status);
    let (level, item) = place_of(ground.organisation.get(unit));
    let may_open = grant_for_report(
        actor,
        Action::ViewSent,
        unit,
        &obligation.recipients,
        status,
    )
    .is_some();
    UnitStatus {
        unit: unit.clone(),
        report_kind: obligation.key.kind,
        name: ground.unit_name(unit),
        kind: Ground::kind_label(&bodies.plan, &level, &item),
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
    }
}

fn of_documents(bodies: &Bodies) -> impl Iterator<Item = ((UnitId, ReportKind), Progress)> {
    bodies.documents.iter().map(|(body, document)| {
        let progress = outside(Progress::of(document));
        ((body.clone(), ReportKind::Consolidated), progress)
    })
}

/// How a unit's report stands in a whole: one that does not count in it stands as one that has not come.
fn counted_progress(found: &Contributor) -> Progress {
    let progress = found.report.as_ref().map(Progress::of);
    let progress = progress.filter(|_| found.revision.is_some());
    outside(progress.unwrap_or(Progress {
        status: Status::Draft,
        sent: None,
        held: false,
    }))
}

fn summary_of(
    plan: &CompiledRegime,
    period: &Period,
    recipient: &UnitId,
    owed: &[&Obligation],
    progress: &Progresses,
    now: Moment,
) -> CollectionSummary {
    let standings: Vec<(Standing, Option<Status>)> = owed
        .iter()
        .map(|obligation| {
            let key = &obligation.key;
            let progress = progress.get(&(key.unit.clone(), key.kind)).copied();
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
        unanswered: count(&|_, status| matches!(status, Some(Status::Sent | Status::Received))),
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

/// A report's progress as its recipient may know it.
pub(super) fn outside(progress: Progress) -> Progress {
    Progress {
        status: progress.seen_from_outside(),
        ..progress
    }
}
