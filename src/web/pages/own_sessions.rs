//! The sessions of one's own account: on what they run, since when, when they were last used, and ending them.
//!
//! A session is named by the hash under which it is kept, which opens nothing. Broken input: a session that is not the person's own is not ended.

use crate::service::problem::ServiceError;
use crate::store::records::Session;
use crate::web::clock::real_moment;
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::account;
use crate::web::problem::Problem;
use crate::web::session::{SessionFacts, stored_id};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// A session as a line of a list.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    id: String,
    device: String,
    since: String,
    seen: String,
    current: bool,
}

/// The sessions of the person, the present one first.
pub async fn lines(office: &Office, person: &SignedIn) -> Result<Vec<SessionLine>, Problem> {
    let actor = person.actor.clone();
    let now = real_moment();
    let sessions = office
        .run(move |service| service.sessions(&actor, now))
        .await?;
    let current = person.visitor.session.id().map(|id| stored_id(&id));
    let mut lines: Vec<SessionLine> = sessions
        .iter()
        .map(|session| line(person.language(), session, current.as_deref()))
        .collect();
    lines.sort_by_key(|line| !line.current);
    Ok(lines)
}

fn line(language: Language, session: &Session, current: Option<&str>) -> SessionLine {
    let facts = SessionFacts::of(session);
    SessionLine {
        device: device(language, &facts.browser),
        since: facts.signed_in_at.map(words::moment).unwrap_or_default(),
        seen: facts.seen_at.map(words::moment).unwrap_or_default(),
        current: current == Some(session.id.as_str()),
        id: session.id.clone(),
    }
}

/// A browser in words: what it calls itself is long and understood by nobody.
fn device(language: Language, browser: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("coc_coc_browser", "Cốc Cốc"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(sign, _)| browser.contains(sign));
        found.map(|(_, name)| (*name).to_string())
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => worded(
            language,
            "session-device",
            &[("browser", browser.into()), ("system", system.into())],
        ),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => plain(language, "session-unknown"),
    }
}

/// `POST /tai-khoan/phien/ket-thuc`
pub async fn end(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let session = field(&fields, "phien").to_string();
    let outcome = office
        .run(move |service| service.end_session(&actor, &session, real_moment(), now))
        .await;
    match outcome {
        Ok(()) => Ok(ended()),
        // It ended by itself while the page was open.
        Err(Problem::Service(error)) if matches!(*error, ServiceError::People(_)) => Ok(ended()),
        Err(problem) => Err(problem),
    }
}

/// `POST /tai-khoan/phien/ket-thuc-khac`
pub async fn end_others(
    State(office): State<Office>,
    person: SignedIn,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let kept = person.visitor.session.id().map(|id| stored_id(&id));
    office
        .run(move |service| service.end_other_sessions(&actor, kept.as_deref(), now))
        .await?;
    Ok(ended())
}

fn ended() -> Response {
    Redirect::to(&format!("{}?xong=het-phien", account::PATH)).into_response()
}

#[cfg(test)]
mod tests {
    use super::device;
    use crate::web::texts::Language;

    #[test]
    fn a_browser_is_told_in_words() {
        let told: Vec<String> = [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/120.0 Chrome/114.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "curl/8.5.0",
            "",
        ]
        .into_iter()
        .map(|browser| device(Language::Vietnamese, browser))
        .collect();
        assert_eq!(
            told,
            [
                "Edge trên Windows",
                "Cốc Cốc trên Windows",
                "Safari trên iPhone",
                "Firefox trên Linux",
                "Thiết bị không rõ",
                "Thiết bị không rõ"
            ]
        );
    }
}
