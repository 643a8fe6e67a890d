//! Pieces of a document in the protocol's words: folds, growing selections, tables to open, coloured words.
//!
//! The words for colours are fixed in the first message and are those that editors know. It deliberately decides nothing about a text.

use crate::ide::folding::{self, FoldKind};
use crate::ide::kind::Kind;
use crate::ide::selection;
use crate::ide::table_paths;
use crate::ide::tokens::{self, Token, TokenKind};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use crate::text::Span;
use tower_lsp::lsp_types::{
    DocumentLink, DocumentLinkParams, FoldingRange, FoldingRangeKind, FoldingRangeParams,
    SelectionRange, SelectionRangeParams, SemanticToken, SemanticTokenModifier, SemanticTokenType,
    SemanticTokens, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, SemanticTokensServerCapabilities,
};

/// What can be folded in a document.
pub fn folds(view: &View, asked: FoldingRangeParams) -> Answer<Option<Vec<FoldingRange>>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let found = folding::of_file(document.snapshot(), document.file);
    let ranges = found.into_iter().map(|fold| {
        let range = document.range(fold.span);
        // The line of a closing brace stays in sight.
        let last = match fold.kind {
            FoldKind::Block => range.end.line.saturating_sub(1).max(range.start.line),
            FoldKind::Comment | FoldKind::Statement => range.end.line,
        };
        FoldingRange {
            start_line: range.start.line,
            end_line: last,
            kind: Some(match fold.kind {
                FoldKind::Comment => FoldingRangeKind::Comment,
                FoldKind::Block | FoldKind::Statement => FoldingRangeKind::Region,
            }),
            ..FoldingRange::default()
        }
    });
    Ok(Some(
        ranges
            .filter(|fold| fold.end_line > fold.start_line)
            .collect(),
    ))
}

/// What is selected around each of some places, step by step.
pub fn selections(view: &View, asked: SelectionRangeParams) -> Answer<Option<Vec<SelectionRange>>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let around = asked.positions.into_iter().map(|position| {
        let offset = document.offset(position);
        let chain = selection::around(document.snapshot(), document.file, offset);
        let outward = chain.into_iter().rev().fold(None, |parent, span| {
            Some(SelectionRange {
                range: document.range(span),
                parent: parent.map(Box::new),
            })
        });
        outward.unwrap_or(SelectionRange {
            range: document.range(Span::at(offset)),
            parent: None,
        })
    });
    Ok(Some(around.collect()))
}

/// The tables that a document names.
pub fn links(view: &View, asked: DocumentLinkParams) -> Answer<Option<Vec<DocumentLink>>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let named = table_paths::named(document.snapshot(), document.file);
    let links = named.into_iter().map(|table| DocumentLink {
        range: document.range(table.span),
        target: document.project.root.uri(&table.path),
        tooltip: None,
        data: None,
    });
    Ok(Some(links.filter(|link| link.target.is_some()).collect()))
}

/// The kinds of coloured words, in the order in which they are numbered.
const KINDS: [SemanticTokenType; 13] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::CLASS,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::TYPE,
    SemanticTokenType::ENUM,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::EVENT,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::MACRO,
];

/// What may be said of a coloured word beside its kind, in the order of the bits.
const MODIFIERS: [SemanticTokenModifier; 4] = [
    SemanticTokenModifier::DECLARATION,
    SemanticTokenModifier::READONLY,
    SemanticTokenModifier::DEPRECATED,
    SemanticTokenModifier::DOCUMENTATION,
];

/// The words for colours, told in the first message.
pub fn colouring() -> SemanticTokensServerCapabilities {
    SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: KINDS.to_vec(),
            token_modifiers: MODIFIERS.to_vec(),
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    })
}

fn type_of(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Keyword => SemanticTokenType::KEYWORD,
        TokenKind::Label | TokenKind::LegalAct => SemanticTokenType::STRING,
        TokenKind::Number | TokenKind::Date => SemanticTokenType::NUMBER,
        TokenKind::Word => SemanticTokenType::VARIABLE,
        TokenKind::Name(kind) => match kind {
            Kind::Regime => SemanticTokenType::NAMESPACE,
            Kind::Form | Kind::List => SemanticTokenType::CLASS,
            Kind::Column | Kind::Row | Kind::Field | Kind::EventField | Kind::Group => {
                SemanticTokenType::PROPERTY
            }
            Kind::Rule | Kind::Test => SemanticTokenType::FUNCTION,
            Kind::Measure | Kind::Indicator | Kind::Target | Kind::Export => {
                SemanticTokenType::TYPE
            }
            Kind::Catalog | Kind::Level => SemanticTokenType::ENUM,
            Kind::Entry | Kind::UnitKind | Kind::Agency => SemanticTokenType::ENUM_MEMBER,
            Kind::Event | Kind::PeriodKind | Kind::Campaign | Kind::Calendar => {
                SemanticTokenType::EVENT
            }
            Kind::Tag | Kind::Trait => SemanticTokenType::MACRO,
            Kind::Outline | Kind::Section | Kind::Narrative | Kind::Migration => {
                SemanticTokenType::VARIABLE
            }
        },
    }
}

/// The coloured words of a document.
pub fn colours(view: &View, asked: SemanticTokensParams) -> Answer<Option<SemanticTokensResult>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let found = tokens::of_file(document.snapshot(), document.file, None);
    Ok(Some(SemanticTokensResult::Tokens(encoded(
        &document, &found,
    ))))
}

/// The coloured words of a part of a document.
pub fn colours_of_range(
    view: &View,
    asked: SemanticTokensRangeParams,
) -> Answer<Option<SemanticTokensRangeResult>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let range = document.span(asked.range);
    let found = tokens::of_file(document.snapshot(), document.file, Some(range));
    Ok(Some(SemanticTokensRangeResult::Tokens(encoded(
        &document, &found,
    ))))
}

/// Each word told by its distance from the one before, as the protocol has it.
fn encoded(document: &Document, found: &[Token]) -> SemanticTokens {
    let mut data = Vec::with_capacity(found.len());
    let (mut line, mut column) = (0, 0);
    for token in found {
        let range = document.range(token.span);
        let kind = type_of(token.kind);
        let Some(token_type) = KINDS.iter().position(|known| *known == kind) else {
            continue;
        };
        let modifiers = [
            token.declaration,
            token.computed,
            token.ended,
            token.kind == TokenKind::LegalAct,
        ];
        let bits = modifiers
            .iter()
            .enumerate()
            .filter(|(_, holds)| **holds)
            .fold(0, |bits, (place, _)| bits | (1 << place));
        let start = range.start;
        data.push(SemanticToken {
            delta_line: start.line.saturating_sub(line),
            delta_start: match start.line == line {
                true => start.character.saturating_sub(column),
                false => start.character,
            },
            length: range.end.character.saturating_sub(start.character),
            token_type: u32::try_from(token_type).unwrap_or(0),
            token_modifiers_bitset: bits,
        });
        (line, column) = (start.line, start.character);
    }
    SemanticTokens {
        result_id: None,
        data,
    }
}
