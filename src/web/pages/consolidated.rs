//! The consolidated form: totals overall, by level and kind of unit, and per unit, or per entry of the rows' catalogue; every figure is a link.
//!
//! A figure that does not rest on all units is marked and says how many it rests on; nothing incomplete looks complete. It adds nothing up itself.

use crate::eval::consolidate::Group;
use crate::eval::outline::OutlineKind;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::Row;
use crate::plan::form::Rows;
use crate::plan::reading::form_time;
use crate::service::view::{ConsolidatedUnit, ConsolidatedView, ReportAddress};
use crate::service::whole::document::Looking;
use crate::web::chrome::{Area, Chrome, Crumb, Link, chrome};
use crate::web::header_layout::{HeaderLayout, layout};
use crate::web::office::Office;
use crate::web::pages::collections::{CoverageView, coverage};
use crate::web::pages::total_rows::{
    Sheet, TotalRow, repeated_header, rows_by_entry, rows_by_unit,
};
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
struct ConsolidatedPage {
    chrome: Chrome,
    sign: String,
    heading: String,
    basis: String,
    time_note: Option<String>,
    period: String,
    measure: Option<String>,
    coverage: CoverageView,
    views: Vec<Link>,
    header: HeaderLayout,
    rows: Vec<TotalRow>,
    /// What lists of units say against one another.
    conflicts: Vec<String>,
    outline: Vec<WholeLine>,
    /// The body's document these are the figures of.
    document: Link,
    /// That figures are not the sums of units alone.
    adjusted: Option<String>,
}

/// A line of the outline of the whole.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum WholeLine {
    /// A heading.
    Section { heading: u32, label: String },
    /// A generated sentence over all units, and why figures are missing.
    Sentence { text: String, unknown: String },
    /// What units wrote.
    Narratives {
        label: String,
        units: Vec<UnitWords>,
    },
}

/// What one unit wrote.
#[derive(Serialize)]
struct UnitWords {
    unit: String,
    href: String,
    text: String,
}

/// The group of an address: empty for all units, a level, or a level and a kind (`xa/phuong`).
pub fn group_of(text: &str) -> Group {
    match text.split_once('/') {
        _ if text.is_empty() => Group::Overall,
        Some((attribute, entry)) if attribute.starts_with('@') => Group::Registered {
            attribute: attribute.trim_start_matches('@').to_string(),
            entry: entry.to_string(),
        },
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
        Group::Registered { attribute, entry } => format!("@{attribute}/{entry}"),
    }
}

/// The group in words: the label of the level or kind.
pub fn group_label(language: Language, plan: &CompiledRegime, group: &Group) -> String {
    let header = &plan.header;
    let level_of = |name: &str| header.levels.iter().find(|level| level.name == name);
    match group {
        Group::Overall => plain(language, "row-total"),
        Group::Registered { entry, .. } if entry.is_empty() => {
            plain(language, "group-unregistered")
        }
        Group::Registered { attribute, entry } => {
            let mut catalogs = plan.form_definition.catalogs.iter();
            let found = catalogs
                .find(|catalog| catalog.name == *attribute)
                .and_then(|catalog| catalog.entries.iter().find(|known| known.name == *entry));
            found.map_or_else(|| entry.clone(), |entry| entry.label.clone())
        }
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
    (group, looking): (&Group, &Looking),
    row: &Row,
) -> String {
    let path = format!(
        "/so-lieu/{}/{}/{}/{}?nhom={}&dong={}",
        percent_encoded(regime),
        words::period_code(period),
        percent_encoded(form),
        percent_encoded(column),
        percent_encoded(&group_code(group)),
        percent_encoded(row.key())
    );
    with_query(&path, &looking_query(looking))
}

/// `GET /tong-hop/{regime}/{period}/{form}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period, form)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let period = period_of(&period)?;
    let (actor, now) = (person.actor.clone(), office.now());
    let looking = looking_of(&person.visitor.query)?;
    let view = office
        .run(move |service| service.consolidated(&actor, (&regime, &period), &looking, &form, now))
        .await?;
    let language = person.language();
    let definition = &view.plan.form_definition;
    let form = definition.form(view.form).ok_or(Problem::NotFound)?;
    let catalog = match form.rows {
        Rows::ChosenFrom(catalog) | Rows::From(catalog) => definition.catalog(catalog),
        Rows::EachReportingUnit | Rows::Written(_) | Rows::Listed(_) => None,
    };
    let asked = query_value(&person.visitor.query, "theo");
    // Written rows may be of many measures and have no sum per unit.
    let written = matches!(form.rows, Rows::Written(_));
    let listed = form.listed().is_some();
    let by_entry = written
        || (listed && asked.as_deref() != Some("don_vi"))
        || catalog.is_some_and(|catalog| asked.as_deref() == Some(&catalog.name));
    let wide = by_entry
        .then(|| repeated_header(&view, form, &plain(language, "row-total")))
        .flatten();
    let header = layout(wide.as_ref().unwrap_or(form), &plain(language, "col-unit"));
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
    let asked_for = looking_query(&view.looking);
    let path = with_query(&path, &asked_for);
    let by_unit = (!written).then(|| Link {
        href: with_query(&path, "theo=don_vi"),
        label: plain(language, "rows-by-unit"),
        current: !by_entry,
    });
    let mut views: Vec<Link> = by_unit.into_iter().collect();
    views.extend(catalog.map(|catalog| Link {
        href: with_query(&path, &format!("theo={}", percent_encoded(&catalog.name))),
        label: worded(
            language,
            "rows-by-catalog",
            &[("catalog", catalog.label.to_lowercase().into())],
        ),
        current: by_entry,
    }));
    views.extend(listed.then(|| Link {
        href: path.clone(),
        label: plain(language, "rows-of-list"),
        current: by_entry,
    }));
    let period_words = office.period_name(language, &view.summary.regime, &period);
    let crumbs = vec![
        Crumb::to("/tong-hop", plain(language, "nav-collections")),
        Crumb::to(
            with_query(
                &collection_path(&view.summary.regime, &period),
                &format!("co-quan={}", percent_encoded(view.at.body.as_str())),
            ),
            format!("{} · {period_words}", view.summary.regime_title),
        ),
        Crumb::here(form.sign.clone()),
    ];
    let page_view = ConsolidatedPage {
        chrome: chrome(&office, &person.visitor, Area::Collections, crumbs).wide(),
        sign: form.sign.clone(),
        heading: form.title.clone(),
        basis: view.plan.header.basis.first().cloned().unwrap_or_default(),
        time_note: form_time(&view.plan, form).map(|note| words::pick(language, note)),
        period: period_words,
        measure: None,
        coverage: coverage_view(language, &view),
        views,
        rows,
        header,
        conflicts: view
            .consolidation
            .conflicts
            .iter()
            .map(|conflict| words::pick(language, conflict.clone()))
            .collect(),
        outline: outline_lines(language, &view),
        document: Link {
            href: document_path(&view.at),
            label: match view.looking.revision {
                Some(number) => worded(
                    language,
                    "document-frozen",
                    &[
                        ("body", view.body_name.clone().into()),
                        ("number", i64::from(number).into()),
                    ],
                ),
                None => worded(
                    language,
                    "document-of",
                    &[("body", view.body_name.clone().into())],
                ),
            },
            current: false,
        },
        adjusted: (!view.adjusted.is_empty()).then(|| {
            worded(
                language,
                "document-adjusted",
                &[("count", view.adjusted.len().into())],
            )
        }),
    };
    page("consolidated.html", &page_view)
}

/// The outline of the whole: its sentences, and under each narrative what the units wrote.
fn outline_lines(language: Language, view: &ConsolidatedView) -> Vec<WholeLine> {
    let mut under = String::new();
    let lines = view.outline.iter().filter_map(|line| match &line.kind {
        OutlineKind::Section { code, label } => {
            under.clone_from(label);
            let code = code.as_ref().map(|code| format!("{code}. "));
            Some(WholeLine::Section {
                heading: (line.depth + 3).min(6),
                label: format!("{}{label}", code.unwrap_or_default()),
            })
        }
        OutlineKind::Sentence { text, unknown } => {
            let reasons = unknown.iter().map(|why| words::pick(language, why.clone()));
            Some(WholeLine::Sentence {
                text: text.clone(),
                unknown: reasons.collect::<Vec<_>>().join("; "),
            })
        }
        OutlineKind::Narrative { key, label, .. } => {
            let units = written(view, key);
            (!units.is_empty()).then(|| WholeLine::Narratives {
                label: label.clone().unwrap_or_else(|| under.clone()),
                units,
            })
        }
        OutlineKind::Table(_) => None,
    });
    lines.collect()
}

/// What each unit wrote under a key.
fn written(view: &ConsolidatedView, wanted: &str) -> Vec<UnitWords> {
    let of_unit = |unit: &ConsolidatedUnit| {
        let lines = &unit.report.as_ref()?.outline;
        let text = lines.iter().find_map(|line| match &line.kind {
            OutlineKind::Narrative { key, text, .. } if key == wanted => text.clone(),
            _ => None,
        })?;
        Some(UnitWords {
            unit: unit.name.clone(),
            href: report_path(&ReportAddress {
                regime: view.summary.regime.clone(),
                period: view.summary.period,
                unit: unit.unit.clone(),
            }),
            text,
        })
    };
    view.units.iter().filter_map(of_unit).collect()
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
        let label = group_label(language, &view.plan, group).to_lowercase();
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
