//! Changing the tables of units: what a change would do is shown first, and what was shown is applied with a reason, all tables at once or none.
//!
//! A change comes as whole tables, from a file or made by a reform ([`crate::organisation::reform`]). What is confirmed is what was seen: the fingerprint covers the tables it stands on and the texts.
//! It does not know pages. Broken input: every bad line is named, and the tables in force stay.

use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::organisation::difference::{Change, difference, ended_and_begun};
use crate::organisation::reform::{Reform, ReformFault, reformed};
use crate::organisation::unit_tables::{TablesFault, UnitTable, UnitTables};
use crate::plan::fingerprint::hexadecimal;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::reports::refusal::MOST_CHARACTERS;
use crate::service::Service;
use crate::service::effects::{Effects, Known, of_units};
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::project_tables::stored_name;
use crate::service::tables::Table;
use crate::store::ReadTransaction;
use crate::store::records::{LoadedTable, ReportQuery};
use crate::text::table::TableProblem;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Tables that somebody wants to put into force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The tables with their whole texts; those not named stay as they are.
    pub texts: Vec<(UnitTable, String)>,
    /// Where they come from: the names of files, or what was ordered.
    pub source: String,
}

/// What proposed tables would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// What was seen: the tables it stands on, and the texts. Confirming names it.
    pub fingerprint: String,
    /// Mistakes of the tables, line by line.
    pub problems: Vec<(UnitTable, TableProblem)>,
    /// What does not fit together across the tables and did not stand there before.
    pub faults: Vec<TablesFault>,
    /// Units that would be gone although they have reports: name and how many.
    pub removed_with_reports: Vec<(String, usize)>,
    /// What is other, unit by unit.
    pub changes: Vec<Change>,
    /// Names of all units before and after.
    pub names: BTreeMap<UnitId, String>,
    /// What it does to reports and people; empty where the tables cannot be taken.
    pub effects: Effects,
}

/// Why tables of units were not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitsFault {
    /// Nothing is said of why.
    NoReason,
    /// The reason is longer than [`MOST_CHARACTERS`].
    TooLong,
    /// Nothing is other than it is now.
    Nothing,
    /// The tables have mistakes, do not fit together, or would take away a unit that has reports.
    NotSound,
    /// Since it was shown, somebody has changed the tables, or another text was sent.
    ChangedSince,
    /// The reform cannot be.
    Reform(Vec<ReformFault>),
}

impl Preview {
    /// Whether the tables can be put into force.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() && self.faults.is_empty() && self.removed_with_reports.is_empty()
    }
}

/// The table of the store that holds a table of units.
pub fn table_of(table: UnitTable) -> Table {
    match table {
        UnitTable::Units => Table::Units,
        UnitTable::Links => Table::Links,
        UnitTable::Successions => Table::Successions,
        UnitTable::Codes => Table::Codes,
    }
}

/// What stands in force.
struct Base {
    texts: [String; 4],
    tables: UnitTables,
}

impl Base {
    fn read(reading: &dyn ReadTransaction) -> Result<Base, ServiceError> {
        let mut texts: [String; 4] = Default::default();
        for (text, table) in texts.iter_mut().zip(UnitTable::ALL) {
            let stored = reading.table(&stored_name(&table_of(table)))?;
            *text = stored.map(|stored| stored.text).unwrap_or_default();
        }
        let (tables, _) = UnitTables::read(texts.each_ref().map(String::as_str));
        Ok(Base { texts, tables })
    }

    /// The four texts with those proposed in their places.
    fn with(&self, proposed: &Proposed) -> [String; 4] {
        let mut texts = self.texts.clone();
        for (text, table) in texts.iter_mut().zip(UnitTable::ALL) {
            let mut named = proposed.texts.iter();
            if let Some((_, wanted)) = named.find(|(named, _)| *named == table) {
                text.clone_from(wanted);
            }
        }
        texts
    }

    fn fingerprint(&self, after: &[String; 4]) -> String {
        let mut hash = Sha256::new();
        for text in self.texts.iter().chain(after) {
            hash.update(text.len().to_le_bytes());
            hash.update(text.as_bytes());
        }
        hexadecimal(&hash.finalize())
    }
}

impl Service {
    /// What proposed tables would do; nothing is changed.
    pub fn preview_units(
        &self,
        actor: &Actor,
        proposed: &Proposed,
        today: Date,
    ) -> Result<Preview, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let reading = self.store.begin_read()?;
        let base = Base::read(reading.as_ref())?;
        preview(reading.as_ref(), &base, proposed, today)
    }

    /// What a reform would do, with the tables it makes. [`UnitsFault::Reform`] says why it cannot be.
    pub fn preview_reform(
        &self,
        actor: &Actor,
        reform: &Reform,
        source: &str,
        today: Date,
    ) -> Result<(Proposed, Preview), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let reading = self.store.begin_read()?;
        let base = Base::read(reading.as_ref())?;
        let after = reformed(&base.tables, reform).map_err(UnitsFault::Reform)?;
        let changed = UnitTable::ALL.into_iter().filter(|table| {
            let written = |tables: &UnitTables| tables.written(*table);
            written(&after) != written(&base.tables)
        });
        let proposed = Proposed {
            texts: changed.map(|table| (table, after.written(table))).collect(),
            source: source.to_string(),
        };
        let preview = preview(reading.as_ref(), &base, &proposed, today)?;
        Ok((proposed, preview))
    }

    /// Puts tables into force that were shown before, with a reason.
    pub fn apply_units(
        &self,
        actor: &Actor,
        proposed: &Proposed,
        seen: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(UnitsFault::NoReason.into());
        }
        if reason.chars().count() > MOST_CHARACTERS {
            return Err(UnitsFault::TooLong.into());
        }
        // Nobody else changes a table between looking and writing.
        let transaction = self.store.begin_write()?;
        let base = Base::read(transaction.as_ref())?;
        let after = base.with(proposed);
        if base.fingerprint(&after) != seen {
            return Err(UnitsFault::ChangedSince.into());
        }
        if after == base.texts {
            return Err(UnitsFault::Nothing.into());
        }
        let found = preview(transaction.as_ref(), &base, proposed, now.date())?;
        if !found.is_sound() {
            return Err(UnitsFault::NotSound.into());
        }
        let mut changed = Vec::new();
        for ((table, text), before) in UnitTable::ALL.into_iter().zip(&after).zip(&base.texts) {
            if text == before {
                continue;
            }
            let table = table_of(table);
            transaction.load_table(&LoadedTable {
                name: stored_name(&table),
                source: proposed.source.clone(),
                text: text.clone(),
                loaded_at: now,
                loaded_by: actor.user.clone(),
                reason: reason.to_string(),
            })?;
            changed.push(table);
        }
        transaction.commit()?;
        self.forget_tables(&changed);
        Ok(())
    }
}

fn preview(
    reading: &dyn ReadTransaction,
    base: &Base,
    proposed: &Proposed,
    today: Date,
) -> Result<Preview, ServiceError> {
    let texts = base.with(proposed);
    let (tables, problems) = UnitTables::read(texts.each_ref().map(String::as_str));
    let by_table = UnitTable::ALL.into_iter().zip(problems);
    let mut found = Preview {
        fingerprint: base.fingerprint(&texts),
        problems: by_table
            .flat_map(|(table, problems)| problems.into_iter().map(move |one| (table, one)))
            .collect(),
        changes: difference(&base.tables, &tables),
        names: names(&base.tables, &tables),
        ..Preview::default()
    };
    let stood = base.tables.faults();
    let faults = tables.faults().into_iter();
    found.faults = faults.filter(|fault| !stood.contains(fault)).collect();
    let reports = reading.report_summaries(&ReportQuery::default())?;
    for change in &found.changes {
        if let Change::Removed(unit) = change {
            let of_unit = reports.iter().filter(|report| report.key.unit == unit.id);
            let count = of_unit.count();
            if count > 0 {
                let name = format!("{} ({})", unit.name, unit.id);
                found.removed_with_reports.push((name, count));
            }
        }
    }
    if found.is_sound() && !found.changes.is_empty() {
        let before = Ground::read(reading)?;
        let after = before.with_organisation(tables.organisation());
        let (ended, _) = ended_and_begun(&base.tables, &tables);
        let first_days = found.changes.iter().map(Change::first_day);
        let first_day = first_days.min().flatten();
        let users = reading.users()?;
        let known = Known {
            reports: &reports,
            users: &users,
        };
        found.effects = of_units(&before, &after, &ended, first_day, known, today)?;
    }
    Ok(found)
}

fn names(before: &UnitTables, after: &UnitTables) -> BTreeMap<UnitId, String> {
    let units = before.units.iter().chain(&after.units);
    units
        .map(|unit| (unit.id.clone(), unit.name.clone()))
        .collect()
}
