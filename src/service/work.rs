//! *Việc cần làm*: what a person has to do now, over all regimes and units they act for.
//!
//! It does not know pages. Periods are looked at from the year before `now`; an older report that was never sent has been dealt with by other means. Broken input:
//! a report whose regime is not published any more is left out.

use crate::calendar::Moment;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Actor, Held, Role};
use crate::reports::report::{Report, Status};
use crate::reports::standing::Progress;
use crate::reports::work::work_kind;
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::{ReportAddress, WorkItem};
use crate::store::records::ReportQuery;
use std::collections::BTreeSet;

impl Service {
    /// What the actor has to do in the units they fill in or head; most pressing first. Finished reports come last.
    pub fn work(&self, actor: &Actor, now: Moment) -> Result<Vec<WorkItem>, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let own: BTreeSet<_> = actor
            .held()
            .map(|held| held.grant)
            .filter(|grant| matches!(grant.role, Role::Officer | Role::HeadOfUnit))
            .map(|grant| grant.unit.clone())
            .collect();
        let mut items = Vec::new();
        for unit in own {
            let query = ReportQuery {
                unit: Some(unit.clone()),
                ..ReportQuery::default()
            };
            let reports = transaction.reports(&query)?;
            for regime in ground.regimes.keys() {
                for period in ground.periods_begun(regime, now.date()) {
                    let address = ReportAddress {
                        regime: regime.clone(),
                        period,
                        unit: unit.clone(),
                    };
                    let Ok(obligation) = ground.obligation(&address) else {
                        continue;
                    };
                    let report = reports
                        .iter()
                        .find(|report| report.key.regime == *regime && report.key.period == period);
                    items.push(self.item(&ground, actor, &obligation, address, report, now)?);
                }
            }
        }
        items.sort_by_key(|item| {
            // What has no deadline yet presses less than what has one.
            (
                item.kind,
                item.due.is_none(),
                item.due.map(|due| due.date),
                item.address.clone(),
            )
        });
        Ok(items)
    }

    fn item(
        &self,
        ground: &Ground,
        actor: &Actor,
        obligation: &Obligation,
        address: ReportAddress,
        report: Option<&Report>,
        now: Moment,
    ) -> Result<WorkItem, ServiceError> {
        let status = report.map_or(Status::Draft, |report| report.status);
        let kind = work_kind(actor, obligation, status, now.date());
        let of_unit = |held: &Held<'_>| {
            held.grant.unit == address.unit
                && matches!(held.grant.role, Role::Officer | Role::HeadOfUnit)
        };
        // Who holds the unit themselves does nothing in another's name.
        let on_behalf_of = actor
            .held()
            .find(of_unit)
            .and_then(|held| held.on_behalf_of);
        let plan = ground.plan(&address.regime, obligation.key.version)?;
        Ok(WorkItem {
            kind,
            regime_title: plan.header.title.clone(),
            unit_name: ground.unit_name(&address.unit),
            status,
            standing: obligation.standing(report.map(Progress::of), now),
            due: obligation.pressing(),
            due_forms: obligation
                .forms
                .iter()
                .filter(|form| form.due.is_some() && form.due == obligation.pressing())
                .map(|form| form.sign.clone())
                .collect(),
            doubt: obligation.doubt,
            returned: report
                .filter(|report| report.status == Status::Returned)
                .and_then(|report| report.last_return.clone()),
            on_behalf_of: on_behalf_of.map(|person| person.name.clone()),
            address,
        })
    }
}
