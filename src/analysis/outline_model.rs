//! The outline of a report as the author means it: sections, narratives, generated sentences, the places of tables.
//!
//! Positions instead of names, like the rest of the model. It deliberately does not know what an officer writes or which parts a report of a
//! certain period has. A part that could not be resolved has been reported and is left out.

use super::model::{MessagePart, cell::Applicability, words::Place};

/// One outline (đề cương); a regime may have several for different periods.
#[derive(Clone, Debug)]
pub struct Outline {
    /// Where it applies.
    pub applicability: Applicability,
    /// Its parts in printed order.
    pub parts: Vec<OutlinePart>,
    /// Where it is declared.
    pub place: Place,
}

/// A part of an outline or of a section.
#[derive(Clone, Debug)]
pub enum OutlinePart {
    /// A heading with what stands under it.
    Section(Section),
    /// Words that the officer writes.
    Narrative(Narrative),
    /// Words that are generated.
    Sentence(Sentence),
    /// A form or list printed here: position in [`super::model::Regime::forms`].
    Table(usize),
}

/// A section (mục).
#[derive(Clone, Debug)]
pub struct Section {
    /// Printed number.
    pub code: Option<String>,
    /// Heading.
    pub label: String,
    /// Where it applies.
    pub applicability: Applicability,
    /// Its parts in printed order.
    pub parts: Vec<OutlinePart>,
}

/// A narrative (nội dung).
#[derive(Clone, Debug)]
pub struct Narrative {
    /// Key in data: its name, else its number among the regime's narratives, e.g. `#2`.
    pub key: String,
    /// What to write about; the heading of its section says it where there is none.
    pub label: Option<String>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Whether it is about the period after.
    pub about_next: bool,
    /// Where it applies.
    pub applicability: Applicability,
    /// Where it is declared.
    pub place: Place,
}

/// A generated sentence (câu mẫu).
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Words and figures in order.
    pub parts: Vec<MessagePart>,
    /// Where it applies.
    pub applicability: Applicability,
}

/// All narratives of some outlines, in printed order.
pub fn narratives(outlines: &[Outline]) -> Vec<&Narrative> {
    let mut found = Vec::new();
    for outline in outlines {
        collect(&outline.parts, &mut found);
    }
    found
}

/// The parser bounds how deep sections are nested.
fn collect<'o>(parts: &'o [OutlinePart], found: &mut Vec<&'o Narrative>) {
    for part in parts {
        match part {
            OutlinePart::Narrative(narrative) => found.push(narrative),
            OutlinePart::Section(section) => collect(&section.parts, found),
            OutlinePart::Sentence(_) | OutlinePart::Table(_) => {}
        }
    }
}
