//! Project words.
//!
//! From the rough tree to the typed one; tables are named, not opened, and an entry without a label keeps its name.

use super::Lower;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::words::{
    Agency, Calendar, Campaign, Catalog, CatalogSource, Code, Entry, Facts, FactsKind, Holiday,
    HolidayDay, KindExtent, Level, Measure, PeriodKind, Tag,
};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn measure(&self, node: &Node) -> Option<Measure> {
        Some(Measure {
            name: self.name(node)?,
            label: self.label(node),
            definition: self.expr_in(node),
            span: node.span,
        })
    }

    pub(super) fn level(&self, node: &Node) -> Option<Level> {
        Some(Level {
            name: self.name(node)?,
            label: self.label(node)?,
            of: self.name_after(node, Rule::kw_of),
            dated: self.dated(node),
            entries: self.entries(node),
            strays: self.strays(node),
            span: node.span,
        })
    }

    fn entries(&self, node: &Node) -> Vec<Entry> {
        node.all(Rule::entry)
            .filter_map(|entry| self.entry(entry))
            .collect()
    }

    fn entry(&self, node: &Node) -> Option<Entry> {
        Some(Entry {
            name: self.name(node)?,
            label: self.label(node)?,
            code: self.code(node),
            dated: self.dated(node),
            entries: self.entries(node),
            strays: self.strays(node),
            span: node.span,
        })
    }

    pub(super) fn code(&self, node: &Node) -> Option<Code> {
        node.child(Rule::code_attribute)
            .map(|code| self.code_of(code))
    }

    pub(super) fn code_of(&self, node: &Node) -> Code {
        match self.label(node) {
            Some(text) => Code::Text(text),
            None => Code::Printed(self.children(node, Rule::printed)),
        }
    }

    pub(super) fn facts(&self, node: &Node) -> Option<Facts> {
        Some(Facts {
            kind: match node.rule {
                Rule::units => FactsKind::Units,
                Rule::links => FactsKind::Links,
                _ => FactsKind::Successors,
            },
            file: self.label(node)?,
            span: node.span,
        })
    }

    pub(super) fn tag(&self, node: &Node) -> Option<Tag> {
        Some(Tag {
            name: self.name(node)?,
            label: self.label(node)?,
            span: node.span,
        })
    }

    pub(super) fn agency(&self, node: &Node) -> Option<Agency> {
        Some(Agency {
            name: self.name(node)?,
            label: self.label(node)?,
            level: self.name_after(node, Rule::kw_level),
            span: node.span,
        })
    }

    pub(super) fn catalog(&self, node: &Node) -> Option<Catalog> {
        let table = node
            .children
            .iter()
            .position(|child| child.rule == Rule::kw_from);
        let file = table.and_then(|at| node.children.get(at + 1));
        // The label of a catalog without a title must not be taken from its `from "…"`.
        let label = node
            .children
            .iter()
            .take_while(|child| {
                !matches!(
                    child.rule,
                    Rule::kw_from | Rule::open_brace | Rule::numbered
                )
            })
            .find(|child| child.rule == Rule::label);
        Some(Catalog {
            name: self.name(node)?,
            label: label.map(|label| self.label_of(label)),
            code: self.code(node),
            numbered: node
                .child(Rule::numbered)
                .map(|numbered| self.labels(numbered))
                .unwrap_or_default(),
            source: match file {
                Some(file) => CatalogSource::Table(self.label_of(file)),
                None => CatalogSource::Entries(self.entries(node)),
            },
            strays: self.strays(node),
            span: node.span,
        })
    }

    pub(super) fn calendar(&self, node: &Node) -> Option<Calendar> {
        let tables = |rule: Rule| -> Vec<Spanned<String>> {
            node.all(rule)
                .filter_map(|table| self.label(table))
                .collect()
        };
        Some(Calendar {
            name: self.name(node)?,
            label: self.label(node)?,
            holidays: node
                .all(Rule::holiday)
                .filter_map(|holiday| self.holiday(holiday))
                .collect(),
            lunar: tables(Rule::lunar_table),
            decisions: tables(Rule::decisions_table),
            strays: self.strays(node),
            span: node.span,
        })
    }

    fn holiday(&self, node: &Node) -> Option<Holiday> {
        let day = node.child(Rule::fixed_day).and_then(|fixed| {
            Some(HolidayDay {
                lunar: fixed.has(Rule::kw_lunar),
                day: self.day_month(fixed)?.value,
                span: fixed.span,
            })
        });
        Some(Holiday {
            label: self.label(node)?,
            day,
            decided: node
                .child(Rule::decided)
                .and_then(|decided| self.integer(decided)),
            dated: self.dated(node),
            span: node.span,
        })
    }

    pub(super) fn campaign(&self, node: &Node) -> Option<Campaign> {
        let mut dates = node
            .all(Rule::full_date)
            .filter_map(|date| self.date_of(date));
        Some(Campaign {
            name: self.name(node)?,
            label: self.label(node)?,
            from: dates.next()?,
            to: dates.next()?,
            span: node.span,
        })
    }

    pub(super) fn period_kind(&self, node: &Node) -> Option<PeriodKind> {
        let mut points = node
            .all(Rule::point)
            .filter_map(|point| self.point_of(point));
        let mut kinds = node
            .all(Rule::which)
            .filter_map(|which| self.which_of(which));
        let extent = if node.has(Rule::equals) {
            KindExtent::Union(kinds.next()?, kinds.next()?)
        } else if node.has(Rule::kw_at) {
            KindExtent::At(points.next()?)
        } else {
            KindExtent::FromTo(points.next()?, points.next()?)
        };
        Some(PeriodKind {
            name: self.name(node)?,
            label: self.label(node)?,
            extent,
            year_starts: self.day_month(node),
            span: node.span,
        })
    }
}
