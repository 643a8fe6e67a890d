//! Rules.
//!
//! From the rough tree to the typed one; a condition without its end keeps the rules it holds.

use super::Lower;
use crate::syntax::ast::rule::{Rule as Statement, RuleKind, Tail};
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
        Some(Statement {
            id: node.child(Rule::rule_id).and_then(|id| self.name(id)),
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
}
