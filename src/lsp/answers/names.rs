//! Names in the protocol: where they are declared, where they are used, other names for them.
//!
//! What a name is, is decided in the room of editor questions. It deliberately holds no state; what is not known is an empty answer.

use crate::diagnostic::Label;
use crate::ide::names::{self, Target};
use crate::ide::rename;
use crate::ide::rename::published::Published;
use crate::ide::rename::refusal::Refusal;
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use tower_lsp::lsp_types::request::{GotoTypeDefinitionParams, GotoTypeDefinitionResponse};
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, LocationLink, PrepareRenameResponse, ReferenceParams,
    RenameParams, TextDocumentPositionParams, WorkspaceEdit,
};

/// Where a declaration is, seen from a name.
fn link(document: &Document, from: Option<Label>, target: &Target) -> Option<LocationLink> {
    let whole = document.project.location(target.whole)?;
    let selected = document.project.location(target.selected)?;
    Some(LocationLink {
        origin_selection_range: from.map(|from| document.range(from.span)),
        target_uri: whole.uri,
        target_range: whole.range,
        target_selection_range: selected.range,
    })
}

/// Links as far as the client understands them; places for one that does not.
fn response(view: &View, links: Vec<LocationLink>) -> Option<GotoDefinitionResponse> {
    if links.is_empty() {
        return None;
    }
    if view.abilities.links {
        return Some(GotoDefinitionResponse::Link(links));
    }
    let places = links.into_iter().map(|link| Location {
        uri: link.target_uri,
        range: link.target_selection_range,
    });
    Some(GotoDefinitionResponse::Array(places.collect()))
}

/// Where the name at a place is declared.
pub fn definition(
    view: &View,
    asked: GotoDefinitionParams,
) -> Answer<Option<GotoDefinitionResponse>> {
    let Some((document, offset)) = view.at(&asked.text_document_position_params) else {
        return Ok(None);
    };
    let name = names::at(document.snapshot(), document.file, offset);
    let links = name.and_then(|name| link(&document, Some(name.at), &name.target));
    Ok(response(view, links.into_iter().collect()))
}

/// What the thing of the name at a place is one of.
pub fn type_definition(
    view: &View,
    asked: GotoTypeDefinitionParams,
) -> Answer<Option<GotoTypeDefinitionResponse>> {
    let Some((document, offset)) = view.at(&asked.text_document_position_params) else {
        return Ok(None);
    };
    let targets = names::type_definition(document.snapshot(), document.file, offset);
    let links = targets
        .iter()
        .filter_map(|target| link(&document, None, target));
    Ok(response(view, links.collect()))
}

/// Where the name at a place is used.
pub fn references(view: &View, asked: ReferenceParams) -> Answer<Option<Vec<Location>>> {
    let Some((document, offset)) = view.at(&asked.text_document_position) else {
        return Ok(None);
    };
    let own = asked.context.include_declaration;
    let found = names::references(document.snapshot(), document.file, offset, own);
    let places = found.into_iter();
    Ok(Some(
        places
            .filter_map(|label| document.project.location(label))
            .collect(),
    ))
}

/// The places in the document that name the same thing.
pub fn highlights(
    view: &View,
    asked: DocumentHighlightParams,
) -> Answer<Option<Vec<DocumentHighlight>>> {
    let Some((document, offset)) = view.at(&asked.text_document_position_params) else {
        return Ok(None);
    };
    let found = names::highlights(document.snapshot(), document.file, offset);
    let marks = found.into_iter().map(|mark| DocumentHighlight {
        range: document.range(mark.span),
        kind: Some(match mark.is_declaration {
            true => DocumentHighlightKind::WRITE,
            false => DocumentHighlightKind::READ,
        }),
    });
    Ok(Some(marks.collect()))
}

/// What is published, as far as a store tells it.
fn published(view: &View) -> Published {
    let regimes = view.published().unwrap_or_default().into_iter();
    Published {
        regimes: regimes
            .map(|(name, newest)| (name, newest.version))
            .collect(),
    }
}

/// Whether the name at a place can be changed.
pub fn prepare_rename(
    view: &View,
    asked: TextDocumentPositionParams,
) -> Answer<Option<PrepareRenameResponse>> {
    let Some((document, offset)) = view.at(&asked) else {
        return Ok(None);
    };
    let published = published(view);
    match rename::prepare(document.snapshot(), document.file, offset, &published) {
        Ok(found) => Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
            range: document.range(found.span),
            placeholder: found.name,
        })),
        Err(Refusal::NotAName) => Ok(None),
        Err(refusal) => Err(view.refusal(&refusal.wording())),
    }
}

/// The edits of another name. Where published figures need a migration, it is among them.
pub fn rename(view: &View, asked: RenameParams) -> Answer<Option<WorkspaceEdit>> {
    let Some((document, offset)) = view.at(&asked.text_document_position) else {
        return Ok(None);
    };
    let published = published(view);
    let (snapshot, file) = (document.snapshot(), document.file);
    match rename::edits(snapshot, file, offset, &asked.new_name, &published) {
        Ok(edits) | Err(Refusal::NeedsMigration { offer: edits, .. }) => {
            Ok(Some(document.project.workspace_edit(&edits)))
        }
        Err(refusal) => Err(view.refusal(&refusal.wording())),
    }
}
