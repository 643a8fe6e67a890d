//! Texts of days, answers, entries, files and words become values, and the other way round.
//!
//! Machine text is `2025-05-05` for a day, `yes` or `no` for an answer, the name for an entry of a catalogue, the written form of [`AttachedFile`] for a file; people may also type `05/05/2025`, `có`,
//! `không` and the entry's label. It does not know numbers or cells. What does not fit is answered with what was wrong, never guessed.

use crate::calendar::Date;
use crate::calendar::dates::{iso_date, parse_date, parse_iso_date};
use crate::eval::attached::AttachedFile;
use crate::eval::cell::Cell;
use crate::eval::finding::FindingKind;
use crate::eval::rows;
use crate::plan::cell::{CellDefinition, ValueType};
use crate::plan::form::{EntryName, FormDefinition};

/// Words for yes, the machine's first.
const YES: [&str; 3] = ["yes", "có", "true"];
/// Words for no, the machine's first.
const NO: [&str; 3] = ["no", "không", "false"];

/// The machine text of what a person typed into a cell that holds no number; what does not fit stays as it is.
pub fn machine_text(typed: &str, value: ValueType) -> String {
    let known = match value {
        ValueType::Date => day(typed).map(iso_date),
        ValueType::YesOrNo => truth(typed).map(|truth| if truth { "yes" } else { "no" }.to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| typed.to_owned())
}

/// The value of a text in a cell that holds no number.
pub fn value(
    definition: &FormDefinition,
    cell: &CellDefinition,
    text: &str,
    cutoff: Date,
) -> Result<Cell, FindingKind> {
    let typed = || text.to_owned();
    match cell.value {
        ValueType::Date => match day(text) {
            Some(day) => Ok(Cell::Day(day)),
            None => Err(FindingKind::NotADay { typed: typed() }),
        },
        ValueType::YesOrNo => match truth(text) {
            Some(truth) => Ok(Cell::Truth(truth)),
            None => Err(FindingKind::NotYesOrNo { typed: typed() }),
        },
        ValueType::Choice(catalog) => {
            let entry = definition.catalog(catalog).and_then(|catalog| {
                rows::leaves(catalog, cutoff)
                    .find(|entry| entry.name == text || same_words(&entry.label, text))
            });
            match entry {
                Some(entry) => Ok(Cell::Entry(EntryName {
                    name: entry.name.clone(),
                    label: entry.label.clone(),
                })),
                None => Err(FindingKind::NotAnEntry { typed: typed() }),
            }
        }
        ValueType::File => match AttachedFile::parse(text) {
            Some(file) => Ok(Cell::File(file)),
            None => Err(FindingKind::NotAFile { typed: typed() }),
        },
        ValueType::Text | ValueType::Reporter | ValueType::Number { .. } => {
            if cell.matches(text) {
                Ok(Cell::Text(typed()))
            } else {
                Err(FindingKind::DoesNotMatch {
                    typed: typed(),
                    pattern: cell.matching.clone().unwrap_or_default(),
                })
            }
        }
    }
}

/// The value in machine text, as it travels; none for states without one.
pub fn text_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Given(number) => Some(number.to_plain(None)),
        Cell::Text(words) => Some(words.clone()),
        Cell::Day(day) => Some(iso_date(*day)),
        Cell::Truth(truth) => Some(if *truth { "yes" } else { "no" }.to_owned()),
        Cell::Entry(entry) => Some(entry.name.clone()),
        Cell::File(file) => Some(file.to_text()),
        Cell::Partial(number, _) => Some(number.to_plain(None)),
        Cell::Nil | Cell::Blank(_) | Cell::Closed => None,
    }
}

fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    parse_iso_date(text).or_else(|_| parse_date(text)).ok()
}

fn truth(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| same_words(word, text));
    match (is(YES), is(NO)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn same_words(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
