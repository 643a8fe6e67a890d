//! How one regime is laid out: where its forms, lists and tests stand, and what its unreadable lines may have said.
//!
//! It deliberately knows places and words, not what they mean. Of a regime that is not at hand it knows nothing, so that nothing is put down to it.

use super::project::{Project, Source};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::syntax::ast::header::{Regime, RegimeMember};
use crate::syntax::ast::test::TestMember;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// So many bytes before and behind a place that cannot be read belong to its statement: no head of one is as long.
const LONGEST_HEAD: usize = 400;

/// What stands before a name is looked at so far back: no reference is as long.
const LONGEST_REFERENCE: usize = 400;

/// What stands where in a regime.
#[derive(Default)]
pub(super) struct Layout<'p> {
    source: Option<&'p Source>,
    /// Forms, lists and tests by where they begin.
    parts: BTreeMap<u32, Part>,
    /// Figures given in tests by where they begin, with the form that they are of.
    given: BTreeMap<u32, (u32, String)>,
    /// Where the mistakes of form are.
    unread: BTreeSet<u32>,
    /// The words at the heads of statements that cannot be read.
    unread_words: BTreeSet<&'p str>,
    /// The forms with lines that cannot be read.
    unread_forms: BTreeSet<String>,
    /// Whether a line of the regime itself, outside its forms, lists, tests and outline, cannot be read.
    unread_header: bool,
}

/// A part of a regime.
struct Part {
    end: u32,
    /// Its name; empty for one that has none.
    name: String,
    kind: PartKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Table,
    Test,
    Outline,
}

impl<'p> Layout<'p> {
    /// The layout of a regime.
    pub fn of(project: &'p Project, regime: Option<(FileId, &Regime)>) -> Layout<'p> {
        let Some((file, regime)) = regime else {
            return Layout::default();
        };
        let Some(source) = project.source(file) else {
            return Layout::default();
        };
        let mut layout = Layout {
            source: Some(source),
            ..Layout::default()
        };
        for member in &regime.members {
            layout.member(member);
        }
        // They are sorted by place.
        let problems = source.problems.as_slice();
        let first =
            problems.partition_point(|problem| problem.primary.span.start < regime.span.start);
        let inside = problems.get(first..).unwrap_or_default().iter();
        let inside = inside.take_while(|problem| problem.primary.span.start <= regime.span.end);
        // What is only advised upon was read.
        for problem in inside.filter(|problem| problem.problem.severity() == Severity::Error) {
            layout.mistake(&source.file.text, problem);
        }
        layout
    }

    fn member(&mut self, member: &RegimeMember) {
        let (kind, name, span) = match member {
            RegimeMember::Form(form) => (PartKind::Table, form.name.as_ref(), form.span),
            RegimeMember::List(list) => (PartKind::Table, list.name.as_ref(), list.span),
            RegimeMember::Test(test) => (PartKind::Test, None, test.span),
            RegimeMember::Outline(outline) => (PartKind::Outline, None, outline.span),
            _ => return,
        };
        let name = name.map_or(String::new(), |name| name.value.clone());
        let end = span.end;
        self.parts.insert(span.start, Part { end, name, kind });
        let RegimeMember::Test(test) = member else {
            return;
        };
        for member in &test.members {
            if let TestMember::Given(given) = member
                && let [form] = given.form.as_slice()
            {
                let of = (given.span.end, form.value.clone());
                self.given.insert(given.span.start, of);
            }
        }
    }

    fn mistake(&mut self, text: &'p str, problem: &Diagnostic) {
        let place = problem.primary.span.start;
        if !self.unread.insert(place) {
            return;
        }
        let part = self.part(problem.primary.span);
        let kind = part.map(|part| (part.kind, part.name.clone()));
        self.unread_header |= kind.is_none();
        let is_test = matches!(kind, Some((PartKind::Test, _)));
        let of_form = matches!(kind, Some((PartKind::Table, _)));
        let words = words(head(text, place as usize));
        // A test declares nothing, and a day or a time of the regime itself is no printed number.
        let declares = |word: &&str| {
            !is_test && (of_form || !word.starts_with(|first: char| first.is_ascii_digit()))
        };
        self.unread_words.extend(words.filter(declares));
        if let Some((PartKind::Table, name)) = kind {
            self.unread_forms.insert(name);
        }
    }

    fn part(&self, place: Span) -> Option<&Part> {
        let mut before = self.parts.range(..=place.start);
        let around = before.next_back().map(|(_, part)| part);
        around.filter(|part| place.start <= part.end)
    }

    /// Whether a place is in a test.
    pub fn is_in_test(&self, place: Span) -> bool {
        self.part(place)
            .is_some_and(|part| part.kind == PartKind::Test)
    }

    /// Whether the part in which a place stands has a mistake of form.
    pub fn is_in_unread_part(&self, place: Span) -> bool {
        let mut before = self.parts.range(..=place.start);
        before
            .next_back()
            .filter(|(_, part)| place.start <= part.end)
            .is_some_and(|(start, part)| self.has_unread(Span::new(*start, part.end)))
    }

    /// Whether there is a mistake of form at a place.
    pub fn has_unread(&self, place: Span) -> bool {
        let end = place.end.max(place.start);
        self.unread.range(place.start..=end).next().is_some()
    }

    /// Whether a name or a number is looked for in a form with lines that cannot be read, from another part of the regime; in the form itself each line is told.
    pub fn is_unread_form_of(&self, place: Label) -> bool {
        let form = self.form_of(place);
        let part = self.part(place.span);
        let elsewhere = part.is_none_or(|part| part.name != form);
        elsewhere && self.unread_forms.contains(&form)
    }

    /// Whether a line that cannot be read may have declared a name.
    pub fn may_declare(&self, name: &str) -> bool {
        self.unread_words.contains(name)
    }

    /// Whether a statement of the regime itself cannot be read, so that none proves to be absent.
    pub fn has_unread_header(&self) -> bool {
        self.unread_header
    }

    /// The form that a reference names, else the one in which it stands or for which figures are given there. None in the rest of a test, which is about several.
    pub fn form_of(&self, place: Label) -> String {
        let (Some(source), place) = (
            self.source.filter(|source| source.file.id == place.file),
            place.span,
        ) else {
            return String::new();
        };
        let line = line_before(&source.file.text, place.start as usize);
        let named = line.rfind('[').and_then(|bracket| line.get(..bracket));
        let is_part = |one: char| one.is_alphanumeric() || one == '_' || one == '.';
        let name = named.map_or("", |named| {
            let rest = named.trim_end_matches(is_part);
            named.get(rest.len()..).unwrap_or("")
        });
        if !name.is_empty() && line.matches('[').count() > line.matches(']').count() {
            return name.to_owned();
        }
        let mut before = self.given.range(..=place.start);
        let given = before.next_back().filter(|(_, (end, _))| place.end <= *end);
        if let Some((_, (_, form))) = given {
            return form.clone();
        }
        let around = self.part(place);
        around.map_or(String::new(), |part| part.name.clone())
    }

    /// Where the figures begin that are given at a place.
    pub fn given_at(&self, place: Span) -> Option<u32> {
        let mut before = self.given.range(..=place.start);
        let given = before.next_back().filter(|(_, (end, _))| place.end <= *end);
        given.map(|(start, _)| *start)
    }
}

/// The head of the statement in which a place stands: up to its label, formula or block.
fn head(text: &str, place: usize) -> &str {
    let (before, _) = around(text, place);
    let begins = before.rfind(['\n', ';', '{', '}']).map_or(0, |at| at + 1);
    let start = place.saturating_sub(before.len()) + begins;
    let statement = text.get(start..).unwrap_or("");
    let ends = statement
        .char_indices()
        .take(LONGEST_HEAD)
        .find(|(_, one)| ['"', '“', '”', '=', '{', '}', '[', '(', ':', ';', '\n'].contains(one))
        .map_or(0, |(at, _)| at);
    statement.get(..ends).unwrap_or("")
}

fn words(head: &str) -> impl Iterator<Item = &str> {
    let is_part = |one: char| one.is_alphanumeric() || one == '_' || one == '.';
    let words = head.split(move |one: char| !is_part(one));
    words.filter(|word| !word.is_empty())
}

/// What stands before a place on its line, as far as a reference can begin there: a line may be as long as a file.
fn line_before(text: &str, place: usize) -> &str {
    around(text, place).0.rsplit('\n').next().unwrap_or("")
}

/// The text before a place, as far as it is looked at, and the text behind it.
fn around(text: &str, place: usize) -> (&str, &str) {
    let begins =
        (place.saturating_sub(LONGEST_REFERENCE)..=place).find(|at| text.is_char_boundary(*at));
    let before = begins.and_then(|begins| text.get(begins..place));
    (before.unwrap_or(""), text.get(place..).unwrap_or(""))
}
