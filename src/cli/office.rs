//! The data folder a command works on, and the service over it.
//!
//! It deliberately does nothing with reports. The person at the machine, who owns the folder, acts as its operator. A folder in use by a running server is refused by
//! the store.

use crate::calendar::{Date, Moment};
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::permission::{Actor, Grant, Role};
use crate::service::Service;
use crate::service::drafts::OPERATOR;
use crate::service::problem::ServiceError;
use crate::service::project_tables::tables_of;
use crate::store::sqlite::SqliteStore;
use crate::workspace::Snapshot;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The data folder: as typed, else the person's own data folder; the demonstration never shares a folder with real data.
pub fn data_folder(typed: Option<&PathBuf>, demo: bool) -> PathBuf {
    if let Some(typed) = typed {
        return typed.clone();
    }
    let name = if demo { "regime-demo" } else { "regime" };
    let base = std::env::var_os("XDG_DATA_HOME")
        .filter(|base| !base.is_empty())
        .map(PathBuf::from);
    let home =
        || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local").join("share"));
    base.or_else(home)
        .unwrap_or_else(|| PathBuf::from("."))
        .join(name)
}

/// Opens the service over a data folder, making the folder where there is none.
pub fn open(folder: &std::path::Path) -> Result<Service, Failure> {
    let store = SqliteStore::open(folder).map_err(|error| Failure::Store {
        path: folder.to_owned(),
        wording: error.wording(),
    })?;
    Ok(Service::new(Arc::new(store)))
}

/// Opens the service over a data folder to be read only, also while a server works on it.
pub fn open_to_read(folder: &std::path::Path) -> Result<Service, Failure> {
    let store = SqliteStore::open_to_read(folder).map_err(|error| Failure::Store {
        path: folder.to_owned(),
        wording: error.wording(),
    })?;
    Ok(Service::new(Arc::new(store)))
}

/// The person at the machine.
pub fn operator() -> Actor {
    let grants = [Role::Publisher, Role::Administrator]
        .into_iter()
        .map(|role| Grant::always(role, UnitId(String::new())))
        .collect();
    Actor {
        user: OPERATOR.to_owned(),
        name: "Người vận hành".to_owned(),
        grants,
        lent: Vec::new(),
    }
}

/// The machine's clock.
#[allow(
    clippy::disallowed_methods,
    reason = "a command that publishes from the terminal stamps it with the real time"
)]
pub fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let seconds = i64::try_from(since).unwrap_or(i64::MAX);
    Moment::from_unix_seconds(seconds)
        .unwrap_or_else(|| Moment::start_of(Date::constant(1970, 1, 1)))
}

/// Loads the project's tables of facts and its switches of rules; tells which tables were refused.
pub fn load_tables(
    console: Console,
    service: &Service,
    snapshot: &Snapshot,
    now: Moment,
) -> Result<(), Failure> {
    let loaded = tables_of(snapshot)
        .and_then(|tables| service.load_changed(&operator(), &tables, "regimes", now));
    for problem in &loaded.map_err(|error| failed(&error))? {
        console.note(&project::table_problem(
            console,
            Path::new("regimes"),
            problem,
        ));
    }
    Ok(())
}

/// A failure of the service as a failure of the command.
pub fn failed(error: &ServiceError) -> Failure {
    let wording: Bilingual = error.wording();
    Failure::Service { wording }
}
