//! Conversion between byte offsets and the columns people and editors count.
//!
//! Three columns exist and are never mixed: bytes (spans), UTF-16 code units (the editor protocol),
//! display columns (a terminal: a combining mark takes no column). It deliberately does not know
//! tabs stops or wide East Asian glyphs; each other character takes one column. An offset outside
//! the text, or inside a character, is moved back to the nearest place that exists.

use unicode_normalization::char::is_combining_mark;

/// A place as a line and a column, both counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from zero.
    pub line: u32,
    /// Column, from zero, in the unit the function names.
    pub column: u32,
}

/// The starts of the lines of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

impl LineIndex {
    /// Reads the line starts of `text`; a line ends with `\n`, a `\r` before it belongs to the end.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        for (offset, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                starts.push(u32::try_from(offset + 1).unwrap_or(u32::MAX));
            }
        }
        Self {
            starts,
            length: u32::try_from(text.len()).unwrap_or(u32::MAX),
        }
    }

    /// Number of lines; a text that ends with a line end has an empty last line.
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// Line, from zero, that holds the byte offset.
    pub fn line_of(&self, offset: u32) -> u32 {
        let after = self
            .starts
            .partition_point(|start| *start <= offset.min(self.length));
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Byte offset at which a line starts; the end of the text for a line that does not exist.
    pub fn line_start(&self, line: u32) -> u32 {
        self.starts
            .get(line as usize)
            .copied()
            .unwrap_or(self.length)
    }

    /// The text of a line without its end.
    pub fn line_text<'t>(&self, text: &'t str, line: u32) -> &'t str {
        let start = self.line_start(line) as usize;
        let end = self.line_start(line.saturating_add(1)) as usize;
        text.get(start..end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }

    /// Line and column in UTF-16 code units of a byte offset.
    pub fn utf16(&self, text: &str, offset: u32) -> LineColumn {
        self.measured(text, offset, |character| {
            u32::try_from(character.len_utf16()).unwrap_or(1)
        })
    }

    /// Line and column on a terminal of a byte offset.
    pub fn display(&self, text: &str, offset: u32) -> LineColumn {
        self.measured(text, offset, |character| {
            u32::from(!is_combining_mark(character))
        })
    }

    /// Byte offset of a line and a column in UTF-16 code units. A column past the end of the line
    /// gives the end of the line; one inside a surrogate pair gives the start of its character.
    pub fn offset_of_utf16(&self, text: &str, place: LineColumn) -> u32 {
        let start = self.line_start(place.line);
        let mut offset = start;
        let mut column = 0;
        for character in self.line_text(text, place.line).chars() {
            let width = u32::try_from(character.len_utf16()).unwrap_or(1);
            if column + width > place.column {
                break;
            }
            column += width;
            offset += u32::try_from(character.len_utf8()).unwrap_or(1);
        }
        offset
    }

    fn measured(&self, text: &str, offset: u32, width: impl Fn(char) -> u32) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.line_start(line) as usize;
        let mut end = (offset.min(self.length)) as usize;
        while end > start && !text.is_char_boundary(end) {
            end -= 1;
        }
        let column = text
            .get(start..end)
            .unwrap_or("")
            .chars()
            .map(width)
            .sum::<u32>();
        LineColumn { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPOSED: &str = "biểu X\n  cột 3 \"Đơn\" 😀 x\n";

    fn offset(text: &str, needle: &str) -> u32 {
        u32::try_from(text.find(needle).unwrap_or(0)).unwrap_or(0)
    }

    #[test]
    fn vietnamese_letters_take_one_column_in_both_units() {
        let index = LineIndex::new(COMPOSED);
        let at = offset(COMPOSED, "X");
        assert_eq!(
            at, 7,
            "bytes differ from columns, or this test shows nothing"
        );
        assert_eq!(index.utf16(COMPOSED, at), LineColumn { line: 0, column: 5 });
        assert_eq!(
            index.display(COMPOSED, at),
            LineColumn { line: 0, column: 5 }
        );
    }

    #[test]
    fn a_combining_mark_counts_for_the_editor_but_not_on_the_terminal() {
        let text = "bie\u{302}\u{309}u X";
        let index = LineIndex::new(text);
        let at = offset(text, "X");
        assert_eq!(index.utf16(text, at).column, 7);
        assert_eq!(index.display(text, at).column, 5);
    }

    #[test]
    fn a_character_outside_the_basic_plane_is_two_editor_columns() {
        let index = LineIndex::new(COMPOSED);
        let at = offset(COMPOSED, " x\n") + 1;
        assert_eq!(
            index.utf16(COMPOSED, at),
            LineColumn {
                line: 1,
                column: 17
            }
        );
        assert_eq!(
            index.display(COMPOSED, at),
            LineColumn {
                line: 1,
                column: 16
            }
        );
    }

    #[test]
    fn every_boundary_converts_there_and_back() {
        let text = format!("{COMPOSED}bie\u{302}\u{309}u\r\ncuối");
        let index = LineIndex::new(&text);
        for (at, character) in text.char_indices() {
            if character == '\n' || character == '\r' {
                continue;
            }
            let at = u32::try_from(at).unwrap_or(0);
            assert_eq!(index.offset_of_utf16(&text, index.utf16(&text, at)), at);
        }
    }

    #[test]
    fn places_outside_the_text_are_clipped() {
        let index = LineIndex::new("a\nb");
        assert_eq!(index.utf16("a\nb", 99), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_text("a\nb", 7), "");
        let far = LineColumn { line: 9, column: 9 };
        assert_eq!(index.offset_of_utf16("a\nb", far), 3);
    }
}
