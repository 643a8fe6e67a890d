//! `year ago` of an index that compares with the year before by its own words (language-types §1.7).
//!
//! Only the label can tell what an index compares with, so this is advice. It deliberately looks at columns and rows of the form at hand only.

use super::Judge;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{Expr, ExprKind, Function, Pick};
use crate::syntax::ast::form::{Attribute, Cells, Form, FormMember, GroupMember, Nature};
use crate::syntax::ast::rule::{Rule, RuleKind};
use std::collections::BTreeSet;

/// How labels say that a figure compares with the same period of last year.
const WORDS: [&str; 5] = [
    "so với cùng kỳ",
    "so cùng kỳ",
    "so với năm trước",
    "year on year",
    "against last year",
];

impl Judge<'_, '_> {
    /// Advises about every such operation in the formulas and rules of a form.
    pub(super) fn years(&mut self, form: &Form) {
        let mut compared = BTreeSet::new();
        let mut lines = Vec::new();
        for member in &form.members {
            match member {
                FormMember::Column(cells) | FormMember::Field(cells) => lines.push(cells),
                FormMember::Row(row) => {
                    lines.push(&row.cells);
                    inside(&row.members, &mut lines);
                }
                FormMember::Group(group) => inside(&group.members, &mut lines),
                _ => {}
            }
        }
        for cells in &lines {
            let label = cells.label.value.to_lowercase();
            let index =
                |one: &Spanned<Attribute>| matches!(one.value, Attribute::Nature(Nature::Index));
            if WORDS.iter().any(|words| label.contains(words)) && cells.attributes.iter().any(index)
            {
                let places = cells.code.iter().chain(&cells.name);
                compared.extend(places.map(|place| place.value.as_str()));
            }
        }
        if compared.is_empty() {
            return;
        }
        for cells in &lines {
            let sides = cells.formula.iter().flat_map(|formula| &formula.sides);
            sides.for_each(|side| self.year_ago(side, &compared));
        }
        for member in &form.members {
            if let FormMember::Rule(rule) = member {
                self.years_of_rule(rule, &compared);
            }
        }
    }

    fn years_of_rule(&mut self, rule: &Rule, compared: &BTreeSet<&str>) {
        match &rule.kind {
            RuleKind::Balance(sides) => sides.iter().for_each(|side| self.year_ago(side, compared)),
            RuleKind::Check(demand) | RuleKind::Warn(demand) => self.year_ago(demand, compared),
            RuleKind::When {
                condition, rules, ..
            } => {
                self.year_ago(condition, compared);
                for rule in rules {
                    self.years_of_rule(rule, compared);
                }
            }
        }
    }

    fn year_ago(&mut self, expr: &Expr, compared: &BTreeSet<&str>) {
        if let ExprKind::Call(call) = &expr.kind
            && call.function.value == Function::YearAgo
            && let [of] = call.arguments.as_slice()
        {
            let picks = match &of.kind {
                ExprKind::Cell(cell) if cell.path.is_empty() => cell.picks.as_slice(),
                _ => &[],
            };
            let found = picks.iter().find_map(|pick| match &pick.value {
                Pick::Place(place) if compared.contains(place.as_str()) => Some(place.clone()),
                _ => None,
            });
            if let Some(column) = found {
                self.context
                    .report(Advice::ComparedTwice { column }, self.file, expr.span);
            }
        }
        expr.for_each_part(&mut |part| self.year_ago(part, compared));
    }
}

fn inside<'t>(members: &'t [GroupMember], lines: &mut Vec<&'t Cells>) {
    for member in members {
        match member {
            GroupMember::Column(cells) => lines.push(cells),
            GroupMember::Group(group) => inside(&group.members, lines),
            GroupMember::Row(row) => {
                lines.push(&row.cells);
                inside(&row.members, lines);
            }
        }
    }
}
