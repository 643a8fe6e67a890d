//! From a declaration in the text to what the analysis made of it.
//!
//! It deliberately does not word anything. A declaration that the analysis could not read has no meaning.

use super::kind::Kind;
use super::names::Target;
use crate::analysis::model::form::{Column, Form};
use crate::analysis::model::words::{
    Agency, Catalog, CatalogEntry, DeclaredKind, Export, Indicator, Level, Measure, Tag,
    Target as PlanTarget, Trait,
};
use crate::analysis::model::{Regime, Rule};
use crate::analysis::outline_model::{Narrative, narratives};
use crate::diagnostic::Label;
use crate::organisation::{Event, EventField};
use crate::workspace::Snapshot;

/// What a declaration means.
#[derive(Clone, Copy, Debug)]
pub enum Meaning<'s> {
    /// A unit of measure.
    Measure(&'s Measure),
    /// A level.
    Level(&'s Level),
    /// A tag of units.
    Tag(&'s Tag),
    /// A named body.
    Agency(&'s Agency),
    /// A catalog.
    Catalog(&'s Catalog),
    /// An entry and its catalog.
    Entry(&'s Catalog, &'s CatalogEntry),
    /// A kind of period or a campaign.
    PeriodKind(&'s DeclaredKind),
    /// A trait.
    Trait(&'s Trait),
    /// An indicator.
    Indicator(&'s Indicator),
    /// A set of plan values.
    Target(&'s PlanTarget),
    /// An exchange format.
    Export(&'s Export),
    /// A regime.
    Regime(&'s Regime),
    /// An event.
    Event(&'s Regime, &'s Event),
    /// A field of an event.
    EventField(&'s Event, &'s EventField),
    /// A form or list.
    Form(&'s Regime, &'s Form),
    /// A column, or a field of a form or list.
    Column {
        /// The regime.
        regime: &'s Regime,
        /// The form.
        form: &'s Form,
        /// Position in the form; of a column repeated for entries the first.
        at: usize,
        /// The column.
        column: &'s Column,
    },
    /// A written row.
    Row {
        /// The regime.
        regime: &'s Regime,
        /// The form.
        form: &'s Form,
        /// Position in [`Form::written`].
        row: usize,
    },
    /// A rule.
    Rule(&'s Regime, &'s Rule),
    /// A narrative.
    Narrative(&'s Regime, &'s Narrative),
}

/// What the analysis made of a declaration.
pub fn of<'s>(snapshot: &'s Snapshot, target: &Target) -> Option<Meaning<'s>> {
    let words = snapshot.words();
    let is = |label: Label| target.is_at(label);
    match target.kind {
        Kind::Measure => {
            let found = words.measures.iter().find(|it| is(it.place.label));
            found.map(Meaning::Measure)
        }
        Kind::Level => {
            let found = words.levels.iter().find(|it| is(it.place.label));
            found.map(Meaning::Level)
        }
        Kind::Tag => {
            let found = words.tags.iter().find(|it| is(it.place.label));
            found.map(Meaning::Tag)
        }
        Kind::Agency => {
            let found = words.agencies.iter().find(|it| is(it.place.label));
            found.map(Meaning::Agency)
        }
        Kind::Catalog => {
            let found = words.catalogs.iter().find(|it| is(it.place.label));
            found.map(Meaning::Catalog)
        }
        Kind::Entry => words.catalogs.iter().find_map(|catalog| {
            let mut entries = catalog.entries.iter();
            let entry = entries.find(|entry| entry.declared.is_some_and(is))?;
            Some(Meaning::Entry(catalog, entry))
        }),
        Kind::PeriodKind | Kind::Campaign => {
            let found = words.period_kinds.iter().find(|it| is(it.place.label));
            found.map(Meaning::PeriodKind)
        }
        Kind::Trait => {
            let found = words.traits.iter().find(|it| is(it.place.label));
            found.map(Meaning::Trait)
        }
        Kind::Indicator => {
            let found = words.indicators.iter().find(|it| is(it.place.label));
            found.map(Meaning::Indicator)
        }
        Kind::Target => {
            let found = words.targets.iter().find(|it| is(it.place.label));
            found.map(Meaning::Target)
        }
        Kind::Export => {
            let found = words.exports.iter().find(|it| is(it.place.label));
            found.map(Meaning::Export)
        }
        Kind::Regime => {
            let found = regimes(snapshot).find(|it| is(it.place.label));
            found.map(Meaning::Regime)
        }
        _ => {
            let around = |regime: &&Regime| {
                let place = regime.place.label;
                place.file == target.whole.file && place.span.contains(target.whole.span)
            };
            regimes(snapshot)
                .find(around)
                .and_then(|regime| inside(regime, target))
        }
    }
}

/// The regimes of a project.
pub fn regimes(snapshot: &Snapshot) -> impl Iterator<Item = &Regime> {
    snapshot.model().regimes.iter().map(AsRef::as_ref)
}

fn inside<'s>(regime: &'s Regime, target: &Target) -> Option<Meaning<'s>> {
    let is = |label: Label| target.is_at(label);
    let named = |name: &str| target.name.as_deref() == Some(name);
    match target.kind {
        Kind::Form | Kind::List => {
            let found = regime.forms.iter().find(|it| is(it.place.label));
            found.map(|form| Meaning::Form(regime, form))
        }
        Kind::Column | Kind::Field => regime.forms.iter().find_map(|form| {
            let mut columns = form.columns.iter().enumerate();
            let (at, column) = columns.find(|(_, it)| is(it.place.label))?;
            Some(Meaning::Column {
                regime,
                form,
                at,
                column,
            })
        }),
        Kind::Row | Kind::Group => regime.forms.iter().find_map(|form| {
            let row = form.written.iter().position(|it| is(it.place.label))?;
            Some(Meaning::Row { regime, form, row })
        }),
        Kind::Rule => {
            let found = regime.rules.iter().find(|it| is(it.place.label));
            found.map(|rule| Meaning::Rule(regime, rule))
        }
        Kind::Narrative => {
            let all = narratives(&regime.outlines);
            let found = all.into_iter().find(|it| is(it.place.label));
            found.map(|it| Meaning::Narrative(regime, it))
        }
        Kind::Event => {
            let found = regime.events.iter().find(|it| named(&it.name));
            found.map(|event| Meaning::Event(regime, event))
        }
        Kind::EventField => {
            let mut events = regime.events.iter();
            let event = events.find(|it| target.within.as_deref() == Some(it.name.as_str()))?;
            let field = event.fields.iter().find(|it| named(&it.name))?;
            Some(Meaning::EventField(event, field))
        }
        _ => None,
    }
}
