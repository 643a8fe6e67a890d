//! One name that leads nowhere is one mistake, however often it is written: it is told where it stands first, and the other places are shown with it. So are a period that is not
//! collected, an entry that is not valid, a column of the wrong kind, and what one statement says twice.
//!
//! It deliberately does not know what names mean. Numbers and names of columns, rows and fields are those of one form: the same number may be missing in two forms, which is told
//! twice. A file that cannot be found puts all its names together.

use super::consequences::{Seen, value_given};
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::{MeaningProblem, NameKind};
use crate::diagnostic::{Diagnostic, Edit, Fix, Note};
use crate::text::FileId;
use std::collections::BTreeMap;

/// So many further places are shown; who mends the first finds the rest.
const MOST_SHOWN: usize = 5;

/// What is one cause: the file, what is missing, and the form it is looked for in.
type Cause = (FileId, String, String);

/// Mistakes that are one wherever they are told in the same words: an entry out of force.
const SAME_WORDS: [&str; 1] = ["R750"];

/// Mistakes of several words of one statement, which are one.
const OF_STATEMENT: [&str; 2] = ["R607", "R701"];

/// What is there already: of a statement that is written twice all is.
const SAID_TWICE: [&str; 5] = ["R220", "R315", "R501", "R711", "R714"];

/// A column that is not of the kind, or of the measure, that its places need: told once for a column, and once on a line.
const OF_COLUMN: [&str; 6] = ["R301", "R306", "R308", "R321", "R324", "R335"];

/// The reports, those about one cause put together.
pub(super) fn gathered(seen: &Seen, reports: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<Cause, usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(reports.len());
    for report in reports {
        let causes = causes(seen, &report);
        let known = causes.iter().find_map(|cause| first.get(cause)).copied();
        let place = known.unwrap_or(kept.len());
        for cause in causes {
            first.entry(cause).or_insert(place);
        }
        match kept.get_mut(place) {
            Some(known) => join(known, report),
            None => kept.push(report),
        }
    }
    kept
}

/// What may be the cause of a report; any of these with another report makes them one.
fn causes(seen: &Seen, report: &Diagnostic) -> Vec<Cause> {
    let (place, code) = (report.primary, report.problem.code());
    let file = place.file;
    let one = |what: String, of: String| vec![(file, what, of)];
    let line = || seen.line(place).1;
    if SAME_WORDS.contains(&code) {
        return one(format!("{:?}", report.problem), String::new());
    }
    if SAID_TWICE.contains(&code) {
        let mut others = report.secondary.iter();
        let Some(earlier) = others.find(|other| other.note == Note::FirstHere) else {
            return Vec::new();
        };
        if code == "R315" {
            return one(code.to_owned(), format!("{:?}", earlier.label));
        }
        let (of, earlier) = seen.line(earlier.label);
        // What is as far behind the first one, line by line, is a block that is written twice.
        return match line().saturating_sub(earlier) {
            _ if of != file => Vec::new(),
            0 => Vec::new(),
            1 => one(format!("{code} {}", line()), String::new()),
            behind => one(
                format!("{code} {behind} behind"),
                seen.layout.form_of(place),
            ),
        };
    }
    if let Some((declared, sort)) = value_given(seen, report) {
        return one(format!("{code} {sort}"), format!("{declared:?}"));
    }
    if OF_COLUMN.contains(&code) && !seen.layout.is_in_test(place.span) {
        let words = match &report.problem {
            Problem::Meaning(MeaningProblem::Type(TypeProblem::TextInArithmetic {
                value, ..
            })) => format!("{code} {value:?}"),
            problem => unordered(&format!("{problem:?}")),
        };
        let named = seen.named(report).into_iter();
        let named = named.map(|column| (file, words.clone(), format!("{column:?}")));
        let of_line = (file, words.clone(), format!("{}", line()));
        return named.chain([of_line]).collect();
    }
    let mut causes = match &report.problem {
        Problem::Meaning(MeaningProblem::Route(RouteProblem::HopWithoutDeadline { who })) => {
            one(format!("{code} {who}"), String::new())
        }
        Problem::Meaning(MeaningProblem::Name(NameProblem::UnknownName { kind, name, .. })) => {
            let form = match kind {
                NameKind::Column | NameKind::Row | NameKind::Field => seen.layout.form_of(place),
                // Which catalog an entry is looked for in, and which event a field, is not written beside it.
                NameKind::Entry | NameKind::EventField => return Vec::new(),
                _ => String::new(),
            };
            let kind = match kind {
                NameKind::Field => NameKind::Column,
                kind => *kind,
            };
            one(format!("{kind:?} {name}"), form)
        }
        _ => match code {
            // Which quarter of which year it is says nothing more.
            "R612" => {
                let words = format!("{:?}", report.problem);
                one(
                    words.replace(|one: char| one.is_ascii_digit(), ""),
                    String::new(),
                )
            }
            "R615" => {
                let given = seen.layout.given_at(place.span);
                given.map_or(Vec::new(), |given| one(code.to_owned(), format!("{given}")))
            }
            // It is the regime that begins or ends at the wrong time.
            "R633" => one(code.to_owned(), String::new()),
            "R208" => one(format!("{:?}", report.problem), String::new()),
            "R509" => one(code.to_owned(), format!("{:?}", place.span)),
            _ => Vec::new(),
        },
    };
    if OF_STATEMENT.contains(&code) {
        causes.push((file, code.to_owned(), format!("{}", line())));
    }
    causes
}

/// The words of a problem whichever of its two sides stands first.
fn unordered(words: &str) -> String {
    let mut parts: Vec<&str> = words.split(", ").collect();
    if words.contains("left:") {
        parts.sort_unstable_by_key(|part| {
            let value = part.split(": ").last().unwrap_or("");
            value.trim_end_matches([' ', '}'])
        });
    }
    let words = parts.join(" ");
    words.replace("left:", "").replace("right:", "")
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
