//! Questions about the event of a report in words: “Loại thiên tai là Bão hoặc Lũ”.
//!
//! It does not know events that were opened, only what a regime records of them. A field that the plan does not have is named as such; nothing fails.

use crate::calendar::dates::show_date;
use crate::organisation::{Event, EventField, FieldKind, FieldTest, FieldValue};
use crate::plan::Bilingual;
use crate::plan::expression::EventTest;

/// A question in words, as it stands after “if”.
pub fn question(events: &[Event], question: &EventTest) -> Bilingual {
    let field = events
        .get(question.event as usize)
        .and_then(|event| event.fields.get(question.field as usize));
    let Some(field) = field else {
        return both("…".to_owned(), "…".to_owned());
    };
    match &question.test {
        FieldTest::OneOf(values) => {
            let vi: Vec<String> = values.iter().map(|one| value(field, one).vi).collect();
            let en: Vec<String> = values.iter().map(|one| value(field, one).en).collect();
            both(
                format!("{} là {}", field.label, vi.join(" hoặc ")),
                format!("{} is {}", field.label, en.join(" or ")),
            )
        }
        FieldTest::Compared {
            with,
            less,
            equal,
            greater,
        } => {
            let with = value(field, with);
            let (vi, en) = match (less, equal, greater) {
                (false, true, false) => ("là", "is"),
                (true, false, true) => ("khác", "is not"),
                (true, false, false) => ("nhỏ hơn", "is less than"),
                (true, true, false) => ("không lớn hơn", "is at most"),
                (false, false, true) => ("lớn hơn", "is greater than"),
                (false, true, true) => ("không nhỏ hơn", "is at least"),
                (true, true, true) => ("so được với", "can be compared with"),
                (false, false, false) => ("không so được với", "cannot be compared with"),
            };
            both(
                format!("{} {vi} {}", field.label, with.vi),
                format!("{} {en} {}", field.label, with.en),
            )
        }
    }
}

fn value(field: &EventField, value: &FieldValue) -> Bilingual {
    let same = |text: String| both(text.clone(), text);
    match value {
        FieldValue::Entry(name) => {
            let entries = match &field.kind {
                FieldKind::Choice { entries, .. } => entries.as_slice(),
                _ => &[],
            };
            let label = entries.iter().find(|(known, _)| known == name);
            same(label.map_or_else(|| name.clone(), |(_, label)| label.clone()))
        }
        FieldValue::Truth(true) => both("có".to_owned(), "yes".to_owned()),
        FieldValue::Truth(false) => both("không".to_owned(), "no".to_owned()),
        FieldValue::Text(text) => same(format!("“{text}”")),
        FieldValue::Number(number) => match number.decimals() {
            Some(decimals) => same(number.to_vietnamese(decimals)),
            None => same(number.to_plain(None)),
        },
        FieldValue::Date(date) => same(show_date(*date)),
    }
}

fn both(vi: String, en: String) -> Bilingual {
    Bilingual { vi, en }
}
