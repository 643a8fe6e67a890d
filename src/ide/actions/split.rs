//! One form becomes two: the columns from the place on go to a form of their own with the same rows.
//!
//! It is offered where nothing that stays reads what goes, and the other way round, so that both forms mean what the one meant. Groups go as a whole; a rule goes with the columns that it reads; what holds for the
//! whole form, and the columns that print what a row is, stand in both. It deliberately rewrites nothing outside the form: where a test or another form names a column that goes, there is no answer.

use super::{Action, ActionKind, Place};
use crate::diagnostic::wording::Text;
use crate::ide::around::columns;
use crate::syntax::ast::form::{Attribute, Form, FormMember, Group, GroupMember};
use crate::syntax::ast::header::RegimeMember;
use crate::text::Span;

/// What becomes of the parts of a form.
#[derive(Debug, Default)]
struct Parts {
    /// Columns and groups of them that stay.
    stay: Vec<Span>,
    /// Columns and groups of them that go.
    go: Vec<Span>,
    /// Columns that print what a row is.
    heads: Vec<Span>,
    /// What holds for the whole form.
    both: Vec<Span>,
    /// Rules.
    rules: Vec<Span>,
}

impl Parts {
    /// The parts of a form when the column at a place begins the second one; none where a part is of a kind that cannot be divided.
    fn of(form: &Form, at: Span) -> Option<Parts> {
        let mut parts = Parts::default();
        let mut of_columns = |span: Span| match span.contains(at) || !parts.go.is_empty() {
            true => parts.go.push(span),
            false => parts.stay.push(span),
        };
        let mut has_rows = false;
        for member in &form.members {
            match member {
                FormMember::Column(column) => {
                    let shows = column
                        .attributes
                        .iter()
                        .any(|one| matches!(one.value, Attribute::Shows(_)));
                    match shows {
                        true => parts.heads.push(column.span),
                        false => of_columns(column.span),
                    }
                }
                FormMember::Group(group) if holds_columns(group) => of_columns(group.span),
                FormMember::Rule(rule) => parts.rules.push(rule.span),
                FormMember::Rows(rows) => {
                    has_rows = true;
                    parts.both.push(rows.span);
                }
                FormMember::Group(group) => parts.both.push(group.span),
                FormMember::Row(row) => {
                    has_rows = true;
                    parts.both.push(row.span);
                }
                FormMember::ConsolidatedRows(rows) => parts.both.push(rows.span),
                FormMember::TotalRow(total) | FormMember::TotalGroup(total) => {
                    parts.both.push(total.span);
                }
                FormMember::Default(default) => parts.both.push(default.span),
                FormMember::Only(only) => parts.both.push(only.span),
                FormMember::Deadline(deadline) => parts.both.push(deadline.span),
                _ => return None,
            }
        }
        let divided = !parts.stay.is_empty() && !parts.go.is_empty();
        (divided && (has_rows || !parts.both.is_empty())).then_some(parts)
    }
}

/// The form at the place, split before the column at the place or the group that holds it.
pub(super) fn form(place: &Place) -> Option<Action> {
    let form = place.around.form?;
    let at = place.around.column?;
    let name = form.name.as_ref()?;
    let second = format!("{}_2", name.value);
    if !form.strays.is_empty() || form.version.is_some() || is_taken(place, &second) {
        return None;
    }
    let mut parts = Parts::of(form, at.span)?;
    let apart = !reads(place, &parts.stay, &parts.go)
        && !reads(place, &parts.go, &parts.stay)
        && !reads(place, &parts.both, &parts.stay)
        && !reads(place, &parts.both, &parts.go)
        && !named_elsewhere(place, form, &parts.go);
    if !apart {
        return None;
    }
    for rule in std::mem::take(&mut parts.rules) {
        match (
            reads(place, &[rule], &parts.stay),
            reads(place, &[rule], &parts.go),
        ) {
            (true, true) => return None,
            (false, true) => parts.rules.push(rule),
            _ => {}
        }
    }
    let gone: Vec<Span> = parts.go.iter().chain(&parts.rules).copied().collect();
    let mut moved: Vec<Span> = [&parts.both, &parts.heads, &gone]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    moved.sort();
    let first = parts.go.first()?;
    let indent = place.indent(form.span.start);
    let inner = place.indent(first.start);
    let title = form.title.as_ref().or(form.sign.as_ref());
    let mut text = format!(
        "\n{indent}{} {second} \"{}\" {{\n",
        place.word("kw_form"),
        title.map_or("", |title| title.value.as_str()),
    );
    for span in moved {
        text.push_str(inner);
        text.push_str(span.of(place.text).trim_end());
        text.push('\n');
    }
    text.push_str(indent);
    text.push_str("}\n");
    let mut edits: Vec<_> = gone
        .iter()
        .map(|span| place.edit(place.lines(*span), ""))
        .collect();
    let behind = place.lines(form.span).end;
    edits.push(place.edit(Span::at(behind), text));
    let of = columns(form)
        .into_iter()
        .find(|column| first.contains(column.span))
        .map_or("", |column| column.label.value.as_str());
    let title = Text::new(
        format!("tách biểu `{}` từ cột `{of}`", name.value),
        format!("split the form `{}` before the column `{of}`", name.value),
    );
    Some(place.action(ActionKind::Extract, title, edits))
}

/// Whether a group holds columns and is no heading among rows.
fn holds_columns(group: &Group) -> bool {
    group.members.iter().any(|member| match member {
        GroupMember::Column(_) => true,
        GroupMember::Group(group) => holds_columns(group),
        GroupMember::Row(_) => false,
    })
}

/// Whether the regime at the place has a form of a name.
fn is_taken(place: &Place, name: &str) -> bool {
    let members = place.around.regime.map_or(&[][..], |one| &one.members);
    members.iter().any(|member| match member {
        RegimeMember::Form(form) => form.name.as_ref().is_some_and(|known| known.value == name),
        _ => false,
    })
}

/// Whether the text of some parts names one of others.
fn reads(place: &Place, readers: &[Span], of: &[Span]) -> bool {
    let inside = |used: Span| readers.iter().any(|reader| reader.contains(used));
    let declared = |place: Span| of.iter().any(|part| part.contains(place));
    place.snapshot.references().iter().any(|reference| {
        reference.used.file == place.file
            && reference.declared.file == place.file
            && inside(reference.used.span)
            && declared(reference.declared.span)
    })
}

/// Whether something outside the form names a column that goes.
fn named_elsewhere(place: &Place, form: &Form, go: &[Span]) -> bool {
    place.snapshot.references().iter().any(|reference| {
        let to_one = reference.declared.file == place.file
            && go.iter().any(|part| part.contains(reference.declared.span));
        let outside = reference.used.file != place.file || !form.span.contains(reference.used.span);
        to_one && outside
    })
}
