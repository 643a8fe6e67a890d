//! A name that nothing bears yet is declared beside its like.
//!
//! It deliberately guesses nothing but a label: the author says the rest. Where the project has no file of shared words, the declaration goes to the top of the file at hand.

use super::{Action, ActionKind, spelling_of, word};
use crate::analysis::model::words::{Place, Words};
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::{MeaningProblem, NameKind};
use crate::diagnostic::wording::Text;
use crate::diagnostic::{Diagnostic, Edit};
use crate::text::language::Language;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use crate::workspace::load::COMMON;

/// The declaration of a name that leads nowhere.
pub(super) fn missing(
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    language: Language,
) -> Option<Action> {
    let Problem::Meaning(MeaningProblem::Name(NameProblem::UnknownName { kind, name, .. })) =
        &diagnostic.problem
    else {
        return None;
    };
    let rule = match kind {
        NameKind::Measure => "kw_measure",
        NameKind::Tag => "kw_tag",
        NameKind::Trait => "kw_trait",
        NameKind::Catalog => "kw_catalog",
        _ => return None,
    };
    let (file, offset) = beside(snapshot, *kind, diagnostic.primary.file)?;
    let keyword = word(rule, spelling_of(snapshot, file, language));
    let label = name.replace('_', " ");
    let body = match kind {
        NameKind::Catalog => " {\n}",
        _ => "",
    };
    let title = Text::new(
        format!("khai báo {} `{name}`", kind.wording().vi),
        format!("declare the {} `{name}`", kind.wording().en),
    );
    Some(Action {
        title,
        kind: ActionKind::QuickFix,
        edits: vec![Edit {
            file,
            span: Span::at(offset),
            replacement: format!("{keyword} {name} \"{label}\"{body}\n"),
        }],
        answers: Some((diagnostic.problem.code(), diagnostic.primary)),
        preferred: false,
    })
}

/// Where a declaration of a kind goes: behind the last one of its kind; the end of the shared words, or the top of a file, where there is none.
pub(super) fn beside(snapshot: &Snapshot, kind: NameKind, file: FileId) -> Option<(FileId, u32)> {
    let last =
        places(snapshot.words(), kind).max_by_key(|place| (place.label.file, place.label.span.end));
    let (file, after) = match (last, snapshot.file_of(COMMON)) {
        (Some(place), _) => (place.label.file, place.label.span.end),
        (None, Some(common)) => {
            let text = &snapshot.source(common)?.file.text;
            (common, Span::from_offsets(0, text.len()).end)
        }
        (None, None) => return Some((file, 0)),
    };
    let text = &snapshot.source(file)?.file.text;
    let rest = text.get(after as usize..)?;
    let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
    Some((file, after + u32::try_from(line).ok()?))
}

fn places(words: &Words, kind: NameKind) -> impl Iterator<Item = &Place> {
    let found: Vec<&Place> = match kind {
        NameKind::Measure => words.measures.iter().map(|one| &one.place).collect(),
        NameKind::Tag => words.tags.iter().map(|one| &one.place).collect(),
        NameKind::Trait => words.traits.iter().map(|one| &one.place).collect(),
        NameKind::Catalog => words.catalogs.iter().map(|one| &one.place).collect(),
        NameKind::Indicator => words.indicators.iter().map(|one| &one.place).collect(),
        _ => Vec::new(),
    };
    found.into_iter()
}
