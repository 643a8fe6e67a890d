//! How deep brackets lie inside each other, counted before anything recursive sees the text.
//!
//! It deliberately knows only brackets, quotation marks, comments and lines. Nesting without brackets, as of conditions in conditions, is bounded where the tree is built.

use crate::text::Span;

/// The first bracket that lies deeper than `limit`.
pub(super) fn too_deep(text: &str, limit: u32) -> Option<Span> {
    // Braces nest over lines. Parentheses and brackets are forgotten at a brace or a semicolon, so
    // that lines with a forgotten parenthesis do not add up.
    let mut braces: u32 = 0;
    let mut brackets: u32 = 0;
    let mut inside_quotes: Option<u32> = None;
    let bytes = text.as_bytes();
    for (offset, byte) in bytes.iter().enumerate() {
        match (byte, &mut inside_quotes) {
            (b'"' | b'\n' | b'\r', Some(_)) => inside_quotes = None,
            // A brace at the end of its line opens a block, also behind a text that is not closed.
            (b'{', Some(_)) if ends_line(text, offset + 1) => {
                inside_quotes = None;
                braces += 1;
                brackets = 0;
            }
            (b'(' | b'[', Some(depth)) => *depth += 1,
            (b')' | b']', Some(depth)) => *depth = depth.saturating_sub(1),
            (_, Some(_)) => {}
            (b'"', None) => inside_quotes = Some(0),
            (b'{', None) => {
                braces += 1;
                brackets = 0;
            }
            (b'}', None) => {
                braces = braces.saturating_sub(1);
                brackets = 0;
            }
            (b';', None) => brackets = 0,
            (b'(' | b'[', None) => brackets += 1,
            (b')' | b']', None) => brackets = brackets.saturating_sub(1),
            (_, None) => {}
        }
        if braces.max(brackets).max(inside_quotes.unwrap_or(0)) > limit {
            return Some(Span::from_offsets(offset, offset + 1));
        }
    }
    None
}

/// Whether nothing but space or a comment follows on the line.
fn ends_line(text: &str, offset: usize) -> bool {
    let rest = text.get(offset..).unwrap_or("");
    let rest = rest.trim_start_matches([' ', '\t', '\u{A0}']);
    rest.is_empty() || rest.starts_with(['\n', '\r']) || rest.starts_with("//")
}
