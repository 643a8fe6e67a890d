//! CPU time, memory held, and medians.
//!
//! It knows nothing about what is measured. Runs that are compared are taken in turns, so that a machine that becomes slower does so for both.

use cpu_time::ProcessTime;
use std::fs;

/// Seconds of CPU time that one call takes.
pub fn seconds(work: impl FnOnce()) -> f64 {
    let start = ProcessTime::now();
    work();
    start.elapsed().as_secs_f64()
}

/// The most memory that this process held at once during a call, in bytes; `None` where the system does not tell. It counts what was held before the call as well.
pub fn most_held(work: impl FnOnce()) -> Option<u64> {
    // Five forgets the peak so far.
    let forgotten = fs::write("/proc/self/clear_refs", "5");
    work();
    forgotten.ok()?;
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

/// The median of some figures; 0 for none.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

/// Median seconds of several kinds of work, run in turns after one run that does not count.
pub fn in_turns<const N: usize>(turns: usize, work: [&dyn Fn(); N]) -> [f64; N] {
    work.iter().for_each(|one| one());
    let mut taken: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..turns {
        for (one, figures) in work.iter().zip(&mut taken) {
            figures.push(seconds(one));
        }
    }
    taken.map(median)
}
