//! Where a part of a regime applies: `only in`, `only for`, `only when` as written on forms, groups, columns, rows, rules and outline parts.
//!
//! It deliberately does not know the parts. A clause that leads nowhere is reported and limits nothing; one that can never hold is reported.

use super::context::Context;
use super::expression::Term;
use super::kinds::{self, choice_words};
use super::model::{PeriodRule, cell::Applicability};
use super::resolve::Resolver;
use super::shared::Shared;
use super::times::Times;
use crate::calendar::PeriodChoice;
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::organisation::Party;
use crate::syntax::ast::time::{Only, OnlyKind};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// How far behind a clause the brace is looked for that opens the block around the next one.
const FAR: usize = 400;

/// What the parts of the regime at hand can be limited to.
#[derive(Debug, Default)]
pub(super) struct Reported {
    /// Periods that are reported; empty when they could not be read.
    pub periods: Vec<PeriodChoice>,
    /// What is decided for those periods.
    pub rules: Vec<PeriodRule>,
    /// Levels and agencies that send on some hop; empty when they could not be read.
    pub senders: Vec<Party>,
    /// Levels and agencies that send or receive, with the levels of the agencies; nothing where others may.
    pub on_routes: Option<BTreeSet<String>>,
}

/// Reads the periods and reporters a part is limited to. `outer` is where the part around it applies; its limits hold inside too and are not repeated
/// in the answer.
pub(super) fn limits<'o>(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    clauses: impl Iterator<Item = &'o Only>,
    outer: &Applicability,
) -> Applicability {
    let mut found = Applicability::default();
    let mut before: Option<Span> = None;
    for only in clauses {
        match &only.kind {
            OnlyKind::In(kinds) => {
                let mut choices = Vec::new();
                for written in kinds {
                    let Some(choice) = kinds::choice(context, shared, file, written) else {
                        continue;
                    };
                    if can_hold(context, file, choice, outer, written.span) {
                        choices.push(choice);
                    }
                }
                narrow(context, file, &mut found, choices, (before, only.span));
                before = Some(only.span);
            }
            OnlyKind::For(parties) => {
                for who in parties {
                    let Some(party) = shared.resolve_party(context, file, who) else {
                        continue;
                    };
                    if reports(context, shared, &party) {
                        found.only_for.push(party);
                    } else {
                        let problem = EventProblem::NeverForReporter { who: party.name };
                        context.report(problem, file, who.span);
                    }
                }
            }
            OnlyKind::When(_) => {}
        }
    }
    found
}

/// Leaves of the periods found so far only those that a further clause names as well: a group and a column in it, or two clauses of one part, all hold. Clauses that exclude each other
/// are told where they stand at different places; those of one place were told as such.
fn narrow(
    context: &mut Context,
    file: FileId,
    found: &mut Applicability,
    choices: Vec<PeriodChoice>,
    (before, span): (Option<Span>, Span),
) {
    let (Some(first), Some(before)) = (choices.first().copied(), before) else {
        if found.only_in.is_empty() {
            found.only_in = choices;
        }
        return;
    };
    if found.only_in.is_empty() {
        found.only_in = choices;
        return;
    }
    let both = Times::of(&found.only_in).and(&Times::of(&choices));
    if !both.is_never() {
        found.only_in = both.choices();
        return;
    }
    let between = context.source(file).map_or("", |source| {
        let between = Span::new(before.end, span.start.max(before.end));
        between.of(&source.file.text)
    });
    if between.chars().take(FAR).any(|sign| sign == '{') {
        let period = choice_words(first);
        context.report(EventProblem::NeverWithOuter { period }, file, span);
    }
}

/// Whether a part can apply in a period at all: the regime reports it, and so does the part around it.
fn can_hold(
    context: &mut Context,
    file: FileId,
    choice: PeriodChoice,
    outer: &Applicability,
    span: Span,
) -> bool {
    let reported = context.reported_parts.clone();
    let meets = |choices: &[PeriodChoice]| {
        choices.is_empty() || choices.iter().any(|known| known.meets(&choice))
    };
    let period = choice_words(choice);
    if !meets(&reported.periods) {
        context.report(RuleProblem::NeverInPeriod { period }, file, span);
        false
    } else if !meets(&outer.only_in) {
        context.report(EventProblem::NeverWithOuter { period }, file, span);
        false
    } else {
        true
    }
}

/// Whether a party sends somewhere: by its own name, or an agency by the level it stands on.
pub(super) fn reports(context: &Context, shared: &Shared, party: &Party) -> bool {
    let senders = &context.reported_parts.senders;
    let agency = shared.words.agencies.named(&party.name);
    let level = agency.and_then(|agency| agency.level.as_deref());
    senders.is_empty()
        || senders
            .iter()
            .any(|sender| sender.name == party.name || Some(sender.name.as_str()) == level)
}

/// Reads the conditions under which a part applies. They are answered before figures are typed, so they may look at the event and at the fields at the
/// head of a form only.
pub(super) fn conditions<'o>(
    resolver: &mut Resolver<'_, '_, '_, '_>,
    clauses: impl Iterator<Item = &'o Only>,
) -> Vec<Term> {
    clauses
        .filter_map(|only| match &only.kind {
            OnlyKind::When(condition) => Some(condition),
            OnlyKind::In(_) | OnlyKind::For(_) => None,
        })
        .map(|condition| {
            let term = resolver.term(condition);
            let forms = resolver.forms;
            let mut reads_figures = false;
            term.cells(&mut |cell, _| {
                let column = forms
                    .get(cell.form)
                    .and_then(|draft| draft.form.columns.get(cell.column));
                reads_figures = reads_figures || column.is_some_and(|column| !column.head);
            });
            if reads_figures {
                let written = resolver.context.shown(resolver.file, condition.span);
                let problem = EventProblem::ConditionReadsFigures { written };
                resolver
                    .context
                    .report(problem, resolver.file, condition.span);
            }
            term
        })
        .collect()
}
