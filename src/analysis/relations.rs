//! How the periods of a regime stand to one another: which longer one is made up of which shorter ones, and whether windows meet without a gap.
//!
//! Tried out on a sample year over the declared windows. It deliberately does not know figures.

use super::context::Context;
use super::kinds::{self, SAMPLE_YEAR, choice_words};
use super::model::{PeriodRule, Relation};
use super::periods::periods_in;
use super::shared::Shared;
use crate::calendar::dates::{days_after, show_date};
use crate::calendar::{DateRange, Period, PeriodChoice, PeriodKind, exact_cover};
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
        .map(|(rule, relation, _)| match relation {
            Some(relation) => stated(context, shared, file, rule, relation, drafts),
            None => usual(rule, drafts),
        })
        .collect();
    windows_meet(context, file, drafts);
    relations
}

/// All windows around the sample year that are shorter than a window, with their choices. Of two kinds of one length neither is made up of the other.
fn windows<'d>(
    drafts: impl Iterator<Item = &'d PeriodRule>,
    shorter_than: DateRange,
) -> Vec<(PeriodChoice, DateRange)> {
    drafts
        .flat_map(|rule| {
            (SAMPLE_YEAR - 1..=SAMPLE_YEAR + 1)
                .flat_map(|year| periods_in(rule, year))
                .filter_map(|period| Some((rule.choice, rule.window_of(&period)?)))
        })
        .filter(|(_, window)| window.days() < shorter_than.days())
        .collect()
}

/// Without a word: checked against shorter periods where they cover it exactly, else independent.
fn usual(rule: &PeriodRule, drafts: &[Draft]) -> Relation {
    let mut used: Vec<PeriodChoice> = Vec::new();
    for period in periods_in(rule, SAMPLE_YEAR) {
        let Some(window) = rule.window_of(&period) else {
            return Relation::Independent;
        };
        let parts = windows(drafts.iter().map(|(rule, _, _)| rule), window);
        let ranges: Vec<DateRange> = parts.iter().map(|(_, range)| *range).collect();
        let Ok(chain) = exact_cover(window, &ranges) else {
            return Relation::Independent;
        };
        for choice in chain
            .into_iter()
            .filter_map(|part| parts.get(part))
            .map(|(choice, _)| *choice)
        {
            if !used.contains(&choice) {
                used.push(choice);
            }
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

/// Reports a longer period whose window the windows of the periods it is made of do not cover exactly.
pub(super) fn not_covered<'r>(
    context: &mut Context,
    rule: &PeriodRule,
    known: impl Iterator<Item = &'r PeriodRule> + Clone,
    parts: &[PeriodChoice],
    (file, span): (FileId, Span),
) {
    for period in periods_in(rule, SAMPLE_YEAR) {
        let Some(window) = rule.window_of(&period) else {
            break;
        };
        let meant = known
            .clone()
            .filter(|known| parts.iter().any(|choice| known.choice.meets(choice)));
        let ranges: Vec<DateRange> = windows(meant, window)
            .into_iter()
            .map(|(_, range)| range)
            .collect();
        if let Err(hole) = exact_cover(window, &ranges) {
            let hole = (show_date(hole.0.from), show_date(hole.0.to));
            let longer = choice_words(rule.choice);
            let problem = TimeProblem::NoExactCover { longer, hole };
            context.report(problem, file, span);
            break;
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
        let windows = periods_in(rule, SAMPLE_YEAR).into_iter();
        windows
            .filter_map(|period| Some(rule.window_of(&period)?.days()))
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
fn windows_meet(context: &mut Context, file: FileId, drafts: &[Draft]) {
    for (rule, relation, span) in drafts {
        let independent = relation.is_some_and(|said| said.kind == RelationKind::Independent);
        if independent || rule.window.is_moment() || !tiles(rule.choice.kind) {
            continue;
        }
        for period in periods_in(rule, SAMPLE_YEAR) {
            let Some(next) = period.next() else { continue };
            let Some(following) = drafts
                .iter()
                .find(|(other, _, _)| other.choice.accepts(&next))
            else {
                continue;
            };
            let windows = rule.window_of(&period).zip(following.0.window_of(&next));
            let Some((window, later)) = windows else {
                continue;
            };
            let skips = following
                .1
                .is_some_and(|said| said.kind == RelationKind::Independent);
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
