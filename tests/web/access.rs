//! Signing in, sessions, what every answer carries, and pages that open for every role or say why not.

use crate::world::{Browser, PASSWORD, REPORT, moment, sent_report, world};
use axum::body::Body;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;

#[tokio::test]
async fn signing_in_needs_the_right_password_and_says_the_same_for_unknown_names() {
    let world = world();
    let mut browser = Browser::new(&world);
    let sent_away = browser.get(&format!("{REPORT}?form=TTHC06A")).await;
    assert_eq!(sent_away.status, StatusCode::SEE_OTHER);
    assert!(
        sent_away
            .location()
            .starts_with("/dang-nhap?tiep=%2Fbao-cao%2F"),
        "{}",
        sent_away.location()
    );
    browser.get("/dang-nhap").await.shows("Đăng nhập");
    let wrong = browser
        .post(
            "/dang-nhap",
            &[("tai_khoan", "canbo.anhson"), ("mat_khau", "sai")],
        )
        .await;
    let unknown = browser
        .post(
            "/dang-nhap",
            &[("tai_khoan", "khong.co"), ("mat_khau", "sai")],
        )
        .await;
    assert_eq!(
        (wrong.status, unknown.status),
        (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED)
    );
    wrong.shows("Tên đăng nhập hoặc mật khẩu không đúng.");
    unknown.shows("Tên đăng nhập hoặc mật khẩu không đúng.");
    let next = [
        ("tai_khoan", " CanBo.AnhSon "),
        ("mat_khau", PASSWORD),
        ("tiep", REPORT),
    ];
    let right = browser.post("/dang-nhap", &next).await;
    assert_eq!(
        (right.status, right.location()),
        (StatusCode::SEE_OTHER, REPORT)
    );
    let cookie = right
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    browser
        .get("/")
        .await
        .shows("Việc cần làm")
        .shows("Nguyễn Thị Hòa")
        .shows("Tỉnh Nghệ An");
}

#[tokio::test]
async fn a_session_gets_a_new_id_at_sign_in_and_ends_at_sign_out_and_when_the_account_is_disabled()
{
    let world = world();
    let mut browser = Browser::new(&world);
    browser.get("/dang-nhap?lang=en").await.shows("Sign in");
    let before = browser.cookie.clone().expect("an anonymous session");
    browser
        .post(
            "/dang-nhap",
            &[("tai_khoan", "canbo.anhson"), ("mat_khau", PASSWORD)],
        )
        .await;
    assert_ne!(browser.cookie.as_deref(), Some(before.as_str()));
    let mut thief = Browser {
        app: world.app.clone(),
        cookie: Some(before),
    };
    assert_eq!(thief.get("/").await.status, StatusCode::SEE_OTHER);
    browser.get("/").await.shows("Work to do");
    let now = moment("15/12/2026 09:00");
    let administrator = world
        .service
        .actor("quantri", now.date())
        .unwrap()
        .expect("the administrator");
    world
        .service
        .disable_account(&administrator, "canbo.anhson", "Chuyển công tác", now)
        .unwrap();
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
    let mut other = Browser::signed_in(&world, "lanhdao").await;
    let kept = other.clone();
    other.post("/dang-xuat", &[]).await;
    let mut replay = kept;
    assert_eq!(replay.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn after_failures_an_account_name_has_to_wait() {
    let world = world();
    let mut browser = Browser::new(&world);
    for _ in 0..3 {
        browser
            .post(
                "/dang-nhap",
                &[("tai_khoan", "canbo.anhson"), ("mat_khau", "sai")],
            )
            .await;
    }
    let right = browser
        .post(
            "/dang-nhap",
            &[("tai_khoan", "canbo.anhson"), ("mat_khau", PASSWORD)],
        )
        .await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    right.shows("Vui lòng thử lại sau");
    Browser::signed_in(&world, "lanhdao").await;
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_a_post_from_another_site_is_refused() {
    let world = world();
    let mut browser = Browser::new(&world);
    for path in [
        "/dang-nhap",
        "/suc-khoe",
        "/tai-nguyen/app.css",
        "/khong-co-trang-nay",
    ] {
        let answer = browser.get(path).await;
        let policy = answer
            .headers
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(
            answer.headers.get("x-content-type-options").unwrap(),
            "nosniff",
            "{path}"
        );
        assert_eq!(
            answer.headers.get("referrer-policy").unwrap(),
            "same-origin",
            "{path}"
        );
        assert!(answer.headers.contains_key("x-request-id"), "{path}");
    }
    assert_eq!(
        browser
            .get("/dang-nhap")
            .await
            .headers
            .get(header::CACHE_CONTROL)
            .unwrap(),
        "no-store"
    );
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://example.com"),
    ] {
        let request = browser
            .request(Method::POST, "/dang-nhap")
            .header(name, value);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let refused = browser
            .send(request.body(Body::from("tai_khoan=a&mat_khau=b")).unwrap())
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.shows("Yêu cầu đến từ một trang khác");
    }
}

#[tokio::test]
async fn assets_are_kept_by_their_tag_and_nothing_else_is_served() {
    let world = world();
    let mut browser = Browser::new(&world);
    let page = browser.get("/dang-nhap").await;
    let address = page
        .body
        .split("href=\"")
        .find(|part| part.starts_with("/tai-nguyen/app.css"))
        .unwrap();
    let address = address.split('"').next().unwrap().to_string();
    let first = browser.get(&address).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(
        first
            .headers
            .get(header::CACHE_CONTROL)
            .unwrap()
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let tag = first.headers.get(header::ETAG).unwrap().clone();
    let again = browser
        .request(Method::GET, "/tai-nguyen/app.css")
        .header(header::IF_NONE_MATCH, tag);
    let again = browser.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (again.status, again.body.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    for path in [
        "/tai-nguyen/..%2Fmod.rs",
        "/tai-nguyen/app.ts",
        "/tai-nguyen/",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    browser.get("/suc-khoe").await.shows("ok");
}

#[tokio::test]
async fn what_goes_wrong_is_a_page_in_the_reader_s_language() {
    let world = world();
    let mut browser = Browser::signed_in(&world, "canbo.anhson").await;
    let missing = browser.get("/khong-co").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    missing.shows("Không tìm thấy trang").shows("Đăng xuất");
    let english = browser.get("/khong-co?lang=en").await;
    english.shows("Page not found").shows("lang=\"en\"");
    browser.get("/khong-co").await.shows("Page not found");
    for path in [
        "/bao-cao/TTHC_06A/2026-Q7/C17329.2025",
        "/bao-cao/KHONG/2026/C17329.2025",
        "/che-do/TTHC_06A/99",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let large = "x".repeat(1024 * 1024 + 1);
    let answer = browser
        .post(
            &format!("{REPORT}/luu"),
            &[("base", "0"), ("o.dat_dai.4", &large)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_page_opens_for_every_role_or_says_why_not() {
    let world = world();
    sent_report(&world).await;
    let paths = [
        "/",
        "/?lang=en",
        REPORT,
        &format!("{REPORT}/lich-su"),
        "/bao-cao/KNTC_XLD/2026-Q4/C17329.2025",
        "/tong-hop",
        "/tong-hop/TTHC_06A/2026",
        "/tong-hop/TTHC_06A/2026/TTHC06A",
        "/tong-hop/KNTC_XLD/2026-Q4/XLD01",
        "/so-lieu/TTHC_06A/2026/TTHC06A/3?nhom=xa/xa&dong=total",
        "/so-lieu/TTHC_06A/2026/TTHC06A/ty_le_dung_han?nhom=&dong=total",
        "/che-do",
        "/che-do/TTHC_06A/1",
        "/che-do/KNTC_XLD/2",
        "/quan-tri",
        "/quan-tri/tai-khoan",
        "/quan-tri/tai-khoan/canbo.anhson",
        "/quan-tri/quyen",
        "/tai-khoan",
        "/tai-khoan/mat-khau",
        "/soan",
        "/soan/cong-bo",
        "/soan/tep/tthc_06a.regime",
        "/soan/lich-su/tthc_06a.regime",
    ];
    for account in [
        "canbo.anhson",
        "chutich.anhson",
        "canbo.muongxen",
        "tonghop",
        "lanhdao",
        "quantri",
    ] {
        let mut browser = Browser::signed_in(&world, account).await;
        for path in paths {
            let answer = browser.get(path).await;
            let expected = [StatusCode::OK, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
            assert!(
                expected.contains(&answer.status),
                "{account} {path} {}\n{}",
                answer.status,
                answer.body
            );
            assert!(
                answer.body.contains("</html>") && answer.body.contains("<h1"),
                "{account} {path}"
            );
        }
    }
    let mut quantri = Browser::signed_in(&world, "quantri").await;
    quantri
        .get("/quan-tri")
        .await
        .shows("Quản lý tài khoản")
        .shows("Ai được làm gì")
        .hides("argon2");
}

#[tokio::test]
async fn the_page_of_a_code_opens_for_anybody_and_an_unknown_code_has_none() {
    let world = world();
    let mut browser = Browser::new(&world);
    let page = browser.get("/tro-giup/ma-loi/r203").await;
    page.shows("R203 · Từ ngoài danh sách đóng · Not in the closed list");
    page.shows("người ký leader");
    let none = browser.get("/tro-giup/ma-loi/R000").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
