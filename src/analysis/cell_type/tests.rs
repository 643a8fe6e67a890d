//! The algebra of cell types: laws on generated statements, and the tables as text.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot build its own case has to fail"
)]

use super::classes::{Class, Formula, decides};
use super::coordinates::{Axis, Coordinates};
use super::extent::{Extent, Joined, Span, Start, Subtracted};
use super::operations::{Kind, Verdict, verdict};
use super::overlaps::{self, WHOLE};
use super::statement::{Lock, Requirement, Statement, View};
use super::sums::{Additivity, SumFault};
use super::value::{Bounds, Measured, Value};
use crate::analysis::expression::Dimension;
use crate::analysis::model::cell::{Modality, Vintage};
use crate::analysis::natures::Nature;
use crate::diagnostic::problem::meaning::operation::OperationWord;
use crate::number::Number;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Entry 1 is the parent of 2 and 3, and 4 stands alone.
fn inside(_: &Axis, one: &str, other: &str) -> bool {
    other == "1" && matches!(one, "2" | "3")
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0_u32..4).prop_map(Value::Number),
        Just(Value::Text),
        Just(Value::Choice(0)),
        Just(Value::Choice(1)),
    ]
}

fn measure() -> impl Strategy<Value = Measured> {
    let base = |base: usize, scale: i64| Measured {
        dimension: Some(Dimension(BTreeMap::from([(base, 1)]))),
        scale: Number::from_i64(scale),
        ..Measured::plain()
    };
    prop_oneof![
        Just(base(0, 1)),
        Just(base(0, 1000)),
        Just(base(1, 1)),
        Just(Measured::percent()),
    ]
}

fn extent() -> impl Strategy<Value = Extent> {
    prop_oneof![
        Just(Extent::current()),
        Just(Extent::current().shifted(-1, 0)),
        Just(Extent::since(Start::Year)),
        Just(Extent::since(Start::Year).shifted(-1, 0)),
        Just(Extent::since(Start::Event)),
        Just(Extent::at_end()),
        Just(Extent::at_start()),
        Just(Extent::PlanYear(0)),
    ]
}

fn modality() -> impl Strategy<Value = Modality> {
    prop_oneof![
        Just(Modality::Actual(None)),
        Just(Modality::Actual(Some(Vintage::Estimate))),
        Just(Modality::Actual(Some(Vintage::Final))),
        Just(Modality::Plan(0)),
        Just(Modality::Planned),
    ]
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let end = || prop::option::of((-3_i64..4).prop_map(Number::from_i64));
    (end(), end())
        .prop_filter(
            "a range from a lower to a higher value",
            |(least, greatest)| least.is_none() || greatest.is_none() || least <= greatest,
        )
        .prop_map(|(least, greatest)| Bounds { least, greatest })
}

fn coordinates() -> impl Strategy<Value = Coordinates> {
    let members = prop::collection::btree_map(
        (0_usize..2).prop_map(Axis::Catalog),
        (1_u8..5).prop_map(|entry| entry.to_string()),
        0..2,
    );
    let traits = prop::collection::btree_set(0_usize..3, 0..3);
    (members, traits).prop_map(|(members, traits)| Coordinates { members, traits })
}

fn statement() -> impl Strategy<Value = Statement> {
    let lock = prop_oneof![
        Just(Lock::Entered),
        Just(Lock::Computed),
        Just(Lock::Fixed),
        Just(Lock::Closed)
    ];
    let requirement = prop_oneof![
        Just(Requirement::Required),
        Just(Requirement::When),
        Just(Requirement::Optional)
    ];
    let nature = prop_oneof![Just(Nature::Flow), Just(Nature::Stock), Just(Nature::Index)];
    (
        (prop::option::of(value()), bounds()),
        (prop::option::of(measure()), prop::option::of(nature)),
        (prop::option::of(extent()), prop::option::of(modality())),
        (coordinates(), lock, requirement),
    )
        .prop_map(
            |((value, bounds), (measure, nature), (extent, modality), rest)| Statement {
                value,
                bounds,
                measure,
                nature,
                extent,
                modality,
                coordinates: rest.0,
                lock: rest.1,
                requirement: rest.2,
            },
        )
}

proptest! {
    #[test]
    fn the_order_of_two_statements_does_not_matter(one in statement(), two in statement()) {
        prop_assert_eq!(one.meet(&two, &inside).ok(), two.meet(&one, &inside).ok());
    }

    #[test]
    fn the_order_of_three_statements_does_not_matter(
        one in statement(),
        two in statement(),
        three in statement(),
    ) {
        let left = one.meet(&two, &inside).and_then(|met| met.meet(&three, &inside)).ok();
        let right = two.meet(&three, &inside).and_then(|met| one.meet(&met, &inside)).ok();
        prop_assert_eq!(left, right);
    }

    #[test]
    fn saying_a_thing_twice_says_nothing_new(one in statement()) {
        // A closed cell that is required under a condition contradicts itself.
        let met = one.meet(&one, &inside);
        let contradicts = one.lock == Lock::Closed && one.requirement == Requirement::When;
        prop_assert_eq!(met.ok(), (!contradicts).then_some(one));
    }

    #[test]
    fn a_sum_of_spans_does_not_depend_on_their_order(one in extent(), two in extent()) {
        prop_assert_eq!(one.joined(&two), two.joined(&one));
    }

    #[test]
    fn shifts_add_up(extent in extent(), windows in -3_i32..3, years in -3_i32..3) {
        let once = extent.shifted(windows, years);
        let twice = extent.shifted(windows, 0).shifted(0, years);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn a_lower_layer_never_contradicts(one in statement(), lower in statement(), moment in any::<bool>()) {
        let over = one.over(&lower);
        prop_assert_eq!(&over.over(&one), &over);
        let complete = over.complete(moment);
        prop_assert_eq!(complete.value, one.value.or(lower.value).unwrap_or(Value::Number(0)));
    }
}

#[test]
fn every_nature_has_an_answer_to_every_operation() {
    let mut table = String::new();
    for kind in Kind::ALL {
        writeln!(table, "{kind:?}").unwrap();
        for operation in OperationWord::ALL {
            let answer = match verdict(kind, operation) {
                Verdict::Allowed(outcome) => format!("{outcome:?}"),
                Verdict::Refused(refusal) => format!("refused, {:?}", refusal.remedy),
            };
            writeln!(table, "  {:<14}{answer}", format!("{operation:?}")).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn cumulative_figures_follow_one_another_and_never_overlap() {
    let year = Extent::since(Start::Year);
    let before = year.shifted(-1, 0);
    let current = Extent::current();
    assert_eq!(before.joined(&current), Joined::Union(year.clone()));
    assert_eq!(year.joined(&current), Joined::CountedTwice);
    assert_eq!(year.subtracted(&before), Subtracted::Rest(current.clone()));
    assert_eq!(
        current.subtracted(&current.shifted(0, -1)),
        Subtracted::Compared
    );
    assert_eq!(current.joined(&current), Joined::Same);
    let opening = Extent::at_start();
    let closing = Extent::at_end();
    assert_eq!(
        closing.subtracted(&opening),
        Subtracted::Between(current.clone())
    );
    assert_eq!(
        closing.subtracted(&closing.shifted(-1, 0)),
        Subtracted::Between(current.clone())
    );
    let two_years_back = Extent::of(Span {
        years: -2,
        ..Span::current()
    });
    assert!(current.may_be_divided_by(&current.shifted(-1, 0)));
    assert!(!current.may_be_divided_by(&year));
    assert!(!current.may_be_divided_by(&two_years_back));
}

#[test]
fn sums_keep_to_one_nature_one_span_and_one_modality() {
    let flow = Additivity::actual(Nature::Flow);
    let stock = Additivity::actual(Nature::Stock);
    let opening = Additivity::actual(Nature::Opening);
    let ratio = Additivity::actual(Nature::Ratio);
    let plan = Additivity {
        modality: Some(Modality::Plan(0)),
        ..flow.clone()
    };
    let estimate = Additivity {
        modality: Some(Modality::Actual(Some(Vintage::Estimate))),
        ..flow.clone()
    };
    let since_year = Additivity {
        extent: Some(Extent::since(Start::Year)),
        ..flow
    };
    assert_eq!(flow.plus(&flow), Ok(flow.clone()));
    assert_eq!(flow.plus(&estimate), Ok(estimate.clone()));
    assert_eq!(opening.plus(&flow).map(|sum| sum.nature), Ok(Nature::Mixed));
    assert_eq!(stock.plus(&opening), Err(SumFault::TwoInstants));
    assert_eq!(stock.minus(&opening), Ok(flow.clone()));
    assert_eq!(since_year.plus(&flow), Err(SumFault::CountedTwice));
    assert_eq!(
        since_year.shifted(-1, 0).plus(&flow),
        Ok(since_year.clone())
    );
    assert_eq!(
        since_year.minus(&since_year.shifted(-1, 0)),
        Ok(flow.clone())
    );
    assert_eq!(plan.plus(&flow), Err(SumFault::PlanAndActual));
    assert_eq!(flow.minus(&plan).map(|left| left.nature), Ok(Nature::Mixed));
    assert_eq!(ratio.plus(&flow), Err(SumFault::NotAdditive(Nature::Ratio)));
    assert_eq!(ratio.minus(&ratio), Ok(ratio.clone()));
    assert_eq!(
        flow.minus(&flow.shifted(0, -1)).map(|left| left.nature),
        Ok(Nature::Mixed)
    );
    assert_eq!(Additivity::constant().plus(&flow), Ok(flow.clone()));
    assert_eq!(
        Additivity::unknown().plus(&ratio),
        Ok(Additivity::unknown())
    );
}

#[test]
fn sums_come_before_ratios_and_ratios_before_comparisons() {
    let classes = [
        (
            "sum",
            Formula {
                class: Class::Assembling,
                linear: true,
            },
        ),
        (
            "ratio",
            Formula {
                class: Class::Defining,
                linear: false,
            },
        ),
        (
            "difference in time",
            Formula {
                class: Class::Comparing,
                linear: true,
            },
        ),
        (
            "growth",
            Formula {
                class: Class::Comparing,
                linear: false,
            },
        ),
        (
            "max",
            Formula {
                class: Class::Other,
                linear: false,
            },
        ),
    ];
    let mut table = String::new();
    for (row_name, row) in classes {
        for (column_name, column) in classes {
            let decides = match decides(row, column) {
                Some(decides) => format!("{decides:?}"),
                None => "own formula needed".to_owned(),
            };
            writeln!(table, "row {row_name}, column {column_name}: {decides}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn views_turn_the_figure_of_the_row() {
    let row = Statement {
        nature: Some(Nature::Flow),
        ..Statement::default()
    }
    .complete(false);
    let plan = row.view(View::Plan(3)).unwrap();
    assert_eq!(plan.additivity.extent, Some(Extent::PlanYear(0)));
    assert_eq!(plan.lock, Lock::Computed);
    assert_eq!(plan.kind(), Some(Kind::Plan));
    let before = row.view(View::ForPrevious(Some(Vintage::Final))).unwrap();
    assert_eq!(
        before.additivity.extent,
        Some(Extent::current().shifted(-1, 0))
    );
    assert_eq!(before.lock, Lock::Entered);
    let opening = Statement {
        nature: Some(Nature::Opening),
        ..Statement::default()
    };
    assert!(opening.complete(false).view(View::Plan(0)).is_err());
}

#[test]
fn members_of_one_breakdown_narrow_or_exclude_each_other() {
    let member = |entry: &str| Coordinates {
        members: BTreeMap::from([(Axis::Catalog(0), entry.to_owned())]),
        traits: BTreeSet::new(),
    };
    let met = |one: &str, two: &str| {
        member(one)
            .meet(&member(two), &inside)
            .map(|met| (met.coordinates, met.repeated.len()))
            .ok()
    };
    assert_eq!(met("1", "2"), Some((member("2"), 0)));
    assert_eq!(met("2", "2"), Some((member("2"), 1)));
    assert_eq!(met("2", "4"), None);
}

/// The bounds between parts named by the letters of their traits, as text.
fn bounds_of(parts: &[&str]) -> Vec<String> {
    let sets: Vec<BTreeSet<usize>> = parts
        .iter()
        .map(|part| part.bytes().map(usize::from).collect())
        .collect();
    let side = |cells: &[(i64, usize)]| -> String {
        let mut text = String::new();
        for (factor, part) in cells {
            let sign = if *factor < 0 { "-" } else { "+" };
            let times = match factor.abs() {
                1 => String::new(),
                more => more.to_string(),
            };
            let name = match *part {
                WHOLE => "T",
                part => parts[part],
            };
            write!(text, "{sign}{times}{name}").unwrap();
        }
        text.trim_start_matches('+').to_owned()
    };
    overlaps::bounds(&sets)
        .iter()
        .map(|bound| {
            format!(
                "{}: {} <= {}",
                parts[bound.at],
                side(&bound.lesser),
                side(&bound.greater)
            )
        })
        .collect()
}

#[test]
fn overlapping_parts_bound_each_other() {
    assert_eq!(bounds_of(&["A"]), ["A: A <= T"]);
    assert_eq!(bounds_of(&["A", "B"]), ["A: A <= T", "B: B <= T"]);
    assert_eq!(
        bounds_of(&["A", "B", "AB"]),
        ["AB: A+B-AB <= T", "AB: AB <= A", "AB: AB <= B"]
    );
    assert_eq!(
        bounds_of(&["A", "B", "AB", "C"]),
        ["AB: A+B-AB <= T", "AB: AB <= A", "AB: AB <= B", "C: C <= T"]
    );
    assert_eq!(bounds_of(&["A", "A"]), ["A: A <= T"]);
}

#[test]
fn three_traits_with_all_their_pairs_bound_each_other_together() {
    insta::assert_snapshot!(bounds_of(&["A", "B", "C", "AB", "AC", "BC"]).join("\n"));
}

#[test]
fn all_parts_of_four_traits_have_one_bound_per_atom() {
    let all: Vec<String> = (1_u32..16)
        .map(|set| {
            "ABCD"
                .chars()
                .enumerate()
                .filter(|(place, _)| set & (1 << place) != 0)
                .map(|(_, letter)| letter)
                .collect()
        })
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    // The sixteenth says that nobody with all four traits is missing, which a count says by itself.
    assert_eq!(bounds_of(&all).len(), 15);
}

#[test]
fn above_four_traits_pairs_are_looked_at() {
    assert_eq!(
        bounds_of(&["A", "B", "C", "D", "E", "AB"]),
        [
            "A: A <= T",
            "B: B <= T",
            "C: C <= T",
            "D: D <= T",
            "E: E <= T",
            "AB: A+B-AB <= T",
            "AB: AB <= A",
            "AB: AB <= B"
        ]
    );
}

proptest! {
    #[test]
    fn the_bounds_hold_exactly_of_what_can_be_counted(
        atoms in prop::collection::vec(0_i64..4, 8),
        slip in -2_i64..3,
    ) {
        // Three traits, all parts but one asked; the figures come from counted people.
        let parts: Vec<BTreeSet<usize>> = [&[0][..], &[1], &[2], &[0, 1], &[0, 2], &[1, 2]]
            .iter()
            .map(|part| part.iter().copied().collect())
            .collect();
        let count = |part: &BTreeSet<usize>| -> i64 {
            let counted = atoms.iter().enumerate();
            counted
                .filter(|(atom, _)| part.iter().all(|bit| atom & (1 << bit) != 0))
                .map(|(_, people)| people)
                .sum()
        };
        let whole: i64 = atoms.iter().sum();
        let mut figures: Vec<i64> = parts.iter().map(count).collect();
        let holds = |figures: &[i64]| {
            overlaps::bounds(&parts).iter().all(|bound| {
                let side = |cells: &[(i64, usize)]| -> i64 {
                    let values = cells.iter().map(|(factor, part)| match *part {
                        WHOLE => factor * whole,
                        part => factor * figures[part],
                    });
                    values.sum()
                };
                side(&bound.lesser) <= side(&bound.greater)
            })
        };
        prop_assert_eq!(holds(&figures), true);
        // Where no people could be counted so, some bound fails: the part with all three traits would have to be below zero or beyond what is left.
        figures[3] += slip;
        let possible = (0..=whole).any(|all_three| {
            let (a, b, c) = (figures[0], figures[1], figures[2]);
            let (ab, ac, bc) = (figures[3], figures[4], figures[5]);
            let exact = [
                ab - all_three,
                ac - all_three,
                bc - all_three,
                a - ab - ac + all_three,
                b - ab - bc + all_three,
                c - ac - bc + all_three,
                whole - a - b - c + ab + ac + bc - all_three,
            ];
            exact.iter().all(|atom| *atom >= 0)
        });
        prop_assert_eq!(holds(&figures) && figures.iter().all(|figure| *figure >= 0), possible);
    }
}
