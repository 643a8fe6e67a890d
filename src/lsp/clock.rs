//! The day it is, for answers that depend on it.
//!
//! Everything below the shells gets days as arguments; here the machine is asked. A clock outside the calendar shows 1970.

use crate::calendar::{Date, Moment};
use std::time::{SystemTime, UNIX_EPOCH};

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
