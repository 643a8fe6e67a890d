//! Another name for something, everywhere in the project at once.
//!
//! Only uses that the analysis is certain of are changed, and only where they say the name: a printed number that leads to the same column stays. A name that published figures are kept under is
//! changed together with a migration, or not at all. It deliberately does not know which versions are published; the question says so. In a text that cannot be read in parts, those parts keep
//! the old name.

pub mod published;
pub mod refusal;
mod taken;

use super::declared;
use super::kind::Kind;
use super::names::{self, Target};
use crate::diagnostic::{Edit, Label};
use crate::syntax::keywords;
use crate::text::normal::composed;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use published::Published;
use refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// A name that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The name under the cursor.
    pub span: Span,
    /// The name as it stands.
    pub name: String,
}

/// Whether the word at an offset is a name that can be changed.
pub fn prepare(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    published: &Published,
) -> Result<Renaming, Refusal> {
    let (span, target, name) = subject(snapshot, file, offset)?;
    fixed(snapshot, &target, &name)?;
    published::allowed(snapshot, &target, published)?;
    Ok(Renaming { span, name })
}

/// The edits that give the thing at an offset another name. Where published figures would lose their way the refusal carries the edits that take them along.
pub fn edits(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    new: &str,
    published: &Published,
) -> Result<Vec<Edit>, Refusal> {
    let (_, target, name) = subject(snapshot, file, offset)?;
    fixed(snapshot, &target, &name)?;
    published::allowed(snapshot, &target, published)?;
    let new = composed(new.trim());
    fits(&target, &new)?;
    if let Some(first) = taken::by(snapshot, &target, &new) {
        return Err(Refusal::Taken { name: new, first });
    }
    let mut changes = BTreeMap::new();
    collect(snapshot, &target, &new, &mut changes, &mut BTreeSet::new());
    published::keep_migrations(snapshot, &target, (&name, &new), &mut changes);
    let edits = |changes: BTreeMap<Label, String>| -> Vec<Edit> {
        let edit = |(place, replacement): (Label, String)| Edit {
            file: place.file,
            span: place.span,
            replacement,
        };
        changes.into_iter().map(edit).collect()
    };
    match published::missing_migration(snapshot, &target, (&name, &new), published) {
        None => Ok(edits(changes)),
        Some(missing) => {
            changes.extend(missing.changes);
            Err(Refusal::NeedsMigration {
                name,
                version: missing.version,
                offer: edits(changes),
            })
        }
    }
}

/// The name under the cursor and what bears it.
fn subject(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
) -> Result<(Span, Target, String), Refusal> {
    let found = names::at(snapshot, file, offset).filter(|name| name.certain);
    let found = found.ok_or(Refusal::NotAName)?;
    let Some(name) = found.target.name.clone() else {
        return Err(Refusal::NoName);
    };
    Ok((found.at.span, found.target, name))
}

/// Names that are not changed here: those that tables bear, and columns named after an entry.
fn fixed(snapshot: &Snapshot, target: &Target, name: &str) -> Result<(), Refusal> {
    if let Some(table) = taken::table_with(snapshot, target, name) {
        return Err(Refusal::InTable { table });
    }
    let own = snapshot
        .references()
        .iter()
        .find(|reference| reference.used == target.selected && !target.is_at(reference.declared));
    match own.and_then(|reference| names::target(snapshot, reference.declared)) {
        Some(entry) if matches!(entry.kind, Kind::Entry | Kind::Trait) => {
            Err(Refusal::NamedAfter {
                declared: entry.selected,
            })
        }
        _ => Ok(()),
    }
}

/// Whether a word can be a name of this kind.
fn fits(target: &Target, new: &str) -> Result<(), Refusal> {
    let mut letters = new.chars();
    let first = letters.next();
    let begins = first.is_some_and(|first| first.is_alphabetic() || first == '_');
    if !begins || !letters.all(|letter| letter.is_alphanumeric() || letter == '_') {
        return Err(Refusal::NotAWord {
            name: new.to_owned(),
        });
    }
    let small = matches!(
        target.kind,
        Kind::Column | Kind::Row | Kind::Field | Kind::EventField | Kind::Narrative
    );
    if small && !first.is_some_and(|first| first.is_lowercase() || first == '_') {
        return Err(Refusal::CapitalLetter {
            name: new.to_owned(),
        });
    }
    let mut table = keywords::table().iter();
    if table.any(|keyword| keyword.word.vi == new || keyword.word.en == new) {
        return Err(Refusal::Keyword {
            name: new.to_owned(),
        });
    }
    Ok(())
}

/// The changes for one declaration and for those that are named after it.
fn collect(
    snapshot: &Snapshot,
    target: &Target,
    new: &str,
    changes: &mut BTreeMap<Label, String>,
    done: &mut BTreeSet<Label>,
) {
    let Some(name) = target.name.as_deref() else {
        return;
    };
    if !done.insert(target.whole) {
        return;
    }
    changes.insert(target.selected, new.to_owned());
    for used in names::uses(snapshot, target) {
        let Some(source) = snapshot.source(used.file) else {
            continue;
        };
        let written = composed(used.span.of(&source.file.text));
        if written == name {
            changes.insert(used, new.to_owned());
        } else if let Some(rest) = written
            .strip_prefix(name)
            .filter(|rest| rest.starts_with('_'))
        {
            // A part of a divided row is named after the row.
            changes.insert(used, format!("{new}{rest}"));
            continue;
        } else {
            continue;
        }
        // A column or row that stands for an entry bears the entry's name.
        let all = declared::of_source(source);
        let named = declared::naming(&all, used.span.start);
        let bears = named
            .last()
            .and_then(|declared| declared.name)
            .is_some_and(|name| name.span == used.span);
        if bears && let Some(after) = Target::of(used.file, &named) {
            collect(snapshot, &after, new, changes, done);
        }
    }
}
