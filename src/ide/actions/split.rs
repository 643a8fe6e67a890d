//! One form becomes two: the columns from the place on go to a form of their own with the same rows.
//!
//! It is offered where nothing that stays reads what goes, and the other way round, so that both forms mean what the one meant. What else the form says stays with the first.

use super::{Action, ActionKind, Place};
use crate::diagnostic::wording::Text;
use crate::ide::around::columns;
use crate::syntax::ast::form::{Cells, Form, FormMember};
use crate::text::Span;

/// The form at the place, split before the column at the place.
pub(super) fn form(place: &Place) -> Option<Action> {
    let form = place.around.form?;
    let at = place.around.column?;
    let name = form.name.as_ref()?;
    let direct: Vec<&Cells> = form
        .members
        .iter()
        .filter_map(|member| match member {
            FormMember::Column(cells) => Some(cells),
            _ => None,
        })
        .collect();
    let position = direct.iter().position(|column| column.span == at.span)?;
    let (stay, go) = direct.split_at(position);
    let rows = form.members.iter().find_map(|member| match member {
        FormMember::Rows(rows) => Some(rows.span),
        _ => None,
    })?;
    let only_columns = form.members.iter().all(|member| {
        matches!(
            member,
            FormMember::Column(_)
                | FormMember::Rows(_)
                | FormMember::TotalRow(_)
                | FormMember::Default(_)
        )
    });
    let apart = only_columns
        && !stay.is_empty()
        && columns(form).len() == direct.len()
        && !read(place, stay, go)
        && !read(place, go, stay)
        && !named_elsewhere(place, form, go);
    if !apart {
        return None;
    }
    let indent = place.indent(form.span.start);
    let inner = place.indent(at.span.start);
    let mut moved = format!(
        "\n{indent}{} {}_2 \"{}\" {{\n{inner}{}\n",
        place.word("kw_form"),
        name.value,
        form.title
            .as_ref()
            .or(form.sign.as_ref())
            .map_or("", |title| title.value.as_str()),
        rows.of(place.text)
    );
    for column in go {
        moved.push_str(inner);
        moved.push_str(column.span.of(place.text));
        moved.push('\n');
    }
    moved.push_str(indent);
    moved.push_str("}\n");
    let mut edits: Vec<_> = go
        .iter()
        .map(|column| place.edit(place.lines(column.span), ""))
        .collect();
    let behind = place.lines(form.span).end;
    edits.push(place.edit(Span::at(behind), moved));
    let title = Text::new(
        format!("tách biểu `{}` từ cột `{}`", name.value, at.label.value),
        format!(
            "split the form `{}` before the column `{}`",
            name.value, at.label.value
        ),
    );
    Some(place.action(ActionKind::Extract, title, edits))
}

/// Whether the text of some columns names one of others.
fn read(place: &Place, readers: &[&Cells], of: &[&Cells]) -> bool {
    let inside = |label: Span| readers.iter().any(|reader| reader.span.contains(label));
    let declared = |label: Span| of.iter().any(|column| column.span.contains(label));
    place.snapshot.references().iter().any(|reference| {
        reference.used.file == place.file
            && reference.declared.file == place.file
            && inside(reference.used.span)
            && declared(reference.declared.span)
    })
}

/// Whether something outside the form names a column that goes.
fn named_elsewhere(place: &Place, form: &Form, go: &[&Cells]) -> bool {
    place.snapshot.references().iter().any(|reference| {
        let to_one = reference.declared.file == place.file
            && go
                .iter()
                .any(|column| column.span.contains(reference.declared.span));
        let outside = reference.used.file != place.file || !form.span.contains(reference.used.span);
        to_one && outside
    })
}
