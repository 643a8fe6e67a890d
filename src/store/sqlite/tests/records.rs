//! What is kept, what is found again, and what is never changed.

use super::{command, first_save, key, now, read, regime, save, saving, sent_twice, store, write};
use crate::calendar::Due;
use crate::organisation::UnitId;
use crate::reports::command::Command;
use crate::reports::permission::Role;
use crate::reports::report::{Report, Status};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::records::{
    Publication, PublishedRegime, ReportQuery, Session, SourceFile, StoredAnswer,
};

#[test]
fn a_published_version_stays_and_the_same_regime_again_is_no_change() {
    let (_directory, store) = store();
    write(&store, |transaction| {
        assert_eq!(
            transaction.publish_regime(&regime(1)),
            Ok(Publication::AlreadyPublished)
        );
        let by_newer_program = PublishedRegime {
            fingerprint: "newer".to_string(),
            plan: "{ }".to_string(),
            ..regime(1)
        };
        assert_eq!(
            transaction.publish_regime(&by_newer_program),
            Ok(Publication::AlreadyPublished)
        );
        let other_comment = vec![SourceFile {
            path: "tthc.regime".to_string(),
            text: "// ghi chú".to_string(),
        }];
        let with_comment = PublishedRegime {
            sources: other_comment.clone(),
            ..regime(1)
        };
        assert_eq!(
            transaction.publish_regime(&with_comment),
            Ok(Publication::AlreadyPublished)
        );
        let changed = PublishedRegime {
            sources: other_comment,
            fingerprint: "other".to_string(),
            ..regime(1)
        };
        let refused = Err(StoreError::RegimeChanged {
            name: "TTHC_06A".to_string(),
            version: 1,
        });
        assert_eq!(transaction.publish_regime(&changed), refused);
        assert_eq!(
            transaction.regime("TTHC_06A", 1),
            Ok(Some(regime(1))),
            "the stored one stays in force"
        );
        assert_eq!(transaction.publish_regime(&regime(2)), Ok(Publication::New));
    });
    let versions: Vec<u32> = read(&store, |reading| reading.regimes())
        .expect("regimes")
        .iter()
        .map(|summary| summary.version)
        .collect();
    assert_eq!(versions, [1, 2]);
}

#[test]
fn events_and_regimes_can_neither_be_changed_nor_deleted_nor_replaced() {
    let (_directory, store) = store();
    save(&store, &Report::new(key("C1")), "120");
    for forbidden in [
        "UPDATE events SET event = '{}'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT position, regime, version, period, unit, sequence, at, 'x', event FROM events",
        "UPDATE regimes SET plan = ''",
        "DELETE FROM regimes",
        "INSERT OR REPLACE INTO regimes SELECT name, version, '', plan, fingerprint, decision, published_at, 'x' FROM regimes",
    ] {
        let refused = store
            .writer()
            .execute(forbidden, [])
            .expect_err(forbidden)
            .to_string();
        assert!(refused.contains("is never"), "{forbidden}: {refused}");
    }
}

#[test]
fn events_of_a_regime_that_was_never_published_are_refused() {
    let (_directory, store) = store();
    let mut unpublished = key("C1");
    unpublished.version = 9;
    let report = Report::new(unpublished);
    let transaction = store.begin_write().expect("a transaction");
    let events = first_save(&report, "1");
    assert!(matches!(
        transaction.append_events(&report, &events),
        Err(StoreError::Database { .. })
    ));
}

#[test]
fn events_decided_on_an_old_state_are_refused() {
    let (_directory, store) = store();
    let empty = Report::new(key("C1"));
    let first = save(&store, &empty, "1");
    let second = save(&store, &first, "2");
    let events = first_save(&empty, "1");
    let transaction = store.begin_write().expect("a transaction");
    let changed = StoreError::ReportChanged {
        report: key("C1").to_string(),
    };
    assert_eq!(
        transaction.append_events(&empty, &events),
        Err(changed.clone())
    );
    assert_eq!(transaction.append_events(&first, &events), Err(changed));
    assert!(transaction.append_events(&second, &events).is_ok());
}

#[test]
fn a_unit_has_one_report_for_a_period_whatever_the_version() {
    let (_directory, store) = store();
    write(&store, |transaction| transaction.publish_regime(&regime(2))).expect("published");
    let first = save(&store, &Report::new(key("C1")), "1");
    let mut other = Report::new(key("C1"));
    other.key.version = 2;
    let events = first_save(&other, "1");
    let transaction = store.begin_write().expect("a transaction");
    assert!(matches!(
        transaction.append_events(&other, &events),
        Err(StoreError::ReportChanged { .. })
    ));
    other.events = first.events;
    assert!(matches!(
        transaction.append_events(&other, &events),
        Err(StoreError::ReportChanged { .. })
    ));
}

#[test]
fn reports_are_found_by_regime_period_unit_and_status() {
    let (_directory, store) = store();
    let sent = sent_twice(&store, "C2");
    save(&store, &Report::new(key("C1")), "1");
    let units = |query: &ReportQuery| -> Vec<String> {
        let found = read(&store, |reading| reading.report_summaries(query)).expect("found");
        found
            .into_iter()
            .map(|summary| summary.key.unit.0)
            .collect()
    };
    let any = ReportQuery::default();
    assert_eq!(units(&any), ["C1", "C2"]);
    assert_eq!(
        units(&ReportQuery {
            status: Some(Status::Sent),
            ..any.clone()
        }),
        ["C2"]
    );
    assert_eq!(
        units(&ReportQuery {
            unit: Some(UnitId::from("C1")),
            ..any.clone()
        }),
        ["C1"]
    );
    assert_eq!(
        units(&ReportQuery {
            regime: Some("KHAC".to_string()),
            ..any.clone()
        }),
        [""; 0]
    );
    assert_eq!(
        units(&ReportQuery {
            period: "2026-Q3".parse().ok(),
            ..any.clone()
        }),
        [""; 0]
    );
    let period = key("C2").period;
    assert_eq!(
        units(&ReportQuery {
            regime: Some("TTHC_06A".to_string()),
            period: Some(period),
            ..any.clone()
        }),
        ["C1", "C2"]
    );
    let states = read(&store, |reading| reading.reports(&any)).expect("found");
    assert_eq!(states.get(1), Some(&sent));
}

#[test]
fn the_summary_of_a_report_says_how_it_was_sent() {
    let (_directory, store) = store();
    sent_twice(&store, "C2");
    let summaries = read(&store, |reading| {
        reading.report_summaries(&ReportQuery::default())
    })
    .expect("found");
    let summary = &summaries[0];
    assert_eq!(
        (summary.status, summary.draft, summary.revision),
        (Status::Sent, 1, 2)
    );
    assert_eq!(summary.sent_at, Some(now()));
    assert_eq!(
        summary.due_when_sent,
        Some(Due {
            date: now().date(),
            clock: None
        })
    );
    assert_eq!(
        summary
            .lateness
            .map(|lateness| (lateness.late, lateness.days)),
        Some((false, 0))
    );
}

#[test]
fn the_events_of_a_report_come_in_order_and_make_its_state() {
    let (_directory, store) = store();
    let other = save(&store, &Report::new(key("C1")), "1");
    let report = sent_twice(&store, "C2");
    save(&store, &other, "2");
    let stored = read(&store, |reading| {
        reading.report_events("TTHC_06A", &key("C2").period, &key("C2").unit)
    })
    .expect("events");
    let sequence: Vec<u64> = stored.iter().map(|event| event.sequence).collect();
    assert_eq!(sequence, (1..=8).collect::<Vec<u64>>());
    assert!(stored.is_sorted_by_key(|event| event.position));
    assert_eq!(
        Report::replay(key("C2"), stored.iter().map(|stored| &stored.event)),
        report
    );
}

#[test]
fn the_projection_rebuilt_from_the_events_equals_the_stored_one() {
    let (_directory, store) = store();
    save(&store, &Report::new(key("C1")), "1");
    sent_twice(&store, "C2");
    let all = ReportQuery::default();
    let look = || {
        read(&store, |reading| {
            (reading.reports(&all), reading.report_summaries(&all))
        })
    };
    let before = look();
    store
        .writer()
        .execute(
            "UPDATE reports SET status = 'accepted', state = '{}' WHERE unit = 'C2'",
            [],
        )
        .expect("spoilt");
    store
        .writer()
        .execute("DELETE FROM reports WHERE unit = 'C1'", [])
        .expect("spoilt");
    assert_ne!(look(), before);
    assert_eq!(
        write(&store, |transaction| transaction.rebuild_projections()),
        Ok(2)
    );
    assert_eq!(look(), before);
}

#[test]
fn a_spoilt_text_is_named_and_not_skipped() {
    let (_directory, store) = store();
    save(&store, &Report::new(key("C1")), "1");
    store
        .writer()
        .execute("UPDATE reports SET state = '{}'", [])
        .expect("spoilt");
    let Err(StoreError::Unreadable { what, .. }) =
        read(&store, |reading| reading.reports(&ReportQuery::default()))
    else {
        panic!("unreadable");
    };
    assert_eq!(what, "reports.state");
}

#[test]
fn a_session_ends_at_its_time_and_is_forgotten_afterwards() {
    let (_directory, store) = store();
    let session = Session {
        id: "s".to_string(),
        data: vec![0, 255, 7],
        expires_at: now().plus_hours(1),
        account: None,
    };
    write(&store, |transaction| transaction.save_session(&session)).expect("saved");
    let found = |at| read(&store, |reading| reading.session("s", at)).expect("read");
    assert_eq!(found(now().plus_seconds(3599)), Some(session.clone()));
    assert_eq!(found(now().plus_hours(1)), None);
    assert_eq!(
        write(&store, |transaction| transaction
            .delete_expired_sessions(now())),
        Ok(0)
    );
    assert_eq!(
        write(&store, |transaction| transaction
            .delete_expired_sessions(now().plus_hours(1))),
        Ok(1)
    );
    write(&store, |transaction| transaction.save_session(&session)).expect("saved");
    write(&store, |transaction| transaction.delete_session("s")).expect("deleted");
    assert_eq!(found(now()), None);
}

#[test]
fn an_idempotency_key_has_one_answer() {
    let (_directory, store) = store();
    let answer = StoredAnswer {
        key: "k".to_string(),
        request_hash: "h".to_string(),
        answer: b"{}".to_vec(),
        at: now(),
    };
    write(&store, |transaction| transaction.remember_answer(&answer)).expect("kept");
    let again = write(&store, |transaction| transaction.remember_answer(&answer));
    assert_eq!(
        again,
        Err(StoreError::RequestReused {
            key: "k".to_string()
        })
    );
    assert_eq!(
        read(&store, |reading| reading.answer("k")),
        Ok(Some(answer))
    );
    assert_eq!(
        write(&store, |transaction| transaction
            .delete_answers_before(now())),
        Ok(0)
    );
    assert_eq!(
        write(&store, |transaction| transaction
            .delete_answers_before(now().plus_seconds(1))),
        Ok(1)
    );
    assert_eq!(read(&store, |reading| reading.answer("k")), Ok(None));
}

#[test]
fn what_was_not_committed_never_happened() {
    let (_directory, store) = store();
    let report = Report::new(key("C1"));
    {
        let transaction = store.begin_write().expect("a transaction");
        command(
            transaction.as_ref(),
            &report,
            &saving(&report, "1"),
            Role::Officer,
        );
        let inside = transaction
            .report("TTHC_06A", &report.key.period, &report.key.unit)
            .expect("read");
        assert_eq!(
            inside.map(|report| report.draft),
            Some(1),
            "a writer sees what it wrote"
        );
    }
    assert_eq!(
        read(&store, |reading| reading.reports(&ReportQuery::default())),
        Ok(Vec::new())
    );
    let saved = save(&store, &report, "2");
    write(&store, |transaction| {
        command(
            transaction,
            &saved,
            &Command::Propose { draft: 1 },
            Role::Officer,
        )
    });
}
