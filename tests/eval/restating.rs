//! Past figures in today's boundaries: worked example 7, and a slow reference that follows every value by itself, day by day.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regime::analysis::project::{Project, Source};
use regime::calendar::{Date, Period, PeriodKind};
use regime::eval::adjustment::Adjustment;
use regime::eval::archive::Archive;
use regime::eval::consolidate::{Group, Member};
use regime::eval::figures::{Entry, Figures};
use regime::eval::provenance::{How, of_figure};
use regime::eval::restate::{AsNow, as_now, divided, figure_as_now};
use regime::eval::sequence::{Part, evaluate_in_order};
use regime::eval::together::History;
use regime::number::Number;
use regime::organisation::{Succession, UnitId};
use regime::plan::address::CellAddress;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::collections::BTreeMap;

fn whole(value: i128) -> Number {
    Number::from_i64(i64::try_from(value).expect("a small number"))
}

fn day(number: u8) -> Date {
    Date::constant(2025, 7, i8::try_from(number).expect("a day of July"))
}

fn took_over(old: &str, new: &str, on: Date, percent: Option<i64>) -> Succession {
    Succession {
        old: UnitId::from(old),
        new: UnitId::from(new),
        date: on,
        share: percent.map(|percent| Number::from_fraction(percent, 100).expect("not by zero")),
        basis: None,
    }
}

fn told(result: &AsNow) -> String {
    let units: Vec<String> = result
        .units
        .iter()
        .map(|(unit, found)| {
            let estimated = if found.estimated { "~" } else { "" };
            format!("{unit} {}{estimated}", found.value.to_plain(None))
        })
        .collect();
    format!(
        "{}; residual {}",
        units.join(", "),
        result.residual.to_plain(None)
    )
}

#[test]
fn example_7_what_belongs_to_no_unit_of_today_is_a_residual_of_its_own() {
    // A and B became C; district D is gone without an heir and had corrected the whole by -4.
    let reported = [
        (UnitId::from("A"), whole(30)),
        (UnitId::from("B"), whole(15)),
        (UnitId::from("D"), whole(-4)),
    ];
    let successions = [
        took_over("A", "C", day(1), None),
        took_over("B", "C", day(1), None),
    ];
    let now = as_now(
        &reported,
        &successions,
        Date::constant(2025, 3, 31),
        day(2),
        0,
        |unit| unit.as_str() == "C",
    );
    assert_eq!(told(&now), "C 45; residual -4");
    let as_then = reported
        .iter()
        .fold(Number::zero(), |sum, (_, value)| sum.add(value));
    let total = now
        .units
        .values()
        .fold(now.residual, |sum, one| sum.add(&one.value));
    assert_eq!((total, as_then), (whole(41), whole(41)));
}

#[test]
fn example_7_a_division_by_shares_adds_up_and_one_without_shares_is_not_guessed() {
    let reported = [(UnitId::from("D"), whole(101))];
    let shares = |percent: [Option<i64>; 3]| {
        let heirs = ["E", "F", "G"].iter().zip(percent);
        let rows: Vec<Succession> = heirs
            .map(|(heir, percent)| took_over("D", heir, day(1), percent))
            .collect();
        let before = Date::constant(2025, 3, 31);
        told(&as_now(&reported, &rows, before, day(2), 0, |unit| {
            unit.as_str() != "D"
        }))
    };
    assert_eq!(
        shares([Some(55), Some(30), Some(15)]),
        "E 56~, F 30~, G 15~; residual 0"
    );
    assert_eq!(shares([None, None, None]), "; residual 101");
    let parts = divided(
        &Number::parse("10.01").expect("a number"),
        &[1, 1, 1].map(|_| Number::from_fraction(1, 3).expect("not by zero")),
        2,
    );
    let parts: Vec<String> = parts.iter().map(|part| part.to_plain(None)).collect();
    assert_eq!(parts, ["3.34", "3.34", "3.33"]);
}

const REGIME: &str = r#"
level xa "Cấp xã"
level tinh "Cấp tỉnh"
agency van_phong "Văn phòng UBND tỉnh" level tinh
measure ho_so "hồ sơ"
regime SN "Sáp nhập" version 1 in force from 01/01/2025 {
  basis "Quyết định 1"
  issuer "Văn phòng UBND tỉnh"
  channel system
  route xa -> van_phong
  window calendar
  period quarter
  deadline xa by 5 working days after cutoff
  form B "01/B" "HỒ SƠ" {
    default measure ho_so
    rows each reporting unit
    column 1 xong "Đã xong"
    column 2 tong "Tổng số"
    column 3 ty_le "Tỷ lệ" percent(1) = [1] / [2]
  }
}
"#;

#[test]
fn example_7_a_consolidation_as_then_and_as_now_with_its_residual() {
    let file = SourceFile::new(FileId(0), "common.regime", REGIME);
    let mut project = Project::default();
    project.sources.push(Source::read(file));
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:#?}", snapshot.diagnostics());
    let plan = snapshot.regime("SN").and_then(|regime| regime.plan());
    let plan = plan.expect("it is sound").clone();
    let quarter = Period::new(PeriodKind::Quarter, 2025, 1).expect("a quarter");
    let report = |cells: [&str; 2]| {
        let mut figures = Figures::default();
        let form = figures.forms.entry("B".to_owned()).or_default();
        let row = form.rows.entry(String::new()).or_default();
        for (place, cell) in cells.iter().enumerate() {
            row.insert((place + 1).to_string(), Entry::Value((*cell).to_owned()));
        }
        let part = Part {
            figures: &figures,
            history: false,
            reporter: None,
            event: None,
        };
        let parts = BTreeMap::from([(quarter, part)]);
        evaluate_in_order(&plan, &parts, &Archive::default()).remove(&quarter)
    };
    // Three months of 10 and of 5; district D, since abolished, had corrected the whole by -4.
    let (first, second) = (report(["9", "30"]), report(["6", "15"]));
    let member = |unit: &str, report| Member {
        unit: UnitId::from(unit),
        name: unit.to_owned(),
        level: "xa".to_owned(),
        item: "xa".to_owned(),
        facts: None,
        report,
    };
    let members = [member("A", first.as_ref()), member("B", second.as_ref())];
    let at = |text: &str| CellAddress::parse(text, &plan.form_definition).expect("a cell");
    let history = History {
        period: quarter,
        units: BTreeMap::new(),
        own: Archive::default(),
        adjustments: vec![Adjustment {
            at: at("B[2]"),
            difference: whole(-4),
            reason: "trùng hồ sơ".to_owned(),
            author: "Huyện D".to_owned(),
            date: Date::constant(2025, 4, 10),
            seen: BTreeMap::new(),
        }],
    };
    let origin = |text: &str| {
        let (at, known) = (at(text), Some(&history));
        of_figure(&plan, &members, &Group::Overall, &at, known).expect("a figure")
    };
    let as_then = origin("B[2]");
    assert_eq!(as_then.cell.number(), Some(whole(41)));
    let How::Units {
        figure,
        adjustments,
    } = &as_then.how
    else {
        panic!("a sum of units");
    };
    let successions = [
        took_over("A", "C", day(1), None),
        took_over("B", "C", day(1), None),
    ];
    let days = (Date::constant(2025, 3, 31), day(2));
    let body = UnitId::from("D");
    let differences = (&body, adjustments.as_slice());
    let now = |text: &str| {
        let exists = |unit: &UnitId| unit.as_str() == "C";
        let figure = (figure.as_ref(), &at(text));
        figure_as_now(&plan, figure, differences, &successions, days, exists)
    };
    let as_now = now("B[2]").expect("a sum has boundaries");
    assert_eq!(told(&as_now), "C 45; residual -4");
    // A share is computed again from sums in the new boundaries, never restated itself.
    assert_eq!(now("B[3]"), None);
    assert!(matches!(origin("B[3]").how, How::Formula { .. }));
}

/// One value on its way: where it is, how much, whether it was divided.
type Holding = (String, i128, bool);

/// Every reported value followed by itself through the days, in whole numbers and percents.
fn slowly(
    reported: &[(String, i128)],
    rows: &[(String, String, u8, Option<i64>)],
    exists: &dyn Fn(&str) -> bool,
) -> (BTreeMap<String, (i128, bool)>, i128) {
    let mut units: BTreeMap<String, (i128, bool)> = BTreeMap::new();
    let mut lost = 0;
    for (unit, value) in reported {
        let mut held: Vec<Holding> = vec![(unit.clone(), *value, false)];
        for today in 1..=30_u8 {
            let mut evening = Vec::new();
            for (unit, value, estimated) in held {
                let heirs: Vec<_> = rows
                    .iter()
                    .filter(|(old, _, on, _)| *old == unit && *on == today)
                    .collect();
                match heirs.as_slice() {
                    [] => evening.push((unit, value, estimated)),
                    [(_, heir, _, None)] => evening.push((heir.clone(), value, estimated)),
                    several if several.iter().any(|row| row.3.is_none()) => lost += value,
                    several => {
                        let shares: Vec<i128> = several
                            .iter()
                            .map(|row| i128::from(row.3.unwrap()))
                            .collect();
                        let all: i128 = shares.iter().sum();
                        // Half away from zero.
                        let target = (value * all * 2 + 100 * value.signum()) / 200;
                        let mut parts: Vec<i128> = shares
                            .iter()
                            .map(|share| (value * share).div_euclid(100))
                            .collect();
                        while parts.iter().sum::<i128>() < target {
                            let rest = |place: usize| value * shares[place] - parts[place] * 100;
                            let mut best = 0;
                            for place in 1..parts.len() {
                                if rest(place) > rest(best) {
                                    best = place;
                                }
                            }
                            parts[best] += 1;
                        }
                        lost += value - parts.iter().sum::<i128>();
                        for (row, part) in several.iter().zip(parts) {
                            evening.push((row.1.clone(), part, true));
                        }
                    }
                }
            }
            held = evening;
        }
        for (unit, value, estimated) in held {
            if exists(&unit) {
                let place = units.entry(unit).or_insert((0, false));
                place.0 += value;
                place.1 |= estimated;
            } else {
                lost += value;
            }
        }
    }
    (units, lost)
}

#[test]
fn nothing_is_lost_and_every_value_goes_where_the_slow_reference_sends_it() {
    let names = ["A", "B", "C", "D", "E", "F"];
    let unit = || (0..names.len()).prop_map(move |place| names[place].to_string());
    let share = prop_oneof![
        2 => Just(None),
        1 => Just(Some(100)),
        3 => (1_i64..70).prop_map(Some)
    ];
    let rows = proptest::collection::vec((unit(), unit(), 1_u8..5, share), 0..7);
    let reported = proptest::collection::vec((unit(), -50_i64..400), 0..6);
    let standing = proptest::collection::vec(any::<bool>(), names.len());
    let config = Config {
        cases: 500,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&(rows, reported, standing), |(rows, reported, standing)| {
            // One heir is named once a day, and a whole one is the only one.
            let mut kept: Vec<(String, String, u8, Option<i64>)> = Vec::new();
            for row in rows {
                let same = |other: &(String, String, u8, Option<i64>)| {
                    (&other.0, &other.1, other.2) == (&row.0, &row.1, row.2)
                };
                if row.0 != row.1 && !kept.iter().any(same) {
                    kept.push(row);
                }
            }
            let exists = |unit: &str| {
                names
                    .iter()
                    .position(|name| *name == unit)
                    .is_some_and(|place| standing[place])
            };
            let successions: Vec<Succession> = kept
                .iter()
                .map(|(old, new, on, share)| took_over(old, new, day(*on), *share))
                .collect();
            let values: Vec<(UnitId, Number)> = reported
                .iter()
                .map(|(unit, value)| (UnitId::from(unit.as_str()), Number::from_i64(*value)))
                .collect();
            let before = Date::constant(2025, 6, 30);
            let now = as_now(&values, &successions, before, day(30), 0, |unit| {
                exists(unit.as_str())
            });
            let typed: Vec<(String, i128)> = reported
                .iter()
                .map(|(unit, value)| (unit.clone(), i128::from(*value)))
                .collect();
            let (units, lost) = slowly(&typed, &kept, &exists);
            let found: BTreeMap<String, (Number, bool)> = now
                .units
                .iter()
                .map(|(unit, one)| (unit.0.clone(), (one.value.clone(), one.estimated)))
                .collect();
            let expected: BTreeMap<String, (Number, bool)> = units
                .into_iter()
                .map(|(unit, (value, estimated))| (unit, (whole(value), estimated)))
                .collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(&now.residual, &whole(lost));
            let as_then: i128 = typed.iter().map(|(_, value)| *value).sum();
            let total = now
                .units
                .values()
                .fold(now.residual.clone(), |sum, one| sum.add(&one.value));
            prop_assert_eq!(total, whole(as_then));
            Ok(())
        })
        .expect("both follow the same way");
}
