//! The stored form of events, and the words of refusals.

use super::{aggregator, at, cells, done, facts, head, key, officer, reason, save, sending, sent};
use crate::reports::command::Command;
use crate::reports::event::{Event, EventKind, EventProblem};
use crate::reports::key::{CellKey, RowKey};
use crate::reports::permission::Action;
use crate::reports::refusal::{ConflictingCell, MOST_CHARACTERS, MOST_SHOWN, Refusal};
use crate::reports::report::{Report, Status};

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
    events.extend(done(&mut report, sending(1), &facts(1), 19, &head()));
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
    let stamp = sent(15).last_saved.map(Box::new);
    let cell = CellKey::new("TTHC06A", "dat_dai", "4");
    let action = Action::Save;
    let refusals = [
        Refusal::NotPermitted { action },
        Refusal::WrongStatus {
            action,
            status: Status::Sent,
        },
        Refusal::OwnProposal,
        Refusal::Blocked { findings: 2 },
        Refusal::NoRecipient,
        Refusal::LateReasonNeeded,
        Refusal::DispatchAhead { at: at(20) },
        Refusal::DispatchedHere,
        Refusal::Conflict {
            draft: 3,
            cells: vec![ConflictingCell {
                cell: cell.clone(),
                stored: None,
            }],
            explanations: Vec::new(),
            narratives: vec!["tinh_hinh".to_string()],
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
        Refusal::NarrativeTooLong,
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

#[test]
fn the_limit_of_a_text_is_shown_as_it_is() {
    let shown: String = MOST_SHOWN.split('.').collect();
    assert_eq!(shown.parse(), Ok(MOST_CHARACTERS));
}
