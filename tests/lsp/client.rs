//! A client of the language server as an editor is one: framed messages over pipes in memory, answers and pushed mistakes in the order they come.
//!
//! It frames by itself, so that a mistake in the server's framing shows. A server that says nothing for half a minute has failed the test.

use regime::lsp::bridge::{Limits, Options};
use regime::lsp::clock::Clock;
use regime::lsp::custom::preview::Renderer;
use regime::lsp::desk::Ground;
use regime::lsp::settings::Settings;
use regime::lsp::stdio::{self, Ended};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::task::JoinHandle;

/// How long a message is waited for.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub struct Client {
    to: Option<DuplexStream>,
    from: BufReader<DuplexStream>,
    next: i64,
    served: JoinHandle<std::io::Result<Ended>>,
    /// Everything that came and was not asked for, in order.
    pub heard: Vec<Value>,
}

pub fn options(renderer: Option<Renderer>) -> Options {
    Options {
        ground: Ground::Disk,
        settings: Settings {
            debounce: Duration::from_millis(20),
            ..Settings::default()
        },
        renderer,
        published: None,
        clock: Clock::of_the_machine(),
        limits: Limits::default(),
    }
}

pub fn framed(message: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{message}", message.len()).into_bytes()
}

pub async fn read_frame<R: tokio::io::AsyncBufRead + Unpin>(from: &mut R) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                let (name, value) = header.split_once(": ").expect("a header");
                assert_eq!(name, "Content-Length");
                length = value.parse().expect("a length");
            }
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).expect("UTF-8");
    Some(serde_json::from_str(&body).expect("JSON"))
}

impl Client {
    /// A server with nobody introduced yet.
    pub fn raw(options: Options) -> Client {
        let (to, input) = tokio::io::duplex(1 << 20);
        let (output, from) = tokio::io::duplex(1 << 20);
        Client {
            to: Some(to),
            from: BufReader::new(from),
            next: 0,
            served: tokio::spawn(stdio::serve(input, output, options)),
            heard: Vec::new(),
        }
    }

    /// A server that knows its client, whose folder is this one.
    pub async fn at(folder: &Path) -> Client {
        Client::with(options(None), folder, json!({})).await
    }

    pub async fn with(options: Options, folder: &Path, more: Value) -> Client {
        let mut client = Client::raw(options);
        let mut introduction = json!({
            "processId": null,
            "rootUri": uri(folder, ""),
            "capabilities": {},
        });
        for (name, value) in more.as_object().expect("an object") {
            introduction[name] = value.clone();
        }
        client.ask("initialize", introduction).await;
        client.tell("initialized", json!({})).await;
        client
    }

    pub async fn bytes(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().expect("the input is open");
        to.write_all(bytes).await.expect("the server reads");
    }

    pub async fn send(&mut self, message: &Value) {
        self.bytes(&framed(&message.to_string())).await;
    }

    pub async fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
            .await;
    }

    /// Sends a request without waiting; the number of its answer.
    pub async fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
            .await;
        id
    }

    /// The next message; none when the server has ended.
    pub async fn hear(&mut self) -> Option<Value> {
        tokio::time::timeout(PATIENCE, read_frame(&mut self.from))
            .await
            .expect("the server speaks in time")
    }

    /// The whole answer to a request, with its error if it is one.
    pub async fn reply(&mut self, id: i64) -> Value {
        let is_it = |message: &Value| message["id"] == json!(id) && message.get("method").is_none();
        if let Some(place) = self.heard.iter().position(is_it) {
            return self.heard.remove(place);
        }
        loop {
            let message = self.hear().await.expect("the server is there");
            if is_it(&message) {
                return message;
            }
            self.heard.push(message);
        }
    }

    /// The next answer to a message that could not be read.
    pub async fn reply_to_nobody(&mut self) -> Value {
        loop {
            let message = self.hear().await.expect("the server is there");
            if message["id"].is_null() && message.get("error").is_some() {
                return message;
            }
            self.heard.push(message);
        }
    }

    /// Asks and waits; the result.
    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params).await;
        let reply = self.reply(id).await;
        assert!(reply.get("error").is_none(), "{method}: {reply}");
        reply["result"].clone()
    }

    pub async fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "regime", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}))
            .await;
    }

    pub async fn change(&mut self, uri: &str, version: i32, text: &str) {
        let params = json!({
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"text": text}],
        });
        self.tell("textDocument/didChange", params).await;
    }

    /// The mistakes next pushed for a document that fit.
    pub async fn pushed(&mut self, uri: &str, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let is_it = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == *uri
                && fits(&message["params"])
        };
        if let Some(place) = self.heard.iter().position(is_it) {
            return list(&self.heard.remove(place)["params"]["diagnostics"]);
        }
        loop {
            let message = self.hear().await.expect("the server is there");
            if is_it(&message) {
                return list(&message["params"]["diagnostics"]);
            }
            self.heard.push(message);
        }
    }

    pub async fn version(&mut self, uri: &str, version: i32) -> Vec<Value> {
        self.pushed(uri, |params| params["version"] == version)
            .await
    }

    /// How the server ends; its input stays open.
    pub async fn ended(self) -> Ended {
        tokio::time::timeout(PATIENCE, self.served)
            .await
            .expect("the server ends")
            .expect("without panicking")
            .expect("and without failing")
    }

    pub fn hang_up(&mut self) {
        self.to = None;
    }
}

pub fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

pub fn codes(mistakes: &[Value]) -> Vec<&str> {
    let codes = mistakes.iter().map(|mistake| mistake["code"].as_str());
    codes.map(|code| code.expect("a code")).collect()
}

/// The address of a file of a folder, as an editor escapes it.
pub fn uri(folder: &Path, path: &str) -> String {
    let whole = folder.join(path);
    let mut written = String::from("file://");
    for byte in whole.to_str().expect("UTF-8").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                written.push(char::from(byte));
            }
            _ => written.push_str(&format!("%{byte:02x}")),
        }
    }
    written
}
