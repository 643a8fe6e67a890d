//! Forms, columns, rows, groups, attributes.
//!
//! From the rough tree to the typed one; a part that is missing stays `None`, a line that is none of these becomes a stray.

use super::Lower;
use super::time::vintage_of;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form::{
    Attribute, Bound, Cells, Default, Each, FilledBy, Form, FormMember, Formula, Group,
    GroupMember, Nature, Row, RowSource, Rows, Shows, Total, UnitGrouping, ValueType,
};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn form(&self, node: &Node) -> Form {
        let head = node.child(Rule::form_head);
        let mut labels = head
            .map(|head| self.labels(head))
            .unwrap_or_default()
            .into_iter();
        Form {
            name: head.and_then(|head| self.name(head)),
            sign: labels.next(),
            title: labels.next(),
            version: head.and_then(|head| self.version(head)),
            members: node
                .children
                .iter()
                .filter_map(|child| self.form_member(child))
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn form_member(&self, node: &Node) -> Option<FormMember> {
        Some(match node.rule {
            Rule::default => FormMember::Default(self.default(node)),
            Rule::only_statement => FormMember::Only(self.only(node)?),
            Rule::window => FormMember::Window(self.window(node)?),
            Rule::covers => FormMember::Covers(self.covers(node)?),
            Rule::deadline => FormMember::Deadline(self.deadline(node)?),
            Rule::channel => FormMember::Channel(self.channel(node)),
            Rule::sign_by => FormMember::SignBy(self.sign_by(node)?),
            Rule::figures => FormMember::Figures(self.figures(node)?),
            Rule::rows_statement => FormMember::Rows(self.rows(node)?),
            Rule::consolidated => FormMember::ConsolidatedRows(self.rows(node)?),
            Rule::total_row => FormMember::TotalRow(self.total(node)?),
            Rule::total_group => FormMember::TotalGroup(self.total(node)?),
            Rule::column => FormMember::Column(self.cells_statement(node)?),
            Rule::field => FormMember::Field(self.cells_statement(node)?),
            Rule::group => FormMember::Group(self.group(node)),
            Rule::row => FormMember::Row(self.row(node)?),
            Rule::balance | Rule::check | Rule::warn | Rule::when => {
                FormMember::Rule(self.rule(node)?)
            }
            _ => return None,
        })
    }

    pub(super) fn default(&self, node: &Node) -> Default {
        Default {
            attributes: self.attributes(node),
            span: node.span,
        }
    }

    pub(super) fn total(&self, node: &Node) -> Option<Total> {
        Some(Total {
            label: self.label(node)?,
            span: node.span,
        })
    }

    fn rows(&self, statement: &Node) -> Option<Rows> {
        let node = statement.child(Rule::rows)?;
        let source = match node.children.first()?.rule {
            Rule::kw_rows_each_reporting_unit => RowSource::EachReportingUnit {
                grouped_by: node.child(Rule::grouped).and_then(|grouped| {
                    let by = grouped.children.last()?;
                    let grouping = match by.rule {
                        Rule::kw_level => UnitGrouping::Level,
                        _ => UnitGrouping::Named(self.of(by).to_owned()),
                    };
                    Some(Spanned::new(grouping, by.span))
                }),
            },
            Rule::kw_rows_chosen_from => RowSource::ChosenFrom(self.name(node)?),
            _ => RowSource::From {
                catalog: self.name(node)?,
                grouped_by: self.cell(node),
            },
        };
        Some(Rows {
            source,
            span: statement.span,
        })
    }

    pub(super) fn cells_statement(&self, node: &Node) -> Option<Cells> {
        Some(Cells {
            code: self.child(node, Rule::printed),
            name: self.child(node, Rule::cell_name),
            label: self.label(node)?,
            attributes: self.attributes(node),
            formula: self.formula(node),
            span: node.span,
        })
    }

    /// The chain of a statement; several chains are one, because each further side must agree.
    pub(super) fn formula(&self, node: &Node) -> Option<Formula> {
        let mut whole: Option<Formula> = None;
        for part in node.all(Rule::formula) {
            let sides = self.sides(part);
            match whole.as_mut() {
                Some(formula) => {
                    formula.sides.extend(sides);
                    formula.span = formula.span.cover(part.span);
                }
                None => {
                    // The node may begin with line ends: the chain begins at its first sign.
                    let start = part.child(Rule::equals).map_or(part.span, |sign| sign.span);
                    whole = Some(Formula {
                        sides,
                        span: start.cover(crate::text::Span::at(part.span.end)),
                    });
                }
            }
        }
        whole
    }

    fn group(&self, node: &Node) -> Group {
        let head = node.child(Rule::group_head);
        let each = head.and_then(|head| {
            if let Some(unit) = head.child(Rule::kw_each_reporting_unit) {
                return Some(Spanned::new(Each::ReportingUnit, unit.span));
            }
            let entry = self.name(head)?;
            Some(Spanned::new(Each::Entry(entry.value), entry.span))
        });
        Group {
            code: head.and_then(|head| self.child(head, Rule::printed)),
            each,
            label: head.and_then(|head| self.label(head)),
            attributes: head.map(|head| self.attributes(head)).unwrap_or_default(),
            members: self.group_members(node),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn group_members(&self, node: &Node) -> Vec<GroupMember> {
        node.children
            .iter()
            .filter_map(|child| match child.rule {
                Rule::column => Some(GroupMember::Column(self.cells_statement(child)?)),
                Rule::group => Some(GroupMember::Group(self.group(child))),
                Rule::row => Some(GroupMember::Row(self.row(child)?)),
                _ => None,
            })
            .collect()
    }

    fn row(&self, node: &Node) -> Option<Row> {
        Some(Row {
            cells: self.cells_statement(node)?,
            members: self.group_members(node),
            strays: self.strays(node),
            span: node.span,
        })
    }

    pub(super) fn attributes(&self, node: &Node) -> Vec<Spanned<Attribute>> {
        node.all(Rule::attribute)
            .filter_map(|attribute| {
                let inner = attribute.children.first()?;
                Some(Spanned::new(self.attribute(inner)?, attribute.span))
            })
            .collect()
    }

    fn attribute(&self, node: &Node) -> Option<Attribute> {
        Some(match node.rule {
            Rule::own_measure_of => Attribute::OwnMeasure(self.name(node)?),
            Rule::measure_of => Attribute::Measure(self.name(node)?),
            Rule::value_type => Attribute::Type(self.value_type(node)?),
            Rule::nature => Attribute::Nature(self.nature(node)?),
            Rule::indicator_of => Attribute::Indicator(self.name(node)?),
            Rule::code_attribute => Attribute::Code(self.code_of(node)),
            Rule::range => {
                let mut bounds = node.all(Rule::bound).filter_map(|bound| self.bound(bound));
                Attribute::Range(bounds.next()?, bounds.next()?)
            }
            Rule::split => Attribute::Split {
                of: self.cell(node),
                by: self.name(node),
                from_registry: node.has(Rule::kw_from_registry),
            },
            Rule::of_which => Attribute::OfWhich(
                node.all(Rule::traits)
                    .map(|traits| self.children(traits, Rule::name))
                    .collect(),
            ),
            Rule::kw_optional => Attribute::Optional,
            Rule::required_when => Attribute::RequiredWhen(self.expr_in(node)?),
            Rule::closed_when => Attribute::ClosedWhen(self.expr_in(node)?),
            Rule::only => Attribute::Only(self.only_of(node)?),
            Rule::entered => Attribute::Entered(self.cells(node)),
            Rule::closed_cells => Attribute::Closed(self.cells(node)),
            Rule::only_cell => Attribute::OnlyCell(self.cell(node)?, self.expr_in(node)?),
            Rule::carry_from => Attribute::CarryFrom(self.expr_in(node)?),
            Rule::within => Attribute::Within(self.expr_in(node)?),
            Rule::printed_as => Attribute::PrintedAs(self.label(node)?),
            Rule::same_for => Attribute::SameFor(self.cell(node)?),
            Rule::matching => Attribute::Matching(self.label(node)?),
            Rule::shows => Attribute::Shows(match node.children.last()?.rule {
                Rule::kw_ordinal => Shows::Ordinal,
                Rule::kw_label => Shows::Label,
                Rule::kw_measure_stub => Shows::Measure,
                _ => Shows::Code,
            }),
            Rule::plan_of => Attribute::Plan(self.name(node)?),
            Rule::kw_planned => Attribute::Planned,
            Rule::kw_for_previous => Attribute::ForPrevious,
            Rule::vintages => {
                Attribute::Vintages(node.all(Rule::vintage).map(vintage_of).collect())
            }
            Rule::filled_by => Attribute::FilledBy(if node.has(Rule::kw_recipient) {
                FilledBy::Recipient
            } else {
                FilledBy::Who(self.who_list(node))
            }),
            Rule::kw_from_registry => Attribute::FromRegistry,
            Rule::owner => Attribute::Owner(self.name(node)?),
            Rule::broken_down_by => Attribute::BrokenDownBy(self.children(node, Rule::name)),
            Rule::defined_as => Attribute::DefinedAs(self.label(node)?),
            _ => return None,
        })
    }

    fn bound(&self, node: &Node) -> Option<Bound> {
        if let Some(cell) = self.cell(node) {
            return Some(Bound::Cell(cell));
        }
        let number = node.child(Rule::number)?;
        Some(Bound::Number {
            negative: node.has(Rule::minus),
            number: Spanned::new(self.number_of(number), number.span),
        })
    }

    fn value_type(&self, node: &Node) -> Option<ValueType> {
        let digits = || {
            node.child(Rule::digits)
                .and_then(|digits| self.integer(digits))
        };
        Some(match node.children.first()?.rule {
            Rule::kw_count_type => ValueType::Count,
            Rule::kw_integer => ValueType::Integer,
            Rule::kw_decimal => ValueType::Decimal(digits()?),
            Rule::kw_percent => ValueType::Percent(digits()?),
            Rule::kw_text => ValueType::Text,
            Rule::kw_date => ValueType::Date,
            Rule::kw_yes_or_no => ValueType::YesOrNo,
            Rule::kw_choice => ValueType::Choice(self.name(node)?),
            Rule::kw_file => ValueType::File,
            Rule::kw_reporter_type => ValueType::Reporter,
            _ => return None,
        })
    }

    fn nature(&self, node: &Node) -> Option<Nature> {
        Some(match node.children.first()?.rule {
            Rule::kw_flow => Nature::Flow,
            Rule::kw_opening_nature => Nature::Opening,
            Rule::kw_stock => Nature::Stock,
            Rule::kw_since_year => Nature::SinceYear,
            Rule::kw_since_event => Nature::SinceEvent,
            Rule::kw_since_start => Nature::SinceStart,
            Rule::kw_not_over_time => Nature::NotOverTime,
            Rule::kw_period_average => Nature::PeriodAverage,
            Rule::kw_average_by => Nature::AverageBy(self.expr_in(node)?),
            Rule::kw_index => Nature::Index,
            Rule::kw_score => Nature::Score,
            _ => return None,
        })
    }
}
