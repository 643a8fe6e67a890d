//! Names under which published figures are kept.
//!
//! A figure is kept under its form and the printed number of its row and column, or their names where they have no number. A new version that calls one of them otherwise has to say where the old
//! figures go. It deliberately does not know the store; the question tells which versions are published.

use super::refusal::Refusal;
use crate::analysis::model::Regime;
use crate::analysis::model::form::Form;
use crate::diagnostic::Label;
use crate::ide::kind::Kind;
use crate::ide::meaning;
use crate::ide::names::{self, Target};
use crate::syntax::ast::Item;
use crate::syntax::ast::header::{Regime as Written, RegimeMember};
use crate::syntax::ast::migrate::{Migration, StepKind};
use crate::text::Span;
use crate::workspace::Snapshot;
use std::collections::BTreeMap;

/// The newest published version of each regime, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Name and version.
    pub regimes: BTreeMap<String, u32>,
}

/// A migration that has to be written.
pub(super) struct Missing {
    /// The published version.
    pub version: u32,
    /// What is to be written where.
    pub changes: BTreeMap<Label, String>,
}

/// Whether a name may change at all.
pub(super) fn allowed(
    snapshot: &Snapshot,
    target: &Target,
    published: &Published,
) -> Result<(), Refusal> {
    let refused = |regime: &str, version: u32| {
        Err(Refusal::Published {
            regime: regime.to_owned(),
            version,
        })
    };
    match target.kind {
        Kind::Regime => {
            let name = target.name.as_deref().unwrap_or("");
            match published.regimes.get(name) {
                Some(version) => refused(name, *version),
                None => Ok(()),
            }
        }
        // Entries are rows and answers, indicators and sets of plan values stand in tables: of every published version that names them.
        Kind::Entry | Kind::Catalog | Kind::Indicator | Kind::Target => {
            let uses = names::uses(snapshot, target);
            let naming = meaning::regimes(snapshot).find_map(|regime| {
                let version = published.regimes.get(&regime.name)?;
                let place = regime.place.label;
                let within =
                    |used: &Label| used.file == place.file && place.span.contains(used.span);
                uses.iter().any(within).then_some((regime, *version))
            });
            match naming {
                Some((regime, version)) => refused(&regime.name, version),
                None => Ok(()),
            }
        }
        kind if kind.is_shared() => Ok(()),
        kind => {
            let Some(regime) = regime_of(snapshot, target) else {
                return Ok(());
            };
            let lasting = matches!(kind, Kind::Event | Kind::EventField);
            match published.regimes.get(&regime.name) {
                Some(version) if *version >= regime.version || lasting => {
                    refused(&regime.name, *version)
                }
                _ => Ok(()),
            }
        }
    }
}

fn regime_of<'s>(snapshot: &'s Snapshot, target: &Target) -> Option<&'s Regime> {
    let mut regimes = meaning::regimes(snapshot);
    regimes.find(|regime| {
        let place = regime.place.label;
        place.file == target.whole.file && place.span.contains(target.whole.span)
    })
}

fn written_regime<'s>(snapshot: &'s Snapshot, target: &Target) -> Option<&'s Written> {
    let source = snapshot.source(target.whole.file)?;
    source.tree.items.iter().find_map(|item| match item {
        Item::Regime(regime) if regime.span.contains(target.whole.span) => Some(&**regime),
        _ => None,
    })
}

fn migrations(written: &Written) -> impl Iterator<Item = &Migration> {
    written.members.iter().filter_map(|member| match member {
        RegimeMember::Migration(migration) => Some(migration),
        _ => None,
    })
}

/// `same [old]` says the name of both versions: with another name in this one it becomes `move [old] -> [new]`. Changes inside it are taken back.
pub(super) fn keep_migrations(
    snapshot: &Snapshot,
    target: &Target,
    (_, new): (&str, &str),
    changes: &mut BTreeMap<Label, String>,
) {
    let file = target.whole.file;
    let (Some(written), Some(source)) = (written_regime(snapshot, target), snapshot.source(file))
    else {
        return;
    };
    let text = &source.file.text;
    for step in migrations(written).flat_map(|migration| &migration.steps) {
        let StepKind::Same(cell) = &step.kind else {
            continue;
        };
        let inside: Vec<Label> = changes
            .keys()
            .filter(|place| place.file == file && cell.span.contains(place.span))
            .copied()
            .collect();
        let Some(only) = inside.first().filter(|_| inside.len() == 1) else {
            continue;
        };
        changes.remove(only);
        let old = cell.span.of(text);
        let at = (only.span.start - cell.span.start) as usize;
        let after = (only.span.end - cell.span.start) as usize;
        let renamed = match (old.get(..at), old.get(after..)) {
            (Some(before), Some(behind)) => format!("{before}{new}{behind}"),
            _ => continue,
        };
        let word = spelled(text, written, "chuyển", "move");
        let place = Label {
            file,
            span: Span::new(step.span.start, cell.span.end),
        };
        changes.insert(place, format!("{word} {old} -> {renamed}"));
    }
}

/// A word in the spelling of a regime.
fn spelled<'w>(text: &str, written: &Written, vi: &'w str, en: &'w str) -> &'w str {
    match written.span.of(text).starts_with("regime") {
        true => en,
        false => vi,
    }
}

/// The migration that has to come with a new name; none where nothing published is kept under the old one, or where a step says already where it goes.
pub(super) fn missing_migration(
    snapshot: &Snapshot,
    target: &Target,
    (old, new): (&str, &str),
    published: &Published,
) -> Option<Missing> {
    let keyed = match target.kind {
        Kind::Column | Kind::Row | Kind::Field => target.code.is_none(),
        Kind::Form | Kind::List => true,
        _ => false,
    };
    let regime = regime_of(snapshot, target).filter(|_| keyed)?;
    let version = *published.regimes.get(&regime.name)?;
    let written = written_regime(snapshot, target)?;
    let file = target.whole.file;
    let text = &snapshot.source(file)?.file.text;
    let place = meaning::of(snapshot, target)?;
    let (form, moved): (&Form, Moved) = match place {
        meaning::Meaning::Form(_, form) => (form, Moved::Form(new)),
        meaning::Meaning::Column { form, .. } => (form, Moved::Column(old, new)),
        meaning::Meaning::Row { form, .. } => (form, Moved::Row(old, new)),
        _ => return None,
    };
    let word = |vi, en| spelled(text, written, vi, en);
    let mut lines = moved.lines(form, word("chuyển", "move"));
    let known = migrations(written).find(|migration| migration.version.value == version);
    let block = match known {
        Some(block) => {
            let says = |step: &StepKind| step_says(step, old, text);
            if block.steps.iter().any(|step| says(&step.kind)) {
                return None;
            }
            let end = block.span.end.saturating_sub(1);
            return Some(Missing {
                version,
                changes: [(
                    Label {
                        file,
                        span: Span::at(end),
                    },
                    format!("  {}\n  ", lines.join("\n    ")),
                )]
                .into_iter()
                .collect(),
            });
        }
        None => word("chuyển từ phiên bản", "migrate from version"),
    };
    // Every figure of the published version is mapped once.
    let same = word("giữ", "same");
    for other in &regime.forms {
        for (at, column) in other.columns.iter().enumerate() {
            let key = column.key(at);
            let is_moved = other.name == form.name && moved.takes(&key);
            if !is_moved && !key.starts_with('#') {
                lines.push(format!("{same} {}[{key}]", other.name));
            }
        }
    }
    let end = written.span.end.saturating_sub(1);
    let place = Label {
        file,
        span: Span::at(end),
    };
    let body = lines.join("\n    ");
    let change = format!("\n  {block} {version} {{\n    {body}\n  }}\n");
    Some(Missing {
        version,
        changes: [(place, change)].into_iter().collect(),
    })
}

/// Whether a step speaks about an old name.
fn step_says(step: &StepKind, old: &str, text: &str) -> bool {
    let cells = match step {
        StepKind::Same(cell) | StepKind::Drop { cell, .. } => vec![cell],
        StepKind::Move { from, .. } => vec![from],
        StepKind::Merge { from, .. } => from.iter().collect(),
    };
    cells.iter().any(|cell| {
        let words = cell
            .span
            .of(text)
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        words.into_iter().any(|word| word == old)
    })
}

/// What is called otherwise.
enum Moved<'n> {
    /// The form, by its new name.
    Form(&'n str),
    /// A column, by its old and its new name.
    Column(&'n str, &'n str),
    /// A row, by its old and its new name.
    Row(&'n str, &'n str),
}

impl Moved<'_> {
    /// The steps that take its figures along.
    fn lines(&self, form: &Form, word: &str) -> Vec<String> {
        let name = &form.name;
        let columns = || {
            let columns = form.columns.iter().enumerate();
            columns
                .map(|(at, column)| column.key(at))
                .filter(|key| !key.starts_with('#'))
        };
        match self {
            Moved::Form(new) => columns()
                .map(|key| format!("{word} {name}[{key}] -> {new}[{key}]"))
                .collect(),
            Moved::Column(old, new) => vec![format!("{word} {name}[{old}] -> {name}[{new}]")],
            Moved::Row(old, new) => columns()
                .map(|key| format!("{word} {name}[{old}, {key}] -> {name}[{new}, {key}]"))
                .collect(),
        }
    }

    /// Whether its steps speak about all figures of a column.
    fn takes(&self, key: &str) -> bool {
        match self {
            Moved::Form(_) => true,
            Moved::Column(old, _) => key == *old,
            Moved::Row(..) => false,
        }
    }
}
