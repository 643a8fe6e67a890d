//! Worked examples of the language reference, with the numbers printed there.

use crate::builder::{Built, build};
use crate::generate::quarter;
use regime::eval::archive::Archive;
use regime::eval::cell::{BlankReason, Cell};
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate, sendable};
use regime::eval::figures::{Entry, Figures, FormFigures};
use regime::eval::naming;
use regime::eval::roll_up::{Part, roll_up};
use regime::eval::values::text_of;
use regime::plan::address::{CellAddress, Row};
use regime::plan::form::{ColumnIndex, FormIndex};
use std::collections::BTreeMap;

/// Biểu II.06a, as far as its figures go.
pub const TTHC: &str = r#"
level xa: xa, phuong
level so: so
catalog linh_vuc: dat_dai "Đất đai", ho_tich "Hộ tịch"
form TTHC06A chosen linh_vuc total
column 3 "Tổng số" = [4] + [5] + [6] = [7] + [11]
column 4 "Trực tuyến"
column 5 "Trực tiếp, dịch vụ bưu chính"
column 6 "Từ kỳ trước" carry [11]
column 7 "Tổng số" = [8] + [9] + [10]
column 8 "Trước hạn"
column 9 "Đúng hạn"
column 10 "Quá hạn"
column 11 "Tổng số" stock = [12] + [13]
column 12 "Trong hạn" stock
column 13 "Quá hạn" stock
column dung_han "Tỷ lệ đúng hạn" percent 2 = ([8] + [9]) / [7]
column truc_tuyen "Tỷ lệ trực tuyến" percent 2 = [4] / ([4] + [5])
explain W1: [dung_han] >= 90% message "Tỷ lệ đúng hạn lĩnh vực này là {[dung_han]}, dưới 90%"
"#;

/// Figures of one form: row key, then `column: value` pairs; `nil` and `x` are states.
pub fn figures_of(form: &str, rows: &[(&str, &str)]) -> Figures {
    let mut made = FormFigures::default();
    for (row, cells) in rows {
        let mut words = cells.split_whitespace();
        let mut entries = BTreeMap::new();
        while let (Some(column), Some(value)) = (words.next(), words.next()) {
            let entry = match value {
                "nil" => Entry::Nil,
                "x" => Entry::Closed,
                text => Entry::Value(text.to_string()),
            };
            entries.insert(column.trim_end_matches(':').to_string(), entry);
        }
        made.rows.insert(row.to_string(), entries);
    }
    Figures {
        forms: BTreeMap::from([(form.to_string(), made)]),
        narratives: BTreeMap::new(),
    }
}

/// A report of the second quarter after an earlier one.
pub fn report(built: &Built, figures: &Figures, earlier: Option<&Evaluation>) -> Evaluation {
    let (period, cutoff) = quarter(2);
    let carry = match earlier {
        Some(earlier) => Carry::Report(earlier),
        None => Carry::Missing(BlankReason::NoEarlierReport),
    };
    evaluate(
        &built.plan,
        &ReportInput {
            period,
            cutoff,
            reporter: None,
            event: None,
            figures,
            archive: &earlier.map_or_else(Archive::default, |earlier| {
                Archive::of(period.previous().expect("a quarter before"), earlier)
            }),
            carry,
        },
    )
}

/// A cell as a short word.
pub fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Given(number) => number.to_plain(None),
        Cell::Partial(number, basis) => {
            format!("{} ({})", number.to_plain(None), naming::basis(*basis).vi)
        }
        Cell::Text(words) => words.clone(),
        Cell::Day(_) | Cell::Truth(_) | Cell::Entry(_) | Cell::File(_) => {
            text_of(cell).unwrap_or_default()
        }
        Cell::Nil => "nil".to_string(),
        Cell::Closed => "closed".to_string(),
        Cell::Blank(BlankReason::Missing(missing)) => format!("blank (thiếu {} ô)", missing.len()),
        Cell::Blank(reason) => {
            let empty = build("form A own\ncolumn 1 \"Một\"");
            format!("blank ({})", naming::reason(&empty.plan, reason).vi)
        }
    }
}

/// One cell of a report by row and printed column.
pub fn at(built: &Built, evaluation: &Evaluation, address: &str) -> String {
    let address = CellAddress::parse(address, &built.plan.form_definition).expect("an address");
    cell_text(evaluation.cells.get(&address).expect("a cell"))
}

#[test]
fn a_report_of_two_fields_has_the_ratio_of_its_total_and_not_a_mean() {
    let built = build(TTHC);
    let before = report(
        &built,
        &figures_of(
            "TTHC06A",
            &[
                ("dat_dai", "12: nil 13: nil"),
                ("ho_tich", "12: nil 13: nil"),
            ],
        ),
        None,
    );
    let figures = figures_of(
        "TTHC06A",
        &[
            (
                "dat_dai",
                "4: 100 5: nil 8: 40 9: 50 10: 10 12: nil 13: nil",
            ),
            ("ho_tich", "4: 5 5: 5 8: 1 9: nil 10: 9 12: nil 13: nil"),
        ],
    );
    let evaluation = report(&built, &figures, Some(&before));
    let cells = [
        "dat_dai, dung_han",
        "ho_tich, dung_han",
        "total, 3",
        "total, 6",
        "total, dung_han",
    ];
    let values: Vec<String> = cells
        .iter()
        .map(|cell| at(&built, &evaluation, &format!("TTHC06A[{cell}]")))
        .collect();
    assert_eq!(values, ["0.9", "0.1", "110", "nil", "91/110"]);
    let keys: Vec<&str> = evaluation
        .findings
        .iter()
        .map(|finding| finding.key.as_str())
        .collect();
    assert_eq!(keys, ["W1[ho_tich]"]);
    assert!(!sendable(&evaluation), "the warning wants an explanation");
}

#[test]
fn a_field_without_dossiers_has_no_ratio_and_its_warning_waits() {
    let built = build(TTHC);
    let figures = figures_of(
        "TTHC06A",
        &[(
            "ho_tich",
            "4: nil 5: nil 8: nil 9: nil 10: nil 12: nil 13: nil",
        )],
    );
    let evaluation = report(&built, &figures, None);
    assert_eq!(
        at(&built, &evaluation, "TTHC06A[ho_tich, dung_han]"),
        "blank (mẫu số bằng 0)"
    );
    assert_eq!(
        at(&built, &evaluation, "TTHC06A[ho_tich, 3]"),
        "blank (chưa có báo cáo kỳ trước)"
    );
    let keys: Vec<&str> = evaluation
        .findings
        .iter()
        .map(|finding| finding.key.as_str())
        .collect();
    assert_eq!(keys, ["TTHC06A[3]/chain[ho_tich]", "W1[ho_tich]"]);
    assert!(
        sendable(&evaluation),
        "history that is missing does not forbid sending"
    );
}

#[test]
fn a_warning_that_wants_an_explanation_may_be_sent_with_one() {
    let built = build(TTHC);
    let mut figures = figures_of(
        "TTHC06A",
        &[("dat_dai", "4: 10 5: nil 8: 1 9: nil 10: 9 12: nil 13: nil")],
    );
    let before = report(&built, &Figures::default(), None);
    let blocked = report(&built, &figures, Some(&before));
    for (key, text, allowed) in [
        ("W1", "Thiếu người", true),
        ("W1[dat_dai]", "Mưa lũ", true),
        ("W1", "  ", false),
        ("W2", "Nhầm", false),
    ] {
        let form = figures.forms.get_mut("TTHC06A").expect("a form");
        form.explanations = BTreeMap::from([(key.to_string(), text.to_string())]);
        assert_eq!(
            sendable(&report(&built, &figures, Some(&before))),
            allowed,
            "{key}"
        );
    }
    assert!(!sendable(&blocked));
}

#[test]
fn example_1_an_opening_rolls_up_as_first_and_a_stock_as_last() {
    let built = build(
        r#"
        form XLD01 own
        column 1 "Phải xử lý" = [2] + [3] = [4] + [5]
        column 2 "Kỳ trước chuyển sang" carry [5]
        column 3 "Tiếp nhận trong kỳ"
        column 4 "Đã xử lý"
        column 5 "Chưa xử lý" stock
        column 6 "Chưa giải quyết xong" afresh
        column 7 "Tỷ lệ" percent 1 = [4] / [1]
        "#,
    );
    let quarters = [
        (10, 40, 35, 15),
        (15, 30, 33, 12),
        (12, 28, 26, 14),
        (14, 20, 25, 9),
    ];
    let mut reports: Vec<Evaluation> =
        vec![report(&built, &figures_of("XLD01", &[("", "5: 10")]), None)];
    for (opening, received, done, left) in quarters {
        let figures = figures_of(
            "XLD01",
            &[("", &format!("3: {received} 4: {done} 5: {left} 6: 1"))],
        );
        let evaluation = report(&built, &figures, reports.last());
        assert_eq!(at(&built, &evaluation, "XLD01[2]"), opening.to_string());
        assert!(sendable(&evaluation), "{:?}", evaluation.findings);
        reports.push(evaluation);
    }
    let year = |parts: &[Option<&Evaluation>]| {
        let cells = rolled_up(&built, parts);
        cells.values().map(cell_text).collect::<Vec<String>>()
    };
    let all: Vec<Option<&Evaluation>> = reports.iter().skip(1).map(Some).collect();
    assert_eq!(
        year(&all),
        [
            "128",
            "10",
            "118",
            "119",
            "9",
            "blank (chưa trả lời)",
            "0.9296875"
        ]
    );
    let without_last = [all[0], all[1], all[2], None];
    assert_eq!(
        year(&without_last),
        [
            "blank (thiếu số liệu của một kỳ)",
            "10",
            "blank (thiếu số liệu của một kỳ)",
            "blank (thiếu số liệu của một kỳ)",
            "blank (thiếu kỳ cuối)",
            "blank (chưa trả lời)",
            "blank (thiếu số liệu của một kỳ)"
        ]
    );
    let without_first = [None, all[1], all[2], all[3]];
    assert_eq!(year(&without_first)[1], "blank (thiếu kỳ đầu)");
    assert_eq!(year(&without_first)[4], "9");
}

#[test]
fn rows_over_time_are_those_of_any_part_and_an_absent_one_adds_nothing() {
    let built = build(
        "catalog c: a, b\nform A chosen c total\ncolumn 1 \"Một\"\ncolumn 2 \"Hai\" = [1] / [total, 1]",
    );
    let first = report(&built, &figures_of("A", &[("a", "1: 3")]), None);
    let second = report(
        &built,
        &figures_of("A", &[("a", "1: 1"), ("b", "1: 4")]),
        None,
    );
    let cells = rolled_up(&built, &[Some(&first), Some(&second)]);
    let column = |column: u32| -> Vec<String> {
        let column = ColumnIndex(column);
        cells
            .iter()
            .filter(|(at, _)| at.column == column)
            .map(|(at, cell)| format!("{} {}", at.row.key(), cell_text(cell)))
            .collect()
    };
    assert_eq!(column(0), ["a 4", "b 4", "total 8"]);
    assert_eq!(column(1), ["a 0.5", "b 0.5", "total 1"]);
}

#[test]
fn example_8_inside_one_report_a_blank_operand_makes_the_sum_blank_and_nil_does_not() {
    let built =
        build("form A own\ncolumn 1 \"Một\" = [2] + [3]\ncolumn 2 \"Hai\"\ncolumn 3 \"Ba\"");
    let sum = |cells: &str| {
        at(
            &built,
            &report(&built, &figures_of("A", &[("", cells)]), None),
            "A[1]",
        )
    };
    assert_eq!(sum("2: 5"), "blank (thiếu 1 ô)");
    assert_eq!(sum("2: 5 3: nil"), "5");
    assert_eq!(sum("2: nil 3: nil"), "nil");
}

#[test]
fn the_rows_of_a_tree_add_up_level_by_level() {
    let built = build(
        "catalog c: goc, la1 \"Lá 1\" in goc, la2 \"Lá 2\" in goc, le\nform A from c total\ncolumn 1 \"Một\"\ncolumn 2 \"Hai\" = [1] * 2",
    );
    let evaluation = report(
        &built,
        &figures_of("A", &[("la1", "1: 3"), ("la2", "1: 4"), ("le", "1: nil")]),
        None,
    );
    let cells = ["goc, 1", "goc, 2", "total, 1", "total, 2"];
    let values: Vec<String> = cells
        .iter()
        .map(|cell| at(&built, &evaluation, &format!("A[{cell}]")))
        .collect();
    assert_eq!(values, ["7", "14", "7", "14"]);
    assert!(sendable(&evaluation));
    let row = evaluation
        .rows_of(FormIndex(0))
        .iter()
        .find(|data| data.row == Row::Entry("goc".to_string()));
    assert!(row.is_some_and(|data| data.inner));
}

/// Parts of equal length rolled up.
fn rolled_up(
    built: &Built,
    parts: &[Option<&Evaluation>],
) -> std::collections::BTreeMap<regime::plan::address::CellAddress, Cell> {
    let parts: Vec<Part> = parts
        .iter()
        .map(|report| Part {
            length: 3,
            report: *report,
        })
        .collect();
    roll_up(&built.plan, &parts, None).cells
}
