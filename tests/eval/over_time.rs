//! A slow, obvious reckoning over time, straight from the table of natures and operations: year to date, the period before, the same period of last year, quarters made
//! of months. It shares no code with the product and is compared with it on generated series of monthly reports in all states.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regime::analysis::project::{Project, Source};
use regime::calendar::{Period, PeriodKind};
use regime::eval::archive::Archive;
use regime::eval::beside::Beside;
use regime::eval::cell::Cell;
use regime::eval::consolidate::{Group, Member};
use regime::eval::evaluate::Evaluation;
use regime::eval::figures::{Entry, Figures};
use regime::eval::provenance::{How, of_figure};
use regime::eval::sequence::{Part, evaluate_in_order};
use regime::eval::together::History;
use regime::organisation::UnitId;
use regime::plan::CompiledRegime;
use regime::plan::address::{CellAddress, Row};
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::cmp::Ordering;
use std::collections::BTreeMap;

const REGIME: &str = r#"
level xa "Cấp xã"
level so "Sở"
agency so_tc "Sở Tài chính" level so
regime THU "Thu" version 1 in force from 01/01/2024 {
  basis "Quyết định 1"
  issuer "Sở Tài chính"
  channel system
  route xa -> so_tc
  window calendar
  period month
  period quarter derived from month
  deadline xa by 5 working days after cutoff
  form B "01/B" "THU" {
    rows each reporting unit
    column 1 ct "Chính thức tháng trước" for previous final
    column 2 uoc "Ước tháng" estimate
    column 3 chi "Chi"
    column 4 ton "Tồn cuối" stock
    column 5 dau "Tồn đầu" opening
    column 6 ty_le "Tỷ lệ" percent(4) = [2] / [3]
    column 7 uoc_lk "Lũy kế thu" = year to date([2])
    column 8 chi_lk "Lũy kế chi" = year to date([3])
    column 9 ty_le_lk "Tỷ lệ lũy kế" percent(4) = year to date([6])
    column 10 truoc "Thu tháng trước" = previous([2])
    column 11 lk_truoc "Lũy kế đến tháng trước" = previous([8])
    column 12 ton_truoc "Tồn tháng trước" = previous([4])
    column 13 cung_ky "Thu cùng kỳ" = year ago([2])
    column 14 lk_cung_ky "Lũy kế cùng kỳ" = year ago([8])
  }
}
"#;

fn plan() -> CompiledRegime {
    let file = SourceFile::new(FileId(0), "common.regime", REGIME);
    let mut project = Project::default();
    project.sources.push(Source::read(file));
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:#?}", snapshot.diagnostics());
    let regime = snapshot.regime("THU").expect("the regime is there");
    regime.plan().expect("it is sound").clone()
}

/// What a person left in a typed cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Typed {
    Number(i128),
    Nil,
    Blank,
    Closed,
}

/// A figure, as the table of states has it; fractions as numerator and denominator.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    Whole(i128, i128),
    Partial(i128, i128, u32, u32),
    Nil,
    Blank,
    Closed,
}

/// The five typed cells of each month that was reported; months are counted from January of the first year.
type Series = Vec<Option<[Typed; 5]>>;

fn lowest(numerator: i128, denominator: i128) -> (i128, i128) {
    let (mut a, mut b) = (
        numerator.abs().max(denominator),
        numerator.abs().min(denominator),
    );
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (numerator / a, denominator / a)
}

fn stated(series: &Series, month: usize, column: usize) -> Known {
    match series.get(month).and_then(|cells| cells.as_ref()) {
        None => Known::Blank,
        Some(cells) => match cells[column - 1] {
            Typed::Number(number) => Known::Whole(number, 1),
            Typed::Nil => Known::Nil,
            Typed::Blank => Known::Blank,
            Typed::Closed => Known::Closed,
        },
    }
}

/// The final figure of a month as the next month has it, if that is known in a month.
fn revised(series: &Series, month: usize, known_in: usize) -> Option<Known> {
    if month + 1 > known_in {
        return None;
    }
    match stated(series, month + 1, 1) {
        found @ (Known::Whole(..) | Known::Nil) => Some(found),
        _ => None,
    }
}

/// The sum from January up to a month of a flow; column 2 is revised a month later.
fn to_date(series: &Series, month: usize, column: usize, known_in: usize) -> Known {
    if stated(series, month, column) == Known::Blank {
        return Known::Blank;
    }
    let (mut answered, mut due, mut sum, mut any, mut number) = (0, 0, 0, false, false);
    for part in month - month % 12..=month {
        let own = stated(series, part, column);
        if own == Known::Closed {
            continue;
        }
        due += 1;
        if own != Known::Blank {
            answered += 1;
        }
        let better = match column {
            2 => revised(series, part, known_in),
            _ => None,
        };
        match better.unwrap_or(own) {
            Known::Whole(value, _) => {
                sum += value;
                any = true;
                number = true;
            }
            Known::Nil => any = true,
            _ => {}
        }
    }
    match (due, any) {
        (0, _) => Known::Closed,
        (_, false) => Known::Blank,
        _ if answered < due => Known::Partial(sum, 1, answered, due),
        _ if number => Known::Whole(sum, 1),
        _ => Known::Nil,
    }
}

fn divided(above: Known, below: Known) -> Known {
    let amount = |known: Known| match known {
        Known::Whole(n, d) => Some((n, d, None)),
        Known::Partial(n, d, k, m) => Some((n, d, Some((k, m)))),
        Known::Nil => Some((0, 1, None)),
        Known::Blank | Known::Closed => None,
    };
    if above == Known::Closed || below == Known::Closed {
        return Known::Closed;
    }
    let (Some((a, b, one)), Some((c, d, two))) = (amount(above), amount(below)) else {
        return Known::Blank;
    };
    if c == 0 {
        return Known::Blank;
    }
    let (numerator, denominator) = lowest(a * d, b * c);
    match (one, two) {
        (None, None) => Known::Whole(numerator, denominator),
        (Some((k, n)), None) | (None, Some((k, n))) => Known::Partial(numerator, denominator, k, n),
        (Some(one), Some(two)) => {
            let weaker = match (one.0 * two.1).cmp(&(two.0 * one.1)) {
                Ordering::Less => one,
                Ordering::Greater => two,
                Ordering::Equal => (one.0.max(two.0), one.1.max(two.1)),
            };
            Known::Partial(numerator, denominator, weaker.0, weaker.1)
        }
    }
}

/// What a column shows in a month.
fn shown(series: &Series, month: usize, column: usize) -> Known {
    let reported = |month: usize| series.get(month).is_some_and(Option::is_some);
    let before = month.checked_sub(1).filter(|month| reported(*month));
    let year_ago = month.checked_sub(12).filter(|month| reported(*month));
    let of = |at: Option<usize>, read: &dyn Fn(usize) -> Known| at.map_or(Known::Blank, read);
    match column {
        6 => divided(stated(series, month, 2), stated(series, month, 3)),
        7 => to_date(series, month, 2, month),
        8 => to_date(series, month, 3, month),
        9 => divided(
            to_date(series, month, 2, month),
            to_date(series, month, 3, month),
        ),
        10 => of(before, &|at| {
            revised(series, at, month).unwrap_or(stated(series, at, 2))
        }),
        11 if month.is_multiple_of(12) => Known::Nil,
        11 => of(before, &|at| to_date(series, at, 3, at)),
        12 => of(before, &|at| stated(series, at, 4)),
        13 => of(year_ago, &|at| {
            revised(series, at, month).unwrap_or(stated(series, at, 2))
        }),
        14 => of(year_ago, &|at| to_date(series, at, 3, at)),
        typed => stated(series, month, typed),
    }
}

/// What a column shows in the quarter that begins with a month.
fn of_quarter(series: &Series, first: usize, column: usize) -> Known {
    let last = first + 2;
    match column {
        // Each month of the quarter before, as the month after it has it; nothing is typed where one of them says nothing.
        1 => {
            let (mut sum, mut number) = (0, false);
            let (mut any, Some(before)) = (false, first.checked_sub(3)) else {
                return Known::Blank;
            };
            for month in before..first {
                match stated(series, month + 1, 1) {
                    Known::Whole(value, _) => {
                        sum += value;
                        any = true;
                        number = true;
                    }
                    Known::Nil => any = true,
                    Known::Closed => {}
                    _ => return Known::Blank,
                }
            }
            match (any, number) {
                (true, true) => Known::Whole(sum, 1),
                (true, false) => Known::Nil,
                (false, _) => Known::Closed,
            }
        }
        4 => stated(series, last, 4),
        5 => stated(series, first, 5),
        7 => quarters_to_date(series, first),
        6 => divided(of_quarter(series, first, 2), of_quarter(series, first, 3)),
        flow => {
            let (mut sum, mut any, mut number) = (0, false, false);
            for month in first..=last {
                let own = stated(series, month, flow);
                let better = match flow {
                    2 if own != Known::Closed => revised(series, month, last),
                    _ => None,
                };
                match better.unwrap_or(own) {
                    Known::Whole(value, _) => {
                        sum += value;
                        any = true;
                        number = true;
                    }
                    Known::Nil => any = true,
                    Known::Closed => {}
                    _ => return Known::Blank,
                }
            }
            match (any, number) {
                (true, true) => Known::Whole(sum, 1),
                (true, false) => Known::Nil,
                (false, _) => Known::Closed,
            }
        }
    }
}

/// The sum of column 2 over the quarters of a year up to one; column 1 of the quarter that follows states each again.
fn quarters_to_date(series: &Series, first: usize) -> Known {
    if of_quarter(series, first, 2) == Known::Blank {
        return Known::Blank;
    }
    let (mut answered, mut due, mut sum, mut any, mut number) = (0, 0, 0, false, false);
    for quarter in (first - first % 12..=first).step_by(3) {
        let own = of_quarter(series, quarter, 2);
        if own == Known::Closed {
            continue;
        }
        due += 1;
        if own != Known::Blank {
            answered += 1;
        }
        let again = match quarter < first {
            true => of_quarter(series, quarter + 3, 1),
            false => Known::Blank,
        };
        let better = match again {
            Known::Whole(..) | Known::Nil => again,
            _ => own,
        };
        match better {
            Known::Whole(value, _) => {
                sum += value;
                any = true;
                number = true;
            }
            Known::Nil => any = true,
            _ => {}
        }
    }
    match (due, any) {
        (0, _) => Known::Closed,
        (_, false) => Known::Blank,
        _ if answered < due => Known::Partial(sum, 1, answered, due),
        _ if number => Known::Whole(sum, 1),
        _ => Known::Nil,
    }
}

fn fraction(number: &regime::number::Number) -> (i128, i128) {
    let text = serde_json::to_value(number).expect("a number is text");
    let text = text.as_str().expect("a number is text");
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let (whole, decimals) = numerator.split_once('.').unwrap_or((numerator, ""));
    let scale = 10_i128.pow(decimals.len() as u32);
    let digits: i128 = format!("{whole}{decimals}").parse().expect("digits");
    lowest(digits, scale * denominator.parse::<i128>().expect("digits"))
}

fn in_words_of_reference(cell: &Cell) -> Known {
    match cell {
        Cell::Given(number) => {
            let (n, d) = fraction(number);
            Known::Whole(n, d)
        }
        Cell::Partial(number, basis) => {
            let (n, d) = fraction(number);
            Known::Partial(n, d, basis.answered, basis.due)
        }
        Cell::Nil => Known::Nil,
        Cell::Closed => Known::Closed,
        _ => Known::Blank,
    }
}

fn typed() -> impl Strategy<Value = Typed> {
    prop_oneof![
        8 => (0_i128..5).prop_map(Typed::Number),
        2 => Just(Typed::Nil),
        2 => Just(Typed::Blank),
        1 => Just(Typed::Closed),
    ]
}

fn series() -> impl Strategy<Value = Series> {
    let month = proptest::option::weighted(0.9, proptest::array::uniform5(typed()));
    proptest::collection::vec(month, 24)
}

fn month(place: usize) -> Period {
    let (year, month) = (2025 + place / 12, place % 12 + 1);
    Period::new(PeriodKind::Month, year as i16, month as u16).expect("a month")
}

fn quarter(place: usize) -> Period {
    let (year, quarter) = (2025 + place / 12, place % 12 / 3 + 1);
    Period::new(PeriodKind::Quarter, year as i16, quarter as u16).expect("a quarter")
}

fn evaluated(plan: &CompiledRegime, series: &Series) -> BTreeMap<Period, Evaluation> {
    let mut all: BTreeMap<Period, Figures> = BTreeMap::new();
    for (place, cells) in series.iter().enumerate() {
        if let Some(cells) = cells {
            let figures = all.entry(month(place)).or_default();
            let form = figures.forms.entry("B".to_owned()).or_default();
            let row = form.rows.entry(String::new()).or_default();
            for (column, cell) in cells.iter().enumerate() {
                let entry = match cell {
                    Typed::Number(number) => Entry::Value(number.to_string()),
                    Typed::Nil => Entry::Nil,
                    Typed::Closed => Entry::Closed,
                    Typed::Blank => continue,
                };
                row.insert((column + 1).to_string(), entry);
            }
        }
        if place % 3 == 2 {
            all.entry(quarter(place)).or_default();
        }
    }
    let parts = all
        .iter()
        .map(|(period, figures)| {
            let part = Part {
                figures,
                history: false,
                reporter: None,
                event: None,
            };
            (*period, part)
        })
        .collect();
    evaluate_in_order(plan, &parts, &Archive::default())
}

fn read(plan: &CompiledRegime, report: &Evaluation, column: usize) -> Known {
    let (index, form) = plan.form_definition.find_form("B").expect("the form");
    let (column, _) = form.find_column(&column.to_string()).expect("a column");
    let cell = report.cell(index, &Row::Own, column).expect("a cell");
    in_words_of_reference(cell)
}

#[test]
fn figures_over_time_agree_with_the_slow_reckoning() {
    let plan = plan();
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&series(), |series| {
            let reports = evaluated(&plan, &series);
            for place in 0..series.len() {
                if let Some(report) = reports.get(&month(place)) {
                    for column in 1..=14 {
                        prop_assert_eq!(
                            read(&plan, report, column),
                            shown(&series, place, column),
                            "{} column {}",
                            month(place),
                            column
                        );
                    }
                }
                if place % 3 == 2 {
                    let report = reports.get(&quarter(place)).expect("a quarter");
                    for column in 1..=7 {
                        prop_assert_eq!(
                            read(&plan, report, column),
                            of_quarter(&series, place - 2, column),
                            "{} column {}",
                            quarter(place),
                            column
                        );
                    }
                }
            }
            Ok(())
        })
        .expect("the product and the reference agree");
}

/// A reference that could not tell a mistake from the truth would prove nothing.
#[test]
fn the_slow_reckoning_tells_revisions_from_estimates() {
    let cells = |first: i128, second: i128| {
        Some([
            Typed::Number(first),
            Typed::Number(second),
            Typed::Number(10),
            Typed::Nil,
            Typed::Nil,
        ])
    };
    let series: Series = vec![cells(0, 1600), cells(1550, 1300), None, cells(7, 9)];
    assert_eq!(shown(&series, 1, 7), Known::Whole(2850, 1));
    assert_eq!(shown(&series, 1, 10), Known::Whole(1550, 1));
    assert_eq!(shown(&series, 3, 7), Known::Partial(2866, 1, 3, 4));
    assert_eq!(of_quarter(&series, 0, 2), Known::Blank);
}

#[test]
fn the_origin_of_a_year_to_date_says_which_months_are_final_and_which_are_estimates() {
    let plan = plan();
    let cells = |final_before: i128, estimate: i128| {
        Some([
            Typed::Number(final_before),
            Typed::Number(estimate),
            Typed::Number(10),
            Typed::Nil,
            Typed::Nil,
        ])
    };
    // January is stated again by nobody: February is missing.
    let series: Series = vec![
        cells(1200, 1600),
        None,
        cells(1310, 1500),
        cells(1490, 1400),
    ];
    let reports = evaluated(&plan, &series);
    let (april, unit) = (month(3), UnitId("A".into()));
    let mut archive = Archive::default();
    for (period, report) in reports.iter().filter(|(period, _)| **period != april) {
        archive.keep(*period, report);
    }
    let members = [Member {
        unit: unit.clone(),
        name: "Xã A".into(),
        level: "xa".into(),
        item: "xa".into(),
        facts: None,
        report: reports.get(&april),
    }];
    let history = History {
        period: april,
        units: BTreeMap::from([(unit, &archive)]),
        own: Archive::default(),
        adjustments: Vec::new(),
    };
    let at = CellAddress::parse("B[7]", &plan.form_definition).expect("the year to date");
    let group = Group::Level("xa".into());
    let origin = of_figure(&plan, &members, &group, &at, Some(&history)).expect("a figure");
    let How::Formula { beside, .. } = origin.how else {
        panic!("the year to date is a formula");
    };
    let told: Vec<String> = beside
        .iter()
        .filter_map(|one| match one {
            Beside::Period(then) => Some(format!(
                "{}: {:?} {:?}, again {:?} {:?}",
                then.period,
                then.stated
                    .as_ref()
                    .and_then(Cell::number)
                    .map(|number| number.to_plain(None)),
                then.vintage,
                then.revised
                    .as_ref()
                    .and_then(Cell::number)
                    .map(|number| number.to_plain(None)),
                then.revised_vintage,
            )),
            Beside::Plan { .. } => None,
        })
        .collect();
    assert_eq!(
        told,
        [
            "2025-01: Some(\"1600\") Some(Estimate), again None None",
            "2025-02: None None, again Some(\"1310\") Some(Final)",
            "2025-03: Some(\"1500\") Some(Estimate), again Some(\"1490\") Some(Final)",
        ]
    );
}
