//! The texts that are measured: regimes of several fields, and projects made of many copies of one regime.
//!
//! Nothing here is measured. A file of the repository that is missing ends the program.

use regime::analysis::project::{Project, Source};
use regime::text::{FileId, SourceFile};
use regime::workspace::load::{COMMON, load};
use std::fs;
use std::path::{Path, PathBuf};

/// The form 01/XLD with its tests.
pub const XLD: &str = include_str!("xld01.regime");

/// The table of keywords in both spellings.
pub const KEYWORDS: &str = include_str!("../../grammar/keywords.csv");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The regimes that exercise the grammar, in a fixed order.
pub fn regimes() -> Vec<String> {
    let folder = root().join("tests/fixtures/language");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the examples are there")
        .map(|entry| entry.expect("the folder can be read").path())
        // The prototype does not know what was added to the language after it.
        .filter(|path| !path.ends_with("constructs.regime"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("an example can be read"))
        .collect()
}

/// So many regimes of the size of the form 01/XLD, each under a name of its own.
pub fn many(count: usize) -> Vec<SourceFile> {
    (1..=count)
        .map(|number| {
            let text = XLD.replace("KNTC_XLD", &format!("R{number:04}"));
            SourceFile::new(id(number), &format!("r{number:04}.regime"), &text)
        })
        .collect()
}

/// The common words of the project, with their tables, and without any regime.
pub fn common() -> Project {
    let mut project = load(&root().join("regimes")).project;
    project.sources.retain(|source| source.file.path == COMMON);
    assert_eq!(project.sources.len(), 1, "the common words were not found");
    for source in &mut project.sources {
        *source = Source::read(SourceFile::new(id(0), COMMON, &source.file.text));
    }
    project
}

fn id(number: usize) -> FileId {
    FileId(u32::try_from(number).expect("few files"))
}
