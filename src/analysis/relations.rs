//! How the periods of a regime stand to one another: which longer one is made up of which shorter ones, and whether windows meet without a gap.
//!
//! Tried out on a sample year. What makes up what is asked of the calendar, which looks at the spans described as the evaluator does; that windows meet is about the days on
//! which data are taken. It deliberately does not know figures.

use super::context::Context;
use super::kinds::{self, SAMPLE_YEAR, choice_words};
use super::model::{PeriodRule, Relation};
use super::periods::periods_in;
use super::shared::Shared;
use crate::calendar::dates::{days_after, show_date};
use crate::calendar::{Described, Period, PeriodChoice, PeriodKind, made_of, reported_under};
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::syntax::ast::time as tree;
use crate::syntax::ast::time::RelationKind;
use crate::text::{FileId, Span};

/// A rule that is still read, with its written relation and its place.
pub(super) type Draft<'a> = (PeriodRule, Option<&'a tree::Relation>, Span);

/// Settles the relation of every rule.
pub(super) fn settle(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    drafts: &[Draft],
) -> Vec<Relation> {
    let relations = drafts
        .iter()
        .map(|(rule, relation, span)| match relation {
            Some(relation) => stated(context, shared, file, rule, relation, drafts),
            // Each period is held against all of them.
            None if context.spend(drafts.len(), file, *span) => usual(rule, drafts),
            None => Relation::Independent,
        })
        .collect();
    let windows: Vec<Window> = drafts
        .iter()
        .map(|(rule, relation, span)| Window {
            rule,
            alone: stands_alone(*relation),
            span: *span,
        })
        .collect();
    windows_meet(context, file, &windows);
    relations
}

/// Whether the author says that the period stands for itself.
pub(super) fn stands_alone(relation: Option<&tree::Relation>) -> bool {
    relation.is_some_and(|said| said.kind == RelationKind::Independent)
}

/// A rule whose windows are held against those of the periods after it.
pub(super) struct Window<'r> {
    /// The rule.
    pub rule: &'r PeriodRule,
    /// Whether it stands for itself.
    pub alone: bool,
    /// What to point at.
    pub span: Span,
}

/// Without a word: checked against shorter periods where they cover it exactly, else independent.
fn usual(rule: &PeriodRule, drafts: &[Draft]) -> Relation {
    // Figures of one moment are no parts of one another.
    if rule.described().rule().is_moment() {
        return Relation::Independent;
    }
    let rules: Vec<Described> = drafts.iter().map(|(rule, _, _)| rule.described()).collect();
    let all: Vec<PeriodChoice> = rules.iter().map(|rule| rule.choice).collect();
    let mut used: Vec<PeriodChoice> = Vec::new();
    for period in periods_in(rule, SAMPLE_YEAR) {
        let Some(Ok(parts)) = made_of(&rules, period, &all) else {
            return Relation::Independent;
        };
        for part in parts {
            let of = reported_under(&rules, &part).map(|rule| rule.choice);
            used.extend(of.filter(|choice| !used.contains(choice)));
        }
    }
    if used.is_empty() {
        Relation::Independent
    } else {
        Relation::CheckedAgainst(used)
    }
}

fn stated(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    rule: &PeriodRule,
    relation: &tree::Relation,
    drafts: &[Draft],
) -> Relation {
    let before = context.reported();
    let mut to = Vec::new();
    for written in &relation.to {
        let Some(choice) = kinds::choice(context, shared, file, written) else {
            continue;
        };
        if drafts
            .iter()
            .any(|(known, _, _)| known.choice.meets(&choice))
        {
            to.push(choice);
        } else {
            let period = choice_words(choice);
            context.report(RuleProblem::NeverInPeriod { period }, file, written.span);
        }
    }
    if relation.kind == RelationKind::Independent {
        return Relation::Independent;
    }
    for (written, choice) in relation.to.iter().zip(&to) {
        if let Some(problem) = not_shorter(rule, *choice, drafts)
            && !context.reported_since(before)
        {
            context.report(problem, file, written.span);
        }
    }
    if !context.reported_since(before) {
        let known = drafts.iter().map(|(known, _, _)| known);
        not_covered(context, rule, known, &to, (file, relation.span));
    }
    match relation.kind {
        RelationKind::DerivedFrom => Relation::DerivedFrom(to),
        RelationKind::CheckedAgainst => Relation::CheckedAgainst(to),
        RelationKind::Independent => Relation::Independent,
    }
}

/// Reports a longer period whose days, as its figures describe them, are not covered exactly by those of the periods it is made of.
pub(super) fn not_covered<'r>(
    context: &mut Context,
    rule: &PeriodRule,
    known: impl Iterator<Item = &'r PeriodRule>,
    parts: &[PeriodChoice],
    (file, span): (FileId, Span),
) {
    let rules: Vec<Described> = known.map(PeriodRule::described).collect();
    for period in periods_in(rule, SAMPLE_YEAR) {
        match made_of(&rules, period, parts) {
            Some(Ok(_)) => {}
            Some(Err(hole)) => {
                let hole = (show_date(hole.0.from), show_date(hole.0.to));
                let longer = choice_words(rule.choice);
                let problem = TimeProblem::NoExactCover { longer, hole };
                context.report(problem, file, span);
                break;
            }
            None => break,
        }
    }
}

/// Why a rule is not made up of periods of a choice: it is they, or they are as long as its own.
fn not_shorter(rule: &PeriodRule, of: PeriodChoice, drafts: &[Draft]) -> Option<DeclaredProblem> {
    let period = choice_words(rule.choice);
    if rule.choice.kind == of.kind && rule.choice.meets(&of) {
        return Some(DeclaredProblem::NotShorter { period, of: None });
    }
    let days = |rule: &PeriodRule| {
        let periods = periods_in(rule, SAMPLE_YEAR).into_iter();
        periods
            .filter_map(|period| rule.described().length(&period))
            .collect::<Vec<_>>()
    };
    let longest = days(rule).into_iter().max()?;
    let meant = drafts
        .iter()
        .filter(|(known, _, _)| known.choice.meets(&of));
    let shortest = meant.flat_map(|(known, _, _)| days(known)).min()?;
    (shortest >= longest).then(|| DeclaredProblem::NotShorter {
        period,
        of: Some(choice_words(of)),
    })
}

/// Windows of periods that follow one another leave no day out and count none twice, unless the author said that the period stands for itself. Told once
/// per rule.
pub(super) fn windows_meet(context: &mut Context, file: FileId, windows: &[Window]) {
    for Window { rule, alone, span } in windows {
        if *alone || rule.window.is_moment() || !tiles(rule.choice.kind) {
            continue;
        }
        for period in periods_in(rule, SAMPLE_YEAR) {
            let Some(next) = period.next() else { continue };
            let Some(following) = windows
                .iter()
                .find(|other| other.rule.choice.accepts(&next))
            else {
                continue;
            };
            let windows = rule.window_of(&period).zip(following.rule.window_of(&next));
            let Some((window, later)) = windows else {
                continue;
            };
            let skips = following.alone;
            // A window that ends before it begins was told as such.
            let reversed = window.is_reversed() || later.is_reversed();
            if !skips && !reversed && later.from != days_after(window.to, 1) {
                let words = |period: &Period| (period.name_vi(), period.name_en());
                let problem = EventProblem::WindowsDoNotMeet {
                    earlier: words(&period),
                    ends: show_date(window.to),
                    later: words(&next),
                    begins: show_date(later.from),
                };
                context.report(problem, file, *span);
                break;
            }
        }
    }
}

/// Whether the periods of a kind follow one another through the year without a gap by their nature.
fn tiles(kind: PeriodKind) -> bool {
    match kind {
        PeriodKind::Day
        | PeriodKind::Week(_)
        | PeriodKind::TenDays
        | PeriodKind::Month
        | PeriodKind::Quarter
        | PeriodKind::FirstHalf
        | PeriodKind::SecondHalf
        | PeriodKind::Year => true,
        PeriodKind::NineMonths
        | PeriodKind::Named(_)
        | PeriodKind::Campaign(_)
        | PeriodKind::DailyOf(_)
        | PeriodKind::EndOf(_)
        | PeriodKind::OnRequest => false,
    }
}
