//! From what is written about a cell to the statement that the algebra of types works with, and from its answers to reports.
//!
//! It deliberately does not know rows and columns: whoever combines them asks here for each. A name that leads nowhere, or an attribute without
//! meaning in this version, makes what it would have decided absent, so that nothing else is reported because of it.

use super::attributes::{Stated, StatedMeasure, StatedType};
use super::cell_type::clash::Clash;
use super::cell_type::coordinates::{Axis, Coordinates};
use super::cell_type::extent::{Extent, Start};
use super::cell_type::statement::{CellType, Lock, Requirement, Statement, View};
use super::cell_type::value::{Bounds, Measured, Share, Value};
use super::expression::{Quantity, Sort};
use super::measures;
use super::model::{self, cell::Modality, words::Words};
use super::shared::Shared;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::time::{NatureWord, TimeProblem};
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::value_word::{MeasureWord, ValueWord};
use crate::text::Span;

/// What one place states.
pub(super) fn of(stated: &Stated, words: &Words) -> Statement {
    let (value, bounds, percent) = match stated.value.map(|(value, _)| value) {
        Some(StatedType::Count) => (Some(Value::Number(0)), Bounds::not_negative(), false),
        Some(StatedType::Integer) => (Some(Value::Number(0)), Bounds::default(), false),
        Some(StatedType::Decimal(digits)) => {
            (Some(Value::Number(digits)), Bounds::default(), false)
        }
        Some(StatedType::Percent(digits)) => (Some(Value::Number(digits)), Bounds::default(), true),
        other => (other.and_then(StatedType::answer), Bounds::default(), false),
    };
    let measure = match (percent, stated.measure) {
        (true, _) => Some(Measured::percent()),
        (false, Some((measure, _))) => Some(measured(words, measure)),
        (false, None) => None,
    };
    let nature = stated.nature.map(|(nature, _)| nature);
    // A view turns the figure of its row; it states nothing that would meet it.
    let vintages = stated
        .vintages
        .as_ref()
        .filter(|_| stated.for_previous.is_none());
    let modality = match (vintages, stated.planned) {
        (_, Some(_)) => Some(Modality::Planned),
        (Some((vintages, _)), None) => match vintages.as_slice() {
            [vintage] => Some(Modality::Actual(Some(*vintage))),
            _ => None,
        },
        (None, None) => None,
    };
    Statement {
        value,
        bounds,
        measure,
        nature,
        extent: stated.since.map(Extent::since),
        modality,
        coordinates: Coordinates::total(),
        lock: Lock::Entered,
        requirement: match stated.optional {
            Some(_) => Requirement::Optional,
            None => Requirement::Required,
        },
    }
}

/// How a column turns the figure of its row, if it is a view.
pub(super) fn view(stated: &Stated) -> Option<View> {
    let vintage = stated
        .vintages
        .as_ref()
        .and_then(|(vintages, _)| vintages.first())
        .copied();
    match (stated.plan, stated.for_previous) {
        (Some((Some(target), _)), _) => Some(View::Plan(target)),
        (None, Some(_)) => Some(View::ForPrevious(vintage)),
        (Some((None, _)), _) | (None, None) => None,
    }
}

/// What a place states together with the indicator it names; places that state different things about one cell clash. Beside an `own measure` nobody else's
/// measure counts: forms that ask for a number and its value in money side by side have two measures in every row.
pub(super) fn layer(shared: &Shared, places: &[&Stated]) -> Result<Statement, Vec<Clash>> {
    let inside = inside(shared);
    let mut met = Statement::default();
    let keeps_its_own = places.iter().any(|stated| stated.own_measure);
    for stated in places {
        let indicator = stated
            .indicator
            .and_then(|(position, _)| position)
            .and_then(|position| shared.indicator_statements.get(position));
        if let Some(indicator) = indicator {
            let mut indicator = indicator.clone();
            indicator.measure = indicator.measure.filter(|_| !keeps_its_own);
            met = met.meet(&indicator, &inside)?;
        }
        let mut own = of(stated, &shared.words);
        own.measure = own.measure.filter(|_| !keeps_its_own || stated.own_measure);
        met = met.meet(&own, &inside)?;
    }
    Ok(met)
}

fn measured(words: &Words, measure: StatedMeasure) -> Measured {
    let known = match measure {
        StatedMeasure::Known(position) => words.measures.get(position),
        StatedMeasure::Unknown => None,
    };
    Measured {
        dimension: known.and_then(|measure| measure.dimension.clone()),
        scale: known.map_or_else(|| Measured::plain().scale, |measure| measure.scale.clone()),
        share: Share::Plain,
    }
}

/// The span as the model names it. One that begins with a start says whether it ends with the window or with the one before; other shifts keep only where they begin.
pub(super) fn model_extent(extent: Option<&Extent>) -> model::cell::Extent {
    use model::cell::Extent as Named;
    let Some(extent) = extent else {
        return Named::Current;
    };
    let before = extent.ends_before();
    match (extent, extent.start()) {
        (Extent::PlanYear(_), _) => Named::PlanYear,
        (_, Some(Start::Year)) if before => Named::SinceYearToPrevious,
        (_, Some(Start::Event)) if before => Named::SinceEventToPrevious,
        (_, Some(Start::Project)) if before => Named::SinceStartToPrevious,
        (_, Some(Start::Year)) => Named::SinceYear,
        (_, Some(Start::Event)) => Named::SinceEvent,
        (_, Some(Start::Project)) => Named::SinceStart,
        _ if *extent == Extent::current().shifted(-1, 0)
            || *extent == Extent::at_end().shifted(-1, 0) =>
        {
            Named::Previous
        }
        _ => Named::Current,
    }
}

impl Quantity {
    /// What a cell of an answer that is no figure yields.
    pub(super) fn of_value(value: Value) -> Quantity {
        match value {
            Value::Date => Quantity::answer(Sort::Day),
            Value::YesOrNo => Quantity::answer(Sort::Truth),
            Value::Choice(catalog) => Quantity::answer(Sort::Choice(catalog)),
            Value::File => Quantity::answer(Sort::File),
            Value::Number(_) | Value::Text | Value::Reporter => Quantity::text(),
        }
    }

    /// What a cell of this type yields.
    pub(super) fn of(cell: &CellType) -> Quantity {
        let Value::Number(digits) = cell.value else {
            return Quantity::of_value(cell.value);
        };
        let percent = cell.measure.share != Share::Plain;
        Quantity {
            sort: Sort::Figure,
            dimension: cell.measure.dimension.clone(),
            scale: cell.measure.scale.clone(),
            percent,
            points: cell.measure.share == Share::Points,
            negative: cell.bounds.negative(),
            decimals: Some(match percent {
                true => digits.saturating_add(2),
                false => digits,
            }),
            additivity: cell.additivity.clone(),
            ..Quantity::unknown()
        }
    }
}

/// Whether entry `a` of a breakdown lies below entry `b`, by the catalogs of the project.
pub(super) fn inside(shared: &Shared) -> impl Fn(&Axis, &str, &str) -> bool {
    move |axis, one, other| {
        let Axis::Catalog(position) = axis else {
            return false;
        };
        let Some(catalog) = shared.words.catalogs.get(*position) else {
            return false;
        };
        let find = |name: &str| catalog.entries.named(name);
        let mut entry = find(one);
        // A tree cannot be deeper than it has entries.
        for _ in 0..catalog.entries.len() {
            entry = entry
                .and_then(|entry| entry.parent)
                .and_then(|parent| catalog.entries.get(parent));
            match entry {
                Some(entry) if entry.name == other => return true,
                Some(_) => {}
                None => return false,
            }
        }
        false
    }
}

/// Where a place says what clashes: its own word, else the indicator that it names.
pub(super) fn said_at(clash: &Clash, stated: &Stated) -> Option<Span> {
    let value = stated.value.map(|(_, span)| span);
    let own = match clash {
        Clash::Values(..) => value,
        Clash::Measures(..) | Clash::Scales(..) => stated.measure.map(|(_, span)| span).or(value),
        Clash::NoValue(..) => stated.range.map(|(_, _, span)| span).or(value),
        Clash::Natures(..) | Clash::Extents(..) => stated.nature.map(|(_, span)| span),
        Clash::Modalities(..) => {
            let vintages = stated.vintages.as_ref().map(|(_, span)| *span);
            stated.planned.or(vintages)
        }
        Clash::Members(..) | Clash::RequiredButClosed => None,
    };
    own.or(stated.indicator.map(|(_, span)| span))
}

/// A clash as a report.
pub(super) fn problem(words: &Words, clash: &Clash) -> Option<Problem> {
    Some(match clash {
        Clash::Values(one, two) => TypeProblem::ValuesDisagree {
            one: value_word(words, *one),
            two: value_word(words, *two),
        }
        .into(),
        Clash::Measures(one, two) => TypeProblem::TwoMeasures {
            one: measure_word(words, one),
            two: measure_word(words, two),
        }
        .into(),
        Clash::Scales(one, two) => TypeProblem::TwoScales {
            one: measure_word(words, one),
            two: measure_word(words, two),
        }
        .into(),
        Clash::NoValue(least, greatest) => {
            crate::diagnostic::problem::meaning::form::FormProblem::EmptyRange {
                low: least.to_plain(None),
                high: greatest.to_plain(None),
            }
            .into()
        }
        Clash::Natures(one, two) => TimeProblem::NaturesDisagree {
            one: one.word().unwrap_or(NatureWord::Words),
            two: two.word().unwrap_or(NatureWord::Words),
        }
        .into(),
        Clash::Extents(..) => TimeProblem::SpansDisagree.into(),
        Clash::Modalities(..) => TimeProblem::ClaimsDisagree.into(),
        // Members of breakdowns are checked where the facts of a form are; a closed cell with a condition where rows close cells.
        Clash::Members(..) | Clash::RequiredButClosed => return None,
    })
}

fn measure_word(words: &Words, measure: &Measured) -> MeasureWord {
    let plain = super::expression::Dimension::default();
    let dimension = measure.dimension.as_ref().unwrap_or(&plain);
    measures::in_words(
        words,
        dimension,
        &measure.scale,
        measure.share != Share::Plain,
    )
}

/// What a kind of value is called.
pub(super) fn value_word(words: &Words, value: Value) -> ValueWord {
    match value {
        Value::Number(_) => ValueWord::Number,
        Value::Text => ValueWord::Text,
        Value::Date => ValueWord::Date,
        Value::YesOrNo => ValueWord::YesOrNo,
        Value::Choice(catalog) => ValueWord::Choice(
            words
                .catalogs
                .get(catalog)
                .map_or(String::new(), |catalog| catalog.label.clone()),
        ),
        Value::Reporter => ValueWord::Reporter,
        Value::File => ValueWord::File,
    }
}
