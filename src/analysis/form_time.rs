//! Time of a form's own: its cut-off, span, deadlines, channels, signature and vintage, over those of the period and the regime.
//!
//! The nearest statement wins, each by itself. A report stays one report: it is sent when its own deadline says so, and a form that is due later than its report is
//! told. It deliberately does not know routes beyond asking [`due`]. What cannot be read holds from the period.

use super::context::Context;
use super::dates;
use super::expression::TermKind;
use super::forms::FormDraft;
use super::header::Header;
use super::model::{FormTime, PeriodRule, Relation, cell::CellDefinition, form::FormVersion};
use super::periods::{self, OwnMembers, Periods};
use super::relations::{self, Window};
use super::routes::due;
use super::shared::Shared;
use crate::calendar::PeriodChoice;
use crate::calendar::dates::show_date;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::version::VersionProblem;
use crate::syntax::ast::header::Version;
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// Reads the version of a form's own.
pub(super) fn version(context: &mut Context, file: FileId, written: &Version) -> FormVersion {
    let from = dates::date(context, file, &written.from);
    let until = written
        .until
        .as_ref()
        .and_then(|until| dates::date(context, file, until));
    let (from, until) = dates::in_order(context, file, written.span, from, until);
    if written.number.value == 0 {
        context.report(VersionProblem::Zero, file, written.number.span);
    }
    FormVersion {
        number: written.number.value,
        from,
        until,
    }
}

/// Reports a form whose own days in force lie outside those of its regime.
fn in_force(context: &mut Context, header: &Header, draft: &FormDraft) {
    let Some(version) = &draft.form.version else {
        return;
    };
    let ends_before = version
        .until
        .zip(header.in_force_from)
        .is_some_and(|(until, from)| until < from);
    let begins_after = version
        .from
        .zip(header.in_force_until)
        .is_some_and(|(from, until)| until < from);
    if ends_before || begins_after {
        let problem = PlaceProblem::FormNeverInForce {
            from: version.from.map_or(String::new(), show_date),
            until: version.until.map_or(String::new(), show_date),
        };
        context.report(problem, draft.file, draft.head);
    }
}

/// Where the parts of a form's time stand, to point at.
#[derive(Default)]
pub(super) struct Places {
    /// The window.
    window: Option<Span>,
    /// What says which days its figures describe: the span described, else the window.
    days: Option<Span>,
    /// What is reckoned from an event.
    of_event: Vec<Span>,
}

/// Reads the time of every form into its draft: also whether its figures are those of a moment, and how settled they are where no cell says so itself.
pub(super) fn settle(
    context: &mut Context,
    shared: &Shared,
    drafts: &mut [FormDraft],
    periods: &[PeriodRule],
) -> Vec<Places> {
    let mut places = Vec::new();
    for draft in drafts {
        let members = std::mem::take(&mut draft.time);
        let own = periods::own_members(context, shared, draft.file, &members, false);
        places.push(Places {
            window: own.window_span,
            days: own.covers_span.or(own.window_span),
            of_event: own.of_event.clone(),
        });
        let vintage = own.vintage;
        draft.form.time = time_of(own);
        draft.moment = !periods.is_empty()
            && periods
                .iter()
                .all(|rule| rule.nearest(&draft.form.time).window.is_moment());
        if let Some(vintage) = vintage
            && draft.defaults.vintages.is_none()
        {
            draft.defaults.vintages = Some((vec![vintage], draft.head));
        }
    }
    places
}

fn time_of(own: OwnMembers) -> FormTime {
    FormTime {
        window: own.window,
        covers: own.covers,
        deadlines: own.deadlines.senders,
        first_report: own.deadlines.first_report.map(|(rule, _)| rule),
        channels: own.channels,
        sign_by: own.sign_by,
        vintage: own.vintage,
    }
}

/// Checks the time of every form in the periods in which it applies. `told` are the deadlines of the regime and its periods that were reported already.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    header: &Header,
    found: &Periods,
    (drafts, places): (&[FormDraft], &[Places]),
    told: &mut BTreeSet<Label>,
) {
    let periods = &found.rules;
    for (draft, places) in drafts.iter().zip(places) {
        in_force(context, header, draft);
        let own = &draft.form.time;
        if *own == FormTime::default() {
            continue;
        }
        let limits = &draft.form.applicability.only_in;
        let applies = |choice: &PeriodChoice| {
            limits.is_empty() || limits.iter().any(|limit| limit.meets(choice))
        };
        let of_report: Vec<&PeriodRule> = periods
            .iter()
            .filter(|rule| applies(&rule.choice))
            .collect();
        let of_form: Vec<PeriodRule> = of_report.iter().map(|rule| rule.nearest(own)).collect();
        means_something(context, draft, places, &of_form);
        let span = places.window.unwrap_or(draft.head);
        let reversed = of_form
            .iter()
            .any(|rule| periods::check_order(context, draft.file, span, rule));
        if !reversed {
            let form = Some(draft.form.name.as_str());
            due::for_nobody(context, header, &own.deadlines, told);
            due::in_time(context, shared, header, (&of_form, form), told);
            let pairs: Vec<(&PeriodRule, &PeriodRule)> =
                of_report.iter().copied().zip(&of_form).collect();
            due::before_report(context, shared, header, &pairs, told);
            let before = context.reported();
            adds_up(context, draft, places, &of_form);
            // A hole in what is made of the days of the form is told there.
            let told_there =
                context.reported_since(before) || draft.form.definitions().any(adds_years);
            if own.window.is_some() && !told_there {
                let window = |rule| Window {
                    rule,
                    alone: found.alone.contains(&rule.choice),
                    span,
                };
                let windows: Vec<Window> = of_form.iter().map(window).collect();
                relations::windows_meet(context, draft.file, &windows);
                // All periods have the window of the form.
                let mut told_once = context.take_since(before).into_iter();
                told_once
                    .next()
                    .into_iter()
                    .for_each(|told| context.push(told));
            }
        }
    }
}

/// Whether a cell is the figure of a year to date.
fn adds_years(cell: &CellDefinition) -> bool {
    let mut sides = cell.chain.iter();
    sides.any(|side| matches!(side.term.kind, TermKind::YearToDate(_)))
}

/// Reports a form whose own days keep a longer period from being made of the shorter ones it is derived from. Figures of a moment that no shorter period is taken at stand for
/// themselves.
fn adds_up(context: &mut Context, draft: &FormDraft, places: &Places, rules: &[PeriodRule]) {
    let Some(span) = places.days else { return };
    for rule in rules
        .iter()
        .filter(|rule| !rule.described().rule().is_moment())
    {
        if let Relation::DerivedFrom(parts) = &rule.relation {
            relations::not_covered(context, rule, rules.iter(), parts, (draft.file, span));
        }
    }
}

/// Reports a window that is about none of the periods in which the form applies, and what is reckoned from an event where no period follows one.
fn means_something(
    context: &mut Context,
    draft: &FormDraft,
    places: &Places,
    rules: &[PeriodRule],
) {
    let Some(first) = rules.first() else { return };
    if let Some(window) = draft.form.time.window
        && !rules.iter().any(|rule| window.is_about(rule.choice.kind))
    {
        let span = places.window.unwrap_or(draft.head);
        periods::window_of_other_kinds(context, draft.file, window, first.choice, span);
    }
    if rules.iter().all(|rule| rule.choice.kind.event().is_none()) {
        let places = &places.of_event;
        periods::without_event(
            context,
            draft.file,
            first.choice,
            places,
            &mut BTreeSet::new(),
        );
    }
}
