//! What an editor offers to do at a place: the ways out that a report carries, and rewritings of sound text.
//!
//! Each is a set of edits with a title in both languages; nothing is changed here. It deliberately does not judge whether a rewriting is wanted, only whether it means what was meant before;
//! where that cannot be told it is not offered.

mod chain;
mod declare;
mod indicator;
mod nature;
pub mod sample;
mod split;

use super::around::Around;
use crate::diagnostic::wording::Text;
use crate::diagnostic::{Diagnostic, Edit, FixKind, Label};
use crate::syntax::ahead::spelling;
use crate::syntax::keywords;
use crate::syntax::spelling::convert_keywords;
use crate::text::language::Language;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;

/// Something that can be done at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub title: Text,
    /// What sort of change it is.
    pub kind: ActionKind,
    /// All its edits; they do not overlap.
    pub edits: Vec<Edit>,
    /// The code and place of the report it answers.
    pub answers: Option<(&'static str, Label)>,
    /// Whether it is the one thing that can be meant.
    pub preferred: bool,
}

/// Sorts of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionKind {
    /// A way out of a mistake.
    QuickFix,
    /// All ways out of a file of which only one thing can be meant.
    FixAll,
    /// A part becomes a thing of its own.
    Extract,
    /// The same said in another way.
    Rewrite,
    /// All keywords in the given spelling.
    Keywords(Language),
    /// New text beside the old one.
    Add,
}

/// Everything that can be done at a range of a file.
pub fn actions(snapshot: &Snapshot, file: FileId, range: Span, language: Language) -> Vec<Action> {
    let mut found = Vec::new();
    for diagnostic in snapshot.diagnostics() {
        if diagnostic.primary.file == file && touches(diagnostic.primary.span, range) {
            found.extend(of_report(diagnostic));
            found.extend(declare::missing(snapshot, diagnostic, language));
        }
    }
    found.extend(all_certain(snapshot, file));
    let Some(source) = snapshot.source(file) else {
        return found;
    };
    let place = Place {
        snapshot,
        file,
        text: &source.file.text,
        around: Around::at(&source.tree, range.start),
        spelling: spelling_of(snapshot, file, language),
    };
    found.extend(nature::as_stock(&place));
    found.extend(chain::of_rule(&place));
    found.extend(split::form(&place));
    found.extend(indicator::extracted(&place));
    found.extend(sample::test(&place));
    for other in [Language::Vietnamese, Language::English] {
        found.extend(keywords_in(&place, other));
    }
    found
}

/// The place of the question with everything around it.
struct Place<'s> {
    snapshot: &'s Snapshot,
    file: FileId,
    text: &'s str,
    around: Around<'s>,
    spelling: Language,
}

impl Place<'_> {
    /// A keyword in the spelling of the file.
    fn word(&self, rule: &str) -> &'static str {
        word(rule, self.spelling)
    }

    fn edit(&self, span: Span, replacement: impl Into<String>) -> Edit {
        Edit {
            file: self.file,
            span,
            replacement: replacement.into(),
        }
    }

    /// The space before the statement that begins at an offset.
    fn indent(&self, offset: u32) -> &str {
        let before = self.text.get(..offset as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        let blank = line.len() - line.trim_start().len();
        line.get(..blank).unwrap_or("")
    }

    /// The whole lines of a statement, with the line end behind them.
    fn lines(&self, span: Span) -> Span {
        let before = self.text.get(..span.start as usize).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let after = self.text.get(span.end as usize..).unwrap_or("");
        let end = after
            .find('\n')
            .map_or(self.text.len(), |at| span.end as usize + at + 1);
        Span::from_offsets(start, end)
    }

    fn action(&self, kind: ActionKind, title: Text, edits: Vec<Edit>) -> Action {
        Action {
            title,
            kind,
            edits,
            answers: None,
            preferred: false,
        }
    }
}

/// A keyword in a spelling; empty for a rule that is no keyword.
pub fn word(rule: &str, spelling: Language) -> &'static str {
    let keyword = keywords::table()
        .iter()
        .find(|keyword| keyword.rule == rule);
    keyword.map_or("", |keyword| match spelling {
        Language::Vietnamese => keyword.word.vi,
        Language::English => keyword.word.en,
    })
}

/// The spelling of a file; that of the asker where it has no keyword.
pub fn spelling_of(snapshot: &Snapshot, file: FileId, language: Language) -> Language {
    let source = snapshot.source(file);
    let own = source
        .zip(snapshot.tree(file))
        .and_then(|(source, tree)| spelling(&source.file.text, &tree));
    own.unwrap_or(language)
}

fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The ways out that a report carries.
fn of_report(diagnostic: &Diagnostic) -> impl Iterator<Item = Action> {
    diagnostic.fixes.iter().map(|fix| Action {
        title: fix.wording(),
        kind: ActionKind::QuickFix,
        edits: fix.edits.clone(),
        answers: Some((diagnostic.problem.code(), diagnostic.primary)),
        preferred: fix.kind == FixKind::Certain,
    })
}

/// Every change of a file of which only one thing can be meant, as one.
fn all_certain(snapshot: &Snapshot, file: FileId) -> Option<Action> {
    let mut edits: Vec<Edit> = Vec::new();
    for diagnostic in snapshot.diagnostics() {
        let certain = diagnostic
            .fixes
            .iter()
            .find(|fix| fix.kind == FixKind::Certain);
        let Some(fix) = certain.filter(|_| diagnostic.primary.file == file) else {
            continue;
        };
        let free = |edit: &Edit| {
            edit.file == file && !edits.iter().any(|known| touches(known.span, edit.span))
        };
        if fix.edits.iter().all(free) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    let title = Text::new(
        "sửa mọi lỗi chỉ có một cách hiểu",
        "fix everything of which only one thing can be meant",
    );
    (edits.len() > 1).then_some(Action {
        title,
        kind: ActionKind::FixAll,
        edits,
        answers: None,
        preferred: false,
    })
}

/// The file with all keywords in a spelling, if that changes anything.
fn keywords_in(place: &Place, spelling: Language) -> Option<Action> {
    let converted = convert_keywords(place.text, spelling);
    let title = match spelling {
        Language::Vietnamese => Text::new(
            "đổi từ khóa sang tiếng Việt",
            "spell the keywords in Vietnamese",
        ),
        Language::English => Text::new(
            "đổi từ khóa sang tiếng Anh",
            "spell the keywords in English",
        ),
    };
    let whole = Span::from_offsets(0, place.text.len());
    let edits = vec![place.edit(whole, converted.as_str())];
    (converted != place.text).then(|| place.action(ActionKind::Keywords(spelling), title, edits))
}

#[cfg(test)]
mod tests;
