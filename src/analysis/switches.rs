//! Rules that a project switches off, or makes milder or stricter, from a date and without a new version.
//!
//! It deliberately decides nothing about reports: which switch holds for a report follows from its cut-off. A switch of a rule that does not exist is reported and left out.

use super::context::Context;
use super::dates;
use super::model::{Regime, Strength, words::Place};
use super::shared::Shared;
use crate::calendar::Date;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::Item;
use crate::syntax::ast::rule::{self as tree, RuleChange};
use crate::text::FileId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A published rule changed from a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSwitch {
    /// The regime.
    pub regime: String,
    /// Identifier of the rule.
    pub rule: String,
    /// How strong it becomes; nothing where it is off.
    pub strength: Option<Strength>,
    /// First cut-off it holds for; since ever if absent.
    pub from: Option<Date>,
    /// Last cut-off it holds for; for ever if absent.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
    /// Where it is written.
    pub place: Place,
}

impl RuleSwitch {
    fn meets(&self, other: &RuleSwitch) -> bool {
        let starts_before = |one: &RuleSwitch, end: Option<Date>| match (one.from, end) {
            (Some(from), Some(end)) => from <= end,
            _ => true,
        };
        self.regime == other.regime
            && self.rule == other.rule
            && starts_before(self, other.until)
            && starts_before(other, self.until)
    }
}

/// Reads the switches of all sources, in their order.
pub(super) fn read(
    context: &mut Context,
    shared: &Shared,
    regimes: &[Arc<Regime>],
) -> Vec<RuleSwitch> {
    let mut found: Vec<RuleSwitch> = Vec::new();
    for source in &context.project.sources {
        for item in &source.tree.items {
            if let Item::RuleSwitch(written) = item
                && let Some(switch) = one(context, shared, source.file.id, regimes, written)
            {
                if let Some(first) = found.iter().find(|known| known.meets(&switch)) {
                    let label = first.place.label;
                    context.push(
                        Diagnostic::new(
                            RuleProblem::SwitchedTwice {
                                rule: format!("{}.{}", switch.regime, switch.rule),
                            },
                            source.file.id,
                            written.span,
                        )
                        .noting(Note::FirstHere, label.file, label.span),
                    );
                    continue;
                }
                found.push(switch);
            }
        }
    }
    of_nothing(context, regimes, &found);
    found
}

/// Switches that leave their rule as it is: it is that strong anyway, or no version with it is in force in that time. Of several switches of a rule one may take back another.
fn of_nothing(context: &mut Context, regimes: &[Arc<Regime>], switches: &[RuleSwitch]) {
    let mut times: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for switch in switches {
        *times.entry((&switch.regime, &switch.rule)).or_default() += 1;
    }
    for switch in switches {
        let versions = regimes.iter().filter(|known| {
            let mut rules = known.rules.iter();
            known.name == switch.regime
                && rules.any(|rule| rule.id.as_deref() == Some(&switch.rule))
        });
        let versions: Vec<&Arc<Regime>> = versions.collect();
        let in_force = |known: &&Arc<Regime>| {
            let ended = switch
                .until
                .is_some_and(|until| until < known.in_force_from);
            let over = known.in_force_until.zip(switch.from);
            !ended && over.is_none_or(|(until, from)| from <= until)
        };
        let strengths = || {
            let rules = versions.iter().flat_map(|known| &known.rules);
            rules
                .filter(|rule| rule.id.as_deref() == Some(&switch.rule))
                .map(|rule| rule.strength)
        };
        let alone = times.get(&(switch.regime.as_str(), switch.rule.as_str())) == Some(&1);
        let anyway = alone && strengths().all(|strength| Some(strength) == switch.strength);
        if !anyway && versions.iter().any(in_force) {
            continue;
        }
        let rule = format!("{}.{}", switch.regime, switch.rule);
        let place = switch.place.label;
        let problem = ForegoneProblem::SwitchOfNothing { rule, anyway };
        context.report(problem, place.file, place.span);
    }
}

fn one(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    regimes: &[Arc<Regime>],
    written: &tree::RuleSwitch,
) -> Option<RuleSwitch> {
    let (from, until) = dates::dated(context, file, Some(&written.dated));
    let [regime, rule] = written.rule.as_slice() else {
        return None;
    };
    let versions: Vec<&Regime> = regimes
        .iter()
        .map(Arc::as_ref)
        .filter(|known| known.name == regime.value)
        .collect();
    let Some(first) = versions.first() else {
        let names = regimes.iter().map(|known| known.name.as_str());
        context.unknown(NameKind::Regime, regime, file, names, &shared.strays);
        return None;
    };
    context.refer(NameKind::Regime, file, regime.span, first.place.label);
    let rules = || versions.iter().flat_map(|known| &known.rules);
    match rules().find(|known| known.id.as_ref() == Some(&rule.value)) {
        Some(known) => context.refer(NameKind::Rule, file, rule.span, known.place.label),
        None => {
            // Names are only walked along as far as they are compared.
            let names = rules().filter_map(|known| known.id.as_deref());
            // A regime with lines that cannot be read may have the rule in one of them.
            if !context.has_unreadable_lines() {
                context.unknown(NameKind::Rule, rule, file, names, &shared.strays);
            }
            return None;
        }
    }
    Some(RuleSwitch {
        regime: regime.value.clone(),
        rule: rule.value.clone(),
        strength: match written.change.value {
            RuleChange::Off => None,
            RuleChange::Check => Some(Strength::Error),
            RuleChange::Warn => Some(Strength::Warning),
            RuleChange::WarnExplain => Some(Strength::Explain),
        },
        from,
        until,
        reason: written.reason.value.clone(),
        place: context.place(file, written.span),
    })
}
