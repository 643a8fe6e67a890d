//! The rows of a consolidated form: per unit under their levels and kinds, or per written row, entry or list row; column groups repeated per unit.
//!
//! It does not know addresses of pages beyond the links of its figures, and adds nothing up. A unit without a report keeps its line or its columns, empty; a row that the
//! form does not have is shown by its key.

use crate::eval::cell::Cell;
use crate::eval::consolidate::{Figure, Group};
use crate::eval::display::display;
use crate::eval::evaluate::DataRow;
use crate::eval::list_groups::{GroupHeading, GroupedLine, PrintedList};
use crate::eval::naming::reason;
use crate::eval::ordinals;
use crate::organisation::UnitId;
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{ColumnIndex, Form, HeaderNode, Rows, Stub, WrittenRow};
use crate::service::view::{ConsolidatedUnit, ConsolidatedView, ReportAddress};
use crate::web::attached;
use crate::web::findings::{cell_id, column_words, entry_label};
use crate::web::grid::{INDENT, state_key, stub_text};
use crate::web::header_layout::{Leaf, LeafKind};
use crate::web::list_rows;
use crate::web::pages::collections::vietnamese_order;
use crate::web::pages::consolidated::{figure_href, group_code, group_label};
use crate::web::pages::report_path;
use crate::web::problem::percent_encoded;
use crate::web::texts::{Language, plain, worded};
use crate::web::words;
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of the table.
#[derive(Serialize)]
pub struct TotalRow {
    key: String,
    class: &'static str,
    cells: Vec<TotalCell>,
}

/// A cell of the table.
#[derive(Default, Serialize)]
struct TotalCell {
    kind: &'static str,
    span: usize,
    id: String,
    text: String,
    column: String,
    state: &'static str,
    classes: &'static str,
    path: String,
    label: String,
    href: Option<String>,
    reason: Option<String>,
}

/// What every row is made from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The figures.
    pub view: &'a ConsolidatedView,
    /// The form.
    pub form: &'a Form,
    /// What stands under the header.
    pub leaves: &'a [Leaf],
    /// The language of the page.
    pub language: Language,
}

/// The header with its column groups repeated for every unit and for all of them; none where the form repeats none.
pub fn repeated_header(view: &ConsolidatedView, form: &Form, total: &str) -> Option<Form> {
    let repeats = form.columns.iter().any(|column| column.per_unit);
    repeats.then(|| Form {
        header: repeated(view, form, total, &form.header),
        ..form.clone()
    })
}

fn repeated(
    view: &ConsolidatedView,
    form: &Form,
    total: &str,
    nodes: &[HeaderNode],
) -> Vec<HeaderNode> {
    let mut made = Vec::new();
    let mut block: Vec<HeaderNode> = Vec::new();
    let end = |block: &mut Vec<HeaderNode>, made: &mut Vec<HeaderNode>| {
        if block.is_empty() {
            return;
        }
        let names = view.units.iter().map(|unit| unit.name.as_str());
        let total = form.total_group.as_deref().unwrap_or(total);
        made.extend(names.chain([total]).map(|name| HeaderNode::Group {
            label: name.to_string(),
            children: block.clone(),
        }));
        block.clear();
    };
    for node in nodes {
        if is_per_unit(form, node) {
            block.push(node.clone());
            continue;
        }
        end(&mut block, &mut made);
        made.push(match node {
            HeaderNode::Group { label, children } => HeaderNode::Group {
                label: label.clone(),
                children: repeated(view, form, total, children),
            },
            other => other.clone(),
        });
    }
    end(&mut block, &mut made);
    made
}

fn is_per_unit(form: &Form, node: &HeaderNode) -> bool {
    match node {
        HeaderNode::Group { children, .. } => {
            !children.is_empty() && children.iter().all(|child| is_per_unit(form, child))
        }
        HeaderNode::Column(column) => form.column(*column).is_some_and(|column| column.per_unit),
        HeaderNode::Stub { .. } => false,
    }
}

/// The overall total, then each level and kind with its units.
pub fn rows_by_unit(sheet: Sheet<'_>) -> Vec<TotalRow> {
    let view = sheet.view;
    let row = if sheet.form.has_rows() {
        Row::Total
    } else {
        Row::Own
    };
    let order = vietnamese_order();
    let mut rows = Vec::new();
    let groups = &view.consolidation.groups;
    for group in groups {
        let label = group_label(sheet.language, &view.plan, group);
        let class = if *group == Group::Overall {
            "total"
        } else {
            "group-row"
        };
        rows.push(figure_row(
            sheet,
            group,
            &row,
            label_with_coverage(sheet, group, label),
            class,
            String::new(),
        ));
        // Units stand below their kind, or below their level when it has no kinds.
        let mut units: Vec<&ConsolidatedUnit> = view
            .units
            .iter()
            .filter(|unit| stands_below(unit, group, groups))
            .collect();
        units.sort_by(|left, right| match &order {
            Some(order) => order.compare(&left.name, &right.name),
            None => left.name.cmp(&right.name),
        });
        rows.extend(
            units
                .into_iter()
                .enumerate()
                .map(|(position, unit)| unit_row(sheet, unit, position + 1)),
        );
    }
    rows
}

fn stands_below(unit: &ConsolidatedUnit, group: &Group, groups: &[Group]) -> bool {
    let kind = Group::Item {
        level: unit.level.clone(),
        item: unit.item.clone(),
    };
    match group {
        Group::Overall => false,
        Group::Item { .. } => *group == kind,
        Group::Registered { attribute, entry } => {
            unit.attributes.get(attribute).map_or("", String::as_str) == entry
        }
        Group::Level(level) => *level == unit.level && !groups.contains(&kind),
    }
}

fn label_with_coverage(sheet: Sheet<'_>, group: &Group, label: String) -> String {
    match sheet.view.consolidation.coverage.get(group) {
        Some(coverage) => format!("{label} ({}/{})", coverage.received, coverage.due),
        None => label,
    }
}

/// One row per written row, entry of the catalogue or row of a list over all units, then the total row.
pub fn rows_by_entry(sheet: Sheet<'_>) -> Vec<TotalRow> {
    let Sheet { view, form, .. } = sheet;
    let definition = &view.plan.form_definition;
    let in_tree = ordinals::in_tree(definition, form, &view.consolidation.rows);
    let mut rows = Vec::new();
    let mut ordinal = 0;
    let mut entry = |rows: &mut Vec<TotalRow>, row: &Row| {
        ordinal += 1;
        rows.push(entry_row(sheet, &in_tree, row, ordinal));
    };
    match &form.rows {
        Rows::Written(lines) => {
            for line in lines {
                match line {
                    WrittenRow::Heading { code, label, .. } => {
                        rows.push(heading_row(sheet, code.as_deref(), label));
                    }
                    WrittenRow::Row { key, .. } => {
                        let known = view.consolidation.rows.iter();
                        known
                            .filter(|row| row.key() == key)
                            .for_each(|row| entry(&mut rows, row));
                    }
                }
            }
        }
        _ => {
            let known = view.consolidation.rows.iter();
            let known: Vec<&Row> = known.filter(|row| **row != Row::Total).collect();
            let list = PrintedList {
                definition,
                index: view.form,
                form,
                cell: &|row, column| {
                    let figure = view.consolidation.figure(&Group::Overall, row, column);
                    figure.map(|figure| &figure.cell)
                },
            };
            for line in list.lines(&known) {
                match line {
                    GroupedLine::Heading(heading) => rows.push(group_row(sheet, &heading)),
                    GroupedLine::Row(row) => entry(&mut rows, row),
                }
            }
        }
    }
    if view.consolidation.rows.contains(&Row::Total) {
        let label = form
            .total_row
            .clone()
            .unwrap_or_else(|| plain(sheet.language, "row-total"));
        rows.push(figure_row(
            sheet,
            &Group::Overall,
            &Row::Total,
            label,
            "total",
            String::new(),
        ));
    }
    rows
}

fn entry_row(sheet: Sheet<'_>, in_tree: &[DataRow], row: &Row, position: usize) -> TotalRow {
    let Sheet { view, form, .. } = sheet;
    let definition = &view.plan.form_definition;
    let label = match (form.listed(), row.key().split_once(':')) {
        // The rows of a common list are told apart by the unit that reported them.
        (Some(_), Some((unit, _))) => {
            let name = view.names.get(&UnitId::from(unit));
            name.cloned().unwrap_or_else(|| unit.to_string())
        }
        _ => entry_label(definition, form, row.key()),
    };
    let indent = INDENT.repeat(ordinals::nesting(form, in_tree, row));
    let ordinal = ordinals::ordinal(definition, form, in_tree, row);
    figure_row(
        sheet,
        &Group::Overall,
        row,
        format!("{indent}{label}"),
        "",
        ordinal.unwrap_or_else(|| position.to_string()),
    )
}

/// A heading among written rows: its number where numbers are printed, its label over the rest.
fn heading_row(sheet: Sheet<'_>, code: Option<&str>, label: &str) -> TotalRow {
    let before = sheet
        .leaves
        .iter()
        .take_while(|leaf| leaf.shows != LeafKind::Stub(Stub::Label));
    let mut cells: Vec<TotalCell> = before
        .map(|leaf| TotalCell {
            kind: "stub",
            text: match leaf.shows {
                LeafKind::Stub(Stub::Code) => code.unwrap_or_default().to_string(),
                _ => String::new(),
            },
            ..TotalCell::default()
        })
        .collect();
    let rest = sheet.leaves.len().saturating_sub(cells.len());
    cells.push(TotalCell {
        kind: "heading",
        text: label.to_string(),
        span: rest.max(1),
        ..TotalCell::default()
    });
    TotalRow {
        key: String::new(),
        class: "group-row",
        cells,
    }
}

/// The heading of a group of list rows, with the sums of its rows.
fn group_row(sheet: Sheet<'_>, heading: &GroupHeading) -> TotalRow {
    let label = list_rows::group_label(sheet.language, sheet.form, heading);
    let cell = |leaf: &Leaf| match leaf.shows {
        LeafKind::Stub(stub) => stub_cell(stub, &label, ""),
        LeafKind::Column(column) => {
            let sum = heading.sums.get(&column).zip(sheet.form.column(column));
            TotalCell {
                kind: "subtotal",
                text: sum
                    .map(|(sum, column)| display(sum, &column.cell))
                    .unwrap_or_default(),
                path: leaf.path.clone(),
                ..TotalCell::default()
            }
        }
    };
    TotalRow {
        key: String::new(),
        class: "group-row",
        cells: sheet.leaves.iter().map(cell).collect(),
    }
}

fn stub_cell(stub: Stub, label: &str, ordinal: &str) -> TotalCell {
    match stub {
        Stub::Label => TotalCell {
            kind: "heading",
            text: label.to_string(),
            ..TotalCell::default()
        },
        Stub::Ordinal => TotalCell {
            kind: "stub",
            text: ordinal.to_string(),
            ..TotalCell::default()
        },
        _ => TotalCell {
            kind: "stub",
            ..TotalCell::default()
        },
    }
}

fn figure_row(
    sheet: Sheet<'_>,
    group: &Group,
    row: &Row,
    label: String,
    class: &'static str,
    ordinal: String,
) -> TotalRow {
    let by_entry = matches!(row, Row::Entry(_)) || class == "total" && sheet.form.has_rows();
    let key = if *group == Group::Overall {
        row.key().to_string()
    } else {
        group_code(group)
    };
    let mut seen: BTreeMap<ColumnIndex, usize> = BTreeMap::new();
    let cell = |leaf: &Leaf| match leaf.shows {
        LeafKind::Stub(stub @ (Stub::Code | Stub::Measure)) => TotalCell {
            kind: "stub",
            text: stub_text(&sheet.view.plan.form_definition, sheet.form, stub, row, 0),
            ..TotalCell::default()
        },
        LeafKind::Stub(stub) => stub_cell(stub, &label, &ordinal),
        LeafKind::Column(column) => {
            // A repeated column stands once for each unit, then for all of them.
            let place = seen.entry(column).or_default();
            let repeats = sheet
                .form
                .column(column)
                .is_some_and(|found| found.per_unit);
            let unit = sheet.view.units.get(*place).filter(|_| repeats && by_entry);
            *place += 1;
            if let Some(unit) = unit {
                let path = unit_path(sheet, unit);
                return unit_cell(sheet, leaf, unit, row, column, &path).unwrap_or_default();
            }
            let figure = sheet.view.consolidation.figure(group, row, column);
            figure_cell(
                sheet,
                leaf,
                group,
                row,
                column,
                figure,
                label.trim_start(),
                &key,
            )
            .unwrap_or_default()
        }
    };
    TotalRow {
        cells: sheet.leaves.iter().map(cell).collect(),
        class,
        key,
    }
}

#[allow(
    clippy::too_many_arguments,
    reason = "one cell is the crossing of all of these, and a struct of them would be made once per cell"
)]
fn figure_cell(
    sheet: Sheet<'_>,
    leaf: &Leaf,
    group: &Group,
    row: &Row,
    index: ColumnIndex,
    figure: Option<&Figure>,
    label: &str,
    key: &str,
) -> Option<TotalCell> {
    let column = sheet.form.column(index)?;
    let column_key = column.key(index);
    let summary = &sheet.view.summary;
    let partial = figure.and_then(Figure::rests_on).map(|basis| {
        let arguments = [
            ("answered", i64::from(basis.answered).into()),
            ("due", i64::from(basis.due).into()),
        ];
        // Where every unit answered, parts of the year are missing.
        let whole = figure.is_some_and(|figure| figure.answered == figure.due);
        let key = if whole {
            "partial-of-parts"
        } else {
            "partial-of"
        };
        worded(sheet.language, key, &arguments)
    });
    let blank = figure.and_then(|figure| match &figure.cell {
        Cell::Blank(why) => Some(words::pick(sheet.language, reason(&sheet.view.plan, why))),
        _ => None,
    });
    let words_of = column_words(sheet.language, column);
    Some(TotalCell {
        kind: "figure",
        span: 0,
        id: format!("o-{key}-{column_key}"),
        text: figure
            .map(|figure| {
                let cell = sheet.form.cell(row.key(), index).unwrap_or(&column.cell);
                display(&figure.cell, cell)
            })
            .unwrap_or_default(),
        state: figure.map_or("blank", |figure| state_key(&figure.cell)),
        classes: if partial.is_some() { " incomplete" } else { "" },
        path: leaf.path.clone(),
        label: worded(
            sheet.language,
            "cell-label",
            &[("row", label.into()), ("column", words_of.into())],
        ),
        href: Some(figure_href(
            &summary.regime,
            &summary.period,
            &sheet.form.name,
            &column_key,
            (group, &sheet.view.looking),
            row,
        )),
        reason: blank.or(partial),
        column: column_key,
    })
}

/// One unit's line; its figures lead to the cells of its report, its files to themselves.
fn unit_row(sheet: Sheet<'_>, unit: &ConsolidatedUnit, ordinal: usize) -> TotalRow {
    let path = unit_path(sheet, unit);
    let row = if sheet.form.has_rows() {
        Row::Total
    } else {
        Row::Own
    };
    let label = match &unit.report {
        Some(_) => unit.name.clone(),
        None => format!("{} ({})", unit.name, plain(sheet.language, "not-sent")),
    };
    let cell = |leaf: &Leaf| match leaf.shows {
        LeafKind::Stub(stub) => stub_cell(stub, &label, &ordinal.to_string()),
        LeafKind::Column(index) => {
            unit_cell(sheet, leaf, unit, &row, index, &path).unwrap_or_default()
        }
    };
    TotalRow {
        key: unit.unit.to_string(),
        class: "",
        cells: sheet.leaves.iter().map(cell).collect(),
    }
}

fn unit_path(sheet: Sheet<'_>, unit: &ConsolidatedUnit) -> String {
    let summary = &sheet.view.summary;
    report_path(&ReportAddress {
        regime: summary.regime.clone(),
        period: summary.period,
        unit: unit.unit.clone(),
    })
}

fn unit_cell(
    sheet: Sheet<'_>,
    leaf: &Leaf,
    unit: &ConsolidatedUnit,
    row: &Row,
    index: ColumnIndex,
    path: &str,
) -> Option<TotalCell> {
    let column = sheet.form.column(index)?;
    let column_key = column.key(index);
    let at = CellAddress {
        form: sheet.view.form,
        row: row.clone(),
        column: index,
    };
    let value = unit
        .report
        .as_ref()
        .and_then(|report| report.cells.get(&at));
    let href = format!(
        "{path}?form={}#{}",
        percent_encoded(&sheet.form.name),
        cell_id(sheet.form, &at)?
    );
    let words_of = column_words(sheet.language, column);
    // Where columns are repeated, the unit stands in the header and the row has a name of its own.
    let definition = &sheet.view.plan.form_definition;
    let (of_row, of_column) = match row {
        Row::Entry(name) => (entry_label(definition, sheet.form, name), leaf.path.clone()),
        Row::Own | Row::Total => (unit.name.clone(), words_of),
    };
    Some(TotalCell {
        kind: "figure",
        id: match row {
            Row::Entry(name) => format!("o-{name}-{column_key}-{}", unit.unit),
            Row::Own | Row::Total => format!("o-{}-{column_key}", unit.unit),
        },
        text: value
            .map(|value| {
                display(
                    value,
                    sheet.form.cell(row.key(), index).unwrap_or(&column.cell),
                )
            })
            .unwrap_or_default(),
        state: value.map_or("blank", state_key),
        path: leaf.path.clone(),
        label: worded(
            sheet.language,
            "cell-label",
            &[("row", of_row.into()), ("column", of_column.into())],
        ),
        href: value
            .and_then(|value| attached::href(path, value))
            .or(unit.report.is_some().then_some(href)),
        column: column_key,
        ..TotalCell::default()
    })
}
