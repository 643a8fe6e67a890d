//! Where a consolidated figure comes from: its formula, its units, their cells, their revisions and the people behind them.
//!
//! Only units whose reports count are parts; the others are named as missing. It does not know pages. Broken input: an address that names no figure is not found.

use crate::calendar::Period;
use crate::eval::adjustment::adjustable;
use crate::eval::consolidate::{Group, figure};
use crate::eval::provenance::of_figure;
use crate::organisation::UnitId;
use crate::plan::address::CellAddress;
use crate::reports::permission::{Action, Actor, grant_for_report};
use crate::reports::report::Status;
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::{FigurePart, FigureView, ReportAddress};
use crate::service::whole::body::Bodies;
use crate::service::whole::contributors::{Contributor, members};
use crate::service::whole::document::{DocumentAddress, Looking};

impl Service {
    /// Opens one consolidated figure. `at` is an address as [`CellAddress::text`] writes it.
    pub fn figure(
        &self,
        actor: &Actor,
        (regime, period): (&str, &Period),
        looking: &Looking,
        at: &str,
        group: &Group,
    ) -> Result<FigureView, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let (bodies, body, gathered) = self.looked_at(
            transaction.as_ref(),
            &ground,
            actor,
            (regime, period),
            looking,
        )?;
        let plan = &bodies.plan;
        let at = CellAddress::parse(at, &plan.form_definition).ok_or(ServiceError::NotFound)?;
        let contributors = &gathered.contributors;
        let members = members(contributors);
        let archives = gathered.past.archives(&ground, plan);
        let history = Some(gathered.past.history(&ground, plan, &archives));
        let history = history.as_ref();
        let found = figure(plan, &members, group, &at, history).ok_or(ServiceError::NotFound)?;
        let provenance =
            of_figure(plan, &members, group, &at, history).ok_or(ServiceError::NotFound)?;
        let by_unit = |unit: &UnitId| {
            contributors
                .iter()
                .find(|found| &found.obligation.key.unit == unit)
        };
        let parts = found.contributions.iter().filter_map(|(unit, cell)| {
            let contributor = by_unit(unit)?;
            part(&ground, contributor, &at, cell.clone())
        });
        let may_adjust =
            looking.revision.is_none() && *group == Group::Overall && adjustable(plan, &at).is_ok();
        Ok(FigureView {
            parts: parts.collect(),
            adjustable_at: adjusting(&bodies, &body, actor).filter(|_| may_adjust),
            body_name: ground.unit_name(&body),
            document: DocumentAddress {
                regime: regime.to_string(),
                period: *period,
                body,
            },
            looking: looking.clone(),
            missing: found
                .missing
                .iter()
                .map(|unit| (unit.clone(), ground.unit_name(unit)))
                .collect(),
            names: contributors
                .iter()
                .map(|found| (found.obligation.key.unit.clone(), found.name.clone()))
                .collect(),
            due: found.due,
            answered: found.answered,
            group: group.clone(),
            provenance,
            at,
            plan: plan.clone(),
        })
    }
}

/// The draft number of the body's document, where the actor may add to it now.
fn adjusting(bodies: &Bodies, body: &UnitId, actor: &Actor) -> Option<u64> {
    let owed = bodies.owed.get(body)?;
    let document = bodies.documents.get(body);
    let status = document.map_or(Status::Draft, |document| document.status);
    grant_for_report(actor, Action::Consolidate, body, &owed.recipients, status)
        .filter(|_| owed.ruled.locked.is_none())?;
    Some(document.map_or(0, |document| document.draft))
}

fn part(
    ground: &Ground,
    contributor: &Contributor,
    at: &CellAddress,
    cell: crate::eval::cell::Cell,
) -> Option<FigurePart> {
    let report = contributor.report.as_ref()?;
    let revision = contributor.counted()?;
    Some(FigurePart {
        address: ReportAddress {
            regime: report.key.regime.clone(),
            period: report.key.period,
            unit: report.key.unit.clone(),
        },
        unit_name: contributor.name.clone(),
        at: at.clone(),
        cell,
        revision: revision.number,
        through: contributor
            .through
            .as_ref()
            .map(|body| ground.unit_name(body)),
        proposed_by: revision.proposed.clone(),
        approved_by: revision.approved.clone(),
        sent_at: revision.sent.as_ref().map(|sent| sent.stamp.at),
    })
}
