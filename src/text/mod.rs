//! Source text and places in it: files, byte spans, line and column arithmetic, Unicode normal form.
//!
//! It deliberately does not know the regime language, diagnostics or any surface. A place outside a
//! text is never an error here: it is clipped to the text.

pub mod language;
pub mod line_index;
pub mod normal;
pub mod table;

use std::sync::Arc;

/// A half-open range of bytes, `start..end`, in one source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte of the range.
    pub start: u32,
    /// Byte after the last one of the range.
    pub end: u32,
}

impl Span {
    /// A span from one byte offset to another; an end before the start is lifted to the start.
    pub fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// A span from offsets as slices count them. Offsets beyond 4 GiB are clipped, which the size
    /// cap of the parser makes unreachable.
    pub fn from_offsets(start: usize, end: usize) -> Self {
        Self::new(clip(start), clip(end))
    }

    /// The empty span at one offset: a place between two characters.
    pub fn at(offset: u32) -> Self {
        Self::new(offset, offset)
    }

    /// Number of bytes.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved towards the end of the file.
    pub fn shifted(self, by: u32) -> Self {
        Self::new(self.start.saturating_add(by), self.end.saturating_add(by))
    }

    /// The text under the span; empty if the span does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }
}

fn clip(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Identity of a source file within one run or one snapshot of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One source file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Identity used by labels.
    pub id: FileId,
    /// Path relative to the project folder, with `/` between its parts.
    pub path: String,
    /// The whole text, exactly as stored.
    pub text: Arc<str>,
}

impl SourceFile {
    /// A source file from its parts.
    pub fn new(id: FileId, path: &str, text: &str) -> Self {
        Self {
            id,
            path: path.to_owned(),
            text: Arc::from(text),
        }
    }
}
