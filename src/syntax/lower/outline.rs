//! The outline of a report.
//!
//! From the rough tree to the typed one; a section without a readable head keeps what it holds, a line that is no part of it becomes a stray.

use super::Lower;
use crate::syntax::ast::outline::{
    Narrative, Outline, OutlineMember, OutlineTable, Section, Sentence,
};
use crate::syntax::ast::time::Only;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn outline(&self, node: &Node) -> Outline {
        Outline {
            members: self.outline_members(node),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn outline_members(&self, node: &Node) -> Vec<OutlineMember> {
        node.children
            .iter()
            .filter_map(|child| {
                Some(match child.rule {
                    Rule::only_statement => OutlineMember::Only(self.only(child)?),
                    Rule::section => OutlineMember::Section(self.section(child)),
                    Rule::narrative => OutlineMember::Narrative(self.narrative(child)),
                    Rule::sentence => OutlineMember::Sentence(Sentence {
                        template: self.template(child)?,
                        only: self.only(child),
                        span: child.span,
                    }),
                    Rule::table => OutlineMember::Table(OutlineTable {
                        form: self.name(child)?,
                        span: child.span,
                    }),
                    _ => return None,
                })
            })
            .collect()
    }

    fn onlys(&self, node: &Node) -> Vec<Only> {
        node.all(Rule::only)
            .filter_map(|only| self.only_of(only))
            .collect()
    }

    fn section(&self, node: &Node) -> Section {
        let head = node.child(Rule::section_head);
        Section {
            code: head.and_then(|head| self.child(head, Rule::printed)),
            label: head.and_then(|head| self.label(head)),
            only: head.map(|head| self.onlys(head)).unwrap_or_default(),
            members: self.outline_members(node),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn narrative(&self, node: &Node) -> Narrative {
        Narrative {
            name: self.child(node, Rule::cell_name),
            label: self.label(node),
            optional: node.has(Rule::kw_optional),
            about_next: node.has(Rule::kw_for_next),
            only: self.onlys(node),
            span: node.span,
        }
    }
}
