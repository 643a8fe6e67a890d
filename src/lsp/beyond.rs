//! What is told of the words because of how regimes use them, carried over to a later text of the words until the regimes have been looked at again.
//!
//! Without it such mistakes would go and come back at each keystroke. It deliberately looks at nothing but where the text differs: what stands before or behind that moves with the text, and what stands in it is dropped
//! and found again. A file that is gone takes what was told of it along.

use crate::diagnostic::{Diagnostic, Label};
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was told, with the texts it was told of.
#[derive(Debug, Default)]
pub struct Beyond {
    told: Vec<Diagnostic>,
    texts: BTreeMap<FileId, Arc<str>>,
}

impl Beyond {
    /// What a whole snapshot tells.
    pub fn of(snapshot: &Snapshot) -> Beyond {
        let ground = snapshot.ground();
        let texts = ground.map(|source| (source.file.id, Arc::clone(&source.file.text)));
        Beyond {
            told: snapshot.beyond_words().cloned().collect(),
            texts: texts.collect(),
        }
    }

    /// What of it still has a place in a later state.
    pub fn carried(&self, later: &Snapshot) -> Vec<Diagnostic> {
        let changes: BTreeMap<FileId, Change> = self
            .texts
            .iter()
            .filter_map(|(file, before)| {
                let now = &later.source(*file)?.file.text;
                Some((*file, Change::between(before, now)))
            })
            .collect();
        let moved = |label: Label| changes.get(&label.file)?.moved(label);
        let carried = self.told.iter().filter_map(|told| {
            let primary = moved(told.primary)?;
            let mut told = told.clone();
            told.primary = primary;
            // Other places are told of again soon enough; a fix must not touch a text that it does not know.
            told.secondary.clear();
            told.fixes.clear();
            Some(told)
        });
        carried.collect()
    }
}

/// The one stretch in which two texts differ.
struct Change {
    /// How many bytes are the same at the beginning.
    before: usize,
    /// Where the same end begins in the earlier text.
    behind: usize,
    /// Lengths of the earlier and the later text.
    lengths: (usize, usize),
}

impl Change {
    fn between(earlier: &str, later: &str) -> Change {
        let (one, other) = (earlier.as_bytes(), later.as_bytes());
        let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
        let before = one.iter().zip(other).take_while(same).count();
        let room = one.len().min(other.len()).saturating_sub(before);
        let ends = one.iter().rev().zip(other.iter().rev()).take(room);
        let end = ends.take_while(same).count();
        Change {
            before,
            behind: one.len().saturating_sub(end),
            lengths: (one.len(), other.len()),
        }
    }

    fn moved(&self, label: Label) -> Option<Label> {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        if end <= self.before {
            return Some(label);
        }
        if start < self.behind {
            return None;
        }
        let (earlier, later) = self.lengths;
        let there = |offset: usize| u32::try_from((offset + later).checked_sub(earlier)?).ok();
        Some(Label {
            file: label.file,
            span: Span::new(there(start)?, there(end)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::project::{Project, Source};
    use crate::text::SourceFile;

    const BEFORE: &str = "measure ho \"hộ\"\nmeasure em \"em\"\nmeasure cai \"cái\"\n";
    const REGIME: &str = "regime A \"A\" version 1 in force from 01/01/2026 {\n  form B \"B\" \"B\" { column 1 a \"A\" measure ho }\n}\n";

    fn snapshot(words: &str) -> Snapshot {
        let texts = [("a.regime", words), ("b.regime", REGIME)];
        let sources = texts
            .iter()
            .zip(0..)
            .map(|((path, text), id)| Source::read(SourceFile::new(FileId(id), path, text)));
        Snapshot::new(&Project {
            sources: sources.collect(),
            tables: Arc::default(),
        })
    }

    fn carried(later: &str) -> Vec<String> {
        let beyond = Beyond::of(&snapshot(BEFORE));
        let later = snapshot(later);
        let carried = beyond.carried(&later).into_iter();
        let told = carried.map(|told| {
            let file = &later.source(told.primary.file).expect("a file").file;
            format!(
                "{} {}",
                told.problem.code(),
                told.primary.span.of(&file.text)
            )
        });
        told.collect()
    }

    #[test]
    fn unused_words_stay_marked_while_other_words_are_written() {
        let em = "R901 measure em \"em\"";
        let cai = "R901 measure cai \"cái\"";
        assert_eq!(carried(BEFORE), [em, cai]);
        assert_eq!(carried(&BEFORE.replace("\"hộ\"", "\"hộ dân\"")), [em, cai]);
        assert_eq!(carried(&format!("{BEFORE}// ghi chú\n")), [em, cai]);
        assert_eq!(carried(&BEFORE.replace("\"em\"", "\"học sinh\"")), [cai]);
        assert_eq!(carried(""), Vec::<String>::new());
    }
}
