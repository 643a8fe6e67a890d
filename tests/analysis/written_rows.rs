//! Forms with rows written out: what every cell is, which mistakes are told, and how often.

use super::{analysed, codes, regime_with, report};
use regime::analysis::model::cell::{CellDefinition, Source, ValueType};
use regime::analysis::printed;

/// A sound regime with one form of written rows around some lines.
fn rows_with(lines: &str) -> String {
    regime_with(&format!(
        "  form B \"01/B\" \"BIỂU\" {{
    column \"Chỉ tiêu\" shows label
{lines}
  }}"
    ))
}

fn told(cell: &CellDefinition) -> String {
    let source = match cell.source {
        Source::Entered => "nhập",
        Source::Computed => "tính",
        Source::Carried => "kết chuyển",
        Source::Closed => "đóng",
    };
    let value = match cell.value {
        ValueType::Number {
            decimals,
            negative,
            percent,
        } => format!(
            "số({decimals}){}{}",
            if negative { " ±" } else { "" },
            if percent { " %" } else { "" }
        ),
        ValueType::Text => "chữ".to_owned(),
        ValueType::Unknown => "?".to_owned(),
        other => format!("{other:?}"),
    };
    let formula: Vec<&str> = cell.chain.iter().map(|side| side.text.as_str()).collect();
    let needed = if cell.required { " !" } else { "" };
    format!("{source} {value}{needed} {}", formula.join(" = "))
        .trim()
        .to_owned()
}

/// Every cell of the first form: row, column, what it is; then the order of computing.
fn cells(text: &str) -> String {
    let (_, analysis) = analysed(text);
    let mut shown = report(text);
    let regime = &analysis.model.regimes[0];
    let form = &regime.forms[0];
    for ((row, column), cell) in &form.cells {
        let key = form.row_key(*row).expect("a row");
        let column = &form.columns[*column];
        shown.push_str(&format!("[{key}, {}] {}\n", column.shown(), told(cell)));
    }
    let order: Vec<String> = regime
        .evaluation_order
        .iter()
        .map(|one| {
            let row = one.row.and_then(|row| form.row_key(row));
            let column = form.columns[one.column].shown();
            format!("[{}, {column}]", row.unwrap_or_default())
        })
        .collect();
    shown.push_str(&format!("thứ tự: {}\n", order.join(" ")));
    for column in &form.columns {
        if let Some(printed) = printed::formula_row(form, column) {
            shown.push_str(&format!("in: {printed}\n"));
        }
    }
    shown
}

#[test]
fn a_cell_meets_its_row_and_its_column_and_its_exceptions() {
    insta::assert_snapshot!(cells(&rows_with(
        "    column 1 quy \"Trong quý\"
    column 2 truoc \"Quý trước\" optional
    column 3 tang \"So với quý trước\" percent(1) = growth([1], [2])
    column 4 ghi_chu \"Ghi chú\" text optional
    group I \"Đơn\" measure don {
      row 01 nhan \"Đã nhận\" {
        row 01.a xu_ly \"Đã xử lý\" within row[nhan]
      }
      row 02 con \"Còn lại\" integer closed [3] = row[nhan] - row[xu_ly]
    }
    row 03 ty_le \"Tỷ lệ\" percent(2) closed [3], [4] = row[xu_ly] / row[nhan]
    row 04 moc \"Mốc\" measure don closed [3] only [2] = 8"
    )));
}

#[test]
fn sums_come_before_ratios_and_ratios_before_comparisons_where_row_and_column_cross() {
    insta::assert_snapshot!(cells(&rows_with(
        "    default measure don
    column 1 cu \"Cũ\"
    column 2 moi \"Mới\"
    column 3 chung \"Cộng\" = [1] + [2]
    column 4 phan \"Tỷ lệ mới\" percent(1) = [2] / [3]
    row 01 tong \"Tổng\" = row[02] + row[03]
    row 02 mot \"Loại một\"
    row 03 hai \"Loại hai\"
    row 04 ty_le \"Loại một trong tổng\" percent(1) closed [4] = row[02] / row[tong]"
    )));
}

#[test]
fn neither_of_two_formulas_that_do_not_commute_is_chosen_silently() {
    insta::assert_snapshot!(report(&rows_with(
        "    column 1 dau \"Đầu\"
    column 2 cuoi \"Cuối\"
    column 3 lon \"Lớn hơn\" = max([1], [2])
    row 01 nhan \"Đã nhận\" measure don
    row 02 xu_ly \"Đã xử lý\" measure don
    row 03 nho \"Nhỏ hơn\" = min(row[01], row[02])"
    )));
}

#[test]
fn a_formula_of_a_column_that_fails_in_some_rows_is_one_report_that_shows_the_rows() {
    insta::assert_snapshot!(report(&rows_with(
        "    column 1 a \"A\"
    column 2 b \"B\"
    column 3 c \"C\" measure don = [1] + [2]
    row 01 \"Đơn\" measure don
    row 02 \"Vụ việc\" measure vu_viec
    row 03 \"Tiền\" measure dong
    row 04 \"Vụ việc khác\" measure vu_viec entered [3]
    row 05 \"Vụ việc đóng\" measure vu_viec closed [3]
    check K1: row[01] <= row[9.9]"
    )));
}

#[test]
fn names_of_rows_and_columns_that_lead_nowhere_are_told_once_with_the_nearest() {
    insta::assert_snapshot!(report(&rows_with(
        "    column 1 quy \"Trong quý\"
    column 2 gap_doi \"Gấp đôi\" = 2 * [quys]
    row 01 nhan \"Đã nhận\" measure don
    row 02 xu_ly \"Đã xử lý\" measure don closed [3] within row[nhann]
    row 03 con \"Còn lại\" measure don"
    )));
}

#[test]
fn a_circle_through_rows_is_a_circle_of_cells() {
    assert_eq!(
        codes(&rows_with(
            "    column 1 a \"A\"
    row 01 \"Một\" measure don = row[02]
    row 02 \"Hai\" measure don = row[01]"
        )),
        ["R509"]
    );
    // Two columns may compute in opposite directions, because the cells differ.
    assert_eq!(
        codes(&rows_with(
            "    column 1 a \"A\"
    column 2 b \"B\"
    row 01 \"Một\" measure don only [1] = [02, 1]
    row 02 \"Hai\" measure don only [2] = [01, 2]"
        )),
        Vec::<&str>::new()
    );
}

#[test]
fn a_total_row_adds_the_outermost_rows_and_refuses_two_measures() {
    insta::assert_snapshot!(cells(&rows_with(
        "    total row \"Tổng cộng\"
    column 1 nhan \"Nhận\"
    column 2 xong \"Xong\"
    column 3 ty_le \"Tỷ lệ\" percent(1) = [2] / [1]
    row 01 \"Khiếu nại\" measure don { row 01.a \"Lần đầu\" measure don within row[01] }
    row 02 \"Tố cáo\" measure don"
    )));
    assert_eq!(
        codes(&rows_with(
            "    total row \"Tổng cộng\"
    column 1 nhan \"Nhận\"
    row 01 \"Đơn\" measure don
    row 02 \"Vụ việc\" measure vu_viec"
        )),
        ["R521"]
    );
}

#[test]
fn one_text_stands_for_a_rule_per_cell_or_per_column_it_makes_sense_in() {
    let text = rows_with(
        "    column 1 cu \"Cũ\"
    column 2 moi \"Mới\"
    column 3 phan \"Tỷ lệ\" percent(1) = [2] / [1]
    column 4 ghi_chu \"Ghi chú\" text optional
    row 01 tong \"Tổng\" measure don
    row 02 mot \"Loại một\" measure don
    row 03 hai \"Loại hai\" measure don closed [2]
    check K1: row[tong] >= row[mot]
    check K2 for each [mot, 1], [hai, 1]: cell <= [tong, 1]
    check K3 for each row[mot], row[hai]: cell <= row[tong]
    check K4: [2] <= [1]",
    );
    assert_eq!(codes(&text), Vec::<&str>::new());
    let (_, analysis) = analysed(&text);
    let rules: Vec<String> = analysis.model.regimes[0]
        .rules
        .iter()
        .map(|rule| {
            format!(
                "{}[{}]",
                rule.id.as_deref().unwrap_or_default(),
                rule.instance.as_deref().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        rules,
        [
            "K1[1]",
            "K1[2]",
            "K2[02, 1]",
            "K2[03, 1]",
            "K3[mot, 1]",
            "K3[mot, 2]",
            "K3[hai, 1]",
            "K4[]"
        ]
    );
}

#[test]
fn a_block_of_columns_is_repeated_for_every_entry_of_a_catalog() {
    insta::assert_snapshot!(cells(&rows_with(
        "    default measure don
    column tong \"Tổng số\" = [dat_dai.nhan] + [ho_tich.nhan]
    group each linh_vuc \"Chia theo lĩnh vực\" {
      column nhan \"Nhận\"
      column xong \"Xong\" within [nhan]
      column con \"Còn\" integer = [nhan] - [xong]
    }
    row 01 \"Trong quý\""
    )));
}

#[test]
fn a_form_a_column_and_a_row_apply_where_they_say() {
    let text = rows_with(
        "    only in quarter 1, quarter 2
    field loai \"Loại\" text optional
    column 1 nhan \"Nhận\"
    column 2 them \"Thêm\" only in quarter 2
    row 01 \"Mọi xã\" measure don
    row 02 \"Của tỉnh\" measure don only for xa filled by xa
    row 03 \"Không bao giờ\" measure don only in month",
    );
    insta::assert_snapshot!(report(&text));
}
