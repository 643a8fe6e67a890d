//! After sending: receiving, correcting what was accepted, and being late or having gone another way.

use crate::world::{Browser, REPORT, officer_with_sound_report, sent_report, world};
use axum::http::StatusCode;

const TOTAL: &str = "/so-lieu/TTHC_06A/2026/TTHC06A/13?nhom=&dong=dat_dai";

/// Two officers' worth of clicks: what is on the page is proposed, and the head approves and sends it.
async fn sent_again(officer: &mut Browser, head: &mut Browser) {
    officer.fill(&[], "propose").await;
    let revision = head.get(REPORT).await.field("ban");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", &revision)])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
}

#[tokio::test]
async fn an_accepted_report_counts_until_its_correction_is_sent_and_both_stay_in_its_history() {
    let world = world();
    let (mut officer, mut head) = sent_report(&world).await;
    let mut office = Browser::signed_in(&world, "tonghop").await;
    office
        .get(REPORT)
        .await
        .shows("Nhận để xem xét")
        .shows("Đã gửi");
    head.get(REPORT).await.shows("/thu-hoi\"");
    office
        .post_and_follow(&format!("{REPORT}/nhan"), &[("ban", "1")])
        .await
        .shows("Đã nhận báo cáo để xem xét.");
    office
        .post_and_follow(&format!("{REPORT}/nhan"), &[("ban", "1")])
        .await
        .shows("Việc này đã được thực hiện trước đó.");
    // From here on the unit cannot take it back by itself.
    head.get(REPORT)
        .await
        .shows("Đã nhận, đang xem xét")
        .hides("/thu-hoi\"");
    office
        .post_and_follow(&format!("{REPORT}/tiep-nhan"), &[("ban", "1")])
        .await
        .shows("Đã tiếp nhận báo cáo.");
    office
        .get(TOTAL)
        .await
        .shows("<strong data-figure>2</strong>");

    let silent = [("ban", "1"), ("ly_do", " ")];
    let refused = office.post(&format!("{REPORT}/mo-lai"), &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = head
        .post(
            &format!("{REPORT}/mo-lai"),
            &[("ban", "1"), ("ly_do", "nhầm")],
        )
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let why = [("ban", "1"), ("ly_do", "Xã báo nhầm số quá hạn")];
    office
        .post_and_follow(&format!("{REPORT}/mo-lai"), &why)
        .await
        .shows("Đã mở lại báo cáo để đính chính.")
        .shows("Đang đính chính");

    officer.get("/").await.shows("Đang đính chính");
    let changed = [("o.dat_dai.12", "15"), ("o.dat_dai.13", "5")];
    let saved = officer.fill(&changed, "save").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    // The recipient and the whole keep to what was accepted, and nobody sees the work on the correction.
    office
        .get(TOTAL)
        .await
        .shows("<strong data-figure>2</strong>");
    let seen = office.get(REPORT).await;
    seen.shows("Đang đính chính")
        .hides("data-report")
        .hides(">5<");
    let board = office.get("/tong-hop/TTHC_06A/2026").await;
    board.shows("1/").shows("Đang đính chính").shows("đúng hạn");

    sent_again(&mut officer, &mut head).await;
    office
        .get(TOTAL)
        .await
        .shows("<strong data-figure>5</strong>");
    let history = office.get(&format!("{REPORT}/lich-su")).await;
    history
        .shows("mở lại bản 1 để đính chính: Xã báo nhầm số quá hạn")
        .shows("Bản 2: thay đổi so với bản trước")
        .hides("lưu nháp");
}

#[tokio::test]
async fn a_late_report_needs_its_reason_and_what_was_typed_beside_it_is_shown_again() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}",
        proposed.body
    );
    let world = world.at("30/12/2026 10:00");
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    head.get(REPORT).await.shows("Lý do gửi chậm");
    let silent = [
        ("ban", "1"),
        ("phuong_thuc", "buu-chinh"),
        ("gui_luc", "2026-12-29T08:30"),
        ("so_van_ban", "45/BC-UBND"),
    ];
    let refused = head.post(&format!("{REPORT}/duyet"), &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused
        .shows("Báo cáo đã quá hạn: hãy nêu lý do gửi chậm rồi gửi lại.")
        .shows("value=\"45/BC-UBND\"")
        .shows("value=\"2026-12-29T08:30\"")
        .shows("value=\"buu-chinh\" selected");
    let mut told = silent.to_vec();
    told.push(("ly_do_cham", "Mất điện <b> diện rộng"));
    head.post_and_follow(&format!("{REPORT}/duyet"), &told)
        .await
        .shows("Đã phê duyệt và gửi báo cáo.")
        .shows("Lý do gửi chậm: Mất điện &lt;b&gt; diện rộng")
        .shows("Gửi chính thức ngày 29/12/2026 08:30")
        .shows("45/BC-UBND");
    let mut office = Browser::signed_in(&world, "tonghop").await;
    office
        .get(&format!("{REPORT}/lich-su"))
        .await
        .shows("Lý do gửi chậm: Mất điện &lt;b&gt; diện rộng")
        .shows("gửi bản 1, trễ");
}

#[tokio::test]
async fn a_report_that_went_on_paper_in_time_is_in_time_and_no_time_ahead_is_taken() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    officer.fill(&[], "propose").await;
    let world = world.at("30/12/2026 10:00");
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    let sent = |at: &'static str| [("ban", "1"), ("phuong_thuc", "truc-tiep"), ("gui_luc", at)];
    let ahead = head
        .post(&format!("{REPORT}/duyet"), &sent("2026-12-31T08:00"))
        .await;
    assert_eq!(ahead.status, StatusCode::UNPROCESSABLE_ENTITY);
    ahead.shows("Thời điểm gửi chính thức (31/12/2026 08:00) chưa đến.");
    let unreadable = head
        .post(&format!("{REPORT}/duyet"), &sent("hôm qua"))
        .await;
    assert_eq!(unreadable.status, StatusCode::BAD_REQUEST);
    head.post_and_follow(&format!("{REPORT}/duyet"), &sent("2026-12-15T08:00"))
        .await
        .shows("Đã phê duyệt và gửi báo cáo.")
        .hides("Lý do gửi chậm:");
    let mut office = Browser::signed_in(&world, "tonghop").await;
    office
        .get("/tong-hop/TTHC_06A/2026?loc=dung-han")
        .await
        .shows("data-unit=\"C17329.2025\"");
}
