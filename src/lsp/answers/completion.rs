//! What may be written at a place, as items of a list.
//!
//! The order and the texts to compare with are those of the answer, not the client's guess. A client without snippets gets what stands before the first place to fill in.

use crate::diagnostic::problem::meaning::NameKind;
use crate::ide::complete::{Completion, CompletionKind, complete};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList,
    CompletionOptions, CompletionParams, CompletionResponse, CompletionTextEdit, InsertTextFormat,
    TextEdit,
};

/// What the server offers.
pub fn offer() -> CompletionOptions {
    let signs = ["[", "\"", " ", ",", "(", "."];
    CompletionOptions {
        trigger_characters: Some(signs.map(str::to_owned).to_vec()),
        ..CompletionOptions::default()
    }
}

/// Answers `textDocument/completion`.
pub fn answer(view: &View, asked: CompletionParams) -> Answer<Option<CompletionResponse>> {
    let Some((document, offset)) = view.at(&asked.text_document_position) else {
        return Ok(None);
    };
    let found = complete(document.snapshot(), document.file, offset, view.language());
    let items = found
        .into_iter()
        .map(|one| item(one, &document, view.abilities.snippets));
    // What is written next changes what fits: a short list is asked for again.
    Ok(Some(CompletionResponse::List(CompletionList {
        is_incomplete: true,
        items: items.collect(),
    })))
}

fn item(found: Completion, document: &Document, snippets: bool) -> CompletionItem {
    let is_snippet = found.is_snippet && snippets;
    let text = if found.is_snippet && !snippets {
        let head = found.insert.split("${").next().unwrap_or_default();
        let line = head.lines().next().unwrap_or_default();
        line.split('$').next().unwrap_or_default().to_owned()
    } else {
        found.insert
    };
    CompletionItem {
        label: found.label,
        label_details: (!found.detail.is_empty()).then(|| CompletionItemLabelDetails {
            detail: None,
            description: Some(found.detail.clone()),
        }),
        detail: (!found.detail.is_empty()).then_some(found.detail),
        kind: Some(kind(found.kind)),
        sort_text: Some(found.order),
        filter_text: Some(found.filter),
        insert_text_format: Some(if is_snippet {
            InsertTextFormat::SNIPPET
        } else {
            InsertTextFormat::PLAIN_TEXT
        }),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            document.range(found.replaces),
            text,
        ))),
        ..CompletionItem::default()
    }
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Keyword => CompletionItemKind::KEYWORD,
        CompletionKind::Statement => CompletionItemKind::SNIPPET,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Text => CompletionItemKind::TEXT,
        CompletionKind::Name(name) => match name {
            NameKind::Measure => CompletionItemKind::UNIT,
            NameKind::Column | NameKind::Row | NameKind::Field | NameKind::EventField => {
                CompletionItemKind::FIELD
            }
            NameKind::Catalog => CompletionItemKind::ENUM,
            NameKind::Entry => CompletionItemKind::ENUM_MEMBER,
            NameKind::Regime => CompletionItemKind::MODULE,
            NameKind::Form => CompletionItemKind::CLASS,
            NameKind::Table => CompletionItemKind::FILE,
            NameKind::Event => CompletionItemKind::EVENT,
            _ => CompletionItemKind::VALUE,
        },
    }
}
