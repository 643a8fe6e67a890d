//! Invented petitions of one unit: four quarters of form 01/XLD that satisfy its rules.
//!
//! Longer periods are the sums of their quarters. It does not know reports or people. Broken input: none.

use crate::demo::chance::Chance;
use crate::eval::figures::Entry;
use std::collections::BTreeMap;

/// Name of the form in the regime.
pub const FORM: &str = "XLD01";

/// One unit's petitions of one quarter, or of several added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petitions {
    /// Carried over from the quarter before (column 2).
    pub opening: i64,
    /// Received (column 3).
    pub received: i64,
    /// Entered columns other than 3, by printed number.
    columns: BTreeMap<u32, i64>,
}

/// Columns that flow: they are added over quarters.
const FLOWS: [u32; 15] = [4, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 20, 21, 22];

/// The four quarters of a unit.
pub fn year_of(unit: &str, is_department: bool) -> Vec<Petitions> {
    let story = Chance::of(&["petitions", unit]);
    let usual = if is_department {
        story.between("usual", 25, 90)
    } else {
        story.between("usual", 8, 40)
    };
    let mut opening = story.between("opening", 0, usual / 5);
    (1..=4)
        .map(|quarter| {
            let petitions = quarter_of(
                &Chance::of(&["petitions", unit, &quarter.to_string()]),
                usual,
                opening,
            );
            opening = petitions.closing();
            petitions
        })
        .collect()
}

fn quarter_of(chance: &Chance, usual: i64, opening: i64) -> Petitions {
    // Now and then a quarter has far more petitions than the one before, which the regime asks to explain.
    let surge = if chance.percent("surge", 4) { usual } else { 0 };
    let received = chance.between("received", usual * 85 / 100, usual * 115 / 100) + surge;
    let total = opening + received;
    let closing = chance.between("closing", 0, total / 8);
    let processed = total - closing;
    let eligible = processed - chance.between("ineligible", 0, processed / 6);
    let content = chance.split("content", eligible, &[5, 1, 4]);
    let state = chance.split("state", eligible, &[6, 1, 3]);
    let part_of = |purpose: &str, position: usize| {
        let whole = content.get(position).copied().unwrap_or(0);
        chance.between(purpose, whole * 6 / 10, whole)
    };
    let (complaints, denunciations, proposals) = (
        part_of("complaints", 0),
        part_of("denunciations", 1),
        part_of("proposals", 2),
    );
    let beyond = eligible - complaints - denunciations - proposals;
    let sent_on = chance.split("sent_on", beyond, &[5, 4, 1]);
    let at = |parts: &[i64], position: usize| parts.get(position).copied().unwrap_or(0);
    let columns = BTreeMap::from([
        (4, processed),
        (5, closing),
        (7, eligible - chance.between("matters", 0, eligible / 10)),
        (8, at(&content, 0)),
        (9, at(&content, 1)),
        (10, at(&content, 2)),
        (11, at(&state, 0)),
        (12, at(&state, 1)),
        (13, at(&state, 2)),
        (15, complaints),
        (16, denunciations),
        (17, proposals),
        (19, at(&sent_on, 0)),
        (20, at(&sent_on, 1)),
        (21, at(&sent_on, 2)),
        (22, chance.between("answers", 0, at(&sent_on, 1))),
    ]);
    Petitions {
        opening,
        received,
        columns,
    }
}

impl Petitions {
    /// Not processed at the end (column 5).
    pub fn closing(&self) -> i64 {
        self.columns.get(&5).copied().unwrap_or(0)
    }

    /// Several quarters in a row as one: the first one's opening, the last one's closing, everything else added.
    pub fn together(quarters: &[Petitions]) -> Option<Petitions> {
        let (first, last) = (quarters.first()?, quarters.last()?);
        let sum = |column: u32| {
            quarters
                .iter()
                .filter_map(|quarter| quarter.columns.get(&column))
                .sum()
        };
        let mut columns: BTreeMap<u32, i64> = FLOWS
            .into_iter()
            .map(|column| (column, sum(column)))
            .collect();
        columns.insert(5, last.closing());
        let received = quarters.iter().map(|quarter| quarter.received).sum();
        Some(Petitions {
            opening: first.opening,
            received,
            columns,
        })
    }

    /// The entered cells, by printed column number; a nought is answered as nil.
    pub fn entries(&self) -> Vec<(String, Entry)> {
        let received = (3, self.received);
        let all = self
            .columns
            .iter()
            .map(|(column, value)| (*column, *value))
            .chain([received]);
        all.map(|(column, value)| (column.to_string(), entry(value)))
            .collect()
    }
}

/// A figure as a person enters it.
pub fn entry(value: i64) -> Entry {
    if value == 0 {
        Entry::Nil
    } else {
        Entry::Value(value.to_string())
    }
}
