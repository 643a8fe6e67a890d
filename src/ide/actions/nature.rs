//! A figure declared as a stock: counted at the end of the period, never summed over time.
//!
//! It deliberately does not know whether the figure is one; that is for the author to say.

use super::{Action, ActionKind, Place};
use crate::diagnostic::wording::Text;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form::{Attribute, Nature, ValueType};
use crate::text::Span;

/// The column at the place as a stock, unless it says so already or is no number.
pub(super) fn as_stock(place: &Place) -> Option<Action> {
    let column = place.around.column?;
    let is_words = |attribute: &Spanned<Attribute>| {
        matches!(
            attribute.value,
            Attribute::Type(
                ValueType::Text
                    | ValueType::Date
                    | ValueType::YesOrNo
                    | ValueType::Choice(_)
                    | ValueType::File
                    | ValueType::Reporter
            ) | Attribute::Shows(_)
        )
    };
    if column.attributes.iter().any(is_words) {
        return None;
    }
    let stock = place.word("kw_stock");
    let said = column
        .attributes
        .iter()
        .find_map(|attribute| match &attribute.value {
            Attribute::Nature(nature) => Some((nature, attribute.span)),
            _ => None,
        });
    let edit = match said {
        Some((Nature::Stock, _)) => return None,
        Some((_, span)) => place.edit(span, stock),
        None => {
            let end = column
                .attributes
                .iter()
                .map(|attribute| attribute.span.end)
                .fold(column.label.span.end, u32::max);
            // The formula stays last.
            let end = column
                .formula
                .as_ref()
                .map_or(end, |formula| end.min(formula.span.start));
            place.edit(Span::at(end), format!(" {stock}"))
        }
    };
    let title = Text::new(
        format!("khai `{}` là số cuối kỳ", column.label.value),
        format!("declare `{}` as a stock", column.label.value),
    );
    Some(place.action(ActionKind::Rewrite, title, vec![edit]))
}
