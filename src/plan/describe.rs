//! Expressions and rules in plain words, Vietnamese and English side by side.
//!
//! For readers of a regime: explain pages, the reading of a whole regime. It deliberately does not know figures or verdicts. An index that a plan
//! does not have is named as such; nothing fails.

use crate::plan::cell::Nature;
use crate::plan::expression::{CellReference, Expression, ExpressionId, RowReference};
use crate::plan::form::{Column, ColumnIndex, Form, FormIndex, WrittenRow};
use crate::plan::{Bilingual, CompiledRegime, events, validity};
use phrases::{around, joined};

mod brackets;
mod compared;
mod demands;
mod differences;
pub mod kinds;
mod numbers;
mod phrases;
pub mod rules;
mod values;

/// How deep an expression is told; deeper parts are shown as `…`.
const DEEPEST: usize = 24;

/// Where an expression is told: what goes without saying.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'p> {
    /// The form at hand.
    pub form: Option<FormIndex>,
    /// The key of the row at hand.
    pub row: Option<&'p str>,
}

/// An expression in words: `[8] + [9]` becomes “tổng của cột 8 (Khiếu nại) và cột 9 (Tố cáo)”.
pub fn expression(plan: &CompiledRegime, place: Place<'_>, id: ExpressionId) -> Bilingual {
    Speaker {
        plan,
        form: place.form,
        row: place.row,
        column: None,
    }
    .tell(id, 0)
}

/// A written row as a sentence names it: “dòng 1.1 (Số người chết)”; a row of a catalogue by its label.
pub fn row(plan: &CompiledRegime, form: &Form, key: &str) -> Bilingual {
    let written = form.written_rows().find_map(|line| match line {
        WrittenRow::Row {
            key: known,
            code,
            label,
            ..
        } if known == key => Some((code, label)),
        _ => None,
    });
    match written {
        Some((Some(code), label)) => both(
            format!("dòng {code} ({label})"),
            format!("row {code} ({label})"),
        ),
        Some((None, label)) => both(format!("dòng “{label}”"), format!("row “{label}”")),
        None => {
            let label = entry(plan, key);
            both(format!("dòng {label}"), format!("row {label}"))
        }
    }
}

/// The label of an entry of some catalogue of the regime.
fn entry<'p>(plan: &'p CompiledRegime, name: &'p str) -> &'p str {
    let catalogs = plan.form_definition.catalogs.iter();
    catalogs
        .flat_map(|catalog| &catalog.entries)
        .find(|entry| entry.name == name)
        .map_or(name, |entry| entry.label.as_str())
}

/// A column as a sentence names it: “cột 6 (Số đơn)”.
pub fn column(column: &Column) -> Bilingual {
    match &column.code {
        Some(code) => both(
            format!("cột {code} ({})", column.label),
            format!("column {code} ({})", column.label),
        ),
        None => both(
            format!("cột “{}”", column.label),
            format!("column “{}”", column.label),
        ),
    }
}

/// “biểu” or “danh sách”.
pub fn kind(form: &Form) -> Bilingual {
    if form.list {
        both("danh sách", "list")
    } else {
        both("biểu", "form")
    }
}

/// What a nature means for reading a column; nothing for the ordinary ones.
pub fn nature(nature: Nature) -> Option<Bilingual> {
    Some(match nature {
        Nature::Stock => both("số cuối kỳ", "a closing figure"),
        Nature::Opening => both("số đầu kỳ", "an opening figure"),
        Nature::NotOverTime => both(
            "số không cộng qua các kỳ",
            "a figure not added over periods",
        ),
        Nature::Ratio => both(
            "tỷ lệ, tính lại khi tổng hợp",
            "a ratio, recomputed when consolidated",
        ),
        Nature::PeriodAverage => both("bình quân trong kỳ", "a period average"),
        Nature::AverageBy(_) => both("bình quân gia quyền", "a weighted average"),
        Nature::Index => both("chỉ số, không cộng", "an index, never added"),
        Nature::Score => both("điểm số, không cộng", "a score, never added"),
        Nature::Flow | Nature::Mixed | Nature::None => return None,
    })
}

/// Both languages.
pub fn both(vi: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual {
        vi: vi.into(),
        en: en.into(),
    }
}

/// “a, b và c”.
pub fn listed(parts: &[Bilingual], and_vi: &str, and_en: &str) -> Bilingual {
    let in_one = |texts: Vec<&str>, and: &str| match texts.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    };
    both(
        in_one(parts.iter().map(|part| part.vi.as_str()).collect(), and_vi),
        in_one(parts.iter().map(|part| part.en.as_str()).collect(), and_en),
    )
}

pub(super) struct Speaker<'s> {
    plan: &'s CompiledRegime,
    /// The form whose name need not be said.
    form: Option<FormIndex>,
    /// The row that need not be said.
    row: Option<&'s str>,
    /// The column that need not be said, where rows of one column are compared.
    column: Option<ColumnIndex>,
}

impl Speaker<'_> {
    fn tell(&self, id: ExpressionId, depth: usize) -> Bilingual {
        self.tell_as(id, depth, false)
    }

    /// `percent`: a literal here is a percentage.
    fn tell_as(&self, id: ExpressionId, depth: usize, percent: bool) -> Bilingual {
        let found = self
            .plan
            .validation_program
            .expression(id)
            .filter(|_| depth < DEEPEST);
        let Some(found) = found else {
            return both("…", "…");
        };
        let inner = |id: ExpressionId| self.tell_as(id, depth + 1, percent);
        let bracketed = |id: ExpressionId| self.bracketed(id, depth + 1);
        match found {
            Expression::Literal(number) => numbers::literal(number, percent),
            Expression::Truth(true) => both("có", "yes"),
            Expression::Truth(false) => both("không", "no"),
            Expression::Cell(cell) => self.cell(cell),
            Expression::Foreign(reference) => demands::foreign(reference),
            Expression::Registry { attribute, entry } => self.registry(attribute, entry),
            Expression::Valid { from, until, .. } => validity::told(*from, *until),
            Expression::Event(question) => events::question(&self.plan.header.events, question),
            Expression::Sum(terms) => self.sum(terms, depth, percent),
            Expression::Product(a, b) => {
                let factor = |id: ExpressionId| {
                    numbers::factor(self.plan, id).unwrap_or_else(|| bracketed(id))
                };
                joined(&factor(*a), "×", &factor(*b))
            }
            Expression::Quotient(a, b) => joined(&bracketed(*a), "÷", &bracketed(*b)),
            Expression::Negate(a) => around("−", &bracketed(*a), "−", ""),
            Expression::Scale(a, _) => inner(*a),
            Expression::Absolute(a) => around(
                "giá trị tuyệt đối của ",
                &bracketed(*a),
                "the absolute value of ",
                "",
            ),
            Expression::Round(a, digits) => {
                let a = bracketed(*a);
                both(
                    format!("{} làm tròn đến {digits} chữ số thập phân", a.vi),
                    format!("{} rounded to {digits} decimals", a.en),
                )
            }
            Expression::Minimum(parts) => {
                self.function("số nhỏ nhất trong", "the smallest of", parts, depth)
            }
            Expression::Maximum(parts) => {
                self.function("số lớn nhất trong", "the largest of", parts, depth)
            }
            Expression::SumOf(parts) => self.function("tổng của", "the sum of", parts, depth),
            Expression::Growth(now, before) => {
                let (now, before) = (bracketed(*now), bracketed(*before));
                both(
                    format!("tốc độ tăng của {} so với {}", now.vi, before.vi),
                    format!("the growth of {} against {}", now.en, before.en),
                )
            }
            Expression::IsBlank(a) => {
                let a = bracketed(*a);
                both(format!("{} để trống", a.vi), format!("{} is blank", a.en))
            }
            Expression::Previous(a) => {
                let a = bracketed(*a);
                both(
                    format!("{} của kỳ trước", a.vi),
                    format!("{} of the period before", a.en),
                )
            }
            Expression::YearAgo(a) => {
                let a = bracketed(*a);
                both(
                    format!("{} của cùng kỳ năm trước", a.vi),
                    format!("{} of the same period last year", a.en),
                )
            }
            Expression::YearToDate(a) => {
                let a = bracketed(*a);
                both(
                    format!("{} lũy kế từ đầu năm", a.vi),
                    format!("{} from the start of the year", a.en),
                )
            }
            Expression::Opening(a) => {
                let a = bracketed(*a);
                both(
                    format!("{} tại đầu kỳ", a.vi),
                    format!("{} at the start of the period", a.en),
                )
            }
            Expression::Plan {
                target, indicator, ..
            } => {
                let definition = &self.plan.form_definition;
                let indicator = definition.indicators.get(*indicator as usize);
                let indicator = indicator.map_or("", |found| &found.label);
                let target = definition.targets.get(*target as usize);
                let target = target.map_or("", |found| &found.label);
                both(
                    format!("số kế hoạch của {indicator} theo {target}"),
                    format!("the plan value of {indicator} in {target}"),
                )
            }
            Expression::OverEvents(a) => {
                let a = bracketed(*a);
                both(
                    format!("{} cộng các đợt đã kết thúc trong kỳ", a.vi),
                    format!("{} added over the events that ended in the period", a.en),
                )
            }
            Expression::SumBelow(a) => {
                let a = bracketed(*a);
                both(
                    format!("{} cộng từ các báo cáo cấp dưới", a.vi),
                    format!("{} added over the reports below", a.en),
                )
            }
            Expression::CountBelow(a) => {
                let a = bracketed(*a);
                both(
                    format!("số báo cáo cấp dưới có {}", a.vi),
                    format!("how many reports below answer {}", a.en),
                )
            }
            Expression::Rank(a) => {
                let a = bracketed(*a);
                both(
                    format!("thứ hạng theo {}", a.vi),
                    format!("the rank by {}", a.en),
                )
            }
            Expression::Compare(first, rest) => self.compared(*first, rest, depth),
            Expression::And(parts) => self.clauses(parts, depth, "và", "and"),
            Expression::Or(parts) => self.clauses(parts, depth, "hoặc", "or"),
            Expression::Not(a) => self.denied(*a, depth),
            Expression::Day(_)
            | Expression::Entry(_)
            | Expression::Nil
            | Expression::If(..)
            | Expression::Chosen(..)
            | Expression::In(..)
            | Expression::Under(_)
            | Expression::Over(_) => self.value_or_list(found, depth),
        }
    }

    fn sum(&self, terms: &[(bool, ExpressionId)], depth: usize, percent: bool) -> Bilingual {
        if !terms.iter().all(|(plus, _)| *plus) {
            return self.signed(terms, depth, percent);
        }
        if let Some(rows) = self.rows_of_one_column(terms) {
            return rows;
        }
        let told: Vec<Bilingual> = terms
            .iter()
            .map(|(_, id)| self.term(*id, depth + 1, percent))
            .collect();
        let parts = listed(&told, "và", "and");
        both(
            format!("tổng của {}", parts.vi),
            format!("the sum of {}", parts.en),
        )
    }

    /// “tổng cột 1 (Số vụ) của dòng 11 và dòng 12”: the column is said once where rows of one column are added.
    fn rows_of_one_column(&self, terms: &[(bool, ExpressionId)]) -> Option<Bilingual> {
        let cells: Vec<&CellReference> = terms
            .iter()
            .map(
                |(_, id)| match self.plan.validation_program.expression(*id) {
                    Some(Expression::Cell(cell)) => Some(cell),
                    _ => None,
                },
            )
            .collect::<Option<_>>()?;
        let first = *cells.first()?;
        let alike = |cell: &&CellReference| {
            (cell.form, cell.column) == (first.form, first.column)
                && matches!(cell.row, RowReference::Entry(_))
        };
        if cells.len() < 2 || !cells.iter().all(alike) {
            return None;
        }
        let form = self.plan.form_definition.form(first.form)?;
        let rows: Vec<Bilingual> = cells
            .iter()
            .filter_map(|cell| match &cell.row {
                RowReference::Entry(key) => Some(row(self.plan, form, key)),
                _ => None,
            })
            .collect();
        let rows = listed(&rows, "và", "and");
        let column = self.cell(&CellReference {
            row: RowReference::Current,
            ..first.clone()
        });
        Some(both(
            format!("tổng {} của {}", column.vi, rows.vi),
            format!("the sum of {} over {}", column.en, rows.en),
        ))
    }

    fn function(&self, vi: &str, en: &str, parts: &[ExpressionId], depth: usize) -> Bilingual {
        let told: Vec<Bilingual> = match parts {
            [only] => vec![self.tell(*only, depth + 1)],
            several => {
                let several = several.iter();
                several.map(|id| self.term(*id, depth + 1, false)).collect()
            }
        };
        let parts = listed(&told, "và", "and");
        both(format!("{vi} {}", parts.vi), format!("{en} {}", parts.en))
    }

    fn cell(&self, cell: &CellReference) -> Bilingual {
        let Some(form) = self.plan.form_definition.form(cell.form) else {
            return both(
                "một ô không có trong chế độ",
                "a cell the regime does not have",
            );
        };
        let mut text = form
            .column(cell.column)
            .map_or_else(|| both("một cột", "a column"), column);
        let row = match &cell.row {
            RowReference::Current | RowReference::All => None,
            RowReference::Entry(name) if self.form == Some(cell.form) && self.row == Some(name) => {
                None
            }
            RowReference::Entry(name) => Some(row(self.plan, form, name)),
            RowReference::Total => Some(both("dòng tổng", "the total row")),
            RowReference::Others => Some(both("các dòng khác", "the other rows")),
        };
        match row {
            Some(row) if self.form == Some(cell.form) && self.column == Some(cell.column) => {
                text = row;
            }
            Some(row) => {
                text = both(
                    format!("{}, {}", text.vi, row.vi),
                    format!("{}, {}", text.en, row.en),
                );
            }
            None => {}
        }
        if self.form != Some(cell.form) && self.plan.form_definition.forms.len() > 1 {
            let kind = kind(form);
            text = both(
                format!("{} của {} {}", text.vi, kind.vi, form.sign),
                format!("{} of {} {}", text.en, kind.en, form.sign),
            );
        }
        text
    }
}
