//! The outline of a report on its page: headings, fields for what is written, generated sentences, the places of tables.
//!
//! It knows the order of the outline, not its meaning; a regime without an outline for this period shows its form alone. Broken input: a narrative that the plan does
//! not have is a bad request.

use crate::eval::outline::{OutlineKind, OutlineLine};
use crate::plan::form::FormIndex;
use crate::plan::outline::narratives;
use crate::reports::command::{DraftChange, NarrativeChange};
use crate::service::view::ReportView;
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::Language;
use crate::web::words::pick;
use serde::Serialize;

/// The deepest heading that HTML has; the page's own headings are above.
const DEEPEST_HEADING: u32 = 6;

/// One line of the outline as the page shows it.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutlineView {
    /// A heading.
    Section {
        /// Number of the HTML heading.
        heading: u32,
        /// Printed number; empty for none.
        code: String,
        /// Words.
        label: String,
    },
    /// Words to write.
    Narrative {
        /// Key in data.
        key: String,
        /// Id in the page.
        id: String,
        /// What to write about; empty where the heading says it.
        label: String,
        /// The heading it stands under.
        under: String,
        /// What is written.
        text: String,
        /// Must be written before sending.
        required: bool,
        /// What the report of the period before said.
        context: Option<String>,
    },
    /// A generated sentence.
    Sentence {
        /// The words.
        text: String,
        /// Why figures are missing; empty where none is.
        unknown: String,
    },
    /// A form or list.
    Table {
        /// Printed sign and title.
        label: String,
        /// Its page.
        href: String,
        /// Whether it is the form on this page.
        here: bool,
    },
}

/// The lines of the outline. `shown` is the form on the page.
pub fn outline(
    view: &ReportView,
    language: Language,
    shown: FormIndex,
    address: &str,
) -> Vec<OutlineView> {
    let mut under = String::new();
    let lines = view.evaluation.outline.iter();
    lines
        .filter_map(|line| one(view, language, shown, address, line, &mut under))
        .collect()
}

fn one(
    view: &ReportView,
    language: Language,
    shown: FormIndex,
    address: &str,
    line: &OutlineLine,
    under: &mut String,
) -> Option<OutlineView> {
    Some(match &line.kind {
        OutlineKind::Section { code, label } => {
            under.clone_from(label);
            OutlineView::Section {
                heading: (line.depth + 2).min(DEEPEST_HEADING),
                code: code.clone().unwrap_or_default(),
                label: label.clone(),
            }
        }
        OutlineKind::Narrative {
            key,
            label,
            text,
            required,
            context,
            ..
        } => OutlineView::Narrative {
            key: key.clone(),
            id: narrative_id(key),
            label: label.clone().unwrap_or_default(),
            under: under.clone(),
            text: text.clone().unwrap_or_default(),
            required: *required,
            context: context.clone(),
        },
        OutlineKind::Sentence { text, unknown } => OutlineView::Sentence {
            text: text.clone(),
            unknown: unknown
                .iter()
                .map(|why| pick(language, why.clone()))
                .collect::<Vec<_>>()
                .join("; "),
        },
        OutlineKind::Table(index) if view.evaluation.absent.contains(index) => return None,
        OutlineKind::Table(index) => {
            let form = view.plan.form_definition.form(*index)?;
            OutlineView::Table {
                label: format!("{} – {}", form.sign, form.title),
                href: format!("{address}?form={}", percent_encoded(&form.name)),
                here: *index == shown,
            }
        }
    })
}

/// The id of a narrative's field in the page; a key such as `#2` is no part of an address.
pub fn narrative_id(key: &str) -> String {
    format!("noi-dung-{}", key.replace('#', "so-"))
}

/// The generated sentences in their order, for a page that shows them already.
pub fn sentences(view: &ReportView) -> Vec<String> {
    let lines = view.evaluation.outline.iter();
    lines
        .filter_map(|line| match &line.kind {
            OutlineKind::Sentence { text, .. } => Some(text.clone()),
            _ => None,
        })
        .collect()
}

/// Adds to a change the narratives that differ from what is stored.
pub fn change(
    view: &ReportView,
    typed: impl IntoIterator<Item = (String, String)>,
    change: &mut DraftChange,
) -> Result<(), Problem> {
    for (narrative, text) in typed {
        let known = view
            .plan
            .outlines
            .iter()
            .flat_map(|outline| narratives(&outline.parts))
            .any(|known| known.key == narrative);
        if !known {
            return Err(Problem::BadRequest);
        }
        let text = text.replace("\r\n", "\n").trim().to_string();
        let stored = view.figures.narratives.get(&narrative);
        if text != stored.map_or("", String::as_str) {
            let text = (!text.is_empty()).then_some(text);
            change.narratives.push(NarrativeChange { narrative, text });
        }
    }
    Ok(())
}
