//! Deciding about what is owed: exempting, extending, locking, and what officers, recipients and totals make of it.

use crate::world::{Browser, REPORT, officer_with_sound_report, sent_report, world};
use axum::http::StatusCode;

const OWED: &str = "/nghia-vu/TTHC_06A/2026";
const OTHER: &str = "C17200.2025";

async fn decide(office: &mut Browser, fields: &[(&str, &str)]) {
    office
        .post_and_follow(OWED, fields)
        .await
        .shows("Đã ghi quyết định.");
}

#[tokio::test]
async fn a_locked_period_changes_no_more_until_it_is_unlocked_and_everybody_sees_why() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let mut office = Browser::signed_in(&world, "quantri").await;
    office.get("/nghia-vu").await.shows(OWED);
    let silent = [("viec", "khoa"), ("don_vi", ""), ("ly_do", " ")];
    let refused = office.post(OWED, &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Phải ghi lý do hoặc văn bản làm căn cứ.");
    let lock = [
        ("viec", "khoa"),
        ("don_vi", ""),
        ("ly_do", "Công văn 12/VP <b>"),
    ];
    decide(&mut office, &lock).await;
    let again = office.post(OWED, &lock).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("Việc này đã được quyết định trước đó.");

    officer
        .get(REPORT)
        .await
        .hides("data-report")
        .shows("Khóa sổ từ 15/12/2026 09:00: Công văn 12/VP &lt;b&gt;");
    let fields = [
        ("base", "3"),
        ("form", "TTHC06A"),
        ("action", "save"),
        ("o.dat_dai.4", "1"),
    ];
    let refused = officer.post(&format!("{REPORT}/luu"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Kỳ báo cáo đã khóa sổ từ 15/12/2026 09:00");

    let unlock = [
        ("viec", "mo-khoa"),
        ("don_vi", "C17329.2025"),
        ("ly_do", "Cho sửa số quá hạn"),
    ];
    decide(&mut office, &unlock).await;
    officer
        .get(REPORT)
        .await
        .shows("data-report")
        .hides("Khóa sổ từ");
    let page = office.get(OWED).await;
    page.shows("Mở khóa")
        .shows("Cho sửa số quá hạn")
        .shows("Tất cả đơn vị");
}

#[tokio::test]
async fn an_extension_moves_the_deadline_of_one_unit_and_never_back() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    officer.fill(&[], "propose").await;
    let mut office = Browser::signed_in(&world, "quantri").await;
    let extend = |day: &'static str| {
        [
            ("viec", "gia-han"),
            ("don_vi", "C17329.2025"),
            ("den_ngay", day),
            ("den_gio", ""),
            ("ly_do", "Mưa lũ"),
        ]
    };
    let earlier = office.post(OWED, &extend("2026-12-01")).await;
    assert_eq!(earlier.status, StatusCode::UNPROCESSABLE_ENTITY);
    earlier
        .shows("Thời hạn gia hạn phải sau thời hạn hiện nay")
        .shows("Mưa lũ</textarea>");
    let without = office.post(OWED, &extend("")).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    without.shows("Gia hạn thì phải ghi ngày.");
    decide(&mut office, &extend("2027-01-05")).await;
    let world = world.at("30/12/2026 10:00");
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    let page = head.get(REPORT).await;
    page.shows("Được gia hạn đến 05/01/2027: Mưa lũ")
        .hides("Lý do gửi chậm (");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", "1")])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    desk.get("/tong-hop/TTHC_06A/2026?loc=dung-han")
        .await
        .shows("data-unit=\"C17329.2025\"");
}

#[tokio::test]
async fn nobody_waits_for_an_exempted_unit_and_the_whole_is_whole_without_it() {
    let world = world();
    sent_report(&world).await;
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let before = desk.get("/tong-hop/TTHC_06A/2026/TTHC06A").await;
    before.shows("Xã Mường Xén").shows("thiếu:");
    let mut office = Browser::signed_in(&world, "quantri").await;
    let page = office.get(OWED).await;
    let others: Vec<String> = page
        .body
        .split("data-unit=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .filter(|unit| *unit != "C17329.2025")
        .map(str::to_string)
        .collect();
    assert!(others.iter().any(|unit| unit == OTHER), "{others:?}");
    for unit in &others {
        let exempt = [
            ("viec", "mien"),
            ("don_vi", unit.as_str()),
            ("ly_do", "Không có bộ phận một cửa"),
        ];
        decide(&mut office, &exempt).await;
    }
    office.get(OWED).await.shows("Được miễn báo cáo");
    desk.get("/tong-hop/TTHC_06A/2026?loc=chua-gui")
        .await
        .hides("data-unit=\"C17200.2025\"");
    desk.get("/tong-hop/TTHC_06A/2026/TTHC06A")
        .await
        .hides("thiếu:");
    let end = [
        ("viec", "thoi-mien"),
        ("don_vi", OTHER),
        ("ly_do", "Đã có bộ phận một cửa"),
    ];
    decide(&mut office, &end).await;
    desk.get("/tong-hop/TTHC_06A/2026?loc=chua-gui")
        .await
        .shows("data-unit=\"C17200.2025\"");
}
