//! Loading the facts a province runs on: units, successions, yearly decisions on rest days, switches of rules, plan values,
//! local deadlines.
//!
//! A table is taken whole or not at all. It does not know who types it; the actor must hold the right. Broken input: every bad line is named, and the table in force stays.

use crate::calendar::Moment;
use crate::organisation::{
    parse_decisions, parse_links, parse_plan_values, parse_successions, parse_units,
};
use crate::plan::switch;
use crate::reports::obligation::LocalDeadline;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::project_tables::stored_name;
use crate::store::records::LoadedTable;
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
        let (rows, problems) = match table {
            Table::Units => counted(parse_units(text)),
            Table::Links => counted(parse_links(text)),
            Table::Successions => counted(parse_successions(text)),
            Table::Decisions => counted(parse_decisions(text)),
            Table::PlanValues(_) => counted(parse_plan_values(text)),
            Table::RuleSwitches => {
                let switches = switch::read(text).map_err(ServiceError::Plan)?;
                (switches.len(), Vec::new())
            }
        };
        if !problems.is_empty() {
            return Ok(Loading::Refused(problems));
        }
        let transaction = self.store.begin_write()?;
        transaction.replace_table(&LoadedTable {
            name: stored_name(table),
            source: source.to_string(),
            text: text.to_string(),
            loaded_at: now,
            loaded_by: by.to_string(),
        })?;
        transaction.commit()?;
        self.forget_ground();
        // What a report means follows from rules, plan values and who took over from whom.
        if *table != Table::Decisions {
            self.judgements.forget();
        }
        Ok(Loading::Loaded(rows))
    }

    /// Sets a deadline that a regime leaves to the province.
    pub fn set_local_deadline(
        &self,
        actor: &Actor,
        deadline: &LocalDeadline,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::SetLocalDeadline).ok_or(ServiceError::Forbidden)?;
        let transaction = self.store.begin_write()?;
        transaction.set_local_deadline(deadline, &actor.user, now)?;
        transaction.commit()?;
        self.forget_ground();
        Ok(())
    }
}

fn counted<T>((rows, problems): (Vec<T>, Vec<TableProblem>)) -> (usize, Vec<TableProblem>) {
    (rows.len(), problems)
}
