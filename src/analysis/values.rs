//! Values in tests against the columns they are for.
//!
//! It deliberately does not know where the value stands. What cannot be entered is reported and left out.

use super::context::Context;
use super::dates;
use super::inference::products::{percent_fix, percentage_meant};
use super::model::cell::{Source, ValueType};
use super::model::form::Form;
use super::shared::Shared;
use super::tests_model::TestValue;
use crate::calendar::Date;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::syntax::SyntaxProblem;
use crate::diagnostic::{Diagnostic, FixKind, Label, Note};
use crate::number::Number;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::test::Value;
use crate::text::{FileId, Span};

/// What a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Typed by a person: it must fit the column.
    Entered,
    /// Compared with what the cell shows, or history of a computed cell: any number will do.
    Expected,
}

/// The type a value for a cell is read with. A closed cell has none of its own: a value for it is read with that of its column, so that it is judged and not lost.
pub(super) fn type_of(form: &Form, row: Option<usize>, column: usize) -> Option<ValueType> {
    let definition = form.cell(row, column)?;
    match definition.source {
        Source::Closed => form.columns.get(column).map(|column| column.cell.value),
        _ => Some(definition.value),
    }
}

/// The cell that a value is for.
pub(super) struct Cell<'c> {
    /// Its type.
    pub value: ValueType,
    /// How people name its column.
    pub shown: &'c str,
    /// Where its kind is declared: with its row, or else with its column.
    pub declared: Label,
    /// The day on which entries have to be valid, where it is known.
    pub on: Option<Date>,
}

/// The value for a cell, as a person would type it.
pub(super) fn read(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    cell: &Cell,
    written: &Spanned<Value>,
    usage: Use,
) -> Option<TestValue> {
    let found = match (&written.value, cell.value) {
        (Value::Nil, _) => Some(TestValue::Nil),
        (Value::Blank, _) => Some(TestValue::Blank),
        (Value::Closed, _) => Some(TestValue::Closed),
        (Value::Text(text), ValueType::Text | ValueType::Reporter | ValueType::Unknown) => {
            Some(TestValue::Text(text.clone()))
        }
        (Value::Text(name), ValueType::File) => Some(TestValue::File(name.clone())),
        (Value::Date(date), ValueType::Date) => {
            let day = dates::date(context, file, &Spanned::new(*date, written.span))?;
            Some(TestValue::Day(day))
        }
        (Value::Yes, ValueType::YesOrNo) => Some(TestValue::Truth(true)),
        (Value::No, ValueType::YesOrNo) => Some(TestValue::Truth(false)),
        (Value::Name(name), ValueType::Choice(catalog)) => {
            entry(context, shared, file, catalog, name, written.span)?;
            let catalog = shared.words.catalogs.get(catalog);
            let known = catalog.and_then(|catalog| catalog.entries.named(name));
            let valid = known.zip(cell.on).is_none_or(|(entry, on)| {
                let day = (Some(on), Some(on));
                entry.in_force(day)
            });
            let inner = catalog.is_some_and(|catalog| catalog.is_inner(name));
            (valid && !inner).then(|| TestValue::Entry(name.clone()))
        }
        (
            Value::Number { negative, number },
            ValueType::Number {
                decimals,
                negative: may,
                percent,
            },
        ) => {
            if let Some(meant) = with_thousands_point(&number.digits)
                && decimals == 0
                && !percent
            {
                thousands(context, file, &number.digits, meant, written.span);
                return None;
            }
            let value = Number::parse(&number.digits)
                .ok()
                .map(|value| if *negative { value.neg() } else { value });
            if percent && !number.percent && value.as_ref().is_some_and(|value| !value.is_zero()) {
                bare(context, file, written.span, cell.declared);
                return None;
            }
            let fits = |value: &Number| {
                let places = value.decimals().is_some_and(|places| places <= decimals);
                usage == Use::Expected || (places && (may || !value.is_negative()))
            };
            value
                .filter(|value| (percent || !number.percent) && fits(value))
                .map(TestValue::Number)
        }
        (_, ValueType::Unknown) => return None,
        _ => None,
    };
    if found.is_none() {
        let value = context.text(file, written.span);
        let column = cell.shown.to_owned();
        let problem = RuleProblem::ValueDoesNotFit { value, column };
        let Label { file: of, span } = cell.declared;
        let told = Diagnostic::new(problem, file, written.span);
        context.push(told.noting(Note::DeclaredHere, of, span));
    }
    found
}

/// The whole number meant by digits like `1.734`, as sources write it.
pub(super) fn with_thousands_point(digits: &str) -> Option<String> {
    Number::with_thousands_point(digits)?;
    Some(digits.replace('.', "_"))
}

fn thousands(context: &mut Context, file: FileId, digits: &str, meant: String, span: Span) {
    let digits_at = Span::new(
        span.end
            .saturating_sub(u32::try_from(digits.len()).unwrap_or(0)),
        span.end,
    );
    context.push(
        Diagnostic::new(
            SyntaxProblem::ThousandsPoint {
                written: digits.to_owned(),
                meant: meant.clone(),
            },
            file,
            digits_at,
        )
        .fixed_by(FixKind::Certain, digits_at, meant),
    );
}

/// An entry of the catalog; an unknown one is reported.
fn entry(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    catalog: usize,
    name: &str,
    span: Span,
) -> Option<()> {
    let name = Spanned::new(name.to_owned(), span);
    shared.entry(context, file, catalog, &name).map(|_| ())
}

fn bare(context: &mut Context, file: FileId, span: Span, declared: Label) {
    let number = context.text(file, span);
    let meant = percentage_meant(&number);
    let (at, text) = percent_fix(&number, &meant, span);
    // Of 0.7 it is not sure which of two percentages is meant.
    let kind = match at == span {
        true => FixKind::Likely,
        false => FixKind::Certain,
    };
    let problem = TypeProblem::BareNumberAgainstPercent { number, meant };
    let told = Diagnostic::new(problem, file, span).fixed_by(kind, at, text);
    context.push(told.noting(Note::DeclaredHere, declared.file, declared.span));
}
