//! The name of a kind of period or of an event, small enough to be copied with every period.
//!
//! Deliberately does not know: what was declared under the name.
//! On broken input: a text that is too long, empty or no name gives `None`; the analysis reports it where it is declared.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most bytes a name may have; a Vietnamese letter with its mark takes up to three.
pub const LONGEST_NAME: usize = 48;

/// A name that starts with a letter and goes on with letters, digits and `_`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PeriodName {
    /// The text, filled up with zero bytes, which no name contains.
    bytes: [u8; LONGEST_NAME],
}

impl PeriodName {
    /// The name, if the text is one and not longer than [`LONGEST_NAME`] bytes.
    pub fn new(text: &str) -> Option<PeriodName> {
        let mut bytes = [0; LONGEST_NAME];
        let starts = text.chars().next().is_some_and(char::is_alphabetic);
        let goes_on = text
            .chars()
            .all(|character| character.is_alphanumeric() || is_mark(character));
        if !starts || !goes_on {
            return None;
        }
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(PeriodName { bytes })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        let length = self.bytes.iter().take_while(|byte| **byte != 0).count();
        let written = self.bytes.get(..length).unwrap_or_default();
        std::str::from_utf8(written).unwrap_or_default()
    }
}

/// What may stand inside a name beside letters and digits: the stroke, and marks that some scripts write apart.
fn is_mark(character: char) -> bool {
    character == '_' || ('\u{300}'..='\u{36f}').contains(&character)
}

impl fmt::Display for PeriodName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for PeriodName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.as_str())
    }
}

/// Why a stored text is not the name of a kind of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAName;

impl fmt::Display for NotAName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not the name of a kind of period")
    }
}

impl TryFrom<String> for PeriodName {
    type Error = NotAName;

    fn try_from(text: String) -> Result<PeriodName, NotAName> {
        PeriodName::new(&text).ok_or(NotAName)
    }
}

impl From<PeriodName> for String {
    fn from(name: PeriodName) -> String {
        name.as_str().to_owned()
    }
}
