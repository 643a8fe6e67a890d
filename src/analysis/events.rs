//! Events of a regime: what is recorded of them, and conditions that compare a recorded value.
//!
//! It deliberately does not know periods. A field whose type is broken is left out; what names it afterwards is not reported again.

use super::context::Context;
use super::dates::calendar_date;
use super::expression::{EventTest, TermKind};
use super::kinds::short_name;
use super::model::PeriodRule;
use super::shared::Shared;
use crate::calendar::PeriodKind;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::diagnostic::problem::meaning::figure::FigureProblem;
use crate::number::Number;
use crate::organisation::{Event, EventField, FieldKind, FieldTest, FieldValue, Party};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::event::{Event as Written, EventMember};
use crate::syntax::ast::expression::{Comparison as Sign, Expr, ExprKind};
use crate::syntax::ast::form::{Attribute, Cells, ValueType};
use crate::syntax::ast::header::{Regime, RegimeMember, WhoList};
use crate::syntax::ast::test::Value;
use crate::text::FileId;

/// Reads the events of a regime.
pub(super) fn read(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Regime,
) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for member in &written.members {
        let RegimeMember::Event(event) = member else {
            continue;
        };
        let Some(name) = &event.name else { continue };
        if short_name(context, file, name).is_none() {
            continue;
        }
        let key = (name.value.clone(), None);
        if let Some(first) = context.event_places.get(&key).copied() {
            context.repeated(NameKind::Event, name, file, first);
            continue;
        }
        let place = Label {
            file,
            span: event.span,
        };
        context.event_places.insert(key, place);
        events.push(one(context, shared, file, event, name));
    }
    events
}

fn one(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Written,
    name: &Spanned<String>,
) -> Event {
    let mut event = Event {
        name: name.value.clone(),
        label: written
            .label
            .as_ref()
            .map_or_else(|| name.value.clone(), |label| label.value.clone()),
        fields: Vec::new(),
        opened_by: Vec::new(),
        closed_by: Vec::new(),
    };
    let said = |wanted: fn(&EventMember) -> bool| written.members.iter().any(wanted);
    let opened = said(|member| matches!(member, EventMember::OpenedBy(_)));
    let closed = said(|member| matches!(member, EventMember::ClosedBy(_)));
    for (said, opening) in [(opened, true), (closed, false)] {
        if !said && written.strays.is_empty() {
            let event = name.value.clone();
            context.report(
                DeclaredProblem::EventOfNobody { event, opening },
                file,
                name.span,
            );
        }
    }
    for member in &written.members {
        match member {
            EventMember::Field(field) => {
                let place = Label {
                    file,
                    span: field.span,
                };
                if let Some(field) = self::field(context, shared, file, field, &event.fields) {
                    let key = (event.name.clone(), Some(field.name.clone()));
                    context.event_places.insert(key, place);
                    event.fields.push(field);
                }
            }
            EventMember::OpenedBy(who) => {
                event.opened_by.extend(parties(context, shared, file, who));
            }
            EventMember::ClosedBy(who) => {
                event.closed_by.extend(parties(context, shared, file, who));
            }
        }
    }
    event
}

/// Advises about events that no period follows: nothing is ever reported of them.
pub(super) fn unused(
    context: &mut Context,
    file: FileId,
    written: &Regime,
    periods: &[PeriodRule],
) {
    let followed = |name: &str| {
        periods.iter().any(|rule| match rule.choice.kind {
            PeriodKind::DailyOf(event) | PeriodKind::EndOf(event) => event.as_str() == name,
            _ => false,
        })
    };
    let readable = written.strays.is_empty();
    for member in &written.members {
        if let RegimeMember::Event(event) = member
            && let Some(name) = &event.name
            && readable
            && !followed(&name.value)
        {
            let told = Advice::Unused {
                kind: NameKind::Event,
                name: name.value.clone(),
            };
            context.report(told, file, name.span);
        }
    }
}

fn parties(context: &mut Context, shared: &Shared, file: FileId, list: &WhoList) -> Vec<Party> {
    list.who
        .iter()
        .filter_map(|who| shared.resolve_party(context, file, who))
        .collect()
}

fn field(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Cells,
    known: &[EventField],
) -> Option<EventField> {
    let name = written.name.as_ref()?;
    if known.iter().any(|field| field.name == name.value) {
        let first = Label {
            file,
            span: written.span,
        };
        context.repeated(NameKind::EventField, name, file, first);
        return None;
    }
    let mut kind = Some(FieldKind::Number {
        decimals: 0,
        negative: false,
    });
    for attribute in &written.attributes {
        match &attribute.value {
            Attribute::Type(ValueType::Count) => {}
            Attribute::Type(ValueType::Integer) => {
                kind = Some(FieldKind::Number {
                    decimals: 0,
                    negative: true,
                });
            }
            Attribute::Type(ValueType::Decimal(digits)) => {
                kind = Some(FieldKind::Number {
                    decimals: digits.value,
                    negative: true,
                });
            }
            Attribute::Type(ValueType::Text) => kind = Some(FieldKind::Text),
            Attribute::Type(ValueType::Date) => kind = Some(FieldKind::Date),
            Attribute::Type(ValueType::YesOrNo) => kind = Some(FieldKind::YesOrNo),
            Attribute::Type(ValueType::Choice(catalog)) => {
                kind = shared
                    .catalog(context, file, catalog)
                    .and_then(|position| shared.words.catalogs.get(position))
                    .map(|catalog| FieldKind::Choice {
                        catalog: catalog.name.clone(),
                        // Only entries without entries below them can be the answer.
                        entries: catalog
                            .entries
                            .iter()
                            .filter(|entry| !catalog.is_inner(&entry.name))
                            .map(|entry| (entry.name.clone(), entry.label.clone()))
                            .collect(),
                    });
            }
            _ => {
                let attribute_text = context.shown(file, attribute.span);
                let problem = EventProblem::NotOfEventField {
                    attribute: attribute_text,
                };
                context.report(problem, file, attribute.span);
            }
        }
    }
    if let Some(formula) = &written.formula {
        let attribute = context.shown(file, formula.span);
        let problem = EventProblem::NotOfEventField { attribute };
        context.report(problem, file, formula.span);
    }
    Some(EventField {
        name: name.value.clone(),
        label: written.label.value.clone(),
        kind: kind?,
    })
}

/// The positions of an event and of a field that a path names; `None` when its first name is no event of the regime.
fn located(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    path: &[Spanned<String>],
) -> Option<Option<(usize, usize)>> {
    let [event_name, field_name] = path else {
        return None;
    };
    let events = context.events.clone();
    let position = events
        .iter()
        .position(|event| event.name == event_name.value)?;
    let event = events.get(position)?;
    context.refer_event(file, event_name.span, &event.name, None);
    context.refer_event(file, field_name.span, &event.name, Some(&field_name.value));
    let field = event
        .fields
        .iter()
        .position(|field| field.name == field_name.value);
    if field.is_none() {
        let names = event.fields.iter().map(|field| field.name.as_str());
        context.unknown(
            NameKind::EventField,
            field_name,
            file,
            names,
            &shared.strays,
        );
    }
    Some(field.map(|field| (position, field)))
}

/// What an expression that begins with a field of an event means; `None` when it does not begin with one.
pub(super) fn question(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    expr: &Expr,
) -> Option<TermKind> {
    match &expr.kind {
        ExprKind::Path(path) => {
            let found = located(context, shared, file, path)?;
            let Some((event, field)) = found else {
                return Some(TermKind::Unknown);
            };
            let is_truth = context
                .events
                .get(event)
                .and_then(|event| event.fields.get(field))
                .is_some_and(|field| field.kind == FieldKind::YesOrNo);
            if !is_truth {
                let written = context.shown(file, expr.span);
                let problem = EventProblem::FieldOnlyCompared { written };
                context.report(problem, file, expr.span);
                return Some(TermKind::Unknown);
            }
            let test = FieldTest::OneOf(vec![FieldValue::Truth(true)]);
            Some(TermKind::Event(EventTest { event, field, test }))
        }
        ExprKind::In { subject, entries } => {
            let ExprKind::Path(path) = &subject.kind else {
                return None;
            };
            let found = located(context, shared, file, path)?;
            let Some((event, field)) = found else {
                return Some(TermKind::Unknown);
            };
            let mut values = Vec::new();
            for entry in entries {
                if let Some(below) = below(context, shared, (event, field), &entry.value) {
                    values.extend(below.into_iter().map(Some));
                    continue;
                }
                let value = Spanned::new(Value::Name(entry.value.clone()), entry.span);
                values.push(field_value(context, shared, file, (event, field), &value));
            }
            let values: Option<Vec<FieldValue>> = values.into_iter().collect();
            Some(values.map_or(TermKind::Unknown, |values| {
                TermKind::Event(EventTest {
                    event,
                    field,
                    test: FieldTest::OneOf(values),
                })
            }))
        }
        ExprKind::Compare { first, rest } => {
            let ExprKind::Path(path) = &first.kind else {
                return None;
            };
            let found = located(context, shared, file, path)?;
            let (Some((event, field)), [(sign, side)]) = (found, rest.as_slice()) else {
                return Some(TermKind::Unknown);
            };
            Some(compared(
                context,
                shared,
                file,
                (event, field),
                sign.value,
                side,
            ))
        }
        _ => None,
    }
}

fn compared(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    (event, field): (usize, usize),
    sign: Sign,
    side: &Expr,
) -> TermKind {
    let Some(value) = literal(side) else {
        let written = context.shown(file, side.span);
        let problem = EventProblem::FieldOnlyCompared { written };
        context.report(problem, file, side.span);
        return TermKind::Unknown;
    };
    let Some(with) = field_value(context, shared, file, (event, field), &value) else {
        return TermKind::Unknown;
    };
    let ordered = matches!(with, FieldValue::Number(_) | FieldValue::Date(_));
    let (less, equal, greater) = match sign {
        Sign::Equal => (false, true, false),
        Sign::NotEqual => (true, false, true),
        Sign::Less => (true, false, false),
        Sign::LessOrEqual => (true, true, false),
        Sign::Greater => (false, false, true),
        Sign::GreaterOrEqual => (false, true, true),
    };
    if !ordered && !matches!(sign, Sign::Equal | Sign::NotEqual) {
        let written = context.shown(file, side.span);
        let field = field_name(context, event, field);
        let problem = EventProblem::ValueNotOfField {
            value: written,
            field,
        };
        context.report(problem, file, side.span);
        return TermKind::Unknown;
    }
    let test = FieldTest::Compared {
        with,
        less,
        equal,
        greater,
    };
    TermKind::Event(EventTest { event, field, test })
}

/// The answers that an entry with entries below it stands for; `None` for any other name.
fn below(
    context: &Context,
    shared: &Shared,
    (event, field): (usize, usize),
    name: &str,
) -> Option<Vec<FieldValue>> {
    let field = context.events.get(event)?.fields.get(field)?;
    let FieldKind::Choice { catalog, .. } = &field.kind else {
        return None;
    };
    let catalog = shared.words.catalogs.named(catalog)?;
    catalog.is_inner(name).then(|| {
        let answers = catalog.answers_of(name).into_iter();
        answers
            .map(|entry| FieldValue::Entry(entry.name.clone()))
            .collect()
    })
}

/// A written value on the right of a sign.
fn literal(side: &Expr) -> Option<Spanned<Value>> {
    let value = match &side.kind {
        ExprKind::Yes => Value::Yes,
        ExprKind::No => Value::No,
        ExprKind::Date(date) => Value::Date(*date),
        ExprKind::Number(number) => Value::Number {
            negative: false,
            number: number.clone(),
        },
        ExprKind::Negative(inner) => match &inner.kind {
            ExprKind::Number(number) => Value::Number {
                negative: true,
                number: number.clone(),
            },
            _ => return None,
        },
        ExprKind::Path(path) => match path.as_slice() {
            [name] => Value::Name(name.value.clone()),
            _ => return None,
        },
        _ => return None,
    };
    Some(Spanned::new(value, side.span))
}

fn field_name(context: &Context, event: usize, field: usize) -> String {
    let event = context.events.get(event);
    let field = event.and_then(|event| event.fields.get(field));
    field.map_or_else(String::new, |field| field.name.clone())
}

/// A written value as a value of a field; one that does not fit is reported.
pub(super) fn field_value(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    (event, field): (usize, usize),
    written: &Spanned<Value>,
) -> Option<FieldValue> {
    let events = context.events.clone();
    let field = events
        .get(event)
        .and_then(|event| event.fields.get(field))?;
    let found = match (&written.value, &field.kind) {
        (Value::Yes, FieldKind::YesOrNo) => Some(FieldValue::Truth(true)),
        (Value::No, FieldKind::YesOrNo) => Some(FieldValue::Truth(false)),
        (Value::Text(text), FieldKind::Text) => Some(FieldValue::Text(text.clone())),
        (Value::Date(date), FieldKind::Date) => calendar_date(*date).map(FieldValue::Date),
        (
            Value::Number { negative, number },
            FieldKind::Number {
                decimals,
                negative: may,
            },
        ) => Number::parse(&number.digits)
            .ok()
            .filter(|value| value.decimals().is_some_and(|places| places <= *decimals))
            .filter(|value| value.is_zero() || *may || !negative)
            .map(|value| FieldValue::Number(if *negative { value.neg() } else { value })),
        (Value::Name(name), FieldKind::Choice { catalog, .. }) => {
            let position = shared.words.catalogs.find(catalog)?;
            let name = Spanned::new(name.clone(), written.span);
            shared.entry(context, file, position, &name)?;
            let catalog = shared.words.catalogs.get(position)?;
            if catalog.is_inner(&name.value) {
                let entry = name.value;
                context.report(FigureProblem::InnerEntry { entry }, file, written.span);
                return None;
            }
            Some(FieldValue::Entry(name.value))
        }
        _ => None,
    };
    if found.is_none() {
        let value = context.text(file, written.span);
        let problem = EventProblem::ValueNotOfField {
            value,
            field: field.name.clone(),
        };
        context.report(problem, file, written.span);
    }
    found
}
