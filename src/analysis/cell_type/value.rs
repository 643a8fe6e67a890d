//! Kinds of value, bounds and measures of a cell, each with its meet.
//!
//! It deliberately does not know how figures add up. Two kinds that do not meet give a clash; nothing here fails.

use super::clash::Clash;
use crate::analysis::expression::Dimension;
use crate::number::Number;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A number with so many digits after the point.
    Number(u32),
    /// Words.
    Text,
    /// A day.
    Date,
    /// Yes or no.
    YesOrNo,
    /// An entry of a catalog, by its position in the words of the project.
    Choice(usize),
    /// A reporting unit.
    Reporter,
    /// A file.
    File,
}

impl Value {
    /// Whether it can be calculated with.
    pub fn is_number(self) -> bool {
        matches!(self, Value::Number(_))
    }

    /// Both at once: the coarser of two numbers, and nothing else with anything else.
    pub fn meet(self, other: Value) -> Result<Value, Clash> {
        match (self, other) {
            (Value::Number(one), Value::Number(two)) => Ok(Value::Number(one.min(two))),
            (one, two) if one == two => Ok(one),
            (one, two) => Err(Clash::Values(one, two)),
        }
    }
}

/// How a pure number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// As it is.
    Plain,
    /// A percentage: one of it is 1/100.
    Percent,
    /// Percentage points (điểm %): a difference of two percentages.
    Points,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Powers of base measures; `None` if the definition of the measure is broken, which fits everything.
    pub dimension: Option<Dimension>,
    /// How many base units one of it is.
    pub scale: Number,
    /// How a pure number is meant.
    pub share: Share,
}

impl Measured {
    /// A number without a measure.
    pub fn plain() -> Measured {
        Measured {
            dimension: Some(Dimension::default()),
            scale: Number::one(),
            share: Share::Plain,
        }
    }

    /// A percentage.
    pub fn percent() -> Measured {
        Measured {
            share: Share::Percent,
            ..Measured::plain()
        }
    }

    /// Both at once, in a typed cell: the same measure, or a clash. Two scales of one dimension clash because nobody could tell which is typed.
    pub fn meet(&self, other: &Measured) -> Result<Measured, Clash> {
        match (&self.dimension, &other.dimension) {
            (None, _) => Ok(other.clone()),
            (_, None) => Ok(self.clone()),
            (Some(one), Some(two)) if one != two || self.share != other.share => {
                Err(Clash::Measures(self.clone(), other.clone()))
            }
            _ if self.scale != other.scale => Err(Clash::Scales(self.clone(), other.clone())),
            _ => Ok(self.clone()),
        }
    }
}

/// The least and the greatest value that may be entered; an absent end is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least value.
    pub least: Option<Number>,
    /// The greatest value.
    pub greatest: Option<Number>,
}

impl Bounds {
    /// From 0 on.
    pub fn not_negative() -> Bounds {
        Bounds {
            least: Some(Number::zero()),
            greatest: None,
        }
    }

    /// Whether a value below zero may be entered.
    pub fn negative(&self) -> bool {
        self.least.as_ref().is_none_or(Number::is_negative)
    }

    /// Both at once; a clash if no value is left.
    pub fn meet(&self, other: &Bounds) -> Result<Bounds, Clash> {
        let least = [&self.least, &other.least].into_iter().flatten().max();
        let greatest = [&self.greatest, &other.greatest]
            .into_iter()
            .flatten()
            .min();
        if let (Some(least), Some(greatest)) = (least, greatest)
            && greatest < least
        {
            return Err(Clash::NoValue(least.clone(), greatest.clone()));
        }
        Ok(Bounds {
            least: least.cloned(),
            greatest: greatest.cloned(),
        })
    }
}
