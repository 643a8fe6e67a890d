//! Names that are not free: those of neighbours in one space of names, and those that tables say.
//!
//! It deliberately does not change anything. A table that the project does not have says nothing.

use crate::diagnostic::Label;
use crate::ide::declared::{self, Declared};
use crate::ide::kind::Kind;
use crate::ide::names::Target;
use crate::workspace::Snapshot;

/// What bears a name in the space in which a target is named.
pub(super) fn by(snapshot: &Snapshot, target: &Target, name: &str) -> Option<Label> {
    let files = snapshot.files().iter();
    let mut files = files.filter(|file| target.kind.is_shared() || file.id == target.whole.file);
    files.find_map(|file| {
        let source = snapshot.source(file.id)?;
        let all = declared::of_source(source);
        let mut found = None;
        declared::walk(&all, &mut Vec::new(), &mut |declared, around| {
            let beside = match target.kind.is_shared() {
                true => {
                    target.kind != Kind::Entry && target.kind != Kind::UnitKind
                        || holds(around, target)
                }
                false => holds(around, target),
            };
            let place = Label {
                file: file.id,
                span: declared.selected(),
            };
            if found.is_none()
                && place != target.selected
                && beside
                && space(declared.kind) == space(target.kind)
                && declared.is_called(name)
            {
                found = Some(place);
            }
        });
        found
    })
}

/// Whether declarations around another hold the target too, in the block in which names must differ.
fn holds(around: &[&Declared], target: &Target) -> bool {
    let block = around.iter().rev().find(|outer| match target.kind {
        Kind::Column | Kind::Row | Kind::Field => matches!(outer.kind, Kind::Form | Kind::List),
        Kind::Entry => outer.kind == Kind::Catalog,
        Kind::UnitKind => outer.kind == Kind::Level,
        Kind::EventField => outer.kind == Kind::Event,
        _ => outer.kind == Kind::Regime,
    });
    block.is_none_or(|block| block.span.contains(target.whole.span))
}

/// Kinds that share one space of names.
fn space(kind: Kind) -> Kind {
    match kind {
        Kind::Agency => Kind::Level,
        Kind::Campaign => Kind::PeriodKind,
        Kind::List => Kind::Form,
        Kind::Field => Kind::Column,
        other => other,
    }
}

/// The table of the project that says a name of this kind.
pub(super) fn table_with(snapshot: &Snapshot, target: &Target, name: &str) -> Option<String> {
    let words = snapshot.words();
    let tables = snapshot.tables();
    let says = |text: &str| {
        text.lines()
            .flat_map(|line| line.split([',', ' ', ';', '=', '"']))
            .any(|field| field.trim() == name)
    };
    match target.kind {
        Kind::Level | Kind::UnitKind | Kind::Agency | Kind::Tag | Kind::Catalog | Kind::Entry => {
            let units = tables.units.as_deref().is_some_and(says);
            let routes = snapshot
                .model()
                .regimes
                .iter()
                .flat_map(|regime| &regime.assignments)
                .any(|row| row.recipient == name && target.kind == Kind::Agency);
            match (units, routes) {
                (true, _) => words.units_table.clone(),
                (false, true) => Some("route".to_owned()),
                (false, false) => None,
            }
        }
        Kind::Indicator => {
            let named = tables.plan_values.iter().find(|(_, text)| says(text));
            let target = named
                .and_then(|(target, _)| words.targets.iter().find(|known| known.name == *target));
            target.map(|known| known.table.clone())
        }
        _ => None,
    }
}
