//! The command line: arguments in, results on standard output, exit code out.
//!
//! It deliberately decides nothing about regimes or figures; each command asks the rooms that do. Exit codes: 0 clean, 1 something was found, 2 wrong usage or the work
//! could not be done.

mod aggregate;
mod arguments;
mod backup;
mod boundaries;
mod check;
mod compile;
mod console;
mod doctor;
mod evaluated;
mod excerpt;
mod explain;
mod failure;
mod fmt;
pub mod frame;
mod help;
mod lsp;
mod named;
mod office;
mod origin;
mod project;
mod publish;
mod read;
mod serve;
mod test;
mod units;
mod validate;
mod verify;

use crate::text::language::Language;
use arguments::{Arguments, Command};
use clap::{CommandFactory, FromArgMatches};
use console::{Console, Outcome};
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with its arguments, the program's own name first.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let language = wished_language(&arguments);
    let command = help::worded(Arguments::command(), language);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => {
            // Help and version are answers, not mistakes.
            drop(error.print());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{}", help::mistake(&error, language));
            return ExitCode::from(2);
        }
    };
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("{}", help::mistake(&error, language));
            return ExitCode::from(2);
        }
    };
    let console = Console {
        language: arguments.lang.language(),
        format: arguments.format,
    };
    match dispatch(console, &arguments.command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            let wording = failure.wording();
            console.note(&format!(
                "{}: {}",
                console.choose("lỗi", "error"),
                console.of(&wording)
            ));
            ExitCode::from(2)
        }
    }
}

fn dispatch(console: Console, command: &Command) -> Result<Outcome, Failure> {
    match command {
        Command::Check(arguments) => check::run(console, arguments),
        Command::Fmt(arguments) => fmt::run(console, arguments),
        Command::Test(arguments) => test::run(console, arguments),
        Command::Explain(arguments) => explain::run(console, arguments),
        Command::Read(arguments) => read::run(console, arguments),
        Command::Compile(arguments) => compile::run(console, arguments),
        Command::Validate(arguments) => validate::run(console, arguments),
        Command::Aggregate(arguments) => aggregate::run(console, arguments),
        Command::Units(arguments) => units::run(console, arguments),
        Command::Publish(arguments) => publish::run(console, arguments),
        Command::Serve(arguments) => serve::run(console, arguments),
        Command::Verify(arguments) => verify::run(console, arguments),
        Command::Doctor(arguments) => doctor::run(console, arguments),
        Command::Backup(arguments) => backup::back_up(console, arguments),
        Command::Restore(arguments) => backup::restore(console, arguments),
        Command::Lsp(_) => lsp::run(console),
    }
}

/// The language of help and of mistakes of usage, which must be known before the arguments are read.
fn wished_language(arguments: &[OsString]) -> Language {
    let words: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let typed = words
        .iter()
        .find_map(|word| word.strip_prefix("--lang="))
        .or_else(|| {
            words
                .windows(2)
                .find(|pair| pair[0] == "--lang")
                .map(|pair| pair[1])
        });
    let wished = typed
        .map(str::to_owned)
        .or_else(|| std::env::var("REGIME_LANG").ok());
    match wished.as_deref() {
        Some("en") => Language::English,
        _ => Language::Vietnamese,
    }
}
