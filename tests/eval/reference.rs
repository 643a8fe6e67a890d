//! A slow, obvious evaluator straight from the table of the language reference. It shares no code with the product: its own fractions, its own formula
//! trees, no order of evaluation, no memory. What it says is compared with the product on generated reports.

use crate::builder::{Built, WrittenColumn, WrittenForm, WrittenRule};
use crate::formula::{self, Node, Place};
use crate::fractions::{
    T, V, compare, conjunction, equal, extreme, minus, n, opposite, over, plus, rounded, times,
};
use regime::calendar::Period;
use std::collections::{BTreeMap, BTreeSet};

/// What a person typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    Value(i64),
    Nil,
    Closed,
}

/// One report as typed: form → row key → column code → typed.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub forms: BTreeMap<String, BTreeMap<String, BTreeMap<String, Typed>>>,
}

/// How a rule came out in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Passes,
    Fails,
    Undecided,
    NotApplicable,
}

/// A report among its history.
#[derive(Clone)]
pub struct World<'a> {
    pub built: &'a Built,
    pub report: &'a Report,
    pub previous: Option<&'a World<'a>>,
    pub carry: Option<&'a World<'a>>,
    /// Data rows in effect, by form; found once, because everything asks for them.
    rows: BTreeMap<String, Vec<String>>,
}

impl<'a> World<'a> {
    /// A report after an earlier one, which it also carries over from.
    pub fn new(built: &'a Built, report: &'a Report, earlier: Option<&'a World<'a>>) -> World<'a> {
        let mut world = World {
            built,
            report,
            previous: earlier,
            carry: earlier,
            rows: BTreeMap::new(),
        };
        world.rows = built
            .forms
            .iter()
            .map(|form| (form.name.clone(), world.rows_in_effect(&form.name)))
            .collect();
        world
    }
}

impl World<'_> {
    fn form(&self, name: &str) -> &WrittenForm {
        self.built
            .forms
            .iter()
            .find(|form| form.name == name)
            .unwrap()
    }

    fn column(&self, form: &str, code: &str) -> &WrittenColumn {
        self.form(form)
            .columns
            .iter()
            .find(|column| column.code == code)
            .unwrap()
    }

    fn entries(&self, form: &str) -> Vec<(String, Option<String>)> {
        let entries = &self.built.catalogs[self.form(form).catalog.unwrap()].1;
        entries
            .iter()
            .map(|(name, _, parent)| (name.clone(), parent.map(|parent| entries[parent].0.clone())))
            .collect()
    }

    fn given(&self, form: &str, row: &str, code: &str) -> Option<&Typed> {
        self.report.forms.get(form)?.get(row)?.get(code)
    }

    /// Data rows in effect.
    pub fn rows(&self, form: &str) -> Vec<String> {
        self.rows[form].clone()
    }

    fn rows_in_effect(&self, form: &str) -> Vec<String> {
        match self.form(form).rows.as_str() {
            "own" => vec![String::new()],
            "from" => self
                .entries(form)
                .into_iter()
                .map(|(name, _)| name)
                .collect(),
            _ => self
                .entries(form)
                .into_iter()
                .map(|(name, _)| name)
                .filter(|name| {
                    let chosen = self
                        .report
                        .forms
                        .get(form)
                        .is_some_and(|rows| rows.contains_key(name));
                    let carried = self.form(form).columns.iter().any(|column| {
                        column.carry.is_some()
                            && matches!(self.carried(form, name, column), V::N(a, _) if a != 0)
                    });
                    chosen || carried
                })
                .collect(),
        }
    }

    fn below_row(&self, form: &str, row: &str) -> Vec<String> {
        let tree = self.form(form).rows == "from";
        let parent = (row != "total").then(|| row.to_string());
        if !tree {
            return if row == "total" {
                self.rows(form)
            } else {
                Vec::new()
            };
        }
        self.entries(form)
            .into_iter()
            .filter(|(_, up)| *up == parent)
            .map(|(name, _)| name)
            .collect()
    }

    fn carried(&self, form: &str, row: &str, column: &WrittenColumn) -> V {
        let Some(source) = self.carry else {
            return V::Blank;
        };
        if !row.is_empty() && !source.rows(form).iter().any(|one| one == row) {
            return V::Nil;
        }
        match source.value_of(column.carry.as_ref().unwrap(), form, row) {
            V::Optional => V::Blank,
            other => other,
        }
    }

    /// One cell.
    pub fn cell(&self, form: &str, row: &str, code: &str) -> V {
        let has_rows = self.form(form).rows != "own";
        if !has_rows && !row.is_empty() {
            return self.cell(form, "", code);
        }
        if has_rows && row.is_empty() {
            return self.cell(form, "total", code);
        }
        let column = self.column(form, code);
        if has_rows && row != "total" && !self.rows(form).iter().any(|one| one == row) {
            return V::Nil;
        }
        if let Some(first) = column.sides.first() {
            return self.value_of(first, form, row);
        }
        let below = self.below_row(form, row);
        if row == "total" || !below.is_empty() {
            return below
                .iter()
                .map(|one| self.cell(form, one, code))
                .reduce(plus)
                .unwrap_or(V::Nil);
        }
        if column.carry.is_some() {
            return self.carried(form, row, column);
        }
        match self.given(form, row, code) {
            Some(Typed::Value(value)) => {
                n(i128::from(*value), if percent(column) { 100 } else { 1 })
            }
            Some(Typed::Nil) => V::Nil,
            Some(Typed::Closed) => V::Closed,
            None if column.optional => V::Optional,
            None => V::Blank,
        }
    }

    fn values(&self, parts: &[Node], form: &str, row: &str) -> Vec<V> {
        parts
            .iter()
            .flat_map(|part| match part {
                Node::Cell {
                    form: path,
                    row: Place::Others,
                    column,
                } => {
                    let target = path.as_deref().unwrap_or(form);
                    self.below_row(target, "total")
                        .into_iter()
                        .filter(|other| other != row)
                        .map(|other| self.cell(target, &other, column))
                        .collect()
                }
                part => vec![self.value_of(part, form, row)],
            })
            .collect()
    }

    fn value_of(&self, node: &Node, form: &str, row: &str) -> V {
        let value = |node: &Node| self.value_of(node, form, row);
        match node {
            Node::Number(a, b) => n(*a, *b),
            Node::Cell {
                row: Place::Others, ..
            } => self
                .values(std::slice::from_ref(node), form, row)
                .into_iter()
                .reduce(plus)
                .unwrap_or(V::Nil),
            Node::Cell {
                form: path,
                row: place,
                column,
            } => {
                let target = path.as_deref().unwrap_or(form);
                let row = match place {
                    Place::Entry(name) => name,
                    Place::Total => "total",
                    _ => row,
                };
                self.cell(target, row, column)
            }
            Node::Sum(terms) => {
                let mut terms = terms.iter();
                let (_, first) = terms.next().unwrap();
                terms.fold(value(first), |left, (add, term)| {
                    if *add {
                        plus(left, value(term))
                    } else {
                        minus(left, value(term))
                    }
                })
            }
            Node::Product(left, right) => times(value(left), value(right)),
            Node::Quotient(left, right) => over(value(left), value(right)),
            Node::Negate(inner) => match value(inner) {
                V::N(a, b) => V::N(-a, b),
                V::Optional => V::Blank,
                other => other,
            },
            Node::Call(name, parts) => {
                let all = self.values(parts, form, row);
                let kept = |change: fn((i128, i128)) -> V| match all[0] {
                    V::N(a, b) => change((a, b)),
                    V::Optional => V::Blank,
                    other => other,
                };
                match name.as_str() {
                    "sum" => all.into_iter().reduce(plus).unwrap_or(V::Nil),
                    "min" => extreme(all, true),
                    "max" => extreme(all, false),
                    "abs" => kept(|(a, b)| n(a.abs(), b)),
                    "round" => kept(rounded),
                    "scale" => match all[0] {
                        V::N(a, b) => n(a * 1000, b),
                        other => other,
                    },
                    "growth" if all.contains(&V::Closed) => V::Closed,
                    "growth" => over(minus(all[0], all[1]), all[1]),
                    "previous" => match self.previous {
                        None => V::Blank,
                        Some(before) => {
                            match before.without_history().value_of(&parts[0], form, row) {
                                V::Optional => V::Blank,
                                other => other,
                            }
                        }
                    },
                    _ => panic!("{name}"),
                }
            }
            _ => panic!("a condition is no value"),
        }
    }

    /// In an earlier report nothing still earlier is read, but its carried cells are known.
    fn without_history(&self) -> World<'_> {
        World {
            previous: None,
            ..self.clone()
        }
    }

    fn truth_of(&self, node: &Node, form: &str, row: &str) -> T {
        let truth = |node: &Node| self.truth_of(node, form, row);
        match node {
            Node::Compare(first, rest) => {
                let mut left = self.value_of(first, form, row);
                let mut parts = Vec::new();
                for (sign, right) in rest {
                    let right = self.value_of(right, form, row);
                    parts.push(compare(left, sign, right));
                    left = right;
                }
                conjunction(parts)
            }
            Node::And(parts) => conjunction(parts.iter().map(truth).collect()),
            Node::Or(parts) => opposite(conjunction(
                parts.iter().map(|part| opposite(truth(part))).collect(),
            )),
            Node::Not(inner) => opposite(truth(inner)),
            Node::Call(name, parts) if name == "blank" => match self.value_of(&parts[0], form, row)
            {
                V::Blank | V::Optional => T::True,
                _ => T::False,
            },
            _ => panic!("a value is no condition"),
        }
    }

    /// Every rule in every row it speaks of, by finding key.
    pub fn verdicts(&self, period: &Period) -> BTreeMap<String, Verdict> {
        let mut found = BTreeMap::new();
        for form in &self.built.forms {
            for row in self.rows(&form.name) {
                for column in &form.columns {
                    if let Some((suffix, truth)) = self.own_rule(form, column, &row) {
                        let key =
                            with_row(&format!("{}[{}]/{suffix}", form.name, column.code), &row);
                        found.insert(key, verdict(T::True, truth));
                    }
                }
            }
        }
        for rule in &self.built.rules {
            let applies = rule.only.is_none_or(|(kind, index)| {
                kind == period.kind() && index.is_none_or(|index| index == period.index())
            });
            if !applies {
                found.insert(rule.key.clone(), Verdict::NotApplicable);
                continue;
            }
            for (form, row) in self.rows_of(rule) {
                let condition = rule
                    .when
                    .as_ref()
                    .map_or(T::True, |when| self.truth_of(when, &form, &row));
                let truth = if rule.sides.len() > 1 {
                    equal(
                        rule.sides
                            .iter()
                            .map(|side| self.value_of(side, &form, &row))
                            .collect(),
                    )
                } else {
                    self.truth_of(&rule.sides[0], &form, &row)
                };
                found.insert(with_row(&rule.key, &row), verdict(condition, truth));
            }
        }
        found
    }

    fn own_rule(
        &self,
        form: &WrittenForm,
        column: &WrittenColumn,
        row: &str,
    ) -> Option<(&'static str, T)> {
        let own = self.cell(&form.name, row, &column.code);
        let value = |node: &Node| self.value_of(node, &form.name, row);
        if column.sides.len() > 1 {
            let sides = std::iter::once(own).chain(column.sides[1..].iter().map(value));
            return Some(("chain", equal(sides.collect())));
        }
        if let Some(whole) = &column.within {
            return Some(("within", compare(own, "<=", value(whole))));
        }
        let (low, high) = column.range.as_ref()?;
        let ends = [
            compare(value(low), "<=", own),
            compare(own, "<=", value(high)),
        ];
        Some((
            "range",
            if own.fraction().is_none() {
                T::Skipped
            } else if ends.contains(&T::False) {
                T::False
            } else if ends.contains(&T::Undecided) || !ends.contains(&T::True) {
                T::Skipped
            } else {
                T::True
            },
        ))
    }

    /// The rows a written rule is judged in, with the form its formulas stand in.
    fn rows_of(&self, rule: &WrittenRule) -> Vec<(String, String)> {
        let mut found = Vec::new();
        rule.sides
            .iter()
            .chain(&rule.when)
            .for_each(|node| formula::references(node, false, &mut found));
        let here = rule.form.map(|form| self.built.forms[form].name.clone());
        let mut fixed = None;
        let mut moving: BTreeSet<String> = BTreeSet::new();
        for (node, _) in &found {
            let Node::Cell { form, row, .. } = node else {
                continue;
            };
            let form = form.clone().or(here.clone()).unwrap();
            match row {
                Place::Current | Place::Others
                    if here
                        .as_ref()
                        .is_some_and(|here| self.form(here).rows != "own")
                        && self.form(&form).rows == "own" => {}
                Place::Current | Place::Others => {
                    moving.insert(here.clone().unwrap_or(form));
                }
                Place::Total if self.form(&form).rows != "own" => {
                    fixed = fixed.or(Some("total".to_string()));
                }
                Place::Entry(name) => fixed = fixed.or(Some(name.clone())),
                Place::Total => {}
            }
        }
        let name = here
            .clone()
            .unwrap_or_else(|| self.built.forms[0].name.clone());
        if moving.is_empty() {
            return vec![(name, fixed.unwrap_or_default())];
        }
        let with_rows: Vec<&String> = moving
            .iter()
            .filter(|form| self.form(form).rows != "own")
            .collect();
        let Some(first) = with_rows.first() else {
            return vec![(name, String::new())];
        };
        let mut rows: Vec<String> = self
            .rows(first)
            .into_iter()
            .filter(|row| with_rows.iter().all(|form| self.rows(form).contains(row)))
            .collect();
        if here.is_none() && with_rows.iter().all(|form| self.form(form).total) {
            rows.push("total".to_string());
        }
        rows.into_iter().map(|row| (name.clone(), row)).collect()
    }
}

fn percent(column: &WrittenColumn) -> bool {
    matches!(
        column.value,
        regime::plan::cell::ValueType::Number { percent: true, .. }
    )
}

fn verdict(condition: T, truth: T) -> Verdict {
    match (condition, truth) {
        (T::True, T::True) => Verdict::Passes,
        (T::True, T::False) => Verdict::Fails,
        (T::True, T::Undecided) | (T::Undecided, T::False) => Verdict::Undecided,
        _ => Verdict::NotApplicable,
    }
}

fn with_row(key: &str, row: &str) -> String {
    if row.is_empty() {
        key.to_string()
    } else {
        format!("{key}[{row}]")
    }
}
