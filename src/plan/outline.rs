//! The outline of a report: sections, what the officer writes, what is generated, where tables are printed.
//!
//! It does not know figures, texts or which parts a certain report has; that follows from the applicability of each part. Keys of narratives never
//! change once published.

use crate::plan::applicability::Applicability;
use crate::plan::form::FormIndex;
use crate::plan::validation::Template;
use serde::{Deserialize, Serialize};

/// One outline (đề cương); a regime may have several, each for its own periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Where it applies.
    pub applicability: Applicability,
    /// Its parts in printed order.
    pub parts: Vec<OutlinePart>,
}

impl Outline {
    /// Whether it shows what the report of the period before said about this one.
    pub fn reads_previous(&self) -> bool {
        narratives(&self.parts)
            .iter()
            .any(|narrative| narrative.about_next)
    }
}

/// The narratives among some parts and below them, in printed order. The parser bounds how deep sections are nested.
pub fn narratives(parts: &[OutlinePart]) -> Vec<&Narrative> {
    let mut found = Vec::new();
    for part in parts {
        match part {
            OutlinePart::Narrative(narrative) => found.push(narrative),
            OutlinePart::Section { parts, .. } => found.extend(narratives(parts)),
            OutlinePart::Sentence { .. } | OutlinePart::Table(_) => {}
        }
    }
    found
}

/// A part of an outline or of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutlinePart {
    /// A heading (mục) with what stands under it.
    Section {
        /// Printed number.
        code: Option<String>,
        /// Heading.
        label: String,
        /// Where it applies.
        applicability: Applicability,
        /// Its parts in printed order.
        parts: Vec<OutlinePart>,
    },
    /// Words that the officer writes (nội dung).
    Narrative(Narrative),
    /// Words that are generated from figures and locked (câu mẫu).
    Sentence {
        /// Words and figures in order.
        template: Template,
        /// Where it applies.
        applicability: Applicability,
    },
    /// A form or list printed at this place.
    Table(FormIndex),
}

/// Words that the officer writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Narrative {
    /// Key in data, unique in the regime: its name, else `#2` for the second narrative.
    pub key: String,
    /// What to write about, if more than the heading says it.
    pub label: Option<String>,
    /// Must be written before sending.
    pub required: bool,
    /// It is about the period after, and shown to whoever writes that period's report.
    pub about_next: bool,
    /// Where it applies.
    pub applicability: Applicability,
}
