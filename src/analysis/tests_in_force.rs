//! Tests of a period in which the regime is not in force: they run, and show nothing of any report that is ever made.
//!
//! The cut-off decides, as it decides which version a report is made under. It deliberately does not know events, whose days a test supposes itself.

use super::check_tests::TestReader;
use crate::calendar::Period;
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::text::Span;

impl TestReader<'_, '_, '_> {
    /// Reports a period whose cut-off lies outside the time in force.
    pub(super) fn in_force(&mut self, period: Period, span: Span) {
        let (from, until) = self.context.in_force;
        let outside = self.periods.iter().any(|rule| {
            rule.window_of(&period).is_some_and(|window| {
                from.is_some_and(|from| window.to < from)
                    || until.is_some_and(|until| until < window.to)
            })
        });
        if outside {
            let period = (period.name_vi(), period.name_en());
            self.report(ForegoneProblem::TestOutsideForce { period }, span);
        }
    }
}
