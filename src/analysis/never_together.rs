//! Formulas, rules and sentences over cells that are never asked for when they are needed: sides of an equality that stand in no report together, figures of an earlier
//! report that never has them.
//!
//! Only periods are compared. Whose report it is decides nothing here: a consolidated report has the parts of all its senders, so that a balance between a form of communes and
//! one of departments is judged there. A formula that stands in many rows is told only when it reads the cell in none of them. What could not be resolved is read always, and
//! so is an operator that looks over the whole year.

use super::context::Context;
use super::expression::{Cell, Term, TermKind};
use super::forms::FormDraft;
use super::kinds::choice_words;
use super::model::cell::{CellDefinition, Source};
use super::model::form::Rows;
use super::model::{PeriodRule, Rule, RuleKind};
use super::outline_model::{Outline, OutlinePart};
use super::times::{Times, TimesId};
use super::where_there::{At, There, When, own_row};
use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::problem::meaning::foreign::ForeignProblem;
use crate::diagnostic::problem::meaning::together::TogetherProblem;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Looks at all forms, written rules and outlines of a regime.
pub(super) fn check(
    context: &mut Context,
    file: FileId,
    periods: &[PeriodRule],
    forms: &[FormDraft],
    rules: &[Rule],
    outlines: &[Outline],
) {
    let limited = |form: &FormDraft| {
        let of_form = form.form.applicability.only_in.is_empty();
        let mut cells = form.form.definitions();
        let mut rows = form.form.written.iter();
        of_form
            && cells.all(|cell| cell.applicability.only_in.is_empty())
            && rows.all(|row| row.applicability.only_in.is_empty())
    };
    let mut look = Look {
        there: There::of(periods, forms, std::mem::take(&mut context.analysed)),
        file,
        everywhere: forms.iter().all(limited),
        looked_at: BTreeSet::new(),
        read: BTreeMap::new(),
        sides: BTreeMap::new(),
        parts: Vec::new(),
        foreign: BTreeSet::new(),
        in_force: context.in_force,
    };
    for (place, draft) in forms.iter().enumerate() {
        look.form(place, draft);
    }
    for rule in rules {
        look.rule(rule);
    }
    for outline in outlines {
        look.outline(outline);
    }
    context.analysed = look.there.gives_back();
    look.tell(context);
}

struct Look<'l, 'a> {
    there: There<'l, 'a>,
    file: FileId,
    /// Whether no part of the regime is limited to some periods.
    everywhere: bool,
    /// What is written once may stand for many cells.
    looked_at: BTreeSet<(Span, TimesId, At)>,
    /// Figures that are read at one place of the text, with what is wrong where none of the cells that it stands for is there.
    read: BTreeMap<Span, Option<TogetherProblem>>,
    /// Sides that are compared, by the place of both.
    sides: BTreeMap<Span, bool>,
    /// Rows and columns that are never asked for, and figures of regimes that are in force at another time.
    parts: Vec<Diagnostic>,
    foreign: BTreeSet<Span>,
    /// First and last day of the regime at hand.
    in_force: (Option<Date>, Option<Date>),
}

impl Look<'_, '_> {
    fn form(&mut self, place: usize, draft: &FormDraft) {
        let columns = draft.form.columns.iter().enumerate();
        let columns = columns.map(|(column, found)| (None, column, &found.cell));
        let cells = draft.form.cells.iter();
        let cells = cells.map(|((row, column), cell)| (Some(*row), *column, cell));
        // A column of a form with written rows only says what its cells are.
        let written = draft.form.rows == Rows::Written;
        let mut asked: (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
        let mut open: (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
        for (row, column, cell) in columns.chain(cells) {
            if written && row.is_none() && !draft.is_head(column) {
                continue;
            }
            let here = self.there.of_cell(place, row, column);
            let at = row.map(|row| (place, row));
            self.definition(cell, here, at);
            let there = !self.there.pool.is_never(here);
            asked.0.extend(row);
            asked.1.insert(column);
            open.0.extend(row.filter(|_| there));
            open.1.extend(Some(column).filter(|_| there));
        }
        if self.everywhere {
            return;
        }
        let rows = asked.0.difference(&open.0);
        let rows = rows.filter_map(|row| draft.rows.get(*row));
        let mut parts: Vec<(bool, Span)> = rows.map(|row| (true, row.head)).collect();
        // Where rows and columns exclude each other the rows are told.
        if parts.is_empty() {
            let columns = asked.1.difference(&open.1);
            let columns = columns.filter_map(|column| draft.columns.get(*column));
            parts.extend(columns.map(|column| (false, column.head)));
        }
        for (row, head) in parts {
            let problem = TogetherProblem::NeverAsked { row };
            self.parts.push(Diagnostic::new(problem, self.file, head));
        }
    }

    fn definition(&mut self, cell: &CellDefinition, here: TimesId, at: At) {
        for (position, side) in cell.chain.iter().enumerate() {
            let carried = cell.source == Source::Carried && position == 0;
            match carried {
                true => self.term(&side.term, here, at, When::Carried),
                false => self.term(&side.term, here, at, When::Now),
            }
        }
        let bounds = cell.range.iter().flat_map(|both| [&both.0, &both.1]);
        for side in cell.within.iter().chain(bounds) {
            self.term(&side.term, here, at, When::Now);
        }
        let terms = cell.weight.iter().chain(&cell.required_when);
        for term in terms.chain(&cell.closed_when) {
            self.term(term, here, at, When::Now);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let own = self.there.pool.keep(Times::of(&rule.applicability.only_in));
        let mut here = match rule.form.map(|form| (form, self.there.of_form(form))) {
            Some((form, times)) => match rule.row {
                Some(row) => self.there.of_row(form, row, times),
                None => times,
            },
            None => self.there.reported,
        };
        here = self.there.pool.and(here, own);
        let at = rule.form.zip(rule.row);
        for term in &rule.conditions {
            self.term(term, here, at, When::Now);
        }
        match &rule.kind {
            RuleKind::Balance(sides) => {
                for side in sides {
                    self.term(&side.term, here, at, When::Now);
                }
                let span = sides.iter().map(|side| side.term.span);
                let Some(span) = span.reduce(Span::cover) else {
                    return;
                };
                let sides: Vec<&Term> = sides.iter().map(|side| &side.term).collect();
                self.compared(&sides, span, here, at);
            }
            RuleKind::Condition(term) => {
                self.term(term, here, at, When::Now);
                self.comparisons(term, here, at);
            }
            RuleKind::Bounds(..) => {}
        }
        for part in rule.message.iter().flatten() {
            if let Some(term) = part.term() {
                self.term(term, here, at, When::Now);
            }
        }
    }

    fn outline(&mut self, outline: &Outline) {
        let own = self
            .there
            .pool
            .keep(Times::of(&outline.applicability.only_in));
        let here = self.there.pool.and(self.there.reported, own);
        let mut open: Vec<(&[OutlinePart], TimesId)> = vec![(&outline.parts, here)];
        while let Some((parts, here)) = open.pop() {
            for part in parts {
                match part {
                    OutlinePart::Section(section) => {
                        let own = &section.applicability.only_in;
                        let own = self.there.pool.keep(Times::of(own));
                        open.push((&section.parts, self.there.pool.and(here, own)));
                    }
                    OutlinePart::Sentence(sentence) => {
                        let own = &sentence.applicability.only_in;
                        let own = self.there.pool.keep(Times::of(own));
                        let here = self.there.pool.and(here, own);
                        for part in &sentence.parts {
                            if let Some(term) = part.term() {
                                self.term(term, here, None, When::Now);
                            }
                        }
                    }
                    OutlinePart::Narrative(_) | OutlinePart::Table(_) => {}
                }
            }
        }
    }

    /// One formula or condition that stands where `here` says, and everything in it.
    fn term(&mut self, term: &Term, here: TimesId, at: At, when: When) {
        // An empty place was told where it is limited.
        let told_apart = at.filter(|_| !self.everywhere);
        if self.there.pool.is_never(here) || !self.looked_at.insert((term.span, here, told_apart)) {
            return;
        }
        self.reads(term, here, at, when);
    }

    fn reads(&mut self, term: &Term, here: TimesId, at: At, when: When) {
        match &term.kind {
            TermKind::Cell(cell) => self.cell(term.span, cell, here, at, when),
            TermKind::Foreign(cell) if matches!(when, When::Now | When::LastYear) => {
                let apart = match when {
                    When::Now => self.there.apart(&cell.regime, self.in_force),
                    _ => None,
                };
                if let Some((from, until)) = apart {
                    self.not_in_force(term.span, &cell.regime, from, until);
                    return;
                }
                if let Some((form, times)) = self.there.of_foreign(cell) {
                    let shown = cell.printed.column.0.as_ref();
                    let column = shown.unwrap_or(&cell.column).clone();
                    let both = self.there.pool.and(times, here);
                    let there = !self.there.pool.is_never(both);
                    self.note(term.span, there, |look| {
                        look.never_now(column.clone(), form.clone(), times)
                    });
                }
            }
            TermKind::Previous(inner) => {
                if when == When::Now {
                    self.reads(inner, here, at, When::Before);
                }
            }
            TermKind::YearAgo(inner) if when == When::Now => {
                self.reads(inner, here, at, When::LastYear);
            }
            TermKind::YearToDate(_) | TermKind::Opening(_) | TermKind::OverEvents(_) => {}
            _ => term.for_each_child(&mut |child| self.reads(child, here, at, when)),
        }
    }

    fn cell(&mut self, span: Span, cell: &Cell, here: TimesId, at: At, when: When) {
        if self.everywhere && matches!(when, When::Now | When::LastYear) {
            return;
        }
        let Some(draft) = self.there.forms.get(cell.form) else {
            return;
        };
        let row = own_row(&draft.form, cell, at);
        let times = self.there.of_cell(cell.form, row, cell.column);
        // A cell that is never there at all was told where it is limited.
        if self.there.pool.is_never(times) {
            return;
        }
        let there = match when {
            When::Now | When::LastYear => {
                let both = self.there.pool.and(times, here);
                !self.there.pool.is_never(both)
            }
            When::Before | When::Carried => self.there.had_before(cell.form, (here, times), when),
        };
        let column = || {
            let column = draft.form.columns.get(cell.column);
            column.map_or(String::new(), |column| column.shown().to_owned())
        };
        self.note(span, there, |look| match when {
            When::Now | When::LastYear => look.never_now(column(), draft.form.name.clone(), times),
            When::Before | When::Carried => TogetherProblem::NeverBefore {
                column: column(),
                carried: when == When::Carried,
            },
        });
    }

    fn never_now(&self, column: String, form: String, times: TimesId) -> TogetherProblem {
        let choices = self.there.pool.get(times).choices().into_iter();
        TogetherProblem::NeverThere {
            column,
            form,
            periods: choices.map(choice_words).collect(),
        }
    }

    fn note(&mut self, span: Span, there: bool, problem: impl Fn(&Self) -> TogetherProblem) {
        match self.read.get_mut(&span) {
            Some(None) => {}
            Some(known) if there => *known = None,
            Some(_) => {}
            None => {
                let found = (!there).then(|| problem(self));
                self.read.insert(span, found);
            }
        }
    }

    fn not_in_force(&mut self, span: Span, regime: &str, from: Date, until: Option<Date>) {
        let problem = ForeignProblem::NeverInForce {
            regime: regime.to_owned(),
            from: show_date(from),
            until: until.map(show_date),
        };
        if self.foreign.insert(span) {
            self.parts.push(Diagnostic::new(problem, self.file, span));
        }
    }

    /// Comparisons in a condition, of whose sides none may be missing.
    fn comparisons(&mut self, term: &Term, here: TimesId, at: At) {
        if let TermKind::Compare(first, rest) = &term.kind {
            let sides = std::iter::once(&**first).chain(rest.iter().map(|(_, side)| side));
            let sides: Vec<&Term> = sides.collect();
            self.compared(&sides, term.span, here, at);
        }
        term.for_each_child(&mut |part| self.comparisons(part, here, at));
    }

    /// Neighbours are compared; where two of them never stand in one report nothing is judged.
    fn compared(&mut self, sides: &[&Term], span: Span, here: TimesId, at: At) {
        if self.there.pool.is_never(here) {
            return;
        }
        let mut all: Vec<TimesId> = Vec::new();
        for side in sides {
            let open = self.there.open(side, at);
            all.push(self.there.pool.and(open, here));
        }
        if all.iter().any(|side| self.there.pool.is_never(*side)) {
            // One side by itself is never there, and was told.
            return;
        }
        let mut together = true;
        for pair in all.windows(2) {
            if let [one, other] = pair {
                let both = self.there.pool.and(*one, *other);
                together = together && !self.there.pool.is_never(both);
            }
        }
        let known = self.sides.entry(span).or_insert(together);
        *known = *known || together;
    }

    fn tell(self, context: &mut Context) {
        for part in self.parts {
            context.push(part);
        }
        for (span, problem) in self.read {
            if let Some(problem) = problem {
                context.report(problem, self.file, span);
            }
        }
        for (span, together) in self.sides {
            if !together {
                context.report(TogetherProblem::SidesNeverMeet, self.file, span);
            }
        }
    }
}
