//! What may stand behind a rounded figure, for rules marked `rounded`.
//!
//! Deliberately does not know: rules and cells.
//! On broken input: there is none; every figure has an interval.

use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Ordering;

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

    /// The values of a product.
    pub fn mul(&self, other: &Interval) -> Interval {
        let corners = [
            mul_ends(&self.low, &other.low),
            mul_ends(&self.low, &other.high),
            mul_ends(&self.high, &other.low),
            mul_ends(&self.high, &other.high),
        ];
        let [first, ..] = &corners;
        let from = |pick: fn(&End, &End) -> End| {
            corners
                .iter()
                .fold(first.clone(), |found, corner| pick(&found, corner))
        };
        Interval {
            low: from(lower),
            high: from(higher),
        }
    }

    /// The values of a quotient; `None` where the divisor may be zero, because then they have no bounds.
    pub fn checked_div(&self, other: &Interval) -> Option<Interval> {
        if !other.low.at.is_zero() && other.low.at.is_negative() != other.high.at.is_negative() {
            return None;
        }
        let one_by = |end: &End| {
            Some(End {
                at: Number::one().checked_div(&end.at)?,
                included: end.included,
            })
        };
        Some(self.mul(&Interval {
            low: one_by(&other.high)?,
            high: one_by(&other.low)?,
        }))
    }

    /// The distances from zero.
    pub fn abs(&self) -> Interval {
        if !self.low.at.is_negative() {
            return self.clone();
        }
        let turned = self.scale(&Number::from_i64(-1));
        if self.high.at.is_negative() || self.high.at.is_zero() {
            return turned;
        }
        Interval {
            low: End {
                at: Number::zero(),
                included: true,
            },
            high: higher(&self.high, &turned.high),
        }
    }

    /// The values of the smaller of two figures.
    pub fn min(&self, other: &Interval) -> Interval {
        Interval {
            low: lower(&self.low, &other.low),
            high: nearer(&self.high, &other.high, Ordering::Less),
        }
    }

    /// The values of the larger of two figures.
    pub fn max(&self, other: &Interval) -> Interval {
        Interval {
            low: nearer(&self.low, &other.low, Ordering::Greater),
            high: higher(&self.high, &other.high),
        }
    }

    /// The one value, where there is only one.
    pub fn only_value(&self) -> Option<&Number> {
        (self.low.at == self.high.at).then_some(&self.low.at)
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

/// Zero times anything is zero, whether or not the other end belongs to its interval.
fn mul_ends(left: &End, right: &End) -> End {
    let certain_zero = |end: &End| end.included && end.at.is_zero();
    End {
        at: left.at.mul(&right.at),
        included: left.included && right.included || certain_zero(left) || certain_zero(right),
    }
}

fn lower(left: &End, right: &End) -> End {
    outer(left, right, Ordering::Less)
}

fn higher(left: &End, right: &End) -> End {
    outer(left, right, Ordering::Greater)
}

/// The end of two intervals together: it belongs to them where it belongs to one.
fn outer(left: &End, right: &End, wanted: Ordering) -> End {
    match left.at.cmp(&right.at) {
        Ordering::Equal => End {
            at: left.at.clone(),
            included: left.included || right.included,
        },
        found if found == wanted => left.clone(),
        _ => right.clone(),
    }
}

/// The end that both intervals keep to: it is reached only where both reach it.
fn nearer(left: &End, right: &End, wanted: Ordering) -> End {
    match left.at.cmp(&right.at) {
        Ordering::Equal => End {
            at: left.at.clone(),
            included: left.included && right.included,
        },
        found if found == wanted => left.clone(),
        _ => right.clone(),
    }
}

fn add_ends(left: &End, right: &End) -> End {
    End {
        at: left.at.add(&right.at),
        included: left.included && right.included,
    }
}
