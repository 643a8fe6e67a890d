//! Names of rows, columns, cells, formulas and reasons in sentences, Vietnamese and English side by side.
//!
//! The author's own labels are the same in both languages. What the plan does not have is named by its key or left out; nothing fails.

use crate::calendar::dates::show_date;
use crate::eval::cell::{Basis, BlankReason, MissingPart};
use crate::eval::display::{self, Shape};
use crate::eval::references::children;
use crate::eval::rows;
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::{
    CellReference, Comparison, Expression, ExpressionId, Over, OverFunction, RowReference,
};
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::{Bilingual, CompiledRegime, events, validity};

/// Cells named before the rest is only counted.
const MOST_NAMED: usize = 6;

/// A text that is the same in both languages.
pub fn same(text: impl Into<String>) -> Bilingual {
    let vi = text.into();
    Bilingual { en: vi.clone(), vi }
}

/// A text in both languages.
pub fn both(vi: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual {
        vi: vi.into(),
        en: en.into(),
    }
}

/// Several texts with a separator.
pub fn join(parts: &[Bilingual], separator: &str) -> Bilingual {
    let of = |pick: fn(&Bilingual) -> &str| {
        parts
            .iter()
            .map(pick)
            .collect::<Vec<&str>>()
            .join(separator)
    };
    Bilingual {
        vi: of(|part| &part.vi),
        en: of(|part| &part.en),
    }
}

/// The printed label of a row; none for the own row of a form without rows.
pub fn row(plan: &CompiledRegime, form: FormIndex, row: &Row) -> Option<Bilingual> {
    let form = plan.form_definition.form(form)?;
    match row {
        Row::Own => None,
        Row::Total => Some(match &form.total_row {
            Some(label) => same(label.clone()),
            None => both("Tổng cộng", "Total"),
        }),
        Row::Entry(name) if form.listed().is_some() => {
            Some(both(format!("dòng {name}"), format!("row {name}")))
        }
        Row::Entry(name) => {
            let label = rows::label(&plan.form_definition, form, name);
            Some(same(label.unwrap_or(name).to_string()))
        }
    }
}

/// A column in a sentence: `cột 3 “Tổng số”`.
pub fn column(plan: &CompiledRegime, form: FormIndex, column: ColumnIndex) -> Bilingual {
    let found = plan
        .form_definition
        .form(form)
        .and_then(|form| form.column(column));
    let Some(found) = found else {
        return both(
            "một cột không có trong biểu",
            "a column the form does not have",
        );
    };
    match &found.code {
        Some(code) => both(
            format!("cột {code} “{}”", found.label),
            format!("column {code} “{}”", found.label),
        ),
        None => both(
            format!("cột “{}”", found.label),
            format!("column “{}”", found.label),
        ),
    }
}

/// A cell in a sentence about another cell: what is the same for both is not repeated.
pub fn cell(plan: &CompiledRegime, at: &CellAddress, from: Option<&CellAddress>) -> Bilingual {
    let mut name = column(plan, at.form, at.column);
    if from.is_none_or(|from| from.row != at.row)
        && let Some(row) = row(plan, at.form, &at.row)
    {
        name = both(
            format!("{} dòng “{}”", name.vi, row.vi),
            format!("{} row “{}”", name.en, row.en),
        );
    }
    if from.is_none_or(|from| from.form != at.form)
        && plan.form_definition.forms.len() > 1
        && let Some(form) = plan.form_definition.form(at.form)
    {
        name = both(
            format!("{} biểu {}", name.vi, form.sign),
            format!("{} form {}", name.en, form.sign),
        );
    }
    name
}

/// Several cells in a sentence; of many the first few, and how many more.
pub fn cells(plan: &CompiledRegime, all: &[CellAddress], from: Option<&CellAddress>) -> Bilingual {
    let named: Vec<Bilingual> = all
        .iter()
        .take(MOST_NAMED)
        .map(|at| cell(plan, at, from))
        .collect();
    let names = join(&named, ", ");
    match all.len().saturating_sub(MOST_NAMED) {
        0 => names,
        more => both(
            format!("{} và {more} ô khác", names.vi),
            format!("{} and {more} more cells", names.en),
        ),
    }
}

/// Why a cell is blank.
pub fn reason(plan: &CompiledRegime, reason: &BlankReason) -> Bilingual {
    reason_beside(plan, reason, None)
}

/// Why a cell is blank, in a sentence about another cell.
pub fn reason_beside(
    plan: &CompiledRegime,
    reason: &BlankReason,
    from: Option<&CellAddress>,
) -> Bilingual {
    match reason {
        BlankReason::NotAnswered => both("chưa trả lời", "not answered"),
        BlankReason::Optional => both("không bắt buộc, để trống", "optional, left empty"),
        BlankReason::Missing(missing) if missing.is_empty() => {
            both("thiếu số liệu", "figures are missing")
        }
        BlankReason::Missing(missing) => {
            let names = cells(plan, missing, from);
            both(
                format!("thiếu {}", names.vi),
                format!("{} missing", names.en),
            )
        }
        BlankReason::ZeroDivisor => both("mẫu số bằng 0", "the divisor is 0"),
        BlankReason::NoEarlierReport => both("chưa có báo cáo kỳ trước", "no earlier report"),
        BlankReason::EarlierReportBlank => both(
            "báo cáo kỳ trước để trống ô này",
            "blank in the earlier report",
        ),
        BlankReason::NoYearAgo => both(
            "chưa có số liệu cùng kỳ",
            "no figures of the same period last year",
        ),
        BlankReason::NotAssigned => both("chưa giao", "not assigned"),
        BlankReason::NotKnownElsewhere(regime) => both(
            format!("chưa có số liệu của chế độ {regime}"),
            format!("no figure of regime {regime} is known"),
        ),
        BlankReason::NotMergeable => both(
            "không cộng được qua sáp nhập",
            "does not add up over a merger",
        ),
        BlankReason::UnitsDisagree => both(
            "các đơn vị báo cáo khác nhau về cùng một dòng",
            "units report one row differently",
        ),
        BlankReason::NotDivided => both(
            "đơn vị chia tách, chưa có số liệu chia lại",
            "the unit was divided, no share is declared",
        ),
        BlankReason::PeriodMissing(MissingPart::First) => {
            both("thiếu kỳ đầu", "the first period is missing")
        }
        BlankReason::PeriodMissing(MissingPart::Last) => {
            both("thiếu kỳ cuối", "the last period is missing")
        }
        BlankReason::PeriodMissing(MissingPart::Any) => {
            both("thiếu số liệu của một kỳ", "a period is missing")
        }
        BlankReason::PredecessorsMissing(names) => both(
            format!(
                "thiếu báo cáo của đơn vị trước sáp nhập: {}",
                names.join(", ")
            ),
            format!("reports of merged units missing: {}", names.join(", ")),
        ),
    }
}

/// How much of what is due a partial figure rests on.
pub fn basis(basis: Basis) -> Bilingual {
    let Basis { answered, due } = basis;
    both(
        format!("mới có {answered} trên {due}"),
        format!("{answered} of {due} so far"),
    )
}

/// A comparison sign in words, as what ought to hold.
pub fn must(sign: Comparison) -> Bilingual {
    match sign {
        Comparison::Equal => both("phải bằng", "must equal"),
        Comparison::NotEqual => both("phải khác", "must differ from"),
        Comparison::Less => both("phải nhỏ hơn", "must be less than"),
        Comparison::LessOrEqual => both("phải nhỏ hơn hoặc bằng", "must be at most"),
        Comparison::Greater => both("phải lớn hơn", "must be greater than"),
        Comparison::GreaterOrEqual => both("phải lớn hơn hoặc bằng", "must be at least"),
    }
}

/// How a figure of an expression is written: by the types of the cells it reads.
pub fn shape(plan: &CompiledRegime, id: ExpressionId) -> Shape {
    let program = &plan.validation_program;
    let plain = |decimals| Shape {
        percent: false,
        decimals,
    };
    match program.expression(id) {
        Some(Expression::Cell(reference)) => plan
            .form_definition
            .form(reference.form)
            .and_then(|form| match &reference.row {
                RowReference::Entry(key) => form.cell(key, reference.column),
                _ => form.column(reference.column).map(|column| &column.cell),
            })
            .map_or(plain(0), |cell| display::shape(cell.value)),
        Some(Expression::Literal(number)) => plain(number.decimals().unwrap_or(2)),
        Some(Expression::Growth(..)) => Shape {
            percent: true,
            decimals: 2,
        },
        Some(Expression::Product(..) | Expression::Quotient(..)) | None => plain(2),
        Some(Expression::Over(over)) => {
            let adds = over.function != OverFunction::Count;
            let value = over.value.filter(|_| adds);
            value.map_or(plain(0), |value| shape(plan, value))
        }
        Some(Expression::Chosen(value, _)) => shape(plan, *value),
        Some(Expression::If(_, then, otherwise)) => {
            widest(shape(plan, *then), shape(plan, *otherwise))
        }
        Some(expression) => children(expression)
            .into_iter()
            .map(|child| shape(plan, child))
            .reduce(widest)
            .unwrap_or(plain(0)),
    }
}

/// The shape in which two figures can be compared.
pub fn widest(left: Shape, right: Shape) -> Shape {
    // A literal beside a percentage was divided by 100, so its own decimals say nothing.
    let decimals = match (left.percent, right.percent) {
        (true, false) => left.decimals,
        (false, true) => right.decimals,
        _ => left.decimals.max(right.decimals),
    };
    Shape {
        percent: left.percent || right.percent,
        decimals,
    }
}

/// A formula as the author would write it, seen from a form: `([8] + [9]) / [7]`.
pub fn expression(plan: &CompiledRegime, form: Option<FormIndex>, id: ExpressionId) -> Bilingual {
    both(
        write(plan, form, id, 0, true),
        write(plan, form, id, 0, false),
    )
}

/// Binding strengths: 0 the whole, 1 comparison, 2 sum, 3 product, 4 a single operand.
fn write(
    plan: &CompiledRegime,
    form: Option<FormIndex>,
    id: ExpressionId,
    strength: u8,
    vietnamese: bool,
) -> String {
    let word = |vi: &'static str, en: &'static str| if vietnamese { vi } else { en };
    let part = |id: &ExpressionId, strength| write(plan, form, *id, strength, vietnamese);
    let call = |name: &str, parts: &[ExpressionId]| {
        let inside: Vec<String> = parts.iter().map(|id| part(id, 0)).collect();
        (4, format!("{name}({})", inside.join(", ")))
    };
    let Some(expression) = plan.validation_program.expression(id) else {
        return String::new();
    };
    let (own, text) = match expression {
        Expression::Literal(number) => (
            4,
            match number.decimals() {
                Some(decimals) => number.to_vietnamese(decimals),
                None => number.to_plain(None),
            },
        ),
        Expression::Truth(true) => (4, word("có", "yes").to_string()),
        Expression::Truth(false) => (4, word("không", "no").to_string()),
        Expression::Cell(reference) => (4, reference_text(plan, form, reference, vietnamese)),
        Expression::Foreign(reference) => (4, reference.text()),
        Expression::Registry { attribute, entry } => {
            let registry = word("hồ sơ đơn vị", "registry");
            (4, format!("{registry} {attribute} = {entry}"))
        }
        Expression::Valid { from, until, .. } => {
            let Bilingual { vi, en } = validity::told(*from, *until);
            (4, if vietnamese { vi } else { en })
        }
        Expression::Event(question) => {
            let Bilingual { vi, en } = events::question(&plan.header.events, question);
            (4, if vietnamese { vi } else { en })
        }
        Expression::Sum(terms) => {
            let mut text = String::new();
            for (place, (plus, term)) in terms.iter().enumerate() {
                text.push_str(match (place, plus) {
                    (0, true) => "",
                    (0, false) => "-",
                    (_, true) => " + ",
                    (_, false) => " - ",
                });
                text.push_str(&part(term, if *plus { 2 } else { 3 }));
            }
            (2, text)
        }
        Expression::Product(left, right) => (3, format!("{} × {}", part(left, 3), part(right, 4))),
        Expression::Quotient(left, right) => (3, format!("{} / {}", part(left, 3), part(right, 4))),
        Expression::Negate(inner) => (3, format!("-{}", part(inner, 4))),
        Expression::Scale(inner, _) => return part(inner, strength),
        Expression::Absolute(inner) => call(word("trị tuyệt đối", "abs"), &[*inner]),
        Expression::Round(inner, digits) => (
            4,
            format!(
                "{}({}, {digits})",
                word("làm tròn", "round"),
                part(inner, 0)
            ),
        ),
        Expression::Minimum(parts) => call(word("nhỏ nhất", "min"), parts),
        Expression::Maximum(parts) => call(word("lớn nhất", "max"), parts),
        Expression::SumOf(parts) => call(word("tổng", "sum"), parts),
        Expression::Growth(left, right) => call(word("tốc độ tăng", "growth"), &[*left, *right]),
        Expression::IsBlank(inner) => call(word("trống", "blank"), &[*inner]),
        Expression::Previous(inner) => call(word("kỳ trước", "previous"), &[*inner]),
        Expression::YearAgo(inner) => call(word("cùng kỳ", "year ago"), &[*inner]),
        Expression::YearToDate(inner) => call(word("lũy kế năm", "year to date"), &[*inner]),
        Expression::Opening(inner) => call(word("đầu kỳ", "opening"), &[*inner]),
        Expression::OverEvents(inner) => call(word("các đợt", "over events"), &[*inner]),
        Expression::SumBelow(inner) => call(word("cộng cấp dưới", "sum below"), &[*inner]),
        Expression::CountBelow(inner) => call(word("đếm cấp dưới", "count below"), &[*inner]),
        Expression::Rank(inner) => call(word("hạng", "rank"), &[*inner]),
        Expression::Plan {
            target, indicator, ..
        } => {
            let definition = &plan.form_definition;
            let indicator = definition.indicators.get(*indicator as usize);
            let target = definition.targets.get(*target as usize);
            (
                4,
                format!(
                    "{}({}, {})",
                    word("kế hoạch", "plan"),
                    indicator.map_or("", |found| &found.name),
                    target.map_or("", |found| &found.name)
                ),
            )
        }
        Expression::Compare(first, rest) => {
            let mut text = part(first, 2);
            for (sign, side) in rest {
                text.push_str(&format!(" {} {}", sign_text(*sign), part(side, 2)));
            }
            (1, text)
        }
        Expression::And(parts) => (0, connect(parts, word(" và ", " and "), part)),
        Expression::Or(parts) => (0, connect(parts, word(" hoặc ", " or "), part)),
        Expression::Not(inner) => (0, format!("{} {}", word("không", "not"), part(inner, 1))),
        Expression::Day(day) => (4, show_date(*day)),
        Expression::Entry(entry) => (4, format!("“{}”", entry.label)),
        Expression::Nil => (4, word("không phát sinh", "nil").to_string()),
        Expression::If(condition, then, otherwise) => (
            0,
            format!(
                "{} {} {} {} {} {}",
                word("nếu", "if"),
                part(condition, 0),
                word("thì", "then"),
                part(then, 1),
                word("còn lại", "else"),
                part(otherwise, 0)
            ),
        ),
        Expression::In(subject, entries) => {
            let word = word("thuộc", "in");
            (
                1,
                format!("{} {word} ({})", part(subject, 2), entries.join(", ")),
            )
        }
        // Which reports count in the row is said by the rows themselves.
        Expression::Chosen(value, _) => (4, part(value, 0)),
        Expression::Under(subject) => {
            (1, format!("{} = {}", part(subject, 2), word("dòng", "row")))
        }
        Expression::Over(over) => (4, over_text(plan, over, vietnamese)),
    };
    if own < strength {
        format!("({text})")
    } else {
        text
    }
}

/// A figure over a list as the author would write it: `sum(DA[*, 3] where [nguon] = row)`.
fn over_text(plan: &CompiledRegime, over: &Over, vietnamese: bool) -> String {
    let word = |vi: &'static str, en: &'static str| if vietnamese { vi } else { en };
    let inside = |id: ExpressionId| write(plan, Some(over.list), id, 0, vietnamese);
    let list = plan.form_definition.form(over.list);
    let list = list.map_or(String::new(), |list| list.name.clone());
    let mut text = match over.value.map(inside) {
        Some(column) => match column.strip_prefix('[') {
            Some(column) => format!("{list}[*, {column}"),
            None => column,
        },
        None => list,
    };
    if !over.distinct.is_empty() {
        let keys: Vec<String> = over.distinct.iter().map(|key| inside(*key)).collect();
        text = format!(
            "{text} {} {}",
            word("không trùng", "distinct"),
            keys.join(", ")
        );
    }
    if let Some(condition) = over.condition {
        let condition = inside(condition);
        text = format!("{text} {} {condition}", word("với điều kiện", "where"));
    }
    let function = match over.function {
        OverFunction::Count => word("đếm", "count"),
        OverFunction::Sum => word("tổng", "sum"),
        OverFunction::Minimum => word("nhỏ nhất", "min"),
        OverFunction::Maximum => word("lớn nhất", "max"),
    };
    format!("{function}({text})")
}

fn connect(
    parts: &[ExpressionId],
    word: &str,
    part: impl Fn(&ExpressionId, u8) -> String,
) -> String {
    let inside: Vec<String> = parts.iter().map(|id| part(id, 1)).collect();
    inside.join(word)
}

fn sign_text(sign: Comparison) -> &'static str {
    match sign {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "≤",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => "≥",
    }
}

fn reference_text(
    plan: &CompiledRegime,
    here: Option<FormIndex>,
    reference: &CellReference,
    vietnamese: bool,
) -> String {
    let Some(form) = plan.form_definition.form(reference.form) else {
        return String::new();
    };
    let path = if here == Some(reference.form) {
        ""
    } else {
        &form.name
    };
    let column = form
        .column(reference.column)
        .map(|column| column.key(reference.column))
        .unwrap_or_default();
    let total = if vietnamese { "tổng" } else { "total" };
    match &reference.row {
        RowReference::Current => format!("{path}[{column}]"),
        RowReference::Entry(name) => format!("{path}[{name}, {column}]"),
        RowReference::Total => format!("{path}[{total}, {column}]"),
        RowReference::Others | RowReference::All => format!("{path}[*, {column}]"),
    }
}
