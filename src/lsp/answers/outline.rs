//! Outlines and finding things in the protocol's words.
//!
//! It deliberately decides nothing but which of the protocol's kinds of symbol stands for which kind of declaration.

use crate::ide::kind::Kind;
use crate::ide::symbols::{self, Symbol};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use tower_lsp::lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolInformation, SymbolKind,
    WorkspaceSymbolParams,
};

/// The most things that are found at once.
const MOST_FOUND: usize = 200;

/// The outline of a document.
pub fn of_document(
    view: &View,
    asked: DocumentSymbolParams,
) -> Answer<Option<DocumentSymbolResponse>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let found = symbols::of_document(document.snapshot(), document.file, view.language());
    let nested = found.into_iter().map(|symbol| nested(&document, symbol));
    Ok(Some(DocumentSymbolResponse::Nested(nested.collect())))
}

#[allow(
    deprecated,
    reason = "the protocol's type has a field that it asks not to be used"
)]
fn nested(document: &Document, symbol: Symbol) -> DocumentSymbol {
    let members = symbol.members.into_iter();
    DocumentSymbol {
        name: symbol.title,
        detail: symbol.detail,
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: document.range(symbol.whole),
        selection_range: document.range(symbol.selected),
        children: Some(members.map(|member| nested(document, member)).collect()),
    }
}

/// What is found in all projects by a few letters.
#[allow(
    deprecated,
    reason = "the protocol's type has a field that it asks not to be used"
)]
pub fn search(view: &View, asked: WorkspaceSymbolParams) -> Answer<Option<Vec<SymbolInformation>>> {
    let mut found = Vec::new();
    for project in &view.projects {
        let hits = symbols::search(&project.snapshot, &asked.query, view.language(), MOST_FOUND);
        for hit in hits {
            let Some(location) = project.location(hit.place) else {
                continue;
            };
            found.push(SymbolInformation {
                name: match hit.detail {
                    Some(detail) => format!("{} {detail}", hit.title),
                    None => hit.title,
                },
                kind: kind(hit.kind),
                tags: None,
                deprecated: None,
                location,
                container_name: hit.within,
            });
        }
    }
    found.truncate(MOST_FOUND);
    Ok(Some(found))
}

/// The protocol's nearest kind; editors only choose an icon by it.
pub fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Regime => SymbolKind::MODULE,
        Kind::Form => SymbolKind::CLASS,
        Kind::List => SymbolKind::ARRAY,
        Kind::Group | Kind::Section | Kind::Outline => SymbolKind::NAMESPACE,
        Kind::Column | Kind::Field | Kind::EventField => SymbolKind::FIELD,
        Kind::Row => SymbolKind::PROPERTY,
        Kind::Rule => SymbolKind::OPERATOR,
        Kind::Test => SymbolKind::METHOD,
        Kind::Narrative => SymbolKind::STRING,
        Kind::Migration => SymbolKind::PACKAGE,
        Kind::Event => SymbolKind::EVENT,
        Kind::Catalog | Kind::Level => SymbolKind::ENUM,
        Kind::Entry | Kind::UnitKind => SymbolKind::ENUM_MEMBER,
        Kind::Measure => SymbolKind::NUMBER,
        Kind::Indicator => SymbolKind::CONSTANT,
        Kind::Target | Kind::Export => SymbolKind::OBJECT,
        Kind::Tag | Kind::Trait => SymbolKind::BOOLEAN,
        Kind::Agency => SymbolKind::INTERFACE,
        Kind::Calendar | Kind::PeriodKind | Kind::Campaign => SymbolKind::STRUCT,
    }
}
