//! The regime and its legal header.
//!
//! From the rough tree to the typed one; nothing is looked up, a part that is missing stays `None`.

use super::Lower;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::header::{
    Basis, Channel, Issuer, Regime, RegimeMember, Route, RoutePath, SignBy, Suspend, Version,
    WhoList,
};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn regime(&self, node: &Node) -> Regime {
        let head = node.child(Rule::regime_head);
        Regime {
            name: head.and_then(|head| self.name(head)),
            title: head.and_then(|head| self.label(head)),
            version: head.and_then(|head| self.version(head)),
            members: node
                .children
                .iter()
                .chain(self.misplaced(node))
                .filter_map(|child| self.regime_member(child))
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    pub(super) fn version(&self, node: &Node) -> Option<Version> {
        let node = node.child(Rule::version)?;
        let mut dates = node
            .all(Rule::full_date)
            .filter_map(|date| self.date_of(date));
        Some(Version {
            number: self.integer(node)?,
            from: dates.next()?,
            until: dates.next(),
            span: node.span,
        })
    }

    fn regime_member(&self, node: &Node) -> Option<RegimeMember> {
        Some(match node.rule {
            Rule::basis => RegimeMember::Basis(Basis {
                documents: self.labels(node),
                span: node.span,
            }),
            Rule::issuer => RegimeMember::Issuer(Issuer {
                name: self.label(node)?,
                span: node.span,
            }),
            Rule::track => RegimeMember::TrackStatistical(node.span),
            Rule::reporters => RegimeMember::Reporters(self.who_statement(node)),
            Rule::recipient => RegimeMember::Recipient(self.who_statement(node)),
            Rule::channel => RegimeMember::Channel(self.channel(node)),
            Rule::sign_by => RegimeMember::SignBy(self.sign_by(node)?),
            Rule::route => RegimeMember::Route(self.route(node)?),
            Rule::suspend => RegimeMember::Suspend(self.suspend(node)?),
            Rule::window => RegimeMember::Window(self.window(node)?),
            Rule::covers => RegimeMember::Covers(self.covers(node)?),
            Rule::period => RegimeMember::Period(self.period(node)),
            Rule::deadline => RegimeMember::Deadline(self.deadline(node)?),
            Rule::figures => RegimeMember::Figures(self.figures(node)?),
            Rule::form => RegimeMember::Form(Box::new(self.form(node))),
            Rule::balance | Rule::check | Rule::warn | Rule::when => {
                RegimeMember::Rule(self.rule(node)?)
            }
            Rule::test => RegimeMember::Test(self.test(node)),
            Rule::event => RegimeMember::Event(self.event(node)),
            Rule::list => RegimeMember::List(Box::new(self.list(node))),
            Rule::outline => RegimeMember::Outline(self.outline(node)),
            Rule::migrate => RegimeMember::Migration(self.migration(node)?),
            _ => return None,
        })
    }

    pub(super) fn who_statement(&self, node: &Node) -> WhoList {
        WhoList {
            who: self.who_list(node),
            span: node.span,
        }
    }

    pub(super) fn channel(&self, node: &Node) -> Channel {
        let mut any: Vec<Vec<Spanned<String>>> = Vec::new();
        let mut joined = false;
        for child in &node.children {
            match child.rule {
                Rule::kw_and => joined = true,
                Rule::comma => joined = false,
                Rule::listed_name => {
                    let name = self.spanned(child);
                    match any.last_mut() {
                        Some(group) if joined => group.push(name),
                        _ => any.push(vec![name]),
                    }
                }
                _ => {}
            }
        }
        Channel {
            any,
            span: node.span,
        }
    }

    pub(super) fn sign_by(&self, node: &Node) -> Option<SignBy> {
        Some(SignBy {
            role: self.child(node, Rule::listed_name)?,
            span: node.span,
        })
    }

    fn route(&self, node: &Node) -> Option<Route> {
        let path = if node.has(Rule::kw_along_the_tree) {
            RoutePath::AlongTheTree
        } else if let Some(table) = self.label(node) {
            RoutePath::Table(table)
        } else {
            RoutePath::Steps(
                node.all(Rule::who_list)
                    .map(|list| {
                        list.all(Rule::who)
                            .filter_map(|who| self.who_of(who))
                            .collect()
                    })
                    .collect(),
            )
        };
        Some(Route {
            path,
            dated: self.dated(node),
            forms: self.for_forms(node),
            span: node.span,
        })
    }

    fn suspend(&self, node: &Node) -> Option<Suspend> {
        Some(Suspend {
            from: self.who_of(node.child(Rule::who)?)?,
            to: self.who_list(node),
            dated: self.dated(node)?,
            forms: self.for_forms(node),
            reason: self.label(node)?,
            span: node.span,
        })
    }
}
