//! Deadlines as written: whose, until when, and what a day of rest does to them.
//!
//! It deliberately does not know hops; `routes` compares deadlines with them. A deadline that cannot be understood still is one, so that its hop is not
//! reported too.

use super::context::Context;
use super::dates;
use super::model::Deadline;
use super::shared::Shared;
use crate::calendar::{DueMoment, DueRule, OnHoliday, TermAnchor, TermUnit};
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::syntax::ast::time as tree;
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// A delay beyond this many hours or days is a slip of the keyboard; the bound keeps counting of days short.
const MOST_DELAY: u32 = 3_650;

/// The deadlines written at one level.
#[derive(Clone, Debug, Default)]
pub(super) struct Deadlines {
    /// Those of senders.
    pub senders: Vec<Deadline>,
    /// That of a unit's first report of an event, with its place.
    pub first_report: Option<(DueRule, Span)>,
    /// Places of those that are reckoned from an event.
    pub of_event: Vec<Span>,
    /// Whether one is that of a name which leads nowhere.
    pub of_nobody: bool,
}

/// Reads the deadlines of one level; a second one for a party is reported.
pub(super) fn read(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &[&tree::Deadline],
) -> Deadlines {
    let mut deadlines = Deadlines::default();
    let mut known = BTreeMap::new();
    for deadline in written {
        let rule = due_rule(context, file, deadline);
        if rule.is_some_and(follows_event) {
            deadlines.of_event.push(deadline.span);
        }
        let rule = rule.unwrap_or(DueRule::Local);
        let parties = match &deadline.of {
            tree::DeadlineOf::FirstReport => {
                if let Some((_, first)) = deadlines.first_report {
                    let who = context.shown(file, deadline.span);
                    repeated(
                        context,
                        file,
                        who,
                        deadline.span,
                        Label { file, span: first },
                    );
                } else {
                    deadlines.first_report = Some((rule, deadline.span));
                }
                continue;
            }
            tree::DeadlineOf::Who(parties) => parties,
        };
        for who in parties {
            let Some(party) = shared.resolve_party(context, file, who) else {
                deadlines.of_nobody = true;
                continue;
            };
            let label = Label {
                file,
                span: who.span,
            };
            let first = *known.entry(party.clone()).or_insert(label);
            if first != label {
                repeated(context, file, party.name, who.span, first);
                continue;
            }
            deadlines.senders.push(Deadline { party, rule, label });
        }
    }
    deadlines
}

fn repeated(context: &mut Context, file: FileId, who: String, span: Span, first: Label) {
    context.push(
        Diagnostic::new(RouteProblem::RepeatedDeadline { who }, file, span).noting(
            Note::FirstHere,
            first.file,
            first.span,
        ),
    );
}

/// Whether a deadline is reckoned from the beginning or the end of an event.
fn follows_event(rule: DueRule) -> bool {
    matches!(
        rule,
        DueRule::By {
            moment: DueMoment::After {
                anchor: TermAnchor::EventStart | TermAnchor::EventEnd,
                ..
            },
            ..
        }
    )
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
        } => DueMoment::After {
            amount: (*count).min(MOST_DELAY),
            unit: match unit {
                tree::DelayUnit::WorkingDays => TermUnit::WorkingDays,
                tree::DelayUnit::Days => TermUnit::Days,
                tree::DelayUnit::Hours => TermUnit::Hours,
            },
            anchor: match anchor {
                tree::Anchor::Cutoff => TermAnchor::Cutoff,
                tree::Anchor::EventStart => TermAnchor::EventStart,
                tree::Anchor::EventEnd => TermAnchor::EventEnd,
            },
        },
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
