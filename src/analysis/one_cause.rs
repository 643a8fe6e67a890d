//! One name that leads nowhere is one mistake, however often it is written: it is told where it stands first, and the other places are shown with it. So are a period that is not
//! collected and an entry that is not valid.
//!
//! It deliberately does not know what names mean. Numbers and names of columns, rows and fields are those of one form: the same number may be missing in two forms, which is told
//! twice. A file that cannot be found puts all its names together.

use super::project::{Project, Source};
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::{MeaningProblem, NameKind};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Note};
use crate::syntax::ast::Item;
use crate::syntax::ast::header::RegimeMember;
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// So many further places are shown; who mends the first finds the rest.
const MOST_SHOWN: usize = 5;

/// What is one cause: the file, what is missing, and the form it is looked for in.
type Cause = (FileId, String, String);

/// Mistakes that are one wherever they are told in the same words: an entry or a regime out of force, a period that is not collected.
const SAME_WORDS: [&str; 3] = ["R612", "R633", "R750"];

/// So many bytes before a name its form is looked for: no reference is as long.
const LONGEST_REFERENCE: usize = 400;

/// The reports, those about one name that leads nowhere put together.
pub(super) fn gathered(project: &Project, reports: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<Cause, usize> = BTreeMap::new();
    let mut parts = Parts::default();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(reports.len());
    for report in reports {
        let Some(cause) = cause(project, &report, &mut parts) else {
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

fn cause(project: &Project, report: &Diagnostic, parts: &mut Parts) -> Option<Cause> {
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
        NameKind::Column | NameKind::Row | NameKind::Field => form_of(project, file, span, parts),
        // Which catalog an entry is looked for in, and which event a field, is not written beside it.
        NameKind::Entry | NameKind::EventField => return None,
        _ => String::new(),
    };
    Some((file, format!("{kind:?} {name}"), form))
}

/// The form that a reference names, else the form in which it stands.
fn form_of(project: &Project, file: FileId, span: Span, parts: &mut Parts) -> String {
    let Some(source) = project.source(file) else {
        return String::new();
    };
    let line = line_before(&source.file.text, span.start as usize);
    let named = line.rfind('[').and_then(|bracket| line.get(..bracket));
    let is_part = |one: char| one.is_alphanumeric() || one == '_' || one == '.';
    let name = named.map_or("", |named| {
        let rest = named.trim_end_matches(is_part);
        named.get(rest.len()..).unwrap_or("")
    });
    if !name.is_empty() && line.matches('[').count() > line.matches(']').count() {
        return name.to_owned();
    }
    parts.around(source, file, span)
}

/// What stands before a place on its line, as far as a reference can begin there: a line may be as long as a file.
fn line_before(text: &str, place: usize) -> &str {
    let begins =
        (place.saturating_sub(LONGEST_REFERENCE)..=place).find(|at| text.is_char_boundary(*at));
    let before = begins
        .and_then(|begins| text.get(begins..place))
        .unwrap_or("");
    before.rsplit('\n').next().unwrap_or("")
}

/// The forms, lists and tests of the regime that was looked into last, by where they begin, with where they end and their names. Reports come regime by regime, so it changes seldom.
#[derive(Default)]
struct Parts {
    regime: Option<Label>,
    places: BTreeMap<u32, (u32, String)>,
}

impl Parts {
    /// The name of the form in which a place stands; none in a test, which fills forms of its own.
    fn around(&mut self, source: &Source, file: FileId, place: Span) -> String {
        let known = self.regime;
        if !known.is_some_and(|known| known.file == file && known.span.contains(place)) {
            let regimes = source.tree.items.iter().filter_map(|item| match item {
                Item::Regime(regime) if regime.span.contains(place) => Some(regime),
                _ => None,
            });
            let Some(regime) = regimes.take(1).next() else {
                return String::new();
            };
            let span = regime.span;
            self.regime = Some(Label { file, span });
            self.places = regime.members.iter().filter_map(part).collect();
        }
        let mut before = self.places.range(..=place.start);
        let around = before.next_back().filter(|(_, (end, _))| place.end <= *end);
        around.map_or(String::new(), |(_, (_, name))| name.clone())
    }
}

fn part(member: &RegimeMember) -> Option<(u32, (u32, String))> {
    let (name, place) = match member {
        RegimeMember::Form(form) => (&form.name, form.span),
        RegimeMember::List(list) => (&list.name, list.span),
        RegimeMember::Test(test) => (&None, test.span),
        _ => return None,
    };
    let name = name
        .as_ref()
        .map_or(String::new(), |name| name.value.clone());
    Some((place.start, (place.end, name)))
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
