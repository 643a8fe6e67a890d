//! What is shown between the lines: sizes, days, figures of the nearest test.
//!
//! Days depend on the day it is, which the view tells. A range that lies outside the text shows nothing.

use crate::ide::hints::{Hint, hints};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

/// Answers `textDocument/inlayHint`.
pub fn answer(view: &View, asked: InlayHintParams) -> Answer<Option<Vec<InlayHint>>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let range = document.span(asked.range);
    let found = hints(document.snapshot(), document.file, range, view.today());
    let written = found.iter().map(|hint| written(hint, &document, view));
    Ok(Some(written.collect()))
}

fn written(hint: &Hint, document: &Document, view: &View) -> InlayHint {
    let language = view.language();
    let more = hint.more.as_ref();
    InlayHint {
        position: document.lines.position(hint.offset),
        label: InlayHintLabel::String(hint.words.in_language(language).to_owned()),
        kind: None,
        text_edits: None,
        tooltip: more.map(|more| InlayHintTooltip::String(more.in_language(language).to_owned())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
