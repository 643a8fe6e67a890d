//! Reforms as commands: the real one of Nghệ An entered step by step, what is refused, and what holds after any sequence of them.

use super::{SUCCESSIONS, UNITS, d, id};
use crate::calendar::Date;
use crate::calendar::dates::days_after;
use crate::eval::restate::as_now;
use crate::number::Number;
use crate::organisation::codes::CodeSystem;
use crate::organisation::difference::{Change, FactChange, difference, ended_and_begun};
use crate::organisation::reform::{Heir, NewUnit, Reform, ReformFault, ReformStep, reformed};
use crate::organisation::unit_tables::{TablesFault, UnitTables};
use crate::organisation::{Unit, UnitId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

fn tables(texts: [&str; 4]) -> UnitTables {
    let (tables, problems) = UnitTables::read(texts);
    assert!(problems.iter().all(Vec::is_empty), "{problems:?}");
    tables
}

fn small() -> UnitTables {
    tables([UNITS, "", SUCCESSIONS, ""])
}

fn order(date: &str, step: ReformStep) -> Reform {
    Reform {
        date: d(date),
        basis: "Nghị quyết 1".to_owned(),
        step,
    }
}

fn named(name: &str, code: Option<&str>) -> NewUnit {
    NewUnit {
        name: name.to_owned(),
        level: None,
        item: None,
        area_code: code.map(str::to_owned),
        parent: None,
    }
}

fn faults(tables: &UnitTables, reform: &Reform) -> Vec<ReformFault> {
    reformed(tables, reform).expect_err("refused")
}

#[test]
fn the_real_reform_of_nghe_an_entered_step_by_step_makes_the_real_tables() {
    let real = tables([
        include_str!("../../../regimes/data/units.csv"),
        "",
        include_str!("../../../regimes/data/successors.csv"),
        "",
    ]);
    let day = d("01/07/2025");
    // The province as it stood on 30 June 2025, before anybody knew of the reform.
    let mut then = real.clone();
    then.successions.clear();
    then.units.retain(|unit| unit.valid_from != Some(day));
    for unit in &mut then.units {
        if unit.valid_to == Some(d("30/06/2025")) {
            unit.valid_to = None;
        }
    }
    let mut after = then.clone();
    let begun = real
        .units
        .iter()
        .filter(|unit| unit.valid_from == Some(day));
    for unit in begun {
        let olds: Vec<UnitId> = real
            .successions
            .iter()
            .filter(|row| row.new == unit.id)
            .map(|row| row.old.clone())
            .collect();
        let new = NewUnit {
            name: unit.name.clone(),
            level: None,
            item: Some(unit.item.clone()),
            area_code: unit.area_code.clone(),
            parent: unit.parent.clone(),
        };
        let step = match olds.as_slice() {
            [only] => ReformStep::Rename {
                old: only.clone(),
                new,
            },
            _ => ReformStep::Merge {
                old: olds,
                into: Heir::New(new),
            },
        };
        let mut reform = order("01/07/2025", step);
        reform.basis = "Nghị quyết 1678/NQ-UBTVQH15".to_owned();
        after =
            reformed(&after, &reform).unwrap_or_else(|faults| panic!("{}: {faults:?}", unit.id));
    }
    let end = ReformStep::AbolishLevel {
        level: "huyen".to_owned(),
        children_to: Some(id("P40")),
    };
    after = reformed(&after, &order("01/07/2025", end)).expect("the districts end");
    let by_id = |tables: &UnitTables| -> BTreeMap<UnitId, Unit> {
        let units = tables.units.iter();
        units.map(|unit| (unit.id.clone(), unit.clone())).collect()
    };
    assert_eq!(by_id(&after), by_id(&real));
    let pairs = |tables: &UnitTables| -> BTreeSet<(UnitId, UnitId, Date)> {
        let rows = tables.successions.iter();
        rows.map(|row| (row.old.clone(), row.new.clone(), row.date))
            .collect()
    };
    assert_eq!(pairs(&after), pairs(&real));
    assert_eq!(after.links, []);
    assert_eq!(after.faults(), []);
    let (ended, begun) = ended_and_begun(&then, &after);
    assert_eq!((ended.len(), begun.len()), (412 + 20, 130));
}

#[test]
fn each_step_says_what_it_does_to_units_successions_links_and_codes() {
    let before = small();
    let half = Number::from_fraction(1, 2);
    let steps = [
        ReformStep::Merge {
            old: vec![id("C1.2025")],
            into: Heir::Existing(id("Q1")),
        },
        ReformStep::Split {
            old: id("C1.2025"),
            into: vec![
                (Heir::New(named("Xã Mới", Some("17329"))), half.clone()),
                (Heir::Existing(id("Q1")), half),
            ],
        },
        ReformStep::Transfer {
            from: id("C1.2025"),
            to: id("Q1"),
            share: Number::from_fraction(1, 4),
        },
        ReformStep::Rename {
            old: id("P"),
            new: named("Tỉnh B", Some("40")),
        },
        ReformStep::Recode {
            unit: id("C1.2025"),
            system: CodeSystem::Area,
            code: "17999".to_owned(),
        },
        ReformStep::Recode {
            unit: id("P-tt"),
            system: CodeSystem::Agency,
            code: "H41.12".to_owned(),
        },
        ReformStep::AbolishLevel {
            level: "tinh".to_owned(),
            children_to: None,
        },
    ];
    let mut told = Vec::new();
    for step in steps {
        let after = reformed(&before, &order("01/03/2027", step.clone())).expect("a reform");
        assert_eq!(after.faults(), [], "{step:?}");
        let changes = difference(&before, &after);
        told.push(format!("{step:?}"));
        told.extend(changes.iter().map(|change| format!("  {change:?}")));
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_reform_that_cannot_be_says_every_reason_and_changes_nothing() {
    let before = small();
    let merge = |old: &[&str], into: Heir| ReformStep::Merge {
        old: old.iter().map(|unit| id(unit)).collect(),
        into,
    };
    let third = Number::from_fraction(1, 3);
    let cases = [
        merge(&["C1.2025"], Heir::New(named("Xã", None))),
        merge(&["C1.2025", "C1.2025"], Heir::New(named("Xã", None))),
        merge(&["C9"], Heir::Existing(id("Q1"))),
        merge(&["C1"], Heir::Existing(id("Q1"))),
        merge(&["Q1"], Heir::Existing(id("C2"))),
        merge(&["Q1", "C1.2025"], Heir::New(named(" ", None))),
        merge(&["Q1", "C1.2025"], Heir::New(named("Xã", Some("40")))),
        merge(&["Q1", "C1.2025"], Heir::New(named("Xã", Some("4A")))),
        ReformStep::Split {
            old: id("P"),
            into: vec![
                (Heir::New(named("Tỉnh A1", None)), third.clone()),
                (Heir::New(named("Tỉnh A2", None)), third),
            ],
        },
        ReformStep::Split {
            old: id("Q1"),
            into: vec![
                (Heir::New(named("Xã 1", None)), Number::from_fraction(1, 3)),
                (Heir::New(named("Xã 2", None)), None),
            ],
        },
        ReformStep::Transfer {
            from: id("Q1"),
            to: id("Q1"),
            share: Some(Number::one()),
        },
        ReformStep::Recode {
            unit: id("Q1"),
            system: CodeSystem::Area,
            code: "17329".to_owned(),
        },
        ReformStep::Recode {
            unit: id("Q1"),
            system: CodeSystem::Area,
            code: "18000".to_owned(),
        },
        ReformStep::AbolishLevel {
            level: "huyen".to_owned(),
            children_to: None,
        },
        ReformStep::AbolishLevel {
            level: "tinh".to_owned(),
            children_to: Some(id("P")),
        },
    ];
    let told: Vec<String> = cases
        .into_iter()
        .map(|step| {
            let found = faults(&before, &order("01/03/2027", step.clone()));
            format!("{step:?}\n  {found:?}")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let silent = Reform {
        basis: " ".to_owned(),
        ..order("01/03/2027", merge(&["C1.2025"], Heir::Existing(id("Q1"))))
    };
    assert_eq!(faults(&before, &silent), [ReformFault::NoBasis]);
    let ended = reformed(
        &before,
        &order("01/03/2027", merge(&["Q1"], Heir::Existing(id("C1.2025")))),
    );
    let again = order("01/03/2028", merge(&["C1.2025"], Heir::Existing(id("Q1"))));
    assert_eq!(
        faults(&ended.expect("merged"), &again),
        [ReformFault::NotThere(id("Q1"))]
    );
}

#[test]
fn what_does_not_fit_together_across_the_tables_is_found() {
    let read = |units: &str, links: &str, successions: &str, codes: &str| {
        tables([units, links, successions, codes]).faults()
    };
    let links = "child,parent,from,until\nP,Q,2026-01-01,\nQ,P,2026-01-01,\nX,P,,\n";
    let found = read(UNITS, links, SUCCESSIONS, "unit,system,code\nY,area,1\n");
    insta::assert_debug_snapshot!(found);
    let early = "old,new,date\nC1,C1.2025,2025-06-30\n";
    assert_eq!(
        read(UNITS, "", early, ""),
        [TablesFault::HeirNotThere {
            unit: id("C1.2025"),
            date: d("30/06/2025"),
        }]
    );
}

#[test]
fn a_code_in_time_is_another_one_from_its_day_on_and_names_one_unit_a_day() {
    let recode = ReformStep::Recode {
        unit: id("C1.2025"),
        system: CodeSystem::Area,
        code: "17999".to_owned(),
    };
    let after = reformed(&small(), &order("01/03/2027", recode)).expect("a new code");
    let organisation = after.organisation();
    let code = |date: &str| organisation.code_on(&id("C1.2025"), CodeSystem::Area, d(date));
    assert_eq!(code("28/02/2027").as_deref(), Some("17329"));
    assert_eq!(code("01/03/2027").as_deref(), Some("17999"));
    let bearers = |date: &str| {
        let units = organisation.units_of_area_code("17329", d(date));
        units.into_iter().cloned().collect::<Vec<_>>()
    };
    assert_eq!(bearers("30/06/2025"), [id("C1")]);
    assert_eq!(bearers("01/07/2025"), [id("C1.2025")]);
    assert_eq!(bearers("01/03/2027"), []);
    let written = after.written(crate::organisation::unit_tables::UnitTable::Codes);
    assert_eq!(
        written,
        "unit,system,code,from,until\nC1.2025,area,17999,2027-03-01,\n"
    );
    for (system, code, fits) in [
        (CodeSystem::Agency, "H41.12.3", true),
        (CodeSystem::Agency, "000.00.12.H41", false),
        (CodeSystem::Agency102, "000.00.12.H41", true),
        (CodeSystem::Agency102, "H41.12.3", false),
        (CodeSystem::Area, "17329", true),
        (CodeSystem::Area, "173290", false),
    ] {
        assert_eq!(system.fits(code), fits, "{code}");
    }
}

/// One attempt at a reform, by numbers: which step, on which units, how long after the last.
type Attempt = (u8, u8, u8, u8, u8);

fn attempt_step(tables: &UnitTables, date: Date, attempt: Attempt) -> ReformStep {
    let (kind, one, other, third, share) = attempt;
    let communes: Vec<UnitId> = tables
        .units
        .iter()
        .filter(|unit| unit.level == "xa" && unit.is_valid_on(days_after(date, -1)))
        .map(|unit| unit.id.clone())
        .collect();
    let pick = |number: u8| {
        let place = usize::from(number) % communes.len().max(1);
        communes.get(place).cloned().unwrap_or_else(|| id("none"))
    };
    let code = (share % 3 == 0).then(|| format!("{}", 17_000 + i64::from(third % 8)));
    let new = |name: &str| NewUnit {
        area_code: code.clone(),
        ..named(name, None)
    };
    let share = (share % 2 == 0).then(|| {
        let percent = i64::from(share % 98) + 1;
        Number::from_fraction(percent, 100).expect("a share")
    });
    match kind % 6 {
        0 => ReformStep::Merge {
            old: vec![pick(one), pick(other)],
            into: Heir::New(new("Xã Hợp Nhất")),
        },
        1 => ReformStep::Merge {
            old: vec![pick(one), pick(third)],
            into: Heir::Existing(pick(other)),
        },
        2 => ReformStep::Split {
            old: pick(one),
            into: vec![
                (Heir::New(new("Xã Tách Ra")), share.clone()),
                (
                    Heir::Existing(pick(other)),
                    share.map(|share| Number::one().sub(&share)),
                ),
            ],
        },
        3 => ReformStep::Transfer {
            from: pick(one),
            to: pick(other),
            share,
        },
        4 => ReformStep::Rename {
            old: pick(one),
            new: new("Phường Đổi Tên"),
        },
        _ => ReformStep::Recode {
            unit: pick(one),
            system: CodeSystem::Area,
            code: format!("{}", 17_000 + i64::from(third % 8)),
        },
    }
}

#[test]
fn after_any_sequence_of_reforms_the_tree_stands_figures_are_conserved_and_no_identity_or_code_is_shared()
 {
    let mut text = "id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to\nP,tinh,tinh,Tỉnh,40,,,,,\n".to_owned();
    for number in 0..8 {
        text.push_str(&format!(
            "C{code},xa,xa,Xã {number},{code},,P,,,\n",
            code = 17_000 + number
        ));
    }
    let start = tables([&text, "", "", ""]);
    let attempts = prop::collection::vec(any::<Attempt>(), 1..9);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(100)
    });
    let done = std::cell::Cell::new(0_u32);
    let result = runner.run(&attempts, |attempts| {
        let mut tables = start.clone();
        let first = d("01/01/2026");
        let mut date = first;
        for attempt in attempts {
            date = days_after(date, 10);
            let step = attempt_step(&tables, date, attempt);
            let reform = Reform {
                date,
                basis: "Nghị quyết".to_owned(),
                step,
            };
            let Ok(after) = reformed(&tables, &reform) else {
                continue;
            };
            done.set(done.get() + 1);
            prop_assert_eq!(after.faults(), vec![]);
            // The past stays: on the day before, the same units with the same names, codes and parents.
            let eve = days_after(date, -1);
            let seen = |tables: &UnitTables| -> Vec<(UnitId, Option<String>, Option<UnitId>)> {
                let organisation = tables.organisation();
                let units = organisation.valid_on(eve);
                units
                    .map(|unit| {
                        let code = organisation.code_on(&unit.id, CodeSystem::Area, eve);
                        let parent = organisation.parent_on(unit, eve).cloned();
                        (unit.id.clone(), code, parent)
                    })
                    .collect()
            };
            prop_assert_eq!(seen(&tables), seen(&after));
            // No two units have one code on one day.
            let organisation = after.organisation();
            let mut codes = BTreeSet::new();
            for unit in organisation
                .valid_on(date)
                .filter(|unit| unit.level == "xa")
            {
                if let Some(code) = organisation.code_on(&unit.id, CodeSystem::Area, date) {
                    prop_assert!(codes.insert(code), "a code twice");
                }
            }
            // Whoever ended was taken over, as a whole or by shares that make one.
            for unit in &tables.units {
                let ended = unit.is_valid_on(eve)
                    && !organisation
                        .get(&unit.id)
                        .is_some_and(|unit| unit.is_valid_on(date));
                let rows = organisation.successors(&unit.id, date);
                let rows: Vec<_> = rows.into_iter().filter(|row| row.date == date).collect();
                prop_assert_eq!(ended, !rows.is_empty());
                let shares: Vec<Number> = rows.iter().filter_map(|row| row.share.clone()).collect();
                if !shares.is_empty() {
                    let sum = shares
                        .iter()
                        .fold(Number::zero(), |sum, share| sum.add(share));
                    prop_assert_eq!(sum, Number::one());
                    prop_assert_eq!(shares.len(), rows.len());
                }
            }
            tables = after;
        }
        // Figures of the first day in the boundaries of the last.
        let organisation = tables.organisation();
        let reported: Vec<(UnitId, Number)> = start
            .units
            .iter()
            .filter(|unit| unit.level == "xa")
            .zip(1_i64..)
            .map(|(unit, number)| (unit.id.clone(), Number::from_i64(number * 1_009)))
            .collect();
        let exists = |unit: &UnitId| {
            organisation
                .get(unit)
                .is_some_and(|unit| unit.is_valid_on(date))
        };
        let now = as_now(
            &reported,
            organisation.successions(),
            first,
            date,
            0,
            exists,
        );
        let then = reported
            .iter()
            .fold(Number::zero(), |sum, (_, value)| sum.add(value));
        let sum = now
            .units
            .values()
            .fold(now.residual, |sum, found| sum.add(&found.value));
        prop_assert_eq!(sum, then);
        Ok(())
    });
    result.expect("holds");
    assert!(
        done.get() > 100,
        "too few reforms went through: {}",
        done.get()
    );
}

#[test]
fn a_unit_that_is_closed_and_one_that_moves_are_told_apart_from_new_ones() {
    let before = small();
    let mut after = before.clone();
    for unit in &mut after.units {
        match unit.id.as_str() {
            "Q1" => unit.valid_to = Some(d("31/12/2026")),
            "P-nv" => unit.parent = Some(id("Q")),
            _ => {}
        }
    }
    after.units.retain(|unit| unit.id != id("P-xd"));
    let told: Vec<String> = difference(&before, &after)
        .iter()
        .map(|change| match change {
            Change::Unit { unit, facts, .. } => match facts.as_slice() {
                [FactChange::Ended(None, Some(_))] => format!("{unit} closed"),
                [FactChange::Moved(..)] => format!("{unit} moved"),
                other => format!("{unit} {other:?}"),
            },
            Change::Removed(unit) => format!("{} removed", unit.id),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(told, ["P-nv moved", "Q1 closed", "P-xd removed"]);
}
