//! The words of a project told: measures, levels, catalogues, indicators and what else regimes share; also events and narratives.
//!
//! It does not know forms. What the analysis could not read is left out.

use super::{Teller, counted, escaped, listed};
use crate::analysis::model::words::{Catalog, CatalogEntry, Indicator, Level, Measure};
use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::ide::meaning::Meaning;
use crate::ide::names::{self, Target};
use crate::organisation::{Event, EventField, FieldKind, Party};

/// How many entries of a catalogue are told.
const MOST_ENTRIES: usize = 8;

impl Teller<'_> {
    pub(super) fn word(&self, target: &Target, meaning: Meaning<'_>) -> Vec<String> {
        let facts = match meaning {
            Meaning::Measure(measure) => self.measure(target, measure),
            Meaning::Level(level) => self.level(level),
            Meaning::Agency(agency) => {
                let level = agency.level.as_ref().map(|level| {
                    let party = Party {
                        name: level.clone(),
                        tags: Vec::new(),
                    };
                    self.parties(&[party])
                });
                let level = level
                    .map(|level| self.say(format!("ở {level}"), format!("on the level {level}")));
                level.into_iter().collect()
            }
            Meaning::Catalog(catalog) => self.catalog(catalog),
            Meaning::Entry(catalog, entry) => self.entry(catalog, entry),
            Meaning::Indicator(indicator) => return self.shared_indicator(target, indicator),
            Meaning::Target(plan) => {
                let who = self.parties(&plan.given_to);
                let mut facts = vec![
                    self.say(format!("giao cho {who}"), format!("given to {who}")),
                    self.say(
                        format!("bảng `{}`", plan.table),
                        format!("table `{}`", plan.table),
                    ),
                ];
                facts.extend(plan.basis.as_ref().map(|basis| {
                    let basis = escaped(basis);
                    self.say(format!("căn cứ: {basis}"), format!("basis: {basis}"))
                }));
                facts
            }
            Meaning::Event(_, event) => self.event(event),
            Meaning::EventField(_, field) => vec![self.event_field(field)],
            Meaning::Narrative(_, narrative) => {
                let optional = narrative
                    .optional
                    .then(|| self.say("không bắt buộc", "optional"));
                let next = narrative
                    .about_next
                    .then(|| self.say("nói về kỳ sau", "about the period after"));
                [optional, next].into_iter().flatten().collect()
            }
            Meaning::Trait(known) => known.code.iter().map(|code| self.code(code)).collect(),
            Meaning::Tag(tag) => {
                let units = self.snapshot.organisation().valid_on(self.settings.on);
                let bearing = units.filter(|unit| unit.tags.contains(&tag.name)).count();
                vec![self.units(bearing)]
            }
            _ => Vec::new(),
        };
        let mut facts = facts;
        facts.push(self.used(target));
        vec![listed(facts)]
    }

    /// How often the project names it.
    fn used(&self, target: &Target) -> String {
        let uses = names::uses(self.snapshot, target).len();
        self.say(
            format!("được dùng {uses} lần"),
            match uses {
                1 => "used once".to_owned(),
                _ => format!("used {uses} times"),
            },
        )
    }

    fn measure(&self, target: &Target, measure: &Measure) -> Vec<String> {
        let file = target.whole.file;
        let written = self
            .snapshot
            .source(file)
            .map_or("", |source| target.whole.span.of(&source.file.text));
        let defined = written.split_once('=').map(|(_, right)| right.trim());
        match defined {
            Some(defined) => vec![format!("1 {} = `{defined}`", escaped(&measure.label))],
            None => vec![self.say(
                "đơn vị gốc, không quy đổi",
                "a base of its own, not converted",
            )],
        }
    }

    fn level(&self, level: &Level) -> Vec<String> {
        let party = Party {
            name: level.name.clone(),
            tags: Vec::new(),
        };
        let units = self
            .snapshot
            .organisation()
            .reporters(&[party], self.settings.on)
            .len();
        let kinds: Vec<String> = level
            .items
            .iter()
            .map(|(_, label)| escaped(label))
            .collect();
        let mut facts = Vec::new();
        if !kinds.is_empty() {
            facts.push(self.say(
                format!("gồm: {}", kinds.join(", ")),
                format!("kinds: {}", kinds.join(", ")),
            ));
        }
        if self.snapshot.tables().units.is_some() {
            facts.push(self.units(units));
        }
        facts.extend(level.until.map(|until| self.ended(until)));
        facts
    }

    /// How many units there are on the day asked about.
    fn units(&self, count: usize) -> String {
        let on = show_date(self.settings.on);
        self.say(
            format!("{count} đơn vị (ngày {on})"),
            format!("{} (on {on})", counted(&count.to_string(), "unit", "units")),
        )
    }

    pub(super) fn ended(&self, until: Date) -> String {
        let until = show_date(until);
        self.say(format!("đến hết {until}"), format!("until {until}"))
    }

    fn code(&self, code: &str) -> String {
        self.say(
            format!("mã trao đổi `{code}`"),
            format!("exchange code `{code}`"),
        )
    }

    fn catalog(&self, catalog: &Catalog) -> Vec<String> {
        let count = catalog.entries.len();
        let mut shown: Vec<String> = catalog
            .entries
            .iter()
            .take(MOST_ENTRIES)
            .map(|entry| format!("{} (`{}`)", escaped(&entry.label), entry.name))
            .collect();
        if count > MOST_ENTRIES {
            shown.push("…".to_owned());
        }
        let shown = shown.join(", ");
        let mut facts = vec![self.say(
            format!("{count} mục: {shown}"),
            format!(
                "{}: {shown}",
                counted(&count.to_string(), "entry", "entries")
            ),
        )];
        facts.extend(catalog.code.as_ref().map(|code| self.code(code)));
        facts
    }

    pub(super) fn entry(&self, catalog: &Catalog, entry: &CatalogEntry) -> Vec<String> {
        let label = escaped(&catalog.label);
        let mut facts = vec![self.say(
            format!("mục của danh mục “{label}” (`{}`)", catalog.name),
            format!("an entry of the catalogue “{label}” (`{}`)", catalog.name),
        )];
        let parent = entry.parent.and_then(|parent| catalog.entries.get(parent));
        facts.extend(parent.map(|parent| {
            let parent = escaped(&parent.label);
            self.say(format!("thuộc “{parent}”"), format!("below “{parent}”"))
        }));
        facts.extend(entry.from.map(|from| {
            let from = show_date(from);
            self.say(format!("từ {from}"), format!("from {from}"))
        }));
        facts.extend(entry.until.map(|until| self.ended(until)));
        facts.extend(entry.code.as_ref().map(|code| self.code(code)));
        facts
    }

    fn shared_indicator(&self, target: &Target, indicator: &Indicator) -> Vec<String> {
        let mut parts = Vec::new();
        if let Some(definition) = &indicator.definition {
            parts.push(format!("> {}", escaped(definition)));
        }
        let mut facts = self.facts(&indicator.cell);
        facts.pop();
        if let Some(owner) = &indicator.owner {
            let owner = self.parties(&[Party {
                name: owner.clone(),
                tags: Vec::new(),
            }]);
            facts.push(self.say(format!("chủ quản: {owner}"), format!("owner: {owner}")));
        }
        if !indicator.broken_down_by.is_empty() {
            let by = indicator.broken_down_by.join("`, `");
            facts.push(self.say(
                format!("phân tổ được theo `{by}`"),
                format!("may be broken down by `{by}`"),
            ));
        }
        facts.extend(indicator.code.as_ref().map(|code| self.code(code)));
        facts.push(self.used(target));
        parts.push(listed(facts));
        parts
    }

    fn event(&self, event: &Event) -> Vec<String> {
        let fields: Vec<String> = event
            .fields
            .iter()
            .map(|field| format!("{} (`{}`)", escaped(&field.label), field.name))
            .collect();
        let (open, close) = (
            self.parties(&event.opened_by),
            self.parties(&event.closed_by),
        );
        let fields = fields.join(", ");
        let mut facts = Vec::new();
        if !fields.is_empty() {
            facts.push(self.say(format!("các trường: {fields}"), format!("fields: {fields}")));
        }
        if !open.is_empty() {
            facts.push(self.say(format!("người mở: {open}"), format!("opened by {open}")));
        }
        if !close.is_empty() {
            facts.push(self.say(format!("người đóng: {close}"), format!("closed by {close}")));
        }
        facts
    }

    fn event_field(&self, field: &EventField) -> String {
        match &field.kind {
            FieldKind::Choice { catalog, .. } => self.say(
                format!("chọn một mục của danh mục `{catalog}`"),
                format!("an entry of the catalogue `{catalog}`"),
            ),
            FieldKind::YesOrNo => self.say("có hay không", "yes or no"),
            FieldKind::Text => self.say("văn bản", "text"),
            FieldKind::Number { .. } => self.say("số", "a number"),
            FieldKind::Date => self.say("ngày tháng", "a day"),
        }
    }
}
