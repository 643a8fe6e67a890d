//! Places and edits between byte offsets and what the protocol counts: lines, and columns in UTF-16 code units.
//!
//! It deliberately knows neither documents nor addresses. A place outside the text is moved to the nearest one that exists.

use crate::text::Span;
use crate::text::line_index::{LineColumn, LineIndex};
use tower_lsp::lsp_types::{Position, Range};

/// One text with its line starts.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'t> {
    /// The text.
    pub text: &'t str,
    /// Its line starts.
    pub index: &'t LineIndex,
}

impl Lines<'_> {
    /// The place of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let LineColumn { line, column } = self.index.utf16(self.text, offset);
        Position::new(line, column)
    }

    /// The byte offset of a place.
    pub fn offset(&self, position: Position) -> u32 {
        let place = LineColumn {
            line: position.line,
            column: position.character,
        };
        self.index.offset_of_utf16(self.text, place)
    }

    /// The range of a span of bytes.
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The span of bytes of a range; a range that ends before it begins is empty.
    pub fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_the_editor_in_composed_and_decomposed_text() {
        for (text, column) in [("biểu X", 5), ("bie\u{302}\u{309}u X", 7), ("😀 X", 3)] {
            let index = LineIndex::new(text);
            let lines = Lines {
                text,
                index: &index,
            };
            let at = u32::try_from(text.find('X').unwrap_or(0)).unwrap_or(0);
            let range = lines.range(Span::new(at, at + 1));
            assert_eq!(
                range,
                Range::new(Position::new(0, column), Position::new(0, column + 1))
            );
            assert_eq!(lines.span(range), Span::new(at, at + 1));
        }
    }

    #[test]
    fn absurd_places_are_moved_into_the_text() {
        let text = "một\nhai";
        let index = LineIndex::new(text);
        let lines = Lines {
            text,
            index: &index,
        };
        let far = Position::new(u32::MAX, u32::MAX);
        assert_eq!(lines.offset(far), u32::try_from(text.len()).unwrap_or(0));
        assert_eq!(lines.span(Range::new(far, Position::new(0, 0))).len(), 0);
    }
}
