//! What stands above statements: run the tests, see the form, what is published.
//!
//! The commands are the client's: it alone can show something. A notice that does nothing when it is pressed has an empty command, as the protocol wants it.

use crate::ide::lenses::{Press, lenses};
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{CodeLens, CodeLensOptions, CodeLensParams, Command};

/// What the server offers.
pub fn offer() -> CodeLensOptions {
    CodeLensOptions {
        resolve_provider: Some(false),
    }
}

/// Answers `textDocument/codeLens`.
pub fn answer(view: &View, asked: CodeLensParams) -> Answer<Option<Vec<CodeLens>>> {
    let uri = asked.text_document.uri;
    let Some(document) = view.document(&uri) else {
        return Ok(None);
    };
    let published = view.published();
    let found = lenses(document.snapshot(), document.file, published.as_ref());
    let written = found.into_iter().map(|lens| {
        let uri = json!(uri);
        let (command, arguments): (&str, Option<Vec<Value>>) = match lens.does {
            None => ("", None),
            Some(Press::RunTests) => ("regime.runTests", Some(vec![uri])),
            Some(Press::RunTest { title, at }) => {
                let line = document.lines.position(at).line;
                (
                    "regime.runTests",
                    Some(vec![uri, json!(title), json!(line)]),
                )
            }
            Some(Press::Preview(form)) => ("regime.preview", Some(vec![uri, json!(form)])),
        };
        CodeLens {
            range: document.range(lens.span),
            command: Some(Command {
                title: lens.words.in_language(view.language()).to_owned(),
                command: command.to_owned(),
                arguments,
            }),
            data: None,
        }
    });
    Ok(Some(written.collect()))
}
