//! Every address of the JSON interface, asked with a key of every unit and kind of person behind it, at every status of a report, and with keys that do not hold: what HTTP answers must be
//! what people were told, written out by hand.
//!
//! No request of the matrix changes anything. An address without a request here fails the test.

use crate::api::{Program, day};
use crate::matrix::{OWN, PERIODS, RELATIONS, attached, office, role_name};
use crate::world::{World, moment, person};
use axum::http::{Method, StatusCode};
use regime::organisation::UnitId;
use regime::reports::people::token::TokenRight;
use regime::reports::permission::Role;
use regime::reports::report::Status;
use regime::service::tokens::NewToken;
use regime::web::v1::{Carries, Endpoint, endpoints};

const ROLES: [Role; 3] = [Role::Officer, Role::HeadOfUnit, Role::Aggregator];

fn key(
    world: &World,
    unit: &str,
    responsible: &str,
    rights: &[TokenRight],
    (from, to): (&str, &str),
) -> String {
    let administrator = person("quantri", Role::Administrator, "P40");
    let new = NewToken {
        unit: UnitId::from(unit),
        name: "Ma trận".to_string(),
        rights: rights.to_vec(),
        responsible: responsible.to_string(),
        from: day(from),
        to: day(to),
        reason: "Ma trận".to_string(),
    };
    let made = world
        .service
        .make_token(&administrator, &new, moment("02/12/2026 08:00"));
    made.expect("a key")
}

/// Path and body of a request that changes nothing even where it is let in.
fn asked(endpoint: &Endpoint, period: &str) -> (String, Vec<u8>) {
    let path = endpoint
        .path
        .replace("{regime}", "KIEM_TRA")
        .replace("{period}", period)
        .replace("{unit}", OWN)
        .replace("{form}", "KT")
        .replace("{version}", "1")
        .replace("{number}", "1")
        .replace("{sha256}", &attached().sha256);
    let body = match path.rsplit('/').next().unwrap_or_default() {
        "draft" => r#"{"base":999999,"cells":[{"form":"KT","column":"1","value":"7"}]}"#,
        "opening" => r#"{"form":"KT","cells":[],"reason":""}"#,
        "propose" => r#"{"draft":999999}"#,
        "send" => r#"{"revision":999}"#,
        "withdraw" => r#"{"reason":""}"#,
        "files" => {
            let query = "?base=999999&form=KT&column=2&name=a.pdf";
            return (format!("{path}{query}"), b"noi dung moi".to_vec());
        }
        _ if endpoint.method == "GET" => "",
        other => panic!("{other} is not in the matrix"),
    };
    (path, body.as_bytes().to_vec())
}

async fn ask(program: &Program, endpoint: &Endpoint, period: &str) -> StatusCode {
    let (path, body) = asked(endpoint, period);
    let method: Method = endpoint.method.parse().expect("a method");
    let kind = match endpoint.carries {
        Carries::Bytes => "application/octet-stream",
        _ => "application/json",
    };
    let reply = program
        .send(method, &path, &[("content-type", kind)], body)
        .await;
    assert!(!reply.status.is_server_error(), "{path}\n{}", reply.body);
    reply.status
}

fn lets_in(status: StatusCode) -> bool {
    !matches!(
        status,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
    )
}

/// What people were told.
fn told(endpoint: &Endpoint, role: Role, relation: &str, status: Status) -> bool {
    let officer = relation == "own" && role == Role::Officer;
    let head = relation == "own" && role == Role::HeadOfUnit;
    let desk = relation == "recipient" && role == Role::Aggregator;
    let was_sent = matches!(
        status,
        Status::Sent | Status::Received | Status::Accepted | Status::Correcting
    );
    match (endpoint.method, endpoint.path) {
        (
            "GET",
            "/api/v1/openapi.json"
            | "/api/v1/token"
            | "/api/v1/obligations"
            | "/api/v1/regimes"
            | "/api/v1/regimes/{regime}/versions/{version}"
            | "/api/v1/consolidations",
        ) => true,
        ("GET", path) if path.starts_with("/api/v1/consolidations/") => {
            matches!(relation, "recipient" | "above")
                && matches!(role, Role::HeadOfUnit | Role::Aggregator)
        }
        // A draft has no revision to be read.
        ("GET", path) if path.ends_with("/revisions/{number}") => {
            status != Status::Draft && (officer || head || (was_sent && desk))
        }
        ("GET", path) if path.starts_with("/api/v1/reports/") => {
            officer || head || (was_sent && desk)
        }
        ("POST", path) => match path.rsplit('/').next().unwrap_or_default() {
            "draft" | "files" | "opening" | "propose" => officer,
            "send" | "withdraw" => officer || head,
            other => panic!("nobody was told about {other}"),
        },
        (method, path) => panic!("nobody was told about {method} {path}"),
    }
}

fn of_report(endpoint: &Endpoint) -> bool {
    endpoint.path.starts_with("/api/v1/reports/")
}

#[tokio::test]
async fn every_address_answers_every_key_as_people_were_told() {
    let world = office().await;
    let (mut compared, mut allowed) = (0_u32, 0_u32);
    let mut differences = Vec::new();
    let days = ("2026-12-01", "2026-12-31");
    for role in ROLES {
        for (relation, unit) in RELATIONS {
            let account = format!("{}.{relation}", role_name(role));
            let secret = key(&world, unit, &account, &TokenRight::ALL, days);
            let program = Program::new(&world, &secret);
            for endpoint in endpoints() {
                for (status, period) in PERIODS {
                    let once = status == Status::Accepted;
                    if !(once || of_report(&endpoint)) {
                        continue;
                    }
                    let http = ask(&program, &endpoint, period).await;
                    let told = told(&endpoint, role, relation, status);
                    compared += 1;
                    allowed += u32::from(lets_in(http));
                    if lets_in(http) != told {
                        differences.push(format!(
                            "{} {} with the key of {account} at {status:?}: {http}, told {told}",
                            endpoint.method, endpoint.path
                        ));
                    }
                }
            }
        }
    }
    println!(
        "{compared} answers to keys compared ({allowed} let in), {} differences",
        differences.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[tokio::test]
async fn a_key_that_does_not_hold_opens_nothing_and_one_that_reads_changes_nothing() {
    let world = office().await;
    let this_month = ("2026-12-01", "2026-12-31");
    let officer = "officer.own";
    let all = &TokenRight::ALL;
    let revoked = key(&world, OWN, officer, all, this_month);
    let id = revoked.split('_').nth(1).expect("an id").to_string();
    let administrator = person("quantri", Role::Administrator, "P40");
    world
        .service
        .revoke_token(
            &administrator,
            &UnitId::from(OWN),
            &id,
            "Ma trận",
            moment("03/12/2026 08:00"),
        )
        .expect("revoked");
    let none = Program {
        app: world.app.clone(),
        key: None,
    };
    let expired = key(&world, OWN, officer, all, ("2026-12-01", "2026-12-14"));
    let future = key(&world, OWN, officer, all, ("2026-12-16", "2026-12-31"));
    let mut guessed = key(&world, OWN, officer, all, this_month);
    guessed.pop();
    let keys = [
        ("none", none),
        ("revoked", Program::new(&world, &revoked)),
        ("expired", Program::new(&world, &expired)),
        ("not yet", Program::new(&world, &future)),
        ("guessed", Program::new(&world, &guessed)),
        (
            "garbage",
            Program::new(&world, "regime_ \t'; DROP TABLE api_tokens"),
        ),
    ];
    let reads = key(&world, OWN, officer, &[], this_month);
    let reads = Program::new(&world, &reads);
    let mut compared = 0;
    for endpoint in endpoints() {
        for (name, program) in &keys {
            let expected = match endpoint.right {
                None => StatusCode::OK,
                Some(_) => StatusCode::UNAUTHORIZED,
            };
            let http = ask(program, &endpoint, "2026-06").await;
            assert_eq!(http, expected, "{name} {}", endpoint.path);
            compared += 1;
        }
        if endpoint.method == "POST" {
            let http = ask(&reads, &endpoint, "2026-06").await;
            assert_eq!(http, StatusCode::FORBIDDEN, "{}", endpoint.path);
        }
    }
    println!("{compared} answers to keys that do not hold");
}
