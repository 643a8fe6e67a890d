use super::{d, id, party, route, texts};
use crate::organisation::{
    Organisation, Routing, parse_decisions, parse_successions, parse_units, unknown_units,
};

fn nghe_an() -> Organisation {
    let (units, problems) = parse_units(include_str!("../../../regimes/data/units.csv"));
    assert_eq!(problems, []);
    let (successions, problems) =
        parse_successions(include_str!("../../../regimes/data/successors.csv"));
    assert_eq!(problems, []);
    assert_eq!(unknown_units(&units, &successions), []);
    Organisation::new(units, successions)
}

fn count(organisation: &Organisation, level: &str, item: &str, date: &str) -> usize {
    organisation
        .valid_on(d(date))
        .filter(|unit| unit.level == level && (item.is_empty() || unit.item == item))
        .count()
}

#[test]
fn the_reform_of_1_july_2025_left_130_of_412_communes_and_no_district() {
    let organisation = nghe_an();
    for (date, xa, phuong, all, huyen) in [
        ("30/06/2025", 362, 33, 412, 20),
        ("01/07/2025", 119, 11, 130, 0),
        ("01/12/2026", 119, 11, 130, 0),
    ] {
        assert_eq!(count(&organisation, "xa", "xa", date), xa, "{date}");
        assert_eq!(count(&organisation, "xa", "phuong", date), phuong, "{date}");
        assert_eq!(count(&organisation, "xa", "", date), all, "{date}");
        assert_eq!(count(&organisation, "huyen", "", date), huyen, "{date}");
    }
    assert_eq!(count(&organisation, "so", "", "01/12/2026"), 15);
    assert_eq!(
        organisation.children_on(&id("P40"), d("01/12/2026")).len(),
        145
    );
}

#[test]
fn the_code_17329_names_a_town_before_and_a_commune_after_the_reform() {
    let organisation = nghe_an();
    let of_code = |date: &str| {
        let units = organisation
            .valid_on(d(date))
            .filter(|unit| unit.area_code.as_deref() == Some("17329"));
        units
            .map(|unit| format!("{} {}", unit.id, unit.name))
            .collect::<Vec<_>>()
    };
    assert_eq!(of_code("30/06/2025"), ["C17329 Thị trấn Kim Nhan"]);
    assert_eq!(of_code("01/07/2025"), ["C17329.2025 Xã Anh Sơn"]);
    let from: Vec<&str> = organisation
        .predecessors(&id("C17329.2025"), d("01/12/2026"))
        .iter()
        .map(|row| row.old.as_str())
        .collect();
    assert_eq!(from, ["C17329", "C17353", "C17374"]);
}

#[test]
fn every_commune_of_before_went_over_whole_to_one_of_after() {
    let organisation = nghe_an();
    let before = d("30/06/2025");
    for unit in organisation
        .valid_on(before)
        .filter(|unit| unit.level == "xa")
    {
        let successors = organisation.successors(&unit.id, d("01/07/2025"));
        assert_eq!(successors.len(), 1, "{}", unit.id);
        assert!(successors[0].share.is_none());
    }
    for unit in organisation
        .valid_on(d("01/07/2025"))
        .filter(|unit| unit.level == "xa")
    {
        assert!(
            !organisation
                .predecessors(&unit.id, d("01/07/2025"))
                .is_empty(),
            "{}",
            unit.id
        );
    }
}

#[test]
fn the_office_of_the_province_is_fed_by_130_communes_and_all_departments() {
    let organisation = nghe_an();
    let routing = Routing {
        routes: vec![
            route("xa -> vp_ubnd_tinh -> vp_chinh_phu"),
            route("so -> vp_ubnd_tinh"),
        ],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    let date = d("14/06/2026");
    let feeders = organisation.feeders(&id("P40-vp_ubnd_tinh"), &routing, None, date);
    assert_eq!(
        feeders,
        organisation.reporters(&[party("xa"), party("so")], date)
    );
    assert_eq!(feeders.len(), 145);
    let next = organisation
        .next_hop(&id("P40-vp_ubnd_tinh"), &routing, None, date)
        .unwrap();
    assert_eq!(texts(&next), ["VN-vp_chinh_phu"]);
}

#[test]
fn the_table_of_days_off_is_read_without_a_mistake() {
    let (decisions, problems) =
        parse_decisions(include_str!("../../../regimes/data/lich_nghi.csv"));
    assert_eq!(problems, []);
    assert_eq!(decisions.iter().filter(|decision| !decision.off).count(), 2);
    assert_eq!(decisions.len(), 16);
}
