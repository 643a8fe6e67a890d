//! What is done to a consolidated document from its page: adjust, explain, write, propose, and every step of its way.
//!
//! The state machine decides; a refusal shows the page again with its words, and what was typed beside a sending. Broken input: a number that does not read is told at its field or is a bad request.

use crate::organisation::UnitId;
use crate::reports::command::{Command, ExplanationChange, ReturnReason};
use crate::reports::key::{CellKey, ExplanationKey};
use crate::service::whole::document::{DocumentAddress, DocumentCommand};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::document::{Aftermath, DocumentPath, document_of, respond};
use crate::web::pages::sending::TypedNote;
use crate::web::pages::{collection_path, document_path};
use crate::web::problem::Problem;
use crate::web::texts::worded;
use crate::web::typed;
use crate::web::visitor::SignedIn;
use crate::web::words::pick;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;

async fn done(
    office: &Office,
    person: &SignedIn,
    at: &DocumentAddress,
    command: DocumentCommand,
    (code, sending): (&str, TypedNote),
) -> Result<Response, Problem> {
    let (actor, now, asked) = (person.actor.clone(), office.now(), at.clone());
    let outcome = office
        .run(move |service| {
            service
                .document_command(&actor, &asked, command, now)
                .map(|_| ())
        })
        .await;
    let Err(problem) = outcome else {
        return Ok(Redirect::to(&format!("{}?xong={code}", document_path(at))).into_response());
    };
    let Some(refusal) = problem.refusal() else {
        return Err(problem);
    };
    let aftermath = Aftermath {
        problem: Some(pick(person.language(), refusal.wording())),
        sending,
    };
    match respond(office, person, at, problem.status(), aftermath).await {
        Ok(page) => Ok(page),
        // Who may not see the page learns no more than the refusal.
        Err(_) => Err(problem),
    }
}

fn number<N: std::str::FromStr>(fields: &Fields, name: &str) -> Result<N, Problem> {
    let text = field(fields, name);
    text.parse().map_err(|_| Problem::BadRequest)
}

fn text(fields: &Fields, name: &str) -> String {
    field(fields, name).trim().replace("\r\n", "\n")
}

/// `POST …/dieu-chinh`: a figure is adjusted by a difference.
pub async fn adjust(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let base = number(&fields, "base")?;
    let cell = CellKey::new(
        field(&fields, "form"),
        field(&fields, "dong"),
        field(&fields, "cot"),
    );
    let language = person.language();
    // A sign in front is usual here, and a plus sign is no part of a number.
    let typed_text = field(&fields, "so").trim().trim_start_matches('+').trim();
    let difference = match typed::difference(typed_text) {
        Ok(difference) => difference,
        Err(problem) => {
            let why = typed::mistyped_text(language, &problem);
            let typed_text = typed_text.to_string();
            let aftermath = Aftermath {
                problem: Some(worded(
                    language,
                    "adjustment-mistyped",
                    &[("typed", typed_text.into()), ("why", why.into())],
                )),
                ..Aftermath::default()
            };
            return respond(
                &office,
                &person,
                &at,
                StatusCode::UNPROCESSABLE_ENTITY,
                aftermath,
            )
            .await;
        }
    };
    let command = DocumentCommand::Adjust {
        base,
        cell,
        difference,
        reason: text(&fields, "ly_do"),
    };
    done(
        &office,
        &person,
        &at,
        command,
        ("dieu-chinh", TypedNote::default()),
    )
    .await
}

/// `POST …/thoi-dieu-chinh`: an adjustment is taken back.
pub async fn take_back(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::TakeBack {
        base: number(&fields, "base")?,
        number: number(&fields, "so")?,
        reason: text(&fields, "ly_do"),
    };
    let said = ("thoi-dieu-chinh", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/da-xem-lai`: an adjustment still holds although units' figures have moved.
pub async fn review(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Review {
        base: number(&fields, "base")?,
        number: number(&fields, "so")?,
    };
    let said = ("da-xem-lai", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/ly-do-thieu`: why units are missing. A reason for all fills those that have none of their own.
pub async fn explain_missing(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let for_all = text(&fields, "ly_do_chung");
    let mut reasons = BTreeMap::new();
    for (name, value) in &fields {
        if let Some(unit) = name.strip_prefix("ly_do.") {
            let own = value.trim().replace("\r\n", "\n");
            let reason = if own.is_empty() { for_all.clone() } else { own };
            reasons.insert(UnitId(unit.to_string()), reason);
        }
    }
    let command = DocumentCommand::ExplainMissing {
        base: number(&fields, "base")?,
        reasons,
    };
    let said = ("ly-do-thieu", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/loi-van`: the body's own words, and its explanations.
pub async fn write(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let mut words = BTreeMap::new();
    let mut explanations = Vec::new();
    for (name, value) in &fields {
        let value = value.trim().replace("\r\n", "\n");
        if let Some(key) = name.strip_prefix("loi.") {
            words.insert(key.to_string(), value);
        } else if let Some((form, finding)) = name
            .strip_prefix("gt.")
            .and_then(|rest| rest.split_once('.'))
        {
            explanations.push(ExplanationChange {
                explanation: ExplanationKey {
                    form: form.to_string(),
                    finding: finding.to_string(),
                },
                text: Some(value).filter(|text| !text.is_empty()),
            });
        }
    }
    let command = DocumentCommand::Write {
        base: number(&fields, "base")?,
        words,
        explanations,
    };
    let said = ("luu", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/trinh`
pub async fn propose(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Step(Command::Propose {
        draft: number(&fields, "base")?,
    });
    let said = ("trinh", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/duyet`: the head's one button approves and sends.
pub async fn approve(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let typed = TypedNote::of(&fields);
    let command = DocumentCommand::ApproveAndSend {
        revision: number(&fields, "ban")?,
        note: typed.note()?,
    };
    done(&office, &person, &at, command, ("duyet", typed)).await
}

/// `POST …/gui`
pub async fn send(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let typed = TypedNote::of(&fields);
    let command = DocumentCommand::Step(Command::Send {
        revision: number(&fields, "ban")?,
        note: typed.note()?,
    });
    done(&office, &person, &at, command, ("gui", typed)).await
}

/// `POST …/nhan`
pub async fn receive(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Step(Command::Receive {
        revision: number(&fields, "ban")?,
    });
    let said = ("nhan", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/tiep-nhan`
pub async fn accept(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Step(Command::Accept {
        revision: number(&fields, "ban")?,
    });
    let said = ("tiep-nhan", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/tra-lai`. Who returns a document may not see it any more; they are led to their board.
pub async fn return_document(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Step(Command::Return {
        revision: number(&fields, "ban")?,
        reasons: vec![ReturnReason {
            cell: None,
            text: text(&fields, "ly_do"),
        }],
    });
    let said = ("tra-lai", TypedNote::default());
    let answer = done(&office, &person, &at, command, said).await?;
    let (actor, now, asked) = (person.actor.clone(), office.now(), at.clone());
    let sees = office
        .run(move |service| service.document(&actor, &asked, None, now).map(|_| ()))
        .await;
    if answer.status().is_redirection() && sees.is_err() {
        let board = collection_path(&at.regime, &at.period);
        return Ok(Redirect::to(&format!("{board}?xong=tra-lai")).into_response());
    }
    Ok(answer)
}

/// `POST …/thu-hoi`
pub async fn withdraw(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Step(Command::Withdraw {
        reason: text(&fields, "ly_do"),
    });
    let said = ("thu-hoi", TypedNote::default());
    done(&office, &person, &at, command, said).await
}

/// `POST …/mo-lai`: an accepted document is opened for correction.
pub async fn reopen(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    let command = DocumentCommand::Step(Command::Reopen {
        revision: number(&fields, "ban")?,
        reason: text(&fields, "ly_do"),
    });
    let said = ("mo-lai", TypedNote::default());
    done(&office, &person, &at, command, said).await
}
