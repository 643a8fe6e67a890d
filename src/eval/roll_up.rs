//! Figures of shorter periods become the figure of a longer one, each by its nature.
//!
//! It does not know calendars: the caller passes the reports that make up the span, in order. A missing part makes the result blank, because a
//! partial sum over time misleads.

use crate::eval::cell::Cell;
use crate::eval::evaluate::Evaluation;
use crate::plan::CompiledRegime;
use crate::plan::address::CellAddress;
use crate::plan::form::FormIndex;
use std::collections::BTreeMap;

/// The cells of one form over the periods that make up the span, in order of time; none where a report was not made. Words are left out.
pub fn roll_up(
    plan: &CompiledRegime,
    form: FormIndex,
    parts: &[Option<&Evaluation>],
) -> BTreeMap<CellAddress, Cell> {
    todo!("{} {form:?} {}", plan.format, parts.len())
}
