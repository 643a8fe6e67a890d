//! One text, many rules: `for each`, rules over whole rows, rules that run in every written row.
//!
//! It deliberately does not know what rules demand. A rule that makes sense nowhere is read once, so that what is wrong with it is told.

use super::cells;
use super::check_rules::RuleReader;
use super::expression::{Cell, RowPick, Term, TermKind};
use super::model::{cell::Source, form::Rows};
use super::natures::Nature;
use super::resolve::{Resolver, stands_for_many};
use super::resolve_values::{Inside, Matching};
use crate::number::Number;
use crate::syntax::ast::expression::{Expr, ExprKind, RowRef, TemplatePart};
use crate::syntax::ast::rule as tree;
use crate::syntax::ast::rule::{Repeated, Tail};

/// One of the rules that a text stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Instance {
    /// The written row it is for.
    pub row: Option<usize>,
    /// The column of its whole rows.
    pub column: Option<usize>,
    /// What `cell` stands for.
    pub this: Option<This>,
    /// The row that several forms have, in a rule between them.
    pub matching: Option<Matching>,
    /// How it is told from the others.
    pub shown: Option<String>,
}

/// What `cell` stands for.
#[derive(Clone, Debug)]
pub(super) enum This {
    /// A cell.
    Cell(Cell),
    /// A whole row.
    Row(RowRef),
    /// Something that leads nowhere.
    Unknown,
}

impl Instance {
    /// The same rule for one written row.
    pub fn in_row(self, row: usize) -> Instance {
        Instance {
            row: Some(row),
            ..self
        }
    }
}

impl RuleReader<'_, '_, '_> {
    /// The rules that a text stands for, at least one.
    pub(super) fn instances(
        &mut self,
        written: &tree::Rule,
        form: Option<usize>,
        conditions: &[&Expr],
    ) -> Vec<Instance> {
        let each: Vec<Instance> = match written.each.is_empty() {
            true => self.by_matching_row(written, form),
            false => written
                .each
                .iter()
                .flat_map(|place| self.repeated(place, form))
                .collect(),
        };
        let whole_rows = expressions(written, conditions)
            .iter()
            .any(|expr| holds(expr, &|kind| matches!(kind, ExprKind::Row(_))));
        let mut all = Vec::new();
        for instance in each {
            if whole_rows || matches!(instance.this, Some(This::Row(_))) {
                all.extend(self.by_column(&instance, written, form, conditions));
            } else {
                all.push(instance);
            }
        }
        all
    }

    /// The cells of one place after `for each`.
    fn repeated(&mut self, place: &Repeated, form: Option<usize>) -> Vec<Instance> {
        let cell = match place {
            Repeated::Row(row) => {
                let shown = self.context.text(self.file, row.pick.span);
                return vec![Instance {
                    this: Some(This::Row(row.clone())),
                    shown: Some(shown),
                    ..Instance::default()
                }];
            }
            Repeated::Cell(cell) => cell,
        };
        let mut resolver = Resolver {
            context: self.context,
            shared: self.shared,
            forms: self.forms,
            form_strays: self.form_strays,
            current: form,
            row: None,
            column: None,
            this: None,
            file: self.file,
            earlier: false,
            inside: Inside::default(),
        };
        let terms = match stands_for_many(cell) {
            true => resolver.several(cell),
            false => vec![Term::new(resolver.cell(cell), cell.span)],
        };
        let mut found = Vec::new();
        for term in terms {
            let this = match term.kind {
                TermKind::Cell(cell) => This::Cell(cell),
                _ => This::Unknown,
            };
            found.push(Instance {
                shown: self.shown(&this, form),
                this: Some(this),
                ..Instance::default()
            });
        }
        found
    }

    /// A cell by its row and column, as its address has them; one of another form than the rule's with the name of that form before it.
    fn shown(&self, this: &This, form: Option<usize>) -> Option<String> {
        let This::Cell(cell) = this else {
            return None;
        };
        let of = &self.forms.get(cell.form)?.form;
        let column = of.columns.get(cell.column)?.key(cell.column);
        let place = match &cell.row {
            RowPick::Entry(row) => format!("{row}, {column}"),
            RowPick::Total => format!("total, {column}"),
            _ => column,
        };
        Some(match form == Some(cell.form) {
            true => place,
            false => format!("{}.{place}", of.name),
        })
    }

    /// A rule over whole rows holds in every figure column it makes sense in.
    fn by_column(
        &mut self,
        instance: &Instance,
        written: &tree::Rule,
        form: Option<usize>,
        conditions: &[&Expr],
    ) -> Vec<Instance> {
        let Some(draft) = form.and_then(|form| self.forms.get(form)) else {
            return vec![instance.clone()];
        };
        let mut sensible = Vec::new();
        let mut first = None;
        for (position, column) in draft.columns.iter().enumerate() {
            let Some(model) = draft.form.columns.get(position) else {
                continue;
            };
            if model.head || cells::is_note(column) {
                continue;
            }
            let key = model.key(position);
            let candidate = Instance {
                column: Some(position),
                shown: Some(match &instance.shown {
                    Some(shown) => format!("{shown}, {key}"),
                    None => key,
                }),
                ..instance.clone()
            };
            first.get_or_insert_with(|| candidate.clone());
            if self.context.is_full(self.file) {
                break;
            }
            let (clean, open, ratios) = self.tried(&candidate, written, form, conditions);
            // A mistake in a column that a person types is a mistake; a share or a comparison is simply not what the rule is about.
            if open && (column.formula.is_none() || clean && !ratios) {
                sensible.push(candidate);
            }
        }
        if sensible.is_empty() {
            sensible.extend(first);
        }
        sensible
    }

    /// Whether a rule would be read without a mistake, whether all its cells can hold a figure, and whether all of them are ratios.
    fn tried(
        &mut self,
        instance: &Instance,
        written: &tree::Rule,
        form: Option<usize>,
        conditions: &[&Expr],
    ) -> (bool, bool, bool) {
        let before = (self.context.reported(), self.rules.len());
        self.instance = instance.clone();
        self.one(written, form, conditions);
        let clean = self.context.take_since(before.0).is_empty();
        let tried = self.rules.split_off(before.1);
        let mut open = true;
        let mut ratios = true;
        for rule in &tried {
            let sides: Vec<&Term> = match &rule.kind {
                super::model::RuleKind::Bounds(lesser, greater) => {
                    vec![&lesser.term, &greater.term]
                }
                super::model::RuleKind::Balance(sides) => {
                    sides.iter().map(|side| &side.term).collect()
                }
                super::model::RuleKind::Condition(term) => vec![term],
            };
            for term in sides.into_iter().chain(&rule.conditions) {
                term.cells(&mut |cell, _| {
                    open = open && !self.is_closed(cell);
                    let nature = self.columns.of(cell, instance.row).additivity.nature;
                    ratios = ratios && matches!(nature, Nature::Ratio | Nature::Unknown);
                });
            }
        }
        (clean, open, ratios)
    }

    /// Whether a cell of a written row is closed for good.
    pub(super) fn is_closed(&self, cell: &Cell) -> bool {
        let RowPick::Entry(key) = &cell.row else {
            return false;
        };
        let Some(draft) = self.forms.get(cell.form) else {
            return false;
        };
        let row = draft.find_row(key);
        let found = row.and_then(|row| draft.form.cells.get(&(row, cell.column)));
        found.is_some_and(|found| found.source == Source::Closed)
    }

    /// The written rows in which terms that name no row are looked at; a single `None` where there is nothing to choose.
    pub(super) fn rows_at_hand(&self, terms: &[Term], form: Option<usize>) -> Vec<Option<usize>> {
        let written = form
            .and_then(|form| self.forms.get(form))
            .is_some_and(|draft| draft.form.rows == Rows::Written);
        let mut current = false;
        for term in terms {
            term.cells(&mut |cell, _| {
                let head = self
                    .forms
                    .get(cell.form)
                    .is_some_and(|draft| draft.is_head(cell.column));
                current |= Some(cell.form) == form && cell.row == RowPick::Current && !head;
            });
        }
        if !written || !current || self.instance.row.is_some() {
            return vec![self.instance.row];
        }
        let rows = self.rows_of(form);
        if rows.is_empty() {
            return vec![None];
        }
        rows.into_iter().map(Some).collect()
    }

    /// The written rows of figures of a form.
    pub(super) fn rows_of(&self, form: Option<usize>) -> Vec<usize> {
        let draft = form.and_then(|form| self.forms.get(form));
        draft.map_or(Vec::new(), |draft| draft.figure_rows().collect())
    }
}

/// Whether the quantity of a term and of everything in it is known.
pub(super) fn is_known(term: &Term) -> bool {
    let mut known = !term.quantity.is_unknown();
    term.for_each_child(&mut |child| known = known && is_known(child));
    known
}

/// How figures that are added or compared are converted, part by part: two readings of a rule with the same conversions compute the same.
pub(super) fn conversions(terms: &[Term]) -> Vec<Option<Number>> {
    let counted = |term: &Term| {
        let quantity = &term.quantity;
        !quantity.literal && !quantity.percent && !quantity.is_unknown()
    };
    let finest = terms
        .iter()
        .filter(|term| counted(term))
        .map(|term| &term.quantity.scale)
        .min();
    let mut found = Vec::new();
    for term in terms {
        found.push(match finest {
            Some(finest) if counted(term) => term.quantity.scale.checked_div(finest),
            _ => Some(Number::one()),
        });
        let mut children = Vec::new();
        term.for_each_child(&mut |child| children.push(child.clone()));
        found.extend(conversions(&children));
    }
    found
}

/// Everything a rule is made of.
fn expressions<'x>(written: &'x tree::Rule, conditions: &[&'x Expr]) -> Vec<&'x Expr> {
    let mut all = conditions.to_vec();
    match &written.kind {
        tree::RuleKind::Balance(sides) => all.extend(sides),
        tree::RuleKind::Check(expr) | tree::RuleKind::Warn(expr) => all.push(expr),
        tree::RuleKind::When { .. } => {}
    }
    for tail in &written.tails {
        if let Tail::Message(template) = tail {
            for part in &template.parts {
                if let TemplatePart::Value { expr, .. } = part {
                    all.push(expr);
                }
            }
        }
    }
    all
}

/// Whether an expression holds a part of some kind.
fn holds(expr: &Expr, wanted: &dyn Fn(&ExprKind) -> bool) -> bool {
    let mut found = wanted(&expr.kind);
    expr.for_each_part(&mut |part| found = found || holds(part, wanted));
    found
}
