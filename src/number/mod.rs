//! Exact decimal figures: reading, writing, arithmetic and rounding without any loss.
//!
//! Deliberately does not know: cells, units of measure, languages of messages, or where a text came from.
//! On broken input: reading returns a [`NumberProblem`] that says what is wrong and where; nothing is guessed.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

mod interval;
mod reading;
#[cfg(test)]
mod tests;
mod writing;

pub use interval::{End, Interval};

/// The longest figure a person or a file may write, in digits before and after the point together.
pub const MOST_DIGITS: usize = 30;

/// An exact rational number. Formulas work on exact values; only showing a figure rounds it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigRational);

/// Why a text is not a number. Positions count characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// Nothing is written.
    Empty,
    /// A character that cannot stand in a number at this place.
    UnexpectedCharacter {
        /// The character.
        character: char,
        /// Where, counted in characters from 1.
        position: usize,
    },
    /// A sign or a decimal mark without digits beside it.
    MissingDigits {
        /// Where, counted in characters from 1.
        position: usize,
    },
    /// Points that do not part the digits in threes: `12.34`, `1234.567`, `0.125`.
    MalformedGrouping {
        /// Where, counted in characters from 1.
        position: usize,
    },
    /// More digits than [`MOST_DIGITS`].
    TooManyDigits {
        /// How many there are.
        digits: usize,
    },
}

impl Number {
    /// Zero.
    pub fn zero() -> Number {
        Number(BigRational::zero())
    }

    /// One.
    pub fn one() -> Number {
        Number(BigRational::one())
    }

    /// A whole number.
    pub fn from_i64(value: i64) -> Number {
        Number(BigRational::from_integer(BigInt::from(value)))
    }

    /// A whole number of any size.
    pub fn from_integer(value: BigInt) -> Number {
        Number(BigRational::from_integer(value))
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn from_fraction(numerator: i64, denominator: i64) -> Option<Number> {
        Number::from_i64(numerator).checked_div(&Number::from_i64(denominator))
    }

    /// The sum.
    pub fn add(&self, other: &Number) -> Number {
        Number(&self.0 + &other.0)
    }

    /// The difference.
    pub fn sub(&self, other: &Number) -> Number {
        Number(&self.0 - &other.0)
    }

    /// The product.
    pub fn mul(&self, other: &Number) -> Number {
        Number(&self.0 * &other.0)
    }

    /// The exact quotient; `None` when `other` is zero.
    pub fn checked_div(&self, other: &Number) -> Option<Number> {
        if other.is_zero() {
            None
        } else {
            Some(Number(&self.0 / &other.0))
        }
    }

    /// The number with the opposite sign.
    pub fn neg(&self) -> Number {
        Number(-&self.0)
    }

    /// The distance from zero.
    pub fn abs(&self) -> Number {
        Number(self.0.abs())
    }

    /// How many bits the fraction takes, above and below the line together: what reckoning with it costs.
    pub fn size(&self) -> u64 {
        self.0.numer().bits().saturating_add(self.0.denom().bits())
    }

    /// True for 0 only.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// True below 0.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// True when nothing stands after the decimal point.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// The whole number at or below this one.
    pub fn floor(&self) -> Number {
        Number(self.0.floor())
    }

    /// The value as a machine integer, when it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        if self.is_integer() {
            self.0.numer().to_i64()
        } else {
            None
        }
    }

    /// How many digits stand after the decimal point, or `None` when the decimal never ends, as for 1/3.
    pub fn decimals(&self) -> Option<u32> {
        let mut rest = self.0.denom().clone();
        let mut digits = [0_u32; 2];
        for (count, prime) in digits.iter_mut().zip([2_u8, 5]) {
            let prime = BigInt::from(prime);
            while (&rest % &prime).is_zero() {
                rest /= &prime;
                *count += 1;
            }
        }
        let [twos, fives] = digits;
        if rest.is_one() {
            Some(twos.max(fives))
        } else {
            None
        }
    }

    /// Rounded to so many digits after the point, half away from zero: 2,5 becomes 3 and −2,5 becomes −3.
    ///
    /// The language reference fixes this rule for showing a figure and for comparing a shown figure.
    pub fn round(&self, decimals: u32) -> Number {
        let scale = power_of_ten(decimals);
        Number(BigRational::new(self.scaled_and_rounded(decimals), scale))
    }

    /// The whole number of units of the last shown digit.
    fn scaled_and_rounded(&self, decimals: u32) -> BigInt {
        let scaled = self.0.abs() * BigRational::from_integer(power_of_ten(decimals));
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        let rounded = (scaled + half).floor().to_integer();
        if self.is_negative() {
            -rounded
        } else {
            rounded
        }
    }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}
