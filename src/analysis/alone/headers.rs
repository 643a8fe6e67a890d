//! The statements of a regime around its forms: documents, parties, routes, periods, migrations.
//!
//! It deliberately does not know whether a route leads anywhere. Statements that may stand once are reported where the header is read.

use super::Judge;
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::number::Number;
use crate::syntax::ast::header::{Regime, RegimeMember, RoutePath};
use crate::syntax::ast::migrate::StepKind;
use crate::syntax::ast::test::{Test, TestMember};
use crate::syntax::ast::time::{Period, PeriodMember, Which};
use crate::syntax::ast::{Date, Spanned, Who};
use crate::text::Span;

impl Judge<'_, '_> {
    pub(super) fn regime(&mut self, written: &Regime) {
        // A line that cannot be read may declare the event.
        let event = |member: &RegimeMember| matches!(member, RegimeMember::Event(_));
        self.events = !written.strays.is_empty() || written.members.iter().any(event);
        if let Some(title) = &written.title {
            self.text(title);
        }
        let (mut documents, mut routes, mut rules) = (Vec::new(), Vec::new(), Vec::new());
        let mut titles: Vec<&Spanned<String>> = Vec::new();
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
                | RegimeMember::Figures(_) => {}
                RegimeMember::Test(test) => {
                    titles.extend(&test.title);
                    self.test(test);
                }
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
        // Results and the list of tests name them by their titles.
        self.once(titles.iter().map(|one| (one.value.trim(), one.span)));
        self.labels_of_regime(written);
        self.in_time(written);
        self.waived(written);
    }

    /// What one test expects twice, and units that it divides into more than the whole.
    fn test(&mut self, test: &Test) {
        for member in &test.members {
            let TestMember::GivenSuccession(succession) = member else {
                continue;
            };
            let shares = succession
                .heirs
                .iter()
                .filter_map(|heir| heir.share.as_ref());
            let shares = shares.filter_map(|share| {
                let number = Number::parse(&share.value.digits).ok()?;
                match share.value.percent {
                    true => number.checked_div(&Number::from_i64(100)),
                    false => Some(number),
                }
            });
            let sum = shares.fold(Number::zero(), |sum, share| sum.add(&share));
            if sum > Number::one() {
                self.context.report(
                    ForegoneProblem::SharesAboveWhole,
                    self.file,
                    succession.span,
                );
            }
        }
        let expected = test.members.iter().filter_map(|member| match member {
            TestMember::Expect(expect) => Some(expect.span),
            _ => None,
        });
        let expected: Vec<Span> = expected.collect();
        self.spans(&expected);
    }

    /// Routes that hold on no day of the regime. What ends before it begins was reported as such.
    fn in_time(&mut self, written: &Regime) {
        let Some(version) = &written.version else {
            return;
        };
        let day = |date: &Spanned<Date>| (date.value.year, date.value.month, date.value.day);
        for member in &written.members {
            let (dated, suspension) = match member {
                RegimeMember::Route(route) => (route.dated.as_ref(), false),
                RegimeMember::Suspend(suspend) => (Some(&suspend.dated), true),
                _ => continue,
            };
            let Some(dated) = dated else { continue };
            let before = dated.until.as_ref().map(day) < Some(day(&version.from));
            let after = dated
                .from
                .as_ref()
                .map(day)
                .zip(version.until.as_ref().map(day));
            let before = before && dated.until.is_some();
            if before || after.is_some_and(|(from, until)| from > until) {
                self.context.report(
                    ForegoneProblem::RouteOutsideForce { suspension },
                    self.file,
                    dated.span,
                );
            }
        }
    }

    /// Reports at the end of an event that are waived although no daily report answers for them.
    fn waived(&mut self, written: &Regime) {
        let periods = || {
            written.members.iter().filter_map(|member| match member {
                RegimeMember::Period(period) => Some(period),
                _ => None,
            })
        };
        let daily: Vec<&str> = periods()
            .flat_map(|period| &period.kinds)
            .filter_map(|kind| match &kind.value {
                Which::DailyOf(event) => Some(event.value.as_str()),
                _ => None,
            })
            .collect();
        // A line that cannot be read may be the missing one.
        if !written.strays.is_empty() {
            return;
        }
        for period in periods() {
            let mut events = period.kinds.iter().filter_map(|kind| match &kind.value {
                Which::EndOf(event) if !daily.contains(&event.value.as_str()) => Some(event),
                _ => None,
            });
            let waived = period.members.iter().find_map(|member| match member {
                PeriodMember::WaivedWhen(_, span) => Some(*span),
                _ => None,
            });
            if let (Some(event), Some(span)) = (events.next_back(), waived) {
                let event = event.value.clone();
                let problem = ForegoneProblem::WaivedForNothing { event };
                self.context.report(problem, self.file, span);
            }
        }
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
