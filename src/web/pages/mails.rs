//! *Thư nhắc*: letters by e-mail and where each stands, how many days before a deadline the calendar reminds, and sending a letter again.
//!
//! What a letter says is shown to those who keep the system; secrets never stand in one. Broken input: days that are no number are a bad request.

use crate::service::mails::OutboxView;
use crate::store::notices::{MailState, StoredMail};
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain};
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/quan-tri/thu";

#[derive(Serialize)]
struct MailsPage {
    chrome: Chrome,
    sends_mail: bool,
    days: u32,
    counts: Vec<CountLine>,
    mails: Vec<MailLine>,
}

#[derive(Serialize)]
struct CountLine {
    state: String,
    count: u64,
}

#[derive(Serialize)]
struct MailLine {
    number: i64,
    queued: String,
    account: String,
    to: String,
    subject: String,
    state: String,
    class: &'static str,
    changed: String,
    next: Option<String>,
    attempts: u32,
    detail: String,
    may_resend: bool,
}

/// `GET /quan-tri/thu`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let actor = person.actor.clone();
    let outbox = office.run(move |service| service.outbox(&actor)).await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::here(plain(language, "mails")),
    ];
    let chrome = chrome(&office, &person.visitor, Area::Admin, crumbs);
    let OutboxView {
        mails,
        counts,
        days_before,
    } = outbox;
    let view = MailsPage {
        chrome,
        sends_mail: office.sends_mail,
        days: days_before,
        counts: counts
            .into_iter()
            .map(|(state, count)| CountLine {
                state: state_words(language, state).0,
                count,
            })
            .collect(),
        mails: mails.iter().map(|mail| mail_line(language, mail)).collect(),
    };
    page("mails.html", &view)
}

fn state_words(language: Language, state: MailState) -> (String, &'static str) {
    let (key, class) = match state {
        MailState::Waiting => ("mail-waiting", "tag-due"),
        MailState::Sending => ("mail-sending", "tag-neutral"),
        MailState::Sent => ("mail-sent", "tag-accepted"),
        MailState::Uncertain => ("mail-uncertain", "tag-late"),
        MailState::GivenUp => ("mail-given-up", "tag-error"),
    };
    (plain(language, key), class)
}

fn mail_line(language: Language, stored: &StoredMail) -> MailLine {
    let (state, class) = state_words(language, stored.state);
    MailLine {
        number: stored.number,
        queued: words::moment(stored.queued_at),
        account: stored.mail.account.clone(),
        to: stored.mail.to.clone(),
        subject: stored.mail.subject.clone(),
        state,
        class,
        changed: words::moment(stored.changed_at),
        next: (stored.state == MailState::Waiting && stored.attempts > 0)
            .then(|| words::moment(stored.next_at)),
        attempts: stored.attempts,
        detail: stored.detail.clone(),
        may_resend: matches!(stored.state, MailState::Uncertain | MailState::GivenUp),
    }
}

/// `POST /quan-tri/thu`: days before, or a letter to be sent again.
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let number = |name: &str| field(&fields, name).trim().parse::<u32>().ok();
    match field(&fields, "viec") {
        "ngay" => {
            let days = number("so_ngay").ok_or(Problem::BadRequest)?;
            office
                .run(move |service| service.set_reminder_days(&actor, days))
                .await?;
        }
        "gui-lai" => {
            let letter = number("thu").ok_or(Problem::BadRequest)?;
            office
                .run(move |service| service.resend_mail(&actor, i64::from(letter), now))
                .await?;
        }
        _ => {
            // Whoever may not look at letters does not learn what can be done with them.
            office.run(move |service| service.outbox(&actor)).await?;
            return Err(Problem::BadRequest);
        }
    }
    Ok(Redirect::to(&format!("{PATH}?xong=thu")).into_response())
}
