//! What a test supposes about other regimes: reports of the unit under test, evaluated by the plans of those regimes.
//!
//! It deliberately does not judge them. A regime without a plan is one with mistakes of its own; its reports are not known.

use super::figures::reports_of;
use crate::analysis::tests_model::TestCase;
use crate::calendar::Period;
use crate::eval::archive::{Archive, Elsewhere};
use crate::eval::evaluate::Evaluation;
use crate::eval::sequence::{Part, evaluate_in_order};
use crate::organisation::Unit;
use crate::plan::CompiledRegime;
use crate::workspace::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// Reports under one other regime.
pub struct OtherRegime<'s> {
    plan: &'s CompiledRegime,
    reports: BTreeMap<Period, Evaluation>,
}

/// The reports a test supposes under other regimes.
pub fn other_regimes<'s>(
    snapshot: &'s Snapshot,
    case: &TestCase,
    unit: &Unit,
) -> Vec<OtherRegime<'s>> {
    let given = case.given.iter();
    let names: BTreeSet<&str> = given.filter_map(|given| given.regime.as_deref()).collect();
    let regime = |name: &str| {
        let plan = snapshot.regime(name)?.plan()?;
        let figures = reports_of(case, Some(name), None);
        let parts = figures
            .iter()
            .map(|(period, figures)| {
                let part = Part {
                    figures,
                    history: true,
                    reporter: Some(unit),
                    event: None,
                };
                (*period, part)
            })
            .collect();
        Some(OtherRegime {
            plan,
            reports: evaluate_in_order(plan, &parts, &Archive::default()),
        })
    };
    names.into_iter().filter_map(regime).collect()
}

/// Puts the reports into an archive.
pub fn keep<'e>(others: &'e [OtherRegime<'e>], archive: &mut Archive<'e>) {
    for other in others {
        let mut own = Archive::default();
        for (period, report) in &other.reports {
            own.keep(*period, report);
        }
        let elsewhere = Elsewhere {
            plan: other.plan,
            archive: Box::new(own),
        };
        archive
            .elsewhere
            .insert(other.plan.header.name.clone(), elsewhere);
    }
}
