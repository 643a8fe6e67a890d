//! Routes of a regime: who sends to whom, when; and deadlines against hops.
//!
//! Names are compared as declared: a level and an agency standing on it are different senders. It deliberately does not know units.

use super::context::Context;
use super::dates;
use super::header::Header;
use super::kinds::SAMPLE_YEAR;
use super::model::{Deadline, PeriodRule};
use super::periods::periods_in;
use super::shared::Shared;
use super::words::report_table;
use crate::calendar::dates::show_date;
use crate::calendar::{Date, Due, DueRule, Period, WorkingCalendar, due};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::organisation::{Assignment, Party, Route, Suspension, parse_routes};
use crate::syntax::ast::{Spanned, header as tree, header::RoutePath};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// One hop of a route.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    /// Who sends.
    pub sender: Party,
    /// Who receives.
    pub recipients: Vec<Party>,
    from: Option<Date>,
    until: Option<Date>,
    forms: Vec<String>,
    /// Where the sender stands.
    pub span: Span,
}

/// Routes with their hops.
#[derive(Default)]
pub(super) struct Routes {
    /// As the plan keeps them.
    pub routes: Vec<Route>,
    /// Recipients of single units, out of tables.
    pub assignments: Vec<Assignment>,
    /// Suspended hops.
    pub suspensions: Vec<Suspension>,
    /// Whether the unit tree is named as the fall-back.
    pub along_the_tree: bool,
    /// All hops.
    pub hops: Vec<Hop>,
    /// Parties from which a route starts, in order.
    pub starts: Vec<Party>,
    /// Parties at which a route ends, in order.
    pub ends: Vec<Party>,
}

/// Reads the routes of a regime.
pub(super) fn read(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &[&tree::Route],
    suspended: &[&tree::Suspend],
    forms: &BTreeSet<String>,
) -> Routes {
    let mut routes = Routes::default();
    for route in written {
        let (from, until) = dates::dated(context, file, route.dated.as_ref());
        let forms = form_names(context, file, &route.forms, forms);
        let steps = match &route.path {
            RoutePath::Steps(steps) => steps.as_slice(),
            RoutePath::AlongTheTree => {
                routes.along_the_tree = true;
                &[]
            }
            RoutePath::Table(named) => {
                let rows = table(context, file, named, &forms);
                let dated = |row: Assignment| Assignment {
                    from: row.from.max(from),
                    until: earliest(row.until, until),
                    ..row
                };
                routes.assignments.extend(rows.into_iter().map(dated));
                continue;
            }
        };
        let mut hops: Vec<Vec<Party>> = Vec::new();
        let mut spans: Vec<Vec<Span>> = Vec::new();
        for step in steps {
            let mut parties = Vec::new();
            let mut places = Vec::new();
            for who in step {
                if let Some(party) = shared.resolve_party(context, file, who) {
                    parties.push(party);
                    places.push(who.span);
                    dead_level(context, shared, file, &who.name, until);
                }
            }
            hops.push(parties);
            spans.push(places);
        }
        for ((senders, places), recipients) in hops.iter().zip(&spans).zip(hops.iter().skip(1)) {
            for (sender, span) in senders.iter().zip(places) {
                routes.hops.push(Hop {
                    sender: sender.clone(),
                    recipients: recipients.clone(),
                    from,
                    until,
                    forms: forms.clone(),
                    span: *span,
                });
            }
        }
        extend(&mut routes.starts, hops.first());
        extend(&mut routes.ends, hops.last());
        routes.routes.push(Route {
            hops,
            from,
            until,
            forms,
        });
    }
    for suspension in suspended {
        let (from, until) = dates::dated(context, file, Some(&suspension.dated));
        let forms = form_names(context, file, &suspension.forms, forms);
        let sender = shared.resolve_party(context, file, &suspension.from);
        let recipients: Vec<Party> = suspension
            .to
            .iter()
            .filter_map(|who| shared.resolve_party(context, file, who))
            .collect();
        if let Some(sender) = sender {
            let reason = suspension.reason.value.clone();
            routes.suspensions.push(Suspension {
                sender,
                recipients,
                from,
                until,
                forms,
                reason,
            });
        }
    }
    routes
}

/// The rows of a table of routes, for the forms of the statement.
fn table(
    context: &mut Context,
    file: FileId,
    named: &Spanned<String>,
    forms: &[String],
) -> Vec<Assignment> {
    let Some((text, _)) = context.table(file, named) else {
        return Vec::new();
    };
    let (rows, problems) = parse_routes(text);
    report_table(context, file, named, problems);
    let of_forms = |row: Assignment| Assignment {
        forms: forms.to_vec(),
        ..row
    };
    rows.into_iter().map(of_forms).collect()
}

fn extend(known: &mut Vec<Party>, parties: Option<&Vec<Party>>) {
    for party in parties.into_iter().flatten() {
        if !known.contains(party) {
            known.push(party.clone());
        }
    }
}

fn form_names(
    context: &mut Context,
    file: FileId,
    written: &[Spanned<String>],
    forms: &BTreeSet<String>,
) -> Vec<String> {
    let mut names = Vec::new();
    for name in written {
        if forms.contains(&name.value) {
            names.push(name.value.clone());
        } else {
            let known = forms.iter().map(String::as_str);
            context.unknown(NameKind::Form, name, file, known, &BTreeSet::new());
        }
    }
    names
}

/// Reports a level that has ended in something that goes on.
pub(super) fn dead_level(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    name: &Spanned<String>,
    goes_on_until: Option<Date>,
) {
    let level = shared
        .words
        .levels
        .iter()
        .find(|level| level.name == name.value);
    let Some((level, ended)) = level.and_then(|level| level.until.map(|until| (level, until)))
    else {
        return;
    };
    if goes_on_until.is_none_or(|until| ended < until) {
        let problem = RouteProblem::DeadLevel {
            name: name.value.clone(),
            until: show_date(ended),
        };
        let declared = level.place.label;
        context.push(Diagnostic::new(problem, file, name.span).noting(
            Note::DeclaredHere,
            declared.file,
            declared.span,
        ));
    }
}

/// Checks hops against one another and against reporters, recipients and deadlines.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    header: &Header,
    periods: &[PeriodRule],
) {
    let routes = &header.routes;
    let file = header.file;
    overlaps(context, file, &routes.hops);
    circles(context, file, &routes.hops);
    if !routes.hops.is_empty() {
        for (party, span) in &header.reporters_written {
            if !routes.along_the_tree
                && !routes.hops.iter().any(|hop| hop.sender.name == party.name)
            {
                context.report(
                    RouteProblem::ReporterWithoutRoute {
                        who: party.name.clone(),
                    },
                    file,
                    *span,
                );
            }
        }
        for (party, span) in &header.recipients_written {
            let reached = routes
                .hops
                .iter()
                .flat_map(|hop| &hop.recipients)
                .any(|other| other.name == party.name);
            if !reached {
                context.report(
                    RouteProblem::RecipientNotReached {
                        who: party.name.clone(),
                    },
                    file,
                    *span,
                );
            }
        }
    }
    deadlines(context, shared, header, periods);
}

fn meet(a: (Option<Date>, Option<Date>), b: (Option<Date>, Option<Date>)) -> bool {
    let before = |until: Option<Date>, from: Option<Date>| {
        until.zip(from).is_some_and(|(until, from)| until < from)
    };
    !before(a.1, b.0) && !before(b.1, a.0)
}

/// Routes of some forms, and routes of all, do not contradict one another: the nearer holds.
fn same_forms(a: &Hop, b: &Hop) -> bool {
    match (a.forms.is_empty(), b.forms.is_empty()) {
        (true, true) => true,
        (false, false) => a.forms.iter().any(|form| b.forms.contains(form)),
        _ => false,
    }
}

fn overlaps(context: &mut Context, file: FileId, hops: &[Hop]) {
    for (position, hop) in hops.iter().enumerate() {
        let earlier = hops.iter().take(position).find(|other| {
            other.sender == hop.sender
                && other.recipients != hop.recipients
                && same_forms(other, hop)
                && meet((other.from, other.until), (hop.from, hop.until))
        });
        if let Some(earlier) = earlier {
            context.push(
                Diagnostic::new(
                    RouteProblem::RouteOverlap {
                        who: hop.sender.name.clone(),
                    },
                    file,
                    hop.span,
                )
                .noting(Note::DisagreesHere, file, earlier.span),
            );
        }
    }
}

fn circles(context: &mut Context, file: FileId, hops: &[Hop]) {
    for hop in hops {
        let mut walk = Walk {
            hops,
            path: vec![hop.sender.name.as_str()],
            visited: BTreeSet::new(),
        };
        if let Some(round) = walk.onward(hop, (hop.from, hop.until)) {
            context.report(RouteProblem::RouteCycle { path: round }, file, hop.span);
            return;
        }
    }
}

/// A walk along hops that are in force together. Each party is entered once, so the walk is short.
struct Walk<'h> {
    hops: &'h [Hop],
    path: Vec<&'h str>,
    visited: BTreeSet<&'h str>,
}

impl<'h> Walk<'h> {
    /// The way round when the first sender comes back.
    fn onward(&mut self, hop: &'h Hop, span: (Option<Date>, Option<Date>)) -> Option<Vec<String>> {
        for recipient in &hop.recipients {
            if self.path.first() == Some(&recipient.name.as_str()) {
                let mut round: Vec<String> =
                    self.path.iter().map(|name| (*name).to_owned()).collect();
                round.push(recipient.name.clone());
                return Some(round);
            }
            if !self.visited.insert(&recipient.name) {
                continue;
            }
            let hops = self.hops;
            for next in hops
                .iter()
                .filter(|next| next.sender.name == recipient.name)
            {
                if !meet(span, (next.from, next.until)) {
                    continue;
                }
                let both = (span.0.max(next.from), earliest(span.1, next.until));
                self.path.push(&recipient.name);
                let found = self.onward(next, both);
                self.path.pop();
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }
}

fn earliest(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

fn deadlines(context: &mut Context, shared: &Shared, header: &Header, periods: &[PeriodRule]) {
    let file = header.file;
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
    if !header.deadlines_unreadable {
        for (sender, span) in &senders {
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
    for deadline in periods.iter().flat_map(|rule| &rule.deadlines) {
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
    let calendar = WorkingCalendar::new(shared.words.holidays.clone(), Vec::new())
        .with_lunar(shared.words.lunar_months.clone());
    let year = header.in_force_from.map_or(SAMPLE_YEAR, Date::year);
    for rule in periods {
        for sample in [year, year.saturating_add(1)]
            .into_iter()
            .flat_map(|year| periods_in(rule, year))
        {
            if !header.statistical {
                one_working_day(context, rule, &sample, &calendar, &mut told);
            }
            in_sequence(context, header, rule, &sample, &calendar, &mut told);
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
    rule: &PeriodRule,
    period: &Period,
    calendar: &WorkingCalendar,
    told: &mut BTreeSet<Label>,
) {
    let Some(cutoff) = rule.window_of(period).map(|window| window.to) else {
        return;
    };
    for hop in &header.routes.hops {
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

/// Reports a level that ended before the regime came into force.
pub(super) fn dead_level_of_regime(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    name: &Spanned<String>,
    in_force_from: Option<Date>,
) {
    let ended = shared
        .words
        .levels
        .iter()
        .find(|level| level.name == name.value)
        .and_then(|level| level.until);
    if ended
        .zip(in_force_from)
        .is_some_and(|(ended, from)| ended < from)
    {
        dead_level(context, shared, file, name, None);
    }
}
