//! Accounts are their events, which nobody changes; secrets are replaced; accounts of an earlier program begin their history as they stood.

use super::{actor, now, open, read, store, write};
use crate::calendar::Moment;
use crate::organisation::UnitId;
use crate::reports::people::account::{Account, AccountEvent, AccountEventKind};
use crate::reports::people::delegation::Delegation;
use crate::reports::permission::{Person, Role};
use crate::store::records::{SecondFactor, Secrets, Session, User};
use crate::store::sqlite::SqliteStore;
use rusqlite::Connection;

fn event(kind: AccountEventKind) -> AccountEvent {
    AccountEvent {
        v: 1,
        at: now(),
        by: Person {
            user: "quantri".to_string(),
            name: "Cao Đức Long".to_string(),
        },
        reason: Some("Quyết định 5/QĐ".to_string()),
        kind,
    }
}

fn append(store: &SqliteStore, id: &str, kinds: Vec<AccountEventKind>) -> Account {
    let events: Vec<AccountEvent> = kinds.into_iter().map(event).collect();
    write(store, |transaction| {
        transaction.append_account_events(id, &events)
    })
    .expect("appended")
}

fn created(name: &str) -> Vec<AccountEventKind> {
    let grant = actor("C1", Role::Officer).grants.remove(0);
    vec![
        AccountEventKind::Created {
            name: name.to_string(),
        },
        AccountEventKind::Granted { grant },
    ]
}

#[test]
fn the_row_of_an_account_is_always_what_its_events_make_of_it() {
    let (directory, store) = store();
    append(&store, "canbo", created("Nguyễn Văn An"));
    let secrets = Secrets {
        password_hash: "$argon2id$".to_string(),
        second_factor: Some(SecondFactor {
            key: "JBSWY3DPEHPK3PXP".to_string(),
            last_step: 7,
            recovery: vec!["a".to_string()],
        }),
    };
    write(&store, |transaction| {
        transaction.save_secrets("canbo", &secrets)
    })
    .expect("kept");
    let kinds = vec![
        AccountEventKind::SecondFactorSet,
        AccountEventKind::Disabled,
    ];
    let account = append(&store, "canbo", kinds);
    drop(store);
    let store = open(directory.path());
    read(&store, |reading| {
        let events = reading.account_events("canbo").expect("events");
        assert_eq!(events.len(), 4);
        assert_eq!(Account::replay("canbo", &events), account);
        let user = User { account, secrets };
        assert_eq!(reading.user("canbo"), Ok(Some(user.clone())));
        assert_eq!(reading.users(), Ok(vec![user]));
        assert_eq!(reading.user("quantri"), Ok(None));
    });
}

#[test]
fn events_of_accounts_can_neither_be_changed_nor_deleted_and_accounts_not_deleted() {
    let (_directory, store) = store();
    append(&store, "canbo", created("Nguyễn Văn An"));
    for forbidden in [
        "UPDATE account_events SET event = '{}'",
        "DELETE FROM account_events",
        "INSERT OR REPLACE INTO account_events SELECT position, account, sequence, at, 'x', event FROM account_events",
        "DELETE FROM users",
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
fn a_delegation_is_found_by_both_and_ends_by_an_event() {
    let (_directory, store) = store();
    append(&store, "dau", created("Đầu"));
    append(&store, "pho", created("Phó"));
    let delegation = Delegation {
        lender: "dau".to_string(),
        number: 1,
        delegate: "pho".to_string(),
        unit: UnitId::from("C1"),
        from: now().date(),
        to: now().date(),
        reason: "Đi công tác".to_string(),
    };
    let lent = AccountEventKind::Delegated {
        delegation: delegation.clone(),
    };
    append(&store, "dau", vec![lent]);
    let of = |id: &str| read(&store, |reading| reading.delegations_of(id)).expect("read");
    for id in ["dau", "pho"] {
        let states = of(id);
        assert_eq!(states.len(), 1);
        assert_eq!(
            (&states[0].delegation, states[0].ended_at),
            (&delegation, None)
        );
    }
    assert!(of("ba").is_empty());
    append(
        &store,
        "dau",
        vec![AccountEventKind::DelegationEnded { number: 1 }],
    );
    assert_eq!(of("pho")[0].ended_at, Some(now()));
}

#[test]
fn the_sessions_of_an_account_are_listed_and_ended_but_the_one_that_is_kept() {
    let (_directory, store) = store();
    let session = |id: &str, account: Option<&str>, hours: i32| Session {
        id: id.to_string(),
        data: Vec::new(),
        expires_at: now().plus_hours(hours),
        account: account.map(str::to_string),
    };
    write(&store, |transaction| {
        for one in [
            session("1", Some("a"), 1),
            session("2", Some("a"), 2),
            session("3", Some("b"), 1),
            session("4", None, 1),
            session("5", Some("a"), 0),
        ] {
            transaction.save_session(&one).expect("saved");
        }
    });
    let listed = |account: &str, at: Moment| -> Vec<String> {
        let found = read(&store, |reading| reading.sessions_of(account, at)).expect("read");
        found.into_iter().map(|session| session.id).collect()
    };
    assert_eq!(listed("a", now()), ["2", "1"]);
    let ended = write(&store, |transaction| {
        transaction.delete_sessions_of("a", Some("1"))
    });
    assert_eq!(ended, Ok(2));
    assert_eq!(listed("a", now()), ["1"]);
    assert_eq!(listed("b", now()), ["3"]);
    let all = write(&store, |transaction| {
        transaction.delete_sessions_of("a", None)
    });
    assert_eq!(all, Ok(1));
}

#[test]
fn accounts_of_an_earlier_program_begin_their_history_as_they_stood() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("regime.sqlite");
    let raw = Connection::open(&file).expect("a connection");
    for migration in crate::store::sqlite::open::migration_texts() {
        if migration.contains("CREATE TABLE account_events") {
            // What the earlier program held.
            raw.execute_batch(
                r#"INSERT INTO users (id, name, password_hash, grants, disabled) VALUES
                ('canbo', 'Nguyễn "An"', '$argon2id$', '[{"role":"officer","unit":"C1"}]', 0),
                ('nghi', 'Trần Bình', '', '[]', 1);
                INSERT INTO sessions (id, data, expires_at) VALUES ('s', CAST('{"account":"canbo"}' AS BLOB), 99999999999), ('x', x'00ff', 99999999999);"#,
            )
            .expect("filled");
        }
        raw.execute_batch(&migration).expect("migrated");
    }
    let events: Vec<(String, String)> = raw
        .prepare("SELECT account, event FROM account_events ORDER BY position")
        .expect("prepared")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("queried")
        .collect::<Result<_, _>>()
        .expect("read");
    let accounts: Vec<Account> = events
        .iter()
        .map(|(id, text)| {
            let event = AccountEvent::from_text(text).expect(text);
            Account::replay(id, [&event])
        })
        .collect();
    let stood = |account: &Account| {
        (
            account.id.clone(),
            account.name.clone(),
            account.grants.clone(),
            account.disabled,
        )
    };
    let expected = [
        (
            "canbo".to_string(),
            "Nguyễn \"An\"".to_string(),
            actor("C1", Role::Officer).grants,
            false,
        ),
        (
            "nghi".to_string(),
            "Trần Bình".to_string(),
            Vec::new(),
            true,
        ),
    ];
    assert_eq!(accounts.iter().map(stood).collect::<Vec<_>>(), expected);
    let whose: Option<String> = raw
        .query_row("SELECT account FROM sessions WHERE id = 's'", [], |row| {
            row.get(0)
        })
        .expect("a row");
    assert_eq!(whose.as_deref(), Some("canbo"));
}
