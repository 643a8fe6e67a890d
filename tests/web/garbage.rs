//! Requests as nobody should send them, to every address of the program, by people, programs and nobody: clear answers and no failure of the server.
//!
//! The requests follow from a seed, so that a failure can be sent again. With `REGIME_LONG` ten thousand are sent, otherwise as many as fit into a few seconds.

use crate::api::key;
use crate::matrix::{OWN, attached, office};
use crate::world::{Browser, PASSWORD, World};
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use regime::reports::people::token::TokenRight;
use regime::web::routes::table;
use std::collections::BTreeMap;
use tower::ServiceExt;

const SEED: u64 = 20_261_122;
const A_FEW: usize = 1_200;
const MANY: usize = 10_000;

const METHODS: [&str; 8] = [
    "GET", "POST", "GET", "POST", "PUT", "DELETE", "HEAD", "BREW",
];

/// What may stand for a part of an address, a field or a value.
fn word(chance: &mut StdRng) -> String {
    const KNOWN: [&str; 34] = [
        "KIEM_TRA",
        "2026-06",
        "2026-01",
        OWN,
        "KT",
        "1",
        "0",
        "-1",
        "999999999999999999999",
        "1.5",
        "1e999",
        "..",
        "%2e%2e%2f",
        "%00",
        "%FF%FE",
        "%",
        "'; DROP TABLE reports; --",
        "<script>",
        "\u{1F4A5}",
        "Thẩm quyền",
        "a\u{302}\u{301}",
        "2026-W07",
        "end:dot.1",
        "daily:dot.1:2026-12-13",
        "9999-12",
        "0000",
        "31/02/2026",
        "nil",
        "closed",
        "null",
        "o..1",
        "{}",
        "[]",
        "total",
    ];
    match chance.random_range(0..6) {
        0 => String::new(),
        1 => "x".repeat(chance.random_range(1..3_000)),
        2 => {
            let length = chance.random_range(1..40);
            (0..length)
                .map(|_| char::from_u32(chance.random_range(1..0x3000)).unwrap_or('?'))
                .collect()
        }
        _ => (*KNOWN.choose(chance).expect("a word")).to_string(),
    }
}

/// A word that a request line can carry; half of them are as a browser would send them.
fn in_address(chance: &mut StdRng) -> String {
    let word = word(chance);
    let is_plain = |sign: char| sign.is_ascii_graphic() && !"#?\"<>\\^`{}|/".contains(sign);
    if chance.random_bool(0.5) && word.chars().all(is_plain) {
        return word;
    }
    crate::world::encoded(&word)
}

fn path(chance: &mut StdRng, pattern: &str) -> String {
    let hash = attached().sha256;
    let part = |chance: &mut StdRng, part: &str| -> String {
        let Some(name) = part.strip_prefix('{') else {
            return part.to_string();
        };
        if chance.random_bool(0.6) {
            let known = match name.trim_end_matches('}').trim_start_matches('*') {
                "regime" => "KIEM_TRA",
                "period" => "2026-06",
                "unit" => OWN,
                "form" => "KT",
                "sha256" => &hash,
                "path" => "kiem_tra.regime",
                "change" => "ngung",
                "account" => "officer.own",
                _ => "1",
            };
            return known.to_string();
        }
        in_address(chance)
    };
    let parts: Vec<String> = pattern.split('/').map(|one| part(chance, one)).collect();
    let mut path = parts.join("/");
    for _ in 0..chance.random_range(0..3) {
        let mark = if path.contains('?') { '&' } else { '?' };
        let names = [
            "lang", "don_vi", "form", "nhom", "xong", "tiep", "base", "q",
        ];
        let name = *names.choose(chance).expect("a name");
        path = format!("{path}{mark}{name}={}", in_address(chance));
    }
    path
}

fn json(chance: &mut StdRng, depth: u32) -> String {
    match chance.random_range(0..if depth > 4 { 5 } else { 8 }) {
        0 => "null".to_string(),
        1 => serde_json::to_string(&word(chance)).expect("text"),
        2 => chance.random_range(-5..1_000_000).to_string(),
        3 => format!(
            "{}e{}",
            chance.random_range(0..99),
            chance.random_range(0..99_999)
        ),
        4 => chance.random_bool(0.5).to_string(),
        5 => {
            let items: Vec<String> = (0..chance.random_range(0..4))
                .map(|_| json(chance, depth + 1))
                .collect();
            format!("[{}]", items.join(","))
        }
        _ => {
            const NAMES: [&str; 12] = [
                "base", "cells", "form", "row", "column", "value", "draft", "revision", "reason",
                "typed", "path", "text",
            ];
            let members: Vec<String> = (0..chance.random_range(0..5))
                .map(|_| {
                    format!(
                        "\"{}\":{}",
                        NAMES.choose(chance).expect("a name"),
                        json(chance, depth + 1)
                    )
                })
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

fn body(chance: &mut StdRng) -> (&'static str, Vec<u8>) {
    match chance.random_range(0..6) {
        0 => ("", Vec::new()),
        1 => {
            let length = chance.random_range(0..2_000);
            let bytes = (0..length).map(|_| chance.random()).collect();
            let kinds = [
                "application/json",
                "text/plain",
                "application/octet-stream",
                "multipart/form-data; boundary=x",
            ];
            (kinds.choose(chance).expect("a kind"), bytes)
        }
        2 | 3 => {
            const NAMES: [&str; 16] = [
                "base",
                "form",
                "action",
                "o..1",
                "ban",
                "ly_do",
                "tai_khoan",
                "mat_khau",
                "don_vi",
                "tu",
                "den",
                "che_do",
                "dot",
                "luc",
                "so",
                "viec",
            ];
            let fields: Vec<String> = (0..chance.random_range(0..6))
                .map(|_| {
                    format!(
                        "{}={}",
                        NAMES.choose(chance).expect("a name"),
                        in_address(chance)
                    )
                })
                .collect();
            (
                "application/x-www-form-urlencoded",
                fields.join("&").into_bytes(),
            )
        }
        4 => ("application/json", json(chance, 0).into_bytes()),
        _ => {
            let name = word(chance).replace(['\r', '\n', '"'], " ");
            let text = format!(
                "--x\r\nContent-Disposition: form-data; name=\"tep.o..2\"; filename=\"{name}\"\r\n\r\n{}\r\n--x--",
                word(chance)
            );
            ("multipart/form-data; boundary=x", text.into_bytes())
        }
    }
}

/// Nobody, and people of several roles.
async fn signed_in(world: &World) -> Vec<Option<String>> {
    let mut cookies = vec![None];
    for account in [
        "officer.own",
        "headofunit.own",
        "aggregator.recipient",
        "administrator.own",
        "publisher.own",
    ] {
        let mut browser = Browser::new(world);
        let fields = [("tai_khoan", account), ("mat_khau", PASSWORD)];
        // An account that garbage has shut out stays out.
        browser.post("/dang-nhap", &fields).await;
        cookies.push(browser.cookie);
    }
    cookies
}

#[tokio::test]
async fn garbage_sent_to_every_address_is_refused_clearly_and_never_a_failure() {
    let world = office().await;
    let secret = key(&world, OWN, "officer.own", &TokenRight::ALL);
    let mut cookies = Vec::new();
    let routes = table();
    let mut chance = StdRng::seed_from_u64(SEED);
    let count = if std::env::var_os("REGIME_LONG").is_some() {
        MANY
    } else {
        A_FEW
    };
    let mut statuses: BTreeMap<u16, u32> = BTreeMap::new();
    let mut sent = 0;
    while sent < count {
        // Some requests sign people out.
        if sent % 400 == 0 {
            cookies = signed_in(&world).await;
        }
        let route = routes.choose(&mut chance).expect("a route");
        // Each guess at a password costs a tenth of a second on purpose; a few are enough.
        if route.path == "/dang-nhap" && route.method == "POST" && chance.random_bool(0.8) {
            continue;
        }
        let address = path(&mut chance, &route.path);
        let method = if chance.random_bool(0.8) {
            route.method
        } else {
            METHODS.choose(&mut chance).expect("a method")
        };
        let (kind, content) = body(&mut chance);
        let request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).expect("a method"))
            .uri(&address)
            .header(header::HOST, "127.0.0.1:8080");
        // What the line of a request cannot carry never reaches the program.
        let Ok(mut request) = request.body(Body::from(content)) else {
            continue;
        };
        let headers = request.headers_mut();
        let mut set = |name: HeaderName, value: &[u8]| {
            if let Ok(value) = HeaderValue::from_bytes(value) {
                headers.insert(name, value);
            }
        };
        if !kind.is_empty() {
            set(header::CONTENT_TYPE, kind.as_bytes());
        }
        if chance.random_bool(0.9) {
            set(HeaderName::from_static("sec-fetch-site"), b"same-origin");
        }
        if chance.random_bool(0.7) {
            set(header::AUTHORIZATION, format!("Bearer {secret}").as_bytes());
        } else {
            set(header::AUTHORIZATION, word(&mut chance).as_bytes());
        }
        if let Some(cookie) = cookies.choose(&mut chance).expect("a visitor") {
            set(header::COOKIE, cookie.as_bytes());
        }
        if chance.random_bool(0.2) {
            set(header::ACCEPT_LANGUAGE, word(&mut chance).as_bytes());
            set(
                HeaderName::from_static("idempotency-key"),
                word(&mut chance).as_bytes(),
            );
        }
        let response = world.app.clone().oneshot(request).await.expect("an answer");
        sent += 1;
        let status = response.status();
        *statuses.entry(status.as_u16()).or_default() += 1;
        assert!(
            !status.is_server_error(),
            "{status} {method} {address} {kind}"
        );
        // Nobody reads the answer to a style or script that is not there.
        let is_read = !address.starts_with("/tai-nguyen/");
        if status.is_client_error() && method != "HEAD" && is_read {
            let is_worded = response
                .headers()
                .get(header::CONTENT_TYPE)
                .and_then(|kind| kind.to_str().ok())
                .is_some_and(|kind| kind.starts_with("text/") || kind.contains("json"));
            let bytes = response
                .into_body()
                .collect()
                .await
                .expect("a body")
                .to_bytes();
            assert!(
                is_worded && !bytes.is_empty(),
                "{status} {method} {address} says nothing"
            );
        }
    }
    println!("{sent} requests: {statuses:?}");
    assert!(statuses.contains_key(&StatusCode::BAD_REQUEST.as_u16()));
    assert!(statuses.contains_key(&StatusCode::NOT_FOUND.as_u16()));
}
