//! Routes of a regime: who sends to whom, when; and deadlines against hops.
//!
//! Names are compared as declared: a level and an agency standing on it are different senders. It deliberately does not know units.

pub(super) mod due;
mod events;
mod graph;
mod tags;

use super::context::Context;
use super::dates;
use super::header::Header;
use super::model::{PeriodRule, words::Level};
use super::shared::Shared;
use super::words::report_table;
use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::hop::HopProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::organisation::ROUTE_COLUMNS;
use crate::organisation::{Assignment, Party, Route, Suspension, parse_routes};
use crate::syntax::ast::{Spanned, header as tree, header::RoutePath};
use crate::text::table::{TableProblem, TableProblemKind, read_table};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One hop of a route.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    /// Who sends.
    pub sender: Party,
    /// Who receives.
    pub recipients: Arc<[Party]>,
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
    forms: &BTreeMap<String, Label>,
) -> Routes {
    let mut routes = Routes::default();
    let (mut started, mut ended) = (BTreeSet::new(), BTreeSet::new());
    let before = context.reported();
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
                let rows = table(context, shared, file, named, &forms);
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
            let recipients: Arc<[Party]> = recipients.as_slice().into();
            for (sender, span) in senders.iter().zip(places) {
                routes.hops.push(Hop {
                    sender: sender.clone(),
                    recipients: Arc::clone(&recipients),
                    from,
                    until,
                    forms: forms.clone(),
                    span: *span,
                });
            }
        }
        extend(&mut routes.starts, &mut started, hops.first());
        extend(&mut routes.ends, &mut ended, hops.last());
        routes.routes.push(Route {
            hops,
            from,
            until,
            forms,
        });
    }
    // A route with a name that leads nowhere, or a table that cannot be read, may have the hop.
    let unread = context.reported() > before
        || written
            .iter()
            .any(|route| matches!(route.path, RoutePath::Table(_)));
    let mut by_sender: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, hop) in routes.hops.iter().enumerate() {
        let of_sender = by_sender.entry(hop.sender.name.clone()).or_default();
        of_sender.push(place);
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
            let stops = |hop: &Hop| {
                (recipients.is_empty() || hop.recipients.iter().any(|to| recipients.contains(to)))
                    && meet((hop.from, hop.until), (from, until))
            };
            let same = by_sender.get(&sender.name).map_or(&[][..], Vec::as_slice);
            let places = same.iter().filter_map(|place| routes.hops.get(*place));
            let compared = same.len();
            let stops = places.into_iter().any(stops);
            let all = context.spend(compared, file, suspension.from.span);
            if !unread && !stops && all {
                let who = sender.name.clone();
                context.report(
                    RouteProblem::SuspendsNothing { who },
                    file,
                    suspension.from.span,
                );
            }
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
    shared: &Shared,
    file: FileId,
    named: &Spanned<String>,
    forms: &[String],
) -> Vec<Assignment> {
    let Some((text, _)) = context.table(file, named) else {
        return Vec::new();
    };
    let (rows, problems) = parse_routes(text);
    report_table(context, file, named, problems);
    report_table(context, file, named, strangers(shared, text));
    let name = |id: &str| {
        let known = shared.units.iter().find(|unit| unit.id.0 == id);
        known.map(|unit| unit.name.clone())
    };
    let of_forms = |row: Assignment| Assignment {
        unit_name: name(&row.unit.0),
        recipient_name: name(&row.recipient),
        forms: forms.to_vec(),
        ..row
    };
    rows.into_iter().map(of_forms).collect()
}

/// Recipients in a table of routes that are neither an agency nor a unit. Without a table of units anything may be the id of one.
fn strangers(shared: &Shared, text: &str) -> Vec<TableProblem> {
    if shared.unit_names.is_none() {
        return Vec::new();
    }
    let ids: BTreeSet<&str> = shared.units.iter().map(|unit| unit.id.0.as_str()).collect();
    let (rows, _) = read_table(text, &ROUTE_COLUMNS, 2);
    let unknown = rows.iter().filter_map(|row| {
        let recipient = row.optional(1)?;
        let known = ids.contains(recipient) || shared.words.agencies.find(recipient).is_some();
        let text = recipient.to_owned();
        (!known).then(|| TableProblem {
            line: row.line,
            field: ROUTE_COLUMNS.get(1).map(|name| (*name).to_owned()),
            kind: TableProblemKind::Undeclared { text },
        })
    });
    unknown.collect()
}

/// Adds parties that are not in the list; `known` holds what is in it.
fn extend(all: &mut Vec<Party>, known: &mut BTreeSet<Party>, parties: Option<&Vec<Party>>) {
    for party in parties.into_iter().flatten() {
        if known.insert(party.clone()) {
            all.push(party.clone());
        }
    }
}

fn form_names(
    context: &mut Context,
    file: FileId,
    written: &[Spanned<String>],
    forms: &BTreeMap<String, Label>,
) -> Vec<String> {
    let mut names = Vec::new();
    for name in written {
        if let Some(declared) = forms.get(&name.value) {
            context.refer(NameKind::Form, file, name.span, *declared);
            names.push(name.value.clone());
        } else {
            let known = forms.keys().map(String::as_str);
            context.unknown(NameKind::Form, name, file, known, &BTreeSet::new());
        }
    }
    names
}

/// The level of a name, or the one on which the agency of that name stands.
fn level_of<'s>(shared: &'s Shared, name: &str) -> Option<&'s Level> {
    let levels = &shared.words.levels;
    levels.named(name).or_else(|| {
        let agency = shared.words.agencies.named(name)?;
        levels.named(agency.level.as_ref()?)
    })
}

/// Reports a level that has ended in something that goes on.
fn dead_level(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    name: &Spanned<String>,
    goes_on_until: Option<Date>,
) {
    let level = level_of(shared, &name.value);
    let Some((level, ended)) = level.and_then(|level| level.until.map(|until| (level, until)))
    else {
        return;
    };
    if goes_on_until.is_none_or(|until| ended < until) {
        dead(context, file, level, name, true);
    }
}

/// Checks hops against one another and against reporters, recipients and deadlines; the deadlines that were reported.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    header: &Header,
    periods: &[PeriodRule],
) -> BTreeSet<Label> {
    let routes = &header.routes;
    let file = header.file;
    graph::overlaps(context, file, &routes.hops);
    graph::circles(context, file, &routes.hops);
    tags::check(context, shared, file, &routes.hops);
    let senders: BTreeSet<&str> = routes
        .hops
        .iter()
        .map(|hop| hop.sender.name.as_str())
        .collect();
    if !routes.hops.is_empty() {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut before: Option<&Arc<[Party]>> = None;
        for recipients in routes.hops.iter().map(|hop| &hop.recipients) {
            // The senders of one step share their recipients.
            if !before.is_some_and(|before| Arc::ptr_eq(before, recipients)) {
                reached.extend(recipients.iter().map(|party| party.name.as_str()));
            }
            before = Some(recipients);
        }
        for (party, span) in &header.reporters_written {
            if !routes.along_the_tree && !senders.contains(party.name.as_str()) {
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
            if !reached.contains(party.name.as_str()) {
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
    receives_its_own(context, header);
    top_of_the_tree(context, shared, header);
    due::check(context, shared, header, periods)
}

/// Reports recipients of which each is a reporter as well. That one of several is both is usual: who consolidates receives and reports.
fn receives_its_own(context: &mut Context, header: &Header) {
    let reporters = header.reporters_written.iter().map(|(party, _)| party);
    let reporters: BTreeSet<&Party> = reporters.collect();
    let mut all = header.recipients_written.iter();
    let [(first, span), ..] = header.recipients_written.as_slice() else {
        return;
    };
    if all.all(|(party, _)| reporters.contains(party)) {
        let who = first.name.clone();
        context.report(HopProblem::ReceivesItsOwn { who }, header.file, *span);
    }
}

/// Along the tree a report goes one level up, so a reporter of the highest level has nobody to send to.
fn top_of_the_tree(context: &mut Context, shared: &Shared, header: &Header) {
    let routes = &header.routes;
    if !(routes.hops.is_empty() && routes.assignments.is_empty() || routes.along_the_tree)
        || !header.recipients_written.is_empty()
    {
        return;
    }
    let alive = |level: &&Level| {
        let in_time = |(until, from)| until >= from;
        let span = level.until.zip(header.in_force_from);
        level.beside.is_none() && span.is_none_or(in_time)
    };
    let Some(highest) = shared.words.levels.iter().rfind(alive) else {
        return;
    };
    for (party, span) in &header.reporters_written {
        let sends = routes.hops.iter().any(|hop| hop.sender.name == party.name);
        if party.name == highest.name && !sends {
            let who = party.name.clone();
            context.report(RouteProblem::NobodyReceives { who }, header.file, *span);
        }
    }
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

fn earliest(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// Reports a level that ended before the regime came into force, in a statement without dates; tells whether it did.
pub(super) fn ended_before(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    name: &Spanned<String>,
    in_force_from: Option<Date>,
) -> bool {
    let level = level_of(shared, &name.value);
    let ended = level
        .and_then(|level| level.until)
        .zip(in_force_from)
        .is_some_and(|(ended, from)| ended < from);
    if let (Some(level), true) = (level, ended) {
        dead(context, file, level, name, false);
    }
    ended
}

/// Reports that a level has ended, at the place that names it.
fn dead(
    context: &mut Context,
    file: FileId,
    level: &Level,
    name: &Spanned<String>,
    on_route: bool,
) {
    let problem = RouteProblem::DeadLevel {
        name: level.name.clone(),
        until: level.until.map_or(String::new(), show_date),
        on_route,
    };
    let declared = level.place.label;
    context.push(Diagnostic::new(problem, file, name.span).noting(
        Note::DeclaredHere,
        declared.file,
        declared.span,
    ));
}
