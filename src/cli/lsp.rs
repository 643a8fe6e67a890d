//! `regime lsp`: the language server for editors, on standard input and output.
//!
//! It deliberately only sets the table; what a client may ask is known by the server. It ends with 0 when the client ended it in order, with 1 otherwise.

use crate::cli::console::{Console, Outcome};
use crate::cli::failure::{self, Failure};
use crate::lsp::bridge::{Limits, Options};
use crate::lsp::clock::{Clock, today};
use crate::lsp::desk::Ground;
use crate::lsp::settings::Settings;
use crate::lsp::stdio::{self, Ended};
use crate::web::server::start_logging;
use crate::web::studio::preview;

/// Runs the command until the client ends it.
pub fn run(console: Console) -> Result<Outcome, Failure> {
    start_logging(console.is_json());
    let failed = |error: std::io::Error| Failure::Service {
        wording: failure::system(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(failed)?;
    let options = Options {
        ground: Ground::Disk,
        settings: Settings {
            language: console.language,
            ..Settings::default()
        },
        renderer: Some(preview::renderer(today)),
        published: None,
        clock: Clock::of_the_machine(),
        limits: Limits::default(),
    };
    let served = runtime.block_on(stdio::serve(
        tokio::io::stdin(),
        tokio::io::stdout(),
        options,
    ));
    // A read of the standard input that blocks would otherwise be waited for.
    runtime.shutdown_background();
    served
        .map(|ended| Outcome::clean_if(ended == Ended::InOrder))
        .map_err(failed)
}
