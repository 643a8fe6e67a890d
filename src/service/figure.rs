//! Where a consolidated figure comes from: its formula, its units, their cells, their revisions and the people behind them.
//!
//! Only units whose reports count are parts; the others are named as missing. It does not know pages. Broken input: an address that names no figure is not found.

use crate::calendar::Period;
use crate::eval::consolidate::{Group, figure};
use crate::eval::provenance::of_figure;
use crate::organisation::UnitId;
use crate::plan::address::CellAddress;
use crate::reports::permission::Actor;
use crate::service::Service;
use crate::service::collection::{Contributor, members};
use crate::service::problem::ServiceError;
use crate::service::view::{FigurePart, FigureView, ReportAddress};

impl Service {
    /// Opens one consolidated figure. `at` is an address as [`CellAddress::text`] writes it.
    pub fn figure(
        &self,
        actor: &Actor,
        regime: &str,
        period: &Period,
        at: &str,
        group: &Group,
    ) -> Result<FigureView, ServiceError> {
        let ground = self.ground()?;
        let (plan, _, owed) = self.owed(&ground, actor, regime, period)?;
        let at = CellAddress::parse(at, &plan.form_definition).ok_or(ServiceError::NotFound)?;
        let (contributors, past) = self.contributors(&ground, &plan, period, &owed)?;
        let members = members(&contributors);
        let archives = past.archives(&ground, &plan);
        let history = Some(past.history(&ground, &plan, &archives));
        let history = history.as_ref();
        let found = figure(&plan, &members, group, &at, history).ok_or(ServiceError::NotFound)?;
        let provenance =
            of_figure(&plan, &members, group, &at, history).ok_or(ServiceError::NotFound)?;
        let by_unit = |unit: &UnitId| {
            contributors
                .iter()
                .find(|found| &found.obligation.key.unit == unit)
        };
        let parts = found.contributions.iter().filter_map(|(unit, cell)| {
            let contributor = by_unit(unit)?;
            part(contributor, &at, cell.clone())
        });
        Ok(FigureView {
            parts: parts.collect(),
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
            plan,
        })
    }
}

fn part(
    contributor: &Contributor,
    at: &CellAddress,
    cell: crate::eval::cell::Cell,
) -> Option<FigurePart> {
    let report = contributor.report.as_ref()?;
    let revision = report.received_revision()?;
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
        proposed_by: revision.proposed.clone(),
        approved_by: revision.approved.clone(),
        sent_at: revision.sent.as_ref().map(|sent| sent.stamp.at),
    })
}
