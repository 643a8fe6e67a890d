//! One server at work: it is started, documents are opened, things are typed, questions are asked, and the time until each answer is taken.
//!
//! The time of a keystroke runs from before its text is sent until the diagnostics of that version have been read off the pipe, with the pause before publishing set to nothing, so that no work is
//! hidden in it. It deliberately does not know which server it is. A server that does not answer ends the measurement.

use crate::asking::{about, places};
use crate::client::{Client, Program};
use crate::figures::Samples;
use crate::process::{self, Memory};
use crate::project::Folder;
use crate::typing::{COMMON_WORDS, Typing};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long nothing is said before the next keystroke.
const SILENCE: Duration = Duration::from_millis(4);

/// The pause before publishing that authors have.
const PAUSE: Duration = Duration::from_millis(100);

/// How fast a person types.
const BETWEEN_KEYS: Duration = Duration::from_millis(35);

/// Places of each document at which questions are asked.
const PLACES: usize = 60;

/// How many documents are typed into and asked about in the part with questions; taplo has all of them open.
const ASKED: usize = 5;

/// What one server was seen doing; times in milliseconds.
pub struct Session {
    /// From its start to the first diagnostics of the document opened last.
    pub start: f64,
    /// Keystrokes of each kind.
    pub kinds: Vec<Kind>,
    /// All keystrokes.
    pub keystrokes: Samples,
    /// CPU time of the server for one of those in regimes.
    pub cpu_per_keystroke: f64,
    /// From the last keystroke of several to its diagnostics, less the usual pause.
    pub behind_pause: Samples,
    /// Completion while nothing is being typed.
    pub completion: Samples,
    /// Completion asked for right behind a keystroke.
    pub completion_pending: Samples,
    /// Hover while nothing is being typed.
    pub hover: Samples,
    /// Hover asked for right behind a keystroke.
    pub hover_pending: Samples,
    /// Items of all completions.
    pub offered: usize,
    /// Hovers that told something.
    pub told: usize,
    /// Memory at the end.
    pub memory: Memory,
}

/// Keystrokes of one kind.
pub struct Kind {
    /// What is typed, in words.
    pub name: &'static str,
    /// Times until the diagnostics.
    pub samples: Samples,
    /// CPU time of the server for all of them.
    pub cpu: f64,
}

impl Session {
    /// What was asked, in words.
    pub fn asked(&self) -> [(&'static str, &Samples); 4] {
        [
            ("completion", &self.completion),
            (
                "completion right behind a keystroke",
                &self.completion_pending,
            ),
            ("hover", &self.hover),
            ("hover right behind a keystroke", &self.hover_pending),
        ]
    }
}

/// A server with what is known of its documents.
struct Editor<'f> {
    client: Client,
    folder: &'f Folder,
    tells_versions: bool,
    versions: BTreeMap<String, i32>,
}

/// Measures one server.
pub fn measure(program: &Program, folder: &Folder, opened: &[&str], typed: &[Typing]) -> Session {
    let begun = Instant::now();
    let mut editor = Editor {
        client: Client::start(program, folder.path()),
        folder,
        tells_versions: program.tells_versions,
        versions: BTreeMap::new(),
    };
    editor.introduce();
    for path in opened {
        editor.open(path, program.language);
    }
    let last = folder.uri(opened.last().expect("something is opened"));
    let (came, _) = editor.client.wait(|message| is_about(message, &last));
    let start = milliseconds(came - begun);
    editor.client.settle(Duration::from_millis(500));

    let kinds = editor.keystrokes(typed);
    let mut keystrokes = Samples::default();
    let mut cpu = 0.0;
    let mut in_regimes = 0;
    for kind in &kinds {
        keystrokes.extend(&kind.samples);
        // Behind the words all regimes are looked at, as far as the next keystroke leaves time.
        if !kind.name.ends_with(COMMON_WORDS) {
            cpu += kind.cpu;
            in_regimes += kind.samples.count();
        }
    }

    let mut session = Session {
        start,
        kinds,
        cpu_per_keystroke: cpu / in_regimes as f64,
        keystrokes,
        behind_pause: Samples::default(),
        completion: Samples::default(),
        completion_pending: Samples::default(),
        hover: Samples::default(),
        hover_pending: Samples::default(),
        offered: 0,
        told: 0,
        memory: process::memory(editor.client.process()),
    };
    for path in opened.iter().rev().take(ASKED) {
        editor.questions(path, &mut session);
    }
    editor.with_the_usual_pause(typed, &mut session);
    session.memory = process::memory(editor.client.process());
    editor.client.end();
    session
}

impl Editor<'_> {
    fn introduce(&mut self) {
        let root = self.folder.uri("");
        let root = root.trim_end_matches('/');
        let introduction = json!({
            "processId": null,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "project"}],
            "capabilities": {
                "textDocument": {"completion": {"completionItem": {"snippetSupport": true}}},
            },
            "initializationOptions": {"debounce": 0},
        });
        let id = self.client.begin("initialize", introduction);
        self.client.reply(id);
        self.client.tell("initialized", json!({}));
    }

    fn open(&mut self, path: &str, language: &str) {
        let uri = self.folder.uri(path);
        let text = self.folder.text(path);
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.client
            .tell("textDocument/didOpen", json!({"textDocument": item}));
        self.versions.insert(uri, 1);
    }

    /// Sends a text as the next version; that version.
    fn change(&mut self, uri: &str, text: &str) -> i32 {
        let version = self.versions.entry(uri.to_owned()).or_default();
        *version += 1;
        let version = *version;
        let params = json!({
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"text": text}],
        });
        self.client.tell("textDocument/didChange", params);
        version
    }

    /// When the diagnostics of a version came.
    fn diagnosed(&mut self, uri: &str, version: i32) -> Instant {
        let tells_versions = self.tells_versions;
        let is_it = |message: &Value| {
            let right = message["params"]["version"] == json!(version);
            is_about(message, uri) && (right || !tells_versions)
        };
        self.client.wait(is_it).0
    }

    fn keystrokes(&mut self, typed: &[Typing]) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = Vec::new();
        for typing in typed {
            let uri = self.folder.uri(&typing.path);
            let place = kinds.iter().position(|kind| kind.name == typing.kind);
            let place = place.unwrap_or_else(|| {
                kinds.push(Kind {
                    name: typing.kind,
                    samples: Samples::default(),
                    cpu: 0.0,
                });
                kinds.len() - 1
            });
            let kind = &mut kinds[place];
            let before = process::cpu(self.client.process());
            for (text, _) in &typing.steps {
                let begun = Instant::now();
                let version = self.change(&uri, text);
                let came = self.diagnosed(&uri, version);
                kind.samples.add(milliseconds(came - begun));
                self.client.settle(SILENCE);
            }
            kind.cpu += process::cpu(self.client.process()) - before;
        }
        kinds
    }

    /// Asks at many places of a document that is not being edited.
    fn questions(&mut self, path: &str, session: &mut Session) {
        let uri = self.folder.uri(path);
        let text = self.folder.text(path);
        for offset in places(text, PLACES) {
            let place = about(&uri, text, offset);
            let (took, answer) = self.asked("textDocument/completion", place.clone());
            session.completion.add(took);
            session.offered += items(&answer);
            let (took, answer) = self.asked("textDocument/hover", place);
            session.hover.add(took);
            session.told += usize::from(!answer["result"].is_null());
        }
    }

    fn asked(&mut self, method: &str, params: Value) -> (f64, Value) {
        let begun = Instant::now();
        let id = self.client.begin(method, params);
        let (came, answer) = self.client.reply(id);
        (milliseconds(came - begun), answer)
    }

    /// Types as a person does, with the usual pause before publishing, and asks right behind each keystroke, when the mistakes of it are not published yet.
    fn with_the_usual_pause(&mut self, typed: &[Typing], session: &mut Session) {
        let pause = json!({"settings": {"regime": {"debounce": PAUSE.as_millis()}}});
        self.client.tell("workspace/didChangeConfiguration", pause);
        self.client.settle(Duration::from_millis(300));
        let is_label = |typing: &&Typing| typing.kind.starts_with("in a");
        for typing in typed.iter().filter(is_label) {
            let uri = self.folder.uri(&typing.path);
            let mut last = None;
            for (text, cursor) in &typing.steps {
                let begun = Instant::now();
                let version = self.change(&uri, text);
                last = Some((begun, version));
                let place = about(&uri, text, *cursor);
                let (took, answer) = self.asked("textDocument/completion", place);
                session.completion_pending.add(took);
                session.offered += items(&answer);
                std::thread::sleep(BETWEEN_KEYS);
            }
            if let Some((begun, version)) = last
                && self.tells_versions
            {
                let came = self.diagnosed(&uri, version);
                let behind = (came - begun).saturating_sub(PAUSE);
                session.behind_pause.add(milliseconds(behind));
            }
            for (text, cursor) in &typing.steps {
                self.change(&uri, text);
                let place = about(&uri, text, *cursor);
                let (took, _) = self.asked("textDocument/hover", place);
                session.hover_pending.add(took);
                std::thread::sleep(BETWEEN_KEYS);
            }
            self.client.settle(PAUSE * 2);
        }
    }
}

fn is_about(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == *uri
}

fn items(answer: &Value) -> usize {
    let result = &answer["result"];
    let list = result.get("items").unwrap_or(result);
    list.as_array().map_or(0, Vec::len)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
