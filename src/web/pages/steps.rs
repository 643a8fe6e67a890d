//! The steps of a report after the figures are in: propose, approve and send, receive, return, accept, withdraw, open for correction, declare openings.
//!
//! The state machine decides; a step that was already taken (a button pressed twice, a page sent again) shows the report as it stands instead of an error.

use crate::reports::command::{CellChange, Command, ReturnReason};
use crate::reports::key::CellKey;
use crate::reports::permission::Action;
use crate::reports::refusal::Refusal;
use crate::reports::report::{Report, Status};
use crate::service::view::ReportAddress;
use crate::web::form_data::{Fields, field, row_of_field, typed_cells};
use crate::web::office::Office;
use crate::web::pages::report::{Aftermath, form_named, respond};
use crate::web::pages::save::{current, refused_text};
use crate::web::pages::sending::TypedNote;
use crate::web::pages::{collection_path, report_of, report_path};
use crate::web::problem::Problem;
use crate::web::typed;
use crate::web::visitor::SignedIn;
use crate::web::words::pick;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

type ReportPath = Path<(String, String, String)>;

/// Runs one command.
pub async fn step(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    command: impl FnOnce(&Report) -> Command + Send + 'static,
) -> Result<(), Problem> {
    let (actor, now, address) = (person.actor.clone(), office.now(), address.clone());
    office
        .run(move |service| service.command(&actor, &address, now, command).map(|_| ()))
        .await
}

/// Where a step leads: to the report with a word of confirmation; to the board when its figures are no longer the person's to see.
pub async fn done(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    code: &str,
    outcome: Result<(), Problem>,
) -> Result<Response, Problem> {
    done_with(office, person, address, code, outcome, TypedNote::default()).await
}

/// As [`done`]; what was typed beside a sending is shown again where it is refused.
async fn done_with(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    code: &str,
    outcome: Result<(), Problem>,
    sending: TypedNote,
) -> Result<Response, Problem> {
    let code = match &outcome {
        Ok(()) => code,
        Err(problem) => match problem.refusal() {
            Some(Refusal::WrongStatus { action, status }) if is_reached(*action, *status) => {
                "da-xong"
            }
            Some(refusal) if !matches!(refusal, Refusal::NotPermitted { .. }) => {
                let words = pick(person.language(), refusal.wording());
                let aftermath = Aftermath {
                    problem: Some(words),
                    checked: true,
                    sending,
                    ..Aftermath::default()
                };
                let page = respond(office, person, address, problem.status(), aftermath).await;
                return match page {
                    Ok(page) => Ok(page),
                    Err(_) => outcome.map(|()| Redirect::to("/").into_response()),
                };
            }
            _ => return outcome.map(|()| Redirect::to("/").into_response()),
        },
    };
    let path = match current(office, person, address).await {
        Ok(_) => report_path(address),
        Err(_) => collection_path(&address.regime, &address.period),
    };
    Ok(Redirect::to(&format!("{path}?xong={code}")).into_response())
}

/// Whether a report that stands here has been through this step, so that asking again asks for nothing new.
fn is_reached(action: Action, status: Status) -> bool {
    use Status::{Accepted, Approved, Correcting, Proposed, Received, Returned, Sent};
    match action {
        Action::Propose => matches!(status, Proposed | Approved | Sent | Received | Accepted),
        Action::Approve => matches!(status, Approved | Sent | Received | Accepted),
        Action::Send => matches!(status, Sent | Received | Accepted),
        Action::Receive => matches!(status, Received | Accepted),
        Action::Reopen => status == Correcting,
        Action::Accept => status == Accepted,
        Action::Return => status == Returned,
        _ => false,
    }
}

fn revision(fields: &Fields) -> Result<u32, Problem> {
    field(fields, "ban")
        .parse()
        .map_err(|_| Problem::BadRequest)
}

/// `POST …/trinh`
pub async fn propose(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let draft: u64 = field(&fields, "base")
        .parse()
        .map_err(|_| Problem::BadRequest)?;
    let outcome = step(&office, &person, &address, move |_| Command::Propose {
        draft,
    })
    .await;
    done(&office, &person, &address, "trinh", outcome).await
}

/// `POST …/duyet`: the head's one button approves and sends.
pub async fn approve(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let (revision, typed) = (revision(&fields)?, TypedNote::of(&fields));
    let note = typed.note()?;
    let (actor, now, asked) = (person.actor.clone(), office.now(), address.clone());
    let outcome = office
        .run(move |service| {
            service
                .approve_and_send(&actor, &asked, (revision, note), now)
                .map(|_| ())
        })
        .await;
    done_with(&office, &person, &address, "duyet", outcome, typed).await
}

/// `POST …/gui`
pub async fn send(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let (revision, typed) = (revision(&fields)?, TypedNote::of(&fields));
    let note = typed.note()?;
    let outcome = step(&office, &person, &address, move |_| Command::Send {
        revision,
        note,
    })
    .await;
    done_with(&office, &person, &address, "gui", outcome, typed).await
}

/// `POST …/nhan`
pub async fn receive(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let revision = revision(&fields)?;
    let outcome = step(&office, &person, &address, move |_| Command::Receive {
        revision,
    })
    .await;
    done(&office, &person, &address, "nhan", outcome).await
}

/// `POST …/mo-lai`: an accepted report is opened for correction.
pub async fn reopen(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let revision = revision(&fields)?;
    let reason = field(&fields, "ly_do").trim().to_string();
    let outcome = step(&office, &person, &address, move |_| Command::Reopen {
        revision,
        reason,
    })
    .await;
    done(&office, &person, &address, "mo-lai", outcome).await
}

/// `POST …/tiep-nhan`
pub async fn accept(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let revision = revision(&fields)?;
    let outcome = step(&office, &person, &address, move |_| Command::Accept {
        revision,
    })
    .await;
    if outcome.is_ok() && field(&fields, "ve") == "bang" {
        let board = collection_path(&address.regime, &address.period);
        return Ok(Redirect::to(&format!("{board}?xong=tiep-nhan")).into_response());
    }
    done(&office, &person, &address, "tiep-nhan", outcome).await
}

/// `POST …/tra-lai`: back to be corrected, with a reason that may name a cell.
pub async fn return_report(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let revision = revision(&fields)?;
    let text = field(&fields, "ly_do").trim().replace("\r\n", "\n");
    let cell = match field(&fields, "o").split_once('.') {
        Some((row, column)) => {
            let view = current(&office, &person, &address).await?;
            let (_, form) = form_named(&view, field(&fields, "form"))?;
            let (index, column) = form.find_column(column).ok_or(Problem::BadRequest)?;
            let row = row_of_field(row);
            Some(CellKey::new(&form.name, &row, &column.key(index)))
        }
        None => None,
    };
    let reasons = vec![ReturnReason { cell, text }];
    let outcome = step(&office, &person, &address, move |_| Command::Return {
        revision,
        reasons,
    })
    .await;
    done(&office, &person, &address, "tra-lai", outcome).await
}

/// `POST …/thu-hoi`
pub async fn withdraw(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let reason = field(&fields, "ly_do").trim().to_string();
    let outcome = step(&office, &person, &address, move |_| Command::Withdraw {
        reason,
    })
    .await;
    done(&office, &person, &address, "thu-hoi", outcome).await
}

/// `POST …/mo-dau-ky`: opening figures declared by hand, with their ground.
pub async fn declare_opening(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): ReportPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let view = current(&office, &person, &address).await?;
    let (_, form) = form_named(&view, field(&fields, "form"))?;
    let mut cells = Vec::new();
    for cell in typed_cells(&fields, "m") {
        let (index, column) = form.find_column(&cell.column).ok_or(Problem::BadRequest)?;
        let key = column.key(index);
        let definition = form.cell(&cell.row, index).unwrap_or(&column.cell);
        match typed::entry(&cell.typed, definition) {
            Ok(entry) => cells.push(CellChange {
                cell: CellKey::new(&form.name, &cell.row, &key),
                entry,
            }),
            Err(problem) => {
                let refused = crate::web::form_data::RefusedCell {
                    row: cell.row,
                    column: key,
                    typed: cell.typed,
                    problem,
                };
                let problem = Some(refused_text(person.language(), &refused));
                let aftermath = Aftermath {
                    problem,
                    form: Some(form.name.clone()),
                    ..Aftermath::default()
                };
                return respond(
                    &office,
                    &person,
                    &address,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    aftermath,
                )
                .await;
            }
        }
    }
    let (name, reason) = (
        form.name.clone(),
        field(&fields, "ly_do").trim().to_string(),
    );
    let outcome = step(&office, &person, &address, move |_| {
        Command::DeclareOpening {
            form: name,
            cells,
            reason,
        }
    })
    .await;
    done(&office, &person, &address, "mo-dau-ky", outcome).await
}
