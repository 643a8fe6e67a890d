//! Loading the facts a province runs on: units, successions, yearly decisions on rest days, switches of rules, plan values,
//! local deadlines.
//!
//! A table is taken whole or not at all, and every loading is kept for ever with its reason; the same text again is no change. It does not know who types it; the actor must hold the right. Broken
//! input: every bad line is named, and the table in force stays.

use crate::calendar::Moment;
use crate::organisation::codes::parse_codes;
use crate::organisation::{
    parse_decisions, parse_links, parse_plan_values, parse_successions, parse_units,
};
use crate::plan::switch;
use crate::reports::obligation::LocalDeadline;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::project_tables::stored_name;
use crate::store::records::{LoadedTable, TableChange};
use crate::text::table::TableProblem;

/// Which table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// Units with their history.
    Units,
    /// Links between units in time.
    Links,
    /// Successions between units.
    Successions,
    /// Codes of units in time.
    Codes,
    /// Yearly decisions on rest days.
    Decisions,
    /// Switches of published rules, as the project says them.
    RuleSwitches,
    /// Plan values of the target of that name.
    PlanValues(String),
}

/// What loading a table did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loading {
    /// The table is in force; so many rows.
    Loaded(usize),
    /// The table has mistakes; the one in force stays.
    Refused(Vec<TableProblem>),
}

impl Service {
    /// Loads a table, in place of the one in force.
    pub fn load_table(
        &self,
        actor: &Actor,
        table: Table,
        source: &str,
        text: &str,
        now: Moment,
    ) -> Result<Loading, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        self.put_table(&actor.user, &table, source, text, now)
    }

    /// Loads a table for somebody who may; the right is the caller's matter.
    pub(in crate::service) fn put_table(
        &self,
        by: &str,
        table: &Table,
        source: &str,
        text: &str,
        now: Moment,
    ) -> Result<Loading, ServiceError> {
        let (rows, problems) = read(table, text)?;
        if !problems.is_empty() {
            return Ok(Loading::Refused(problems));
        }
        let transaction = self.store.begin_write()?;
        let name = stored_name(table);
        let stored = transaction.table(&name)?;
        if stored.is_some_and(|stored| stored.text == text) {
            return Ok(Loading::Loaded(rows));
        }
        transaction.load_table(&LoadedTable {
            name,
            source: source.to_string(),
            text: text.to_string(),
            loaded_at: now,
            loaded_by: by.to_string(),
            reason: String::new(),
        })?;
        transaction.commit()?;
        self.forget_tables(std::slice::from_ref(table));
        Ok(Loading::Loaded(rows))
    }

    /// After tables have changed.
    pub(in crate::service) fn forget_tables(&self, tables: &[Table]) {
        self.forget_ground();
        // What a report means follows from rules, plan values and who took over from whom.
        if tables.iter().any(|table| *table != Table::Decisions) {
            self.judgements.forget();
        }
    }

    /// Every loading of every table, the newest first.
    pub fn table_history(&self, actor: &Actor) -> Result<Vec<TableChange>, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let mut changes = self.store.begin_read()?.table_changes()?;
        changes.reverse();
        Ok(changes)
    }

    /// The table that one loading brought, and the one of the same name that was in force before it.
    pub fn table_of_change(
        &self,
        actor: &Actor,
        position: i64,
    ) -> Result<(LoadedTable, Option<LoadedTable>), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let reading = self.store.begin_read()?;
        let table = reading.table_of_change(position)?;
        let table = table.ok_or(ServiceError::NotFound)?;
        let changes = reading.table_changes()?;
        let mut earlier = changes.iter().rev();
        let before = earlier.find(|one| one.name == table.name && one.position < position);
        let before = match before {
            Some(one) => reading.table_of_change(one.position)?,
            None => None,
        };
        Ok((table, before))
    }

    /// Sets a deadline that a regime leaves to the province, in place of an earlier one for the same regime, party and period.
    pub fn set_local_deadline(
        &self,
        actor: &Actor,
        deadline: &LocalDeadline,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::SetLocalDeadline).ok_or(ServiceError::Forbidden)?;
        let transaction = self.store.begin_write()?;
        let before = transaction.local_deadlines()?;
        let after = with_deadline(&before, deadline);
        if after != before {
            let by = (actor.user.as_str(), now);
            transaction.load_local_deadlines(&after, "", by, reason)?;
            transaction.commit()?;
            self.forget_ground();
        }
        Ok(())
    }
}

/// Deadlines with one more, in place of an earlier one for the same regime, party and period; in the order in which they are kept.
pub fn with_deadline(before: &[LocalDeadline], deadline: &LocalDeadline) -> Vec<LocalDeadline> {
    let key = |one: &LocalDeadline| (one.regime.clone(), one.party.clone(), one.period);
    let others = before.iter().filter(|one| key(one) != key(deadline));
    let mut after: Vec<LocalDeadline> = others.cloned().collect();
    after.push(deadline.clone());
    after.sort_by_key(key);
    after
}

/// How many rows a table has, and its mistakes.
pub(in crate::service) fn read(
    table: &Table,
    text: &str,
) -> Result<(usize, Vec<TableProblem>), ServiceError> {
    Ok(match table {
        Table::Units => counted(parse_units(text)),
        Table::Links => counted(parse_links(text)),
        Table::Successions => counted(parse_successions(text)),
        Table::Codes => counted(parse_codes(text)),
        Table::Decisions => counted(parse_decisions(text)),
        Table::PlanValues(_) => counted(parse_plan_values(text)),
        Table::RuleSwitches => {
            let switches = switch::read(text).map_err(ServiceError::Plan)?;
            (switches.len(), Vec::new())
        }
    })
}

fn counted<T>((rows, problems): (Vec<T>, Vec<TableProblem>)) -> (usize, Vec<TableProblem>) {
    (rows.len(), problems)
}
