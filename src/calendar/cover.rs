//! Whether shorter windows make up a longer one exactly (phủ kín), without a gap and without counting a day twice.
//!
//! Deliberately does not know: which figures are added over the windows.
//! On broken input: reversed ranges never take part; a target without days is covered by nothing.

use std::collections::BTreeMap;

use super::Date;
use super::dates::days_after;
use super::window::DateRange;

/// The days of the target that no chain of windows reaches: from the end of the longest chain to the next window
/// that could go on, or to the end of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole(pub DateRange);

/// The places in `parts`, in order of time, of windows that follow one another from the first to the last day of
/// the target. Windows may be left out: nine months are the first half and the third quarter even where the first
/// two quarters are collected too. Of several such chains the one with the fewest windows is chosen, and of those
/// the one named first.
pub fn exact_cover(target: DateRange, parts: &[DateRange]) -> Result<Vec<usize>, Hole> {
    if target.is_reversed() {
        return Err(Hole(target));
    }
    // Shortest chains to "the day after", walked in order of time: every window starts after the chain before it ends.
    let mut in_order: Vec<(usize, &DateRange)> = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| !part.is_reversed())
        .collect();
    in_order.sort_by_key(|(place, part)| (part.from, *place));
    let mut chains: BTreeMap<Date, Vec<usize>> = BTreeMap::from([(target.from, Vec::new())]);
    for (place, part) in in_order {
        let Some(before) = chains.get(&part.from) else {
            continue;
        };
        if part.to > target.to {
            continue;
        }
        let mut chain = before.clone();
        chain.push(place);
        let after = days_after(part.to, 1);
        if chains
            .get(&after)
            .is_none_or(|known| chain.len() < known.len())
        {
            chains.insert(after, chain);
        }
    }
    if let Some(chain) = chains.remove(&days_after(target.to, 1)) {
        return Ok(chain);
    }
    let reached = chains.keys().next_back().copied().unwrap_or(target.from);
    let resumes = parts
        .iter()
        .filter(|part| part.from > reached && part.from <= target.to)
        .map(|part| part.from)
        .min();
    Err(Hole(DateRange {
        from: reached,
        to: resumes.map_or(target.to, |from| days_after(from, -1)),
    }))
}
