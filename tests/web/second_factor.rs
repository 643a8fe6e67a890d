//! The second factor and the sessions of one's own account, by real requests.

use crate::world::{Answer, Browser, PASSWORD, World, moment, world};
use axum::http::StatusCode;
use regime::service::people::second_factor::{code, step_at};
use regime::store::records::SecondFactor;
use regime::web::clock::real_seconds;

/// The key and the recovery codes a page shows.
fn codes(page: &Answer) -> Vec<String> {
    page.body
        .split("<code>")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .map(str::to_string)
        .collect()
}

fn factor(world: &World, account: &str) -> SecondFactor {
    let user = world.service.account(account).unwrap().unwrap();
    user.secrets.second_factor.expect("a second factor")
}

/// Puts the last taken step back, as if the minute had passed.
fn a_minute_later(world: &World, account: &str) {
    let user = world.service.account(account).unwrap().unwrap();
    let mut secrets = user.secrets;
    if let Some(factor) = &mut secrets.second_factor {
        factor.last_step = 0;
    }
    let transaction = world.service.store().begin_write().unwrap();
    transaction.save_secrets(account, &secrets).unwrap();
    transaction.commit().unwrap();
}

async fn half_way(world: &World, account: &str) -> Browser {
    let mut browser = Browser::new(world);
    let fields = [
        ("tai_khoan", account),
        ("mat_khau", PASSWORD),
        ("tiep", "/dot"),
    ];
    let answer = browser.post("/dang-nhap", &fields).await;
    assert_eq!(answer.location(), "/dang-nhap/ma", "{}", answer.body);
    browser
}

/// Sets a second factor; answers the browser and the recovery codes.
async fn with_factor(world: &World, account: &str) -> (Browser, Vec<String>) {
    let mut browser = Browser::signed_in(world, account).await;
    let page = browser.get("/tai-khoan/hai-lop").await;
    page.shows("otpauth://totp/");
    let key = codes(&page).first().expect("a key").replace(' ', "");
    let again = browser.get("/tai-khoan/hai-lop").await;
    assert_eq!(codes(&again)[0].replace(' ', ""), key, "the same key again");
    let right = code(&key, step_at(real_seconds())).expect("a code");
    for (typed, password, words) in [
        ("12345", PASSWORD, "Mã không đúng hoặc đã dùng"),
        (right.as_str(), "sai", "Mật khẩu hiện tại không đúng."),
    ] {
        let refused = browser
            .post(
                "/tai-khoan/hai-lop",
                &[("ma", typed), ("mat_khau", password)],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(words);
    }
    let set = browser
        .post(
            "/tai-khoan/hai-lop",
            &[("ma", &right), ("mat_khau", PASSWORD)],
        )
        .await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    let recovery = codes(&set);
    assert_eq!(recovery.len(), 10, "{recovery:?}");
    set.hides(&key);
    (browser, recovery)
}

#[tokio::test]
async fn signing_in_asks_for_a_code_and_takes_none_twice() {
    let world = world();
    let (mut own, recovery) = with_factor(&world, "canbo.anhson").await;
    own.get("/tai-khoan")
        .await
        .shows("Bật xác thực hai lớp")
        .shows("đang bật");
    let mut browser = half_way(&world, "canbo.anhson").await;
    // The password alone opens nothing.
    assert!(
        browser
            .get("/")
            .await
            .location()
            .starts_with("/dang-nhap?tiep=")
    );
    let key = factor(&world, "canbo.anhson").key;
    let used = code(&key, factor(&world, "canbo.anhson").last_step).unwrap();
    let refused = browser.post("/dang-nhap/ma", &[("ma", &used)]).await;
    assert_eq!(
        refused.status,
        StatusCode::UNAUTHORIZED,
        "it confirmed the key"
    );
    refused.shows("Mã không đúng hoặc đã dùng.");
    a_minute_later(&world, "canbo.anhson");
    let now = code(&key, step_at(real_seconds())).unwrap();
    let answer = browser.post("/dang-nhap/ma", &[("ma", &now)]).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/dot")
    );
    browser.get("/").await.shows("Việc cần làm");
    let mut thief = half_way(&world, "canbo.anhson").await;
    let replayed = thief.post("/dang-nhap/ma", &[("ma", &now)]).await;
    assert_eq!(replayed.status, StatusCode::UNAUTHORIZED);
    // A recovery code instead, once.
    let answer = thief.post("/dang-nhap/ma", &[("ma", &recovery[0])]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    thief
        .get("/tai-khoan")
        .await
        .shows("Đăng nhập bằng mã dự phòng, còn 9 mã");
    let mut third = half_way(&world, "canbo.anhson").await;
    let again = third.post("/dang-nhap/ma", &[("ma", &recovery[0])]).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    let without = Browser::new(&world)
        .post("/dang-nhap/ma", &[("ma", &recovery[1])])
        .await;
    assert_eq!(
        without.location(),
        "/dang-nhap",
        "no password was given here"
    );
    let renewed = own
        .post("/tai-khoan/hai-lop/ma-du-phong", &[("mat_khau", PASSWORD)])
        .await;
    let fresh = codes(&renewed);
    assert_eq!(fresh.len(), 10);
    let old = third.post("/dang-nhap/ma", &[("ma", &recovery[1])]).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    let new = third.post("/dang-nhap/ma", &[("ma", &fresh[1])]).await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
    own.post("/tai-khoan/hai-lop/tat", &[("mat_khau", "sai")])
        .await
        .shows("Mật khẩu hiện tại không đúng.");
    own.post_and_follow("/tai-khoan/hai-lop/tat", &[("mat_khau", PASSWORD)])
        .await
        .shows("Tắt xác thực hai lớp");
    Browser::signed_in(&world, "canbo.anhson")
        .await
        .get("/")
        .await
        .shows("Việc cần làm");
}

#[tokio::test]
async fn wrong_codes_are_counted_with_wrong_passwords_and_the_password_does_not_forgive_them() {
    let world = world();
    with_factor(&world, "canbo.anhson").await;
    for _ in 0..3 {
        let mut browser = half_way(&world, "canbo.anhson").await;
        let refused = browser.post("/dang-nhap/ma", &[("ma", "000000")]).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    let mut browser = Browser::new(&world);
    let fields = [("tai_khoan", "canbo.anhson"), ("mat_khau", PASSWORD)];
    let waits = browser.post("/dang-nhap", &fields).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_administrator_demands_a_second_factor_of_a_role_and_helps_who_lost_it() {
    let world = world();
    let mut quantri = Browser::signed_in(&world, "quantri").await;
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    let reason = ("ly_do", "Quy chế bảo mật");
    let demand = [("vai_tro.head_of_unit", "1"), reason];
    quantri
        .post_and_follow("/quan-tri/hai-lop", &demand)
        .await
        .shows("Đã ghi yêu cầu xác thực hai lớp.");
    quantri
        .get("/quan-tri/tai-khoan/quantri")
        .await
        .shows("Bắt buộc xác thực hai lớp với: Lãnh đạo đơn vị")
        .shows("Quy chế bảo mật");
    for path in ["/", "/tai-khoan", "/dot"] {
        assert_eq!(
            head.get(path).await.location(),
            "/tai-khoan/hai-lop",
            "{path}"
        );
    }
    head.get("/tai-khoan/hai-lop")
        .await
        .shows("bắt buộc xác thực hai lớp");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer.get("/").await.shows("Việc cần làm");
    let (mut head, _) = with_factor(&world, "chutich.anhson").await;
    head.get("/").await.shows("Việc cần làm");
    let account = "/quan-tri/tai-khoan/chutich.anhson";
    quantri.get(account).await.shows("Tắt xác thực hai lớp");
    quantri
        .post_and_follow(&format!("{account}/tat-hai-lop"), &[reason])
        .await
        .shows("Tắt xác thực hai lớp");
    assert_eq!(
        head.get("/").await.status,
        StatusCode::SEE_OTHER,
        "signed out"
    );
    let mut again = Browser::signed_in(&world, "chutich.anhson").await;
    assert_eq!(again.get("/").await.location(), "/tai-khoan/hai-lop");
    quantri
        .post_and_follow("/quan-tri/hai-lop", &[reason])
        .await;
    again.get("/").await.shows("Việc cần làm");
    quantri
        .post(&format!("{account}/tat-hai-lop"), &[reason])
        .await
        .shows("Tài khoản chưa bật xác thực hai lớp.");
}

#[tokio::test]
async fn sessions_are_listed_in_words_and_ended_one_by_one_or_all_others() {
    let world = world();
    let mut first = Browser::signed_in(&world, "canbo.anhson").await;
    let mut second = Browser::signed_in(&world, "canbo.anhson").await;
    let mut third = Browser::signed_in(&world, "canbo.anhson").await;
    let mut other = Browser::signed_in(&world, "lanhdao").await;
    let page = first.get("/tai-khoan").await;
    page.shows("phiên này").shows("Thiết bị không rõ");
    let ids: Vec<&str> = page
        .body
        .split("name=\"phien\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(ids.len(), 2, "its own session has no button");
    // Another person's session is not theirs to end.
    other
        .post("/tai-khoan/phien/ket-thuc", &[("phien", ids[0])])
        .await;
    let open = |answer: &Answer| answer.status == StatusCode::OK;
    assert!(open(&second.get("/").await) && open(&third.get("/").await));
    first
        .post_and_follow("/tai-khoan/phien/ket-thuc", &[("phien", ids[0])])
        .await
        .shows("Đã kết thúc phiên làm việc.")
        .shows("Kết thúc 1 phiên làm việc");
    let left = [open(&second.get("/").await), open(&third.get("/").await)];
    assert_eq!(left.iter().filter(|open| **open).count(), 1, "{left:?}");
    let mut fourth = Browser::signed_in(&world, "canbo.anhson").await;
    fourth
        .post_and_follow("/tai-khoan/phien/ket-thuc-khac", &[])
        .await
        .shows("Đã kết thúc phiên làm việc.");
    for browser in [&mut first, &mut second, &mut third] {
        assert!(!open(&browser.get("/").await));
    }
    assert!(open(&fourth.get("/").await) && open(&other.get("/").await));
    let now = moment("15/12/2026 09:00");
    assert!(
        world
            .service
            .actor("canbo.anhson", now.date())
            .unwrap()
            .is_some()
    );
}
