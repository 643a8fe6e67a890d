//! Reports of an earlier version read by a later one: regime text in, figures out.

use super::texts::{self, figures};
use regime::eval::archive::Archive;
use regime::eval::cell::BlankReason;
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate, evaluate_history};
use regime::eval::figures::Figures;
use regime::eval::migrate::migrate;
use regime::plan::CompiledRegime;
use regime::plan::form::ColumnIndex;
use regime::plan::form::FormIndex;

const WORDS: &str = r#"
đơn vị tính don "đơn"
cấp xa "Cấp xã"
cấp tinh "Cấp tỉnh"
cơ quan thanh_tra "Thanh tra tỉnh" cấp tinh
"#;

fn regime(version: u32, from: &str, inside: &str) -> String {
    format!(
        "chế độ XLD \"Xử lý đơn\" phiên bản {version} hiệu lực từ {from} {{
  căn cứ \"Thông tư 1\"
  cơ quan ban hành \"Thanh tra Chính phủ\"
  phương thức gửi system
  luồng xa -> thanh_tra
  chốt số liệu nghị định 09
  kỳ quý
  hạn gửi xa địa phương quy định
  {inside}
}}
"
    )
}

const OLD: &str = r#"biểu XLD01 "01/XLD" "CŨ" {
    mặc định đơn vị tính don
    mỗi dòng một đơn vị báo cáo
    cột 1 "Phải xử lý" = [2] + [3]
    cột 2 "Khiếu nại"
    cột 3 "Tố cáo"
    cột 4 "Đã xử lý"
    cột 5 "Tỷ lệ" phần trăm(1) = [4] / [1]
    cột 6 "Chuyển đơn"
  }"#;

const NEW: &str = r#"biểu XLD01 "01/XLD" "MỚI" {
    mặc định đơn vị tính don
    mỗi dòng một đơn vị báo cáo
    cột 1 "Phải xử lý" = [2] + [3]
    cột 2 "Kỳ trước chuyển sang" kết chuyển từ [1] - [4]
    cột 3 "Tiếp nhận"
    cột 4 "Đã xử lý"
    cột 5 "So với kỳ trước" phần trăm(1) = tốc độ tăng([3], kỳ trước([3]))
  }
  chuyển từ phiên bản 1 {
    giữ [1]
    gộp [2], [3] -> [3]
    giữ [4]
    bỏ [5] "Không in nữa"
    bỏ [6] "Không thu thập"
  }"#;

fn plans() -> (CompiledRegime, CompiledRegime) {
    let text = format!(
        "{WORDS}{}{}",
        regime(2, "01/04/2026", NEW),
        regime(1, "01/01/2025", OLD)
    );
    let mut plans = texts::plans(&text);
    let old = plans.remove(&1).expect("version 1");
    (old, plans.remove(&2).expect("version 2"))
}

fn input<'a>(
    plan: &CompiledRegime,
    quarter: &str,
    figures: &'a Figures,
    archive: &'a Archive<'a>,
    carry: Carry<'a>,
) -> ReportInput<'a> {
    let period = quarter.parse().expect("a quarter");
    let window = regime::eval::earlier::window_of(&plan.header, period).expect("it is reported");
    ReportInput {
        period,
        cutoff: window.to,
        reporter: None,
        event: None,
        figures,
        archive,
        carry,
    }
}

fn shown(evaluation: &Evaluation) -> String {
    let cells = evaluation.cells.iter();
    cells
        .filter(|(at, _)| at.form == FormIndex(0))
        .map(|(at, cell)| format!("[{}] {cell:?}\n", at.column.0 + 1))
        .collect()
}

#[test]
fn an_old_report_is_read_in_the_cells_of_the_new_version_and_carried_from() {
    let (old_plan, plan) = plans();
    let empty = Archive::default();
    let missing = || Carry::Missing(BlankReason::NoEarlierReport);
    let typed = figures("XLD01", &[("2", "7"), ("3", "nil"), ("4", "5"), ("6", "1")]);
    let old = evaluate(
        &old_plan,
        &input(&old_plan, "2026-Q1", &typed, &empty, missing()),
    );
    let moved = migrate(&old_plan, &old, &plan, &plan.migrations[0]);
    let before = evaluate_history(&plan, &input(&plan, "2026-Q1", &moved, &empty, missing()));
    let period = "2026-Q1".parse().expect("a quarter");
    let archive = Archive::of(period, &before);
    let typed = figures("XLD01", &[("3", "14"), ("4", "10")]);
    let now = evaluate(
        &plan,
        &input(&plan, "2026-Q2", &typed, &archive, Carry::Report(&before)),
    );
    insta::assert_snapshot!(format!(
        "{}---\n{}---\n{}",
        serde_json::to_string(&moved).expect("plain data"),
        shown(&before),
        shown(&now)
    ));
    // What was dropped is nowhere.
    assert!(
        before
            .cell(
                FormIndex(0),
                &regime::plan::address::Row::Own,
                ColumnIndex(5)
            )
            .is_none()
    );
}
