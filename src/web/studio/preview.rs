//! The preview of a form: the page a reporter will get, made from a regime as it is being written, with the figures the author tries.
//!
//! The same table and the same judgement as on the report's page; nothing is stored and no earlier report is known, so figures carried from one can be typed. A form whose rows are chosen begins with a few of them; the
//! author puts more in and takes some out.
//! Broken input: what is no figure stands in its cell again with the reason; a regime without a period that can be shown has a sentence in the place of its page.

use crate::calendar::Date;
use crate::eval::archive::Archive;
use crate::eval::attached::AttachedFile;
use crate::eval::cell::BlankReason;
use crate::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate};
use crate::eval::figures::{Entry, Figures, FormFigures};
use crate::eval::rows::leaves;
use crate::lsp::custom::preview::{Choice, Draft, Page, PageProblem, Renderer};
use crate::organisation::{Unit, UnitId};
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{CellDefinition, Source, ValueType};
use crate::plan::form::{Form, FormIndex, Rows};
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::permission::Action;
use crate::reports::report::Status;
use crate::reports::ruling::Ruled;
use crate::reports::standing::Standing;
use crate::service::view::{CarriedFrom, ReportView};
use crate::text::language::Language as Spoken;
use crate::web::findings::{self, FindingView};
use crate::web::form_data::addable;
use crate::web::grid::{Grid, GridInput, Typed, grid};
use crate::web::list_rows;
use crate::web::pages::report::catalog_label;
use crate::web::studio::occasion::{self, GivenField, Ground, Occasion};
use crate::web::templates::render;
use crate::web::texts::{Language, plain};
use crate::web::typed::{self, Mistyped};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most units to choose from.
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
    /// What is said about the event or the request.
    given: Vec<GivenField>,
    /// What rows are chosen from.
    catalog: String,
    /// Rows that can be put in: address and label.
    new_rows: Vec<(String, String)>,
    /// The address of the next line of a list.
    new_line: Option<String>,
    grid: Grid,
}

/// As much of the layout as texts need.
#[derive(Serialize)]
struct Tongue {
    language: &'static str,
}

/// What makes previews; the day on which one is made decides which period is shown first.
pub fn renderer(today: impl Fn() -> Date + Send + Sync + 'static) -> Renderer {
    Arc::new(move |draft| page(draft, today()))
}

fn page(draft: &Draft<'_>, today: Date) -> Page {
    let language = match draft.language {
        Spoken::Vietnamese => Language::Vietnamese,
        Spoken::English => Language::English,
    };
    let plan = draft.plan;
    let definition = &plan.form_definition;
    let mut found = Page {
        forms: definition.forms.iter().map(form_choice).collect(),
        ..Page::default()
    };
    let ground = Ground {
        plan,
        today,
        values: draft.values,
        language,
    };
    let occasions = ground.occasions();
    found.periods = occasions
        .iter()
        .map(|one| Choice {
            name: one.period.to_string(),
            label: one.label.clone(),
        })
        .collect();
    let Some(trial) = chosen(draft, &ground, &occasions) else {
        found.html = match definition.forms.is_empty() {
            true => String::new(),
            false => format!("<p>{}</p>", plain(language, "preview-no-period")),
        };
        return found;
    };
    let (index, form, view) = (trial.index, trial.form, &trial.view);
    found.form = Some(form.name.clone());
    found.period = Some(trial.occasion.period.to_string());
    found.unit = trial.unit.map(|unit| unit.id.to_string());
    found.absent = trial.is_absent();
    let units = reporters(draft, &trial.occasion);
    found.units = units
        .iter()
        .take(MOST_UNITS)
        .map(|unit| Choice {
            name: unit.id.to_string(),
            label: unit.name.clone(),
        })
        .collect();

    for (at, text, words) in &trial.refused {
        found.problems.push(PageProblem {
            address: Some(at.text(definition)),
            message: format!("{text}: {}", typed::mistyped_text(language, words)),
            severity: "error",
        });
    }
    let told = findings::findings(view, language, index, "");
    found.problems.extend(problems(view, &told));
    let refused: Typed = trial
        .refused
        .iter()
        .filter(|(at, ..)| at.form == index)
        .filter_map(|(at, text, _)| {
            let column = form.column(at.column)?.key(at.column);
            Some(((at.row.key().to_owned(), column), text.clone()))
        })
        .collect();
    let mut grid = grid(GridInput {
        view,
        form_index: index,
        form,
        language,
        editable: true,
        checked: false,
        findings: &told,
        typed: &refused,
        return_address: None,
    });
    addressed(&mut grid, view, index, form);
    let rendered = render(
        "studio_preview.html",
        &PreviewPage {
            chrome: Tongue {
                language: language.code(),
            },
            sign: form.sign.clone(),
            title: form.title.clone(),
            address: form.name.clone(),
            absent: found.absent,
            editable: false,
            given: trial.occasion.fields.clone(),
            catalog: catalog_label(view, form),
            new_rows: new_rows(view, form),
            new_line: form
                .listed()
                .map(|_| row_address(form, &list_rows::next_key(view, form))),
            grid,
        },
    );
    match rendered {
        Ok(html) => found.html = html,
        Err(error) => tracing::error!(error = %format!("{error:#}"), "a preview failed"),
    }
    found
}

/// A form with the report that was tried in it.
struct Trial<'t> {
    occasion: Occasion,
    unit: Option<&'t Unit>,
    index: FormIndex,
    form: &'t Form,
    view: ReportView,
    refused: Vec<Refused>,
}

impl<'t> Trial<'t> {
    fn of(draft: &'t Draft<'_>, occasion: Occasion, index: FormIndex, form: &'t Form) -> Self {
        let units = reporters(draft, &occasion);
        let wished = units
            .iter()
            .find(|unit| draft.unit == Some(unit.id.as_str()));
        let unit = wished.or(units.first()).copied();
        let (view, refused) = tried(draft, &occasion, unit, form);
        Trial {
            occasion,
            unit,
            index,
            form,
            view,
            refused,
        }
    }

    fn is_absent(&self) -> bool {
        self.view.evaluation.absent.contains(&self.index)
    }
}

/// What is shown: what was asked for, and of what was left open the first that fits the rest, because most forms belong to some periods and some events only. None for a regime without a form or without a period.
fn chosen<'t>(
    draft: &'t Draft<'_>,
    ground: &Ground<'_>,
    occasions: &[Occasion],
) -> Option<Trial<'t>> {
    let definition = &draft.plan.form_definition;
    let named = draft.form.and_then(|name| definition.find_form(name));
    let candidates = match occasion::asked(occasions, draft.period) {
        Some(asked) => vec![asked.clone()],
        None => ground.by_nearness(occasions),
    };
    let (index, form) = named.or(definition.forms.first().map(|form| (FormIndex(0), form)))?;
    let mut first: Option<Trial<'t>> = None;
    for occasion in candidates {
        let mut trial = Trial::of(draft, occasion, index, form);
        if trial.is_absent() && named.is_none() {
            trial = with_present_form(draft, trial);
        }
        if !trial.is_absent() {
            return Some(trial);
        }
        first = first.or(Some(trial));
    }
    first
}

/// The same with the first form that applies, if there is one.
fn with_present_form<'t>(draft: &'t Draft<'_>, trial: Trial<'t>) -> Trial<'t> {
    let mut forms = draft.plan.form_definition.forms.iter().zip(0..);
    let present = forms.find_map(|(form, place)| {
        let index = FormIndex(place);
        (!trial.view.evaluation.absent.contains(&index)).then_some((index, form))
    });
    match present {
        Some((index, form)) => Trial::of(draft, trial.occasion, index, form),
        None => trial,
    }
}

fn reporters<'d>(draft: &'d Draft<'_>, occasion: &Occasion) -> Vec<&'d Unit> {
    let organisation = draft.snapshot.organisation();
    let reporters = &draft.plan.header.reporters;
    organisation
        .reporters(reporters, occasion.window.to)
        .iter()
        .filter_map(|unit| organisation.get(unit))
        .collect()
}

fn form_choice(form: &Form) -> Choice {
    Choice {
        name: form.name.clone(),
        label: format!("{} {}", form.sign, form.title).trim().to_owned(),
    }
}

/// A cell whose text is no figure.
type Refused = (CellAddress, String, Mistyped);

/// The report that the typed figures make.
fn tried(
    draft: &Draft<'_>,
    occasion: &Occasion,
    unit: Option<&Unit>,
    form: &Form,
) -> (ReportView, Vec<Refused>) {
    let plan = draft.plan;
    let cutoff = occasion.window.to;
    let units = draft.snapshot.organisation();
    let mut view = ReportView {
        key: ReportKey {
            kind: ReportKind::OfUnit,
            regime: plan.header.name.clone(),
            version: plan.header.version,
            period: occasion.period,
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
        window: occasion.window,
        due: None,
        pressing: None,
        forms: Vec::new(),
        doubt: None,
        ruled: Ruled::default(),
        last_return: None,
        revision: 0,
        sent: None,
        carry: CarriedFrom::NotNeeded,
        nameable_units: units
            .valid_on(cutoff)
            .map(|unit| unit.name.clone())
            .collect(),
    };
    let (figures, refused) = figures(&view, draft.values, form);
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
            period: occasion.period,
            cutoff,
            reporter: unit,
            event: occasion.event.as_ref(),
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
fn figures(
    view: &ReportView,
    values: &BTreeMap<String, String>,
    shown: &Form,
) -> (Figures, Vec<Refused>) {
    let definition = &view.plan.form_definition;
    let mut figures = Figures::default();
    let mut refused = Vec::new();
    for form in &definition.forms {
        let of_form = figures.forms.entry(form.name.clone()).or_default();
        let mut rows = match form.name == shown.name {
            true => first_rows(view, form),
            false => Vec::new(),
        };
        for (row, is_there) in said_rows(form, values) {
            rows.retain(|one| *one != row);
            if is_there {
                rows.push(row);
            }
        }
        for row in rows {
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
        let entered = match trial_entry(text, cell) {
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

/// What a person tries out; of a file only its name is known, because nothing is sent.
fn trial_entry(text: &str, cell: &CellDefinition) -> Result<Option<Entry>, Mistyped> {
    match cell.value {
        ValueType::File => Ok(AttachedFile::named(text).map(|file| Entry::Value(file.to_text()))),
        _ => typed::entry(text, cell),
    }
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
        Rows::Listed(_) => return vec!["1".to_owned()],
        _ => None,
    };
    catalog
        .into_iter()
        .flat_map(|catalog| leaves(catalog, view.window.to))
        .take(FIRST_ROWS)
        .map(|entry| entry.name.clone())
        .collect()
}

/// The rows that the author has put into a form (`+`) or taken out of it (`-`).
fn said_rows(form: &Form, values: &BTreeMap<String, String>) -> Vec<(String, bool)> {
    if !matches!(form.rows, Rows::ChosenFrom(_) | Rows::Listed(_)) {
        return Vec::new();
    }
    let said = values.iter().filter_map(|(address, sign)| {
        let inside = address.strip_prefix(&form.name)?.strip_prefix('[')?;
        let row = inside.strip_suffix(", ]")?;
        match sign.as_str() {
            "+" => Some((row.to_owned(), true)),
            "-" => Some((row.to_owned(), false)),
            _ => None,
        }
    });
    said.collect()
}

/// The address of a whole row.
fn row_address(form: &Form, key: &str) -> String {
    format!("{}[{key}, ]", form.name)
}

/// The rows that can still be put in, where a reporter chooses them: address and label.
fn new_rows(view: &ReportView, form: &Form) -> Vec<(String, String)> {
    addable(view, form)
        .into_iter()
        .map(|(key, label)| (row_address(form, &key), label))
        .collect()
}

/// Gives every part of the table its address, and opens the cells that an earlier report would fill.
fn addressed(grid: &mut Grid, view: &ReportView, index: FormIndex, form: &Form) {
    grid.header.form.clone_from(&form.name);
    let data = view.evaluation.rows_of(index);
    for row in &mut grid.rows {
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
                    cell.address = row_address(form, &row.key);
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
