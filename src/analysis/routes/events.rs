//! Deadlines reckoned from the beginning of an event, against the days that its reports are about.
//!
//! How long an event lasts is not known when a regime is written, so such a deadline is tried out on one that lasts longer than the term: the report of its last day, or of
//! its end, would be due before it can be made. Only the first report of a unit may be due so. It deliberately does not ask for a working day in between.

use super::due::Sample;
use crate::analysis::context::Context;
use crate::analysis::kinds::SAMPLE_YEAR;
use crate::analysis::model::PeriodRule;
use crate::calendar::dates::{days_after, show_date};
use crate::calendar::{
    Date, DueMoment, DueRule, EventDates, Moment, Period, PeriodKind, TermAnchor, TermUnit,
    WorkingCalendar, due,
};
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use std::collections::BTreeSet;

/// So many days longer than the term lasts the event that a deadline is tried out on.
pub(super) const LONGER: i32 = 9;

/// The last report about an event of so many days, for a rule whose periods follow events.
pub(super) fn sample(rule: &PeriodRule, days: i32) -> Option<Sample> {
    let first = Date::constant(SAMPLE_YEAR, 3, 1);
    let last = days_after(first, days);
    let event = EventDates {
        start: Moment::start_of(first),
        end: Some(Moment::start_of(last)),
    };
    let period = match rule.choice.kind {
        PeriodKind::DailyOf(name) => Period::daily_of(name, 0, last).ok()?,
        PeriodKind::EndOf(name) => Period::end_of(name, 0),
        _ => return None,
    };
    Some((period, Some(event)))
}

/// Reports deadlines that lie before the cut-off of a later report of the event. Told once per deadline.
pub(super) fn in_time(
    context: &mut Context,
    rule: &PeriodRule,
    calendar: &WorkingCalendar,
    told: &mut BTreeSet<Label>,
) {
    for deadline in &rule.deadlines {
        let Some(length) = term(&deadline.rule) else {
            continue;
        };
        let Some((period, event)) = sample(rule, length + LONGER) else {
            continue;
        };
        let Some(days) = rule.days.days(&period, event) else {
            continue;
        };
        let window = rule.window.window(&days);
        let Ok(due) = due(&deadline.rule, &days, window, calendar, None) else {
            continue;
        };
        if due.date < window.to && told.insert(deadline.label) {
            let problem = RouteProblem::DeadlineTooEarly {
                who: deadline.party.name.clone(),
                period: (period.name_vi(), period.name_en()),
                cutoff: show_date(window.to),
                due: show_date(due.date),
            };
            context.report(problem, deadline.label.file, deadline.label.span);
        }
    }
}

/// About how many days after the beginning of an event a deadline lies, if it is reckoned from there.
fn term(rule: &DueRule) -> Option<i32> {
    let DueRule::By {
        moment:
            DueMoment::After {
                amount,
                unit,
                anchor: TermAnchor::EventStart,
            },
        ..
    } = rule
    else {
        return None;
    };
    let days = match unit {
        TermUnit::Hours => amount.div_ceil(24),
        TermUnit::Days => *amount,
        TermUnit::WorkingDays => amount.saturating_mul(2),
    };
    i32::try_from(days).ok()
}
