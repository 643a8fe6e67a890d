//! Every way a report can go between three people, to a bound: an officer, a head who is another person, and an aggregator, who may ask for anything at any time.
//!
//! Random sequences ([`super::random`]) go far and by chance; this walk goes near and misses nothing. What must always hold is checked on every step and every state.

use super::{aggregator, at, cells, facts, head, key, officer, reason, save};
use crate::reports::command::Command;
use crate::reports::dispatch::SendingNote;
use crate::reports::report::{Report, Revision, Status};
use crate::reports::step::step;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Beyond so many revisions nothing is proposed any more: a return and a correction, one after another.
const MOST_REVISIONS: usize = 3;

/// Beyond so many drafts nothing is saved any more.
const MOST_DRAFTS: u64 = 2;

fn commands(report: &Report) -> Vec<Command> {
    let revision = report.newest_revision().map_or(0, |one| one.number);
    let text = || "vì số liệu đổi".to_string();
    let mut all = vec![
        Command::Approve { revision },
        Command::Send {
            revision,
            note: SendingNote::default(),
        },
        Command::Receive { revision },
        Command::Accept { revision },
        Command::Return {
            revision,
            reasons: reason("sửa"),
        },
        Command::Withdraw { reason: text() },
        Command::Reopen {
            revision,
            reason: text(),
        },
    ];
    if report.draft < MOST_DRAFTS {
        let value = ["1", "2", "3"][report.draft as usize];
        all.push(save(report.draft, cells(&[("dat_dai", "4", value)])));
    }
    if report.revisions.len() < MOST_REVISIONS {
        all.push(Command::Propose {
            draft: report.draft,
        });
    }
    all
}

/// All of a state on which a later step depends, and the fate of each revision.
fn named(report: &Report) -> String {
    let fate = |one: &Revision| {
        let marks = [
            one.approved.is_some(),
            one.sent.is_some(),
            one.received.is_some(),
            one.accepted.is_some(),
            one.ended.is_some(),
        ];
        let marks: String = marks
            .iter()
            .map(|mark| if *mark { '+' } else { '-' })
            .collect();
        format!("{}{marks}", one.draft)
    };
    let fates: Vec<String> = report.revisions.iter().map(fate).collect();
    format!("{:?} {} {}", report.status, report.draft, fates.join(" "))
}

fn frozen(revision: &Revision) -> String {
    serde_json::to_string(&revision.figures).expect("a text")
}

/// What holds in every state.
fn is_sound(report: &Report) {
    let held = report.received_revision().map(|one| one.number);
    let accepted = report.accepted_revision().map(|one| one.number);
    let newest = report.newest_revision().map(|one| one.number);
    assert!(
        accepted <= held,
        "what was accepted stays in its recipient's hands"
    );
    match report.status {
        Status::Sent | Status::Received => assert_eq!(held, newest),
        Status::Accepted => assert_eq!((held, accepted), (newest, newest)),
        Status::Correcting => assert!(held.is_some() && held == accepted),
        Status::Draft => assert_eq!((held, accepted), (None, None)),
        Status::Returned | Status::Proposed | Status::Approved => assert_eq!(held, accepted),
    }
    for revision in &report.revisions {
        let proposer = &revision.proposed.user;
        let approver = revision.approved.as_ref().map(|stamp| &stamp.user);
        assert_ne!(
            approver,
            Some(proposer),
            "nobody approves what they proposed"
        );
        let sent = revision.sent.is_some();
        assert!(
            !sent || approver.is_some(),
            "nothing is sent that nobody approved"
        );
        assert!(sent || revision.received.is_none() && revision.accepted.is_none());
        assert!(revision.accepted.is_none() || revision.ended.is_none());
    }
}

/// What holds of every step from a state to the next.
fn changes_nothing_sent(before: &Report, after: &Report) {
    for (one, other) in before.revisions.iter().zip(&after.revisions) {
        assert_eq!(frozen(one), frozen(other), "a frozen revision changed");
        assert!(
            one.accepted.is_none() || one == other,
            "an accepted revision changed"
        );
    }
    assert!(before.revisions.len() <= after.revisions.len());
    if before.draft != after.draft {
        assert!(before.status.is_editable(), "figures changed on their way");
    }
}

#[test]
fn every_way_of_a_report_between_three_people_keeps_what_was_promised() {
    let people = [officer(), head(), aggregator()];
    let start = Report::new(key());
    let mut seen = BTreeMap::from([(named(&start), 0_usize)]);
    let mut ways: Vec<(usize, usize)> = Vec::new();
    let mut statuses = vec![start.status];
    let mut waiting = VecDeque::from([(0, start)]);
    let mut steps = 0_usize;
    while let Some((from, report)) = waiting.pop_front() {
        for command in commands(&report) {
            for person in &people {
                let facts = facts(report.draft);
                let Ok(events) = step(&report, &command, &facts, at(15), person) else {
                    continue;
                };
                let mut after = report.clone();
                for event in &events {
                    after.apply(event);
                }
                steps += 1;
                is_sound(&after);
                changes_nothing_sent(&report, &after);
                let next = seen.len();
                let to = *seen.entry(named(&after)).or_insert(next);
                ways.push((from, to));
                if to == next {
                    statuses.push(after.status);
                    waiting.push_back((to, after));
                }
            }
        }
    }
    println!("{} states, {steps} steps", seen.len());
    assert_eq!(
        statuses.iter().collect::<BTreeSet<_>>().len(),
        Status::ALL.len(),
        "a status that nothing leads to"
    );
    // No state is a dead end: acceptance, or the bound, can be reached from each.
    let mut backwards: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in &ways {
        backwards.entry(*to).or_default().push(*from);
    }
    let ends = statuses.iter().enumerate();
    let mut reached: BTreeSet<usize> = ends
        .filter(|(_, status)| **status == Status::Accepted)
        .map(|(state, _)| state)
        .collect();
    let mut from: Vec<usize> = reached.iter().copied().collect();
    while let Some(state) = from.pop() {
        for earlier in backwards.get(&state).into_iter().flatten() {
            if reached.insert(*earlier) {
                from.push(*earlier);
            }
        }
    }
    let stuck: Vec<Status> = (0..seen.len())
        .filter(|state| !reached.contains(state))
        .map(|state| statuses[state])
        .collect();
    // At the bound of revisions a report can only be taken back or returned, and nothing be proposed again.
    let at_the_bound = [Status::Draft, Status::Returned, Status::Correcting];
    assert!(
        stuck.iter().all(|status| at_the_bound.contains(status)),
        "{stuck:?}"
    );
}
