//! Who sent in time and who did not: the board, its files, reminders, calendars and letters, as each role sees them.

use crate::world::{Browser, REPORT, sent_report, world};
use axum::http::{StatusCode, header};
use regime::organisation::UnitId;
use regime::reports::permission::{Grant, Role};

const REMIND: &str = "/dung-han/TTHC_06A/2026/nhac";
const BOARD: &str = "/dung-han?che_do=TTHC_06A&nam=2026";

#[tokio::test]
async fn everybody_sees_on_the_board_what_their_role_may_know() {
    let world = world();
    let (mut officer, _) = sent_report(&world).await;
    let own = officer.get(BOARD).await;
    own.shows("Xã Anh Sơn").hides("Xã Mường Xén").shows(REPORT);
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let all = desk.get(BOARD).await;
    all.shows("Xã Anh Sơn")
        .shows("Xã Mường Xén")
        .shows(REPORT)
        .shows(REMIND);
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    leader.get(BOARD).await.shows("Xã Mường Xén").shows(REPORT);
    let mut administrator = Browser::signed_in(&world, "quantri").await;
    administrator
        .get(BOARD)
        .await
        .shows("Xã Anh Sơn")
        .hides(REPORT)
        .hides(REMIND);
    desk.get("/dung-han/don-vi/C17329.2025")
        .await
        .shows("Xã Anh Sơn")
        .shows(REPORT);
    officer
        .get("/dung-han/don-vi/C17200.2025")
        .await
        .hides("Xã Mường Xén");
    let unknown = desk.get("/dung-han?che_do=KHONG_CO").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_board_is_narrowed_by_name_without_marks_by_kind_and_by_standing() {
    let world = world();
    sent_report(&world).await;
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let named = desk.get(&format!("{BOARD}&tim=muong+xen")).await;
    named.shows("data-unit=\"C17200.2025\"");
    named.hides("data-unit=\"C17329.2025\"");
    let sent = desk.get(&format!("{BOARD}&tinh_trang=dung-han")).await;
    sent.shows("data-unit=\"C17329.2025\"");
    sent.hides("data-unit=\"C17200.2025\"");
    let nobody = desk.get(&format!("{BOARD}&thuoc=KHONG_CO")).await;
    nobody.hides("data-unit");
    let strange = desk
        .get(&format!("{BOARD}&trang=999&sap=x&tinh_trang=y"))
        .await;
    strange.shows("data-unit=\"C17329.2025\"");
}

#[tokio::test]
async fn the_board_is_kept_as_csv_and_as_a_workbook() {
    let world = world();
    sent_report(&world).await;
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let csv = desk
        .get("/dung-han/tep/csv?che_do=TTHC_06A&nam=2026&tim=anh+son")
        .await;
    assert!(csv.body.starts_with('\u{feff}'), "{}", csv.body);
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    csv.shows("Xã Anh Sơn,xã,Tỉnh Nghệ An,Đúng hạn,15/12/2026 09:00,");
    let name = csv.headers.get(header::CONTENT_DISPOSITION);
    assert_eq!(
        name.and_then(|name| name.to_str().ok()),
        Some("attachment; filename=\"dung-han-TTHC_06A-2026.csv\"")
    );
    let book = desk.get("/dung-han/tep/xlsx?che_do=TTHC_06A").await;
    assert!(book.body.starts_with("PK"));
    let other = desk.get("/dung-han/tep/pdf").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_reminded_sees_it_until_the_report_is_sent() {
    let world = world();
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    desk.get(REMIND)
        .await
        .shows("Xã Anh Sơn")
        .shows("Xã Mường Xén");
    let nobody = desk.post(REMIND, &[("loi_nhan", "Gấp <b>")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    nobody
        .shows("Chưa chọn đơn vị nào.")
        .shows("Gấp &lt;b&gt;</textarea>");
    let one = [("loi_nhan", "Gấp <b>"), ("don_vi", "C17329.2025")];
    for _ in 0..2 {
        desk.post_and_follow(REMIND, &one)
            .await
            .shows("Đã nhắc các đơn vị được chọn.");
    }
    desk.get(REMIND).await.shows("Lê Thu Hà, 15/12/2026 09:00");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let home = officer.get("/").await;
    home.shows("Được nhắc gửi báo cáo (1)")
        .shows("Lê Thu Hà nhắc lúc 15/12/2026 09:00")
        .shows("Gấp &lt;b&gt;");
    let mut other = Browser::signed_in(&world, "canbo.muongxen").await;
    other.get("/").await.hides("Được nhắc gửi báo cáo");
    let refused = other.post(REMIND, &one).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let (mut officer, _) = sent_report(&world).await;
    officer.get("/").await.hides("Được nhắc gửi báo cáo");
    desk.get("/").await.shows("Báo cáo chờ tiếp nhận");
}

#[tokio::test]
async fn the_calendar_reminds_once_before_a_deadline_and_once_after_it() {
    let world = world();
    let none = |_: &_| None;
    let remind = |now: &str| {
        let now = crate::world::moment(now);
        world
            .service
            .remind_by_calendar(&none, now)
            .expect("reminded")
    };
    let mut days = Vec::new();
    for day in 10..=31 {
        let given = remind(&format!("{day}/12/2026 08:00"));
        assert_eq!(
            remind(&format!("{day}/12/2026 18:00")),
            0,
            "twice on one day"
        );
        if given > 0 {
            days.push((day, given));
        }
    }
    insta::assert_debug_snapshot!(days);
}

#[tokio::test]
async fn a_calendar_is_made_by_people_of_the_unit_and_ended_by_them() {
    let world = world();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer.get("/lich").await.shows("Chưa có");
    let own = [("don_vi", "C17329.2025")];
    let address = |page: &crate::world::Answer| {
        let rest = page.body.split("data-feed>").nth(1).expect("an address");
        rest.split('<').next().expect("its end").to_string()
    };
    let first = address(&officer.post("/lich/tao", &own).await);
    let mut client = Browser::new(&world);
    let calendar = client.get(&first).await;
    assert_eq!(calendar.status, StatusCode::OK);
    calendar
        .shows("BEGIN:VEVENT")
        .shows("UID:TTHC_06A.2026.C17329.2025@regime");
    let mut other = Browser::signed_in(&world, "canbo.muongxen").await;
    let refused = other.post("/lich/tao", &own).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let second = address(&officer.post("/lich/tao", &own).await);
    assert_ne!(first, second);
    assert_eq!(client.get(&first).await.status, StatusCode::GONE);
    assert_eq!(client.get(&second).await.status, StatusCode::OK);
    officer
        .post_and_follow("/lich/thoi", &own)
        .await
        .shows("Địa chỉ lịch đã thôi dùng.");
    assert_eq!(client.get(&second).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn an_address_for_letters_is_checked_and_administrators_see_what_waits() {
    let world = world();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let wrong = officer
        .post("/tai-khoan/thu", &[("thu", "không phải")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("Địa chỉ thư điện tử không hợp lệ.");
    officer
        .post_and_follow("/tai-khoan/thu", &[("thu", "hoa@anhson.gov.vn")])
        .await
        .shows("Đã lưu địa chỉ thư điện tử.")
        .shows("Đặt địa chỉ nhận thư nhắc hoa@anhson.gov.vn");
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let all = [("don_vi", "C17329.2025"), ("don_vi", "C17200.2025")];
    desk.post_and_follow(REMIND, &all).await;
    let mut administrator = Browser::signed_in(&world, "quantri").await;
    let mails = administrator.get("/quan-tri/thu").await;
    mails
        .shows("hoa@anhson.gov.vn")
        .shows("Chờ gửi: 1")
        .shows("Máy chủ chưa được đặt máy chủ thư");
    administrator
        .post_and_follow("/quan-tri/thu", &[("viec", "ngay"), ("so_ngay", "5")])
        .await
        .shows("value=\"5\"");
    let wrong = administrator
        .post("/quan-tri/thu", &[("viec", "ngay"), ("so_ngay", "năm")])
        .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn health_is_for_anybody_and_counts_are_for_programs_that_may() {
    let world = world();
    let mut nobody = Browser::new(&world);
    nobody.get("/suc-khoe").await.shows("ok");
    nobody
        .get("/suc-khoe/chi-tiet")
        .await
        .shows("\"status\":\"ok\"")
        .hides("Anh Sơn");
    assert_eq!(nobody.get("/metrics").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_done_for_another_says_so_on_the_page_of_things_to_do() {
    let world = world();
    let ground = world.service.ground().expect("the ground");
    assert!(
        ground
            .organisation
            .get(&UnitId::from("C17329.2025"))
            .is_some()
    );
    let lent = Grant::always(Role::Officer, UnitId::from("C17329.2025"));
    let mut helper = crate::world::person("giup", Role::Officer, "C17200.2025");
    helper.lent.push(regime::reports::permission::Lent {
        grant: lent,
        by: regime::reports::permission::Person {
            user: "canbo.anhson".to_string(),
            name: "Nguyễn Thị Hòa".to_string(),
        },
        within: None,
    });
    let now = crate::world::moment("15/12/2026 09:00");
    let work = world.service.work(&helper, now).expect("work");
    let for_whom: std::collections::BTreeSet<_> = work
        .iter()
        .map(|item| (item.unit_name.clone(), item.on_behalf_of.clone()))
        .collect();
    insta::assert_debug_snapshot!(for_whom);
}

#[tokio::test]
async fn administrators_find_who_did_what_when_and_never_a_figure() {
    let world = world();
    sent_report(&world).await;
    let mut administrator = Browser::signed_in(&world, "quantri").await;
    let path = "/quan-tri/nhat-ky";
    let all = administrator.get(path).await;
    all.shows("Nguyễn Thị Hòa")
        .shows("Trình lãnh đạo bản 1")
        .shows("Ban hành chế độ")
        .shows("Nạp danh mục");
    let hers = administrator
        .get(&format!("{path}?nguoi=canbo.anhson&loai=report"))
        .await;
    hers.shows("Lưu nháp")
        .shows("Khai số đầu kỳ: Theo báo cáo giấy năm 2025")
        .hides("Phê duyệt bản")
        .hides("dat_dai");
    let unit = administrator
        .get(&format!(
            "{path}?ve=C17329.2025&tu=2026-12-15&den=15/12/2026"
        ))
        .await;
    unit.shows("Phê duyệt bản 1");
    let before = administrator.get(&format!("{path}?den=2026-11-30")).await;
    before.shows("Không có thao tác nào khớp điều kiện.");
    let csv = administrator
        .get(&format!("{path}/tep?nguoi=chutich.anhson"))
        .await;
    assert!(csv.body.starts_with('\u{feff}'));
    csv.shows("Phan Văn Đức,chutich.anhson,Báo cáo,Xã Anh Sơn,TTHC_06A 2026,Phê duyệt bản 1");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    assert_eq!(officer.get(path).await.status, StatusCode::FORBIDDEN);
}
