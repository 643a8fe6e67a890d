//! The reform of 1 July 2025 over the whole country: nothing is lost, nothing is guessed, and codes that were used again are never matched.

use super::{d, id};
use crate::calendar::Date;
use crate::calendar::dates::parse_iso_date;
use crate::eval::restate::as_now;
use crate::number::Number;
use crate::organisation::codes::CodeSystem;
use crate::organisation::unit_tables::UnitTables;
use crate::organisation::{Organisation, Succession, Unit, UnitId};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const UNITS: &str = include_str!("../../../tests/fixtures/units/units-2025.txt");
const SUCCESSIONS: &str = include_str!("../../../tests/fixtures/units/successions-2025.txt");

fn country() -> UnitTables {
    let mut tables = UnitTables::default();
    for line in UNITS.lines() {
        let (head, ids) = line.split_once(": ").expect("a head");
        let head: Vec<&str> = head.split(' ').collect();
        let [parent, level, item, from, to] = head.as_slice() else {
            panic!("{line}")
        };
        let day = |text: &str| parse_iso_date(text).ok();
        for id in ids.split(' ') {
            let digits: String = id
                .chars()
                .skip(1)
                .take_while(char::is_ascii_digit)
                .collect();
            tables.units.push(Unit {
                id: UnitId::from(id),
                level: (*level).to_owned(),
                item: (*item).to_owned(),
                name: id.to_owned(),
                area_code: Some(digits).filter(|code| !code.is_empty()),
                agency: None,
                parent: Some(UnitId::from(*parent)).filter(|parent| parent.as_str() != "-"),
                tags: Vec::new(),
                attributes: BTreeMap::new(),
                valid_from: day(from),
                valid_to: day(to),
            });
        }
    }
    for line in SUCCESSIONS.lines() {
        let (new, olds) = line.split_once(": ").expect("a head");
        for old in olds.split(' ') {
            tables.successions.push(Succession {
                old: UnitId::from(old.trim_end_matches('*')),
                new: UnitId::from(new),
                date: d("01/07/2025"),
                share: None,
                basis: None,
            });
        }
    }
    tables
}

static COUNTRY: LazyLock<(UnitTables, Organisation)> = LazyLock::new(|| {
    let tables = country();
    let organisation = tables.organisation();
    (tables, organisation)
});

const BEFORE: Date = Date::constant(2025, 6, 30);
const AFTER: Date = Date::constant(2025, 7, 1);

fn count(level: &str, date: Date) -> usize {
    let units = COUNTRY.1.valid_on(date);
    units.filter(|unit| unit.level == level).count()
}

/// A figure for every commune of before, made from its identity so that no two sums are equal by chance.
fn figures() -> BTreeMap<UnitId, i64> {
    let communes = COUNTRY.1.valid_on(BEFORE).filter(|unit| unit.level == "xa");
    let figure = |unit: &Unit| {
        unit.id
            .as_str()
            .bytes()
            .fold(7_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 1_000_003)
    };
    communes
        .map(|unit| (unit.id.clone(), figure(unit)))
        .collect()
}

fn restated(
    figures: &BTreeMap<UnitId, i64>,
    successions: &[Succession],
) -> (BTreeMap<UnitId, Number>, Number) {
    let reported: Vec<(UnitId, Number)> = figures
        .iter()
        .map(|(unit, figure)| (unit.clone(), Number::from_i64(*figure)))
        .collect();
    let exists = |unit: &UnitId| {
        let unit = COUNTRY.1.get(unit);
        unit.is_some_and(|unit| unit.is_valid_on(AFTER))
    };
    let now = as_now(&reported, successions, BEFORE, AFTER, 0, exists);
    let units = now.units.into_iter();
    (
        units.map(|(unit, found)| (unit, found.value)).collect(),
        now.residual,
    )
}

fn sum<'n>(numbers: impl Iterator<Item = &'n Number>) -> Number {
    numbers.fold(Number::zero(), |sum, number| sum.add(number))
}

#[test]
fn the_reform_left_34_of_63_provinces_3321_of_10035_communes_and_no_district() {
    assert_eq!((count("tinh", BEFORE), count("tinh", AFTER)), (63, 34));
    assert_eq!((count("huyen", BEFORE), count("huyen", AFTER)), (696, 0));
    assert_eq!((count("xa", BEFORE), count("xa", AFTER)), (10_035, 3_321));
    assert_eq!(COUNTRY.0.faults(), []);
}

#[test]
fn figures_as_now_and_the_residual_come_to_the_figures_as_then_exactly() {
    let figures = figures();
    let then = Number::from_i64(figures.values().sum());
    let (now, residual) = restated(&figures, COUNTRY.1.successions());
    assert_eq!(sum(now.values()).add(&residual), then);
    // Only what was divided without a published share belongs to nobody of today; all else has one heir, and every heir has exactly what its whole predecessors had.
    let mut heirs: BTreeMap<&UnitId, Vec<&UnitId>> = BTreeMap::new();
    for row in COUNTRY.1.successions() {
        heirs.entry(&row.old).or_default().push(&row.new);
    }
    let mut expected: BTreeMap<UnitId, i64> = BTreeMap::new();
    let mut divided = 0_i64;
    let mut divided_units = 0;
    for (unit, figure) in &figures {
        match heirs.get(unit).map(Vec::as_slice) {
            Some([only]) => *expected.entry((*only).clone()).or_default() += figure,
            Some(_) => {
                divided += figure;
                divided_units += 1;
            }
            None => panic!("{unit} went nowhere"),
        }
    }
    assert_eq!(divided_units, 471);
    assert_eq!(residual, Number::from_i64(divided));
    let now: BTreeMap<UnitId, i64> = now
        .iter()
        .map(|(unit, value)| (unit.clone(), value.to_i64().expect("whole")))
        .collect();
    assert_eq!(now, expected);
}

#[test]
fn with_shares_declared_nothing_is_left_over_and_no_unit_of_a_person_is_cut() {
    let figures = figures();
    let mut heirs: BTreeMap<UnitId, i64> = BTreeMap::new();
    for row in COUNTRY.1.successions() {
        *heirs.entry(row.old.clone()).or_default() += 1;
    }
    // Divided units go over in equal parts, the last getting what is missing to one.
    let mut given: BTreeMap<UnitId, i64> = BTreeMap::new();
    let declared: Vec<Succession> = COUNTRY
        .1
        .successions()
        .iter()
        .map(|row| {
            let parts = heirs.get(&row.old).copied().unwrap_or(1);
            let so_far = given.entry(row.old.clone()).or_default();
            *so_far += 1;
            let equal = 100 / parts;
            let percent = if *so_far == parts {
                100 - equal * (parts - 1)
            } else {
                equal
            };
            Succession {
                share: (parts > 1).then(|| Number::from_fraction(percent, 100).expect("a share")),
                ..row.clone()
            }
        })
        .collect();
    let (now, residual) = restated(&figures, &declared);
    assert!(residual.is_zero());
    assert_eq!(sum(now.values()), Number::from_i64(figures.values().sum()));
    assert!(now.values().all(Number::is_integer));
}

#[test]
fn a_code_that_was_used_again_is_never_taken_for_the_same_unit() {
    let figures = figures();
    let (now, _) = restated(&figures, COUNTRY.1.successions());
    let mut again = 0;
    let mut wrong_by_code = 0;
    for unit in COUNTRY.1.valid_on(AFTER).filter(|unit| unit.level == "xa") {
        let code = unit.area_code.as_deref().expect("a code");
        assert_eq!(
            COUNTRY
                .1
                .code_on(&unit.id, CodeSystem::Area, AFTER)
                .as_deref(),
            Some(code)
        );
        assert_eq!(COUNTRY.1.code_on(&unit.id, CodeSystem::Area, BEFORE), None);
        let old = UnitId(format!("C{code}"));
        let Some(figure) = figures.get(&old) else {
            continue;
        };
        again += 1;
        assert_ne!(unit.id, old);
        // Whoever matched by the code would compare this figure with that of another territory.
        let value = now.get(&unit.id).cloned().unwrap_or_else(Number::zero);
        let is_wrong = value != Number::from_i64(*figure);
        // What a divided unit gave is not guessed, so that a figure is the old one only where one whole unit went over, and that under the same code.
        let whole: Vec<&UnitId> = COUNTRY
            .1
            .predecessors(&unit.id, AFTER)
            .into_iter()
            .map(|row| &row.old)
            .filter(|from| COUNTRY.1.successors(from, AFTER).len() == 1)
            .collect();
        assert_eq!(is_wrong, whole != [&old], "{}", unit.id);
        wrong_by_code += usize::from(is_wrong);
    }
    assert_eq!(again, 3_316);
    assert_eq!(wrong_by_code, 3_136);
}

#[test]
fn the_provinces_of_today_have_what_the_provinces_of_then_had() {
    let figures = figures();
    let heir_of_province = |old: &UnitId| -> UnitId {
        let rows = COUNTRY.1.successors(old, AFTER);
        rows.first().map_or(old.clone(), |row| row.new.clone())
    };
    // Each commune's figure counts for the province of then, and so for the heir of that province.
    let mut then: BTreeMap<UnitId, Number> = BTreeMap::new();
    for (unit, figure) in &figures {
        let province = COUNTRY
            .1
            .ancestor_at_level(unit, "tinh", BEFORE)
            .expect("a province");
        let place = then
            .entry(heir_of_province(&province.id))
            .or_insert_with(Number::zero);
        *place = place.add(&Number::from_i64(*figure));
    }
    let (now, residual) = restated(&figures, COUNTRY.1.successions());
    let mut by_province: BTreeMap<UnitId, Number> = BTreeMap::new();
    for (unit, value) in &now {
        let province = COUNTRY
            .1
            .ancestor_at_level(unit, "tinh", AFTER)
            .expect("a province");
        let place = by_province
            .entry(province.id.clone())
            .or_insert_with(Number::zero);
        *place = place.add(value);
    }
    assert_eq!(by_province.len(), 34);
    // What is short in a province is its divided communes, and all that is short is the residual.
    let mut short = Number::zero();
    for (province, value) in &then {
        let has = by_province.get(province).expect("a province of today");
        assert!(has <= value, "{province}");
        short = short.add(&value.sub(has));
    }
    assert_eq!(short, residual);
    let nghe_an = |sums: &BTreeMap<UnitId, Number>| sums.get(&id("P40")).cloned();
    assert_eq!(nghe_an(&then), nghe_an(&by_province));
}

#[test]
fn the_tables_of_the_country_are_written_and_read_back_the_same() {
    use crate::organisation::unit_tables::UnitTable;
    let texts = UnitTable::ALL.map(|table| COUNTRY.0.written(table));
    let [units, links, successions, codes] = &texts;
    let (back, problems) = UnitTables::read([units, links, successions, codes]);
    assert!(problems.iter().all(Vec::is_empty), "{problems:?}");
    assert_eq!(back, COUNTRY.0);
}
