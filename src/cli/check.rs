//! `regime check [PATH…]`: every mistake of a project's sources, framed.
//!
//! It deliberately finds nothing itself. A broken file does not hide the mistakes of another one.

use crate::cli::arguments::CheckArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::{frame, project};
use crate::diagnostic::{Diagnostic, Severity, wire};
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let projects = project::asked(&arguments.paths)?;
    let mut tally = Tally::default();
    let mut entries = Vec::new();
    let mut unread = Vec::new();
    for asked in &projects {
        let files = asked.snapshot.files();
        let shown: Vec<Diagnostic> = asked
            .snapshot
            .diagnostics()
            .iter()
            .filter(|diagnostic| {
                files
                    .iter()
                    .any(|file| file.id == diagnostic.primary.file && asked.includes(&file.path))
            })
            .cloned()
            .collect();
        tally.count(
            &shown,
            files
                .iter()
                .filter(|file| asked.includes(&file.path))
                .count(),
        );
        for problem in &asked.unread {
            tally.errors += 1;
            if console.is_json() {
                unread.push(project::unread(console, problem));
            } else {
                console.result(&project::unread(console, problem));
            }
        }
        if console.is_json() {
            entries.extend(wire::report(&shown, files).diagnostics);
        } else {
            for diagnostic in &shown {
                console.result(&frame::render(
                    diagnostic,
                    files,
                    console.language,
                    console.is_coloured(),
                ));
                console.result("");
            }
        }
    }
    if console.is_json() {
        console.json(&Checked {
            diagnostics: entries,
            unread,
        });
    } else {
        tally.tell(console);
    }
    Ok(Outcome::clean_if(tally.errors + tally.warnings == 0))
}

#[derive(Serialize)]
struct Checked {
    diagnostics: Vec<wire::Entry>,
    unread: Vec<String>,
}

#[derive(Default)]
struct Tally {
    errors: usize,
    warnings: usize,
    advice: usize,
    files: usize,
}

impl Tally {
    fn count(&mut self, shown: &[Diagnostic], files: usize) {
        self.files += files;
        for diagnostic in shown {
            match diagnostic.problem.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Advice => self.advice += 1,
            }
        }
    }

    fn tell(&self, console: Console) {
        let Tally {
            errors,
            warnings,
            advice,
            files,
        } = self;
        console.note(&console.say(
            format!("{files} tệp: {errors} lỗi, {warnings} cảnh báo, {advice} khuyến nghị"),
            format!(
                "{files} files: {errors} errors, {warnings} warnings, {advice} pieces of advice"
            ),
        ));
    }
}
