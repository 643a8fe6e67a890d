//! What can be told of a statement by itself, without knowing what its names lead to: what is said twice, what says nothing, what contradicts itself.
//!
//! It deliberately resolves nothing and decides no meaning; a part that could not be read is not there and is not judged. Statements of project words
//! are judged by [`words`], those of a regime by [`regime`].

pub(super) mod attributes;
mod codes;
mod detached;
mod forms;
mod headers;
mod labels;
mod texts;
mod twice;
mod years;

use super::context::Context;
use crate::syntax::ast::Item;
use crate::syntax::ast::header::Regime;
use crate::text::FileId;

/// Judges the declarations of all files.
pub(super) fn words(context: &mut Context) {
    let project = context.project;
    for source in &project.sources {
        let mut judge = Judge {
            context,
            file: source.file.id,
            events: true,
        };
        for item in &source.tree.items {
            judge.item(item);
        }
    }
    codes::shared(context);
    labels::shared(context);
}

/// Judges the statements of a regime.
pub(super) fn regime(context: &mut Context, file: FileId, written: &Regime) {
    let mut judge = Judge {
        context,
        file,
        events: true,
    };
    judge.regime(written);
}

/// Judges statements of one file.
struct Judge<'j, 'p> {
    context: &'j mut Context<'p>,
    file: FileId,
    /// Whether what is judged may follow an event; words of a project may always.
    events: bool,
}

impl Judge<'_, '_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Measure(found) => {
                if let Some(label) = &found.label {
                    self.text(label);
                }
            }
            Item::Level(found) => {
                self.text(&found.label);
                for entry in &found.entries {
                    self.text(&entry.label);
                    self.code(entry.code.as_ref());
                }
                let lasting = found.entries.iter().filter(|entry| entry.dated.is_none());
                self.once(lasting.map(|entry| (entry.label.value.trim(), entry.label.span)));
            }
            Item::Tag(found) => self.text(&found.label),
            Item::Agency(found) => self.text(&found.label),
            Item::Catalog(found) => self.catalog(found),
            Item::Calendar(found) => self.calendar(found),
            Item::PeriodKind(found) => self.text(&found.label),
            Item::Campaign(found) => self.text(&found.label),
            Item::Trait(found) => {
                self.text(&found.label);
                self.code(found.code.as_ref());
            }
            Item::Indicator(found) => {
                self.text(&found.label);
                self.indicator(found);
            }
            Item::Target(found) => {
                self.text(&found.label);
                if let Some(basis) = &found.basis {
                    self.text(basis);
                }
                self.parties(&found.given_to);
            }
            Item::Export(found) => {
                self.text(&found.label);
                self.not_empty(
                    found.periods.is_empty() && found.strays.is_empty(),
                    found.head,
                );
                for period in &found.periods {
                    self.text(&period.code);
                }
            }
            Item::RuleSwitch(found) => self.text(&found.reason),
            // A table of facts names a file only; parts of regimes are judged with their regime.
            Item::Facts(_) | Item::Regime(_) | Item::Form(_) | Item::Test(_) | Item::List(_) => {}
        }
    }
}
