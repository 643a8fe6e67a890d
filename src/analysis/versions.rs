//! The versions of one regime in time: each begins after the one before, none leaves days between, and each says what becomes of the earlier figures.
//!
//! A version without a last day ends when the next begins. It deliberately does not know figures; whether each of them is mapped is asked where the migration is read. A version
//! whose clause cannot be read is compared with nothing.

use super::context::Context;
use super::model::Regime;
use crate::calendar::dates::show_date;
use crate::diagnostic::problem::meaning::versions::VersionsProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::header::{self as tree, RegimeMember};
use crate::text::FileId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Compares each version with the one before it; `written` are the regimes as they stand in the sources, in the same order.
pub(super) fn check(
    context: &mut Context,
    regimes: &[Arc<Regime>],
    written: &[(FileId, &tree::Regime)],
) {
    let mut of_name: BTreeMap<&str, BTreeMap<u32, usize>> = BTreeMap::new();
    for (at, regime) in regimes.iter().enumerate() {
        let versions = of_name.entry(&regime.name).or_default();
        versions.entry(regime.version).or_insert(at);
    }
    for versions in of_name.values() {
        let order: Vec<usize> = versions.values().copied().collect();
        for pair in order.windows(2) {
            if let [earlier, later] = pair {
                one(context, regimes, written, (*earlier, *later));
            }
        }
    }
}

fn one(
    context: &mut Context,
    regimes: &[Arc<Regime>],
    written: &[(FileId, &tree::Regime)],
    (earlier, later): (usize, usize),
) -> Option<()> {
    let (before, after) = (regimes.get(earlier)?, regimes.get(later)?);
    let (first_file, first) = written.get(earlier)?;
    let (file, second) = written.get(later)?;
    let (at, beside) = (second.version.as_ref()?.span, first.version.as_ref()?.span);
    let from = after.in_force_from;
    let earlier = before.version;
    let until = before.in_force_until;
    let days = until.map_or_else(String::new, show_date);
    let problem = if from <= before.in_force_from || until.is_some_and(|until| from <= until) {
        Some(VersionsProblem::Overlap { earlier })
    } else if until.is_some_and(|until| until.tomorrow().is_ok_and(|next| next < from)) {
        let (until, from) = (days, show_date(from));
        Some(VersionsProblem::Gap {
            earlier,
            until,
            from,
        })
    } else {
        None
    };
    if let Some(problem) = problem {
        context.push(Diagnostic::new(problem, *file, at).noting(
            Note::DisagreesHere,
            *first_file,
            beside,
        ));
    }
    let mut members = second.members.iter();
    let says = members.any(|member| matches!(member, RegimeMember::Migration(_)));
    if !says && second.strays.is_empty() {
        let problem = VersionsProblem::NothingTakenOver { earlier };
        context.push(Diagnostic::new(problem, *file, at).noting(
            Note::AlsoHere,
            *first_file,
            beside,
        ));
    }
    Some(())
}
