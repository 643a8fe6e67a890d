//! Which rule an expectation of a test is about: by identifier, by row, by cell, or exactly one by the name that reports give it.
//!
//! It deliberately does not know how rules come out. A name that leads to no rule is reported with the nearest; the expectation is then left out.

use super::check_tests::TestReader;
use super::model::{
    Relation, Rule,
    cell::{Source, ValueType},
    rule_keys,
};
use super::tests_model::RuleTarget;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Pick};
use crate::syntax::ast::test as tree;
use crate::text::Span;

impl TestReader<'_, '_, '_> {
    /// The rule, or rules, that an expectation is about.
    pub(super) fn rule_target(&mut self, target: &tree::RuleTarget) -> Option<RuleTarget> {
        match target {
            tree::RuleTarget::Row(row) => {
                let path = row.form.as_slice();
                if path.is_empty() {
                    let column = self.context.text(self.file, row.span);
                    self.report(RuleProblem::FormNeeded { column }, row.span);
                    return None;
                }
                let form = self.form(path, row.span)?;
                let key = match &row.pick.value {
                    Pick::Total => "total".to_owned(),
                    Pick::Place(name) => {
                        let name = Spanned::new(name.clone(), row.pick.span);
                        self.row(form, &name)?
                    }
                    _ => {
                        self.report(RuleProblem::ExpectationTooWide, row.span);
                        return None;
                    }
                };
                let form = self.forms.get(form)?.form.name.clone();
                Some(RuleTarget::Row { form, row: key })
            }
            tree::RuleTarget::Rule(id) => {
                let rules = self.rules;
                let names = rules.iter().filter_map(|rule| rule.id.as_deref());
                let named = |rule: &&Rule| rule.id.as_deref() == Some(id.value.as_str());
                if let Some(rule) = rules.iter().find(named) {
                    self.context
                        .refer(NameKind::Rule, self.file, id.span, rule.place.label);
                    return Some(RuleTarget::Rule(id.value.clone()));
                }
                self.context
                    .unknown(NameKind::Rule, id, self.file, names, self.rule_strays);
                None
            }
            tree::RuleTarget::Cell(cell) => match self.one_of_many(cell) {
                Some(name) => self.by_key(cell, name),
                None => self.cell_with_rules(cell),
            },
            tree::RuleTarget::Own(own) => self.own_rule(own),
            tree::RuleTarget::Unnamed(rule) => {
                let picks = picks(&rule.picks, rule.span, self)?;
                let key = format!("{}/{}{picks}", rule.place.value, rule.number.value);
                self.known_key(&key, rule.span, |rule| rule.id.is_none())
            }
        }
    }

    /// A cell that has rules of its own.
    fn cell_with_rules(&mut self, cell: &CellRef) -> Option<RuleTarget> {
        let (found, form, column) = self.test_cell(cell)?;
        let draft = self.forms.get(form)?;
        let line = draft.find_row(&found.row);
        let model = draft.form.cell(line, column)?;
        // The bounds between parts that overlap stand at cells that may be computed, too.
        let derived = self
            .rules
            .iter()
            .any(|rule| (rule.form, rule.row, rule.column) == (Some(form), line, Some(column)));
        let compared = self
            .periods
            .iter()
            .any(|rule| matches!(rule.relation, Relation::CheckedAgainst(_)));
        let has_rules = model.chain.len() > 1
            || !model.within.is_empty()
            || model.range.is_some()
            || model.required
            || model.required_when.is_some()
            || model.same_for.is_some()
            || model.matching.is_some()
            || self.is_key(form, column)
            || model.source == Source::Carried
            || compared
            || derived
            || model.value == ValueType::Unknown;
        if !has_rules {
            let text = self.context.text(self.file, cell.span);
            self.report(RuleProblem::CellWithoutRule { cell: text }, cell.span);
            return None;
        }
        Some(RuleTarget::Cell(found))
    }

    fn is_key(&self, form: usize, column: usize) -> bool {
        let listed = self
            .forms
            .get(form)
            .and_then(|draft| draft.form.listed.as_ref());
        listed.is_some_and(|listed| listed.key.contains(&column))
    }

    /// The identifier in `C1[2]`, which stands for one of many rules; a form of that name comes first.
    fn one_of_many<'c>(&self, cell: &'c CellRef) -> Option<&'c Spanned<String>> {
        let [name] = cell.path.as_slice() else {
            return None;
        };
        let is_form = self.context.form_places.contains_key(&name.value);
        let is_rule = self
            .rules
            .iter()
            .any(|rule| rule.id.as_ref() == Some(&name.value));
        (is_rule && !is_form).then_some(name)
    }

    /// One of the rules that one text stands for, by its identifier and its cell.
    fn by_key(&mut self, cell: &CellRef, name: &Spanned<String>) -> Option<RuleTarget> {
        let place = picks(&cell.picks, cell.span, self)?;
        let id = name.value.as_str();
        let of_text = |rule: &Rule| rule.id.as_deref() == Some(id);
        // A name of a row or column is as good as its printed number.
        let printed = self.printed(cell, id);
        let keys = self.keys();
        let key = printed
            .into_iter()
            .map(|place| format!("{id}{place}"))
            .find(|key| keys.contains(key));
        let key = key.unwrap_or_else(|| format!("{id}{place}"));
        self.known_key(&key, cell.span, of_text)
    }

    /// The places of a cell of a rule with printed numbers for names, in the form of the rule.
    fn printed(&self, cell: &CellRef, id: &str) -> Vec<String> {
        let mut rules = self.rules.iter();
        let form = rules.find(|rule| rule.id.as_deref() == Some(id));
        let Some(draft) = form
            .and_then(|rule| rule.form)
            .and_then(|form| self.forms.get(form))
        else {
            return Vec::new();
        };
        let column = |pick: &Pick| match pick {
            Pick::Place(name) => {
                let position = draft.find(name)?;
                Some(draft.form.columns.get(position)?.key(position))
            }
            _ => None,
        };
        let row = |pick: &Pick| match pick {
            Pick::Total => Some("total".to_owned()),
            Pick::Place(name) => draft
                .find_row(name)
                .and_then(|row| Some(draft.form.written.get(row)?.key(row))),
            _ => None,
        };
        let found = match cell.picks.as_slice() {
            [one] => vec![column(&one.value), row(&one.value)],
            [one, two] => {
                let both = row(&one.value).zip(column(&two.value));
                vec![both.map(|(row, column)| format!("{row}, {column}"))]
            }
            _ => Vec::new(),
        };
        let found = found.into_iter().flatten();
        found.map(|place| format!("[{place}]")).collect()
    }

    /// One of a cell's own rules.
    fn own_rule(&mut self, own: &tree::OwnRule) -> Option<RuleTarget> {
        let (cell, form, column) = self.test_cell(&own.cell)?;
        let draft = self.forms.get(form)?;
        let line = draft.find_row(&cell.row);
        let model = draft.form.cell(line, column)?;
        let made = rule_keys::own(model);
        let mut known: Vec<String> = made
            .iter()
            .map(|name| rule_keys::of_cell(&draft.form, line, column, name))
            .collect();
        let rules = self.rules.iter().zip(self.keys());
        let derived = rules.filter(|(rule, _)| {
            (rule.form, rule.row, rule.column) == (Some(form), line, Some(column))
        });
        known.extend(derived.map(|(_, key)| key));
        if known.is_empty() {
            let cell = self.context.text(self.file, own.cell.span);
            self.report(RuleProblem::CellWithoutRule { cell }, own.span);
            return None;
        }
        let key = rule_keys::of_cell(&draft.form, line, column, &own.name.value);
        if known.contains(&key) {
            return Some(RuleTarget::Own { cell, key });
        }
        self.unknown_key(key, own.span, &known);
        None
    }

    /// A rule by its key, which only those rules can have.
    fn known_key(
        &mut self,
        key: &str,
        span: Span,
        can: impl Fn(&Rule) -> bool,
    ) -> Option<RuleTarget> {
        let rules = self.rules.iter().zip(self.keys());
        let known: Vec<(&Rule, String)> = rules.filter(|(rule, _)| can(rule)).collect();
        if let Some((rule, _)) = known.iter().find(|(_, known)| known == key) {
            let label = rule.place.label;
            self.context.refer(NameKind::Rule, self.file, span, label);
            return Some(RuleTarget::One(key.to_owned()));
        }
        let known: Vec<String> = known.into_iter().map(|(_, key)| key).collect();
        self.unknown_key(key.to_owned(), span, &known);
        None
    }

    fn unknown_key(&mut self, key: String, span: Span, known: &[String]) {
        let name = Spanned::new(key, span);
        let known = known.iter().map(String::as_str);
        self.context
            .unknown(NameKind::Rule, &name, self.file, known, self.rule_strays);
    }

    fn keys(&self) -> Vec<String> {
        let form = |position: usize| self.forms.get(position).map(|draft| &draft.form);
        rule_keys::of_written(self.regime, form, self.rules)
    }
}

/// The place between brackets, as keys have it; nothing where there is none.
fn picks(
    written: &[Spanned<Pick>],
    span: Span,
    reader: &mut TestReader<'_, '_, '_>,
) -> Option<String> {
    let places: Option<Vec<&str>> = written
        .iter()
        .map(|pick| match &pick.value {
            Pick::Total => Some("total"),
            Pick::Place(name) => Some(name.as_str()),
            Pick::Unit(_) | Pick::All | Pick::Range(..) => None,
        })
        .collect();
    match places {
        Some(places) if places.is_empty() => Some(String::new()),
        Some(places) => Some(format!("[{}]", places.join(", "))),
        None => {
            reader.report(RuleProblem::ExpectationTooWide, span);
            None
        }
    }
}
