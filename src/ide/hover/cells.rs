//! Regimes, forms, columns, rows and rules told in words.
//!
//! What a figure is comes from the model, how it is made from the plan's reading; without a plan formulas are shown as written. It does not know names.

use super::{Teller, burden, counted, escaped, listed};
use crate::analysis::model::cell::{CellDefinition, Extent, FilledBy, Modality, Source, ValueType};
use crate::analysis::model::form::{Column, Form};
use crate::analysis::model::{Regime, Rule};
use crate::analysis::natures::Nature;
use crate::organisation::Party;
use crate::plan::CompiledRegime;
use crate::plan::describe;
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::reading;

impl<'s> Teller<'s> {
    fn plan(&self, regime: &Regime) -> Option<&'s CompiledRegime> {
        let mut all = self.snapshot.regimes();
        let found =
            all.find(|known| known.name() == regime.name && known.version() == regime.version)?;
        found.plan()
    }

    fn form_in<'p>(
        &self,
        plan: &'p CompiledRegime,
        form: &Form,
    ) -> Option<(FormIndex, &'p crate::plan::form::Form)> {
        plan.form_definition.find_form(&form.name)
    }

    pub(super) fn regime(&self, regime: &'s Regime, parts: &mut Vec<String>) {
        if let Some(plan) = self.plan(regime) {
            parts.push(self.read(&reading::of_header(plan)));
        } else {
            parts.push(self.basis(regime));
        }
        let (forms, tests) = (
            regime.forms.len().to_string(),
            regime.tests.len().to_string(),
        );
        let mut facts = vec![self.say(
            format!("{forms} biểu, {tests} ca kiểm thử"),
            format!(
                "{}, {}",
                counted(&forms, "form", "forms"),
                counted(&tests, "test", "tests")
            ),
        )];
        facts.extend(burden::of_regime(self, regime));
        parts.push(listed(facts));
    }

    fn basis(&self, regime: &Regime) -> String {
        if regime.basis.is_empty() {
            return String::new();
        }
        let basis = escaped(&regime.basis.join("; "));
        self.say(
            format!("Căn cứ: {basis}."),
            format!("Legal basis: {basis}."),
        )
    }

    pub(super) fn form(&self, regime: &'s Regime, form: &'s Form, parts: &mut Vec<String>) {
        if let Some(plan) = self.plan(regime)
            && let Some((index, _)) = self.form_in(plan, form)
        {
            parts.push(self.read(&reading::of_form(plan, index)));
        }
        parts.push(listed(burden::of_form(self, regime, form)));
        parts.push(self.basis(regime));
    }

    pub(super) fn column(
        &self,
        regime: &'s Regime,
        (form, at): (&'s Form, usize),
        column: &'s Column,
        parts: &mut Vec<String>,
    ) {
        self.indicator(&column.cell, parts);
        let plan = self.plan(regime);
        let told = plan.and_then(|plan| {
            let (index, _) = self.form_in(plan, form)?;
            let place = ColumnIndex(u32::try_from(at).ok()?);
            Some(self.read(&reading::of_column(plan, index, place)))
        });
        match told {
            Some(told) => parts.push(told),
            None => parts.push(self.as_written(&column.cell)),
        }
        let mut facts = self.facts(&column.cell);
        facts.extend(burden::of_column(self, regime, form, at));
        parts.push(listed(facts));
    }

    pub(super) fn row(
        &self,
        regime: &'s Regime,
        form: &'s Form,
        row: usize,
        parts: &mut Vec<String>,
    ) {
        let Some(written) = form.written.get(row) else {
            return;
        };
        let cells = || {
            form.cells
                .range((row, 0)..(row.saturating_add(1), 0))
                .map(|(_, cell)| cell)
        };
        if let Some(cell) = cells().find(|cell| cell.indicator.is_some()) {
            self.indicator(cell, parts);
        }
        let told = self.plan(regime).and_then(|plan| {
            let (index, _) = self.form_in(plan, form)?;
            Some(self.read(&reading::of_row(plan, index, &written.key(row))))
        });
        match told {
            Some(told) => parts.push(told),
            None => {
                let formulas: Vec<String> = cells().map(|cell| self.as_written(cell)).collect();
                let mut formulas: Vec<String> = formulas
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect();
                formulas.dedup();
                parts.push(formulas.join("  \n"));
            }
        }
        let mut alike: Vec<Vec<String>> = cells().map(|cell| self.facts(cell)).collect();
        alike.dedup();
        let mut facts = match (alike.pop(), alike.is_empty() && !written.heading) {
            (Some(only), true) => only,
            _ => Vec::new(),
        };
        facts.extend(burden::of_row(self, regime, form, row));
        parts.push(listed(facts));
    }

    pub(super) fn rule(&self, regime: &'s Regime, rule: &'s Rule, parts: &mut Vec<String>) {
        let compiled = self.plan(regime).and_then(|plan| {
            let rules = plan.validation_program.rules.iter();
            let mut same = rules.filter(|known| match (&known.identifier, &rule.id) {
                (Some(known), Some(own)) => known == own,
                (None, None) => {
                    known.origin.file == rule.place.path && known.origin.line == rule.place.line
                }
                _ => false,
            });
            Some((plan, same.next()?))
        });
        if let Some((plan, rule)) = compiled {
            let told = describe::rules::rule(plan, rule);
            let weight = describe::rules::weight(rule.severity);
            let sentence = self.say(
                format!("{} ({}).", told.vi, weight.vi),
                format!("{} ({}).", told.en, weight.en),
            );
            let mut letters = sentence.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let sentence: String = first.chain(letters).collect();
            parts.push(escaped(&sentence));
        }
        parts.push(format!("```regime\n{}\n```", rule.text));
    }

    /// What the figure means, if it is one of an indicator.
    fn indicator(&self, cell: &CellDefinition, parts: &mut Vec<String>) {
        let words = self.snapshot.words();
        let found = cell.indicator.and_then(|at| words.indicators.get(at));
        if let Some(definition) = found.and_then(|known| known.definition.as_ref()) {
            parts.push(format!("> {}", escaped(definition)));
        }
    }

    /// The sides of a formula as the author wrote them.
    fn as_written(&self, cell: &CellDefinition) -> String {
        let sides: Vec<&str> = cell.chain.iter().map(|side| side.text.as_str()).collect();
        if sides.is_empty() {
            return String::new();
        }
        match cell.source {
            Source::Carried => {
                let from = sides.join(" = ");
                self.say(
                    format!("kết chuyển từ `{from}`"),
                    format!("carried over from `{from}`"),
                )
            }
            _ => format!("`= {}`", sides.join(" = ")),
        }
    }

    /// Type, unit of measure, nature, indicator and who fills it.
    pub(super) fn facts(&self, cell: &CellDefinition) -> Vec<String> {
        let words = self.snapshot.words();
        let mut facts = Vec::new();
        let value = self.value(cell.value);
        if !value.is_empty() {
            facts.push(self.say(format!("kiểu: {value}"), format!("type: {value}")));
        }
        if let Some(measure) = cell.measure.and_then(|at| words.measures.get(at)) {
            let label = escaped(&measure.label);
            facts.push(self.say(
                format!("đơn vị tính: {label} (`{}`)", measure.name),
                format!("measure: {label} (`{}`)", measure.name),
            ));
        }
        let nature = self.nature(cell);
        if !nature.is_empty() {
            facts.push(self.say(format!("tính chất: {nature}"), format!("nature: {nature}")));
        }
        if let Some(indicator) = cell.indicator.and_then(|at| words.indicators.get(at)) {
            let label = escaped(&indicator.label);
            facts.push(self.say(
                format!("chỉ tiêu: {label} (`{}`)", indicator.name),
                format!("indicator: {label} (`{}`)", indicator.name),
            ));
        }
        facts.push(self.filler(cell));
        facts
    }

    /// A type in words.
    pub(super) fn value(&self, value: ValueType) -> String {
        match value {
            ValueType::Number {
                decimals,
                negative,
                percent,
            } => {
                let sort = match (percent, decimals) {
                    (true, 0) => self.say("phần trăm", "a percentage"),
                    (true, _) => self.say(
                        format!("phần trăm, {decimals} chữ số lẻ"),
                        format!("a percentage with {decimals} decimals"),
                    ),
                    (false, 0) => self.say("số nguyên", "a whole number"),
                    (false, _) => self.say(
                        format!("số thập phân, {decimals} chữ số lẻ"),
                        format!("a number with {decimals} decimals"),
                    ),
                };
                match negative {
                    true => self.say(
                        format!("{sort}, được âm"),
                        format!("{sort}, may be negative"),
                    ),
                    false => self.say(format!("{sort}, không âm"), format!("{sort}, not negative")),
                }
            }
            ValueType::Text => self.say("văn bản", "text"),
            ValueType::Date => self.say("ngày tháng", "a day"),
            ValueType::YesOrNo => self.say("có hay không", "yes or no"),
            ValueType::Choice(at) => {
                let catalog = self.snapshot.words().catalogs.get(at);
                let label = catalog.map_or(String::new(), |catalog| escaped(&catalog.label));
                self.say(
                    format!("chọn một mục của danh mục “{label}”"),
                    format!("an entry of the catalogue “{label}”"),
                )
            }
            ValueType::Reporter => self.say("đơn vị báo cáo", "a reporting unit"),
            ValueType::File => self.say("tệp", "a file"),
            ValueType::Unknown => String::new(),
        }
    }

    fn nature(&self, cell: &CellDefinition) -> String {
        let mut parts = Vec::new();
        if cell.nature != Nature::Flow || cell.extent == Extent::Current {
            parts.extend(cell.nature.word().map(|word| self.of(&word.wording())));
        }
        parts.extend(match cell.extent {
            Extent::Current => None,
            Extent::Previous => Some(self.say("của kỳ trước", "of the period before")),
            Extent::SinceYear => Some(self.say("lũy kế từ đầu năm", "since the start of the year")),
            Extent::SinceEvent => {
                Some(self.say("lũy kế từ đầu đợt", "since the start of the event"))
            }
            Extent::SinceStart => {
                Some(self.say("lũy kế từ khởi công", "since the start of the work"))
            }
            Extent::SinceYearToPrevious => Some(self.say(
                "lũy kế từ đầu năm đến hết kỳ trước",
                "since the start of the year to the end of the period before",
            )),
            Extent::SinceEventToPrevious => Some(self.say(
                "lũy kế từ đầu đợt đến hết kỳ trước",
                "since the start of the event to the end of the period before",
            )),
            Extent::SinceStartToPrevious => Some(self.say(
                "lũy kế từ khởi công đến hết kỳ trước",
                "since the start of the work to the end of the period before",
            )),
            Extent::PlanYear => Some(self.say("của cả năm kế hoạch", "of the whole plan year")),
        });
        match cell.modality {
            Modality::Actual(_) => {}
            Modality::Plan(at) => {
                let target = self.snapshot.words().targets.get(at);
                let label = target.map_or(String::new(), |target| escaped(&target.label));
                parts.push(self.say(
                    format!("kế hoạch theo “{label}”"),
                    format!("planned by “{label}”"),
                ));
            }
            Modality::Planned => parts.push(self.say("số kế hoạch", "a plan")),
        }
        parts.join(", ")
    }

    fn filler(&self, cell: &CellDefinition) -> String {
        match (cell.source, &cell.filled_by) {
            (Source::Closed, _) => self.say("không hỏi", "not asked"),
            (Source::Computed, _) => self.say("máy tính, khóa", "computed and locked"),
            (Source::Carried, _) => self.say(
                "lấy từ báo cáo trước, khóa",
                "taken from the report before and locked",
            ),
            (Source::Entered, FilledBy::Reporters) => match cell.required {
                true => self.say(
                    "đơn vị báo cáo nhập, bắt buộc",
                    "typed by the reporter, required",
                ),
                false => self.say("đơn vị báo cáo nhập", "typed by the reporter"),
            },
            (Source::Entered, FilledBy::Agencies(who) | FilledBy::Levels(who)) => {
                let who = self.parties(who);
                self.say(format!("chỉ {who} nhập"), format!("typed by {who} only"))
            }
            (Source::Entered, FilledBy::Recipient) => {
                self.say("nơi nhận nhập", "typed by the recipient")
            }
        }
    }

    /// Levels and agencies by their labels.
    pub(super) fn parties(&self, who: &[Party]) -> String {
        let words = self.snapshot.words();
        let label = |party: &Party| {
            let mut levels = words.levels.iter();
            let level = levels.find(|level| level.name == party.name);
            let mut agencies = words.agencies.iter();
            let agency = agencies.find(|agency| agency.name == party.name);
            level
                .map(|level| &level.label)
                .or(agency.map(|agency| &agency.label))
                .map_or_else(|| party.name.clone(), |label| escaped(label))
        };
        let labels: Vec<String> = who.iter().map(label).collect();
        labels.join(", ")
    }
}
