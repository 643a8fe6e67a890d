//! Work on a draft: merging, rows, explanations, openings.

use super::{COMMUNE, actor, at, cell, cells, done, facts, key, officer, refused, save};
use crate::eval::figures::Entry;
use crate::reports::command::{Command, DraftChange, ExplanationChange, Facts};
use crate::reports::key::{CellKey, ExplanationKey, RowKey};
use crate::reports::permission::Role;
use crate::reports::refusal::{MOST_CHARACTERS, Refusal};
use crate::reports::report::Report;
use crate::reports::step::step;

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
