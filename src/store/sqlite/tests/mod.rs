//! Tests of the embedded store: what it keeps, what it never changes, and what survives a full disk and a killed process.

mod drafts;
mod durability;
mod files;
mod opening;
mod people;
mod records;
mod tables;
mod upgrades;

use super::SqliteStore;
use crate::calendar::{Due, Moment};
use crate::eval::figures::Entry;
use crate::organisation::UnitId;
use crate::reports::command::{CellChange, Command, DraftChange, Facts, ReturnReason};
use crate::reports::dispatch::SendingNote;
use crate::reports::event::Event;
use crate::reports::key::{CellKey, ReportKey, ReportKind};
use crate::reports::permission::{Actor, Grant, Role};
use crate::reports::report::Report;
use crate::reports::step::step;
use crate::store::records::{PublishedRegime, SourceFile};
use crate::store::{ReadTransaction, Store, WriteTransaction};
use std::path::Path;

const OFFICE: &str = "A40.VP";

fn now() -> Moment {
    Moment::parse("15/12/2026 09:00").expect("a moment")
}

fn open(directory: &Path) -> SqliteStore {
    SqliteStore::open(directory)
        .unwrap_or_else(|error| panic!("{} ({})", error.wording().en, error.detail()))
}

/// A fresh directory with a store in which version 1 of one regime is published.
fn store() -> (tempfile::TempDir, SqliteStore) {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    write(&store, |transaction| {
        transaction.publish_regime(&regime(1)).expect("published");
    });
    (directory, store)
}

/// Does something in one committed transaction.
fn write<R>(store: &SqliteStore, work: impl FnOnce(&dyn WriteTransaction) -> R) -> R {
    let transaction = store.begin_write().expect("a transaction");
    let result = work(transaction.as_ref());
    transaction.commit().expect("committed");
    result
}

fn read<R>(store: &SqliteStore, work: impl FnOnce(&dyn ReadTransaction) -> R) -> R {
    work(store.begin_read().expect("a transaction").as_ref())
}

fn regime(version: u32) -> PublishedRegime {
    PublishedRegime {
        name: "TTHC_06A".to_string(),
        version,
        sources: vec![SourceFile {
            path: "tthc.regime".to_string(),
            text: format!("regime TTHC_06A version {version}"),
        }],
        plan: "{}".to_string(),
        fingerprint: format!("plan{version}"),
        decision: "Quyết định 12/QĐ-UBND".to_string(),
        published_at: now(),
        published_by: "banhanh".to_string(),
    }
}

fn key(unit: &str) -> ReportKey {
    let period = "2026-Q2".parse().expect("a period");
    ReportKey {
        kind: ReportKind::OfUnit,
        regime: "TTHC_06A".to_string(),
        version: 1,
        period,
        unit: UnitId::from(unit),
    }
}

fn actor(unit: &str, role: Role) -> Actor {
    let grants = vec![Grant::always(role, UnitId::from(unit))];
    Actor {
        user: format!("{role:?}"),
        name: format!("{role:?}"),
        grants,
        lent: Vec::new(),
    }
}

fn saving(report: &Report, value: &str) -> Command {
    let cell = CellKey::new("TTHC06A", "dat_dai", "4");
    let cells = vec![CellChange {
        cell,
        entry: Some(Entry::from_text(value)),
    }];
    Command::Save {
        base: report.draft,
        change: DraftChange {
            cells,
            ..DraftChange::default()
        },
    }
}

fn decide(report: &Report, command: &Command, role: Role) -> Vec<Event> {
    let unit = if role == Role::Aggregator {
        OFFICE
    } else {
        report.key.unit.as_str()
    };
    let facts = Facts {
        draft: report.draft,
        plan: "plan1".to_string(),
        blocking: 0,
        due: Some(Due {
            date: now().date(),
            clock: None,
        }),
        forms: Vec::new(),
        recipients: vec![UnitId::from(OFFICE)],
        read: Vec::new(),
        locked: None,
        whole: None,
        may_declare_opening: false,
    };
    step(report, command, &facts, now(), &actor(unit, role)).expect("allowed")
}

/// The events of a save, not yet stored.
fn first_save(report: &Report, value: &str) -> Vec<Event> {
    decide(report, &saving(report, value), Role::Officer)
}

/// Decides a command and appends what follows; answers the new state.
fn command(
    transaction: &dyn WriteTransaction,
    report: &Report,
    command: &Command,
    role: Role,
) -> Report {
    transaction
        .append_events(report, &decide(report, command, role))
        .expect("appended")
}

fn save(store: &SqliteStore, report: &Report, value: &str) -> Report {
    write(store, |transaction| {
        command(transaction, report, &saving(report, value), Role::Officer)
    })
}

fn sending(revision: u32) -> Command {
    Command::Send {
        revision,
        note: SendingNote::default(),
    }
}

/// A report sent, returned, corrected and sent again.
fn sent_twice(store: &SqliteStore, unit: &str) -> Report {
    write(store, |transaction| {
        let mut report = Report::new(key(unit));
        let reasons = vec![ReturnReason {
            cell: None,
            text: "sửa".to_string(),
        }];
        for (asked, role) in [
            (saving(&report, "1"), Role::Officer),
            (Command::Propose { draft: 1 }, Role::Officer),
            (Command::Approve { revision: 1 }, Role::HeadOfUnit),
            (sending(1), Role::HeadOfUnit),
            (
                Command::Return {
                    revision: 1,
                    reasons,
                },
                Role::Aggregator,
            ),
            (Command::Propose { draft: 1 }, Role::Officer),
            (Command::Approve { revision: 2 }, Role::HeadOfUnit),
            (sending(2), Role::HeadOfUnit),
        ] {
            report = command(transaction, &report, &asked, role);
        }
        report
    })
}
