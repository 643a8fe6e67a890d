//! A rule that says what a column must be becomes the formula of the column: then nobody types the figure.
//!
//! Only an equality whose one side is a whole column of the same form, without condition or limits, means the same as a formula. Anything else is left alone.

use super::{Action, ActionKind, Place};
use crate::diagnostic::wording::Text;
use crate::ide::around::columns;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Comparison, Expr, ExprKind, Pick};
use crate::syntax::ast::form::{Attribute, Cells, Form};
use crate::syntax::ast::rule::{Rule, RuleKind, Tail};
use crate::text::Span;

/// The rule at the place as the formula of the column it determines.
pub(super) fn of_rule(place: &Place) -> Option<Action> {
    let rule = place.around.rule?;
    let form = place.around.form?;
    if !rule.each.is_empty() || rule.tails.iter().any(limits) {
        return None;
    }
    let sides = sides(rule)?;
    let (target, rest) = determined(form, &sides)?;
    let formula: String = rest
        .iter()
        .map(|side| format!(" = {}", side.span.of(place.text).trim_end()))
        .collect();
    let end = target
        .attributes
        .iter()
        .map(|attribute| attribute.span.end)
        .fold(target.label.span.end, u32::max);
    let title = Text::new(
        format!(
            "tính cột `{}` bằng công thức thay cho quy tắc",
            target.label.value
        ),
        format!(
            "compute the column `{}` instead of checking it",
            target.label.value
        ),
    );
    let edits = vec![
        place.edit(Span::at(end), formula),
        place.edit(place.lines(rule.span), ""),
    ];
    Some(place.action(ActionKind::Rewrite, title, edits))
}

/// Whether a tail makes the rule say less than a formula would.
fn limits(tail: &Tail) -> bool {
    matches!(tail, Tail::Only(_) | Tail::Rounded(_) | Tail::Explain(_))
}

/// The sides of an equality.
fn sides(rule: &Rule) -> Option<Vec<&Expr>> {
    match &rule.kind {
        RuleKind::Balance(sides) => Some(sides.iter().collect()),
        RuleKind::Check(Expr {
            kind: ExprKind::Compare { first, rest },
            ..
        }) => {
            let equal = rest.iter().all(|(sign, _)| sign.value == Comparison::Equal);
            let rest = rest.iter().map(|(_, side)| side);
            equal.then(|| std::iter::once(first.as_ref()).chain(rest).collect())
        }
        _ => None,
    }
}

/// The column that stands alone on one side and is typed, with the other sides.
fn determined<'f, 'e>(form: &'f Form, sides: &[&'e Expr]) -> Option<(&'f Cells, Vec<&'e Expr>)> {
    sides.iter().enumerate().find_map(|(at, side)| {
        let ExprKind::Cell(cell) = &side.kind else {
            return None;
        };
        let column = columns(form)
            .into_iter()
            .find(|column| names(column, cell))?;
        let typed = column.formula.is_none()
            && !column.attributes.iter().any(|one| {
                matches!(
                    one.value,
                    Attribute::CarryFrom(_) | Attribute::Plan(_) | Attribute::Entered(_)
                )
            });
        let mut rest = sides.to_vec();
        rest.remove(at);
        typed.then_some((column, rest))
    })
}

fn names(column: &Cells, cell: &CellRef) -> bool {
    let [pick] = cell.picks.as_slice() else {
        return false;
    };
    let Pick::Place(place) = &pick.value else {
        return false;
    };
    let bears =
        |name: &Option<Spanned<String>>| name.as_ref().is_some_and(|name| name.value == *place);
    cell.path.is_empty() && (bears(&column.code) || bears(&column.name))
}
