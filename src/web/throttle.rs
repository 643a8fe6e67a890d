//! Waiting times after failed sign-ins, per account name.
//!
//! After three failures each further one doubles the wait, up to a quarter of an hour; a success forgets them. It is kept in memory: a restart forgives, which no guesser
//! can bring about. There is no permanent lock, so that nobody can shut another person out for long. The module knows names, not whether an account exists, so that the answer is the
//! same for both.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

const FREE_FAILURES: u32 = 3;
const FIRST_WAIT_SECONDS: i64 = 5;
const LONGEST_WAIT_SECONDS: i64 = 15 * 60;
/// A failure this old no longer counts.
const FORGOTTEN_AFTER_SECONDS: i64 = 60 * 60;
/// Names are typed by anybody, so the memory for them is bounded.
const MOST_NAMES: usize = 10_000;

/// Failed sign-ins by account name.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: Mutex<BTreeMap<String, Failures>>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
}

impl Failures {
    fn free_again_at(self) -> i64 {
        let Some(extra) = self.count.checked_sub(FREE_FAILURES) else {
            return self.last;
        };
        let wait = FIRST_WAIT_SECONDS
            .saturating_mul(1_i64 << extra.min(20))
            .min(LONGEST_WAIT_SECONDS);
        self.last.saturating_add(wait)
    }
}

impl Throttle {
    /// Seconds this name still has to wait at `now` (seconds since 1970); 0 when it may try.
    pub fn wait(&self, name: &str, now: i64) -> i64 {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(name).map_or(0, |failures| {
            failures.free_again_at().saturating_sub(now).max(0)
        })
    }

    /// Counts a failure.
    pub fn failed(&self, name: &str, now: i64) {
        let mut all = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_NAMES {
            all.retain(|_, failures| now.saturating_sub(failures.last) < FORGOTTEN_AFTER_SECONDS);
        }
        if all.len() >= MOST_NAMES && !all.contains_key(name) {
            all.pop_first();
        }
        let failures = all.entry(name.to_string()).or_insert(Failures {
            count: 0,
            last: now,
        });
        if now.saturating_sub(failures.last) >= FORGOTTEN_AFTER_SECONDS {
            failures.count = 0;
        }
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
    }

    /// Forgets the failures of a name that signed in.
    pub fn succeeded(&self, name: &str) {
        self.failures
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::Throttle;

    #[test]
    fn three_failures_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let throttle = Throttle::default();
        let mut waits = Vec::new();
        for _ in 0..14 {
            throttle.failed("canbo.anhson", 1_000);
            waits.push(throttle.wait("canbo.anhson", 1_000));
        }
        assert_eq!(
            waits,
            [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
        );
        assert_eq!(throttle.wait("chutich.anhson", 1_000), 0);
        assert_eq!(throttle.wait("canbo.anhson", 1_900), 0);
    }

    #[test]
    fn a_success_and_an_hour_forget_the_failures() {
        let throttle = Throttle::default();
        for _ in 0..6 {
            throttle.failed("a", 0);
            throttle.failed("b", 0);
        }
        throttle.succeeded("a");
        assert_eq!(throttle.wait("a", 0), 0);
        throttle.failed("b", 3_600);
        assert_eq!(throttle.wait("b", 3_600), 0);
    }

    #[test]
    fn a_flood_of_invented_names_is_bounded() {
        let throttle = Throttle::default();
        for number in 0..10_100 {
            throttle.failed(&format!("name{number}"), 0);
        }
        assert!(throttle.failures.lock().map(|all| all.len()).unwrap_or(0) <= super::MOST_NAMES);
    }
}
