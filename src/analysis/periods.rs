//! Periods of a regime: kinds, windows, and everything decided per period. Nearest scope wins: a period's own block, then the regime.
//!
//! It deliberately does not know routes; deadlines are gathered here and checked against hops in `routes`.

use super::context::Context;
use super::dates;
use super::deadlines::{self, Deadlines};
use super::header;
use super::kinds::{self, SAMPLE_YEAR, choice_words};
use super::lists;
use super::model::{Channel, PeriodRule, Relation, SigningRole, cell::Vintage};
use super::relations::{self, Draft};
use super::resolve::Resolver;
use super::resolve_values::Inside;
use super::shared::Shared;
use crate::calendar::dates::show_date;
use crate::calendar::{KindDays, Period, PeriodChoice, PeriodKind, WindowRule};
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::organisation::Party;
use crate::syntax::ast::expression::Expr;
use crate::syntax::ast::time as tree;
use crate::syntax::ast::time::PeriodMember;
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// Time statements of the regime's own level.
#[derive(Default)]
pub(super) struct RegimeTime<'a> {
    /// `window`, the first.
    pub window: Option<&'a tree::Window>,
    /// `covers`, the first.
    pub covers: Option<&'a tree::Covers>,
    /// `deadline`, all.
    pub deadlines: Vec<&'a tree::Deadline>,
    /// `period`, all.
    pub periods: Vec<&'a tree::Period>,
    /// `figures are`, the first.
    pub vintage: Option<Vintage>,
    /// A line that may be a window could not be read.
    pub window_unreadable: bool,
    /// A line that may be a period, with a window of its own, could not be read.
    pub period_unreadable: bool,
}

/// What the period statements say.
pub(super) struct Periods {
    /// The rules in the order written.
    pub rules: Vec<PeriodRule>,
    /// Whether some period has no window and nothing excuses it.
    pub window_missing: bool,
    /// Kinds that the author says stand for themselves.
    pub alone: BTreeSet<PeriodChoice>,
    /// Whether some deadline is that of a name which leads nowhere, so that whose deadline is missing cannot be told.
    pub deadline_of_nobody: bool,
}

/// Reads the periods of a regime with everything that is decided per period.
pub(super) fn read(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    time: &RegimeTime,
) -> Periods {
    let window = time
        .window
        .and_then(|window| dates::window(context, file, &window.extent));
    let covers = time
        .covers
        .and_then(|covers| dates::window(context, file, &covers.extent));
    let general = deadlines::read(context, shared, file, &time.deadlines);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut deadline_of_nobody = general.of_nobody;
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let unsaid = time.window.is_none() && !time.window_unreadable && !time.period_unreadable;
    let mut window_missing = time.periods.is_empty() && unsaid;
    for written in &time.periods {
        let unreadable = !written.strays.is_empty();
        let own = own_members(context, shared, file, &written.members, unreadable);
        deadline_of_nobody |= own.deadlines.of_nobody;
        for kind in &written.kinds {
            let Some(choice) = kinds::choice(context, shared, file, kind) else {
                continue;
            };
            if let Some((_, _, first)) = drafts
                .iter()
                .find(|(rule, _, _)| rule.choice.meets(&choice))
            {
                let problem = RouteProblem::RepeatedPeriod {
                    period: choice_words(choice),
                };
                context.push(Diagnostic::new(problem, file, kind.span).noting(
                    Note::FirstHere,
                    file,
                    *first,
                ));
                continue;
            }
            // Every kind is compared with those before it and has deadlines of its own.
            let parts = drafts
                .len()
                .saturating_mul(3)
                .saturating_add(general.senders.len());
            if !context.spend(parts, file, kind.span) {
                break;
            }
            // A window of whole events is none for periods that follow no event.
            let of_events = matches!(window, Some(WindowRule::WholeEvent));
            let by_regime = time.window.is_some() && (!of_events || choice.kind.event().is_some());
            let window_said = own.window_said || by_regime || time.window_unreadable;
            window_missing = window_missing || !(window_said || has_own_days(choice.kind));
            let declared = kinds::declaration(shared, choice.kind);
            let rule = PeriodRule {
                choice,
                days: declared.and_then(|kind| kind.days).unwrap_or_default(),
                relation: Relation::Independent,
                window: own
                    .window
                    .or(window.filter(|window| window.is_about(choice.kind)))
                    .unwrap_or(usual_window(choice.kind)),
                covers: own.covers.or(covers),
                deadlines: own.deadlines_over(&general),
                first_report: own
                    .deadlines
                    .first_report
                    .or(general
                        .first_report
                        .filter(|_| choice.kind.event().is_some()))
                    .map(|(rule, _)| rule),
                label: declared.map(|kind| kind.label.clone()),
                channels: own.channels.clone(),
                sign_by: own.sign_by,
                vintage: own.vintage.or(time.vintage),
                waived_when: own
                    .waived_when
                    .iter()
                    .map(|condition| waiver(context, shared, file, condition))
                    .collect(),
            };
            fits_kind(context, file, choice, &own, kind.span);
            if choice.kind.event().is_none() {
                without_event(context, file, choice, &general.of_event, &mut told);
            }
            check_order(context, file, kind.span, &rule);
            drafts.push((rule, written.relation.as_ref(), kind.span));
        }
    }
    let relations = relations::settle(context, shared, file, &drafts);
    let alone = drafts
        .iter()
        .filter(|(_, relation, _)| relations::stands_alone(*relation))
        .map(|(rule, _, _)| rule.choice)
        .collect();
    let rules = drafts
        .into_iter()
        .zip(relations)
        .map(|((rule, _, _), relation)| PeriodRule { relation, ..rule })
        .collect();
    Periods {
        rules,
        window_missing,
        alone,
        deadline_of_nobody,
    }
}

/// Kinds whose days are told by the period itself, an event or a campaign: a window need not be said.
fn has_own_days(kind: PeriodKind) -> bool {
    match kind {
        PeriodKind::Campaign(_)
        | PeriodKind::DailyOf(_)
        | PeriodKind::EndOf(_)
        | PeriodKind::OnRequest => true,
        PeriodKind::Day
        | PeriodKind::Week(_)
        | PeriodKind::TenDays
        | PeriodKind::Month
        | PeriodKind::Quarter
        | PeriodKind::FirstHalf
        | PeriodKind::SecondHalf
        | PeriodKind::NineMonths
        | PeriodKind::Year
        | PeriodKind::Named(_) => false,
    }
}

/// The window where none is said.
fn usual_window(kind: PeriodKind) -> WindowRule {
    match kind {
        PeriodKind::DailyOf(_) | PeriodKind::EndOf(_) => WindowRule::WholeEvent,
        PeriodKind::Day
        | PeriodKind::Week(_)
        | PeriodKind::TenDays
        | PeriodKind::Campaign(_)
        | PeriodKind::OnRequest => WindowRule::Calendar,
        _ => WindowRule::Decree09,
    }
}

/// Time statements of one period or one form.
pub(super) struct OwnMembers<'a> {
    /// `window`.
    pub window: Option<WindowRule>,
    /// Whether a window is said, or a line that cannot be read may say one.
    pub window_said: bool,
    /// Where the window stands.
    pub window_span: Option<Span>,
    /// `covers`.
    pub covers: Option<WindowRule>,
    /// Where the span described stands.
    pub covers_span: Option<Span>,
    /// `deadline`, all.
    pub deadlines: Deadlines,
    /// `channel`.
    pub channels: Option<Vec<Vec<Channel>>>,
    /// `sign by`.
    pub sign_by: Option<SigningRole>,
    /// `figures are`.
    pub vintage: Option<Vintage>,
    /// `waived when`, all; only of periods.
    pub waived_when: Vec<&'a Expr>,
    /// Places of what is reckoned from an event.
    pub of_event: Vec<Span>,
}

impl OwnMembers<'_> {
    /// The period's own deadlines, then those of the regime for parties it does not name.
    fn deadlines_over(&self, general: &Deadlines) -> Vec<super::model::Deadline> {
        let mut all = self.deadlines.senders.clone();
        let own: BTreeSet<&Party> = all.iter().map(|own| &own.party).collect();
        let further = general.senders.iter();
        let further = further.filter(|deadline| !own.contains(&deadline.party));
        let further: Vec<_> = further.cloned().collect();
        all.extend(further);
        all
    }
}

/// Reads the time statements of one place; each but deadlines and waivers may stand once.
pub(super) fn own_members<'a>(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    members: &'a [PeriodMember],
    unreadable: bool,
) -> OwnMembers<'a> {
    let mut own = OwnMembers {
        window: None,
        window_said: unreadable,
        window_span: None,
        covers: None,
        covers_span: None,
        deadlines: Deadlines::default(),
        channels: None,
        sign_by: None,
        vintage: None,
        waived_when: Vec::new(),
        of_event: Vec::new(),
    };
    let mut deadlines = Vec::new();
    let mut said: BTreeSet<&'static str> = BTreeSet::new();
    for member in members {
        let (word, span) = match member {
            PeriodMember::Window(part) => ("window", part.span),
            PeriodMember::Covers(part) => ("covers", part.span),
            PeriodMember::Channel(part) => ("channel", part.span),
            PeriodMember::SignBy(part) => ("sign by", part.span),
            PeriodMember::Figures(part) => ("figures are", part.span),
            PeriodMember::Deadline(part) => {
                deadlines.push(part);
                continue;
            }
            PeriodMember::WaivedWhen(condition, span) => {
                own.waived_when.push(condition);
                own.of_event.push(*span);
                continue;
            }
        };
        if !said.insert(word) {
            repeated(context, file, span);
            continue;
        }
        match member {
            PeriodMember::Window(window) => {
                own.window_said = true;
                own.window_span = Some(window.span);
                own.window = dates::window(context, file, &window.extent);
            }
            PeriodMember::Covers(covers) => {
                own.covers_span = Some(covers.span);
                own.covers = dates::window(context, file, &covers.extent);
            }
            PeriodMember::Channel(part) => {
                own.channels = Some(header::channels(context, file, part));
            }
            PeriodMember::SignBy(part) => own.sign_by = lists::role(context, file, &part.role),
            PeriodMember::Figures(part) => own.vintage = Some(vintage(part.vintage.value)),
            PeriodMember::Deadline(_) | PeriodMember::WaivedWhen(..) => {}
        }
    }
    own.deadlines = deadlines::read(context, shared, file, &deadlines);
    own.of_event.extend(&own.deadlines.of_event);
    own.of_event
        .extend(own.deadlines.first_report.map(|(_, span)| span));
    own
}

/// How settled figures are.
pub(super) fn vintage(written: tree::Vintage) -> Vintage {
    match written {
        tree::Vintage::Estimate => Vintage::Estimate,
        tree::Vintage::Preliminary => Vintage::Preliminary,
        tree::Vintage::Final => Vintage::Final,
    }
}

/// The condition of a waiver: over the event only, since it is answered when no form is open.
fn waiver(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    condition: &Expr,
) -> super::expression::Term {
    Resolver::without_forms(context, shared, file, Inside::default()).term(condition)
}

/// Reports what means nothing for a kind: a window of other kinds, and what is reckoned from an event where there is none.
fn fits_kind(
    context: &mut Context,
    file: FileId,
    choice: PeriodChoice,
    own: &OwnMembers,
    span: Span,
) {
    if let Some(window) = own.window.filter(|window| !window.is_about(choice.kind)) {
        window_of_other_kinds(
            context,
            file,
            window,
            choice,
            own.window_span.unwrap_or(span),
        );
    }
    if choice.kind.event().is_none() {
        without_event(context, file, choice, &own.of_event, &mut BTreeSet::new());
    }
}

/// Reports a window that says nothing about the kind of period it is meant for.
pub(super) fn window_of_other_kinds(
    context: &mut Context,
    file: FileId,
    window: WindowRule,
    choice: PeriodChoice,
    span: Span,
) {
    let words = match window {
        WindowRule::WholeEvent => ("cả đợt", "whole event"),
        _ => ("nghị định 09", "decree 09"),
    };
    let problem = EventProblem::WindowNotForPeriod {
        window: (words.0.to_owned(), words.1.to_owned()),
        period: choice_words(choice),
    };
    context.report(problem, file, span);
}

/// Reports places that are reckoned from an event, for a period that follows none; each place once.
pub(super) fn without_event(
    context: &mut Context,
    file: FileId,
    choice: PeriodChoice,
    places: &[Span],
    told: &mut BTreeSet<Span>,
) {
    for place in places {
        if told.insert(*place) {
            let problem = EventProblem::PeriodWithoutEvent {
                written: context.shown(file, *place),
                period: choice_words(choice),
            };
            context.report(problem, file, *place);
        }
    }
}

/// Reports a statement that may stand only once.
pub(super) fn repeated(context: &mut Context, file: FileId, span: Span) {
    let statement = context.shown(file, span);
    context.report(FormProblem::RepeatedStatement { statement }, file, span);
}

/// The periods under a rule in one year. A campaign lies in the year in which it ends.
pub(super) fn periods_in(rule: &PeriodRule, year: i16) -> Vec<Period> {
    let year = match rule.days {
        KindDays::Fixed(days) => days.to.year(),
        KindDays::Own | KindDays::Declared { .. } => year,
    };
    rule.days.periods(rule.choice, year)
}

/// Reports a window or a span described that ends before it begins; whether there is one.
pub(super) fn check_order(
    context: &mut Context,
    file: FileId,
    span: Span,
    rule: &PeriodRule,
) -> bool {
    for period in periods_in(rule, SAMPLE_YEAR) {
        let Some(days) = rule.days.days(&period, None) else {
            continue;
        };
        for window in std::iter::once(&rule.window).chain(&rule.covers) {
            let range = window.window(&days);
            if range.is_reversed() {
                let problem = RouteProblem::DatesReversed {
                    from: show_date(range.from),
                    until: show_date(range.to),
                };
                context.report(problem, file, span);
                return true;
            }
        }
    }
    false
}
