//! Rules that allow for rounding: how a finding tells what rounding allows, and a search through the values that may stand behind the figures.

use crate::of_units::compiled;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regime::calendar::{Date, Period, PeriodKind};
use regime::eval::archive::Archive;
use regime::eval::cell::BlankReason;
use regime::eval::describe::describe;
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate};
use regime::eval::figures::{Entry, Figures, FormFigures};
use regime::eval::finding::Verdict;
use regime::plan::CompiledRegime;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

const REGIME: &str = r#"
đơn vị tính dong "đồng"
đơn vị tính ty_dong "tỷ đồng" = 1_000_000_000 * dong
cấp xa "Cấp xã"
cấp tinh "Cấp tỉnh"
cơ quan tai_chinh "Sở Tài chính" cấp tinh
chế độ LT "Làm tròn" phiên bản 1 hiệu lực từ 01/01/2025 {
  căn cứ "Quyết định 1"
  cơ quan ban hành "Sở Tài chính"
  phương thức gửi system
  luồng xa -> tai_chinh
  chốt số liệu theo lịch
  kỳ quý
  hạn gửi xa chậm nhất 5 ngày làm việc sau chốt số liệu
  biểu B "01/B" "BẢNG" {
    mặc định đơn vị tính ty_dong số thập phân(1)
    mỗi dòng một đơn vị báo cáo
    cột 1 tong "Tổng số"
    cột 2 mot "Phần một"
    cột 3 hai "Phần hai"
    kiểm tra E: [1] = [2] + [3] cho phép làm tròn
    kiểm tra L: [1] <= [2] - [3] cho phép làm tròn
    kiểm tra S: [1] < [2] + [3] cho phép làm tròn
    kiểm tra N: không phải ([1] > 2 * [2]) cho phép làm tròn
    cân đối B: [1] = [2] + [3] cho phép làm tròn
  }
}
"#;

/// A report with these figures, in tenths; none is không phát sinh.
fn report(plan: &CompiledRegime, tenths: [Option<i64>; 3]) -> Evaluation {
    let mut form = FormFigures::default();
    let entries = ["1", "2", "3"]
        .into_iter()
        .zip(tenths)
        .map(|(column, tenths)| {
            let entry = match tenths {
                Some(tenths) => {
                    let sign = if tenths < 0 { "-" } else { "" };
                    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
                    Entry::Value(format!("{sign}{whole}.{rest}"))
                }
                None => Entry::Nil,
            };
            (column.to_string(), entry)
        });
    form.rows.insert(String::new(), entries.collect());
    let figures = Figures {
        forms: BTreeMap::from([("B".to_string(), form)]),
        narratives: BTreeMap::new(),
    };
    let input = ReportInput {
        period: Period::new(PeriodKind::Quarter, 2026, 1).expect("a quarter"),
        cutoff: Date::constant(2026, 3, 31),
        reporter: None,
        event: None,
        figures: &figures,
        archive: &Archive::default(),
        carry: Carry::Missing(BlankReason::NoEarlierReport),
    };
    evaluate(plan, &input)
}

fn failing(evaluation: &Evaluation) -> BTreeSet<String> {
    let findings = evaluation.findings.iter();
    findings
        .filter(|finding| finding.verdict == Verdict::Fails)
        .map(|finding| finding.key.clone())
        .collect()
}

#[test]
fn a_finding_tells_what_rounding_allows_for() {
    let plan = compiled(REGIME, "LT");
    let mut text = String::new();
    for tenths in [
        [Some(14), Some(4), Some(8)],
        [Some(-3), Some(0), Some(2)],
        [Some(9), Some(4), None],
    ] {
        let evaluation = report(&plan, tenths);
        text.push_str(&format!("{tenths:?}\n"));
        for finding in &evaluation.findings {
            let told = describe(&plan, &evaluation, finding);
            text.push_str(&format!(
                "  {}: {}\n     {}\n",
                finding.key, told.vi, told.en
            ));
        }
    }
    insta::assert_snapshot!("rounded_findings", text);
}

/// All values, in thousandths, that are shown as so many tenths: a half goes away from zero.
fn behind(tenths: Option<i64>) -> RangeInclusive<i64> {
    match tenths {
        None => 0..=0,
        Some(0) => -49..=49,
        Some(tenths) if tenths > 0 => tenths * 100 - 50..=tenths * 100 + 49,
        Some(tenths) => tenths * 100 - 49..=tenths * 100 + 50,
    }
}

#[test]
fn a_rounded_rule_holds_exactly_where_some_values_behind_the_figures_make_it_hold() {
    let plan = compiled(REGIME, "LT");
    let figure = || {
        prop_oneof![
            1 => Just(None),
            8 => (-6_i64..14).prop_map(Some),
        ]
    };
    let config = Config {
        cases: 250,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&(figure(), figure(), figure()), |(one, two, three)| {
            let found = failing(&report(&plan, [one, two, three]));
            let (mut equal, mut at_most, mut below, mut not_above) = (false, false, false, false);
            for two in behind(two) {
                not_above |= behind(one).any(|one| one <= 2 * two);
                for three in behind(three) {
                    equal |= behind(one).contains(&(two + three));
                    at_most |= *behind(one).start() <= two - three;
                    below |= *behind(one).start() < two + three;
                }
            }
            let holds = [
                ("E", equal),
                ("B", equal),
                ("L", at_most),
                ("S", below),
                ("N", not_above),
            ];
            for (rule, holds) in holds {
                prop_assert_eq!(!found.contains(rule), holds, "{}", rule);
            }
            Ok(())
        })
        .expect("the intervals are those of the values");
}
