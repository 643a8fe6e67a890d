//! Written rules: balances, checks, warnings, `when` blocks, messages.
//!
//! It deliberately does not know the cells' own rules, which are part of their columns.

use super::applicability;
use super::closed_operands;
use super::columns::Columns;
use super::context::Context;
use super::expression::{Cell, Comparison, RowPick, Sort, Term, TermKind};
use super::forms::FormDraft;
use super::gathered;
use super::inference::Inference;
use super::levels;
use super::model::{
    MessagePart, Rule, RuleKind, Strength,
    cell::{Applicability, Side},
};
use super::parts::Parts;
use super::resolve::{Resolver, catalog_of};
use super::resolve_values::Inside;
use super::rounding;
use super::rule_instances::{Instance, conversions, is_known};
use super::shared::Shared;
use super::times::Times;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::together::TogetherProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::syntax::ast::expression::{Expr, Template, TemplatePart};
use crate::syntax::ast::rule as tree;
use crate::syntax::ast::rule::Tail;
use crate::syntax::ast::time::Only;
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
    /// The file.
    pub file: FileId,
    /// What is part of what in the forms that were asked.
    pub parts: BTreeMap<usize, Parts>,
    /// Identifiers met so far.
    pub identifiers: BTreeMap<String, Span>,
    /// Which of the many rules that one text stands for is read.
    pub instance: Instance,
    /// Whether figures of one rule are counted in different measures from row to row.
    pub scales_differ: bool,
    /// The finished rules.
    pub rules: Vec<Rule>,
}

impl<'a, 'p> RuleReader<'_, 'a, 'p> {
    /// Reads one rule, with those inside it. What is wrong in all rules that one text stands for is told once.
    pub fn read(&mut self, written: &tree::Rule, form: Option<usize>) {
        let before = self.context.reported();
        self.inside(written, form, &[]);
        let told = gathered::once(self.context.take_since(before));
        let mut errors = told.iter().map(|one| &one.problem);
        let of_kinds =
            errors.any(|one| one.severity() == Severity::Error && one.code().starts_with("R3"));
        for diagnostic in told {
            // Words where figures are needed are told where they are judged, not again where they are shown.
            if diagnostic.problem.code() != "R602" || !of_kinds {
                self.context.push(diagnostic);
            }
        }
    }

    fn inside<'x>(
        &mut self,
        written: &'x tree::Rule,
        form: Option<usize>,
        conditions: &[&'x Expr],
    ) {
        if let tree::RuleKind::When {
            condition, rules, ..
        } = &written.kind
        {
            let mut all = conditions.to_vec();
            all.push(condition);
            for rule in rules {
                self.inside(rule, form, &all);
            }
            return;
        }
        self.identified(written);
        for instance in self.instances(written, form, conditions) {
            if self.context.is_full(self.file) {
                break;
            }
            let before = (self.rules.len(), self.context.reported());
            self.instance = instance;
            self.scales_differ = false;
            self.one(written, form, conditions);
            if self.scales_differ {
                // Figures that are converted differently from row to row need a rule for every row.
                self.rules.truncate(before.0);
                self.context.take_since(before.1);
                for row in self.rows_of(form) {
                    if self.context.is_full(self.file) {
                        break;
                    }
                    self.instance = std::mem::take(&mut self.instance).in_row(row);
                    self.one(written, form, conditions);
                }
            }
        }
        self.instance = Instance::default();
    }

    /// Reads one of the rules that a text stands for.
    pub(super) fn one(&mut self, written: &tree::Rule, form: Option<usize>, conditions: &[&Expr]) {
        let conditions: Vec<Term> = conditions
            .iter()
            .map(|condition| self.condition(condition, form))
            .collect();
        let (kind, strength, text) = match &written.kind {
            tree::RuleKind::When { .. } => return,
            tree::RuleKind::Balance(sides) => {
                let sides = self.balance(written, sides, form);
                let text = sides
                    .iter()
                    .map(|side| side.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" = ");
                (RuleKind::Balance(sides), Strength::Error, text)
            }
            tree::RuleKind::Check(expr) | tree::RuleKind::Warn(expr) => {
                let term = self.demand(written, expr, form);
                let text = self.context.text(self.file, expr.span);
                let strength = match &written.kind {
                    tree::RuleKind::Warn(_) => Strength::Warning,
                    _ => Strength::Error,
                };
                (RuleKind::Condition(term), strength, text)
            }
        };
        self.finish(written, form, conditions, kind, strength, text);
    }

    pub(super) fn report(&mut self, problem: impl Into<Problem>, span: Span) {
        self.context.report(problem, self.file, span);
    }

    fn resolve(&mut self, expr: &Expr, form: Option<usize>) -> Term {
        self.resolver(form).term(expr)
    }

    fn resolver<'s>(&'s mut self, form: Option<usize>) -> Resolver<'s, 'a, 's, 'p> {
        Resolver {
            context: self.context,
            shared: self.shared,
            forms: self.forms,
            form_strays: self.form_strays,
            current: form,
            row: self.instance.row,
            column: self.instance.column,
            this: self.instance.this.as_ref(),
            file: self.file,
            earlier: false,
            inside: Inside {
                matching: self.instance.matching,
                ..Inside::default()
            },
        }
    }

    /// Infers terms, lets `check` look at them together, and reports what was found. Terms that speak of the row at hand are looked at in every
    /// written row.
    fn infer(
        &mut self,
        terms: &mut [Term],
        form: Option<usize>,
        check: &dyn Fn(&mut Inference, &[Term]),
    ) {
        let mut rows = self.rows_at_hand(terms, form);
        if rows.len() > 1 {
            let parts: usize = terms.iter().map(Term::size).sum();
            let span = terms.first().map_or(Span::default(), |term| term.span);
            if !self
                .context
                .spend(parts.saturating_mul(rows.len()), self.file, span)
            {
                rows.truncate(1);
            }
        }
        let mut found = Vec::new();
        let mut kept: Option<Vec<Term>> = None;
        let columns = self.columns;
        for row in &rows {
            let mut typed = terms.to_vec();
            let lookup = |cell: &Cell| columns.of(cell, *row);
            let mut inference = Inference {
                context: &*self.context,
                words: &self.shared.words,
                file: self.file,
                cell: &lookup,
                found: Vec::new(),
            };
            typed.iter_mut().for_each(|term| inference.infer(term));
            check(&mut inference, &typed);
            let clean = inference
                .found
                .iter()
                .all(|one| one.problem.severity() == Severity::Advice);
            let draft = form.and_then(|form| self.forms.get(form));
            let head = draft
                .zip(*row)
                .and_then(|(draft, row)| Some(draft.rows.get(row)?.head));
            found.extend(inference.found.into_iter().map(|one| (head, one)));
            let known = clean && typed.iter().all(is_known);
            match &kept {
                Some(first) if known && conversions(first) != conversions(&typed) => {
                    self.scales_differ = true;
                }
                Some(_) => {}
                None if known || rows.len() == 1 => kept = Some(typed),
                None => {}
            }
        }
        let typed = kept.unwrap_or_else(|| terms.to_vec());
        for (place, term) in terms.iter_mut().zip(typed) {
            *place = term;
        }
        for diagnostic in gathered::by_cause(found, Some(self.file)) {
            self.context.push(diagnostic);
        }
    }

    fn condition(&mut self, expr: &Expr, form: Option<usize>) -> Term {
        let mut terms = [self.resolve(expr, form)];
        self.infer(&mut terms, form, &|inference, terms| {
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
        // Only an equality says what a sum is; that a whole and its part together exceed something may be meant.
        if let TermKind::Compare(first, rest) = &term.kind
            && rest.iter().all(|(sign, _)| *sign == Comparison::Equal)
        {
            let sides = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, side)| side));
            self.counted_twice(&sides.collect::<Vec<_>>(), form);
        }
        term
    }

    /// Looks for sums that count a whole and its part.
    fn counted_twice(&mut self, sides: &[&Term], form: Option<usize>) {
        let Some((form, draft)) = form.and_then(|form| Some((form, self.forms.get(form)?))) else {
            return;
        };
        let here = Cell {
            form,
            row: RowPick::Current,
            column: self.instance.column.unwrap_or(0),
        };
        let parts = self.parts.entry(form);
        let parts = parts.or_insert_with(|| Parts::of_form(draft));
        for side in sides {
            levels::check(self.context, (draft, parts), &here, side, None);
        }
    }

    fn balance(&mut self, written: &tree::Rule, sides: &[Expr], form: Option<usize>) -> Vec<Side> {
        let mut terms: Vec<Term> = sides.iter().map(|side| self.resolve(side, form)).collect();
        self.infer(&mut terms, form, &|inference, terms| {
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
        self.counted_twice(&all, form);
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

    /// An identifier names one written rule.
    fn identified(&mut self, written: &tree::Rule) {
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
    }

    fn finish(
        &mut self,
        written: &tree::Rule,
        form: Option<usize>,
        conditions: Vec<Term>,
        kind: RuleKind,
        strength: Strength,
        text: String,
    ) {
        let mut rule = Rule {
            id: written.id.as_ref().map(|id| id.value.clone()),
            form,
            kind,
            strength,
            conditions,
            applicability: Applicability::default(),
            row: self.instance.row,
            instance: self.instance.shown.clone(),
            column: None,
            rounded: false,
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
            Tail::Message(template) => {
                rule.message = Some(self.template(template, form, false));
            }
            Tail::Explain(_) if rule.strength == Strength::Warning => {
                rule.strength = Strength::Explain
            }
            Tail::Explain(span) => self.tail_not_here(*span),
            Tail::Rounded(span) if rule.rounded => self.tail_not_here(*span),
            Tail::Rounded(span) => {
                rule.rounded = true;
                if rounding::counts_only(rule) {
                    self.report(RuleProblem::NothingRounded, *span);
                }
            }
            Tail::Only(only) => self.only(only, form, &mut rule.applicability),
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

    /// Reads where a part applies, inside its form, into what is known of it so far.
    pub(super) fn only(&mut self, only: &Only, form: Option<usize>, into: &mut Applicability) {
        let outer = form
            .and_then(|form| self.forms.get(form))
            .map(|draft| draft.form.applicability.clone())
            .unwrap_or_default();
        self.only_within(only, form, &outer, into);
    }

    /// The same inside any part, of which it is told where it applies.
    pub(super) fn only_within(
        &mut self,
        only: &Only,
        form: Option<usize>,
        outer: &Applicability,
        into: &mut Applicability,
    ) {
        let clause = || std::iter::once(only);
        let limits = applicability::limits(self.context, self.shared, self.file, clause(), outer);
        let both = Times::of(&into.only_in).and(&Times::of(&limits.only_in));
        // Clauses that exclude each other were told as such.
        if !both.is_never() {
            into.only_in = both.choices();
        }
        into.only_for.extend(limits.only_for);
        let mut conditions = applicability::conditions(&mut self.resolver(form), clause());
        self.infer(&mut conditions, form, &|_, _| {});
        into.only_when.extend(conditions);
    }

    /// A generated sentence of an outline.
    pub(super) fn sentence(&mut self, template: &Template) -> Vec<MessagePart> {
        self.template(template, None, true)
    }

    fn template(
        &mut self,
        template: &Template,
        form: Option<usize>,
        of_outline: bool,
    ) -> Vec<MessagePart> {
        let mut parts = Vec::new();
        for part in &template.parts {
            let (expr, as_change) = match part {
                TemplatePart::Text(text) => {
                    parts.push(MessagePart::Text(text.clone()));
                    continue;
                }
                TemplatePart::Unreadable(_) => continue,
                TemplatePart::Value { expr, as_change } => (expr, *as_change),
            };
            let mut terms = [self.resolve(expr, form)];
            self.infer(&mut terms, form, &|_, _| {});
            let [term] = terms;
            let closed = closed_operands::always_closed(self.forms, &term);
            if let Some(column) = closed.filter(|_| of_outline) {
                self.report(TogetherProblem::TellsClosed { column }, expr.span);
                continue;
            }
            // Words, days and answers are told as they stand in a cell; a condition is none.
            let is_told =
                term.quantity.sort == Sort::Figure || matches!(term.kind, TermKind::Cell(_));
            match term.quantity.sort {
                Sort::Unknown => {}
                Sort::Figure if as_change && !term.quantity.negative => {
                    self.report(TypeProblem::NeverFalls, expr.span);
                }
                Sort::Figure if as_change => parts.push(MessagePart::Change(term)),
                _ if is_told && !as_change => parts.push(MessagePart::Figure(term)),
                _ => self.report(RuleProblem::NotAFigureInMessage, expr.span),
            }
        }
        parts
    }
}
