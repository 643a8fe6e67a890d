//! The formulas of every slot, resolved: what computes it, what must agree with it, its bounds and conditions.
//!
//! It deliberately does not know types. A formula of a column is resolved once for every written row, and a mistake in it is told once.

use super::attributes::StatedType;
use super::cells::Sides;
use super::context::Context;
use super::expression::{Cell, Term, TermKind};
use super::forms::FormDraft;
use super::gathered;
use super::model::cell::Source;
use super::parts;
use super::resolve::Resolver;
use super::resolve_values::Inside;
use super::shared::Shared;
use super::slots::Slot;
use crate::number::Number;
use crate::syntax::ast::expression::Expr;
use crate::syntax::ast::form::Bound;
use std::collections::{BTreeMap, BTreeSet};

/// The resolved parts of one slot.
#[derive(Default)]
pub(super) struct Parts {
    /// Sides of the formula, or the carried expression alone.
    pub chain: Vec<Term>,
    /// Sides of its row's formula, where its column has one too.
    pub by_row: Vec<Term>,
    /// Wholes of which it is a part.
    pub within: Vec<Term>,
    /// The weight of an average.
    pub weight: Option<Term>,
    /// Bounds.
    pub range: Option<(Term, Term)>,
    /// Must be answered where this holds.
    pub required_when: Option<Term>,
    /// Is closed where this holds.
    pub closed_when: Option<Term>,
}

/// Resolves the parts of every slot of every form.
pub(super) fn resolve(
    context: &mut Context,
    shared: &Shared,
    forms: &[FormDraft],
    form_strays: &BTreeSet<String>,
) -> BTreeMap<Slot, Parts> {
    let mut all = BTreeMap::new();
    for (form, draft) in forms.iter().enumerate() {
        let before = context.reported();
        for (row, column) in draft.slots() {
            let slot = Slot { form, row, column };
            let resolver = Resolver {
                context,
                shared,
                forms,
                form_strays,
                current: Some(form),
                row,
                column: Some(column),
                this: None,
                file: draft.file,
                earlier: false,
                inside: Inside::default(),
            };
            if let Some(parts) = of_slot(resolver, draft, slot) {
                all.insert(slot, parts);
            }
        }
        // What a column says is read again in every row.
        for diagnostic in gathered::once(context.take_since(before)) {
            context.push(diagnostic);
        }
    }
    all
}

fn of_slot(mut resolver: Resolver, draft: &FormDraft, slot: Slot) -> Option<Parts> {
    let made = draft.made(slot.row, slot.column)?;
    let stated = made.stated;
    let expected = match stated.value {
        Some((StatedType::Choice(catalog), _)) => Some(catalog),
        _ => None,
    };
    resolver.inside.entries = expected;
    let mut parts = Parts::default();
    if let Some((carry, _)) = stated.carry {
        resolver.earlier = true;
        parts.chain.push(resolver.term(carry));
        resolver.earlier = false;
    } else if let Some(sides) = made.sides {
        parts.chain = of_sides(&mut resolver, draft, slot, sides);
    }
    let cell = slot
        .row
        .and_then(|row| draft.cells.get(&(row, slot.column)));
    if let Some((_, sides)) = cell.and_then(|cell| cell.by_row.as_ref()) {
        parts.by_row = of_sides(&mut resolver, draft, slot, *sides);
    }
    resolver.inside.entries = None;
    parts.within = stated
        .within
        .iter()
        .map(|(whole, _)| resolver.term(whole))
        .collect();
    parts.weight = stated.weight.map(|(weight, _)| resolver.term(weight));
    parts.range = stated
        .range
        .map(|(low, high, _)| (bound(&mut resolver, low), bound(&mut resolver, high)));
    parts.required_when = stated
        .required_when
        .map(|(condition, _)| resolver.term(condition));
    let mut closed: Vec<Term> = stated
        .closed_when
        .iter()
        .map(|(condition, _)| resolver.term(condition))
        .collect();
    parts.closed_when = match closed.len() {
        0 | 1 => closed.pop(),
        _ => {
            let span = closed.first()?.span;
            Some(Term::new(TermKind::Or(closed), span))
        }
    };
    Some(parts)
}

fn of_sides(resolver: &mut Resolver, draft: &FormDraft, slot: Slot, sides: Sides) -> Vec<Term> {
    let span = match sides {
        Sides::Total(span) => span,
        Sides::Plan {
            indicator,
            target,
            span,
        } => {
            let kind = TermKind::Plan { indicator, target };
            return vec![Term::new(kind, span)];
        }
        Sides::Chain(_) | Sides::Own(_) => {
            return sides.all().iter().map(|side| resolver.term(side)).collect();
        }
    };
    let open = |row: &usize| {
        let cell = draft.form.cells.get(&(*row, slot.column));
        cell.is_some_and(|cell| cell.source != Source::Closed)
    };
    let rows: Vec<usize> = draft.outermost_rows().filter(open).collect();
    // A row that is a sum of others has counted them.
    let inside = parts::inside_others(&rows, draft.rows_inside());
    let counted = rows.into_iter().filter(|row| !inside.contains(row));
    let cells = counted.filter_map(|row| {
        let cell = Cell {
            form: slot.form,
            row: draft.row_pick(row)?,
            column: slot.column,
        };
        Some(Term::new(TermKind::Cell(cell), span))
    });
    vec![Term::new(TermKind::SumOf(cells.collect()), span)]
}

fn bound(resolver: &mut Resolver, bound: &Bound) -> Term {
    match bound {
        Bound::Number { negative, number } => {
            let value = Number::parse(&number.value.digits).unwrap_or_else(|_| Number::zero());
            let value = if number.value.percent {
                value.checked_div(&Number::from_i64(100)).unwrap_or(value)
            } else {
                value
            };
            let kind = TermKind::Number(if *negative { value.neg() } else { value });
            let mut term = Term::new(kind, number.span);
            term.quantity.percent = number.value.percent;
            term
        }
        Bound::Cell(cell) => {
            let kind = crate::syntax::ast::expression::ExprKind::Cell(cell.clone());
            resolver.term(&Expr {
                kind,
                span: cell.span,
            })
        }
    }
}
