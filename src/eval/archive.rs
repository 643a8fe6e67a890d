//! What was known of other times and other reports when a report is evaluated: earlier reports, plan values, events, the reports below.
//!
//! Pure data put together by the caller, who decides which reports count at the cut-off; evaluation only looks things up. It does not know storage, acceptance or
//! the calendar. What is not in the archive is not known: the cells that need it are blank and say so.

use crate::calendar::{Date, EventDates, Period};
use crate::eval::cell::BlankReason;
use crate::eval::earlier::{CarrySource, earlier};
use crate::eval::evaluate::Evaluation;
use crate::number::Number;
use crate::organisation::{PlanTables, Succession, Unit, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::header::RegimeHeader;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything a report may read beside its own figures, as of its cut-off.
#[derive(Debug, Clone, Default)]
pub struct Archive<'a> {
    documents: BTreeMap<Period, Document<'a>>,
    plan_values: BTreeMap<PlanKey, Number>,
    /// Events of the regime that are over, in the order in which they ended.
    pub events: Vec<EndedEvent>,
    /// Reports of other regimes by the same unit, by the regime's name.
    pub elsewhere: BTreeMap<String, Elsewhere<'a>>,
    /// Names of the units that a cell may name, for forms that have such cells; none: not looked at.
    pub reporters: Option<Arc<BTreeSet<String>>>,
    /// The reports being consolidated by the unit, with those that are due and missing.
    pub below: Vec<Below<'a>>,
    /// The days on which the unit took over from others; of windows that ended before, their figures are its own.
    pub taken_over: Vec<Date>,
}

/// A report that is due to the unit.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// Its unit, as far as it is registered: what is closed to it is not missing from it.
    pub unit: Option<&'a Unit>,
    /// The report; none while it is missing.
    pub report: Option<&'a Evaluation>,
}

/// What is known of one period.
#[derive(Debug, Clone)]
pub enum Document<'a> {
    /// The unit's own report.
    Report(&'a Evaluation),
    /// What the reports of its predecessors come to, mapped by succession.
    Restated(Box<Evaluation>),
    /// The unit did not exist, and reports of these predecessors are missing, by name.
    PredecessorsMissing(Vec<String>),
}

/// What a plan value is assigned for; the unit is that of the archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanKey {
    /// Name of the target.
    pub target: String,
    /// Name of the indicator.
    pub indicator: String,
    /// The year.
    pub year: i16,
}

/// An event that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndedEvent {
    /// The period of its final report.
    pub end: Period,
    /// The report that answers for it where no final one is expected: that of its last day.
    pub last_day: Option<Period>,
    /// From when to when it was open.
    pub dates: EventDates,
}

/// Reports of another regime.
#[derive(Debug, Clone)]
pub struct Elsewhere<'a> {
    /// The plan they were made under.
    pub plan: &'a CompiledRegime,
    /// What is known of each period.
    pub archive: Box<Archive<'a>>,
}

impl<'a> Archive<'a> {
    /// An archive that knows one report.
    pub fn of(period: Period, report: &'a Evaluation) -> Archive<'a> {
        let mut archive = Archive::default();
        archive.keep(period, report);
        archive
    }

    /// An archive without reports that knows the same plan values and events.
    pub fn beside(&self) -> Archive<'a> {
        Archive {
            documents: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// Remembers the unit's report of a period.
    pub fn keep(&mut self, period: Period, report: &'a Evaluation) {
        self.documents.insert(period, Document::Report(report));
    }

    /// Remembers what predecessors come to in a period for which the unit has no report of its own.
    pub fn keep_restated(&mut self, period: Period, document: Document<'a>) {
        self.documents.entry(period).or_insert(document);
    }

    /// Remembers a plan value in force at the cut-off.
    pub fn assign(&mut self, key: PlanKey, value: Number) {
        self.plan_values.insert(key, value);
    }

    /// Remembers what the tables of targets give a unit, as far as it is in force at a cut-off.
    pub fn assign_from(&mut self, tables: &PlanTables, unit: &UnitId, cutoff: Date) {
        for (target, value) in tables.in_force(unit, cutoff) {
            let key = PlanKey {
                target: target.to_owned(),
                indicator: value.indicator.clone(),
                year: value.year,
            };
            self.assign(key, value.value.clone());
        }
    }

    /// Remembers when a unit took over from others, up to a cut-off.
    pub fn take_over(&mut self, successions: &[Succession], unit: &UnitId, cutoff: Date) {
        let rows = successions.iter().filter(|row| row.new == *unit);
        let rows = rows.filter(|row| row.old != *unit && row.date <= cutoff);
        self.taken_over = rows.map(|row| row.date).collect();
    }

    /// The plan value assigned to the unit.
    pub fn plan_value(&self, key: &PlanKey) -> Option<&Number> {
        self.plan_values.get(key)
    }

    /// What is known of a period.
    pub fn document(&self, period: Period) -> Option<&Document<'a>> {
        self.documents.get(&period)
    }

    /// The unit's report of a period, its own or put together from its predecessors'.
    pub fn report(&self, period: Period) -> Option<&Evaluation> {
        self.document(period)?.evaluation()
    }

    /// Why nothing is carried over into a period that has no earlier report: there is none, or predecessors did not send theirs.
    pub fn nothing_carried(&self, header: &RegimeHeader, period: Period) -> BlankReason {
        let past = earlier(header, period, |one| self.document(one).is_some());
        let found = match past.carry {
            CarrySource::Closing(period) | CarrySource::Opening(period) => self.document(period),
            CarrySource::None => None,
        };
        match found {
            Some(Document::PredecessorsMissing(names)) => {
                BlankReason::PredecessorsMissing(names.clone())
            }
            _ => BlankReason::NoEarlierReport,
        }
    }

    /// All periods of which something is known, in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> {
        self.documents.keys().copied()
    }
}

impl Document<'_> {
    /// The cells, where there are any.
    pub fn evaluation(&self) -> Option<&Evaluation> {
        match self {
            Document::Report(report) => Some(report),
            Document::Restated(report) => Some(report),
            Document::PredecessorsMissing(_) => None,
        }
    }
}
