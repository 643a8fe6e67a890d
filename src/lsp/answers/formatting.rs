//! The one layout of a text: of all of it, of a range, and of the line that was just ended.
//!
//! Formatting keeps the lines of the author but for spare empty ones, so the edits are found line by line and the caret stays where it is. A text that is not read is left as it is.

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

/// The edits of the lines that are asked for. Where the layout has other lines than the text, only the whole of it can be said.
fn edits(document: &Document, wanted: impl Fn(u32) -> bool) -> Vec<TextEdit> {
    let text: &str = &document.source.text;
    let laid_out = format(text);
    if laid_out == text {
        return Vec::new();
    }
    let before: Vec<&str> = text.split('\n').collect();
    let after: Vec<&str> = laid_out.split('\n').collect();
    if before.len() != after.len() {
        let last = u32::try_from(before.len()).unwrap_or(u32::MAX);
        if !(0..last).all(&wanted) {
            return Vec::new();
        }
        let all = Span::from_offsets(0, text.len());
        return vec![TextEdit::new(document.range(all), laid_out)];
    }
    let lines = (0_u32..).zip(before.into_iter().zip(after));
    let changed = lines.filter(|(line, (old, new))| old != new && wanted(*line));
    changed
        .map(|(line, (old, new))| {
            let width = old.encode_utf16().count();
            let end = Position::new(line, u32::try_from(width).unwrap_or(u32::MAX));
            TextEdit::new(Range::new(Position::new(line, 0), end), new.to_owned())
        })
        .collect()
}
