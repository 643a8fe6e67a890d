//! What programs send, as types from which the document of the interface is made.
//!
//! Names that are not here are refused, so that a misspelt one is never taken for one left out. It does not know what the values mean. Broken input: a body of another shape is a
//! [`crate::web::v1::fault::Fault::Malformed`].

use crate::plan::header::Channel;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

/// Changes to the draft of a report.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveRequest {
    /// The draft number the changes were made on, as the report was read; 0 for one never saved.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(max = 9_007_199_254_740_991_u64))]
    pub base: u64,
    /// Changed cells.
    #[serde(default)]
    pub cells: Vec<CellInput>,
    /// Rows to add, where the rows of a form are chosen or added.
    #[serde(default)]
    pub rows_added: Vec<RowInput>,
    /// Rows to take out with all that stands in them.
    #[serde(default)]
    pub rows_removed: Vec<RowInput>,
    /// Changed explanations of findings.
    #[serde(default)]
    pub explanations: Vec<ExplanationInput>,
    /// Changed narratives of the outline.
    #[serde(default)]
    pub narratives: Vec<NarrativeInput>,
}

/// A cell and what it becomes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellInput {
    /// Form name.
    pub form: String,
    /// Row key; empty for the own row of a form with one row per unit.
    #[serde(default)]
    pub row: String,
    /// Printed number or name of the column.
    pub column: String,
    /// A decimal such as `-12.5`, `nil` (nothing happened), `closed`, words, a day `2026-12-31`, `yes` or `no`, the name of an entry; null or left out: blank.
    #[serde(default)]
    pub value: Option<String>,
}

/// A row.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowInput {
    /// Form name.
    pub form: String,
    /// Row key.
    pub row: String,
}

/// An explanation and what it becomes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationInput {
    /// Form name.
    pub form: String,
    /// Key of the finding: `W1`, or `W1[dat_dai]` for one row.
    pub finding: String,
    /// The text; null or left out: none.
    #[serde(default)]
    pub text: Option<String>,
}

/// A narrative and what it becomes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NarrativeInput {
    /// Key of the narrative.
    pub narrative: String,
    /// The text; null or left out: none.
    #[serde(default)]
    pub text: Option<String>,
}

/// Opening figures declared by hand, where no earlier report exists.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningRequest {
    /// Form name.
    pub form: String,
    /// The openings.
    pub cells: Vec<OpeningInput>,
    /// Why, and from which source.
    pub reason: String,
}

/// An opening figure.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningInput {
    /// Row key.
    #[serde(default)]
    pub row: String,
    /// Printed number or name of the column.
    pub column: String,
    /// The figure; null or left out takes a declaration back.
    #[serde(default)]
    pub value: Option<String>,
}

/// Lays the draft before the head.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeRequest {
    /// The draft number that was checked.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(max = 9_007_199_254_740_991_u64))]
    pub draft: u64,
}

/// Sends what the head approved.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendRequest {
    /// The revision that was approved.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(max = 4_294_967_295_u64))]
    pub revision: u32,
    /// Why it is sent after the deadline; needed then.
    #[serde(default)]
    pub late_reason: Option<String>,
    /// How it went officially, where it went another way than through this system.
    #[serde(default)]
    pub dispatch: Option<DispatchInput>,
}

/// An official sending outside this system.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DispatchInput {
    /// The way.
    pub channel: ChannelInput,
    /// When, e.g. `2026-12-14T08:30:00+07:00`.
    pub at: String,
    /// Number and sign of the document.
    #[serde(default)]
    pub document: Option<String>,
}

/// A way outside this system.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelInput {
    /// The electronic document exchange.
    Edoc,
    /// Agency mail.
    Mail,
    /// By hand.
    Direct,
    /// Fax.
    Fax,
    /// Post.
    Post,
}

impl From<ChannelInput> for Channel {
    fn from(channel: ChannelInput) -> Channel {
        match channel {
            ChannelInput::Edoc => Channel::Edoc,
            ChannelInput::Mail => Channel::Mail,
            ChannelInput::Direct => Channel::Direct,
            ChannelInput::Fax => Channel::Fax,
            ChannelInput::Post => Channel::Post,
        }
    }
}

/// Takes a report back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequest {
    /// Why.
    pub reason: String,
}

/// Which cell a file is attached to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileQuery {
    /// The draft number the change is made on.
    #[schemars(range(max = 9_007_199_254_740_991_u64))]
    pub base: u64,
    /// Form name.
    pub form: String,
    /// Row key; empty for the own row.
    #[serde(default)]
    pub row: String,
    /// Printed number or name of the column.
    pub column: String,
    /// Name of the file.
    pub name: String,
}

/// Which obligations are listed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObligationQuery {
    /// Only of this regime.
    #[serde(default)]
    pub regime: Option<String>,
}

/// An address without a query.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

/// A whole number as JSON Schema understands one: `5.0` and `5e0` are 5.
fn whole<'de, N: TryFrom<u64>, D: Deserializer<'de>>(deserializer: D) -> Result<N, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?;
    whole_of(&number.to_string())
        .and_then(|number| N::try_from(number).ok())
        .ok_or_else(|| serde::de::Error::custom(format_args!("no whole number: {number:.40}")))
}

/// The whole number that a JSON number is, if it is one of at most twenty digits.
fn whole_of(text: &str) -> Option<u64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (digits, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i64 = exponent.trim_start_matches('+').parse().ok()?;
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{digits}{fraction}");
    let places = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let number: u64 = digits.parse().ok()?;
    if number == 0 {
        return Some(0);
    }
    match u32::try_from(places) {
        Ok(places) => number.checked_mul(10_u64.checked_pow(places)?),
        Err(_) => {
            let places = u32::try_from(places.checked_neg()?).ok()?;
            let divisor = 10_u64.checked_pow(places)?;
            (number.checked_rem(divisor)? == 0).then_some(number / divisor)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::whole_of;

    #[test]
    fn a_whole_number_is_taken_however_it_is_written_and_nothing_else_is() {
        let taken = [
            "5", "5.0", "5.00", "0", "0.0", "0e5", "50e-1", "5e2", "0.5e1", "0e999999",
        ];
        assert_eq!(
            taken.map(whole_of),
            [5, 5, 5, 0, 0, 0, 5, 500, 5, 0].map(Some)
        );
        for refused in [
            "5.5",
            "-1",
            "1e400",
            "1e-1",
            "99999999999999999999999",
            "1e99999999999999999999",
        ] {
            assert_eq!(whole_of(refused), None, "{refused}");
        }
    }
}
