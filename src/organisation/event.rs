//! Events (đợt): what is recorded of them, by whom they are opened, and questions about what was recorded.
//!
//! A regime declares the record; each event that is opened has one, and the reports made during it keep its values as they were. Deliberately does
//! not know: which reports follow an event, and the catalogs that choices come from.
//! On broken input: a value that is not recorded, or is of another kind than the question, leaves the question open (`None`).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::unit::Party;
use crate::calendar::{Date, EventDates};
use crate::number::Number;

/// The record of one sort of event, as a regime declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Name used in the language, e.g. `dot`.
    pub name: String,
    /// Label as printed.
    pub label: String,
    /// What is recorded, in the author's order.
    pub fields: Vec<EventField>,
    /// Who may open an event of this sort.
    pub opened_by: Vec<Party>,
    /// Who may close it.
    pub closed_by: Vec<Party>,
}

/// One recorded value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventField {
    /// Name used in the language, e.g. `loai`.
    pub name: String,
    /// Label as printed.
    pub label: String,
    /// What the value is.
    pub kind: FieldKind,
}

/// What a recorded value is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// An entry of a catalog.
    Choice {
        /// The catalog's name.
        catalog: String,
        /// The entries that can be chosen: name and label.
        entries: Vec<(String, String)>,
    },
    /// Yes or no.
    YesOrNo,
    /// Words.
    Text,
    /// A number.
    Number {
        /// Digits after the point.
        decimals: u32,
        /// May be below zero.
        negative: bool,
    },
    /// A day.
    Date,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// An entry of a catalog.
    Entry(String),
    /// Yes or no.
    Truth(bool),
    /// Words.
    Text(String),
    /// A number.
    Number(Number),
    /// A day.
    Date(Date),
}

/// A question about a recorded value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldTest {
    /// It is one of these.
    OneOf(Vec<FieldValue>),
    /// It stands to a value in one of the ways that are allowed; `=` allows only equal, `≤` allows less and equal.
    Compared {
        /// The value it is compared with.
        with: FieldValue,
        /// It may be less.
        less: bool,
        /// It may be equal.
        equal: bool,
        /// It may be greater.
        greater: bool,
    },
}

/// One event as far as a report knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventState {
    /// Its sort, the name declared in the regime.
    pub event: String,
    /// From when to when it was open.
    pub dates: EventDates,
    /// What is recorded, by name of the field.
    pub fields: BTreeMap<String, FieldValue>,
}

impl FieldTest {
    /// Whether a value answers the question with yes; `None` when it is of another kind.
    pub fn holds(&self, value: &FieldValue) -> Option<bool> {
        match self {
            FieldTest::OneOf(values) => {
                let mut found = false;
                for other in values {
                    found = found || compare(value, other)? == Ordering::Equal;
                }
                Some(found)
            }
            FieldTest::Compared {
                with,
                less,
                equal,
                greater,
            } => Some(match compare(value, with)? {
                Ordering::Less => *less,
                Ordering::Equal => *equal,
                Ordering::Greater => *greater,
            }),
        }
    }
}

/// Numbers and days are ordered; of other values only equality means anything.
fn compare(left: &FieldValue, right: &FieldValue) -> Option<Ordering> {
    match (left, right) {
        (FieldValue::Entry(left), FieldValue::Entry(right))
        | (FieldValue::Text(left), FieldValue::Text(right)) => Some(left.cmp(right)),
        (FieldValue::Truth(left), FieldValue::Truth(right)) => Some(left.cmp(right)),
        (FieldValue::Number(left), FieldValue::Number(right)) => Some(left.cmp(right)),
        (FieldValue::Date(left), FieldValue::Date(right)) => Some(left.cmp(right)),
        _ => None,
    }
}
