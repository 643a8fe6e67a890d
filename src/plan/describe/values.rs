//! Days, entries, conditions that choose and figures over lists in plain words.
//!
//! It goes on where the speaker of arithmetic stops and does not know figures. What a plan does not have is named by its position.

use super::{Bilingual, Speaker, around, both, listed};
use crate::calendar::dates::show_date;
use crate::plan::expression::{Expression, Over, OverFunction};

impl Speaker<'_> {
    /// An expression that is no arithmetic of this row.
    pub(super) fn value_or_list(&self, found: &Expression, depth: usize) -> Bilingual {
        let inner = |id| self.tell(id, depth + 1);
        match found {
            Expression::Day(day) => both(show_date(*day), show_date(*day)),
            Expression::Entry(entry) => both(quoted(&entry.label), quoted(&entry.label)),
            Expression::Nil => both("không phát sinh", "nothing"),
            Expression::If(condition, then, otherwise) => {
                let (condition, otherwise) = (inner(*condition), inner(*otherwise));
                let then = self.term(*then, depth + 1, false);
                both(
                    format!("{} nếu {}, còn lại {}", then.vi, condition.vi, otherwise.vi),
                    format!("{} if {}, else {}", then.en, condition.en, otherwise.en),
                )
            }
            Expression::In(subject, entries) => {
                let labels: Vec<Bilingual> = entries
                    .iter()
                    .map(|name| {
                        let label = quoted(super::entry(self.plan, name));
                        both(label.clone(), label)
                    })
                    .collect();
                let (subject, labels) = (inner(*subject), listed(&labels, "hoặc", "or"));
                both(
                    format!("{} là {}", subject.vi, labels.vi),
                    format!("{} is {}", subject.en, labels.en),
                )
            }
            Expression::Chosen(value, field) => {
                let (value, field) = (inner(*value), inner(*field));
                both(
                    format!(
                        "{} của các báo cáo có {} thuộc dòng này",
                        value.vi, field.vi
                    ),
                    format!(
                        "{} of the reports whose {} belongs to this row",
                        value.en, field.en
                    ),
                )
            }
            Expression::Under(subject) => {
                let subject = inner(*subject);
                both(
                    format!("{} thuộc dòng này", subject.vi),
                    format!("{} belongs to this row", subject.en),
                )
            }
            Expression::Over(over) => self.over(over, depth),
            _ => both("…", "…"),
        }
    }

    fn over(&self, over: &Over, depth: usize) -> Bilingual {
        let list = self
            .plan
            .form_definition
            .form(over.list)
            .map_or(String::new(), |list| list.sign.clone());
        // The list is named once; its columns go without its name.
        let inside = Speaker {
            form: Some(over.list),
            row: None,
            ..*self
        };
        let value = over.value.map(|value| inside.tell(value, depth + 1));
        let value = value.unwrap_or_else(|| both("số dòng", "rows"));
        let mut text = match over.function {
            OverFunction::Count => both(
                format!("số dòng của danh sách {list}"),
                format!("the number of rows of list {list}"),
            ),
            OverFunction::Sum => both(
                format!("tổng {} trong danh sách {list}", value.vi),
                format!("the sum of {} in list {list}", value.en),
            ),
            OverFunction::Minimum => both(
                format!("giá trị nhỏ nhất của {} trong danh sách {list}", value.vi),
                format!("the smallest {} in list {list}", value.en),
            ),
            OverFunction::Maximum => both(
                format!("giá trị lớn nhất của {} trong danh sách {list}", value.vi),
                format!("the largest {} in list {list}", value.en),
            ),
        };
        if !over.distinct.is_empty() {
            let keys: Vec<Bilingual> = over
                .distinct
                .iter()
                .map(|key| inside.tell(*key, depth + 1))
                .collect();
            let keys = listed(&keys, "và", "and");
            text = both(
                format!("{}, mỗi {} tính một lần", text.vi, keys.vi),
                format!("{}, each {} once", text.en, keys.en),
            );
        }
        match over
            .condition
            .map(|condition| inside.tell(condition, depth + 1))
        {
            Some(condition) => both(
                format!("{} với điều kiện {}", text.vi, condition.vi),
                format!("{} where {}", text.en, condition.en),
            ),
            None => text,
        }
    }
}

fn quoted(label: &str) -> String {
    around("“", &both(label, label), "", "”").vi
}
