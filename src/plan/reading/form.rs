//! A form or list in words: its rows, its columns under their headings, what each cell is and where it comes from.
//!
//! Cells that are the same in several rows are told once with the names of those rows. It does not know rules or figures.

use super::{Chapter, capitals, form_time, limits};
use crate::plan::cell::{
    CellDefinition, Extent, FilledBy, Modality, Nature, Source, ValueType, Vintage,
};
use crate::plan::describe::{self, Place, both, listed};
use crate::plan::expression::{Expression, ExpressionId};
use crate::plan::form::{Column, ColumnIndex, Form, FormIndex, HeaderNode, WrittenRow};
use crate::plan::{Bilingual, CompiledRegime};
use std::collections::BTreeMap;

/// What is said of a form.
pub(super) fn chapter(plan: &CompiledRegime, index: FormIndex, form: &Form) -> Chapter {
    let reader = reader(plan, index, form);
    let limits = limits(plan, reader.place, &form.applicability);
    let (kind_vi, kind_en) = if form.list {
        ("Danh sách", "List")
    } else {
        ("Biểu", "Form")
    };
    let mut sentences: Vec<Bilingual> = form_time(plan, form)
        .into_iter()
        .chain(reader.rows())
        .collect();
    for (column, definition) in form.columns_indexed() {
        sentences.extend(reader.column(column, definition));
    }
    Chapter {
        title: both(
            format!("{kind_vi} {} “{}”{}", form.sign, form.title, limits.vi),
            format!("{kind_en} {} “{}”{}", form.sign, form.title, limits.en),
        ),
        sentences,
    }
}

/// What is said of a form before its columns.
pub(super) fn opening(plan: &CompiledRegime, index: FormIndex) -> Vec<Bilingual> {
    let Some(form) = plan.form_definition.form(index) else {
        return Vec::new();
    };
    let rows = reader(plan, index, form).rows();
    form_time(plan, form).into_iter().chain(rows).collect()
}

/// What is said of a column.
pub(super) fn column(plan: &CompiledRegime, index: FormIndex, at: ColumnIndex) -> Vec<Bilingual> {
    let form = plan.form_definition.form(index);
    let found = form.and_then(|form| Some((form, form.column(at)?)));
    found.map_or_else(Vec::new, |(form, column)| {
        reader(plan, index, form).column(at, column)
    })
}

/// What is said of a written row: one sentence for the columns in which its cells are alike.
pub(super) fn row(plan: &CompiledRegime, index: FormIndex, key: &str) -> Vec<Bilingual> {
    let Some(form) = plan.form_definition.form(index) else {
        return Vec::new();
    };
    let reader = reader(plan, index, form);
    let place = Place {
        form: Some(index),
        row: Some(key),
    };
    let mut kinds: Vec<(Bilingual, Vec<Bilingual>)> = Vec::new();
    for (at, column) in form.columns_indexed().filter(|(_, column)| !column.head) {
        let Some(cell) = form.cell(key, at) else {
            continue;
        };
        let told = reader.cell(cell, place);
        let name = describe::column(column);
        match kinds.iter_mut().find(|(known, _)| *known == told) {
            Some((_, columns)) => columns.push(name),
            None => kinds.push((told, vec![name])),
        }
    }
    let name = capitals(describe::row(plan, form, key));
    match kinds.as_slice() {
        [(only, _)] => vec![sentence(&name, None, only)],
        several => several
            .iter()
            .map(|(told, columns)| sentence(&name, Some(&listed(columns, "và", "and")), told))
            .collect(),
    }
}

fn reader<'r>(plan: &'r CompiledRegime, index: FormIndex, form: &'r Form) -> Reader<'r> {
    Reader {
        plan,
        form,
        place: Place {
            form: Some(index),
            row: None,
        },
        headings: headings(form),
    }
}

pub(super) struct Reader<'r> {
    pub(super) plan: &'r CompiledRegime,
    pub(super) form: &'r Form,
    pub(super) place: Place<'r>,
    /// The headings that stand over each column, outermost first.
    headings: BTreeMap<ColumnIndex, Vec<&'r str>>,
}

fn headings(form: &Form) -> BTreeMap<ColumnIndex, Vec<&str>> {
    let mut found = BTreeMap::new();
    let mut above = Vec::new();
    collect(&form.header, &mut above, &mut found);
    found
}

/// The parser bounds how deep groups are nested.
fn collect<'f>(
    nodes: &'f [HeaderNode],
    above: &mut Vec<&'f str>,
    found: &mut BTreeMap<ColumnIndex, Vec<&'f str>>,
) {
    for node in nodes {
        match node {
            HeaderNode::Group { label, children } => {
                above.push(label);
                collect(children, above, found);
                above.pop();
            }
            HeaderNode::Column(column) => {
                found.insert(*column, above.clone());
            }
            HeaderNode::Stub { .. } => {}
        }
    }
}

impl Reader<'_> {
    pub(super) fn measure(&self, index: Option<u32>) -> Option<&str> {
        let measures = &self.plan.form_definition.measures;
        let found = measures.get(index? as usize)?;
        Some(&found.label)
    }

    /// What the cells of a column are: one sentence where all are alike, else one for each kind with the rows it is in.
    fn column(&self, index: ColumnIndex, column: &Column) -> Vec<Bilingual> {
        let name = self.named(index, column);
        let mut kinds: Vec<(Bilingual, Vec<Bilingual>)> = Vec::new();
        if !column.head {
            for line in self.form.written_rows() {
                let WrittenRow::Row { key, .. } = line else {
                    continue;
                };
                let Some(cell) = self.form.cell(key, index) else {
                    continue;
                };
                let place = Place {
                    form: self.place.form,
                    row: Some(key),
                };
                let told = self.cell(cell, place);
                let row = describe::row(self.plan, self.form, key);
                match kinds.iter_mut().find(|(known, _)| *known == told) {
                    Some((_, rows)) => rows.push(row),
                    None => kinds.push((told, vec![row])),
                }
            }
        }
        match kinds.as_slice() {
            [] => vec![sentence(&name, None, &self.cell(&column.cell, self.place))],
            [(only, _)] => vec![sentence(&name, None, only)],
            several => several
                .iter()
                .map(|(told, rows)| sentence(&name, Some(&listed(rows, "và", "and")), told))
                .collect(),
        }
    }

    /// “Tổng số đơn phải xử lý › cột 2 (Kỳ trước chuyển sang)”.
    fn named(&self, index: ColumnIndex, column: &Column) -> Bilingual {
        let name = describe::column(column);
        let above = self.headings.get(&index).map_or(&[][..], Vec::as_slice);
        if column.head {
            return both(
                format!("Ở đầu biểu, {}", name.vi),
                format!("At the head of the form, {}", name.en),
            );
        }
        if above.is_empty() {
            return capitals(name);
        }
        let above = above.join(" › ");
        both(
            format!("{above} › {}", name.vi),
            format!("{above} › {}", name.en),
        )
    }

    fn cell(&self, cell: &CellDefinition, place: Place<'_>) -> Bilingual {
        let formula = |id: ExpressionId| describe::expression(self.plan, place, id);
        let mut parts = vec![match &cell.source {
            Source::Closed => return both("không hỏi (x)", "not asked for (x)"),
            Source::Entered => self.entered(cell),
            Source::Computed(id) => {
                let told = formula(*id);
                both(format!("bằng {}", told.vi), format!("is {}", told.en))
            }
            Source::Carried(id) => {
                let told = formula(*id);
                both(
                    format!("kết chuyển từ {} của kỳ trước", told.vi),
                    format!("is carried over from {} of the period before", told.en),
                )
            }
        }];
        parts.extend(self.measure(cell.measure).map(|label| {
            both(
                format!("đơn vị tính {label}"),
                format!("measured in {label}"),
            )
        }));
        parts.extend(extent(cell.extent));
        parts.extend(self.modality(cell.modality));
        parts.extend(match cell.nature {
            Nature::AverageBy(weight) => {
                let weight = formula(weight);
                Some(both(
                    format!("bình quân gia quyền theo {}", weight.vi),
                    format!("an average weighted by {}", weight.en),
                ))
            }
            other => describe::nature(other),
        });
        if let Some(indicator) = cell
            .indicator
            .and_then(|index| self.plan.form_definition.indicators.get(index as usize))
        {
            parts.push(both(
                format!("chỉ tiêu “{}”", indicator.label),
                format!("indicator “{}”", indicator.label),
            ));
        }
        parts.extend(self.filled_by(&cell.filled_by));
        if cell.from_registry {
            parts.push(both(
                "lấy sẵn từ hồ sơ đơn vị",
                "prefilled from the unit's record",
            ));
        }
        if cell.source == Source::Entered && !cell.required && cell.required_when.is_none() {
            parts.push(both("không bắt buộc", "optional"));
        }
        if let Some(id) = cell.required_when {
            let told = formula(id);
            parts.push(both(
                format!("bắt buộc khi {}", told.vi),
                format!("required when {}", told.en),
            ));
        }
        if let Some(id) = cell.closed_when {
            // “Closed unless” is told from its bright side.
            let opened = match self.plan.validation_program.expression(id) {
                Some(Expression::Not(open)) => Some(formula(*open)),
                _ => None,
            };
            parts.push(match opened {
                Some(told) => both(
                    format!("chỉ hỏi khi {}", told.vi),
                    format!("asked for only when {}", told.en),
                ),
                None => {
                    let told = formula(id);
                    both(
                        format!("không hỏi khi {}", told.vi),
                        format!("not asked for when {}", told.en),
                    )
                }
            });
        }
        if let Some(pattern) = &cell.matching {
            parts.push(both(
                format!("đúng mẫu “{pattern}”"),
                format!("matching “{pattern}”"),
            ));
        }
        let limits = limits(self.plan, place, &cell.applicability);
        let vi: Vec<&str> = parts.iter().map(|part| part.vi.as_str()).collect();
        let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
        both(
            format!("{}{}", vi.join(", "), limits.vi),
            format!("{}{}", en.join(", "), limits.en),
        )
    }

    fn entered(&self, cell: &CellDefinition) -> Bilingual {
        match cell.value {
            ValueType::Number {
                percent: true,
                decimals,
                ..
            } => both(
                format!("nhập phần trăm, {decimals} chữ số thập phân"),
                format!("a typed percentage with {}", places(decimals)),
            ),
            ValueType::Number {
                decimals: 0,
                negative: false,
                ..
            } => both("nhập số nguyên", "entered, a whole number"),
            ValueType::Number { decimals: 0, .. } => both(
                "nhập số nguyên, có thể âm",
                "a typed whole number, also below zero",
            ),
            ValueType::Number { decimals, .. } => both(
                format!("nhập số, {decimals} chữ số thập phân"),
                format!("a typed number with {}", places(decimals)),
            ),
            ValueType::Text => both("nhập chữ", "typed words"),
            ValueType::Date => both("nhập ngày", "a typed day"),
            ValueType::YesOrNo => both("chọn có hoặc không", "yes or no"),
            ValueType::Choice(index) => {
                let found = self.plan.form_definition.catalog(index);
                let label = found.map_or("", |catalog| catalog.label.as_str());
                both(
                    format!("chọn từ danh mục “{label}”"),
                    format!("chosen from the catalogue “{label}”"),
                )
            }
            ValueType::Reporter => both("chọn một đơn vị", "a unit"),
            ValueType::File => both("đính kèm tệp", "an attached file"),
        }
    }

    fn modality(&self, modality: Modality) -> Option<Bilingual> {
        Some(match modality {
            Modality::Actual(None) => return None,
            Modality::Actual(Some(Vintage::Estimate)) => both("số ước tính", "an estimate"),
            Modality::Actual(Some(Vintage::Preliminary)) => both("số sơ bộ", "preliminary"),
            Modality::Actual(Some(Vintage::Final)) => both("số chính thức", "final"),
            Modality::Planned => both("số kế hoạch", "planned"),
            Modality::Plan(index) => {
                let targets = &self.plan.form_definition.targets;
                let label = targets
                    .get(index as usize)
                    .map_or("", |target| target.label.as_str());
                both(
                    format!("kế hoạch được giao theo “{label}”"),
                    format!("the plan assigned by “{label}”"),
                )
            }
        })
    }

    fn filled_by(&self, filled_by: &FilledBy) -> Option<Bilingual> {
        Some(match filled_by {
            FilledBy::Reporters => return None,
            FilledBy::Agencies(parties) | FilledBy::Levels(parties) => {
                let who = super::parties(&self.plan.header, parties);
                both(
                    format!("chỉ {} nhập", who.vi),
                    format!("typed by {} only", who.en),
                )
            }
            FilledBy::Recipient => both("cơ quan nhận nhập", "typed by the recipient"),
        })
    }
}

fn extent(extent: Extent) -> Option<Bilingual> {
    Some(match extent {
        Extent::Current => return None,
        Extent::Previous => both("của kỳ trước", "of the period before"),
        Extent::SinceYear => both("lũy kế từ đầu năm", "since the start of the year"),
        Extent::SinceEvent => both("lũy kế từ đầu đợt", "since the start of the event"),
        Extent::SinceStart => both("lũy kế từ khi bắt đầu", "since the start of the work"),
        Extent::SinceYearToPrevious => both(
            "lũy kế từ đầu năm đến hết kỳ trước",
            "since the start of the year to the end of the period before",
        ),
        Extent::SinceEventToPrevious => both(
            "lũy kế từ đầu đợt đến hết kỳ trước",
            "since the start of the event to the end of the period before",
        ),
        Extent::SinceStartToPrevious => both(
            "lũy kế từ khi bắt đầu đến hết kỳ trước",
            "since the start of the work to the end of the period before",
        ),
        Extent::PlanYear => both("của cả năm kế hoạch", "of the whole plan year"),
    })
}

fn sentence(name: &Bilingual, rows: Option<&Bilingual>, told: &Bilingual) -> Bilingual {
    let (vi, en) = match rows {
        Some(rows) => (format!(", {}", rows.vi), format!(", {}", rows.en)),
        None => (String::new(), String::new()),
    };
    both(
        format!("{}{vi}: {}.", name.vi, told.vi),
        format!("{}{en}: {}.", name.en, told.en),
    )
}

/// “1 decimal”, “2 decimals”.
fn places(decimals: u32) -> String {
    match decimals {
        1 => "1 decimal".to_owned(),
        more => format!("{more} decimals"),
    }
}
