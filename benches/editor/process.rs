//! What the system knows of a process: its memory and the CPU time it has used.
//!
//! Linux alone tells it here, in `/proc`; elsewhere the figures are no numbers, so that their targets are not met. It knows nothing about what the process does.

use std::fs;

/// Length of a tick of `/proc/PID/stat` in milliseconds: 100 ticks a second on every Linux that people use.
const TICK: f64 = 10.0;

/// Resident memory in megabytes of 1,000,000 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// When it was asked.
    pub now: f64,
    /// The most that there ever was.
    pub most: f64,
}

/// The memory of a process.
pub fn memory(process: u32) -> Memory {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes = line.and_then(|line| line.split_whitespace().next());
        let kibibytes = kibibytes.and_then(|figure| figure.parse::<f64>().ok());
        kibibytes.map_or(f64::NAN, |figure| figure * 1024.0 / 1e6)
    };
    Memory {
        now: of("VmRSS:"),
        most: of("VmHWM:"),
    }
}

/// Milliseconds of CPU time that a process has used, in steps of ten.
pub fn cpu(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks.
    let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    let figures: Vec<f64> = behind
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|figure| figure.parse().ok())
        .collect();
    match figures.as_slice() {
        [user, system] => (user + system) * TICK,
        _ => f64::NAN,
    }
}

/// How many programs wanted to run in the last minute, five and fifteen minutes, as the system says it.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let figures: Vec<&str> = load.split_whitespace().take(3).collect();
    figures.join(" ")
}
