//! `regime/preview`: the page of a form as a reporter will see it, made from the text as it is being edited.
//!
//! The page itself is made by whoever the program hands in: this room knows no HTML. While a regime has mistakes its last sound form is the client's to keep; the answer then has no page.

use super::{VERSION, language, regimes};
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use crate::plan::CompiledRegime;
use crate::text::language::Language;
use crate::workspace::Snapshot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp::lsp_types::Url;

/// Makes the page of a form.
pub type Renderer = Arc<dyn Fn(&Draft<'_>) -> Page + Send + Sync>;

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct PreviewParams {
    /// The document.
    pub uri: Url,
    /// Name of the regime; the first of the document if left out.
    pub regime: Option<String>,
    /// Name of the form; the first one if left out.
    pub form: Option<String>,
    /// Code of the period; the one that fits best if left out.
    pub period: Option<String>,
    /// Identity of the reporting unit.
    pub unit: Option<String>,
    /// `vi` or `en`; that of the client if left out.
    pub language: Option<String>,
    /// What was typed, by address.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// What a page is made of.
pub struct Draft<'d> {
    /// The project.
    pub snapshot: &'d Snapshot,
    /// The regime.
    pub plan: &'d CompiledRegime,
    /// Name of the form that is wished.
    pub form: Option<&'d str>,
    /// Code of the period that is wished.
    pub period: Option<&'d str>,
    /// Identity of the unit that is wished.
    pub unit: Option<&'d str>,
    /// The language of the page.
    pub language: Language,
    /// What was typed, by address.
    pub values: &'d BTreeMap<String, String>,
}

/// A page with what it was made of and what else there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The page as a fragment of HTML, without scripts.
    pub html: String,
    /// The forms of the regime.
    pub forms: Vec<Choice>,
    /// Periods that can be shown.
    pub periods: Vec<Choice>,
    /// Units that can be shown.
    pub units: Vec<Choice>,
    /// The form that is shown.
    pub form: Option<String>,
    /// The period that is shown.
    pub period: Option<String>,
    /// The unit that is shown.
    pub unit: Option<String>,
    /// Whether the form does not apply to the period and the unit that are shown.
    pub absent: bool,
    /// What is wrong with the figures that were typed.
    pub problems: Vec<PageProblem>,
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is sent back to choose it.
    pub name: String,
    /// What people read.
    pub label: String,
}

/// What is wrong with a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageProblem {
    /// The cell; none for what concerns no single one.
    pub address: Option<String>,
    /// What is wrong.
    pub message: String,
    /// `error`, `explain` or `warning`.
    pub severity: &'static str,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    /// Version of these requests.
    pub version: u32,
    /// Name of the regime; none for a document without one.
    pub regime: Option<String>,
    /// Whether the regime has no mistakes, so that it has a page.
    pub sound: bool,
    /// The page.
    #[serde(flatten)]
    pub page: Page,
}

/// Answers the request.
pub fn answer(view: &View, asked: PreviewParams) -> Answer<Option<Preview>> {
    let Some(document) = view.document(&asked.uri) else {
        return Ok(None);
    };
    let name = asked.regime.as_deref();
    let regime = regimes(&document)
        .filter(|regime| name.is_none_or(|name| regime.name() == name))
        .max_by_key(|regime| regime.version());
    let plan = regime.and_then(|regime| regime.plan());
    let page = match (plan, &view.outside.renderer) {
        (Some(plan), Some(renderer)) => renderer(&Draft {
            snapshot: document.snapshot(),
            plan,
            form: asked.form.as_deref(),
            period: asked.period.as_deref(),
            unit: asked.unit.as_deref(),
            language: language(asked.language.as_deref(), view.language()),
            values: &asked.values,
        }),
        _ => Page::default(),
    };
    Ok(Some(Preview {
        version: VERSION,
        regime: regime.map(|regime| regime.name().to_owned()),
        sound: plan.is_some(),
        page,
    }))
}
