//! Letters and calendars before programs that others wrote: a real SMTP server and a real reader of calendars, both from Python's registry.
//!
//! `tests/all` installs them and names the interpreter in `REGIME_PYTHON`; without it these tests cannot be run, so they are asked for by name.

use crate::world::{Browser, World, moment, person, world};
use regime::calendar::Moment;
use regime::organisation::UnitId;
use regime::reports::permission::Role;
use regime::service::reminders::NewReminder;
use regime::store::notices::{MailState, StoredMail};
use regime::web::mail::{Postman, Protection, SmtpSettings, link, send_one};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

fn python(script: &str) -> Command {
    let interpreter = std::env::var("REGIME_PYTHON").expect("REGIME_PYTHON names an interpreter");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside");
    let mut command = Command::new(interpreter);
    command.arg(folder.join(script)).stdout(Stdio::piped());
    command
}

/// A mail server that is ended with the test.
struct MailServer {
    child: Child,
    told: BufReader<ChildStdout>,
}

impl MailServer {
    fn start(port: u16) -> MailServer {
        let mut child = python("mail_server.py")
            .arg(port.to_string())
            .spawn()
            .expect("a mail server");
        let mut told = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        told.read_line(&mut line).expect("a line");
        assert_eq!(line.trim(), "ready");
        MailServer { child, told }
    }

    fn letter(&mut self) -> Value {
        let mut line = String::new();
        self.told.read_line(&mut line).expect("a line");
        serde_json::from_str(&line).expect("a letter")
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn postman(port: u16) -> Postman {
    let settings = SmtpSettings {
        host: "127.0.0.1".to_string(),
        port,
        protection: Protection::None,
        credentials: None,
        sender: "Văn phòng UBND tỉnh <baocao@nghean.gov.vn>".to_string(),
    };
    Postman::new(settings).expect("a postman")
}

/// Everybody of the commune is reminded; letters go to those who gave an address.
fn reminded(world: &World, addresses: &[(&str, &str)], now: Moment) {
    for (account, address) in addresses {
        let who = person(account, Role::Officer, "C17329.2025");
        let set = world.service.set_own_email(&who, address, now);
        set.expect("an address");
    }
    let asked = NewReminder {
        regime: "TTHC_06A".to_string(),
        period: "2026".parse().expect("a period"),
        units: vec![UnitId::from("C17329.2025")],
        words: "Đề nghị gửi trước 16h".to_string(),
    };
    let desk = person("tonghop", Role::Aggregator, "P40-vp_ubnd_tinh");
    let links = |address: &_| link(Some("https://baocao.nghean.gov.vn/"), address);
    let given = world.service.remind(&desk, &asked, &links, now);
    assert_eq!(given.expect("reminded"), 1);
    let again = world.service.remind(&desk, &asked, &links, now);
    assert_eq!(again.expect("once a day"), 0);
}

fn mails(world: &World) -> Vec<StoredMail> {
    let reading = world.service.store().begin_read().expect("a transaction");
    let mut mails = reading.mails(100).expect("letters");
    mails.sort_by_key(|mail| mail.mail.to.clone());
    mails
}

#[test]
#[ignore = "needs a mail server from Python's registry; tests/all runs it"]
fn a_letter_waits_for_a_mail_server_that_is_down_and_goes_once_when_it_is_up() {
    let world = world();
    let now = moment("15/12/2026 09:00");
    reminded(&world, &[("canbo.anhson", "hoa@anhson.gov.vn")], now);
    let port = free_port();
    let postman = postman(port);
    assert!(send_one(&world.service, &postman, now).expect("tried"));
    let waiting = mails(&world).remove(0);
    assert_eq!((waiting.state, waiting.attempts), (MailState::Waiting, 1));
    assert!(!waiting.detail.is_empty());
    let mut server = MailServer::start(port);
    assert!(!send_one(&world.service, &postman, now).expect("too early"));
    let later = now.plus_seconds(61);
    assert!(send_one(&world.service, &postman, later).expect("sent"));
    let letter = server.letter();
    assert_eq!(mails(&world).remove(0).state, MailState::Sent);
    assert!(!send_one(&world.service, &postman, later.plus_seconds(100_000)).expect("nothing"));
    let text = |name: &str| letter[name].as_str().expect("a text").to_string();
    assert_eq!(letter["to"][0], "hoa@anhson.gov.vn");
    assert_eq!(letter["from"], "baocao@nghean.gov.vn");
    assert!(text("subject").starts_with("[Nhắc báo cáo] "), "{letter}");
    assert!(text("raw_subject").contains("=?utf-8?"), "{letter}");
    assert!(text("id").starts_with("<regime-1@"), "{letter}");
    for words in [
        "Kính gửi Nguyễn Thị Hòa,",
        "Xã Anh Sơn chưa gửi báo cáo",
        "Đề nghị gửi trước 16h",
        "https://baocao.nghean.gov.vn/bao-cao/TTHC_06A/2026/C17329.2025",
    ] {
        assert!(text("text").contains(words), "{words}\n{letter}");
    }
}

#[test]
#[ignore = "needs a mail server from Python's registry; tests/all runs it"]
fn a_refused_letter_is_given_up_a_put_off_one_is_tried_again_and_a_lost_answer_sends_nothing_twice()
{
    for (address, state) in [
        ("never@anhson.gov.vn", MailState::GivenUp),
        ("later@anhson.gov.vn", MailState::Waiting),
        ("lost@anhson.gov.vn", MailState::Uncertain),
    ] {
        let world = world();
        let now = moment("15/12/2026 09:00");
        reminded(&world, &[("canbo.anhson", address)], now);
        let port = free_port();
        let _server = MailServer::start(port);
        let postman = postman(port);
        assert!(send_one(&world.service, &postman, now).expect("tried"));
        let mail = mails(&world).remove(0);
        assert_eq!(mail.state, state, "{address}: {}", mail.detail);
        let later = now.plus_seconds(100_000);
        let again = send_one(&world.service, &postman, later).expect("looked");
        assert_eq!(again, state == MailState::Waiting, "{address}");
    }
}

#[test]
#[ignore = "needs a mail server from Python's registry; tests/all runs it"]
fn a_letter_that_never_goes_is_given_up_after_days_and_sent_again_when_a_person_says_so() {
    let world = world();
    let mut now = moment("15/12/2026 09:00");
    reminded(&world, &[("canbo.anhson", "hoa@anhson.gov.vn")], now);
    let port = free_port();
    let postman = postman(port);
    let mut attempts = 0;
    for _ in 0..20 {
        attempts += u32::from(send_one(&world.service, &postman, now).expect("tried"));
        now = now.plus_seconds(90_000);
    }
    let mail = mails(&world).remove(0);
    assert_eq!((mail.state, mail.attempts), (MailState::GivenUp, attempts));
    let administrator = person("quantri", Role::Administrator, "P40");
    world
        .service
        .resend_mail(&administrator, mail.number, now)
        .expect("to be sent again");
    let mut server = MailServer::start(port);
    assert!(send_one(&world.service, &postman, now).expect("sent"));
    assert_eq!(server.letter()["to"][0], "hoa@anhson.gov.vn");
}

fn entries(calendar: &str) -> Vec<Value> {
    let mut child = python("read_calendar.py")
        .stdin(Stdio::piped())
        .spawn()
        .expect("a reader");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(calendar.as_bytes()).expect("written");
    drop(input);
    let output = child.wait_with_output().expect("its answer");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("an entry"))
        .collect()
}

#[tokio::test]
#[ignore = "needs a reader of calendars from Python's registry; tests/all runs it"]
async fn a_calendar_is_read_by_a_client_and_an_extension_has_a_higher_number() {
    let world = world();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let page = officer
        .post("/lich/tao", &[("don_vi", "C17329.2025")])
        .await;
    let address = page.body.split("data-feed>").nth(1).expect("an address");
    let address = address.split('<').next().expect("its end").to_string();
    let mut client = Browser::new(&world);
    let read = entries(&client.get(&address).await.body);
    assert!(
        read.iter()
            .all(|entry| entry["errors"] == serde_json::json!([]))
    );
    assert_eq!(read[0]["name"], "Hạn báo cáo – Xã Anh Sơn");
    let of_report = |read: &[Value]| {
        let mut found = read.iter().skip(1);
        let uid = "TTHC_06A.2026.C17329.2025@regime";
        found.find(|entry| entry["uid"] == uid).expect("it").clone()
    };
    let before = of_report(&read);
    assert_eq!(before["sequence"], 0);
    let mut office = Browser::signed_in(&world, "quantri").await;
    let extend = [
        ("viec", "gia-han"),
        ("don_vi", "C17329.2025"),
        ("den_ngay", "2027-01-20"),
        ("den_gio", "16:30"),
        ("ly_do", "Mưa lũ"),
    ];
    office
        .post_and_follow("/nghia-vu/TTHC_06A/2026", &extend)
        .await;
    let after = of_report(&entries(&client.get(&address).await.body));
    assert_eq!(after["sequence"], 1);
    assert_eq!(after["begin"], "2027-01-20T16:30:00+07:00");
    let again = of_report(&entries(&client.get(&address).await.body));
    assert_eq!(again, after);
}
