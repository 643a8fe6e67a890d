//! What a column says of its figure becomes an indicator: one meaning of the figure for every regime that asks for it.
//!
//! Measure, type and nature move, also where the form says the measure for all its columns; label, formula and everything about the form stay. It is not offered for a column without a name, and not where
//! the indicator exists already.

use super::declare::beside;
use super::{Action, ActionKind, Place, spelling_of};
use crate::diagnostic::Edit;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::wording::Text;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form::{Attribute, FormMember, ValueType};
use crate::syntax::spelling::convert_keywords;
use crate::text::Span;

/// The column at the place as an indicator.
pub(super) fn extracted(place: &Place) -> Option<Action> {
    let column = place.around.column?;
    let name = column.name.as_ref()?.value.to_uppercase();
    let mut moved: Vec<Span> = Vec::new();
    for attribute in &column.attributes {
        match &attribute.value {
            Attribute::Indicator(_) | Attribute::Shows(_) => return None,
            Attribute::Measure(_) | Attribute::Nature(_) => moved.push(attribute.span),
            Attribute::Type(
                ValueType::Count
                | ValueType::Integer
                | ValueType::Decimal(_)
                | ValueType::Percent(_),
            ) => moved.push(attribute.span),
            Attribute::Type(_) => return None,
            _ => {}
        }
    }
    let words = place.snapshot.words();
    if words.indicators.iter().any(|known| known.name == name) {
        return None;
    }
    let mut said: Vec<&str> = moved.iter().map(|span| span.of(place.text)).collect();
    let is_measured = |one: &Spanned<Attribute>| matches!(one.value, Attribute::Measure(_));
    let is_percent =
        |one: &Spanned<Attribute>| matches!(one.value, Attribute::Type(ValueType::Percent(_)));
    if !column
        .attributes
        .iter()
        .any(|one| is_measured(one) || is_percent(one))
    {
        let of_form = place.around.form.into_iter().flat_map(|form| &form.members);
        let measure = of_form
            .filter_map(|member| match member {
                FormMember::Default(default) => {
                    default.attributes.iter().find(|one| is_measured(one))
                }
                _ => None,
            })
            .next();
        said.splice(0..0, measure.map(|measure| measure.span.of(place.text)));
    }
    if said.is_empty() {
        return None;
    }
    let indicator = place.word("kw_indicator");
    let statement = format!(
        "{indicator} {name} \"{}\" {}\n",
        column.label.value,
        said.join(" ")
    );
    let (file, offset) = beside(place.snapshot, NameKind::Indicator, place.file)?;
    let spelling = spelling_of(place.snapshot, file, place.spelling);
    let mut edits = vec![Edit {
        file,
        span: Span::at(offset),
        replacement: convert_keywords(&statement, spelling),
    }];
    edits.push(match moved.first() {
        Some(first) => place.edit(*first, format!("{indicator} {name}")),
        None => place.edit(
            Span::at(column.label.span.end),
            format!(" {indicator} {name}"),
        ),
    });
    for span in moved.iter().skip(1) {
        // With the blank before it.
        edits.push(place.edit(Span::new(span.start.saturating_sub(1), span.end), ""));
    }
    let title = Text::new(
        format!("tách thành chỉ tiêu `{name}`"),
        format!("extract the indicator `{name}`"),
    );
    Some(place.action(ActionKind::Extract, title, edits))
}
