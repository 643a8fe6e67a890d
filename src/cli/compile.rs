//! `regime compile REGIME [-o DIR]`: the three plans of a regime version as one JSON file.
//!
//! It deliberately writes nothing while the regime has mistakes; they are shown instead.

use crate::cli::arguments::CompileArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::project;
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &CompileArguments) -> Result<Outcome, Failure> {
    let Some(regime) = project::compiled(console, &arguments.regime)? else {
        return Ok(Outcome::Findings);
    };
    let header = &regime.plan.header;
    let text =
        serde_json::to_string_pretty(&regime.plan).map_err(|error| Failure::NotSerialisable {
            detail: error.to_string(),
        })?;
    let path = arguments
        .output
        .join(format!("{}.v{}.json", header.name, header.version));
    std::fs::create_dir_all(&arguments.output)
        .and_then(|()| std::fs::write(&path, text + "\n"))
        .map_err(|detail| Failure::Unwritable {
            path: path.clone(),
            detail,
        })?;
    if console.is_json() {
        console.json(&Written {
            path: path.display().to_string(),
            fingerprint: &regime.plan.fingerprint,
        });
    } else {
        console.result(&path.display().to_string());
    }
    Ok(Outcome::Clean)
}

#[derive(Serialize)]
struct Written<'p> {
    path: String,
    fingerprint: &'p str,
}
