//! `regime/plan`: what a regime was compiled to, in words: the validation program and the aggregation plan.
//!
//! It deliberately adds no words of its own but that of a regime that has no plan yet. A document without a regime has an empty text.

use super::{VERSION, in_language, language, regimes};
use crate::diagnostic::wording::Text;
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use crate::plan::listing::listing;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::Url;

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct PlanParams {
    /// The document.
    pub uri: Url,
    /// Only this regime.
    pub regime: Option<String>,
    /// `vi` or `en`; that of the client if left out.
    pub language: Option<String>,
}

/// The plans of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// Version of these requests.
    pub version: u32,
    /// Lines to be shown as they stand: titles at the margin, what belongs to them indented.
    pub text: String,
}

/// Answers the request.
pub fn answer(view: &View, asked: PlanParams) -> Answer<Option<Plan>> {
    let Some(document) = view.document(&asked.uri) else {
        return Ok(None);
    };
    let language = language(asked.language.as_deref(), view.language());
    let words = |text| in_language(text, language);
    let wanted = |name: &str| asked.regime.as_deref().is_none_or(|asked| asked == name);
    let mut text = String::new();
    for regime in regimes(&document).filter(|regime| wanted(regime.name())) {
        let Some(plan) = regime.plan() else {
            let (name, version) = (regime.name(), regime.version());
            let told = Text::new(
                format!("{name} phiên bản {version}: còn lỗi nên chưa biên dịch được"),
                format!("{name} version {version}: has mistakes, so it is not compiled"),
            );
            text.push_str(told.in_language(language));
            text.push('\n');
            continue;
        };
        for chapter in listing(plan) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&words(chapter.title));
            text.push('\n');
            for sentence in chapter.sentences {
                text.push_str("  ");
                text.push_str(&words(sentence));
                text.push('\n');
            }
        }
    }
    Ok(Some(Plan {
        version: VERSION,
        text,
    }))
}
