//! What stands under the cursor, told in words: names with what the analysis made of them, keywords with one sentence and their other spelling.
//!
//! The answer is Markdown in the asked language. In a project with mistakes it tells what is known: without a plan there is no reading, without a model only the label, and in a text that
//! cannot be read the keywords still speak. It deliberately does not know the clock; the day on which units are counted is part of the question.

pub mod burden;
mod cells;
mod keyword;
mod listed;
mod words;

use super::kind::Kind;
use super::meaning::{self, Meaning};
use super::names::{self, Target};
use crate::calendar::Date;
use crate::diagnostic::wording::Text;
use crate::plan::Bilingual;
use crate::text::language::Language;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;

/// What the answers of a project depend on beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The day on which units are counted.
    pub on: Date,
    /// How long a person needs to fill one cell, in seconds; a minute unless the project says otherwise.
    pub seconds_per_cell: u32,
}

impl Settings {
    /// The settings of a project that says nothing.
    pub fn usual(on: Date) -> Settings {
        Settings {
            on,
            seconds_per_cell: 60,
        }
    }
}

/// What is told about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word it is about.
    pub span: Span,
    /// The words, as Markdown.
    pub markdown: String,
}

/// What is told about the word at an offset.
pub fn at(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    language: Language,
    settings: Settings,
) -> Option<Hover> {
    let teller = Teller {
        snapshot,
        language,
        settings,
    };
    let name = names::at(snapshot, file, offset);
    let is_certain = name.as_ref().is_some_and(|name| name.certain);
    if !is_certain && let Some(hover) = teller.listed(file, offset) {
        return Some(hover);
    }
    if let Some(name) = name {
        return Some(Hover {
            span: name.at.span,
            markdown: teller.tell(&name.target),
        });
    }
    keyword::at(snapshot, file, offset, language)
}

/// Who tells, and in which language.
#[derive(Clone, Copy)]
struct Teller<'s> {
    snapshot: &'s Snapshot,
    language: Language,
    settings: Settings,
}

impl<'s> Teller<'s> {
    fn tell(&self, target: &Target) -> String {
        let mut parts = vec![self.heading(target)];
        let found = meaning::of(self.snapshot, target);
        match found {
            Some(Meaning::Regime(regime)) => self.regime(regime, &mut parts),
            Some(Meaning::Form(regime, form)) => self.form(regime, form, &mut parts),
            Some(Meaning::Column {
                regime,
                form,
                at,
                column,
            }) => self.column(regime, (form, at), column, &mut parts),
            Some(Meaning::Row { regime, form, row }) => self.row(regime, form, row, &mut parts),
            Some(Meaning::Rule(regime, rule)) => self.rule(regime, rule, &mut parts),
            Some(meaning) => parts.extend(self.word(target, meaning)),
            None => {}
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// `**cột 3 trong_ky** — Tiếp nhận trong kỳ` and where it stands.
    fn heading(&self, target: &Target) -> String {
        let headed = matches!(target.kind, Kind::Form | Kind::List);
        let code = target.code.as_ref().filter(|_| !headed);
        let called: Vec<&str> = [code, target.name.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let kind = target.kind.wording();
        let kind = kind.in_language(self.language);
        let mut text = match called.is_empty() {
            true => format!("**{kind}**"),
            false => format!("**{kind} `{}`**", called.join(" ")),
        };
        let sign = target.code.as_ref().filter(|_| headed);
        let printed: Vec<String> = [sign, target.label.as_ref()]
            .into_iter()
            .flatten()
            .map(|label| escaped(label))
            .collect();
        if !printed.is_empty() {
            text.push_str(" — ");
            text.push_str(&printed.join(" "));
        }
        if let Some(within) = &target.within {
            let within = self.say(format!("trong `{within}`"), format!("in `{within}`"));
            text.push_str("  \n");
            text.push_str(&within);
        }
        text
    }

    fn say(&self, vi: impl Into<String>, en: impl Into<String>) -> String {
        match self.language {
            Language::Vietnamese => vi.into(),
            Language::English => en.into(),
        }
    }

    fn of(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    /// Sentences of the reading as one paragraph.
    fn read(&self, sentences: &[Bilingual]) -> String {
        let told: Vec<String> = sentences
            .iter()
            .map(|sentence| {
                escaped(match self.language {
                    Language::Vietnamese => &sentence.vi,
                    Language::English => &sentence.en,
                })
            })
            .collect();
        told.join(" ")
    }
}

/// A number of things in English.
fn counted(count: &str, one: &str, many: &str) -> String {
    format!("{count} {}", if count == "1" { one } else { many })
}

/// A list of facts, one a line.
fn listed(facts: Vec<String>) -> String {
    let lines: Vec<String> = facts
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .map(|fact| format!("- {fact}"))
        .collect();
    lines.join("\n")
}

/// Text of an author as Markdown that shows it as it stands.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~'
        ) {
            shown.push('\\');
        }
        shown.push(letter);
    }
    shown
}
