//! `regime fmt [--check] [--keywords vi|en] [PATH…]`: sources in canonical form.
//!
//! It deliberately knows no style. A file with mistakes of form is still formatted: the formatter keeps what it cannot read as it stands. Files are written whole or not at all.

use crate::cli::arguments::{FmtArguments, LanguageChoice};
use crate::cli::console::{Console, Outcome};
use crate::cli::evaluated::read_text;
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::syntax::format::format;
use crate::syntax::spelling::convert_keywords;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(console: Console, arguments: &FmtArguments) -> Result<Outcome, Failure> {
    if let [path] = arguments.paths.as_slice()
        && path.as_os_str() == "-"
    {
        let text = read_text(path)?;
        let canonical = canonical(&text, arguments.keywords);
        if arguments.check {
            return Ok(Outcome::clean_if(canonical == text));
        }
        console.exact(&canonical);
        return Ok(Outcome::Clean);
    }
    let mut changed = Vec::new();
    for path in files(&arguments.paths)? {
        let text = read_text(&path)?;
        let canonical = canonical(&text, arguments.keywords);
        if canonical != text {
            if !arguments.check {
                replace(&path, &canonical)?;
            }
            changed.push(path.display().to_string());
        }
    }
    if console.is_json() {
        console.json(&Formatted {
            changed: &changed,
            written: !arguments.check,
        });
    } else {
        for path in &changed {
            console.result(path);
        }
    }
    Ok(Outcome::clean_if(changed.is_empty() || !arguments.check))
}

#[derive(Serialize)]
struct Formatted<'c> {
    changed: &'c [String],
    written: bool,
}

fn canonical(text: &str, keywords: Option<LanguageChoice>) -> String {
    match keywords {
        Some(choice) => format(&convert_keywords(text, choice.language())),
        None => format(text),
    }
}

/// The files meant: a file as it is, wherever it lies; a folder with all sources of its project below it.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let (files, folders): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| path.is_file());
    let mut found = files;
    if found.is_empty() || !folders.is_empty() {
        for asked in project::asked(&folders)? {
            let sources = asked
                .snapshot
                .files()
                .iter()
                .filter(|file| asked.includes(&file.path));
            found.extend(sources.map(|file| asked.root.join(&file.path)));
        }
    }
    Ok(found)
}

/// Puts the new text in place of the old one in one step, so that a full disk leaves the old text.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let unwritable = |detail| Failure::Unwritable {
        path: path.to_owned(),
        detail,
    };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.new"));
    let permissions = std::fs::metadata(path).map_err(unwritable)?.permissions();
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::set_permissions(&beside, permissions))
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|detail| {
            drop(std::fs::remove_file(&beside));
            unwritable(detail)
        })
}
