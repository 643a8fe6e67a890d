//! The four tables of an organisation as one thing that is changed, checked and written again: units, links, successions, codes.
//!
//! Deliberately does not know: why somebody changes them, and what reports make of it.
//! On broken input: [`UnitTables::faults`] says what does not fit together across the tables; nothing is repaired.

use std::collections::BTreeSet;

use super::codes::{UnitCode, parse_codes};
use super::unit::{Link, Succession, Unit, UnitId};
use super::{Organisation, parse_links, parse_successions, parse_units};
use crate::calendar::Date;
use crate::calendar::dates::{days_after, iso_date};
use crate::text::table::TableProblem;

/// The tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTables {
    /// The units, in the order of their table.
    pub units: Vec<Unit>,
    /// Which hangs below which, in time.
    pub links: Vec<Link>,
    /// Who took over from whom.
    pub successions: Vec<Succession>,
    /// Codes in time.
    pub codes: Vec<UnitCode>,
}

/// One of the four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitTable {
    /// Units.
    Units,
    /// Links.
    Links,
    /// Successions.
    Successions,
    /// Codes.
    Codes,
}

impl UnitTable {
    /// All four.
    pub const ALL: [UnitTable; 4] = [
        UnitTable::Units,
        UnitTable::Links,
        UnitTable::Successions,
        UnitTable::Codes,
    ];
}

/// What does not fit together across the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TablesFault {
    /// A table names a unit that the table of units does not have.
    UnknownUnit {
        /// The table that names it.
        table: UnitTable,
        /// The unit.
        unit: UnitId,
    },
    /// On a date the way up from a unit comes back to it.
    Circle {
        /// The unit.
        unit: UnitId,
        /// The date.
        date: Date,
    },
    /// A unit exists on a date on which the one above it does not.
    NothingAbove {
        /// The unit.
        unit: UnitId,
        /// The one above.
        parent: UnitId,
        /// The date.
        date: Date,
    },
    /// A unit takes over on a date on which it does not exist.
    HeirNotThere {
        /// The unit.
        unit: UnitId,
        /// The date.
        date: Date,
    },
    /// A unit goes over as a whole to several units on one date.
    WholeTwice {
        /// The unit.
        unit: UnitId,
        /// The date.
        date: Date,
    },
}

impl UnitTables {
    /// Reads the four texts; the mistakes of each, in the order of [`UnitTable::ALL`].
    pub fn read(texts: [&str; 4]) -> (UnitTables, [Vec<TableProblem>; 4]) {
        // A table that nobody loaded has no header line either.
        fn of<T>(
            text: &str,
            parse: fn(&str) -> (Vec<T>, Vec<TableProblem>),
        ) -> (Vec<T>, Vec<TableProblem>) {
            if text.trim().is_empty() {
                return (Vec::new(), Vec::new());
            }
            parse(text)
        }
        let [units, links, successions, codes] = texts;
        let (units, of_units) = of(units, parse_units);
        let (links, of_links) = of(links, parse_links);
        let (successions, of_successions) = of(successions, parse_successions);
        let (codes, of_codes) = of(codes, parse_codes);
        let tables = UnitTables {
            units,
            links,
            successions,
            codes,
        };
        (tables, [of_units, of_links, of_successions, of_codes])
    }

    /// The organisation they describe.
    pub fn organisation(&self) -> Organisation {
        Organisation::new(self.units.clone(), self.successions.clone())
            .linked(self.links.clone())
            .coded(self.codes.clone())
    }

    /// The unit of that id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id)
    }

    /// One table as its file says it; healthy files read back to the same rows.
    pub fn written(&self, table: UnitTable) -> String {
        match table {
            UnitTable::Units => self.units_text(),
            UnitTable::Links => {
                let rows = self.links.iter().map(|link| {
                    vec![
                        link.child.to_string(),
                        link.parent.to_string(),
                        day(link.from),
                        day(link.until),
                    ]
                });
                table_text(&super::LINK_COLUMNS, rows)
            }
            UnitTable::Successions => {
                let rows = self.successions.iter().map(|row| {
                    vec![
                        row.old.to_string(),
                        row.new.to_string(),
                        iso_date(row.date),
                        row.share
                            .as_ref()
                            .map(|share| share.to_plain(share.decimals()))
                            .unwrap_or_default(),
                        row.basis.clone().unwrap_or_default(),
                    ]
                });
                table_text(&super::SUCCESSION_COLUMNS, rows)
            }
            UnitTable::Codes => {
                let rows = self.codes.iter().map(|code| {
                    vec![
                        code.unit.to_string(),
                        code.system.key().to_owned(),
                        code.code.clone(),
                        day(code.from),
                        day(code.until),
                    ]
                });
                table_text(&super::codes::CODE_COLUMNS, rows)
            }
        }
    }

    fn units_text(&self) -> String {
        let rows = self.units.iter().map(|unit| {
            let attributes = unit.attributes.iter();
            let attributes: Vec<String> = attributes
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            vec![
                unit.id.to_string(),
                unit.level.clone(),
                unit.item.clone(),
                unit.name.clone(),
                unit.area_code.clone().unwrap_or_default(),
                unit.agency.clone().unwrap_or_default(),
                unit.parent
                    .as_ref()
                    .map(UnitId::to_string)
                    .unwrap_or_default(),
                unit.tags.join(" "),
                day(unit.valid_from),
                day(unit.valid_to),
                attributes.join(" "),
            ]
        });
        table_text(&super::UNIT_COLUMNS, rows)
    }

    /// What does not fit together, each once. The tree is looked at on every day on which something about it changes.
    pub fn faults(&self) -> Vec<TablesFault> {
        let organisation = self.organisation();
        let mut faults = BTreeSet::new();
        self.unknown(&organisation, &mut faults);
        for date in self.days_of_change() {
            for unit in organisation.valid_on(date) {
                let parent = organisation.parent_on(unit, date);
                let Some(above) = parent.and_then(|parent| organisation.get(parent)) else {
                    continue;
                };
                if !above.is_valid_on(date) {
                    faults.insert(TablesFault::NothingAbove {
                        unit: unit.id.clone(),
                        parent: above.id.clone(),
                        date,
                    });
                } else if is_circle(&organisation, unit, date) {
                    let unit = unit.id.clone();
                    faults.insert(TablesFault::Circle { unit, date });
                }
            }
        }
        for row in &self.successions {
            let heir = organisation.get(&row.new);
            if heir.is_some_and(|heir| !heir.is_valid_on(row.date)) {
                faults.insert(TablesFault::HeirNotThere {
                    unit: row.new.clone(),
                    date: row.date,
                });
            }
        }
        // A unit that goes over whole to two has been counted twice, unless no share at all is known: then it is divided, and nobody guesses how.
        let mut wholes: BTreeSet<(&UnitId, Date)> = BTreeSet::new();
        let mut shared: BTreeSet<(&UnitId, Date)> = BTreeSet::new();
        for row in &self.successions {
            let key = (&row.old, row.date);
            if row.share.is_some() {
                shared.insert(key);
            } else {
                wholes.insert(key);
            }
        }
        for (unit, date) in wholes.intersection(&shared) {
            let unit = (*unit).clone();
            faults.insert(TablesFault::WholeTwice { unit, date: *date });
        }
        faults.into_iter().collect()
    }

    fn unknown(&self, organisation: &Organisation, faults: &mut BTreeSet<TablesFault>) {
        let links = self
            .links
            .iter()
            .flat_map(|link| [&link.child, &link.parent]);
        let successions = self.successions.iter().flat_map(|row| [&row.old, &row.new]);
        let codes = self.codes.iter().map(|code| &code.unit);
        let named = links
            .map(|unit| (UnitTable::Links, unit))
            .chain(successions.map(|unit| (UnitTable::Successions, unit)))
            .chain(codes.map(|unit| (UnitTable::Codes, unit)));
        for (table, unit) in named {
            if organisation.get(unit).is_none() {
                let unit = unit.clone();
                faults.insert(TablesFault::UnknownUnit { table, unit });
            }
        }
    }

    /// The days on which units begin, the days after they end, and the same of links.
    fn days_of_change(&self) -> BTreeSet<Date> {
        let units = self
            .units
            .iter()
            .map(|unit| (unit.valid_from, unit.valid_to));
        let links = self.links.iter().map(|link| (link.from, link.until));
        let mut days: BTreeSet<Date> = units
            .chain(links)
            .flat_map(|(from, to)| [from, to.map(|to| days_after(to, 1))])
            .flatten()
            .collect();
        if let Some(first) = days.first().copied() {
            days.insert(days_after(first, -1));
        }
        days
    }
}

fn is_circle(organisation: &Organisation, unit: &Unit, date: Date) -> bool {
    let mut seen: BTreeSet<&UnitId> = BTreeSet::new();
    let mut current = Some(unit);
    while let Some(here) = current {
        if !seen.insert(&here.id) {
            return here.id == unit.id;
        }
        current = organisation
            .parent_on(here, date)
            .and_then(|parent| organisation.get(parent));
    }
    false
}

fn day(date: Option<Date>) -> String {
    date.map(iso_date).unwrap_or_default()
}

fn table_text(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = columns.join(",");
    text.push('\n');
    for row in rows {
        let fields: Vec<String> = row.into_iter().map(field).collect();
        text.push_str(&fields.join(","));
        text.push('\n');
    }
    text
}

/// A field as it is written: a field never runs over a line end.
fn field(text: String) -> String {
    let text = text.replace(['\r', '\n'], " ");
    if text.contains(['"', ',']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
