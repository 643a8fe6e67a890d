//! Each use of a name that leads to a declaration, in the parts in which they were found: the words of the project, each regime, and the rest.
//!
//! Parts are shared with what the next analysis takes over, so that a project of many regimes holds each use once and an edit copies none. It deliberately does not know what names mean. Of a text with
//! mistakes it holds the names that could be read.

use super::Reference;
use crate::diagnostic::{Diagnostic, Label};
use crate::text::FileId;
use std::sync::Arc;

/// Reports and references of one part.
#[derive(Debug)]
pub(super) struct Told {
    /// The regime that the part is; none for the words.
    pub place: Option<Label>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// Where names lead.
    pub references: Vec<Reference>,
    /// The declarations outside the part that names in it lead to, each once.
    pub leads: Vec<Label>,
}

impl Told {
    /// A part, with what was found in it.
    pub fn new(
        place: Option<Label>,
        problems: Vec<Diagnostic>,
        references: Vec<Reference>,
    ) -> Arc<Told> {
        let is_inside = |declared: &Label| {
            place.is_some_and(|place| {
                place.file == declared.file && place.span.contains(declared.span)
            })
        };
        let declared = references.iter().map(|reference| reference.declared);
        let mut leads: Vec<Label> = declared.filter(|label| !is_inside(label)).collect();
        leads.sort_unstable();
        leads.dedup();
        leads.shrink_to_fit();
        Arc::new(Told {
            place,
            problems,
            references,
            leads,
        })
    }

    fn may_be_of(&self, file: FileId) -> bool {
        self.place.is_none_or(|place| place.file == file)
    }
}

/// All uses of names in a project.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    pub(super) parts: Vec<Arc<Told>>,
    /// What was found when the parts were put together.
    pub(super) rest: Vec<Reference>,
}

impl Uses {
    /// All of them, in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Reference> {
        let parts = self.parts.iter().flat_map(|part| &part.references);
        parts.chain(&self.rest)
    }

    /// Those in one file, in the order found.
    pub fn of_file(&self, file: FileId) -> impl Iterator<Item = &Reference> {
        let parts = self.parts.iter().filter(move |part| part.may_be_of(file));
        let found = parts.flat_map(|part| &part.references).chain(&self.rest);
        found.filter(move |reference| reference.used.file == file)
    }

    /// Where the names inside an area lead.
    pub(super) fn within(&self, area: Label) -> impl Iterator<Item = Label> {
        let of_file = self.of_file(area.file);
        let inside = of_file.filter(move |reference| area.span.contains(reference.used.span));
        inside.map(|reference| reference.declared)
    }
}

impl PartialEq for Uses {
    fn eq(&self, other: &Uses) -> bool {
        self.iter().eq(other.iter())
    }
}
