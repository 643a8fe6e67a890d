//! One report: the form, its findings, what the person may do with it.
//!
//! The same page serves the officer who types, the head who approves and the aggregator who accepts; what stands on it follows from what the service says they may do.

use crate::plan::address::CellAddress;
use crate::plan::form::{Form, FormIndex};
use crate::plan::reading::form_time;
use crate::reports::permission::{Action, may_somewhere};
use crate::reports::report::Status;
use crate::service::view::{ReportAddress, ReportView};
use crate::web::chrome::{Area, Choice, Chrome, Crumb, Link, chrome};
use crate::web::findings::{self, FindingView, Summary, cell_id, place};
use crate::web::form_data::{addable, own_window};
use crate::web::grid::{Grid, GridInput, Typed, grid};
use crate::web::office::Office;
use crate::web::outline::{OutlineView, outline};
use crate::web::pages::obligations::ruled_lines;
use crate::web::pages::openings::{Openings, openings};
use crate::web::pages::sending::{Sending, TypedNote, sending, told};
use crate::web::pages::{collection_path, report_of, report_path};
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, due_tag, period_line, pick, status_tag};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct ReportPage {
    chrome: Chrome,
    sign: String,
    heading: String,
    regime_title: String,
    regime_href: String,
    basis: String,
    unit: String,
    period: String,
    period_line: String,
    time_note: Option<String>,
    recipient: Option<String>,
    due: Option<String>,
    form_dues: Vec<String>,
    due_tag: Option<String>,
    due_class: &'static str,
    tag: String,
    tag_class: &'static str,
    revision_note: Option<String>,
    /// How it was sent, as far as that needs words.
    sent: Vec<String>,
    /// What was decided about it.
    ruled: Vec<String>,
    sending: Sending,
    address: String,
    api: String,
    tabs: Vec<Link>,
    /// Signs of the forms that do not apply in this report; empty for none.
    absent: String,
    form: String,
    base: u64,
    revision: u32,
    saved_at: Option<String>,
    editable: bool,
    checked: bool,
    returned: Option<Returned>,
    conflict: Option<Conflict>,
    problem: Option<String>,
    summary: Summary,
    outline: Vec<OutlineView>,
    grid_in_outline: bool,
    grid: Grid,
    loose: Vec<FindingView>,
    choices: Vec<Choice>,
    /// Whether the person may add rows to the list.
    adds_rows: bool,
    catalog: String,
    may: May,
    return_cells: Vec<Choice>,
    openings: Option<Openings>,
    revisions: Vec<Link>,
}

#[derive(Serialize)]
struct May {
    propose: bool,
    approve: bool,
    send: bool,
    return_report: bool,
    receive: bool,
    accept: bool,
    withdraw: bool,
    reopen: bool,
}

#[derive(Serialize)]
struct Returned {
    heading: String,
    by: String,
    at: String,
    reasons: Vec<ReasonView>,
}

/// A reason of a return with a link to its cell.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonView {
    href: Option<String>,
    label: String,
    text: String,
}

impl ReasonView {
    /// A remark on the report that names no cell.
    pub fn remark(text: String) -> ReasonView {
        ReasonView {
            href: None,
            label: String::new(),
            text,
        }
    }
}

/// Cells that somebody else changed meanwhile.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    /// Who and what, in words.
    pub message: String,
    /// The cells with both values.
    pub cells: Vec<ConflictCell>,
}

/// One cell that two people changed.
#[derive(Debug, Clone, Serialize)]
pub struct ConflictCell {
    /// Link to the cell.
    pub href: String,
    /// Where it is, in words.
    pub label: String,
    /// What is stored now.
    pub stored: String,
    /// What this person typed.
    pub yours: String,
}

/// What happened to a post, for the page that answers it.
#[derive(Default)]
pub struct Aftermath {
    /// Typed texts to be shown again.
    pub typed: Typed,
    /// Why the post was not done.
    pub problem: Option<String>,
    /// Cells changed by two people.
    pub conflict: Option<Conflict>,
    /// Whether all checks are to be shown.
    pub checked: bool,
    /// The form shown; none takes it from the address.
    pub form: Option<String>,
    /// What was typed beside a sending, to be shown again.
    pub sending: TypedNote,
}

/// `GET /bao-cao/{regime}/{period}/{unit}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let checked = query_value(&person.visitor.query, "kiem_tra").is_some();
    respond(
        &office,
        &person,
        &address,
        StatusCode::OK,
        Aftermath {
            checked,
            ..Aftermath::default()
        },
    )
    .await
}

/// The report page as it stands now, with what happened to a post.
pub async fn respond(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    status: StatusCode,
    aftermath: Aftermath,
) -> Result<Response, Problem> {
    let (actor, now, asked) = (person.actor.clone(), office.now(), address.clone());
    let (view, recipient, revisions) = office
        .run(move |service| {
            let view = service.report(&actor, &asked, now)?;
            let ground = service.ground()?;
            let recipients = ground
                .obligation(&asked)
                .map(|obligation| obligation.recipients)
                .unwrap_or_default();
            let names: Vec<String> = recipients
                .iter()
                .map(|unit| ground.unit_name(unit))
                .collect();
            let revisions = service.history(&actor, &asked)?.revisions;
            let revisions: Vec<_> = revisions
                .iter()
                .map(|one| (one.revision.number, one.revision.proposed.at))
                .collect();
            Ok((view, names.join(", "), revisions))
        })
        .await?;
    let page = report_page(
        office, person, address, &view, recipient, &revisions, aftermath,
    )?;
    Ok(html(status, render("report.html", &page)?))
}

/// The form of a name, or the first that applies.
pub fn form_named<'a>(view: &'a ReportView, name: &str) -> Result<(FormIndex, &'a Form), Problem> {
    let definition = &view.plan.form_definition;
    if name.is_empty() {
        let forms = (0u32..).map(FormIndex).zip(&definition.forms);
        let mut applying = forms
            .clone()
            .filter(|(index, _)| !view.evaluation.absent.contains(index));
        return applying
            .next()
            .or_else(|| forms.clone().next())
            .ok_or(Problem::NotFound);
    }
    definition.find_form(name).ok_or(Problem::NotFound)
}

fn report_page(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    view: &ReportView,
    recipient: String,
    revisions: &[(u32, crate::calendar::Moment)],
    aftermath: Aftermath,
) -> Result<ReportPage, Problem> {
    let language = person.language();
    let query = &person.visitor.query;
    let name = aftermath
        .form
        .clone()
        .or_else(|| query_value(query, "form"))
        .unwrap_or_default();
    let (form_index, form) = form_named(view, &name)?;
    let header = &view.plan.header;
    let path = report_path(address);
    let may = |action| view.may.contains(&action);
    let editable = may(Action::Save);
    let checked = aftermath.checked || matches!(view.status, Status::Proposed | Status::Approved);
    let found = findings::findings(view, language, form_index, &path);
    let may_return = may(Action::Return);
    let grid = grid(GridInput {
        view,
        form_index,
        form,
        language,
        editable,
        checked,
        findings: &found,
        typed: &aftermath.typed,
        return_address: may_return.then_some(path.as_str()),
    });
    let on_grid = |finding: &&FindingView| {
        let rows = || grid.rows.iter().flat_map(|row| &row.findings);
        !rows().any(|shown| shown.key == finding.key)
            && finding.at.as_ref().is_none_or(|at| at.form == form_index)
    };
    let loose = found
        .iter()
        .filter(|finding| findings::is_listed(finding, checked))
        .filter(on_grid)
        .cloned()
        .collect();
    let outline = outline(view, language, form_index, &path);
    let here = |line: &OutlineView| matches!(line, OutlineView::Table { here: true, .. });
    let tag = status_tag(language, view.status);
    let due = due_tag(language, view.standing, view.pressing, office.now());
    let period = office.period_name(language, &address.regime, &address.period);
    let shows_total = !editable && may_somewhere(&person.actor, Action::ViewConsolidated);
    let crumbs = if shows_total {
        vec![
            Crumb::to("/tong-hop", plain(language, "nav-collections")),
            Crumb::to(
                collection_path(&address.regime, &address.period),
                format!("{} · {period}", header.title),
            ),
            Crumb::here(view.unit_name.clone()),
        ]
    } else {
        vec![
            Crumb::to("/", plain(language, "nav-work")),
            Crumb::here(format!("{} · {period}", header.title)),
        ]
    };
    let area = if shows_total {
        Area::Collections
    } else {
        Area::Work
    };
    Ok(ReportPage {
        chrome: chrome(office, &person.visitor, area, crumbs).wide(),
        sign: form.sign.clone(),
        heading: form.title.clone(),
        regime_title: header.title.clone(),
        regime_href: format!(
            "/che-do/{}/{}",
            percent_encoded(&header.name),
            header.version
        ),
        basis: header.basis.first().cloned().unwrap_or_default(),
        unit: view.unit_name.clone(),
        period_line: period_line(language, period.clone(), own_window(view, form_index)),
        time_note: form_time(&view.plan, form).map(|note| pick(language, note)),
        period,
        recipient: Some(recipient).filter(|names| !names.is_empty()),
        due: view.due.map(words::due),
        form_dues: words::form_dues(language, &view.forms, office.now()),
        due_class: due.as_ref().map_or("", |tag| tag.class),
        due_tag: due.map(|tag| tag.text),
        tag: tag.text,
        tag_class: tag.class,
        revision_note: revision_note(language, view),
        sent: told(language, view),
        ruled: ruled_lines(language, &view.ruled),
        sending: sending(language, view, office.now(), aftermath.sending),
        api: format!("/api{path}/o"),
        tabs: tabs(view, form, &path),
        absent: absent(view),
        form: form.name.clone(),
        base: view.draft,
        revision: view.revision,
        saved_at: view.saved_at.map(words::moment),
        editable,
        checked,
        returned: returned(language, view, &path),
        conflict: aftermath.conflict,
        problem: aftermath.problem,
        summary: findings::summary(&found, language, checked),
        grid_in_outline: outline.iter().any(here),
        outline,
        grid,
        loose,
        choices: if editable {
            choices(view, form)
        } else {
            Vec::new()
        },
        adds_rows: editable && form.listed().is_some(),
        catalog: catalog_label(view, form),
        may: May {
            propose: may(Action::Propose),
            approve: may(Action::Approve),
            send: may(Action::Send),
            return_report: may_return,
            receive: may(Action::Receive),
            accept: may(Action::Accept),
            withdraw: may(Action::Withdraw),
            reopen: may(Action::Reopen),
        },
        return_cells: if may_return {
            return_cells(view, language, form_index, form, query)
        } else {
            Vec::new()
        },
        openings: may(Action::DeclareOpening)
            .then(|| openings(view, language, form_index, form))
            .flatten(),
        revisions: revisions
            .iter()
            .map(|(number, at)| revision_link(language, &path, *number, *at))
            .collect(),
        address: path,
    })
}

fn revision_note(language: Language, view: &ReportView) -> Option<String> {
    match (view.revision, &view.sent) {
        (0, _) => None,
        (number, Some(sent)) if view.status.is_with_recipient() => {
            let arguments = [
                ("number", i64::from(number).into()),
                ("when", words::moment(sent.stamp.at).into()),
            ];
            Some(worded(language, "revision-sent", &arguments))
        }
        (number, _) => Some(worded(
            language,
            "revision-note",
            &[("number", i64::from(number).into())],
        )),
    }
}

fn revision_link(language: Language, path: &str, number: u32, at: crate::calendar::Moment) -> Link {
    let arguments = [
        ("number", i64::from(number).into()),
        ("when", words::moment(at).into()),
    ];
    Link {
        href: format!("{path}/lich-su#ban-{number}"),
        label: worded(language, "revision-link", &arguments),
        current: false,
    }
}

fn tabs(view: &ReportView, shown: &Form, path: &str) -> Vec<Link> {
    let link = |form: &Form| Link {
        href: format!("{path}?form={}", percent_encoded(&form.name)),
        label: form.sign.clone(),
        current: form.name == shown.name,
    };
    applying(view)
        .filter(|(applies, shown_now)| *applies || shown_now.name == shown.name)
        .map(|(_, form)| link(form))
        .collect()
}

/// The forms, each with whether it applies in this report.
fn applying(view: &ReportView) -> impl Iterator<Item = (bool, &Form)> {
    let forms = (0u32..).zip(&view.plan.form_definition.forms);
    forms.map(|(index, form)| (!view.evaluation.absent.contains(&FormIndex(index)), form))
}

/// The signs of the forms that do not apply.
fn absent(view: &ReportView) -> String {
    let signs: Vec<&str> = applying(view)
        .filter(|(applies, _)| !applies)
        .map(|(_, form)| form.sign.as_str())
        .collect();
    signs.join(", ")
}

fn returned(language: Language, view: &ReportView, path: &str) -> Option<Returned> {
    let note = view.last_return.as_ref()?;
    let key = match view.status {
        Status::Returned if note.from.is_with_recipient() => "returned-by-recipient",
        Status::Returned => "returned-by-head",
        _ => "returned-answered",
    };
    Some(Returned {
        heading: plain(language, key),
        by: words::signer(language, &note.stamp),
        at: words::moment(note.stamp.at),
        reasons: reasons(language, view, path, &note.reasons),
    })
}

/// Reasons of a return with links to their cells.
pub fn reasons(
    language: Language,
    view: &ReportView,
    path: &str,
    reasons: &[crate::reports::command::ReturnReason],
) -> Vec<ReasonView> {
    let one = |reason: &crate::reports::command::ReturnReason| {
        let at = reason
            .cell
            .as_ref()
            .and_then(|cell| CellAddress::parse(&cell.to_string(), &view.plan.form_definition));
        let href = at.as_ref().and_then(|at| cell_href(view, path, at));
        ReasonView {
            label: at
                .as_ref()
                .map(|at| place(view, language, at))
                .unwrap_or_default(),
            href,
            text: reason.text.clone(),
        }
    };
    reasons.iter().map(one).collect()
}

/// The address of a cell on its report's page.
pub fn cell_href(view: &ReportView, path: &str, at: &CellAddress) -> Option<String> {
    let form = view.plan.form_definition.form(at.form)?;
    Some(format!(
        "{path}?form={}#{}",
        percent_encoded(&form.name),
        cell_id(form, at)?
    ))
}

fn choices(view: &ReportView, form: &Form) -> Vec<Choice> {
    addable(view, form)
        .into_iter()
        .map(|(value, label)| Choice {
            value,
            label,
            selected: false,
        })
        .collect()
}

/// What the catalogue is called that rows of a form come from; empty where they come from none.
pub fn catalog_label(view: &ReportView, form: &Form) -> String {
    let (crate::plan::form::Rows::ChosenFrom(catalog) | crate::plan::form::Rows::From(catalog)) =
        form.rows
    else {
        return String::new();
    };
    view.plan
        .form_definition
        .catalog(catalog)
        .map(|catalog| catalog.label.clone())
        .unwrap_or_default()
}

fn return_cells(
    view: &ReportView,
    language: Language,
    form_index: FormIndex,
    form: &Form,
    query: &str,
) -> Vec<Choice> {
    let wanted = query_value(query, "o").unwrap_or_default();
    let rows = view
        .evaluation
        .rows_of(form_index)
        .iter()
        .map(|data| &data.row);
    let cells = rows.flat_map(|row| {
        form.columns_indexed().map(move |(column, definition)| {
            (
                CellAddress {
                    form: form_index,
                    row: row.clone(),
                    column,
                },
                definition.key(column),
            )
        })
    });
    cells
        .map(|(at, key)| {
            let value = format!("{}.{key}", at.row.key());
            Choice {
                label: place(view, language, &at),
                selected: value == wanted,
                value,
            }
        })
        .collect()
}
