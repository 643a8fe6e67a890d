//! Outlines: what stands in them, whether every form is printed once, whether sentences say figures.
//!
//! It deliberately does not know grids or what an officer writes. A part that leads nowhere is reported and left out.

use super::check_rules::RuleReader;
use super::expression::{Cell, RowPick, Term};
use super::kinds::choice_words;
use super::model::{cell::Applicability, form::Rows};
use super::outline_model::{Narrative, Outline, OutlinePart, Section, Sentence};
use super::times::Times;
use crate::calendar::PeriodChoice;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::diagnostic::problem::meaning::together::TogetherProblem;
use crate::syntax::ast::outline::{self as tree, OutlineMember};
use crate::syntax::ast::time::Only;
use crate::text::Span;
use std::collections::BTreeMap;

/// Reads the outlines of a regime.
pub(super) fn read(rules: &mut RuleReader, written: &[&tree::Outline]) -> Vec<Outline> {
    let mut reader = OutlineReader {
        rules,
        names: BTreeMap::new(),
        narratives: 0,
        printed: BTreeMap::new(),
        unreadable: false,
        around: Vec::new(),
    };
    let outlines: Vec<Outline> = written.iter().map(|one| reader.outline(one)).collect();
    if !outlines.is_empty() {
        reader.forms_that_are_not_printed(written, &outlines);
    }
    outlines
}

struct OutlineReader<'o, 'r, 'a, 'p> {
    rules: &'o mut RuleReader<'r, 'a, 'p>,
    /// Names of narratives met so far.
    names: BTreeMap<String, Span>,
    narratives: usize,
    /// Forms printed so far.
    printed: BTreeMap<usize, Span>,
    /// Whether lines could not be read, so that absence proves nothing.
    unreadable: bool,
    /// The periods in which the outline and the sections around the part at hand apply.
    around: Vec<PeriodChoice>,
}

impl OutlineReader<'_, '_, '_, '_> {
    fn outline(&mut self, written: &tree::Outline) -> Outline {
        let before = self.narratives;
        self.unreadable |= !written.strays.is_empty();
        // The same form may be printed in outlines of different periods.
        self.printed.clear();
        let (applicability, parts) = self.members(&written.members, &[]);
        if self.narratives == before && written.strays.is_empty() {
            self.rules
                .report(Advice::OutlineWithoutNarrative, written.head);
        }
        Outline {
            applicability,
            parts,
            place: self.rules.context.place(self.rules.file, written.span),
        }
    }

    fn members(
        &mut self,
        members: &[OutlineMember],
        head: &[Only],
    ) -> (Applicability, Vec<OutlinePart>) {
        let inside = members.iter().filter_map(|member| match member {
            OutlineMember::Only(only) => Some(only),
            _ => None,
        });
        let applicability = self.applicability(head.iter().chain(inside));
        let inside = Times::of(&self.around).and(&Times::of(&applicability.only_in));
        let around = std::mem::replace(&mut self.around, inside.choices());
        let parts = members
            .iter()
            .filter_map(|member| self.member(member))
            .collect();
        self.around = around;
        (applicability, parts)
    }

    fn member(&mut self, member: &OutlineMember) -> Option<OutlinePart> {
        match member {
            OutlineMember::Only(_) => None,
            OutlineMember::Section(section) => {
                self.unreadable |= !section.strays.is_empty();
                let (applicability, parts) = self.members(&section.members, &section.only);
                Some(OutlinePart::Section(Section {
                    code: section.code.as_ref().map(|code| code.value.clone()),
                    label: section
                        .label
                        .as_ref()
                        .map_or(String::new(), |label| label.value.clone()),
                    applicability,
                    parts,
                }))
            }
            OutlineMember::Narrative(narrative) => {
                Some(OutlinePart::Narrative(self.narrative(narrative)))
            }
            OutlineMember::Sentence(sentence) => {
                let parts = self.rules.sentence(&sentence.template);
                self.rows_are_named(&parts);
                Some(OutlinePart::Sentence(Sentence {
                    parts,
                    applicability: self.applicability(sentence.only.iter()),
                }))
            }
            OutlineMember::Table(table) => self.table(table).map(OutlinePart::Table),
        }
    }

    fn narrative(&mut self, written: &tree::Narrative) -> Narrative {
        self.narratives += 1;
        let file = self.rules.file;
        if let Some(name) = &written.name {
            match self.names.get(&name.value) {
                Some(first) => {
                    let first = Label { file, span: *first };
                    self.rules
                        .context
                        .repeated(NameKind::Narrative, name, file, first);
                }
                None => {
                    self.names.insert(name.value.clone(), name.span);
                }
            }
        }
        Narrative {
            key: written.name.as_ref().map_or_else(
                || format!("#{}", self.narratives),
                |name| name.value.clone(),
            ),
            label: written.label.as_ref().map(|label| label.value.clone()),
            optional: written.optional,
            about_next: written.about_next,
            applicability: self.applicability(written.only.iter()),
            place: self.rules.context.place(file, written.span),
        }
    }

    fn table(&mut self, written: &tree::OutlineTable) -> Option<usize> {
        let file = self.rules.file;
        let forms = self.rules.forms;
        let found = self.rules.context.form_places.get(&written.form.value);
        let found = found.copied();
        let Some((position, draft)) =
            found.and_then(|position| Some((position, forms.get(position)?)))
        else {
            let names = forms.iter().map(|draft| draft.form.name.as_str());
            self.rules.context.unknown(
                NameKind::Form,
                &written.form,
                file,
                names,
                self.rules.form_strays,
            );
            return None;
        };
        self.rules.context.refer(
            NameKind::Form,
            file,
            written.form.span,
            draft.form.place.label,
        );
        let own = &draft.form.applicability.only_in;
        if Times::of(own).and(&Times::of(&self.around)).is_never() {
            let first = self.around.first().copied();
            if let Some(period) = first.map(choice_words) {
                let form = draft.form.name.clone();
                let problem = TogetherProblem::NeverPrinted { form, period };
                self.rules.report(problem, written.form.span);
            }
        }
        if self.printed.insert(position, written.form.span).is_some() {
            let form = draft.form.name.clone();
            self.rules
                .report(Advice::PrintedTwice { form }, written.form.span);
        }
        Some(position)
    }

    /// A form that no outline prints stands beside the text; only where others are printed in one of its periods is that worth a word.
    fn forms_that_are_not_printed(&mut self, written: &[&tree::Outline], outlines: &[Outline]) {
        let printed = tables(written);
        if self.unreadable {
            return;
        }
        for draft in self.rules.forms {
            let form = draft.form.name.clone();
            let own = &draft.form.applicability.only_in;
            let beside = written.iter().zip(outlines).any(|(written, outline)| {
                !tables(&[*written]).is_empty() && meet(own, &outline.applicability.only_in)
            });
            if beside && !form.is_empty() && !printed.contains(&form.as_str()) {
                self.rules
                    .report(Advice::PrintedNowhere { form }, draft.form.place.label.span);
            }
        }
    }

    fn applicability<'o>(&mut self, clauses: impl Iterator<Item = &'o Only>) -> Applicability {
        let outer = Applicability {
            only_in: self.around.clone(),
            ..Applicability::default()
        };
        let mut found = Applicability::default();
        for only in clauses {
            self.rules.only_within(only, None, &outer, &mut found);
        }
        found
    }

    /// A sentence stands outside the rows of any form, so it names the row of every figure.
    fn rows_are_named(&mut self, parts: &[super::model::MessagePart]) {
        for part in parts {
            let Some(term) = part.term() else { continue };
            let mut without: Option<usize> = None;
            term.cells(&mut |cell, _| {
                if without.is_none() && self.needs_a_row(cell) {
                    without = Some(cell.form);
                }
            });
            if let Some(form) = without {
                self.report_missing_row(form, term);
            }
        }
    }

    fn needs_a_row(&self, cell: &Cell) -> bool {
        let Some(draft) = self.rules.forms.get(cell.form) else {
            return false;
        };
        let head = draft
            .form
            .columns
            .get(cell.column)
            .is_some_and(|column| column.head);
        let rows = !matches!(
            draft.form.rows,
            Rows::EachReportingUnit | Rows::Listed | Rows::Unknown
        );
        cell.row == RowPick::Current && rows && !head
    }

    fn report_missing_row(&mut self, form: usize, term: &Term) {
        let form = self
            .rules
            .forms
            .get(form)
            .map_or(String::new(), |draft| draft.form.name.clone());
        let fault = RowFault::RowNeeded;
        self.rules
            .report(NameProblem::RowInReference { form, fault }, term.span);
    }
}

/// Whether two lists of periods have one in common; an empty list is every period.
fn meet(one: &[PeriodChoice], other: &[PeriodChoice]) -> bool {
    one.is_empty()
        || other.is_empty()
        || one
            .iter()
            .any(|left| other.iter().any(|right| left.meets(right)))
}

/// The names of the forms that outlines print.
fn tables<'o>(outlines: &[&'o tree::Outline]) -> Vec<&'o str> {
    let mut found = Vec::new();
    let mut open: Vec<&'o [OutlineMember]> = outlines
        .iter()
        .map(|outline| outline.members.as_slice())
        .collect();
    while let Some(members) = open.pop() {
        for member in members {
            match member {
                OutlineMember::Table(table) => found.push(table.form.value.as_str()),
                OutlineMember::Section(section) => open.push(&section.members),
                _ => {}
            }
        }
    }
    found
}
