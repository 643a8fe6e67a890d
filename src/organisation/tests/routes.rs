use super::{d, id, organisation, party, route, texts};
use crate::organisation::{Route, RouteError, Routing, Suspension};

const BEFORE: &str = "14/06/2025";
const AFTER: &str = "14/09/2025";

/// The routes of form 01/XLD: through the district until the reform, straight to the provincial inspectorate after.
fn inspection() -> Routing {
    let over_the_district = Route {
        until: Some(d("30/06/2025")),
        ..route("xa -> huyen -> thanh_tra_tinh -> thanh_tra_chinh_phu")
    };
    let straight = Route {
        from: Some(d("01/07/2025")),
        ..route("xa -> thanh_tra_tinh -> thanh_tra_chinh_phu")
    };
    Routing {
        routes: vec![straight, over_the_district, route("so -> thanh_tra_tinh")],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    }
}

fn next(routing: &Routing, unit: &str, form: Option<&str>, date: &str) -> String {
    match organisation().next_hop(&id(unit), routing, form, d(date)) {
        Ok(recipients) => texts(&recipients).join(" "),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn a_report_goes_the_way_of_its_date() {
    let routing = inspection();
    assert_eq!(next(&routing, "C1", None, BEFORE), "D");
    assert_eq!(next(&routing, "D", None, BEFORE), "P-tt");
    assert_eq!(next(&routing, "C1.2025", None, AFTER), "P-tt");
    assert_eq!(next(&routing, "Q1", None, AFTER), "Q-tt");
    assert_eq!(next(&routing, "P-nv", None, AFTER), "P-tt");
    assert_eq!(
        next(&routing, "P-tt", None, AFTER),
        "TTCP",
        "an agency goes on from its own place, not from its level"
    );
    assert_eq!(
        next(&routing, "TTCP", None, AFTER),
        "",
        "the end of the way"
    );
    assert_eq!(
        next(&routing, "C1", None, AFTER),
        "UnknownUnit(UnitId(\"C1\"))",
        "it ended with the reform"
    );
    assert_eq!(
        next(&routing, "khong_co", None, AFTER),
        "UnknownUnit(UnitId(\"khong_co\"))"
    );
}

#[test]
fn without_a_route_a_report_goes_up_the_tree() {
    let none = Routing::default();
    assert_eq!(next(&none, "C1", None, BEFORE), "D");
    assert_eq!(next(&none, "P", None, AFTER), "VN");
    assert_eq!(next(&none, "VN", None, AFTER), "");
    let of_a_form = Routing {
        routes: vec![Route {
            forms: vec!["BT01".to_owned()],
            ..route("xa -> thanh_tra_tinh")
        }],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(next(&of_a_form, "C1.2025", Some("BT01"), AFTER), "P-tt");
    assert_eq!(next(&of_a_form, "C1.2025", Some("BT02"), AFTER), "P");
    assert_eq!(next(&of_a_form, "C1.2025", None, AFTER), "P");
    let along_the_tree = Routing {
        routes: vec![Route {
            hops: Vec::new(),
            ..route("xa")
        }],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(next(&along_the_tree, "C1.2025", None, AFTER), "P");
}

#[test]
fn a_suspended_hop_falls_back_to_the_tree() {
    let suspension = Suspension {
        sender: party("so"),
        recipients: vec![party("thanh_tra_tinh")],
        from: Some(d("01/09/2025")),
        until: None,
        forms: vec!["XLD01".to_owned()],
        reason: "sáp nhập đầu mối".to_owned(),
    };
    let routing = Routing {
        suspensions: vec![suspension],
        ..inspection()
    };
    assert_eq!(next(&routing, "P-nv", Some("XLD01"), "31/08/2025"), "P-tt");
    assert_eq!(next(&routing, "P-nv", Some("XLD01"), "01/09/2025"), "P");
    assert_eq!(next(&routing, "P-nv", Some("XLD02"), "01/09/2025"), "P-tt");
    assert_eq!(
        next(&routing, "C1.2025", Some("XLD01"), "01/09/2025"),
        "P-tt",
        "only the sender named"
    );
}

#[test]
fn several_recipients_on_the_last_step_and_a_choice_between_routes_are_told_apart() {
    let both = Routing {
        routes: vec![route("xa -> thanh_tra_tinh, so_noi_vu")],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(next(&both, "C1.2025", None, AFTER), "P-nv P-tt");
    let fork = Routing {
        routes: vec![route("xa -> so_noi_vu"), route("xa -> so_xay_dung")],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(
        organisation().next_hop(&id("C1.2025"), &fork, None, d(AFTER)),
        Err(RouteError::SeveralRoutes(vec![id("P-nv"), id("P-xd")]))
    );
    let twice = Routing {
        routes: vec![route("xa -> so_noi_vu"), route("xa -> so_noi_vu")],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(next(&twice, "C1.2025", None, AFTER), "P-nv");
}

#[test]
fn a_recipient_that_does_not_exist_is_an_error_and_not_a_guess() {
    let routing = Routing {
        routes: vec![route("xa -> huyen -> thanh_tra_tinh")],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(
        organisation().next_hop(&id("C1.2025"), &routing, None, d(AFTER)),
        Err(RouteError::NoRecipient(party("huyen")))
    );
    let wrong_tag = Routing {
        routes: vec![route("xa -> so_noi_vu with hiv")],
        suspensions: Vec::new(),
        assignments: Vec::new(),
    };
    assert_eq!(
        organisation().next_hop(&id("C1.2025"), &wrong_tag, None, d(AFTER)),
        Err(RouteError::NoRecipient(party("so_noi_vu with hiv")))
    );
}

#[test]
fn those_who_feed_a_recipient_include_its_own_report() {
    let organisation = organisation();
    let feeders = |recipient: &str, date: &str| {
        texts(&organisation.feeders(&id(recipient), &inspection(), None, d(date))).join(" ")
    };
    assert_eq!(feeders("P-tt", AFTER), "C1.2025 P-nv P-tt P-xd");
    assert_eq!(feeders("P-tt", BEFORE), "D P-nv P-tt P-xd");
    assert_eq!(feeders("D", BEFORE), "C1 C2");
    assert_eq!(feeders("TTCP", AFTER), "P-tt Q-tt");
    assert_eq!(feeders("Q-tt", AFTER), "Q-tt Q1");
    assert_eq!(feeders("C1.2025", AFTER), "");
}

/// The slow reference: whoever feeds a recipient is exactly who sends to it, apart from the recipient itself.
#[test]
fn feeders_are_the_inverse_of_next_hops() {
    let organisation = organisation();
    for date in [BEFORE, AFTER] {
        for recipient in organisation.units() {
            let feeders = organisation.feeders(&recipient.id, &inspection(), None, d(date));
            for unit in organisation.units().filter(|unit| unit.id != recipient.id) {
                let sends = organisation
                    .next_hop(&unit.id, &inspection(), None, d(date))
                    .is_ok_and(|next| next.contains(&recipient.id));
                assert_eq!(
                    feeders.contains(&unit.id),
                    sends,
                    "{} -> {}",
                    unit.id,
                    recipient.id
                );
            }
        }
    }
}
