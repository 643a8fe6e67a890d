//! `regime units FOLDER [--before FOLDER]`: whether tables of units are sound, and what they change.
//!
//! It deliberately decides nothing itself; the same rooms answer administrators on their page. A table that is not in the folder is empty.

use crate::cli::arguments::UnitsArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::organisation::difference::difference;
use crate::organisation::unit_tables::UnitTables;
use crate::service::unit_words::{Names, change, tables_fault};
use crate::text::table::TableProblem;
use serde::Serialize;
use std::io::ErrorKind;
use std::path::Path;

/// The files of a folder, in the order of the tables.
const FILES: [&str; 4] = ["units.csv", "links.csv", "successors.csv", "codes.csv"];

/// The result for a program.
#[derive(Serialize)]
struct Report {
    problems: Vec<String>,
    changes: Vec<ChangeLine>,
}

#[derive(Serialize)]
struct ChangeLine {
    kind: &'static str,
    text: String,
}

/// Runs the command.
pub fn run(console: Console, arguments: &UnitsArguments) -> Result<Outcome, Failure> {
    let (tables, problems) = read(&arguments.folder)?;
    let mut told = lines(console, &arguments.folder, &problems);
    let before = arguments.before.as_deref().map(read).transpose()?;
    let old = before.map(|(tables, _)| tables);
    let units = old.iter().flat_map(|old| &old.units).chain(&tables.units);
    let names: Names = units
        .map(|unit| (unit.id.clone(), unit.name.clone()))
        .collect();
    for fault in tables.faults() {
        told.push(console.of(&tables_fault(&fault, &names)).to_owned());
    }
    let changes: Vec<ChangeLine> = old
        .map(|old| difference(&old, &tables))
        .unwrap_or_default()
        .iter()
        .map(|one| {
            let (kind, words) = change(one, &names);
            let text = console.of(&words).to_owned();
            ChangeLine { kind, text }
        })
        .collect();
    let clean = told.is_empty();
    if console.is_json() {
        let problems = told;
        console.json(&Report { problems, changes });
        return Ok(Outcome::clean_if(clean));
    }
    for line in told {
        console.result(&line);
    }
    for line in &changes {
        console.result(&line.text);
    }
    console.note(&console.say(
        format!("{} đơn vị, {} thay đổi", tables.units.len(), changes.len()),
        format!("{} units, {} changes", tables.units.len(), changes.len()),
    ));
    Ok(Outcome::clean_if(clean))
}

fn read(folder: &Path) -> Result<(UnitTables, [Vec<TableProblem>; 4]), Failure> {
    let mut texts: [String; 4] = Default::default();
    for (text, file) in texts.iter_mut().zip(FILES) {
        let path = folder.join(file);
        *text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            // Only the table of units must be there.
            Err(error) if error.kind() == ErrorKind::NotFound && file != FILES[0] => String::new(),
            Err(detail) => return Err(Failure::Unreadable { path, detail }),
        };
    }
    Ok(UnitTables::read(texts.each_ref().map(String::as_str)))
}

fn lines(console: Console, folder: &Path, problems: &[Vec<TableProblem>; 4]) -> Vec<String> {
    let by_file = FILES.iter().zip(problems);
    by_file
        .flat_map(|(file, problems)| {
            let path = folder.join(file);
            problems
                .iter()
                .map(move |one| project::table_problem(console, &path, one))
        })
        .collect()
}
