//! The studio: who may write, saving without overwriting, checking without script, publishing to the reporters, and the line to the language server.

use crate::world::{Browser, World, encoded, moment, person, project, world, world_of};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use regime::analysis::project::Project;
use regime::calendar::Date;
use regime::lsp::custom::preview::{Draft, Page};
use regime::reports::permission::Role;
use regime::service::drafts::project_of;
use regime::text::language::Language;
use regime::web::studio::preview::renderer;
use regime::workspace::Snapshot;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const PATH: &str = "/soan/tep/van_ban.regime";
const REGIME: &str = r#"regime VAN_BAN "Văn bản đến" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period year
  deadline xa, vp_ubnd_tinh local
  form VB "01/VB" "VĂN BẢN ĐẾN" {
    column "Chỉ tiêu" shows label
    column so "Số lượng"
    row 1 nhan "Văn bản đã nhận" measure van_ban
    row 2 xu_ly "Văn bản đã xử lý" measure van_ban
    row 3 con "Văn bản còn lại" measure van_ban = row[nhan] - row[xu_ly]
  }
}
"#;

/// The project with all its tables, so that nothing is missing in it.
fn whole() -> Project {
    let mut project = project();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes/data");
    for entry in std::fs::read_dir(folder).expect("the tables") {
        let entry = entry.expect("a table");
        let path = format!("data/{}", entry.file_name().to_string_lossy());
        let text = std::fs::read_to_string(entry.path()).expect("a table");
        std::sync::Arc::make_mut(&mut project.tables).insert(path, text);
    }
    project
}

/// An office whose drafts are the files of the project.
fn studio() -> World {
    let world = world();
    world
        .service
        .take_in_drafts(&whole(), "van-hanh", moment("01/12/2026 08:00"))
        .expect("the drafts");
    world
}

async fn publisher(world: &World) -> Browser {
    Browser::signed_in(world, "quantri").await
}

fn saving(path: &str, text: &str, base: u32) -> String {
    json!({"path": path, "text": text, "base": base}).to_string()
}

#[tokio::test]
async fn only_those_who_write_regimes_come_in_and_only_publishers_publish() {
    let world = studio();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer.get("/").await.hides("href=\"/soan\"");
    for path in [
        "/soan",
        PATH,
        "/soan/lich-su/common.regime",
        "/soan/cong-bo",
    ] {
        let refused = officer.get(path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    let body = saving("van_ban.regime", REGIME, 0);
    let refused = officer.post_json("/api/soan/luu", &body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("không có quyền");
    let stranger = Browser::new(&world).post_json("/api/soan/luu", &body).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);

    let author = person("tacgia", Role::Author, "P40-vp_ubnd_tinh");
    let now = moment("15/12/2026 08:00");
    let saved = world
        .service
        .save_draft(&author, "van_ban.regime", 0, Some(REGIME), now);
    assert_eq!(saved.map(|saved| saved.revision).ok(), Some(1));
    let wanted = regime::service::drafts::DraftPublication {
        regime: "VAN_BAN".to_string(),
        tables: BTreeSet::new(),
        decision: "QĐ 5".to_string(),
        from: Some(Date::constant(2026, 1, 1)),
        seen: 0,
    };
    let refused = world.service.publish_draft(&author, &wanted, now);
    assert!(
        matches!(
            refused,
            Err(regime::service::problem::ServiceError::Forbidden)
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_draft_is_saved_and_never_overwrites_what_somebody_else_has_saved() {
    let world = studio();
    let mut author = publisher(&world).await;
    let first = author
        .post_json("/api/soan/luu", &saving("a.regime", "một\n", 0))
        .await;
    assert_eq!(
        (first.status, first.body.as_str()),
        (StatusCode::OK, "{\"revision\":1}")
    );
    let other = person("mai", Role::Author, "P40-vp_ubnd_tinh");
    let now = moment("15/12/2026 08:30");
    world
        .service
        .save_draft(&other, "a.regime", 1, Some("hai\n"), now)
        .expect("saved");
    let late = author
        .post_json("/api/soan/luu", &saving("a.regime", "ba\n", 1))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Tệp a.regime vừa được mai lưu");
    let form = [("ban", "1"), ("van_ban", "ba\r\n"), ("action", "luu")];
    let late = author.post("/soan/tep/a.regime", &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    // What was typed is still there, and so is the revision it was made from.
    late.shows("Tệp a.regime vừa được mai lưu")
        .shows("\nba\n</textarea>");
    assert_eq!(late.field("ban"), "1");
    let form = [("ban", "2"), ("van_ban", "ba\r\nbốn"), ("action", "luu")];
    author
        .post_and_follow("/soan/tep/a.regime", &form)
        .await
        .shows("Đã lưu bản soạn.")
        .shows("\nba\nbốn</textarea>");
    let history = author.get("/soan/lich-su/a.regime").await;
    history
        .shows("Cao Đức Long")
        .shows("<span class=\"line-sign\">−</span>hai\n")
        .shows("<span class=\"line-sign\">+</span>bốn\n")
        .shows("lần lưu 3</span>");
    let newest = author.get("/api/soan/tep/a.regime").await;
    let newest: Value = serde_json::from_str(&newest.body).expect("JSON");
    assert_eq!(
        (&newest["text"], &newest["revision"], &newest["by"]),
        (&json!("ba\nbốn"), &json!(3), &json!("Cao Đức Long"))
    );
    let missing = author.get("/api/soan/tep/b.regime").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    for (path, text) in [("../a.regime", "x"), ("a.txt", "x"), ("Á.regime", "x")] {
        let refused = author
            .post_json("/api/soan/luu", &saving(path, text, 0))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        refused.shows("không dùng làm tên tệp được");
    }
    let removed = [("ban", "3"), ("action", "xoa")];
    author
        .post_and_follow("/soan/tep/a.regime", &removed)
        .await
        .shows("Đã bỏ tệp khỏi bản soạn.")
        .hides("data-file=\"a.regime\"");
    author
        .get("/soan/lich-su/a.regime")
        .await
        .shows("Tệp được bỏ khỏi bản soạn.");
}

#[tokio::test]
async fn without_script_a_text_is_checked_and_comes_back_with_its_mistakes() {
    let world = studio();
    let mut author = publisher(&world).await;
    let to = author.get("/soan?ten=van_ban").await;
    assert_eq!(to.location(), PATH);
    let page = author.get(PATH).await;
    page.shows("data-studio data-socket=\"/soan/may-chu\"")
        .shows("\"path\":\"van_ban.regime\",\"text\":\"\",\"revision\":0")
        .shows("Kiểm tra");
    let wrong = REGIME.replace("measure van_ban\n", "measure vanban\n");
    let form = [("ban", "0"), ("van_ban", &*wrong), ("action", "kiem-tra")];
    author
        .post(PATH, &form)
        .await
        .shows("data-code=\"R201\"")
        .shows("href=\"/tro-giup/ma-loi/R201\"")
        .shows("không có đơn vị tính nào là <code>vanban</code><br>có phải <code>van_ban</code> không?")
        .shows("measure vanban");
    let form = [("ban", "0"), ("van_ban", REGIME), ("action", "kiem-tra")];
    author.post(PATH, &form).await.shows("Không có lỗi.");
    // Checking has kept nothing.
    author
        .get("/soan")
        .await
        .hides("data-file=\"van_ban.regime\"");
    let bad = author.get("/soan/tep/..%2Fa.regime").await;
    assert_eq!(bad.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_published_begins_the_drafts_where_no_folder_does() {
    let world = world();
    let mut author = publisher(&world).await;
    author
        .get("/soan")
        .await
        .shows("data-file=\"common.regime\"")
        .shows("data-file=\"data/units.csv\"")
        // A catalogue stands in no table of the store: the publication has brought it along.
        .shows("data-file=\"data/linh_vuc.csv\"")
        .shows("đã công bố</span> TTHC_06A bản 1");
    author
        .get("/soan/tep/data/units.csv")
        .await
        .shows("Xã Anh Sơn")
        .shows("data-studio");
}

#[tokio::test]
async fn a_published_version_reaches_the_officers_and_a_wrong_one_does_not() {
    let world = studio();
    let mut author = publisher(&world).await;
    let wrong = REGIME.replace("measure van_ban\n", "measure vanban\n");
    let body = saving("van_ban.regime", &wrong, 0);
    author.post_json("/api/soan/luu", &body).await;
    author
        .get("/soan/cong-bo")
        .await
        .shows("data-spoilt=\"VAN_BAN\"")
        .shows("1 lỗi");
    let seen = |world: &World| {
        let actor = person("quantri", Role::Publisher, "P40");
        let drafts = world.service.drafts(&actor, moment("15/12/2026 09:00"));
        drafts.expect("the drafts").position.to_string()
    };
    let at = seen(&world);
    let mut form = vec![
        ("che_do", "VAN_BAN"),
        ("so_qd", "Quyết định số 5/QĐ-UBND"),
        ("ngay", "01/01/2026"),
        ("den", at.as_str()),
    ];
    let refused = author.post("/soan/cong-bo", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("còn lỗi, không công bố (1 lỗi)");
    let body = saving("van_ban.regime", REGIME, 1);
    author.post_json("/api/soan/luu", &body).await;
    let refused = author.post("/soan/cong-bo", &form).await;
    refused.shows("Bản soạn vừa được thay đổi");
    let at = seen(&world);
    form[3].1 = &at;
    form[2].1 = "01/02/2026";
    let refused = author.post("/soan/cong-bo", &form).await;
    refused
        .shows("Ngày có hiệu lực đã nhập là 01/02/2026 nhưng văn bản ghi 01/01/2026")
        .shows("value=\"Quyết định số 5/QĐ-UBND\"");
    form[1].1 = " ";
    let refused = author.post("/soan/cong-bo", &form).await;
    refused.shows("Chưa ghi số quyết định ban hành.");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let report = "/bao-cao/VAN_BAN/2026/C17329.2025";
    assert_eq!(officer.get(report).await.status, StatusCode::NOT_FOUND);
    form[1].1 = "Quyết định số 5/QĐ-UBND";
    form[2].1 = "01/01/2026";
    author
        .post_and_follow("/soan/cong-bo", &form)
        .await
        .shows("Đã công bố")
        .hides("value=\"VAN_BAN\"");
    officer.get(report).await.shows("Văn bản đã nhận");
    author
        .get("/soan")
        .await
        .shows("đã công bố</span> VAN_BAN bản 1");
    author
        .get("/che-do/VAN_BAN/1")
        .await
        .shows("Quyết định số 5/QĐ-UBND");
}

#[tokio::test]
async fn tables_and_switches_of_the_drafts_come_into_force_when_they_are_ticked() {
    let world = studio();
    let mut author = publisher(&world).await;
    let units = |world: &World| {
        let stored = world.service.ground().expect("the ground");
        stored
            .organisation
            .get(&regime::organisation::UnitId("P40-so_noi_vu".into()))
            .map(|unit| unit.name.clone())
    };
    let page = author.get("/api/soan/tep/data/units.csv").await;
    let newest: Value = serde_json::from_str(&page.body).expect("JSON");
    let text = newest["text"].as_str().expect("a text");
    let renamed = text.replace("Sở Nội vụ", "Sở Tổ chức");
    let base = u32::try_from(newest["revision"].as_u64().expect("a revision")).expect("small");
    author
        .post_json("/api/soan/luu", &saving("data/units.csv", &renamed, base))
        .await;
    let page = author.get("/soan/cong-bo").await;
    page.shows("name=\"bang.units\" value=\"1\" checked")
        .shows("Danh sách đơn vị");
    let seen = page.field("den");
    let nothing = [("che_do", ""), ("den", seen.as_str())];
    let refused = author.post("/soan/cong-bo", &nothing).await;
    refused.shows("Chưa chọn chế độ hay bảng nào để công bố.");
    // The office has another table than the folder.
    assert_eq!(units(&world), None);
    let ticked = [("che_do", ""), ("den", seen.as_str()), ("bang.units", "1")];
    author
        .post_and_follow("/soan/cong-bo", &ticked)
        .await
        .shows("Đã công bố")
        .hides("bang.units");
    assert_eq!(units(&world).as_deref(), Some("Sở Tổ chức"));
    // A table with a mistake is told and the one in force stays.
    let broken = renamed.replacen("\nVN,", "\n,", 1);
    author
        .post_json(
            "/api/soan/luu",
            &saving("data/units.csv", &broken, base + 1),
        )
        .await;
    let seen = author.get("/soan/cong-bo").await.field("den");
    let ticked = [("che_do", ""), ("den", seen.as_str()), ("bang.units", "1")];
    let refused = author.post("/soan/cong-bo", &ticked).await;
    refused.shows("data/units.csv có lỗi ở dòng 2");
    assert_eq!(units(&world).as_deref(), Some("Sở Tổ chức"));
}

#[test]
fn the_preview_is_the_form_of_the_reporter_with_the_figures_that_were_tried() {
    let mut texts: Vec<(String, String)> = Vec::new();
    let project = whole();
    for source in &project.sources {
        texts.push((source.file.path.clone(), source.file.text.to_string()));
    }
    texts.push(("van_ban.regime".to_string(), REGIME.to_string()));
    texts.extend(project.tables.as_ref().clone());
    texts.sort();
    let texts = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let snapshot = Snapshot::new(&project_of(texts));
    let render = renderer(|| Date::constant(2026, 12, 1));
    let shown_of =
        |regime: &str, form: Option<&str>, period: Option<&str>, values: &[(&str, &str)]| -> Page {
            let plan = snapshot.regime(regime).and_then(|regime| regime.plan());
            let values: BTreeMap<String, String> = values
                .iter()
                .map(|(address, text)| (address.to_string(), text.to_string()))
                .collect();
            render(&Draft {
                snapshot: &snapshot,
                plan: plan.expect("a plan"),
                form,
                period,
                unit: None,
                language: Language::Vietnamese,
                values: &values,
            })
        };
    let shown = |regime: &str, values: &[(&str, &str)]| shown_of(regime, None, None, values);
    let page = shown(
        "VAN_BAN",
        &[
            ("VB[1, so]", "1.200"),
            ("VB[2, so]", "300"),
            ("VB[3, so]", "9"),
            ("KHONG[1, so]", "9"),
        ],
    );
    let html = page.html.replace("&#x2f;", "/");
    assert!(html.contains("data-address=\"VB[so]\""), "{html}");
    assert!(html.contains("data-address=\"VB[1, ]\""), "{html}");
    assert!(html.contains("value=\"1.200\""), "{html}");
    assert!(html.contains("<output>900</output>"), "{html}");
    assert!(
        !html.contains("<script") && !html.contains("style="),
        "{html}"
    );
    assert_eq!(
        (page.form.as_deref(), page.period.as_deref()),
        (Some("VB"), Some("2026"))
    );
    assert!(page.units.len() > 100 && page.unit.is_some());
    let page = shown("VAN_BAN", &[("VB[1, so]", "1.2")]);
    assert_eq!(page.problems.len(), 1, "{:?}", page.problems);
    assert_eq!(page.problems[0].address.as_deref(), Some("VB[1, so]"));
    assert!(page.html.contains("value=\"1.2\""), "{}", page.html);
    // Rows that a reporter chooses begin with a few; figures of an earlier report can be typed, and the sums follow.
    let page = shown("TTHC_06A", &[("TTHC06A[dat_dai, 6]", "12")]);
    assert!(page.html.contains("value=\"12\""), "{}", page.html);
    // Rows are put in and taken out by their addresses.
    let rows = |page: &Page| page.html.matches("<tr data-row=").count();
    let before = rows(&page);
    let page = shown(
        "TTHC_06A",
        &[("TTHC06A[ho_tich, ]", "+"), ("TTHC06A[dat_dai, ]", "-")],
    );
    assert!(page.html.contains("data-row=\"ho_tich\""), "{}", page.html);
    assert!(!page.html.contains("data-row=\"dat_dai\""), "{}", page.html);
    assert!(
        page.html.contains("TTHC06A[dat_dai, ]"),
        "it can be put in again"
    );
    assert_eq!(rows(&page), before);
}

#[test]
fn the_preview_makes_up_an_event_and_shows_the_forms_that_follow_it() {
    let project = whole();
    let mut texts: Vec<(String, String)> = Vec::new();
    for source in &project.sources {
        texts.push((source.file.path.clone(), source.file.text.to_string()));
    }
    let disasters = include_str!("../../regimes/thien_tai.regime");
    texts.push(("thien_tai.regime".to_string(), disasters.to_string()));
    texts.extend(project.tables.as_ref().clone());
    texts.sort();
    let texts = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let snapshot = Snapshot::new(&project_of(texts));
    let render = renderer(|| Date::constant(2026, 12, 1));
    let regime = snapshot.regime("THIEN_TAI").expect("the regime");
    let plan = regime.plan().expect("a plan");
    let shown = |form: Option<&str>, period: Option<&str>, values: &[(&str, &str)]| -> String {
        let values: BTreeMap<String, String> = values
            .iter()
            .map(|(address, text)| (address.to_string(), text.to_string()))
            .collect();
        let page = render(&Draft {
            snapshot: &snapshot,
            plan,
            form,
            period,
            unit: None,
            language: Language::Vietnamese,
            values: &values,
        });
        let periods: Vec<String> = page
            .periods
            .iter()
            .map(|choice| format!("{} = {}", choice.name, choice.label))
            .collect();
        let given = page.html.matches("data-given=").count();
        format!(
            "{}: {}{}, {} fields of the event, of {}",
            page.period.unwrap_or_default(),
            page.form.unwrap_or_default(),
            if page.absent { " (does not apply)" } else { "" },
            given,
            periods.join("; ")
        )
    };
    let told = [
        shown(None, None, &[]),
        shown(Some("dot_ung_pho"), None, &[]),
        shown(Some("dot_ung_pho"), Some("2026"), &[]),
        shown(Some("TKTH02"), None, &[("dot.loai", "loc")]),
        shown(
            Some("TKTH02"),
            Some("daily:dot:2026-12-01"),
            &[("dot.loai", "bao")],
        ),
        shown(
            None,
            Some("end:dot"),
            &[("dot@start", "20/10/2026"), ("dot@end", "24/10/2026")],
        ),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

/// As much of a web socket as a test needs: a text goes out masked with zeros, a message comes in whole.
struct Socket {
    stream: TcpStream,
}

impl Socket {
    /// Asks for a line; the status of the answer, and the line if there is one.
    async fn open(world: &World, cookie: Option<&str>, origin: &str) -> (u16, Socket) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = world.app.clone();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let mut stream = TcpStream::connect(address).await.expect("a stream");
        let origin = match origin {
            "" => format!("http://{address}"),
            other => other.to_string(),
        };
        let cookie = cookie.map_or(String::new(), |cookie| format!("Cookie: {cookie}\r\n"));
        let request = format!(
            "GET /soan/may-chu HTTP/1.1\r\nHost: {address}\r\nOrigin: {origin}\r\n{cookie}Connection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("asked");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("an answer"));
        }
        let head = String::from_utf8(head).expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        (status.expect("a status"), Socket { stream })
    }

    async fn say(&mut self, message: Value) {
        let text = message.to_string();
        let mut frame = vec![0x81, 0xFE];
        frame.extend((text.len() as u16).to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).await.expect("said");
    }

    /// The kind of the next frame and what is in it.
    async fn frame(&mut self) -> (u8, Vec<u8>) {
        let kind = self.stream.read_u8().await.expect("a frame") & 0x0F;
        let length = match self.stream.read_u8().await.expect("a length") {
            126 => self.stream.read_u16().await.expect("a length") as usize,
            127 => self.stream.read_u64().await.expect("a length") as usize,
            short => short as usize,
        };
        let mut content = vec![0; length];
        self.stream.read_exact(&mut content).await.expect("content");
        (kind, content)
    }

    /// The next message that is as it should be.
    async fn hear(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (kind, content) = self.frame().await;
            assert_eq!(kind, 1, "{}", String::from_utf8_lossy(&content));
            let message = serde_json::from_slice(&content).expect("JSON");
            if wanted(&message) {
                return message;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_is_for_authors_on_pages_of_this_server_and_tells_their_mistakes() {
    let world = studio();
    let author = publisher(&world).await;
    let cookie = author.cookie.as_deref();
    let (status, _) = Socket::open(&world, cookie, "https://example.com").await;
    assert_eq!(status, 403);
    let officer = Browser::signed_in(&world, "canbo.anhson").await;
    let (status, _) = Socket::open(&world, officer.cookie.as_deref(), "").await;
    assert_eq!(status, 403);
    // Nobody is signed in: the browser is told so at once, and nothing it says is read.
    let (status, mut socket) = Socket::open(&world, None, "").await;
    assert_eq!(status, 101);
    let (kind, content) = socket.frame().await;
    assert_eq!((kind, &content[..2]), (8, &4401u16.to_be_bytes()[..]));

    let (status, mut socket) = Socket::open(&world, cookie, "").await;
    assert_eq!(status, 101);
    let introduction = json!({"processId": null, "rootUri": "memory:///soan/", "capabilities": {}});
    socket
        .say(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": introduction}))
        .await;
    socket.hear(|message| message["id"] == 1).await;
    let told =
        |method: &str, params: Value| json!({"jsonrpc": "2.0", "method": method, "params": params});
    socket.say(told("initialized", json!({}))).await;
    let uri = "memory:///soan/van_ban.regime";
    let wrong = REGIME.replace("measure van_ban\n", "measure vanban\n");
    let item = json!({"uri": uri, "languageId": "regime", "version": 1, "text": wrong});
    let opened = told("textDocument/didOpen", json!({"textDocument": item}));
    socket.say(opened).await;
    let of_file = |message: &Value| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    };
    let mistakes = socket.hear(of_file).await;
    let first = &mistakes["params"]["diagnostics"][0];
    assert_eq!(first["code"], "R201", "{mistakes}");
    let help = first["codeDescription"]["href"].as_str().expect("a link");
    assert!(
        help.starts_with("http://127.0.0.1") && help.ends_with("/tro-giup/ma-loi/R201"),
        "{help}"
    );
    let whole =
        json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": REGIME}]});
    socket.say(told("textDocument/didChange", whole)).await;
    let values = json!({"VB[1, so]": "1.200", "VB[2, so]": "300"});
    let asked = json!({"uri": uri, "values": values});
    socket
        .say(json!({"jsonrpc": "2.0", "id": 2, "method": "regime/preview", "params": asked}))
        .await;
    let answer = socket.hear(|message| message["id"] == 2).await;
    let preview = &answer["result"];
    assert_eq!(preview["sound"], true, "{answer}");
    assert!(
        preview["html"]
            .as_str()
            .is_some_and(|html| html.contains("900"))
    );
    let asked = json!({"uri": uri, "form": "VB", "period": preview["period"], "unit": preview["unit"], "values": values, "title": "còn lại"});
    socket
        .say(json!({"jsonrpc": "2.0", "id": 3, "method": "regime/testFromSample", "params": asked}))
        .await;
    let answer = socket.hear(|message| message["id"] == 3).await;
    let edit = &answer["result"]["edit"]["changes"][uri][0]["newText"];
    let edit = edit.as_str().expect("an edit").to_string();
    for line in [
        "test \"còn lại\" {",
        "so: 1200",
        "expect valid",
        "period year 2027",
    ] {
        assert!(edit.contains(line), "{line}: {edit}");
    }
}

#[tokio::test]
async fn an_edit_from_the_studio_survives_the_next_start_on_the_same_folder() {
    let world = studio();
    let mut author = publisher(&world).await;
    let form = [("ban", "1"), ("van_ban", "# của tôi\n"), ("action", "luu")];
    author
        .post_and_follow("/soan/tep/kntc_xld.regime", &form)
        .await
        .shows("Đã lưu bản soạn.");
    let mut folder = project();
    let other = project_of([("tthc_06a.regime", "# mới\n")].into_iter());
    folder
        .sources
        .retain(|source| source.file.path != "tthc_06a.regime");
    folder.sources.extend(other.sources);
    world
        .service
        .take_in_drafts(&folder, "van-hanh", moment("16/12/2026 08:00"))
        .expect("the drafts");
    author
        .get("/soan/tep/kntc_xld.regime")
        .await
        .shows("# của tôi");
    author.get("/soan/tep/tthc_06a.regime").await.shows("# mới");
}

#[tokio::test]
async fn another_page_cannot_save_in_the_name_of_an_author() {
    let world = world_of(&crate::world::SNAPSHOT);
    let mut author = publisher(&world).await;
    let body = saving("a.regime", "x", 0);
    let request = author
        .request(Method::POST, "/api/soan/luu")
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(body))
        .expect("a request");
    let refused = author.send(request).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let page = author
        .get(&format!("/soan/tep/{}", encoded("a.regime")))
        .await;
    page.shows("\"revision\":0");
}
