//! The consolidated document: what a body adds to the sum, what is frozen, how it goes on to the next body, and that it always is what the reports say.

use crate::world::{Browser, HASH, World, moment, person, world_with};
use axum::http::StatusCode;
use regime::calendar::Moment;
use regime::eval::figures::Entry;
use regime::number::Number;
use regime::organisation::UnitId;
use regime::plan::header::Channel;
use regime::reports::command::{CellChange, Command, DraftChange, ReturnReason};
use regime::reports::dispatch::{Dispatch, SendingNote};
use regime::reports::key::CellKey;
use regime::reports::permission::{Actor, Grant, Role};
use regime::reports::refusal::Refusal;
use regime::reports::report::{Report, Status};
use regime::service::people::administration::NewAccount;
use regime::service::problem::ServiceError;
use regime::service::view::ReportAddress;
use regime::service::whole::document::{DocumentAddress, DocumentCommand};
use regime::service::whole::verify::Fault;
use std::collections::BTreeMap;

/// Communes to a department, the department to the Provincial Office, the Office to Hà Nội.
const TWO_LEVELS: &str = r#"
regime HAI_CAP "Tổng hợp hai cấp" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Văn phòng Chính phủ"
  channel system
  route xa -> so_tu_phap -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period month
  deadline xa, so_tu_phap, vp_ubnd_tinh local
  outline {
    section I "Tình hình" { narrative "Khó khăn, vướng mắc" optional }
    table HS
  }
  form HS "01/HS" "HỒ SƠ" {
    rows each reporting unit
    column 1 so "Số hồ sơ" measure don
    column 2 dung "Đúng hạn" measure don
    column 3 ty_le "Tỷ lệ" percent(1) = [2] / [1]
    check [2] <= [1]
  }
}
"#;

const DEPARTMENT: &str = "P40-so_tu_phap";
const OFFICE: &str = "P40-vp_ubnd_tinh";
const COMMUNES: [&str; 3] = ["C17329.2025", "C17200.2025", "C16690.2025"];
const FIGURE: &str = "/so-lieu/HAI_CAP/2026-11/HS/1?nhom=";

fn now() -> Moment {
    moment("05/12/2026 08:00")
}

fn document(body: &str) -> DocumentAddress {
    DocumentAddress {
        regime: "HAI_CAP".to_string(),
        period: "2026-11".parse().expect("a period"),
        body: UnitId::from(body),
    }
}

/// Sends, or corrects and sends again, the report of a commune.
fn sends(world: &World, unit: &str, number: &str, in_time: &str) {
    let address = ReportAddress {
        regime: "HAI_CAP".to_string(),
        period: "2026-11".parse().expect("a period"),
        unit: UnitId::from(unit),
    };
    let cell = |column: &str, value: &str| CellChange {
        cell: CellKey::new("HS", "", column),
        entry: Some(Entry::Value(value.to_string())),
    };
    let (officer, head) = (
        person("lap", Role::Officer, unit),
        person("duyet", Role::HeadOfUnit, unit),
    );
    let desk = person("phong", Role::Aggregator, DEPARTMENT);
    let command = |actor: &Actor, command: &dyn Fn(&Report) -> Command| {
        let done = world.service.command(actor, &address, now(), command);
        done.unwrap_or_else(|error| panic!("{unit}: {error:?}"))
    };
    let reading = world.service.store().begin_read().expect("a transaction");
    let stored = reading.report("HAI_CAP", &address.period, &address.unit);
    drop(reading);
    if let Some(stored) = stored.expect("a report") {
        let revision = stored.revisions.len() as u32;
        let reasons = vec![ReturnReason {
            cell: None,
            text: "Kiểm tra lại".to_string(),
        }];
        command(&desk, &|_| Command::Return {
            revision,
            reasons: reasons.clone(),
        });
    }
    command(&officer, &|report| Command::Save {
        base: report.draft,
        change: DraftChange {
            cells: vec![cell("1", number), cell("2", in_time)],
            ..DraftChange::default()
        },
    });
    command(&officer, &|report| Command::Propose {
        draft: report.draft,
    });
    command(&head, &|report| Command::Approve {
        revision: report.revisions.len() as u32,
    });
    command(&head, &|report| Command::Send {
        revision: report.revisions.len() as u32,
        note: SendingNote::default(),
    });
}

fn adds(
    world: &World,
    actor: &Actor,
    body: &str,
    command: impl FnOnce(u64, u32) -> DocumentCommand,
) -> Result<Report, ServiceError> {
    let at = document(body);
    let reading = world.service.store().begin_read().expect("a transaction");
    let stored = reading
        .document(&at.regime, &at.period, &at.body)
        .expect("a document");
    drop(reading);
    let (draft, revision) = stored.map_or((0, 0), |stored| {
        (stored.draft, stored.revisions.len() as u32)
    });
    world
        .service
        .document_command(actor, &at, command(draft, revision), now())
}

#[track_caller]
fn refusal(outcome: Result<Report, ServiceError>) -> Refusal {
    match outcome {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn adjust(column: &str, by: i64, reason: &str) -> impl FnOnce(u64, u32) -> DocumentCommand {
    let (cell, reason) = (CellKey::new("HS", "", column), reason.to_string());
    move |base, _| DocumentCommand::Adjust {
        base,
        cell,
        difference: Number::from_i64(by),
        reason,
    }
}

/// Proposes, approves and sends a body's document.
fn sent_on(world: &World, body: &str) -> Report {
    let desk = person("tong_hop", Role::Aggregator, body);
    let head = person("thu_truong", Role::HeadOfUnit, body);
    let proposed = adds(world, &desk, body, |draft, _| {
        DocumentCommand::Step(Command::Propose { draft })
    });
    proposed.expect("proposed");
    let outside = SendingNote {
        late_reason: None,
        dispatch: Some(Dispatch {
            channel: Channel::Edoc,
            at: moment("05/12/2026 07:30"),
            document: Some("12/BC-UBND".to_string()),
        }),
    };
    let note = match body {
        OFFICE => SendingNote::default(),
        DEPARTMENT => SendingNote::default(),
        _ => outside,
    };
    let sent = adds(world, &head, body, |_, revision| {
        DocumentCommand::ApproveAndSend { revision, note }
    });
    sent.expect("sent")
}

/// The figures of one column over the whole, as frozen in the newest revision.
fn frozen(report: &Report, column: &str) -> String {
    let whole = report
        .revisions
        .last()
        .and_then(|revision| revision.whole.as_deref())
        .expect("a frozen whole");
    let figure = &whole.figures["HS"][""][column];
    format!("{} ({}/{})", figure.value, figure.answered, figure.due)
}

fn faults(world: &World) -> Vec<Fault> {
    let verified = world.service.verify(&mut |_| {}).expect("verified");
    verified.faults
}

/// The figure on the page of the person who asks.
async fn shown(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}\n{}", page.body);
    let (_, rest) = page
        .body
        .split_once("<strong data-figure>")
        .expect("a figure");
    rest.split('<').next().unwrap_or_default().to_string()
}

fn account(world: &World, user: &str, role: Role, unit: &str) {
    let new = NewAccount {
        id: user.to_string(),
        name: user.to_string(),
        password_hash: HASH.clone(),
        grants: vec![Grant::always(role, UnitId::from(unit))],
        one_time: false,
    };
    let administrator = person("quantri", Role::Administrator, "P40");
    world
        .service
        .create_account(&administrator, &new, "Thử nghiệm", now())
        .expect("an account");
}

/// Worked example 9 of the language: 120 and 80, adjusted by −5, then 86 comes instead of 80.
#[tokio::test]
async fn an_adjustment_is_a_difference_that_stays_when_a_unit_sends_again_and_asks_to_be_looked_at()
{
    let world = world_with(TWO_LEVELS);
    for (unit, number) in [
        (COMMUNES[0], "120"),
        (COMMUNES[1], "80"),
        (COMMUNES[2], "0"),
    ] {
        sends(&world, unit, number, "0");
    }
    account(&world, "phong.tuphap", Role::Aggregator, DEPARTMENT);
    let mut desk = Browser::signed_in(&world, "phong.tuphap").await;
    assert_eq!(shown(&mut desk, FIGURE).await, "200");
    let page = desk.get(FIGURE).await;
    page.shows("Điều chỉnh số này");
    let (base, to) = (
        page.field("base"),
        "/ban-tong-hop/HAI_CAP/2026-11/P40-so_tu_phap/dieu-chinh",
    );
    let fields = |difference: &'static str, reason: &'static str| {
        [
            ("form", "HS"),
            ("dong", ""),
            ("cot", "1"),
            ("so", difference),
            ("ly_do", reason),
        ]
    };
    let with_base = |fields: [(&'static str, &'static str); 5]| {
        let mut all = fields.to_vec();
        all.push(("base", "0"));
        all
    };
    assert_eq!(base, "0");
    let mistyped = desk
        .post(to, &with_base(fields("năm", "trùng hồ sơ")))
        .await;
    assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
    mistyped.shows("Không hiểu số chênh lệch");
    let silent = desk.post(to, &with_base(fields("-5", " "))).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.post_and_follow(to, &with_base(fields("-5", "trùng hồ sơ")))
        .await
        .shows("Đã ghi điều chỉnh.")
        .shows("trùng hồ sơ")
        .hides("Xem lại: số liệu");
    assert_eq!(shown(&mut desk, FIGURE).await, "195");
    desk.get(FIGURE).await.shows("<strong>-5</strong>");

    sends(&world, COMMUNES[1], "86", "0");
    assert_eq!(shown(&mut desk, FIGURE).await, "201");
    let page = "/ban-tong-hop/HAI_CAP/2026-11/P40-so_tu_phap";
    desk.get(page)
        .await
        .shows("Xem lại: số liệu đơn vị đã thay đổi");
    desk.post_and_follow(&format!("{page}/da-xem-lai"), &[("base", "1"), ("so", "1")])
        .await
        .shows("Đã xem lại điều chỉnh.")
        .hides("Xem lại: số liệu");
    // A ratio follows from what is adjusted; it is not adjusted itself.
    let person = person("tong_hop", Role::Aggregator, DEPARTMENT);
    let refused = adds(&world, &person, DEPARTMENT, adjust("3", 1, "làm tròn"));
    assert!(matches!(refusal(refused), Refusal::NotAdjustable { .. }));
    // A person who saw an older document does not add to a newer one unseen.
    let stale = desk.post(to, &with_base(fields("-1", "lần hai"))).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);

    desk.post_and_follow(
        &format!("{page}/thoi-dieu-chinh"),
        &[("base", "2"), ("so", "1"), ("ly_do", "xã đã sửa")],
    )
    .await
    .shows("Đã thôi điều chỉnh.")
    .shows("xã đã sửa");
    assert_eq!(shown(&mut desk, FIGURE).await, "206");
    assert_eq!(faults(&world), []);
}

#[test]
fn a_partial_document_names_every_missing_unit_with_its_reason_and_freezes_what_it_rests_on() {
    let world = world_with(TWO_LEVELS);
    sends(&world, COMMUNES[0], "120", "90");
    sends(&world, COMMUNES[1], "80", "60");
    let desk = person("tong_hop", Role::Aggregator, DEPARTMENT);
    let propose = |draft, _| DocumentCommand::Step(Command::Propose { draft });
    let open = adds(&world, &desk, DEPARTMENT, propose);
    assert_eq!(refusal(open), Refusal::MissingUnexplained { units: 1 });
    let why = BTreeMap::from([(UnitId::from(COMMUNES[2]), "mất mạng do bão".to_string())]);
    let told = adds(&world, &desk, DEPARTMENT, |base, _| {
        DocumentCommand::ExplainMissing { base, reasons: why }
    });
    told.expect("told");
    let sent = sent_on(&world, DEPARTMENT);
    assert_eq!(frozen(&sent, "1"), "200 (2/3)");
    assert_eq!(frozen(&sent, "3"), "0.75 (2/3)");
    let whole = sent.revisions[0].whole.as_deref().expect("a whole");
    let told: Vec<_> = whole
        .units
        .iter()
        .map(|unit| (unit.revision, unit.missing.as_deref()))
        .collect();
    assert!(told.contains(&(None, Some("mất mạng do bão"))), "{told:?}");
    assert_eq!(told.iter().filter(|one| one.0 == Some(1)).count(), 2);

    // What comes later does not change what was sent; the next document has it.
    sends(&world, COMMUNES[2], "50", "50");
    sends(&world, COMMUNES[0], "121", "90");
    assert_eq!(faults(&world), []);
    let page = world
        .service
        .document(&desk, &document(DEPARTMENT), None, now())
        .expect("a document");
    assert_eq!(page.whole.figures["HS"][""]["1"].value, "200");
    assert!(page.is_frozen);
}

#[test]
fn the_next_body_counts_the_units_of_the_document_it_holds_and_nothing_that_came_later() {
    let world = world_with(TWO_LEVELS);
    for (unit, number) in COMMUNES.iter().zip(["120", "80", "50"]) {
        sends(&world, unit, number, "40");
    }
    let (desk, office) = (
        person("tong_hop", Role::Aggregator, DEPARTMENT),
        person("van_phong", Role::Aggregator, OFFICE),
    );
    let view = |body: &str, actor: &Actor| {
        let page = world
            .service
            .document(actor, &document(body), None, now())
            .expect("a document");
        let figure = &page.whole.figures["HS"][""]["1"];
        format!("{} ({}/{})", figure.value, figure.answered, figure.due)
    };
    // Before the department has sent, its communes are missing at the office, though their reports are there.
    assert_eq!(view(OFFICE, &office), "blank (0/3)");
    adds(&world, &desk, DEPARTMENT, adjust("1", -5, "trùng hồ sơ")).expect("adjusted");
    sent_on(&world, DEPARTMENT);
    assert_eq!(view(OFFICE, &office), "245 (3/3)");
    adds(
        &world,
        &office,
        OFFICE,
        adjust("1", 1, "một hồ sơ liên tỉnh"),
    )
    .expect("adjusted");
    assert_eq!(view(OFFICE, &office), "246 (3/3)");
    // A commune corrects itself with the department; the office's figures wait for the department's correction.
    sends(&world, COMMUNES[0], "130", "40");
    assert_eq!(view(OFFICE, &office), "246 (3/3)");
    let sent = sent_on(&world, OFFICE);
    assert_eq!(sent.status, Status::Sent);
    assert_eq!(frozen(&sent, "1"), "246 (3/3)");
    assert_eq!(frozen(&sent, "3"), "20/41 (3/3)");

    let returned = adds(&world, &office, DEPARTMENT, |_, revision| {
        DocumentCommand::Step(Command::Return {
            revision,
            reasons: vec![ReturnReason {
                cell: None,
                text: "Xã Anh Sơn đã sửa số".to_string(),
            }],
        })
    });
    assert_eq!(returned.expect("returned").status, Status::Returned);
    let again = sent_on(&world, DEPARTMENT);
    assert_eq!(again.revisions.len(), 2);
    assert_eq!(frozen(&again, "1"), "255 (3/3)");
    // The office's own document is on its way and stays what it was; the figures behind it can be told apart.
    assert_eq!(view(OFFICE, &office), "246 (3/3)");
    assert_eq!(faults(&world), []);
}

#[test]
fn only_the_body_makes_its_document_and_nobody_approves_their_own() {
    let world = world_with(TWO_LEVELS);
    for unit in COMMUNES {
        sends(&world, unit, "10", "5");
    }
    for (role, unit) in [
        (Role::Officer, DEPARTMENT),
        (Role::HeadOfUnit, DEPARTMENT),
        (Role::Leader, "P40"),
        (Role::Administrator, "P40"),
        (Role::Aggregator, OFFICE),
        (Role::Aggregator, COMMUNES[0]),
    ] {
        let actor = person("ai_do", role, unit);
        let outcome = adds(&world, &actor, DEPARTMENT, adjust("1", 1, "thử"));
        let refused = matches!(
            outcome,
            Err(ServiceError::Refused(Refusal::NotPermitted { .. }) | ServiceError::NotFound)
        );
        assert!(refused, "{role:?} of {unit}");
    }
    let mut both = person("hai_vai", Role::Aggregator, DEPARTMENT);
    both.grants
        .push(Grant::always(Role::HeadOfUnit, UnitId::from(DEPARTMENT)));
    let propose = |draft, _| DocumentCommand::Step(Command::Propose { draft });
    adds(&world, &both, DEPARTMENT, propose).expect("proposed");
    let approve = |_, revision| DocumentCommand::Step(Command::Approve { revision });
    let own = adds(&world, &both, DEPARTMENT, approve);
    assert_eq!(refusal(own), Refusal::OwnProposal);
    let head = person("thu_truong", Role::HeadOfUnit, DEPARTMENT);
    adds(&world, &head, DEPARTMENT, approve).expect("approved");
}

#[test]
fn what_breaks_a_rule_of_the_whole_is_not_proposed() {
    let world = world_with(TWO_LEVELS);
    for unit in COMMUNES {
        sends(&world, unit, "10", "10");
    }
    let desk = person("tong_hop", Role::Aggregator, DEPARTMENT);
    adds(
        &world,
        &desk,
        DEPARTMENT,
        adjust("1", -1, "trùng một hồ sơ"),
    )
    .expect("adjusted");
    let propose = |draft, _| DocumentCommand::Step(Command::Propose { draft });
    let blocked = adds(&world, &desk, DEPARTMENT, propose);
    assert_eq!(refusal(blocked), Refusal::Blocked { findings: 1 });
    adds(
        &world,
        &desk,
        DEPARTMENT,
        adjust("2", -1, "trùng một hồ sơ"),
    )
    .expect("adjusted");
    adds(&world, &desk, DEPARTMENT, propose).expect("proposed");
}

#[test]
fn a_document_that_leaves_the_system_says_how_it_went() {
    let world = world_with(TWO_LEVELS);
    for unit in COMMUNES {
        sends(&world, unit, "10", "5");
    }
    sent_on(&world, DEPARTMENT);
    sent_on(&world, OFFICE);
    let ministry = "VN-vp_chinh_phu";
    let desk = person("tong_hop", Role::Aggregator, ministry);
    let head = person("thu_truong", Role::HeadOfUnit, ministry);
    let propose = |draft, _| DocumentCommand::Step(Command::Propose { draft });
    adds(&world, &desk, ministry, propose).expect("proposed");
    let silent = adds(&world, &head, ministry, |_, revision| {
        DocumentCommand::ApproveAndSend {
            revision,
            note: SendingNote::default(),
        }
    });
    assert_eq!(refusal(silent), Refusal::DispatchNeeded);
    let desk_again = adds(&world, &head, ministry, |_, revision| {
        DocumentCommand::Step(Command::Return {
            revision,
            reasons: vec![ReturnReason {
                cell: None,
                text: "Ghi số văn bản".to_string(),
            }],
        })
    });
    desk_again.expect("returned");
    let sent = sent_on(&world, ministry);
    assert_eq!(sent.status, Status::Sent);
    assert_eq!(frozen(&sent, "1"), "30 (3/3)");
    assert_eq!(faults(&world), []);
}
