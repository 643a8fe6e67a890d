//! What every handler shares: the running office, the clock, the doors.
//!
//! Calls of `service` are synchronous and read and write files, so each runs on a blocking thread. It does not know requests. Broken input: a call that panics is a
//! [`Problem`] of its own request and of no other.

use crate::calendar::Moment;
use crate::organisation::UnitId;
use crate::service::Service;
use crate::service::password::{hash, verify};
use crate::service::problem::ServiceError;
use crate::web::allowance::{Allowance, REQUESTS_PER_MINUTE};
use crate::web::clock::Clock;
use crate::web::metrics::Counts;
use crate::web::problem::Problem;
use crate::web::throttle::Throttle;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many passwords are verified at once; each takes 64 MiB and a core.
const VERIFICATIONS_AT_ONCE: usize = 2;

/// How many studios are open at once; each has a thread and a project in memory.
const STUDIOS_AT_ONCE: usize = 64;

/// What every handler shares.
#[derive(Clone)]
pub struct Office {
    service: Arc<Service>,
    clock: Clock,
    /// The clock of today, where the office is one of the past.
    today: Clock,
    /// As of which moment everything is known; none for today.
    pub known_at: Option<Moment>,
    /// Waiting times after failed sign-ins.
    pub throttle: Arc<Throttle>,
    /// How often each key of the JSON interface may still be used.
    pub allowance: Arc<Allowance>,
    verifications: Arc<Semaphore>,
    /// Room for open studios.
    pub studios: Arc<Semaphore>,
    /// Whether this is the demonstration, said on every page.
    pub demo: bool,
    /// The address under which people reach the server, for letters and calendars; none where nobody said.
    pub public_url: Option<String>,
    /// Whether letters are handed to a mail server.
    pub sends_mail: bool,
    /// What is counted of requests.
    pub counts: Arc<Counts>,
    /// What a reader of the counts has to know; none: only programs of this machine read them.
    pub metrics_token: Option<String>,
}

impl Office {
    /// An office with its clock.
    pub fn new(service: Arc<Service>, clock: Clock, demo: bool) -> Office {
        Office {
            service,
            clock,
            today: clock,
            known_at: None,
            throttle: Arc::new(Throttle::default()),
            allowance: Arc::new(Allowance::per_minute(REQUESTS_PER_MINUTE)),
            verifications: Arc::new(Semaphore::new(VERIFICATIONS_AT_ONCE)),
            studios: Arc::new(Semaphore::new(STUDIOS_AT_ONCE)),
            demo,
            public_url: None,
            sends_mail: false,
            counts: Arc::new(Counts::default()),
            metrics_token: None,
        }
    }

    /// The same office, in which each key of the JSON interface may be used so often in a minute.
    pub fn allowing(self, requests_per_minute: u32) -> Office {
        Office {
            allowance: Arc::new(Allowance::per_minute(requests_per_minute)),
            ..self
        }
    }

    /// The same office as it was known at a moment, over the service of then.
    pub fn as_known_at(&self, service: Arc<Service>, moment: Moment) -> Office {
        Office {
            service,
            clock: Clock::Fixed(moment),
            known_at: Some(moment),
            ..self.clone()
        }
    }

    /// The moment by which rights are judged: today's, also for who looks at the past, so that nobody gets back a right that has ended.
    pub fn today(&self) -> Moment {
        self.today.now()
    }

    /// The service itself, for sessions.
    pub fn service(&self) -> &Arc<Service> {
        &self.service
    }

    /// The moment now.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Runs a call of the service on a blocking thread.
    pub async fn run<T, F>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&Service) -> Result<T, ServiceError> + Send + 'static,
        T: Send + 'static,
    {
        let service = Arc::clone(&self.service);
        match tokio::task::spawn_blocking(move || work(&service)).await {
            Ok(answer) => answer.map_err(Problem::from),
            Err(error) => Err(Problem::internal(&error.to_string())),
        }
    }

    /// Verifies a password, at most a few at a time so that a rush of sign-ins cannot exhaust memory. Without a stored hash the same work is done.
    pub async fn verify_password(
        &self,
        stored: Option<String>,
        password: String,
    ) -> Result<bool, Problem> {
        let permit = self
            .verifications
            .acquire()
            .await
            .map_err(|error| Problem::internal(&error.to_string()))?;
        let verified =
            tokio::task::spawn_blocking(move || verify(stored.as_deref(), &password)).await;
        drop(permit);
        verified.map_err(|error| Problem::internal(&error.to_string()))
    }

    /// Hashes a new password, under the same bound as verifying.
    pub async fn hash_password(&self, password: String) -> Result<String, Problem> {
        let permit = self
            .verifications
            .acquire()
            .await
            .map_err(|error| Problem::internal(&error.to_string()))?;
        let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
        drop(permit);
        hashed
            .map_err(|error| Problem::internal(&error.to_string()))?
            .map_err(|failed| Problem::internal(&failed.detail))
    }

    /// The name on every page: the unit that the most units stand under today, which is the province.
    pub fn province(&self) -> String {
        let Ok(ground) = self.service.ground() else {
            return String::new();
        };
        let today = self.now().date();
        let mut children: BTreeMap<&UnitId, usize> = BTreeMap::new();
        for unit in ground.organisation.valid_on(today) {
            if let Some(parent) = ground.organisation.parent_on(unit, today) {
                *children.entry(parent).or_default() += 1;
            }
        }
        let most = children.into_iter().max_by_key(|(_, count)| *count);
        most.map(|(unit, _)| ground.unit_name(unit))
            .unwrap_or_default()
    }
}
