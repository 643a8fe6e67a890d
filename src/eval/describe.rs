//! Findings in words, explained in figures, Vietnamese and English side by side.
//!
//! It does not know screens, severities' colours or who reads. A finding that points outside the plan gets a plain sentence instead of a panic.

use crate::eval::cell::{BlankReason, Cell};
use crate::eval::display::{self, Shape};
use crate::eval::evaluate::Evaluation;
use crate::eval::finding::{Compared, Finding, FindingKind, Verdict};
use crate::eval::naming::{self, both, join, same};
use crate::eval::outline;
use crate::eval::ranges;
use crate::eval::told::Told;
use crate::number::{Interval, Number};
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Source, ValueType};
use crate::plan::expression::{Comparison, Expression, ExpressionId, RowReference};
use crate::plan::form::FormIndex;
use crate::plan::validation::{Rule, RuleKind, Side, Template, TemplatePart};
use crate::plan::{Bilingual, CompiledRegime};

/// One finding while it is put into words.
struct Sentence<'a> {
    plan: &'a CompiledRegime,
    evaluation: &'a Evaluation,
    finding: &'a Finding,
}

/// What a finding says: row, column, the figures and their difference.
pub fn describe(plan: &CompiledRegime, evaluation: &Evaluation, finding: &Finding) -> Bilingual {
    let sentence = Sentence {
        plan,
        evaluation,
        finding,
    };
    let text = sentence.body();
    let row = finding
        .at
        .as_ref()
        .and_then(|at| naming::row(plan, at.form, &at.row));
    match row {
        Some(row) => both(
            format!("{}: {}", row.vi, text.vi),
            format!("{}: {}", row.en, text.en),
        ),
        None => both(capital(&text.vi), capital(&text.en)),
    }
}

impl Sentence<'_> {
    fn body(&self) -> Bilingual {
        match &self.finding.kind {
            FindingKind::Rule {
                rule,
                sides,
                ranges,
                figures,
                comparison,
            } => match self.plan.validation_program.rules.get(rule.0 as usize) {
                Some(rule) if self.finding.verdict == Verdict::Undecided => self.undecided(rule),
                Some(rule) => self.failed(rule, (sides, ranges), figures, comparison.as_ref()),
                None => both(
                    "quy tắc không còn trong chế độ",
                    "a rule the regime does not have",
                ),
            },
            FindingKind::NotAnswered if self.takes_a_file() => {
                self.about_cell("chưa đính kèm tệp", "has no file attached")
            }
            FindingKind::NotAnswered => self.about_cell(
                "chưa trả lời; nhập số liệu, hoặc “-” nếu không phát sinh",
                "is not answered; enter a figure, or “-” if nothing happened",
            ),
            FindingKind::NotANumber { typed } => self.about_cell(
                &format!("chỉ nhận số, đã nhập “{typed}”"),
                &format!("takes figures, “{typed}” was entered"),
            ),
            FindingKind::NotADay { typed } => self.about_cell(
                &format!("chỉ nhận ngày dd/mm/yyyy, đã nhập “{typed}”"),
                &format!("takes a day dd/mm/yyyy, “{typed}” was entered"),
            ),
            FindingKind::NotYesOrNo { typed } => self.about_cell(
                &format!("chỉ nhận “có” hoặc “không”, đã nhập “{typed}”"),
                &format!("takes “yes” or “no”, “{typed}” was entered"),
            ),
            FindingKind::NotAnEntry { typed } => self.about_cell(
                &format!("chỉ nhận một mục của danh mục còn hiệu lực vào ngày chốt số liệu, đã nhập “{typed}”"),
                &format!("takes an entry of its catalogue that is valid on the cut-off date, “{typed}” was entered"),
            ),
            FindingKind::NotAFile { typed } => self.about_cell(
                &format!("chỉ nhận một tệp đính kèm, đã nhập “{typed}”"),
                &format!("takes an attached file, “{typed}” was entered"),
            ),
            FindingKind::NotAUnit { typed } => self.about_cell(
                &format!("chỉ nhận tên một đơn vị đang hoạt động vào ngày chốt số liệu, đã nhập “{typed}”"),
                &format!("takes the name of a unit that exists on the cut-off date, “{typed}” was entered"),
            ),
            FindingKind::DoesNotMatch { typed, pattern } => self.about_cell(
                &format!("phải viết theo mẫu {pattern}, đã nhập “{typed}”"),
                &format!("must be written as {pattern}, “{typed}” was entered"),
            ),
            FindingKind::KeyRepeated { first } => self.about_cell(
                &format!("trùng khóa với dòng {}", first.key()),
                &format!("has the key of row {}", first.key()),
            ),
            FindingKind::DoesNotAgree { other, with } => {
                let with = match &self.finding.at {
                    Some(at) => naming::column(self.plan, at.form, *with),
                    None => both("cột khác", "another column"),
                };
                self.about_cell(
                    &format!("khác dòng {} tuy cùng {}", other.key(), with.vi),
                    &format!("differs from row {} although {} is the same", other.key(), with.en),
                )
            }
            FindingKind::TooManyDecimals { typed, allowed: 0 } => {
                let figure = figure_typed(typed);
                self.about_cell(
                    &format!("phải là số nguyên, đã nhập {figure}"),
                    &format!("takes whole numbers, {figure} was entered"),
                )
            }
            FindingKind::TooManyDecimals { typed, allowed } => {
                let figure = figure_typed(typed);
                self.about_cell(
                    &format!("chỉ nhận {allowed} chữ số thập phân, đã nhập {figure}"),
                    &format!("takes {allowed} decimals, {figure} was entered"),
                )
            }
            FindingKind::Negative { typed } => {
                let figure = figure_typed(typed);
                self.about_cell(
                    &format!("không được nhỏ hơn 0, đã nhập {figure}"),
                    &format!("must not be below 0, {figure} was entered"),
                )
            }
            FindingKind::NotOpen { typed } => {
                let why = self.why_locked();
                self.about_cell(
                    &format!("không nhập tay ({}), đã nhập “{typed}”", why.vi),
                    &format!("is locked ({}), “{typed}” was entered", why.en),
                )
            }
            FindingKind::DiffersFromParts { typed, parts } => {
                let shape = self.own_shape();
                let shape = telling(shape, &typed.sub(parts).abs());
                let (typed, parts) = (
                    display::in_sentence(typed, shape),
                    display::in_sentence(parts, shape),
                );
                self.about_cell(
                    &format!("= {typed} khác số cộng từ các kỳ trong kỳ này = {parts}"),
                    &format!("= {typed} differs from what the shorter periods come to = {parts}"),
                )
            }
            FindingKind::OpeningDiffers { own, other, period } => {
                let shape = self.own_shape();
                let shape = telling(shape, &own.sub(other).abs());
                let (own, other) = (
                    display::in_sentence(own, shape),
                    display::in_sentence(other, shape),
                );
                let (vi, en) = (period.name_vi(), period.name_en());
                self.about_cell(
                    &format!("= {own} khác số đầu kỳ của báo cáo {vi}, bắt đầu cùng ngày = {other}"),
                    &format!("= {own} differs from the opening of the report of {en}, which begins on the same day = {other}"),
                )
            }
            FindingKind::NotClosed => self.about_cell(
                "phải trả lời, không được đánh dấu “x”",
                "must be answered and cannot be marked “x”",
            ),
            FindingKind::GivenTwice { typed } => self.about_cell(
                &format!("được nhập hai lần, giá trị “{typed}” không được dùng"),
                &format!("is given twice, “{typed}” is not used"),
            ),
            FindingKind::NarrativeMissing { key } => {
                let name = outline::narrative_name(self.plan, key);
                both(
                    format!("chưa viết nội dung {}", name.vi),
                    format!("{} is not written", name.en),
                )
            }
            FindingKind::UnknownNarrative { name } => both(
                format!("đề cương của kỳ này không có nội dung “{name}”"),
                format!("the outline of this period has no narrative “{name}”"),
            ),
            FindingKind::UnknownForm { name } => both(
                format!("chế độ báo cáo không có biểu “{name}”"),
                format!("the regime has no form “{name}”"),
            ),
            FindingKind::UnknownRow { form, name } => both(
                format!("biểu {form} không có dòng “{name}” vào ngày chốt số liệu"),
                format!("form {form} has no row “{name}” on the cut-off date"),
            ),
            FindingKind::UnknownColumn { form, row, name } if row.is_empty() => both(
                format!("biểu {form} không có cột “{name}”"),
                format!("form {form} has no column “{name}”"),
            ),
            FindingKind::UnknownColumn { form, row, name } => both(
                format!("biểu {form}, dòng “{row}”: không có cột “{name}”"),
                format!("form {form}, row “{row}”: there is no column “{name}”"),
            ),
        }
    }

    /// A sentence whose subject is the cell of the finding.
    fn about_cell(&self, vi: &str, en: &str) -> Bilingual {
        let column = self.column();
        both(format!("{} {vi}", column.vi), format!("{} {en}", column.en))
    }

    fn takes_a_file(&self) -> bool {
        let forms = &self.plan.form_definition;
        let cell = self.finding.at.as_ref().and_then(|at| {
            let form = forms.form(at.form)?;
            form.cell(at.row.key(), at.column)
        });
        cell.is_some_and(|cell| cell.value == ValueType::File)
    }

    fn column(&self) -> Bilingual {
        match &self.finding.at {
            Some(at) => naming::column(self.plan, at.form, at.column),
            None => both("số liệu", "the figure"),
        }
    }

    fn why_locked(&self) -> Bilingual {
        let Some(at) = &self.finding.at else {
            return both("ô khóa", "locked");
        };
        let source = self
            .plan
            .form_definition
            .form(at.form)
            .and_then(|form| form.column(at.column))
            .map(|column| &column.cell.source);
        match source {
            Some(Source::Computed(formula)) => {
                let text = naming::expression(self.plan, Some(at.form), *formula);
                both(
                    format!("được tính bằng {}", text.vi),
                    format!("computed as {}", text.en),
                )
            }
            Some(Source::Carried(_)) => both(
                "kết chuyển từ báo cáo kỳ trước",
                "carried over from the earlier report",
            ),
            _ if at.row == Row::Total => both("dòng tổng", "total row"),
            _ => both("tổng của các dòng bên dưới", "sum of the rows below"),
        }
    }

    fn failed(
        &self,
        rule: &Rule,
        (values, ranges): (&[Option<Number>], &[Option<Interval>]),
        figures: &[Option<Told>],
        comparison: Option<&Compared>,
    ) -> Bilingual {
        let mut details = self.details(rule, values, comparison);
        let shapes = self.shapes(rule, comparison);
        if let Some(told) = ranges::told(values, ranges, &shapes) {
            details = join(&[details, told], "; ");
        }
        match &rule.message {
            None => details,
            Some(message) => {
                let message = self.message(message, figures);
                both(
                    format!("{} ({})", message.vi, details.vi),
                    format!("{} ({})", message.en, details.en),
                )
            }
        }
    }

    /// How the two or more sides of a rule that allows for rounding are written.
    fn shapes(&self, rule: &Rule, comparison: Option<&Compared>) -> Vec<Shape> {
        let of = |id: ExpressionId| naming::shape(self.plan, id);
        let sides: Vec<Shape> = match (&rule.kind, comparison) {
            (RuleKind::Balance { sides }, _) => {
                sides.iter().map(|side| of(side.expression)).collect()
            }
            (_, Some(compared)) => vec![of(compared.left), of(compared.right)],
            _ => Vec::new(),
        };
        let widest = sides.iter().copied().reduce(naming::widest);
        sides.iter().filter_map(|_| widest).collect()
    }

    /// The author's own words with the figures of this row.
    fn message(&self, template: &Template, figures: &[Option<Told>]) -> Bilingual {
        let mut text = String::new();
        let mut figures = figures.iter();
        for part in &template.parts {
            match part {
                TemplatePart::Text(words) => text.push_str(words),
                TemplatePart::Figure(expression) => match figures.next() {
                    Some(Some(Told::Words(words))) => text.push_str(words),
                    Some(Some(Told::Number(figure))) => text.push_str(&display::in_sentence(
                        figure,
                        naming::shape(self.plan, *expression),
                    )),
                    _ => text.push('…'),
                },
                TemplatePart::Change(expression) => match figures.next() {
                    Some(Some(Told::Number(figure))) => text.push_str(&display::change(
                        figure,
                        naming::shape(self.plan, *expression),
                    )),
                    _ => text.push('…'),
                },
            }
        }
        same(text)
    }

    /// Both sides of what does not hold, with their figures and the difference.
    fn details(
        &self,
        rule: &Rule,
        values: &[Option<Number>],
        comparison: Option<&Compared>,
    ) -> Bilingual {
        let side = |side: &Side| {
            (
                same(side.text.clone()),
                naming::shape(self.plan, side.expression),
            )
        };
        let own = || (self.column(), self.own_shape());
        match &rule.kind {
            RuleKind::Chain { sides } => {
                let names = std::iter::once(own()).chain(sides.iter().map(side));
                self.unequal(&names.collect::<Vec<_>>(), values)
            }
            RuleKind::Balance { sides } => {
                self.unequal(&sides.iter().map(side).collect::<Vec<_>>(), values)
            }
            RuleKind::Within { whole } => match values {
                [Some(part), Some(total)] => {
                    let sign = Comparison::LessOrEqual;
                    relation(&own(), part, sign, &side(whole), total)
                }
                _ => self.name(rule),
            },
            RuleKind::Bounds { lesser, greater } => match values {
                [Some(less), Some(more)] => {
                    let sign = Comparison::LessOrEqual;
                    relation(&side(lesser), less, sign, &side(greater), more)
                }
                _ => self.name(rule),
            },
            RuleKind::Range { low, high } => match values {
                [Some(value), Some(bound), _] if value < bound => {
                    relation(&own(), value, Comparison::GreaterOrEqual, &side(low), bound)
                }
                [Some(value), _, Some(bound)] => {
                    relation(&own(), value, Comparison::LessOrEqual, &side(high), bound)
                }
                _ => self.name(rule),
            },
            RuleKind::Condition { expression } => match (comparison, values) {
                (Some(compared), [Some(left), Some(right)]) => relation(
                    &self.operand(rule, compared.left),
                    left,
                    compared.sign,
                    &self.operand(rule, compared.right),
                    right,
                ),
                _ => {
                    let text = naming::expression(self.plan, rule.form, *expression);
                    both(
                        format!("không thỏa mãn: {}", text.vi),
                        format!("does not hold: {}", text.en),
                    )
                }
            },
        }
    }

    /// Every known side that differs from the first known one.
    fn unequal(&self, names: &[(Bilingual, Shape)], values: &[Option<Number>]) -> Bilingual {
        let mut known = names
            .iter()
            .zip(values)
            .filter_map(|(name, value)| Some((name, value.as_ref()?)));
        let Some((first, value)) = known.next() else {
            return both("hai vế không bằng nhau", "the sides differ");
        };
        let differing: Vec<Bilingual> = known
            .filter(|(_, other)| *other != value)
            .map(|(name, other)| relation(first, value, Comparison::Equal, name, other))
            .collect();
        join(&differing, "; ")
    }

    fn own_shape(&self) -> Shape {
        self.finding
            .at
            .as_ref()
            .and_then(|at| {
                let form = self.plan.form_definition.form(at.form)?;
                form.column(at.column)
            })
            .map_or(
                Shape {
                    percent: false,
                    decimals: 2,
                },
                |column| display::shape(column.cell.value),
            )
    }

    /// One side of a condition: a column by its label, a formula as it is written.
    fn operand(&self, rule: &Rule, id: ExpressionId) -> (Bilingual, Shape) {
        let name = match self.plan.validation_program.expression(id) {
            Some(Expression::Cell(reference)) if Some(reference.form) == rule.form => {
                match &reference.row {
                    RowReference::Current => {
                        naming::column(self.plan, reference.form, reference.column)
                    }
                    _ => naming::expression(self.plan, rule.form, id),
                }
            }
            Some(Expression::Literal(_)) => same(""),
            _ => naming::expression(self.plan, rule.form, id),
        };
        (name, naming::shape(self.plan, id))
    }

    fn undecided(&self, rule: &Rule) -> Bilingual {
        let name = self.name(rule);
        let missing = self.missing(rule);
        both(
            format!("chưa xét được {}: {}", name.vi, missing.vi),
            format!("{} cannot be judged yet: {}", name.en, missing.en),
        )
    }

    /// The rule in a sentence.
    fn name(&self, rule: &Rule) -> Bilingual {
        let column = |index: FormIndex| {
            rule.column
                .map(|column| naming::column(self.plan, index, column))
        };
        match (&rule.identifier, rule.form.and_then(column)) {
            (Some(identifier), _) => both(
                format!("quy tắc {identifier}"),
                format!("rule {identifier}"),
            ),
            (None, Some(column)) => both(
                format!("quy tắc của {}", column.vi),
                format!("the rule of {}", column.en),
            ),
            (None, None) => both(
                format!("quy tắc “{}”", rule.text),
                format!("the rule “{}”", rule.text),
            ),
        }
    }

    /// What a rule waits for.
    fn missing(&self, rule: &Rule) -> Bilingual {
        let from = self.finding.at.as_ref();
        let mut unanswered: Vec<CellAddress> = Vec::new();
        let mut reasons: Vec<Bilingual> = Vec::new();
        for at in &self.finding.cells {
            match self.evaluation.cells.get(at) {
                Some(Cell::Blank(BlankReason::NotAnswered | BlankReason::Optional)) => {
                    unanswered.push(at.clone());
                }
                Some(Cell::Blank(BlankReason::Missing(missing))) => {
                    unanswered.extend(missing.iter().cloned());
                }
                Some(Cell::Partial(_, basis)) => {
                    let name = naming::cell(self.plan, at, from);
                    let why = naming::basis(*basis);
                    reasons.push(both(
                        format!("{} ({})", name.vi, why.vi),
                        format!("{} ({})", name.en, why.en),
                    ));
                }
                Some(Cell::Blank(reason)) => {
                    let name = naming::cell(self.plan, at, from);
                    let why = naming::reason_beside(self.plan, reason, from);
                    reasons.push(both(
                        format!("{} ({})", name.vi, why.vi),
                        format!("{} ({})", name.en, why.en),
                    ));
                }
                _ => {}
            }
        }
        unanswered.sort();
        unanswered.dedup();
        if !unanswered.is_empty() {
            reasons.insert(0, naming::cells(self.plan, &unanswered, from));
        }
        if reasons.is_empty() && rule.reads_previous {
            reasons.push(both("số liệu kỳ trước", "figures of the earlier report"));
        }
        if reasons.is_empty() {
            reasons.push(both("số liệu", "figures"));
        }
        let list = join(&reasons, ", ");
        both(format!("thiếu {}", list.vi), format!("missing {}", list.en))
    }
}

/// `cột 3 “Tổng số” = 162 phải bằng [7] + [11] = 163: lệch 1`.
fn relation(
    left: &(Bilingual, Shape),
    left_value: &Number,
    sign: Comparison,
    right: &(Bilingual, Shape),
    right_value: &Number,
) -> Bilingual {
    let gap = left_value.sub(right_value).abs();
    let shape = telling(naming::widest(left.1, right.1), &gap);
    let must = naming::must(sign);
    let side = |name: &str, value: &Number| {
        let figure = display::in_sentence(value, shape);
        if name.is_empty() {
            figure
        } else {
            format!("{name} = {figure}")
        }
    };
    let vi = format!(
        "{} {} {}",
        side(&left.0.vi, left_value),
        must.vi,
        side(&right.0.vi, right_value)
    );
    let en = format!(
        "{} {} {}",
        side(&left.0.en, left_value),
        must.en,
        side(&right.0.en, right_value)
    );
    // Equal figures where they must differ: there is no difference to name.
    if gap.is_zero() {
        return both(vi, en);
    }
    both(
        format!("{vi}: lệch {}", display::difference(&gap, shape, "điểm %")),
        format!(
            "{en}: off by {}",
            display::difference(&gap, shape, "points")
        ),
    )
}

/// With so many decimals that a difference does not look like none: 89,996% is not "90%, lệch 0".
fn telling(shape: Shape, gap: &Number) -> Shape {
    const MOST_DECIMALS: u32 = 12;
    let mut shape = shape;
    let scaled = if shape.percent {
        gap.mul(&Number::from_i64(100))
    } else {
        gap.clone()
    };
    while !gap.is_zero() && scaled.round(shape.decimals).is_zero() && shape.decimals < MOST_DECIMALS
    {
        shape.decimals += 1;
    }
    shape
}

/// The typed machine text as people read it; text that is no number stays as it is.
fn figure_typed(typed: &str) -> String {
    match Number::parse(typed) {
        Ok(number) => number.to_vietnamese(number.decimals().unwrap_or(0)),
        Err(_) => typed.to_string(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
