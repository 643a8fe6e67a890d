//! What a test supposes beside figures: plan values, narratives and changes of boundaries.
//!
//! It deliberately does not know figures or expectations. A value or a date that cannot be read is reported and left out.

use super::check_tests::TestReader;
use super::dates;
use super::kinds;
use super::outline_model::narratives;
use super::tests_model::{GivenPlanValue, GivenSuccession};
use super::words::report_table;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::number::Number;
use crate::organisation::{UnitId, parse_plan_values};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::test as tree;
use crate::syntax::ast::test::{GivenCells, GivenData, Value};
use std::collections::BTreeSet;

impl TestReader<'_, '_, '_> {
    /// Reads `given plan KH_TINH { THU_NS: 24_000 }`.
    pub(super) fn given_plan(&mut self, written: &tree::GivenPlan) -> Vec<GivenPlanValue> {
        let target = self.shared.target(self.context, self.file, &written.target);
        if target.is_none() {
            return Vec::new();
        }
        let year = match &written.during {
            Some(instance) => {
                match kinds::instance(self.context, self.shared, self.file, instance, self.periods)
                {
                    Some(period) => period.year(),
                    None => return Vec::new(),
                }
            }
            None => None,
        };
        let parts = match &written.data {
            GivenData::Cells(parts) => parts,
            // A plan that is not assigned is simply not given.
            GivenData::Missing(_) => return Vec::new(),
            GivenData::Table(file) => {
                return self.plan_table(written, file, year);
            }
        };
        let mut values = Vec::new();
        for part in parts {
            let GivenCells::Pair(pair) = part else {
                continue;
            };
            let [name] = pair.place.as_slice() else {
                continue;
            };
            let indicator = self.shared.indicator(self.context, self.file, name);
            if indicator.is_none() {
                continue;
            }
            let value = match &pair.value.value {
                Value::Number { negative, number } => {
                    Number::parse(&number.digits).ok().map(|value| {
                        let value = if number.percent {
                            value.checked_div(&Number::from_i64(100)).unwrap_or(value)
                        } else {
                            value
                        };
                        if *negative { value.neg() } else { value }
                    })
                }
                Value::Nil => Some(Number::zero()),
                Value::Blank => continue,
                _ => None,
            };
            match value {
                Some(value) => values.push(GivenPlanValue {
                    target: written.target.value.clone(),
                    indicator: name.value.clone(),
                    unit: written.of.as_ref().map(|unit| unit.value.clone()),
                    year,
                    value,
                }),
                None => {
                    let problem = RuleProblem::ValueDoesNotFit {
                        value: self.context.text(self.file, pair.value.span),
                        column: name.value.clone(),
                    };
                    self.report(problem, pair.value.span);
                }
            }
        }
        values
    }

    /// Plan values out of a table, in the columns of the tables of targets. Values of other units than the one the statement names, and of other years than its, are
    /// left out, so that one table serves many tests.
    fn plan_table(
        &mut self,
        written: &tree::GivenPlan,
        file: &Spanned<String>,
        year: Option<i16>,
    ) -> Vec<GivenPlanValue> {
        let Some((text, _)) = self.context.table(self.file, file) else {
            return Vec::new();
        };
        let (values, problems) = parse_plan_values(text);
        report_table(self.context, self.file, file, problems);
        let units: Vec<(UnitId, String)> = self
            .shared
            .units
            .iter()
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect();
        let mut found = Vec::new();
        for value in values {
            let known = &self.shared.words.indicators;
            if known.find(&value.indicator).is_none() {
                let names = known.iter().map(|known| known.name.as_str());
                let name = Spanned::new(value.indicator.clone(), file.span);
                let strays = &self.shared.strays;
                self.context
                    .unknown(NameKind::Indicator, &name, self.file, names, strays);
                continue;
            }
            // A unit of the test only is called by its name.
            let unit = units
                .iter()
                .find(|(id, _)| *id == value.unit)
                .map_or(value.unit.0.clone(), |(_, name)| name.clone());
            let meant = written.of.as_ref().is_none_or(|of| of.value == unit)
                && year.is_none_or(|year| year == value.year);
            if meant {
                found.push(GivenPlanValue {
                    target: written.target.value.clone(),
                    indicator: value.indicator,
                    unit: Some(unit),
                    year: Some(value.year),
                    value: value.value,
                });
            }
        }
        found
    }

    /// Reads `given registry "Trường A" { loai_hinh: cong_lap }`: attributes are catalogs, values their entries.
    pub(super) fn given_registry(
        &mut self,
        written: &tree::GivenRegistry,
    ) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        for pair in &written.attributes {
            let [attribute] = pair.place.as_slice() else {
                let written = self.context.text(self.file, pair.span);
                self.report(PlaceProblem::NameExpected { written }, pair.span);
                continue;
            };
            let Some(position) = self.shared.catalog(self.context, self.file, attribute) else {
                continue;
            };
            let value = self.context.text(self.file, pair.value.span);
            let value = Spanned::new(value, pair.value.span);
            let entry = self.shared.entry(self.context, self.file, position, &value);
            if let Some(entry) = entry {
                let name = entry.name.clone();
                found.push((written.unit.value.clone(), attribute.value.clone(), name));
            }
        }
        found
    }

    /// A narrative of the outline with what is written there.
    pub(super) fn narrative(&mut self, written: &tree::GivenNarrative) -> Option<(String, String)> {
        let named = narratives(self.outlines);
        let name = &written.narrative;
        let Some(found) = named.iter().find(|known| known.key == name.value) else {
            let names = named.iter().map(|known| known.key.as_str());
            let strays = BTreeSet::new();
            self.context
                .unknown(NameKind::Narrative, name, self.file, names, &strays);
            return None;
        };
        self.context
            .refer(NameKind::Narrative, self.file, name.span, found.place.label);
        Some((name.value.clone(), written.text.value.clone()))
    }

    /// Reads `given succession "Tỉnh A", "Tỉnh B" -> "Tỉnh C" from 01/07/2025`.
    pub(super) fn given_succession(
        &mut self,
        written: &tree::GivenSuccession,
    ) -> Option<GivenSuccession> {
        let from = dates::date(self.context, self.file, &written.from)?;
        let heirs = written
            .heirs
            .iter()
            .map(|heir| {
                let share = heir.share.as_ref().and_then(|share| {
                    let value = Number::parse(&share.value.digits).ok()?;
                    match share.value.percent {
                        true => value.checked_div(&Number::from_i64(100)),
                        false => Some(value),
                    }
                });
                (heir.unit.value.clone(), share)
            })
            .collect();
        Some(GivenSuccession {
            old: written.old.iter().map(|unit| unit.value.clone()).collect(),
            heirs,
            from,
        })
    }
}
