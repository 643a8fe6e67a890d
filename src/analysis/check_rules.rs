//! Written rules: balances, checks, warnings, `when` blocks, messages.
//!
//! It deliberately does not know the cells' own rules, which are part of their columns.

use super::columns::Columns;
use super::context::Context;
use super::dates::choice_words;
use super::expression::{Cell, RowPick, Sort, Term, TermKind};
use super::forms::FormDraft;
use super::inference::Inference;
use super::levels;
use super::model::{Applicability, MessagePart, PeriodRule, Rule, RuleKind, Side, Strength};
use super::periods::collected_choice;
use super::resolve::{Resolver, catalog_of};
use super::shared::Shared;
use crate::calendar::PeriodChoice;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::expression::{Expr, Template, TemplatePart};
use crate::syntax::ast::rule as tree;
use crate::syntax::ast::rule::Tail;
use crate::syntax::ast::time::OnlyKind;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What rules are read against.
pub(super) struct RuleReader<'r, 'a, 'p> {
    /// Reports.
    pub context: &'r mut Context<'p>,
    /// Words of the project.
    pub shared: &'r Shared,
    /// Forms of the regime.
    pub forms: &'r [FormDraft<'a>],
    /// Forms that unreadable lines may have declared.
    pub form_strays: &'r BTreeSet<String>,
    /// Types of the columns.
    pub columns: &'r Columns,
    /// Periods of the regime.
    pub periods: &'r [PeriodRule],
    /// The file.
    pub file: FileId,
    /// Identifiers met so far.
    pub identifiers: BTreeMap<String, Span>,
    /// The finished rules.
    pub rules: Vec<Rule>,
}

impl RuleReader<'_, '_, '_> {
    /// Reads one rule, with those inside it.
    pub fn read(&mut self, written: &tree::Rule, form: Option<usize>, conditions: &[Term]) {
        if let Some(place) = written.each.first() {
            let span = match place {
                tree::Repeated::Cell(cell) => cell.span,
                tree::Repeated::Row(row) => row.span,
            };
            self.context.unsupported(self.file, span);
            return;
        }
        match &written.kind {
            tree::RuleKind::When {
                condition, rules, ..
            } => {
                let condition = self.condition(condition, form);
                let mut all = conditions.to_vec();
                all.push(condition);
                for rule in rules {
                    self.read(rule, form, &all);
                }
            }
            tree::RuleKind::Balance(sides) => {
                let sides = self.balance(written, sides, form);
                let text = sides
                    .iter()
                    .map(|side| side.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" = ");
                self.finish(
                    written,
                    form,
                    conditions,
                    RuleKind::Balance(sides),
                    Strength::Error,
                    text,
                );
            }
            tree::RuleKind::Check(expr) => {
                let term = self.demand(written, expr, form);
                let text = self.context.text(self.file, expr.span);
                self.finish(
                    written,
                    form,
                    conditions,
                    RuleKind::Condition(term),
                    Strength::Error,
                    text,
                );
            }
            tree::RuleKind::Warn(expr) => {
                let term = self.demand(written, expr, form);
                let text = self.context.text(self.file, expr.span);
                self.finish(
                    written,
                    form,
                    conditions,
                    RuleKind::Condition(term),
                    Strength::Warning,
                    text,
                );
            }
        }
    }

    fn report(&mut self, problem: impl Into<Problem>, span: Span) {
        self.context.report(problem, self.file, span);
    }

    fn resolve(&mut self, expr: &Expr, form: Option<usize>) -> Term {
        Resolver {
            context: self.context,
            shared: self.shared,
            forms: self.forms,
            form_strays: self.form_strays,
            current: form,
            file: self.file,
            earlier: false,
        }
        .term(expr)
    }

    /// Infers terms, lets `check` look at them together, and reports what was found.
    fn infer(&mut self, terms: &mut [Term], check: impl FnOnce(&mut Inference, &[Term])) {
        let columns = self.columns;
        let lookup = |cell: &Cell| columns.of(cell);
        let mut inference = Inference {
            context: &*self.context,
            words: &self.shared.words,
            file: self.file,
            cell: &lookup,
            found: Vec::new(),
        };
        terms.iter_mut().for_each(|term| inference.infer(term));
        check(&mut inference, terms);
        let found = inference.found;
        found
            .into_iter()
            .for_each(|diagnostic| self.context.push(diagnostic));
    }

    fn condition(&mut self, expr: &Expr, form: Option<usize>) -> Term {
        let mut terms = [self.resolve(expr, form)];
        self.infer(&mut terms, |inference, terms| {
            terms.iter().for_each(|term| inference.condition(term))
        });
        let [term] = terms;
        self.rows_meet(&[&term], form);
        term
    }

    fn demand(&mut self, written: &tree::Rule, expr: &Expr, form: Option<usize>) -> Term {
        let term = self.condition(expr, form);
        self.looks_at_cells(written, &[&term]);
        self.compared_with_itself(&term);
        term
    }

    fn balance(&mut self, written: &tree::Rule, sides: &[Expr], form: Option<usize>) -> Vec<Side> {
        let mut terms: Vec<Term> = sides.iter().map(|side| self.resolve(side, form)).collect();
        self.infer(&mut terms, |inference, terms| {
            inference.compare(&terms.iter().collect::<Vec<_>>())
        });
        let all: Vec<&Term> = terms.iter().collect();
        self.looks_at_cells(written, &all);
        self.rows_meet(&all, form);
        for pair in terms.windows(2) {
            if let [a, b] = pair {
                self.same_cell(a, b);
            }
        }
        if let Some((position, draft)) = form.and_then(|form| Some((form, self.forms.get(form)?))) {
            for term in &terms {
                levels::check(self.context, draft, position, term, None);
            }
        }
        let context = &*self.context;
        terms
            .into_iter()
            .map(|term| Side {
                text: context.text(self.file, term.span),
                term,
            })
            .collect()
    }

    fn looks_at_cells(&mut self, written: &tree::Rule, terms: &[&Term]) {
        let mut cells = 0;
        terms
            .iter()
            .for_each(|term| term.cells(&mut |_, _| cells += 1));
        if cells == 0 && !terms.iter().any(|term| term.has_unknown()) {
            self.report(RuleProblem::ReadsNothing, written.span);
        }
    }

    fn compared_with_itself(&mut self, term: &Term) {
        if let TermKind::Compare(first, rest) = &term.kind {
            let mut before: &Term = first;
            for (_, side) in rest {
                self.same_cell(before, side);
                before = side;
            }
        }
    }

    fn same_cell(&mut self, a: &Term, b: &Term) {
        if let (TermKind::Cell(left), TermKind::Cell(right)) = (&a.kind, &b.kind)
            && left == right
        {
            let column = self
                .forms
                .get(left.form)
                .and_then(|draft| draft.form.columns.get(left.column))
                .map_or(String::new(), |column| column.shown().to_owned());
            self.report(RuleProblem::ComparedWithItself { column }, b.span);
        }
    }

    /// A rule outside a form runs per matching row, so all forms with rows must take them from one catalog.
    fn rows_meet(&mut self, terms: &[&Term], form: Option<usize>) {
        if form.is_some() {
            return;
        }
        let mut first = None;
        let mut wrong: Option<(usize, Span)> = None;
        for term in terms {
            term.cells(&mut |cell, _| {
                let rows = self.forms.get(cell.form).map(|draft| draft.form.rows);
                let Some(catalog) = rows.and_then(catalog_of) else {
                    return;
                };
                if cell.row != RowPick::Current {
                    return;
                }
                if *first.get_or_insert(catalog) != catalog && wrong.is_none() {
                    wrong = Some((cell.form, term.span));
                }
            });
        }
        if let Some((form, span)) = wrong {
            let form = self
                .forms
                .get(form)
                .map_or(String::new(), |draft| draft.form.name.clone());
            self.report(
                NameProblem::RowInReference {
                    form,
                    fault: RowFault::OtherRows,
                },
                span,
            );
        }
    }

    fn finish(
        &mut self,
        written: &tree::Rule,
        form: Option<usize>,
        conditions: &[Term],
        kind: RuleKind,
        strength: Strength,
        text: String,
    ) {
        if let Some(id) = &written.id {
            match self.identifiers.get(&id.value) {
                Some(first) => self.context.push(
                    Diagnostic::new(
                        RuleProblem::RepeatedRule {
                            id: id.value.clone(),
                        },
                        self.file,
                        id.span,
                    )
                    .noting(Note::FirstHere, self.file, *first),
                ),
                None => {
                    self.identifiers.insert(id.value.clone(), id.span);
                }
            }
        }
        let mut rule = Rule {
            id: written.id.as_ref().map(|id| id.value.clone()),
            form,
            kind,
            strength,
            conditions: conditions.to_vec(),
            applicability: Applicability::default(),
            row: None,
            message: None,
            text,
            place: self.context.place(self.file, written.span),
        };
        for tail in &written.tails {
            self.tail(&mut rule, tail, form);
        }
        self.rules.push(rule);
    }

    fn tail(&mut self, rule: &mut Rule, tail: &Tail, form: Option<usize>) {
        match tail {
            Tail::Message(template) if rule.message.is_some() => self.tail_not_here(template.span),
            Tail::Message(template) => rule.message = Some(self.message(template, form)),
            Tail::Explain(_) if rule.strength == Strength::Warning => {
                rule.strength = Strength::Explain
            }
            Tail::Explain(span) => self.tail_not_here(*span),
            Tail::Rounded(span) => self.context.unsupported(self.file, *span),
            Tail::Only(only) => match &only.kind {
                OnlyKind::In(kinds) => {
                    for kind in kinds {
                        let Some(choice) =
                            collected_choice(self.context, self.shared, self.file, kind)
                        else {
                            continue;
                        };
                        if self.collects(choice) {
                            rule.applicability.only_in.push(choice);
                        } else {
                            let period = choice_words(choice);
                            self.report(RuleProblem::NeverInPeriod { period }, kind.span);
                        }
                    }
                }
                OnlyKind::For(_) | OnlyKind::When(_) => {
                    self.context.unsupported(self.file, only.span)
                }
            },
        }
    }

    fn tail_not_here(&mut self, span: Span) {
        let tail = self.context.shown(self.file, span);
        let tail = if tail.is_empty() {
            self.context.text(self.file, span)
        } else {
            tail
        };
        self.report(RuleProblem::TailNotHere { tail }, span);
    }

    /// A regime whose periods cannot be read says nothing about which it collects.
    fn collects(&self, choice: PeriodChoice) -> bool {
        self.periods.is_empty() || self.periods.iter().any(|rule| rule.choice.meets(&choice))
    }

    fn message(&mut self, template: &Template, form: Option<usize>) -> Vec<MessagePart> {
        let mut parts = Vec::new();
        for part in &template.parts {
            match part {
                TemplatePart::Text(text) => parts.push(MessagePart::Text(text.clone())),
                TemplatePart::Value {
                    expr,
                    as_change: true,
                } => {
                    self.context.unsupported(self.file, expr.span);
                }
                TemplatePart::Value {
                    expr,
                    as_change: false,
                } => {
                    let mut terms = [self.resolve(expr, form)];
                    self.infer(&mut terms, |_, _| {});
                    let [term] = terms;
                    match term.quantity.sort {
                        Sort::Truth | Sort::Text => {
                            self.report(RuleProblem::NotAFigureInMessage, expr.span)
                        }
                        Sort::Figure | Sort::Unknown => parts.push(MessagePart::Figure(term)),
                    }
                }
                TemplatePart::Unreadable(_) => {}
            }
        }
        parts
    }
}
