//! The pieces breakdowns are written out with: sums of members, references to made rows and columns, codes that follow one another.
//!
//! It deliberately does not know what is divided. A code that is no number has no follower.

use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Expr, ExprKind, Pick, RowRef, SumSign};
use crate::syntax::ast::form::{Attribute, Cells, FormMember, Formula, Group, GroupMember, Row};
use crate::text::Span;

pub(super) fn breaks_down(member: &FormMember) -> bool {
    match member {
        FormMember::Row(row) => row_breaks_down(row),
        FormMember::Group(group) => group_breaks_down(group),
        _ => false,
    }
}

pub(super) fn row_breaks_down(row: &Row) -> bool {
    attributes_break_down(&row.cells.attributes) || row.members.iter().any(member_breaks_down)
}

pub(super) fn group_breaks_down(group: &Group) -> bool {
    attributes_break_down(&group.attributes) || group.members.iter().any(member_breaks_down)
}

pub(super) fn member_breaks_down(member: &GroupMember) -> bool {
    match member {
        GroupMember::Row(row) => row_breaks_down(row),
        GroupMember::Group(group) => group_breaks_down(group),
        GroupMember::Column(_) => false,
    }
}

pub(super) fn attributes_break_down(attributes: &[Spanned<Attribute>]) -> bool {
    let breaks = |attribute: &Spanned<Attribute>| {
        matches!(
            attribute.value,
            Attribute::Split { .. } | Attribute::OfWhich(_)
        )
    };
    attributes.iter().any(breaks)
}

/// Calls `visit` for every column, in printed order.
pub(super) fn for_each_column(members: &mut [FormMember], visit: &mut dyn FnMut(&mut Cells)) {
    fn inside(group: &mut Group, visit: &mut dyn FnMut(&mut Cells)) {
        for member in &mut group.members {
            match member {
                GroupMember::Column(cells) => visit(cells),
                GroupMember::Group(inner) => inside(inner, visit),
                GroupMember::Row(_) => {}
            }
        }
    }
    for member in members {
        match member {
            FormMember::Column(cells) => visit(cells),
            FormMember::Group(group) => inside(group, visit),
            _ => {}
        }
    }
}

/// How a row is addressed: by its printed number, else by its name.
pub(super) fn place_of(cells: &Cells) -> Option<&Spanned<String>> {
    cells.code.as_ref().or(cells.name.as_ref())
}

/// The sum becomes the formula, or one more side of it.
pub(super) fn add_side(cells: &mut Cells, sum: Expr) {
    let span = sum.span;
    match &mut cells.formula {
        Some(formula) => formula.sides.push(sum),
        None => {
            cells.formula = Some(Formula {
                sides: vec![sum],
                span,
            });
        }
    }
}

pub(super) fn sum(mut parts: Vec<Expr>, span: Span) -> Option<Expr> {
    if parts.len() == 1 {
        return parts.pop();
    }
    let mut parts = parts.into_iter();
    let first = Box::new(parts.next()?);
    let plus = Spanned::new(SumSign::Plus, span);
    Some(Expr {
        kind: ExprKind::Sum {
            first,
            rest: parts.map(|part| (plus.clone(), part)).collect(),
        },
        span,
    })
}

pub(super) fn row_reference(place: &str, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Row(RowRef {
            form: None,
            pick: Spanned::new(Pick::Place(place.to_owned()), span),
            span,
        }),
        span,
    }
}

pub(super) fn column_reference(place: &str, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Cell(CellRef {
            path: Vec::new(),
            picks: vec![Spanned::new(Pick::Place(place.to_owned()), span)],
            span,
        }),
        span,
    }
}

/// A sum that a breakdown made, as an author would write it; `None` for what an author wrote.
pub(in crate::analysis) fn made_text(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Sum { first, rest } if first.span == expr.span => {
            let mut parts = vec![made_text(first)?];
            for (_, part) in rest {
                parts.push(made_text(part)?);
            }
            Some(parts.join(" + "))
        }
        // Brackets that were written stand around the place they name.
        ExprKind::Cell(cell) => match cell.picks.as_slice() {
            [pick] if pick.span == expr.span => match &pick.value {
                Pick::Place(place) => Some(format!("[{place}]")),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The attributes that a divided row passes on to the rows inside it.
pub(super) fn passed_on(cells: &Cells) -> Vec<Spanned<Attribute>> {
    let passes = |attribute: &&Spanned<Attribute>| {
        matches!(
            attribute.value,
            Attribute::Measure(_)
                | Attribute::Type(_)
                | Attribute::Nature(_)
                | Attribute::Indicator(_)
                | Attribute::FilledBy(_)
                | Attribute::Vintages(_)
                | Attribute::Closed(_)
                | Attribute::Optional
        )
    };
    cells.attributes.iter().filter(passes).cloned().collect()
}

/// A printed code so many after another one, as wide as it; `None` for a code that is no number.
pub(super) fn following(code: &str, steps: usize) -> Option<String> {
    let number: usize = code.parse().ok()?;
    let next = number.checked_add(steps)?;
    Some(format!("{next:0width$}", width = code.len()))
}

pub(super) fn generated(
    code: Option<Spanned<String>>,
    name: Option<Spanned<String>>,
    label: String,
    attributes: Vec<Spanned<Attribute>>,
    span: Span,
) -> Row {
    let place = code
        .as_ref()
        .or(name.as_ref())
        .map_or(span, |place| place.span);
    Row {
        cells: Cells {
            code,
            name,
            label: Spanned::new(label, place),
            attributes,
            formula: None,
            span: place,
        },
        members: Vec::new(),
        strays: Vec::new(),
        span: place,
    }
}
