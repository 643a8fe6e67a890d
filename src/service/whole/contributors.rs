//! The units behind a consolidation with the meaning of the reports that count, and what the whole reads of other times.
//!
//! Which revision of a report counts is asked unit by unit: the one its recipient holds, the one that a document names, or none because the body below has not sent its document. It adds nothing up itself.
//! Broken input: a revision that is not there counts as none.

use crate::calendar::Period;
use crate::eval::consolidate::Member;
use crate::eval::evaluate::Evaluation;
use crate::organisation::{Unit, UnitId};
use crate::plan::CompiledRegime;
use crate::reports::key::ReportKey;
use crate::reports::obligation::Obligation;
use crate::reports::report::{Report, Revision};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::judgement::{Siblings, regimes_read};
use crate::service::past::{Past, add_predecessors};
use crate::service::problem::ServiceError;
use crate::store::ReadTransaction;
use crate::store::records::ReportQuery;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which revision of a unit's report counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The one its recipient holds.
    Received,
    /// This one, whatever happened since.
    Revision(u32),
    /// None: the document of the body below has not come.
    Nothing,
}

/// A report owed to a body, directly or through another.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The report.
    pub obligation: Obligation,
    /// The body in whose document it comes; none where it comes directly.
    pub through: Option<UnitId>,
    /// What of it counts.
    pub wanted: Wanted,
}

/// One unit behind a consolidation, with its report if it counts.
pub struct Contributor {
    /// The report owed.
    pub obligation: Obligation,
    /// The body in whose document it comes.
    pub through: Option<UnitId>,
    /// The unit's name.
    pub name: String,
    /// Level name.
    pub level: String,
    /// Kind name on the level.
    pub item: String,
    /// What is registered of the unit.
    pub facts: Option<Unit>,
    /// Its report, whatever of it counts.
    pub report: Option<Report>,
    /// The revision that counts.
    pub revision: Option<u32>,
    /// What that revision means.
    pub evaluation: Option<Arc<Evaluation>>,
}

impl Contributor {
    /// The revision that counts.
    pub fn counted(&self) -> Option<&Revision> {
        self.report.as_ref()?.revision(self.revision?)
    }
}

/// Which revisions of other times count: those that recipients hold, or those that a frozen document named.
pub type Named = BTreeMap<ReportKey, u32>;

impl Service {
    /// Every unit owed, with the meaning of its report where one counts, and what the whole reads of other times.
    pub(in crate::service) fn contributors(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        plan: &CompiledRegime,
        period: &Period,
        (owed, named): (&[Owed], Option<&Named>),
    ) -> Result<(Vec<Contributor>, Past), ServiceError> {
        let mut by_unit = families(transaction, &plan.header.name)?;
        for name in regimes_read(plan) {
            for (unit, others) in families(transaction, name)? {
                let family = by_unit.entry(unit).or_default();
                family.elsewhere.insert(name.to_string(), others);
            }
        }
        let counts = |report: &Report| match named {
            Some(named) => named.get(&report.key).copied(),
            None => report.received_revision().map(|found| found.number),
        };
        let mut found = Vec::new();
        let mut past = Past::new(ground, plan, *period)?;
        for one in owed {
            let obligation = &one.obligation;
            let unit = &obligation.key.unit;
            let mut of_unit = |unit: &UnitId| Ok(by_unit.get(unit).cloned().unwrap_or_default());
            let mut family = of_unit(unit)?;
            let cutoff = obligation.window.to;
            add_predecessors(ground, unit, &mut family, cutoff, &mut of_unit)?;
            past.add(&self.judgements, ground, plan, unit, &family, &counts)?;
            let report = family.get(period);
            let revision = report.and_then(|report| match one.wanted {
                Wanted::Received => report.received_revision(),
                Wanted::Revision(number) => report.revision(number),
                Wanted::Nothing => None,
            });
            let evaluation = match report.zip(revision) {
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
            let facts = ground.organisation.get(unit);
            let (level, item) = place_of(facts);
            found.push(Contributor {
                facts: facts.cloned(),
                obligation: obligation.clone(),
                through: one.through.clone(),
                name: ground.unit_name(unit),
                level,
                item,
                revision: revision
                    .filter(|_| evaluation.is_some())
                    .map(|revision| revision.number),
                report: report.cloned(),
                evaluation,
            });
        }
        Ok((found, past))
    }
}

/// The contributors as the evaluator wants them.
pub fn members(contributors: &[Contributor]) -> Vec<Member<'_>> {
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

/// Level and kind of a unit; empty for one that the table does not have.
pub fn place_of(unit: Option<&Unit>) -> (String, String) {
    unit.map_or_else(Default::default, |unit| {
        (unit.level.clone(), unit.item.clone())
    })
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
