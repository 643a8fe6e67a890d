use super::{d, id, organisation, party, texts};
use crate::organisation::{Organisation, Unit};

const BEFORE: &str = "30/06/2025";
const AFTER: &str = "01/07/2025";

fn ids(units: &[&Unit]) -> Vec<String> {
    units.iter().map(|unit| unit.id.to_string()).collect()
}

#[test]
fn the_tree_is_that_of_the_date_asked_for() {
    let organisation = organisation();
    assert_eq!(
        ids(&organisation.children_on(&id("D"), d(BEFORE))),
        ["C1", "C2"]
    );
    assert_eq!(
        ids(&organisation.children_on(&id("D"), d(AFTER))),
        Vec::<String>::new()
    );
    assert_eq!(
        ids(&organisation.children_on(&id("P"), d(AFTER))),
        ["C1.2025", "P-nv", "P-tt", "P-xd"]
    );
    assert_eq!(
        ids(&organisation.ancestors(&id("C1"), d(BEFORE))),
        ["D", "P", "VN"]
    );
    assert_eq!(
        ids(&organisation.ancestors(&id("C1"), d(AFTER))),
        Vec::<String>::new()
    );
    let level = |unit: &str, level: &str, date: &str| {
        organisation
            .ancestor_at_level(&id(unit), level, d(date))
            .map(|unit| unit.id.to_string())
    };
    assert_eq!(level("C1", "tinh", BEFORE).as_deref(), Some("P"));
    assert_eq!(level("C1.2025", "huyen", AFTER), None);
    assert_eq!(
        level("P", "tinh", AFTER),
        None,
        "a unit is not above itself"
    );
    assert_eq!(
        organisation.valid_on(d(BEFORE)).count() - organisation.valid_on(d(AFTER)).count(),
        2
    );
}

#[test]
fn a_reused_code_never_makes_two_units_one() {
    let organisation = organisation();
    let town = organisation.get(&id("C1")).unwrap();
    let commune = organisation.get(&id("C1.2025")).unwrap();
    assert_eq!(town.area_code, commune.area_code);
    assert!(!organisation.matches(&id("C1"), &party("xa"), d(AFTER)));
    assert!(organisation.matches(&id("C1.2025"), &party("xa"), d(AFTER)));
    let from: Vec<&str> = organisation
        .predecessors(&id("C1.2025"), d(AFTER))
        .iter()
        .map(|row| row.old.as_str())
        .collect();
    assert_eq!(from, ["C1", "C2"]);
    assert!(
        organisation
            .predecessors(&id("C1.2025"), d(BEFORE))
            .is_empty()
    );
    assert_eq!(organisation.successors(&id("C2"), d(AFTER)).len(), 1);
    assert_eq!(organisation.successions().len(), 2);
}

#[test]
fn parties_mean_levels_or_agencies_narrowed_by_tags() {
    let organisation = organisation();
    let reporters = |parties: &[&str]| {
        let parties: Vec<_> = parties.iter().map(|text| party(text)).collect();
        texts(&organisation.reporters(&parties, d(AFTER))).join(" ")
    };
    assert_eq!(reporters(&["xa"]), "C1.2025 Q1");
    assert_eq!(reporters(&["so with chu_dau_tu"]), "P-nv P-xd");
    assert_eq!(
        reporters(&["so with chu_dau_tu and hiv", "thanh_tra_tinh"]),
        "P-tt P-xd Q-tt"
    );
    assert_eq!(reporters(&["so_noi_vu with hiv", "khong_co"]), "");
}

#[test]
fn what_is_said_of_an_agency_goes_before_what_is_said_of_its_level() {
    let organisation = organisation();
    let parties = [
        party("so"),
        party("thanh_tra_tinh"),
        party("so with chu_dau_tu"),
        party("so with hiv"),
    ];
    let closest = |unit: &str| organisation.closest(&id(unit), &parties, d(AFTER)).cloned();
    assert_eq!(closest("P-tt"), Some(party("thanh_tra_tinh")));
    assert_eq!(closest("P-nv"), Some(party("so with chu_dau_tu")));
    assert_eq!(
        closest("P-xd"),
        Some(party("so with chu_dau_tu")),
        "of equals the first"
    );
    assert_eq!(closest("Q1"), None);
    assert_eq!(closest("D"), None);
}

#[test]
fn an_agency_is_that_of_the_own_province() {
    let organisation = organisation();
    let inspectorate = |near: &str| {
        organisation
            .agency("thanh_tra_tinh", &id(near), d(AFTER))
            .map(|unit| unit.id.to_string())
    };
    assert_eq!(inspectorate("C1.2025").as_deref(), Some("P-tt"));
    assert_eq!(inspectorate("Q1").as_deref(), Some("Q-tt"));
    assert_eq!(inspectorate("P").as_deref(), Some("P-tt"));
    assert_eq!(inspectorate("P-xd").as_deref(), Some("P-tt"));
    assert_eq!(inspectorate("VN"), None, "two are equally near");
    let only = organisation.agency("so_noi_vu", &id("Q1"), d(AFTER));
    assert_eq!(
        only,
        organisation.get(&id("P-nv")),
        "the only one of its name"
    );
}

#[test]
fn a_circle_of_parents_is_walked_once() {
    let (mut units, _) =
        crate::organisation::parse_units("id,level,item,name,parent\nA,xa,xa,A,\nB,xa,xa,B,A\n");
    units[0].parent = Some(id("B"));
    let organisation = Organisation::new(units, Vec::new());
    assert_eq!(ids(&organisation.ancestors(&id("A"), d(AFTER))), ["B"]);
}

#[test]
fn links_say_who_hangs_below_whom_in_time() {
    let (units, _) = crate::organisation::parse_units(
        "id,level,item,name,parent\nT,tinh,tinh,T,\nH1,huyen,huyen,H1,T\nH2,huyen,huyen,H2,T\nX,xa,xa,X,H1\n",
    );
    let (links, problems) = crate::organisation::parse_links(
        "child,parent,from,until\nX,H1,,2025-02-28\nX,H2,2025-03-01,2025-06-30\nX,X,2025-07-01,\n",
    );
    assert_eq!(problems.len(), 1, "a unit below itself is named");
    let organisation = Organisation::new(units, Vec::new()).linked(links);
    let above = |date: &str| ids(&organisation.ancestors(&id("X"), d(date)));
    assert_eq!(above("28/02/2025"), ["H1", "T"]);
    assert_eq!(above("01/03/2025"), ["H2", "T"]);
    assert!(above("01/07/2025").is_empty(), "no link holds any more");
    let below = |unit: &str, date: &str| ids(&organisation.children_on(&id(unit), d(date)));
    assert_eq!(below("H1", "28/02/2025"), ["X"]);
    assert!(below("H1", "01/03/2025").is_empty());
    assert_eq!(below("H2", "01/03/2025"), ["X"]);
}

#[test]
fn planned_parts_count_for_the_unit_they_hang_below_in_the_planned_year() {
    use crate::organisation::{parse_links, parse_plan_values, uneven};
    let links = "child,parent,from,until\nP-nv,P,,2026-12-31\nP-nv,Q,2027-01-01,\n";
    let organisation = organisation().linked(parse_links(links).0);
    let text = "unit,indicator,year,value\nP,a,2026,10\nP-nv,a,2026,10\nP,a,2027,10\nP-xd,a,2027,10\nP-nv,a,2027,4\nQ,a,2027,5\n";
    let (values, problems) = parse_plan_values(text);
    assert_eq!(problems, []);
    let found = uneven(&values, &organisation);
    let found: Vec<String> = found
        .iter()
        .map(|one| format!("{} {} {}", one.unit, one.year, one.sum.to_plain(None)))
        .collect();
    assert_eq!(found, ["Q 2027 4"]);
}
