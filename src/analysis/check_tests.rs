//! Tests of a regime, resolved to plain data.
//!
//! It deliberately does not run them. A part that leads nowhere is reported and left out of the data.

use super::context::Context;
use super::dates;
use super::forms::FormDraft;
use super::model::{PeriodRule, Rule, form::Rows};
use super::outline_model::Outline;
use super::periods;
use super::shared::Shared;
use super::tests_model::{Expectation, ExpectationKind, Outcome, TestCase, TestCell, TestReporter};
use super::values::{self, Use};
use crate::calendar::{DateRange, Period};
use crate::diagnostic::Label;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::rule::{RuleProblem, TestPart};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Expr, ExprKind, Pick};
use crate::syntax::ast::test as tree;
use crate::syntax::ast::test::{ExpectKind, TestMember};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What tests are read against.
pub(super) struct TestReader<'r, 'a, 'p> {
    /// Reports.
    pub context: &'r mut Context<'p>,
    /// Words of the project.
    pub shared: &'r Shared,
    /// Forms of the regime, complete.
    pub forms: &'r [FormDraft<'a>],
    /// Forms that unreadable lines may have declared.
    pub form_strays: &'r BTreeSet<String>,
    /// Periods of the regime.
    pub periods: &'r [PeriodRule],
    /// Written rules of the regime.
    pub rules: &'r [Rule],
    /// Outlines of the regime.
    pub outlines: &'r [Outline],
    /// Identifiers that unreadable lines may have declared.
    pub rule_strays: &'r BTreeSet<String>,
    /// Name of the regime.
    pub regime: &'r str,
    /// The file.
    pub file: FileId,
    /// Rows of the list at hand that were given before.
    pub added_rows: usize,
    /// The period under test, where it could be read.
    pub period: Option<Period>,
    /// The period of the report that is being given.
    pub at_hand: Option<Period>,
    /// The units of the project's table that names outside it may mean, as far as they were asked for.
    pub near_units: BTreeMap<String, Option<String>>,
    /// The rules that the project switches, once that is asked.
    pub switched: Option<BTreeSet<String>>,
}

impl TestReader<'_, '_, '_> {
    /// Reads one test; `None` without a reporter or period.
    pub fn read(&mut self, written: &tree::Test) -> Option<TestCase> {
        let mut reporter = None;
        let mut period_said = !written.strays.is_empty();
        let mut given = Vec::new();
        let mut registry = Vec::new();
        let mut narratives = Vec::new();
        let mut plan_values = Vec::new();
        let mut successions = Vec::new();
        let mut events = Vec::new();
        let mut expectations = Vec::new();
        let mut expected = false;
        let mut seen = BTreeSet::new();
        // The period is wherever its line stands; what is given depends on it.
        let (period, said) = self.period_of(written);
        period_said |= said;
        self.period = period;
        for member in &written.members {
            match member {
                TestMember::Reporter(said) if reporter.is_some() => {
                    periods::repeated(self.context, self.file, said.span);
                }
                TestMember::Reporter(said) => reporter = Some(self.reporter(said)),
                TestMember::Period(_) => {}
                TestMember::Given(said) => given.extend(self.given(said, &mut seen)),
                TestMember::Expect(said) => {
                    expected = true;
                    if let Some(kind) = self.expectation(said) {
                        let label = Label {
                            file: self.file,
                            span: said.span,
                        };
                        expectations.push(Expectation { kind, label });
                    }
                }
                TestMember::GivenEvent(said) => events.push(said),
                TestMember::GivenPlan(part) => plan_values.extend(self.given_plan(part)),
                TestMember::GivenRegistry(said) => registry.extend(self.given_registry(said)),
                TestMember::GivenSuccession(part) => {
                    successions.extend(self.given_succession(part));
                }
                TestMember::GivenNarrative(said) => narratives.extend(self.narrative(said)),
            }
        }
        if written.strays.is_empty() {
            let missing = [
                (reporter.is_none(), TestPart::Reporter),
                (!period_said, TestPart::Period),
                (!expected, TestPart::Expectation),
            ];
            for (_, missing) in missing.into_iter().filter(|(absent, _)| *absent) {
                self.report(RuleProblem::TestIncomplete { missing }, written.head);
            }
        }
        let event = period.and_then(|period| self.event_of(period, &events, written.head));
        let ended_events = match period.map(|period| period.kind().event()) {
            Some(None) => self.ended_events(&events),
            _ => Vec::new(),
        };
        if let Some(period) = period {
            self.units_then(period, event.as_ref(), written);
        }
        let cutoff = period.and_then(|period| self.cutoff(period, event.as_ref()));
        self.units_meant(written, cutoff);
        self.contradictions(&expectations);
        let place = self.context.place(self.file, written.span);
        Some(TestCase {
            title: written
                .title
                .as_ref()
                .map_or(String::new(), |title| title.value.clone()),
            label: place.label,
            line: place.line,
            reporter: reporter?,
            period: period?,
            event,
            ended_events,
            given,
            plan_values,
            successions,
            registry,
            narratives,
            expectations,
        })
    }

    pub(super) fn report(&mut self, problem: impl Into<Problem>, span: Span) {
        self.context.report(problem, self.file, span);
    }

    fn reporter(&mut self, written: &tree::Reporter) -> TestReporter {
        if let Some(level) = &written.level {
            let names = self
                .shared
                .words
                .levels
                .iter()
                .map(|level| level.name.as_str());
            let mut levels = self.shared.words.levels.iter();
            if let Some(known) = levels.find(|known| known.name == level.value) {
                let declared = known.place.label;
                self.context
                    .refer(NameKind::Level, self.file, level.span, declared);
            } else {
                self.context.unknown(
                    NameKind::Level,
                    level,
                    self.file,
                    names,
                    &self.shared.strays,
                );
            }
        } else if let Some(units) = &self.shared.unit_names
            && !units.contains(&written.unit.value)
            && !self.shared.is_agency_label(&written.unit.value)
        {
            let names = units.iter().map(String::as_str);
            self.context.unknown(
                NameKind::Unit,
                &written.unit,
                self.file,
                names,
                &BTreeSet::new(),
            );
        }
        for tag in &written.tags {
            self.shared.tag(self.context, self.file, tag);
        }
        TestReporter {
            name: written.unit.value.clone(),
            level: written.level.as_ref().map(|level| level.value.clone()),
            tags: written.tags.iter().map(|tag| tag.value.clone()).collect(),
        }
    }

    pub(super) fn collected(&mut self, period: Period, span: Span) {
        if !self.periods.is_empty() && !self.periods.iter().any(|rule| rule.choice.accepts(&period))
        {
            let period = (period.name_vi(), period.name_en());
            self.report(RuleProblem::PeriodNotCollected { period }, span);
        }
    }

    pub(super) fn form(&mut self, path: &[Spanned<String>], span: Span) -> Option<usize> {
        let [name] = path else {
            let path = self.context.text(self.file, span);
            self.report(PlaceProblem::TestElsewhere { path }, span);
            return None;
        };
        let found = self.context.form_places.get(&name.value).copied();
        match found.and_then(|form| self.forms.get(form)) {
            Some(draft) => {
                self.context
                    .refer(NameKind::Form, self.file, name.span, draft.form.place.label)
            }
            None => {
                let names = self.forms.iter().map(|draft| draft.form.name.as_str());
                self.context
                    .unknown(NameKind::Form, name, self.file, names, self.form_strays);
            }
        }
        found
    }

    pub(super) fn column(&mut self, form: usize, place: &Spanned<String>) -> Option<usize> {
        let draft = self.forms.get(form)?;
        let found = draft.find(&place.value);
        match found.and_then(|column| draft.form.columns.get(column)) {
            Some(column) => {
                self.context.refer_column(self.file, place.span, column);
            }
            None => self.context.unknown(
                NameKind::Column,
                place,
                self.file,
                draft.places(),
                &draft.strays,
            ),
        }
        found
    }

    fn expectation(&mut self, written: &tree::Expect) -> Option<ExpectationKind> {
        match &written.kind {
            ExpectKind::Valid => Some(ExpectationKind::Valid),
            ExpectKind::Complete => Some(ExpectationKind::Complete),
            ExpectKind::Outcome(said, target) => {
                let outcome = match said {
                    tree::Outcome::Fails => Outcome::Fails,
                    tree::Outcome::Warns => Outcome::Warns,
                    tree::Outcome::Undecided => Outcome::Undecided,
                    tree::Outcome::Holds => Outcome::Holds,
                    tree::Outcome::Inapplicable => Outcome::Inapplicable,
                };
                if let tree::RuleTarget::Rule(rule) = target {
                    self.outcome_of_rule(*said, &rule.value, rule.span);
                }
                self.rule_target(target)
                    .map(|target| ExpectationKind::Outcome(outcome, target))
            }
            ExpectKind::Due(who, date, clock) => {
                let date = dates::date(self.context, self.file, date);
                let clock = match clock {
                    Some(clock) => {
                        Some(dates::clock(self.context, self.file, written.span, *clock)?)
                    }
                    None => None,
                };
                for tag in &who.tags {
                    self.shared.tag(self.context, self.file, tag);
                }
                let party = self.sender(&who.name)?;
                Some(ExpectationKind::Due {
                    forms: self.forms_named(&written.forms)?,
                    party,
                    date: date?,
                    clock,
                })
            }
            ExpectKind::Window(from, to) => {
                let forms = self.forms_named(&written.forms)?;
                let days = self.range(from, to)?;
                Some(ExpectationKind::Window { forms, days })
            }
            ExpectKind::Covers(from, to) => {
                let forms = self.forms_named(&written.forms)?;
                let days = self.range(from, to)?;
                Some(ExpectationKind::Covers { forms, days })
            }
            ExpectKind::Route(form, who) => {
                let found = self.form(std::slice::from_ref(form), form.span)?;
                let next = match who {
                    Some(who) => Some(self.shared.resolve_party(self.context, self.file, who)?),
                    None => None,
                };
                let form = self.forms.get(found)?.form.name.clone();
                Some(ExpectationKind::Route { form, next })
            }
            ExpectKind::Prints(cell, text) => {
                let (form, column) = self.printed_column(cell)?;
                Some(ExpectationKind::Prints {
                    form,
                    column,
                    text: text.value.clone(),
                })
            }
            ExpectKind::Value {
                subject,
                value,
                reason,
                partial,
            } => {
                let (cell, form, column) = self.subject(subject)?;
                let draft = self.forms.get(form)?;
                let found = &draft.form;
                let row = draft.find_row(&cell.row);
                let model = found.columns.get(column)?;
                let of = values::Cell {
                    value: values::type_of(found, row, column)?,
                    shown: model.shown(),
                    declared: draft.kind_declared(row, column),
                    on: self.valid_on(found, self.period),
                };
                let value = values::read(
                    self.context,
                    self.shared,
                    self.file,
                    &of,
                    value,
                    Use::Expected,
                )?;
                Some(ExpectationKind::Value {
                    cell,
                    value,
                    reason: reason.as_ref().map(|reason| reason.value.clone()),
                    partial: partial.as_ref().map(|(k, n)| (k.value, n.value)),
                })
            }
        }
    }

    /// The forms that an expectation is about; none where one of them is not known.
    fn forms_named(&mut self, names: &[Spanned<String>]) -> Option<Vec<String>> {
        let found: Vec<Option<String>> = names
            .iter()
            .map(|name| {
                let form = self.form(std::slice::from_ref(name), name.span)?;
                Some(self.forms.get(form)?.form.name.clone())
            })
            .collect();
        found.into_iter().collect()
    }

    fn range(
        &mut self,
        from: &Spanned<crate::syntax::ast::Date>,
        to: &Spanned<crate::syntax::ast::Date>,
    ) -> Option<DateRange> {
        let first = dates::date(self.context, self.file, from);
        let last = dates::date(self.context, self.file, to);
        let (from, to) = dates::in_order(
            self.context,
            self.file,
            from.span.cover(to.span),
            first,
            last,
        );
        from.zip(to).map(|(from, to)| DateRange { from, to })
    }

    /// A sender with a deadline.
    fn sender(&mut self, name: &Spanned<String>) -> Option<String> {
        let of_forms = self.forms.iter().map(|draft| &draft.form.time.deadlines);
        let names: Vec<&str> = self
            .periods
            .iter()
            .map(|rule| &rule.deadlines)
            .chain(of_forms)
            .flatten()
            .map(|deadline| deadline.party.name.as_str())
            .collect();
        if names.contains(&name.value.as_str()) {
            if let Some(declared) = self.shared.party(&name.value) {
                self.context
                    .refer(NameKind::Reporter, self.file, name.span, declared);
            }
            return Some(name.value.clone());
        }
        if !self.periods.is_empty() {
            self.context.unknown(
                NameKind::Sender,
                name,
                self.file,
                names.into_iter(),
                &self.shared.strays,
            );
        }
        None
    }

    fn subject(&mut self, subject: &Expr) -> Option<(TestCell, usize, usize)> {
        match &subject.kind {
            ExprKind::Cell(cell) => {
                let found = self.test_cell(cell)?;
                let draft = self.forms.get(found.1)?;
                // In a list a value is that of one row; only a rule may be broken in any.
                if draft.form.rows == Rows::Listed && found.0.row.is_empty() {
                    self.report(RuleProblem::ExpectationTooWide, subject.span);
                    return None;
                }
                Some(found)
            }
            _ => {
                self.report(RuleProblem::ExpectationTooWide, subject.span);
                None
            }
        }
    }

    /// One cell of a report; a range or `*` is no cell.
    pub(super) fn test_cell(&mut self, cell: &CellRef) -> Option<(TestCell, usize, usize)> {
        if cell.path.is_empty() {
            let column = self
                .context
                .text(self.file, cell.span)
                .trim_matches(['[', ']'])
                .to_owned();
            self.report(RuleProblem::FormNeeded { column }, cell.span);
            return None;
        }
        let form = self.form(&cell.path, cell.span)?;
        let (row, unit, place) = match cell.picks.as_slice() {
            [column] => {
                let name = Spanned::new(self.context.text(self.file, column.span), column.span);
                (self.own_row(form, &name, cell.span)?, None, column)
            }
            [
                Spanned {
                    value: Pick::Total, ..
                },
                column,
            ] => ("total".to_owned(), None, column),
            [
                Spanned {
                    value: Pick::Unit(unit),
                    ..
                },
                column,
            ] => (String::new(), Some(unit.clone()), column),
            [
                Spanned {
                    value: Pick::Place(row),
                    span,
                },
                column,
            ] => {
                let row = Spanned::new(row.clone(), *span);
                (self.row(form, &row)?, None, column)
            }
            _ => {
                self.report(RuleProblem::ExpectationTooWide, cell.span);
                return None;
            }
        };
        let Pick::Place(name) = &place.value else {
            self.report(RuleProblem::ExpectationTooWide, cell.span);
            return None;
        };
        let column = self.column(form, &Spanned::new(name.clone(), place.span))?;
        let draft = self.forms.get(form)?;
        let key = draft.form.columns.get(column)?.key(column);
        Some((
            TestCell {
                form: draft.form.name.clone(),
                unit,
                row,
                column: key,
            },
            form,
            column,
        ))
    }

    /// A column of a form, for what is printed: no row is needed.
    fn printed_column(&mut self, cell: &CellRef) -> Option<(String, String)> {
        let form = self.form(&cell.path, cell.span)?;
        let Some(Spanned {
            value: Pick::Place(name),
            span,
        }) = cell.picks.last()
        else {
            self.report(RuleProblem::ExpectationTooWide, cell.span);
            return None;
        };
        let column = self.column(form, &Spanned::new(name.clone(), *span))?;
        let draft = self.forms.get(form)?;
        let key = draft.form.columns.get(column)?.key(column);
        Some((draft.form.name.clone(), key))
    }
}
