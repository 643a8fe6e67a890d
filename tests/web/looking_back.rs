//! Looking back: pages as they were known at a moment, for who may look today, and without a way to change anything.

use crate::world::{Browser, REPORT, officer_with_sound_report, sent_report, world};
use axum::http::StatusCode;

const TOTAL: &str = "/so-lieu/TTHC_06A/2026/TTHC06A/13?nhom=&dong=dat_dai";

#[tokio::test]
async fn pages_show_what_was_known_at_a_moment_and_figures_of_later_reports_are_not_there() {
    let world = world().at("14/12/2026 10:00");
    let mut officer = officer_with_sound_report(&world).await;
    let proposed = officer.fill(&[], "propose").await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
    crate::world::approved(&world, REPORT).await;
    let world = world.at("15/12/2026 09:00");
    let mut office = Browser::signed_in(&world, "tonghop").await;
    let return_it = [("ban", "1"), ("ly_do", "Kiểm tra lại số quá hạn")];
    office
        .post_and_follow(&format!("{REPORT}/tra-lai"), &return_it)
        .await;
    let world = world.at("16/12/2026 09:00");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let changed = [("o.dat_dai.12", "15"), ("o.dat_dai.13", "5")];
    officer.fill(&changed, "propose").await;
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    let revision = head.get(REPORT).await.field("ban");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", &revision)])
        .await;
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    leader
        .get(TOTAL)
        .await
        .shows("<strong data-figure>5</strong>")
        .hides("Đang xem như đã biết");
    for (moment, figure) in [
        ("2026-12-16T08:00", "…"),
        ("2026-12-14T23:00", "2"),
        ("2026-12-14T09:00", "…"),
    ] {
        let page = leader.get(&format!("{TOTAL}&luc={moment}")).await;
        page.shows("Đang xem như đã biết lúc");
        let shown = page
            .body
            .split_once("<strong data-figure>")
            .and_then(|(_, rest)| rest.split('<').next())
            .unwrap_or_default();
        let expected = if figure == "…" { shown } else { figure };
        assert_eq!(shown, expected, "{moment}");
        assert_eq!(
            figure == "…",
            shown != "2" && shown != "5",
            "{moment}: {shown}"
        );
    }
    let board = leader
        .get("/tong-hop/TTHC_06A/2026?luc=2026-12-16T08:00")
        .await;
    board.shows("Kiểm tra lại số quá hạn");
    let board = leader
        .get("/tong-hop/TTHC_06A/2026?luc=2026-12-14T09:00")
        .await;
    board.hides("Kiểm tra lại số quá hạn");
    // Before anything was published there is nothing, and no page breaks.
    let before = leader.get("/tong-hop?luc=2020-01-01T00:00").await;
    assert_eq!(before.status, StatusCode::OK);
    // A moment that has not come is today.
    leader
        .get(&format!("{TOTAL}&luc=2030-01-01T00:00"))
        .await
        .shows("<strong data-figure>5</strong>")
        .hides("Đang xem như đã biết");
}

#[tokio::test]
async fn whoever_goes_about_in_the_past_changes_nothing_and_has_only_todays_rights() {
    let world = world();
    let (mut officer, _) = sent_report(&world).await;
    let session = officer.cookie.clone().expect("a session");
    let world = world.at("16/12/2026 09:00");
    officer.app = world.app.clone();
    let mistyped = officer
        .post("/xem-lai", &[("luc", "mai"), ("ve", "/")])
        .await;
    assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
    let away = [("luc", "2026-12-15T09:00"), ("ve", "//evil.example")];
    let set = officer.post("/xem-lai", &away).await;
    assert_eq!(set.location(), "/");
    let past = officer.cookie.clone().expect("a moment");
    assert!(past.starts_with("regime-luc=2026-12-15T09:00"), "{past}");
    officer.cookie = Some(format!("{session}; {past}"));
    officer
        .get(REPORT)
        .await
        .shows("Đang xem như đã biết lúc")
        .shows("Trở lại hiện tại");
    let refused = officer
        .post(&format!("{REPORT}/thu-hoi"), &[("ly_do", "nhầm")])
        .await;
    assert_eq!(refused.location(), "/xem-lai?xong=chi-xem");
    // What is about the account is about now.
    officer
        .get("/tai-khoan")
        .await
        .hides("Đang xem như đã biết");
    officer.cookie = Some(session);
    officer.get(REPORT).await.hides("Đang xem như đã biết");
    let mut stranger = Browser::signed_in(&world, "canbo.muongxen").await;
    let hidden = stranger
        .get(&format!("{REPORT}?luc=2026-12-15T09:00"))
        .await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}
