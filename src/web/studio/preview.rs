//! The preview of a form: the page a reporter will get, made from a regime as it is being written, with the figures the author tries.
//!
//! The same table and the same judgement as on the report's page; nothing is stored and no earlier report is known, so figures carried from one can be typed. A form whose rows are chosen begins with a few of them.
//! Broken input: what is no figure stands in its cell again with the reason; a regime without a period that can be shown has a sentence in the place of its page.

use crate::calendar::{Date, DateRange, EventDates, Moment, Period};
use crate::eval::archive::Archive;
use crate::eval::cell::BlankReason;
use crate::eval::earlier::window_during;
use crate::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate};
use crate::eval::figures::{Entry, Figures, FormFigures};
use crate::eval::rows::leaves;
use crate::lsp::custom::preview::{Choice, Draft, Page, PageProblem, Renderer};
use crate::organisation::{EventState, Unit, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Source, ValueType};
use crate::plan::form::{Form, FormIndex, Rows};
use crate::reports::key::ReportKey;
use crate::reports::permission::Action;
use crate::reports::report::Status;
use crate::reports::standing::Standing;
use crate::service::view::{CarriedFrom, ReportView};
use crate::text::language::Language as Spoken;
use crate::web::findings::{self, FindingView};
use crate::web::grid::{Grid, GridInput, Typed, grid};
use crate::web::list_rows;
use crate::web::templates::render;
use crate::web::texts::{Language, plain};
use crate::web::typed;
use crate::web::words::period_name;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most periods and units to choose from.
const MOST_PERIODS: usize = 40;
const MOST_UNITS: usize = 300;
/// So many rows stand in a form whose rows a reporter chooses.
const FIRST_ROWS: usize = 3;

#[derive(Serialize)]
struct PreviewPage {
    chrome: Tongue,
    sign: String,
    title: String,
    address: String,
    absent: bool,
    editable: bool,
    grid: Grid,
}

/// As much of the layout as texts need.
#[derive(Serialize)]
struct Tongue {
    language: &'static str,
}

/// What makes previews; `today` decides which period is shown first.
pub fn renderer(today: Date) -> Renderer {
    Arc::new(move |draft| page(draft, today))
}

/// A period that can be shown, with the event it follows.
struct Shown {
    period: Period,
    window: DateRange,
    event: Option<EventState>,
}

fn page(draft: &Draft<'_>, today: Date) -> Page {
    let language = match draft.language {
        Spoken::Vietnamese => Language::Vietnamese,
        Spoken::English => Language::English,
    };
    let plan = draft.plan;
    let definition = &plan.form_definition;
    let named = draft.form.and_then(|name| definition.find_form(name));
    let first = definition.forms.first().map(|form| (FormIndex(0), form));
    let mut found = Page {
        forms: definition.forms.iter().map(form_choice).collect(),
        ..Page::default()
    };
    let Some((index, form)) = named.or(first) else {
        return found;
    };
    found.form = Some(form.name.clone());
    let periods = periods(plan, today);
    found.periods = periods
        .iter()
        .map(|shown| Choice {
            name: shown.period.to_string(),
            label: period_name(language, &shown.period),
        })
        .collect();
    let Some(shown) = chosen(&periods, draft.period, today) else {
        found.html = format!("<p>{}</p>", plain(language, "preview-no-period"));
        return found;
    };
    found.period = Some(shown.period.to_string());
    let organisation = draft.snapshot.organisation();
    let units: Vec<&Unit> = organisation
        .reporters(&plan.header.reporters, shown.window.to)
        .iter()
        .filter_map(|unit| organisation.get(unit))
        .collect();
    found.units = units
        .iter()
        .take(MOST_UNITS)
        .map(|unit| Choice {
            name: unit.id.to_string(),
            label: unit.name.clone(),
        })
        .collect();
    let wished = units
        .iter()
        .find(|unit| draft.unit == Some(unit.id.as_str()));
    let unit = wished.or(units.first()).copied();
    found.unit = unit.map(|unit| unit.id.to_string());

    let (view, refused) = tried(draft, shown, unit);
    for (at, text, words) in &refused {
        found.problems.push(PageProblem {
            address: Some(at.text(definition)),
            message: format!("{text}: {}", typed::problem_text(language, *words)),
            severity: "error",
        });
    }
    let told = findings::findings(&view, language, index, "");
    found.problems.extend(problems(&view, &told));
    let refused: Typed = refused
        .into_iter()
        .filter(|(at, ..)| at.form == index)
        .filter_map(|(at, text, _)| {
            let column = form.column(at.column)?.key(at.column);
            Some(((at.row.key().to_owned(), column), text))
        })
        .collect();
    let mut grid = grid(GridInput {
        view: &view,
        form_index: index,
        form,
        language,
        editable: true,
        checked: false,
        findings: &told,
        typed: &refused,
        return_address: None,
    });
    addressed(&mut grid, &view, index, form);
    let rendered = render(
        "studio_preview.html",
        &PreviewPage {
            chrome: Tongue {
                language: language.code(),
            },
            sign: form.sign.clone(),
            title: form.title.clone(),
            address: form.name.clone(),
            absent: view.evaluation.absent.contains(&index),
            editable: false,
            grid,
        },
    );
    match rendered {
        Ok(html) => found.html = html,
        Err(error) => tracing::error!(error = %format!("{error:#}"), "a preview failed"),
    }
    found
}

fn form_choice(form: &Form) -> Choice {
    Choice {
        name: form.name.clone(),
        label: format!("{} {}", form.sign, form.title).trim().to_owned(),
    }
}

/// The periods of this year and the next, of the first years of a regime that is not in force yet, and one of each event as if it began today.
fn periods(plan: &CompiledRegime, today: Date) -> Vec<Shown> {
    let header = &plan.header;
    let year = today.year().max(header.in_force_from.year());
    let rules = || header.periods.iter();
    let named = [year, year.saturating_add(1)]
        .into_iter()
        .flat_map(|year| rules().flat_map(move |rule| rule.periods_in(year)));
    let mut seen: BTreeSet<Period> = BTreeSet::new();
    let mut shown: Vec<Shown> = named
        .filter(|period| seen.insert(*period))
        .filter_map(|period| {
            let window = window_during(header, period, None)?;
            Some(Shown {
                period,
                window,
                event: None,
            })
        })
        .take(MOST_PERIODS)
        .collect();
    let start = Moment::start_of(today);
    let dates = EventDates {
        start,
        end: Some(start),
    };
    for rule in rules() {
        let Some(event) = rule.kind.event() else {
            continue;
        };
        let ended = Period::end_of(event, 1);
        let period = match rule.kind == ended.kind() {
            true => Some(ended),
            false => Period::daily_of(event, 1, today).ok(),
        };
        let shown_one = period.and_then(|period| {
            let window = window_during(header, period, Some(dates))?;
            let event = EventState {
                event: event.as_str().to_owned(),
                dates,
                fields: BTreeMap::new(),
            };
            Some(Shown {
                period,
                window,
                event: Some(event),
            })
        });
        shown.extend(shown_one);
    }
    shown
}

/// The period that was asked for, else the one that today lies in, else the first.
fn chosen<'s>(periods: &'s [Shown], asked: Option<&str>, today: Date) -> Option<&'s Shown> {
    let named = periods
        .iter()
        .find(|shown| asked == Some(shown.period.to_string().as_str()));
    let current = || {
        periods
            .iter()
            .find(|shown| shown.window.from <= today && today <= shown.window.to)
    };
    named.or_else(current).or(periods.first())
}

/// A cell whose text is no figure.
type Refused = (CellAddress, String, crate::number::NumberProblem);

/// The report that the typed figures make.
fn tried(draft: &Draft<'_>, shown: &Shown, unit: Option<&Unit>) -> (ReportView, Vec<Refused>) {
    let plan = draft.plan;
    let cutoff = shown.window.to;
    let units = draft.snapshot.organisation();
    let mut view = ReportView {
        key: ReportKey {
            regime: plan.header.name.clone(),
            version: plan.header.version,
            period: shown.period,
            unit: unit.map_or_else(|| UnitId(String::new()), |unit| unit.id.clone()),
        },
        plan: Arc::new(plan.clone()),
        unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        status: Status::Draft,
        standing: Standing::Open,
        draft: 0,
        saved_at: None,
        figures: Figures::default(),
        evaluation: Arc::new(Evaluation::default()),
        may: BTreeSet::from([Action::Save]),
        window: shown.window,
        due: None,
        pressing: None,
        forms: Vec::new(),
        doubt: None,
        last_return: None,
        revision: 0,
        sent_at: None,
        carry: CarriedFrom::NotNeeded,
        nameable_units: units
            .valid_on(cutoff)
            .map(|unit| unit.name.clone())
            .collect(),
    };
    let (figures, refused) = figures(&view, draft.values);
    let mut archive = Archive::default();
    archive.assign_from(&draft.snapshot.plan_values(), &view.key.unit, cutoff);
    let names_units = plan
        .form_definition
        .forms
        .iter()
        .flat_map(Form::definitions)
        .any(|cell| cell.value == ValueType::Reporter);
    archive.reporters = names_units.then(|| Arc::new(view.nameable_units.clone()));
    let opened = figures
        .forms
        .values()
        .any(|form| !form.declared_openings.is_empty());
    let evaluation = evaluate(
        plan,
        &ReportInput {
            period: shown.period,
            cutoff,
            reporter: unit,
            event: shown.event.as_ref(),
            figures: &figures,
            archive: &archive,
            carry: match opened {
                true => Carry::Declared,
                false => Carry::Missing(BlankReason::NoEarlierReport),
            },
        },
    );
    view.evaluation = Arc::new(evaluation);
    view.figures = figures;
    (view, refused)
}

/// What was typed as figures of a report, and what was typed and is none.
fn figures(view: &ReportView, values: &BTreeMap<String, String>) -> (Figures, Vec<Refused>) {
    let definition = &view.plan.form_definition;
    let mut figures = Figures::default();
    let mut refused = Vec::new();
    for form in &definition.forms {
        let of_form = figures.forms.entry(form.name.clone()).or_default();
        for row in first_rows(view, form) {
            of_form.rows.insert(row, BTreeMap::new());
        }
    }
    for (address, text) in values {
        let Some(at) = CellAddress::parse(address, definition) else {
            continue;
        };
        let form = definition.form(at.form);
        let Some((form, cell)) =
            form.and_then(|form| Some((form, form.cell(at.row.key(), at.column)?)))
        else {
            continue;
        };
        let entered = match typed::entry(text, cell) {
            Ok(entered) => list_rows::stored(view, cell, entered),
            Err(problem) => {
                refused.push((at, text.clone(), problem));
                continue;
            }
        };
        let Some((entry, column)) =
            entered.zip(form.column(at.column).map(|column| column.key(at.column)))
        else {
            continue;
        };
        let of_form = figures.forms.entry(form.name.clone()).or_default();
        keep(of_form, &cell.source, &at.row, column, entry);
    }
    (figures, refused)
}

fn keep(figures: &mut FormFigures, source: &Source, row: &Row, column: String, entry: Entry) {
    let cells = match source {
        Source::Carried(_) => &mut figures.declared_openings,
        _ => &mut figures.rows,
    };
    let of_row = cells.entry(row.key().to_owned()).or_default();
    of_row.insert(column, entry);
}

/// The rows that stand in a form before anything is typed, where a reporter chooses them.
fn first_rows(view: &ReportView, form: &Form) -> Vec<String> {
    let catalog = match form.rows {
        Rows::ChosenFrom(catalog) => view.plan.form_definition.catalog(catalog),
        Rows::Listed(_) => return (1..=FIRST_ROWS).map(|number| number.to_string()).collect(),
        _ => None,
    };
    catalog
        .into_iter()
        .flat_map(|catalog| leaves(catalog, view.window.to))
        .take(FIRST_ROWS)
        .map(|entry| entry.name.clone())
        .collect()
}

/// Gives every part of the table its address, and opens the cells that an earlier report would fill.
fn addressed(grid: &mut Grid, view: &ReportView, index: FormIndex, form: &Form) {
    grid.header.form.clone_from(&form.name);
    let data = view.evaluation.rows_of(index);
    for row in &mut grid.rows {
        // Rows are added and taken out on the real page only.
        row.removable = false;
        let own = data
            .iter()
            .find(|one| one.row.key() == row.key && !one.inner)
            .filter(|_| row.class != "total");
        for cell in &mut row.cells {
            let Some((column, _)) = form
                .find_column(&cell.column)
                .filter(|_| !cell.column.is_empty())
            else {
                if !row.key.is_empty() {
                    cell.address = format!("{}[{}, ]", form.name, row.key);
                }
                continue;
            };
            let at = CellAddress {
                form: index,
                row: Row::parse(&row.key, form),
                column,
            };
            cell.address = at.text(&view.plan.form_definition);
            let definition = form.cell(&row.key, column);
            let is_carried =
                definition.is_some_and(|cell| matches!(cell.source, Source::Carried(_)));
            if let Some(definition) = definition.filter(|_| is_carried && own.is_some()) {
                let figures = view.figures.forms.get(&form.name);
                let opening = figures
                    .and_then(|figures| figures.declared_openings.get(&row.key)?.get(&cell.column));
                cell.kind = "entered";
                cell.text = typed::shown(opening, definition);
            }
        }
    }
}

/// What the rules say of the typed figures.
fn problems(view: &ReportView, told: &[FindingView]) -> Vec<PageProblem> {
    let listed = told
        .iter()
        .filter(|finding| findings::is_listed(finding, false));
    listed
        .map(|finding| PageProblem {
            address: finding
                .at
                .as_ref()
                .map(|at| at.text(&view.plan.form_definition)),
            message: match finding.place.as_str() {
                "" => format!("{}: {}", finding.label, finding.message),
                place => format!("{} – {place}: {}", finding.label, finding.message),
            },
            severity: finding.severity,
        })
        .collect()
}
