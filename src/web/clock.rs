//! The clock of the server: now, or a chosen start moment that runs on.
//!
//! The demo starts on 15/12/2026 at 09:00 whatever the machine's clock says. Nothing below the shells reads a clock; every moment comes from here.
//! Session cookies are the exception: browsers keep them by real time, so sessions use the real clock.

use crate::calendar::Moment;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where moments come from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// A start moment, in seconds since 1970, that runs on from an instant.
    Running {
        /// The moment at the start, in seconds since 1970-01-01T00:00:00Z.
        start: i64,
        /// When it was started.
        since: Instant,
    },
    /// A moment that stands still, for tests.
    Fixed(Moment),
}

impl Clock {
    /// A clock that shows `start` now and runs on.
    #[allow(
        clippy::disallowed_methods,
        reason = "this is where the clock of the server is read"
    )]
    pub fn running_from(start: Moment) -> Clock {
        Clock::Running {
            start: start.to_unix_seconds(),
            since: Instant::now(),
        }
    }

    /// The moment now. A machine clock outside the calendar shows 1970, which every deadline test would notice.
    pub fn now(&self) -> Moment {
        let seconds = match self {
            Clock::Fixed(moment) => return *moment,
            Clock::Real => real_seconds(),
            Clock::Running { start, since } => {
                start.saturating_add(i64::try_from(since.elapsed().as_secs()).unwrap_or(0))
            }
        };
        Moment::from_unix_seconds(seconds)
            .unwrap_or_else(|| Moment::start_of(jiff::civil::Date::constant(1970, 1, 1)))
    }
}

/// The machine's clock as a moment, for sessions.
pub fn real_moment() -> Moment {
    Moment::from_unix_seconds(real_seconds())
        .unwrap_or_else(|| Moment::start_of(jiff::civil::Date::constant(1970, 1, 1)))
}

/// The machine's clock in seconds since 1970; used for cookies and sign-in delays, never for a report.
#[allow(
    clippy::disallowed_methods,
    reason = "this is where the clock of the server is read"
)]
pub fn real_seconds() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or(0)
}
