//! What every part of the analysis shares: the project, the reports made so far, the references found.
//!
//! It deliberately does not decide what is a mistake.

use super::applicability::Reported;
use super::consequences::{self, Seen};
use super::layout::Layout;
use super::lists::{labelled, nearest};
use super::model::{Model, Regime, form::Column, words::Place};
use super::project::{Project, Source};
use super::size::Spent;
use super::uses::{Told, Uses};
use super::{Reference, one_cause, soundness};
use crate::calendar::Date;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::{Diagnostic, FixKind, Label, Note};
use crate::organisation::Event;
use crate::syntax::ast::{Spanned, header::Regime as Written};
use crate::text::line_index::LineIndex;
use crate::text::{FileId, Span};
use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The longest piece of a statement that is repeated in a message.
const SHOWN_CHARACTERS: usize = 40;

/// So many names are compared with misspelt ones for one regime: those of a whole country with each of the mistakes that are told.
const MOST_COMPARED: usize = 700_000;

/// State of one analysis.
pub(super) struct Context<'p> {
    /// What is analysed.
    pub project: &'p Project,
    /// The events of the regime at hand.
    pub events: Arc<[Event]>,
    /// Where the events of the regime at hand and their fields are declared.
    pub event_places: BTreeMap<(String, Option<String>), Label>,
    /// What parts of the regime at hand can be limited to.
    pub reported_parts: Arc<Reported>,
    /// Places that every regime depends on: calendars and tables of units.
    pub shared: Vec<Label>,
    /// First and last day on which the regime at hand is in force; what is not known limits nothing.
    pub in_force: (Option<Date>, Option<Date>),
    /// Where the forms of the regime at hand stand, by name.
    pub form_places: BTreeMap<String, usize>,
    /// What the files stand for so far.
    pub spent: Spent,
    /// How many names were compared with misspelt ones since the regime at hand began.
    pub compared: usize,
    /// The regimes analysed so far.
    pub analysed: Vec<Arc<Regime>>,
    /// Where each word of a kind is declared first.
    declared: BTreeMap<(NameKind, String), Label>,
    problems: Vec<Diagnostic>,
    /// References found since the last part was finished.
    references: Vec<Reference>,
    parts: Vec<Arc<Told>>,
    referred: BTreeSet<(Label, Label)>,
    /// Line starts of the files that places were asked in.
    lines: RefCell<BTreeMap<FileId, LineIndex>>,
}

impl<'p> Context<'p> {
    /// A fresh state.
    pub fn new(project: &'p Project) -> Context<'p> {
        Context {
            project,
            events: Arc::new([]),
            event_places: BTreeMap::new(),
            reported_parts: Arc::new(Reported::default()),
            shared: Vec::new(),
            in_force: (None, None),
            form_places: BTreeMap::new(),
            spent: Spent::default(),
            compared: 0,
            analysed: Vec::new(),
            declared: BTreeMap::new(),
            problems: Vec::new(),
            references: Vec::new(),
            parts: Vec::new(),
            referred: BTreeSet::new(),
            lines: RefCell::default(),
        }
    }

    /// Reports a mistake.
    pub fn report(&mut self, problem: impl Into<Problem>, file: FileId, span: Span) {
        self.push(Diagnostic::new(problem, file, span));
    }

    /// Reports a mistake with its further places and fixes.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// Reports a name that leads nowhere, unless an unreadable line may have declared it.
    pub fn unknown<'n>(
        &mut self,
        kind: NameKind,
        name: &Spanned<String>,
        file: FileId,
        candidates: impl Iterator<Item = &'n str>,
        strays: &BTreeSet<String>,
    ) {
        let nothing = std::iter::empty();
        self.unknown_among(kind, name, file, candidates, nothing, strays);
    }

    /// The same where what bears the names bears labels too, given as name and label.
    pub fn unknown_among<'n>(
        &mut self,
        kind: NameKind,
        name: &Spanned<String>,
        file: FileId,
        candidates: impl Iterator<Item = &'n str>,
        labels: impl Iterator<Item = (&'n str, &'n str)>,
        strays: &BTreeSet<String>,
    ) {
        if strays.contains(&name.value) {
            return;
        }
        let nearest = self.nearest(&name.value, candidates, labels);
        let mut diagnostic = Diagnostic::new(
            NameProblem::UnknownName {
                kind,
                name: name.value.clone(),
                nearest: nearest.clone(),
            },
            file,
            name.span,
        );
        if let Some(nearest) = nearest {
            // A name that is written as a text stays one.
            let replacement = match self.text(file, name.span).starts_with('"') {
                true => format!("\"{nearest}\""),
                false => nearest,
            };
            diagnostic = diagnostic.fixed_by(FixKind::Likely, name.span, replacement);
        }
        self.push(diagnostic);
    }

    /// The name that may be meant. Where very many names are misspelt among very many, it is no longer looked for.
    fn nearest<'n>(
        &mut self,
        name: &str,
        candidates: impl Iterator<Item = &'n str>,
        labels: impl Iterator<Item = (&'n str, &'n str)>,
    ) -> Option<String> {
        let mut left = MOST_COMPARED.checked_sub(self.compared)?;
        let counted = candidates.take_while(|_| {
            left = left.saturating_sub(1);
            left > 0
        });
        let found = nearest(name, counted);
        let found = match (found, left) {
            (None, 0) => None,
            (None, _) => {
                let counted = labels.take_while(|_| {
                    left = left.saturating_sub(1);
                    left > 0
                });
                labelled(name, counted)
            }
            (found, _) => found,
        };
        self.compared = MOST_COMPARED.saturating_sub(left);
        if left == 0 {
            self.compared = MOST_COMPARED.saturating_add(1);
        }
        found
    }

    /// Whether a word is declared here for the first time; a second declaration is reported.
    pub fn declare(
        &mut self,
        kind: NameKind,
        name: &Spanned<String>,
        file: FileId,
        span: Span,
    ) -> bool {
        match self.declared.entry((kind, name.value.clone())) {
            Entry::Vacant(place) => {
                place.insert(Label { file, span });
                true
            }
            Entry::Occupied(first) => {
                let first = *first.get();
                self.repeated(kind, name, file, first);
                false
            }
        }
    }

    /// Reports a name declared twice.
    pub fn repeated(&mut self, kind: NameKind, name: &Spanned<String>, file: FileId, first: Label) {
        self.push(
            Diagnostic::new(
                NameProblem::RepeatedName {
                    kind,
                    name: name.value.clone(),
                },
                file,
                name.span,
            )
            .noting(Note::FirstHere, first.file, first.span),
        );
    }

    /// Remembers that a name leads to a declaration.
    pub fn refer(&mut self, kind: NameKind, file: FileId, used: Span, declared: Label) {
        let used = Label { file, span: used };
        // A formula is read once for every row it holds in.
        if self.referred.insert((used, declared)) {
            self.references.push(Reference {
                kind,
                used,
                declared,
            });
        }
    }

    /// Remembers that a name leads to an event of the regime at hand, or to one of its fields.
    pub fn refer_event(&mut self, file: FileId, used: Span, event: &str, field: Option<&str>) {
        let key = (event.to_owned(), field.map(str::to_owned));
        if let Some(declared) = self.event_places.get(&key).copied() {
            let kind = match field {
                Some(_) => NameKind::EventField,
                None => NameKind::Event,
            };
            self.refer(kind, file, used, declared);
        }
    }

    /// Remembers that a printed number or a name leads to a column. A column of a block that is repeated for entries is named with them, `nam.so_luong`, and each part leads to its own declaration.
    pub fn refer_column(&mut self, file: FileId, used: Span, column: &Column) {
        let declared = column.place.label;
        let written = self
            .source(file)
            .map_or("", |source| used.of(&source.file.text));
        if column.blocks.is_empty() || column.code.as_deref() == Some(written) {
            self.refer(NameKind::Column, file, used, declared);
            return;
        }
        let mut end = used.end;
        let entries = column.blocks.iter().rev().copied().map(Some);
        let mut leads = std::iter::once(Some(declared)).chain(entries.map(Option::flatten));
        for (place, part) in written.rsplit('.').enumerate() {
            let length = Span::from_offsets(0, part.len()).end;
            let span = Span::new(end.saturating_sub(length), end);
            end = span.start.saturating_sub(1);
            if let Some(declared) = leads.next().flatten() {
                let kind = match place {
                    0 => NameKind::Column,
                    _ => NameKind::Entry,
                };
                self.refer(kind, file, span, declared);
            }
        }
    }

    /// The place of a declaration.
    pub fn place(&self, file: FileId, span: Span) -> Place {
        let label = Label { file, span };
        let source = self.source(file);
        let path = source.map_or(String::new(), |source| source.file.path.clone());
        Place {
            label,
            path,
            line: self.line_of(label).saturating_add(1),
        }
    }

    /// The line on which something begins, from zero.
    fn line_of(&self, place: Label) -> u32 {
        self.source(place.file).map_or(0, |source| {
            let mut known = self.lines.borrow_mut();
            let lines = known
                .entry(place.file)
                .or_insert_with(|| LineIndex::new(&source.file.text));
            lines.line_of(place.span.start)
        })
    }

    /// The source of a file.
    pub fn source(&self, file: FileId) -> Option<&'p Source> {
        self.project.source(file).map(Arc::as_ref)
    }

    /// The text at a place, with runs of white space made one blank.
    pub fn text(&self, file: FileId, span: Span) -> String {
        let text = self
            .source(file)
            .map_or("", |source| span.of(&source.file.text));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first words at a place: up to the label or block, and not too many.
    pub fn shown(&self, file: FileId, span: Span) -> String {
        let text = self.text(file, span);
        let words = text.split(['"', '{']).next().unwrap_or("").trim();
        words.chars().take(SHOWN_CHARACTERS).collect()
    }

    /// The text of a table named in a source; a table that is not there is reported.
    pub fn table(&mut self, file: FileId, named: &Spanned<String>) -> Option<(&'p str, String)> {
        let source = self.source(file)?;
        let path = Project::table_path(&source.file, &named.value);
        match self.project.tables.get(&path) {
            Some(text) => Some((text, path)),
            None => {
                let problem = NameProblem::MissingTable {
                    file: named.value.clone(),
                };
                self.report(problem, file, named.span);
                None
            }
        }
    }

    /// Whether any source has lines that could not be read, so that absence proves nothing.
    pub fn has_unreadable_lines(&self) -> bool {
        self.project
            .sources
            .iter()
            .any(|source| !source.problems.is_empty())
    }

    /// Which of some declarations something refers to.
    pub fn used_of(&self, declared: &BTreeSet<Label>) -> BTreeSet<Label> {
        let loose = self.references.iter().map(|reference| reference.declared);
        let of_parts = self.parts.iter().flat_map(|part| &part.leads).copied();
        let all = of_parts.chain(loose);
        all.filter(|label| declared.contains(label)).collect()
    }

    /// How many reports there are by now; with [`Context::reported_since`] tells whether a part was clean.
    pub fn reported(&self) -> usize {
        self.problems.len()
    }

    /// Takes back the reports made after a count was taken, to tell them in another way.
    pub fn take_since(&mut self, count: usize) -> Vec<Diagnostic> {
        self.problems.split_off(count.min(self.problems.len()))
    }

    /// How many reports and references there are by now; for [`Context::told_since`].
    pub fn told(&self) -> (usize, usize) {
        (self.problems.len(), self.references.len())
    }

    /// The reports made and the references found after a count was taken, as a part: that of a regime, or of the words.
    pub fn told_since(
        &mut self,
        (problems, references): (usize, usize),
        regime: Option<(FileId, &Written)>,
    ) -> Arc<Told> {
        let found = self.take_since(problems);
        if !found.is_empty() {
            let found = self.causes_of(found, references, regime);
            self.problems.extend(found);
        }
        let place = regime.map(|(file, regime)| Label {
            file,
            span: regime.span,
        });
        let problems = self.problems.get(problems..).unwrap_or_default();
        let references = self
            .references
            .split_off(references.min(self.references.len()));
        let part = Told::new(place, problems.to_vec(), references);
        self.parts.push(Arc::clone(&part));
        part
    }

    /// The reports of a part without those that follow from others, those of one cause put together.
    fn causes_of(
        &self,
        found: Vec<Diagnostic>,
        references: usize,
        regime: Option<(FileId, &Written)>,
    ) -> Vec<Diagnostic> {
        let layout = Layout::of(self.project, regime);
        let references = self.references.get(references..).unwrap_or_default();
        let line_of = |place: Label| self.line_of(place);
        let seen = Seen::of(&layout, references, &line_of);
        one_cause::gathered(&seen, consequences::left_out(&seen, found))
    }

    /// What an earlier analysis told about a part, as if it were found now.
    pub fn take_over(&mut self, told: &Arc<Told>) {
        self.problems.extend_from_slice(&told.problems);
        self.parts.push(Arc::clone(told));
    }

    /// Whether an error was reported after a count was taken.
    pub fn reported_since(&self, count: usize) -> bool {
        self.problems.len() > count
    }

    /// All that was told, the reports by place, once it is marked which regimes are sound.
    pub fn finish(mut self, model: &mut Model) -> (Vec<Diagnostic>, Uses) {
        self.problems
            .sort_by_key(|diagnostic| (diagnostic.primary, diagnostic.problem.code()));
        let uses = Uses {
            parts: self.parts,
            rest: self.references,
        };
        let told = (&*self.problems, &uses);
        soundness::mark(model, self.project, told, &self.shared);
        (self.problems, uses)
    }
}
