//! Text to number, in the two spellings that exist: machine text `-1234.5` and Vietnamese entry `-1.234,5`.
//!
//! Deliberately does not know: which cell the text is for, so it never decides that a figure has too many decimals.
//! On broken input: the first thing wrong, with its position; a text is never repaired into another number.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Deserializer, de};

use super::{MOST_DIGITS, Number, NumberProblem, power_of_ten};

/// Stored exact values are results of arithmetic, so they may be longer than what a person may type.
const MOST_STORED_CHARACTERS: usize = 4_000;

impl Number {
    /// Reads machine text: optional `-`, digits, optional point with digits. No exponent, no grouping, no spaces.
    pub fn parse(text: &str) -> Result<Number, NumberProblem> {
        let (negative, body, start) = split_sign(text, &['-']);
        let (whole, fraction) = match body.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (body, None),
        };
        if body.is_empty() {
            return Err(missing(negative, start));
        }
        check_digits(whole, start)?;
        if let Some(fraction) = fraction {
            check_digits(fraction, start + whole.chars().count() + 1)?;
        }
        assemble(negative, whole, fraction.unwrap_or(""))
    }

    /// The whole number that digits like `1.734` seem to mean, where a point parts thousands; `None` for any other digits.
    pub fn with_thousands_point(digits: &str) -> Option<String> {
        let (whole, fraction) = digits.split_once('.')?;
        let grouped = (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && fraction.len() == 3
            && fraction
                .chars()
                .chain(whole.chars())
                .all(|digit| digit.is_ascii_digit());
        grouped.then(|| format!("{whole}{fraction}"))
    }

    /// Reads what an officer types: `1.234,5`, `1234,5`, `8,5`. A point parts thousands and never decimals,
    /// so `1.234` is one thousand two hundred and thirty-four, and `1.23` or `0.125` is refused.
    /// Blanks around the figure are left out, because pasted cells carry them.
    pub fn parse_vietnamese(text: &str) -> Result<Number, NumberProblem> {
        let blanks_before = text
            .chars()
            .take_while(|character| character.is_whitespace())
            .count();
        let (negative, body, start) = split_sign(text.trim(), &['-', '\u{2212}']);
        let start = start + blanks_before;
        if body.is_empty() {
            return Err(missing(negative, start));
        }
        let (whole, fraction) = match body.split_once(',') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (body, None),
        };
        let digits = ungroup(whole, start)?;
        if let Some(fraction) = fraction {
            check_digits(fraction, start + whole.chars().count() + 1)?;
        }
        assemble(negative, &digits, fraction.unwrap_or(""))
    }

    /// Reads the stored form of an exact value: machine text, or `numerator/denominator` when the decimal never ends.
    fn parse_stored(text: &str) -> Option<Number> {
        if text.len() > MOST_STORED_CHARACTERS {
            return None;
        }
        let Some((numerator, denominator)) = text.split_once('/') else {
            let (negative, body, _) = split_sign(text, &['-']);
            let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
            check_digits(whole, 1).ok()?;
            check_digits(fraction, 1).ok()?;
            return from_digits(negative, whole, fraction);
        };
        let (negative, numerator, _) = split_sign(numerator, &['-']);
        check_digits(numerator, 1).ok()?;
        check_digits(denominator, 1).ok()?;
        let denominator = BigInt::parse_bytes(denominator.as_bytes(), 10)?;
        if denominator.is_zero() {
            return None;
        }
        let numerator = BigInt::parse_bytes(numerator.as_bytes(), 10)?;
        let magnitude = Number(BigRational::new(numerator, denominator));
        Some(if negative { magnitude.neg() } else { magnitude })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let text = String::deserialize(deserializer)?;
        Number::parse_stored(&text)
            .ok_or_else(|| de::Error::custom("not the text of an exact number"))
    }
}

/// The rest of the text after a sign, and the position of its first character.
fn split_sign<'t>(text: &'t str, signs: &[char]) -> (bool, &'t str, usize) {
    match text.strip_prefix(signs) {
        Some(rest) => (true, rest, 2),
        None => (false, text, 1),
    }
}

fn missing(signed: bool, position: usize) -> NumberProblem {
    if signed {
        NumberProblem::MissingDigits { position }
    } else {
        NumberProblem::Empty
    }
}

fn check_digits(text: &str, start: usize) -> Result<(), NumberProblem> {
    for (offset, character) in text.chars().enumerate() {
        if !character.is_ascii_digit() {
            return Err(NumberProblem::UnexpectedCharacter {
                character,
                position: start + offset,
            });
        }
    }
    if text.is_empty() {
        Err(NumberProblem::MissingDigits { position: start })
    } else {
        Ok(())
    }
}

/// The digits without their points, when the points part them in threes.
fn ungroup(whole: &str, start: usize) -> Result<String, NumberProblem> {
    if !whole.contains('.') {
        check_digits(whole, start)?;
        return Ok(whole.to_owned());
    }
    let mut position = start;
    let mut digits = String::new();
    for (index, group) in whole.split('.').enumerate() {
        if let Some((offset, character)) = group
            .chars()
            .enumerate()
            .find(|(_, character)| !character.is_ascii_digit())
        {
            return Err(NumberProblem::UnexpectedCharacter {
                character,
                position: position + offset,
            });
        }
        let fits = if index == 0 {
            (1..=3).contains(&group.len()) && !group.starts_with('0')
        } else {
            group.len() == 3
        };
        if !fits {
            return Err(NumberProblem::MalformedGrouping { position });
        }
        digits.push_str(group);
        position += group.len() + 1;
    }
    Ok(digits)
}

fn assemble(negative: bool, whole: &str, fraction: &str) -> Result<Number, NumberProblem> {
    let digits = whole.len() + fraction.len();
    if digits > MOST_DIGITS {
        return Err(NumberProblem::TooManyDigits { digits });
    }
    from_digits(negative, whole, fraction).ok_or(NumberProblem::Empty)
}

/// Only called with texts of digits, so `None` means both were empty.
fn from_digits(negative: bool, whole: &str, fraction: &str) -> Option<Number> {
    let decimals = u32::try_from(fraction.len()).ok()?;
    let all = BigInt::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?;
    let magnitude = Number(BigRational::new(all, power_of_ten(decimals)));
    Some(if negative { magnitude.neg() } else { magnitude })
}
