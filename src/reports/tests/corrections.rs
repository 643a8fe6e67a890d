//! What happens after sending: receiving, correcting what was accepted, being late with a reason, having gone another way.

use super::{
    aggregator, at, cells, date, done, facts, head, officer, reason, refused, save, sending, sent,
};
use crate::calendar::{Clock, Moment};
use crate::eval::figures::Entry;
use crate::plan::header::Channel;
use crate::reports::command::Command;
use crate::reports::dispatch::{Dispatch, SendingNote};
use crate::reports::event::EventKind;
use crate::reports::refusal::Refusal;
use crate::reports::report::{Report, Status};
use crate::reports::standing::{Lateness, Progress};

/// Accepted on the 17th.
fn accepted() -> Report {
    let mut report = sent(15);
    let accept = Command::Accept { revision: 1 };
    done(&mut report, accept, &facts(1), 17, &aggregator());
    report
}

fn reopen(report: &mut Report) {
    let reopen = Command::Reopen {
        revision: 1,
        reason: "đơn vị báo nhầm số".to_string(),
    };
    done(report, reopen, &facts(1), 18, &aggregator());
}

/// The figure of one cell in the revision that counts.
fn counts(report: &Report) -> Option<Entry> {
    let figures = &report.received_revision()?.figures;
    let row = figures.forms.get("TTHC06A")?.rows.get("dat_dai")?;
    row.get("4").cloned()
}

/// Approved and not yet sent; due on the 16th.
fn approved() -> Report {
    let mut report = sent(15);
    let back = Command::Return {
        revision: 1,
        reasons: reason("sửa"),
    };
    done(&mut report, back, &facts(1), 15, &aggregator());
    let propose = Command::Propose { draft: 1 };
    done(&mut report, propose, &facts(1), 15, &officer());
    let approve = Command::Approve { revision: 2 };
    done(&mut report, approve, &facts(1), 15, &head());
    report
}

#[test]
fn a_report_that_was_received_is_returned_and_no_longer_withdrawn() {
    let mut report = sent(15);
    let receive = Command::Receive { revision: 1 };
    done(&mut report, receive.clone(), &facts(1), 16, &aggregator());
    assert_eq!(report.status, Status::Received);
    let withdraw = Command::Withdraw {
        reason: "nhầm".to_string(),
    };
    assert!(matches!(
        refused(&report, withdraw, &facts(1), &head()),
        Refusal::WrongStatus { .. }
    ));
    assert!(matches!(
        refused(&report, receive, &facts(1), &aggregator()),
        Refusal::WrongStatus { .. }
    ));
    let back = Command::Return {
        revision: 1,
        reasons: reason("sửa"),
    };
    done(&mut report, back, &facts(1), 16, &aggregator());
    assert_eq!(report.status, Status::Returned);
    assert_eq!(report.received_revision(), None);
}

#[test]
fn who_accepts_at_once_has_received_too() {
    let mut report = sent(15);
    let accept = Command::Accept { revision: 1 };
    let events = done(&mut report, accept, &facts(1), 17, &aggregator());
    let kinds: Vec<&EventKind> = events.iter().map(|event| &event.kind).collect();
    assert_eq!(
        kinds,
        [
            &EventKind::Received { revision: 1 },
            &EventKind::Accepted { revision: 1 }
        ]
    );
}

#[test]
fn what_was_accepted_counts_until_its_correction_is_sent() {
    let mut report = accepted();
    reopen(&mut report);
    assert_eq!(report.status, Status::Correcting);
    let first = Some(Entry::from_text("120"));
    let change = save(1, cells(&[("dat_dai", "4", "125")]));
    done(&mut report, change, &facts(1), 19, &officer());
    let propose = Command::Propose { draft: 2 };
    done(&mut report, propose, &facts(2), 19, &officer());
    let approve = Command::Approve { revision: 2 };
    done(&mut report, approve, &facts(2), 19, &head());
    assert_eq!(counts(&report), first);
    assert_eq!(
        Progress::of(&report).seen_from_outside(),
        Status::Correcting
    );
    done(&mut report, sending(2), &facts(2), 19, &head());
    assert_eq!(counts(&report), Some(Entry::from_text("125")));
    assert_eq!(
        report.accepted_revision().map(|revision| revision.number),
        Some(1)
    );
    // The first sending was in time, and a correction makes nobody late.
    let on_time = Lateness {
        late: false,
        days: 0,
    };
    assert_eq!(Progress::of(&report).sent, Some(on_time));
    let back = Command::Return {
        revision: 2,
        reasons: reason("chưa khớp"),
    };
    done(&mut report, back, &facts(2), 20, &aggregator());
    assert_eq!(counts(&report), first);
}

#[test]
fn a_correction_that_is_taken_back_is_still_a_correction() {
    let mut report = accepted();
    reopen(&mut report);
    let propose = Command::Propose { draft: 1 };
    done(&mut report, propose, &facts(1), 19, &officer());
    let withdraw = Command::Withdraw {
        reason: "nhầm".to_string(),
    };
    done(&mut report, withdraw, &facts(1), 19, &officer());
    assert_eq!(report.status, Status::Correcting);
}

#[test]
fn a_report_is_opened_again_by_its_recipient_only_and_with_a_reason() {
    let report = accepted();
    let reopen = |reason: &str| Command::Reopen {
        revision: 1,
        reason: reason.to_string(),
    };
    assert!(matches!(
        refused(&report, reopen("nhầm"), &facts(1), &head()),
        Refusal::NotPermitted { .. }
    ));
    assert_eq!(
        refused(&report, reopen(" "), &facts(1), &aggregator()),
        Refusal::NoReason
    );
}

#[test]
fn a_late_report_is_sent_with_a_reason_and_one_in_time_needs_none() {
    let silent = || Command::Send {
        revision: 2,
        note: SendingNote::default(),
    };
    let mut report = approved();
    let late = super::step(&report, &silent(), &facts(1), at(19), &head());
    assert_eq!(late, Err(Refusal::LateReasonNeeded));
    let mut in_time = report.clone();
    done(&mut in_time, sending(2), &facts(1), 16, &head());
    let kept = |report: &Report| report.newest_sending().expect("sent").late_reason.clone();
    assert_eq!(
        kept(&in_time),
        None,
        "a reason that nobody needs is not kept"
    );
    done(&mut report, sending(2), &facts(1), 19, &head());
    assert_eq!(kept(&report).as_deref(), Some("mất điện hai ngày"));
}

#[test]
fn an_official_sending_on_paper_counts_by_its_own_time_and_both_times_stay() {
    let mut report = approved();
    let on = |day: i8| Moment::new(date(2026, 6, day), Clock::new(8, 0).expect("a time"));
    let command = |channel, day| Command::Send {
        revision: 2,
        note: SendingNote {
            late_reason: None,
            dispatch: Some(Dispatch {
                channel,
                at: on(day),
                document: Some(" 12/BC-UBND ".to_string()),
            }),
        },
    };
    let asked = |command| super::step(&report, &command, &facts(1), at(19), &head());
    assert_eq!(
        asked(command(Channel::Post, 20)),
        Err(Refusal::DispatchAhead { at: on(20) })
    );
    assert_eq!(
        asked(command(Channel::System, 16)),
        Err(Refusal::DispatchedHere)
    );
    assert_eq!(
        asked(command(Channel::Post, 18)),
        Err(Refusal::LateReasonNeeded)
    );
    done(
        &mut report,
        command(Channel::Post, 16),
        &facts(1),
        19,
        &head(),
    );
    let sending = report.newest_sending().expect("sent");
    assert_eq!((sending.late, sending.stamp.at), (false, at(19)));
    let dispatch = sending.dispatch.as_ref().expect("declared");
    assert_eq!(dispatch.at, on(16));
    assert_eq!(dispatch.document.as_deref(), Some("12/BC-UBND"));
}
