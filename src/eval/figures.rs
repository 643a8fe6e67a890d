//! Figures as people and files give them: entered cells of one report, before any meaning is applied.
//!
//! `Figures` is the one shape in which entered data travel: JSON lines of the command line, the JSON API, stored drafts and revisions, test blocks. Keys are texts
//! (form name, row key, column number or name), values are texts, so that a report can be stored for ever without an index moving under it. It does not know whether a
//! key or a value makes sense; `eval` turns what does not fit into findings.

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The key under which narratives are stored beside the forms; no form can bear it, because a name never begins with a sign.
const NARRATIVES: &str = "@narratives";

/// Entered figures of one report, and what was written beside them. In JSON: form name → [`FormFigures`], and the narratives under `@narratives`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// By form name.
    pub forms: BTreeMap<String, FormFigures>,
    /// What the officer wrote, by the key of the narrative; never empty texts.
    pub narratives: BTreeMap<String, String>,
}

impl Serialize for Figures {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.forms.len() + usize::from(!self.narratives.is_empty());
        let mut map = serializer.serialize_map(Some(count))?;
        if !self.narratives.is_empty() {
            map.serialize_entry(NARRATIVES, &self.narratives)?;
        }
        for (form, figures) in &self.forms {
            map.serialize_entry(form, figures)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = BTreeMap::<String, serde_json::Value>::deserialize(deserializer)?;
        let narratives = match members.remove(NARRATIVES) {
            Some(value) => serde_json::from_value(value).map_err(serde::de::Error::custom)?,
            None => BTreeMap::new(),
        };
        let forms = members
            .into_iter()
            .map(|(form, value)| Ok((form, serde_json::from_value(value)?)))
            .collect::<Result<_, serde_json::Error>>()
            .map_err(serde::de::Error::custom)?;
        Ok(Figures { forms, narratives })
    }
}

/// Entered figures of one form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFigures {
    /// Row key (`""` for the own row of a form with one row per unit) → column key → entry. The rows of a list have keys that mean nothing by themselves:
    /// letters, digits, `.`, `-`, `_`, at most 40, given by whoever adds the row (usually the next whole number) and never changed. Their order is that of the
    /// parts between points, shorter parts first: `1`, `2`, `2.1`, `10`, so that a row can be put between two others. A row that is present without cells was chosen but not answered.
    #[serde(default)]
    pub rows: BTreeMap<String, BTreeMap<String, Entry>>,
    /// Explanations by finding key: `W1` explains the rule in every row, `W1[dat_dai]` in one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub explanations: BTreeMap<String, String>,
    /// Opening figures declared by hand (no earlier report exists), row key → column key → entry, with [`FormFigures::opening_reason`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub declared_openings: BTreeMap<String, BTreeMap<String, Entry>>,
    /// Why openings were declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_reason: Option<String>,
}

/// One entered value as text; absent means blank.
///
/// In JSON: `"120"` or `120` (decimal text, read without a float), `"nil"`, `"closed"`, any other text for a text column, `"2026-05-14"` for a day, `"yes"` or
/// `"no"`, the name of an entry for a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Decimal text in machine form (`-12.5`), or words for a text column; whether it fits is checked later.
    Value(String),
    /// Không phát sinh.
    Nil,
    /// The officer marked the cell as not applicable; only right where the cell is closed.
    Closed,
}
impl Serialize for Entry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Entry::Value(text) => text,
            Entry::Nil => "nil",
            Entry::Closed => "closed",
        })
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => text,
            // With `arbitrary_precision` the number keeps the digits as they were written.
            serde_json::Value::Number(number) => number.to_string(),
            other => {
                return Err(serde::de::Error::custom(format_args!(
                    "a cell is text or a number, not {other}"
                )));
            }
        };
        Ok(Entry::from_text(&text))
    }
}

impl Entry {
    /// Reads the machine text of an entry.
    pub fn from_text(text: &str) -> Entry {
        match text {
            "nil" => Entry::Nil,
            "closed" => Entry::Closed,
            value => Entry::Value(value.to_string()),
        }
    }
}
