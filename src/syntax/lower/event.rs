//! Events and what tests suppose about them.
//!
//! From the rough tree to the typed one; an event without a readable head keeps its fields, a line that is none becomes a stray.

use super::Lower;
use crate::syntax::ast::event::{Event, EventMember};
use crate::syntax::ast::test::{GivenEvent, Moment};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn event(&self, node: &Node) -> Event {
        let head = node.child(Rule::event_head);
        Event {
            name: head.and_then(|head| self.name(head)),
            label: head.and_then(|head| self.label(head)),
            members: node
                .children
                .iter()
                .filter_map(|child| {
                    Some(match child.rule {
                        Rule::field => EventMember::Field(self.cells_statement(child)?),
                        Rule::opened_by => EventMember::OpenedBy(self.who_statement(child)),
                        Rule::closed_by => EventMember::ClosedBy(self.who_statement(child)),
                        _ => return None,
                    })
                })
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    pub(super) fn given_event(&self, node: &Node) -> Option<GivenEvent> {
        let block = node.child(Rule::event_block)?;
        Some(GivenEvent {
            event: self.name(node)?,
            moments: block
                .all(Rule::event_moment)
                .filter_map(|moment| {
                    Some(Moment {
                        starts: moment.has(Rule::kw_event_begins),
                        date: self.date(moment)?,
                        clock: self.clock(moment),
                        span: moment.span,
                    })
                })
                .collect(),
            fields: self.pairs(block),
            strays: self.strays(block),
            span: node.span,
        })
    }
}
