//! Rows that are made for the outermost entries of a catalog, under the printed codes that are listed.
//!
//! It deliberately does not know what the rows hold. Where the codes are too few, or one stands twice, that is told once and the rows are made with names, so that nothing follows from it.

use super::pieces::generated;
use super::{Said, Writer};
use crate::analysis::size::CELL;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form::Row;
use crate::text::Span;
use std::collections::BTreeMap;

impl Writer<'_, '_> {
    /// Whether a printed code is the first of its kind; another one is reported.
    fn is_free<'s>(
        &mut self,
        code: &'s Spanned<String>,
        first: &mut BTreeMap<&'s str, Span>,
    ) -> bool {
        let known = first.get(&*code.value).copied();
        first.entry(&code.value).or_insert(code.span);
        let Some(known) = known else { return true };
        let problem = FormProblem::RepeatedCode {
            code: code.value.clone(),
        };
        let report = Diagnostic::new(problem, self.file, code.span);
        let report = report.noting(Note::FirstHere, self.file, known);
        self.context.push(report);
        false
    }

    /// One row per outermost entry of a catalog, under the printed codes.
    pub(super) fn members_of(
        &mut self,
        position: usize,
        said: &Said,
        divided: Span,
        whole: &Spanned<String>,
    ) -> Vec<Row> {
        let Some(catalog) = self.shared.words.catalogs.get(position) else {
            return Vec::new();
        };
        let in_force = self.context.in_force;
        let outermost = || {
            let entries = catalog.entries.iter();
            entries.filter(move |entry| entry.parent.is_none() && entry.in_force(in_force))
        };
        let expected = outermost().count();
        if said.codes.len() != expected && catalog.complete {
            let problem = BreakdownProblem::CodesDoNotMatch {
                codes: said.codes.len(),
                rows: expected,
                catalog: Some(catalog.label.clone()),
            };
            let span = said.codes_at().unwrap_or(divided);
            self.context.report(problem, self.file, span);
        }
        let parts = CELL.saturating_mul(expected);
        if !self.context.spend(parts, self.file, divided) {
            return Vec::new();
        }
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        outermost()
            .enumerate()
            .map(|(number, entry)| {
                let code = said.codes.get(number);
                let span = code.map_or(divided, |code| code.span);
                // A code that stands twice is told here; what follows from two rows of one number is not.
                let code = code.filter(|code| self.is_free(code, &mut first)).cloned();
                let name = match code {
                    Some(_) => None,
                    None => {
                        let name = format!("{}_{}", whole.value, entry.name);
                        Some(Spanned::new(name, span))
                    }
                };
                generated(code, name, entry.label.clone(), Vec::new(), span)
            })
            .collect()
    }
}
