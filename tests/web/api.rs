//! The JSON interface for programs, asked as a unit's own program asks it: keys, figures, both values of a conflict, requests sent twice, garbage.
//!
//! It deliberately uses nothing but HTTP after a key is made. An answer of another status than expected ends the test with its body.

use crate::world::{Answer, Browser, REPORT, World, approved, moment, person, world};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use regime::calendar::Date;
use regime::organisation::UnitId;
use regime::reports::people::token::TokenRight;
use regime::reports::permission::{Action, Role};
use regime::service::tokens::NewToken;
use regime::web::routes::table;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tower::ServiceExt;

pub const COMMUNE: &str = "C17329.2025";
pub const AT: &str = "/api/v1/reports/TTHC_06A/2026/C17329.2025";

/// A program with its key.
#[derive(Clone)]
pub struct Program {
    pub app: Router,
    pub key: Option<String>,
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// A key that the head of the unit made for this year.
pub fn key(world: &World, unit: &str, responsible: &str, rights: &[TokenRight]) -> String {
    let head = person("chutich", Role::HeadOfUnit, unit);
    let new = NewToken {
        unit: UnitId::from(unit),
        name: "Phần mềm một cửa".to_string(),
        rights: rights.to_vec(),
        responsible: responsible.to_string(),
        from: day("2026-12-01"),
        to: day("2026-12-31"),
        reason: "Kết nối phần mềm".to_string(),
    };
    let made = world
        .service
        .make_token(&head, &new, moment("10/12/2026 08:00"));
    made.expect("a key")
}

impl Program {
    pub fn new(world: &World, key: &str) -> Program {
        Program {
            app: world.app.clone(),
            key: Some(key.to_string()),
        }
    }

    /// The program of the commune's officer, with every right.
    pub fn of_commune(world: &World) -> Program {
        let key = key(world, COMMUNE, "canbo.anhson", &TokenRight::ALL);
        Program::new(world, &key)
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080");
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Reply {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            body: String::from_utf8_lossy(&bytes).to_string(),
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], Vec::new()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        let kind = [("content-type", "application/json")];
        let body = body.to_string().into_bytes();
        self.send(Method::POST, path, &kind, body).await
    }

    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Reply {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        let body = body.to_string().into_bytes();
        self.send(Method::POST, path, &headers, body).await
    }
}

/// What a program is answered.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
    pub body: String,
}

impl Reply {
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.json
    }

    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.json["code"], code, "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.json["status"], status);
        self.json
    }
}

fn cell(column: &str, value: impl Into<Value>) -> Value {
    let value: Value = value.into();
    json!({ "form": "TTHC06A", "row": "dat_dai", "column": column, "value": value })
}

/// The figures of one sound row, as a program sends them.
fn sound() -> Value {
    let cells = [
        ("4", "120"),
        ("5", "30"),
        ("8", "100"),
        ("9", "40"),
        ("10", "2"),
        ("12", "18"),
        ("13", "2"),
    ];
    cells
        .into_iter()
        .map(|(column, value)| cell(column, value))
        .collect()
}

async fn filled(program: &Program) -> u64 {
    let row = json!([{ "form": "TTHC06A", "row": "dat_dai" }]);
    let body = json!({ "base": 0, "rows_added": row, "cells": sound() });
    let saved = program.post(&format!("{AT}/draft"), &body).await.ok();
    assert_eq!(saved["draft"], 1);
    let opening = json!({
        "form": "TTHC06A",
        "cells": [{ "row": "dat_dai", "column": "6", "value": "12" }],
        "reason": "Theo báo cáo giấy năm 2025",
    });
    let opened = program.post(&format!("{AT}/opening"), &opening).await.ok();
    opened["draft"].as_u64().expect("a number")
}

#[tokio::test]
async fn a_program_fills_in_checks_and_proposes_and_sends_only_what_a_person_approved() {
    let world = world();
    let program = Program::of_commune(&world);
    let owed = program.get("/api/v1/obligations").await.ok();
    let owed = owed["obligations"].as_array().expect("a list");
    assert!(
        owed.iter()
            .any(|one| one["regime"] == "TTHC_06A" && one["period"] == "2026"),
        "{owed:?}"
    );
    let definition = program
        .get("/api/v1/regimes/TTHC_06A/versions/1")
        .await
        .ok();
    let form = &definition["forms"][0];
    assert_eq!(form["name"], "TTHC06A");
    assert_eq!(form["rows"], "chosen");
    assert!(!definition["rules"].as_array().expect("rules").is_empty());
    let draft = filled(&program).await;
    let findings = program.get(&format!("{AT}/findings")).await.ok();
    assert_eq!(findings["blocking"], 0, "{findings}");
    let report = program.get(AT).await.ok();
    assert_eq!(
        report["figures"]["forms"]["TTHC06A"]["rows"]["dat_dai"]["4"],
        "120"
    );
    let cells = report["cells"].as_array().expect("cells");
    let total = cells
        .iter()
        .find(|one| one["row"] == "total" && one["column"] == "8");
    assert_eq!(total.expect("a total")["value"], "100");
    let proposed = program
        .post(&format!("{AT}/propose"), &json!({ "draft": draft }))
        .await
        .ok();
    assert_eq!(proposed["status"], "proposed");
    // What nobody approved no program sends.
    program
        .post(&format!("{AT}/send"), &json!({ "revision": 1 }))
        .await
        .refused(409, "wrong_status");
    for path in ["duyet", "approve", "accept", "receive", "return"] {
        program
            .post(&format!("{AT}/{path}"), &json!({ "revision": 1 }))
            .await
            .refused(404, "not_found");
    }
    let mut head = approved(&world, REPORT).await;
    head.get(&format!("{REPORT}/lich-su"))
        .await
        .shows("Phần mềm một cửa (API ")
        .shows("thay mặt Nguyễn Thị Hòa");
    let revisions = program.get(&format!("{AT}/revisions")).await.ok();
    let by = &revisions["revisions"][0]["proposed"];
    assert_eq!(by["unit"], COMMUNE);
    assert_eq!(by["on_behalf_of"], "Nguyễn Thị Hòa");
    let frozen = program.get(&format!("{AT}/revisions/1")).await.ok();
    let rows = &frozen["figures"]["forms"]["TTHC06A"]["rows"];
    assert_eq!(rows["dat_dai"]["9"], "40");
    program
        .get(&format!("{AT}/revisions/2"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_program_may_send_what_the_head_approved_where_its_key_may_send() {
    let world = world();
    let program = Program::of_commune(&world);
    let draft = filled(&program).await;
    let propose = json!({ "draft": draft });
    program.post(&format!("{AT}/propose"), &propose).await.ok();
    let head = person("chutich.anhson", Role::HeadOfUnit, COMMUNE);
    let address = regime::service::view::ReportAddress {
        regime: "TTHC_06A".to_string(),
        period: "2026".parse().expect("a period"),
        unit: UnitId::from(COMMUNE),
    };
    let approve = regime::reports::command::Command::Approve { revision: 1 };
    world
        .service
        .command(&head, &address, moment("15/12/2026 08:00"), |_| approve)
        .expect("approved");
    let writes = key(&world, COMMUNE, "canbo.anhson", &[TokenRight::Write]);
    let send = json!({ "revision": 1 });
    Program::new(&world, &writes)
        .post(&format!("{AT}/send"), &send)
        .await
        .refused(403, "right_missing");
    let sent = program.post(&format!("{AT}/send"), &send).await.ok();
    assert_eq!(sent["status"], "sent");
    let aggregator = person("quantri", Role::Administrator, "P40");
    let office = "P40-vp_ubnd_tinh";
    let new = NewToken {
        unit: UnitId::from(office),
        name: "Kho dữ liệu".to_string(),
        rights: Vec::new(),
        responsible: "tonghop".to_string(),
        from: day("2026-12-01"),
        to: day("2026-12-31"),
        reason: "Kho dữ liệu".to_string(),
    };
    let made = world
        .service
        .make_token(&aggregator, &new, moment("10/12/2026 08:00"));
    let warehouse = Program::new(&world, &made.expect("a key"));
    let whole = warehouse
        .get("/api/v1/consolidations/TTHC_06A/2026/TTHC06A")
        .await
        .ok();
    let cells = whole["groups"][0]["cells"].as_array().expect("cells");
    let figure = cells
        .iter()
        .find(|one| one["row"] == "dat_dai" && one["column"] == "8")
        .expect("a figure");
    assert_eq!(figure["value"], "100");
    assert_eq!(figure["answered"], 1);
    program
        .get("/api/v1/consolidations/TTHC_06A/2026/TTHC06A")
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn whoever_saves_over_another_gets_both_values_and_every_digit_is_kept() {
    let world = world();
    let program = Program::of_commune(&world);
    filled(&program).await;
    let save = |base: u64, value: Value| json!({ "base": base, "cells": [cell("4", value)] });
    let at = format!("{AT}/draft");
    program.post(&at, &save(2, json!("121"))).await.ok();
    let conflict = program
        .post(&at, &save(2, json!("122")))
        .await
        .refused(409, "conflict");
    assert_eq!(conflict["draft"], 3);
    assert_eq!(conflict["conflicts"][0]["stored"], "121");
    assert_eq!(conflict["conflicts"][0]["column"], "4");
    // Another cell of the same base meets nobody.
    let other = json!({ "base": 2, "cells": [cell("5", "nil")] });
    program.post(&at, &other).await.ok();
    let long = "1234567890123456789012345678.12";
    let exact = program.post(&at, &save(4, json!(long))).await.ok();
    assert_eq!(exact["draft"], 5);
    let report = program.get(AT).await.ok();
    let rows = &report["figures"]["forms"]["TTHC06A"]["rows"]["dat_dai"];
    assert_eq!(rows["4"], long);
    assert_eq!(rows["5"], "nil");
    program.post(&at, &save(5, Value::Null)).await.ok();
    let report = program.get(AT).await.ok();
    let rows = &report["figures"]["forms"]["TTHC06A"]["rows"]["dat_dai"];
    assert_eq!(rows.get("4"), None);
}

#[tokio::test]
async fn a_request_sent_again_is_done_once_and_gets_the_same_answer() {
    let world = world();
    let program = Program::of_commune(&world);
    filled(&program).await;
    let at = format!("{AT}/draft");
    let body = json!({ "base": 2, "cells": [cell("4", "121")] });
    let first = program.post_once(&at, "mot", &body).await;
    assert!(first.headers.get("idempotency-replayed").is_none());
    let words = first.body.clone();
    assert_eq!(first.ok()["draft"], 3);
    let after = json!({ "base": 3, "cells": [cell("4", "122")] });
    assert_eq!(program.post(&at, &after).await.ok()["draft"], 4);
    let again = program.post_once(&at, "mot", &body).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.body, words);
    let report = program.get(AT).await.ok();
    assert_eq!(report["draft"], 4);
    let rows = &report["figures"]["forms"]["TTHC06A"]["rows"]["dat_dai"];
    assert_eq!(rows["4"], "122");
    program
        .post_once(&at, "mot", &after)
        .await
        .refused(422, "idempotency_key_reused");
    // A refusal is not kept: what was wrong may be right later.
    let early = json!({ "draft": 99 });
    let propose = format!("{AT}/propose");
    program
        .post_once(&propose, "hai", &early)
        .await
        .refused(409, "other_draft");
    program
        .post_once(&propose, "hai", &json!({ "draft": 4 }))
        .await;
    // The key of one program says nothing about that of another.
    let other = key(&world, COMMUNE, "canbo.anhson", &[TokenRight::Write]);
    program
        .post_once(&at, "b a", &body)
        .await
        .refused(400, "malformed");
    let other = Program::new(&world, &other)
        .post_once(&at, "mot", &after)
        .await;
    assert!(other.headers.get("idempotency-replayed").is_none());
    assert_eq!(other.ok()["draft"], 4);
}

#[tokio::test]
async fn a_file_is_attached_and_handed_out_again() {
    let regime = r#"
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
    let world = crate::world::world_with(regime);
    let program = Program::of_commune(&world);
    let at = "/api/v1/reports/KIEM_TRA/2026-11/C17329.2025";
    let bytes = [("content-type", "application/octet-stream")];
    let attach =
        |column: &str, name: &str| format!("{at}/files?base=0&form=KT&column={column}&name={name}");
    let content = b"noi dung".to_vec();
    let wrong = program
        .send(Method::POST, &attach("1", "a.pdf"), &bytes, content.clone())
        .await
        .refused(422, "unusable_values");
    assert_eq!(wrong["errors"][0]["code"], "not_for_files");
    program
        .send(Method::POST, &attach("2", "a.pdf"), &bytes, Vec::new())
        .await
        .refused(422, "file_refused");
    program
        .send(
            Method::POST,
            &attach("2", "V%C4%83n%20b%E1%BA%A3n.pdf"),
            &bytes,
            content.clone(),
        )
        .await
        .ok();
    let report = program.get(at).await.ok();
    let text = report["figures"]["forms"]["KT"]["rows"][""]["2"]
        .as_str()
        .expect("a file")
        .to_string();
    let hash = text
        .strip_prefix("sha256:")
        .and_then(|rest| rest.split(' ').next())
        .expect("a hash");
    let file = program.get(&format!("{at}/files/{hash}")).await;
    assert_eq!(file.body.as_bytes(), content);
    assert_eq!(file.headers["content-type"], "application/octet-stream");
    let nobodys = "0".repeat(64);
    program
        .get(&format!("{at}/files/{nobodys}"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_head_makes_a_key_sees_it_once_and_takes_it_back() {
    let world = world();
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    head.get("/tai-khoan").await.shows("href=\"/khoa-api\"");
    head.get("/khoa-api").await.shows("/khoa-api/C17329.2025");
    let page = "/khoa-api/C17329.2025";
    let fields = |responsible: &'static str, to: &'static str| {
        [
            ("ten", "Phần mềm một cửa"),
            ("quyen.write", "1"),
            ("phu_trach", responsible),
            ("tu", "2026-12-15"),
            ("den", to),
            ("ly_do", "Kết nối phần mềm"),
        ]
    };
    let stranger = head
        .post(page, &fields("canbo.muongxen", "2026-12-31"))
        .await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    stranger.shows("Người phụ trách phải là");
    let long = head.post(page, &fields("canbo.anhson", "2028-12-31")).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = head.post(page, &fields("canbo.anhson", "2026-12-31")).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let secret = made
        .body
        .split("<code class=\"secret\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .expect("a secret")
        .to_string();
    let id = secret.split('_').nth(1).expect("an id").to_string();
    let program = Program::new(&world, &secret);
    let token = program.get("/api/v1/token").await.ok();
    assert_eq!(token["rights"], json!(["read", "write"]));
    assert_eq!(token["unit_name"], "Xã Anh Sơn");
    head.get(page)
        .await
        .hides(&secret)
        .shows(&id)
        .shows("15/12/2026 09:00");
    let revoke = format!("{page}/thu-hoi");
    let unreasoned = head.post(&revoke, &[("khoa", &id), ("ly_do", "")]).await;
    assert_eq!(unreasoned.status, StatusCode::UNPROCESSABLE_ENTITY);
    head.post_and_follow(&revoke, &[("khoa", &id), ("ly_do", "Đổi phần mềm")])
        .await
        .shows("Đã thu hồi khóa.")
        .shows("Đổi phần mềm");
    program.get("/api/v1/token").await.refused(401, "no_token");
    let kept = format!("{:?}", stored(&world));
    assert!(!kept.contains(&secret), "the secret is kept nowhere");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    assert_eq!(officer.get(page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(officer.get("/khoa-api").await.status, StatusCode::FORBIDDEN);
}

fn stored(world: &World) -> impl std::fmt::Debug {
    let reading = world.service.store().begin_read().expect("a transaction");
    let tokens = reading.tokens(None).expect("keys");
    let events: Vec<_> = tokens
        .iter()
        .map(|state| reading.token_events(&state.token.id).expect("events"))
        .collect();
    (tokens, events)
}

#[tokio::test]
async fn a_key_does_no_more_than_its_responsible_person_and_stops_with_them() {
    let world = world();
    let program = Program::of_commune(&world);
    filled(&program).await;
    let administrator = person("quantri", Role::Administrator, "P40");
    world
        .service
        .disable_account(
            &administrator,
            "canbo.anhson",
            "Nghỉ việc",
            moment("15/12/2026 08:30"),
        )
        .expect("disabled");
    program.get("/api/v1/token").await.ok();
    program.get(AT).await.refused(404, "not_found");
    let save = json!({ "base": 2, "cells": [cell("4", "1")] });
    program
        .post(&format!("{AT}/draft"), &save)
        .await
        .refused(404, "not_found");
    // A head's key proposes nothing, because a head does not, and it never approves.
    let heads = key(&world, COMMUNE, "chutich.anhson", &TokenRight::ALL);
    let heads = Program::new(&world, &heads);
    heads.get(AT).await.ok();
    heads
        .post(&format!("{AT}/draft"), &save)
        .await
        .refused(403, "not_permitted");
    let judging = [
        Action::Approve,
        Action::Return,
        Action::Receive,
        Action::Accept,
        Action::Reopen,
        Action::Administer,
        Action::ManageTokens,
    ];
    for right in TokenRight::ALL {
        for action in judging {
            assert!(!right.actions().contains(&action), "{right:?} {action:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_named_and_nothing_is_saved() {
    let world = world();
    let program = Program::of_commune(&world);
    let at = format!("{AT}/draft");
    let bad = |form: &str, row: &str, column: &str, value: &str| json!({ "form": form, "row": row, "column": column, "value": value });
    let body = json!({
        "base": 0,
        "cells": [
            bad("KHONG", "dat_dai", "4", "1"),
            bad("TTHC06A", "khong_co", "4", "1"),
            bad("TTHC06A", "dat_dai", "99", "1"),
            bad("TTHC06A", "dat_dai", "4", "1.234,5"),
            bad("TTHC06A", "dat_dai", "4", "1e999999999"),
            bad("TTHC06A", "dat_dai", "4", ""),
            bad("TTHC06A", "dat_dai", "3", "1"),
            cell("4", "7"),
        ],
        "rows_added": [{ "form": "TTHC06A", "row": "total" }],
        "narratives": [{ "narrative": "khong_co", "text": "x" }],
    });
    let refused = program
        .post(&at, &body)
        .await
        .refused(422, "unusable_values");
    let errors = refused["errors"].as_array().expect("errors");
    let codes: Vec<&str> = errors
        .iter()
        .map(|error| error["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(
        codes,
        [
            "unknown_form",
            "unknown_row",
            "unknown_column",
            "not_a_number",
            "not_a_number",
            "empty",
            "not_entered",
            "unknown_row",
            "unknown_narrative"
        ]
    );
    assert_eq!(program.get(AT).await.ok()["draft"], 0);
    let english = [
        ("content-type", "application/json"),
        ("accept-language", "en"),
    ];
    let words = program
        .send(Method::POST, &at, &english, body.to_string().into_bytes())
        .await
        .refused(422, "unusable_values");
    assert_eq!(
        words["detail"],
        "9 values cannot be used; nothing was saved."
    );
}

#[tokio::test]
async fn bombs_and_wrong_shapes_are_told_and_never_a_failure() {
    let world = world();
    let program = Program::of_commune(&world);
    let at = format!("{AT}/draft");
    let json = [("content-type", "application/json")];
    let deep = format!("{{\"base\":0,\"cells\":{}", "[".repeat(100_000));
    let wide = format!("{{\"base\":0,\"cells\":[{}1]}}", "1,".repeat(200_000));
    let number = format!("{{\"base\":{}}}", "9".repeat(300_000));
    let bodies: [(&str, Vec<u8>, u16, &str); 13] = [
        ("deep", deep.into_bytes(), 400, "malformed"),
        ("wide", wide.into_bytes(), 400, "malformed"),
        ("a long number", number.into_bytes(), 400, "malformed"),
        ("a float", b"{\"base\":1.5}".to_vec(), 400, "malformed"),
        (
            "an exponent",
            b"{\"base\":1e400}".to_vec(),
            400,
            "malformed",
        ),
        ("below zero", b"{\"base\":-1}".to_vec(), 400, "malformed"),
        ("nothing", Vec::new(), 400, "malformed"),
        ("no object", b"[]".to_vec(), 400, "malformed"),
        ("no JSON", b"{\"base\":0".to_vec(), 400, "malformed"),
        (
            "no UTF-8",
            b"{\"base\":\"\xff\"}".to_vec(),
            400,
            "malformed",
        ),
        (
            "a misspelt name",
            b"{\"base\":0,\"cell\":[]}".to_vec(),
            400,
            "malformed",
        ),
        (
            "a name twice",
            b"{\"base\":0,\"base\":1}".to_vec(),
            400,
            "malformed",
        ),
        ("too large", vec![b' '; 2 * 1024 * 1024], 413, "too_large"),
    ];
    for (name, body, status, code) in bodies {
        let reply = program.send(Method::POST, &at, &json, body).await;
        assert_eq!(reply.status.as_u16(), status, "{name}: {}", reply.body);
        assert_eq!(reply.json["code"], code, "{name}: {}", reply.body);
    }
    let body = b"{\"base\":0}".to_vec();
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        program
            .send(Method::POST, &at, &[("content-type", kind)], body.clone())
            .await
            .refused(415, "wrong_content_type");
    }
    program
        .get(&format!("{AT}?lang=en"))
        .await
        .refused(400, "malformed");
    let method = program.send(Method::DELETE, AT, &[], Vec::new()).await;
    assert_eq!(method.headers["allow"], "GET,HEAD");
    method.refused(405, "method_not_allowed");
    for path in [
        "/api/v1",
        "/api/v1/khong-co",
        "/api/v1/reports/TTHC_06A/khong-phai-ky/C17329.2025",
        "/api/v1/reports/%00/2026/%FF",
        "/api/v1/regimes/TTHC_06A/versions/99999999999999999999",
    ] {
        program.get(path).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn a_key_used_too_often_is_told_when_to_come_back() {
    let world = world();
    let program = Program::of_commune(&world);
    let mut told = 0;
    for _ in 0..1_300 {
        let reply = program.get("/api/v1/token").await;
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            let wait = reply.headers["retry-after"].to_str().expect("seconds");
            let wait: u32 = wait.parse().expect("seconds");
            assert!((1..=60).contains(&wait));
            reply.refused(429, "too_many_requests");
            told += 1;
            break;
        }
    }
    assert_eq!(told, 1);
}

#[tokio::test]
async fn the_document_names_every_address_of_the_interface_and_no_other() {
    let world = world();
    let nobody = Program {
        app: world.app.clone(),
        key: None,
    };
    let document = nobody.get("/api/v1/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().expect("paths");
    let written: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods");
            methods
                .keys()
                .map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let served: BTreeSet<(String, String)> = table()
        .into_iter()
        .filter(|route| route.path.starts_with("/api/v1"))
        .map(|route| (route.method.to_string(), route.path))
        .collect();
    assert_eq!(written, served);
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object();
    let schemas = schemas.expect("schemas");
    for name in text.split("#/components/schemas/").skip(1) {
        let name = name.split('"').next().unwrap_or_default();
        assert!(schemas.contains_key(name), "{name} is not defined");
    }
    let save = &document["paths"]["/api/v1/reports/{regime}/{period}/{unit}/draft"]["post"];
    assert_eq!(save["x-right"], "write");
    insta::assert_json_snapshot!(schemas["SaveRequest"]);
    let mut visitor = Browser::new(&world);
    let page: Answer = visitor.get("/tro-giup/api").await;
    page.shows("/api/v1/openapi.json")
        .shows("Idempotency-Key: $(uuidgen)")
        .shows("GET /api/v1/obligations");
}
