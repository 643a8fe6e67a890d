//! Whether a part of a regime applies in a report: its period, whose report it is, the event, the fields at its head.
//!
//! It does not know parts; rows, columns, rules and outline parts ask the same question. Broken input: a condition that waits for an answer applies,
//! because a part that may be asked for must not be hidden before that is known.

use crate::calendar::Period;
use crate::eval::compute::Scope;
use crate::eval::operation::Truth;
use crate::organisation::Unit;
use crate::plan::address::Row;
use crate::plan::applicability::Applicability;

/// Whether a part applies. `reporter` is the unit whose own report it is; a report put together from several units has the parts of all of them, and
/// none is given.
pub fn applies(
    scope: &Scope<'_>,
    applicability: &Applicability,
    period: &Period,
    reporter: Option<&Unit>,
) -> bool {
    let only_in = &applicability.only_in;
    let in_time = only_in.is_empty() || only_in.iter().any(|choice| choice.accepts(period));
    in_time && applies_to(scope, applicability, reporter)
}

/// Whether a part applies to a unit in the periods in which it applies at all.
pub fn applies_to(
    scope: &Scope<'_>,
    applicability: &Applicability,
    reporter: Option<&Unit>,
) -> bool {
    let Applicability {
        only_in: _,
        only_for,
        only_when,
    } = applicability;
    let for_reporter = only_for.is_empty()
        || reporter.is_none_or(|unit| only_for.iter().any(|party| unit.is_meant_by(party)));
    for_reporter
        && only_when
            .iter()
            .all(|condition| scope.truth(*condition, &Row::Own) != Truth::False)
}
