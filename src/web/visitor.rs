//! Who is asking: an anonymous visitor with a language, or a signed-in person.
//!
//! A handler that needs a person takes [`SignedIn`] and cannot be reached without one. The person's rights are read anew for each request, so that a disabled account stops at once.
//! Broken input: a damaged or overlong session is treated as none.

use crate::organisation::UnitId;
use crate::reports::permission::Actor;
use crate::service::people::accounts::SignedInPerson;
use crate::web::clock::real_seconds;
use crate::web::office::Office;
use crate::web::problem::Problem;
use crate::web::session::{ACCOUNT, BROWSER, LONGEST_HOURS, SEEN_AT, SIGNED_IN_AT};
use crate::web::texts::Language;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use std::convert::Infallible;
use tower_sessions::Session;

const LANGUAGE: &str = "language";
const UNIT: &str = "unit";
/// As much of what a browser calls itself is kept.
const LONGEST_BROWSER: usize = 300;
/// The last use of a session is written at most this often, because each writing waits for the disk.
const SEEN_EVERY_SECONDS: i64 = 60;

/// Anybody who asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The language of the pages.
    pub language: Language,
    /// The signed-in person, if any; not while they must do something else first.
    pub actor: Option<Actor>,
    /// Somebody who signed in and must do something before they may go on.
    pub held_up: Option<HeldUp>,
    /// The unit chosen in the switcher; none shows all of the person's units.
    pub unit: Option<UnitId>,
    /// The session.
    pub session: Session,
    /// Path and query of the request.
    pub path: String,
    /// The query alone.
    pub query: String,
}

/// What somebody who signed in must do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Choose a password of their own.
    ChangePassword,
    /// Set the second factor that their role demands.
    SetSecondFactor,
}

impl First {
    /// Where it is done.
    pub fn path(self) -> &'static str {
        match self {
            First::ChangePassword => "/tai-khoan/mat-khau",
            First::SetSecondFactor => "/tai-khoan/hai-lop",
        }
    }
}

/// Somebody who signed in and must do something first.
#[derive(Debug, Clone)]
pub struct HeldUp {
    /// Who.
    pub actor: Actor,
    /// What.
    pub first: First,
}

/// The owner of an account at what concerns the account alone: also somebody who must do something first.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The visitor they are.
    pub visitor: Visitor,
    /// The person.
    pub actor: Actor,
}

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The visitor they are.
    pub visitor: Visitor,
    /// The person with their rights.
    pub actor: Actor,
}

impl SignedIn {
    /// The language of the pages.
    pub fn language(&self) -> Language {
        self.visitor.language
    }
}

/// The value of a name in a query.
pub fn query_value(query: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded_pairs(query);
    pairs
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

fn serde_urlencoded_pairs(query: &str) -> Vec<(String, String)> {
    let uri = format!("/?{query}").parse::<axum::http::Uri>();
    uri.ok()
        .and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok())
        .map(|pairs| pairs.0)
        .unwrap_or_default()
}

/// Makes the session that of an account, under a new id so that nobody who knew the old one is signed in too.
pub async fn sign_in(session: &Session, account: &str, headers: &HeaderMap) -> Result<(), Problem> {
    let browser = headers.get(header::USER_AGENT);
    let browser = browser.and_then(|browser| browser.to_str().ok());
    let browser: String = browser
        .unwrap_or_default()
        .chars()
        .take(LONGEST_BROWSER)
        .collect();
    session.cycle_id().await?;
    session.insert(BROWSER, browser).await?;
    session.insert(ACCOUNT, account).await?;
    session.insert(SIGNED_IN_AT, real_seconds()).await?;
    session.insert(SEEN_AT, real_seconds()).await?;
    Ok(())
}

async fn read_visitor(parts: &mut Parts, office: &Office) -> Result<Visitor, Problem> {
    let session = <Session as FromRequestParts<Office>>::from_request_parts(parts, office)
        .await
        .map_err(|(_, message)| Problem::internal(message))?;
    let query = parts.uri.query().unwrap_or_default().to_string();
    let path = parts
        .uri
        .path_and_query()
        .map(ToString::to_string)
        .unwrap_or_else(|| "/".to_string());
    let stored: Option<String> = session.get(LANGUAGE).await?;
    let mut language = stored
        .as_deref()
        .and_then(Language::from_code)
        .unwrap_or_default();
    if let Some(chosen) = query_value(&query, "lang")
        .as_deref()
        .and_then(Language::from_code)
        && chosen != language
    {
        session.insert(LANGUAGE, chosen.code()).await?;
        language = chosen;
    }
    let (actor, held_up) = match read_person(&session, office).await? {
        Some(person) if person.must_change_password || person.must_set_second_factor => {
            let first = if person.must_change_password {
                First::ChangePassword
            } else {
                First::SetSecondFactor
            };
            let actor = person.actor;
            (None, Some(HeldUp { actor, first }))
        }
        person => (person.map(|person| person.actor), None),
    };
    let mut unit: Option<UnitId> = session.get::<String>(UNIT).await?.map(UnitId);
    if actor.is_some()
        && let Some(chosen) = query_value(&query, "don_vi").filter(|_| parts.method == Method::GET)
    {
        unit = Some(UnitId(chosen.clone())).filter(|unit| !unit.as_str().is_empty());
        session.insert(UNIT, chosen).await?;
    }
    let unit = unit.filter(|unit| {
        actor
            .as_ref()
            .is_some_and(|actor| actor.held().any(|held| &held.grant.unit == unit))
    });
    Ok(Visitor {
        language,
        actor,
        held_up,
        unit,
        session,
        path,
        query,
    })
}

async fn read_person(
    session: &Session,
    office: &Office,
) -> Result<Option<SignedInPerson>, Problem> {
    let Some(account) = session.get::<String>(ACCOUNT).await? else {
        return Ok(None);
    };
    let now = real_seconds();
    let since: i64 = session.get(SIGNED_IN_AT).await?.unwrap_or(0);
    if now.saturating_sub(since) > LONGEST_HOURS * 3600 {
        session.flush().await?;
        return Ok(None);
    }
    let seen: i64 = session.get(SEEN_AT).await?.unwrap_or(0);
    if now.saturating_sub(seen) >= SEEN_EVERY_SECONDS {
        session.insert(SEEN_AT, now).await?;
    }
    let today = office.today().date();
    let person = office
        .run(move |service| service.signed_in(&account, today))
        .await?;
    if person.is_none() {
        session.flush().await?;
    }
    Ok(person)
}

impl FromRequestParts<Office> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Visitor, Problem> {
        read_visitor(parts, office).await
    }
}

impl OptionalFromRequestParts<Office> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        office: &Office,
    ) -> Result<Option<Visitor>, Infallible> {
        Ok(read_visitor(parts, office).await.ok())
    }
}

impl FromRequestParts<Office> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<SignedIn, Problem> {
        let visitor = read_visitor(parts, office).await?;
        match (visitor.actor.clone(), &visitor.held_up) {
            (Some(actor), _) => Ok(SignedIn { visitor, actor }),
            (None, Some(held_up)) => Err(Problem::FirstDo(held_up.first)),
            (None, None) => Err(sign_in_first(&parts.method, visitor)),
        }
    }
}

impl FromRequestParts<Office> for Owner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Owner, Problem> {
        let visitor = read_visitor(parts, office).await?;
        let held_up = visitor.held_up.as_ref().map(|held_up| &held_up.actor);
        match visitor.actor.as_ref().or(held_up).cloned() {
            Some(actor) => Ok(Owner { visitor, actor }),
            None => Err(sign_in_first(&parts.method, visitor)),
        }
    }
}

/// After a lapse, a read page can be opened again; a post cannot be repeated by a redirect.
fn sign_in_first(method: &Method, visitor: Visitor) -> Problem {
    Problem::SignInFirst {
        next: if method == Method::GET {
            visitor.path
        } else {
            "/".to_string()
        },
    }
}
