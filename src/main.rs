//! The `regime` program: hands its arguments to the command line room.

use std::process::ExitCode;

fn main() -> ExitCode {
    regime::cli::run(std::env::args_os().collect())
}
