//! `regime verify [--data DIR]`: proves that what is kept is what happened, also beside a running server.
//!
//! It deliberately mends nothing. Exit code 1 means that something differs.

use crate::cli::arguments::StoreArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::office;
use crate::service::whole::verify::Verification;

/// Runs the command.
pub fn run(console: Console, arguments: &StoreArguments) -> Result<Outcome, Failure> {
    let folder = office::data_folder(arguments.data.as_ref(), false);
    let service = office::open_to_read(&folder)?;
    let found = service
        .verify(&mut |_| {})
        .map_err(|error| office::failed(&error))?;
    if console.is_json() {
        console.json(&found);
    } else {
        show(console, &found);
    }
    Ok(Outcome::clean_if(found.faults.is_empty()))
}

/// What was looked at, and what differs.
pub fn show(console: Console, found: &Verification) {
    for fault in &found.faults {
        console.result(console.of(&fault.wording()));
    }
    let Verification {
        reports,
        documents,
        revisions,
        figures,
        accounts,
        regimes,
        files,
        faults,
    } = found;
    let faults = faults.len();
    console.result(console.choose(
        &format!(
            "{reports} báo cáo, {documents} bản tổng hợp ({revisions} bản đã trình, {figures} số tính lại), {accounts} tài khoản, {regimes} chế độ, {files} tệp: {faults} sai lệch"
        ),
        &format!(
            "{reports} reports, {documents} documents ({revisions} frozen revisions, {figures} figures computed again), {accounts} accounts, {regimes} regimes, {files} files: {faults} differences"
        ),
    ));
}
