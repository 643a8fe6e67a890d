//! What a cell is: the model's definition with positions renumbered and expressions placed in the arena.
//!
//! It does not know rows or forms; a nature the model could not tell does not reach it.

use super::expression::Arena;
use super::form::Numbering;
use crate::analysis::model;
use crate::analysis::natures::Nature as Inferred;
use crate::plan::applicability::Applicability;
use crate::plan::cell::{
    CellDefinition, Extent, FilledBy, Modality, Nature, Source, ValueType, Vintage,
};
use crate::plan::form::CatalogIndex;

/// The definition of a cell.
pub(super) fn cell(
    found: &model::cell::CellDefinition,
    numbering: &Numbering,
    arena: &mut Arena<'_>,
) -> CellDefinition {
    let source = match (found.source, found.chain.first()) {
        (model::cell::Source::Computed, Some(side)) => {
            Source::Computed(arena.for_cell(&side.term, found))
        }
        (model::cell::Source::Carried, Some(side)) => {
            Source::Carried(arena.for_cell(&side.term, found))
        }
        (model::cell::Source::Closed, _) => Source::Closed,
        (model::cell::Source::Entered, _) | (_, None) => Source::Entered,
    };
    CellDefinition {
        value: value(found.value, numbering),
        measure: found
            .measure
            .and_then(|position| numbering.measures.get(&position))
            .copied(),
        nature: nature(found, arena),
        extent: extent(found.extent),
        modality: modality(found.modality, numbering),
        required: found.required && source == Source::Entered,
        source,
        required_when: found.required_when.as_ref().map(|term| arena.term(term)),
        closed_when: found.closed_when.as_ref().map(|term| arena.term(term)),
        filled_by: match &found.filled_by {
            model::cell::FilledBy::Reporters => FilledBy::Reporters,
            model::cell::FilledBy::Agencies(parties) => FilledBy::Agencies(parties.clone()),
            model::cell::FilledBy::Levels(parties) => FilledBy::Levels(parties.clone()),
            model::cell::FilledBy::Recipient => FilledBy::Recipient,
        },
        matching: found.matching.clone(),
        from_registry: found.from_registry,
        indicator: found
            .indicator
            .and_then(|position| numbering.indicators.get(&position))
            .copied(),
        by_parts: found
            .by_parts
            .as_ref()
            .map(|term| arena.for_cell(term, found)),
        revised_by: None,
        applicability: applicability(&found.applicability, arena),
    }
}

/// Where a part applies, its conditions placed in the arena.
pub(super) fn applicability(
    found: &model::cell::Applicability,
    arena: &mut Arena<'_>,
) -> Applicability {
    Applicability {
        only_in: found.only_in.clone(),
        only_for: found.only_for.clone(),
        only_when: found
            .only_when
            .iter()
            .map(|term| arena.term(term))
            .collect(),
    }
}

fn value(value: model::cell::ValueType, numbering: &Numbering) -> ValueType {
    match value {
        model::cell::ValueType::Number {
            decimals,
            negative,
            percent,
        } => ValueType::Number {
            decimals,
            negative,
            percent,
        },
        model::cell::ValueType::Text | model::cell::ValueType::Unknown => ValueType::Text,
        model::cell::ValueType::Date => ValueType::Date,
        model::cell::ValueType::YesOrNo => ValueType::YesOrNo,
        model::cell::ValueType::Choice(position) => ValueType::Choice(CatalogIndex(
            numbering
                .catalogs
                .get(&position)
                .copied()
                .unwrap_or_default(),
        )),
        model::cell::ValueType::Reporter => ValueType::Reporter,
        model::cell::ValueType::File => ValueType::File,
    }
}

fn nature(found: &model::cell::CellDefinition, arena: &mut Arena<'_>) -> Nature {
    match found.nature {
        Inferred::Flow | Inferred::Constant => Nature::Flow,
        Inferred::Stock => Nature::Stock,
        Inferred::Opening => Nature::Opening,
        Inferred::NotOverTime => Nature::NotOverTime,
        Inferred::Ratio => Nature::Ratio,
        Inferred::Mixed | Inferred::Distinct => Nature::Mixed,
        Inferred::PeriodAverage => Nature::PeriodAverage,
        Inferred::AverageBy => match &found.weight {
            Some(weight) => Nature::AverageBy(arena.term(weight)),
            None => Nature::Index,
        },
        Inferred::Index => Nature::Index,
        Inferred::Score => Nature::Score,
        Inferred::None | Inferred::Unknown => Nature::None,
    }
}

fn extent(extent: model::cell::Extent) -> Extent {
    match extent {
        model::cell::Extent::Current => Extent::Current,
        model::cell::Extent::Previous => Extent::Previous,
        model::cell::Extent::SinceYear => Extent::SinceYear,
        model::cell::Extent::SinceEvent => Extent::SinceEvent,
        model::cell::Extent::SinceStart => Extent::SinceStart,
        model::cell::Extent::SinceYearToPrevious => Extent::SinceYearToPrevious,
        model::cell::Extent::SinceEventToPrevious => Extent::SinceEventToPrevious,
        model::cell::Extent::SinceStartToPrevious => Extent::SinceStartToPrevious,
        model::cell::Extent::PlanYear => Extent::PlanYear,
    }
}

/// How sure a figure is.
pub(super) fn vintage(found: model::cell::Vintage) -> Vintage {
    match found {
        model::cell::Vintage::Estimate => Vintage::Estimate,
        model::cell::Vintage::Preliminary => Vintage::Preliminary,
        model::cell::Vintage::Final => Vintage::Final,
    }
}

fn modality(modality: model::cell::Modality, numbering: &Numbering) -> Modality {
    match modality {
        model::cell::Modality::Actual(vintage) => Modality::Actual(vintage.map(self::vintage)),
        model::cell::Modality::Plan(position) => Modality::Plan(
            numbering
                .targets
                .get(&position)
                .copied()
                .unwrap_or_default(),
        ),
        model::cell::Modality::Planned => Modality::Planned,
    }
}
