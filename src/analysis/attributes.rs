//! Attributes of a column: what is stated about a figure, layer by layer.
//!
//! It deliberately does not check them against formulas. An attribute of something else is reported and makes what it would have
//! decided unknown, so that nothing else is reported because of it.

use super::cell_type::extent::Start;
use super::cell_type::value::Value;
use super::context::Context;
use super::model::cell::{FilledBy, Vintage};
use super::natures::Nature;
use super::pattern::Pattern;
use super::shared::Shared;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Note;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::rows::RowsProblem;
use crate::diagnostic::problem::meaning::types::{MOST_DECIMALS, TypeProblem};
use crate::organisation::Party;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Expr};
use crate::syntax::ast::form::{self, Attribute, Bound, Shows};
use crate::syntax::ast::time::{self, Only};
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
    /// A day.
    Date,
    /// Yes or no.
    YesOrNo,
    /// An entry of a catalog, by its position.
    Choice(usize),
    /// A unit.
    Reporter,
    /// A file.
    File,
    /// Of a kind that has no meaning yet.
    Unknown,
}

impl StatedType {
    /// The kind of an answer that is no figure: it has no measure, and nothing is added to it. None for figures, and where the kind is not known.
    pub fn answer(self) -> Option<Value> {
        Some(match self {
            StatedType::Text => Value::Text,
            StatedType::Date => Value::Date,
            StatedType::YesOrNo => Value::YesOrNo,
            StatedType::Choice(catalog) => Value::Choice(catalog),
            StatedType::Reporter => Value::Reporter,
            StatedType::File => Value::File,
            StatedType::Count
            | StatedType::Integer
            | StatedType::Decimal(_)
            | StatedType::Percent(_)
            | StatedType::Unknown => return None,
        })
    }
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
    /// Whether the measure holds whatever the rows say.
    pub own_measure: bool,
    /// Nature.
    pub nature: Option<(Nature, Span)>,
    /// The span that the stated nature runs over, where it is longer than the window.
    pub since: Option<Start>,
    /// The weight of an average.
    pub weight: Option<(&'a Expr, Span)>,
    /// The indicator it is a figure of; a name that leads nowhere is `None` inside.
    pub indicator: Option<(Option<usize>, Span)>,
    /// The target whose plan it shows; a name that leads nowhere is `None` inside.
    pub plan: Option<(Option<usize>, Span)>,
    /// `planned`.
    pub planned: Option<Span>,
    /// `for previous`.
    pub for_previous: Option<Span>,
    /// Vintages; only an indicator has several.
    pub vintages: Option<(Vec<Vintage>, Span)>,
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
    /// Cells of this row that a person types although a formula would reach them.
    pub entered: Vec<&'a CellRef>,
    /// Cells of this row in which nothing stands.
    pub closed: Vec<&'a CellRef>,
    /// Cells of this row with a formula of their own.
    pub only_cells: Vec<(&'a CellRef, &'a Expr)>,
    /// `required when`.
    pub required_when: Option<(&'a Expr, Span)>,
    /// `closed when`, each.
    pub closed_when: Vec<(&'a Expr, Span)>,
    /// `only in / for / when`, each.
    pub only: Vec<&'a Only>,
    /// `filled by`.
    pub filled_by: Option<(FilledBy, Span)>,
    /// `same for`.
    pub same_for: Option<(&'a CellRef, Span)>,
    /// `matching`, the pattern.
    pub matching: Option<(&'a str, Span)>,
    /// `from registry`.
    pub from_registry: Option<Span>,
    /// Something about the column means nothing.
    pub unreadable: bool,
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
        let find = |wanted: &dyn Fn(&Attribute) -> bool| {
            let found = attributes.iter().find(|one| wanted(&one.value));
            found.map(|one| one.span)
        };
        let percent = find(&|one| matches!(one, Attribute::Type(form::ValueType::Percent(_))));
        let measure = find(&|one| matches!(one, Attribute::Measure(_) | Attribute::OwnMeasure(_)));
        if let (Some(percent), Some(measure)) = (percent, measure) {
            // A percentage is measured in hundredths.
            self.repeated(context, file, measure, Some(percent));
        }
    }

    /// Adds one attribute.
    pub fn add(
        &mut self,
        context: &mut Context,
        shared: &Shared,
        file: FileId,
        written: &'a Spanned<Attribute>,
    ) {
        let span = written.span;
        match &written.value {
            Attribute::Measure(name) | Attribute::OwnMeasure(name) => {
                self.own_measure |= matches!(written.value, Attribute::OwnMeasure(_));
                let measure = match shared.measure(context, file, name) {
                    Some(position) => StatedMeasure::Known(position),
                    None => StatedMeasure::Unknown,
                };
                let before = self.measure.replace((measure, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Type(value) => {
                let value = value_type(context, shared, file, value);
                let before = self.value.replace((value, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Nature(nature) => {
                self.since = None;
                let nature = self.nature_of(nature, span);
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
            Attribute::Indicator(name) => {
                let indicator = shared.indicator(context, file, name);
                let before = self.indicator.replace((indicator, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Planned => {
                let before = self.planned.replace(span);
                self.repeated(context, file, span, before);
            }
            Attribute::ForPrevious => {
                let before = self.for_previous.replace(span);
                self.repeated(context, file, span, before);
            }
            Attribute::Vintages(vintages) => {
                let vintages = vintages
                    .iter()
                    .map(|vintage| vintage_of(*vintage))
                    .collect();
                let before = self.vintages.replace((vintages, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Plan(name) => {
                let target = shared.target(context, file, name);
                let before = self.plan.replace((target, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Entered(cells) => self.entered.extend(cells),
            Attribute::Closed(cells) => self.closed.extend(cells),
            Attribute::OnlyCell(cell, side) => self.only_cells.push((cell, side)),
            Attribute::RequiredWhen(condition) => {
                let before = self.required_when.replace((condition, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Only(only) => self.only.push(only),
            Attribute::ClosedWhen(condition) => self.closed_when.push((condition, span)),
            Attribute::SameFor(cell) => {
                let before = self.same_for.replace((cell, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::Matching(pattern) => {
                if Pattern::parse(&pattern.value).is_none() {
                    let pattern = pattern.value.clone();
                    context.report(TypeProblem::Pattern { pattern }, file, span);
                }
                let before = self.matching.replace((&pattern.value, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::FilledBy(who) => {
                let filled = filled_by(context, shared, file, who);
                let before = self.filled_by.replace((filled, span));
                self.repeated(context, file, span, before.map(|(_, first)| first));
            }
            Attribute::FromRegistry => self.from_registry = Some(span),
            Attribute::Code(_)
            | Attribute::Split { .. }
            | Attribute::OfWhich(_)
            | Attribute::Owner(_)
            | Attribute::BrokenDownBy(_)
            | Attribute::DefinedAs(_) => {
                self.unreadable = true;
                let attribute = context.shown(file, span);
                context.report(PlaceProblem::AttributeHere { attribute }, file, span);
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

    fn nature_of(&mut self, nature: &'a form::Nature, span: Span) -> Nature {
        match nature {
            form::Nature::Flow => Nature::Flow,
            form::Nature::Stock => Nature::Stock,
            form::Nature::Opening => Nature::Opening,
            form::Nature::NotOverTime => Nature::NotOverTime,
            form::Nature::PeriodAverage => Nature::PeriodAverage,
            form::Nature::Index => Nature::Index,
            form::Nature::Score => Nature::Score,
            form::Nature::SinceYear => self.since(Start::Year),
            form::Nature::SinceEvent => self.since(Start::Event),
            form::Nature::SinceStart => self.since(Start::Project),
            form::Nature::AverageBy(weight) => {
                self.weight = Some((weight, span));
                Nature::AverageBy
            }
        }
    }

    fn since(&mut self, start: Start) -> Nature {
        self.since = Some(start);
        Nature::Flow
    }
}

/// A vintage as the model names it.
pub(super) fn vintage_of(vintage: time::Vintage) -> Vintage {
    match vintage {
        time::Vintage::Estimate => Vintage::Estimate,
        time::Vintage::Preliminary => Vintage::Preliminary,
        time::Vintage::Final => Vintage::Final,
    }
}

/// Agencies assemble, levels are summed; both at once would take a figure over and add it up.
fn filled_by(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    who: &form::FilledBy,
) -> FilledBy {
    let form::FilledBy::Who(who) = who else {
        return FilledBy::Recipient;
    };
    let parties: Vec<Party> = who
        .iter()
        .filter_map(|who| shared.resolve_party(context, file, who))
        .collect();
    let is_agency = |party: &Party| shared.words.agencies.find(&party.name).is_some();
    let agency = parties.iter().find(|party| is_agency(party));
    let level = parties.iter().find(|party| !is_agency(party));
    if let (Some(agency), Some(level)) = (agency, level) {
        let problem = RowsProblem::FilledByBoth {
            agency: agency.name.clone(),
            level: level.name.clone(),
        };
        let span = who.iter().map(|who| who.span).reduce(Span::cover);
        context.report(problem, file, span.unwrap_or_default());
    }
    if parties.iter().all(is_agency) {
        FilledBy::Agencies(parties)
    } else {
        FilledBy::Levels(parties)
    }
}

fn value_type(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    value: &form::ValueType,
) -> StatedType {
    match value {
        form::ValueType::Count => StatedType::Count,
        form::ValueType::Integer => StatedType::Integer,
        form::ValueType::Decimal(digits) => StatedType::Decimal(decimals(context, file, digits)),
        form::ValueType::Percent(digits) => StatedType::Percent(decimals(context, file, digits)),
        form::ValueType::Text => StatedType::Text,
        form::ValueType::Date => StatedType::Date,
        form::ValueType::YesOrNo => StatedType::YesOrNo,
        form::ValueType::File => StatedType::File,
        form::ValueType::Reporter => StatedType::Reporter,
        form::ValueType::Choice(name) => shared
            .catalog(context, file, name)
            .map_or(StatedType::Unknown, StatedType::Choice),
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
