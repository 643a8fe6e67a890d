//! How often each key of the JSON interface may be used: so many requests in each minute.
//!
//! It is kept in memory; a restart forgives. Only keys that hold are counted, so that nobody fills the memory with invented ones. It knows ids and seconds, nothing else. Broken
//! input: none.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Requests per minute of one key, where the operator says nothing else: a province's software asks for some hundred reports in a minute, a loop gone wrong for thousands.
pub const REQUESTS_PER_MINUTE: u32 = 600;

const MINUTE: i64 = 60;

/// What each key has left in this minute.
#[derive(Debug)]
pub struct Allowance {
    most: u32,
    used: Mutex<BTreeMap<String, (i64, u32)>>,
}

impl Allowance {
    /// So many requests per minute.
    pub fn per_minute(most: u32) -> Allowance {
        Allowance {
            most,
            used: Mutex::new(BTreeMap::new()),
        }
    }

    /// Counts a request at `now` (seconds since 1970); where there were too many, says after how many seconds to come back.
    pub fn take(&self, key: &str, now: i64) -> Result<(), i64> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.div_euclid(MINUTE);
        let (last, count) = used.entry(key.to_string()).or_insert((minute, 0));
        if *last != minute {
            (*last, *count) = (minute, 0);
        }
        if *count >= self.most {
            return Err(MINUTE - now.rem_euclid(MINUTE));
        }
        *count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Allowance;

    #[test]
    fn each_key_has_so_many_requests_in_a_minute_and_is_told_when_to_come_back() {
        let allowance = Allowance::per_minute(2);
        let asked: Vec<_> = [0, 10, 20, 59, 60]
            .into_iter()
            .map(|second| allowance.take("a", second))
            .collect();
        assert_eq!(asked, [Ok(()), Ok(()), Err(40), Err(1), Ok(())]);
        assert_eq!(allowance.take("b", 20), Ok(()));
    }
}
