//! One thing at a time: what each command does and why it is refused.

use super::{
    OFFICE, actor, aggregator, cells, done, facts, head, key, officer, reason, refused, save,
    sending, sent,
};
use crate::eval::figures::Entry;
use crate::reports::command::{Command, Facts};
use crate::reports::event::Event;
use crate::reports::permission::Role;
use crate::reports::refusal::Refusal;
use crate::reports::report::{Report, Status};

#[test]
fn a_report_goes_from_draft_to_acceptance_and_its_figures_stay_frozen() {
    let mut report = sent(15);
    done(
        &mut report,
        Command::Accept { revision: 1 },
        &facts(1),
        17,
        &aggregator(),
    );
    assert_eq!(report.status, Status::Accepted);
    let revision = report.received_revision().expect("a revision");
    assert_eq!(revision.figures, report.figures);
    assert_eq!(
        revision.accepted.as_ref().map(|stamp| stamp.unit.as_str()),
        Some(OFFICE)
    );
    let sending = revision.sent.as_ref().expect("sent");
    assert_eq!((sending.late, sending.days_late), (false, 0));
    assert_eq!(sending.recipients, facts(1).recipients);
}

#[test]
fn lateness_is_counted_from_the_deadline_as_it_stood_at_sending() {
    let report = sent(19);
    let sending = report
        .newest_revision()
        .and_then(|revision| revision.sent.clone())
        .expect("sent");
    assert_eq!((sending.late, sending.days_late), (true, 3));
}

#[test]
fn a_returned_report_keeps_its_reasons_and_the_returned_revision() {
    let mut report = sent(15);
    let command = Command::Return {
        revision: 1,
        reasons: reason("  Cột 4 chưa khớp hệ thống một cửa "),
    };
    done(&mut report, command, &facts(1), 16, &aggregator());
    assert_eq!(report.status, Status::Returned);
    assert_eq!(
        report.open_reasons(),
        reason("Cột 4 chưa khớp hệ thống một cửa")
    );
    done(
        &mut report,
        save(1, cells(&[("dat_dai", "4", "121")])),
        &facts(1),
        16,
        &officer(),
    );
    done(
        &mut report,
        Command::Propose { draft: 2 },
        &facts(2),
        16,
        &officer(),
    );
    assert!(
        report.open_reasons().is_empty(),
        "nothing is open any more once it is proposed again"
    );
    assert!(
        report.last_return.is_some(),
        "the reviewer still sees what was asked for"
    );
    let first = report.revision(1).expect("the first revision");
    assert_eq!(
        first.figures.forms["TTHC06A"].rows["dat_dai"]["4"],
        Entry::Value("120".to_string())
    );
    assert_eq!(
        report.newest_revision().map(|revision| revision.number),
        Some(2)
    );
}

#[test]
fn the_person_who_proposed_may_not_approve() {
    let mut both = officer();
    both.grants.extend(head().grants);
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "1")])),
        &facts(0),
        15,
        &both,
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &both,
    );
    assert_eq!(
        refused(&report, Command::Approve { revision: 1 }, &facts(1), &both),
        Refusal::OwnProposal
    );
}

#[test]
fn blocking_findings_forbid_proposing_and_sending() {
    let blocked = Facts {
        blocking: 2,
        ..facts(0)
    };
    let report = Report::new(key());
    assert_eq!(
        refused(&report, Command::Propose { draft: 0 }, &blocked, &officer()),
        Refusal::Blocked { findings: 2 }
    );
    let mut report = sent(15);
    done(
        &mut report,
        Command::Withdraw {
            reason: "Nhầm kỳ".to_string(),
        },
        &facts(1),
        15,
        &head(),
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer(),
    );
    done(
        &mut report,
        Command::Approve { revision: 2 },
        &facts(1),
        15,
        &head(),
    );
    let blocked = Facts {
        blocking: 1,
        ..facts(1)
    };
    assert_eq!(
        refused(&report, sending(2), &blocked, &head()),
        Refusal::Blocked { findings: 1 }
    );
}

#[test]
fn figures_that_were_not_on_the_screen_are_not_proposed_approved_or_accepted() {
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "1")])),
        &facts(0),
        15,
        &officer(),
    );
    let unseen = Refusal::OtherDraft { seen: 0, draft: 1 };
    assert_eq!(
        refused(
            &report,
            Command::Propose { draft: 0 },
            &facts(1),
            &officer()
        ),
        unseen
    );
    assert_eq!(
        refused(
            &report,
            Command::Propose { draft: 1 },
            &facts(0),
            &officer()
        ),
        unseen
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer(),
    );
    let unseen = Refusal::OtherRevision {
        seen: 2,
        revision: 1,
    };
    assert_eq!(
        refused(
            &report,
            Command::Approve { revision: 2 },
            &facts(1),
            &head()
        ),
        unseen
    );
    let unseen = Refusal::OtherRevision {
        seen: 0,
        revision: 1,
    };
    assert_eq!(
        refused(
            &sent(15),
            Command::Accept { revision: 0 },
            &facts(1),
            &aggregator()
        ),
        unseen
    );
}

#[test]
fn returning_and_withdrawing_need_a_reason() {
    let report = sent(15);
    let nothing = Command::Return {
        revision: 1,
        reasons: Vec::new(),
    };
    assert_eq!(
        refused(&report, nothing, &facts(1), &aggregator()),
        Refusal::NoReason
    );
    let empty = Command::Return {
        revision: 1,
        reasons: reason(" "),
    };
    assert_eq!(
        refused(&report, empty, &facts(1), &aggregator()),
        Refusal::NoReason
    );
    assert_eq!(
        refused(
            &report,
            Command::Withdraw {
                reason: String::new()
            },
            &facts(1),
            &head()
        ),
        Refusal::NoReason
    );
}

#[test]
fn not_ones_own_to_do_and_not_now_are_told_apart() {
    let report = sent(15);
    let change = || save(1, cells(&[("dat_dai", "4", "9")]));
    assert!(matches!(
        refused(&report, change(), &facts(1), &officer()),
        Refusal::WrongStatus { .. }
    ));
    assert!(matches!(
        refused(&report, change(), &facts(1), &aggregator()),
        Refusal::NotPermitted { .. }
    ));
    let neighbour = actor("hangxom", Role::Officer, "C17330.2025");
    assert!(matches!(
        refused(&report, change(), &facts(1), &neighbour),
        Refusal::NotPermitted { .. }
    ));
}

#[test]
fn a_recipient_learns_only_what_happened_from_sending_on() {
    let mut report = Report::new(key());
    let mut kinds = Vec::new();
    let mut note = |events: Vec<Event>| {
        kinds.extend(
            events
                .into_iter()
                .map(|event| event.kind.concerns_recipient()),
        );
    };
    note(done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "120")])),
        &facts(0),
        15,
        &officer(),
    ));
    note(done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer(),
    ));
    note(done(
        &mut report,
        Command::Return {
            revision: 1,
            reasons: reason("sửa"),
        },
        &facts(1),
        15,
        &head(),
    ));
    note(done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer(),
    ));
    note(done(
        &mut report,
        Command::Approve { revision: 2 },
        &facts(1),
        15,
        &head(),
    ));
    note(done(&mut report, sending(2), &facts(1), 15, &officer()));
    note(done(
        &mut report,
        Command::Return {
            revision: 2,
            reasons: reason("sửa"),
        },
        &facts(1),
        15,
        &aggregator(),
    ));
    assert_eq!(kinds, [false, false, false, false, false, true, true]);
}

#[test]
fn a_report_that_nobody_would_receive_is_not_sent() {
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "1")])),
        &facts(0),
        15,
        &officer(),
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer(),
    );
    done(
        &mut report,
        Command::Approve { revision: 1 },
        &facts(1),
        15,
        &head(),
    );
    let nowhere = Facts {
        recipients: Vec::new(),
        ..facts(1)
    };
    assert_eq!(
        refused(&report, sending(1), &nowhere, &head()),
        Refusal::NoRecipient
    );
}
