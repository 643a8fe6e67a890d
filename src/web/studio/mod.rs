//! The studio: drafts of regimes in a browser, their history, their publication, and the line to the language server.
//!
//! Everything is done by `service` and by the language server; here it is shown. It knows no rule of the language. Without script the text stands in a plain field, and *Kiểm tra* lists what is
//! wrong with it. Broken input: the page again, with what was typed and the reason.

pub mod file;
pub mod history;
pub mod list;
pub mod occasion;
pub mod preview;
pub mod publish;
pub mod save;
pub mod socket;

use crate::diagnostic::Severity;
use crate::diagnostic::wording::Text;
use crate::service::drafts::OPERATOR;
use crate::text::line_index::LineIndex;
use crate::web::pages::help;
use crate::web::problem::percent_encoded;
use crate::web::texts::{Language, plain, worded};
use crate::workspace::Snapshot;
use serde::Serialize;
use std::collections::BTreeMap;

/// The address of the list of files.
pub const STUDIO: &str = "/soan";
/// What stands before the path of a file in the address of its page.
pub const FILES: &str = "/soan/tep/";
/// What stands before the path of a file in the address of its history.
pub const HISTORY: &str = "/soan/lich-su/";
/// The address of the page that publishes.
pub const PUBLISH: &str = "/soan/cong-bo";
/// The address of the web socket.
pub const SOCKET: &str = "/soan/may-chu";
/// The address that takes what the script saves.
pub const SAVE: &str = "/api/soan/luu";
/// What stands before the path of a file in the address that answers its newest text.
pub const NEWEST: &str = "/api/soan/tep/";
/// What stands before the path of a file in its address at the language server.
pub const ROOT: &str = "memory:///soan/";

/// The path of a file as part of an address: its slashes stay.
fn in_address(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(percent_encoded).collect();
    parts.join("/")
}

/// The address of the page of a file.
fn file_page(path: &str) -> String {
    format!("{FILES}{}", in_address(path))
}

/// What people call the account that saved a file: whoever brought the folder has none.
fn name_of(names: &BTreeMap<String, String>, account: &str, language: Language) -> String {
    match names.get(account) {
        Some(name) => name.clone(),
        None if account == OPERATOR => plain(language, "studio-operator"),
        None => account.to_owned(),
    }
}

/// A mistake of a source as a line of a list.
#[derive(Serialize)]
struct MistakeLine {
    severity: &'static str,
    tag: String,
    tag_class: &'static str,
    code: &'static str,
    href: String,
    place: String,
    /// What is wrong, what to do and why, a line each.
    lines: Vec<Vec<Piece>>,
}

/// A part of a line: words, or something that stands in the text.
#[derive(Serialize)]
struct Piece {
    is_quoted: bool,
    text: String,
}

/// The parts of a line, in which what stands in the text is between backticks.
fn pieces(line: &str) -> Vec<Piece> {
    let parts = line.split('`').enumerate();
    parts
        .map(|(at, text)| Piece {
            is_quoted: at % 2 == 1,
            text: text.to_owned(),
        })
        .collect()
}

/// The mistakes of a file, errors first.
fn mistakes(language: Language, snapshot: &Snapshot, path: &str) -> Vec<MistakeLine> {
    let Some(id) = snapshot.file_of(path) else {
        return Vec::new();
    };
    let Some(source) = snapshot.source(id) else {
        return Vec::new();
    };
    let text = &source.file.text;
    let lines = LineIndex::new(text);
    let told = snapshot.diagnostics().iter();
    let mut told: Vec<_> = told.filter(|told| told.primary.file == id).collect();
    told.sort_by_key(|told| told.problem.severity() != Severity::Error);
    let line = |told: &crate::diagnostic::Diagnostic| {
        let place = lines.display(text, told.primary.span.start);
        let is_error = told.problem.severity() == Severity::Error;
        let words = told.problem.wording();
        let said = |words: Text| match language {
            Language::Vietnamese => words.vi,
            Language::English => words.en,
        };
        let why = format!("{}: {}", plain(language, "studio-why"), said(words.why));
        let help = words.help.map(said);
        let first = said(words.message);
        let lines_of: Vec<String> = [Some(first), help, Some(why)]
            .into_iter()
            .flatten()
            .collect();
        let (severity, tag, tag_class) = match is_error {
            true => ("error", "severity-error", "tag-error"),
            false => ("advice", "severity-advice", "tag-neutral"),
        };
        MistakeLine {
            severity,
            tag: plain(language, tag),
            tag_class,
            code: told.problem.code(),
            href: format!("{}{}", help::CODES, told.problem.code()),
            place: worded(
                language,
                "place",
                &[
                    ("line", i64::from(place.line + 1).into()),
                    ("column", i64::from(place.column + 1).into()),
                ],
            ),
            lines: lines_of.iter().map(|line| pieces(line)).collect(),
        }
    };
    told.into_iter().map(line).collect()
}
