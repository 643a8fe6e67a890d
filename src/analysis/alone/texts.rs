//! Texts and blocks that say nothing: an empty label, an empty message, a catalog without entries.
//!
//! It deliberately does not know what a text is for. What could not be read is not empty.

use super::Judge;
use crate::diagnostic::problem::meaning::said::SaidProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{Template, TemplatePart};
use crate::syntax::ast::words::{Calendar, Catalog, CatalogSource, Code, Entry};
use crate::text::Span;

impl Judge<'_, '_> {
    /// Reports a text without a letter or sign.
    pub(super) fn text(&mut self, text: &Spanned<String>) {
        if text.value.trim().is_empty() {
            self.context
                .report(SaidProblem::EmptyText, self.file, text.span);
        }
    }

    /// An export code in quotes.
    pub(super) fn code(&mut self, code: Option<&Code>) {
        match code {
            Some(Code::Text(text)) => self.text(text),
            // Printed codes number the rows of a form.
            Some(Code::Printed(codes)) => {
                let spans = codes.iter().map(|code| code.span);
                if let Some(span) = spans.reduce(Span::cover) {
                    self.means_nothing(span);
                }
            }
            None => {}
        }
    }

    /// A text with figures in it.
    pub(super) fn template(&mut self, template: &Template) {
        let empty = template.parts.iter().all(|part| match part {
            TemplatePart::Text(text) => text.trim().is_empty(),
            TemplatePart::Value { .. } | TemplatePart::Unreadable(_) => false,
        });
        if empty {
            self.context
                .report(SaidProblem::EmptyText, self.file, template.span);
        }
    }

    /// Reports a block in which nothing stands.
    pub(super) fn not_empty(&mut self, empty: bool, span: Span) {
        if empty {
            let statement = self.context.shown(self.file, span);
            self.context
                .report(SaidProblem::EmptyBlock { statement }, self.file, span);
        }
    }

    pub(super) fn catalog(&mut self, catalog: &Catalog) {
        if let Some(label) = &catalog.label {
            self.text(label);
        }
        self.code(catalog.code.as_ref());
        if let CatalogSource::Entries(entries) = &catalog.source {
            let empty = entries.is_empty() && catalog.strays.is_empty();
            self.not_empty(empty, catalog.span);
            self.catalog_entries(entries);
        }
    }

    fn catalog_entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            self.text(&entry.label);
            self.code(entry.code.as_ref());
            self.catalog_entries(&entry.entries);
        }
        // Who chooses among them sees labels only. Entries of different times may bear one label, one after the other.
        let lasting = entries.iter().filter(|entry| entry.dated.is_none());
        self.once(lasting.map(|entry| (entry.label.value.trim(), entry.label.span)));
    }

    pub(super) fn calendar(&mut self, calendar: &Calendar) {
        let tables = calendar.lunar.is_empty() && calendar.decisions.is_empty();
        let empty = tables && calendar.holidays.is_empty() && calendar.strays.is_empty();
        self.not_empty(empty, calendar.span);
        self.text(&calendar.label);
        for holiday in &calendar.holidays {
            self.text(&holiday.label);
        }
        self.calendar_days(calendar);
    }
}
