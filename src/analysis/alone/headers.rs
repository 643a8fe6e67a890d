//! The statements of a regime around its forms: documents, parties, routes, periods, migrations.
//!
//! It deliberately does not know whether a route leads anywhere. Statements that may stand once are reported where the header is read.

use super::Judge;
use crate::syntax::ast::Who;
use crate::syntax::ast::header::{Regime, RegimeMember, RoutePath};
use crate::syntax::ast::migrate::StepKind;
use crate::syntax::ast::time::{Period, PeriodMember};
use crate::text::Span;

impl Judge<'_, '_> {
    pub(super) fn regime(&mut self, written: &Regime) {
        if let Some(title) = &written.title {
            self.text(title);
        }
        let (mut documents, mut routes, mut rules) = (Vec::new(), Vec::new(), Vec::new());
        let mut reporters: Vec<&Who> = Vec::new();
        let mut recipients: Vec<&Who> = Vec::new();
        for member in &written.members {
            match member {
                RegimeMember::Basis(basis) => documents.extend(&basis.documents),
                RegimeMember::Issuer(issuer) => self.text(&issuer.name),
                RegimeMember::Reporters(list) => reporters.extend(&list.who),
                RegimeMember::Recipient(list) => recipients.extend(&list.who),
                RegimeMember::Channel(channel) => self.channel(channel),
                RegimeMember::Route(route) => {
                    if let RoutePath::Steps(steps) = &route.path {
                        for step in steps {
                            self.parties(step);
                        }
                    }
                    self.names(&route.forms);
                    routes.push(route.span);
                }
                RegimeMember::Suspend(suspend) => {
                    self.parties(&suspend.to);
                    self.names(&suspend.forms);
                    self.text(&suspend.reason);
                    let paths = suspend.to.iter().map(|to| to.span);
                    let path = paths.fold(suspend.from.span, Span::cover);
                    let clauses = suspend.forms.iter().map(|form| form.span);
                    routes.push(clauses.fold(path, Span::cover));
                }
                RegimeMember::Period(period) => self.period(period),
                RegimeMember::Form(form) => self.form(form),
                RegimeMember::Rule(rule) => rules.push(rule),
                RegimeMember::Event(event) => self.event(event),
                RegimeMember::List(list) => self.list(list),
                RegimeMember::Outline(outline) => self.outline(outline),
                RegimeMember::Migration(migration) => {
                    for step in &migration.steps {
                        if let StepKind::Drop { reason, .. } = &step.kind {
                            self.text(reason);
                        }
                    }
                }
                RegimeMember::TrackStatistical(_)
                | RegimeMember::SignBy(_)
                | RegimeMember::Window(_)
                | RegimeMember::Covers(_)
                | RegimeMember::Deadline(_)
                | RegimeMember::Figures(_)
                | RegimeMember::Test(_) => {}
            }
        }
        for document in &documents {
            self.text(document);
        }
        self.once(documents.iter().map(|one| (one.value.trim(), one.span)));
        self.parties(reporters);
        self.parties(recipients);
        self.spans(&routes);
        self.rules(rules.into_iter());
    }

    fn period(&mut self, period: &Period) {
        if let Some(relation) = &period.relation {
            self.written(&relation.to);
        }
        for member in &period.members {
            if let PeriodMember::Channel(channel) = member {
                self.channel(channel);
            }
        }
    }
}
