//! What messages call kinds of value and units of measure.
//!
//! Words only. It deliberately does not know which kinds meet; what is unknown never comes into a message.

use crate::diagnostic::wording::Text;

/// A kind of value as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueWord {
    /// A number.
    Number,
    /// Words.
    Text,
    /// A day.
    Date,
    /// Yes or no.
    YesOrNo,
    /// An entry of a catalog, by its label.
    Choice(String),
    /// A reporting unit.
    Reporter,
    /// A file.
    File,
}

impl ValueWord {
    /// The kind in words, in English with its article.
    pub fn wording(&self) -> Text {
        match self {
            ValueWord::Number => Text::new("số", "a number"),
            ValueWord::Text => Text::new("văn bản", "text"),
            ValueWord::Date => Text::new("ngày tháng", "a date"),
            ValueWord::YesOrNo => Text::new("có hay không", "yes or no"),
            ValueWord::Choice(catalog) => Text::new(
                format!("chọn một trong `{catalog}`"),
                format!("a choice of `{catalog}`"),
            ),
            ValueWord::Reporter => Text::new("đơn vị báo cáo", "a reporting unit"),
            ValueWord::File => Text::new("tệp", "a file"),
        }
    }
}

/// A unit of measure as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureWord {
    /// By its printed label.
    Named(String),
    /// A percentage.
    Percent,
    /// A number without a measure.
    Plain,
}

impl MeasureWord {
    /// The measure in words.
    pub fn wording(&self) -> Text {
        match self {
            MeasureWord::Named(label) => Text::new(format!("`{label}`"), format!("`{label}`")),
            MeasureWord::Percent => Text::new("`%`", "`%`"),
            MeasureWord::Plain => Text::new("số không có đơn vị tính", "a plain number"),
        }
    }
}
