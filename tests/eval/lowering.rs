//! Test regimes become plans: indices instead of names, formulas in the arena, columns in the order they can be computed.

use crate::builder::{WrittenCatalog, WrittenEntry, WrittenForm, WrittenRule};
use crate::formula::{self, Node, Place};
use regime::calendar::{Date, PeriodChoice};
use regime::number::Number;
use regime::plan::address::RowScope;
use regime::plan::aggregation::{AggregationPlan, OverTime, OverUnits, Step};
use regime::plan::applicability::Applicability;
use regime::plan::cell::{CellDefinition, Nature, Source, ValueType};
use regime::plan::expression::{CellReference, Comparison, Expression, ExpressionId, RowReference};
use regime::plan::form::{
    Catalog, CatalogEntry, CatalogIndex, Column, ColumnIndex, Form, FormDefinition, FormIndex,
    HeaderNode, Rows,
};
use regime::plan::header::{Level, RegimeHeader};
use regime::plan::validation::{
    Computation, Rule, RuleKind, Severity, Side, Template, TemplatePart, ValidationProgram,
};
use regime::plan::{CompiledRegime, Origin};
use std::collections::BTreeMap;

/// The arena under construction.
struct Lowering<'a> {
    forms: &'a [WrittenForm],
    arena: Vec<Expression>,
}

/// Compiles what a test wrote into a plan.
pub fn lower(
    forms: &[WrittenForm],
    rules: &[WrittenRule],
    catalogs: &[WrittenCatalog],
    levels: Vec<Level>,
) -> CompiledRegime {
    let mut lowering = Lowering {
        forms,
        arena: Vec::new(),
    };
    let mut all_rules = Vec::new();
    let mut definitions = Vec::new();
    for (index, form) in forms.iter().enumerate() {
        let mut columns = Vec::new();
        for (place, column) in form.columns.iter().enumerate() {
            let source = match (&column.carry, column.sides.first()) {
                (Some(carry), _) => Source::Carried(lowering.node(carry, Some(index))),
                (None, Some(first)) => Source::Computed(lowering.node(first, Some(index))),
                (None, None) => Source::Entered,
            };
            let kind = if column.sides.len() > 1 {
                let sides =
                    lowering.sides(&column.sides[1..], &column.side_texts[1..], Some(index));
                Some((
                    "chain",
                    RuleKind::Chain { sides },
                    column.sides[1..].to_vec(),
                ))
            } else if let Some(whole) = &column.within {
                let mut sides =
                    lowering.sides(std::slice::from_ref(whole), &column.side_texts, Some(index));
                Some((
                    "within",
                    RuleKind::Within {
                        whole: sides.remove(0),
                    },
                    vec![whole.clone()],
                ))
            } else if let Some((low, high)) = &column.range {
                let bounds = [low.clone(), high.clone()];
                let mut sides = lowering.sides(&bounds, &column.side_texts, Some(index));
                let (high, low) = (sides.remove(1), sides.remove(0));
                Some(("range", RuleKind::Range { low, high }, bounds.to_vec()))
            } else {
                None
            };
            if let Some((suffix, kind, read)) = kind {
                let own = Node::Cell {
                    form: None,
                    row: Place::Current,
                    column: column.code.clone(),
                };
                let nodes: Vec<Node> = read.into_iter().chain([own]).collect();
                let (reads, reads_previous) = lowering.reads(&nodes, Some(index));
                all_rules.push(Rule {
                    key: format!("{}[{}]/{suffix}", form.name, column.code),
                    identifier: None,
                    form: Some(FormIndex(index as u32)),
                    column: Some(ColumnIndex(place as u32)),
                    kind,
                    severity: Severity::Error,
                    conditions: Vec::new(),
                    rows: RowScope::Every,
                    applicability: Applicability::default(),
                    rounded: false,
                    message: None,
                    reads,
                    reads_previous,
                    origin: Origin {
                        file: "test".to_string(),
                        line: 1,
                    },
                    text: column.label.clone(),
                });
            }
            columns.push(Column {
                code: Some(column.code.clone()),
                name: None,
                label: column.label.clone(),
                head: false,
                cell: CellDefinition {
                    source: source.clone(),
                    ..CellDefinition::entered(
                        column.value,
                        column.nature,
                        source == Source::Entered && !column.optional,
                    )
                },
                per_unit: false,
                formula_row: None,
            });
        }
        let catalog = CatalogIndex(form.catalog.unwrap_or(0) as u32);
        definitions.push(Form {
            name: form.name.clone(),
            sign: form.name.clone(),
            title: form.name.clone(),
            list: false,
            applicability: Applicability::default(),
            total_group: None,
            exceptions: Vec::new(),
            rows: match form.rows.as_str() {
                "own" => Rows::EachReportingUnit,
                "chosen" => Rows::ChosenFrom(catalog),
                _ => Rows::From(catalog),
            },
            consolidated: None,
            grouped_by: None,
            time: Default::default(),
            version: None,
            total_row: form.total.then(|| "Tổng cộng".to_string()),
            header: (0..columns.len())
                .map(|place| HeaderNode::Column(ColumnIndex(place as u32)))
                .collect(),
            columns,
        });
    }
    for written in rules {
        let sides = lowering.sides(&written.sides, &written.side_texts, written.form);
        let conditions: Vec<ExpressionId> = written
            .when
            .iter()
            .map(|when| lowering.node(when, written.form))
            .collect();
        let nodes: Vec<Node> = written.sides.iter().chain(&written.when).cloned().collect();
        let (reads, reads_previous) = lowering.reads(&nodes, written.form);
        let message = written
            .message
            .as_ref()
            .map(|message| lowering.template(message, written.form));
        all_rules.push(Rule {
            key: written.key.clone(),
            identifier: Some(written.key.clone()),
            form: written.form.map(|form| FormIndex(form as u32)),
            column: None,
            kind: if sides.len() > 1 {
                RuleKind::Balance { sides }
            } else {
                RuleKind::Condition {
                    expression: sides[0].expression,
                }
            },
            rounded: false,
            severity: written.severity,
            conditions,
            rows: RowScope::Every,
            applicability: Applicability {
                only_in: written
                    .only
                    .into_iter()
                    .map(|(kind, index)| PeriodChoice { kind, index })
                    .collect(),
                ..Applicability::default()
            },
            message,
            reads,
            reads_previous,
            origin: Origin {
                file: "test".to_string(),
                line: 1,
            },
            text: written.text.clone(),
        });
    }
    let order = order(forms);
    let steps = steps(forms, &definitions, &order);
    CompiledRegime {
        switches: Vec::new(),
        format: 1,
        language: 1,
        fingerprint: String::new(),
        header: header(levels),
        form_definition: FormDefinition {
            measures: Vec::new(),
            catalogs: catalogs
                .iter()
                .map(|(name, entries)| catalog(name, entries))
                .collect(),
            indicators: Vec::new(),
            targets: Vec::new(),
            forms: definitions,
        },
        outlines: Vec::new(),
        migrations: Vec::new(),
        validation_program: ValidationProgram {
            expressions: lowering.arena,
            order: order
                .into_iter()
                .map(|(form, column)| Computation {
                    form,
                    rows: RowScope::Every,
                    column,
                })
                .collect(),
            rules: all_rules,
        },
        aggregation_plan: AggregationPlan { steps },
    }
}

fn catalog(name: &str, entries: &[WrittenEntry]) -> Catalog {
    Catalog {
        numbered: Vec::new(),
        code: None,
        name: name.to_string(),
        label: name.to_string(),
        entries: entries
            .iter()
            .map(|(name, label, parent)| CatalogEntry {
                code: None,
                name: name.clone(),
                label: label.clone(),
                parent: parent.map(|parent| parent as u32),
                from: None,
                // An entry of a test whose label starts with a cross ended with the year 2025.
                until: label.starts_with('†').then(|| Date::constant(2025, 12, 31)),
            })
            .collect(),
    }
}

fn header(levels: Vec<Level>) -> RegimeHeader {
    RegimeHeader {
        name: "THU".to_string(),
        title: "Chế độ thử".to_string(),
        version: 1,
        in_force_from: Date::constant(2025, 1, 1),
        in_force_until: None,
        statistical: false,
        basis: Vec::new(),
        issuer: String::new(),
        reporters: Vec::new(),
        recipients: Vec::new(),
        channels: Vec::new(),
        sign_by: None,
        routes: Vec::new(),
        suspensions: Vec::new(),
        assignments: Vec::new(),
        periods: Vec::new(),
        events: Vec::new(),
        holidays: Vec::new(),
        lunar_months: Vec::new(),
        levels,
        agencies: Vec::new(),
        tags: Vec::new(),
    }
}

/// Computed and carried columns, each after what it reads.
fn order(forms: &[WrittenForm]) -> Vec<(FormIndex, ColumnIndex)> {
    let mut done = Vec::new();
    for (form, written) in forms.iter().enumerate() {
        for place in 0..written.columns.len() {
            visit(forms, form, place, &mut done);
        }
    }
    done
}

fn visit(
    forms: &[WrittenForm],
    form: usize,
    place: usize,
    done: &mut Vec<(FormIndex, ColumnIndex)>,
) {
    let this = (FormIndex(form as u32), ColumnIndex(place as u32));
    let column = &forms[form].columns[place];
    if done.contains(&this) || (column.sides.is_empty() && column.carry.is_none()) {
        return;
    }
    let mut found = Vec::new();
    if let Some(first) = column.sides.first() {
        formula::references(first, false, &mut found);
    }
    for (node, earlier) in found {
        if let (
            Node::Cell {
                form: path, column, ..
            },
            false,
        ) = (node, earlier)
        {
            let target = path.map_or(form, |path| {
                forms
                    .iter()
                    .position(|form| form.name == path)
                    .expect("a form")
            });
            let place = forms[target]
                .columns
                .iter()
                .position(|one| one.code == column)
                .expect("a column");
            visit(forms, target, place, done);
        }
    }
    done.push(this);
}

fn steps(
    forms: &[WrittenForm],
    definitions: &[Form],
    order: &[(FormIndex, ColumnIndex)],
) -> Vec<Step> {
    let mut added = Vec::new();
    let mut recomputed: BTreeMap<(FormIndex, ColumnIndex), Step> = BTreeMap::new();
    for (index, form) in definitions.iter().enumerate() {
        let form_index = FormIndex(index as u32);
        for (column_index, column) in form.columns_indexed() {
            let (over_units, over_time) = match (&column.cell.source, column.cell.value) {
                (Source::Closed, _) => (OverUnits::None, OverTime::None),
                (_, ValueType::Text) => (OverUnits::Collect, OverTime::None),
                (Source::Computed(formula), _) => (
                    OverUnits::Recompute(*formula),
                    OverTime::Recompute(*formula),
                ),
                (Source::Carried(_), _) => (OverUnits::Sum, OverTime::First),
                (Source::Entered, _) => (
                    OverUnits::Sum,
                    match forms[index].columns[column_index.0 as usize].nature {
                        Nature::Stock => OverTime::Last,
                        Nature::NotOverTime => OverTime::TypedAfresh,
                        _ => OverTime::Sum,
                    },
                ),
            };
            let step = Step {
                form: form_index,
                rows: RowScope::Every,
                column: column_index,
                over_units,
                over_time,
            };
            if matches!(over_units, OverUnits::Recompute(_)) {
                recomputed.insert((form_index, column_index), step);
            } else {
                added.push(step);
            }
        }
    }
    added.extend(order.iter().filter_map(|place| recomputed.remove(place)));
    added
}

impl Lowering<'_> {
    fn push(&mut self, expression: Expression) -> ExpressionId {
        self.arena.push(expression);
        ExpressionId(self.arena.len() as u32 - 1)
    }

    fn reference(&self, node: &Node, here: Option<usize>) -> CellReference {
        let Node::Cell { form, row, column } = node else {
            panic!("a cell");
        };
        let index = match form {
            Some(name) => self
                .forms
                .iter()
                .position(|form| form.name == *name)
                .expect("a form"),
            None => here.expect("a form around the formula"),
        };
        let place = self.forms[index]
            .columns
            .iter()
            .position(|one| one.code == *column);
        CellReference {
            form: FormIndex(index as u32),
            row: match row {
                Place::Current => RowReference::Current,
                Place::Entry(name) => RowReference::Entry(name.clone()),
                Place::Total => RowReference::Total,
                Place::Others => RowReference::Others,
            },
            column: ColumnIndex(place.unwrap_or_else(|| panic!("no column {column}")) as u32),
        }
    }

    fn nodes(&mut self, parts: &[Node], here: Option<usize>) -> Vec<ExpressionId> {
        parts.iter().map(|part| self.node(part, here)).collect()
    }

    fn node(&mut self, node: &Node, here: Option<usize>) -> ExpressionId {
        let made = match node {
            Node::Number(numerator, denominator) => Expression::Literal(
                Number::from_fraction(*numerator as i64, *denominator as i64)
                    .expect("a denominator"),
            ),
            Node::Cell { .. } => Expression::Cell(self.reference(node, here)),
            Node::Sum(terms) => Expression::Sum(
                terms
                    .iter()
                    .map(|(plus, term)| (*plus, self.node(term, here)))
                    .collect(),
            ),
            Node::Product(left, right) => {
                Expression::Product(self.node(left, here), self.node(right, here))
            }
            Node::Quotient(left, right) => {
                Expression::Quotient(self.node(left, here), self.node(right, here))
            }
            Node::Negate(inner) => Expression::Negate(self.node(inner, here)),
            Node::Not(inner) => Expression::Not(self.node(inner, here)),
            Node::And(parts) => Expression::And(self.nodes(parts, here)),
            Node::Or(parts) => Expression::Or(self.nodes(parts, here)),
            Node::Compare(first, rest) => {
                let first = self.node(first, here);
                let rest = rest
                    .iter()
                    .map(|(sign, side)| (comparison(sign), self.node(side, here)))
                    .collect();
                Expression::Compare(first, rest)
            }
            Node::Call(name, parts) => {
                let ids = self.nodes(parts, here);
                match name.as_str() {
                    "sum" => Expression::SumOf(ids),
                    "min" => Expression::Minimum(ids),
                    "max" => Expression::Maximum(ids),
                    "abs" => Expression::Absolute(ids[0]),
                    "round" => Expression::Round(ids[0], 0),
                    "growth" => Expression::Growth(ids[0], ids[1]),
                    "blank" => Expression::IsBlank(ids[0]),
                    "previous" => Expression::Previous(ids[0]),
                    "scale" => Expression::Scale(ids[0], Number::from_i64(1000)),
                    _ => panic!("`{name}` is no function"),
                }
            }
        };
        self.push(made)
    }

    fn sides(&mut self, nodes: &[Node], texts: &[String], here: Option<usize>) -> Vec<Side> {
        nodes
            .iter()
            .zip(texts)
            .map(|(node, text)| Side {
                expression: self.node(node, here),
                text: text.clone(),
            })
            .collect()
    }

    fn reads(&self, nodes: &[Node], here: Option<usize>) -> (Vec<CellReference>, bool) {
        let mut found = Vec::new();
        nodes
            .iter()
            .for_each(|node| formula::references(node, false, &mut found));
        let mut reads: Vec<CellReference> = found
            .iter()
            .filter(|(_, earlier)| !earlier)
            .map(|(node, _)| self.reference(node, here))
            .collect();
        reads.sort();
        reads.dedup();
        (reads, found.iter().any(|(_, earlier)| *earlier))
    }

    fn template(&mut self, message: &str, here: Option<usize>) -> Template {
        let mut parts = Vec::new();
        let mut rest = message;
        while let Some((words, after)) = rest.split_once('{') {
            let (formula, after) = after.split_once('}').expect("a closing brace");
            parts.push(TemplatePart::Text(words.to_string()));
            parts.push(TemplatePart::Figure(
                self.node(&formula::parse(formula), here),
            ));
            rest = after;
        }
        parts.push(TemplatePart::Text(rest.to_string()));
        Template { parts }
    }
}

fn comparison(sign: &str) -> Comparison {
    match sign {
        "=" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        _ => Comparison::GreaterOrEqual,
    }
}
