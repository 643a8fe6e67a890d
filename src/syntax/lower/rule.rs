//! Rules and switches of rules.
//!
//! From the rough tree to the typed one; a condition without its end keeps the rules it holds.

use super::Lower;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::rule::{
    Repeated, Rule as Statement, RuleChange, RuleKind, RuleSwitch, Tail,
};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn rule(&self, node: &Node) -> Option<Statement> {
        let kind = match node.rule {
            Rule::balance => RuleKind::Balance(self.sums(node)),
            Rule::check => RuleKind::Check(self.expr_in(node)?),
            Rule::warn => RuleKind::Warn(self.expr_in(node)?),
            _ => RuleKind::When {
                condition: self.expr_in(node.child(Rule::when_head)?)?,
                rules: node
                    .children
                    .iter()
                    .filter(|child| {
                        matches!(
                            child.rule,
                            Rule::balance | Rule::check | Rule::warn | Rule::when
                        )
                    })
                    .filter_map(|child| self.rule(child))
                    .collect(),
                strays: self.strays(node),
            },
        };
        let head = node
            .child(Rule::rule_id)
            .or_else(|| node.child(Rule::repeated));
        Some(Statement {
            id: head.and_then(|head| self.name(head)),
            each: head.map(|head| self.repeated(head)).unwrap_or_default(),
            kind,
            tails: node
                .children
                .iter()
                .filter_map(|child| match child.rule {
                    Rule::message => Some(Tail::Message(self.template(child)?)),
                    Rule::kw_explain => Some(Tail::Explain(child.span)),
                    Rule::kw_rounded => Some(Tail::Rounded(child.span)),
                    Rule::only => Some(Tail::Only(self.only_of(child)?)),
                    _ => None,
                })
                .collect(),
            span: node.span,
        })
    }

    fn repeated(&self, node: &Node) -> Vec<Repeated> {
        node.children
            .iter()
            .filter_map(|place| match place.rule {
                Rule::cell => Some(Repeated::Cell(self.cell_of(place))),
                Rule::row_reference => Some(Repeated::Row(self.row_of(place)?)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn rule_switch(&self, node: &Node) -> Option<RuleSwitch> {
        let change = match (node.child(Rule::kw_off), node.child(Rule::severity)) {
            (Some(off), _) => Spanned::new(RuleChange::Off, off.span),
            (None, severity) => {
                let severity = severity?;
                let change = if severity.has(Rule::kw_check) {
                    RuleChange::Check
                } else if severity.has(Rule::kw_explain) {
                    RuleChange::WarnExplain
                } else {
                    RuleChange::Warn
                };
                Spanned::new(change, severity.span)
            }
        };
        Some(RuleSwitch {
            rule: self.path_of(node.child(Rule::switched_rule)?),
            change,
            dated: self.dated(node)?,
            reason: self.label(node)?,
            span: node.span,
        })
    }
}
