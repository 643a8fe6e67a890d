//! Drafts: nothing is overwritten, nothing is forgotten, and an answer that was lost can be asked for again.

use super::{now, open, read, store, write};
use crate::store::drafts::Draft;
use crate::store::error::StoreError;

const PATH: &str = "b01.regime";

fn draft(revision: u32, text: Option<&str>, by: &str) -> Draft {
    Draft {
        path: PATH.to_string(),
        revision,
        text: text.map(str::to_string),
        at: now(),
        by: by.to_string(),
    }
}

#[test]
fn every_change_is_kept_and_leads_from_the_first_text_to_the_newest() {
    let (directory, store) = store();
    let texts = [
        Some("kỳ quý"),
        Some("kỳ quý\nkỳ năm"),
        None,
        Some("kỳ tháng"),
    ];
    for (base, text) in (0..).zip(texts) {
        let saved = write(&store, |transaction| {
            transaction.save_draft(PATH, base, text, "mai", now())
        });
        assert_eq!(saved, Ok(draft(base + 1, text, "mai")));
    }
    drop(store);
    let store = open(directory.path());
    let changes = read(&store, |transaction| transaction.draft_changes(PATH)).expect("changes");
    let mut text = String::new();
    for (change, expected) in changes.iter().zip(texts) {
        text = change.difference.applied(&text).expect("it fits");
        assert_eq!(
            (text.as_str(), change.removed),
            (expected.unwrap_or_default(), expected.is_none())
        );
    }
    assert_eq!(changes.len(), texts.len());
    let newest = draft(4, texts[3], "mai");
    assert_eq!(
        read(&store, |transaction| transaction.drafts()),
        Ok(vec![newest.clone()])
    );
    assert_eq!(
        read(&store, |transaction| transaction.draft(PATH)),
        Ok(Some(newest))
    );
    assert_eq!(
        read(&store, |transaction| transaction.draft_position()),
        Ok(4)
    );
    for sql in [
        "UPDATE draft_changes SET author = 'ai'",
        "DELETE FROM draft_changes",
    ] {
        assert!(store.writer().execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn a_text_that_somebody_else_has_changed_is_not_overwritten_and_the_same_text_is_no_conflict() {
    let (_directory, store) = store();
    let save = |base, text, by| {
        write(&store, |transaction| {
            transaction.save_draft(PATH, base, Some(text), by, now())
        })
    };
    save(0, "một", "mai").expect("saved");
    save(1, "hai", "long").expect("saved");
    let refused = StoreError::DraftChanged {
        path: PATH.to_string(),
        by: "long".to_string(),
    };
    assert_eq!(save(1, "ba", "mai"), Err(refused.clone()));
    assert_eq!(save(0, "ba", "mai"), Err(refused));
    assert_eq!(save(1, "hai", "mai"), Ok(draft(2, Some("hai"), "long")));
    let newest = read(&store, |transaction| transaction.draft(PATH));
    assert_eq!(newest, Ok(Some(draft(2, Some("hai"), "long"))));
}
