//! Findings in words: source and verdict side by side.

use crate::builder::build;
use crate::examples::{TTHC, figures_of, report};
use regime::eval::describe::describe;
use regime::eval::evaluate::Evaluation;
use regime::eval::finding::Verdict;

fn words(built: &crate::builder::Built, evaluation: &Evaluation) -> String {
    let mut text = String::new();
    for finding in &evaluation.findings {
        let words = describe(&built.plan, evaluation, finding);
        let verdict = match finding.verdict {
            Verdict::Fails => "fails",
            Verdict::Undecided => "waits",
        };
        let blocks = if finding.blocks() { ", blocks" } else { "" };
        text.push_str(&format!(
            "{} {:?} {verdict}{blocks}\n  vi {}\n  en {}\n",
            finding.key, finding.severity, words.vi, words.en
        ));
    }
    text
}

#[test]
fn an_imbalance_is_explained_in_figures() {
    let built = build(TTHC);
    let before = report(
        &built,
        &figures_of("TTHC06A", &[("dat_dai", "12: 12 13: nil")]),
        None,
    );
    let figures = figures_of(
        "TTHC06A",
        &[
            ("dat_dai", "4: 120 5: 30 8: 100 9: 27 10: 15 12: 18 13: 3"),
            ("ho_tich", "4: 10 5: nil 8: 10"),
        ],
    );
    insta::assert_snapshot!(
        "imbalance",
        words(&built, &report(&built, &figures, Some(&before)))
    );
}

#[test]
fn every_kind_of_rule_names_row_column_both_figures_and_the_difference() {
    let built = build(
        r#"
        catalog linh_vuc: dat_dai "Đất đai", ho_tich "Hộ tịch"
        form A own
        column 1 "Tổng số" = [2] + [3] = [4] = [5]
        column 2 "Khiếu nại"
        column 3 "Tố cáo"
        column 4 "Lần đầu"
        column 5 "Nhiều lần"
        column 6 "Thuộc thẩm quyền" within [2]
        column 7 "Điểm" decimal 1 range 0 .. [2]
        column 8 "Tỷ lệ" percent 2 = [2] / [1]
        check C1: [6] <= [3] message "Số đơn ({[6]}) lớn hơn ({[3]})"
        check C2: [2] * 2 = [3] + 1 and [4] > 0
        check C3: not ([4] = 7)
        check C4: [2] >= [3] when [7] > 0
        warn W1: [3] <= 150% * previous([3])
        warn W2: [8] >= 90%
        form B chosen linh_vuc total
        column 1 "Số vụ"
        check E1: [total, 1] = A[2]
        regime
        balance T1: A[1] = B[total, 1] = A[4]
        "#,
    );
    let mut before = figures_of("A", &[("", "2: 1 3: 4 4: 5 5: 5 6: 1 7: 1")]);
    before
        .forms
        .extend(figures_of("B", &[("dat_dai", "1: 5")]).forms);
    let before = report(&built, &before, None);
    let mut figures = figures_of("A", &[("", "2: 3 3: 1234 4: 7 5: 1237 6: 1300 7: 3.5")]);
    figures
        .forms
        .extend(figures_of("B", &[("dat_dai", "1: 5"), ("ho_tich", "1: nil")]).forms);
    insta::assert_snapshot!(
        "every_rule",
        words(&built, &report(&built, &figures, Some(&before)))
    );
}

#[test]
fn what_is_missing_is_named_and_counted_when_it_is_much() {
    let built = build(
        r#"
        form A own
        column 1 "Một" = [2] + [3] + [4] + [5] + [6] + [7] + [8] = [9]
        column 2 "Hai"
        column 3 "Ba"
        column 4 "Bốn"
        column 5 "Năm"
        column 6 "Sáu"
        column 7 "Bảy"
        column 8 "Tám"
        column 9 "Chín"
        warn W1: [2] <= previous([2])
        "#,
    );
    let evaluation = report(&built, &figures_of("A", &[("", "2: 1")]), None);
    let waiting: Vec<String> = evaluation
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Undecided)
        .map(|finding| describe(&built.plan, &evaluation, finding).vi)
        .collect();
    assert_eq!(
        waiting,
        [
            "Chưa xét được quy tắc của cột 1 “Một”: thiếu cột 3 “Ba”, cột 4 “Bốn”, cột 5 “Năm”, cột 6 “Sáu”, cột 7 “Bảy”, cột 8 “Tám” và 1 ô khác",
            "Chưa xét được quy tắc W1: thiếu số liệu kỳ trước",
        ]
    );
}

#[test]
fn a_difference_too_small_to_see_is_shown_with_more_decimals() {
    let built = build(
        "form A own\ncolumn 1 \"Tử\"\ncolumn 2 \"Mẫu\"\ncolumn 3 \"Tỷ lệ\" percent 0 = [1] / [2]\nwarn W1: [3] >= 90%",
    );
    let evaluation = report(&built, &figures_of("A", &[("", "1: 8999 2: 10000")]), None);
    let message = describe(&built.plan, &evaluation, &evaluation.findings[0]).vi;
    assert_eq!(
        message,
        "Cột 3 “Tỷ lệ” = 89,99% phải lớn hơn hoặc bằng 90%: lệch 0,01 điểm %"
    );
}
