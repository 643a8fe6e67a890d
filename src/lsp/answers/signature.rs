//! The function whose operands are being written.
//!
//! Operands are shown as the protocol wants them: as places in one line. An operand behind the last one highlights the last one.

use crate::ide::signature::{Signature, signature};
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use crate::syntax::ahead::spelling;
use crate::text::language::Language;
use tower_lsp::lsp_types::{
    ParameterInformation, ParameterLabel, SignatureHelp, SignatureHelpOptions, SignatureHelpParams,
    SignatureInformation,
};

/// What the server offers.
pub fn offer() -> SignatureHelpOptions {
    SignatureHelpOptions {
        trigger_characters: Some(vec!["(".to_owned(), ",".to_owned()]),
        ..SignatureHelpOptions::default()
    }
}

/// Answers `textDocument/signatureHelp`.
pub fn answer(view: &View, asked: SignatureHelpParams) -> Answer<Option<SignatureHelp>> {
    let Some((document, offset)) = view.at(&asked.text_document_position_params) else {
        return Ok(None);
    };
    let snapshot = document.snapshot();
    let written = snapshot
        .tree(document.file)
        .and_then(|tree| spelling(&document.source.text, &tree));
    let found = signature(snapshot, document.file, offset);
    Ok(found.map(|found| help(&found, written.unwrap_or(view.language()), view.language())))
}

fn help(found: &Signature, written: Language, language: Language) -> SignatureHelp {
    let function = found.function;
    let operands = function.operands(language);
    let word = match written {
        Language::Vietnamese => &function.keyword.word.vi,
        Language::English => &function.keyword.word.en,
    };
    let last = operands.len().saturating_sub(1);
    let active = u32::try_from(found.operand.min(last)).ok();
    let parameters = operands.iter().map(|operand| ParameterInformation {
        label: ParameterLabel::Simple(operand.clone()),
        documentation: None,
    });
    let information = SignatureInformation {
        label: format!("{word}({})", operands.join(", ")),
        documentation: Some(tower_lsp::lsp_types::Documentation::String(
            function.meaning(language).to_owned(),
        )),
        parameters: Some(parameters.collect()),
        active_parameter: active,
    };
    SignatureHelp {
        signatures: vec![information],
        active_signature: Some(0),
        active_parameter: active,
    }
}
