//! Contents of attached files: kept once, for ever, per unit that attached them, and never handed out damaged.

use super::{now, open, read, store, write};
use crate::eval::attached::AttachedFile;
use crate::organisation::UnitId;
use crate::store::Store;
use crate::store::error::StoreError;
use rusqlite::Connection;

#[test]
fn a_content_is_kept_once_belongs_to_whoever_attached_it_and_survives() {
    let (directory, store) = store();
    let file = AttachedFile::of("a.pdf", b"noi dung").expect("a file");
    let (one, two) = (UnitId::from("X1"), UnitId::from("X2"));
    for _ in 0..2 {
        write(&store, |transaction| {
            transaction.attach(&one, (&file, b"noi dung"), "hoa", now())
        })
        .expect("attached");
    }
    // What is not committed never happened.
    let other = AttachedFile::of("b.pdf", b"khac").expect("a file");
    let dropped = store.begin_write().expect("a transaction");
    dropped
        .attach(&two, (&other, b"khac"), "may", now())
        .expect("attached");
    drop(dropped);
    drop(store);
    let store = open(directory.path());
    read(&store, |transaction| {
        let content = transaction.file_content(&file.sha256);
        assert_eq!(content, Ok(Some(b"noi dung".to_vec())));
        assert_eq!(transaction.is_attached(&one, &file), Ok(true));
        assert_eq!(transaction.is_attached(&two, &file), Ok(false));
        let longer = AttachedFile {
            size: 9,
            ..file.clone()
        };
        assert_eq!(transaction.is_attached(&one, &longer), Ok(false));
        assert_eq!(transaction.file_content(&other.sha256), Ok(None));
    });
}

#[test]
fn a_content_is_never_changed_and_a_damaged_one_is_never_handed_out() {
    let (directory, store) = store();
    let file = AttachedFile::of("a.pdf", b"noi dung").expect("a file");
    write(&store, |transaction| {
        transaction.attach(&UnitId::from("X1"), (&file, b"noi dung"), "hoa", now())
    })
    .expect("attached");
    drop(store);
    let raw = Connection::open(directory.path().join("regime.sqlite")).expect("a connection");
    for sql in [
        "UPDATE file_contents SET content = x'00'",
        "DELETE FROM file_contents",
    ] {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
    raw.execute_batch(
        "DROP TRIGGER file_contents_are_never_changed; UPDATE file_contents SET content = CAST('noi dunh' AS BLOB)",
    )
    .expect("damaged");
    drop(raw);
    let store = open(directory.path());
    let content = read(&store, |transaction| transaction.file_content(&file.sha256));
    assert!(
        matches!(content, Err(StoreError::Corrupt { .. })),
        "{content:?}"
    );
}
