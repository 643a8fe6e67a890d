//! `regime/explain`: the page of a code.
//!
//! It deliberately needs no document. A code that does not exist has the answer `null`.

use super::VERSION;
use crate::diagnostic::codes;
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct ExplainParams {
    /// The code, in either case of its letter.
    pub code: String,
}

/// The page.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Version of these requests.
    pub version: u32,
    /// The code.
    pub code: String,
    /// Its page in both languages, as Markdown.
    pub markdown: &'static str,
}

/// Answers the request.
pub fn answer(_: &View, asked: ExplainParams) -> Answer<Option<Explanation>> {
    let page = codes::document(&asked.code);
    Ok(page.map(|markdown| Explanation {
        version: VERSION,
        code: asked.code.to_uppercase(),
        markdown,
    }))
}
