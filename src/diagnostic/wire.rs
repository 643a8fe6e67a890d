//! Diagnostics as they leave the program: plain data with both languages and every kind of column.
//!
//! The format is a promise to scripts and editors: `format` counts its versions. It deliberately
//! does not know how the bytes are written. A file that cannot be found keeps its spans and has no
//! lines.

use super::{Diagnostic, Label, Severity};
use crate::diagnostic::wording::Text;
use crate::text::line_index::{LineColumn, LineIndex};
use crate::text::{FileId, SourceFile};
use serde::Serialize;

/// Version of the format.
pub const FORMAT: u32 = 1;

/// All diagnostics of one run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Version of the format.
    pub format: u32,
    /// The diagnostics in the order given.
    pub diagnostics: Vec<Entry>,
}

/// One diagnostic.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Stable code.
    pub code: &'static str,
    /// `error`, `warning` or `advice`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: Both,
    /// Why it is wrong.
    pub why: Both,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Both>,
    /// Where it is wrong.
    pub at: At,
    /// Other places.
    pub related: Vec<Related>,
    /// Ways out.
    pub fixes: Vec<WireFix>,
}

/// A text in both languages.
#[derive(Debug, Serialize)]
pub struct Both {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A place, in bytes and in lines with UTF-16 columns, all counted from zero.
#[derive(Debug, Serialize)]
pub struct At {
    /// Path relative to the project.
    pub path: String,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// First line and column.
    pub from: Position,
    /// Line and column after the last character.
    pub to: Position,
}

/// A line and a column in UTF-16 code units.
#[derive(Debug, Serialize)]
pub struct Position {
    /// Line, from zero.
    pub line: u32,
    /// Column, from zero.
    pub column: u32,
}

/// A further place.
#[derive(Debug, Serialize)]
pub struct Related {
    /// The place.
    pub at: At,
    /// Why it is shown.
    pub note: Both,
}

/// A way out.
#[derive(Debug, Serialize)]
pub struct WireFix {
    /// What it does.
    pub title: Both,
    /// `certain` or `likely`.
    pub kind: &'static str,
    /// Its edits.
    pub edits: Vec<WireEdit>,
}

/// One replacement.
#[derive(Debug, Serialize)]
pub struct WireEdit {
    /// The place replaced.
    pub at: At,
    /// What stands there afterwards.
    pub replacement: String,
}

/// The wire form of diagnostics about these files.
pub fn report(diagnostics: &[Diagnostic], files: &[SourceFile]) -> Report {
    let known: Vec<Known> = files
        .iter()
        .map(|file| Known {
            file,
            lines: LineIndex::new(&file.text),
        })
        .collect();
    Report {
        format: FORMAT,
        diagnostics: diagnostics
            .iter()
            .map(|diagnostic| entry(diagnostic, &known))
            .collect(),
    }
}

struct Known<'f> {
    file: &'f SourceFile,
    lines: LineIndex,
}

fn entry(diagnostic: &Diagnostic, known: &[Known]) -> Entry {
    let wording = diagnostic.problem.wording();
    Entry {
        code: diagnostic.problem.code(),
        severity: match diagnostic.problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        },
        message: both(wording.message),
        why: both(wording.why),
        help: wording.help.map(both),
        at: at(diagnostic.primary, known),
        related: diagnostic
            .secondary
            .iter()
            .map(|secondary| Related {
                at: at(secondary.label, known),
                note: both(secondary.note.wording()),
            })
            .collect(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|fix| WireFix {
                title: both(fix.wording()),
                kind: match fix.kind {
                    super::FixKind::Certain => "certain",
                    super::FixKind::Likely => "likely",
                },
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| WireEdit {
                        at: at(
                            Label {
                                file: edit.file,
                                span: edit.span,
                            },
                            known,
                        ),
                        replacement: edit.replacement.clone(),
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn both(text: Text) -> Both {
    Both {
        vi: text.vi,
        en: text.en,
    }
}

fn at(label: Label, known: &[Known]) -> At {
    let found = known.iter().find(|one| one.file.id == label.file);
    let position = |offset: u32| -> Position {
        let LineColumn { line, column } = found.map_or(LineColumn { line: 0, column: 0 }, |one| {
            one.lines.utf16(&one.file.text, offset)
        });
        Position { line, column }
    };
    At {
        path: found.map_or_else(|| unknown_path(label.file), |one| one.file.path.clone()),
        start: label.span.start,
        end: label.span.end,
        from: position(label.span.start),
        to: position(label.span.end),
    }
}

fn unknown_path(file: FileId) -> String {
    format!("#{}", file.0)
}
