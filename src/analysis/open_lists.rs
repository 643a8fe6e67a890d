//! Open lists: fields read as columns, the key of a row, how rows are grouped.
//!
//! A list is read as a form whose rows its reporter adds, so that fields have all attributes and formulas of columns. It deliberately does not know
//! what formulas mean. A key that leads nowhere is reported and left out.

use super::attributes::StatedType;
use super::context::Context;
use super::forms::{self, FormDraft};
use super::model::{
    cell::Source,
    form::{Listed, Merging, Rows},
};
use super::shared::Shared;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::list::ListProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Pick};
use crate::syntax::ast::form::{self as tree, FormMember, RowSource};
use crate::syntax::ast::list::{self, KeySharing, ListMember};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// The list as the form that its fields make, to be read by [`read`].
pub(super) fn as_form(written: &list::List) -> tree::Form {
    // Its rows come from nobody but the reporter; the statement only says that nothing is missing.
    let mut members = vec![FormMember::Rows(tree::Rows {
        source: RowSource::EachReportingUnit { grouped_by: None },
        span: written.head,
    })];
    members.extend(written.members.iter().filter_map(|member| match member {
        ListMember::Field(field) => Some(FormMember::Column(field.clone())),
        ListMember::Default(part) => Some(FormMember::Default(part.clone())),
        ListMember::Only(part) => Some(FormMember::Only(part.clone())),
        ListMember::Window(part) => Some(FormMember::Window(part.clone())),
        ListMember::Covers(part) => Some(FormMember::Covers(part.clone())),
        ListMember::Deadline(part) => Some(FormMember::Deadline(part.clone())),
        ListMember::Channel(part) => Some(FormMember::Channel(part.clone())),
        ListMember::SignBy(part) => Some(FormMember::SignBy(part.clone())),
        ListMember::Figures(part) => Some(FormMember::Figures(part.clone())),
        ListMember::TotalRow(part) => Some(FormMember::TotalRow(part.clone())),
        ListMember::Rule(rule) => Some(FormMember::Rule(rule.clone())),
        ListMember::Key(_) | ListMember::GroupedBy(_) => None,
    }));
    tree::Form {
        name: written.name.clone(),
        sign: written.sign.clone(),
        title: written.title.clone(),
        version: None,
        members,
        strays: written.strays.clone(),
        head: written.head,
        span: written.span,
    }
}

/// Reads a list; `form` is that of [`as_form`].
pub(super) fn read<'a>(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &list::List,
    form: &'a tree::Form,
) -> FormDraft<'a> {
    let mut draft = forms::read(context, shared, file, form, BTreeSet::new());
    draft.form.list = true;
    draft.form.rows = Rows::Listed;
    let mut listed = Listed::default();
    let mut said = (None, None);
    for member in &written.members {
        match member {
            ListMember::Key(key) => {
                repeated(context, file, &mut said.0, key.span);
                listed.merging = match key.sharing {
                    KeySharing::Plain => Merging::PerUnit,
                    KeySharing::Unique => Merging::Unique,
                    KeySharing::Merged => Merging::Merged,
                };
                listed.key = fields(context, &draft, &key.fields);
                let mut known = BTreeSet::new();
                for (name, column) in key.fields.iter().zip(&listed.key) {
                    if known.insert(*column) {
                        key_field(context, &draft, name, *column);
                    } else {
                        let field = name.value.clone();
                        context.report(ListProblem::KeyTwice { field }, file, name.span);
                    }
                }
            }
            ListMember::GroupedBy(grouped) => {
                repeated(context, file, &mut said.1, grouped.span);
                listed.grouped_by = fields(context, &draft, &grouped.fields);
                for (name, column) in grouped.fields.iter().zip(&listed.grouped_by) {
                    never_compared(context, &draft, name.span, *column);
                }
            }
            _ => {}
        }
    }
    let key = (said.0.is_none() || !listed.key.is_empty()).then(|| listed.key.clone());
    draft.form.listed = Some(listed);
    same_for(context, &mut draft, key.as_deref());
    draft
}

/// `same for` in a form that is no list: there is only one row, or rows that differ by what they are.
pub(super) fn outside(context: &mut Context, draft: &FormDraft) {
    for column in &draft.columns {
        if let Some((_, span)) = column.stated.same_for {
            context.report(ListProblem::SameForHere, draft.file, span);
        }
    }
}

fn repeated(context: &mut Context, file: FileId, said: &mut Option<Span>, span: Span) {
    if said.replace(span).is_some() {
        let statement = context.shown(file, span);
        context.report(
            crate::diagnostic::problem::meaning::form::FormProblem::RepeatedStatement { statement },
            file,
            span,
        );
    }
}

/// The columns of names; unknown ones are reported, and nothing is known of the others then.
fn fields(context: &mut Context, draft: &FormDraft, names: &[Spanned<String>]) -> Vec<usize> {
    let found: Vec<Option<usize>> = names
        .iter()
        .map(|name| field(context, draft, name))
        .collect();
    found.into_iter().collect::<Option<_>>().unwrap_or_default()
}

fn field(context: &mut Context, draft: &FormDraft, name: &Spanned<String>) -> Option<usize> {
    let found = draft.find(&name.value);
    match found.and_then(|column| draft.form.columns.get(column)) {
        Some(column) => {
            let declared = column.place.label;
            context.refer(NameKind::Column, draft.file, name.span, declared);
        }
        None => context.unknown(
            NameKind::Field,
            name,
            draft.file,
            draft.places(),
            &draft.strays,
        ),
    }
    found
}

/// A key is typed and read back as it was: no computed field, no decimals, no file.
fn key_field(context: &mut Context, draft: &FormDraft, name: &Spanned<String>, column: usize) {
    let (Some(written), Some(model)) = (draft.columns.get(column), draft.form.columns.get(column))
    else {
        return;
    };
    let value = written.stated.value.or(draft.defaults.value);
    let measured = matches!(
        value,
        Some((
            StatedType::Decimal(_) | StatedType::Percent(_) | StatedType::File,
            _
        ))
    );
    let optional = written.stated.optional.or(draft.defaults.optional);
    let closed = !written.stated.closed_when.is_empty() || written.stated.required_when.is_some();
    if measured || closed || optional.is_some() || model.cell.source != Source::Entered {
        let field = name.value.clone();
        context.report(ListProblem::KeyField { field }, draft.file, name.span);
    }
}

/// Rows are put together, or held to agree, by what can be compared, which a file is not; answers whether the field is one.
fn never_compared(context: &mut Context, draft: &FormDraft, span: Span, column: usize) -> bool {
    let stated = draft.columns.get(column).map(|written| &written.stated);
    let value = stated.and_then(|stated| stated.value.or(draft.defaults.value));
    let is_file = matches!(value, Some((StatedType::File, _)));
    if is_file {
        let field = draft.form.columns.get(column);
        let figure = field.map_or_else(String::new, |field| field.shown().to_owned());
        context.report(TypeProblem::FileCompared { figure }, draft.file, span);
    }
    is_file
}

/// Rows that share a part of their key agree in fields that are the same for it. `key` is unknown where it names what is not there.
fn same_for(context: &mut Context, draft: &mut FormDraft, key: Option<&[usize]>) {
    for position in 0..draft.columns.len() {
        let Some((cell, span)) = draft
            .columns
            .get(position)
            .and_then(|column| column.stated.same_for)
        else {
            continue;
        };
        let Some(name) = named(cell) else {
            context.report(ListProblem::SameForHere, draft.file, span);
            continue;
        };
        let found = field(context, draft, &name);
        if found == Some(position) {
            context.report(ListProblem::SameForHere, draft.file, span);
        } else if key.is_some_and(|key| key.contains(&position)) {
            context.report(ListProblem::SameForOfKey, draft.file, span);
        } else if let (Some(found), Some(key)) = (found, key)
            && !key.contains(&found)
        {
            let field = name.value.clone();
            context.report(
                ListProblem::SameForOutsideKey { field },
                draft.file,
                name.span,
            );
        } else if !never_compared(context, draft, span, position)
            && let Some(column) = draft.form.columns.get_mut(position)
        {
            column.cell.same_for = found;
        }
    }
}

/// The one field a reference names.
fn named(cell: &CellRef) -> Option<Spanned<String>> {
    match (cell.path.as_slice(), cell.picks.as_slice()) {
        (
            [],
            [
                Spanned {
                    value: Pick::Place(place),
                    span,
                },
            ],
        ) => Some(Spanned::new(place.clone(), *span)),
        _ => None,
    }
}
