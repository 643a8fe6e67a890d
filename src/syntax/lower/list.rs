//! Open lists.
//!
//! From the rough tree to the typed one; a part that is missing stays `None`, a line that is no part of a list becomes a stray.

use super::Lower;
use crate::syntax::ast::list::{GroupedBy, Key, KeySharing, List, ListMember};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn list(&self, node: &Node) -> List {
        let head = node.child(Rule::list_head);
        let mut labels = head
            .map(|head| self.labels(head))
            .unwrap_or_default()
            .into_iter();
        List {
            name: head.and_then(|head| self.name(head)),
            sign: labels.next(),
            title: labels.next(),
            members: node
                .children
                .iter()
                .filter_map(|child| self.list_member(child))
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn list_member(&self, node: &Node) -> Option<ListMember> {
        Some(match node.rule {
            Rule::field => ListMember::Field(self.cells_statement(node)?),
            Rule::key => ListMember::Key(Key {
                fields: self.children(node, Rule::name),
                sharing: if node.has(Rule::kw_unique) {
                    KeySharing::Unique
                } else if node.has(Rule::kw_merged) {
                    KeySharing::Merged
                } else {
                    KeySharing::Plain
                },
                span: node.span,
            }),
            Rule::rows_grouped => ListMember::GroupedBy(GroupedBy {
                fields: self.children(node, Rule::name),
                span: node.span,
            }),
            Rule::default => ListMember::Default(self.default(node)),
            Rule::only_statement => ListMember::Only(self.only(node)?),
            Rule::window => ListMember::Window(self.window(node)?),
            Rule::covers => ListMember::Covers(self.covers(node)?),
            Rule::deadline => ListMember::Deadline(self.deadline(node)?),
            Rule::channel => ListMember::Channel(self.channel(node)),
            Rule::sign_by => ListMember::SignBy(self.sign_by(node)?),
            Rule::figures => ListMember::Figures(self.figures(node)?),
            Rule::total_row => ListMember::TotalRow(self.total(node)?),
            Rule::balance | Rule::check | Rule::warn | Rule::when => {
                ListMember::Rule(self.rule(node)?)
            }
            _ => return None,
        })
    }
}
