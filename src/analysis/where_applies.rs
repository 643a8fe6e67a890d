//! Where forms, columns and rows apply: their `only in / for / when` clauses read, typed and put into the model.
//!
//! It deliberately does not decide whether a part applies in a report. A clause that leads nowhere is reported by [`super::applicability`] and limits nothing.

use super::applicability;
use super::columns::Columns;
use super::context::Context;
use super::expression::{Cell, Term};
use super::forms::FormDraft;
use super::inference::Inference;
use super::model::{
    cell::{Applicability, FilledBy},
    form::Rows,
};
use super::resolve::Resolver;
use super::resolve_values::Inside;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::syntax::ast::time::Only;
use std::collections::BTreeSet;

/// What the clauses are read with.
struct Reading<'r, 'a, 'p> {
    context: &'r mut Context<'p>,
    shared: &'r Shared,
    forms: &'r [FormDraft<'a>],
    form_strays: &'r BTreeSet<String>,
    columns: &'r Columns,
}

/// Reads the clauses of every form, column and row.
pub(super) fn attach(
    context: &mut Context,
    shared: &Shared,
    forms: &mut [FormDraft],
    form_strays: &BTreeSet<String>,
    columns: &Columns,
) {
    for form in 0..forms.len() {
        let mut reading = Reading {
            context,
            shared,
            forms,
            form_strays,
            columns,
        };
        let Some((of_form, of_columns, of_rows)) = reading.form(form) else {
            continue;
        };
        let Some(draft) = forms.get_mut(form) else {
            continue;
        };
        let found = &mut draft.form;
        found.applicability = of_form;
        if found.rows == Rows::Written {
            for ((_, column), cell) in &mut found.cells {
                if let Some(own) = of_columns.get(*column) {
                    cell.applicability = own.clone();
                }
            }
        }
        for (position, own) in of_columns.into_iter().enumerate() {
            if let Some(column) = found.columns.get_mut(position) {
                column.cell.applicability = own;
            }
        }
        for (row, own) in found.written.iter_mut().zip(of_rows) {
            row.applicability = own;
        }
    }
}

impl Reading<'_, '_, '_> {
    fn form(
        &mut self,
        form: usize,
    ) -> Option<(Applicability, Vec<Applicability>, Vec<Applicability>)> {
        let draft = self.forms.get(form)?;
        let whole = self.clauses(form, &draft.only, &Applicability::default());
        let columns = draft.columns.iter();
        let columns = columns.map(|column| self.clauses(form, &column.stated.only, &whole));
        let columns = columns.collect();
        let rows = draft.rows.iter();
        let rows = rows.map(|row| self.clauses(form, &row.stated.only, &whole));
        let rows = rows.collect();
        let of_columns = draft.columns.iter().map(|column| &column.stated);
        let stated = of_columns.chain(draft.rows.iter().map(|row| &row.stated));
        let mut told = BTreeSet::new();
        for (filled_by, span) in stated.filter_map(|stated| stated.filled_by.as_ref()) {
            let (FilledBy::Agencies(parties) | FilledBy::Levels(parties)) = filled_by else {
                continue;
            };
            for party in parties {
                let reports = applicability::reports(self.context, self.shared, party);
                if !reports && told.insert((*span, party.name.clone())) {
                    let who = party.name.clone();
                    let problem = EventProblem::NeverForReporter { who };
                    self.context.report(problem, draft.file, *span);
                }
            }
        }
        Some((whole, columns, rows))
    }

    fn clauses(&mut self, form: usize, clauses: &[&Only], outer: &Applicability) -> Applicability {
        let Some(draft) = self.forms.get(form).filter(|_| !clauses.is_empty()) else {
            return Applicability::default();
        };
        let written = || clauses.iter().copied();
        let mut found =
            applicability::limits(self.context, self.shared, draft.file, written(), outer);
        let mut resolver = Resolver {
            context: self.context,
            shared: self.shared,
            forms: self.forms,
            form_strays: self.form_strays,
            current: Some(form),
            row: None,
            column: None,
            this: None,
            file: draft.file,
            earlier: false,
            inside: Inside::default(),
        };
        let mut terms: Vec<Term> = applicability::conditions(&mut resolver, written());
        let columns = self.columns;
        let lookup = |cell: &Cell| columns.of(cell, None);
        let mut inference = Inference {
            context: &*self.context,
            words: &self.shared.words,
            file: draft.file,
            cell: &lookup,
            found: Vec::new(),
        };
        for term in &mut terms {
            inference.infer(term);
            inference.condition(term);
        }
        let problems = inference.found;
        problems
            .into_iter()
            .for_each(|problem| self.context.push(problem));
        found.only_when = terms;
        found
    }
}
