//! Figures of many units: sums with how many units they rest on, ratios recomputed, groups, provenance.

use crate::builder::{Built, build};
use crate::examples::{TTHC, cell_text, figures_of, report};
use crate::generate::{any_report, evaluated, everything};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regime::eval::consolidate::{Consolidation, Figure, Group, Member, consolidate, figure};
use regime::eval::evaluate::Evaluation;
use regime::eval::provenance::{How, Provenance, of_cell, of_figure};
use regime::organisation::UnitId;
use regime::plan::address::{CellAddress, Row};
use regime::plan::form::{ColumnIndex, FormIndex};

fn member<'a>(unit: &str, item: &str, report: Option<&'a Evaluation>) -> Member<'a> {
    Member {
        unit: UnitId(unit.to_string()),
        name: unit.to_string(),
        level: if item == "so" { "so" } else { "xa" }.to_string(),
        item: item.to_string(),
        facts: None,
        report,
    }
}

fn names(units: &[UnitId]) -> String {
    let names: Vec<&str> = units.iter().map(UnitId::as_str).collect();
    names.join(", ")
}

/// `5 (2 of 3, missing C)`
fn figure_text(figure: &Figure) -> String {
    let mut text = format!(
        "{} ({} of {}",
        cell_text(&figure.cell),
        figure.answered,
        figure.due
    );
    if !figure.missing.is_empty() {
        text.push_str(&format!(", missing {}", names(&figure.missing)));
    }
    if let Some(uneven) = &figure.uneven {
        text.push_str(&format!(
            "; {} | {}",
            names(&uneven.numerator),
            names(&uneven.denominator)
        ));
    }
    text + ")"
}

fn overall(whole: &Consolidation, row: &Row, column: u32) -> String {
    figure_text(
        whole
            .figure(&Group::Overall, row, ColumnIndex(column))
            .expect("a figure"),
    )
}

/// Units A, B, … with these cells each; `-` stands for a report that was not sent.
fn of_units(built: &Built, cells: &[&str]) -> Consolidation {
    let reports: Vec<Option<Evaluation>> = cells
        .iter()
        .map(|cells| (*cells != "-").then(|| report(built, &figures_of("A", &[("", cells)]), None)))
        .collect();
    let members: Vec<Member> = reports
        .iter()
        .zip(["A", "B", "C", "D"])
        .map(|(report, name)| member(name, "xa", report.as_ref()))
        .collect();
    consolidate(&built.plan, FormIndex(0), &members, None)
}

#[test]
fn example_8_sums_over_units_say_how_many_they_rest_on() {
    let built = build("form A own\ncolumn 1 \"Một\"\ncolumn 2 \"Hai\" optional");
    let sum = |cells: &[&str]| overall(&of_units(&built, cells), &Row::Own, 0);
    assert_eq!(sum(&["1: 5", "1: nil", "1: x"]), "5 (2 of 2)");
    assert_eq!(sum(&["1: nil", "1: nil"]), "nil (2 of 2)");
    assert_eq!(sum(&["1: x", "1: x"]), "closed (0 of 0)");
    assert_eq!(sum(&["1: 5", "", "-"]), "5 (1 of 3, missing B, C)");
    assert_eq!(
        sum(&["", "-"]),
        "blank (chưa trả lời) (0 of 2, missing A, B)"
    );
    let optional = |cells: &[&str]| overall(&of_units(&built, cells), &Row::Own, 1);
    assert_eq!(optional(&["2: 5", ""]), "5 (1 of 2)");
    assert_eq!(
        optional(&["", ""]),
        "blank (không bắt buộc, để trống) (0 of 2)"
    );
}

#[test]
fn example_2_a_ratio_is_the_quotient_of_the_printed_sums() {
    let built = build(
        "form A own\ncolumn 1 \"Tử\"\ncolumn 2 \"Mẫu\"\ncolumn 3 \"Tỷ lệ\" percent 1 = [1] / [2]",
    );
    let columns = |cells: &[&str]| -> Vec<String> {
        let whole = of_units(&built, cells);
        (0..3)
            .map(|column| overall(&whole, &Row::Own, column))
            .collect()
    };
    assert_eq!(
        columns(&["1: 90 2: 100", "1: 1 2: 10"]),
        ["91 (2 of 2)", "110 (2 of 2)", "91/110 (2 of 2)"]
    );
    assert_eq!(
        columns(&["1: 90 2: 100", "2: 10"]),
        [
            "90 (1 of 2, missing B)",
            "110 (2 of 2)",
            "9/11 (1 of 2, missing B; A | A, B)"
        ]
    );
    assert_eq!(
        columns(&["1: 90 2: 100", "-"]),
        [
            "90 (1 of 2, missing B)",
            "100 (1 of 2, missing B)",
            "0.9 (1 of 2, missing B)"
        ]
    );
    assert_eq!(
        columns(&["1: nil 2: nil", "1: nil 2: nil"])[2],
        "blank (mẫu số bằng 0) (2 of 2)"
    );
}

fn three_communes(built: &Built) -> [Evaluation; 3] {
    let before = report(
        built,
        &figures_of("TTHC06A", &[("dat_dai", "12: 5 13: nil")]),
        None,
    );
    [
        report(
            built,
            &figures_of(
                "TTHC06A",
                &[("dat_dai", "4: 100 5: nil 8: 40 9: 50 10: 10 12: 5 13: nil")],
            ),
            Some(&before),
        ),
        report(
            built,
            &figures_of(
                "TTHC06A",
                &[
                    ("dat_dai", "4: 5 5: 5 8: 1 9: nil 10: 9 12: 5 13: nil"),
                    ("ho_tich", "4: 8 5: nil 8: 8 9: nil 10: nil 12: nil 13: nil"),
                ],
            ),
            Some(&before),
        ),
        report(
            built,
            &figures_of(
                "TTHC06A",
                &[("ho_tich", "4: 2 5: 1 8: 3 9: nil 10: nil 12: nil 13: nil")],
            ),
            None,
        ),
    ]
}

#[test]
fn a_form_is_consolidated_overall_by_level_and_by_kind_of_unit() {
    let built = build(TTHC);
    let [first, second, third] = three_communes(&built);
    let members = [
        member("Anh Sơn", "xa", Some(&first)),
        member("Trường Vinh", "phuong", Some(&second)),
        member("Sở Y tế", "so", Some(&third)),
        member("Con Cuông", "xa", None),
    ];
    let whole = consolidate(&built.plan, FormIndex(0), &members, None);
    let mut text = String::new();
    for group in &whole.groups {
        let coverage = &whole.coverage[group];
        text.push_str(&format!(
            "{group:?}: {}/{} thiếu: {}\n",
            coverage.received,
            coverage.due,
            names(&coverage.missing)
        ));
        for row in &whole.rows {
            for column in [0, 1, 3, 11] {
                let figure = whole
                    .figure(group, row, ColumnIndex(column))
                    .expect("a figure");
                text.push_str(&format!(
                    "  {}[{column}] {}\n",
                    row.key(),
                    figure_text(figure)
                ));
                let address = CellAddress {
                    form: FormIndex(0),
                    row: row.clone(),
                    column: ColumnIndex(column),
                };
                assert_eq!(
                    regime::eval::consolidate::figure(&built.plan, &members, group, &address, None)
                        .as_ref(),
                    Some(figure)
                );
            }
        }
    }
    insta::assert_snapshot!("consolidated_form", text);
}

fn tree(node: &Provenance, built: &Built, depth: usize, text: &mut String) {
    let address = node.at.text(&built.plan.form_definition);
    let how = match &node.how {
        How::Entered => "entered".to_string(),
        How::Carried { .. } => "carried".to_string(),
        How::Formula { expression, .. } => {
            regime::eval::naming::expression(&built.plan, Some(node.at.form), *expression).vi
        }
        How::Rows { .. } => "sum of rows".to_string(),
        How::Words { units } => format!("words of {} units", units.len()),
        How::Units { figure, .. } => {
            let units: Vec<String> = figure
                .contributions
                .iter()
                .map(|(unit, cell)| format!("{unit} {}", cell_text(cell)))
                .collect();
            units.join(", ")
        }
    };
    text.push_str(&format!(
        "{}{address} = {}: {how}\n",
        "  ".repeat(depth),
        cell_text(&node.cell)
    ));
    if let How::Formula {
        operands: inside, ..
    }
    | How::Rows { rows: inside } = &node.how
    {
        inside
            .iter()
            .for_each(|child| tree(child, built, depth + 1, text));
    }
}

#[test]
fn every_figure_opens_to_its_formula_its_units_and_their_cells() {
    let built = build(TTHC);
    let [first, second, third] = three_communes(&built);
    let members = [
        member("Anh Sơn", "xa", Some(&first)),
        member("Trường Vinh", "phuong", Some(&second)),
        member("Sở Y tế", "so", Some(&third)),
    ];
    let mut text = String::new();
    for address in ["TTHC06A[total, dung_han]", "TTHC06A[dat_dai, 3]"] {
        let address = CellAddress::parse(address, &built.plan.form_definition).expect("an address");
        let group = Group::Level("xa".to_string());
        tree(
            &of_figure(&built.plan, &members, &group, &address, None).expect("a figure"),
            &built,
            0,
            &mut text,
        );
    }
    let address =
        CellAddress::parse("TTHC06A[total, 3]", &built.plan.form_definition).expect("an address");
    tree(
        &of_cell(&built.plan, &second, &address, None).expect("a cell"),
        &built,
        0,
        &mut text,
    );
    insta::assert_snapshot!("provenance", text);
}

#[test]
fn words_are_shown_unit_by_unit_and_have_no_sum() {
    let built = build("form A own\ncolumn 1 \"Nguyên nhân\" text");
    let first = report(&built, &figures_of("A", &[("", "1: mưa")]), None);
    let second = report(&built, &figures_of("A", &[("", "")]), None);
    let members = [
        member("A", "xa", Some(&first)),
        member("B", "xa", Some(&second)),
        member("C", "xa", None),
    ];
    let address = CellAddress {
        form: FormIndex(0),
        row: Row::Own,
        column: ColumnIndex(0),
    };
    let shown = figure(&built.plan, &members, &Group::Overall, &address, None).expect("a figure");
    assert_eq!(figure_text(&shown), "closed (1 of 3, missing B, C)");
    let units: Vec<String> = shown
        .contributions
        .iter()
        .map(|(unit, cell)| format!("{unit} {}", cell_text(cell)))
        .collect();
    assert_eq!(units, ["A mưa", "B blank (chưa trả lời)"]);
}

#[test]
fn consolidation_does_not_depend_on_the_order_of_units_and_rows_add_up_to_the_total() {
    let built = everything();
    let reports = proptest::collection::vec((any_report(&built), any::<bool>()), 1..6);
    let input = (reports, any_report(&built), any::<u64>());
    let config = Config {
        cases: 150,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&input, |(reports, before, seed)| {
            let before = evaluated(&built, &before, None);
            let evaluations: Vec<Option<Evaluation>> = reports
                .iter()
                .map(|(report, sent)| sent.then(|| evaluated(&built, report, Some(&before))))
                .collect();
            let items = ["xa", "phuong", "so"];
            let members: Vec<Member> = evaluations
                .iter()
                .enumerate()
                .map(|(place, report)| {
                    member(&format!("U{place}"), items[place % 3], report.as_ref())
                })
                .collect();
            let mut other_order = members.clone();
            other_order.sort_by_key(|member| {
                seed.rotate_left(u32::from(member.unit.0.as_bytes()[1])) % 1000
            });
            for form in 0..built.forms.len() {
                let form = FormIndex(form as u32);
                let one = consolidate(&built.plan, form, &members, None);
                let other = consolidate(&built.plan, form, &other_order, None);
                prop_assert_eq!(&one.rows, &other.rows);
                prop_assert_eq!(&one.groups, &other.groups);
                for (key, figure) in &one.figures {
                    let again = &other.figures[key];
                    // A reason may name several cells; their order follows the plan, not the units.
                    prop_assert_eq!(&figure.cell, &again.cell, "{:?}", key);
                    prop_assert_eq!((figure.answered, figure.due), (again.answered, again.due));
                }
                // The printed rows add up to the printed total, complete or not.
                if one.rows.last() == Some(&Row::Total) {
                    let value = |row: &Row| {
                        one.figure(&Group::Overall, row, ColumnIndex(0))
                            .and_then(|figure| figure.cell.number())
                    };
                    let outermost = one
                        .rows
                        .iter()
                        .filter(|row| !matches!(row.key(), "la1" | "la2" | "total"));
                    let sum = outermost
                        .filter_map(value)
                        .reduce(|left, right| left.add(&right));
                    if let (Some(sum), Some(total)) = (sum, value(&Row::Total)) {
                        prop_assert_eq!(sum, total);
                    }
                }
            }
            Ok(())
        })
        .expect("order does not matter");
}

#[test]
fn levels_and_kinds_stand_in_the_order_of_the_regime() {
    let built = build("level xa: xa, phuong\nlevel so: so\nform A own\ncolumn 1 \"Một\"");
    let members = [
        member("S", "so", None),
        member("P", "phuong", None),
        member("X", "xa", None),
        member("D", "dac_khu", None),
    ];
    let whole = consolidate(&built.plan, FormIndex(0), &members, None);
    let groups: Vec<String> = whole
        .groups
        .iter()
        .map(|group| match group {
            Group::Overall => "all".to_string(),
            Group::Level(level) => level.clone(),
            Group::Registered { entry, .. } => entry.clone(),
            Group::Item { level, item } => format!("{level}/{item}"),
        })
        .collect();
    assert_eq!(
        groups,
        [
            "all",
            "xa",
            "xa/xa",
            "xa/phuong",
            "xa/dac_khu",
            "so",
            "so/so"
        ]
    );
}
