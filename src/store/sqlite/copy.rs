//! Copies of a store: made while a server works on it, looked at before they are trusted, put back where there is no store.
//!
//! A copy is one SQLite file with everything that was committed when it began; a file beside it holds its SHA-256. It does not know what records mean. Broken input: a copy that is damaged, cut short or
//! not the one of its hash is refused, and nothing is ever written over a store.

use super::answer::{from_io, from_sqlite};
use super::open;
use crate::store::error::StoreError;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Name of the store's file in a data directory.
pub const FILE: &str = "regime.sqlite";

/// How many bytes are hashed at once.
const CHUNK: usize = 1 << 20;

/// A copy that was made or looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

/// Copies the store of a data directory into a new file, whatever a server does meanwhile. The copy is complete before it has its name.
pub fn back_up(directory: &Path, to: &Path) -> Result<Copy, StoreError> {
    for taken in [to.to_owned(), hash_path(to)] {
        if taken.exists() {
            return Err(StoreError::CopyExists {
                path: taken.display().to_string(),
            });
        }
    }
    let connection = existing(&directory.join(FILE))?;
    let partial = to.with_extension("partial");
    match std::fs::remove_file(&partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(from_io(&error)),
        _ => {}
    }
    let made = connection
        .execute("VACUUM INTO ?1", [partial.display().to_string()])
        .map_err(from_sqlite)
        .and_then(|_| checked(&partial))
        .and_then(|()| finished(&partial, to));
    if made.is_err() {
        // What was begun is of no use to anybody; the first reason is the one to tell.
        let _ = std::fs::remove_file(&partial);
    }
    made
}

/// Looks at a copy: its hash where one stands beside it, its structure, its references.
pub fn examine(path: &Path) -> Result<Copy, StoreError> {
    let (bytes, sha256) = hashed(path)?;
    let stated = match std::fs::read_to_string(hash_path(path)) {
        Ok(text) => text.split_whitespace().next().map(str::to_owned),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(from_io(&error)),
    };
    if stated.as_ref().is_some_and(|stated| *stated != sha256) {
        return Err(StoreError::Corrupt {
            detail: format!("SHA-256 is {sha256}, not {}", stated.unwrap_or_default()),
        });
    }
    checked(path)?;
    Ok(Copy {
        path: path.to_owned(),
        bytes,
        sha256,
    })
}

/// Puts a copy into a data directory that has no store. The file has its name only once it is whole and durable.
pub fn restore(copy: &Path, directory: &Path) -> Result<Copy, StoreError> {
    let found = examine(copy)?;
    std::fs::create_dir_all(directory).map_err(|error| from_io(&error))?;
    // A server that is about to start must not find half a store.
    let _lock = open::lock(directory)?;
    let target = directory.join(FILE);
    if target.exists() {
        return Err(StoreError::CopyExists {
            path: target.display().to_string(),
        });
    }
    let partial = directory.join("regime.partial");
    std::fs::copy(copy, &partial).map_err(|error| from_io(&error))?;
    let (_, sha256) = hashed(&partial)?;
    if sha256 != found.sha256 {
        return Err(StoreError::Corrupt {
            detail: format!("SHA-256 is {sha256}, not {}", found.sha256),
        });
    }
    synced(&partial)?;
    std::fs::rename(&partial, &target).map_err(|error| from_io(&error))?;
    synced(directory)?;
    Ok(Copy {
        path: target,
        ..found
    })
}

/// Structure and references of a store's file, with everything that SQLite can tell about them.
pub fn checked(path: &Path) -> Result<(), StoreError> {
    let connection = existing(path)?;
    let said: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(from_sqlite)?;
    if said != "ok" {
        return Err(StoreError::Corrupt { detail: said });
    }
    let broken: i64 = connection
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })
        .map_err(from_sqlite)?;
    if broken > 0 {
        return Err(StoreError::Corrupt {
            detail: format!("{broken} broken references"),
        });
    }
    open::known_version(&connection)
}

fn existing(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(from_sqlite)
}

fn finished(partial: &Path, to: &Path) -> Result<Copy, StoreError> {
    let (bytes, sha256) = hashed(partial)?;
    synced(partial)?;
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let beside = hash_path(to);
    std::fs::write(&beside, format!("{sha256}  {name}\n")).map_err(|error| from_io(&error))?;
    synced(&beside)?;
    std::fs::rename(partial, to).map_err(|error| from_io(&error))?;
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        synced(folder)?;
    }
    Ok(Copy {
        path: to.to_owned(),
        bytes,
        sha256,
    })
}

/// The file that holds the hash, in the form `sha256sum -c` reads.
pub fn hash_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".sha256");
    PathBuf::from(name)
}

fn hashed(path: &Path) -> Result<(u64, String), StoreError> {
    let mut file = File::open(path).map_err(|error| from_io(&error))?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0_u8; CHUNK];
    let mut bytes = 0_u64;
    loop {
        let read = file.read(&mut chunk).map_err(|error| from_io(&error))?;
        let Some(part) = chunk.get(..read).filter(|part| !part.is_empty()) else {
            break;
        };
        hash.update(part);
        bytes += part.len() as u64;
    }
    let digits = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok((bytes, digits))
}

fn synced(path: &Path) -> Result<(), StoreError> {
    let file = File::open(path).map_err(|error| from_io(&error))?;
    file.sync_all().map_err(|error| from_io(&error))
}
