//! Forms: rows, the printed header, columns with their types and sources, the printed formula row, the order of computing.
//!
//! Measures and catalogues are copied only as far as the forms use them, and numbered anew. It does not know rules. Broken input does not reach it.

use super::cell;
use super::expression::Arena;
use super::header;
use super::vintages;
use crate::analysis::expression::{Term, TermKind};
use crate::analysis::model::{self, Regime, form::HeaderNode as Node, words::Words};
use crate::analysis::printed;
use crate::plan::address::RowScope;
use crate::plan::cell::CellDefinition;
use crate::plan::form::{
    Agreement, Catalog, CatalogEntry, CatalogIndex, CellException, Column, ColumnIndex,
    ConsolidatedRows, Form, FormDefinition, FormIndex, HeadField, HeaderNode, Indicator, Listed,
    Measure, Merging, Rows, Stub, Target, WrittenRow,
};
use crate::plan::form_time::FormVersion;
use crate::plan::validation::Computation;
use std::collections::{BTreeMap, BTreeSet};

/// New positions of the words that the forms use, by their old ones.
pub(super) struct Numbering {
    /// Units of measure.
    pub measures: BTreeMap<usize, u32>,
    /// Catalogues.
    pub catalogs: BTreeMap<usize, u32>,
    /// Indicators.
    pub indicators: BTreeMap<usize, u32>,
    /// Sets of plan values.
    pub targets: BTreeMap<usize, u32>,
}

impl Numbering {
    /// The words a regime uses.
    pub fn of(words: &Words, regime: &Regime) -> Numbering {
        let cells = || regime.forms.iter().flat_map(model::form::Form::definitions);
        let printed = regime.forms.iter().flat_map(|form| &form.written);
        let rows = regime.forms.iter().filter_map(|form| match form.rows {
            model::form::Rows::ChosenFrom(catalog) | model::form::Rows::From(catalog) => {
                Some(catalog)
            }
            _ => None,
        });
        let choices = cells().filter_map(|cell| match cell.value {
            model::cell::ValueType::Choice(catalog) => Some(catalog),
            _ => None,
        });
        let targets = cells().filter_map(|cell| match cell.modality {
            model::cell::Modality::Plan(target) => Some(target),
            _ => None,
        });
        let mut plans: Vec<(usize, usize)> = Vec::new();
        let mut recorded: BTreeSet<&str> = BTreeSet::new();
        for_each_term(regime, &mut |term| match &term.kind {
            TermKind::Plan { indicator, target } => plans.push((*indicator, *target)),
            TermKind::Registry { attribute, .. } => {
                recorded.insert(attribute.as_str());
            }
            _ => {}
        });
        // Attributes of units are told by the labels of their catalogue.
        let catalogs = words.catalogs.iter().enumerate();
        let recorded = catalogs
            .filter(|(_, catalog)| recorded.contains(catalog.name.as_str()))
            .map(|(position, _)| position);
        Numbering {
            measures: used(
                cells()
                    .filter_map(|cell| cell.measure)
                    .chain(printed.filter_map(|row| row.measure)),
            ),
            catalogs: used(
                rows.chain(choices)
                    .chain(regime.forms.iter().filter_map(|form| form.units_by))
                    .chain(recorded),
            ),
            indicators: used(
                cells()
                    .filter_map(|cell| cell.indicator)
                    .chain(plans.iter().map(|(indicator, _)| *indicator)),
            ),
            targets: used(targets.chain(plans.iter().map(|(_, target)| *target))),
        }
    }
}

/// Calls `visit` for every term of a regime and everything inside it.
fn for_each_term<'r>(regime: &'r Regime, visit: &mut dyn FnMut(&'r Term)) {
    fn deep<'t>(term: &'t Term, visit: &mut dyn FnMut(&'t Term)) {
        visit(term);
        term.for_each_child(&mut |child| deep(child, visit));
    }
    for form in &regime.forms {
        for cell in form.definitions() {
            let bounds = cell.range.iter().flat_map(|bounds| [&bounds.0, &bounds.1]);
            let sides = cell.chain.iter().chain(&cell.within).chain(bounds);
            sides.for_each(|side| deep(&side.term, visit));
            let conditions = [&cell.closed_when, &cell.required_when].into_iter();
            let conditions = conditions.filter_map(|term| term.as_deref());
            conditions
                .chain(&cell.applicability.only_when)
                .chain(cell.weight.as_deref())
                .for_each(|term| deep(term, visit));
        }
    }
    for rule in &regime.rules {
        match &rule.kind {
            model::RuleKind::Balance(sides) => {
                sides.iter().for_each(|side| deep(&side.term, visit));
            }
            model::RuleKind::Condition(term) => deep(term, visit),
            model::RuleKind::Bounds(lesser, greater) => {
                deep(&lesser.term, visit);
                deep(&greater.term, visit);
            }
        }
        rule.conditions.iter().for_each(|term| deep(term, visit));
        for part in rule.message.iter().flatten() {
            if let Some(term) = part.term() {
                deep(term, visit);
            }
        }
    }
}

/// All forms of a regime.
pub(super) fn definition(
    words: &Words,
    regime: &Regime,
    numbering: &Numbering,
    arena: &mut Arena<'_>,
) -> FormDefinition {
    FormDefinition {
        measures: in_order(&numbering.measures)
            .filter_map(|position| words.measures.get(position))
            .map(|measure| Measure {
                name: measure.name.clone(),
                label: measure.label.clone(),
            })
            .collect(),
        catalogs: in_order(&numbering.catalogs)
            .filter_map(|position| words.catalogs.get(position))
            .map(catalog)
            .collect(),
        indicators: in_order(&numbering.indicators)
            .filter_map(|position| words.indicators.get(position))
            .map(|indicator| Indicator {
                name: indicator.name.clone(),
                label: indicator.label.clone(),
                code: indicator.code.clone(),
                definition: indicator.definition.clone(),
            })
            .collect(),
        targets: in_order(&numbering.targets)
            .filter_map(|position| words.targets.get(position))
            .map(|target| Target {
                name: target.name.clone(),
                label: target.label.clone(),
                table: target.table.clone(),
                adds_up: target.adds_up,
            })
            .collect(),
        forms: regime
            .forms
            .iter()
            .enumerate()
            .map(|found| form(found, numbering, arena))
            .collect(),
    }
}

/// Computed and carried columns, each after all it reads in the same report.
pub(super) fn order(regime: &Regime) -> Vec<Computation> {
    regime
        .evaluation_order
        .iter()
        .map(|computation| Computation {
            form: FormIndex(computation.form as u32),
            rows: scope(regime.forms.get(computation.form), computation.row),
            column: ColumnIndex(computation.column as u32),
        })
        .collect()
}

/// The rows a position among written rows stands for.
pub(super) fn scope(form: Option<&model::form::Form>, row: Option<usize>) -> RowScope {
    let named = row.and_then(|position| form?.row_key(position));
    named.map_or(RowScope::Every, RowScope::One)
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
    (position, found): (usize, &model::form::Form),
    numbering: &Numbering,
    arena: &mut Arena<'_>,
) -> Form {
    let previous = vintages::previous(found);
    let catalog = |position: usize| {
        CatalogIndex(
            numbering
                .catalogs
                .get(&position)
                .copied()
                .unwrap_or_default(),
        )
    };
    Form {
        name: found.name.clone(),
        sign: found.sign.clone(),
        title: found.title.clone(),
        list: found.list,
        applicability: cell::applicability(&found.applicability, arena),
        version: found.version.map(|version| FormVersion {
            number: version.number,
            from: version.from,
            until: version.until,
        }),
        time: header::form_time(&found.time),
        rows: match found.rows {
            model::form::Rows::ChosenFrom(position) => Rows::ChosenFrom(catalog(position)),
            model::form::Rows::From(position) => Rows::From(catalog(position)),
            model::form::Rows::Written => Rows::Written(written(found, numbering, arena)),
            model::form::Rows::Listed => Rows::Listed(listed(found)),
            model::form::Rows::EachReportingUnit | model::form::Rows::Unknown => {
                Rows::EachReportingUnit
            }
        },
        consolidated: found.consolidated.map(|grouped_by_level| ConsolidatedRows {
            grouped_by_level,
            by_attribute: found.units_by.map(catalog),
        }),
        grouped_by: found.grouped_by.map(|(form, column)| HeadField {
            form: FormIndex(form as u32),
            column: ColumnIndex(column as u32),
        }),
        total_row: found.total_row.clone(),
        total_group: found.total_group.clone(),
        header: found.header.iter().map(node).collect(),
        columns: found
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| Column {
                code: column.code.clone(),
                name: column.name.clone(),
                label: column.label.clone(),
                head: column.head,
                cell: CellDefinition {
                    revised_by: vintages::revising((position, found), &previous, None, place),
                    ..cell::cell(&column.cell, numbering, arena)
                },
                per_unit: column.per_unit,
                formula_row: printed::formula_row(found, column),
            })
            .collect(),
        exceptions: exceptions((position, found), numbering, arena),
    }
}

fn written(
    found: &model::form::Form,
    numbering: &Numbering,
    arena: &mut Arena<'_>,
) -> Vec<WrittenRow> {
    let lines = found.written.iter().enumerate();
    lines
        .map(|(position, line)| {
            if line.heading {
                return WrittenRow::Heading {
                    code: line.code.clone(),
                    label: line.label.clone(),
                    depth: line.depth,
                };
            }
            WrittenRow::Row {
                key: line.key(position),
                code: line.code.clone(),
                name: line.name.clone(),
                label: line.label.clone(),
                depth: line.depth,
                parent: line
                    .parent
                    .and_then(|parent| Some(found.written.get(parent)?.key(parent))),
                measure: line
                    .measure
                    .and_then(|position| numbering.measures.get(&position))
                    .copied(),
                applicability: cell::applicability(&line.applicability, arena),
            }
        })
        .collect()
}

fn listed(found: &model::form::Form) -> Listed {
    let columns = |positions: &[usize]| -> Vec<ColumnIndex> {
        positions
            .iter()
            .map(|position| ColumnIndex(*position as u32))
            .collect()
    };
    let listed = found.listed.clone().unwrap_or_default();
    Listed {
        key: columns(&listed.key),
        merging: match listed.merging {
            model::form::Merging::PerUnit => Merging::PerUnit,
            model::form::Merging::Unique => Merging::Unique,
            model::form::Merging::Merged => Merging::Merged,
        },
        grouped_by: columns(&listed.grouped_by),
        agreements: found
            .columns
            .iter()
            .enumerate()
            .filter_map(|(position, column)| {
                Some(Agreement {
                    column: ColumnIndex(position as u32),
                    with: ColumnIndex(column.cell.same_for? as u32),
                })
            })
            .collect(),
    }
}

/// The cells that are not what their column says, sorted as the plan promises.
fn exceptions(
    (position, found): (usize, &model::form::Form),
    numbering: &Numbering,
    arena: &mut Arena<'_>,
) -> Vec<CellException> {
    let previous = vintages::previous(found);
    let mut exceptions: Vec<CellException> = found
        .cells
        .iter()
        .filter_map(|((row, column), own)| {
            Some(CellException {
                row: found.row_key(*row)?,
                column: ColumnIndex(*column as u32),
                cell: CellDefinition {
                    revised_by: vintages::revising(
                        (position, found),
                        &previous,
                        Some(*row),
                        *column,
                    ),
                    ..cell::cell(own, numbering, arena)
                },
            })
        })
        .collect();
    exceptions.sort_by(|one, other| (&one.row, one.column).cmp(&(&other.row, other.column)));
    exceptions
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
                model::form::Stub::Ordinal => Stub::Ordinal,
                model::form::Stub::Label => Stub::Label,
                model::form::Stub::Measure => Stub::Measure,
                model::form::Stub::Code => Stub::Code,
            },
        },
        Node::Column(position) => HeaderNode::Column(ColumnIndex(*position as u32)),
    }
}

fn catalog(catalog: &model::words::Catalog) -> Catalog {
    Catalog {
        name: catalog.name.clone(),
        numbered: catalog.numbered.clone(),
        label: catalog.label.clone(),
        code: catalog.code.clone(),
        entries: catalog
            .entries
            .iter()
            .map(|entry| CatalogEntry {
                name: entry.name.clone(),
                label: entry.label.clone(),
                code: entry.code.clone(),
                parent: entry.parent.map(|position| position as u32),
                from: entry.from,
                until: entry.until,
            })
            .collect(),
    }
}
