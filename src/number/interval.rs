//! What may stand behind a rounded figure, for rules marked `rounded`.
//!
//! Deliberately does not know: rules and cells.
//! On broken input: there is none; every figure has an interval.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Number, power_of_ten};

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The value of the end.
    pub at: Number,
    /// Whether the value itself belongs to the interval.
    pub included: bool,
}

/// All exact values that one shown figure may stand for. Half-open, because a half rounds away from zero:
/// 1,3 with one decimal stands for 1,25 and everything up to but not including 1,35.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: End,
    /// Upper end.
    pub high: End,
}

impl Interval {
    /// The values that are shown as `shown` with so many decimals.
    pub fn behind(shown: &Number, decimals: u32) -> Interval {
        let shown = shown.round(decimals);
        let half = Number(BigRational::new(
            BigInt::from(1),
            power_of_ten(decimals) * 2,
        ));
        let (low_included, high_included) = if shown.is_zero() {
            (false, false)
        } else {
            (!shown.is_negative(), shown.is_negative())
        };
        Interval {
            low: End {
                at: shown.sub(&half),
                included: low_included,
            },
            high: End {
                at: shown.add(&half),
                included: high_included,
            },
        }
    }

    /// The one value of a figure that is not rounded.
    pub fn exact(value: &Number) -> Interval {
        let end = End {
            at: value.clone(),
            included: true,
        };
        Interval {
            low: end.clone(),
            high: end,
        }
    }

    /// The values of a sum.
    pub fn add(&self, other: &Interval) -> Interval {
        Interval {
            low: add_ends(&self.low, &other.low),
            high: add_ends(&self.high, &other.high),
        }
    }

    /// The values of a difference.
    pub fn sub(&self, other: &Interval) -> Interval {
        self.add(&other.scale(&Number::from_i64(-1)))
    }

    /// The values of a product with an exact factor.
    pub fn scale(&self, factor: &Number) -> Interval {
        if factor.is_zero() {
            return Interval::exact(&Number::zero());
        }
        let scaled = |end: &End| End {
            at: end.at.mul(factor),
            included: end.included,
        };
        let (low, high) = (scaled(&self.low), scaled(&self.high));
        if factor.is_negative() {
            Interval {
                low: high,
                high: low,
            }
        } else {
            Interval { low, high }
        }
    }

    /// Whether both intervals have a value in common: the figures can be equal.
    pub fn meets(&self, other: &Interval) -> bool {
        self.some_at_most(other) && other.some_at_most(self)
    }

    /// Whether some value here is at most some value there: `self <= other` can hold.
    pub fn some_at_most(&self, other: &Interval) -> bool {
        let both = self.low.included && other.high.included;
        self.low.at < other.high.at || (both && self.low.at == other.high.at)
    }

    /// Whether some value here is below some value there: `self < other` can hold.
    pub fn some_below(&self, other: &Interval) -> bool {
        self.low.at < other.high.at
    }
}

fn add_ends(left: &End, right: &End) -> End {
    End {
        at: left.at.add(&right.at),
        included: left.included && right.included,
    }
}
