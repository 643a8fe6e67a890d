//! Tests that a regime carries.
//!
//! From the rough tree to the typed one; nothing is run, a value that cannot be read is told and left out.

use super::Lower;
use crate::syntax::ast::test::{
    Expect, ExpectKind, Given, GivenCells, GivenData, GivenNarrative, GivenPlan, GivenRegistry,
    GivenSuccession, Heir, Instance, Outcome, OwnRule, Pair, Reporter, RuleTarget, Table, TableRow,
    Test, TestMember, UnnamedRule, Value,
};
use crate::syntax::ast::{Spanned, Stray};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn test(&self, node: &Node) -> Test {
        Test {
            title: node
                .child(Rule::test_head)
                .and_then(|head| self.label(head)),
            members: node
                .children
                .iter()
                .filter_map(|child| self.test_member(child))
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn test_member(&self, node: &Node) -> Option<TestMember> {
        Some(match node.rule {
            Rule::test_reporter => {
                let level = self.name_after(node, Rule::kw_level);
                let names = usize::from(level.is_some());
                TestMember::Reporter(Reporter {
                    unit: self.label(node)?,
                    level,
                    tags: self
                        .children(node, Rule::name)
                        .into_iter()
                        .skip(names)
                        .collect(),
                    span: node.span,
                })
            }
            Rule::test_period => TestMember::Period(self.instance(node)?),
            Rule::given => TestMember::Given(self.given(node)?),
            Rule::expect => TestMember::Expect(Expect {
                kind: self.expectation(node.children.get(1)?)?,
                forms: self.for_forms(node.children.get(1)?),
                span: node.span,
            }),
            Rule::given_event => TestMember::GivenEvent(self.given_event(node)?),
            Rule::given_plan => TestMember::GivenPlan(self.given_plan(node)?),
            Rule::given_registry => TestMember::GivenRegistry(self.given_registry(node)?),
            Rule::given_succession => TestMember::GivenSuccession(self.given_succession(node)?),
            Rule::given_narrative => TestMember::GivenNarrative(GivenNarrative {
                narrative: self.name(node)?,
                text: self.label(node)?,
                span: node.span,
            }),
            _ => return None,
        })
    }

    fn instance(&self, node: &Node) -> Option<Spanned<Instance>> {
        let node = node.child(Rule::instance)?;
        let number = || self.integer(node).map(|number| number.value);
        let part = || {
            let (part, year) = self.of(node.child(Rule::part_of_year)?).split_once('/')?;
            Some((part.parse().ok()?, year.parse().ok()?))
        };
        let instance = match node.children.first()?.rule {
            Rule::kw_month => {
                let (month, year) = part()?;
                Instance::Month(month, year)
            }
            Rule::kw_quarter => {
                let (quarter, year) = part()?;
                Instance::Quarter(quarter, year)
            }
            Rule::kw_first_half => Instance::FirstHalf(number()?),
            Rule::kw_second_half => Instance::SecondHalf(number()?),
            Rule::kw_nine_months => Instance::NineMonths(number()?),
            Rule::kw_year => Instance::Year(number()?),
            Rule::kw_week => {
                let (week, year) = part()?;
                Instance::Week(week, year)
            }
            Rule::kw_ten_days => {
                let (month, year) = part()?;
                Instance::TenDays(number()?, month, year)
            }
            Rule::kw_day => Instance::Day(self.date(node)?.value),
            Rule::kw_daily_of => Instance::DailyOf(self.name(node)?, self.date(node)?.value),
            Rule::kw_on_request => Instance::OnRequest(self.date(node)?.value),
            Rule::kw_end_of => Instance::EndOf(self.name(node)?, number()),
            _ => {
                let mut years = node
                    .child(Rule::year_span)
                    .map_or("", |years| self.of(years))
                    .split('-')
                    .map(|year| year.parse().ok());
                Instance::Named(
                    self.name(node)?,
                    years.next().flatten(),
                    years.next().flatten(),
                )
            }
        };
        Some(Spanned::new(instance, node.span))
    }

    fn given(&self, node: &Node) -> Option<Given> {
        Some(Given {
            previous: node.has(Rule::kw_given_previous),
            form: self.path_of(node.child(Rule::path)?),
            of: self.label_after(node, Rule::kw_of),
            during: self.instance(node),
            data: self.given_data(node)?,
            strays: self.given_strays(node),
            span: node.span,
        })
    }

    fn given_data(&self, node: &Node) -> Option<GivenData> {
        Some(if let Some(missing) = node.child(Rule::kw_missing) {
            GivenData::Missing(missing.span)
        } else if let Some(file) = self.label_after(node, Rule::kw_from) {
            GivenData::Table(file)
        } else {
            GivenData::Cells(self.given_cells(node.child(Rule::given_block)?))
        })
    }

    fn given_strays(&self, node: &Node) -> Vec<Stray> {
        node.child(Rule::given_block)
            .map(|block| self.strays(block))
            .unwrap_or_default()
    }

    fn given_plan(&self, node: &Node) -> Option<GivenPlan> {
        Some(GivenPlan {
            target: self.child(node, Rule::path)?,
            of: self.label_after(node, Rule::kw_of),
            during: self.instance(node),
            data: self.given_data(node)?,
            strays: self.given_strays(node),
            span: node.span,
        })
    }

    fn given_registry(&self, node: &Node) -> Option<GivenRegistry> {
        Some(GivenRegistry {
            unit: self.label(node)?,
            attributes: self.pairs(node.child(Rule::facts_block)?),
            strays: self.strays(node.child(Rule::facts_block)?),
            span: node.span,
        })
    }

    fn given_succession(&self, node: &Node) -> Option<GivenSuccession> {
        Some(GivenSuccession {
            old: self.labels(node),
            heirs: node
                .all(Rule::heir)
                .filter_map(|heir| {
                    Some(Heir {
                        unit: self.label(heir)?,
                        share: heir
                            .child(Rule::number)
                            .map(|share| Spanned::new(self.number_of(share), share.span)),
                        span: heir.span,
                    })
                })
                .collect(),
            from: self.date(node)?,
            span: node.span,
        })
    }

    fn given_cells(&self, node: &Node) -> Vec<GivenCells> {
        node.children
            .iter()
            .filter_map(|child| match child.rule {
                Rule::pair => Some(GivenCells::Pair(self.pair(child)?)),
                Rule::given_row => Some(GivenCells::Row {
                    row: self.child(child, Rule::place)?,
                    pairs: self.pairs(child),
                    strays: self.strays(child),
                    span: child.span,
                }),
                Rule::given_table => Some(GivenCells::Table(self.table(child))),
                _ => None,
            })
            .collect()
    }

    /// The pairs of a block.
    pub(super) fn pairs(&self, block: &Node) -> Vec<Pair> {
        block
            .all(Rule::pair)
            .filter_map(|pair| self.pair(pair))
            .collect()
    }

    fn pair(&self, node: &Node) -> Option<Pair> {
        Some(Pair {
            place: self.children(node, Rule::place),
            value: self.value(node.child(Rule::value)?)?,
            span: node.span,
        })
    }

    fn table(&self, node: &Node) -> Table {
        Table {
            columns: self.children(node, Rule::place),
            rows: node
                .all(Rule::table_row)
                .map(|row| TableRow {
                    row: self.child(row, Rule::place),
                    values: row
                        .all(Rule::value)
                        .filter_map(|value| self.value(value))
                        .collect(),
                    span: row.span,
                })
                .collect(),
            span: node.span,
        }
    }

    fn value(&self, node: &Node) -> Option<Spanned<Value>> {
        let last = node.children.last()?;
        let value = match last.rule {
            Rule::number | Rule::thousands | Rule::decimal_comma => Value::Number {
                negative: node.has(Rule::value_sign),
                number: self.number_of(last),
            },
            Rule::full_date => Value::Date(self.date_of(last)?.value),
            Rule::label => Value::Text(self.label_of(last).value),
            Rule::kw_nil => Value::Nil,
            Rule::kw_blank_value => Value::Blank,
            Rule::kw_closed_value => Value::Closed,
            Rule::kw_yes => Value::Yes,
            Rule::kw_no => Value::No,
            _ => Value::Name(self.of(last).to_owned()),
        };
        Some(Spanned::new(value, node.span))
    }

    fn expectation(&self, node: &Node) -> Option<ExpectKind> {
        let mut dates = node
            .all(Rule::full_date)
            .filter_map(|date| self.date_of(date));
        let who = || node.child(Rule::who).and_then(|who| self.who_of(who));
        Some(match node.rule {
            Rule::kw_valid => ExpectKind::Valid,
            Rule::kw_complete => ExpectKind::Complete,
            Rule::expect_outcome => {
                let outcome = match node.children.first()?.rule {
                    Rule::kw_fails => Outcome::Fails,
                    Rule::kw_warns => Outcome::Warns,
                    Rule::kw_holds => Outcome::Holds,
                    Rule::kw_inapplicable => Outcome::Inapplicable,
                    _ => Outcome::Undecided,
                };
                let target = node.children.get(1)?;
                let target = match target.rule {
                    Rule::cell => RuleTarget::Cell(self.cell_of(target)),
                    Rule::row_reference => RuleTarget::Row(self.row_of(target)?),
                    Rule::own_rule => RuleTarget::Own(self.own_rule(target)?),
                    Rule::unnamed_rule => RuleTarget::Unnamed(self.unnamed_rule(target)?),
                    _ => RuleTarget::Rule(self.spanned(target)),
                };
                ExpectKind::Outcome(outcome, target)
            }
            Rule::expect_due => ExpectKind::Due(who()?, dates.next()?, self.clock(node)),
            Rule::expect_extent if node.has(Rule::kw_window) => {
                ExpectKind::Window(dates.next()?, dates.next()?)
            }
            Rule::expect_extent => ExpectKind::Covers(dates.next()?, dates.next()?),
            Rule::expect_route => ExpectKind::Route(self.name(node)?, who()),
            Rule::expect_prints => ExpectKind::Prints(self.cell(node)?, self.label(node)?),
            Rule::expect_value => {
                let mut numbers = node.all(Rule::integer).map(|number| self.whole(number));
                ExpectKind::Value {
                    subject: self.expr_in(node)?,
                    value: self.value(node.child(Rule::value)?)?,
                    reason: self.label(node),
                    partial: numbers.next().zip(numbers.next()),
                }
            }
            _ => return None,
        })
    }

    fn own_rule(&self, node: &Node) -> Option<OwnRule> {
        Some(OwnRule {
            cell: self.cell(node)?,
            name: self.spanned(node.child(Rule::own_rule_name)?),
            span: node.span,
        })
    }

    fn unnamed_rule(&self, node: &Node) -> Option<UnnamedRule> {
        let picks = node.all(Rule::pick);
        Some(UnnamedRule {
            place: self.name(node)?,
            number: self.spanned(node.child(Rule::rule_number)?),
            picks: picks.filter_map(|pick| self.pick(pick)).collect(),
            span: node.span,
        })
    }
}
