//! Hops against one another: two recipients at one time, and ways that lead back to where they began.
//!
//! Hops are looked up by their sender; only hops between parties that can reach each other are walked along. It deliberately does not know deadlines. What is compared is
//! counted (`size`), so that very many routes of one sender end the comparison and not the patience of the reader.

use super::{Hop, earliest, meet, same_forms};
use crate::analysis::context::Context;
use crate::calendar::Date;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::organisation::Party;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// So many ways from one party to another are looked at for what counts as one part of a file (`size`).
const LED_TO: usize = 8;

/// First and last day.
type Days = (Option<Date>, Option<Date>);

/// The hops of one sender with their places, by recipients.
type ByRecipients<'h> = BTreeMap<&'h [Party], Vec<(usize, &'h Hop)>>;

/// Reports hops of one sender that lead to different recipients at one time.
pub(super) fn overlaps(context: &mut Context, file: FileId, hops: &[Hop]) {
    let mut senders: BTreeMap<&Party, ByRecipients> = BTreeMap::new();
    let mut said: BTreeSet<(&Party, &[Party], Days, &[String])> = BTreeSet::new();
    for (position, hop) in hops.iter().enumerate() {
        let known = senders.entry(&hop.sender).or_default();
        let others = known
            .iter()
            .filter(|(recipients, _)| **recipients != &*hop.recipients);
        let mut earlier: Option<(usize, &Hop)> = None;
        let mut compared = 0_usize;
        for (_, others) in others {
            let found = others.iter().find(|(_, other)| {
                compared = compared.saturating_add(1);
                same_forms(other, hop) && meet((other.from, other.until), (hop.from, hop.until))
            });
            let first = earlier.into_iter().chain(found.copied());
            earlier = first.min_by_key(|(position, _)| *position);
        }
        let enough = !context.spend(compared, file, hop.span);
        if let Some((_, earlier)) = earlier {
            context.push(
                Diagnostic::new(
                    RouteProblem::RouteOverlap {
                        who: hop.sender.name.clone(),
                    },
                    file,
                    hop.span,
                )
                .noting(Note::DisagreesHere, file, earlier.span),
            );
        }
        if enough {
            return;
        }
        // The same said again overlaps with nothing else.
        let days = (hop.from, hop.until);
        if said.insert((&hop.sender, &hop.recipients, days, &hop.forms)) {
            let same = known.entry(&hop.recipients).or_default();
            same.push((position, hop));
        }
    }
}

/// Reports the first way that leads back to its sender along hops in force together.
pub(super) fn circles(context: &mut Context, file: FileId, hops: &[Hop]) {
    let mut by_sender: BTreeMap<&str, Vec<&Hop>> = BTreeMap::new();
    let mut said: BTreeSet<(&str, &[Party], Days)> = BTreeSet::new();
    for hop in hops {
        if said.insert((&hop.sender.name, &hop.recipients, (hop.from, hop.until))) {
            by_sender.entry(&hop.sender.name).or_default().push(hop);
        }
    }
    let all = by_sender.values().flatten();
    let led_to = all.fold(0_usize, |sum, hop| sum.saturating_add(hop.recipients.len()));
    let place = hops.first().map_or(Span::default(), |hop| hop.span);
    if !context.spend(led_to.div_ceil(LED_TO), file, place) {
        return;
    }
    let ends = without_way_back(&by_sender);
    by_sender.retain(|sender, _| !ends.contains(sender));
    let mut walked: BTreeSet<(&str, &[Party], Days)> = BTreeSet::new();
    let on_the_way = hops.iter().filter(|hop| {
        let is_new = walked.insert((&hop.sender.name, &hop.recipients, (hop.from, hop.until)));
        is_new && by_sender.contains_key(hop.sender.name.as_str())
    });
    for hop in on_the_way {
        let mut walk = Walk {
            by_sender: &by_sender,
            path: vec![hop.sender.name.as_str()],
            visited: BTreeSet::new(),
            steps: 0,
        };
        let round = walk.onward(hop, (hop.from, hop.until));
        if let Some(path) = round {
            context.report(RouteProblem::RouteCycle { path }, file, hop.span);
            return;
        }
        if !context.spend(walk.steps, file, hop.span) {
            return;
        }
    }
}

/// Senders from which every way ends, whenever its hops are in force.
fn without_way_back<'h>(by_sender: &BTreeMap<&'h str, Vec<&'h Hop>>) -> BTreeSet<&'h str> {
    let mut senders_of: BTreeMap<&str, Vec<&'h str>> = BTreeMap::new();
    let mut open: BTreeMap<&'h str, usize> = BTreeMap::new();
    for (sender, hops) in by_sender {
        let all = hops.iter().flat_map(|hop| hop.recipients.iter());
        let recipients: BTreeSet<&str> = all.map(|party| party.name.as_str()).collect();
        for recipient in recipients
            .iter()
            .filter(|name| by_sender.contains_key(**name))
        {
            senders_of.entry(recipient).or_default().push(sender);
            *open.entry(sender).or_default() += 1;
        }
    }
    let mut ends: BTreeSet<&'h str> = BTreeSet::new();
    let mut found: Vec<&'h str> = by_sender.keys().copied().collect();
    found.retain(|sender| !open.contains_key(sender));
    while let Some(end) = found.pop() {
        ends.insert(end);
        for sender in senders_of.get(end).into_iter().flatten() {
            let Some(left) = open.get_mut(sender) else {
                continue;
            };
            *left = left.saturating_sub(1);
            if *left == 0 {
                found.push(sender);
            }
        }
    }
    ends
}

/// A walk along hops that are in force together. Each party is entered once, so the walk ends.
struct Walk<'w, 'h> {
    by_sender: &'w BTreeMap<&'h str, Vec<&'h Hop>>,
    path: Vec<&'h str>,
    visited: BTreeSet<&'h str>,
    steps: usize,
}

/// A hop on the way, the days on which all hops up to it are in force, and the next recipient to look at, with the next hop of it.
struct Step<'h> {
    hop: &'h Hop,
    days: Days,
    recipient: usize,
    next: usize,
}

impl<'h> Walk<'_, 'h> {
    /// The way round when the first sender comes back. Ways may be long, so they are kept in a list of their own.
    fn onward(&mut self, hop: &'h Hop, days: Days) -> Option<Vec<String>> {
        let step = |hop: &'h Hop, days: Days| Step {
            hop,
            days,
            recipient: 0,
            next: 0,
        };
        let mut open = vec![step(hop, days)];
        while let Some(last) = open.last_mut() {
            self.steps = self.steps.saturating_add(1);
            let Some(recipient) = last.hop.recipients.get(last.recipient) else {
                open.pop();
                // The first sender stays on the path.
                if !open.is_empty() {
                    self.path.pop();
                }
                continue;
            };
            let name = recipient.name.as_str();
            if last.next == 0 {
                if self.path.first() == Some(&name) {
                    let round = self.path.iter().copied().chain([name]);
                    return Some(round.map(str::to_owned).collect());
                }
                if !self.visited.insert(name) {
                    last.recipient += 1;
                    continue;
                }
            }
            let hops = self.by_sender.get(name).map_or(&[][..], Vec::as_slice);
            let Some(next) = hops.get(last.next) else {
                last.recipient += 1;
                last.next = 0;
                continue;
            };
            last.next += 1;
            if meet(last.days, (next.from, next.until)) {
                let both = (
                    last.days.0.max(next.from),
                    earliest(last.days.1, next.until),
                );
                self.path.push(name);
                open.push(step(next, both));
            }
        }
        None
    }
}
