//! `regime explain CODE`: the page of a code, as documented and tested.
//!
//! It deliberately does not know what the code means. An unknown code is a failure that names the nearest one.

use crate::cli::arguments::ExplainArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::diagnostic::codes;
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let Some(page) = codes::document(&arguments.code) else {
        let nearest = codes::PAGES
            .iter()
            .map(|(code, _)| *code)
            .filter(|code| strsim::levenshtein(code, &arguments.code.to_uppercase()) <= 1)
            .min_by_key(|code| strsim::levenshtein(code, &arguments.code.to_uppercase()));
        return Err(Failure::UnknownCode {
            code: arguments.code.clone(),
            nearest,
        });
    };
    if console.is_json() {
        console.json(&Page {
            code: arguments.code.to_uppercase(),
            page,
        });
    } else {
        console.result(page.trim_end());
    }
    Ok(Outcome::Clean)
}

#[derive(Serialize)]
struct Page {
    code: String,
    page: &'static str,
}
