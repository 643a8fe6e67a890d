//! Which texts in quotation marks a place asks for: legal acts, issuing bodies, units.
//!
//! It looks at the words before the place only. It deliberately does not know which texts there are. A text that is free, such as a label, is asked for nowhere.

use super::governing::governing;

/// What a text in quotation marks tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A legal act, behind `basis`, căn cứ.
    Act,
    /// The body that issues a regime.
    Issuer,
    /// A unit by its name.
    Unit,
    /// Anything.
    Nothing,
}

/// What a text tells whose statement begins with these words.
pub fn asked(before: &str) -> Asked {
    let rules = governing(before);
    let is = |rule: &str| rules.contains(&rule);
    if is("kw_basis") {
        Asked::Act
    } else if is("kw_issuer") {
        Asked::Issuer
    } else if UNITS.iter().any(|rule| is(rule)) {
        Asked::Unit
    } else {
        Asked::Nothing
    }
}

/// Keywords behind which a unit is named.
const UNITS: [&str; 5] = [
    "kw_reporter",
    "kw_reporter_type",
    "kw_of",
    "kw_given_registry",
    "kw_given_succession",
];

/// The whole text whose opening mark stands right before an offset, up to its closing mark or the end of the line.
pub fn written_text(text: &str, start: u32) -> &str {
    let rest = text.get(start as usize..).unwrap_or("");
    let end = rest.find(['"', '\n']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}
