//! Reports that only follow from others of one regime are not told: who mends the cause finds them gone, or told again if they have a cause of their own.
//!
//! It knows which reports can follow from which, and deliberately not how either was found. Where a statement cannot be read, nothing is told for its absence.

use super::Reference;
use super::layout::Layout;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::{MeaningProblem, NameKind};
use crate::diagnostic::{Diagnostic, Label, Note, Severity};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// So many names are looked at for one figure that does not fit: no formula of a form has more.
const MOST_NAMES: usize = 64;

/// Wherever in a regime the second code is told, the first is not.
const OF_REGIME: [(&str, &str); 16] = [
    // Who sends on no hop, or has no deadline, is the question only once routes and reporters fit.
    ("R709", "R701"),
    ("R709", "R706"),
    ("R709", "R707"),
    ("R709", "R708"),
    ("R707", "R706"),
    ("R708", "R706"),
    // So it is with the periods of parts and tests once the periods are known.
    ("R607", "R757"),
    ("R612", "R607"),
    ("R612", "R711"),
    ("R612", "R757"),
    // What the rows are is not known.
    ("R323", "R503"),
    ("R323", "R535"),
    // Of two columns of one number it is not known which is meant.
    ("R509", "R501"),
    ("R615", "R501"),
    ("R404", "R501"),
    // Rules of a form that is written twice.
    ("R601", "R202"),
];

/// On the line of the second code the first is not told.
const OF_LINE: [(&str, &str); 12] = [
    ("R225", "R501"),
    ("R225", "R202"),
    ("R627", "R601"),
    ("R759", "R712"),
    ("R759", "R715"),
    ("R301", "R333"),
    ("R304", "R333"),
    ("R220", "R711"),
    ("R220", "R714"),
    ("R314", "R333"),
    ("R308", "R314"),
    ("R324", "R314"),
];

/// What is told when the statement that would say otherwise cannot be read.
const OF_HEADER: [&str; 6] = ["R607", "R612", "R701", "R707", "R708", "R709"];

/// Names that lead nowhere because the thing bears the name of another of its kind.
const DOUBLES: [&str; 3] = ["R202", "R501", "R601"];

/// What can be told of reports once they are all there.
pub(super) struct Seen<'r, 'p> {
    pub(super) layout: &'r Layout<'p>,
    /// Uses of columns, rows and fields by where they begin, with where each is declared.
    columns: BTreeMap<(FileId, u32), (u32, Label)>,
    /// Where they are declared.
    declared: BTreeSet<Label>,
    line_of: &'r dyn Fn(Label) -> u32,
}

impl<'r, 'p> Seen<'r, 'p> {
    /// What the references of a regime say.
    pub fn of(
        layout: &'r Layout<'p>,
        references: &[Reference],
        line_of: &'r dyn Fn(Label) -> u32,
    ) -> Seen<'r, 'p> {
        let is_cell =
            |kind: NameKind| matches!(kind, NameKind::Column | NameKind::Row | NameKind::Field);
        let columns = references.iter().filter(|used| is_cell(used.kind));
        let columns = columns.map(|used| {
            let place = (used.used.file, used.used.span.start);
            (place, (used.used.span.end, used.declared))
        });
        let columns: BTreeMap<_, _> = columns.collect();
        Seen {
            layout,
            declared: columns.values().map(|(_, declared)| *declared).collect(),
            columns,
            line_of,
        }
    }

    /// The column, row or field in whose declaration a place stands, if something refers to it.
    fn declared_around(&self, place: Label) -> Option<Label> {
        let last = Label {
            file: place.file,
            span: Span::new(place.span.start, u32::MAX),
        };
        let around = self.declared.range(..=last).next_back().copied();
        around.filter(|around| around.file == place.file && around.span.contains(place.span))
    }

    /// The line on which something begins.
    pub fn line(&self, place: Label) -> (FileId, u32) {
        (place.file, (self.line_of)(place))
    }

    /// The columns, rows and fields that are named at a place, and those it is said to disagree with.
    pub fn named(&self, report: &Diagnostic) -> BTreeSet<Label> {
        let others = report.secondary.iter();
        let others = others.filter(|other| other.note == Note::DisagreesHere);
        let places = others.map(|other| other.label).chain([report.primary]);
        let mut named = BTreeSet::new();
        for Label { file, span } in places {
            named.extend(self.declared_around(Label { file, span }));
            let inside = self.columns.range((file, span.start)..=(file, span.end));
            let inside = inside.filter(|(_, (end, _))| *end <= span.end);
            named.extend(inside.take(MOST_NAMES).map(|(_, (_, declared))| *declared));
        }
        named
    }
}

/// The reports without those that follow from others.
pub(super) fn left_out(seen: &Seen, reports: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if reports.is_empty() {
        return reports;
    }
    let causes = Causes::of(seen, &reports);
    let mut kept = Vec::with_capacity(reports.len());
    for report in reports {
        if !causes.explain(seen, &report) {
            kept.push(report);
        }
    }
    kept
}

/// What has been told that others may follow from.
struct Causes {
    codes: BTreeSet<&'static str>,
    on_line: BTreeSet<(&'static str, (FileId, u32))>,
    /// The places of all errors but those of values that a column does not take.
    at: BTreeSet<Label>,
    /// Columns, rows and fields of which something is told that concerns their kind or measure.
    doubtful: BTreeSet<Label>,
    /// Columns, rows and fields with attributes that do not go together.
    misdeclared: BTreeSet<Label>,
    /// Where names that lead nowhere and mistakes of kind or measure are told outside tests.
    types: BTreeSet<(FileId, u32)>,
    /// Printed numbers that are borne twice.
    numbers: BTreeSet<i64>,
    doubles: BTreeMap<&'static str, usize>,
    /// Names that lead nowhere, by the code that a double of such a thing has.
    missing: BTreeMap<&'static str, BTreeSet<String>>,
    without_deadline: BTreeSet<String>,
    /// Lines that name reporters from whom no route starts.
    unsent: BTreeSet<(FileId, u32)>,
    ended: BTreeSet<String>,
    /// Forms with bounds between which nothing lies.
    empty_bounds: BTreeSet<String>,
}

impl Causes {
    fn of(seen: &Seen, reports: &[Diagnostic]) -> Causes {
        let mut causes = Causes {
            codes: BTreeSet::new(),
            on_line: BTreeSet::new(),
            at: BTreeSet::new(),
            doubtful: BTreeSet::new(),
            misdeclared: BTreeSet::new(),
            types: BTreeSet::new(),
            numbers: BTreeSet::new(),
            doubles: BTreeMap::new(),
            missing: BTreeMap::new(),
            without_deadline: BTreeSet::new(),
            unsent: BTreeSet::new(),
            ended: BTreeSet::new(),
            empty_bounds: BTreeSet::new(),
        };
        for report in reports {
            causes.add(seen, report);
        }
        causes
    }

    /// Only an error can be what an error follows from.
    fn add(&mut self, seen: &Seen, report: &Diagnostic) {
        if report.problem.severity() != Severity::Error {
            return;
        }
        let code = report.problem.code();
        self.codes.insert(code);
        self.on_line.insert((code, seen.line(report.primary)));
        if !matches!(code, "R302" | "R613") {
            self.at.insert(report.primary);
        }
        let in_test = seen.layout.is_in_test(report.primary.span);
        if matches!(code, "R314" | "R315") {
            self.misdeclared
                .extend(seen.declared_around(report.primary));
        }
        if (code == "R201" || code.starts_with("R3")) && !in_test {
            let place = report.primary;
            self.types.insert((place.file, place.span.start));
        }
        if code.starts_with("R3") && !in_test {
            self.doubtful.extend(seen.named(report));
        }
        if code == "R508" {
            self.empty_bounds
                .insert(seen.layout.form_of(report.primary));
        }
        let number = match &report.problem {
            Problem::Meaning(MeaningProblem::Form(FormProblem::RepeatedCode { code })) => {
                code.parse::<i64>().ok()
            }
            _ => None,
        };
        self.numbers.extend(number);
        if DOUBLES.contains(&code) && number.is_none() {
            *self.doubles.entry(code).or_default() += 1;
        }
        match &report.problem {
            Problem::Meaning(MeaningProblem::Name(NameProblem::UnknownName {
                kind, name, ..
            })) if name.parse::<i64>().is_err() => {
                let missing = self.missing.entry(double_of(*kind)).or_default();
                missing.insert(name.clone());
            }
            Problem::Meaning(MeaningProblem::Route(route)) => match route {
                RouteProblem::HopWithoutDeadline { who } => {
                    self.without_deadline.insert(who.clone());
                }
                RouteProblem::ReporterWithoutRoute { .. } => {
                    self.unsent.insert(seen.line(report.primary));
                }
                RouteProblem::DeadLevel { name, .. } => {
                    self.ended.insert(name.clone());
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// Whether a report follows from another one, or from a line that cannot be read.
    fn explain(&self, seen: &Seen, report: &Diagnostic) -> bool {
        let code = report.problem.code();
        let place = report.primary;
        let told = |cause: &'static str| self.codes.contains(cause);
        let line = seen.line(place);
        let on_line = |cause: &'static str| self.on_line.contains(&(cause, line));
        OF_REGIME
            .iter()
            .any(|(it, cause)| *it == code && told(cause))
            || OF_LINE
                .iter()
                .any(|(it, cause)| *it == code && on_line(cause))
            || OF_HEADER.contains(&code) && seen.layout.has_unread_header()
            || self.of_test(seen, report)
            || self.of_names(seen, report)
            || code == "R629" && self.empty_bounds.contains(&seen.layout.form_of(place))
            || code == "R403" && self.is_in_doubtful(place)
            || matches!(code, "R301" | "R304" | "R306" | "R308" | "R310")
                && !seen.named(report).is_disjoint(&self.misdeclared)
            || matches!(code, "R320" | "R616") && self.of_unknown_formulas(seen, report)
            || self.of_unread(seen, report)
    }

    /// What is told of a figure whose own formula could not be understood.
    fn of_unknown_formulas(&self, seen: &Seen, report: &Diagnostic) -> bool {
        let mut named = seen.named(report).into_iter();
        seen.layout.is_unread_form_of(report.primary)
            || named.any(|column| {
                let Label { file, span } = column;
                let mut told = self.types.range((file, span.start)..=(file, span.end));
                told.any(|(_, start)| *start != report.primary.span.start)
            })
    }

    /// What follows in a test from a mistake elsewhere: from the kind of the column for which a value is given, from what else is told of the value, or from lines that cannot be read.
    fn of_test(&self, seen: &Seen, report: &Diagnostic) -> bool {
        let place = report.primary;
        if !seen.layout.is_in_test(place.span) {
            return false;
        }
        match report.problem.code() {
            "R611" | "R618" => seen.layout.is_in_unread_part(place.span),
            "R302" | "R613" => {
                let declared = report.secondary.iter();
                let mut declared = declared.filter(|other| other.note == Note::DeclaredHere);
                self.at.contains(&place)
                    || declared.any(|other| self.is_doubtful(seen, other.label))
            }
            _ => false,
        }
    }

    fn is_doubtful(&self, seen: &Seen, column: Label) -> bool {
        let Label { file, span } = column;
        let mut told = self.types.range((file, span.start)..=(file, span.end));
        self.doubtful.contains(&column) || told.next().is_some() || seen.layout.has_unread(span)
    }

    fn is_in_doubtful(&self, place: Label) -> bool {
        let last = Label {
            file: place.file,
            span: Span::new(place.span.start, u32::MAX),
        };
        let mut before = self.doubtful.range(..=last);
        let column = before.next_back();
        column.is_some_and(|column| column.file == place.file && column.span.contains(place.span))
    }

    /// Names that lead nowhere because their declaration bears another name, or cannot be read.
    fn of_names(&self, seen: &Seen, report: &Diagnostic) -> bool {
        let (kind, name) = match &report.problem {
            Problem::Meaning(MeaningProblem::Name(NameProblem::UnknownName {
                kind, name, ..
            })) => (*kind, name),
            Problem::Meaning(MeaningProblem::Route(RouteProblem::HopWithoutDeadline { who })) => {
                let reporters = seen.line(report.primary);
                let routes = !self.unsent.is_empty() && !self.unsent.contains(&reporters);
                return routes || self.ended.contains(who);
            }
            _ => return false,
        };
        if seen.layout.may_declare(name) {
            return true;
        }
        if kind == NameKind::Sender && self.without_deadline.contains(name) {
            return true;
        }
        let double = double_of(kind);
        let is_without_form = || {
            let lost = self.missing.get("R202");
            lost.is_some_and(|lost| !lost.is_empty()) || seen.layout.has_unread_header()
        };
        if kind == NameKind::Rule && is_without_form() {
            return true;
        }
        if kind == NameKind::Entry {
            let place = seen.line(report.primary);
            return self.on_line.contains(&("R501", place));
        }
        if double == "R501" && seen.layout.is_unread_form_of(report.primary) {
            return true;
        }
        if let Ok(number) = name.parse::<i64>() {
            // One of two columns of one number probably was to bear the one before or after it.
            let beside = [number.saturating_sub(1), number.saturating_add(1)];
            return double == "R501" && beside.iter().any(|other| self.numbers.contains(other));
        }
        let missing = self.missing.get(double);
        let doubles = self.doubles.get(double).copied().unwrap_or(0);
        missing.is_some_and(|missing| missing.len() <= doubles)
    }

    /// What is told of figures whose declaration, or whose form, cannot be read.
    fn of_unread(&self, seen: &Seen, report: &Diagnostic) -> bool {
        let code = report.problem.code();
        match code {
            "R208" | "R541" => seen.layout.is_unread_form_of(report.primary),
            _ if code.starts_with("R3") || code.starts_with("R4") => seen
                .named(report)
                .into_iter()
                .any(|column| seen.layout.has_unread(column.span)),
            _ => false,
        }
    }
}

/// The code that a second thing of this name would have.
fn double_of(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Column | NameKind::Row | NameKind::Field => "R501",
        NameKind::Rule => "R601",
        NameKind::Form | NameKind::Narrative => "R202",
        _ => "",
    }
}

/// What values of one sort given for one column in tests have in common: where the column is declared, and what they are written as.
pub(super) fn value_given(seen: &Seen, report: &Diagnostic) -> Option<(Label, &'static str)> {
    let mut others = report.secondary.iter();
    let declared = others.find(|other| other.note == Note::DeclaredHere)?.label;
    let written = match &report.problem {
        Problem::Meaning(MeaningProblem::Rule(RuleProblem::ValueDoesNotFit { value, .. })) => value,
        Problem::Meaning(MeaningProblem::Type(TypeProblem::BareNumberAgainstPercent {
            number,
            ..
        })) => number,
        _ => return None,
    };
    if !seen.layout.is_in_test(report.primary.span) {
        return None;
    }
    let sort = match written.chars().next() {
        Some('"') => "text",
        Some(first) if first == '-' || first.is_ascii_digit() => "number",
        _ => "name",
    };
    Some((declared, sort))
}
