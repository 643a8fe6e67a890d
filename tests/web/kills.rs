//! The real server, killed at random while twenty clients save: nothing that was acknowledged is lost, nothing is applied twice.
//!
//! Each client saves one cell of its own unit, with a number that grows. When the server dies under a request the client sends the very same request again. Every number that was acknowledged must stand in
//! exactly one event afterwards. Five kills in the suite; `REGIME_LONG=1` makes them a hundred.

use crate::world::{HASH, PASSWORD, World, encoded, moment, person, project, world_of};
use regime::analysis::project::Source;
use regime::calendar::Period;
use regime::eval::figures::Entry;
use regime::organisation::UnitId;
use regime::reports::event::EventKind;
use regime::reports::permission::{Grant, Role};
use regime::service::people::administration::NewAccount;
use regime::service::tables::Table;
use regime::store::Store;
use regime::store::sqlite::SqliteStore;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const CLIENTS: usize = 20;
/// So often it is looked whether a server that was started answers, fifty times a second.
const MOST_LOOKS: usize = 3_000;

const COUNTED: &str = r#"
regime DEM "Đếm" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Văn phòng Chính phủ"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period month
  deadline xa, vp_ubnd_tinh local
  form D "01/D" "ĐẾM" {
    rows each reporting unit
    column 1 so "Số" measure don
  }
}
"#;

fn unit(client: usize) -> String {
    format!("C{:05}.2025", 30_000 + client)
}

/// An office with a commune and an officer for each client; its folder is left to a server.
fn prepared() -> tempfile::TempDir {
    let mut project = project();
    let file = SourceFile::new(FileId(9), "dem.regime", COUNTED);
    project.sources.push(Source::read(file));
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:?}", snapshot.diagnostics());
    let world = world_of(&snapshot);
    let mut units = crate::world::UNITS.to_string();
    for client in 0..CLIENTS {
        let id = unit(client);
        units.push_str(&format!("{id},xa,xa,Xã {client},,,P40,,2025-07-01,\n"));
    }
    world.load(Table::Units, &units);
    let administrator = person("quantri", Role::Administrator, "P40");
    for client in 0..CLIENTS {
        let new = NewAccount {
            id: format!("canbo{client}"),
            name: format!("Cán bộ {client}"),
            password_hash: HASH.clone(),
            grants: vec![Grant::always(Role::Officer, UnitId(unit(client)))],
            one_time: false,
        };
        let now = moment("02/12/2026 08:00");
        let created = world
            .service
            .create_account(&administrator, &new, "Thử nghiệm", now);
        created.expect("an account");
    }
    let World {
        app,
        service,
        _folder: folder,
    } = world;
    drop(app);
    drop(service);
    folder
}

struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the program and waits until it answers.
    fn start(folder: &Path, address: SocketAddr) -> Server {
        let process = Command::new(env!("CARGO_BIN_EXE_regime"))
            .args(["serve", "--now", "2026-12-15T09:00", "--data"])
            .arg(folder)
            .args(["--listen", &address.to_string()])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server");
        let server = Server { process, address };
        let answers = || ask(server.address, "GET", "/suc-khoe", None, None).is_some();
        let begun = (0..MOST_LOOKS).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            answers()
        });
        assert!(begun, "no answer");
        server
    }

    fn kill(mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("ended");
    }
}

/// One request over a connection of its own: status, head and body; none where the server was not there to the end.
fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    cookie: Option<&str>,
    body: Option<(&str, &str)>,
) -> Option<(u16, String, String)> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .ok()?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n"
    );
    if let Some(cookie) = cookie {
        head.push_str(&format!("Cookie: {cookie}\r\n"));
    }
    let (kind, content) = body.unwrap_or(("text/plain", ""));
    head.push_str(&format!(
        "Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{content}",
        content.len()
    ));
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, head.to_string(), body.to_string()))
}

fn signed_in(address: SocketAddr, client: usize) -> String {
    let form = format!("tai_khoan=canbo{client}&mat_khau={}", encoded(PASSWORD));
    let kind = "application/x-www-form-urlencoded";
    let (status, head, body) =
        ask(address, "POST", "/dang-nhap", None, Some((kind, &form))).expect("an answer");
    assert_eq!(status, 303, "{body}");
    let cookie = head
        .lines()
        .find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie").then_some(value)
        })
        .expect("a cookie");
    cookie
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_string()
}

/// Saves growing numbers until told to stop; answers the numbers that were acknowledged, and how often a request was sent again.
fn saves(address: SocketAddr, client: usize, cookie: &str, stop: &AtomicBool) -> (Vec<u64>, u64) {
    let path = format!("/api/bao-cao/DEM/2026-11/{}/o", unit(client));
    let (mut base, mut number, mut again) = (0_u64, 1_u64, 0_u64);
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let body = format!(
            r#"{{"base":{base},"form":"D","cells":[{{"row":"","column":"1","typed":"{number}"}}]}}"#
        );
        let Some((status, _, answer)) = ask(
            address,
            "POST",
            &path,
            Some(cookie),
            Some(("application/json", &body)),
        ) else {
            // The answer was lost: the very same request again, until the server is back.
            again += 1;
            std::thread::sleep(Duration::from_millis(30));
            continue;
        };
        assert_eq!(status, 200, "{client}: {answer}");
        let draft = answer
            .split_once("\"draft\":")
            .and_then(|(_, rest)| rest.split([',', '}']).next()?.parse().ok());
        base = draft.expect("a draft number");
        acknowledged.push(number);
        number += 1;
    }
    (acknowledged, again)
}

#[test]
fn a_server_killed_under_twenty_clients_loses_nothing_acknowledged_and_applies_nothing_twice() {
    let kills = if std::env::var_os("REGIME_LONG").is_some() {
        100
    } else {
        5
    };
    let folder = prepared();
    let address = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port");
    let first = Server::start(folder.path(), address);
    let cookies: Vec<String> = (0..CLIENTS)
        .map(|client| signed_in(address, client))
        .collect();
    let stop = AtomicBool::new(false);
    let told: Vec<(Vec<u64>, u64)> = std::thread::scope(|scope| {
        let mut server = first;
        let clients: Vec<_> = cookies
            .iter()
            .enumerate()
            .map(|(client, cookie)| {
                let stop = &stop;
                scope.spawn(move || saves(address, client, cookie, stop))
            })
            .collect();
        // Moments that do not fall into step with the requests.
        let mut pause = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..kills {
            pause ^= pause << 13;
            pause ^= pause >> 7;
            pause ^= pause << 17;
            std::thread::sleep(Duration::from_millis(60 + pause % 400));
            server.kill();
            server = Server::start(folder.path(), address);
        }
        std::thread::sleep(Duration::from_millis(200));
        stop.store(true, Ordering::Relaxed);
        let ended = clients
            .into_iter()
            .map(|client| client.join().expect("a client"));
        let told = ended.collect();
        server.kill();
        told
    });

    let store = SqliteStore::open(folder.path()).expect("a store");
    let reading = store.begin_read().expect("a transaction");
    let period: Period = "2026-11".parse().expect("a period");
    let (mut lost, mut twice, mut total, mut again) = (0, 0, 0, 0);
    for (client, (acknowledged, repeated)) in told.iter().enumerate() {
        let stored = reading.report_events("DEM", &period, &UnitId(unit(client)));
        let mut kept: Vec<u64> = Vec::new();
        for event in stored.expect("events") {
            let EventKind::Saved { change, .. } = &event.event.kind else {
                continue;
            };
            for cell in &change.cells {
                let Some(Entry::Value(text)) = &cell.entry else {
                    panic!("{cell:?}");
                };
                kept.push(text.parse().expect("a number"));
            }
        }
        lost += acknowledged
            .iter()
            .filter(|number| !kept.contains(number))
            .count();
        let mut once = kept.clone();
        once.sort_unstable();
        once.dedup();
        twice += kept.len() - once.len();
        total += acknowledged.len();
        again += repeated;
    }
    println!(
        "{kills} kills under {CLIENTS} clients: {total} saves acknowledged, {again} requests sent again, {lost} lost, {twice} applied twice"
    );
    assert!(total > kills * 5, "too little happened: {total}");
    assert_eq!((lost, twice), (0, 0));
}
