//! The tables and switches of a project beside its regimes, and what of them is not in force yet.
//!
//! Publishing from a folder and publishing from drafts bring the same things into force by the same way. It knows neither files on disk nor pages. Broken input: a table with mistakes is refused whole
//! and named, and the one in force stays.

use crate::analysis::project::Project;
use crate::calendar::Moment;
use crate::plan::{Bilingual, switch};
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::drafts::DraftProject;
use crate::service::ground::{
    TABLE_CODES, TABLE_DECISIONS, TABLE_LINKS, TABLE_RULE_SWITCHES, TABLE_SUCCESSIONS, TABLE_UNITS,
    plan_values_table,
};
use crate::service::problem::ServiceError;
use crate::service::tables::{Loading, Table};
use crate::syntax::ast::Item;
use crate::syntax::ast::words::FactsKind;
use crate::text::table::TableProblem;
use crate::workspace::Snapshot;
use std::collections::BTreeSet;

/// A table of a project as it would be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectTable {
    /// Which table.
    pub table: Table,
    /// Its whole text.
    pub text: String,
}

/// A table of the drafts that is not in force as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingTable {
    /// The table.
    pub table: ProjectTable,
    /// The files it is made of; none for the switches, which stand in sources.
    pub paths: Vec<String>,
}

/// The tables of facts, the plan values and the switches of rules of a project.
pub fn tables_of(snapshot: &Snapshot) -> Result<Vec<ProjectTable>, ServiceError> {
    let tables = snapshot.tables();
    let decisions = (!tables.decisions.is_empty()).then(|| joined(&tables.decisions));
    let switches = switch::write(snapshot.switches()).map_err(ServiceError::Plan)?;
    let plan_values = tables
        .plan_values
        .iter()
        .map(|(target, text)| (Table::PlanValues(target.clone()), Some(text.clone())));
    let found = [
        (Table::Units, tables.units.clone()),
        (Table::Links, tables.links.clone()),
        (Table::Successions, tables.successors.clone()),
        (Table::Decisions, decisions),
        (Table::RuleSwitches, Some(switches)),
    ]
    .into_iter()
    .chain(plan_values)
    .filter_map(|(table, text)| Some(ProjectTable { table, text: text? }));
    Ok(found.collect())
}

/// The tables in the store that the sources of a project name, with the paths under which they name them.
pub fn named_tables(project: &Project) -> Vec<(String, Table)> {
    let mut named: Vec<(String, Table)> = Vec::new();
    for source in &project.sources {
        let at = |file: &str| Project::table_path(&source.file, file);
        for item in &source.tree.items {
            match item {
                Item::Facts(facts) => {
                    let table = match facts.kind {
                        FactsKind::Units => Table::Units,
                        FactsKind::Links => Table::Links,
                        FactsKind::Successors => Table::Successions,
                    };
                    named.push((at(&facts.file.value), table));
                }
                Item::Target(target) => {
                    let table = Table::PlanValues(target.name.value.clone());
                    named.push((at(&target.table.value), table));
                }
                Item::Calendar(calendar) => {
                    let files = calendar.decisions.iter();
                    named.extend(files.map(|file| (at(&file.value), Table::Decisions)));
                }
                _ => {}
            }
        }
    }
    named
}

impl Service {
    /// Puts tables of a project into force; the mistakes of those that were refused. Switches and plan values belong to regimes and may be brought by whoever may publish one, facts about units only by an
    /// administrator.
    pub fn load_project(
        &self,
        actor: &Actor,
        tables: &[ProjectTable],
        source: &str,
        now: Moment,
    ) -> Result<Vec<TableProblem>, ServiceError> {
        for one in tables {
            grant_for_province(actor, right(&one.table)).ok_or(ServiceError::Forbidden)?;
        }
        let mut refused = Vec::new();
        for one in tables {
            let loading = self.put_table(&actor.user, &one.table, source, &one.text, now)?;
            if let Loading::Refused(problems) = loading {
                refused.extend(problems);
            }
        }
        Ok(refused)
    }

    /// Puts those tables of a project into force that are other ones than were loaded last from the same source, or than any that was ever in force where that source has brought none yet. What was put
    /// into force in another way since stays: a server that starts again with the same files does not undo a reform that an administrator entered.
    pub fn load_changed(
        &self,
        actor: &Actor,
        tables: &[ProjectTable],
        source: &str,
        now: Moment,
    ) -> Result<Vec<TableProblem>, ServiceError> {
        let mut changed = Vec::new();
        let reading = self.store.begin_read()?;
        for one in tables {
            let name = stored_name(&one.table);
            let known = match reading.table_from(&name, source)? {
                Some(last) => last.text == one.text,
                None => {
                    let changes = reading.table_changes()?;
                    let mut of_name = changes.iter().filter(|change| change.name == name);
                    of_name.try_fold(false, |known, change| -> Result<bool, ServiceError> {
                        let was = reading.table_of_change(change.position)?;
                        Ok(known || was.is_some_and(|was| was.text == one.text))
                    })?
                }
            };
            if !known {
                changed.push(one.clone());
            }
        }
        drop(reading);
        self.load_project(actor, &changed, source, now)
    }

    /// What the drafts have otherwise than what is in force, of what the person may put into force. A table that was loaded after the drafts were saved is the newer one and is not pending.
    pub fn pending_tables(
        &self,
        actor: &Actor,
        drafts: &DraftProject,
    ) -> Result<Vec<PendingTable>, ServiceError> {
        let transaction = self.store.begin_read()?;
        let named = named_tables(&drafts.project);
        let mut found = Vec::new();
        for table in tables_of(&drafts.snapshot)? {
            if grant_for_province(actor, right(&table.table)).is_none() {
                continue;
            }
            let of_it = named.iter().filter(|(_, name)| *name == table.table);
            let paths: BTreeSet<&String> = of_it.map(|(path, _)| path).collect();
            let is_source = table.table == Table::RuleSwitches;
            let files = drafts.files.iter();
            let saved = files
                .filter(|file| match is_source {
                    true => crate::service::drafts::is_source(&file.path),
                    false => paths.contains(&file.path),
                })
                .map(|file| file.at)
                .max();
            let stored = transaction.table(&stored_name(&table.table))?;
            let is_news = match &stored {
                Some(stored) => {
                    stored.text != table.text && saved.is_some_and(|at| at >= stored.loaded_at)
                }
                None => !(is_source && drafts.snapshot.switches().is_empty()),
            };
            if is_news {
                let paths = paths.into_iter().cloned().collect();
                found.push(PendingTable { table, paths });
            }
        }
        Ok(found)
    }
}

/// What a person must be allowed to do to put a table into force.
fn right(table: &Table) -> Action {
    match table {
        Table::RuleSwitches | Table::PlanValues(_) => Action::PublishRegime,
        Table::Units | Table::Links | Table::Successions | Table::Codes | Table::Decisions => {
            Action::Administer
        }
    }
}

/// The name of a table in the store.
pub fn stored_name(table: &Table) -> String {
    match table {
        Table::Units => TABLE_UNITS.to_owned(),
        Table::Links => TABLE_LINKS.to_owned(),
        Table::Successions => TABLE_SUCCESSIONS.to_owned(),
        Table::Codes => TABLE_CODES.to_owned(),
        Table::Decisions => TABLE_DECISIONS.to_owned(),
        Table::RuleSwitches => TABLE_RULE_SWITCHES.to_owned(),
        Table::PlanValues(target) => plan_values_table(target),
    }
}

/// Several tables with the same header as one: the header of the first, the lines of all.
pub fn joined(tables: &[String]) -> String {
    let mut whole = String::new();
    for (position, table) in tables.iter().enumerate() {
        let body = if position == 0 {
            table.as_str()
        } else {
            table.split_once('\n').map_or("", |(_, rest)| rest)
        };
        whole.push_str(body);
        if !whole.ends_with('\n') {
            whole.push('\n');
        }
    }
    whole
}

impl Table {
    /// What people call the table.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            Table::Units => ("Danh sách đơn vị", "List of units"),
            Table::Links => ("Liên hệ giữa các đơn vị", "Links between units"),
            Table::Successions => ("Đơn vị kế thừa", "Successors of units"),
            Table::Codes => ("Mã của đơn vị theo thời gian", "Codes of units in time"),
            Table::Decisions => ("Quyết định nghỉ lễ, làm bù", "Decisions on days off"),
            Table::RuleSwitches => (
                "Quy tắc được tắt, giảm nhẹ hoặc siết chặt",
                "Rules switched off, made milder or stricter",
            ),
            Table::PlanValues(target) => {
                return Bilingual {
                    vi: format!("Chỉ tiêu kế hoạch {target}"),
                    en: format!("Plan values {target}"),
                };
            }
        };
        Bilingual {
            vi: vi.to_owned(),
            en: en.to_owned(),
        }
    }
}
