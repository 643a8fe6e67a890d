//! The meaning of one report in its history: which earlier reports it reads, and every cell and finding that follows.
//!
//! A draft reads what is accepted now. A frozen revision reads exactly the revisions it named when it was proposed, so that it reads the same for ever. A report of an
//! earlier version is read in the cells of this one where this version says what became of them, and not at all where it does not.
//! Broken input: figures that do not fit become findings.

use crate::calendar::Period;
use crate::eval::archive::{Archive, Elsewhere};
use crate::eval::cell::BlankReason;
use crate::eval::earlier::{CarrySource, earlier};
use crate::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate, evaluate_history};
use crate::eval::figures::Figures;
use crate::eval::migrate::migrate;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::cell::Source;
use crate::plan::expression::Expression;
use crate::reports::key::{ReportKey, RevisionReference};
use crate::reports::opened::Opened;
use crate::reports::report::{Report, Revision};
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::CarriedFrom;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The reports of one unit under one regime, by period, with those under the regimes whose cells it reads.
#[derive(Debug, Clone, Default)]
pub struct Siblings {
    /// By period.
    pub reports: BTreeMap<Period, Report>,
    /// Of other regimes, by name.
    pub elsewhere: BTreeMap<String, Siblings>,
    /// Of the units it took over from, as far as they have any.
    pub before: BTreeMap<UnitId, Siblings>,
}

impl Siblings {
    /// The report of a period.
    pub fn get(&self, period: &Period) -> Option<&Report> {
        self.reports.get(period)
    }
}

/// The regimes whose cells a plan reads.
pub fn regimes_read(plan: &CompiledRegime) -> BTreeSet<&str> {
    let expressions = plan.validation_program.expressions.iter();
    expressions
        .filter_map(|expression| match expression {
            Expression::Foreign(cell) => Some(cell.regime.as_str()),
            _ => None,
        })
        .collect()
}

/// Reports under another regime as they are read: the plan they were made under, and what each of them means.
struct Neighbour<'g> {
    plan: &'g CompiledRegime,
    known: BTreeMap<Period, Arc<Evaluation>>,
}

/// A report with its meaning.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Every cell and finding.
    pub evaluation: Arc<Evaluation>,
    /// The earlier revisions it reads.
    pub read: Vec<RevisionReference>,
    /// Where carried figures come from.
    pub carry: CarriedFrom,
}

/// Meanings of frozen revisions, which change only where rules are switched; kept so that a consolidation does not judge the same report again.
#[derive(Debug, Default)]
pub struct Judgements {
    revisions: Mutex<BTreeMap<(ReportKey, u32), Judgement>>,
}

/// So many revisions are kept before the memory is emptied; a province has a few thousand in a year.
const MOST_KEPT: usize = 20_000;

impl Judgements {
    /// After rules were switched.
    pub fn forget(&self) {
        self.kept().clear();
    }

    /// The meaning of a draft.
    pub fn of_draft(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        siblings: &Siblings,
        key: &ReportKey,
        figures: &Figures,
    ) -> Result<Judgement, ServiceError> {
        self.judge(ground, plan, siblings, key, figures, None)
    }

    /// The meaning of a frozen revision.
    pub fn of_revision(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        siblings: &Siblings,
        key: &ReportKey,
        revision: &Revision,
    ) -> Result<Judgement, ServiceError> {
        let place = (key.clone(), revision.number);
        if let Some(known) = self.kept().get(&place) {
            return Ok(known.clone());
        }
        let judgement = self.judge(
            ground,
            plan,
            siblings,
            key,
            &revision.figures,
            Some(&revision.read),
        )?;
        let mut kept = self.kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(place, judgement.clone());
        Ok(judgement)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<(ReportKey, u32), Judgement>> {
        self.revisions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn judge(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        siblings: &Siblings,
        key: &ReportKey,
        figures: &Figures,
        only: Option<&[RevisionReference]>,
    ) -> Result<Judgement, ServiceError> {
        let cutoff = ground.window(plan, key.period)?.to;
        let counts = |report: &Report| {
            let revision = report.accepted_revision()?;
            let is_named = only.is_none_or(|named| {
                named.contains(&RevisionReference {
                    report: report.key.clone(),
                    revision: revision.number,
                })
            });
            is_named.then_some(revision.number)
        };
        let known = self.known(ground, plan, siblings, (&key.unit, key.period), &counts)?;
        let mut read = known.read.clone();
        let holdings = known.holdings(ground);
        let exists = |period: Period| holdings.knows(plan, &key.unit, cutoff, period);
        let past = earlier(&plan.header, key.period, exists);
        // Reports of other regimes are read also where this one has none.
        let periods: Vec<Period> = known.periods.iter().copied().chain([key.period]).collect();
        let mut neighbours = BTreeMap::new();
        for (name, others) in &siblings.elsewhere {
            let found = self.neighbour(ground, others, &periods, only, &mut read)?;
            neighbours.extend(found.map(|found| (name.clone(), found)));
        }
        let needed = known.periods.iter().copied();
        let mut archive = holdings.archive(plan, &key.unit, cutoff, needed);
        archive.assign_from(&ground.plan_values, &key.unit, cutoff);
        archive.events = ground.ended_events(&key.regime);
        archive.reporters = ground.nameable_units(plan, cutoff).map(Arc::new);
        let own = archive.clone();
        for (name, neighbour) in &neighbours {
            let mut own = Archive::default();
            for (period, evaluation) in &neighbour.known {
                own.keep(*period, evaluation);
            }
            let elsewhere = Elsewhere {
                plan: neighbour.plan,
                archive: Box::new(own),
            };
            archive.elsewhere.insert(name.clone(), elsewhere);
        }
        let carries = has_carried_columns(plan);
        let source = match past.carry {
            CarrySource::Closing(period) | CarrySource::Opening(period) => own.report(period),
            CarrySource::None => None,
        };
        let declared = figures
            .forms
            .values()
            .find(|form| !form.declared_openings.is_empty());
        let (carry, carried_from) = match (past.carry, source) {
            _ if !carries => (
                Carry::Missing(BlankReason::NoEarlierReport),
                CarriedFrom::NotNeeded,
            ),
            (CarrySource::Closing(period), Some(evaluation)) => {
                (Carry::Report(evaluation), CarriedFrom::Closing(period))
            }
            (CarrySource::Opening(period), Some(evaluation)) => {
                (Carry::Opening(evaluation), CarriedFrom::Opening(period))
            }
            _ => match declared {
                Some(form) => (
                    Carry::Declared,
                    CarriedFrom::Declared(form.opening_reason.clone().unwrap_or_default()),
                ),
                None => (
                    Carry::Missing(own.nothing_carried(&plan.header, key.period)),
                    CarriedFrom::Undeclared,
                ),
            },
        };
        let input = ReportInput {
            period: key.period,
            cutoff,
            reporter: ground.organisation.get(&key.unit),
            event: ground
                .brought(&key.regime, &key.period)
                .and_then(Opened::event),
            figures,
            archive: &archive,
            carry,
        };
        let evaluation = Arc::new(evaluate(plan, &input));
        Ok(Judgement {
            evaluation,
            read,
            carry: carried_from,
        })
    }
}

impl Judgements {
    /// The accepted reports of the unit under another regime in some periods, all of the version that is found first.
    fn neighbour<'g>(
        &self,
        ground: &'g Ground,
        others: &Siblings,
        periods: &[Period],
        only: Option<&[RevisionReference]>,
        read: &mut Vec<RevisionReference>,
    ) -> Result<Option<Neighbour<'g>>, ServiceError> {
        let mut found: Option<Neighbour> = None;
        for period in periods.iter().rev() {
            let Some((report, revision)) = others
                .get(period)
                .and_then(|report| Some((report, report.accepted_revision()?)))
            else {
                continue;
            };
            let reference = RevisionReference {
                report: report.key.clone(),
                revision: revision.number,
            };
            let plan: &CompiledRegime = ground.plan(&report.key.regime, report.key.version)?;
            let same = found
                .as_ref()
                .is_none_or(|found| found.plan.header.version == plan.header.version);
            if !same || only.is_some_and(|named| !named.contains(&reference)) {
                continue;
            }
            let judgement = self.of_revision(ground, plan, others, &report.key, revision)?;
            read.push(reference);
            found
                .get_or_insert_with(|| Neighbour {
                    plan,
                    known: BTreeMap::new(),
                })
                .known
                .insert(*period, judgement.evaluation);
        }
        Ok(found)
    }

    /// The meaning of an earlier report in the cells of this version.
    pub(super) fn in_this_version(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        siblings: &Siblings,
        report: &Report,
        revision: &Revision,
    ) -> Result<Arc<Evaluation>, ServiceError> {
        let key = &report.key;
        let migration = plan
            .migrations
            .iter()
            .find(|one| one.version == key.version);
        let Some(migration) = migration.filter(|_| !Ground::same_version(key, plan)) else {
            let judgement = self.of_revision(ground, plan, siblings, key, revision)?;
            return Ok(judgement.evaluation);
        };
        let old = ground.plan(&key.regime, key.version)?;
        let judgement = self.of_revision(ground, old, siblings, key, revision)?;
        let figures = migrate(old, &judgement.evaluation, plan, migration);
        Ok(Arc::new(evaluate_history(
            plan,
            &ReportInput {
                period: key.period,
                cutoff: ground.window(old, key.period)?.to,
                reporter: None,
                event: ground
                    .brought(&key.regime, &key.period)
                    .and_then(Opened::event),
                figures: &figures,
                archive: &Archive::default(),
                carry: Carry::Missing(BlankReason::NoEarlierReport),
            },
        )))
    }
}

fn has_carried_columns(plan: &CompiledRegime) -> bool {
    let columns = plan
        .form_definition
        .forms
        .iter()
        .flat_map(|form| &form.columns);
    columns
        .into_iter()
        .any(|column| matches!(column.cell.source, Source::Carried(_)))
}
