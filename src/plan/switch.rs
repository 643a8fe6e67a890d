//! Switches of published rules: off, milder or stricter from a date on, without a new version.
//!
//! They stand beside a published plan and are never part of it: they are not in its text and not in its fingerprint. Which one holds for a report is decided by the report's
//! cut-off, so that an old report reads the same for ever. It does not know where switches are written or stored; a stored text that cannot be read is refused whole.

use crate::analysis::model::Model;
use crate::calendar::Date;
use crate::plan::validation::{Rule, Severity};
use crate::plan::{CompiledRegime, PlanProblem, lower};
use serde::{Deserialize, Serialize};

/// A published rule changed from a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSwitch {
    /// The regime, in all its versions.
    pub regime: String,
    /// Identifier of the rule; of all its instances if it is written for many cells.
    pub rule: String,
    /// How strong the rule becomes; nothing where it is off.
    pub severity: Option<Severity>,
    /// First cut-off it holds for; since ever if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last cut-off it holds for; for ever if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

impl RuleSwitch {
    fn holds_on(&self, cutoff: Date) -> bool {
        self.from.is_none_or(|from| from <= cutoff)
            && self.until.is_none_or(|until| cutoff <= until)
    }
}

/// The switches of a project.
pub fn switches(model: &Model) -> Vec<RuleSwitch> {
    model
        .switches
        .iter()
        .map(|switch| RuleSwitch {
            regime: switch.regime.clone(),
            rule: switch.rule.clone(),
            severity: switch.strength.map(lower::rule::severity),
            from: switch.from,
            until: switch.until,
            reason: switch.reason.clone(),
        })
        .collect()
}

/// Switches as text, to be kept beside plans.
pub fn write(switches: &[RuleSwitch]) -> Result<String, PlanProblem> {
    serde_json::to_string(switches).map_err(unreadable)
}

/// Switches from their text; an empty text is none.
pub fn read(text: &str) -> Result<Vec<RuleSwitch>, PlanProblem> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> PlanProblem {
    PlanProblem::Unreadable {
        detail: error.to_string(),
    }
}

impl CompiledRegime {
    /// Puts beside the plan those switches that are of its regime, in place of the ones it had.
    pub fn switch(&mut self, switches: &[RuleSwitch]) {
        self.switches = switches
            .iter()
            .filter(|switch| switch.regime == self.header.name)
            .cloned()
            .collect();
    }

    /// The switch that holds for a rule in a report with this cut-off.
    pub fn switch_of(&self, rule: &Rule, cutoff: Date) -> Option<&RuleSwitch> {
        let identifier = rule.identifier.as_deref()?;
        self.switches
            .iter()
            .find(|switch| switch.rule == identifier && switch.holds_on(cutoff))
    }
}
