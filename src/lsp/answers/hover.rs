//! What is told about the word under the cursor, in the protocol's words.
//!
//! The words come from the room of editor questions. The day on which units are counted is today's, which only the shell knows.

use crate::ide::hover::{self, Settings};
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// What is told about a place.
pub fn answer(view: &View, asked: HoverParams) -> Answer<Option<Hover>> {
    let Some((document, offset)) = view.at(&asked.text_document_position_params) else {
        return Ok(None);
    };
    let usual = Settings::usual(view.today());
    let settings = Settings {
        seconds_per_cell: view
            .settings
            .minutes_per_cell
            .map_or(usual.seconds_per_cell, |minutes| minutes.saturating_mul(60)),
        ..usual
    };
    let language = view.language();
    let told = hover::at(
        document.snapshot(),
        document.file,
        offset,
        language,
        settings,
    );
    Ok(told.map(|told| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: told.markdown,
        }),
        range: Some(document.range(told.span)),
    }))
}
