//! The consolidated form: totals overall, by level and kind of unit, and per unit, or per entry of the rows' catalogue; every figure is a link.
//!
//! A figure that does not rest on all units is marked and says how many it rests on; nothing incomplete looks complete. It adds nothing up itself.

use crate::eval::cell::Cell;
use crate::eval::consolidate::{Figure, Group};
use crate::eval::display::display;
use crate::eval::naming::reason;
use crate::organisation::UnitId;
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{ColumnIndex, Form, Rows, Stub};
use crate::plan::header::RegimeHeader;
use crate::service::view::{ConsolidatedUnit, ConsolidatedView, ReportAddress};
use crate::web::chrome::{Area, Chrome, Crumb, Link, chrome};
use crate::web::findings::{cell_id, column_words, entry_label};
use crate::web::grid::{state_key, stub_text};
use crate::web::header_layout::{HeaderLayout, Leaf, LeafKind, layout};
use crate::web::office::Office;
use crate::web::pages::collections::{CoverageView, coverage, vietnamese_order};
use crate::web::pages::{collection_path, page, period_of, report_path};
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct ConsolidatedPage {
    chrome: Chrome,
    sign: String,
    heading: String,
    basis: String,
    period: String,
    measure: Option<String>,
    coverage: CoverageView,
    views: Vec<Link>,
    header: HeaderLayout,
    rows: Vec<TotalRow>,
}

#[derive(Serialize)]
struct TotalRow {
    key: String,
    class: &'static str,
    cells: Vec<TotalCell>,
}

#[derive(Default, Serialize)]
struct TotalCell {
    kind: &'static str,
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

/// The group of an address: empty for all units, a level, or a level and a kind (`xa/phuong`).
pub fn group_of(text: &str) -> Group {
    match text.split_once('/') {
        _ if text.is_empty() => Group::Overall,
        Some((level, item)) => Group::Item {
            level: level.to_string(),
            item: item.to_string(),
        },
        None => Group::Level(text.to_string()),
    }
}

/// The group as [`group_of`] reads it.
pub fn group_code(group: &Group) -> String {
    match group {
        Group::Overall => String::new(),
        Group::Level(level) => level.clone(),
        Group::Item { level, item } => format!("{level}/{item}"),
    }
}

/// The group in words: the label of the level or kind.
pub fn group_label(language: Language, header: &RegimeHeader, group: &Group) -> String {
    let level_of = |name: &str| header.levels.iter().find(|level| level.name == name);
    match group {
        Group::Overall => plain(language, "row-total"),
        Group::Level(name) => {
            level_of(name).map_or_else(|| name.clone(), |level| level.label.clone())
        }
        Group::Item { level, item } => {
            // A level without kinds of its own is told by its own label.
            let level = level_of(level);
            let label = level
                .and_then(|level| level.items.iter().find(|(name, _)| name == item))
                .map(|(_, label)| label.as_str())
                .or(level.map(|level| level.label.as_str()))
                .unwrap_or(item);
            capitalised(label)
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The address of a consolidated figure's page.
pub fn figure_href(
    regime: &str,
    period: &crate::calendar::Period,
    form: &str,
    column: &str,
    group: &Group,
    row: &Row,
) -> String {
    format!(
        "/so-lieu/{}/{}/{}/{}?nhom={}&dong={}",
        percent_encoded(regime),
        words::period_code(period),
        percent_encoded(form),
        percent_encoded(column),
        percent_encoded(&group_code(group)),
        percent_encoded(row.key())
    )
}

/// What every row is made from.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    view: &'a ConsolidatedView,
    form: &'a Form,
    leaves: &'a [Leaf],
    language: Language,
}

/// `GET /tong-hop/{regime}/{period}/{form}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period, form)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let period = period_of(&period)?;
    let (actor, now) = (person.actor.clone(), office.now());
    let view = office
        .run(move |service| service.consolidated(&actor, &regime, &period, &form, now))
        .await?;
    let language = person.language();
    let definition = &view.plan.form_definition;
    let form = definition.form(view.form).ok_or(Problem::NotFound)?;
    let header = layout(form, &plain(language, "col-unit"));
    let catalog = match form.rows {
        Rows::ChosenFrom(catalog) | Rows::From(catalog) => definition.catalog(catalog),
        Rows::EachReportingUnit | Rows::Written(_) | Rows::Listed(_) => None,
    };
    // Written rows may be of many measures and have no sum per unit.
    let written = matches!(form.rows, Rows::Written(_));
    let by_entry = written
        || catalog.is_some_and(|catalog| {
            query_value(&person.visitor.query, "theo").as_deref() == Some(&catalog.name)
        });
    let sheet = Sheet {
        view: &view,
        form,
        leaves: &header.leaves,
        language,
    };
    let rows = if by_entry {
        rows_by_entry(sheet)
    } else {
        rows_by_unit(sheet)
    };
    let path = format!(
        "{}/{}",
        collection_path(&view.summary.regime, &period),
        percent_encoded(&form.name)
    );
    let by_unit = (!written).then(|| Link {
        href: format!("{path}?theo=don_vi"),
        label: plain(language, "rows-by-unit"),
        current: !by_entry,
    });
    let mut views: Vec<Link> = by_unit.into_iter().collect();
    views.extend(catalog.map(|catalog| Link {
        href: format!("{path}?theo={}", percent_encoded(&catalog.name)),
        label: worded(
            language,
            "rows-by-catalog",
            &[("catalog", catalog.label.to_lowercase().into())],
        ),
        current: by_entry,
    }));
    let period_words = words::period_name(language, &period);
    let crumbs = vec![
        Crumb::to("/tong-hop", plain(language, "nav-collections")),
        Crumb::to(
            collection_path(&view.summary.regime, &period),
            format!("{} · {period_words}", view.summary.regime_title),
        ),
        Crumb::here(form.sign.clone()),
    ];
    let page_view = ConsolidatedPage {
        chrome: chrome(&office, &person.visitor, Area::Collections, crumbs).wide(),
        sign: form.sign.clone(),
        heading: form.title.clone(),
        basis: view.plan.header.basis.first().cloned().unwrap_or_default(),
        period: period_words,
        measure: None,
        coverage: coverage_view(language, &view),
        views,
        rows,
        header,
    };
    page("consolidated.html", &page_view)
}

fn coverage_view(language: Language, view: &ConsolidatedView) -> CoverageView {
    let coverages = &view.consolidation.coverage;
    let overall = coverages.get(&Group::Overall).cloned().unwrap_or_default();
    let name = |unit: &UnitId| {
        view.names
            .get(unit)
            .cloned()
            .unwrap_or_else(|| unit.to_string())
    };
    // A level that is divided into kinds is told by its kinds.
    let groups = &view.consolidation.groups;
    let is_divided = |group: &Group| {
        groups.iter().any(|other| matches!((group, other), (Group::Level(of), Group::Item { level, .. }) if of == level))
    };
    let told = groups
        .iter()
        .filter(|group| **group != Group::Overall && !is_divided(group));
    let parts = told.filter_map(|group| {
        let coverage = coverages.get(group)?;
        let label = group_label(language, &view.plan.header, group).to_lowercase();
        Some((label, coverage.received as usize, coverage.due as usize))
    });
    let missing = overall.missing.iter().map(name).collect();
    coverage(
        language,
        overall.received as usize,
        overall.due as usize,
        parts.collect(),
        missing,
    )
}

/// The overall total, then each level and kind with its units.
fn rows_by_unit(sheet: Sheet<'_>) -> Vec<TotalRow> {
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
        let label = group_label(sheet.language, &view.plan.header, group);
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
            0,
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
        Group::Level(level) => *level == unit.level && !groups.contains(&kind),
    }
}

fn label_with_coverage(sheet: Sheet<'_>, group: &Group, label: String) -> String {
    match sheet.view.consolidation.coverage.get(group) {
        Some(coverage) => format!("{label} ({}/{})", coverage.received, coverage.due),
        None => label,
    }
}

/// One row per entry of the catalogue over all units, then the total row.
fn rows_by_entry(sheet: Sheet<'_>) -> Vec<TotalRow> {
    let rows = sheet.view.consolidation.rows.iter().enumerate();
    rows.map(|(position, row)| {
        let (label, class) = match row {
            Row::Entry(name) => (
                entry_label(&sheet.view.plan.form_definition, sheet.form, name),
                "",
            ),
            Row::Own | Row::Total => (
                sheet
                    .form
                    .total_row
                    .clone()
                    .unwrap_or_else(|| plain(sheet.language, "row-total")),
                "total",
            ),
        };
        figure_row(
            sheet,
            &Group::Overall,
            row,
            label,
            class,
            if class.is_empty() { position + 1 } else { 0 },
        )
    })
    .collect()
}

fn stub_cell(stub: Stub, label: &str, ordinal: usize) -> TotalCell {
    match stub {
        Stub::Label => TotalCell {
            kind: "heading",
            text: label.to_string(),
            ..TotalCell::default()
        },
        Stub::Ordinal if ordinal > 0 => TotalCell {
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
    ordinal: usize,
) -> TotalRow {
    let key = if *group == Group::Overall {
        row.key().to_string()
    } else {
        group_code(group)
    };
    let cell = |leaf: &Leaf| match leaf.shows {
        LeafKind::Stub(stub @ (Stub::Code | Stub::Measure)) => TotalCell {
            kind: "stub",
            text: stub_text(
                &sheet.view.plan.form_definition,
                sheet.form,
                stub,
                row,
                ordinal,
            ),
            ..TotalCell::default()
        },
        LeafKind::Stub(stub) => stub_cell(stub, &label, ordinal),
        LeafKind::Column(column) => {
            let figure = sheet.view.consolidation.figure(group, row, column);
            figure_cell(sheet, leaf, group, row, column, figure, &label, &key).unwrap_or_default()
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
    let partial = figure
        .filter(|figure| figure.answered < figure.due)
        .map(|figure| {
            let arguments = [
                ("answered", i64::from(figure.answered).into()),
                ("due", i64::from(figure.due).into()),
            ];
            worded(sheet.language, "partial-of", &arguments)
        });
    let blank = figure.and_then(|figure| match &figure.cell {
        Cell::Blank(why) => Some(words::pick(sheet.language, reason(&sheet.view.plan, why))),
        _ => None,
    });
    let words_of = column_words(sheet.language, column);
    Some(TotalCell {
        kind: "figure",
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
            group,
            row,
        )),
        reason: blank.or(partial),
        column: column_key,
    })
}

/// One unit's line; its figures lead to the cells of its report.
fn unit_row(sheet: Sheet<'_>, unit: &ConsolidatedUnit, ordinal: usize) -> TotalRow {
    let summary = &sheet.view.summary;
    let address = ReportAddress {
        regime: summary.regime.clone(),
        period: summary.period,
        unit: unit.unit.clone(),
    };
    let path = report_path(&address);
    let label = match &unit.cells {
        Some(_) => unit.name.clone(),
        None => format!("{} ({})", unit.name, plain(sheet.language, "not-sent")),
    };
    let cell = |leaf: &Leaf| match leaf.shows {
        LeafKind::Stub(stub) => stub_cell(stub, &label, ordinal),
        LeafKind::Column(index) => unit_cell(sheet, leaf, unit, index, &path).unwrap_or_default(),
    };
    TotalRow {
        key: unit.unit.to_string(),
        class: "",
        cells: sheet.leaves.iter().map(cell).collect(),
    }
}

fn unit_cell(
    sheet: Sheet<'_>,
    leaf: &Leaf,
    unit: &ConsolidatedUnit,
    index: ColumnIndex,
    path: &str,
) -> Option<TotalCell> {
    let column = sheet.form.column(index)?;
    let column_key = column.key(index);
    let at = CellAddress {
        form: sheet.view.form,
        row: unit.row.clone(),
        column: index,
    };
    let value = unit.cells.as_ref().and_then(|cells| cells.get(&index));
    let href = format!(
        "{path}?form={}#{}",
        percent_encoded(&sheet.form.name),
        cell_id(sheet.form, &at)?
    );
    let words_of = column_words(sheet.language, column);
    Some(TotalCell {
        kind: "figure",
        id: format!("o-{}-{column_key}", unit.unit),
        text: value
            .map(|value| {
                display(
                    value,
                    sheet
                        .form
                        .cell(unit.row.key(), index)
                        .unwrap_or(&column.cell),
                )
            })
            .unwrap_or_default(),
        state: value.map_or("blank", state_key),
        path: leaf.path.clone(),
        label: worded(
            sheet.language,
            "cell-label",
            &[
                ("row", unit.name.clone().into()),
                ("column", words_of.into()),
            ],
        ),
        href: unit.cells.is_some().then_some(href),
        column: column_key,
        ..TotalCell::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{group_code, group_of};
    use crate::eval::consolidate::Group;

    #[test]
    fn a_group_survives_its_way_through_an_address() {
        let item = Group::Item {
            level: "xa".into(),
            item: "phuong".into(),
        };
        for group in [Group::Overall, Group::Level("xa".into()), item] {
            assert_eq!(group_of(&group_code(&group)), group);
        }
    }
}
