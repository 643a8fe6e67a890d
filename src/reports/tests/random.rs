//! Random sequences of commands by random people, compared with the reference at every step.

use super::reference::{Answer, Asked, Model, Person, Sheet};
use super::{COMMUNE, OFFICE, actor, at, facts, key};
use crate::eval::figures::{Entry, Figures};
use crate::reports::command::{CellChange, Command, DraftChange, Facts, ReturnReason};
use crate::reports::dispatch::SendingNote;
use crate::reports::event::Event;
use crate::reports::key::{CellKey, RowKey};
use crate::reports::permission::{Actor, Role};
use crate::reports::refusal::Refusal;
use crate::reports::report::{Report, Revision, Status};
use crate::reports::step::step;
use proptest::prelude::*;
use std::collections::BTreeMap;

const ROWS: [&str; 2] = ["dat_dai", "ho_tich"];
const COLUMNS: [&str; 2] = ["4", "5"];
const FORM: &str = "TTHC06A";

fn who(person: Person) -> Actor {
    let user = person.user();
    match person {
        Person::OfficerA | Person::OfficerB => actor(user, Role::Officer, COMMUNE),
        Person::Head => actor(user, Role::HeadOfUnit, COMMUNE),
        Person::HeadWhoIsOfficerA => {
            let mut both = actor(user, Role::Officer, COMMUNE);
            both.grants
                .extend(actor(user, Role::HeadOfUnit, COMMUNE).grants);
            both
        }
        Person::Aggregator => actor(user, Role::Aggregator, OFFICE),
        Person::Stranger => actor(user, Role::Officer, "C17330.2025"),
        Person::Leader => actor(user, Role::Leader, "P40"),
        Person::Administrator => actor(user, Role::Administrator, "P40"),
    }
}

fn command(model: &Model, asked: &Asked) -> (Command, Facts) {
    let mut facts = facts(model.draft_number());
    let draft = |behind: &u64| model.draft_number().saturating_sub(*behind);
    // A number that is "behind" must differ from the present one even when there is nothing before it.
    let revision = |behind: &u32| {
        if *behind == 0 {
            model.revision_number()
        } else {
            model.revision_number() + behind
        }
    };
    let command = match asked {
        Asked::Save {
            behind,
            cells,
            remove_row,
        } => Command::Save {
            base: draft(behind),
            change: DraftChange {
                cells: cells
                    .iter()
                    .map(|(row, column, value)| CellChange {
                        cell: CellKey::new(FORM, ROWS[*row], COLUMNS[*column]),
                        entry: value.map(Entry::from_text),
                    })
                    .collect(),
                rows_removed: remove_row
                    .iter()
                    .map(|row| RowKey {
                        form: FORM.to_string(),
                        row: ROWS[*row].to_string(),
                    })
                    .collect(),
                ..DraftChange::default()
            },
        },
        Asked::Propose { behind, blocking } => {
            facts.blocking = *blocking;
            let seen = if *behind == 0 {
                model.draft_number()
            } else {
                model.draft_number() + behind
            };
            Command::Propose { draft: seen }
        }
        Asked::Approve { behind } => Command::Approve {
            revision: revision(behind),
        },
        Asked::Send { behind, blocking } => {
            facts.blocking = *blocking;
            Command::Send {
                revision: revision(behind),
                note: SendingNote::default(),
            }
        }
        Asked::Return { behind, reason } => Command::Return {
            revision: revision(behind),
            reasons: if *reason {
                vec![ReturnReason {
                    cell: None,
                    text: "sửa".to_string(),
                }]
            } else {
                Vec::new()
            },
        },
        Asked::Accept { behind } => Command::Accept {
            revision: revision(behind),
        },
        Asked::Receive { behind } => Command::Receive {
            revision: revision(behind),
        },
        Asked::Reopen { behind, reason } => Command::Reopen {
            revision: revision(behind),
            reason: if *reason {
                "đính chính".to_string()
            } else {
                String::new()
            },
        },
        Asked::Withdraw { reason } => Command::Withdraw {
            reason: if *reason {
                "nhầm".to_string()
            } else {
                " ".to_string()
            },
        },
    };
    (command, facts)
}

fn answer(result: &Result<Vec<Event>, Refusal>) -> Answer {
    match result {
        Ok(events) if events.is_empty() => Answer::Nothing,
        Ok(_) => Answer::Done,
        Err(Refusal::NotPermitted { .. }) => Answer::NotPermitted,
        Err(Refusal::WrongStatus { .. }) => Answer::WrongStatus,
        Err(Refusal::OwnProposal) => Answer::OwnProposal,
        Err(Refusal::Blocked { .. }) => Answer::Blocked,
        Err(Refusal::Conflict { .. }) => Answer::Conflict,
        Err(Refusal::OtherDraft { .. }) => Answer::OtherDraft,
        Err(Refusal::OtherRevision { .. }) => Answer::OtherRevision,
        Err(Refusal::NoReason) => Answer::NoReason,
        Err(other) => panic!("the reference never asks for what gives {other:?}"),
    }
}

fn sheet(figures: &Figures) -> BTreeMap<(String, String), String> {
    let rows = figures
        .forms
        .get(FORM)
        .map(|form| form.rows.clone())
        .unwrap_or_default();
    let cells = rows.into_iter().flat_map(|(row, columns)| {
        columns.into_iter().map(move |(column, entry)| {
            let text = match entry {
                Entry::Value(text) => text,
                Entry::Nil => "nil".to_string(),
                Entry::Closed => "closed".to_string(),
            };
            ((row.clone(), column), text)
        })
    });
    cells.collect()
}

fn expected(sheet: &Sheet) -> BTreeMap<(String, String), String> {
    let named = |((row, column), value): (&(usize, usize), &&str)| {
        (
            (ROWS[*row].to_string(), COLUMNS[*column].to_string()),
            (*value).to_string(),
        )
    };
    sheet.iter().map(named).collect()
}

/// The only ways from one status to the next.
const WAYS: [(Status, Status); 19] = [
    (Status::Draft, Status::Proposed),
    (Status::Returned, Status::Proposed),
    (Status::Proposed, Status::Approved),
    (Status::Proposed, Status::Returned),
    (Status::Proposed, Status::Draft),
    (Status::Approved, Status::Sent),
    (Status::Approved, Status::Returned),
    (Status::Approved, Status::Draft),
    (Status::Sent, Status::Accepted),
    (Status::Sent, Status::Returned),
    (Status::Sent, Status::Draft),
    (Status::Sent, Status::Received),
    (Status::Received, Status::Accepted),
    (Status::Received, Status::Returned),
    (Status::Accepted, Status::Correcting),
    (Status::Correcting, Status::Proposed),
    (Status::Proposed, Status::Correcting),
    (Status::Approved, Status::Correcting),
    (Status::Sent, Status::Correcting),
];

fn asked() -> impl Strategy<Value = Asked> {
    let value = prop_oneof![
        Just(None),
        Just(Some("1")),
        Just(Some("2")),
        Just(Some("nil")),
        Just(Some("closed"))
    ];
    let cells = prop::collection::vec((0..2_usize, 0..2_usize, value), 0..3);
    let behind = || prop_oneof![4 => Just(0_u32), 1 => Just(1_u32)];
    let blocking = || prop_oneof![4 => Just(0_u32), 1 => Just(2_u32)];
    let rows = prop_oneof![4 => Just(None), 1 => (0..2_usize).prop_map(Some)];
    prop_oneof![
        5 => (0..3_u64, cells, rows).prop_map(|(behind, cells, remove_row)| Asked::Save { behind, cells, remove_row }),
        3 => (behind(), blocking()).prop_map(|(behind, blocking)| Asked::Propose { behind: u64::from(behind), blocking }),
        2 => behind().prop_map(|behind| Asked::Approve { behind }),
        2 => (behind(), blocking()).prop_map(|(behind, blocking)| Asked::Send { behind, blocking }),
        1 => (behind(), any::<bool>()).prop_map(|(behind, reason)| Asked::Return { behind, reason }),
        2 => behind().prop_map(|behind| Asked::Accept { behind }),
        1 => behind().prop_map(|behind| Asked::Receive { behind }),
        1 => (behind(), any::<bool>()).prop_map(|(behind, reason)| Asked::Reopen { behind, reason }),
        1 => any::<bool>().prop_map(|reason| Asked::Withdraw { reason }),
    ]
}

fn person() -> impl Strategy<Value = Person> {
    // Mostly people who have something to do with the report, so that it gets somewhere.
    prop_oneof![
        6 => Just(Person::OfficerA),
        3 => Just(Person::OfficerB),
        5 => Just(Person::Head),
        2 => Just(Person::HeadWhoIsOfficerA),
        3 => Just(Person::Aggregator),
        1 => prop::sample::select(Person::ALL.to_vec()),
    ]
}

fn frozen(revisions: &[Revision]) -> Vec<(u32, u64, Figures)> {
    revisions
        .iter()
        .map(|revision| (revision.number, revision.draft, revision.figures.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_state_machine_does_what_the_slow_reference_does(asked in prop::collection::vec((person(), asked()), 1..60)) {
        let mut model = Model::new();
        let mut report = Report::new(key());
        let mut log: Vec<Event> = Vec::new();
        for (person, asked) in &asked {
            let (command, facts) = command(&model, asked);
            let result = step(&report, &command, &facts, at(15), &who(*person));
            prop_assert_eq!(answer(&result), model.ask(*person, asked), "{:?} asks {:?}", person, asked);
            let before = (report.status, frozen(&report.revisions));
            for event in result.unwrap_or_default() {
                report.apply(&event);
                log.push(event);
            }
            let moved = before.0 != report.status;
            prop_assert!(!moved || WAYS.contains(&(before.0, report.status)), "{:?} to {:?}", before.0, report.status);
            prop_assert!(frozen(&report.revisions).starts_with(&before.1), "a frozen revision changed");
            prop_assert_eq!(report.status, model.status);
            prop_assert_eq!(report.draft, model.draft_number());
            prop_assert_eq!(sheet(&report.figures), expected(&model.draft().sheet));
            let frozen_sheets: Vec<_> = report.revisions.iter().map(|revision| sheet(&revision.figures)).collect();
            let expected_sheets: Vec<_> = model.revisions.iter().map(|(sheet, _)| expected(sheet)).collect();
            prop_assert_eq!(frozen_sheets, expected_sheets);
            prop_assert_eq!(report.received_revision().map(|one| one.number), model.held());
            prop_assert_eq!(report.accepted_revision().map(|one| one.number), model.accepted());
        }
        let texts: Vec<String> = log.iter().map(|event| event.to_text().expect("a text")).collect();
        let read: Vec<Event> = texts.iter().map(|text| Event::from_text(text).expect("an event")).collect();
        prop_assert_eq!(&Report::replay(key(), &read), &report, "replaying the stored events gives another state");
        let state = serde_json::to_string(&report).expect("a text");
        prop_assert_eq!(&serde_json::from_str::<Report>(&state).expect("a state"), &report);
    }
}
