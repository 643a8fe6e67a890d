//! What a report, or a consolidation, reads of other times: the reports of earlier periods that count, and those of the units a unit took over from.
//!
//! Which reports count is the caller's decision: a unit's own report reads what its recipient has accepted, a consolidation what it has received. Units are matched by
//! the table of successions, never by code. It adds nothing up itself. A report of an earlier version that this version does not explain is not read.

use crate::calendar::{Date, Period, PeriodKind};
use crate::eval::adjustment::Adjustment;
use crate::eval::archive::Archive;
use crate::eval::evaluate::Evaluation;
use crate::eval::holdings::Holdings;
use crate::eval::needs::{earlier_periods, far_periods};
use crate::eval::together::History;
use crate::organisation::{Succession, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::expression::Expression;
use crate::reports::key::RevisionReference;
use crate::reports::report::Report;
use crate::service::ground::Ground;
use crate::service::judgement::{Judgements, Siblings};
use crate::service::problem::ServiceError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reforms are looked back over so many times; the table of successions may hold a circle.
const DEEPEST: usize = 8;

/// The reports of one unit, and of those before it, that are read.
#[derive(Debug, Default)]
pub(super) struct Known {
    reports: BTreeMap<UnitId, BTreeMap<Period, Arc<Evaluation>>>,
    /// The periods that may be read, in order.
    pub periods: BTreeSet<Period>,
    /// The revisions read.
    pub read: Vec<RevisionReference>,
}

impl Known {
    /// The reports with who took over from whom among their units.
    pub fn holdings(&self, ground: &Ground) -> Holdings<'_> {
        let is_meant = |row: &&Succession| {
            self.reports.contains_key(&row.old) || self.reports.contains_key(&row.new)
        };
        Holdings {
            reports: self
                .reports
                .iter()
                .map(|(unit, reports)| {
                    let reports = reports.iter();
                    let by_period = reports.map(|(period, report)| (*period, report.as_ref()));
                    (unit.clone(), by_period.collect())
                })
                .collect(),
            names: self
                .reports
                .keys()
                .map(|unit| (unit.clone(), ground.unit_name(unit)))
                .collect(),
            successions: if self.reports.is_empty() {
                Vec::new()
            } else {
                let rows = ground.organisation.successions().iter();
                rows.filter(is_meant).cloned().collect()
            },
        }
    }
}

impl Judgements {
    /// The earlier reports of a unit and its predecessors that a report of a period may read. `counts` tells of a report the revision that counts.
    pub(super) fn known(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        siblings: &Siblings,
        (unit, period): (&UnitId, Period),
        counts: &dyn Fn(&Report) -> Option<u32>,
    ) -> Result<Known, ServiceError> {
        let mut families = vec![(unit.clone(), siblings)];
        flatten(siblings, &mut families);
        let revision = |siblings: &Siblings, period: Period| {
            let report = siblings.get(&period)?;
            let is_understood = Ground::same_version(&report.key, plan)
                || plan
                    .migrations
                    .iter()
                    .any(|one| one.version == report.key.version);
            counts(report).filter(|_| is_understood)
        };
        let exists = |period: Period| {
            families
                .iter()
                .any(|(_, siblings)| revision(siblings, period).is_some())
        };
        let mut near = earlier_periods(plan, period, exists);
        near.extend(event_periods(ground, plan, period, siblings, exists));
        // What is put together from predecessors is computed again, so it needs what it reads itself.
        let far = match families.as_slice() {
            [_] => near.clone(),
            _ => far_periods(plan, period, exists),
        };
        let mut known = Known::default();
        for (of, siblings) in &families {
            let periods = if of == unit { &near } else { &far };
            for period in periods {
                let found = revision(siblings, *period).zip(siblings.get(period));
                let Some((number, report)) = found else {
                    continue;
                };
                let wanted = report.revisions.iter().find(|one| one.number == number);
                let Some(revision) = wanted else {
                    continue;
                };
                let evaluation = self.in_this_version(ground, plan, siblings, report, revision)?;
                known.read.push(RevisionReference {
                    report: report.key.clone(),
                    revision: number,
                });
                known
                    .reports
                    .entry(of.clone())
                    .or_default()
                    .insert(*period, evaluation);
            }
        }
        known.periods = near;
        Ok(known)
    }
}

/// What a report of an event, or one that adds over events, reads: the unit's latest earlier report of the event, the last reports of events that are over.
fn event_periods(
    ground: &Ground,
    plan: &CompiledRegime,
    period: Period,
    siblings: &Siblings,
    exists: impl Fn(Period) -> bool,
) -> BTreeSet<Period> {
    let mut found = BTreeSet::new();
    if let Some(event) = period.kind().event() {
        let of_event = siblings.reports.keys().copied().filter(|other| {
            other.kind() == PeriodKind::DailyOf(event)
                && other.number() == period.number()
                && period.date().is_none_or(|day| other.date() < Some(day))
        });
        found.extend(
            of_event
                .filter(|other| exists(*other))
                .max_by_key(Period::date),
        );
    }
    let adds_over_events = plan
        .validation_program
        .expressions
        .iter()
        .any(|expression| matches!(expression, Expression::OverEvents(_)));
    if adds_over_events {
        for event in ground.ended_events(&plan.header.name) {
            found.insert(event.end);
            found.extend(event.last_day);
        }
    }
    found
}

fn flatten<'s>(siblings: &'s Siblings, families: &mut Vec<(UnitId, &'s Siblings)>) {
    for (unit, before) in &siblings.before {
        if !families.iter().any(|(known, _)| known == unit) {
            families.push((unit.clone(), before));
            flatten(before, families);
        }
    }
}

/// Puts to a unit's reports those of the units it took over from by a day; `of` reads the reports of one unit.
pub(super) fn add_predecessors(
    ground: &Ground,
    unit: &UnitId,
    siblings: &mut Siblings,
    by: Date,
    of: &mut dyn FnMut(&UnitId) -> Result<Siblings, ServiceError>,
) -> Result<(), ServiceError> {
    predecessors(ground, unit, siblings, by, of, 0)
}

fn predecessors(
    ground: &Ground,
    unit: &UnitId,
    siblings: &mut Siblings,
    by: Date,
    of: &mut dyn FnMut(&UnitId) -> Result<Siblings, ServiceError>,
    depth: usize,
) -> Result<(), ServiceError> {
    if depth >= DEEPEST {
        return Ok(());
    }
    for row in ground.organisation.predecessors(unit, by) {
        if row.old == *unit {
            continue;
        }
        let mut before = of(&row.old)?;
        predecessors(ground, &row.old, &mut before, row.date, of, depth + 1)?;
        if !before.reports.is_empty() || !before.before.is_empty() {
            siblings.before.insert(row.old.clone(), before);
        }
    }
    Ok(())
}

/// What a consolidation reads of other times, unit by unit.
#[derive(Debug)]
pub(super) struct Past {
    period: Period,
    cutoff: Date,
    known: BTreeMap<UnitId, Known>,
    adjustments: Vec<Adjustment>,
}

impl Past {
    /// Nothing yet of a period.
    pub fn new(
        ground: &Ground,
        plan: &CompiledRegime,
        period: Period,
    ) -> Result<Past, ServiceError> {
        let window = ground.window(plan, period)?;
        Ok(Past {
            period,
            cutoff: window.to,
            known: BTreeMap::new(),
            adjustments: Vec::new(),
        })
    }

    /// Lets signed differences be added to the sums.
    pub fn adjusted_by(mut self, adjustments: Vec<Adjustment>) -> Past {
        self.adjustments = adjustments;
        self
    }

    /// The cells that are adjusted, with whose difference it is.
    pub fn adjusted(&self) -> Vec<Adjustment> {
        self.adjustments.clone()
    }

    /// The revisions of other times that are read.
    pub fn read(&self) -> Vec<RevisionReference> {
        let known = self.known.values();
        known.flat_map(|known| known.read.clone()).collect()
    }

    /// Adds the reports of a unit that count.
    pub fn add(
        &mut self,
        judgements: &Judgements,
        ground: &Ground,
        plan: &CompiledRegime,
        unit: &UnitId,
        siblings: &Siblings,
        counts: &dyn Fn(&Report) -> Option<u32>,
    ) -> Result<(), ServiceError> {
        let known = judgements.known(ground, plan, siblings, (unit, self.period), counts)?;
        self.known.insert(unit.clone(), known);
        Ok(())
    }

    /// What is known of each unit, with those of its predecessors mapped by succession.
    pub fn archives(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
    ) -> BTreeMap<UnitId, Archive<'_>> {
        let mut archives = BTreeMap::new();
        for (unit, known) in &self.known {
            let periods = known.periods.iter().copied();
            let holdings = known.holdings(ground);
            let mut archive = holdings.archive(plan, unit, self.cutoff, periods);
            // Also where no predecessor has reported, so that its figures are known to be missing.
            archive.take_over(ground.organisation.successions(), unit, self.cutoff);
            archive.assign_from(&ground.plan_values, unit, self.cutoff);
            archive.events = ground.ended_events(&plan.header.name);
            archives.insert(unit.clone(), archive);
        }
        archives
    }

    /// The history of the whole: plan values are those of the nearest unit that all of the units lie below.
    pub fn history<'a>(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        archives: &'a BTreeMap<UnitId, Archive<'a>>,
    ) -> History<'a> {
        let units: Vec<UnitId> = self.known.keys().cloned().collect();
        let mut own = Archive::default();
        own.events = ground.ended_events(&plan.header.name);
        if let Some(around) = ground.organisation.around(&units, self.cutoff) {
            own.assign_from(&ground.plan_values, &around.id, self.cutoff);
        }
        History {
            period: self.period,
            units: archives
                .iter()
                .map(|(unit, archive)| (unit.clone(), archive))
                .collect(),
            own,
            adjustments: self.adjustments.clone(),
        }
    }
}
