//! The embedded store: one SQLite file in a data directory, one writer, several readers.
//!
//! Reliability is a matter of settings (WAL, full synchronisation, foreign keys, no trust in the stored schema): they are set on every connection, read
//! back, and a store that does not have them is not opened. One server per directory, by an exclusive lock on a file beside the data.
//! It does not know what the records mean. Broken input: a damaged, newer or locked store is refused at opening; a full disk refuses the transaction.

mod answer;
mod audit;
pub mod copy;
mod documents;
mod drafts;
mod files;
mod known;
mod notices;
mod open;
mod people;
mod read;
mod tables;
mod tokens;
mod write;

#[cfg(test)]
mod tests;

use super::error::StoreError;
use super::{ReadTransaction, Store, WriteTransaction};
use read::Reading;
use rusqlite::Connection;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use write::Writing;

/// Readers kept open; when all are busy, a further one is opened for the time of one transaction, so that reading never waits.
const READERS_KEPT: usize = 4;

/// The embedded store.
pub struct SqliteStore {
    file: PathBuf,
    writer: Mutex<Connection>,
    readers: Vec<Mutex<Connection>>,
    /// Held for as long as the store is open; the operating system lets go of it when the process ends, however it ends. None where it is only read.
    _lock: Option<File>,
}

impl SqliteStore {
    /// Opens the store of a data directory, making both where they do not exist, and brings its tables up to date.
    pub fn open(directory: &Path) -> Result<SqliteStore, StoreError> {
        std::fs::create_dir_all(directory).map_err(|error| answer::from_io(&error))?;
        let lock = open::lock(directory)?;
        let file = directory.join(copy::FILE);
        let mut writer = open::writer(&file)?;
        open::migrate(&mut writer)?;
        let reader = |_| open::reader(&file).map(Mutex::new);
        let readers = (0..READERS_KEPT)
            .map(reader)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(SqliteStore {
            file,
            writer: Mutex::new(writer),
            readers,
            _lock: Some(lock),
        })
    }

    /// Opens the store of a data directory to be read only, also while a server works on it. Its tables must be those of this program; whatever tries to write is refused.
    pub fn open_to_read(directory: &Path) -> Result<SqliteStore, StoreError> {
        let file = directory.join(copy::FILE);
        let writer = open::reader(&file)?;
        open::same_version(&writer)?;
        let readers = (0..READERS_KEPT)
            .map(|_| open::reader(&file).map(Mutex::new))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(SqliteStore {
            file,
            writer: Mutex::new(writer),
            readers,
            _lock: None,
        })
    }

    /// The writing connection. A panic while it was held left at most an open transaction, which is ended before the next one begins.
    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> Result<Reader<'_>, StoreError> {
        for reader in &self.readers {
            match reader.try_lock() {
                Ok(guard) => return Ok(Reader::Kept(guard)),
                Err(TryLockError::Poisoned(poisoned)) => {
                    return Ok(Reader::Kept(poisoned.into_inner()));
                }
                Err(TryLockError::WouldBlock) => {}
            }
        }
        open::reader(&self.file).map(Reader::Own)
    }
}

/// A reading connection for the time of one transaction.
enum Reader<'store> {
    /// One of those kept open.
    Kept(MutexGuard<'store, Connection>),
    /// One opened for this transaction.
    Own(Connection),
}

impl Store for SqliteStore {
    fn begin_read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError> {
        Ok(Box::new(Reading::begin(self.reader()?)?))
    }

    fn begin_write(&self) -> Result<Box<dyn WriteTransaction + '_>, StoreError> {
        Ok(Box::new(Writing::begin(self.writer())?))
    }
}
