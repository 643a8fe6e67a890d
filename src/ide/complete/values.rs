//! What a value may be at a place: the entries that a column, a field of an event or a registered attribute chooses from, and what a test may suppose.
//!
//! It looks at the words before the place and at the declarations they lead to. It deliberately does not know what has been written of the value itself. Where no list of entries is meant there is no answer.

use super::governing::without_end;
use super::last_path;
use super::names::{Name, Site};
use crate::analysis::model::cell::ValueType;
use crate::analysis::model::form::Form;
use crate::diagnostic::problem::meaning::NameKind;
use crate::ide::around::Around;
use crate::organisation::FieldKind;
use crate::syntax::ast::File;
use crate::syntax::ast::test::{Given, GivenEvent, TestMember};

/// What the block of a test that a place stands in supposes.
#[derive(Clone, Copy, Debug)]
pub enum Supposed<'t> {
    /// Figures of a form.
    Figures(&'t Given),
    /// Fields of an event.
    Event(&'t GivenEvent),
    /// What is registered of a unit.
    Facts,
}

/// What the block at an offset supposes; none outside such a block.
pub fn supposed(file: &File, offset: u32) -> Option<Supposed<'_>> {
    let test = Around::at(file, offset).test?;
    test.members.iter().find_map(|member| {
        let (span, found) = match member {
            TestMember::Given(given) => (given.span, Supposed::Figures(given)),
            TestMember::GivenEvent(event) => (event.span, Supposed::Event(event)),
            TestMember::GivenRegistry(facts) => (facts.span, Supposed::Facts),
            _ => return None,
        };
        (span.start < offset && offset <= span.end).then_some(found)
    })
}

/// The innermost parenthesis that is still open at the end of a text: what stands before it, and how many commas behind it.
pub fn open_parenthesis(before: &str) -> Option<(&str, usize)> {
    let (mut depth, mut commas) = (0usize, 0);
    for (at, sign) in before.char_indices().rev() {
        match sign {
            ')' | ']' => depth += 1,
            '(' | '[' if depth > 0 => depth -= 1,
            '(' => return Some((before.get(..at)?, commas)),
            '[' => return None,
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
    }
    None
}

impl Site<'_> {
    /// The entries that the value at the end of a text is one of: behind a comparison with something chosen, or in a list behind `in`.
    pub fn compared(&self, before: &str) -> Option<Vec<Name>> {
        let before = before.trim_end();
        let listed = open_parenthesis(before)
            .and_then(|(outside, _)| without_end(outside, "kw_in"))
            .and_then(|operand| self.chosen(operand));
        if listed.is_some() {
            return listed;
        }
        let signs = ["!=", "<>", "==", "≠", "="];
        let operand = signs.iter().find_map(|sign| before.strip_suffix(sign))?;
        self.chosen(operand)
    }

    /// The entries that the operand at the end of a text chooses from.
    fn chosen(&self, text: &str) -> Option<Vec<Name>> {
        let text = text.trim_end();
        if let Some(open) = text.strip_suffix(']') {
            let (outside, inside) = open.rsplit_once('[')?;
            let form = match last_path(outside) {
                "" => self.form?,
                path => self.form(path)?,
            };
            let column = inside.rsplit(',').next().unwrap_or(inside).trim();
            return self.of_column(form, column);
        }
        match last_path(text).rsplit_once('.') {
            Some((event, field)) => self.of_event_field(event, field),
            None => self.of_catalog(last_path(text)),
        }
    }

    /// The entries that a column chooses from.
    fn of_column(&self, form: &Form, key: &str) -> Option<Vec<Name>> {
        let named = |text: &Option<String>| text.as_deref() == Some(key);
        let mut columns = form.columns.iter();
        let column = columns.find(|column| named(&column.name) || named(&column.code))?;
        match column.cell.value {
            ValueType::Choice(catalog) => Some(self.entries(catalog)),
            _ => None,
        }
    }

    fn of_event_field(&self, event: &str, field: &str) -> Option<Vec<Name>> {
        let mut events = self.regime?.events.iter();
        let event = events.find(|known| known.name == event)?;
        let field = event.fields.iter().find(|known| known.name == field)?;
        match &field.kind {
            FieldKind::Choice { entries, .. } => Some(
                entries
                    .iter()
                    .map(|(name, label)| Name::new(NameKind::Entry, name, label))
                    .collect(),
            ),
            _ => None,
        }
    }

    /// The entries of a catalog: what is registered of a unit bears its name.
    fn of_catalog(&self, name: &str) -> Option<Vec<Name>> {
        let mut catalogs = self.model.words.catalogs.iter();
        let catalog = catalogs.position(|known| known.name == name)?;
        Some(self.entries(catalog))
    }

    /// What may stand in a block that supposes something: names before a colon, entries behind it.
    pub fn supposable(&self, within: Supposed<'_>, before: &str) -> Vec<Name> {
        let before = before.trim_end();
        let value = before.strip_suffix(':').map(last_path);
        match (within, value) {
            (Supposed::Figures(given), value) => {
                let path: Vec<&str> = given.form.iter().map(|part| part.value.as_str()).collect();
                let Some(form) = self.form(&path.join(".")) else {
                    return Vec::new();
                };
                if let Some(column) = value {
                    return self.of_column(form, column).unwrap_or_default();
                }
                if without_end(before, "kw_row").is_some() {
                    return self.rows(Some(form));
                }
                self.columns(Some(form))
            }
            (Supposed::Event(event), Some(field)) => self
                .of_event_field(&event.event.value, field)
                .unwrap_or_default(),
            (Supposed::Event(event), None) => self.event_fields(&event.event.value),
            (Supposed::Facts, Some(attribute)) => self.of_catalog(attribute).unwrap_or_default(),
            (Supposed::Facts, None) => self.catalogs(),
        }
    }

    fn event_fields(&self, event: &str) -> Vec<Name> {
        let events = self.regime.map_or(&[][..], |regime| &regime.events);
        let fields = events
            .iter()
            .filter(|known| known.name == event)
            .flat_map(|known| &known.fields);
        fields
            .map(|field| Name::new(NameKind::EventField, &field.name, &field.label))
            .collect()
    }
}
