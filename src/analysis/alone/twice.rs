//! The same thing twice in one list: names, documents, kinds of period, whole statements.
//!
//! It deliberately compares what is written and not what it means. The second of two equal things is reported, with the first beside it.

use super::Judge;
use crate::diagnostic::problem::meaning::said::SaidProblem;
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::syntax::ast::expression::{Expr, ExprKind};
use crate::syntax::ast::header::Channel;
use crate::syntax::ast::time::{Only, OnlyKind, Which};
use crate::syntax::ast::words::{Calendar, HolidayDay};
use crate::syntax::ast::{Spanned, Who};
use crate::text::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The longest piece of what is repeated that is shown.
const SHOWN: usize = 40;

/// The most bytes between two neighbours of a list: a comma and blanks.
const NEAR: u32 = 200;

impl Judge<'_, '_> {
    /// Reports each thing that stands in a list before. Where only a comma stands between it and its neighbour, taking both out is a way out.
    pub(super) fn once<K: Ord>(&mut self, things: impl Iterator<Item = (K, Span)>) {
        let mut known: BTreeMap<K, Span> = BTreeMap::new();
        for (thing, span) in things {
            let first = match known.entry(thing) {
                Entry::Occupied(first) => *first.get(),
                Entry::Vacant(place) => {
                    place.insert(span);
                    continue;
                }
            };
            let text = self.context.text(self.file, span);
            let bare = text.trim_matches('"');
            let written = bare.chars().take(SHOWN).collect();
            let told = Diagnostic::new(SaidProblem::Twice { written }, self.file, span).noting(
                Note::FirstHere,
                self.file,
                first,
            );
            let between = Span::new(first.end, span.start);
            // What stands far behind the first is not read for a comma.
            let near = between.end.saturating_sub(between.start) <= NEAR;
            let comma = near && self.context.text(self.file, between) == ",";
            self.context.push(match comma {
                true => told.fixed_by(FixKind::Likely, Span::new(first.end, span.end), ""),
                false => told,
            });
        }
    }

    /// Names of one list.
    pub(super) fn names(&mut self, names: &[Spanned<String>]) {
        self.once(names.iter().map(|name| (name.value.as_str(), name.span)));
    }

    /// Levels and agencies of one list, and the tags of each.
    pub(super) fn parties<'w>(&mut self, who: impl IntoIterator<Item = &'w Who>) {
        let who: Vec<&Who> = who.into_iter().collect();
        for party in &who {
            self.names(&party.tags);
        }
        let key = |party: &Who| {
            let mut tags: Vec<String> = party.tags.iter().map(|tag| tag.value.clone()).collect();
            tags.sort();
            (party.name.value.clone(), tags)
        };
        self.once(who.iter().map(|party| (key(party), party.span)));
    }

    /// Kinds of period and the like, compared as written.
    pub(super) fn written<T>(&mut self, things: &[Spanned<T>]) {
        let texts: Vec<(String, Span)> = things
            .iter()
            .map(|thing| (self.context.text(self.file, thing.span), thing.span))
            .collect();
        self.once(texts.into_iter());
    }

    /// Whole statements or clauses, compared as written.
    pub(super) fn spans(&mut self, spans: &[Span]) {
        let texts: Vec<(String, Span)> = spans
            .iter()
            .map(|span| (self.context.text(self.file, *span), *span))
            .collect();
        self.once(texts.into_iter());
    }

    /// Conditions on kinds of period at one place, of which no period meets both.
    pub(super) fn together(&mut self, conditions: &[&Only]) {
        let periods: Vec<(&[Spanned<Which>], Span)> = conditions
            .iter()
            .filter_map(|only| match &only.kind {
                OnlyKind::In(periods) => Some((periods.as_slice(), only.span)),
                OnlyKind::For(_) | OnlyKind::When(_) => None,
            })
            .collect();
        for pair in periods.windows(2) {
            if let [(one, first), (other, second)] = pair
                && !one
                    .iter()
                    .any(|one| other.iter().any(|other| meet(one, other)))
            {
                self.contradiction(*first, *second);
            }
        }
        let spans: Vec<Span> = conditions.iter().map(|only| only.span).collect();
        self.spans(&spans);
    }

    /// The parts of a condition of applicability.
    pub(super) fn only(&mut self, only: &Only) {
        match &only.kind {
            OnlyKind::In(periods) => self.written(periods),
            OnlyKind::For(who) => self.parties(who),
            OnlyKind::When(condition) => self.entries(condition),
        }
    }

    /// Ways to send, within a group and group by group.
    pub(super) fn channel(&mut self, channel: &Channel) {
        for group in &channel.any {
            self.names(group);
        }
        let groups = channel.any.iter().filter_map(|group| {
            let mut names: Vec<&str> = group.iter().map(|name| name.value.as_str()).collect();
            names.sort_unstable();
            let spans = group.iter().map(|name| name.span);
            Some((names, spans.reduce(Span::cover)?))
        });
        let groups: Vec<_> = groups.collect();
        self.once(groups.into_iter());
    }

    /// Two days of rest on one day, unless they hold in different years.
    pub(super) fn calendar_days(&mut self, calendar: &Calendar) {
        let days = calendar.holidays.iter().filter(|one| one.dated.is_none());
        let days = days.filter_map(|one| one.day);
        self.once(days.map(|HolidayDay { lunar, day, span }| ((lunar, day.month, day.day), span)));
    }

    /// Entries named twice after `in`, anywhere in an expression.
    pub(super) fn entries(&mut self, expr: &Expr) {
        if let ExprKind::In { entries, .. } = &expr.kind {
            self.names(entries);
        }
        expr.for_each_part(&mut |part| self.entries(part));
    }
}

/// Whether a period may be of both kinds, as far as their words tell: a number picks one of its kind.
fn meet(one: &Spanned<Which>, other: &Spanned<Which>) -> bool {
    match (&one.value, &other.value) {
        (Which::Month(one), Which::Month(other))
        | (Which::Quarter(one), Which::Quarter(other))
        | (Which::Year(one), Which::Year(other)) => {
            one.zip(*other).is_none_or(|(one, other)| one == other)
        }
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}
