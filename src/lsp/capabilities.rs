//! What the server offers and what the client can do, agreed in the first message.
//!
//! It deliberately answers nothing; the handlers are in the server. A client that says nothing about an ability is taken not to have it.

use super::answers::{actions, completion, formatting, lenses, pieces, signature};
use super::refresh::Refreshes;
use tower_lsp::lsp_types::{
    CallHierarchyServerCapability, ClientCapabilities, DocumentLinkOptions, FileOperationFilter,
    FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeResult, OneOf,
    PositionEncodingKind, RenameOptions, SelectionRangeProviderCapability, ServerCapabilities,
    ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TypeDefinitionProviderCapability, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

/// What a client can do, as far as answers depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// It answers questions about its settings.
    pub tells_settings: bool,
    /// It reports changed files when it is asked to.
    pub watches_files: bool,
    /// It fills in snippets with places to jump to.
    pub snippets: bool,
    /// It understands where a name leads together with where the name stands.
    pub links: bool,
    /// What it asks again when it is told to.
    pub refreshes: Refreshes,
}

impl Abilities {
    /// The abilities a client states.
    pub fn of(client: &ClientCapabilities) -> Abilities {
        let workspace = client.workspace.as_ref();
        let document = client.text_document.as_ref();
        let goes = document.and_then(|document| document.definition.as_ref());
        let completion = document.and_then(|document| document.completion.as_ref());
        Abilities {
            tells_settings: workspace
                .and_then(|workspace| workspace.configuration)
                .unwrap_or(false),
            watches_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .and_then(|watched| watched.dynamic_registration)
                .unwrap_or(false),
            snippets: completion
                .and_then(|completion| completion.completion_item.as_ref())
                .and_then(|item| item.snippet_support)
                .unwrap_or(false),
            links: goes.and_then(|goes| goes.link_support).unwrap_or(false),
            refreshes: Refreshes {
                hints: workspace
                    .and_then(|workspace| workspace.inlay_hint.as_ref())
                    .and_then(|hints| hints.refresh_support)
                    .unwrap_or(false),
                lenses: workspace
                    .and_then(|workspace| workspace.code_lens.as_ref())
                    .and_then(|lenses| lenses.refresh_support)
                    .unwrap_or(false),
                colours: workspace
                    .and_then(|workspace| workspace.semantic_tokens.as_ref())
                    .and_then(|colours| colours.refresh_support)
                    .unwrap_or(false),
            },
        }
    }
}

/// The answer to the first message.
pub fn introduction() -> InitializeResult {
    InitializeResult {
        capabilities: offer(),
        server_info: Some(ServerInfo {
            name: "regime".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// What the server offers.
fn offer() -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        // Whole texts: files are small, and nothing can drift apart.
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::FULL),
                ..TextDocumentSyncOptions::default()
            },
        )),
        completion_provider: Some(completion::offer()),
        signature_help_provider: Some(signature::offer()),
        code_action_provider: Some(actions::offer()),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(lenses::offer()),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(formatting::on_type()),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        semantic_tokens_provider: Some(pieces::colouring()),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: None,
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                will_rename: Some(renames()),
                did_rename: Some(renames()),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}

fn renames() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, matches| FileOperationFilter {
        scheme: None,
        pattern: FileOperationPattern {
            glob: glob.to_owned(),
            matches: Some(matches),
            options: None,
        },
    };
    FileOperationRegistrationOptions {
        filters: vec![filter("**/*.{regime,csv}", FileOperationPatternKind::File)],
    }
}
