//! Indicators, targets, traits, exchange codes.
//!
//! From the rough tree to the typed one; tables are named, not opened, and a line that is no part
//! of a block becomes a stray.

use super::Lower;
use crate::syntax::ast::indicator::{Export, ExportPeriod, Indicator, Target, Trait};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn indicator(&self, node: &Node) -> Option<Indicator> {
        Some(Indicator {
            name: self.name(node)?,
            label: self.label(node)?,
            attributes: self.attributes(node),
            formula: self.formula(node),
            span: node.span,
        })
    }

    pub(super) fn target(&self, node: &Node) -> Option<Target> {
        Some(Target {
            name: self.name(node)?,
            label: self.label(node)?,
            basis: self.label_after(node, Rule::kw_basis),
            given_to: self.who_list(node),
            table: self.label_after(node, Rule::kw_from)?,
            adds_up: node.child(Rule::kw_adds_up).map(|word| word.span),
            span: node.span,
        })
    }

    pub(super) fn trait_of(&self, node: &Node) -> Option<Trait> {
        Some(Trait {
            name: self.name(node)?,
            label: self.label(node)?,
            code: self.code(node),
            span: node.span,
        })
    }

    pub(super) fn export(&self, node: &Node) -> Option<Export> {
        Some(Export {
            name: self.name(node)?,
            label: self.label(node)?,
            periods: node
                .all(Rule::export_period)
                .filter_map(|period| {
                    Some(ExportPeriod {
                        which: self.which_of(period.child(Rule::which)?)?,
                        code: self.label(period)?,
                        span: period.span,
                    })
                })
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        })
    }
}
