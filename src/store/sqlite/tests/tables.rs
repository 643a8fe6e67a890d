//! Tables of facts: the newest is in force, every earlier one is known for ever, and an older store brings what it had.

use super::{now, read, store, write};
use crate::calendar::{Clock, Due, Moment};
use crate::reports::obligation::LocalDeadline;
use crate::store::LOCAL_DEADLINES;
use crate::store::records::LoadedTable;
use crate::store::sqlite::open::migration_texts;
use crate::store::sqlite::tables;
use rusqlite::Connection;

fn at(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

fn units(text: &str, source: &str, moment: &str) -> LoadedTable {
    LoadedTable {
        name: "units".to_string(),
        source: source.to_string(),
        text: text.to_string(),
        loaded_at: at(moment),
        loaded_by: "quantri".to_string(),
        reason: "Nghị quyết 1".to_string(),
    }
}

fn deadline(hour: u8) -> LocalDeadline {
    LocalDeadline {
        regime: "KNTC_XLD".to_string(),
        party: "xa".to_string(),
        period: "2026-Q2".parse().expect("a period"),
        due: Due {
            date: now().date(),
            clock: Clock::new(hour, 30),
        },
    }
}

#[test]
fn the_newest_table_is_in_force_and_the_earlier_ones_are_known_as_they_were() {
    let (_directory, store) = store();
    let first = units("id\nC1", "a.csv", "01/07/2025 08:00");
    let second = units("id\nC2", "b.csv", "02/07/2025 08:00");
    for table in [&first, &second] {
        write(&store, |transaction| {
            transaction.load_table(table).expect("loaded")
        });
    }
    read(&store, |reading| {
        assert_eq!(reading.table("units"), Ok(Some(second.clone())));
        assert_eq!(reading.table("successions"), Ok(None));
        let known = |moment: &str| reading.table_known_at("units", at(moment));
        assert_eq!(known("01/07/2025 07:59"), Ok(None));
        assert_eq!(known("01/07/2025 08:00"), Ok(Some(first.clone())));
        assert_eq!(known("02/07/2025 07:59"), Ok(Some(first.clone())));
        assert_eq!(known("03/07/2025 00:00"), Ok(Some(second.clone())));
        assert_eq!(
            reading.table_from("units", "a.csv"),
            Ok(Some(first.clone()))
        );
        let changes = reading.table_changes().expect("changes");
        let seen: Vec<(i64, &str, u64)> = changes
            .iter()
            .map(|change| (change.position, change.source.as_str(), change.bytes))
            .collect();
        assert_eq!(seen, [(1, "a.csv", 5), (2, "b.csv", 5)]);
        assert_eq!(reading.table_of_change(1), Ok(Some(first.clone())));
    });
}

#[test]
fn deadlines_set_by_the_province_have_the_same_history() {
    let (_directory, store) = store();
    for hour in [16, 17] {
        write(&store, |transaction| {
            transaction
                .load_local_deadlines(&[deadline(hour)], "trang", ("banhanh", now()), "Công văn 2")
                .expect("kept")
        });
    }
    read(&store, |reading| {
        assert_eq!(reading.local_deadlines(), Ok(vec![deadline(17)]));
        assert_eq!(reading.table_changes().expect("changes").len(), 2);
    });
}

#[test]
fn changes_of_tables_can_neither_be_changed_nor_deleted_nor_replaced() {
    let (_directory, store) = store();
    write(&store, |transaction| {
        transaction
            .load_table(&units("id", "a.csv", "01/07/2025 08:00"))
            .expect("loaded")
    });
    for forbidden in [
        "UPDATE table_changes SET text = ''",
        "DELETE FROM table_changes",
        "INSERT OR REPLACE INTO table_changes SELECT position, name, source, '', at, user, reason FROM table_changes",
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
fn what_an_older_store_held_becomes_the_first_change_of_each_table() {
    let connection = Connection::open_in_memory().expect("a store");
    let migrations = migration_texts();
    for text in migrations.iter().take(7) {
        connection.execute_batch(text).expect("an old migration");
    }
    let held = "INSERT INTO loaded_tables VALUES ('units', 'units.csv', 'id', '2026-01-02T08:00:00+07:00', 'quantri');
        INSERT INTO local_deadlines VALUES ('KNTC_XLD', 'xa', '2026-Q2', '{\"date\":\"2026-12-15\",\"clock\":\"17:30\"}', 'banhanh', '2026-01-03T08:00:00+07:00');";
    connection.execute_batch(held).expect("the old tables");
    connection
        .execute_batch(&migrations[7])
        .expect("the migration");
    let table = tables::newest(&connection, "units").expect("read");
    let table = table.expect("the table");
    assert_eq!(
        (table.text.as_str(), table.loaded_at, table.reason.as_str()),
        ("id", at("02/01/2026 08:00"), "")
    );
    let deadlines = tables::newest(&connection, LOCAL_DEADLINES).expect("read");
    assert_eq!(tables::json_list(deadlines), Ok(vec![deadline(17)]));
    let early = at("02/01/2026 09:00");
    let known = tables::known_at(&connection, LOCAL_DEADLINES, early);
    assert_eq!(known, Ok(None));
    // A store in which nothing was set has no such table either.
    let empty = Connection::open_in_memory().expect("a store");
    for text in migrations.iter().take(8) {
        empty.execute_batch(text).expect("a migration");
    }
    assert_eq!(tables::changes(&empty), Ok(Vec::new()));
}
