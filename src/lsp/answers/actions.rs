//! What an editor can do at a place: ways out of mistakes, and rewritings.
//!
//! Actions are worked out from the text as it is now, so that none of them fits an older one. Those a client did not ask for are left out.

use crate::ide::actions::{Action, ActionKind, actions};
use crate::lsp::diagnostics;
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use crate::text::language::Language;
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CodeActionResponse,
};

const KEYWORDS_VI: CodeActionKind = CodeActionKind::new("refactor.rewrite.keywords.vi");
const KEYWORDS_EN: CodeActionKind = CodeActionKind::new("refactor.rewrite.keywords.en");

/// What the server offers.
pub fn offer() -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![
            CodeActionKind::QUICKFIX,
            CodeActionKind::SOURCE_FIX_ALL,
            CodeActionKind::REFACTOR_EXTRACT,
            CodeActionKind::REFACTOR_REWRITE,
            KEYWORDS_VI,
            KEYWORDS_EN,
        ]),
        ..CodeActionOptions::default()
    })
}

/// Answers `textDocument/codeAction`.
pub fn answer(view: &View, asked: CodeActionParams) -> Answer<Option<CodeActionResponse>> {
    let Some(document) = view.document(&asked.text_document.uri) else {
        return Ok(None);
    };
    let range = document.span(asked.range);
    let found = actions(document.snapshot(), document.file, range, view.language());
    let wanted = |kind: &CodeActionKind| {
        asked.context.only.as_ref().is_none_or(|only| {
            only.iter().any(|wanted| {
                let rest = kind.as_str().strip_prefix(wanted.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    };
    let fitting = found.iter().filter(|action| wanted(&kind(action.kind)));
    let offered =
        fitting.map(|action| CodeActionOrCommand::CodeAction(written(action, &document, view)));
    Ok(Some(offered.collect()))
}

fn written(action: &Action, document: &Document, view: &View) -> CodeAction {
    let answered = action.answers.and_then(|(code, place)| {
        let mut mistakes = document.snapshot().diagnostics().iter();
        let mistake = mistakes.find(|one| one.primary == place && one.problem.code() == code)?;
        diagnostics::one(mistake, document.project, &view.settings)
    });
    CodeAction {
        title: action.title.in_language(view.language()).to_owned(),
        kind: Some(kind(action.kind)),
        diagnostics: answered.map(|one| vec![one]),
        edit: Some(document.project.workspace_edit(&action.edits)),
        is_preferred: action.preferred.then_some(true),
        ..CodeAction::default()
    }
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::FixAll => CodeActionKind::SOURCE_FIX_ALL,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        ActionKind::Keywords(Language::Vietnamese) => KEYWORDS_VI,
        ActionKind::Keywords(Language::English) => KEYWORDS_EN,
        ActionKind::Add => CodeActionKind::REFACTOR,
    }
}
