//! The line between the studio in a browser and the language server: one web socket, one bridge, one project in memory.
//!
//! It carries messages and reads none. Only pages of this server may open it, and only for a person who may write regimes; whoever is signed out is told so by the code of the closing. Broken input: a message that is
//! too large ends the line, which the browser opens again.

use super::ROOT;
use crate::ide::lenses::{Published, PublishedVersion};
use crate::lsp::bridge::{Bridge, Going, Limits, Options};
use crate::lsp::clock::Clock;
use crate::lsp::desk::{Ground, ProjectReader};
use crate::lsp::settings::Settings;
use crate::lsp::view::PublishedReader;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::problem::ServiceError;
use crate::text::language::Language as Spoken;
use crate::web::office::Office;
use crate::web::pages::help;
use crate::web::problem::Problem;
use crate::web::session::{IDLE_MINUTES, LONGEST_HOURS};
use crate::web::studio::preview;
use crate::web::texts::Language;
use crate::web::visitor::Visitor;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

/// The largest message, in bytes: the text of the largest draft, written as JSON.
const LARGEST_MESSAGE: usize = 2 * 1024 * 1024;
/// The most documents open at once on one line.
const MOST_DOCUMENTS: usize = 300;
/// How often the other side is asked whether it is still there, and whether the person may still do what they do.
const LOOK: Duration = Duration::from_secs(30);
/// A line on which nothing is said for so long ends, as a session does.
const IDLE: Duration = Duration::from_secs(IDLE_MINUTES.unsigned_abs() * 60);
/// No line outlives the longest session.
const LONGEST: Duration = Duration::from_secs(LONGEST_HOURS.unsigned_abs() * 3600);
/// The session has ended, so trying again is of no use.
const SIGNED_OUT: u16 = 4401;
/// The server has as many lines as it can bear.
const TRY_LATER: u16 = 1013;

/// `GET /soan/may-chu`
pub async fn open(
    State(office): State<Office>,
    visitor: Visitor,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    // Browsers send the origin of the page with every web socket; another page must not speak in the person's name.
    let origin = own_origin(&headers).ok_or(ServiceError::Forbidden)?;
    if let Some(actor) = &visitor.actor {
        grant_for_province(actor, Action::AuthorRegime).ok_or(ServiceError::Forbidden)?;
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return Ok(rejection.into_response()),
    };
    let upgrade = upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE);
    let Some(actor) = visitor.actor else {
        return Ok(upgrade.on_upgrade(|socket| ended(socket, SIGNED_OUT)));
    };
    let Ok(permit) = office.studios.clone().try_acquire_owned() else {
        return Ok(upgrade.on_upgrade(|socket| ended(socket, TRY_LATER)));
    };
    let (person, now) = (actor.clone(), office.now());
    let drafts = office
        .run(move |service| service.drafts(&person, now))
        .await?;
    let base = ROOT
        .parse()
        .map_err(|_| Problem::internal("the address of the drafts"))?;
    let days = office.clone();
    let (bridge, said) = Bridge::open(Options {
        ground: Ground::Memory {
            base,
            project: drafts.project.clone(),
            newer: Some(newer(&office, &actor)),
        },
        settings: Settings {
            language: spoken(visitor.language),
            help: format!("{origin}{}", help::CODES),
            ..Settings::default()
        },
        renderer: Some(preview::renderer(move || days.now().date())),
        published: Some(published(&office)),
        clock: clock(&office),
        limits: Limits {
            message: LARGEST_MESSAGE,
            documents: MOST_DOCUMENTS,
        },
    })
    .map_err(|error| Problem::internal(&error.to_string()))?;
    let answer = upgrade.on_upgrade(move |socket| async move {
        let line = Line {
            socket,
            bridge,
            said,
            account: actor.user,
            office,
        };
        line.carry().await;
        drop(permit);
    });
    Ok(answer.into_response())
}

/// The origin of the request, if it is this server itself.
fn own_origin(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name)?.to_str().ok();
    let origin = text(header::ORIGIN.as_str())?;
    let own = text(header::HOST.as_str())?;
    let uri: Uri = origin.parse().ok()?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let same = uri.authority()?.as_str().eq_ignore_ascii_case(own);
    (is_web && same).then(|| origin.to_owned())
}

/// Tells the editor the drafts as they stand now, because others save into them too.
fn newer(office: &Office, actor: &Actor) -> ProjectReader {
    let (office, actor) = (office.clone(), actor.clone());
    Arc::new(move || {
        let drafts = office.service().drafts(&actor, office.now());
        // A store that does not answer now tells nothing.
        drafts.ok().map(|drafts| drafts.project.clone())
    })
}

/// Tells the editor what is in force, and for how many units.
fn published(office: &Office) -> PublishedReader {
    let office = office.clone();
    Arc::new(move || {
        let (service, today) = (office.service(), office.now().date());
        // A store that does not answer now tells nothing.
        let Ok(ground) = service.ground() else {
            return Published::new();
        };
        let newest = ground.regimes.iter().filter_map(|(name, versions)| {
            let (version, plan) = versions.iter().next_back()?;
            let units = ground.organisation.reporters(&plan.header.reporters, today);
            let one = PublishedVersion {
                version: *version,
                units: units.len(),
            };
            Some((name.clone(), one))
        });
        newest.collect()
    })
}

/// The clock of the office, so that the editor lives on the same day.
fn clock(office: &Office) -> Clock {
    let office = office.clone();
    Clock {
        today: Arc::new(move || office.now().date()),
        ..Clock::of_the_machine()
    }
}

fn spoken(language: Language) -> Spoken {
    match language {
        Language::Vietnamese => Spoken::Vietnamese,
        Language::English => Spoken::English,
    }
}

/// Ends a line with the reason.
async fn ended(mut socket: WebSocket, code: u16) {
    let close = CloseFrame {
        code,
        reason: "".into(),
    };
    // Whoever is gone already need not be told.
    drop(socket.send(Message::Close(Some(close))).await);
}

/// An open line.
struct Line {
    socket: WebSocket,
    bridge: Bridge,
    said: UnboundedReceiver<String>,
    account: String,
    office: Office,
}

impl Line {
    async fn carry(mut self) {
        let end = Instant::now() + LONGEST;
        let mut heard = Instant::now();
        let mut look = interval_at(heard + LOOK, LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => {
                        heard = Instant::now();
                        if self.bridge.receive(text.as_str()).await != Going::On {
                            return;
                        }
                    }
                    Some(Ok(Message::Binary(_))) => self.bridge.unreadable(),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                },
                said = self.said.recv() => {
                    let Some(said) = said else { return };
                    if self.socket.send(Message::Text(said.into())).await.is_err() {
                        return;
                    }
                }
                _ = look.tick() => {
                    if !may_go_on(&self.office, &self.account).await {
                        return ended(self.socket, SIGNED_OUT).await;
                    }
                    if self.socket.send(Message::Ping(Vec::new().into())).await.is_err() {
                        return;
                    }
                }
                () = sleep_until(end.min(heard + IDLE)) => return ended(self.socket, SIGNED_OUT).await,
            }
        }
    }
}

/// Whether the account is still there and may still write regimes. A store that does not answer now changes nothing.
async fn may_go_on(office: &Office, account: &str) -> bool {
    let account = account.to_owned();
    let today = office.now().date();
    let found = office
        .run(move |service| service.actor(&account, today))
        .await;
    found.map_or(true, |actor| {
        actor.is_some_and(|actor| grant_for_province(&actor, Action::AuthorRegime).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::own_origin;
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn only_a_page_of_this_server_opens_a_line() {
        let from = |origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("soan.tinh.vn:8080"));
            if let Some(origin) = origin {
                headers.insert("origin", HeaderValue::from_static(origin));
            }
            own_origin(&headers).is_some()
        };
        assert!(from(Some("http://soan.tinh.vn:8080")));
        assert!(from(Some("https://Soan.tinh.vn:8080")));
        for other in [
            "http://soan.tinh.vn",
            "http://soan.tinh.vn:8080.example.com",
            "https://example.com",
            "ftp://soan.tinh.vn:8080",
            "null",
            "",
        ] {
            assert!(!from(Some(other)), "{other}");
        }
        assert!(!from(None));
    }
}
