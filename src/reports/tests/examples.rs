//! One thing at a time: what each command does and why it is refused.

use super::{COMMUNE, OFFICE, actor, aggregator, at, cell, cells, facts, head, key, officer};
use crate::eval::figures::Entry;
use crate::reports::command::{Command, DraftChange, ExplanationChange, Facts, ReturnReason};
use crate::reports::event::{Event, EventKind, EventProblem};
use crate::reports::key::{CellKey, ExplanationKey, RowKey};
use crate::reports::permission::{Actor, Role};
use crate::reports::refusal::{MOST_CHARACTERS, Refusal};
use crate::reports::report::{Report, Status};
use crate::reports::step::step;

fn done(
    report: &mut Report,
    command: Command,
    facts: &Facts,
    day: i8,
    actor: &Actor,
) -> Vec<Event> {
    let events = step(report, &command, facts, at(day), actor)
        .unwrap_or_else(|refusal| panic!("{}", refusal.wording().vi));
    for event in &events {
        report.apply(event);
    }
    events
}

fn refused(report: &Report, command: Command, facts: &Facts, actor: &Actor) -> Refusal {
    step(report, &command, facts, at(15), actor).expect_err("the command is refused")
}

fn save(base: u64, change: DraftChange) -> Command {
    Command::Save { base, change }
}

fn reason(text: &str) -> Vec<ReturnReason> {
    vec![ReturnReason {
        cell: Some(CellKey::new("TTHC06A", "dat_dai", "4")),
        text: text.to_string(),
    }]
}

/// Saved, proposed, approved and sent on the given day of June; due on the 16th.
fn sent(day: i8) -> Report {
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "120")])),
        &facts(0),
        day,
        &officer(),
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        day,
        &officer(),
    );
    done(
        &mut report,
        Command::Approve { revision: 1 },
        &facts(1),
        day,
        &head(),
    );
    done(
        &mut report,
        Command::Send { revision: 1 },
        &facts(1),
        day,
        &head(),
    );
    report
}

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
        refused(&report, Command::Send { revision: 2 }, &blocked, &head()),
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
fn work_on_different_cells_merges_and_work_on_the_same_cell_does_not() {
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "1"), ("dat_dai", "5", "2")])),
        &facts(0),
        15,
        &officer(),
    );
    let other = actor("thuky", Role::Officer, COMMUNE);
    done(
        &mut report,
        save(1, cells(&[("dat_dai", "4", "10")])),
        &facts(0),
        15,
        &other,
    );
    done(
        &mut report,
        save(1, cells(&[("dat_dai", "5", "20")])),
        &facts(0),
        15,
        &officer(),
    );
    assert_eq!(report.draft, 3);
    let Refusal::Conflict {
        draft,
        cells: conflicts,
        saved,
        ..
    } = refused(
        &report,
        save(1, cells(&[("dat_dai", "4", "11"), ("ho_tich", "4", "5")])),
        &facts(0),
        &officer(),
    )
    else {
        panic!("a conflict");
    };
    assert_eq!(draft, 3);
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].cell.to_string(), "TTHC06A[dat_dai, 4]");
    assert_eq!(conflicts[0].stored, Some(Entry::Value("10".to_string())));
    assert_eq!(saved.map(|stamp| stamp.user), Some("canbo".to_string()));
    let same = save(1, cells(&[("dat_dai", "4", "10")]));
    assert!(
        done(&mut report, same, &facts(0), 15, &officer()).is_empty(),
        "both made it the same"
    );
}

#[test]
fn a_row_that_someone_filled_meanwhile_is_not_taken_out() {
    let mut report = Report::new(key());
    let row = RowKey {
        form: "TTHC06A".to_string(),
        row: "dat_dai".to_string(),
    };
    let add = DraftChange {
        rows_added: vec![row.clone()],
        ..DraftChange::default()
    };
    let remove = DraftChange {
        rows_removed: vec![row.clone()],
        ..DraftChange::default()
    };
    done(&mut report, save(0, add), &facts(0), 15, &officer());
    done(
        &mut report,
        save(1, cells(&[("dat_dai", "4", "1")])),
        &facts(0),
        15,
        &officer(),
    );
    assert!(matches!(
        refused(&report, save(1, remove.clone()), &facts(0), &officer()),
        Refusal::Conflict { .. }
    ));
    done(&mut report, save(2, remove), &facts(0), 15, &officer());
    assert!(!report.has_row(&row));
    let into_removed = save(2, cells(&[("dat_dai", "5", "7")]));
    assert!(matches!(
        refused(&report, into_removed, &facts(0), &officer()),
        Refusal::Conflict { .. }
    ));
}

#[test]
fn taking_out_a_row_takes_its_explanations_along() {
    let mut report = Report::new(key());
    let explanation = |finding: &str, text: &str| ExplanationChange {
        explanation: ExplanationKey {
            form: "TTHC06A".to_string(),
            finding: finding.to_string(),
        },
        text: Some(text.to_string()),
    };
    let mut change = cells(&[("dat_dai", "4", "1")]);
    change.explanations = vec![
        explanation("W1[dat_dai]", " thiếu người "),
        explanation("W1", "chung"),
    ];
    done(&mut report, save(0, change), &facts(0), 15, &officer());
    let row = RowKey {
        form: "TTHC06A".to_string(),
        row: "dat_dai".to_string(),
    };
    let remove = DraftChange {
        rows_removed: vec![row],
        ..DraftChange::default()
    };
    done(&mut report, save(1, remove), &facts(0), 15, &officer());
    let left: Vec<&String> = report.figures.forms["TTHC06A"]
        .explanations
        .keys()
        .collect();
    assert_eq!(left, ["W1"]);
}

#[test]
fn a_save_that_changes_nothing_makes_no_event() {
    let mut report = Report::new(key());
    let change = cells(&[("dat_dai", "4", "1"), ("dat_dai", "5", "")]);
    assert_eq!(
        done(
            &mut report,
            save(0, change.clone()),
            &facts(0),
            15,
            &officer()
        )
        .len(),
        1
    );
    assert!(done(&mut report, save(1, change), &facts(1), 15, &officer()).is_empty());
    assert_eq!((report.draft, report.events), (1, 1));
}

#[test]
fn a_draft_number_from_the_future_is_refused() {
    let refusal = refused(
        &Report::new(key()),
        save(5, cells(&[("dat_dai", "4", "1")])),
        &facts(0),
        &officer(),
    );
    assert_eq!(refusal, Refusal::OtherDraft { seen: 5, draft: 0 });
}

#[test]
fn openings_are_declared_with_a_reason_and_only_where_nothing_is_carried() {
    let mut report = Report::new(key());
    let declare = |text: &str| Command::DeclareOpening {
        form: "TTHC06A".to_string(),
        cells: vec![cell("dat_dai", "6", "12")],
        reason: text.to_string(),
    };
    assert_eq!(
        refused(&report, declare("  "), &facts(0), &officer()),
        Refusal::NoReason
    );
    let carried = Facts {
        may_declare_opening: false,
        ..facts(0)
    };
    assert_eq!(
        refused(&report, declare("Sổ theo dõi"), &carried, &officer()),
        Refusal::EarlierReportExists
    );
    done(
        &mut report,
        declare("Sổ theo dõi"),
        &facts(0),
        15,
        &officer(),
    );
    let form = &report.figures.forms["TTHC06A"];
    assert_eq!(
        form.declared_openings["dat_dai"]["6"],
        Entry::Value("12".to_string())
    );
    assert_eq!(form.opening_reason.as_deref(), Some("Sổ theo dõi"));
    let take_back = Command::DeclareOpening {
        form: "TTHC06A".to_string(),
        cells: vec![cell("dat_dai", "6", "")],
        reason: "Nhập nhầm".to_string(),
    };
    done(&mut report, take_back, &facts(1), 15, &officer());
    assert_eq!(report.figures.forms["TTHC06A"].opening_reason, None);
    let elsewhere = Command::DeclareOpening {
        form: "XLD01".to_string(),
        cells: vec![cell("", "2", "1")],
        reason: "x".to_string(),
    };
    assert!(matches!(
        refused(&report, elsewhere, &facts(2), &officer()),
        Refusal::OpeningOfOtherForm { .. }
    ));
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
fn a_text_without_end_is_refused_with_its_cell() {
    let endless = "x".repeat(MOST_CHARACTERS + 1);
    let refusal = refused(
        &Report::new(key()),
        save(0, cells(&[("dat_dai", "4", &endless)])),
        &facts(0),
        &officer(),
    );
    assert_eq!(
        refusal,
        Refusal::TooLong {
            cell: Some(CellKey::new("TTHC06A", "dat_dai", "4"))
        }
    );
    let accents = "ề".repeat(MOST_CHARACTERS);
    assert!(
        step(
            &Report::new(key()),
            &save(0, cells(&[("dat_dai", "4", &accents)])),
            &facts(0),
            at(15),
            &officer()
        )
        .is_ok()
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
    note(done(
        &mut report,
        Command::Send { revision: 2 },
        &facts(1),
        15,
        &officer(),
    ));
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
fn a_stored_event_of_another_format_is_refused_and_never_skipped() {
    let event = |v: u32| format!("{{\"v\":{v},\"stamp\":{{}},\"kind\":{{}}}}");
    assert_eq!(
        Event::from_text(&event(2)),
        Err(EventProblem::Format { found: 2 })
    );
    assert!(matches!(
        Event::from_text(&event(1)),
        Err(EventProblem::Unreadable { .. })
    ));
    assert!(matches!(
        Event::from_text("nothing"),
        Err(EventProblem::Unreadable { .. })
    ));
}

#[test]
fn the_stored_form_of_events_is_pinned() {
    let mut report = Report::new(key());
    let mut change = cells(&[("dat_dai", "4", "120"), ("dat_dai", "5", "nil")]);
    change.rows_added = vec![RowKey {
        form: "TTHC06A".to_string(),
        row: "ho_tich".to_string(),
    }];
    let mut events = done(&mut report, save(0, change), &facts(0), 15, &officer());
    events.extend(done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer(),
    ));
    events.extend(done(
        &mut report,
        Command::Approve { revision: 1 },
        &facts(1),
        15,
        &head(),
    ));
    events.extend(done(
        &mut report,
        Command::Send { revision: 1 },
        &facts(1),
        19,
        &head(),
    ));
    events.extend(done(
        &mut report,
        Command::Return {
            revision: 1,
            reasons: reason("sửa"),
        },
        &facts(1),
        20,
        &aggregator(),
    ));
    let texts: Vec<String> = events
        .iter()
        .map(|event| event.to_text().expect("a text"))
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn every_refusal_has_its_words_in_both_languages() {
    let report = sent(15);
    let stamp = report.last_saved.clone().map(Box::new);
    let cell = CellKey::new("TTHC06A", "dat_dai", "4");
    let action = crate::reports::permission::Action::Save;
    let refusals = [
        Refusal::NotPermitted { action },
        Refusal::WrongStatus {
            action,
            status: Status::Sent,
        },
        Refusal::OwnProposal,
        Refusal::Blocked { findings: 2 },
        Refusal::Conflict {
            draft: 3,
            cells: vec![crate::reports::refusal::ConflictingCell {
                cell: cell.clone(),
                stored: None,
            }],
            explanations: Vec::new(),
            saved: stamp,
        },
        Refusal::OtherDraft { seen: 1, draft: 2 },
        Refusal::OtherRevision {
            seen: 1,
            revision: 2,
        },
        Refusal::NoReason,
        Refusal::TooLong {
            cell: Some(cell.clone()),
        },
        Refusal::TooLong { cell: None },
        Refusal::NothingDeclared,
        Refusal::EarlierReportExists,
        Refusal::OpeningOfOtherForm { cell },
    ];
    let words: Vec<String> = refusals
        .iter()
        .map(|refusal| format!("{}\n    {}", refusal.wording().vi, refusal.wording().en))
        .collect();
    insta::assert_snapshot!(words.join("\n"));
}

#[test]
fn an_event_that_names_no_revision_changes_none() {
    let mut report = sent(15);
    let before = report.revisions.clone();
    let mut events = done(
        &mut report,
        Command::Accept { revision: 1 },
        &facts(1),
        17,
        &aggregator(),
    );
    let mut report = sent(15);
    events[0].kind = EventKind::Accepted { revision: 9 };
    report.apply(&events[0]);
    assert_eq!(report.revisions, before);
}
