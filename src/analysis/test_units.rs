//! The units of a test against the regime and the table of units: whether they can be meant, and whether an outcome is one that its rule can have.
//!
//! A test may make up units of its own: one whose level is stated, and units that only give figures. It deliberately does not know figures. What cannot be told, because a regime says nothing of
//! routes or a project has no table, is no mistake.

use super::check_tests::TestReader;
use super::kinds;
use super::lists::nearest;
use super::model::Strength;
use super::periods::repeated;
use crate::calendar::dates::show_date;
use crate::calendar::{Date, Period};
use crate::diagnostic::problem::meaning::tested::TestedProblem;
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::syntax::ast::test::{Outcome, Reporter, Test, TestMember};
use crate::syntax::ast::{Item, Spanned};
use crate::text::Span;
use std::collections::BTreeSet;

/// A shorter name is near to too many others.
const LONG_ENOUGH: usize = 8;

impl TestReader<'_, '_, '_> {
    /// The period under test, and whether one is said.
    pub(super) fn period_of(&mut self, written: &Test) -> (Option<Period>, bool) {
        let mut period = None;
        let mut said = false;
        for member in &written.members {
            let TestMember::Period(instance) = member else {
                continue;
            };
            if said {
                repeated(self.context, self.file, instance.span);
                continue;
            }
            said = true;
            period = kinds::instance(self.context, self.shared, self.file, instance, self.periods);
            if let Some(period) = period {
                self.collected(period, instance.span);
                self.in_force(period, instance.span);
            }
        }
        (period, said)
    }

    /// Looks at the units of a test whose report is cut off on a day.
    pub(super) fn units_meant(&mut self, written: &Test, cutoff: Option<Date>) {
        for member in &written.members {
            match member {
                TestMember::Reporter(said) => {
                    self.level_of_table(said);
                    // A level that has ended sends nothing, which is not said again.
                    if !self.level_then(said, cutoff) {
                        self.on_route(said);
                    }
                }
                TestMember::Given(said) => {
                    if let Some(unit) = &said.of {
                        self.near_unit(unit);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a stated level has ended at the cut-off, which is reported.
    fn level_then(&mut self, said: &Reporter, cutoff: Option<Date>) -> bool {
        let Some((level, cutoff)) = said.level.as_ref().zip(cutoff) else {
            return false;
        };
        let known = self.shared.words.levels.named(&level.value);
        let Some((known, until)) = known.and_then(|known| Some((known, known.until?))) else {
            return false;
        };
        if until < cutoff {
            let problem = TestedProblem::LevelEnded {
                level: level.value.clone(),
                until: show_date(until),
                cutoff: show_date(cutoff),
            };
            let declared = known.place.label;
            self.context
                .push(Diagnostic::new(problem, self.file, level.span).noting(
                    Note::DeclaredHere,
                    declared.file,
                    declared.span,
                ));
        }
        until < cutoff
    }

    /// A stated level beside the name of a unit that has another one.
    fn level_of_table(&mut self, said: &Reporter) {
        let Some(level) = &said.level else { return };
        let named = self.shared.unit_names.as_ref();
        if !named.is_some_and(|names| names.contains(&said.unit.value)) {
            return;
        }
        let mut units = self.shared.units.iter();
        let units = units.by_ref().filter(|unit| unit.name == said.unit.value);
        let levels: BTreeSet<&String> = units.map(|unit| &unit.level).collect();
        if let Some(other) = levels.first()
            && !levels.contains(&level.value)
        {
            let problem = TestedProblem::OtherLevel {
                unit: said.unit.value.clone(),
                level: (*other).clone(),
            };
            self.report(problem, level.span);
        }
    }

    /// A unit through which no route leads.
    fn on_route(&mut self, said: &Reporter) {
        let reported = self.context.reported_parts.clone();
        let Some(parties) = &reported.on_routes else {
            return;
        };
        let words = &self.shared.words;
        let mut agencies = words.agencies.iter();
        let agency = agencies.find(|agency| agency.label == said.unit.value);
        let mut names: Vec<&str> = Vec::new();
        match &said.level {
            Some(level) => names.push(&level.value),
            None => {
                let units = self.shared.units.iter();
                for unit in units.filter(|unit| unit.name == said.unit.value) {
                    names.push(&unit.level);
                    names.extend(unit.agency.as_deref());
                }
            }
        }
        if let Some(agency) = agency {
            names.push(&agency.name);
            names.extend(agency.level.as_deref());
        }
        let Some(level) = names.first().copied() else {
            return;
        };
        let known = |name: &&str| parties.contains(*name);
        if words.levels.named(level).is_some() && !names.iter().any(known) {
            let problem = TestedProblem::NotOnRoute {
                unit: said.unit.value.clone(),
                level: level.to_owned(),
            };
            self.report(problem, said.unit.span);
        }
    }

    /// A unit outside the table whose name is near to one in it.
    fn near_unit(&mut self, unit: &Spanned<String>) {
        let Some(names) = &self.shared.unit_names else {
            return;
        };
        let long = unit.value.chars().count() >= LONG_ENOUGH;
        if !long || names.contains(&unit.value) || self.shared.is_agency_label(&unit.value) {
            return;
        }
        let found = self.near_units.get(&unit.value).cloned();
        let found = found.unwrap_or_else(|| nearest(&unit.value, names.iter().map(String::as_str)));
        self.near_units.insert(unit.value.clone(), found.clone());
        let Some(nearest) = found else { return };
        let fix = format!("\"{nearest}\"");
        let unit_name = unit.value.clone();
        let problem = TestedProblem::NearUnit {
            unit: unit_name,
            nearest,
        };
        let told = Diagnostic::new(problem, self.file, unit.span);
        self.context
            .push(told.fixed_by(FixKind::Likely, unit.span, fix));
    }

    /// An outcome that a rule of its strength never has. A rule that the project switches may have had either.
    pub(super) fn outcome_of_rule(&mut self, outcome: Outcome, rule: &str, span: Span) {
        let rules = self.rules;
        let named = |known: &&super::model::Rule| known.id.as_deref() == Some(rule);
        let Some(strength) = rules.iter().find(named).map(|known| known.strength) else {
            return;
        };
        let warning = match (outcome, strength) {
            (Outcome::Fails, Strength::Warning | Strength::Explain) => true,
            (Outcome::Warns, Strength::Error) => false,
            _ => return,
        };
        let project = self.context.project;
        let switched = self.switched.get_or_insert_with(|| {
            let items = project.sources.iter().flat_map(|source| &source.tree.items);
            let switches = items.filter_map(|item| match item {
                Item::RuleSwitch(switch) => switch.rule.last(),
                _ => None,
            });
            switches.map(|rule| rule.value.clone()).collect()
        });
        if !switched.contains(rule) {
            let rule = rule.to_owned();
            self.report(TestedProblem::OutcomeOfOther { rule, warning }, span);
        }
    }
}
