//! What a file or a project is made of, for outlines and for finding things by typing a few letters of their name or label.
//!
//! The outline is the form's own structure: regime, form, group, row and column, rule, test. Search pays no heed to accents, case and underscores: `trong ky` finds `trong_ky "Tiếp nhận trong kỳ"`. It
//! deliberately does not know meaning, so that a text with mistakes has its outline.

use super::declared::{self, Declared};
use super::kind::Kind;
use crate::diagnostic::Label;
use crate::text::language::Language;
use crate::text::normal::without_marks;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;

/// The longest text of a rule without a name that is shown in its place, in characters.
const SHOWN: usize = 60;

/// A node of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is.
    pub kind: Kind,
    /// How it is called; never empty.
    pub title: String,
    /// What more is said of it: the label of what has a name or a number.
    pub detail: Option<String>,
    /// The whole statement.
    pub whole: Span,
    /// What is selected when it is jumped to; inside the statement.
    pub selected: Span,
    /// What stands inside.
    pub members: Vec<Symbol>,
}

/// The outline of a file.
pub fn of_document(snapshot: &Snapshot, file: FileId, language: Language) -> Vec<Symbol> {
    let Some(source) = snapshot.source(file) else {
        return Vec::new();
    };
    let text = &source.file.text;
    let all = declared::of_source(source);
    all.iter()
        .map(|declared| symbol(declared, text, language))
        .collect()
}

fn symbol(declared: &Declared, text: &str, language: Language) -> Symbol {
    let members = declared.members.iter();
    Symbol {
        kind: declared.kind,
        title: title(declared, text, language),
        detail: detail(declared),
        whole: declared.span,
        selected: declared.selected(),
        members: members
            .map(|member| symbol(member, text, language))
            .collect(),
    }
}

/// Name and printed number; what bears neither is called by its label, and what has none of them by its kind or its first words.
fn title(declared: &Declared, text: &str, language: Language) -> String {
    let code = declared.code.filter(|_| !is_headed(declared.kind));
    let words: Vec<&str> = [code, declared.name]
        .into_iter()
        .flatten()
        .map(|word| word.value.as_str())
        .collect();
    if !words.is_empty() {
        return words.join(" ");
    }
    if let Some(label) = declared
        .label
        .filter(|label| !label.value.trim().is_empty())
    {
        return label.value.clone();
    }
    if declared.kind == Kind::Rule {
        let written = declared.head.of(text);
        let written: Vec<&str> = written.split_whitespace().collect();
        let written = written.join(" ");
        if !written.is_empty() {
            return shortened(&written);
        }
    }
    declared.kind.wording().in_language(language).to_owned()
}

/// Whether the second word of its head is the sign printed on it and not a number to call it by.
fn is_headed(kind: Kind) -> bool {
    matches!(kind, Kind::Form | Kind::List)
}

fn detail(declared: &Declared) -> Option<String> {
    let label = declared.label?;
    let sign = declared.code.filter(|_| is_headed(declared.kind));
    let called = declared.name.or(declared.code.xor(sign));
    match sign {
        Some(sign) => Some(format!("{} {}", sign.value, label.value)),
        None => called.map(|_| label.value.clone()),
    }
    .filter(|detail| !detail.is_empty())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

/// Something found in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// How it is called.
    pub title: String,
    /// Its label.
    pub detail: Option<String>,
    /// The form or regime that holds it.
    pub within: Option<String>,
    /// Where it is called so.
    pub place: Label,
}

/// What in the project has all words of a query in its name, number or label, the best first and at most `most`: a name or number that is the query, then what begins with it, then the rest. An
/// empty query finds regimes and forms.
pub fn search(snapshot: &Snapshot, query: &str, language: Language, most: usize) -> Vec<Hit> {
    let query = folded(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found: Vec<(u8, Hit)> = Vec::new();
    for file in snapshot.files() {
        let Some(source) = snapshot.source(file.id) else {
            continue;
        };
        let all = declared::of_source(source);
        declared::walk(&all, &mut Vec::new(), &mut |declared, around| {
            let Some(rank) = rank(declared, &query, &words) else {
                return;
            };
            let holder = around.iter().rev().find(|outer| outer.name.is_some());
            let hit = Hit {
                kind: declared.kind,
                title: title(declared, &file.text, language),
                detail: detail(declared),
                within: holder
                    .and_then(|holder| holder.name)
                    .map(|name| name.value.clone()),
                place: Label {
                    file: file.id,
                    span: declared.selected(),
                },
            };
            found.push((rank, hit));
        });
    }
    found.sort_by_key(|(rank, hit)| (*rank, hit.place));
    let hits = found.into_iter().map(|(_, hit)| hit);
    hits.take(most).collect()
}

/// A text without accents, case and underscores.
pub fn folded(text: &str) -> String {
    without_marks(text).replace('_', " ")
}

fn rank(declared: &Declared, query: &str, words: &[&str]) -> Option<u8> {
    if words.is_empty() {
        let shown = matches!(declared.kind, Kind::Regime | Kind::Form | Kind::List);
        return shown.then_some(0);
    }
    let borne = [declared.name, declared.code, declared.label];
    let borne: Vec<String> = borne
        .into_iter()
        .flatten()
        .map(|word| folded(&word.value))
        .collect();
    let whole = borne.join(" ");
    if !words.iter().all(|word| whole.contains(word)) {
        return None;
    }
    let query = query.trim();
    Some(if borne.iter().any(|one| one == query) {
        0
    } else if borne.iter().any(|one| one.starts_with(query)) {
        1
    } else if whole.contains(query) {
        2
    } else {
        3
    })
}
