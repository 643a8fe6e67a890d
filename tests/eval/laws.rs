//! Laws that hold for every report: agreement with the reference evaluator, and what must never happen.

use crate::builder::{Built, WrittenColumn};
use crate::fractions::V;
use crate::generate::{any_report, evaluated, everything, figures, quarter};
use crate::reference::{Report, Typed, Verdict, World};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regime::eval::cell::{BlankReason, Cell};
use regime::eval::evaluate::{Evaluation, sendable};
use regime::eval::finding::{self, FindingKind};
use regime::number::Number;
use regime::plan::address::Row;
use regime::plan::cell::Source;
use regime::plan::expression::{CellReference, RowReference};
use regime::plan::validation::RuleKind;
use std::collections::{BTreeMap, BTreeSet};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

/// A cell in the words of the reference.
fn as_value(cell: &Cell) -> V {
    match cell {
        Cell::Given(number) => {
            let text = serde_json::to_value(number).expect("a number is text");
            let text = text.as_str().expect("a number is text");
            let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
            let (whole, fraction) = numerator.split_once('.').unwrap_or((numerator, ""));
            let scale = 10_i128.pow(fraction.len() as u32);
            let digits: i128 = format!("{whole}{fraction}").parse().expect("digits");
            reduced(digits, scale * denominator.parse::<i128>().expect("digits"))
        }
        Cell::Nil => V::Nil,
        Cell::Blank(BlankReason::Optional) => V::Optional,
        Cell::Blank(_)
        | Cell::Text(_)
        | Cell::Day(_)
        | Cell::Truth(_)
        | Cell::Entry(_)
        | Cell::File(_)
        | Cell::Partial(..) => V::Blank,
        Cell::Closed => V::Closed,
    }
}

fn reduced(numerator: i128, denominator: i128) -> V {
    let (mut a, mut b) = (numerator.abs(), denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    V::N(numerator / a, denominator / a)
}

fn verdicts_of(evaluation: &Evaluation) -> BTreeMap<String, Verdict> {
    evaluation
        .findings
        .iter()
        .filter(|finding| matches!(finding.kind, FindingKind::Rule { .. }))
        .map(|finding| {
            let verdict = match finding.verdict {
                finding::Verdict::Fails => Verdict::Fails,
                finding::Verdict::Undecided => Verdict::Undecided,
            };
            (finding.key.clone(), verdict)
        })
        .collect()
}

/// Compares a report without history, and one that follows it.
fn agree(built: &Built, before: &Report, now: &Report) {
    let earlier = World::new(built, before, None);
    let evaluation = evaluated(built, before, None);
    agrees(&evaluation, &earlier);
    let world = World::new(built, now, Some(&earlier));
    agrees(&evaluated(built, now, Some(&evaluation)), &world);
}

fn agrees(evaluation: &Evaluation, world: &World) {
    let built = world.built;
    let mut seen = 0;
    for (place, form) in built.forms.iter().enumerate() {
        let index = regime::plan::form::FormIndex(place as u32);
        let rows: Vec<String> = evaluation
            .rows_of(index)
            .iter()
            .map(|data| data.row.key().to_string())
            .collect();
        assert_eq!(rows, world.rows(&form.name), "rows of {}", form.name);
        let total = (form.rows != "own").then(|| "total".to_string());
        for row in rows.into_iter().chain(total) {
            for (column, written) in form.columns.iter().enumerate() {
                let expected = world.cell(&form.name, &row, &written.code);
                let plan_form = built.plan.form_definition.form(index).expect("a form");
                let cell = evaluation
                    .cell(
                        index,
                        &Row::parse(&row, plan_form),
                        regime::plan::form::ColumnIndex(column as u32),
                    )
                    .unwrap_or_else(|| panic!("{}[{row}, {}] is missing", form.name, written.code));
                assert_eq!(
                    as_value(cell),
                    expected,
                    "{}[{row}, {}]",
                    form.name,
                    written.code
                );
                seen += 1;
            }
        }
    }
    assert_eq!(
        seen,
        evaluation.cells.len(),
        "no cell beyond the rows in effect"
    );
    let (period, _) = quarter(2);
    let expected = world.verdicts(&period);
    let loud: BTreeMap<String, Verdict> = expected
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Fails | Verdict::Undecided))
        .map(|(key, verdict)| (key.clone(), *verdict))
        .collect();
    assert_eq!(verdicts_of(evaluation), loud);
    let count = |wanted: Verdict| {
        expected
            .values()
            .filter(|verdict| **verdict == wanted)
            .count() as u32
    };
    assert_eq!(
        evaluation.passed_and_not_applicable(),
        (count(Verdict::Passes), count(Verdict::NotApplicable))
    );
}

#[test]
fn the_evaluator_agrees_with_the_slow_reference_on_generated_reports() {
    let built = everything();
    let input = (any_report(&built), any_report(&built));
    runner(1000)
        .run(&input, |(before, now)| {
            agree(&built, &before, &now);
            Ok(())
        })
        .expect("both evaluators agree");
}

/// The same report with every cell answered by nil.
fn nil_report(built: &Built, rows: &[&str]) -> Report {
    let mut report = Report::default();
    for form in &built.forms {
        let keys: Vec<String> = match form.rows.as_str() {
            "own" => vec![String::new()],
            "from" => ["la1", "la2", "le"].map(String::from).to_vec(),
            _ => rows.iter().map(|row| row.to_string()).collect(),
        };
        let open = form
            .columns
            .iter()
            .filter(|column| column.sides.is_empty() && column.carry.is_none());
        let cells: BTreeMap<String, Typed> = open
            .map(|column| (column.code.clone(), Typed::Nil))
            .collect();
        report.forms.insert(
            form.name.clone(),
            keys.into_iter().map(|key| (key, cells.clone())).collect(),
        );
    }
    report
}

#[test]
fn a_nil_form_always_balances() {
    let built = everything();
    for rows in [vec![], vec!["a"], vec!["a", "b", "c"]] {
        let before = evaluated(&built, &nil_report(&built, &rows), None);
        let evaluation = evaluated(&built, &nil_report(&built, &rows), Some(&before));
        for finding in &evaluation.findings {
            let FindingKind::Rule { rule, .. } = finding.kind else {
                panic!("a nil form answers everything: {finding:?}");
            };
            let rule = &built.plan.validation_program.rules[rule.0 as usize];
            assert!(
                !matches!(
                    rule.kind,
                    RuleKind::Chain { .. } | RuleKind::Balance { .. } | RuleKind::Within { .. }
                ),
                "{} does not hold of nil",
                finding.key
            );
        }
    }
}

/// The entered cells a rule rests on, through computed columns and totals.
fn rests_on(built: &Built, start: &[CellReference]) -> BTreeSet<(u32, u32)> {
    let mut found: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut open: Vec<(u32, u32)> = start
        .iter()
        .map(|cell| (cell.form.0, cell.column.0))
        .collect();
    while let Some(place) = open.pop() {
        if !found.insert(place) {
            continue;
        }
        let form = &built.forms[place.0 as usize];
        let mut read = Vec::new();
        if let Some(first) = form.columns[place.1 as usize].sides.first() {
            crate::formula::references(first, false, &mut read);
        }
        for (node, _) in read {
            if let crate::formula::Node::Cell {
                form: path, column, ..
            } = node
            {
                let name = path.unwrap_or_else(|| form.name.clone());
                let index = built
                    .forms
                    .iter()
                    .position(|form| form.name == name)
                    .expect("a form");
                let column = built.forms[index]
                    .columns
                    .iter()
                    .position(|one| one.code == column)
                    .expect("a column");
                open.push((index as u32, column as u32));
            }
        }
    }
    found
}

#[test]
fn a_change_outside_what_a_rule_reads_never_changes_its_verdict() {
    let built = everything();
    let rules = &built.plan.validation_program.rules;
    let (total_forms, total_columns) = (built.forms.len(), 20_usize);
    let input = (
        any_report(&built),
        0..total_forms,
        0..total_columns,
        0_usize..4,
    );
    runner(250)
        .run(&input, |(report, form, column, row)| {
            let written = &built.forms[form];
            let open = |column: &&WrittenColumn| column.sides.is_empty() && column.carry.is_none();
            let Some(column) = written.columns.get(column).filter(open) else {
                return Ok(());
            };
            let mut changed = report.clone();
            let rows = changed.forms.get_mut(&written.name).expect("a form");
            let count = rows.len().max(1);
            let Some((_, cells)) = rows.iter_mut().nth(row % count) else {
                return Ok(());
            };
            cells.insert(column.code.clone(), Typed::Value(7));
            let (before, after) = (
                evaluated(&built, &report, None),
                evaluated(&built, &changed, None),
            );
            let place = written
                .columns
                .iter()
                .position(|one| one.code == column.code)
                .expect("a column");
            for (index, rule) in rules.iter().enumerate() {
                if rests_on(&built, &rule.reads).contains(&(form as u32, place as u32)) {
                    continue;
                }
                let index = regime::plan::validation::RuleIndex(index as u32);
                prop_assert_eq!(
                    before.tallies.get(&index),
                    after.tallies.get(&index),
                    "{}",
                    &rule.key
                );
            }
            Ok(())
        })
        .expect("reads are true");
}

#[test]
fn a_rule_never_passes_with_a_required_operand_missing() {
    let built = everything();
    let rules = &built.plan.validation_program.rules;
    runner(250)
        .run(&any_report(&built), |report| {
            let evaluation = evaluated(&built, &report, None);
            for (place, rule) in rules.iter().enumerate() {
                // A condition may be decided by one part alone (`or`, `blank`); equalities and subsets need everything.
                let strict = matches!(
                    rule.kind,
                    RuleKind::Chain { .. } | RuleKind::Balance { .. } | RuleKind::Within { .. }
                );
                let rows: Vec<Row> = match rule.form {
                    Some(form) => evaluation
                        .rows_of(form)
                        .iter()
                        .map(|data| data.row.clone())
                        .collect(),
                    None => continue,
                };
                if !strict || rows.is_empty() {
                    continue;
                }
                let missing_everywhere = rows.iter().all(|row| {
                    rule.reads.iter().any(|cell| {
                        let row = match &cell.row {
                            RowReference::Total => Row::Total,
                            _ => row.clone(),
                        };
                        matches!(
                            evaluation.cell(cell.form, &row, cell.column),
                            Some(Cell::Blank(reason)) if *reason != BlankReason::Optional
                        )
                    })
                });
                if missing_everywhere {
                    let tally =
                        evaluation.tallies[&regime::plan::validation::RuleIndex(place as u32)];
                    prop_assert_eq!(tally.passed, 0, "{}", &rule.key);
                }
            }
            Ok(())
        })
        .expect("nothing passes because something is missing");
}

#[test]
fn a_report_with_an_unanswered_required_cell_cannot_be_sent() {
    let built = everything();
    runner(300)
        .run(&any_report(&built), |report| {
            let evaluation = evaluated(&built, &report, None);
            let unanswered = evaluation.cells.iter().any(|(at, cell)| {
                let column = built
                    .plan
                    .form_definition
                    .form(at.form)
                    .and_then(|form| form.column(at.column));
                column.is_some_and(|column| {
                    column.cell.required && column.cell.source == Source::Entered
                }) && at.row != Row::Total
                    && *cell == Cell::Blank(BlankReason::NotAnswered)
            });
            prop_assert!(!(unanswered && sendable(&evaluation)));
            Ok(())
        })
        .expect("a missing answer forbids sending");
}

#[test]
fn linear_rules_that_hold_for_each_unit_hold_for_the_sum() {
    use regime::eval::consolidate::{Group, Member, consolidate};
    let built = crate::builder::build(
        r#"
        form A own
        column 1 "Tổng" = [2] + [3] = [4] + [5]
        column 2 "Hai"
        column 3 "Ba"
        column 4 "Bốn"
        column 5 "Năm"
        column 6 "Phần" within [4]
        "#,
    );
    let unit =
        (0_i64..50, 0_i64..50, 0_i64..100, 0_i64..100).prop_map(|(two, three, four, six)| {
            let four = four.min(two + three);
            [two, three, four, two + three - four, six.min(four)]
        });
    runner(200)
        .run(&proptest::collection::vec(unit, 1..12), |units| {
            let reports: Vec<Evaluation> = units
                .iter()
                .map(|values| {
                    let cells = ["2", "3", "4", "5", "6"].iter().zip(values);
                    let cells = cells
                        .map(|(code, value)| (code.to_string(), Typed::Value(*value)))
                        .collect();
                    let rows = BTreeMap::from([(String::new(), cells)]);
                    evaluated(
                        &built,
                        &Report {
                            forms: BTreeMap::from([("A".to_string(), rows)]),
                        },
                        None,
                    )
                })
                .collect();
            for report in &reports {
                prop_assert!(sendable(report), "{:?}", report.findings);
            }
            let members: Vec<Member> = reports
                .iter()
                .enumerate()
                .map(|(place, report)| Member {
                    unit: regime::organisation::UnitId(format!("U{place}")),
                    name: String::new(),
                    level: "xa".to_string(),
                    item: "xa".to_string(),
                    facts: None,
                    report: Some(report),
                })
                .collect();
            let form = regime::plan::form::FormIndex(0);
            let whole = consolidate(&built.plan, form, &members, None);
            let figure = |column: u32| {
                let figure = whole.figure(
                    &Group::Overall,
                    &Row::Own,
                    regime::plan::form::ColumnIndex(column),
                );
                figure
                    .and_then(|figure| figure.cell.number())
                    .unwrap_or_else(Number::zero)
            };
            prop_assert_eq!(figure(0), figure(3).add(&figure(4)));
            prop_assert_eq!(figure(0), figure(1).add(&figure(2)));
            prop_assert!(figure(5) <= figure(3));
            Ok(())
        })
        .expect("sums inherit linear rules");
}

#[test]
fn evaluating_twice_gives_the_same_and_figures_that_fit_are_kept() {
    let built = everything();
    runner(100)
        .run(&any_report(&built), |report| {
            prop_assert_eq!(
                evaluated(&built, &report, None),
                evaluated(&built, &report, None)
            );
            let text = serde_json::to_string(&figures(&report)).expect("figures are text");
            let read: regime::eval::figures::Figures =
                serde_json::from_str(&text).expect("figures are read back");
            prop_assert_eq!(read, figures(&report));
            Ok(())
        })
        .expect("evaluation is a function");
}
