//! Attributes of a column: what is stated about a figure, layer by layer.
//!
//! It deliberately does not check them against formulas. An attribute without meaning in this version is reported and makes what it would have
//! decided unknown, so that nothing else is reported because of it.

use super::context::Context;
use super::natures::Nature;
use super::shared::Shared;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Note;
use crate::diagnostic::problem::meaning::types::{MOST_DECIMALS, TypeProblem};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::Expr;
use crate::syntax::ast::form::{self, Attribute, Bound, Shows};
use crate::text::{FileId, Span};

/// A type as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatedType {
    /// Whole, not negative.
    Count,
    /// Whole.
    Integer,
    /// With decimals.
    Decimal(u32),
    /// A percentage.
    Percent(u32),
    /// Words.
    Text,
    /// Of a kind that has no meaning yet.
    Unknown,
}

/// A measure as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatedMeasure {
    /// A position in the words.
    Known(usize),
    /// A name that leads nowhere.
    Unknown,
}

/// Everything stated about a column or by a layer above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated<'a> {
    /// Type.
    pub value: Option<(StatedType, Span)>,
    /// Measure.
    pub measure: Option<(StatedMeasure, Span)>,
    /// Nature.
    pub nature: Option<(Nature, Span)>,
    /// `optional`.
    pub optional: Option<Span>,
    /// `carry from`.
    pub carry: Option<(&'a Expr, Span)>,
    /// `within`, each.
    pub within: Vec<(&'a Expr, Span)>,
    /// `range`.
    pub range: Option<(&'a Bound, &'a Bound, Span)>,
    /// `printed as`.
    pub printed_as: Option<&'a Spanned<String>>,
    /// `shows`.
    pub shows: Option<(Shows, Span)>,
    /// Something about the column has no meaning in this version.
    pub unsupported: bool,
}

impl<'a> Stated<'a> {
    /// Adds the attributes of one place.
    pub fn read(
        &mut self,
        context: &mut Context,
        shared: &Shared,
        file: FileId,
        attributes: &'a [Spanned<Attribute>],
    ) {
        for attribute in attributes {
            self.add(context, shared, file, attribute);
        }
    }

    fn add(
        &mut self,
        context: &mut Context,
        shared: &Shared,
        file: FileId,
        written: &'a Spanned<Attribute>,
    ) {
        let span = written.span;
        match &written.value {
            Attribute::Measure(name) => {
                let measure = match shared.measure(context, file, name) {
                    Some(position) => StatedMeasure::Known(position),
                    None => StatedMeasure::Unknown,
                };
                let before = self.measure.replace((measure, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Type(value) => {
                let value = self.value_type(context, file, value, span);
                let before = self.value.replace((value, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Nature(nature) => {
                let nature = self.nature_of(context, file, nature, span);
                let before = self.nature.replace((nature, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Optional => {
                let before = self.optional.replace(span);
                self.repeated(context, file, span, before);
            }
            Attribute::CarryFrom(expr) => {
                let before = self.carry.replace((expr, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Within(expr) => self.within.push((expr, span)),
            Attribute::Range(low, high) => {
                let before = self.range.replace((low, high, span));
                self.repeated(context, file, span, before.map(|(_, _, first)| first));
            }
            Attribute::PrintedAs(text) => {
                let before = self.printed_as.replace(text);
                self.repeated(context, file, span, before.map(|first| first.span));
            }
            Attribute::Shows(shows) => {
                let before = self.shows.replace((*shows, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Indicator(_)
            | Attribute::Code(_)
            | Attribute::Split { .. }
            | Attribute::OfWhich(_)
            | Attribute::RequiredWhen(_)
            | Attribute::ClosedWhen(_)
            | Attribute::Only(_)
            | Attribute::Entered(_)
            | Attribute::Closed(_)
            | Attribute::OnlyCell(..)
            | Attribute::SameFor(_)
            | Attribute::Matching(_)
            | Attribute::Plan(_)
            | Attribute::Planned
            | Attribute::ForPrevious
            | Attribute::Vintages(_)
            | Attribute::FilledBy(_)
            | Attribute::FromRegistry
            | Attribute::Owner(_)
            | Attribute::BrokenDownBy(_)
            | Attribute::DefinedAs(_) => {
                self.unsupported = true;
                context.unsupported(file, span);
            }
        }
    }

    fn repeated(&self, context: &mut Context, file: FileId, span: Span, first: Option<Span>) {
        if let Some(first) = first {
            let attribute = context.shown(file, span);
            context.push(
                Diagnostic::new(TypeProblem::RepeatedAttribute { attribute }, file, span).noting(
                    Note::FirstHere,
                    file,
                    first,
                ),
            );
        }
    }

    fn value_type(
        &mut self,
        context: &mut Context,
        file: FileId,
        value: &form::ValueType,
        span: Span,
    ) -> StatedType {
        match value {
            form::ValueType::Count => StatedType::Count,
            form::ValueType::Integer => StatedType::Integer,
            form::ValueType::Decimal(digits) => {
                StatedType::Decimal(decimals(context, file, digits))
            }
            form::ValueType::Percent(digits) => {
                StatedType::Percent(decimals(context, file, digits))
            }
            form::ValueType::Text => StatedType::Text,
            form::ValueType::Date
            | form::ValueType::YesOrNo
            | form::ValueType::Choice(_)
            | form::ValueType::File
            | form::ValueType::Reporter => {
                self.unsupported = true;
                context.unsupported(file, span);
                StatedType::Unknown
            }
        }
    }

    fn nature_of(
        &mut self,
        context: &mut Context,
        file: FileId,
        nature: &form::Nature,
        span: Span,
    ) -> Nature {
        match nature {
            form::Nature::Flow => Nature::Flow,
            form::Nature::Stock => Nature::Stock,
            form::Nature::Opening => Nature::Opening,
            form::Nature::NotOverTime => Nature::NotOverTime,
            form::Nature::SinceYear
            | form::Nature::SinceEvent
            | form::Nature::SinceStart
            | form::Nature::PeriodAverage
            | form::Nature::AverageBy(_)
            | form::Nature::Index
            | form::Nature::Score => {
                self.unsupported = true;
                context.unsupported(file, span);
                Nature::Unknown
            }
        }
    }
}

fn decimals(context: &mut Context, file: FileId, digits: &Spanned<u32>) -> u32 {
    if digits.value > MOST_DECIMALS {
        let problem = TypeProblem::TooManyDecimals {
            decimals: digits.value.to_string(),
        };
        context.report(problem, file, digits.span);
        return MOST_DECIMALS;
    }
    digits.value
}
