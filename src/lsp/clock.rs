//! The day it is, for answers that depend on it.
//!
//! Everything below the shells gets days as arguments; here the machine is asked, or whoever starts the server. It deliberately does not know what depends on the day. A clock outside the calendar shows 1970.

use crate::calendar::{Date, Moment};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How often it is looked whether another day has begun, or something was published: soon enough for a person, seldom enough to cost nothing.
const LOOK: Duration = Duration::from_secs(15);

/// Tells the day, and how often it is looked at.
#[derive(Clone)]
pub struct Clock {
    /// The day it is in Việt Nam.
    pub today: Arc<dyn Fn() -> Date + Send + Sync>,
    /// How often the server looks by itself whether the day, or what is published, has changed.
    pub look: Duration,
}

impl Clock {
    /// The clock of the machine.
    pub fn of_the_machine() -> Clock {
        Clock {
            today: Arc::new(today),
            look: LOOK,
        }
    }
}

/// The day it is in Việt Nam.
#[allow(
    clippy::disallowed_methods,
    reason = "this is where the clock of the language server is read"
)]
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    since
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .and_then(Moment::from_unix_seconds)
        .map_or(Date::constant(1970, 1, 1), |moment| moment.date())
}
