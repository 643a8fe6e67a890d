//! Where the program's words go: results to standard output, everything else to standard error.
//!
//! It deliberately does not know what is said. A reader that hangs up early (`regime check | head`) is no failure.

use crate::cli::arguments::OutputFormat;
use crate::plan::Bilingual;
use crate::text::language::Language;
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// The version of the JSON that commands print.
pub const JSON_FORMAT: u32 = 1;

/// How a command ended, when it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about: exit code 0.
    Clean,
    /// The work was done and something was found: exit code 1.
    Findings,
}

impl Outcome {
    /// Clean exactly when nothing was found.
    pub fn clean_if(clean: bool) -> Outcome {
        if clean {
            Outcome::Clean
        } else {
            Outcome::Findings
        }
    }
}

/// The two streams, with the reader's language and format.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    /// The language of all words.
    pub language: Language,
    /// The format of the result.
    pub format: OutputFormat,
}

impl Console {
    /// One of two texts.
    pub fn choose<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Vietnamese => vi,
            Language::English => en,
        }
    }

    /// One of two texts made for this occasion.
    pub fn say(&self, vi: String, en: String) -> String {
        match self.language {
            Language::Vietnamese => vi,
            Language::English => en,
        }
    }

    /// The reader's half of a text.
    pub fn of<'t>(&self, text: &'t Bilingual) -> &'t str {
        self.choose(&text.vi, &text.en)
    }

    /// Whether the result is for a program.
    pub fn is_json(&self) -> bool {
        self.format == OutputFormat::Json
    }

    /// Whether standard output is a terminal that wants colours.
    pub fn is_coloured(&self) -> bool {
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
    }

    /// A line of the result.
    pub fn result(&self, line: &str) {
        ignore_hang_up(writeln!(std::io::stdout().lock(), "{line}"));
    }

    /// Text of the result exactly as it is, without a line end added.
    pub fn exact(&self, text: &str) {
        ignore_hang_up(write!(std::io::stdout().lock(), "{text}"));
    }

    /// The result as JSON with its format number in front.
    pub fn json<T: Serialize>(&self, body: &T) {
        match serde_json::to_string_pretty(&Numbered {
            format: JSON_FORMAT,
            body,
        }) {
            Ok(text) => self.result(&text),
            Err(error) => self.note(&error.to_string()),
        }
    }

    /// A line for the person at the terminal.
    pub fn note(&self, line: &str) {
        ignore_hang_up(writeln!(std::io::stderr().lock(), "{line}"));
    }
}

/// A JSON object with its format number.
#[derive(Serialize)]
struct Numbered<'b, T> {
    format: u32,
    #[serde(flatten)]
    body: &'b T,
}

/// Nobody is left to be told about a closed stream.
fn ignore_hang_up(written: std::io::Result<()>) {
    drop(written);
}
