//! Small regimes for tests, written as lines of text and compiled by hand into plans.
//!
//! ```text
//! level xa: xa, phuong
//! catalog linh_vuc: dat_dai "Đất đai", nha_o "Nhà ở" in dat_dai
//! form A chosen linh_vuc total        (or: own, from linh_vuc)
//! column 3 "Tổng số" = [4] + [5] = [7]
//! column 6 "Từ kỳ trước" carry [11]
//! check C1: [6] <= [4] when [8] = 0 only quarter 1 message "…{[6]}…"
//! regime
//! balance T1: A[1] = B[1]
//! ```

use crate::formula::{self, Node, Place};
use regime::calendar::{Date, PeriodKind};
use regime::number::Number;
use regime::plan::aggregation::{AggregationPlan, OverTime, OverUnits, Step};
use regime::plan::expression::{CellReference, Comparison, Expression, ExpressionId, RowReference};
use regime::plan::form::{
    Catalog, CatalogEntry, CatalogIndex, Column, ColumnIndex, Form, FormDefinition, FormIndex,
    HeaderNode, Nature, Rows, Source, ValueType,
};
use regime::plan::header::{Level, RegimeHeader};
use regime::plan::validation::{
    Rule, RuleKind, Severity, Side, Template, TemplatePart, ValidationProgram,
};
use regime::plan::{CompiledRegime, Origin};
use std::collections::BTreeMap;

/// A column of a test regime, as written.
#[derive(Debug, Clone)]
pub struct WrittenColumn {
    pub code: String,
    pub label: String,
    pub value: ValueType,
    pub nature: Nature,
    pub optional: bool,
    pub sides: Vec<Node>,
    pub carry: Option<Node>,
    pub within: Option<Node>,
    pub range: Option<(Node, Node)>,
    side_texts: Vec<String>,
}

/// A rule of a test regime, as written.
#[derive(Debug, Clone)]
pub struct WrittenRule {
    pub key: String,
    pub form: Option<usize>,
    pub severity: Severity,
    /// One side is a condition; several are a balance.
    pub sides: Vec<Node>,
    pub when: Option<Node>,
    pub only: Option<(PeriodKind, Option<u8>)>,
    message: Option<String>,
    text: String,
    side_texts: Vec<String>,
}

/// A form of a test regime, as written.
#[derive(Debug, Clone)]
pub struct WrittenForm {
    pub name: String,
    /// `own`, `chosen` or `from`.
    pub rows: String,
    pub catalog: Option<usize>,
    pub total: bool,
    pub columns: Vec<WrittenColumn>,
}

/// A test regime as written, and its plan.
pub struct Built {
    pub forms: Vec<WrittenForm>,
    pub rules: Vec<WrittenRule>,
    /// Entries by catalogue: name, label, parent.
    pub catalogs: Vec<(String, Vec<(String, String, Option<usize>)>)>,
    pub plan: CompiledRegime,
}

/// Builds a test regime; a line that is not understood stops the test.
pub fn build(text: &str) -> Built {
    let mut forms: Vec<WrittenForm> = Vec::new();
    let mut rules: Vec<WrittenRule> = Vec::new();
    let mut catalogs: Vec<(String, Vec<(String, String, Option<usize>)>)> = Vec::new();
    let mut levels = Vec::new();
    let mut here: Option<usize> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "catalog" => {
                let (name, entries) = rest.split_once(':').expect("a catalogue has entries");
                let mut all: Vec<(String, String, Option<usize>)> = Vec::new();
                for entry in entries.split(',').map(str::trim) {
                    let mut parts = entry.split('"');
                    let name = parts.next().unwrap_or("").trim().to_string();
                    let label = parts.next().unwrap_or(&name).to_string();
                    let parent = parts
                        .next()
                        .and_then(|tail| tail.trim().strip_prefix("in "));
                    let parent = parent.map(|parent| {
                        all.iter()
                            .position(|(name, ..)| name == parent)
                            .expect("a parent")
                    });
                    all.push((name, label, parent));
                }
                catalogs.push((name.trim().to_string(), all));
            }
            "level" => {
                let (name, items) = rest.split_once(':').unwrap_or((rest, ""));
                levels.push(Level {
                    name: name.trim().to_string(),
                    label: name.trim().to_string(),
                    beside: None,
                    items: items
                        .split(',')
                        .map(|item| (item.trim().to_string(), item.trim().to_string()))
                        .collect(),
                });
            }
            "form" => {
                let words: Vec<&str> = rest.split_whitespace().collect();
                here = Some(forms.len());
                forms.push(WrittenForm {
                    name: words[0].to_string(),
                    rows: words[1].to_string(),
                    catalog: (words[1] != "own").then(|| {
                        catalogs
                            .iter()
                            .position(|(name, _)| name == words[2])
                            .expect("a catalogue")
                    }),
                    total: words.last() == Some(&"total"),
                    columns: Vec::new(),
                });
            }
            "regime" => here = None,
            "column" => forms[here.expect("a form")].columns.push(column(rest)),
            "check" | "warn" | "explain" | "balance" => rules.push(rule(word, rest, here, line)),
            _ => panic!("`{line}` is no line of a test regime"),
        }
    }
    let plan = lower(&forms, &rules, &catalogs, levels);
    Built {
        forms,
        rules,
        catalogs,
        plan,
    }
}

fn column(text: &str) -> WrittenColumn {
    let mut quotes = text.splitn(3, '"');
    let code = quotes.next().unwrap_or("").trim().to_string();
    let label = quotes.next().expect("a label").to_string();
    let mut rest = quotes.next().unwrap_or("").trim().to_string();
    let mut made = WrittenColumn {
        code,
        label,
        value: ValueType::Number {
            decimals: 0,
            negative: false,
            percent: false,
        },
        nature: Nature::Flow,
        optional: false,
        sides: Vec::new(),
        carry: None,
        within: None,
        range: None,
        side_texts: Vec::new(),
    };
    while !rest.is_empty() {
        let (word, tail) = rest.split_once(' ').unwrap_or((&rest, ""));
        let tail = tail.trim().to_string();
        match word {
            "integer" => {
                made.value = ValueType::Number {
                    decimals: 0,
                    negative: true,
                    percent: false,
                }
            }
            "text" => made.value = ValueType::Text,
            "decimal" | "percent" => {
                let (digits, after) = tail.split_once(' ').unwrap_or((&tail, ""));
                made.value = ValueType::Number {
                    decimals: digits.parse().expect("digits"),
                    negative: word == "percent",
                    percent: word == "percent",
                };
                rest = after.trim().to_string();
                continue;
            }
            "optional" => made.optional = true,
            "stock" => made.nature = Nature::Stock,
            "afresh" => made.nature = Nature::NotOverTime,
            "carry" => {
                made.carry = Some(formula::parse(&tail));
                made.nature = Nature::Opening;
                return made;
            }
            "within" => {
                made.within = Some(formula::parse(&tail));
                made.side_texts = vec![tail];
                return made;
            }
            "range" => {
                let (low, high) = tail.split_once("..").expect("two bounds");
                made.range = Some((formula::parse(low), formula::parse(high)));
                made.side_texts = vec![low.trim().to_string(), high.trim().to_string()];
                return made;
            }
            "=" => {
                for side in tail.split(" = ") {
                    made.sides.push(formula::parse(side));
                    made.side_texts.push(side.trim().to_string());
                }
                return made;
            }
            _ => panic!("`{word}` is no attribute of a test column"),
        }
        rest = tail;
    }
    made
}

fn rule(word: &str, rest: &str, form: Option<usize>, line: &str) -> WrittenRule {
    let (key, rest) = rest
        .split_once(':')
        .expect("a rule of a test has an identifier");
    let (rest, message) = match rest.split_once(" message ") {
        Some((rest, message)) => (rest, Some(message.trim().trim_matches('"').to_string())),
        None => (rest, None),
    };
    let (rest, only) = match rest.split_once(" only ") {
        Some((rest, only)) => (rest, Some(only.trim())),
        None => (rest, None),
    };
    let (body, when) = match rest.split_once(" when ") {
        Some((body, when)) => (body, Some(formula::parse(when))),
        None => (rest, None),
    };
    let side_texts: Vec<String> = match word {
        "balance" => body
            .split(" = ")
            .map(|side| side.trim().to_string())
            .collect(),
        _ => vec![body.trim().to_string()],
    };
    WrittenRule {
        key: key.trim().to_string(),
        form,
        severity: match word {
            "warn" => Severity::Warning,
            "explain" => Severity::Explain,
            _ => Severity::Error,
        },
        sides: side_texts.iter().map(|side| formula::parse(side)).collect(),
        when,
        only: only.map(|only| match only {
            "quarter" => (PeriodKind::Quarter, None),
            "quarter 1" => (PeriodKind::Quarter, Some(1)),
            "quarter 2" => (PeriodKind::Quarter, Some(2)),
            "year" => (PeriodKind::Year, None),
            _ => panic!("`{only}` is no period of a test"),
        }),
        message,
        text: line.to_string(),
        side_texts,
    }
}

/// The arena under construction.
struct Lowering<'a> {
    forms: &'a [WrittenForm],
    arena: Vec<Expression>,
}

fn lower(
    forms: &[WrittenForm],
    rules: &[WrittenRule],
    catalogs: &[(String, Vec<(String, String, Option<usize>)>)],
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
                    only_in: Vec::new(),
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
                value: column.value,
                measure: None,
                nature: column.nature,
                required: source == Source::Entered && !column.optional,
                source,
                formula_row: None,
            });
        }
        let catalog = CatalogIndex(form.catalog.unwrap_or(0) as u32);
        definitions.push(Form {
            name: form.name.clone(),
            sign: form.name.clone(),
            title: form.name.clone(),
            rows: match form.rows.as_str() {
                "own" => Rows::EachReportingUnit,
                "chosen" => Rows::ChosenFrom(catalog),
                _ => Rows::From(catalog),
            },
            consolidated: None,
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
            severity: written.severity,
            conditions,
            only_in: written.only.into_iter().collect(),
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
            forms: definitions,
        },
        validation_program: ValidationProgram {
            expressions: lowering.arena,
            order,
            rules: all_rules,
        },
        aggregation_plan: AggregationPlan { steps },
    }
}

fn catalog(name: &str, entries: &[(String, String, Option<usize>)]) -> Catalog {
    Catalog {
        name: name.to_string(),
        label: name.to_string(),
        entries: entries
            .iter()
            .map(|(name, label, parent)| CatalogEntry {
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
        basis: Vec::new(),
        issuer: String::new(),
        reporters: Vec::new(),
        recipients: Vec::new(),
        channels: Vec::new(),
        sign_by: None,
        routes: Vec::new(),
        suspensions: Vec::new(),
        periods: Vec::new(),
        holidays: Vec::new(),
        levels,
        agencies: Vec::new(),
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
            let (over_units, over_time) = match (&column.source, column.value) {
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
