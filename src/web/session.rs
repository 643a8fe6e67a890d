//! Sessions behind the store: who is signed in, in which language, for which unit.
//!
//! The cookie carries a random id; the store keeps only the id's SHA-256, so that a copy of the database signs nobody in. Cookies live by the browser's clock, so
//! this is the one place that uses the real clock. Broken input: an unknown, expired or unreadable session is no session.

use crate::calendar::Moment;
use crate::plan::fingerprint::hexadecimal;
use crate::service::Service;
use crate::store::records::Session as StoredSession;
use crate::web::clock::real_seconds;
use async_trait::async_trait;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, Error};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// The value of a session that names the account signed in.
pub const ACCOUNT: &str = "account";
/// The value of a session that holds when its person signed in, in seconds since 1970.
pub const SIGNED_IN_AT: &str = "signed_in_at";
/// The value of a session that holds when it was last used, in seconds since 1970.
pub const SEEN_AT: &str = "seen_at";
/// The value of a session that holds what the browser called itself at sign-in.
pub const BROWSER: &str = "browser";

/// What a kept session tells its owner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionFacts {
    /// When the person signed in.
    pub signed_in_at: Option<Moment>,
    /// When it was last used, to the minute.
    pub seen_at: Option<Moment>,
    /// What the browser called itself.
    pub browser: String,
}

impl SessionFacts {
    /// Of a kept session; one that cannot be read tells nothing.
    pub fn of(session: &StoredSession) -> SessionFacts {
        let data: HashMap<String, Value> =
            serde_json::from_slice(&session.data).unwrap_or_default();
        let moment = |name: &str| {
            let seconds = data.get(name).and_then(Value::as_i64);
            seconds.and_then(Moment::from_unix_seconds)
        };
        SessionFacts {
            signed_in_at: moment(SIGNED_IN_AT),
            seen_at: moment(SEEN_AT),
            browser: data
                .get(BROWSER)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_string(),
        }
    }
}

/// A session that is not used for so long ends.
pub const IDLE_MINUTES: i64 = 60;
/// A session ends this long after signing in, however much it is used.
pub const LONGEST_HOURS: i64 = 12;

/// The session layer; cookies are `Secure` unless the server is only reachable from its own machine.
pub fn layer(service: Arc<Service>, secure: bool) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(Sessions { service })
        .with_name(if secure { "__Host-regime" } else { "regime" })
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_secure(secure)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::minutes(IDLE_MINUTES)))
}

/// Sessions in the store.
#[derive(Clone)]
pub struct Sessions {
    service: Arc<Service>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sessions")
    }
}

impl Sessions {
    async fn blocking<T, F>(&self, work: F) -> session_store::Result<T>
    where
        F: FnOnce(&Service) -> Result<T, Error> + Send + 'static,
        T: Send + 'static,
    {
        let service = Arc::clone(&self.service);
        tokio::task::spawn_blocking(move || work(&service))
            .await
            .map_err(backend)?
    }
}

fn backend(error: impl fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

/// The id under which a session is kept.
pub fn stored_id(id: &Id) -> String {
    hexadecimal(&Sha256::digest(id.to_string().as_bytes()))
}

fn real_now() -> Result<Moment, Error> {
    Moment::from_unix_seconds(real_seconds())
        .ok_or_else(|| backend("the clock is outside the calendar"))
}

fn write(service: &Service, record: &Record) -> Result<(), Error> {
    let expires_at = Moment::from_unix_seconds(record.expiry_date.unix_timestamp())
        .ok_or_else(|| Error::Encode("expiry outside the calendar".to_string()))?;
    let data =
        serde_json::to_vec(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    let transaction = service
        .store()
        .begin_write()
        .map_err(|error| backend(error.wording().en))?;
    let session = StoredSession {
        id: stored_id(&record.id),
        data,
        expires_at,
        account: record
            .data
            .get(ACCOUNT)
            .and_then(Value::as_str)
            .map(str::to_string),
    };
    transaction
        .save_session(&session)
        .map_err(|error| backend(error.wording().en))?;
    transaction
        .commit()
        .map_err(|error| backend(error.wording().en))
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // Ids are 128 random bits; two equal ones do not happen before the sun burns out, so none is looked for.
        let record = record.clone();
        self.blocking(move |service| write(service, &record)).await
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let record = record.clone();
        self.blocking(move |service| write(service, &record)).await
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let id = *id;
        self.blocking(move |service| {
            let transaction = service
                .store()
                .begin_read()
                .map_err(|error| backend(error.wording().en))?;
            let found = transaction
                .session(&stored_id(&id), real_now()?)
                .map_err(|error| backend(error.wording().en))?;
            let Some(session) = found else {
                return Ok(None);
            };
            let data: HashMap<String, Value> = serde_json::from_slice(&session.data)
                .map_err(|error| Error::Decode(error.to_string()))?;
            let expiry_date =
                OffsetDateTime::from_unix_timestamp(session.expires_at.to_unix_seconds())
                    .map_err(|error| Error::Decode(error.to_string()))?;
            Ok(Some(Record {
                id,
                data,
                expiry_date,
            }))
        })
        .await
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let id = *id;
        self.blocking(move |service| {
            let transaction = service
                .store()
                .begin_write()
                .map_err(|error| backend(error.wording().en))?;
            transaction
                .delete_session(&stored_id(&id))
                .map_err(|error| backend(error.wording().en))?;
            transaction
                .commit()
                .map_err(|error| backend(error.wording().en))
        })
        .await
    }
}
