//! Figures of many units against a slow reference that knows nothing of the product: states, who is counted, shares of sums, weighted means, differences, cells closed to
//! a unit by its registry. Adjustments as in worked example 9.

use crate::fractions::{V, n, over, plus};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regime::analysis::project::{Project, Source};
use regime::calendar::{Date, Period, PeriodKind};
use regime::eval::adjustment::{Adjustment, NotAdjustable, adjustable, seen};
use regime::eval::archive::Archive;
use regime::eval::cell::{BlankReason, Cell};
use regime::eval::consolidate::{Figure, Group, Member, figure};
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate};
use regime::eval::figures::{Entry, Figures, FormFigures};
use regime::eval::together::History;
use regime::number::Number;
use regime::organisation::{Unit, UnitId};
use regime::plan::CompiledRegime;
use regime::plan::address::CellAddress;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::collections::BTreeMap;

const REGIME: &str = r#"
đơn vị tính ho_so "hồ sơ"
cấp xa "Cấp xã"
cấp tinh "Cấp tỉnh"
cơ quan van_phong "Văn phòng UBND tỉnh" cấp tinh
danh mục loai "Loại" { mã a "Loại A"; mã b "Loại B" }
chế độ TH "Tổng hợp" phiên bản 1 hiệu lực từ 01/01/2025 {
  căn cứ "Quyết định 1"
  cơ quan ban hành "Văn phòng UBND tỉnh"
  phương thức gửi system
  luồng xa -> van_phong
  chốt số liệu theo lịch
  kỳ quý
  hạn gửi xa chậm nhất 5 ngày làm việc sau chốt số liệu
  biểu B "01/B" "BẢNG" {
    mặc định đơn vị tính ho_so
    mỗi dòng một đơn vị báo cáo
    cột 1 "Đúng hạn"
    cột 2 "Tổng số"
    cột 3 "Tỷ lệ" phần trăm(2) = [1] / [2]
    cột 4 "Thêm" không bắt buộc
    cột 5 "Bình quân" số thập phân(1) bình quân theo [2]
    cột 6 tong "Cả hai loại"
    nhóm "Chia ra" chia ra [6] theo loai lấy từ hồ sơ đơn vị {
      cột 7 a "Loại A"
      cột 8 b "Loại B"
    }
  }
}
"#;

fn plan() -> CompiledRegime {
    compiled(REGIME, "TH")
}

/// The plan of a regime of one file.
pub fn compiled(text: &str, name: &str) -> CompiledRegime {
    let file = SourceFile::new(FileId(0), "th.regime", text);
    let source = Source::read(file);
    let snapshot = Snapshot::new(&Project {
        sources: vec![source],
        ..Project::default()
    });
    assert_eq!(snapshot.error_count(), 0, "{:#?}", snapshot.diagnostics());
    let regime = snapshot.regime(name).expect("the regime is there");
    regime.plan().expect("it is sound").clone()
}

fn quarter() -> Period {
    Period::new(PeriodKind::Quarter, 2026, 1).expect("a quarter")
}

fn address(plan: &CompiledRegime, column: &str) -> CellAddress {
    CellAddress::parse(&format!("B[{column}]"), &plan.form_definition).expect("an address")
}

/// What a person typed into a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Typed {
    Value(i64),
    Nil,
}

/// What a unit typed, by column; nothing where it sent no report.
#[derive(Debug, Clone)]
struct Sender {
    /// The kind it is registered as, if it is registered at all.
    kind: Option<char>,
    report: Option<BTreeMap<&'static str, Typed>>,
}

const TYPED: [&str; 6] = ["1", "2", "4", "5", "7", "8"];

fn unit(place: usize, kind: Option<char>) -> Unit {
    Unit {
        id: UnitId(format!("U{place}")),
        level: "xa".to_string(),
        item: "xa".to_string(),
        name: format!("U{place}"),
        area_code: None,
        agency: None,
        parent: None,
        tags: Vec::new(),
        attributes: kind
            .map(|kind| ("loai".to_string(), kind.to_string()))
            .into_iter()
            .collect(),
        valid_from: None,
        valid_to: None,
    }
}

fn evaluated(plan: &CompiledRegime, unit: &Unit, typed: &BTreeMap<&str, Typed>) -> Evaluation {
    let mut form = FormFigures::default();
    let entries = typed.iter().map(|(column, typed)| {
        let entry = match typed {
            Typed::Value(value) => Entry::Value(value.to_string()),
            Typed::Nil => Entry::Nil,
        };
        (column.to_string(), entry)
    });
    form.rows.insert(String::new(), entries.collect());
    let figures = Figures {
        forms: BTreeMap::from([("B".to_string(), form)]),
        narratives: BTreeMap::new(),
    };
    evaluate(
        plan,
        &ReportInput {
            period: quarter(),
            cutoff: Date::constant(2026, 3, 31),
            reporter: Some(unit),
            event: None,
            figures: &figures,
            archive: &Archive::default(),
            carry: Carry::Missing(BlankReason::NoEarlierReport),
        },
    )
}

/// The product's figure of a column.
fn asked(
    plan: &CompiledRegime,
    units: &[Unit],
    reports: &[Option<Evaluation>],
    adjustments: &[Adjustment],
    column: &str,
) -> Figure {
    let members: Vec<Member> = units
        .iter()
        .zip(reports)
        .map(|(unit, report)| Member {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            level: unit.level.clone(),
            item: unit.item.clone(),
            facts: Some(unit),
            report: report.as_ref(),
        })
        .collect();
    let history = History {
        period: quarter(),
        units: BTreeMap::new(),
        own: Archive::default(),
        adjustments: adjustments.to_vec(),
    };
    let at = address(plan, column);
    figure(plan, &members, &Group::Overall, &at, Some(&history)).expect("a figure")
}

fn corrected(plan: &CompiledRegime, column: &str, by: i64, figure: Option<&Figure>) -> Adjustment {
    Adjustment {
        at: address(plan, column),
        difference: Number::from_i64(by),
        reason: "trùng hồ sơ".to_string(),
        author: "nguyen.van.a".to_string(),
        date: Date::constant(2026, 4, 7),
        seen: figure.map_or_else(BTreeMap::new, seen),
    }
}

/// How a unit stands to a figure, the most wanting last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    NotAsked,
    LeftEmpty,
    Answered,
    Missing,
}

/// A figure of the slow reference: its value and how every unit stands to it.
#[derive(Debug, Clone)]
struct Slow {
    value: V,
    stands: Vec<Stands>,
}

/// A unit's own cell; none where it sent nothing.
fn own(sender: &Sender, column: &str) -> Option<V> {
    let closed = match (column, sender.kind) {
        ("7", Some(kind)) => kind != 'a',
        ("8", Some(kind)) => kind != 'b',
        _ => false,
    };
    if closed {
        return Some(V::Closed);
    }
    Some(match sender.report.as_ref()?.get(column) {
        Some(Typed::Value(value)) => n(i128::from(*value), 1),
        Some(Typed::Nil) => V::Nil,
        None if column == "4" => V::Optional,
        None => V::Blank,
    })
}

fn stands(cell: Option<V>) -> Stands {
    match cell {
        Some(V::Closed) => Stands::NotAsked,
        Some(V::Optional) => Stands::LeftEmpty,
        Some(V::N(..) | V::Nil) => Stands::Answered,
        Some(V::Blank) | None => Stands::Missing,
    }
}

/// What nobody told a number for.
fn without(stands: &[Stands]) -> V {
    match stands.iter().max() {
        Some(Stands::NotAsked) | None => V::Closed,
        Some(Stands::LeftEmpty) => V::Optional,
        Some(_) => V::Blank,
    }
}

fn slow(senders: &[Sender], differences: &[(&str, i64)], column: &str) -> Slow {
    let of = |column: &str| slow(senders, differences, column);
    let both = |one: Slow, two: Slow, value: V| Slow {
        value,
        stands: one
            .stands
            .iter()
            .zip(&two.stands)
            .map(|(one, two)| *one.max(two))
            .collect(),
    };
    match column {
        "3" => {
            let (above, below) = (of("1"), of("2"));
            let value = over(above.value, below.value);
            both(above, below, value)
        }
        "6" => {
            let (one, two) = (of("7"), of("8"));
            let value = plus(one.value, two.value);
            both(one, two, value)
        }
        "5" => {
            let mut stand = Vec::new();
            let mut known = 0;
            let mut nothing = true;
            let (mut above, mut below) = ((0, 1), 0);
            for sender in senders {
                let (value, weight) = (own(sender, "5"), own(sender, "2"));
                let weight = weight.and_then(V::fraction);
                stand.push(match weight {
                    Some(_) => stands(value),
                    None => Stands::Missing,
                });
                if let (Some((a, b)), Some((w, _))) = (value.and_then(V::fraction), weight) {
                    known += 1;
                    nothing = nothing && value == Some(V::Nil);
                    let V::N(c, d) = n(above.0 * b + a * w * above.1, above.1 * b) else {
                        panic!("a number");
                    };
                    above = (c, d);
                    below += w;
                }
            }
            let value = match (known, below) {
                (0, _) => without(&stand),
                (_, 0) if nothing => V::Nil,
                (_, 0) => V::Blank,
                _ => n(above.0, above.1 * below),
            };
            Slow {
                value,
                stands: stand,
            }
        }
        _ => {
            let cells: Vec<Option<V>> = senders.iter().map(|sender| own(sender, column)).collect();
            let stand: Vec<Stands> = cells.iter().map(|cell| stands(*cell)).collect();
            let numbers = cells
                .iter()
                .flatten()
                .filter(|cell| matches!(cell, V::N(..) | V::Nil));
            let sum = numbers.copied().reduce(plus);
            let sum = sum.unwrap_or_else(|| without(&stand));
            let mut own_differences = differences
                .iter()
                .filter(|(at, _)| *at == column)
                .peekable();
            let value = match (sum.fraction(), own_differences.peek()) {
                (Some((a, b)), Some(_)) => {
                    let more: i64 = own_differences.map(|(_, by)| by).sum();
                    n(a + i128::from(more) * b, b)
                }
                _ => sum,
            };
            Slow {
                value,
                stands: stand,
            }
        }
    }
}

fn same(cell: &Cell, value: V) -> bool {
    match (cell, value) {
        (Cell::Given(number), V::N(a, b)) => {
            Number::from_fraction(a as i64, b as i64).as_ref() == Some(number)
        }
        (Cell::Nil, V::Nil)
        | (Cell::Closed, V::Closed)
        | (Cell::Blank(BlankReason::Optional), V::Optional) => true,
        (Cell::Blank(BlankReason::Optional), _) => false,
        (Cell::Blank(_), V::Blank) => true,
        _ => false,
    }
}

fn sender() -> impl Strategy<Value = Sender> {
    let kind = prop_oneof![Just(None), Just(Some('a')), Just(Some('b'))];
    let typed = prop_oneof![
        1 => Just(None),
        2 => Just(Some(Typed::Nil)),
        6 => (0_i64..5).prop_map(|value| Some(Typed::Value(value))),
    ];
    let cells = proptest::collection::vec(typed, TYPED.len());
    (kind, proptest::option::weighted(0.8, cells)).prop_map(|(kind, cells)| Sender {
        kind,
        report: cells.map(|cells| {
            let typed = TYPED.into_iter().zip(cells);
            typed
                .filter_map(|(column, typed)| Some((column, typed?)))
                .collect()
        }),
    })
}

#[test]
fn figures_of_units_are_those_of_the_slow_reference() {
    let plan = plan();
    let senders = proptest::collection::vec(sender(), 1..6);
    let difference = (prop_oneof![Just("1"), Just("2"), Just("7")], -6_i64..6);
    let differences = proptest::collection::vec(difference, 0..3);
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&(senders, differences), |(senders, differences)| {
            let units: Vec<Unit> = senders
                .iter()
                .enumerate()
                .map(|(place, sender)| unit(place, sender.kind))
                .collect();
            let reports: Vec<Option<Evaluation>> = senders
                .iter()
                .zip(&units)
                .map(|(sender, unit)| {
                    let typed = sender.report.as_ref()?;
                    Some(evaluated(&plan, unit, typed))
                })
                .collect();
            let adjustments: Vec<Adjustment> = differences
                .iter()
                .map(|(column, by)| corrected(&plan, column, *by, None))
                .collect();
            for column in ["1", "2", "3", "4", "5", "6", "7", "8"] {
                let found = asked(&plan, &units, &reports, &adjustments, column);
                let expected = slow(&senders, &differences, column);
                let count = |wanted: Stands| {
                    expected.stands.iter().filter(|one| **one == wanted).count() as u32
                };
                let due = expected.stands.len() as u32 - count(Stands::NotAsked);
                prop_assert!(
                    same(&found.cell, expected.value),
                    "[{}] {:?} against {:?}",
                    column,
                    found.cell,
                    expected
                );
                prop_assert_eq!(
                    (found.answered, found.due),
                    (count(Stands::Answered), due),
                    "[{}] {:?}",
                    column,
                    expected
                );
                let missing: Vec<UnitId> = units
                    .iter()
                    .zip(&expected.stands)
                    .filter(|(_, stands)| **stands == Stands::Missing)
                    .map(|(unit, _)| unit.id.clone())
                    .collect();
                prop_assert_eq!(&found.missing, &missing);
            }
            // A share whose two sides rest on different units says so, with both sets.
            let ratio = asked(&plan, &units, &reports, &adjustments, "3");
            let answered = |column: &str| -> Vec<UnitId> {
                let stands = slow(&senders, &differences, column).stands;
                let found = units.iter().zip(stands);
                found
                    .filter(|(_, stands)| *stands == Stands::Answered)
                    .map(|(unit, _)| unit.id.clone())
                    .collect()
            };
            let sides = (answered("1"), answered("2"));
            let uneven = ratio
                .uneven
                .map(|uneven| (uneven.numerator, uneven.denominator));
            prop_assert_eq!(uneven, (sides.0 != sides.1).then_some(sides));
            Ok(())
        })
        .expect("both come to the same figures");
}

#[test]
fn example_9_a_difference_stays_when_a_unit_sends_again_and_is_looked_at_again() {
    let plan = plan();
    let units = [unit(0, None), unit(1, None)];
    let of = |first: i64, second: i64| -> Vec<Option<Evaluation>> {
        [first, second]
            .iter()
            .zip(&units)
            .map(|(value, unit)| {
                let typed = BTreeMap::from([("1", Typed::Value(*value)), ("2", Typed::Value(400))]);
                Some(evaluated(&plan, unit, &typed))
            })
            .collect()
    };
    let plain = |cell: &Cell| cell.number().map(|number| number.to_plain(None));
    let sent = of(120, 80);
    let before = asked(&plan, &units, &sent, &[], "1");
    assert_eq!(plain(&before.cell).as_deref(), Some("200"));
    let correction = [corrected(&plan, "1", -5, Some(&before))];
    let after = asked(&plan, &units, &sent, &correction, "1");
    assert_eq!(plain(&after.cell).as_deref(), Some("195"));
    assert!(!correction[0].needs_review(&after));

    // The second unit sends 86 in place of 80: the sum moves, the difference stays and asks to be looked at.
    let again = of(120, 86);
    let moved = asked(&plan, &units, &again, &correction, "1");
    assert_eq!(plain(&moved.cell).as_deref(), Some("201"));
    assert!(correction[0].needs_review(&moved));
    // What is computed from the sum follows it: 201 of 800.
    let share = asked(&plan, &units, &again, &correction, "3");
    assert_eq!(
        share.cell,
        Cell::Given(Number::from_fraction(201, 800).expect("not by zero"))
    );
    // From nothing the same comes out again.
    let anew = asked(&plan, &units, &of(120, 86), &correction, "1");
    assert_eq!(anew.cell, moved.cell);
}

#[test]
fn example_9_only_typed_figures_that_add_up_are_adjusted() {
    let plan = plan();
    let answer = |column: &str| adjustable(&plan, &address(&plan, column));
    assert_eq!(answer("1"), Ok(()));
    assert_eq!(answer("3"), Err(NotAdjustable::Computed));
    assert_eq!(answer("6"), Err(NotAdjustable::Computed));
    assert_eq!(answer("5"), Err(NotAdjustable::NotAdded));
}
