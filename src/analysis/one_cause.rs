//! One name that leads nowhere is one mistake, however often it is written: it is told where it stands first, and the other places are shown with it. So are a period that is not
//! collected and an entry that is not valid.
//!
//! It deliberately does not know what names mean. Numbers and names of columns, rows and fields are those of one form: the same number may be missing in two forms, which is told
//! twice. A file that cannot be found puts all its names together.

use super::project::Project;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::{MeaningProblem, NameKind};
use crate::diagnostic::{Diagnostic, Edit, Fix, Note};
use crate::syntax::ast::Item;
use crate::syntax::ast::header::{Regime, RegimeMember};
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// So many further places are shown; who mends the first finds the rest.
const MOST_SHOWN: usize = 5;

/// What is one cause: the file, what is missing, and the form it is looked for in.
type Cause = (FileId, String, String);

/// Mistakes that are one wherever they are told in the same words: an entry or a regime out of force, a period that is not collected.
const SAME_WORDS: [&str; 3] = ["R612", "R633", "R750"];

/// The reports, those about one name that leads nowhere put together.
pub(super) fn gathered(project: &Project, reports: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<Cause, usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(reports.len());
    for report in reports {
        let Some(cause) = cause(project, &report) else {
            kept.push(report);
            continue;
        };
        match first.get(&cause).and_then(|place| kept.get_mut(*place)) {
            Some(known) => join(known, report),
            None => {
                first.insert(cause, kept.len());
                kept.push(report);
            }
        }
    }
    kept
}

fn cause(project: &Project, report: &Diagnostic) -> Option<Cause> {
    let (file, span) = (report.primary.file, report.primary.span);
    if SAME_WORDS.contains(&report.problem.code()) {
        return Some((file, format!("{:?}", report.problem), String::new()));
    }
    let Problem::Meaning(MeaningProblem::Name(NameProblem::UnknownName { kind, name, .. })) =
        &report.problem
    else {
        return None;
    };
    let form = match kind {
        NameKind::Column | NameKind::Row | NameKind::Field => form_of(project, file, span),
        // Which catalog an entry is looked for in, and which event a field, is not written beside it.
        NameKind::Entry | NameKind::EventField => return None,
        _ => String::new(),
    };
    Some((file, format!("{kind:?} {name}"), form))
}

/// The form that a reference names, else the form in which it stands.
fn form_of(project: &Project, file: FileId, span: Span) -> String {
    let Some(source) = project.source(file) else {
        return String::new();
    };
    let before = source.file.text.get(..span.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let named = line.rfind('[').and_then(|bracket| line.get(..bracket));
    let is_part = |one: char| one.is_alphanumeric() || one == '_' || one == '.';
    let name = named.map_or("", |named| {
        let rest = named.trim_end_matches(is_part);
        named.get(rest.len()..).unwrap_or("")
    });
    if !name.is_empty() && line.matches('[').count() > line.matches(']').count() {
        return name.to_owned();
    }
    let regimes = source.tree.items.iter().filter_map(|item| match item {
        Item::Regime(regime) if regime.span.contains(span) => Some(regime),
        _ => None,
    });
    regimes
        .filter_map(|regime| around(regime, span))
        .next()
        .unwrap_or_default()
}

fn around(regime: &Regime, span: Span) -> Option<String> {
    regime.members.iter().find_map(|member| {
        let (name, place) = match member {
            RegimeMember::Form(form) => (&form.name, form.span),
            RegimeMember::List(list) => (&list.name, list.span),
            // Each test fills forms of its own.
            RegimeMember::Test(test) => (&None, test.span),
            _ => return None,
        };
        let name = name
            .as_ref()
            .map_or(String::new(), |name| name.value.clone());
        place.contains(span).then_some(name)
    })
}

/// Puts a further place with the first one; one way out mends all of them.
fn join(known: &mut Diagnostic, report: Diagnostic) {
    let place = report.primary;
    if place == known.primary {
        return;
    }
    // What stands first in the text is the place of the report.
    let (first, other) = match place < known.primary {
        true => (place, known.primary),
        false => (known.primary, place),
    };
    known.primary = first;
    if known.secondary.len() < MOST_SHOWN {
        let noted = std::mem::replace(
            known,
            Diagnostic::new(report.problem.clone(), first.file, first.span),
        );
        *known = noted.noting(Note::AlsoHere, other.file, other.span);
    }
    let edits: Vec<Edit> = report.fixes.into_iter().flat_map(|fix| fix.edits).collect();
    if let [Fix { edits: own, .. }] = known.fixes.as_mut_slice() {
        own.extend(edits);
    }
}
