//! Every way out that a report offers reaches an editor as an action, and taking it mends the report: the wrong example of each page is put before the language server, its actions are asked for and carried out.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it expects has failed"
)]

use super::{COMMON_FILE, example, none, pages, project, unprintable};
use regime::analysis::project::{Project, Source};
use regime::diagnostic::{Diagnostic, Severity};
use regime::lsp::bridge::{Bridge, Limits, Options};
use regime::lsp::clock::Clock;
use regime::lsp::desk::Ground;
use regime::lsp::settings::Settings;
use regime::text::SourceFile;
use regime::text::line_index::{LineColumn, LineIndex};
use regime::workspace::Snapshot;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

const BASE: &str = "regime://trang/";

/// The language server with the project of a page.
struct Editor {
    bridge: Bridge,
    said: UnboundedReceiver<String>,
    asked: i64,
}

impl Editor {
    async fn of(project: Project) -> Editor {
        let options = Options {
            ground: Ground::Memory {
                base: BASE.parse().expect("an address"),
                project,
                newer: None,
            },
            settings: Settings {
                debounce: Duration::from_secs(10),
                ..Settings::default()
            },
            renderer: None,
            published: None,
            clock: Clock::of_the_machine(),
            limits: Limits::default(),
        };
        let (bridge, said) = Bridge::open(options).expect("a server");
        let mut editor = Editor {
            bridge,
            said,
            asked: 0,
        };
        editor.ask("initialize", json!({"capabilities": {}})).await;
        let ready = json!({"jsonrpc": "2.0", "method": "initialized", "params": {}});
        editor.bridge.receive(&ready.to_string()).await;
        editor
    }

    async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let asked = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.bridge.receive(&asked.to_string()).await;
        loop {
            let waited = Duration::from_secs(30);
            let said = tokio::time::timeout(waited, self.said.recv()).await;
            let said = said.expect("in time").expect("the server is there");
            let said: Value = serde_json::from_str(&said).expect("JSON");
            if said["id"] == json!(id) && said.get("method").is_none() {
                return said["result"].clone();
            }
        }
    }

    /// The quick fixes at a report, each with its title.
    async fn fixes(&mut self, path: &str, range: &Value, code: &str) -> Vec<Value> {
        let asked = json!({
            "textDocument": {"uri": format!("{BASE}{path}")},
            "range": range,
            "context": {"diagnostics": [], "only": ["quickfix"]},
        });
        let offered = self.ask("textDocument/codeAction", asked).await;
        let mut offered = offered.as_array().cloned().unwrap_or_default();
        offered.retain(|action| {
            action["diagnostics"][0]["code"] == code && action["diagnostics"][0]["range"] == *range
        });
        offered
    }
}

fn range(text: &str, report: &Diagnostic) -> Value {
    let index = LineIndex::new(text);
    let place = |offset| {
        let LineColumn { line, column } = index.utf16(text, offset);
        json!({"line": line, "character": column})
    };
    let span = report.primary.span;
    json!({"start": place(span.start), "end": place(span.end)})
}

/// A project after the edit of an action.
fn edited(before: &Project, edit: &Value) -> Project {
    let sources = before.sources.iter().map(|source| {
        let (file, mut text) = (&source.file, source.file.text.to_string());
        let index = LineIndex::new(&file.text);
        let offset = |place: &Value| {
            let number = |what: &str| {
                let number = place[what].as_u64().expect("a number");
                u32::try_from(number).expect("small")
            };
            let place = LineColumn {
                line: number("line"),
                column: number("character"),
            };
            index.offset_of_utf16(&file.text, place) as usize
        };
        let edits = &edit["changes"][format!("{BASE}{}", file.path)];
        let mut edits: Vec<(usize, usize, &str)> = edits
            .as_array()
            .into_iter()
            .flatten()
            .map(|edit| {
                let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
                let new = edit["newText"].as_str().expect("a text");
                (offset(start), offset(end), new)
            })
            .collect();
        edits.sort();
        for (start, end, new) in edits.into_iter().rev() {
            text.replace_range(start..end, new);
        }
        Source::read(SourceFile::new(file.id, &file.path, &text))
    });
    Project {
        sources: sources.collect(),
        tables: before.tables.clone(),
    }
}

fn told(project: &Project) -> Vec<Diagnostic> {
    Snapshot::new(project).diagnostics().to_vec()
}

fn errors(reports: &[Diagnostic]) -> Vec<&'static str> {
    reports
        .iter()
        .filter(|one| one.problem.severity() == Severity::Error)
        .map(|one| one.problem.code())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_any_way_out_that_a_page_offers_mends_its_report() {
    let mut failures = Vec::new();
    let mut shown = Vec::new();
    for (code, _, page) in pages() {
        let Some(wrong) = example(&page, "wrong").filter(|_| unprintable(code).is_none()) else {
            continue;
        };
        let before = project(&wrong);
        let reports = told(&before);
        let mut own = reports
            .iter()
            .filter(|one| one.problem.code() == code && one.primary.file != COMMON_FILE);
        let Some(report) = own.next() else { continue };
        let file = &before.sources[report.primary.file.0 as usize].file;
        let range = range(&file.text, report);
        let mut editor = Editor::of(before.clone()).await;
        let offered = editor.fixes(&file.path, &range, code).await;
        let titles: Vec<&str> = offered
            .iter()
            .map(|action| action["title"].as_str().expect("a title"))
            .collect();
        for fix in &report.fixes {
            let title = fix.wording().vi;
            if !titles.contains(&title.as_str()) {
                failures.push(format!("{code}: `{title}` is no action: {titles:?}"));
            }
        }
        for (action, title) in offered.iter().zip(&titles) {
            shown.push(format!("{code}: {title}"));
            let after = edited(&before, &action["edit"]);
            let left = told(&after);
            let count = |reports: &[Diagnostic]| {
                let of_code = reports.iter().filter(|one| one.problem.code() == code);
                of_code.count()
            };
            let (old, new) = (errors(&reports), errors(&left));
            let fresh: Vec<&&str> = new.iter().filter(|one| !old.contains(one)).collect();
            if count(&left) >= count(&reports) || !fresh.is_empty() {
                let text = &after.sources[report.primary.file.0 as usize].file.text;
                failures.push(format!(
                    "{code}: after `{title}` there are {new:?}, before {old:?}\n{text}"
                ));
            }
        }
    }
    none(&failures);
    assert!(shown.len() >= 19, "a way out is lost: {shown:#?}");
}
