//! Forms: rows, the printed header, columns with their types and sources, the printed formula row, the order of computing.
//!
//! Measures and catalogues are copied only as far as the forms use them, and numbered anew. It does not know rules. Broken input does not reach it.

use super::expression::Arena;
use crate::analysis::model::{self, Column as Figure, HeaderNode as Node, Regime, Words};
use crate::analysis::natures::Nature as Inferred;
use crate::analysis::printed;
use crate::plan::form::{
    Catalog, CatalogEntry, CatalogIndex, Column, ColumnIndex, ConsolidatedRows, Form,
    FormDefinition, FormIndex, HeaderNode, Measure, Nature, Rows, Source, Stub, ValueType,
};
use std::collections::{BTreeMap, BTreeSet};

/// All forms of a regime.
pub(super) fn definition(words: &Words, regime: &Regime, arena: &mut Arena<'_>) -> FormDefinition {
    let measures = used(
        regime
            .forms
            .iter()
            .flat_map(|form| &form.columns)
            .filter_map(|column| column.measure),
    );
    let catalogs = used(regime.forms.iter().filter_map(|form| match form.rows {
        model::Rows::ChosenFrom(catalog) | model::Rows::From(catalog) => Some(catalog),
        model::Rows::EachReportingUnit | model::Rows::Unknown => None,
    }));
    FormDefinition {
        measures: in_order(&measures)
            .filter_map(|position| words.measures.get(position))
            .map(|measure| Measure {
                name: measure.name.clone(),
                label: measure.label.clone(),
            })
            .collect(),
        catalogs: in_order(&catalogs)
            .filter_map(|position| words.catalogs.get(position))
            .map(catalog)
            .collect(),
        forms: regime
            .forms
            .iter()
            .map(|found| form(found, &measures, &catalogs, arena))
            .collect(),
    }
}

/// Computed and carried columns, each after all it reads in the same report.
pub(super) fn order(regime: &Regime) -> Vec<(FormIndex, ColumnIndex)> {
    regime
        .evaluation_order
        .iter()
        .map(|(form, column)| (FormIndex(*form as u32), ColumnIndex(*column as u32)))
        .collect()
}

/// Old position → new position of what is used, in the order of the words.
fn used(positions: impl Iterator<Item = usize>) -> BTreeMap<usize, u32> {
    let used: BTreeSet<usize> = positions.collect();
    used.into_iter().zip(0..).collect()
}

fn in_order(used: &BTreeMap<usize, u32>) -> impl Iterator<Item = usize> {
    used.keys().copied()
}

fn form(
    found: &model::Form,
    measures: &BTreeMap<usize, u32>,
    catalogs: &BTreeMap<usize, u32>,
    arena: &mut Arena<'_>,
) -> Form {
    let catalog =
        |position: usize| CatalogIndex(catalogs.get(&position).copied().unwrap_or_default());
    Form {
        name: found.name.clone(),
        sign: found.sign.clone(),
        title: found.title.clone(),
        rows: match found.rows {
            model::Rows::ChosenFrom(position) => Rows::ChosenFrom(catalog(position)),
            model::Rows::From(position) => Rows::From(catalog(position)),
            model::Rows::EachReportingUnit | model::Rows::Unknown => Rows::EachReportingUnit,
        },
        consolidated: found
            .consolidated
            .map(|grouped_by_level| ConsolidatedRows { grouped_by_level }),
        total_row: found.total_row.clone(),
        header: found.header.iter().map(node).collect(),
        columns: found
            .columns
            .iter()
            .map(|column| figure(found, column, measures, arena))
            .collect(),
    }
}

fn figure(
    form: &model::Form,
    column: &Figure,
    measures: &BTreeMap<usize, u32>,
    arena: &mut Arena<'_>,
) -> Column {
    let first = column.chain.first();
    let source = match (column.source, first) {
        (model::Source::Computed, Some(side)) => {
            Source::Computed(arena.for_column(&side.term, column))
        }
        (model::Source::Carried, Some(side)) => {
            Source::Carried(arena.for_column(&side.term, column))
        }
        (model::Source::Entered, _) | (_, None) => Source::Entered,
    };
    Column {
        code: column.code.clone(),
        name: column.name.clone(),
        label: column.label.clone(),
        value: match column.value {
            model::ValueType::Number {
                decimals,
                negative,
                percent,
            } => ValueType::Number {
                decimals,
                negative,
                percent,
            },
            model::ValueType::Text | model::ValueType::Unknown => ValueType::Text,
        },
        measure: column
            .measure
            .and_then(|position| measures.get(&position))
            .copied(),
        nature: nature(column.nature),
        required: column.required && source == Source::Entered,
        formula_row: printed::formula_row(form, column),
        source,
    }
}

fn nature(nature: Inferred) -> Nature {
    match nature {
        Inferred::Flow | Inferred::Constant => Nature::Flow,
        Inferred::Stock => Nature::Stock,
        Inferred::Opening => Nature::Opening,
        Inferred::NotOverTime => Nature::NotOverTime,
        Inferred::Ratio => Nature::Ratio,
        Inferred::Mixed | Inferred::TwoInstants => Nature::Mixed,
        Inferred::None | Inferred::Unknown => Nature::None,
    }
}

fn node(node: &Node) -> HeaderNode {
    match node {
        Node::Group { label, children } => HeaderNode::Group {
            label: label.clone(),
            children: children.iter().map(self::node).collect(),
        },
        Node::Stub { code, label, shows } => HeaderNode::Stub {
            code: code.clone(),
            label: label.clone(),
            shows: match shows {
                model::Stub::Ordinal => Stub::Ordinal,
                model::Stub::Label => Stub::Label,
                model::Stub::Measure => Stub::Measure,
                model::Stub::Code => Stub::Code,
            },
        },
        Node::Column(position) => HeaderNode::Column(ColumnIndex(*position as u32)),
    }
}

fn catalog(catalog: &model::Catalog) -> Catalog {
    Catalog {
        name: catalog.name.clone(),
        label: catalog.label.clone(),
        entries: catalog
            .entries
            .iter()
            .map(|entry| CatalogEntry {
                name: entry.name.clone(),
                label: entry.label.clone(),
                parent: entry.parent.map(|position| position as u32),
                from: entry.from,
                until: entry.until,
            })
            .collect(),
    }
}
