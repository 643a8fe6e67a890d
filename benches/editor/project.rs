//! A project of many regimes, made from the real ones: copies under names of their own, with the common words and their tables.
//!
//! A reference from one regime to another leads to the copy of the same number. Nothing here is measured. A file of the repository that is missing ends the program.

use std::fs;
use std::path::{Path, PathBuf};

/// The file of common words.
pub const COMMON: &str = "common.regime";

/// The files that the author has open: of 27 KB in Vietnamese keywords, of 12 KB that names another regime, that other regime, a small one, and the common words.
pub const OPENED: [&str; 5] = [
    "kntc_xld_09.regime",
    "ktxh_09.regime",
    "dtc_09.regime",
    "btnn_09.regime",
    COMMON,
];

/// One file of a project.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its path in the project.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// So many regimes and the common words, the latter first.
pub fn regimes(count: usize) -> Vec<Text> {
    let originals = originals();
    let names: Vec<&str> = originals
        .iter()
        .map(|original| declared(&original.text))
        .collect();
    let common = fs::read_to_string(root().join(COMMON)).expect("the common words are there");
    let mut texts = vec![Text {
        path: COMMON.to_owned(),
        text: common,
    }];
    let copies = (1..).flat_map(|number| originals.iter().map(move |original| (number, original)));
    for (number, original) in copies.take(count) {
        let stem = original.path.trim_end_matches(".regime");
        texts.push(Text {
            path: format!("{stem}_{number:02}.regime"),
            text: renamed(&original.text, &names, number),
        });
    }
    texts
}

/// How large all files are together, in megabytes.
pub fn megabytes(texts: &[Text]) -> f64 {
    let bytes: usize = texts.iter().map(|text| text.text.len()).sum();
    // A few megabytes are exact in either kind of number.
    bytes as f64 / 1e6
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes")
}

fn originals() -> Vec<Text> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root()).expect("the regimes are there") {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("");
        if name.ends_with(".regime") && name != COMMON {
            found.push(Text {
                path: name.to_owned(),
                text: fs::read_to_string(&path).expect("a regime can be read"),
            });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The name of the regime that a file declares.
fn declared(text: &str) -> &str {
    let behind = text.lines().find_map(|line| {
        let english = line.strip_prefix("regime ");
        english.or_else(|| line.strip_prefix("chế độ "))
    });
    let name = behind.and_then(|behind| behind.split_whitespace().next());
    name.expect("a file declares a regime")
}

/// A text in which each of the names stands with a number behind it, wherever it is a whole word.
fn renamed(text: &str, names: &[&str], number: usize) -> String {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut written = String::with_capacity(text.len() + text.len() / 50);
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.len() - rest.trim_start_matches(is_part).len();
        let (piece, behind) = match word {
            0 => rest.split_at(rest.find(is_part).unwrap_or(rest.len())),
            length => rest.split_at(length),
        };
        written.push_str(piece);
        if names.contains(&piece) {
            written.push_str(&format!("_{number:02}"));
        }
        rest = behind;
    }
    written
}

/// A folder with a project, gone when it is dropped.
pub struct Folder {
    folder: tempfile::TempDir,
    texts: Vec<Text>,
}

impl Folder {
    /// Writes files into a folder of its own, with the tables of the real regimes if asked.
    pub fn new(texts: &[Text], with_tables: bool) -> Folder {
        let folder = tempfile::tempdir().expect("there is room for a project");
        for text in texts {
            fs::write(folder.path().join(&text.path), &text.text).expect("a file can be written");
        }
        if with_tables {
            let tables = folder.path().join("data");
            fs::create_dir(&tables).expect("a folder can be made");
            for entry in fs::read_dir(root().join("data")).expect("the tables are there") {
                let entry = entry.expect("the folder can be read");
                fs::copy(entry.path(), tables.join(entry.file_name()))
                    .expect("a table can be copied");
            }
        }
        Folder {
            folder,
            texts: texts.to_vec(),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The address of a file, or of the folder for an empty path.
    pub fn uri(&self, path: &str) -> String {
        let whole = self.path().join(path);
        format!("file://{}", whole.to_str().expect("an ordinary path"))
    }

    /// What a file says.
    pub fn text(&self, path: &str) -> &str {
        let mut texts = self.texts.iter();
        let found = texts.find(|text| text.path == path);
        &found.expect("the file is one of the project").text
    }
}
