//! A client of a language server as an editor is one: a program of its own, framed messages over its pipes, the moment at which each one came.
//!
//! It deliberately does not judge what is said. A server that says nothing for a minute, or ends, ends the measurement.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A language server.
pub struct Program {
    /// Where it is.
    pub path: PathBuf,
    /// What it is started with.
    pub arguments: &'static [&'static str],
    /// The name of its language.
    pub language: &'static str,
    /// Whether diagnostics say to which version of a text they belong.
    pub tells_versions: bool,
}

/// A running server.
pub struct Client {
    child: Child,
    to: ChildStdin,
    from: Receiver<(Instant, Value)>,
    next: i64,
    /// What came while something else was waited for and has not been asked for.
    kept: Vec<(Instant, Value)>,
}

impl Client {
    /// Starts a server in a folder.
    pub fn start(program: &Program, folder: &Path) -> Client {
        let mut child = Command::new(&program.path)
            .args(program.arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server can be started");
        let to = child.stdin.take().expect("its input");
        let mut from = BufReader::new(child.stdout.take().expect("its output"));
        let (heard, messages) = channel();
        thread::spawn(move || {
            while let Some(body) = frame(&mut from) {
                let came = Instant::now();
                let message = serde_json::from_slice(&body).expect("JSON");
                if heard.send((came, message)).is_err() {
                    return;
                }
            }
        });
        Client {
            child,
            to,
            from: messages,
            next: 0,
            kept: Vec::new(),
        }
    }

    /// Its number among the processes.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.to
            .write_all(framed.as_bytes())
            .expect("the server reads");
        self.to.flush().expect("the server reads");
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request; its number.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The next message that fits, and when it came. What the server asks meanwhile is answered with nothing.
    pub fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> (Instant, Value) {
        if let Some(place) = self.kept.iter().position(|(_, message)| fits(message)) {
            return self.kept.remove(place);
        }
        loop {
            let (came, message) = self
                .from
                .recv_timeout(PATIENCE)
                .expect("the server speaks in time");
            if fits(&message) {
                return (came, message);
            }
            self.answer(&message);
            self.kept.push((came, message));
        }
    }

    /// The answer to a request.
    pub fn reply(&mut self, id: i64) -> (Instant, Value) {
        self.wait(|message| message["id"] == json!(id) && message.get("method").is_none())
    }

    /// Reads until the server has been silent for a while, and forgets all that was said.
    pub fn settle(&mut self, silence: Duration) {
        self.kept.clear();
        loop {
            match self.from.recv_timeout(silence) {
                Ok((_, message)) => self.answer(&message),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => panic!("the server has ended"),
            }
        }
    }

    fn answer(&mut self, message: &Value) {
        if let (Some(method), Some(id)) = (message.get("method"), message.get("id")) {
            let asked = message["params"]["items"].as_array().map_or(0, Vec::len);
            let result = match method.as_str() {
                Some("workspace/configuration") => json!(vec![json!({}); asked]),
                _ => Value::Null,
            };
            let id = id.clone();
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
        }
    }

    /// Ends the server in order.
    pub fn end(mut self) {
        let id = self.begin("shutdown", Value::Null);
        self.reply(id);
        self.tell("exit", Value::Null);
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(3) {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The body of the next message; none at the end.
fn frame(from: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    Some(body)
}
