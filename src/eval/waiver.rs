//! Whether a report of an event is waived (`waived when`): all conditions over the event's record hold.
//!
//! It does not know who owes the report. A condition that cannot be answered waives nothing, because a report that may be owed must be asked for.

use crate::calendar::Period;
use crate::eval::compute::{Reading, Scope};
use crate::eval::earlier::rule_of;
use crate::eval::operation::Truth;
use crate::organisation::EventState;
use crate::plan::CompiledRegime;
use crate::plan::address::Row;
use std::collections::BTreeMap;

/// Whether no report is expected for a period of an event.
pub fn is_waived(plan: &CompiledRegime, period: &Period, event: &EventState) -> bool {
    let cells = BTreeMap::new();
    let scope = Scope {
        plan,
        cells: &cells,
        rows: &[],
        moment: None,
        event: Some(event),
        reporter: None,
        reading: Reading::Stated,
        reader: None,
    };
    waived(&scope, period)
}

/// The same in a document that knows its event.
pub(super) fn waived(scope: &Scope<'_>, period: &Period) -> bool {
    let Some(rule) = rule_of(&scope.plan.header, *period) else {
        return false;
    };
    let mut conditions = rule.waived_when.iter();
    !rule.waived_when.is_empty()
        && conditions.all(|condition| scope.truth(*condition, &Row::Own) == Truth::True)
}
