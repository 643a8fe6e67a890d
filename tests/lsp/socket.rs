//! The bridge of the studio: bare messages, a project in memory, and bounds on what a client may use.

use regime::analysis::project::{Project, Source};
use regime::lsp::bridge::{Bridge, Going, Limits, Options};
use regime::lsp::clock::Clock;
use regime::lsp::desk::{Ground, ProjectReader};
use regime::lsp::settings::Settings;
use regime::text::{FileId, SourceFile};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

const BASE: &str = "regime://soan/ban-nhap/";

struct Socket {
    bridge: Bridge,
    messages: UnboundedReceiver<String>,
}

impl Socket {
    fn open(limits: Limits) -> Socket {
        let text = "measure ho \"hộ\"\nmeasure ho \"hộ dân\"\n";
        Socket::of(project(&[("common.regime", text)]), None, limits)
    }

    fn of(project: Project, newer: Option<ProjectReader>, limits: Limits) -> Socket {
        let base = BASE.parse().expect("an address");
        let (bridge, messages) = Bridge::open(Options {
            ground: Ground::Memory {
                base,
                project,
                newer,
            },
            settings: Settings {
                debounce: Duration::from_millis(10),
                help: "/tro-giup/ma-loi/".to_owned(),
                ..Settings::default()
            },
            renderer: None,
            published: None,
            clock: Clock {
                look: Duration::from_millis(20),
                ..Clock::of_the_machine()
            },
            limits,
        })
        .expect("a server");
        Socket { bridge, messages }
    }

    async fn send(&mut self, message: Value) -> Going {
        self.bridge.receive(&message.to_string()).await
    }

    async fn hear(&mut self) -> Value {
        let message = tokio::time::timeout(Duration::from_secs(30), self.messages.recv()).await;
        let message = message.expect("in time").expect("the server is there");
        serde_json::from_str(&message).expect("JSON")
    }

    async fn reply(&mut self, id: i64) -> Value {
        loop {
            let message = self.hear().await;
            if message["id"] == json!(id) && message.get("method").is_none() {
                return message;
            }
        }
    }

    async fn begin(&mut self) {
        let introduction = json!({"rootUri": "file:///etc", "capabilities": {}});
        self.send(request(1, "initialize", introduction)).await;
        assert!(self.reply(1).await["result"]["capabilities"].is_object());
        self.send(notification("initialized", json!({}))).await;
    }
}

fn project(texts: &[(&str, &str)]) -> Project {
    let sources = texts
        .iter()
        .zip(0..)
        .map(|((path, text), id)| Source::read(SourceFile::new(FileId(id), path, text)));
    Project {
        sources: sources.collect(),
        ..Project::default()
    }
}

fn request(id: i64, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

fn notification(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

fn opened(uri: &str, text: &str) -> Value {
    let item = json!({"uri": uri, "languageId": "regime", "version": 1, "text": text});
    notification("textDocument/didOpen", json!({"textDocument": item}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_in_memory_is_diagnosed_and_edited_without_a_disk() {
    let mut socket = Socket::open(Limits::default());
    socket.begin().await;
    let pushed = socket.hear().await;
    assert_eq!(pushed["params"]["uri"], format!("{BASE}common.regime"));
    let mistakes = pushed["params"]["diagnostics"]
        .as_array()
        .expect("mistakes");
    assert!(mistakes.iter().any(|one| one["code"] == "R202"), "{pushed}");
    let uri = format!("{BASE}b%C3%A1o%20c%C3%A1o.regime");
    socket.send(opened(&uri, "regime A \"a\" {\n}\n")).await;
    let place = json!({"uri": uri});
    socket.send(request(2, "regime/reading", place)).await;
    assert_eq!(socket.reply(2).await["result"]["regimes"][0]["name"], "A");
    // Neither the disk nor another address is open to it.
    socket
        .send(opened("file:///etc/x.regime", "regime B \"b\" {\n}\n"))
        .await;
    let place = json!({"uri": "file:///etc/x.regime"});
    socket.send(request(3, "regime/reading", place)).await;
    assert_eq!(socket.reply(3).await["result"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_save_is_seen_and_what_is_open_stays() {
    let (words, twice) = (
        "measure ho \"hộ\"\n",
        "measure ho \"hộ\"\nmeasure ho \"hộ dân\"\n",
    );
    let first = project(&[("a.regime", words), ("b.regime", "")]);
    let stored = Arc::new(Mutex::new(first.clone()));
    let reader = Arc::clone(&stored);
    let newer: ProjectReader = Arc::new(move || Some(reader.lock().expect("a lock").clone()));
    let mut socket = Socket::of(first, Some(newer), Limits::default());
    let able = json!({"workspace": {"codeLens": {"refreshSupport": true}}});
    let introduction = json!({"rootUri": null, "capabilities": able});
    socket.send(request(1, "initialize", introduction)).await;
    socket.reply(1).await;
    socket.send(notification("initialized", json!({}))).await;
    let own = format!("{BASE}b.regime");
    socket.send(opened(&own, "measure nha \"nhà\"\n")).await;
    let mistakes_of = async |socket: &mut Socket, uri: &str, code: &str| loop {
        let said = socket.hear().await;
        let told = said["params"]["diagnostics"].as_array().cloned();
        let has = told.is_some_and(|told| told.iter().any(|one| one["code"] == code));
        if said["params"]["uri"] == uri && has {
            return;
        }
    };
    // Another person saves the words twice over, a mistake into the file that is open here, and a new file.
    let others = [
        ("a.regime", twice),
        ("b.regime", "measure\n"),
        ("c.regime", "chế độ\n"),
    ];
    *stored.lock().expect("a lock") = project(&others);
    mistakes_of(&mut socket, &format!("{BASE}a.regime"), "R202").await;
    socket
        .send(request(
            2,
            "textDocument/documentSymbol",
            json!({"textDocument": {"uri": own}}),
        ))
        .await;
    let symbols = socket.reply(2).await["result"].clone();
    assert_eq!(symbols[0]["name"], "nha", "{symbols}");
    // The file is taken away again, and what was wrong in it with it.
    *stored.lock().expect("a lock") = project(&[("a.regime", words), ("b.regime", "")]);
    loop {
        let said = socket.hear().await;
        let told = &said["params"]["diagnostics"];
        let clean = told
            .as_array()
            .is_some_and(|told| !told.iter().any(|one| one["code"] == "R202"));
        if said["params"]["uri"] == format!("{BASE}a.regime") && clean {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_large_a_message_and_too_many_documents_are_refused() {
    let mut socket = Socket::open(Limits {
        message: 2_000,
        documents: 1,
    });
    socket.begin().await;
    let large = "x".repeat(3_000);
    let going = socket.bridge.receive(&large).await;
    assert_eq!(going, Going::On);
    let first = format!("{BASE}a.regime");
    socket.send(opened(&first, "regime A \"a\" {\n}\n")).await;
    let second = format!("{BASE}b.regime");
    socket.send(opened(&second, "regime B \"b\" {\n}\n")).await;
    socket
        .send(request(2, "regime/reading", json!({"uri": second})))
        .await;
    let mut heard = Vec::new();
    let reply = loop {
        let message = socket.hear().await;
        if message["id"] == 2 {
            break message;
        }
        heard.push(message);
    };
    assert_eq!(reply["result"], Value::Null);
    assert!(
        heard.iter().any(|said| said["error"]["code"] == -32700),
        "{heard:?}"
    );
    socket
        .send(request(3, "regime/reading", json!({"uri": first})))
        .await;
    assert_eq!(socket.reply(3).await["result"]["regimes"][0]["name"], "A");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_the_client_says_so() {
    let mut socket = Socket::open(Limits::default());
    socket.begin().await;
    socket.send(request(2, "shutdown", Value::Null)).await;
    assert_eq!(socket.reply(2).await["result"], Value::Null);
    let going = socket.send(notification("exit", Value::Null)).await;
    assert_eq!(going, Going::Ended { in_order: true });
}
