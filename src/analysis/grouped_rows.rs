//! Rows that say which report counts where: `rows from C grouped by F[x]`, and units grouped by what is registered of them.
//!
//! Resolved when all forms are known. It deliberately does not know figures. A field that chooses none of the rows is reported, and the rows are those of the catalogue.

use super::attributes::StatedType;
use super::context::Context;
use super::forms::FormDraft;
use super::model::form::Rows;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Pick};
use std::collections::BTreeSet;

/// Resolves the fields by which the rows of forms are grouped.
pub(super) fn settle(context: &mut Context, shared: &Shared, drafts: &mut [FormDraft]) {
    for position in 0..drafts.len() {
        let Some(cell) = drafts
            .get_mut(position)
            .and_then(|draft| draft.grouped_by.take())
        else {
            continue;
        };
        let found = field(context, shared, drafts, position, &cell);
        if let Some(draft) = drafts.get_mut(position) {
            draft.form.grouped_by = found;
        }
    }
}

fn field(
    context: &mut Context,
    shared: &Shared,
    drafts: &[FormDraft],
    own: usize,
    cell: &CellRef,
) -> Option<(usize, usize)> {
    let draft = drafts.get(own)?;
    let Rows::From(catalog) = draft.form.rows else {
        return None;
    };
    let form = match cell.path.as_slice() {
        [] => own,
        [name] => {
            let found = context.form_places.get(&name.value).copied();
            let Some(found) = found else {
                let names = drafts.iter().map(|draft| draft.form.name.as_str());
                context.unknown(NameKind::Form, name, draft.file, names, &BTreeSet::new());
                return None;
            };
            if let Some(meant) = drafts.get(found) {
                let declared = meant.form.place.label;
                context.refer(NameKind::Form, draft.file, name.span, declared);
            }
            found
        }
        _ => {
            let path = context.text(draft.file, cell.span);
            context.report(PlaceProblem::PathIsNoCell { path }, draft.file, cell.span);
            return None;
        }
    };
    let meant = drafts.get(form)?;
    let place = match cell.picks.as_slice() {
        [
            Spanned {
                value: Pick::Place(place),
                span,
            },
        ] => Some((place, *span)),
        _ => None,
    };
    let column = place.and_then(|(place, _)| meant.find(place));
    if let (Some((_, span)), Some(column)) =
        (place, column.and_then(|at| meant.form.columns.get(at)))
    {
        context.refer(NameKind::Field, draft.file, span, column.place.label);
    }
    let chooses = column.is_some_and(|column| {
        let stated = meant
            .columns
            .get(column)
            .and_then(|column| column.stated.value);
        let value = stated.or(meant.defaults.value);
        meant.is_head(column) && matches!(value, Some((StatedType::Choice(of), _)) if of == catalog)
    });
    if !chooses {
        let problem = PlaceProblem::GroupedBy {
            field: context.text(draft.file, cell.span),
            catalog: shared
                .words
                .catalogs
                .get(catalog)
                .map_or(String::new(), |catalog| catalog.label.clone()),
        };
        context.report(problem, draft.file, cell.span);
        return None;
    }
    Some((form, column?))
}
