//! Readers beside a writer, a panic, a full disk, a killed process.

use super::{command, first_save, key, open, read, save, saving, store, write};
use crate::reports::permission::Role;
use crate::reports::report::Report;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sqlite::SqliteStore;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names the directory in which this very test program, started again as a child, writes until it is killed.
const CHILD_DIRECTORY: &str = "REGIME_TEST_STORE_CHILD";

fn stored(store: &SqliteStore, unit: &str) -> Option<Report> {
    read(store, |reading| {
        reading.report("TTHC_06A", &key(unit).period, &key(unit).unit)
    })
    .expect("read")
}

#[test]
fn readers_see_one_unchanging_state_while_another_is_written() {
    let (_directory, store) = store();
    let first = save(&store, &Report::new(key("C1")), "1");
    let (period, unit) = (key("C1").period, key("C1").unit);
    // More readers at once than are kept open.
    let readers: Vec<_> = (0..7)
        .map(|_| store.begin_read().expect("a transaction"))
        .collect();
    let writer = store.begin_write().expect("a transaction");
    let second = command(writer.as_ref(), &first, &saving(&first, "2"), Role::Officer);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| stored(&store, "C1"));
        assert_eq!(
            other.join().expect("joined"),
            Some(first.clone()),
            "not committed, not seen"
        );
    });
    writer.commit().expect("committed");
    for reader in &readers {
        assert_eq!(
            reader.report("TTHC_06A", &period, &unit),
            Ok(Some(first.clone())),
            "begun before, sees before"
        );
    }
    drop(readers);
    assert_eq!(stored(&store, "C1"), Some(second));
}

#[test]
fn writers_wait_for_one_another_and_none_is_lost() {
    let (_directory, store) = store();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for round in 0..10 {
                    save(store, &Report::new(key(&format!("C{thread}.{round}"))), "1");
                }
            });
        }
    });
    let all = read(&store, |reading| {
        reading.report_summaries(&Default::default())
    })
    .expect("read");
    assert_eq!(all.len(), 40);
}

#[test]
fn a_panic_in_the_middle_of_writing_leaves_nothing_and_stops_nobody() {
    let (_directory, store) = store();
    let report = Report::new(key("C1"));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let transaction = store.begin_write().expect("a transaction");
        command(
            transaction.as_ref(),
            &report,
            &saving(&report, "1"),
            Role::Officer,
        );
        std::panic::resume_unwind(Box::new("a mistake in a handler"));
    }));
    assert!(panicked.is_err());
    assert_eq!(stored(&store, "C1"), None);
    save(&store, &report, "2");
}

#[test]
fn a_full_disk_refuses_clearly_loses_nothing_acknowledged_and_recovers() {
    let (directory, store) = store();
    let limit = |pages: i64| {
        let answered: i64 = store
            .writer()
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| {
                row.get(0)
            })
            .expect("a limit");
        answered
    };
    let used: i64 = store
        .writer()
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .expect("a count");
    limit(used + 40);
    let long = "số liệu ".repeat(300);
    let mut acknowledged = Vec::new();
    let refused = loop {
        let report = Report::new(key(&format!("C{}", acknowledged.len())));
        let transaction = store
            .begin_write()
            .expect("reading and beginning still work");
        match transaction
            .append_events(&report, &first_save(&report, &long))
            .and_then(|saved| transaction.commit().map(|()| saved))
        {
            Ok(saved) => acknowledged.push(saved),
            Err(error) => break error,
        }
        assert!(acknowledged.len() < 1_000, "the limit was never reached");
    };
    assert_eq!(refused, StoreError::DiskFull);
    assert!(!acknowledged.is_empty());
    let check = |store: &SqliteStore| {
        for report in &acknowledged {
            assert_eq!(
                stored(store, report.key.unit.as_str()).as_ref(),
                Some(report)
            );
        }
        assert_eq!(
            stored(store, &format!("C{}", acknowledged.len())),
            None,
            "the refused one never happened"
        );
    };
    check(&store);
    limit(1_000_000);
    save(&store, &Report::new(key("C_after")), &long);
    check(&store);
    drop(store);
    check(&open(directory.path()));
}

#[test]
fn what_was_acknowledged_survives_a_killed_process() {
    if let Some(directory) = std::env::var_os(CHILD_DIRECTORY) {
        write_until_killed(Path::new(&directory));
    }
    let directory = tempfile::tempdir().expect("a directory");
    write(&open(directory.path()), |transaction| {
        transaction.publish_regime(&super::regime(1))
    })
    .expect("published");
    let mut acknowledged = 0;
    for kill in 0..10 {
        acknowledged = killed_after(directory.path(), kill * 3 + 1).max(acknowledged);
        let store = open(directory.path());
        let report = stored(&store, "C1").expect("a report");
        assert!(
            report.draft >= acknowledged,
            "draft {} is stored, {acknowledged} was acknowledged",
            report.draft
        );
        let events = read(&store, |reading| {
            reading.report_events("TTHC_06A", &key("C1").period, &key("C1").unit)
        })
        .expect("events");
        assert_eq!(
            Report::replay(key("C1"), events.iter().map(|stored| &stored.event)),
            report
        );
        let healthy: String = store
            .writer()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .expect("checked");
        assert_eq!(healthy, "ok");
    }
    assert!(acknowledged >= 10);
}

/// Starts a writer, kills it after so many acknowledged saves, and answers the last draft number it acknowledged.
fn killed_after(directory: &Path, saves: usize) -> u64 {
    let program: PathBuf = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args([
            "--exact",
            "store::sqlite::tests::durability::what_was_acknowledged_survives_a_killed_process",
            "--nocapture",
        ])
        .env(CHILD_DIRECTORY, directory)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let output = BufReader::new(child.stdout.take().expect("its output"));
    let acknowledged = output
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| {
            line.strip_prefix("saved ")
                .and_then(|number| number.parse().ok())
        })
        .take(saves)
        .last();
    child.kill().expect("killed");
    child.wait().expect("ended");
    acknowledged.expect("at least one save was acknowledged")
}

fn write_until_killed(directory: &Path) -> ! {
    let store = open(directory);
    let mut report = stored(&store, "C1").unwrap_or_else(|| Report::new(key("C1")));
    println!();
    loop {
        report = save(&store, &report, &format!("{}", report.draft));
        println!("saved {}", report.draft);
        std::io::stdout().flush().expect("flushed");
    }
}
