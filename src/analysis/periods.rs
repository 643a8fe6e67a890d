//! Periods of a regime: kinds, windows, what they are made of. Nearest scope wins: a period's own block, then the regime.
//!
//! It deliberately does not know routes; deadlines are gathered here and checked against hops in `routes`.

use super::context::Context;
use super::dates::{self, Choice, choice_words};
use super::lists::nearest;
use super::model::{Deadline, PeriodRule, Relation};
use super::shared::Shared;
use crate::calendar::dates::show_date;
use crate::calendar::{
    DateRange, DueMoment, DueRule, KindDays, OnHoliday, Period, PeriodChoice, TermAnchor, TermUnit,
    WindowRule, exact_cover,
};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::{Diagnostic, FixKind, Label, Note};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::time as tree;
use crate::syntax::ast::time::{PeriodMember, RelationKind, Which};
use crate::text::{FileId, Span};

/// A year in which windows and covers are tried out; an ordinary one, so that no rule depends on the day of the analysis.
pub(super) const SAMPLE_YEAR: i16 = 2026;

/// Spellings of the standard kinds, for suggestions.
const KIND_WORDS: [&str; 12] = [
    "tháng",
    "quý",
    "6 tháng đầu năm",
    "6 tháng cuối năm",
    "9 tháng",
    "năm",
    "month",
    "quarter",
    "first half",
    "second half",
    "nine months",
    "year",
];

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
    let deadlines = deadlines_of(context, shared, file, &time.deadlines);
    let mut drafts: Vec<(PeriodRule, Option<&tree::Relation>, Span)> = Vec::new();
    let unsaid = time.window.is_none() && !time.window_unreadable && !time.period_unreadable;
    let mut window_missing = time.periods.is_empty() && unsaid;
    for written in &time.periods {
        let own = own_members(context, shared, file, written);
        let window_said = own.window_said || time.window.is_some() || time.window_unreadable;
        for kind in &written.kinds {
            let Some(choice) = collected_choice(context, shared, file, kind) else {
                continue;
            };
            if let Some((_, _, first)) = drafts
                .iter()
                .find(|(rule, _, _)| rule.choice.meets(&choice))
            {
                context.push(
                    Diagnostic::new(
                        RouteProblem::RepeatedPeriod {
                            period: choice_words(choice),
                        },
                        file,
                        kind.span,
                    )
                    .noting(Note::FirstHere, file, *first),
                );
                continue;
            }
            window_missing = window_missing || !window_said;
            let mut all = own.deadlines.clone();
            for deadline in &deadlines {
                if !all.iter().any(|known| known.party == deadline.party) {
                    all.push(deadline.clone());
                }
            }
            let rule = PeriodRule {
                choice,
                days: KindDays::Own,
                relation: Relation::Independent,
                window: own.window.or(window).unwrap_or(WindowRule::Decree09),
                covers: own.covers.or(covers),
                deadlines: all,
            };
            check_order(context, file, kind.span, &rule);
            drafts.push((rule, written.relation.as_ref(), kind.span));
        }
    }
    let relations: Vec<Relation> = drafts
        .iter()
        .map(|(rule, relation, _)| match relation {
            Some(relation) => stated_relation(context, shared, file, rule, relation, &drafts),
            None => usual_relation(rule, &drafts),
        })
        .collect();
    let rules = drafts
        .into_iter()
        .zip(relations)
        .map(|((rule, _, _), relation)| PeriodRule { relation, ..rule })
        .collect();
    Periods {
        rules,
        window_missing,
    }
}

struct OwnMembers {
    window: Option<WindowRule>,
    window_said: bool,
    covers: Option<WindowRule>,
    deadlines: Vec<Deadline>,
}

fn own_members(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &tree::Period,
) -> OwnMembers {
    let mut own = OwnMembers {
        window: None,
        window_said: !written.strays.is_empty(),
        covers: None,
        deadlines: Vec::new(),
    };
    let mut deadlines = Vec::new();
    let mut covers_said = false;
    for member in &written.members {
        match member {
            PeriodMember::Window(window) if own.window.is_some() => {
                repeated(context, file, window.span)
            }
            PeriodMember::Window(window) => {
                own.window_said = true;
                own.window = dates::window(context, file, &window.extent);
            }
            PeriodMember::Covers(covers) if covers_said => repeated(context, file, covers.span),
            PeriodMember::Covers(covers) => {
                covers_said = true;
                own.covers = dates::window(context, file, &covers.extent);
            }
            PeriodMember::Deadline(deadline) => deadlines.push(deadline),
            PeriodMember::Channel(part) => context.unsupported(file, part.span),
            PeriodMember::SignBy(part) => context.unsupported(file, part.span),
            PeriodMember::Figures(part) => context.unsupported(file, part.span),
            PeriodMember::WaivedWhen(_, span) => context.unsupported(file, *span),
        }
    }
    own.deadlines = deadlines_of(context, shared, file, &deadlines);
    own
}

/// Reports a statement that may stand only once.
pub(super) fn repeated(context: &mut Context, file: FileId, span: Span) {
    let statement = context.shown(file, span);
    context.report(FormProblem::RepeatedStatement { statement }, file, span);
}

/// A kind of period that reports can be collected for; anything else is reported.
pub(super) fn collected_choice(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Spanned<Which>,
) -> Option<PeriodChoice> {
    match dates::choice(context, file, written) {
        Choice::Known(choice) => Some(choice),
        Choice::Broken => None,
        Choice::Named(name) => {
            // A kind the project declares was reported at its declaration.
            if !shared.period_kinds.contains(&name) && !shared.strays.contains(&name) {
                let nearest = nearest(&name, KIND_WORDS.into_iter());
                let problem = NameProblem::UnknownName {
                    kind: NameKind::PeriodKind,
                    name,
                    nearest: nearest.clone(),
                };
                let mut diagnostic = Diagnostic::new(problem, file, written.span);
                if let Some(nearest) = nearest {
                    diagnostic = diagnostic.fixed_by(FixKind::Likely, written.span, nearest);
                }
                context.push(diagnostic);
            }
            None
        }
    }
}

/// The periods under a rule in one year.
pub(super) fn periods_in(rule: &PeriodRule, year: i16) -> Vec<Period> {
    rule.days.periods(rule.choice, year)
}

fn check_order(context: &mut Context, file: FileId, span: Span, rule: &PeriodRule) {
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
                return;
            }
        }
    }
}

type Draft<'a> = (PeriodRule, Option<&'a tree::Relation>, Span);

/// All windows around the sample year that are shorter than a window, with their choices. Of two kinds of one length neither is made up of the
/// other.
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
fn usual_relation(rule: &PeriodRule, drafts: &[Draft]) -> Relation {
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

fn stated_relation(
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
        let Some(choice) = collected_choice(context, shared, file, written) else {
            continue;
        };
        if drafts
            .iter()
            .any(|(known, _, _)| known.choice.meets(&choice))
        {
            to.push(choice);
        } else {
            context.report(
                RuleProblem::NeverInPeriod {
                    period: choice_words(choice),
                },
                file,
                written.span,
            );
        }
    }
    if relation.kind == RelationKind::Independent {
        return Relation::Independent;
    }
    if !context.reported_since(before) {
        for period in periods_in(rule, SAMPLE_YEAR) {
            let Some(window) = rule.window_of(&period) else {
                break;
            };
            let meant = drafts
                .iter()
                .map(|(known, _, _)| known)
                .filter(|known| to.iter().any(|choice| known.choice.meets(choice)));
            let ranges: Vec<DateRange> = windows(meant, window)
                .into_iter()
                .map(|(_, range)| range)
                .collect();
            if let Err(hole) = exact_cover(window, &ranges) {
                let hole = (show_date(hole.0.from), show_date(hole.0.to));
                let longer = choice_words(rule.choice);
                context.report(
                    TimeProblem::NoExactCover { longer, hole },
                    file,
                    relation.span,
                );
                break;
            }
        }
    }
    match relation.kind {
        RelationKind::DerivedFrom => Relation::DerivedFrom(to),
        RelationKind::CheckedAgainst => Relation::CheckedAgainst(to),
        RelationKind::Independent => Relation::Independent,
    }
}

/// The deadlines written at one level; a second one for a party is reported.
fn deadlines_of(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &[&tree::Deadline],
) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    for deadline in written {
        let rule = due_rule(context, file, deadline);
        let parties = match &deadline.of {
            tree::DeadlineOf::FirstReport => {
                context.unsupported(file, deadline.span);
                continue;
            }
            tree::DeadlineOf::Who(parties) => parties,
        };
        for who in parties {
            let Some(party) = shared.resolve_party(context, file, who) else {
                continue;
            };
            if let Some(first) = deadlines.iter().find(|known| known.party == party) {
                let first = first.label;
                context.push(
                    Diagnostic::new(
                        RouteProblem::RepeatedDeadline {
                            who: party.name.clone(),
                        },
                        file,
                        who.span,
                    )
                    .noting(Note::FirstHere, first.file, first.span),
                );
                continue;
            }
            // A deadline that cannot be understood still is one, so that its hop is not reported too.
            let rule = rule.unwrap_or(DueRule::Local);
            deadlines.push(Deadline {
                party,
                rule,
                label: Label {
                    file,
                    span: who.span,
                },
            });
        }
    }
    deadlines
}

fn due_rule(context: &mut Context, file: FileId, deadline: &tree::Deadline) -> Option<DueRule> {
    let (inclusive, time) = match &deadline.due {
        tree::Due::Local => return Some(DueRule::Local),
        tree::Due::By(time) => (true, time),
        tree::Due::Before(time) => (false, time),
    };
    let moment = match &time.value {
        tree::DueTime::Clock(clock, point) => {
            let clock = dates::clock(context, file, time.span, *clock)?;
            let point = match point {
                Some(point) => Some(dates::point(context, file, point)?),
                None => None,
            };
            DueMoment::Clock { clock, point }
        }
        tree::DueTime::Point(point, clock) => {
            let point = dates::point(context, file, point)?;
            let clock = match clock {
                Some(clock) => Some(dates::clock(context, file, time.span, *clock)?),
                None => None,
            };
            DueMoment::At { point, clock }
        }
        tree::DueTime::After {
            count,
            unit,
            anchor,
        } => {
            if *anchor != tree::Anchor::Cutoff {
                context.unsupported(file, time.span);
                return None;
            }
            let unit = match unit {
                tree::DelayUnit::WorkingDays => TermUnit::WorkingDays,
                tree::DelayUnit::Days => TermUnit::Days,
                tree::DelayUnit::Hours => TermUnit::Hours,
            };
            DueMoment::After {
                amount: (*count).min(MOST_DELAY),
                unit,
                anchor: TermAnchor::Cutoff,
            }
        }
    };
    let on_holiday = match deadline.on_holiday.as_ref().map(|on| on.value) {
        None | Some(tree::OnHoliday::Next) => OnHoliday::Next,
        Some(tree::OnHoliday::Previous) => OnHoliday::Previous,
        Some(tree::OnHoliday::Unchanged) => OnHoliday::Unchanged,
    };
    Some(DueRule::By {
        inclusive,
        moment,
        on_holiday,
    })
}

/// A delay beyond this many hours or days is a slip of the keyboard; the bound keeps counting of days short.
const MOST_DELAY: u32 = 3_650;
