//! An office with a few units and accounts, and a browser without script that visits it.
//!
//! It deliberately asserts nothing beyond what a visit needs. A page that lacks what a helper looks for ends the test with its text.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use regime::analysis::project::{Project, Source};
use regime::calendar::{Moment, Period};
use regime::eval::figures::Entry;
use regime::organisation::UnitId;
use regime::reports::command::{CellChange, Command, DraftChange};
use regime::reports::dispatch::SendingNote;
use regime::reports::key::CellKey;
use regime::reports::permission::{Actor, Grant, Role};
use regime::service::Service;
use regime::service::password::hash;
use regime::service::people::administration::NewAccount;
use regime::service::tables::{Loading, Table};
use regime::service::view::ReportAddress;
use regime::store::sqlite::SqliteStore;
use regime::text::{FileId, SourceFile};
use regime::web::clock::Clock;
use regime::web::office::Office;
use regime::web::server::router;
use regime::workspace::Snapshot;
use regime::workspace::load::load;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

pub const PASSWORD: &str = "một mật khẩu đủ dài";
pub const REPORT: &str = "/bao-cao/TTHC_06A/2026/C17329.2025";

/// One hash for all accounts of the tests, because each costs 64 MiB and a tenth of a second.
pub static HASH: LazyLock<String> = LazyLock::new(|| hash(PASSWORD).expect("a hash"));

pub const UNITS: &str = "\
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

pub fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

pub fn project() -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
    let mut project = Project::default();
    for (number, name) in ["common.regime", "kntc_xld.regime", "tthc_06a.regime"]
        .iter()
        .enumerate()
    {
        let text = std::fs::read_to_string(folder.join(name)).expect("a regime");
        let file = SourceFile::new(FileId(number as u32), name, &text);
        project.sources.push(Source::read(file));
    }
    project.tables = load(&folder).project.tables;
    project
}

/// The regimes compiled once for all tests.
pub static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| Snapshot::new(&project()));

/// A running office with a few units and accounts.
pub struct World {
    pub app: Router,
    pub service: Arc<Service>,
    pub _folder: tempfile::TempDir,
}

pub fn world() -> World {
    world_of(&SNAPSHOT)
}

pub fn world_of(snapshot: &Snapshot) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(folder.path()).expect("a store");
    let service = Arc::new(Service::new(Arc::new(store)));
    let opened = moment("01/12/2026 08:00");
    let account = |user: &str, name: &str, grants: &[(Role, &str)]| NewAccount {
        id: user.to_string(),
        name: name.to_string(),
        password_hash: HASH.clone(),
        grants: grants
            .iter()
            .map(|(role, unit)| Grant::always(*role, UnitId::from(*unit)))
            .collect(),
        one_time: false,
    };
    let administrator = account(
        "quantri",
        "Cao Đức Long",
        &[(Role::Administrator, "P40"), (Role::Publisher, "P40")],
    );
    service
        .create_first_account(&administrator, opened)
        .expect("an administrator");
    let actor = Actor {
        user: administrator.id,
        name: administrator.name,
        grants: administrator.grants,
        lent: Vec::new(),
    };
    let decisions = project()
        .tables
        .get("data/lich_nghi.csv")
        .cloned()
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
        service
            .create_account(&actor, &user, "Thử nghiệm", opened)
            .expect("an account");
    }
    let world = World {
        app: Router::new(),
        service,
        _folder: folder,
    };
    world.at("15/12/2026 09:00")
}

impl World {
    /// The same office at another moment.
    pub fn at(mut self, now: &str) -> World {
        let clock = Clock::Fixed(moment(now));
        let office = Office::new(Arc::clone(&self.service), clock, false);
        self.app = router(office, false);
        self
    }
}

/// A browser with its cookie.
#[derive(Clone)]
pub struct Browser {
    pub app: Router,
    pub cookie: Option<String>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Answer {
        assert!(
            self.body.contains(text),
            "{text:?} is not shown; status {}\n{}",
            self.status,
            self.body
        );
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Answer {
        assert!(!self.body.contains(text), "{text:?} is shown");
        self
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
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
    pub fn new(world: &World) -> Browser {
        Browser {
            app: world.app.clone(),
            cookie: None,
        }
    }

    pub async fn signed_in(world: &World, account: &str) -> Browser {
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

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
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

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
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

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self
            .request(Method::GET, path)
            .body(Body::empty())
            .expect("a request");
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
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

    pub async fn post_json(&mut self, path: &str, body: &str) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.send(request).await
    }

    /// Posts and opens the page the answer leads to.
    pub async fn post_and_follow(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
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
    pub async fn fill(&mut self, cells: &[(&str, &str)], action: &str) -> Answer {
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

pub fn encoded(text: &str) -> String {
    regime::web::problem::percent_encoded(text)
}

/// The figures of one sound row; its closing is 20 and the declared opening 12.
pub const SOUND: [(&str, &str); 7] = [
    ("o.dat_dai.4", "120"),
    ("o.dat_dai.5", "30"),
    ("o.dat_dai.8", "100"),
    ("o.dat_dai.9", "40"),
    ("o.dat_dai.10", "2"),
    ("o.dat_dai.12", "18"),
    ("o.dat_dai.13", "2"),
];

pub async fn officer_with_sound_report(world: &World) -> Browser {
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

pub async fn sent_report(world: &World) -> (Browser, Browser) {
    let mut officer = officer_with_sound_report(world).await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}\n{}",
        proposed.location(),
        proposed.body
    );
    let head = approved(world, REPORT).await;
    (officer, head)
}

/// The chairman approves what was proposed, which sends it.
pub async fn approved(world: &World, report: &str) -> Browser {
    let mut head = Browser::signed_in(world, "chutich.anhson").await;
    let revision = head.get(report).await.field("ban");
    head.post_and_follow(&format!("{report}/duyet"), &[("ban", &revision)])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
    head
}

/// An office with one more regime beside those of the project.
pub fn world_with(text: &str) -> World {
    let mut project = project();
    let file = SourceFile::new(FileId(9), "khac.regime", text);
    project.sources.push(Source::read(file));
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:?}", snapshot.diagnostics());
    world_of(&snapshot)
}

/// A person who only exists for one step.
pub fn person(user: &str, role: Role, unit: &str) -> Actor {
    Actor {
        user: user.to_string(),
        name: user.to_string(),
        grants: vec![Grant::always(role, UnitId::from(unit))],
        lent: Vec::new(),
    }
}

impl World {
    /// Loads a table of facts as the administrator does.
    pub fn load(&self, table: Table, text: &str) {
        let administrator = person("quantri", Role::Administrator, "P40");
        let loading = self
            .service
            .load_table(
                &administrator,
                table,
                "test",
                text,
                moment("02/12/2026 08:00"),
            )
            .expect("a table");
        assert!(matches!(loading, Loading::Loaded(_)), "{loading:?}");
    }

    /// A report that was filled in, approved, sent and accepted. Cells are form, row, column and value.
    pub fn filed(
        &self,
        (regime, period, unit): (&str, &str, &str),
        cells: &[(&str, &str, &str, &str)],
    ) {
        let address = ReportAddress {
            regime: regime.to_string(),
            period: period.parse::<Period>().expect("a period"),
            unit: UnitId::from(unit),
        };
        let changes = cells.iter().map(|(form, row, column, value)| CellChange {
            cell: CellKey::new(form, row, column),
            entry: Some(Entry::Value((*value).to_string())),
        });
        let change = DraftChange {
            cells: changes.collect(),
            ..DraftChange::default()
        };
        let officer = person("lap", Role::Officer, unit);
        let head = person("duyet", Role::HeadOfUnit, unit);
        let desk = person("nhan", Role::Aggregator, "P40-vp_ubnd_tinh");
        let now = moment("05/12/2026 08:00");
        let steps = [
            (&officer, Command::Save { base: 0, change }),
            (&officer, Command::Propose { draft: 1 }),
            (&head, Command::Approve { revision: 1 }),
            (
                &head,
                Command::Send {
                    revision: 1,
                    note: SendingNote::late("chờ số liệu của các xóm"),
                },
            ),
            (&desk, Command::Accept { revision: 1 }),
        ];
        for (actor, command) in steps {
            let done = self
                .service
                .command(actor, &address, now, |_| command.clone());
            assert!(done.is_ok(), "{address:?} {command:?}: {:?}", done.err());
        }
    }
}
