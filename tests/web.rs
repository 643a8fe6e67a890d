//! The pages and the JSON interface, driven as a browser without script drives them: real routes, layers, sessions and store, no network.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test may end the test"
)]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use regime::analysis::project::{Project, Source};
use regime::calendar::Moment;
use regime::organisation::UnitId;
use regime::reports::permission::{Actor, Grant, Role};
use regime::service::Service;
use regime::service::password::hash;
use regime::service::tables::{Loading, Table};
use regime::store::records::User;
use regime::store::sqlite::SqliteStore;
use regime::text::{FileId, SourceFile};
use regime::web::clock::Clock;
use regime::web::office::Office;
use regime::web::server::router;
use regime::workspace::Snapshot;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

const PASSWORD: &str = "một mật khẩu đủ dài";
const REPORT: &str = "/bao-cao/TTHC_06A/2026/C17329.2025";

/// One hash for all accounts of the tests, because each costs 64 MiB and a tenth of a second.
static HASH: LazyLock<String> = LazyLock::new(|| hash(PASSWORD).expect("a hash"));

const UNITS: &str = "\
id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to
VN,chinh_phu,chinh_phu,Chính phủ,,,,,,
VN-vp_chinh_phu,bo,bo,Văn phòng Chính phủ,,vp_chinh_phu,VN,,,
VN-thanh_tra_chinh_phu,bo,bo,Thanh tra Chính phủ,,thanh_tra_chinh_phu,VN,,,
P40,tinh,tinh,Tỉnh Nghệ An,40,ubnd_tinh,VN,,,
P40-vp_ubnd_tinh,so,so,Văn phòng UBND tỉnh,,vp_ubnd_tinh,P40,,,
P40-thanh_tra_tinh,so,so,Thanh tra tỉnh,,thanh_tra_tinh,P40,,,
P40-so_tu_phap,so,so,Sở Tư pháp,,so_tu_phap,P40,,,
C17329.2025,xa,xa,Xã Anh Sơn,17329,,P40,,2025-07-01,
C17200.2025,xa,xa,Xã Mường Xén,17200,,P40,,2025-07-01,
C16690.2025,xa,phuong,Phường Trường Vinh,16690,,P40,,2025-07-01,
";

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

fn project() -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
    let mut project = Project::default();
    for (number, name) in ["common.regime", "kntc_xld.regime", "tthc_06a.regime"]
        .iter()
        .enumerate()
    {
        let text = std::fs::read_to_string(folder.join(name)).expect("a regime");
        let file = SourceFile::new(FileId(number as u32), name, &text);
        let parsed = regime::syntax::parse(&file);
        project.sources.push(Source {
            file,
            tree: parsed.ast,
            problems: parsed.problems,
        });
    }
    for name in [
        "units",
        "successors",
        "lich_nghi",
        "linh_vuc",
        "kh_tinh",
        "kh_hdnd",
    ] {
        let path = format!("data/{name}.csv");
        let text = std::fs::read_to_string(folder.join(&path)).expect("a table");
        project.tables.insert(path, text);
    }
    project
}

/// The regimes compiled once for all tests.
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| Snapshot::new(&project()));

/// A running office with a few units and accounts.
struct World {
    app: Router,
    service: Arc<Service>,
    _folder: tempfile::TempDir,
}

fn world() -> World {
    world_of(&SNAPSHOT)
}

fn world_of(snapshot: &Snapshot) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(folder.path()).expect("a store");
    let service = Arc::new(Service::new(Arc::new(store)));
    let opened = moment("01/12/2026 08:00");
    let account = |user: &str, name: &str, grants: &[(Role, &str)]| User {
        id: user.to_string(),
        name: name.to_string(),
        password_hash: HASH.clone(),
        grants: grants
            .iter()
            .map(|(role, unit)| Grant {
                role: *role,
                unit: UnitId::from(*unit),
            })
            .collect(),
        disabled: false,
    };
    let administrator = account(
        "quantri",
        "Cao Đức Long",
        &[(Role::Administrator, "P40"), (Role::Publisher, "P40")],
    );
    service
        .create_first_account(&administrator)
        .expect("an administrator");
    let actor = Actor {
        user: administrator.id,
        name: administrator.name,
        grants: administrator.grants,
    };
    let decisions = project()
        .tables
        .remove("data/lich_nghi.csv")
        .expect("decisions");
    for (table, text) in [
        (Table::Units, UNITS),
        (Table::Decisions, decisions.as_str()),
    ] {
        let loading = service
            .load_table(&actor, table, "test", text, opened)
            .expect("a table");
        assert!(matches!(loading, Loading::Loaded(_)), "{loading:?}");
    }
    for publishing in service
        .publish_those(snapshot, |_| true, "QĐ 1/QĐ-UBND", "quantri", opened)
        .expect("published")
    {
        assert!(publishing.outcome.is_in_force(), "{publishing:?}");
    }
    for user in [
        account(
            "canbo.anhson",
            "Nguyễn Thị Hòa",
            &[(Role::Officer, "C17329.2025")],
        ),
        account(
            "chutich.anhson",
            "Phan Văn Đức",
            &[(Role::HeadOfUnit, "C17329.2025")],
        ),
        account(
            "canbo.muongxen",
            "Lữ Văn May",
            &[(Role::Officer, "C17200.2025")],
        ),
        account(
            "tonghop",
            "Lê Thu Hà",
            &[(Role::Aggregator, "P40-vp_ubnd_tinh")],
        ),
        account("lanhdao", "Phạm Minh Tuấn", &[(Role::Leader, "P40")]),
    ] {
        service.save_account(&actor, &user).expect("an account");
    }
    let office = Office::new(
        Arc::clone(&service),
        Clock::Fixed(moment("15/12/2026 09:00")),
        false,
    );
    World {
        app: router(office, false),
        service,
        _folder: folder,
    }
}

/// A browser with its cookie.
#[derive(Clone)]
struct Browser {
    app: Router,
    cookie: Option<String>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    #[track_caller]
    fn shows(&self, text: &str) -> &Answer {
        assert!(
            self.body.contains(text),
            "{text:?} is not shown; status {}\n{}",
            self.status,
            self.body
        );
        self
    }

    #[track_caller]
    fn hides(&self, text: &str) -> &Answer {
        assert!(!self.body.contains(text), "{text:?} is shown");
        self
    }

    /// The value of a hidden field.
    fn field(&self, name: &str) -> String {
        let opening = format!("name=\"{name}\" value=\"");
        let rest = self
            .body
            .split_once(&opening)
            .map(|(_, rest)| rest)
            .unwrap_or_else(|| panic!("no field {name}\n{}", self.body));
        rest.split('"').next().unwrap_or_default().to_string()
    }
}

impl Browser {
    fn new(world: &World) -> Browser {
        Browser {
            app: world.app.clone(),
            cookie: None,
        }
    }

    async fn signed_in(world: &World, account: &str) -> Browser {
        let mut browser = Browser::new(world);
        let answer = browser
            .post(
                "/dang-nhap",
                &[("tai_khoan", account), ("mat_khau", PASSWORD)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts
            .headers
            .get(header::SET_COOKIE)
            .and_then(|value| value.to_str().ok())
        {
            self.cookie = cookie.split(';').next().map(str::to_string);
        }
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).replace("&#x2f;", "/"),
        }
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let path = path.split('#').next().unwrap_or(path);
        let builder = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080");
        match &self.cookie {
            Some(cookie) => builder.header(header::COOKIE, cookie),
            None => builder,
        }
    }

    async fn get(&mut self, path: &str) -> Answer {
        let request = self
            .request(Method::GET, path)
            .body(Body::empty())
            .expect("a request");
        self.send(request).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .expect("a request");
        self.send(request).await
    }

    async fn post_json(&mut self, path: &str, body: &str) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.send(request).await
    }

    /// Posts and opens the page the answer leads to.
    async fn post_and_follow(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{path}\n{}",
            answer.body
        );
        let to = answer.location().to_string();
        self.get(&to).await
    }

    /// Saves cells of the report and presses a button.
    async fn fill(&mut self, cells: &[(&str, &str)], action: &str) -> Answer {
        let base = self.get(REPORT).await.field("base");
        let mut fields = vec![
            ("base", base.as_str()),
            ("form", "TTHC06A"),
            ("action", action),
        ];
        fields.extend(cells);
        self.post(&format!("{REPORT}/luu"), &fields).await
    }
}

fn encoded(text: &str) -> String {
    regime::web::problem::percent_encoded(text)
}

/// The figures of one sound row; its closing is 20 and the declared opening 12.
const SOUND: [(&str, &str); 7] = [
    ("o.dat_dai.4", "120"),
    ("o.dat_dai.5", "30"),
    ("o.dat_dai.8", "100"),
    ("o.dat_dai.9", "40"),
    ("o.dat_dai.10", "2"),
    ("o.dat_dai.12", "18"),
    ("o.dat_dai.13", "2"),
];

async fn officer_with_sound_report(world: &World) -> Browser {
    let mut officer = Browser::signed_in(world, "canbo.anhson").await;
    let added = officer.fill(&[("new_row", "dat_dai")], "add-row").await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let opening = [
        ("form", "TTHC06A"),
        ("m.dat_dai.6", "12"),
        ("ly_do", "Theo báo cáo giấy năm 2025"),
    ];
    officer
        .post_and_follow(&format!("{REPORT}/mo-dau-ky"), &opening)
        .await
        .shows("Đã ghi nhận số đầu kỳ.");
    let saved = officer.fill(&SOUND, "save").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    officer
}

async fn sent_report(world: &World) -> (Browser, Browser) {
    let mut officer = officer_with_sound_report(world).await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}\n{}",
        proposed.location(),
        proposed.body
    );
    let mut head = Browser::signed_in(world, "chutich.anhson").await;
    let revision = head.get(REPORT).await.field("ban");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", &revision)])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
    (officer, head)
}

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
    let mut user = world
        .service
        .account("canbo.anhson")
        .unwrap()
        .expect("the account");
    user.disabled = true;
    let administrator = world
        .service
        .actor("quantri")
        .unwrap()
        .expect("the administrator");
    world.service.save_account(&administrator, &user).unwrap();
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
async fn a_report_goes_from_the_officer_to_the_province_total_and_back_to_its_cell() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;

    // One figure too many: the chain 3 = 7 + 11 is broken and said in figures.
    officer.fill(&[("o.dat_dai.13", "3")], "save").await;
    let checked = officer.fill(&[], "check").await;
    assert!(
        checked.location().ends_with("&kiem_tra=1#loi"),
        "{}",
        checked.location()
    );
    let page = officer.get(checked.location()).await;
    page.shows("Có 1 lỗi")
        .shows("<title>Lỗi:")
        .shows("href=\"#o-dat_dai-3\"")
        .shows("162")
        .shows("163")
        .shows("has-error");
    let blocked = officer.fill(&[], "propose").await;
    assert!(
        blocked.location().contains("kiem_tra=1#loi"),
        "{}",
        blocked.location()
    );

    // Corrected and proposed; the head returns one cell.
    officer.fill(&[("o.dat_dai.13", "2")], "save").await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}",
        proposed.location()
    );
    officer
        .get(REPORT)
        .await
        .hides("data-report")
        .shows("Đã trình lãnh đạo");
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    head.get("/")
        .await
        .shows("Chờ phê duyệt")
        .shows("Tình hình, kết quả giải quyết thủ tục hành chính");
    let seen = head.get(&format!("{REPORT}?o=dat_dai.13")).await;
    seen.shows("Phê duyệt và gửi")
        .shows("value=\"dat_dai.13\" selected")
        .shows("Trả lại ô này");
    let revision = seen.field("ban");
    let reason = [
        ("ban", revision.as_str()),
        ("form", "TTHC06A"),
        ("o", "dat_dai.13"),
        ("ly_do", "Kiểm tra lại số quá hạn <b>"),
    ];
    let empty = [
        ("ban", revision.as_str()),
        ("form", "TTHC06A"),
        ("o", ""),
        ("ly_do", "  "),
    ];
    let without = head.post(&format!("{REPORT}/tra-lai"), &empty).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    head.post_and_follow(&format!("{REPORT}/tra-lai"), &reason)
        .await
        .shows("Đã trả lại báo cáo kèm lý do.");
    head.post_and_follow(&format!("{REPORT}/tra-lai"), &reason)
        .await
        .shows("Việc này đã được thực hiện trước đó.");

    // The officer finds the reason at home and at the cell, corrects and proposes again.
    officer
        .get("/")
        .await
        .shows("Bị trả lại")
        .shows("Kiểm tra lại số quá hạn &lt;b&gt;");
    let returned = officer.get(REPORT).await;
    returned
        .shows("Lãnh đạo đơn vị trả lại")
        .shows("class=\"remark\"")
        .shows("Phan Văn Đức trả lại 15/12/2026 09:00");
    officer
        .fill(&[("o.dat_dai.12", "19"), ("o.dat_dai.13", "1")], "save")
        .await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}",
        proposed.location()
    );
    let revision = head.get(REPORT).await.field("ban");
    assert_eq!(revision, "2");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", "2")])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", "2")])
        .await
        .shows("Việc này đã được thực hiện trước đó.");
    let history = officer.get(&format!("{REPORT}/lich-su")).await;
    history
        .shows("Phan Văn Đức trả lại bản 1")
        .shows("Phan Văn Đức gửi bản 2")
        .shows("Bản 2: thay đổi so với bản trước");

    // The aggregator sees who has reported, opens the total and comes back to the cell.
    let mut office = Browser::signed_in(&world, "tonghop").await;
    office.get("/").await.shows("/tong-hop/TTHC_06A/2026");
    let board = office.get("/tong-hop/TTHC_06A/2026").await;
    board
        .shows("1/")
        .shows("Xã Mường Xén")
        .shows("đúng hạn")
        .shows("Tiếp nhận");
    office
        .get("/tong-hop/TTHC_06A/2026?loc=dung-han")
        .await
        .shows("data-unit=\"C17329.2025\"")
        .hides("data-unit=\"C17200.2025\"");
    let total = office.get("/tong-hop/TTHC_06A/2026/TTHC06A").await;
    total
        .shows("thiếu:")
        .shows("Xã Mường Xén")
        .shows("/so-lieu/TTHC_06A/2026/TTHC06A/13?nhom=&amp;dong=total")
        .shows("incomplete");
    let by_entry = office
        .get("/tong-hop/TTHC_06A/2026/TTHC06A?theo=linh_vuc")
        .await;
    by_entry
        .shows("data-row=\"dat_dai\"")
        .shows("nhom=&amp;dong=dat_dai");
    let figure = office
        .get("/so-lieu/TTHC_06A/2026/TTHC06A/13?nhom=&dong=dat_dai")
        .await;
    figure
        .shows("<strong data-figure>1</strong>")
        .shows("Nguyễn Thị Hòa")
        .shows("Phan Văn Đức");
    figure.shows(&format!("{REPORT}?form=TTHC06A#o-dat_dai-13"));
    let ratio = office
        .get("/so-lieu/TTHC_06A/2026/TTHC06A/ty_le_dung_han?nhom=xa&dong=total")
        .await;
    ratio.shows("Tính lại từ các số tổng hợp").shows("98,59%");
    let cell = office.get(&format!("{REPORT}?form=TTHC06A")).await;
    cell.shows("id=\"o-dat_dai-13\"")
        .shows("name=\"ban\" value=\"2\"")
        .hides("data-report");
    let accept = [("ban", "2"), ("ve", "bang")];
    office
        .post_and_follow(&format!("{REPORT}/tiep-nhan"), &accept)
        .await
        .shows("Đã tiếp nhận báo cáo.");
    office
        .post_and_follow(&format!("{REPORT}/tiep-nhan"), &accept)
        .await
        .shows("Việc này đã được thực hiện trước đó.");
    Browser::signed_in(&world, "lanhdao")
        .await
        .get("/tong-hop/TTHC_06A/2026/TTHC06A")
        .await
        .shows("Xã Anh Sơn");
}

#[tokio::test]
async fn a_unit_never_sees_another_unit_s_draft_and_only_the_right_role_does_a_step() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    for account in ["canbo.muongxen", "tonghop", "lanhdao", "quantri"] {
        let mut other = Browser::signed_in(&world, account).await;
        for path in [REPORT.to_string(), format!("{REPORT}/lich-su")] {
            let answer = other.get(&path).await;
            assert!(
                matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
                "{account} {path} {}",
                answer.status
            );
            answer.hides("120").hides("Theo báo cáo giấy");
        }
        let save = [
            ("base", "3"),
            ("form", "TTHC06A"),
            ("action", "save"),
            ("o.dat_dai.4", "1"),
        ];
        let refused = other.post(&format!("{REPORT}/luu"), &save).await;
        assert!(
            matches!(
                refused.status,
                StatusCode::NOT_FOUND | StatusCode::FORBIDDEN
            ),
            "{account} {}",
            refused.status
        );
        let api =
            r#"{"base":3,"form":"TTHC06A","cells":[{"row":"dat_dai","column":"4","typed":"1"}]}"#;
        let refused = other.post_json(&format!("/api{REPORT}/o"), api).await;
        assert!(
            matches!(
                refused.status,
                StatusCode::NOT_FOUND | StatusCode::FORBIDDEN
            ),
            "{account} {}",
            refused.status
        );
        refused.shows("\"message\"");
    }
    officer.fill(&[], "propose").await;
    let mine = officer
        .post(&format!("{REPORT}/duyet"), &[("ban", "1")])
        .await;
    assert_eq!(mine.status, StatusCode::FORBIDDEN);
    officer.get("/quan-tri").await.shows("không có quyền");
    officer
        .get("/tong-hop/TTHC_06A/2026")
        .await
        .hides("Xã Mường Xén");
}

#[tokio::test]
async fn a_text_that_is_no_number_is_shown_again_with_the_reason_and_the_rest_is_saved() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let answer = officer
        .fill(
            &[
                ("o.dat_dai.4", "1.23"),
                ("o.dat_dai.5", "31"),
                ("o.dat_dai.8", "một <b>"),
            ],
            "save",
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .shows("value=\"1.23\"")
        .shows("value=\"một &lt;b&gt;\"")
        .shows("“1.23” chưa được lưu")
        .shows("value=\"31\"");
    let stored = officer.get(REPORT).await;
    stored
        .shows("name=\"o.dat_dai.4\" value=\"120\"")
        .shows("name=\"o.dat_dai.5\" value=\"31\"");
    let unknown = officer.fill(&[("o.dat_dai.99", "1")], "save").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let computed = officer.fill(&[("o.dat_dai.3", "1")], "save").await;
    assert_eq!(computed.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nothing_to_report_answers_the_flows_that_are_still_open_and_rows_come_and_go() {
    let world = world();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer
        .get(REPORT)
        .await
        .shows("Chưa chọn dòng nào.")
        .shows("<option value=\"dat_dai\">Đất đai</option>");
    officer.fill(&[("new_row", "dat_dai")], "add-row").await;
    officer.fill(&[("o.dat_dai.4", "7")], "nil").await;
    let page = officer.get(REPORT).await;
    page.shows("name=\"o.dat_dai.4\" value=\"7\"")
        .shows("name=\"o.dat_dai.5\" value=\"-\"")
        .shows("name=\"o.dat_dai.12\" value=\"\"");
    page.hides("<option value=\"dat_dai\">")
        .shows("data-state=\"nil\"");
    officer.fill(&[], "remove-row:dat_dai").await;
    officer
        .get(REPORT)
        .await
        .hides("o-dat_dai-4")
        .shows("<option value=\"dat_dai\">");
    assert_eq!(
        officer
            .fill(&[("new_row", "khong_co")], "add-row")
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn the_form_page_has_merged_headers_printed_numbers_locked_cells_and_labels() {
    let world = world();
    let page = officer_with_sound_report(&world).await.get(REPORT).await;
    page.shows("<th scope=\"colgroup\" colspan=\"4\">Số hồ sơ tiếp nhận</th>")
        .shows("<th scope=\"colgroup\" colspan=\"2\">Trong đó</th>")
        .shows("<tr class=\"numbers\">")
        .shows("<tr class=\"formulas\">")
        .shows("<td id=\"o-dat_dai-3\" class=\"cell computed")
        .shows("<output>162</output>")
        .shows("aria-label=\"Đất đai, cột 4 Trực tuyến\"")
        .shows("data-label=\"Số hồ sơ tiếp nhận › Trong đó › Trực tuyến (4)\"")
        .shows("data-api=\"/api/bao-cao/TTHC_06A/2026/C17329.2025/o\"")
        .shows("<tr data-row=\"total\" class=\"total\">")
        .shows("98,59%")
        .shows("Số đầu kỳ");
}

#[tokio::test]
async fn live_cells_are_computed_judged_and_refused_by_the_server() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let base = officer.get(REPORT).await.field("base");
    let api = format!("/api{REPORT}/o");
    let body = format!(
        r#"{{"base":{base},"form":"TTHC06A","cells":[{{"row":"dat_dai","column":"13","typed":"3"}},{{"row":"dat_dai","column":"5","typed":"1.2"}}]}}"#
    );
    let answer = officer.post_json(&api, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["saved_at"], "15/12/2026 09:00");
    assert_eq!(json["counts"]["errors"], 1);
    let cell = |column: &str| {
        json["cells"]
            .as_array()
            .unwrap()
            .iter()
            .find(|cell| cell["row"] == "dat_dai" && cell["column"] == column)
            .unwrap()
    };
    assert_eq!(
        (&cell("11")["display"], &cell("13")["display"]),
        (&"21".into(), &"3".into())
    );
    assert!(cell("5")["refused"].as_str().unwrap().contains("1.2"));
    let messages: Vec<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    assert!(
        messages
            .iter()
            .any(|message| message.contains("162") && message.contains("163")),
        "{messages:?}"
    );

    // Another window of the same officer changes the same cell on the old draft.
    let mut other = officer.clone();
    let stale = format!(
        r#"{{"base":{base},"form":"TTHC06A","cells":[{{"row":"dat_dai","column":"13","typed":"4"}}]}}"#
    );
    let conflict = other.post_json(&api, &stale).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    conflict.shows("\"conflict\"").shows("\"stored\":\"3\"");
    let elsewhere = format!(
        r#"{{"base":{base},"form":"TTHC06A","cells":[{{"row":"dat_dai","column":"4","typed":"121"}}]}}"#
    );
    assert_eq!(
        other.post_json(&api, &elsewhere).await.status,
        StatusCode::OK
    );
    assert_eq!(
        other.post_json(&api, "{").await.status,
        StatusCode::BAD_REQUEST
    );
    let mut nobody = Browser::new(&world);
    let refused = nobody.post_json(&api, &stale).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.shows("\"message\"");
}

#[tokio::test]
async fn a_plain_post_over_somebody_else_s_change_shows_both_values_and_saves_nothing() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let base = officer.get(REPORT).await.field("base");
    officer.fill(&[("o.dat_dai.4", "125")], "save").await;
    let stale = [
        ("base", base.as_str()),
        ("form", "TTHC06A"),
        ("action", "save"),
        ("o.dat_dai.4", "130"),
        ("o.dat_dai.5", "33"),
    ];
    let answer = officer.post(&format!("{REPORT}/luu"), &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer
        .shows("Có người khác vừa sửa cùng ô")
        .shows("<td class=\"number\">125</td><td class=\"number\">130</td>");
    answer.shows("name=\"o.dat_dai.5\" value=\"33\"");
    officer
        .get(REPORT)
        .await
        .shows("name=\"o.dat_dai.5\" value=\"30\"");
}

#[tokio::test]
async fn an_explanation_is_asked_for_beside_the_row_and_opens_the_way() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    // On time: (50 + 40) of 142, and 52 late; the balance still holds.
    officer
        .fill(&[("o.dat_dai.8", "50"), ("o.dat_dai.10", "52")], "save")
        .await;
    let blocked = officer.fill(&[], "propose").await;
    let page = officer.get(blocked.location()).await;
    page.shows("1 chỗ cần giải trình")
        .shows("name=\"giai_trinh.W1[dat_dai]\"")
        .shows("63,38%");
    officer
        .fill(
            &[(
                "giai_trinh.W1[dat_dai]",
                "Hệ thống gián đoạn 5 ngày\r\ntrong tháng 10",
            )],
            "save",
        )
        .await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}\n{}",
        proposed.location(),
        proposed.body
    );
    officer.get(REPORT).await.shows("Hệ thống gián đoạn 5 ngày");
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
        .shows("canbo.anhson")
        .shows("Bảng phân quyền")
        .hides("argon2");
}

/// A regime whose form has its rows written out, beside the words of the project.
const WRITTEN: &str = r#"
regime CHI_TIEU "Chỉ tiêu hành chính" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Văn phòng Chính phủ"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period year
  deadline xa, vp_ubnd_tinh local
  form PL1 "Phụ lục 1" "CÁC CHỈ TIÊU" {
    field lap "Người lập biểu" text optional
    column "STT" shows code
    column "Chỉ tiêu" shows label
    column "Đơn vị tính" shows measure
    column ket_qua "Kết quả"
    column ghi_chu "Ghi chú" text optional
    group I "Văn bản" {
      row 1.1 nhan "Đã nhận" measure van_ban
      row 1.1.a xu_ly "Đã xử lý" measure van_ban within row[1.1]
      row 1.2 "Tỷ lệ xử lý" percent(1) closed [ghi_chu] = row[xu_ly] / row[nhan]
    }
    group II "Của cấp tỉnh" {
      row 2.1 "Đơn thư" measure don filled by vp_ubnd_tinh
    }
  }
}
"#;

#[tokio::test]
async fn written_rows_stand_on_the_page_under_their_headings_and_are_saved_by_their_numbers() {
    let mut project = project();
    let file = SourceFile::new(FileId(9), "chi_tieu.regime", WRITTEN);
    let parsed = regime::syntax::parse(&file);
    project.sources.push(Source {
        file,
        tree: parsed.ast,
        problems: parsed.problems,
    });
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:?}", snapshot.diagnostics());
    let world = world_of(&snapshot);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let path = "/bao-cao/CHI_TIEU/2026/C17329.2025";
    let page = officer.get(path).await;
    page.shows("<th scope=\"row\" colspan=\"4\">Văn bản</th>")
        .shows("name=\"o..lap\"")
        .shows("name=\"o.1~1~a.ket_qua\"")
        .shows("<td id=\"o-1.2-ket_qua\" class=\"cell computed")
        .shows("<td id=\"o-1.2-ghi_chu\" class=\"cell closed\"")
        // Another body's row is not asked of the commune.
        .shows("<td id=\"o-2.1-ket_qua\" class=\"cell closed\"")
        .shows("văn bản")
        .shows("<td class=\"ordinal\">%</td>");
    let base = page.field("base");
    let saved = officer
        .post(
            &format!("{path}/luu"),
            &[
                ("base", &base),
                ("form", "PL1"),
                ("o..lap", "Nguyễn Thị Hòa"),
                ("o.1~1.ket_qua", "16"),
                ("o.1~1~a.ket_qua", "12"),
                ("o.1~1~a.ghi_chu", "chờ bổ sung"),
            ],
        )
        .await;
    assert!(saved.status.is_redirection() || saved.status == StatusCode::OK);
    officer
        .get(path)
        .await
        .shows("<output>75,0%</output>")
        .shows("value=\"Nguyễn Thị Hòa\"")
        .shows("value=\"chờ bổ sung\"");
}

#[tokio::test]
async fn narratives_are_written_beside_the_figures_and_sentences_follow_them() {
    const YEAR: &str = "/bao-cao/KNTC_XLD/2026/C17329.2025";
    let world = world();
    let mut browser = Browser::signed_in(&world, "canbo.anhson").await;
    let page = browser.get(YEAR).await;
    page.shows("name=\"noi_dung.tinh_hinh\"")
        .shows("data-sentence>Trong kỳ phải xử lý … đơn")
        .shows("?form=XLD02");
    let base = page.field("base");
    let fields = [
        ("base", base.as_str()),
        ("form", "XLD01"),
        ("action", "save"),
        ("o..4", "9"),
        ("noi_dung.tinh_hinh", "Đơn <tăng> do thu hồi đất."),
    ];
    browser
        .post_and_follow(&format!("{YEAR}/luu"), &fields)
        .await
        .shows("Đơn &lt;tăng&gt; do thu hồi đất.")
        .shows("đã xử lý 9 đơn.");
    let base = browser.get(YEAR).await.field("base");
    let body = format!(
        "{{\"base\":{base},\"form\":\"XLD01\",\"cells\":[{{\"row\":\"\",\"column\":\"4\",\"typed\":\"10\"}}],\"narratives\":{{\"tinh_hinh\":\"Đơn giảm.\"}}}}"
    );
    browser
        .post_json(&format!("/api{YEAR}/o"), &body)
        .await
        .shows("đã xử lý 10 đơn.");
    browser.get(YEAR).await.shows("Đơn giảm.");
    let base = browser.get(YEAR).await.field("base");
    let unknown = [
        ("base", base.as_str()),
        ("form", "XLD01"),
        ("noi_dung.khac", "?"),
    ];
    let answer = browser.post(&format!("{YEAR}/luu"), &unknown).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
