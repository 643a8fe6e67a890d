//! The legal header of a regime: the parts that Decree 09/2019/NĐ-CP demands, stated or derived, and those that are missing.
//!
//! A part said by a line that cannot be read is not missing. It deliberately does not know forms beyond their presence.

use super::context::Context;
use super::dates;
use super::lists;
use super::model::{Channel, SigningRole, words::Words};
use super::periods::{RegimeTime, repeated, vintage};
use super::routes::{self, Routes};
use super::shared::Shared;
use crate::calendar::Date;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::route::{LegalPart, RouteProblem};
use crate::diagnostic::problem::meaning::version::VersionProblem;
use crate::organisation::Party;
use crate::syntax::ast::header::{self as tree, RegimeMember};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The header as far as it could be read.
pub(super) struct Header {
    /// The file.
    pub file: FileId,
    /// Version number.
    pub version: u32,
    /// First day in force.
    pub in_force_from: Option<Date>,
    /// Last day in force.
    pub in_force_until: Option<Date>,
    /// Whether it is ordered under the statistics law.
    pub statistical: bool,
    /// Legal basis.
    pub basis: Vec<String>,
    /// Issuing body.
    pub issuer: String,
    /// Reporters as written.
    pub reporters_written: Vec<(Party, Span)>,
    /// Recipients as written.
    pub recipients_written: Vec<(Party, Span)>,
    /// Channels.
    pub channels: Vec<Vec<Channel>>,
    /// Who signs.
    pub sign_by: Option<SigningRole>,
    /// Routes.
    pub routes: Routes,
    /// A line that may be a deadline could not be read.
    pub deadlines_unreadable: bool,
}

/// Reads the header of a regime and reports what is missing.
pub(super) fn read<'a>(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &'a tree::Regime,
) -> (Header, RegimeTime<'a>) {
    let forms = form_names(file, written);
    let mut header = Header {
        file,
        version: 0,
        in_force_from: None,
        in_force_until: None,
        statistical: false,
        basis: Vec::new(),
        issuer: String::new(),
        reporters_written: Vec::new(),
        recipients_written: Vec::new(),
        channels: Vec::new(),
        sign_by: None,
        routes: Routes::default(),
        deadlines_unreadable: false,
    };
    let mut time = RegimeTime::default();
    let mut said: Vec<LegalPart> = unreadable_parts(written);
    time.window_unreadable = said.contains(&LegalPart::Window);
    time.period_unreadable = said.contains(&LegalPart::Period);
    header.deadlines_unreadable = written
        .strays
        .iter()
        .any(|stray| stray.keyword.is_some_and(|word| word.en == "deadline"));
    if let Some(version) = &written.version {
        header.version = version.number.value;
        if header.version == 0 {
            context.report(VersionProblem::Zero, file, version.number.span);
        }
        let from = dates::date(context, file, &version.from);
        let until = version
            .until
            .as_ref()
            .and_then(|until| dates::date(context, file, until));
        (header.in_force_from, header.in_force_until) =
            dates::in_order(context, file, version.span, from, until);
        said.push(LegalPart::Version);
    }
    let mut route_lines = Vec::new();
    let mut suspended = Vec::new();
    let mut once = Once::default();
    for member in &written.members {
        match member {
            RegimeMember::Basis(basis) => {
                header.basis.extend(
                    basis
                        .documents
                        .iter()
                        .map(|document| document.value.clone()),
                );
                said.push(LegalPart::Basis);
            }
            RegimeMember::Issuer(issuer) => {
                if once.first(context, file, "issuer", issuer.span) {
                    header.issuer = issuer.name.value.clone();
                }
                said.push(LegalPart::Issuer);
            }
            RegimeMember::Reporters(list) => {
                said.push(LegalPart::Reporters);
                for who in &list.who {
                    let from = header.in_force_from;
                    if let Some(party) = shared.resolve_party(context, file, who)
                        && !routes::ended_before(context, shared, file, &who.name, from)
                    {
                        header.reporters_written.push((party, who.span));
                    }
                }
            }
            RegimeMember::Recipient(list) => {
                said.push(LegalPart::Recipient);
                for who in &list.who {
                    let from = header.in_force_from;
                    if let Some(party) = shared.resolve_party(context, file, who)
                        && !routes::ended_before(context, shared, file, &who.name, from)
                    {
                        header.recipients_written.push((party, who.span));
                    }
                }
            }
            RegimeMember::Channel(channel) => {
                said.push(LegalPart::Channel);
                if once.first(context, file, "channel", channel.span) {
                    header.channels = channels(context, file, channel);
                }
            }
            RegimeMember::SignBy(sign) => {
                if once.first(context, file, "sign by", sign.span) {
                    header.sign_by = lists::role(context, file, &sign.role);
                }
            }
            RegimeMember::Route(route) => {
                said.extend([LegalPart::Reporters, LegalPart::Recipient]);
                route_lines.push(route);
            }
            RegimeMember::Suspend(suspend) => suspended.push(suspend),
            RegimeMember::Window(window) => {
                if once.first(context, file, "window", window.span) {
                    time.window = Some(window);
                }
            }
            RegimeMember::Covers(covers) => {
                if once.first(context, file, "covers", covers.span) {
                    time.covers = Some(covers);
                }
            }
            RegimeMember::Deadline(deadline) => time.deadlines.push(deadline),
            RegimeMember::Period(period) => {
                said.push(LegalPart::Period);
                time.periods.push(period);
            }
            RegimeMember::TrackStatistical(span) => {
                if once.first(context, file, "track", *span) {
                    header.statistical = true;
                }
            }
            RegimeMember::Figures(figures) => {
                if once.first(context, file, "figures are", figures.span) {
                    time.vintage = Some(vintage(figures.vintage.value));
                }
            }
            RegimeMember::Event(_) => {}
            RegimeMember::Form(_)
            | RegimeMember::List(_)
            | RegimeMember::Rule(_)
            | RegimeMember::Test(_)
            | RegimeMember::Outline(_)
            | RegimeMember::Migration(_) => {}
        }
    }
    header.routes = routes::read(context, shared, file, &route_lines, &suspended, &forms);
    if written.members.iter().any(is_content) {
        said.push(LegalPart::Forms);
    }
    if written.title.is_some() || written.name.is_none() {
        said.push(LegalPart::Title);
    }
    missing(context, file, written, &said, header.statistical);
    (header, time)
}

/// The names of the forms and lists of a regime, and where they are declared.
fn form_names(file: FileId, written: &tree::Regime) -> BTreeMap<String, Label> {
    let mut names = BTreeMap::new();
    for member in &written.members {
        let (name, span) = match member {
            RegimeMember::Form(form) => (&form.name, form.span),
            RegimeMember::List(list) => (&list.name, list.span),
            _ => continue,
        };
        if let Some(name) = name {
            let place = Label { file, span };
            names.entry(name.value.clone()).or_insert(place);
        }
    }
    names
}

/// Whether a part says what is reported: figures stand in forms and lists, words in an outline.
fn is_content(member: &RegimeMember) -> bool {
    matches!(
        member,
        RegimeMember::Form(_) | RegimeMember::List(_) | RegimeMember::Outline(_)
    )
}

impl Header {
    /// Everybody who sends: on some hop, or as a stated reporter.
    pub fn senders(&self) -> Vec<Party> {
        let stated = self.reporters_written.iter().map(|(party, _)| party);
        let hops = self.routes.hops.iter().map(|hop| &hop.sender);
        stated.chain(hops).cloned().collect()
    }

    /// The names of everybody through whom a report goes, with the levels of agencies. Nothing where reports go along the tree of units or by a table, and where no hop is known.
    pub fn on_routes(&self, words: &Words) -> Option<BTreeSet<String>> {
        let routes = &self.routes;
        if routes.hops.is_empty() || routes.along_the_tree || !routes.assignments.is_empty() {
            return None;
        }
        let written = self
            .reporters_written
            .iter()
            .chain(&self.recipients_written);
        let written = written.map(|(party, _)| party);
        let mut recipients: BTreeSet<&Party> = BTreeSet::new();
        for (place, hop) in routes.hops.iter().enumerate() {
            // The senders of one step share their recipients.
            let before = place
                .checked_sub(1)
                .and_then(|before| routes.hops.get(before));
            if !before.is_some_and(|before| Arc::ptr_eq(&before.recipients, &hop.recipients)) {
                recipients.extend(hop.recipients.iter());
            }
        }
        let senders = routes.hops.iter().map(|hop| &hop.sender);
        let mut names: BTreeSet<String> = BTreeSet::new();
        for party in written.chain(senders).chain(recipients) {
            if names.insert(party.name.clone()) {
                let agency = words.agencies.named(&party.name);
                names.extend(agency.and_then(|agency| agency.level.clone()));
            }
        }
        Some(names)
    }
}

/// Which single statements have been met.
#[derive(Default)]
struct Once(Vec<&'static str>);

impl Once {
    /// Whether this is the first of its sort; a later one is reported.
    fn first(
        &mut self,
        context: &mut Context,
        file: FileId,
        sort: &'static str,
        span: Span,
    ) -> bool {
        if self.0.contains(&sort) {
            repeated(context, file, span);
            return false;
        }
        self.0.push(sort);
        true
    }
}

pub(super) fn channels(
    context: &mut Context,
    file: FileId,
    written: &tree::Channel,
) -> Vec<Vec<Channel>> {
    let mut any = Vec::new();
    for all in &written.any {
        let group: Vec<Channel> = all
            .iter()
            .filter_map(|name| lists::channel(context, file, name))
            .collect();
        if !group.is_empty() {
            any.push(group);
        }
    }
    any
}

/// Parts that lines which cannot be read, or stand in a form or list, seem to say.
fn unreadable_parts(written: &tree::Regime) -> Vec<LegalPart> {
    let mut parts = Vec::new();
    let inside = written.members.iter().flat_map(|member| match member {
        RegimeMember::Form(form) => form.strays.as_slice(),
        RegimeMember::List(list) => list.strays.as_slice(),
        _ => &[],
    });
    for stray in written.strays.iter().chain(inside) {
        match stray.keyword.map(|word| word.en) {
            Some("basis") => parts.push(LegalPart::Basis),
            Some("issuer") => parts.push(LegalPart::Issuer),
            Some("reporters") => parts.push(LegalPart::Reporters),
            Some("recipient") => parts.push(LegalPart::Recipient),
            Some("route") => parts.extend([LegalPart::Reporters, LegalPart::Recipient]),
            Some("channel") => parts.push(LegalPart::Channel),
            Some("period") => parts.push(LegalPart::Period),
            Some("window") => parts.push(LegalPart::Window),
            Some("form" | "list" | "outline") => parts.push(LegalPart::Forms),
            _ => {}
        }
    }
    parts
}

/// Reports every part that nothing says. A head that cannot be read proves nothing about title and version.
fn missing(
    context: &mut Context,
    file: FileId,
    written: &tree::Regime,
    said: &[LegalPart],
    statistical: bool,
) {
    let head_readable = written.name.is_some();
    let parts = [
        LegalPart::Title,
        LegalPart::Version,
        LegalPart::Basis,
        LegalPart::Issuer,
        LegalPart::Reporters,
        LegalPart::Recipient,
        LegalPart::Channel,
        LegalPart::Period,
        LegalPart::Forms,
    ];
    for part in parts {
        let of_head = matches!(part, LegalPart::Title | LegalPart::Version);
        if !said.contains(&part) && (head_readable || !of_head) {
            let problem = RouteProblem::MissingPart { part, statistical };
            context.report(problem, file, written.head);
        }
    }
}
