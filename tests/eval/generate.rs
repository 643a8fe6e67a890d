//! A regime with every kind of rule, and generated reports for it in all four states.

use crate::builder::{Built, build};
use crate::reference::{Report, Typed};
use proptest::prelude::*;
use regime::calendar::{Date, Period, PeriodKind};
use regime::eval::archive::Archive;
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate};
use regime::eval::figures::{Entry, Figures, FormFigures};
use std::collections::BTreeMap;

/// Every operation and every kind of rule, over rows that are chosen, fixed as a tree, and single.
const EVERYTHING: &str = r#"
level xa: xa, phuong
level so: so
catalog linh_vuc: a "Đất đai", b "Hộ tịch", c "Xây dựng"
catalog cay: goc "Gốc", la1 "Lá 1" in goc, la2 "Lá 2" in goc, le "Lẻ"
form A chosen linh_vuc total
column 1 "Một"
column 2 "Hai" optional
column 3 "Ba" integer
column 4 "Tổng" = [1] + [2] = [5] + [6] = [4] + [3] - [3]
column 5 "Năm"
column 6 "Sáu" stock
column 7 "Hiệu" integer = [4] - [3] - [2]
column 8 "Tỷ lệ" percent 2 = ([1] + [2]) / [5]
column 9 "Đầu kỳ" carry [6] - [2]
column 10 "Lớn nhất" = max([1], [2], [3], 2)
column 11 "Tích" integer = [1] * [3]
column 12 "Tăng" percent 2 = growth([1], previous([1]))
column 13 "Phần" within [1]
column 14 "Khoảng" range 0 .. [1]
column 15 "Phần trăm" percent 0
column 16 "Tỷ trọng" percent 2 = [1] / [total, 1]
column 17 "Tròn" = round(abs([3]) / 2)
column 18 "Nghìn" = scale(min([1], [2]))
column 19 "Khác" = sum([*, 1])
column 20 "Âm" integer = -[3] + [9]
check C1: [6] <= [4]
check C2: [1] < [5] <= [4] or not ([2] = 0)
check C3: [3] >= 0 and [15] <= 100% when [1] > 0
check C4: [5] = 0 when blank([2])
check C5: [total, 1] >= [total, 5]
check C6: [a, 1] != 1
check C7: [9] + [1] = [5] + [6] when [total, 5] > 0 or [2] < 2
warn W1: [8] >= 90% only quarter
warn W2: [16] <= 50%
explain X1: [1] <= 150% * previous([1])
explain X2: [7] >= previous([total, 7]) only quarter 1
form B own
column 1 "Tổng của A"
column 2 "Hai" optional
column 3 "Ba" = [1] + [2] = A[total, 1]
column 4 "Cuối kỳ" stock within [3]
column 5 "Đầu kỳ" carry [4]
column 6 "Bình quân" decimal 1 = [1] / 3
check D1: A[total, 1] = [1] when [2] >= 1
warn D2: previous([4]) = [5]
form C from cay total
column 1 "Một"
column 2 "Hai" optional
column 3 "Cộng" = [1] + [2]
column 4 "Tỷ lệ" percent 1 = [2] / [1]
check E1: [2] <= [1]
check E2: [3] <= sum([*, 3])
form D chosen linh_vuc total
column 1 "Một"
column 2 "Hai"
check F1: [total, 1] <= B[1] or B[2] = 0
check F2: [1] <= B[3]
regime
balance T1: A[1] = D[1]
balance T2: A[total, 1] = B[1] = D[total, 1]
balance T3: B[1] = C[total, 1]
check T4: B[1] <= A[1] when D[2] = 1
"#;

/// The regime of [`EVERYTHING`].
pub fn everything() -> Built {
    build(EVERYTHING)
}

/// The report of the second quarter and of the first; with it goes the day of the cut-off.
pub fn quarter(index: u16) -> (Period, Date) {
    (
        Period::new(PeriodKind::Quarter, 2026, index).expect("a quarter"),
        Date::constant(2026, 6, 14),
    )
}

fn typed() -> impl Strategy<Value = Option<Typed>> {
    prop_oneof![
        2 => Just(None),
        3 => Just(Some(Typed::Nil)),
        1 => Just(Some(Typed::Closed)),
        12 => (0_i64..4).prop_map(|value| Some(Typed::Value(value))),
    ]
}

/// A report with any cell in any state.
pub fn any_report(built: &Built) -> impl Strategy<Value = Report> + use<> {
    let mut forms: Vec<(String, Vec<String>, bool, Vec<String>)> = Vec::new();
    for form in &built.forms {
        let entries: Vec<(usize, String)> = form
            .catalog
            .map(|catalog| {
                built.catalogs[catalog]
                    .1
                    .iter()
                    .map(|(name, ..)| name.clone())
                    .enumerate()
                    .collect()
            })
            .unwrap_or_default();
        let inner = |place: usize| {
            form.rows == "from"
                && built.catalogs[form.catalog.unwrap()]
                    .1
                    .iter()
                    .any(|(_, _, parent)| *parent == Some(place))
        };
        let rows: Vec<String> = match form.rows.as_str() {
            "own" => vec![String::new()],
            _ => entries
                .into_iter()
                .filter(|(place, _)| !inner(*place))
                .map(|(_, name)| name)
                .collect(),
        };
        let open = form
            .columns
            .iter()
            .filter(|column| column.sides.is_empty() && column.carry.is_none());
        let codes = open.map(|column| column.code.clone()).collect();
        forms.push((form.name.clone(), rows, form.rows == "chosen", codes));
    }
    let cells: usize = forms
        .iter()
        .map(|(_, rows, _, codes)| rows.len() * codes.len())
        .sum();
    let rows: usize = forms.iter().map(|(_, rows, ..)| rows.len()).sum();
    (
        proptest::collection::vec(typed(), cells),
        proptest::collection::vec(proptest::bool::weighted(0.75), rows),
    )
        .prop_map(move |(cells, chosen)| {
            let mut cells = cells.into_iter();
            let mut chosen = chosen.into_iter();
            let mut report = Report::default();
            for (form, rows, optional_rows, codes) in &forms {
                let mut made = BTreeMap::new();
                for row in rows {
                    let present = chosen.next().unwrap_or(true) || !optional_rows;
                    let mut typed_cells = BTreeMap::new();
                    for code in codes {
                        if let Some(Some(cell)) = cells.next() {
                            typed_cells.insert(code.clone(), cell);
                        }
                    }
                    if present {
                        made.insert(row.clone(), typed_cells);
                    }
                }
                report.forms.insert(form.clone(), made);
            }
            report
        })
}

/// A generated report as the product receives it.
pub fn figures(report: &Report) -> Figures {
    let entry = |typed: &Typed| match typed {
        Typed::Value(value) => Entry::Value(value.to_string()),
        Typed::Nil => Entry::Nil,
        Typed::Closed => Entry::Closed,
    };
    let mut figures = Figures::default();
    for (form, rows) in &report.forms {
        let mut made = FormFigures::default();
        for (row, cells) in rows {
            let cells = cells
                .iter()
                .map(|(code, typed)| (code.clone(), entry(typed)))
                .collect();
            made.rows.insert(row.clone(), cells);
        }
        figures.forms.insert(form.clone(), made);
    }
    figures
}

/// Evaluates a generated report after an earlier one.
pub fn evaluated(built: &Built, report: &Report, earlier: Option<&Evaluation>) -> Evaluation {
    let (period, cutoff) = quarter(2);
    evaluate(
        &built.plan,
        &ReportInput {
            period,
            cutoff,
            reporter: None,
            event: None,
            figures: &figures(report),
            archive: &earlier.map_or_else(Archive::default, |earlier| {
                Archive::of(period.previous().expect("a quarter before"), earlier)
            }),
            carry: match earlier {
                Some(earlier) => Carry::Report(earlier),
                None => Carry::Missing(regime::eval::cell::BlankReason::NoEarlierReport),
            },
        },
    )
}
