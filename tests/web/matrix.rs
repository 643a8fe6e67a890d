//! Every address of the program, asked as every role from every relation of unit, at every status of a report: what HTTP answers, what the permission table says, and what a slow
//! reference written out by hand says must be the same.
//!
//! No request of the matrix changes anything: whoever is allowed sends something that is refused for another reason afterwards. An address without a request here fails the test.

use crate::world::{Answer, Browser, HASH, World, moment, person, project, world_of};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use regime::analysis::project::Source;
use regime::eval::attached::AttachedFile;
use regime::eval::figures::Entry;
use regime::organisation::{Party, UnitId};
use regime::reports::command::{CellChange, Command, DraftChange, ReturnReason};
use regime::reports::dispatch::SendingNote;
use regime::reports::key::CellKey;
use regime::reports::permission::{Action, Grant, Relation, Role};
use regime::reports::report::Status;
use regime::reports::rights::TABLE;
use regime::service::people::administration::NewAccount;
use regime::service::tables::Table;
use regime::service::view::ReportAddress;
use regime::service::whole::document::{DocumentAddress, DocumentCommand};
use regime::text::{FileId, SourceFile};
use regime::web::routes::{Door, Route, table};
use regime::workspace::Snapshot;
use std::collections::BTreeSet;

const CHECKED: &str = r#"
regime KIEM_TRA "Kết quả kiểm tra" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Văn phòng Chính phủ"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period month
  deadline xa, vp_ubnd_tinh local
  form KT "01/KT" "KẾT QUẢ" {
    rows each reporting unit
    column 1 cuoc "Số cuộc" measure don
    column 2 khac "Văn bản" file optional
  }
}
"#;

const STORMS: &str = r#"
regime DOT_BAO "Thiệt hại theo đợt" version 1 in force from 01/01/2024 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  event dot "Đợt thiên tai" {
    field loai "Loại thiên tai" choice loai_thien_tai
    opened by xa
    closed by vp_ubnd_tinh
  }
  period end of dot {
    window whole event
    deadline xa, vp_ubnd_tinh by 15 days after event end
  }
  form BAO "01/B" "BÃO" {
    default since event
    column "Chỉ tiêu" shows label
    column so "Số lượng"
    row 1 nha "Nhà sập" measure cai
  }
}
"#;

/// The units of the matrix: the reporting one, one below it, one beside it, the one above, its recipient, one of another province, one that is no more.
const UNITS: &str = "\
id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to
VN,chinh_phu,chinh_phu,Chính phủ,,,,,,
VN-vp_chinh_phu,bo,bo,Văn phòng Chính phủ,,vp_chinh_phu,VN,,,
VN-thanh_tra_chinh_phu,bo,bo,Thanh tra Chính phủ,,thanh_tra_chinh_phu,VN,,,
P40,tinh,tinh,Tỉnh Nghệ An,40,ubnd_tinh,VN,,,
P40-vp_ubnd_tinh,so,so,Văn phòng UBND tỉnh,,vp_ubnd_tinh,P40,,,
P40-thanh_tra_tinh,so,so,Thanh tra tỉnh,,thanh_tra_tinh,P40,,,
C17329.2025,xa,xa,Xã Anh Sơn,17329,,P40,,2025-07-01,
T1,thon,thon,Thôn Một,,,C17329.2025,,2025-07-01,
C17200.2025,xa,xa,Xã Mường Xén,17200,,P40,,2025-07-01,
P38,tinh,tinh,Tỉnh Thanh Hóa,38,ubnd_tinh,VN,,,
P38-vp_ubnd_tinh,so,so,Văn phòng UBND tỉnh Thanh Hóa,,vp_ubnd_tinh,P38,,,
C14758.2025,xa,xa,Xã Ở Tỉnh Khác,14758,,P38,,2025-07-01,
C17335,xa,xa,Xã Cũ,17335,,P40,,,2025-06-30
";

pub const OWN: &str = "C17329.2025";
pub const RECIPIENT: &str = "P40-vp_ubnd_tinh";
/// The body to which the recipient sends its consolidated document.
const ABOVE: &str = "VN-vp_chinh_phu";

/// How the unit of a person stands to the reporting unit.
pub const RELATIONS: [(&str, &str); 8] = [
    ("own", OWN),
    ("child", "T1"),
    ("sibling", "C17200.2025"),
    ("parent", "P40"),
    ("recipient", RECIPIENT),
    ("above", ABOVE),
    ("elsewhere", "C14758.2025"),
    ("abolished", "C17335"),
];

/// One period for each status in which a report stands.
pub const PERIODS: [(Status, &str); 8] = [
    (Status::Draft, "2026-01"),
    (Status::Returned, "2026-02"),
    (Status::Proposed, "2026-03"),
    (Status::Approved, "2026-04"),
    (Status::Sent, "2026-05"),
    (Status::Received, "2026-07"),
    (Status::Correcting, "2026-08"),
    (Status::Accepted, "2026-06"),
];

const CONTENT: &[u8] = b"noi dung cua van ban";

/// Where the document of the recipient stands in the period in which the report of the unit stands so.
fn document_status(status: Status) -> Status {
    match status {
        Status::Accepted => Status::Sent,
        _ => Status::Draft,
    }
}

/// Sends the document of the recipient for a period.
fn send_document(world: &World, period: &str) {
    let at = DocumentAddress {
        regime: "KIEM_TRA".to_string(),
        period: period.parse().expect("a period"),
        body: UnitId::from(RECIPIENT),
    };
    let (desk, head) = (
        person("nhan", Role::Aggregator, RECIPIENT),
        person("thu_truong", Role::HeadOfUnit, RECIPIENT),
    );
    let now = moment("05/12/2026 09:00");
    let others =
        ["C17200.2025", "C14758.2025"].map(|unit| (UnitId::from(unit), "Chưa gửi".to_string()));
    let steps = [
        (
            &desk,
            DocumentCommand::ExplainMissing {
                base: 0,
                reasons: others.into_iter().collect(),
            },
        ),
        (&desk, DocumentCommand::Step(Command::Propose { draft: 1 })),
        (
            &head,
            DocumentCommand::ApproveAndSend {
                revision: 1,
                note: SendingNote::default(),
            },
        ),
    ];
    for (actor, command) in steps {
        let done = world
            .service
            .document_command(actor, &at, command.clone(), now);
        assert!(done.is_ok(), "{command:?}: {:?}", done.err());
    }
}

pub fn role_name(role: Role) -> String {
    format!("{role:?}").to_lowercase()
}

pub fn attached() -> AttachedFile {
    AttachedFile::of("van-ban.pdf", CONTENT).expect("a file")
}

/// Brings a report to a status by the commands of people of its unit and of its recipient.
fn bring(world: &World, status: Status, period: &str) {
    let address = ReportAddress {
        regime: "KIEM_TRA".to_string(),
        period: period.parse().expect("a period"),
        unit: UnitId::from(OWN),
    };
    let (officer, head) = (
        person("lap", Role::Officer, OWN),
        person("duyet", Role::HeadOfUnit, OWN),
    );
    let desk = person("nhan", Role::Aggregator, RECIPIENT);
    let cell = |column: &str, value: String| CellChange {
        cell: CellKey::new("KT", "", column),
        entry: Some(Entry::Value(value)),
    };
    let change = DraftChange {
        cells: vec![cell("1", "5".to_string()), cell("2", attached().to_text())],
        ..DraftChange::default()
    };
    let reasons = vec![ReturnReason {
        cell: None,
        text: "Sửa".to_string(),
    }];
    let way = [
        (&officer, Command::Save { base: 0, change }),
        (&officer, Command::Propose { draft: 1 }),
        (&head, Command::Approve { revision: 1 }),
        (
            &head,
            Command::Send {
                revision: 1,
                note: SendingNote::default(),
            },
        ),
    ];
    let steps = match status {
        Status::Draft => 1,
        Status::Proposed => 2,
        Status::Approved => 3,
        _ => 4,
    };
    let accept = Command::Accept { revision: 1 };
    let reopen = Command::Reopen {
        revision: 1,
        reason: "Số liệu sai".to_string(),
    };
    let last = match status {
        Status::Returned => vec![Command::Return {
            revision: 1,
            reasons,
        }],
        Status::Received => vec![Command::Receive { revision: 1 }],
        Status::Accepted => vec![accept],
        Status::Correcting => vec![accept, reopen],
        _ => Vec::new(),
    };
    let last = last.into_iter().map(|command| (&desk, command));
    let mut stood = Status::Draft;
    let now = moment("05/12/2026 08:00");
    for (actor, command) in way.into_iter().take(steps).chain(last) {
        let done = world
            .service
            .command(actor, &address, now, |_| command.clone());
        let report = done.unwrap_or_else(|error| panic!("{period} {command:?}: {error:?}"));
        stood = report.status;
    }
    assert_eq!(stood, status, "{period}");
}

pub async fn office() -> World {
    let mut project = project();
    for (number, name, text) in [
        (8, "kiem_tra.regime", CHECKED),
        (9, "dot_bao.regime", STORMS),
    ] {
        let file = SourceFile::new(FileId(number), name, text);
        project.sources.push(Source::read(file));
    }
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:?}", snapshot.diagnostics());
    let world = world_of(&snapshot);
    world.load(Table::Units, UNITS);
    let transaction = world.service.store().begin_write().expect("a transaction");
    let now = moment("05/12/2026 08:00");
    transaction
        .attach(&UnitId::from(OWN), (&attached(), CONTENT), "lap", now)
        .expect("attached");
    transaction.commit().expect("committed");
    for (status, period) in PERIODS {
        bring(&world, status, period);
        if document_status(status) == Status::Sent {
            send_document(&world, period);
        }
    }
    let administrator = person("quantri", Role::Administrator, "P40");
    for role in Role::ALL {
        for (relation, unit) in RELATIONS {
            let id = format!("{}.{relation}", role_name(role));
            let new = NewAccount {
                name: id.clone(),
                id,
                password_hash: HASH.clone(),
                grants: vec![Grant::always(role, UnitId::from(unit))],
                one_time: false,
            };
            let created = world
                .service
                .create_account(&administrator, &new, "Ma trận", now);
            created.expect("an account");
        }
    }
    let author = person("soan", Role::Author, RECIPIENT);
    world
        .service
        .save_draft(&author, "kiem_tra.regime", 0, Some(CHECKED), now)
        .expect("a draft");
    let mut officer = Browser::signed_in(&world, "officer.own").await;
    let fields = [
        ("che_do", "DOT_BAO"),
        ("dot", "dot"),
        ("ten", "Bão số 3"),
        ("luc", "13/12/2026 06:00"),
        ("ghi.loai", "bao"),
        ("ly_do", "Công điện 05/CĐ-UBND"),
    ];
    officer.post_and_follow("/dot/mo", &fields).await;
    // No session is left that a request of the matrix could end.
    officer.post("/dang-xuat", &[]).await;
    world
}

/// What is sent to an address.
enum Asked {
    Get(String),
    Form(String, Vec<(&'static str, &'static str)>),
    Json(String, String),
}

/// The request for an address; none for one that the matrix does not know.
fn asked(route: &Route, period: &str) -> Option<Asked> {
    let report = format!("/bao-cao/KIEM_TRA/{period}/{OWN}");
    let step = |name: &str, fields: Vec<(&'static str, &'static str)>| {
        Some(Asked::Form(format!("{report}/{name}"), fields))
    };
    let document = format!("/ban-tong-hop/KIEM_TRA/{period}/{RECIPIENT}");
    let get = |path: String| Some(Asked::Get(path));
    let name = route.path.rsplit('/').next().unwrap_or_default();
    match (route.method, route.path.as_str()) {
        (
            "GET",
            "/"
            | "/dang-nhap"
            | "/tai-khoan"
            | "/tai-khoan/mat-khau"
            | "/quan-tri"
            | "/quan-tri/quyen"
            | "/xem-lai",
        )
        | (
            "GET",
            "/quan-tri/tai-khoan"
            | "/nghia-vu"
            | "/che-do"
            | "/dot"
            | "/tong-hop"
            | "/suc-khoe"
            | "/soan",
        )
        | ("GET", "/soan/cong-bo" | "/soan/may-chu" | "/dang-nhap/ma" | "/tai-khoan/hai-lop") => {
            get(route.path.clone())
        }
        (
            "GET",
            "/quan-tri/don-vi"
            | "/quan-tri/don-vi/nap"
            | "/quan-tri/don-vi/sap-xep"
            | "/quan-tri/bang"
            | "/quan-tri/lich",
        ) => get(route.path.clone()),
        ("GET", "/quan-tri/don-vi/xem/{unit}") => get(format!("/quan-tri/don-vi/xem/{OWN}")),
        ("GET", "/quan-tri/bang/{position}" | "/quan-tri/bang/{position}/tep") => {
            get(route.path.replace("{position}", "1"))
        }
        // Without tables, days and reasons nothing is put into force.
        ("POST", path)
            if path.starts_with("/quan-tri/don-vi") || path.starts_with("/quan-tri/lich") =>
        {
            Some(Asked::Form(route.path.clone(), Vec::new()))
        }
        (
            "GET",
            "/dung-han"
            | "/lich"
            | "/quan-tri/nhat-ky"
            | "/quan-tri/nhat-ky/tep"
            | "/quan-tri/thu"
            | "/suc-khoe/chi-tiet"
            | "/metrics",
        ) => get(route.path.clone()),
        ("GET", "/dung-han/tep/{format}") => get("/dung-han/tep/csv".to_string()),
        ("GET", "/dung-han/don-vi/{unit}") => get(format!("/dung-han/don-vi/{OWN}")),
        ("GET", "/dung-han/{regime}/{period}/nhac") => {
            get(format!("/dung-han/KIEM_TRA/{period}/nhac"))
        }
        // Without a unit nobody is reminded.
        ("POST", "/dung-han/{regime}/{period}/nhac") => Some(Asked::Form(
            format!("/dung-han/KIEM_TRA/{period}/nhac"),
            vec![("loi_nhan", "x")],
        )),
        // An address that never was is gone.
        ("GET", "/lich/{secret}") => get("/lich/khong-co".to_string()),
        ("POST", "/lich/tao" | "/lich/thoi") => Some(Asked::Form(
            route.path.clone(),
            vec![("don_vi", "KHONG-CO")],
        )),
        ("POST", "/tai-khoan/thu") => {
            Some(Asked::Form(route.path.clone(), vec![("thu", "không phải")]))
        }
        ("POST", "/quan-tri/thu") => {
            Some(Asked::Form(route.path.clone(), vec![("viec", "khong-co")]))
        }
        ("GET", "/quan-tri/tai-khoan/{account}") => get("/quan-tri/tai-khoan/lanhdao".to_string()),
        ("GET", "/che-do/{regime}/{version}") => get("/che-do/KIEM_TRA/1".to_string()),
        ("GET", "/tro-giup/ma-loi/{code}") => get("/tro-giup/ma-loi/R203".to_string()),
        ("GET", "/tai-nguyen/{file}") => get("/tai-nguyen/app.css".to_string()),
        ("GET", "/nghia-vu/{regime}/{period}") => get(format!("/nghia-vu/KIEM_TRA/{period}")),
        // Without a reason nothing is decided.
        ("POST", "/nghia-vu/{regime}/{period}") => Some(Asked::Form(
            format!("/nghia-vu/KIEM_TRA/{period}"),
            vec![("viec", "khoa"), ("don_vi", ""), ("ly_do", "")],
        )),
        ("GET", "/tong-hop/{regime}/{period}") => get(format!("/tong-hop/KIEM_TRA/{period}")),
        ("GET", "/tong-hop/{regime}/{period}/{form}") => {
            get(format!("/tong-hop/KIEM_TRA/{period}/KT"))
        }
        ("GET", "/so-lieu/{regime}/{period}/{form}/{column}") => {
            get(format!("/so-lieu/KIEM_TRA/{period}/KT/1?nhom="))
        }
        ("GET", "/bao-cao/{regime}/{period}/{unit}") => get(report),
        ("GET", "/bao-cao/{regime}/{period}/{unit}/lich-su") => get(format!("{report}/lich-su")),
        ("GET", "/bao-cao/{regime}/{period}/{unit}/tep/{sha256}") => {
            get(format!("{report}/tep/{}", attached().sha256))
        }
        ("GET", "/soan/tep/{*path}" | "/soan/lich-su/{*path}" | "/api/soan/tep/{*path}") => {
            get(route.path.replace("{*path}", "kiem_tra.regime"))
        }
        ("GET", "/ban-tong-hop/{regime}/{period}/{body}") => get(document),
        // Numbers that no document has, so that nothing is done by whoever may.
        ("POST", path) if path.starts_with("/ban-tong-hop/") => Some(Asked::Form(
            format!("{document}/{name}"),
            vec![
                ("base", "999999"),
                ("ban", "999"),
                ("form", "KT"),
                ("dong", "total"),
                ("cot", "1"),
                ("so", "1"),
                ("ly_do", if name == "thu-hoi" { "" } else { "Thử" }),
            ],
        )),
        ("POST", path) if path.starts_with("/bao-cao/") => match name {
            "luu" => step(
                "luu",
                vec![
                    ("base", "999999"),
                    ("form", "KT"),
                    ("action", "save"),
                    ("o..1", "7"),
                ],
            ),
            "trinh" => step("trinh", vec![("base", "999999")]),
            "duyet" | "gui" | "nhan" | "tiep-nhan" => step(name, vec![("ban", "999")]),
            "mo-lai" => step(name, vec![("ban", "999"), ("ly_do", "Sai")]),
            "tra-lai" => step("tra-lai", vec![("ban", "999"), ("ly_do", "Sửa")]),
            "thu-hoi" => step("thu-hoi", vec![("ly_do", "")]),
            "mo-dau-ky" => step("mo-dau-ky", vec![("form", "KT"), ("ly_do", "")]),
            _ => None,
        },
        ("POST", "/api/bao-cao/{regime}/{period}/{unit}/o") => Some(Asked::Json(
            format!("/api/bao-cao/KIEM_TRA/{period}/{OWN}/o"),
            r#"{"base":999999,"form":"KT","cells":[{"row":"","column":"1","typed":"7"}]}"#
                .to_string(),
        )),
        ("POST", "/dang-nhap") => Some(Asked::Form(
            "/dang-nhap".to_string(),
            vec![("tai_khoan", "ai.do"), ("mat_khau", "sai")],
        )),
        (
            "POST",
            "/dang-xuat" | "/quan-tri/tai-khoan" | "/tai-khoan/uy-quyen" | "/tai-khoan/mat-khau",
        ) => Some(Asked::Form(
            route.path.clone(),
            vec![
                ("vai_tro", "officer"),
                ("moi", "ngắn"),
                ("nhap_lai", "khác"),
            ],
        )),
        (
            "POST",
            "/dang-nhap/ma"
            | "/tai-khoan/hai-lop"
            | "/tai-khoan/phien/ket-thuc"
            | "/tai-khoan/phien/ket-thuc-khac"
            | "/quan-tri/hai-lop",
        ) => Some(Asked::Form(
            route.path.clone(),
            vec![("ma", "000000"), ("phien", "khong-co"), ("ly_do", "")],
        )),
        ("POST", "/tai-khoan/hai-lop/ma-du-phong" | "/tai-khoan/hai-lop/tat") => {
            Some(Asked::Form(route.path.clone(), vec![("mat_khau", "")]))
        }
        ("POST", "/xem-lai" | "/xem-lai/thoi") => Some(Asked::Form(
            route.path.clone(),
            vec![("luc", "ngày mai"), ("ve", "/")],
        )),
        ("POST", "/tai-khoan/uy-quyen/ket-thuc") => Some(Asked::Form(
            route.path.clone(),
            vec![("so", "999"), ("ly_do", "")],
        )),
        ("POST", "/quan-tri/tai-khoan/{account}/{change}") => Some(Asked::Form(
            "/quan-tri/tai-khoan/lanhdao/ngung".to_string(),
            vec![("ly_do", "")],
        )),
        ("POST", "/dot/mo") => Some(Asked::Form(
            "/dot/mo".to_string(),
            vec![
                ("che_do", "DOT_BAO"),
                ("dot", "dot"),
                ("luc", "14/12/2026 06:00"),
            ],
        )),
        ("POST", "/dot/dong") => Some(Asked::Form(
            "/dot/dong".to_string(),
            vec![("che_do", "DOT_BAO"), ("dot", "end:dot.1"), ("ly_do", "")],
        )),
        ("POST", "/soan/tep/{*path}") => Some(Asked::Form(
            "/soan/tep/kiem_tra.regime".to_string(),
            vec![("ban", "999"), ("van_ban", "x"), ("action", "luu")],
        )),
        ("POST", "/soan/cong-bo") => {
            Some(Asked::Form("/soan/cong-bo".to_string(), vec![("den", "0")]))
        }
        ("GET", "/tro-giup/api" | "/khoa-api") => get(route.path.clone()),
        ("GET", "/khoa-api/{unit}") => get(format!("/khoa-api/{OWN}")),
        ("POST", "/khoa-api/{unit}" | "/khoa-api/{unit}/thu-hoi") => Some(Asked::Form(
            route.path.replace("{unit}", OWN),
            vec![("ten", ""), ("khoa", "khong-co"), ("ly_do", "")],
        )),
        // Without a key; who is let in with one, the matrix of keys tells.
        ("GET", path) if path.starts_with("/api/v1/") => get(route.path.clone()),
        ("POST", path) if path.starts_with("/api/v1/") => {
            Some(Asked::Json(path.to_string(), "{}".to_string()))
        }
        ("POST", "/api/soan/luu") => Some(Asked::Json(
            "/api/soan/luu".to_string(),
            r#"{"path":"kiem_tra.regime","base":999,"text":"x"}"#.to_string(),
        )),
        _ => None,
    }
}

async fn ask(browser: &mut Browser, asked: &Asked) -> Answer {
    match asked {
        Asked::Get(path) if path == "/soan/may-chu" => {
            let request = browser
                .request(Method::GET, path)
                .header(header::ORIGIN, "http://127.0.0.1:8080");
            browser
                .send(request.body(Body::empty()).expect("a request"))
                .await
        }
        Asked::Get(path) => browser.get(path).await,
        Asked::Form(path, fields) => browser.post(path, fields).await,
        Asked::Json(path, body) => browser.post_json(path, body).await,
    }
}

/// Whether an answer lets the person in. Forbidden and not found keep them out, and so does being sent to sign in; a wrong password at the sign-in itself is an answer.
fn lets_in(route: &Route, answer: &Answer) -> bool {
    let sent_away = answer.location().starts_with("/dang-nhap?tiep=");
    if route.door == Door::Anybody && answer.status == StatusCode::UNAUTHORIZED {
        return true;
    }
    !matches!(
        answer.status,
        StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED
    ) && !sent_away
}

/// What the permission table says, line by line.
fn by_table(world: &World, route: &Route, role: Role, unit: &str, status: Status) -> bool {
    let lines = |action: Action| {
        TABLE
            .iter()
            .filter(move |line| line.action == action && line.role == role)
    };
    let stands = |relation: Relation| match relation {
        Relation::Own => unit == OWN,
        Relation::Recipient => unit == RECIPIENT,
        Relation::Province => true,
    };
    // The document of the recipient goes to the body above.
    let stands_to_document = |relation: Relation| match relation {
        Relation::Own => unit == RECIPIENT,
        Relation::Recipient => unit == ABOVE,
        Relation::Province => true,
    };
    match route.door {
        Door::Document => {
            let reads = |line: &regime::reports::permission::Permission| match line.relation {
                Relation::Recipient => unit == RECIPIENT,
                relation => stands_to_document(relation),
            };
            lines(Action::ViewConsolidated).any(reads)
                || lines(Action::ViewSent).any(|line| {
                    stands_to_document(line.relation)
                        && line.statuses.contains(&document_status(status))
                })
        }
        Door::DocumentStep(action) => lines(action).any(|line| stands_to_document(line.relation)),
        Door::Machine => false,
        Door::Anybody | Door::Owner | Door::SignedIn => true,
        Door::Province(actions) => actions
            .iter()
            .any(|action| lines(*action).any(|line| line.relation == Relation::Province)),
        Door::Report(actions) => actions.iter().any(|action| {
            lines(*action).any(|line| stands(line.relation) && line.statuses.contains(&status))
        }),
        Door::Program(_) => false,
        Door::Somewhere(action) => lines(action).next().is_some(),
        Door::Unit(action) => lines(action).any(|line| stands(line.relation)),
        Door::Step(action) => lines(action).any(|line| stands(line.relation)),
        Door::Consolidation => lines(Action::ViewConsolidated).any(|line| match line.relation {
            // Whoever is the next body consolidates what the recipient sends on.
            Relation::Recipient => unit == RECIPIENT || unit == ABOVE,
            relation => stands(relation),
        }),
        Door::NamedBody => {
            let name = match route.path.as_str() {
                "/dot/mo" => "xa",
                _ => "vp_ubnd_tinh",
            };
            let party = Party {
                name: name.to_string(),
                tags: Vec::new(),
            };
            let today = moment("15/12/2026 09:00").date();
            let ground = world.service.ground().expect("the ground");
            let is_meant = ground
                .organisation
                .matches(&UnitId::from(unit), &party, today);
            let acts = matches!(role, Role::Officer | Role::HeadOfUnit | Role::Aggregator);
            acts && is_meant || lines(Action::Administer).next().is_some()
        }
    }
}

/// What people were told, written out address by address and apart from the table: the slow reference.
fn by_hand(route: &Route, role: Role, relation: &str, status: Status) -> bool {
    use Role::{Administrator, Aggregator, Author, HeadOfUnit, Leader, Officer, Publisher};
    let of_unit = relation == "own" && matches!(role, Officer | HeadOfUnit);
    let officer = relation == "own" && role == Officer;
    let head = relation == "own" && role == HeadOfUnit;
    let desk = relation == "recipient" && role == Aggregator;
    let chief = relation == "recipient" && role == HeadOfUnit;
    let of_recipient = relation == "recipient" && matches!(role, Officer | HeadOfUnit);
    let above = relation == "above" && role == Aggregator;
    let was_sent = matches!(
        status,
        Status::Sent | Status::Received | Status::Accepted | Status::Correcting
    );
    match (route.method, route.path.as_str()) {
        (
            _,
            "/"
            | "/dang-nhap"
            | "/dang-xuat"
            | "/tai-khoan"
            | "/tai-khoan/mat-khau"
            | "/tai-khoan/uy-quyen"
            | "/tai-khoan/uy-quyen/ket-thuc"
            | "/dang-nhap/ma"
            | "/tai-khoan/hai-lop"
            | "/tai-khoan/hai-lop/ma-du-phong"
            | "/tai-khoan/hai-lop/tat"
            | "/tai-khoan/phien/ket-thuc"
            | "/tai-khoan/phien/ket-thuc-khac"
            | "/quan-tri/quyen"
            | "/xem-lai"
            | "/xem-lai/thoi"
            | "/che-do"
            | "/che-do/{regime}/{version}"
            | "/dot"
            | "/tong-hop"
            | "/suc-khoe"
            | "/suc-khoe/chi-tiet"
            | "/dung-han"
            | "/dung-han/tep/{format}"
            | "/dung-han/don-vi/{unit}"
            | "/lich"
            | "/lich/tao"
            | "/lich/thoi"
            | "/lich/{secret}"
            | "/tai-khoan/thu"
            | "/tai-nguyen/{file}"
            | "/tro-giup/ma-loi/{code}"
            | "/tro-giup/api"
            | "/api/v1/openapi.json",
        ) => true,
        (_, path) if path.starts_with("/api/v1/") => false,
        (_, "/khoa-api") => matches!(role, HeadOfUnit | Administrator),
        (_, path) if path.starts_with("/khoa-api/") => head || role == Administrator,
        (_, "/metrics") => false,
        (_, "/quan-tri/thu" | "/quan-tri/nhat-ky" | "/quan-tri/nhat-ky/tep") => {
            role == Administrator
        }
        (_, "/dung-han/{regime}/{period}/nhac") => matches!(role, Aggregator | Leader),
        (_, path) if path.starts_with("/nghia-vu") => role == Publisher,
        (_, "/quan-tri") => matches!(role, Author | Publisher | Administrator),
        (_, "/quan-tri/hai-lop") => role == Administrator,
        (_, path)
            if path.starts_with("/quan-tri/don-vi")
                || path.starts_with("/quan-tri/bang")
                || path == "/quan-tri/lich/ngay-nghi" =>
        {
            role == Administrator
        }
        (_, path) if path.starts_with("/quan-tri/lich") => {
            matches!(role, Administrator | Publisher)
        }
        (_, path) if path.starts_with("/quan-tri/tai-khoan") => role == Administrator,
        ("GET", "/soan/cong-bo") | ("POST", "/soan/cong-bo") => role == Publisher,
        (_, path) if path.starts_with("/soan") || path.starts_with("/api/soan/") => {
            matches!(role, Author | Publisher)
        }
        ("GET", path) if path.starts_with("/bao-cao/") => {
            of_unit || (was_sent && (desk || role == Leader))
        }
        ("POST", path) if path.starts_with("/bao-cao/") || path.starts_with("/api/bao-cao/") => {
            match path.rsplit('/').next().unwrap_or_default() {
                "luu" | "o" | "trinh" | "mo-dau-ky" => officer,
                "duyet" => head,
                "gui" | "thu-hoi" => officer || head,
                "tra-lai" => head || desk,
                "nhan" | "tiep-nhan" | "mo-lai" => desk,
                other => panic!("nobody was told about {other}"),
            }
        }
        ("GET", path) if path.starts_with("/tong-hop/") || path.starts_with("/so-lieu/") => {
            let read = |relation: &str| matches!(relation, "recipient" | "above");
            (read(relation) && matches!(role, Aggregator | HeadOfUnit)) || role == Leader
        }
        ("GET", path) if path.starts_with("/ban-tong-hop/") => {
            let was_sent = document_status(status) == Status::Sent;
            desk || chief || role == Leader || (was_sent && (above || of_recipient))
        }
        ("POST", path) if path.starts_with("/ban-tong-hop/") => {
            match path.rsplit('/').next().unwrap_or_default() {
                "dieu-chinh" | "thoi-dieu-chinh" | "da-xem-lai" | "ly-do-thieu" | "loi-van"
                | "trinh" => desk,
                "duyet" => chief,
                "gui" | "thu-hoi" => of_recipient,
                "tra-lai" => chief || above,
                "nhan" | "tiep-nhan" | "mo-lai" => above,
                other => panic!("nobody was told about {other}"),
            }
        }
        ("POST", "/dot/mo") => {
            let of_a_commune = matches!(relation, "own" | "sibling" | "elsewhere");
            role == Administrator
                || (of_a_commune && matches!(role, Officer | HeadOfUnit | Aggregator))
        }
        ("POST", "/dot/dong") => {
            role == Administrator
                || (relation == "recipient" && matches!(role, Officer | HeadOfUnit | Aggregator))
        }
        (method, path) => panic!("nobody was told about {method} {path}"),
    }
}

/// Whether an address is asked at this status: what shows a report at every one, a step where it is too early, in time for somebody and too late, all else once.
fn is_asked_at(route: &Route, status: Status) -> bool {
    match route.door {
        Door::Report(_) | Door::Document => true,
        Door::DocumentStep(_) => matches!(status, Status::Draft | Status::Accepted),
        Door::Step(_) => matches!(status, Status::Draft | Status::Proposed | Status::Sent),
        _ => status == Status::Accepted,
    }
}

#[tokio::test]
async fn every_address_answers_every_role_from_every_unit_as_the_table_and_the_reference_say() {
    let world = office().await;
    let mut routes = table();
    // Signing out comes last: the session is needed before. So is the browser's one cookie, which coming back to today takes away.
    routes.sort_by_key(|route| match route.path.as_str() {
        "/dang-xuat" => 2,
        "/xem-lai/thoi" => 1,
        _ => 0,
    });
    let before = stands(&world);
    let (mut compared, mut allowed) = (0_u32, 0_u32);
    let mut differences = Vec::new();
    for role in Role::ALL {
        for (relation, unit) in RELATIONS {
            let account = format!("{}.{relation}", role_name(role));
            let mut browser = Browser::signed_in(&world, &account).await;
            for route in &routes {
                for (status, period) in PERIODS {
                    if !is_asked_at(route, status) {
                        continue;
                    }
                    let Some(asked) = asked(route, period) else {
                        panic!("{} {} is not in the matrix", route.method, route.path);
                    };
                    let answer = ask(&mut browser, &asked).await;
                    let (http, said, told) = (
                        lets_in(route, &answer),
                        by_table(&world, route, role, unit, status),
                        by_hand(route, role, relation, status),
                    );
                    compared += 1;
                    allowed += u32::from(http);
                    assert!(
                        !answer.status.is_server_error(),
                        "{account} {}\n{}",
                        route.path,
                        answer.body
                    );
                    if http != said || http != told {
                        differences.push(format!(
                            "{} {} as {account} at {status:?}: HTTP {} {http}, table {said}, reference {told}",
                            route.method, route.path, answer.status
                        ));
                    }
                }
            }
        }
    }
    println!(
        "{} addresses, {} persons: {compared} answers compared ({allowed} let in), {} differences",
        routes.len(),
        Role::ALL.len() * RELATIONS.len(),
        differences.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(
        stands(&world),
        before,
        "a request of the matrix changed something"
    );
}

/// Everything that a request could have changed, as text.
fn stands(world: &World) -> String {
    let reading = world.service.store().begin_read().expect("a transaction");
    let reports = reading
        .report_summaries(&Default::default())
        .expect("reports");
    let users = reading.users().expect("users");
    let users: Vec<_> = users
        .iter()
        .map(|user| (&user.account, &user.secrets))
        .collect();
    let opened = reading.opened().expect("opened");
    let drafts = reading.draft_position().expect("drafts");
    let regimes = reading.regimes().expect("regimes");
    let tables = reading.table_changes().expect("tables");
    let tokens = reading.tokens(None).expect("keys");
    format!(
        "{reports:#?}\n{users:#?}\n{opened:#?}\n{drafts}\n{}\n{}\n{tokens:?}",
        regimes.len(),
        tables.len()
    )
}

#[tokio::test]
async fn whoever_did_not_sign_in_gets_nothing_but_what_is_for_anybody() {
    let world = office().await;
    let mut compared = 0;
    for route in table() {
        let asked = asked(&route, "2026-06").expect("a request");
        let mut nobody = Browser::new(&world);
        let answer = ask(&mut nobody, &asked).await;
        if route.door == Door::Anybody {
            let kept_out = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
            assert!(
                !kept_out.contains(&answer.status),
                "{} {}",
                route.path,
                answer.status
            );
        } else if route.path == "/soan/may-chu" {
            // A socket says so in its own way: a browser that asks properly gets one that ends with the code for signing in.
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        } else {
            assert!(
                !lets_in(&route, &answer),
                "{} {} {}",
                route.method,
                route.path,
                answer.status
            );
        }
        compared += 1;
    }
    println!("{compared} addresses asked by nobody");
    let paths: BTreeSet<(&str, String)> = table()
        .into_iter()
        .map(|route| (route.method, route.path))
        .collect();
    assert_eq!(paths.len(), table().len(), "no address stands twice");
}
