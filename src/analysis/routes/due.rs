//! Deadlines against hops: a hop without one, one for nobody, one too early, one after that of the next hop.
//!
//! It deliberately does not know how deadlines are written. A deadline that could not be read still is one.

use super::{Hop, meet};
use crate::analysis::context::Context;
use crate::analysis::header::Header;
use crate::analysis::kinds::SAMPLE_YEAR;
use crate::analysis::model::{Deadline, PeriodRule, cell::Vintage};
use crate::analysis::periods::periods_in;
use crate::analysis::shared::Shared;
use crate::calendar::dates::show_date;
use crate::calendar::{Date, Due, DueRule, Period, WorkingCalendar, due};
use crate::diagnostic::problem::meaning::form_time::FormTimeProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::organisation::Party;
use crate::text::Span;
use std::collections::BTreeSet;

/// Who sends under the regime, each with its place.
fn senders(header: &Header) -> Vec<(&Party, Span)> {
    let mut senders: Vec<(&Party, Span)> = Vec::new();
    for hop in &header.routes.hops {
        let over = hop
            .until
            .zip(header.in_force_from)
            .is_some_and(|(until, from)| until < from);
        if !over
            && !senders
                .iter()
                .any(|(party, _)| party.name == hop.sender.name)
        {
            senders.push((&hop.sender, hop.span));
        }
    }
    // Along the tree every reporter has somewhere to send to.
    if header.routes.hops.is_empty() || header.routes.along_the_tree {
        senders.extend(
            header
                .reporters_written
                .iter()
                .map(|(party, span)| (party, *span)),
        );
    }
    senders
}

/// Checks that every hop has a deadline, and that the deadlines of a period can be kept one after another; the deadlines that were reported.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    header: &Header,
    periods: &[PeriodRule],
) -> BTreeSet<Label> {
    let file = header.file;
    if !header.deadlines_unreadable {
        for (sender, span) in &senders(header) {
            let missing = periods
                .iter()
                .any(|rule| deadline_of(rule, sender).is_none());
            if missing {
                context.report(
                    RouteProblem::HopWithoutDeadline {
                        who: sender.name.clone(),
                    },
                    file,
                    *span,
                );
            }
        }
    }
    let mut told: BTreeSet<Label> = BTreeSet::new();
    for rule in periods {
        for_nobody(context, header, &rule.deadlines, &mut told);
    }
    in_time(context, shared, header, (periods, None), &mut told);
    told
}

/// Reports deadlines of parties that send on no hop.
pub(in crate::analysis) fn for_nobody(
    context: &mut Context,
    header: &Header,
    deadlines: &[Deadline],
    told: &mut BTreeSet<Label>,
) {
    let senders = senders(header);
    for deadline in deadlines {
        let sends = senders
            .iter()
            .any(|(party, _)| party.name == deadline.party.name)
            || header
                .routes
                .hops
                .iter()
                .any(|hop| hop.sender.name == deadline.party.name);
        if !sends && !senders.is_empty() && told.insert(deadline.label) {
            let problem = RouteProblem::DeadlineForNobody {
                who: deadline.party.name.clone(),
            };
            context.report(problem, deadline.label.file, deadline.label.span);
        }
    }
}

/// The calendar that deadlines are tried out on, without the decisions of single years.
fn calendar(shared: &Shared) -> WorkingCalendar {
    WorkingCalendar::new(shared.words.holidays.clone(), Vec::new())
        .with_lunar(shared.words.lunar_months.clone())
}

/// The periods of a rule that deadlines are tried out on.
fn samples(header: &Header, rule: &PeriodRule) -> Vec<Period> {
    let year = header.in_force_from.map_or(SAMPLE_YEAR, Date::year);
    let years = [year, year.saturating_add(1)].into_iter();
    years.flat_map(|year| periods_in(rule, year)).collect()
}

/// Reports deadlines too near the cut-off and deadlines after that of the next hop, for the whole report or for one form.
pub(in crate::analysis) fn in_time(
    context: &mut Context,
    shared: &Shared,
    header: &Header,
    (rules, form): (&[PeriodRule], Option<&str>),
    told: &mut BTreeSet<Label>,
) {
    let calendar = calendar(shared);
    for rule in rules {
        for sample in samples(header, rule) {
            // An estimate is told before the days it speaks of are over.
            if !header.statistical && rule.vintage != Some(Vintage::Estimate) {
                one_working_day(context, rule, &sample, &calendar, told);
            }
            in_sequence(context, header, (rule, form), &sample, &calendar, told);
        }
    }
}

/// Reports deadlines of a form that lie after that of the report it is a part of. Each pair is the rule of the report and that of the form.
pub(in crate::analysis) fn before_report(
    context: &mut Context,
    shared: &Shared,
    header: &Header,
    pairs: &[(&PeriodRule, &PeriodRule)],
    told: &mut BTreeSet<Label>,
) {
    let calendar = calendar(shared);
    for (report, form) in pairs {
        for sample in samples(header, report) {
            for own in &form.deadlines {
                let Some(whole) = deadline_of(report, &own.party) else {
                    continue;
                };
                let (Some(own_due), Some(whole_due)) = (
                    due_in(form, own, &sample, &calendar),
                    due_in(report, whole, &sample, &calendar),
                ) else {
                    continue;
                };
                if own_due.date > whole_due.date && told.insert(own.label) {
                    let problem = FormTimeProblem::DueAfterReport {
                        who: own.party.name.clone(),
                        due: show_date(own_due.date),
                        report_due: show_date(whole_due.date),
                    };
                    let (own, whole) = (own.label, whole.label);
                    context.push(Diagnostic::new(problem, own.file, own.span).noting(
                        Note::DisagreesHere,
                        whole.file,
                        whole.span,
                    ));
                }
            }
        }
    }
}

/// The deadline of a sender in a period.
fn deadline_of<'r>(rule: &'r PeriodRule, sender: &Party) -> Option<&'r Deadline> {
    rule.deadlines
        .iter()
        .find(|deadline| deadline.party == *sender)
        .or_else(|| {
            rule.deadlines
                .iter()
                .find(|deadline| deadline.party.name == sender.name)
        })
}

fn due_in(
    rule: &PeriodRule,
    deadline: &Deadline,
    period: &Period,
    calendar: &WorkingCalendar,
) -> Option<Due> {
    match deadline.rule {
        DueRule::Local => None,
        fixed => {
            let days = rule.days.days(period, None)?;
            due(&fixed, &days, rule.window.window(&days), calendar, None).ok()
        }
    }
}

/// Art. 8.5.b of Decree 09: at least one working day between cut-off and deadline. Told once per deadline.
fn one_working_day(
    context: &mut Context,
    rule: &PeriodRule,
    period: &Period,
    calendar: &WorkingCalendar,
    told: &mut BTreeSet<Label>,
) {
    let Some(cutoff) = rule.window_of(period).map(|window| window.to) else {
        return;
    };
    for deadline in &rule.deadlines {
        let Some(due) = due_in(rule, deadline, period, calendar) else {
            continue;
        };
        if calendar.working_days_between(cutoff, due.date) == 0 && told.insert(deadline.label) {
            let problem = RouteProblem::DeadlineTooEarly {
                who: deadline.party.name.clone(),
                period: (period.name_vi(), period.name_en()),
                cutoff: show_date(cutoff),
                due: show_date(due.date),
            };
            context.report(problem, deadline.label.file, deadline.label.span);
        }
    }
}

/// Who consolidates has to have the reports before its own deadline. Told once per deadline.
fn in_sequence(
    context: &mut Context,
    header: &Header,
    (rule, form): (&PeriodRule, Option<&str>),
    period: &Period,
    calendar: &WorkingCalendar,
    told: &mut BTreeSet<Label>,
) {
    let Some(cutoff) = rule.window_of(period).map(|window| window.to) else {
        return;
    };
    let is_of = |hop: &&Hop| {
        let named = |form: &str| hop.forms.iter().any(|name| name == form);
        form.is_none_or(|form| hop.forms.is_empty() || named(form))
    };
    for hop in header.routes.hops.iter().filter(is_of) {
        if !meet((hop.from, hop.until), (Some(cutoff), Some(cutoff))) {
            continue;
        }
        for receiver in &hop.recipients {
            let (Some(own), Some(next)) =
                (deadline_of(rule, &hop.sender), deadline_of(rule, receiver))
            else {
                continue;
            };
            let (Some(own_due), Some(next_due)) = (
                due_in(rule, own, period, calendar),
                due_in(rule, next, period, calendar),
            ) else {
                continue;
            };
            if own_due.date > next_due.date && told.insert(own.label) {
                let problem = RouteProblem::DeadlineAfterNextHop {
                    who: hop.sender.name.clone(),
                    due: show_date(own_due.date),
                    next: receiver.name.clone(),
                    next_due: show_date(next_due.date),
                };
                context.push(
                    Diagnostic::new(problem, own.label.file, own.label.span).noting(
                        Note::DisagreesHere,
                        next.label.file,
                        next.label.span,
                    ),
                );
            }
        }
    }
}
