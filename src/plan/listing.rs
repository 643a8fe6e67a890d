//! The validation program and the aggregation plan of a regime, told as lists: what is computed in which order, what is checked and what each check looks at, how every column becomes one figure of many units and of longer periods.
//!
//! For an author who wants to see what was made of the text; the reading tells what the regime asks, this tells what the program does. Generated from the plan alone. It deliberately does not know figures. What a plan does not have is left out.

use super::address::RowScope;
use super::aggregation::{OverTime, OverUnits, Step};
use super::cell::Source;
use super::describe::{self, Place, both};
use super::expression::{CellReference, RowReference};
use super::form::{Form, FormIndex};
use super::reading::Chapter;
use super::validation::{Computation, Rule};
use super::{Bilingual, CompiledRegime};

/// The plan of a regime under four titles and one for each form.
pub fn listing(plan: &CompiledRegime) -> Vec<Chapter> {
    let program = &plan.validation_program;
    let mut chapters = vec![
        chapter(
            both("Bản biên dịch", "The compiled regime"),
            vec![summary(plan)],
        ),
        chapter(
            both(
                "Chương trình kiểm tra: tính theo thứ tự",
                "Validation program: computed in this order",
            ),
            computations(plan, &program.order),
        ),
        chapter(
            both(
                "Chương trình kiểm tra: quy tắc",
                "Validation program: rules",
            ),
            program.rules.iter().map(|one| rule(plan, one)).collect(),
        ),
    ];
    for (index, form) in (0u32..).map(FormIndex).zip(&plan.form_definition.forms) {
        let steps = plan.aggregation_plan.steps.iter();
        let own: Vec<&Step> = steps.filter(|step| step.form == index).collect();
        chapters.push(chapter(
            both(
                format!("Kế hoạch tổng hợp: {}", form.sign),
                format!("Aggregation plan: {}", form.sign),
            ),
            merged(own.iter().map(|one| step(plan, index, form, one))),
        ));
    }
    chapters.retain(|chapter| !chapter.sentences.is_empty());
    chapters
}

fn chapter(title: Bilingual, sentences: Vec<Bilingual>) -> Chapter {
    Chapter { title, sentences }
}

fn summary(plan: &CompiledRegime) -> Bilingual {
    let (name, version) = (&plan.header.name, plan.header.version);
    let (forms, rules) = (
        plan.form_definition.forms.len(),
        plan.validation_program.rules.len(),
    );
    let computed = plan.validation_program.order.len();
    let (format, fingerprint) = (plan.format, &plan.fingerprint);
    both(
        format!(
            "{name} phiên bản {version}: {forms} biểu, {computed} phép tính, {rules} quy tắc; khuôn dạng {format}, dấu vân tay {fingerprint}"
        ),
        format!(
            "{name} version {version}: {}, {}, {}; format {format}, fingerprint {fingerprint}",
            counted(forms, "form"),
            counted(computed, "computation"),
            counted(rules, "rule"),
        ),
    )
}

/// A number of things in English.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What is computed, each after all it reads; rows that are computed alike one after the other are told together.
fn computations(plan: &CompiledRegime, order: &[Computation]) -> Vec<Bilingual> {
    merged(order.iter().filter_map(|one| {
        let form = plan.form_definition.form(one.form)?;
        let column = form.column(one.column)?;
        let (row, cell) = match &one.rows {
            RowScope::Every => (None, Some(&column.cell)),
            RowScope::One(key) => (Some(key.as_str()), form.cell(key, one.column)),
        };
        let place = Place {
            form: Some(one.form),
            row,
        };
        let told = match &cell?.source {
            Source::Computed(id) => {
                let told = describe::expression(plan, place, *id);
                both(format!("= {}", told.vi), format!("= {}", told.en))
            }
            Source::Carried(id) => {
                let told = describe::expression(plan, place, *id);
                both(
                    format!("← {} của kỳ trước", told.vi),
                    format!("← {} of the period before", told.en),
                )
            }
            Source::Entered | Source::Closed => return None,
        };
        let column = describe::column(column);
        Some(Line {
            head: both(
                format!("{} {}", form.sign, column.vi),
                format!("{} {}", form.sign, column.en),
            ),
            row: row.map(|key| describe::row(plan, form, key)),
            told,
        })
    }))
}

/// One thing done to a column, in all its rows or in one.
struct Line {
    head: Bilingual,
    row: Option<Bilingual>,
    told: Bilingual,
}

/// Lines one after the other that differ in their row alone become one.
fn merged(lines: impl IntoIterator<Item = Line>) -> Vec<Bilingual> {
    let mut kept: Vec<(Line, Vec<Bilingual>)> = Vec::new();
    for mut line in lines {
        let row = line.row.take();
        match kept.last_mut() {
            Some((known, rows))
                if row.is_some()
                    && !rows.is_empty()
                    && known.head == line.head
                    && known.told == line.told =>
            {
                rows.extend(row);
            }
            _ => kept.push((line, row.into_iter().collect())),
        }
    }
    let told = kept.into_iter().map(|(line, rows)| {
        if rows.is_empty() {
            return both(
                format!("{}: {}", line.head.vi, line.told.vi),
                format!("{}: {}", line.head.en, line.told.en),
            );
        }
        let rows = describe::listed(&rows, "và", "and");
        both(
            format!("{}, {}: {}", line.head.vi, rows.vi, line.told.vi),
            format!("{}, {}: {}", line.head.en, rows.en, line.told.en),
        )
    });
    told.collect()
}

fn rule(plan: &CompiledRegime, rule: &Rule) -> Bilingual {
    let (told, weight) = (
        describe::rules::rule(plan, rule),
        describe::rules::weight(rule.severity),
    );
    let key = &rule.key;
    let mut text = both(
        format!("{key} ({}): {}", weight.vi, told.vi),
        format!("{key} ({}): {}", weight.en, told.en),
    );
    if !rule.reads.is_empty() {
        let reads: Vec<String> = rule
            .reads
            .iter()
            .map(|read| address(plan, rule.form, read))
            .collect();
        let reads = reads.join(" ");
        text = both(
            format!("{}; đọc {reads}", text.vi),
            format!("{}; reads {reads}", text.en),
        );
    }
    if rule.reads_previous {
        text = both(
            format!("{}, và báo cáo trước", text.vi),
            format!("{}, and an earlier report", text.en),
        );
    }
    text
}

/// A cell as people write it: `[4]`, `BIEU02[tong, 4]`.
fn address(plan: &CompiledRegime, own: Option<FormIndex>, read: &CellReference) -> String {
    let Some(form) = plan.form_definition.form(read.form) else {
        return String::new();
    };
    let before = match own == Some(read.form) {
        true => "",
        false => form.name.as_str(),
    };
    let column = form.column(read.column);
    let column = column.map_or(String::new(), |column| column.key(read.column));
    match &read.row {
        RowReference::Current | RowReference::Others | RowReference::All => {
            format!("{before}[{column}]")
        }
        RowReference::Entry(row) => format!("{before}[{row}, {column}]"),
        RowReference::Total => format!("{before}[total, {column}]"),
    }
}

fn step(plan: &CompiledRegime, index: FormIndex, form: &Form, step: &Step) -> Line {
    let column = form.column(step.column).map(describe::column);
    let row = match &step.rows {
        RowScope::Every => None,
        RowScope::One(key) => Some(key.as_str()),
    };
    let place = Place {
        form: Some(index),
        row,
    };
    let units = over_units(plan, place, step.over_units);
    let time = over_time(plan, place, step.over_time);
    Line {
        head: column.unwrap_or_else(|| both("", "")),
        row: row.map(|key| describe::row(plan, form, key)),
        told: both(
            format!("nhiều đơn vị: {}; nhiều kỳ: {}", units.vi, time.vi),
            format!("over units: {}; over periods: {}", units.en, time.en),
        ),
    }
}

fn over_units(plan: &CompiledRegime, place: Place<'_>, way: OverUnits) -> Bilingual {
    let told = |id| describe::expression(plan, place, id);
    match way {
        OverUnits::Sum => both("cộng", "added"),
        OverUnits::Recompute(id) => {
            let told = told(id);
            both(
                format!("tính lại = {}", told.vi),
                format!("recomputed = {}", told.en),
            )
        }
        OverUnits::Collect => both("xếp cạnh nhau", "side by side"),
        OverUnits::Assemble => both(
            "lấy của cơ quan được giao nhập",
            "taken from the body that types it",
        ),
        OverUnits::LookUp => both(
            "tra kế hoạch của nơi tổng hợp",
            "looked up in the plan of the consolidating body",
        ),
        OverUnits::Entered => both("nơi tổng hợp nhập", "typed by the consolidating body"),
        OverUnits::Weighted(id) => {
            let told = told(id);
            both(
                format!("bình quân theo {}", told.vi),
                format!("mean weighted by {}", told.en),
            )
        }
        OverUnits::None => both("không", "nothing"),
    }
}

fn over_time(plan: &CompiledRegime, place: Place<'_>, way: OverTime) -> Bilingual {
    let told = |id| describe::expression(plan, place, id);
    match way {
        OverTime::Sum => both("cộng", "added"),
        OverTime::Before => both(
            "cộng số mà báo cáo sau mỗi kỳ ngắn của kỳ trước nói lại",
            "what the reports after the parts of the period before say again, added",
        ),
        OverTime::Last => both("lấy kỳ cuối", "the last one"),
        OverTime::First => both("lấy kỳ đầu", "the first one"),
        OverTime::Recompute(id) => {
            let told = told(id);
            both(
                format!("tính lại = {}", told.vi),
                format!("recomputed = {}", told.en),
            )
        }
        OverTime::TimeWeighted => both(
            "bình quân theo độ dài kỳ",
            "mean weighted by the length of the periods",
        ),
        OverTime::Weighted(id) => {
            let told = told(id);
            both(
                format!("bình quân theo {}", told.vi),
                format!("mean weighted by {}", told.en),
            )
        }
        OverTime::TypedAfresh => both("nhập lại", "typed afresh"),
        OverTime::None => both("không", "nothing"),
    }
}
