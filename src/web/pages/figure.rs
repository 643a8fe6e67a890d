//! Where one consolidated figure comes from: its formula, its parts, the units behind it, their revision and author; each leads to the exact cell of a report.

use crate::eval::beside::{Beside, CellThen};
use crate::eval::cell::Cell;
use crate::eval::consolidate::Group;
use crate::eval::display::display;
use crate::eval::naming::{expression, reason};
use crate::eval::provenance::{How, Provenance};
use crate::organisation::UnitId;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Nature;
use crate::plan::describe::kinds;
use crate::plan::form::Form;
use crate::service::view::{FigurePart, FigureView};
use crate::web::chrome::{Area, Chrome, Crumb, Link, chrome};
use crate::web::findings::{cell_id, column_words, entry_label};
use crate::web::header_layout::{LeafKind, layout};
use crate::web::office::Office;
use crate::web::pages::consolidated::{figure_href, group_label, group_of};
use crate::web::pages::{
    collection_path, document_path, looking_of, looking_query, page, period_of, report_path,
    with_query,
};
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct FigurePage {
    chrome: Chrome,
    sign: String,
    period: String,
    #[serde(rename = "where")]
    place: String,
    heading: String,
    value: String,
    measure: Option<String>,
    reason: Option<String>,
    how: String,
    formula: Option<String>,
    coverage: String,
    nature: String,
    uneven: Option<String>,
    operands: Vec<Operand>,
    /// What the formula reads of other times, and plan values.
    beside: Vec<BesideLine>,
    parts: Vec<Part>,
    /// Whether reports came through bodies below.
    has_through: bool,
    document: Link,
    adjustments: Vec<AdjustmentLine>,
    adjusting: Option<Adjusting>,
}

/// A difference that was added to the sum of the units.
#[derive(Serialize)]
struct AdjustmentLine {
    difference: String,
    reason: String,
    author: String,
    date: String,
}

/// The fields by which the figure is adjusted.
#[derive(Serialize)]
struct Adjusting {
    action: String,
    base: u64,
    form: String,
    row: String,
    column: String,
}

#[derive(Serialize)]
struct BesideLine {
    label: String,
    value: String,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Operand {
    href: String,
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Part {
    unit_id: String,
    unit: String,
    href: String,
    value: String,
    through: Option<String>,
    revision: u32,
    author: String,
    approver: String,
    when: String,
}

/// `GET /so-lieu/{regime}/{period}/{form}/{column}?nhom=GROUP&dong=ROW`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period, form, column)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let period = period_of(&period)?;
    let query = &person.visitor.query;
    let group = group_of(&query_value(query, "nhom").unwrap_or_default());
    let row = query_value(query, "dong").unwrap_or_default();
    let at = if row.is_empty() {
        format!("{form}[{column}]")
    } else {
        format!("{form}[{row}, {column}]")
    };
    let (actor, asked) = (person.actor.clone(), regime.clone());
    let looking = looking_of(query)?;
    let view = office
        .run(move |service| service.figure(&actor, (&asked, &period), &looking, &at, &group))
        .await?;
    let language = person.language();
    let form = view
        .plan
        .form_definition
        .form(view.at.form)
        .ok_or(Problem::NotFound)?;
    let column = form.column(view.at.column).ok_or(Problem::NotFound)?;
    let header = layout(form, "");
    let leaf = header
        .leaves
        .iter()
        .find(|leaf| leaf.shows == LeafKind::Column(view.at.column));
    let heading = leaf.map_or_else(|| column.label.clone(), |leaf| leaf.path.clone());
    let period_words = office.period_name(language, &regime, &period);
    let collection = collection_path(&regime, &period);
    let of_body = format!("co-quan={}", percent_encoded(view.document.body.as_str()));
    let asked_for = looking_query(&view.looking);
    let crumbs = vec![
        Crumb::to("/tong-hop", plain(language, "nav-collections")),
        Crumb::to(
            with_query(&collection, &of_body),
            format!("{} · {period_words}", view.plan.header.title),
        ),
        Crumb::to(
            with_query(
                &format!("{collection}/{}", percent_encoded(&form.name)),
                &asked_for,
            ),
            form.sign.clone(),
        ),
        Crumb::here(column_words(language, column)),
    ];
    let at = &view.provenance.at;
    let cell = form.cell(at.row.key(), at.column).unwrap_or(&column.cell);
    let (how, formula) = how(language, &view, form);
    let measures = &view.plan.form_definition.measures;
    let page_view = FigurePage {
        chrome: chrome(&office, &person.visitor, Area::Collections, crumbs),
        sign: form.sign.clone(),
        period: period_words,
        place: place(language, &view, form),
        heading,
        value: display(&view.provenance.cell, cell),
        measure: cell
            .measure
            .and_then(|measure| measures.get(measure as usize))
            .map(|measure| measure.label.clone()),
        reason: match &view.provenance.cell {
            Cell::Blank(why) => Some(words::pick(language, reason(&view.plan, why))),
            _ => None,
        },
        how,
        formula,
        coverage: coverage(language, &view),
        nature: plain(language, nature_key(cell.nature)),
        uneven: uneven(language, &view),
        operands: operands(language, &view, &regime, &period),
        beside: beside_lines(language, &view),
        parts: view
            .parts
            .iter()
            .filter_map(|part| part_line(language, &view, part))
            .collect(),
        has_through: view.parts.iter().any(|part| part.through.is_some()),
        document: Link {
            href: document_path(&view.document),
            label: worded(
                language,
                "document-of",
                &[("body", view.body_name.clone().into())],
            ),
            current: false,
        },
        adjustments: adjustment_lines(&view),
        adjusting: view.adjustable_at.map(|base| Adjusting {
            action: format!("{}/dieu-chinh", document_path(&view.document)),
            base,
            form: form.name.clone(),
            row: view.at.row.key().to_string(),
            column: column.key(view.at.column),
        }),
    };
    page("figure.html", &page_view)
}

fn adjustment_lines(view: &FigureView) -> Vec<AdjustmentLine> {
    let How::Units { adjustments, .. } = &view.provenance.how else {
        return Vec::new();
    };
    adjustments
        .iter()
        .map(|one| AdjustmentLine {
            difference: words::signed(&one.difference.to_plain(None)),
            reason: one.reason.clone(),
            author: one.author.clone(),
            date: words::date(one.date),
        })
        .collect()
}

fn place(language: Language, view: &FigureView, form: &Form) -> String {
    let group = match &view.group {
        Group::Overall => plain(language, "figure-whole"),
        group => group_label(language, &view.plan, group),
    };
    match &view.at.row {
        Row::Entry(name) => format!(
            "{group} · {}",
            entry_label(&view.plan.form_definition, form, name)
        ),
        Row::Own | Row::Total => group,
    }
}

fn coverage(language: Language, view: &FigureView) -> String {
    let counts = [
        ("answered", i64::from(view.answered).into()),
        ("due", i64::from(view.due).into()),
    ];
    if view.missing.is_empty() {
        return worded(language, "figure-complete", &counts);
    }
    let names: Vec<&str> = view.missing.iter().map(|(_, name)| name.as_str()).collect();
    let [answered, due] = counts;
    worded(
        language,
        "figure-partial",
        &[answered, due, ("missing", names.join(", ").into())],
    )
}

fn how(language: Language, view: &FigureView, form: &Form) -> (String, Option<String>) {
    let column = form
        .column(view.at.column)
        .map(|column| column.key(view.at.column))
        .unwrap_or_default();
    match &view.provenance.how {
        How::Units { .. } => (
            worded(language, "figure-sum", &[("column", column.into())]),
            None,
        ),
        How::Formula { expression: id, .. } => {
            let text = words::pick(language, expression(&view.plan, Some(view.at.form), *id));
            (
                plain(language, "figure-formula"),
                Some(format!("[{column}] = {text}")),
            )
        }
        How::Rows { .. } => (plain(language, "figure-rows"), None),
        How::Words { .. } => (plain(language, "figure-words"), None),
        How::Carried { .. } => (plain(language, "figure-carried"), None),
        How::Entered => (plain(language, "figure-entered"), None),
    }
}

fn uneven(language: Language, view: &FigureView) -> Option<String> {
    let How::Units { figure, .. } = &view.provenance.how else {
        return None;
    };
    let uneven = figure.uneven.as_ref()?;
    let arguments = [
        ("numerator", uneven.numerator.len().into()),
        ("denominator", uneven.denominator.len().into()),
    ];
    Some(worded(language, "figure-uneven", &arguments))
}

fn operands(
    language: Language,
    view: &FigureView,
    regime: &str,
    period: &crate::calendar::Period,
) -> Vec<Operand> {
    let listed: &[Provenance] = match &view.provenance.how {
        How::Formula { operands, .. } => operands,
        How::Rows { rows } => rows,
        How::Entered | How::Carried { .. } | How::Units { .. } | How::Words { .. } => &[],
    };
    let operand = |one: &Provenance| {
        let form = view.plan.form_definition.form(one.at.form)?;
        let column = form.column(one.at.column)?;
        let cell = form.cell(one.at.row.key(), one.at.column)?;
        let key = column.key(one.at.column);
        Some(Operand {
            href: figure_href(
                regime,
                period,
                &form.name,
                &key,
                (&view.group, &view.looking),
                &one.at.row,
            ),
            label: match cell.vintage() {
                Some(vintage) => {
                    let settled = words::pick(language, kinds::settled(vintage));
                    let label = operand_label(language, view, form, &one.at);
                    format!("{label} ({settled})")
                }
                None => operand_label(language, view, form, &one.at),
            },
            value: display(&one.cell, cell),
        })
    };
    listed.iter().filter_map(operand).collect()
}

/// What the formula, and what it is computed from, reads of other times.
fn beside_lines(language: Language, view: &FigureView) -> Vec<BesideLine> {
    let mut lines = Vec::new();
    gather(&view.provenance, &mut lines);
    lines
        .into_iter()
        .filter_map(|one| beside_line(language, view, one))
        .collect()
}

fn gather<'v>(origin: &'v Provenance, found: &mut Vec<&'v Beside>) {
    if let How::Formula {
        operands, beside, ..
    } = &origin.how
    {
        for one in beside {
            if !found.contains(&one) {
                found.push(one);
            }
        }
        operands.iter().for_each(|operand| gather(operand, found));
    }
}

fn beside_line(language: Language, view: &FigureView, beside: &Beside) -> Option<BesideLine> {
    let definition = &view.plan.form_definition;
    match beside {
        Beside::Period(then) => {
            let CellThen {
                period,
                at,
                stated,
                vintage,
                revised,
                revised_vintage,
                restated,
                missing,
            } = then.as_ref();
            let form = definition.form(at.form)?;
            let cell = form.cell(at.row.key(), at.column)?;
            let named = |key: &str, units: &[UnitId]| {
                let names = units.iter().map(|unit| view.name_of(unit));
                let names: Vec<String> = names.collect();
                (!units.is_empty())
                    .then(|| worded(language, key, &[("units", names.join(", ").into())]))
            };
            let stated_text = stated.as_ref().map(|cell_there| display(cell_there, cell));
            let was = revised.as_ref().map(|_| {
                let was = stated_text.clone().unwrap_or_default();
                worded(language, "figure-revised", &[("stated", was.into())])
            });
            let read = match revised {
                Some(_) => *revised_vintage,
                None => vintage.filter(|_| stated.is_some()),
            };
            let settled = read.map(|vintage| words::pick(language, kinds::settled(vintage)));
            let notes = [
                settled,
                was.filter(|_| stated.is_some()),
                named("figure-restated", restated),
                named("figure-period-missing", missing),
            ];
            Some(BesideLine {
                label: format!(
                    "{} – {}",
                    words::period_name(language, period),
                    operand_label(language, view, form, at)
                ),
                value: match revised {
                    Some(revised) => display(revised, cell),
                    None => stated_text.unwrap_or_else(|| plain(language, "not-sent")),
                },
                notes: notes.into_iter().flatten().collect(),
            })
        }
        Beside::Plan {
            target,
            indicator,
            year,
            value,
        } => {
            let of = definition.targets.get(*target as usize)?;
            let what = definition.indicators.get(*indicator as usize)?;
            Some(BesideLine {
                label: format!("{} {year} – {}", of.label, what.label),
                value: match value {
                    Some(number) => match number.decimals() {
                        Some(decimals) => number.to_vietnamese(decimals),
                        None => number.to_plain(None),
                    },
                    None => plain(language, "figure-not-assigned"),
                },
                notes: vec![of.table.clone()],
            })
        }
    }
}

fn operand_label(language: Language, view: &FigureView, form: &Form, at: &CellAddress) -> String {
    let column = form.column(at.column);
    let words_of = column
        .map(|column| column_words(language, column))
        .unwrap_or_default();
    let label = column
        .map(|column| column.label.clone())
        .unwrap_or_default();
    let named = if words_of == label {
        label
    } else {
        format!("{words_of} – {label}")
    };
    match &at.row {
        Row::Entry(name) => {
            let row = entry_label(&view.plan.form_definition, form, name);
            worded(
                language,
                "cell-label",
                &[("row", row.into()), ("column", named.into())],
            )
        }
        Row::Own | Row::Total => named,
    }
}

fn part_line(language: Language, view: &FigureView, part: &FigurePart) -> Option<Part> {
    let form = view.plan.form_definition.form(part.at.form)?;
    let cell = form.cell(part.at.row.key(), part.at.column)?;
    Some(Part {
        unit_id: part.address.unit.to_string(),
        unit: part.unit_name.clone(),
        href: format!(
            "{}?form={}#{}",
            report_path(&part.address),
            percent_encoded(&form.name),
            cell_id(form, &part.at)?
        ),
        value: display(&part.cell, cell),
        through: part.through.clone(),
        revision: part.revision,
        author: words::signer(language, &part.proposed_by),
        approver: part
            .approved_by
            .as_ref()
            .map(|stamp| words::signer(language, stamp))
            .unwrap_or_default(),
        when: part.sent_at.map(words::moment).unwrap_or_default(),
    })
}

fn nature_key(nature: Nature) -> &'static str {
    match nature {
        Nature::Flow => "nature-flow",
        Nature::Stock => "nature-stock",
        Nature::Opening => "nature-opening",
        Nature::NotOverTime => "nature-not-over-time",
        Nature::Ratio => "nature-ratio",
        Nature::Mixed => "nature-mixed",
        Nature::PeriodAverage => "nature-period-average",
        Nature::AverageBy(_) => "nature-average-by",
        Nature::Index => "nature-index",
        Nature::Score => "nature-score",
        Nature::None => "nature-none",
    }
}
