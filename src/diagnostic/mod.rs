//! What is wrong with an author's source: one type, data first, wording in both languages last.
//!
//! A diagnostic is about the text of a regime; what is wrong with an officer's *figures* is a
//! finding and lives elsewhere. This room deliberately does not know terminals, editors or HTML: a
//! surface takes the value, its labels and its wording and shows them. Broken input is its subject,
//! so nothing here fails.

pub mod codes;
pub mod problem;
pub mod wire;
pub mod wording;

use crate::text::{FileId, Span};
use problem::Problem;
use wording::Text;

/// One mistake, or one piece of advice, in an author's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, as data.
    pub problem: Problem,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Secondary>,
    /// Ways out, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic with neither further places nor fixes.
    pub fn new(problem: impl Into<Problem>, file: FileId, span: Span) -> Self {
        Self {
            problem: problem.into(),
            primary: Label { file, span },
            secondary: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The same diagnostic with one more explaining place.
    #[must_use]
    pub fn noting(mut self, note: Note, file: FileId, span: Span) -> Self {
        self.secondary.push(Secondary {
            label: Label { file, span },
            note,
        });
        self
    }

    /// The same diagnostic with one more fix of a single edit in the primary file.
    #[must_use]
    pub fn fixed_by(mut self, kind: FixKind, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix {
            edits: vec![Edit {
                file: self.primary.file,
                span,
                replacement: replacement.into(),
            }],
            kind,
        });
        self
    }
}

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// The bytes of the file.
    pub span: Span,
}

/// A further place, with the reason it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secondary {
    /// The place.
    pub label: Label,
    /// Why it is shown.
    pub note: Note,
}

/// Why a further place is shown beside the primary one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The block, bracket or quotation that is still open was opened here.
    OpenedHere,
    /// The thing talked about is declared here.
    DeclaredHere,
    /// The first of two things that exclude each other.
    FirstHere,
    /// The other side of a disagreement.
    DisagreesHere,
    /// A row, cell or use that is affected too.
    AlsoHere,
}

impl Note {
    /// The words shown at the place.
    pub fn wording(&self) -> Text {
        match self {
            Note::OpenedHere => Text::new("mở ở đây", "opened here"),
            Note::DeclaredHere => Text::new("khai báo ở đây", "declared here"),
            Note::FirstHere => Text::new("đã có ở đây", "already here"),
            Note::DisagreesHere => Text::new("không khớp với chỗ này", "disagrees with this"),
            Note::AlsoHere => Text::new("cũng liên quan đến chỗ này", "this is affected too"),
        }
    }
}

/// One way out: all edits together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Edits that do not overlap.
    pub edits: Vec<Edit>,
    /// How sure it is that the author means this.
    pub kind: FixKind,
}

impl Fix {
    /// What the fix does, in words.
    pub fn wording(&self) -> Text {
        match self.edits.as_slice() {
            [only] if only.replacement.is_empty() => Text::new("bỏ đoạn này", "remove this"),
            [only] if only.replacement.trim().is_empty() => {
                Text::new("nối vào dòng trên", "join it to the line above")
            }
            [only] if only.span.is_empty() => Text::new(
                format!("thêm `{}`", only.replacement.trim()),
                format!("add `{}`", only.replacement.trim()),
            ),
            [only] => Text::new(
                format!("thay bằng `{}`", only.replacement),
                format!("replace with `{}`", only.replacement),
            ),
            [away, behind] if away.replacement.is_empty() && behind.span.is_empty() => {
                Text::new("chuyển ra sau khối này", "move it behind this block")
            }
            [first, rest @ ..]
                if !first.replacement.is_empty()
                    && rest
                        .iter()
                        .all(|edit| edit.replacement == first.replacement) =>
            {
                let (text, places) = (&first.replacement, rest.len() + 1);
                Text::new(
                    format!("thay bằng `{text}` ở {places} chỗ"),
                    format!("replace with `{text}` in {places} places"),
                )
            }
            several => Text::new(
                format!("sửa {} chỗ", several.len()),
                format!("change {} places", several.len()),
            ),
        }
    }
}

/// How sure it is that a fix is what the author means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixKind {
    /// Only one thing can be meant; a tool may apply it unasked.
    Certain,
    /// A guess that a person should look at.
    Likely,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: FileId,
    /// The bytes replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The regime cannot be published.
    Error,
    /// The regime can be published; something probably is not what the author means.
    Warning,
    /// The regime is sound and could be better.
    Advice,
}
