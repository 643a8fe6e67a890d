//! Expectations about time and way: deadlines, windows, spans described, next recipients; and the units that a test is about.
//!
//! It deliberately does not know figures. A unit of the test only is made from what the test says of it, or from the agency that bears its name.

use super::{Mismatch, Runner};
use crate::analysis::model::words::Agency;
use crate::analysis::tests_model::TestCase;
use crate::calendar::{Clock, Date, DateRange, Due, DueRule, EventDates, PeriodDays, due};
use crate::eval::earlier::{rule_of, window_during};
use crate::organisation::{Party, Step, Unit, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::header::PeriodRule;
use crate::reports::obligation::routing;
use crate::workspace::Snapshot;

impl Runner<'_> {
    /// The days of the event that the period follows.
    pub(super) fn event_dates(&self) -> Option<EventDates> {
        self.case.event.as_ref().map(|event| event.dates)
    }

    /// The legal window of the period under test.
    pub(super) fn window(&self) -> Option<DateRange> {
        window_during(&self.plan.header, self.case.period, self.event_dates())
    }

    /// The rules that hold for some forms in the period under test; for none of them that of the report.
    fn rules(&self, forms: &[String]) -> Vec<PeriodRule> {
        let Some(rule) = rule_of(&self.plan.header, self.case.period) else {
            return Vec::new();
        };
        if forms.is_empty() {
            return vec![rule.clone()];
        }
        let named = forms
            .iter()
            .filter_map(|form| self.plan.form_definition.find_form(form));
        named.map(|(_, form)| rule.nearest(&form.time)).collect()
    }

    /// Days that a rule gives, compared with those expected.
    pub(super) fn days(
        &self,
        forms: &[String],
        expected: DateRange,
        days_of: impl Fn(&PeriodRule) -> Option<DateRange>,
    ) -> Option<Mismatch> {
        let rules = self.rules(forms);
        if rules.is_empty() {
            return Some(Mismatch::Window { found: None });
        }
        let found = rules.iter().map(days_of);
        let other = found.into_iter().find(|found| *found != Some(expected));
        other.map(|found| Mismatch::Window { found })
    }

    /// The deadline of a party: that of a first report on the first day of an event, else its own.
    pub(super) fn due(
        &self,
        forms: &[String],
        party: &str,
        date: Date,
        clock: Option<Clock>,
    ) -> Option<Mismatch> {
        let rules = self.rules(forms);
        if rules.is_empty() {
            return Some(Mismatch::Due { found: None });
        }
        let meant = |found: &Option<Due>| {
            found.is_some_and(|found| {
                found.date == date && (clock.is_none() || found.clock == clock)
            })
        };
        let found = rules.iter().map(|rule| self.due_by(rule, party));
        let other = found.into_iter().find(|found| !meant(found));
        other.map(|found| Mismatch::Due { found })
    }

    fn due_by(&self, rule: &PeriodRule, party: &str) -> Option<Due> {
        let days = rule.days_of(&self.case.period, self.event_dates())?;
        let of_party = rule
            .deadlines
            .iter()
            .find(|deadline| deadline.party.name == party)
            .map(|deadline| &deadline.rule);
        let first = rule.first_report.as_ref().filter(|_| is_first_day(&days));
        let rule_of_hop: &DueRule = first.or(of_party)?;
        let window = rule.window.window(&days);
        due(rule_of_hop, &days, window, self.calendar, None).ok()
    }

    /// The next recipient of a form; none: along the tree.
    pub(super) fn route(&self, form: &str, next: Option<&Party>) -> Option<Mismatch> {
        let Some(window) = self.window() else {
            return Some(Mismatch::NoReport);
        };
        let routing = routing(&self.plan.header);
        let found = routing.steps(self.unit, Some(form), window.to);
        let meant = |step: &Step| match (step, next) {
            (Step::AlongTheTree, None) => true,
            (Step::To(parties), Some(party)) => parties.contains(party),
            (Step::Assigned(name), Some(party)) => *name == party.name,
            _ => false,
        };
        let met = matches!(found.as_slice(), [only] if meant(only));
        (!met).then_some(Mismatch::Route { found })
    }
}

/// Whether a report is the first of its event: that of the day on which the event began.
fn is_first_day(days: &PeriodDays) -> bool {
    days.event
        .is_some_and(|event| event.start.date() == days.days.from)
}

/// The unit under test, as the project or the test itself describes it.
pub(super) fn reporter(snapshot: &Snapshot, plan: &CompiledRegime, case: &TestCase) -> Unit {
    let mut unit = described(snapshot, plan, case);
    let said = case.registry.iter().filter(|(name, ..)| *name == unit.name);
    let said: Vec<_> = said
        .map(|(_, attribute, entry)| (attribute.clone(), entry.clone()))
        .collect();
    unit.attributes.extend(said);
    unit
}

/// Another unit of a test, with what is known of it: one of the project, on the cut-off or before, the agency that bears its name, or one that the test only says
/// something of in the registry; none of which nothing is known.
pub(super) fn other(
    snapshot: &Snapshot,
    plan: &CompiledRegime,
    case: &TestCase,
    name: &str,
) -> Option<Unit> {
    let agency = agency(snapshot, name);
    let said = case.registry.iter().filter(|(unit, ..)| unit == name);
    let said: Vec<_> = said
        .map(|(_, attribute, entry)| (attribute.clone(), entry.clone()))
        .collect();
    let before = || {
        let units = snapshot.organisation().units();
        let named = units.filter(|unit| unit.name == name);
        named.max_by_key(|unit| unit.valid_from).cloned()
    };
    let of_project = of_project(snapshot, plan, case, name).or_else(before);
    let mut unit = match (of_project, agency) {
        (Some(unit), _) => unit,
        (None, Some(agency)) => only_here(name, agency.level.clone().unwrap_or_default()),
        (None, None) if said.is_empty() => return None,
        (None, None) => only_here(name, String::new()),
    };
    if unit.agency.is_none() {
        unit.agency = agency.map(|agency| agency.name.clone());
    }
    unit.attributes.extend(said);
    Some(unit)
}

/// The unit of a name among those of the project on the cut-off.
fn of_project(
    snapshot: &Snapshot,
    plan: &CompiledRegime,
    case: &TestCase,
    name: &str,
) -> Option<Unit> {
    let dates = case.event.as_ref().map(|event| event.dates);
    let cutoff = window_during(&plan.header, case.period, dates)?.to;
    let mut valid = snapshot.organisation().valid_on(cutoff);
    valid.find(|unit| unit.name == name).cloned()
}

/// The agency that bears a name.
fn agency<'s>(snapshot: &'s Snapshot, name: &str) -> Option<&'s Agency> {
    let mut agencies = snapshot.words().agencies.iter();
    agencies.find(|agency| agency.label == name)
}

/// A unit that is known to one test only.
fn only_here(name: &str, level: String) -> Unit {
    Unit {
        id: UnitId(name.to_owned()),
        item: level.clone(),
        level,
        name: name.to_owned(),
        area_code: None,
        agency: None,
        parent: None,
        tags: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        valid_from: None,
        valid_to: None,
    }
}

fn described(snapshot: &Snapshot, plan: &CompiledRegime, case: &TestCase) -> Unit {
    let stated = &case.reporter;
    let of_project = of_project(snapshot, plan, case, &stated.name);
    match (of_project, &stated.level) {
        (Some(unit), None) => unit,
        (_, level) => {
            let agency = agency(snapshot, &stated.name);
            let of_agency = agency.and_then(|agency| agency.level.clone());
            let level = level.clone().or(of_agency).unwrap_or_default();
            Unit {
                agency: agency.map(|agency| agency.name.clone()),
                tags: stated.tags.clone(),
                ..only_here(&stated.name, level)
            }
        }
    }
}
