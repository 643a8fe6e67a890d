//! Conditions on a line of their own that look as if they were meant for the line above, and rules written twice.
//!
//! `only in …` under a rule is a sentence of the language: it limits the whole form. Whoever writes it there nearly always means the rule. It
//! deliberately leaves conditions at the top of a block alone.

use super::Judge;
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::diagnostic::problem::meaning::said::SaidProblem;
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::syntax::ast::expression::{Comparison, Expr, ExprKind};
use crate::syntax::ast::form::{Attribute, Cells, FormMember};
use crate::syntax::ast::list::ListMember;
use crate::syntax::ast::outline::OutlineMember;
use crate::syntax::ast::rule::{Repeated, Rule, RuleKind, Tail};
use crate::syntax::ast::time::Only;
use crate::text::Span;
use std::collections::BTreeMap;

/// A member of a block as far as conditions go.
pub(super) enum Line<'t> {
    /// A condition of the whole block.
    Condition(&'t Only),
    /// A statement that takes a condition on its own line.
    Takes(Span),
    /// Anything else.
    Other,
}

impl<'t> From<&'t FormMember> for Line<'t> {
    fn from(member: &'t FormMember) -> Line<'t> {
        match member {
            FormMember::Only(only) => Line::Condition(only),
            FormMember::Column(cells) | FormMember::Field(cells) => of_cells(cells),
            FormMember::Row(row) if row.members.is_empty() => Line::Takes(row.cells.span),
            FormMember::Rule(rule) => of_rule(rule),
            _ => Line::Other,
        }
    }
}

impl<'t> From<&'t ListMember> for Line<'t> {
    fn from(member: &'t ListMember) -> Line<'t> {
        match member {
            ListMember::Only(only) => Line::Condition(only),
            ListMember::Field(cells) => of_cells(cells),
            ListMember::Rule(rule) => of_rule(rule),
            _ => Line::Other,
        }
    }
}

impl<'t> From<&'t OutlineMember> for Line<'t> {
    fn from(member: &'t OutlineMember) -> Line<'t> {
        match member {
            OutlineMember::Only(only) => Line::Condition(only),
            OutlineMember::Narrative(narrative) => Line::Takes(narrative.span),
            OutlineMember::Sentence(sentence) => Line::Takes(sentence.span),
            OutlineMember::Section(_) | OutlineMember::Table(_) => Line::Other,
        }
    }
}

/// A printed stub is there in every period; a condition below it is the form's.
fn of_cells<'t>(cells: &Cells) -> Line<'t> {
    let shows = |one: &Attribute| matches!(one, Attribute::Shows(_));
    match cells.attributes.iter().any(|one| shows(&one.value)) {
        true => Line::Other,
        false => Line::Takes(cells.span),
    }
}

fn of_rule<'t>(rule: &Rule) -> Line<'t> {
    match rule.kind {
        RuleKind::When { .. } => Line::Other,
        RuleKind::Balance(_) | RuleKind::Check(_) | RuleKind::Warn(_) => Line::Takes(rule.span),
    }
}

impl Judge<'_, '_> {
    /// Reports conditions right below a line that could have taken them.
    pub(super) fn detached<'t, M>(&mut self, members: &'t [M])
    where
        Line<'t>: From<&'t M>,
    {
        for pair in members.windows(2) {
            let [above, below] = pair else { continue };
            let (Line::Takes(line), Line::Condition(only)) = (Line::from(above), Line::from(below))
            else {
                continue;
            };
            let condition = self.context.shown(self.file, only.span);
            let told = Diagnostic::new(SaidProblem::Detached { condition }, self.file, only.span)
                .noting(Note::AlsoHere, self.file, line);
            let between = Span::new(line.end, only.span.start);
            let adjacent =
                line.end < only.span.start && self.context.text(self.file, between).is_empty();
            self.context.push(match adjacent {
                true => told.fixed_by(FixKind::Likely, between, " "),
                false => told,
            });
        }
    }

    /// Rules of one block: what is inside them, and which of them are written twice.
    pub(super) fn rules<'w>(&mut self, rules: impl Iterator<Item = &'w Rule>) {
        let mut known: BTreeMap<String, Span> = BTreeMap::new();
        for rule in rules {
            self.rule(rule);
            let text = self.demands(rule);
            let first = *known.entry(text).or_insert(rule.span);
            if first != rule.span {
                self.context.push(
                    Diagnostic::new(SaidProblem::RuleTwice, self.file, rule.span).noting(
                        Note::FirstHere,
                        self.file,
                        first,
                    ),
                );
            }
        }
    }

    /// What a rule demands and where, as written, without its identifier and its words.
    fn demands(&self, rule: &Rule) -> String {
        let text = |span: Span| self.context.text(self.file, span);
        let each = rule.each.iter().map(|one| text(each_span(one)));
        let mut parts: Vec<String> = each.collect();
        match &rule.kind {
            RuleKind::Balance(sides) => {
                parts.push("=".to_owned());
                let mut sides: Vec<String> = sides.iter().map(|side| text(side.span)).collect();
                sides.sort_unstable();
                parts.extend(sides);
            }
            RuleKind::Check(demand) => parts.extend(["!".to_owned(), self.turned(demand)]),
            RuleKind::Warn(demand) => parts.extend(["?".to_owned(), self.turned(demand)]),
            RuleKind::When { .. } => parts.push(text(rule.span)),
        }
        parts.extend(rule.tails.iter().filter_map(|tail| match tail {
            Tail::Only(only) => Some(text(only.span)),
            // What allows for rounding demands less than the same without it.
            Tail::Rounded(span) => Some(text(*span)),
            Tail::Message(_) | Tail::Explain(_) => None,
        }));
        parts.join("\n")
    }

    /// A demand as written, a comparison of two so that the same one written the other way round is equal to it.
    fn turned(&self, demand: &Expr) -> String {
        let text = |span: Span| self.context.text(self.file, span);
        let ExprKind::Compare { first, rest } = &demand.kind else {
            return text(demand.span);
        };
        let [(sign, second)] = rest.as_slice() else {
            return text(demand.span);
        };
        let (one, other) = (text(first.span), text(second.span));
        let (sign, one, other) = match sign.value {
            Comparison::Greater => (Comparison::Less, other, one),
            Comparison::GreaterOrEqual => (Comparison::LessOrEqual, other, one),
            Comparison::Equal | Comparison::NotEqual if other < one => (sign.value, other, one),
            Comparison::Less
            | Comparison::LessOrEqual
            | Comparison::Equal
            | Comparison::NotEqual => (sign.value, one, other),
        };
        format!("{one}\n{sign:?}\n{other}")
    }

    fn rule(&mut self, rule: &Rule) {
        match &rule.kind {
            RuleKind::Balance(sides) => sides.iter().for_each(|side| self.entries(side)),
            RuleKind::Check(demand) | RuleKind::Warn(demand) => self.entries(demand),
            RuleKind::When {
                condition,
                rules,
                strays,
            } => {
                self.entries(condition);
                self.not_empty(rules.is_empty() && strays.is_empty(), rule.span);
                self.rules(rules.iter());
            }
        }
        let each: Vec<Span> = rule.each.iter().map(each_span).collect();
        self.spans(&each);
        if !each.is_empty() && !looks_at_each(rule) {
            self.context
                .report(ForegoneProblem::EachOfNothing, self.file, rule.span);
        }
        let mut conditions: Vec<&Only> = Vec::new();
        for tail in &rule.tails {
            match tail {
                Tail::Message(message) => self.template(message),
                Tail::Only(only) => {
                    self.only(only);
                    conditions.push(only);
                }
                Tail::Explain(_) | Tail::Rounded(_) => {}
            }
        }
        self.together(&conditions);
    }
}

fn each_span(one: &Repeated) -> Span {
    match one {
        Repeated::Cell(cell) => cell.span,
        Repeated::Row(row) => row.span,
    }
}

/// Whether a rule for many cells names each in its turn.
fn looks_at_each(rule: &Rule) -> bool {
    match &rule.kind {
        RuleKind::Balance(sides) => sides.iter().any(names_each),
        RuleKind::Check(demand) | RuleKind::Warn(demand) => names_each(demand),
        RuleKind::When {
            condition, rules, ..
        } => names_each(condition) || rules.iter().any(looks_at_each),
    }
}

fn names_each(expr: &Expr) -> bool {
    let mut found = matches!(expr.kind, ExprKind::ThisCell);
    expr.for_each_part(&mut |part| found = found || names_each(part));
    found
}
