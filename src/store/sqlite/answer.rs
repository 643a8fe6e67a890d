//! What SQLite and the file system say, as the store's own errors.
//!
//! It does not know which statement failed. Broken input: an answer of no known kind is kept as text.

use crate::store::error::StoreError;
use rusqlite::ErrorCode;

/// A driver's error.
pub fn from_sqlite(error: rusqlite::Error) -> StoreError {
    let detail = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::DiskFull,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Corrupt { detail }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied,
        ) => StoreError::Io { detail },
        _ => StoreError::Database { detail },
    }
}

/// A file system's error.
pub fn from_io(error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        _ => StoreError::Io {
            detail: error.to_string(),
        },
    }
}

/// A text in the store that cannot be read, or a value that cannot be made one.
pub fn unreadable(what: &str, error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable {
        what: what.to_string(),
        detail: error.to_string(),
    }
}

/// Whether a driver's error is a broken uniqueness.
pub fn is_not_unique(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
        || code == Some(rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY)
}
