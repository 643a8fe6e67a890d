//! Deadlines against hops: a hop without one, one for nobody, one too early, one after that of the next hop.
//!
//! It deliberately does not know how deadlines are written. A deadline that could not be read still is one.

use super::{events, meet};
use crate::analysis::context::Context;
use crate::analysis::header::Header;
use crate::analysis::kinds::SAMPLE_YEAR;
use crate::analysis::model::{Deadline, PeriodRule, cell::Vintage};
use crate::analysis::periods::periods_in;
use crate::analysis::shared::Shared;
use crate::calendar::dates::show_date;
use crate::calendar::{
    Clock, Date, Due, DueMoment, DueRule, EventDates, OnHoliday, Period, PeriodKind,
    WorkingCalendar, due,
};
use crate::diagnostic::problem::meaning::form_time::FormTimeProblem;
use crate::diagnostic::problem::meaning::hop::HopProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::organisation::Party;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many deadlines may be looked at for what counts as one part of a file (`size`): they are not kept.
const DUE: usize = 4;

/// How many parts of a file a deadline counts for that is worked out for one period.
const WORKED_OUT: usize = 1;

/// A period that deadlines are tried out on, with the event it follows.
pub(super) type Sample = (Period, Option<EventDates>);

/// Day and month of the public holidays on a fixed day of the solar calendar (Labour Code 45/2019/QH14, Art. 112).
const HOLIDAYS: [(i8, i8); 4] = [(1, 1), (30, 4), (1, 5), (2, 9)];

/// When a report is due in one period.
#[derive(Clone, Copy)]
struct DueAfter {
    date: Date,
    /// The last minute of that day, where one is set.
    clock: Option<Clock>,
    /// No working day lies between the cut-off and that day.
    too_early: bool,
}

/// Who sends under the regime, each with its place.
fn senders(header: &Header) -> Vec<(&Party, Span)> {
    let mut senders: Vec<(&Party, Span)> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for hop in &header.routes.hops {
        let over = hop
            .until
            .zip(header.in_force_from)
            .is_some_and(|(until, from)| until < from);
        if !over && known.insert(&hop.sender.name) {
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
        let rules: Vec<Indexed> = periods.iter().map(Indexed::of).collect();
        let senders = senders(header);
        let compared = senders.len().saturating_mul(rules.len()).div_ceil(DUE);
        context.spend(
            compared,
            file,
            senders.first().map_or(Span::default(), |(_, span)| *span),
        );
        for (sender, span) in &senders {
            if context.is_full(file) {
                break;
            }
            let missing = rules.iter().any(|rule| rule.deadline(sender).is_none());
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
    let Some(first) = deadlines.first() else {
        return;
    };
    let hops = &header.routes.hops;
    if !context.spend(hops.len().div_ceil(DUE), header.file, first.label.span) {
        return;
    }
    let senders = senders(header);
    let stated = senders.iter().map(|(party, _)| party.name.as_str());
    let of_hops = hops.iter().map(|hop| hop.sender.name.as_str());
    let sending: BTreeSet<&str> = stated.chain(of_hops).collect();
    for deadline in deadlines {
        let sends = sending.contains(deadline.party.name.as_str());
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

/// The periods of a rule that deadlines are tried out on, each with the event it follows. Requests are supposed on three days, at the beginning and at the end of a month, early and late in
/// the year.
fn samples(header: &Header, rule: &PeriodRule) -> Vec<Sample> {
    let year = header.in_force_from.map_or(SAMPLE_YEAR, Date::year);
    if rule.choice.kind == PeriodKind::OnRequest {
        let days = [(3, 2), (3, 28), (11, 15)].into_iter();
        let days = days.filter_map(|(month, day)| Date::new(year, month, day).ok());
        let requests = days.filter_map(|day| Period::on_request(day, 0).ok());
        return requests.map(|period| (period, None)).collect();
    }
    if let Some(sample) = events::sample(rule, events::LONGER) {
        return vec![sample];
    }
    let years = [year, year.saturating_add(1)].into_iter();
    let periods = years.flat_map(|year| periods_in(rule, year));
    periods.map(|period| (period, None)).collect()
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
    let mut hinted: BTreeSet<Label> = BTreeSet::new();
    for rule in rules {
        let Some(first) = rule.deadlines.first() else {
            continue;
        };
        if !header.statistical && rule.vintage != Some(Vintage::Estimate) {
            events::in_time(context, rule, &calendar, told);
        }
        let following = following(context, header, rule, form);
        let samples = samples(header, rule);
        let different: BTreeSet<DueRule> = rule
            .deadlines
            .iter()
            .map(|deadline| deadline.rule)
            .collect();
        let looked = rule.deadlines.len().saturating_add(following.len());
        let parts = different
            .len()
            .saturating_mul(WORKED_OUT)
            .saturating_add(looked.div_ceil(DUE))
            .saturating_mul(samples.len());
        if !context.spend(parts, header.file, first.label.span) {
            return;
        }
        for sample in &samples {
            let Some(days) = rule.days.days(&sample.0, sample.1) else {
                continue;
            };
            let cutoff = rule.window.window(&days).to;
            // Many deadlines say the same, and working one out asks for every day of rest.
            let mut known: BTreeMap<DueRule, Option<DueAfter>> = BTreeMap::new();
            let dues: Vec<Option<DueAfter>> = rule
                .deadlines
                .iter()
                .map(|deadline| {
                    *known.entry(deadline.rule).or_insert_with(|| {
                        let due = due_in(rule, deadline, sample, &calendar)?;
                        let days = calendar.working_days_between(cutoff, due.date);
                        Some(DueAfter {
                            date: due.date,
                            clock: due.clock,
                            too_early: days == 0,
                        })
                    })
                })
                .collect();
            // An estimate is told before the days it speaks of are over, and reports of an event are urgent.
            if rule.vintage != Some(Vintage::Estimate) && sample.1.is_none() {
                let days = (&sample.0, cutoff);
                too_soon(context, rule, days, &dues, header.statistical, told);
            }
            in_sequence(context, rule, &following, (&dues, cutoff), told);
            if form.is_none() {
                on_holiday(context, shared, rule, &dues, &mut hinted);
            }
        }
    }
}

/// Advises about deadlines on a public holiday of every year, in a project that declares no days off: they would move, and nobody tells the machine.
fn on_holiday(
    context: &mut Context,
    shared: &Shared,
    rule: &PeriodRule,
    dues: &[Option<DueAfter>],
    hinted: &mut BTreeSet<Label>,
) {
    if !shared.words.holidays.is_empty() || !shared.words.decision_tables.is_empty() {
        return;
    }
    for (deadline, due) in rule.deadlines.iter().zip(dues) {
        let Some(due) = due else { continue };
        let stays = matches!(
            deadline.rule,
            DueRule::By {
                on_holiday: OnHoliday::Unchanged,
                ..
            } | DueRule::By {
                moment: DueMoment::Clock { point: None, .. },
                ..
            }
        );
        let day = (due.date.day(), due.date.month());
        if !stays && HOLIDAYS.contains(&day) && hinted.insert(deadline.label) {
            let problem = HopProblem::DueOnHoliday {
                who: deadline.party.name.clone(),
                due: show_date(due.date),
            };
            context.report(problem, deadline.label.file, deadline.label.span);
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
        let Some(first) = form.deadlines.first() else {
            continue;
        };
        let samples = samples(header, report);
        let looked = form.deadlines.len().saturating_mul(WORKED_OUT);
        let parts = looked.saturating_mul(samples.len());
        if !context.spend(parts, header.file, first.label.span) {
            return;
        }
        let of_report = Indexed::of(report);
        for sample in samples {
            for own in &form.deadlines {
                let Some(whole) = of_report.deadline(&own.party) else {
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

/// The deadlines of a rule, to be looked up by party.
struct Indexed<'r> {
    rule: &'r PeriodRule,
    by_party: BTreeMap<&'r Party, usize>,
    by_name: BTreeMap<&'r str, usize>,
}

impl<'r> Indexed<'r> {
    fn of(rule: &'r PeriodRule) -> Indexed<'r> {
        let mut indexed = Indexed {
            rule,
            by_party: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (place, deadline) in rule.deadlines.iter().enumerate() {
            let party = &deadline.party;
            indexed.by_party.entry(party).or_insert(place);
            indexed.by_name.entry(&party.name).or_insert(place);
        }
        indexed
    }

    /// Where the deadline of a sender stands: its own, else one of its name.
    fn place(&self, sender: &Party) -> Option<usize> {
        let own = self.by_party.get(sender);
        own.or_else(|| self.by_name.get(sender.name.as_str()))
            .copied()
    }

    /// The deadline of a sender in a period.
    fn deadline(&self, sender: &Party) -> Option<&'r Deadline> {
        self.rule.deadlines.get(self.place(sender)?)
    }
}

fn due_in(
    rule: &PeriodRule,
    deadline: &Deadline,
    (period, event): &Sample,
    calendar: &WorkingCalendar,
) -> Option<Due> {
    match deadline.rule {
        DueRule::Local => None,
        fixed => {
            let days = rule.days.days(period, *event)?;
            due(&fixed, &days, rule.window.window(&days), calendar, None).ok()
        }
    }
}

/// Deadlines that come too soon, each told once. Art. 8.5.b of Decree 09 wants at least one working day between cut-off and deadline. It does not bind statistical regimes; a deadline
/// before the figures end can hardly be meant there all the same.
fn too_soon(
    context: &mut Context,
    rule: &PeriodRule,
    (period, cutoff): (&Period, Date),
    dues: &[Option<DueAfter>],
    statistical: bool,
    told: &mut BTreeSet<Label>,
) {
    for (deadline, due) in rule.deadlines.iter().zip(dues) {
        let Some(due) = due else { continue };
        let found = match statistical {
            true => due.date < cutoff,
            false => due.too_early,
        };
        if !found || !told.insert(deadline.label) {
            continue;
        }
        let who = deadline.party.name.clone();
        let period = (period.name_vi(), period.name_en());
        let (cutoff, due) = (show_date(cutoff), show_date(due.date));
        let problem = match statistical {
            true => RouteProblem::DueBeforeEnd {
                who,
                period,
                cutoff,
                due,
            },
            false => RouteProblem::DeadlineTooEarly {
                who,
                period,
                cutoff,
                due,
            },
        };
        context.report(problem, deadline.label.file, deadline.label.span);
    }
}

/// A sender's deadline, that of a party it sends to, and the days on which it does.
struct Following {
    own: usize,
    next: usize,
    days: (Option<Date>, Option<Date>),
}

/// Which deadlines follow one another on the hops of the report or of one form, each pair once for the days of its hop.
fn following(
    context: &mut Context,
    header: &Header,
    rule: &PeriodRule,
    form: Option<&str>,
) -> Vec<Following> {
    let indexed = Indexed::of(rule);
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    // Hops of one line share their recipients.
    let mut shared: Option<(&Arc<[Party]>, Vec<usize>)> = None;
    for hop in &header.routes.hops {
        let named = |form: &str| hop.forms.iter().any(|name| name == form);
        if !form.is_none_or(|form| hop.forms.is_empty() || named(form)) {
            continue;
        }
        let Some(own) = indexed.place(&hop.sender) else {
            continue;
        };
        let next = match shared.take() {
            Some((recipients, next)) if Arc::ptr_eq(recipients, &hop.recipients) => next,
            _ => hop
                .recipients
                .iter()
                .filter_map(|receiver| indexed.place(receiver))
                .collect(),
        };
        let days = (hop.from, hop.until);
        if !context.spend(next.len().div_ceil(DUE), header.file, hop.span) {
            break;
        }
        for next in &next {
            if known.insert((own, *next, days)) {
                let next = *next;
                found.push(Following { own, next, days });
            }
        }
        shared = Some((&hop.recipients, next));
    }
    found
}

/// Who consolidates has to have the reports before its own deadline. Told once per deadline.
fn in_sequence(
    context: &mut Context,
    rule: &PeriodRule,
    following: &[Following],
    (dues, cutoff): (&[Option<DueAfter>], Date),
    told: &mut BTreeSet<Label>,
) {
    let at = |place: usize| {
        let due = dues.get(place)?.as_ref()?;
        Some((rule.deadlines.get(place)?, due))
    };
    for pair in following {
        if !meet(pair.days, (Some(cutoff), Some(cutoff))) {
            continue;
        }
        let (Some((own, own_due)), Some((next, next_due))) = (at(pair.own), at(pair.next)) else {
            continue;
        };
        let later_that_day = own_due.date == next_due.date
            && own_due
                .clock
                .zip(next_due.clock)
                .is_some_and(|(own, next)| own > next);
        if (own_due.date > next_due.date || later_that_day) && told.insert(own.label) {
            let problem = RouteProblem::DeadlineAfterNextHop {
                who: own.party.name.clone(),
                due: shown(own_due),
                next: next.party.name.clone(),
                next_due: shown(next_due),
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

/// A deadline as people write it, with its time of day where one is set.
fn shown(due: &DueAfter) -> String {
    let date = show_date(due.date);
    due.clock
        .map_or_else(|| date.clone(), |clock| format!("{date} {clock}"))
}
