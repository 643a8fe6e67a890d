//! The reports of many units put together into what one of them may read: its own, and those of the units it came from.
//!
//! Units are matched by identity and succession, as of a report's cut-off; codes are never looked at. It does not know who accepted what: the caller passes the reports
//! that count. A period for which neither the unit nor a predecessor reported stays unknown.

use crate::calendar::{Date, Period};
use crate::eval::archive::{Archive, Document};
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::combine::adds_up;
use crate::eval::consolidate::Member;
use crate::eval::earlier::window_of;
use crate::eval::elsewhen::Moment;
use crate::eval::evaluate::Evaluation;
use crate::eval::needs;
use crate::eval::restate::{Passing, divided, passing};
use crate::eval::together::merged;
use crate::number::Number;
use crate::organisation::{Succession, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::address::CellAddress;
use crate::plan::aggregation::OverUnits;
use crate::plan::cell::ValueType;
use std::collections::{BTreeMap, BTreeSet};

/// Reports of many units under one regime, with who took over from whom.
#[derive(Debug, Clone, Default)]
pub struct Holdings<'a> {
    /// By unit and period.
    pub reports: BTreeMap<UnitId, BTreeMap<Period, &'a Evaluation>>,
    /// Names of units, for reasons.
    pub names: BTreeMap<UnitId, String>,
    /// Who took over from whom.
    pub successions: Vec<Succession>,
}

/// So many reforms deep are predecessors looked for; the table of successions has no circles, but a test may.
const DEEPEST: usize = 8;

impl<'a> Holdings<'a> {
    /// What a unit may read in a report with this cut-off, beside plan values and events. `periods` are those it needs, in any order.
    pub fn archive(
        &self,
        plan: &CompiledRegime,
        unit: &UnitId,
        cutoff: Date,
        periods: impl IntoIterator<Item = Period>,
    ) -> Archive<'a> {
        let mut archive = Archive::default();
        archive.take_over(&self.successions, unit, cutoff);
        for (period, report) in self.reports.get(unit).into_iter().flatten() {
            archive.keep(*period, report);
        }
        // A figure that is put together from predecessors is computed again, so it needs what it reads itself, as far as anything is known.
        let mut wanted: BTreeSet<Period> = BTreeSet::new();
        let mut open: Vec<Period> = periods.into_iter().collect();
        while let Some(period) = open.pop() {
            if archive.document(period).is_none()
                && self.knows(plan, unit, cutoff, period)
                && wanted.insert(period)
            {
                let known = |period: Period| self.knows(plan, unit, cutoff, period);
                open.extend(needs::of_cells(plan, period, known));
            }
        }
        let mut dated: Vec<(Date, Period)> = wanted
            .into_iter()
            .filter_map(|period| Some((window_of(&plan.header, period)?.to, period)))
            .collect();
        dated.sort();
        for (end, period) in dated {
            if let Some(document) = self.document(plan, unit, (end, period), cutoff, &archive, 0) {
                archive.keep_restated(period, document);
            }
        }
        archive
    }

    /// Whether anything is known of a unit or its predecessors in a period.
    pub fn knows(
        &self,
        plan: &CompiledRegime,
        unit: &UnitId,
        cutoff: Date,
        period: Period,
    ) -> bool {
        let own = |unit: &UnitId| {
            self.reports
                .get(unit)
                .is_some_and(|reports| reports.contains_key(&period))
        };
        let Some(end) = window_of(&plan.header, period).map(|window| window.to) else {
            return own(unit);
        };
        own(unit)
            || self
                .sources(unit, end, cutoff)
                .iter()
                .any(|(old, _)| own(old))
    }

    /// The units whose figures of a window that ended on a day a unit took over since, with the day on which it did.
    fn sources(&self, unit: &UnitId, end: Date, cutoff: Date) -> Vec<(UnitId, Date)> {
        self.successions
            .iter()
            .filter(|row| row.new == *unit && row.old != *unit)
            .filter(|row| row.date > end && row.date <= cutoff)
            .map(|row| (row.old.clone(), row.date))
            .collect()
    }

    fn document(
        &self,
        plan: &CompiledRegime,
        unit: &UnitId,
        (end, period): (Date, Period),
        cutoff: Date,
        known: &Archive<'a>,
        depth: usize,
    ) -> Option<Document<'a>> {
        let own = self.reports.get(unit).and_then(|all| all.get(&period));
        let sources = self.sources(unit, end, cutoff);
        if let (Some(own), true) = (own, sources.is_empty() || depth > DEEPEST) {
            return Some(Document::Report(own));
        }
        if sources.is_empty() || depth > DEEPEST {
            return None;
        }
        // A unit that goes on under its name and took over another reads both.
        let mut parts: Vec<(UnitId, Option<Evaluation>)> = own
            .map(|own| (unit.clone(), Some((*own).clone())))
            .into_iter()
            .collect();
        for (old, taken_over) in &sources {
            let document = self.document(plan, old, (end, period), *taken_over, known, depth + 1);
            let part = document
                .as_ref()
                .and_then(Document::evaluation)
                .map(|report| self.portion(plan, report, old, unit, end, cutoff));
            parts.push((old.clone(), part));
        }
        if parts.iter().all(|(_, part)| part.is_none()) {
            return None;
        }
        let missing: Vec<String> = parts
            .iter()
            .filter(|(_, part)| part.is_none())
            .map(|(old, _)| self.names.get(old).unwrap_or(&old.0).clone())
            .collect();
        if !missing.is_empty() {
            return Some(Document::PredecessorsMissing(missing));
        }
        let members: Vec<Member> = parts
            .iter()
            .map(|(old, part)| Member {
                unit: old.clone(),
                name: self.names.get(old).unwrap_or(&old.0).clone(),
                level: String::new(),
                item: String::new(),
                facts: None,
                report: part.as_ref(),
            })
            .collect();
        let moment = Moment {
            period,
            archive: known,
        };
        let made = match members.as_slice() {
            // Nothing is put together, so nothing is lost.
            [only] => only.report.cloned().unwrap_or_default(),
            several => merged(plan, several, moment),
        };
        Some(Document::Restated(Box::new(made)))
    }

    /// What of a unit's figures goes over to an heir.
    fn portion(
        &self,
        plan: &CompiledRegime,
        report: &Evaluation,
        old: &UnitId,
        heir: &UnitId,
        end: Date,
        cutoff: Date,
    ) -> Evaluation {
        let heirs = match passing(&self.successions, old, end, cutoff).0 {
            Passing::Divided(heirs) => Some(heirs),
            Passing::Undeclared(_) => None,
            Passing::Whole(_) | Passing::Stays => return report.clone(),
        };
        let shares: Vec<Number> = heirs
            .iter()
            .flatten()
            .map(|(_, share)| share.clone())
            .collect();
        let place = heirs
            .iter()
            .flatten()
            .position(|(unit, _)| unit == heir)
            .unwrap_or(usize::MAX);
        let computed_sum = |at: &CellAddress| {
            let form = plan.form_definition.form(at.form);
            form.and_then(|form| form.cell(at.row.key(), at.column))
                .is_some_and(|definition| adds_up(definition.nature))
        };
        let mut made = report.clone();
        let mut recomputed = BTreeSet::new();
        for (at, cell) in &mut made.cells {
            let Some(step) = plan.aggregation_plan.step_of(at) else {
                continue;
            };
            let computed = matches!(step.over_units, OverUnits::Recompute(_));
            if computed {
                recomputed.insert(at.clone());
            }
            let adds = matches!(step.over_units, OverUnits::Sum | OverUnits::Assemble)
                || (computed && computed_sum(at));
            let form = plan.form_definition.form(at.form);
            let decimals = form
                .and_then(|form| form.cell(at.row.key(), at.column))
                .map_or(0, |definition| match definition.value {
                    ValueType::Number { decimals, .. } => decimals,
                    _ => 0,
                });
            let Cell::Given(given) = &*cell else {
                continue;
            };
            if adds {
                let part = divided(given, &shares, decimals).into_iter().nth(place);
                *cell = part.map_or(Cell::Blank(BlankReason::NotDivided), Cell::Given);
            } else if !computed {
                *cell = Cell::Blank(BlankReason::NotDivided);
            }
        }
        // Formulas are computed again from the parts, so that a total is the sum of what is printed beside it.
        let member = Member {
            unit: heir.clone(),
            name: String::new(),
            level: String::new(),
            item: String::new(),
            facts: None,
            report: Some(&made),
        };
        let again = crate::eval::together::document(plan, &[member], None);
        let mut result = again;
        for (at, cell) in &made.cells {
            if !recomputed.contains(at) {
                result.cells.insert(at.clone(), cell.clone());
            }
        }
        result
    }
}
