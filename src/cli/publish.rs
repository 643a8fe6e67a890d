//! `regime publish REGIME --data DIR --decision TEXT`: puts one regime version in force in a data folder, with the project's tables and switches of rules.
//!
//! It deliberately decides nothing: the service publishes only what has no mistakes and passes its tests, and never changes what is in force.

use crate::cli::arguments::PublishArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::{office, project};
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &PublishArguments) -> Result<Outcome, Failure> {
    let Some(regime) = project::compiled(console, &arguments.regime)? else {
        return Ok(Outcome::Findings);
    };
    let folder = office::data_folder(arguments.data.as_ref(), false);
    let service = office::open(&folder)?;
    let now = office::now();
    let name = &regime.plan.header.name;
    let publishing = service
        .publish(
            &office::operator(),
            &regime.snapshot,
            name,
            &arguments.decision,
            now,
        )
        .map_err(|error| office::failed(&error))?;
    if publishing.outcome.is_in_force() {
        office::load_tables(console, &service, &regime.snapshot, now)?;
    }
    let wording = publishing.wording();
    if console.is_json() {
        console.json(&Published {
            regime: &publishing.name,
            version: publishing.version,
            in_force: publishing.outcome.is_in_force(),
            outcome: wording,
        });
    } else {
        console.result(&format!(
            "{} v{}: {}",
            publishing.name,
            publishing.version,
            console.of(&wording)
        ));
    }
    Ok(Outcome::clean_if(publishing.outcome.is_in_force()))
}

#[derive(Serialize)]
struct Published<'p> {
    regime: &'p str,
    version: u32,
    in_force: bool,
    outcome: crate::plan::Bilingual,
}
