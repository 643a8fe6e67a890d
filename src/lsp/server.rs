//! The table of everything a client may send, and what answers it.
//!
//! One line per request: what is asked goes into the mailbox at once, the answer is waited for. It deliberately holds no state and no lock, so that nothing overtakes and nothing blocks; the first statement of every
//! handler is the sending, which a test reads. The client itself is asked things only beside, never while one of its messages is being handled.

use super::actor::{Mailbox, Pace};
use super::answers::{
    actions, completion, formatting, hierarchy, hints, hover, lenses, names, outline, pieces,
    signature,
};
use super::capabilities;
use super::custom::{explain, plan, preview, reading, run_tests, source_at, test_from_sample};
use super::desk::Change;
use super::files;
use super::refusal::Answer;
use super::view::View;
use std::time::Duration;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::request::{GotoTypeDefinitionParams, GotoTypeDefinitionResponse};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams,
    CompletionResponse, ConfigurationItem, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, FileSystemWatcher,
    FoldingRange, FoldingRangeParams, GlobPattern, GotoDefinitionParams, GotoDefinitionResponse,
    Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint,
    InlayHintParams, Location, PrepareRenameResponse, ReferenceParams, Registration,
    RenameFilesParams, RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, SignatureHelp,
    SignatureHelpParams, SymbolInformation, TextDocumentPositionParams, TextEdit, WorkspaceEdit,
    WorkspaceSymbolParams,
};
use tower_lsp::{Client, ClientSocket, LanguageServer, LspService};

/// How long the client is given to answer a question of ours.
const PATIENCE: Duration = Duration::from_secs(10);

/// The server: a client to speak to and a mailbox to put everything into.
pub struct Server {
    client: Client,
    mailbox: Mailbox,
}

/// The service that answers messages, with the socket of the client.
pub fn service(start: impl FnOnce(Client) -> Mailbox) -> (LspService<Server>, ClientSocket) {
    LspService::build(|client| Server {
        mailbox: start(client.clone()),
        client,
    })
    .custom_method("regime/explain", Server::explain)
    .custom_method("regime/plan", Server::plan)
    .custom_method("regime/preview", Server::preview)
    .custom_method("regime/reading", Server::reading)
    .custom_method("regime/runTests", Server::run_tests)
    .custom_method("regime/sourceAt", Server::source_at)
    .custom_method("regime/testFromSample", Server::test_from_sample)
    .finish()
}

impl Server {
    fn tell(&self, change: Change) {
        self.mailbox.tell(change);
    }

    /// Asks a question that is answered in milliseconds.
    fn ask<P, R, F>(
        &self,
        asked: P,
        answer: F,
    ) -> impl Future<Output = Result<R>> + Send + use<P, R, F>
    where
        P: Send + 'static,
        R: Send + 'static,
        F: FnOnce(&View, P) -> Answer<R> + Send + 'static,
    {
        let answer = self.mailbox.ask(Pace::Quick, asked, answer);
        async move { Ok(answer.await?) }
    }

    /// Asks a question whose answer may take seconds.
    fn ask_slowly<P, R, F>(
        &self,
        asked: P,
        answer: F,
    ) -> impl Future<Output = Result<R>> + Send + use<P, R, F>
    where
        P: Send + 'static,
        R: Send + 'static,
        F: FnOnce(&View, P) -> Answer<R> + Send + 'static,
    {
        let answer = self.mailbox.ask(Pace::Slow, asked, answer);
        async move { Ok(answer.await?) }
    }

    /// Asks the client what has to be known of it, beside everything else.
    fn interview(&self, is_new: bool) {
        tokio::spawn(interview(self.client.clone(), self.mailbox.clone(), is_new));
    }

    async fn explain(&self, asked: explain::ExplainParams) -> Result<Option<explain::Explanation>> {
        self.ask(asked, explain::answer).await
    }

    async fn plan(&self, asked: plan::PlanParams) -> Result<Option<plan::Plan>> {
        self.ask(asked, plan::answer).await
    }

    async fn preview(&self, asked: preview::PreviewParams) -> Result<Option<preview::Preview>> {
        self.ask(asked, preview::answer).await
    }

    async fn reading(&self, asked: reading::ReadingParams) -> Result<Option<reading::Reading>> {
        self.ask(asked, reading::answer).await
    }

    async fn run_tests(
        &self,
        asked: run_tests::RunTestsParams,
    ) -> Result<Option<run_tests::TestResults>> {
        self.ask_slowly(asked, run_tests::answer).await
    }

    async fn source_at(
        &self,
        asked: source_at::SourceAtParams,
    ) -> Result<Option<source_at::SourceAt>> {
        self.ask(asked, source_at::answer).await
    }

    async fn test_from_sample(
        &self,
        asked: test_from_sample::SampleParams,
    ) -> Result<Option<test_from_sample::SampleTest>> {
        self.ask(asked, test_from_sample::answer).await
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, client: InitializeParams) -> Result<InitializeResult> {
        self.tell(Change::Introduced(Box::new(client)));
        Ok(capabilities::introduction())
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Change::Ready);
        self.interview(true);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, told: DidOpenTextDocumentParams) {
        self.tell(Change::Opened(told.text_document));
    }

    async fn did_change(&self, told: DidChangeTextDocumentParams) {
        self.tell(Change::Changed(told));
    }

    async fn did_close(&self, told: DidCloseTextDocumentParams) {
        self.tell(Change::Closed(told.text_document.uri));
    }

    async fn did_change_watched_files(&self, told: DidChangeWatchedFilesParams) {
        self.tell(Change::Watched(told.changes));
    }

    async fn did_change_configuration(&self, told: DidChangeConfigurationParams) {
        self.tell(Change::Configured(told.settings));
        self.interview(false);
    }

    async fn completion(&self, asked: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.ask(asked, completion::answer).await
    }

    async fn signature_help(&self, asked: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.ask(asked, signature::answer).await
    }

    async fn code_action(&self, asked: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask(asked, actions::answer).await
    }

    async fn formatting(&self, asked: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(asked, formatting::whole).await
    }

    async fn range_formatting(
        &self,
        asked: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        self.ask(asked, formatting::range).await
    }

    async fn on_type_formatting(
        &self,
        asked: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        self.ask(asked, formatting::typed).await
    }

    async fn hover(&self, asked: HoverParams) -> Result<Option<Hover>> {
        self.ask(asked, hover::answer).await
    }

    async fn goto_definition(
        &self,
        asked: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.ask(asked, names::definition).await
    }

    async fn goto_type_definition(
        &self,
        asked: GotoTypeDefinitionParams,
    ) -> Result<Option<GotoTypeDefinitionResponse>> {
        self.ask(asked, names::type_definition).await
    }

    async fn references(&self, asked: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.ask(asked, names::references).await
    }

    async fn document_highlight(
        &self,
        asked: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.ask(asked, names::highlights).await
    }

    async fn prepare_rename(
        &self,
        asked: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        self.ask(asked, names::prepare_rename).await
    }

    async fn rename(&self, asked: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.ask(asked, names::rename).await
    }

    async fn document_symbol(
        &self,
        asked: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(asked, outline::of_document).await
    }

    async fn symbol(&self, asked: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.ask(asked, outline::search).await
    }

    async fn folding_range(&self, asked: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(asked, pieces::folds).await
    }

    async fn selection_range(
        &self,
        asked: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.ask(asked, pieces::selections).await
    }

    async fn document_link(&self, asked: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(asked, pieces::links).await
    }

    async fn semantic_tokens_full(
        &self,
        asked: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        self.ask(asked, pieces::colours).await
    }

    async fn semantic_tokens_range(
        &self,
        asked: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.ask(asked, pieces::colours_of_range).await
    }

    async fn prepare_call_hierarchy(
        &self,
        asked: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.ask(asked, hierarchy::prepare).await
    }

    async fn incoming_calls(
        &self,
        asked: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.ask(asked, hierarchy::incoming).await
    }

    async fn outgoing_calls(
        &self,
        asked: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.ask(asked, hierarchy::outgoing).await
    }

    async fn inlay_hint(&self, asked: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(asked, hints::answer).await
    }

    async fn code_lens(&self, asked: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(asked, lenses::answer).await
    }

    async fn will_rename_files(&self, asked: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.ask(asked, files::edits).await
    }

    async fn did_rename_files(&self, told: RenameFilesParams) {
        self.tell(Change::Watched(files::events(&told)));
    }
}

/// What the client alone knows: its settings, and which files change on disk. A client that never answers is given up.
async fn interview(client: Client, mailbox: Mailbox, is_new: bool) {
    let known = mailbox.ask(Pace::Quick, (), |view, ()| Ok(view.abilities));
    let Ok(abilities) = known.await else {
        return;
    };
    if abilities.tells_settings {
        let item = ConfigurationItem {
            scope_uri: None,
            section: Some("regime".to_owned()),
        };
        let answered = tokio::time::timeout(PATIENCE, client.configuration(vec![item])).await;
        if let Ok(Ok(settings)) = answered {
            for settings in settings {
                mailbox.tell(Change::Configured(settings));
            }
        }
    }
    // Nothing can be done about a client that refuses to watch.
    if is_new && abilities.watches_files {
        let asked = client.register_capability(vec![watching()]);
        drop(tokio::time::timeout(PATIENCE, asked).await);
    }
}

fn watching() -> Registration {
    let watchers = ["**/*.regime", "**/*.csv"].map(|glob| FileSystemWatcher {
        glob_pattern: GlobPattern::String(glob.to_owned()),
        kind: None,
    });
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: watchers.into(),
    };
    Registration {
        id: "regime-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}
