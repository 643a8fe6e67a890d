//! Figures of one kind: the middle one, and those at the far end.
//!
//! It knows nothing about what is measured. No figures at all are no number, which meets no target.

use std::fmt;

/// Milliseconds of one kind of thing.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Adds a figure.
    pub fn add(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Adds all figures of others.
    pub fn extend(&mut self, others: &Samples) {
        self.0.extend_from_slice(&others.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The figure that so many of a hundred do not exceed.
    fn percentile(&self, of_hundred: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len() * of_hundred).div_ceil(100).saturating_sub(1);
        sorted.get(place).copied().unwrap_or(f64::NAN)
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The one that 99 of a hundred do not exceed.
    pub fn p99(&self) -> f64 {
        self.percentile(99)
    }
}

impl fmt::Display for Samples {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "median {:.2} ms, p99 {:.2} ms, longest {:.2} ms, {} times",
            self.median(),
            self.p99(),
            self.percentile(100),
            self.count()
        )
    }
}
