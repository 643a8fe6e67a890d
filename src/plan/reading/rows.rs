//! What the rows of a form are, in words: who writes them, where they come from, what identifies them, how they come together.
//!
//! It does not know cells or figures. A catalogue that a plan does not have is told without a label.

use super::form::Reader;
use super::{limits, lower, span};
use crate::plan::Bilingual;
use crate::plan::describe::{self, both, listed};
use crate::plan::form::{Catalog, CatalogIndex, ColumnIndex, Merging, Rows, WrittenRow};

impl Reader<'_> {
    pub(super) fn rows(&self) -> Vec<Bilingual> {
        let catalog = |index: CatalogIndex| {
            let found = self.plan.form_definition.catalog(index);
            found.map_or("", |catalog| catalog.label.as_str())
        };
        let mut sentences = vec![match &self.form.rows {
            Rows::EachReportingUnit => both(
                "Mỗi đơn vị báo cáo có một dòng.",
                "Each reporting unit has one row.",
            ),
            Rows::ChosenFrom(index) => both(
                format!("Đơn vị chọn dòng từ danh mục “{}”.", catalog(*index)),
                format!(
                    "The unit chooses rows from the catalogue “{}”.",
                    catalog(*index)
                ),
            ),
            Rows::From(index) => both(
                format!("Mỗi mục của danh mục “{}” là một dòng.", catalog(*index)),
                format!(
                    "Each entry of the catalogue “{}” is a row.",
                    catalog(*index)
                ),
            ),
            Rows::Written(lines) => self.written(lines),
            Rows::Listed(listed) => {
                let names = |columns: &[ColumnIndex]| self.columns(columns);
                let (key, grouped) = (names(&listed.key), names(&listed.grouped_by));
                let mut text = both("Đơn vị tự thêm dòng", "The unit adds rows");
                if !listed.key.is_empty() {
                    let merging = match listed.merging {
                        Merging::PerUnit => {
                            both(" trong báo cáo của mỗi đơn vị", " in each unit's report")
                        }
                        Merging::Unique => both(" trong toàn tỉnh", " in the whole province"),
                        Merging::Merged => both(
                            "; dòng cùng khóa của nhiều đơn vị gộp làm một",
                            "; rows of several units with one key become one",
                        ),
                    };
                    text = both(
                        format!("{}; {} xác định một dòng{}", text.vi, key.vi, merging.vi),
                        format!("{}; {} identify a row{}", text.en, key.en, merging.en),
                    );
                }
                if !listed.grouped_by.is_empty() {
                    text = both(
                        format!("{}; in theo {}, có cộng nhóm", text.vi, grouped.vi),
                        format!("{}; printed by {} with subtotals", text.en, grouped.en),
                    );
                }
                both(format!("{}.", text.vi), format!("{}.", text.en))
            }
        }];
        sentences.extend(self.entries());
        sentences.extend(self.agreements());
        if let Some(by) = self.form.grouped_by
            && let Some(column) = self
                .plan
                .form_definition
                .form(by.form)
                .and_then(|form| form.column(by.column))
        {
            let field = describe::column(column);
            sentences.push(both(
                format!(
                    "Mỗi báo cáo được tính vào dòng mà {} của nó chọn.",
                    field.vi
                ),
                format!(
                    "Each report counts in the row that its {} chooses.",
                    field.en
                ),
            ));
        }
        if let Some(label) = &self.form.total_row {
            sentences.push(both(
                format!("Có dòng tổng “{label}”."),
                format!("There is a total row “{label}”."),
            ));
        }
        let repeated: Vec<Bilingual> = self
            .form
            .columns
            .iter()
            .filter(|column| column.per_unit)
            .map(describe::column)
            .collect();
        if !repeated.is_empty() {
            let repeated = listed(&repeated, "và", "and");
            sentences.push(both(
                format!("Bản tổng hợp lặp lại {} cho mỗi đơn vị.", repeated.vi),
                format!(
                    "The consolidated form repeats {} for each unit.",
                    repeated.en
                ),
            ));
        }
        if let Some(label) = &self.form.total_group {
            sentences.push(both(
                format!("Bản tổng hợp có nhóm cột “{label}” cộng mọi đơn vị."),
                format!("The consolidated form has columns “{label}” over all units."),
            ));
        }
        if let Some(rows) = &self.form.consolidated {
            let grouping = rows.by_attribute.map(catalog);
            sentences.push(if let Some(label) = grouping {
                both(
                    format!("Bản tổng hợp in mỗi đơn vị một dòng, nhóm theo “{label}” trong hồ sơ đơn vị."),
                    format!("The consolidated form has a row for each unit, grouped by “{label}” in the register."),
                )
            } else if rows.grouped_by_level {
                both(
                    "Bản tổng hợp in mỗi đơn vị một dòng, xếp theo cấp.",
                    "The consolidated form has a row for each unit, grouped by level.",
                )
            } else {
                both(
                    "Bản tổng hợp in mỗi đơn vị một dòng.",
                    "The consolidated form has a row for each unit.",
                )
            });
        }
        sentences
    }

    /// Of a catalogue that gives the rows: that entries hold those below them, and which are not valid all the time.
    fn entries(&self) -> Vec<Bilingual> {
        let Rows::From(index) = &self.form.rows else {
            return Vec::new();
        };
        let Some(catalog) = self.plan.form_definition.catalog(*index) else {
            return Vec::new();
        };
        let mut sentences = Vec::new();
        if catalog.entries.iter().any(|entry| entry.parent.is_some()) {
            sentences.push(both(
                "Dòng của mục có mục con là tổng các mục con của nó.",
                "The row of an entry with others below it is their sum.",
            ));
        }
        sentences.extend(validity(catalog));
        sentences
    }

    /// Which fields of a list must be the same where another one is.
    fn agreements(&self) -> Vec<Bilingual> {
        let Rows::Listed(list) = &self.form.rows else {
            return Vec::new();
        };
        let all = list.agreements.iter().filter_map(|one| {
            let column = |index| Some(describe::column(self.form.column(index)?));
            let (column, with) = (column(one.column)?, column(one.with)?);
            Some(both(
                format!(
                    "Các dòng giống nhau ở {} phải giống nhau ở {}.",
                    with.vi, column.vi
                ),
                format!("Rows alike in {} must be alike in {}.", with.en, column.en),
            ))
        });
        all.collect()
    }

    fn columns(&self, columns: &[ColumnIndex]) -> Bilingual {
        let named: Vec<Bilingual> = columns
            .iter()
            .filter_map(|column| self.form.column(*column))
            .map(describe::column)
            .collect();
        listed(&named, "và", "and")
    }

    fn written(&self, lines: &[WrittenRow]) -> Bilingual {
        let named: Vec<Bilingual> = lines
            .iter()
            .filter_map(|line| match line {
                WrittenRow::Heading { .. } => None,
                WrittenRow::Row {
                    key,
                    measure,
                    applicability,
                    ..
                } => {
                    let row = describe::row(self.plan, self.form, key);
                    let limits = limits(self.plan, self.place, applicability);
                    let measure = self.measure(*measure);
                    let measure = measure.map_or(String::new(), |label| format!(", {label}"));
                    Some(both(
                        format!("{}{measure}{}", row.vi, limits.vi),
                        format!("{}{measure}{}", row.en, limits.en),
                    ))
                }
            })
            .collect();
        let vi: Vec<&str> = named.iter().map(|row| row.vi.as_str()).collect();
        let en: Vec<&str> = named.iter().map(|row| row.en.as_str()).collect();
        both(
            format!("Các dòng: {}.", vi.join("; ")),
            format!("Rows: {}.", en.join("; ")),
        )
    }
}

/// “Mục “Nhà cho thuê” từ 01/07/2026”; nothing where every entry is always valid.
fn validity(catalog: &Catalog) -> Option<Bilingual> {
    let dated = catalog.entries.iter().filter_map(|entry| {
        let days = lower(span(entry.from, entry.until));
        let label = &entry.label;
        (!days.vi.is_empty()).then(|| {
            both(
                format!("“{label}” {}", days.vi),
                format!("“{label}” {}", days.en),
            )
        })
    });
    let dated: Vec<Bilingual> = dated.collect();
    if dated.is_empty() {
        return None;
    }
    let told = listed(&dated, "và", "and");
    Some(both(
        format!("Chỉ có hiệu lực một thời gian: {}.", told.vi),
        format!("Valid for some time only: {}.", told.en),
    ))
}
