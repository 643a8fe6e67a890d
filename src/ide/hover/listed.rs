//! What is told of words that no statement of a text declares: entries of tables, ways of sending, who signs, and texts in quotation marks that name a legal act, an issuing body or a unit.
//!
//! A word is one of these if it is among what may be written at its place. It deliberately knows no register of legal acts: of an act it tells which regimes of the project rest on it. A word
//! that is none of these has no answer.

use super::{Hover, Teller, escaped, listed};
use crate::analysis::model::Regime;
use crate::calendar::dates::show_date;
use crate::diagnostic::problem::meaning::NameKind;
use crate::ide::complete::texts::{Asked, asked, written_text};
use crate::ide::complete::{Completion, CompletionKind, complete};
use crate::ide::names;
use crate::organisation::Unit;
use crate::syntax::ahead::ahead;
use crate::text::normal::composed;
use crate::text::{FileId, Span};

/// Most units of one name that are told; they follow each other in time.
const MOST_UNITS: usize = 4;

impl Teller<'_> {
    /// What is told about the word or text at an offset.
    pub(super) fn listed(&self, file: FileId, offset: u32) -> Option<Hover> {
        let source = self.snapshot.source(file)?;
        let text = &source.file.text;
        let tree = self.snapshot.tree(file)?;
        if let Some((span, before)) = ahead(text, &tree, offset).text {
            let own = written_text(text, span.start);
            let markdown = self.text(&asked(&before), &composed(own))?;
            let length = u32::try_from(own.len()).ok()?;
            return Some(Hover {
                span: Span::new(span.start, span.start.saturating_add(length)),
                markdown,
            });
        }
        let span = names::word_at(self.snapshot, file, offset)?;
        let word = composed(span.of(text));
        let may_stand = complete(self.snapshot, file, span.end, self.language);
        let found = may_stand.iter().find(|item| {
            matches!(
                item.kind,
                CompletionKind::Name(NameKind::Entry | NameKind::Channel | NameKind::Role)
            ) && item.label == word
                && item.replaces == span
        })?;
        Some(Hover {
            span,
            markdown: self.word_of_list(found),
        })
    }

    fn word_of_list(&self, found: &Completion) -> String {
        let CompletionKind::Name(kind) = found.kind else {
            return String::new();
        };
        let mut parts = vec![format!(
            "**{} `{}`** — {}",
            self.of(&kind.wording()),
            found.label,
            escaped(&found.detail)
        )];
        let mut catalogs = self.snapshot.words().catalogs.iter();
        let entry = catalogs.find_map(|catalog| {
            let mut entries = catalog.entries.iter();
            let entry = entries
                .find(|entry| entry.name == found.label && entry.label == found.detail)
                .filter(|_| kind == NameKind::Entry)?;
            Some(listed(self.entry(catalog, entry)))
        });
        parts.extend(entry);
        parts.join("\n\n")
    }

    /// A text in quotation marks.
    fn text(&self, asked: &Asked, own: &str) -> Option<String> {
        let regimes = self.snapshot.model().regimes.iter();
        match asked {
            Asked::Act => {
                let resting = regimes.filter(|regime| regime.basis.iter().any(|act| act == own));
                let mut facts: Vec<String> = resting.map(|regime| called(regime)).collect();
                let targets = self.snapshot.words().targets.iter();
                let targets = targets.filter(|target| target.basis.as_deref() == Some(own));
                facts.extend(
                    targets.map(|target| format!("`{}` — {}", target.name, escaped(&target.label))),
                );
                let head = self.say("văn bản", "legal act");
                let lead = self.say("Là căn cứ của:", "The basis of:");
                self.of_text(&head, own, &lead, facts)
            }
            Asked::Issuer => {
                let issued = regimes.filter(|regime| regime.issuer == own);
                let head = self.say("cơ quan ban hành", "issuing body");
                let lead = self.say("Ban hành:", "It issued:");
                let facts = issued.map(|regime| called(regime)).collect();
                self.of_text(&head, own, &lead, facts)
            }
            Asked::Unit => {
                let units = self.snapshot.organisation().units();
                let told: Vec<String> = units
                    .filter(|unit| unit.name == own)
                    .take(MOST_UNITS)
                    .map(|unit| self.unit(unit))
                    .collect();
                (!told.is_empty()).then(|| told.join("\n\n"))
            }
            Asked::Nothing => None,
        }
    }

    fn of_text(&self, head: &str, own: &str, lead: &str, facts: Vec<String>) -> Option<String> {
        (!facts.is_empty()).then(|| {
            format!(
                "**{head}** — {}\n\n{lead}\n\n{}",
                escaped(own),
                listed(facts)
            )
        })
    }

    fn unit(&self, unit: &Unit) -> String {
        let words = self.snapshot.words();
        let head = self.say("đơn vị", "unit");
        let mut facts = Vec::new();
        let level = words.levels.iter().find(|level| level.name == unit.level);
        facts.extend(level.map(|level| escaped(&level.label)));
        let parent = unit.parent.as_ref();
        let parent = parent.and_then(|parent| self.snapshot.organisation().get(parent));
        facts.extend(parent.map(|parent| {
            let parent = escaped(&parent.name);
            self.say(format!("trực thuộc {parent}"), format!("below {parent}"))
        }));
        facts.extend(unit.agency.as_ref().map(|agency| {
            self.say(
                format!("là cơ quan `{agency}`"),
                format!("is the agency `{agency}`"),
            )
        }));
        for tag in &unit.tags {
            let known = words.tags.iter().find(|known| known.name == *tag);
            facts.push(known.map_or_else(|| format!("`{tag}`"), |known| escaped(&known.label)));
        }
        facts.extend(unit.valid_from.map(|from| {
            let from = show_date(from);
            self.say(format!("từ {from}"), format!("from {from}"))
        }));
        facts.extend(unit.valid_to.map(|until| self.ended(until)));
        let facts = listed(facts);
        let name = escaped(&unit.name);
        format!("**{head} `{}`** — {name}\n\n{facts}", unit.id)
    }
}

/// A regime by its name and title.
fn called(regime: &Regime) -> String {
    format!("`{}` — {}", regime.name, escaped(&regime.title))
}
