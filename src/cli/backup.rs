//! `regime backup FILE` and `regime restore FILE --data DIR`: copies of a data folder that are proved before they are trusted.
//!
//! A backup is made beside a running server and holds everything that was acknowledged when it began. Nothing is ever written over. A copy whose figures do not follow from its events is told, with exit
//! code 1, and is left where it is for whoever looks into it.

use crate::cli::arguments::{BackupArguments, RestoreArguments};
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::{office, verify};
use crate::service::whole::verify::Verification;
use crate::store::error::StoreError;
use crate::store::sqlite::copy::{self, Copy};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Done<'d> {
    path: String,
    bytes: u64,
    sha256: &'d str,
    verified: &'d Verification,
}

/// Makes a backup, and proves it as a server would read it after it was restored.
pub fn back_up(console: Console, arguments: &BackupArguments) -> Result<Outcome, Failure> {
    let folder = office::data_folder(arguments.data.as_ref(), false);
    let made = copy::back_up(&folder, &arguments.file).map_err(|error| failed(&folder, &error))?;
    let scratch = arguments.file.with_extension("proof");
    let proved = proved(&made, &scratch);
    // The proof works on a copy of the copy, which nobody needs afterwards.
    let _ = std::fs::remove_dir_all(&scratch);
    Ok(told(console, &made, &proved?))
}

/// Puts a backup into a new data folder and proves what is there.
pub fn restore(console: Console, arguments: &RestoreArguments) -> Result<Outcome, Failure> {
    let put = copy::restore(&arguments.file, &arguments.data)
        .map_err(|error| failed(&arguments.data, &error))?;
    let service = office::open(&arguments.data)?;
    let found = service
        .verify(&mut |_| {})
        .map_err(|error| office::failed(&error))?;
    Ok(told(console, &put, &found))
}

fn proved(made: &Copy, scratch: &Path) -> Result<Verification, Failure> {
    copy::restore(&made.path, scratch).map_err(|error| failed(scratch, &error))?;
    let service = office::open(scratch)?;
    service
        .verify(&mut |_| {})
        .map_err(|error| office::failed(&error))
}

fn told(console: Console, made: &Copy, found: &Verification) -> Outcome {
    if console.is_json() {
        console.json(&Done {
            path: made.path.display().to_string(),
            bytes: made.bytes,
            sha256: &made.sha256,
            verified: found,
        });
    } else {
        console.result(&format!(
            "{}\n{} byte, SHA-256 {}",
            made.path.display(),
            made.bytes,
            made.sha256
        ));
        verify::show(console, found);
    }
    Outcome::clean_if(found.faults.is_empty())
}

fn failed(folder: &Path, error: &StoreError) -> Failure {
    Failure::Store {
        path: folder.to_owned(),
        wording: error.wording(),
    }
}
