//! What people type and files give: which texts become cells, which become findings, and how cells are shown back.

use crate::builder::{Built, build};
use crate::examples::{figures_of, report};
use regime::eval::archive::Archive;
use regime::eval::cell::{BlankReason, Cell};
use regime::eval::describe::describe;
use regime::eval::display::{display, input_text, read_typed};
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate};
use regime::eval::figures::{Entry, Figures};
use regime::plan::cell::ValueType;

fn regime_of_entries() -> Built {
    build(
        r#"
        catalog linh_vuc: dat_dai "Đất đai", ho_tich "Hộ tịch", cu "† Cũ", nhom "Nhóm", la "Lá" in nhom
        form A chosen linh_vuc total
        column 1 "Số hồ sơ"
        column 2 "Chênh lệch" integer
        column 3 "Diện tích" decimal 2
        column 4 "Tỷ lệ" percent 1
        column 5 "Ghi chú" text optional
        column 6 "Tổng" = [1] + [2]
        column 7 "Đầu kỳ" carry [6]
        "#,
    )
}

fn messages(built: &Built, figures: &Figures) -> String {
    let evaluation = report(built, figures, None);
    let mut text = String::new();
    for finding in &evaluation.findings {
        text.push_str(&format!(
            "{}\n  {}\n",
            finding.key,
            describe(&built.plan, &evaluation, finding).vi
        ));
    }
    text
}

#[test]
fn whatever_does_not_fit_is_named_and_nothing_is_dropped() {
    let built = regime_of_entries();
    let figures: Figures = serde_json::from_str(
        r#"{
          "A": { "rows": {
            "dat_dai": { "1": "1.5", "2": "-3", "3": "1.234", "4": 89.5, "5": "xong" },
            "ho_tich": { "1": "-1", "2": "abc", "3": "closed", "4": "nil", "6": "7", "7": 1, "9": "1", "8a": "" },
            "cu": { "1": "1" },
            "nhom": { "1": "1" },
            "la": { "1": 12345678901234567890123, "2": "1", "3": "0.10", "4": "nil" },
            "total": { "1": "5" },
            "sao_hoa": {}
          } },
          "B": { "rows": {} }
        }"#,
    )
    .expect("figures");
    insta::assert_snapshot!("entries_that_do_not_fit", messages(&built, &figures));
}

#[test]
fn a_wrong_text_is_reported_once_and_not_again_by_what_it_would_have_fed() {
    let built =
        build("form A own\ncolumn 1 \"Một\"\ncolumn 2 \"Hai\" = [1] + 1 = [3]\ncolumn 3 \"Ba\"");
    let evaluation = report(&built, &figures_of("A", &[("", "1: abc 3: 4")]), None);
    let failing: Vec<&str> = evaluation
        .findings
        .iter()
        .filter(|finding| finding.blocks())
        .map(|finding| finding.key.as_str())
        .collect();
    assert_eq!(failing, ["A[1]/value"]);
}

#[test]
fn a_percentage_of_ninety_means_nine_tenths() {
    let built = regime_of_entries();
    let evaluation = report(&built, &figures_of("A", &[("dat_dai", "4: 90")]), None);
    let shown: Vec<String> = evaluation
        .cells
        .iter()
        .filter(|(at, _)| at.column.0 == 3 && at.row.key() == "dat_dai")
        .map(|(_, cell)| format!("{cell:?}"))
        .collect();
    assert_eq!(shown, ["Given(Number(0.9))"]);
}

#[test]
fn a_cell_given_by_number_and_by_position_is_given_twice() {
    let built = build("form A own\ncolumn 1 \"Một\"");
    let text = messages(&built, &figures_of("A", &[("", "#0: 4 1: 5")]));
    assert_eq!(
        text,
        "A[1]/twice\n  Cột 1 “Một” được nhập hai lần, giá trị “5” không được dùng\n"
    );
}

fn typed(text: &str, value: ValueType) -> String {
    match read_typed(text, value) {
        Ok(None) => "blank".to_string(),
        Ok(Some(Entry::Value(text))) => text,
        Ok(Some(entry)) => format!("{entry:?}"),
        Err(_) => "refused".to_string(),
    }
}

#[test]
fn typed_text_is_read_as_vietnamese_figures_and_never_repaired() {
    let count = ValueType::Number {
        decimals: 0,
        negative: false,
        percent: false,
    };
    let percent = ValueType::Number {
        decimals: 2,
        negative: false,
        percent: true,
    };
    let cases = [
        "1.234",
        " 1.234,5 ",
        "1.5",
        "12%",
        "-",
        "–",
        "x",
        "",
        "  ",
        "-5",
        "năm",
    ];
    let mut text = String::new();
    for case in cases {
        text.push_str(&format!(
            "{case:?}: count {}, percent {}, text {}\n",
            typed(case, count),
            typed(case, percent),
            typed(case, ValueType::Text)
        ));
    }
    insta::assert_snapshot!("typed_text", text);
}

#[test]
fn a_cell_shown_in_its_field_is_read_back_as_the_same_cell() {
    let built = regime_of_entries();
    let figures = figures_of("A", &[("dat_dai", "1: 1234567 2: -5 3: 12.5 4: 89.5")]);
    let evaluation = report(&built, &figures, None);
    let form = &built.plan.form_definition.forms[0];
    let mut text = String::new();
    for (at, cell) in evaluation
        .cells
        .iter()
        .filter(|(at, _)| at.row.key() == "dat_dai")
    {
        let column = form.column(at.column).expect("a column");
        let typed = input_text(cell, &column.cell);
        let again = read_typed(&typed, column.cell.value).expect("it is read back");
        let entry = figures.forms["A"].rows["dat_dai"].get(&column.key(at.column));
        if entry.is_some() {
            assert_eq!(again.as_ref(), entry);
        }
        text.push_str(&format!(
            "{} | {} | {typed}\n",
            column.label,
            display(cell, &column.cell)
        ));
    }
    insta::assert_snapshot!("cells_shown", text);
}

fn carried(built: &Built, figures: &Figures, carry: Carry) -> Evaluation {
    let (period, cutoff) = crate::generate::quarter(2);
    evaluate(
        &built.plan,
        &ReportInput {
            period,
            cutoff,
            reporter: None,
            event: None,
            figures,
            archive: &Archive::default(),
            carry,
        },
    )
}

#[test]
fn openings_are_carried_from_a_report_a_shorter_report_or_a_declaration() {
    let built = build(
        r#"
        catalog linh_vuc: dat_dai, ho_tich, xay_dung
        form A chosen linh_vuc total
        column 1 "Đầu kỳ" carry [2]
        column 2 "Cuối kỳ" stock
        "#,
    );
    let before = report(
        &built,
        &figures_of("A", &[("dat_dai", "2: 12"), ("ho_tich", "2: nil")]),
        None,
    );
    let shorter = carried(
        &built,
        &figures_of("A", &[("dat_dai", "2: 99")]),
        Carry::Report(&before),
    );
    let mut declared = figures_of("A", &[("ho_tich", "2: 1")]);
    declared
        .forms
        .get_mut("A")
        .expect("a form")
        .declared_openings = figures_of("A", &[("xay_dung", "1: 4")]).forms["A"]
        .rows
        .clone();
    let empty = Figures::default();
    let show = |evaluation: Evaluation| {
        let cells = evaluation.cells.iter().filter(|(at, _)| at.column.0 == 0);
        let lines: Vec<String> = cells
            .map(|(at, cell)| format!("{} {}", at.row.key(), crate::examples::cell_text(cell)))
            .collect();
        lines.join(", ")
    };
    assert_eq!(
        show(carried(&built, &empty, Carry::Report(&before))),
        "dat_dai 12, total 12"
    );
    assert_eq!(
        show(carried(
            &built,
            &figures_of("A", &[("ho_tich", ""), ("xay_dung", "")]),
            Carry::Report(&before)
        )),
        "dat_dai 12, ho_tich nil, xay_dung nil, total 12"
    );
    assert_eq!(
        show(carried(&built, &empty, Carry::Opening(&shorter))),
        "dat_dai 12, total 12"
    );
    assert_eq!(
        show(carried(&built, &declared, Carry::Declared)),
        "ho_tich nil, xay_dung 4, total 4"
    );
    assert_eq!(
        show(carried(
            &built,
            &figures_of("A", &[("ho_tich", "")]),
            Carry::Missing(BlankReason::NoEarlierReport)
        )),
        "ho_tich blank (chưa có báo cáo kỳ trước), total blank (chưa có báo cáo kỳ trước)"
    );
}

#[test]
fn a_row_that_something_is_carried_into_must_be_answered_though_nobody_chose_it() {
    let built = build(
        "catalog c: a\nform A chosen c total\ncolumn 1 \"Đầu kỳ\" carry [2]\ncolumn 2 \"Cuối kỳ\" stock",
    );
    let before = report(&built, &figures_of("A", &[("a", "2: 3")]), None);
    let evaluation = carried(&built, &Figures::default(), Carry::Report(&before));
    let keys: Vec<&str> = evaluation
        .findings
        .iter()
        .map(|finding| finding.key.as_str())
        .collect();
    assert_eq!(keys, ["A[a, 2]/answer"]);
}

#[test]
fn history_may_give_computed_cells_directly() {
    let built = build(
        "form A own\ncolumn 1 \"Một\"\ncolumn 2 \"Hai\" = [1] + 1\ncolumn 3 \"Ba\" = [2] * 2",
    );
    let figures = figures_of("A", &[("", "2: 7")]);
    let (period, cutoff) = crate::generate::quarter(1);
    let input = ReportInput {
        period,
        cutoff,
        reporter: None,
        event: None,
        figures: &figures,
        archive: &Archive::default(),
        carry: Carry::Declared,
    };
    let history = regime::eval::evaluate::evaluate_history(&built.plan, &input);
    let cells: Vec<&Cell> = history.cells.values().skip(1).collect();
    assert_eq!(
        format!("{cells:?}"),
        "[Given(Number(7)), Given(Number(14))]"
    );
    assert_eq!(history.findings, []);
}
