//! The one layout of a text: of all of it, of a range, and of the line that was just ended.
//!
//! Formatting keeps the lines of the author but for spare empty ones, so the edits are found line by line, also beside spare lines, and the caret stays where it is. A text that is not read is left as it is.

use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use crate::syntax::format::format;
use crate::text::Span;
use tower_lsp::lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingOptions, DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams, Position, Range, TextEdit,
};

/// The signs after which the line that was just written is laid out.
pub fn on_type() -> DocumentOnTypeFormattingOptions {
    DocumentOnTypeFormattingOptions {
        first_trigger_character: "\n".to_owned(),
        more_trigger_character: Some(vec!["}".to_owned()]),
    }
}

/// Answers `textDocument/formatting`.
pub fn whole(view: &View, asked: DocumentFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let document = view.document(&asked.text_document.uri);
    Ok(document.map(|document| edits(&document, |_| true)))
}

/// Answers `textDocument/rangeFormatting`.
pub fn range(view: &View, asked: DocumentRangeFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let document = view.document(&asked.text_document.uri);
    let lines = asked.range.start.line..=asked.range.end.line;
    Ok(document.map(|document| edits(&document, |line| lines.contains(&line))))
}

/// Answers `textDocument/onTypeFormatting`: after a line end the line before it, after a brace its own.
pub fn typed(view: &View, asked: DocumentOnTypeFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let place = asked.text_document_position;
    let document = view.document(&place.text_document.uri);
    let line = match asked.ch.as_str() {
        "\n" => place.position.line.checked_sub(1),
        _ => Some(place.position.line),
    };
    Ok(document.map(|document| edits(&document, |other| Some(other) == line)))
}

/// The edits of the lines that are asked for. Where the lines of the layout cannot be laid beside those of the text, only the whole of it can be said.
fn edits(document: &Document, wanted: impl Fn(u32) -> bool) -> Vec<TextEdit> {
    let text: &str = &document.source.text;
    let laid_out = format(text);
    if laid_out == text {
        return Vec::new();
    }
    let before: Vec<&str> = text.split('\n').collect();
    let after: Vec<&str> = laid_out.split('\n').collect();
    let Some(lines) = beside(&before, &after) else {
        let last = u32::try_from(before.len()).unwrap_or(u32::MAX);
        if !(0..last).all(&wanted) {
            return Vec::new();
        }
        let all = Span::from_offsets(0, text.len());
        return vec![TextEdit::new(document.range(all), laid_out)];
    };
    let mut found = Vec::new();
    let mut above: Option<Position> = None;
    for (line, (old, new)) in (0_u32..).zip(before.into_iter().zip(lines)) {
        let width = old.encode_utf16().count();
        let (start, end) = (
            Position::new(line, 0),
            Position::new(line, u32::try_from(width).unwrap_or(u32::MAX)),
        );
        match new {
            Some(new) if new != old && wanted(line) => {
                found.push(TextEdit::new(Range::new(start, end), new.to_owned()));
            }
            // A spare line goes with the line end before it, or with its own where nothing stands before it.
            None if wanted(line) => {
                let gone = match above {
                    Some(above) => Range::new(above, end),
                    None => Range::new(start, Position::new(line.saturating_add(1), 0)),
                };
                found.push(TextEdit::new(gone, String::new()));
            }
            _ => {}
        }
        if new.is_some() || above.is_some() {
            above = Some(end);
        }
    }
    found
}

/// What becomes of each line of a text: its line of the layout, or nothing for a spare empty one. None where the layout has lines of its own.
fn beside<'l>(before: &[&str], after: &[&'l str]) -> Option<Vec<Option<&'l str>>> {
    let mut rest = after.iter().copied().peekable();
    let mut found = Vec::with_capacity(before.len());
    for old in before {
        let is_empty = old.trim().is_empty();
        let next = rest.next_if(|new| new.trim().is_empty() == is_empty);
        if next.is_none() && !is_empty {
            return None;
        }
        found.push(next);
    }
    rest.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_empty_lines_go_and_all_others_keep_their_places() {
        let before = ["", "a {", "", " ", "b", "", ""];
        let after = ["a {", "", "  b", ""];
        let found = beside(&before, &after).expect("the lines of the author");
        assert_eq!(
            found,
            [
                None,
                Some("a {"),
                Some(""),
                None,
                Some("  b"),
                Some(""),
                None
            ]
        );
        assert_eq!(beside(&["a"], &["a", "b"]), None);
        assert_eq!(beside(&["a", "b"], &["a"]), None);
    }
}
