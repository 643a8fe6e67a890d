//! A figure against its target.
//!
//! It knows nothing about what is measured. A figure that is no number is a missed target.

use std::fmt;

/// A figure and the most it may be.
pub struct Verdict {
    what: String,
    figure: f64,
    most: f64,
    unit: &'static str,
}

impl Verdict {
    /// A figure against its target.
    pub fn new(what: impl Into<String>, figure: f64, most: f64, unit: &'static str) -> Verdict {
        Verdict {
            what: what.into(),
            figure,
            most,
            unit,
        }
    }

    /// Whether the target is met.
    pub fn holds(&self) -> bool {
        self.figure <= self.most
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.holds() { "met" } else { "MISSED" };
        write!(
            out,
            "{}: {:.2}{} (at most {}{}): {word}",
            self.what, self.figure, self.unit, self.most, self.unit
        )
    }
}
