//! Number to text: machine text for files and plans, Vietnamese text for people.
//!
//! Deliberately does not know: how many decimals a cell shows; the caller says so.
//! On broken input: there is none; every number has both texts.

use std::fmt;

use num_traits::Signed;
use serde::{Serialize, Serializer};

use super::Number;

impl Number {
    /// Machine text. With `Some(n)`: rounded half away from zero to exactly n digits after the point.
    /// With `None`: the exact value, as a decimal where it ends, else as `numerator/denominator`.
    pub fn to_plain(&self, decimals: Option<u32>) -> String {
        match decimals.or_else(|| self.decimals()) {
            Some(decimals) => {
                let (sign, whole, fraction) = self.shown_digits(decimals);
                join(sign, &whole, '.', &fraction)
            }
            None => format!("{}/{}", self.0.numer(), self.0.denom()),
        }
    }

    /// The text shown to people, with points between thousands and a comma before the decimals: `1.234,50`.
    pub fn to_vietnamese(&self, decimals: u32) -> String {
        let (sign, whole, fraction) = self.shown_digits(decimals);
        let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        join(sign, &grouped, ',', &fraction)
    }

    /// Sign, digits before and digits after the mark. A figure that rounds to zero carries no sign.
    fn shown_digits(&self, decimals: u32) -> (&'static str, String, String) {
        let units = self.scaled_and_rounded(decimals);
        let width = usize::try_from(decimals).unwrap_or(0);
        let digits = format!("{:0>width$}", units.abs().to_string(), width = width + 1);
        let (whole, fraction) = digits.split_at(digits.len() - width);
        (
            if units.is_negative() { "-" } else { "" },
            whole.to_owned(),
            fraction.to_owned(),
        )
    }
}

fn join(sign: &str, whole: &str, mark: char, fraction: &str) -> String {
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{mark}{fraction}")
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Number({})", self.to_plain(None))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_plain(None))
    }
}
