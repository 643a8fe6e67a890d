//! Given figures of a test from a table beside the source: a header of printed numbers or names, one line per row.
//!
//! In a form whose rows have names a column `row` (dòng) says which; the rows of a list follow one another. Numbers are written the machine's way (`1234.5`, `90%`), days
//! `2025-05-05` or `05/05/2025`, an empty field is blank. It deliberately does not know expectations. A field that cannot be read is reported with its
//! line and left out.

use super::check_tests::TestReader;
use super::model::cell::ValueType;
use crate::calendar::Date;
use crate::calendar::dates::{parse_date, parse_iso_date};
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::syntax::ast::expression::Number;
use crate::syntax::ast::test::{TableRow, Value};
use crate::syntax::ast::{Date as WrittenDate, Spanned};
use crate::text::table::{TableProblem, TableProblemKind, read_table};

/// Headers of the column that names rows.
const ROW: [&str; 2] = ["row", "dòng"];

/// A table as if its lines stood in the test: the columns and the rows.
pub(super) type Lines = (Vec<Spanned<String>>, Vec<TableRow>);

impl TestReader<'_, '_, '_> {
    /// The lines of a table; nothing if it is not there.
    pub(super) fn table_lines(&mut self, form: usize, file: &Spanned<String>) -> Option<Lines> {
        let (text, _) = self.context.table(self.file, file)?;
        let draft = self.forms.get(form)?;
        let mut headers: Vec<&str> = ROW.to_vec();
        headers.extend(draft.places());
        let values: Vec<ValueType> = headers
            .iter()
            .map(|header| {
                let column = draft.find(header);
                column
                    .and_then(|column| draft.form.columns.get(column))
                    .map_or(ValueType::Unknown, |column| column.cell.value)
            })
            .collect();
        let (lines, mut problems) = read_table(text, &headers, 0);
        let used: Vec<usize> = (ROW.len()..headers.len())
            .filter(|column| lines.iter().any(|line| !line.field(*column).is_empty()))
            .collect();
        let mut rows = Vec::new();
        for line in &lines {
            let mut cells = Vec::new();
            for column in &used {
                let text = line.field(*column).trim();
                let kind = values.get(*column).copied().unwrap_or(ValueType::Unknown);
                match value(text, kind) {
                    Some(value) => cells.push(Spanned::new(value, file.span)),
                    None => {
                        cells.push(Spanned::new(Value::Blank, file.span));
                        problems.push(TableProblem {
                            line: line.line,
                            field: headers.get(*column).map(|header| (*header).to_owned()),
                            kind: fault(text, kind),
                        });
                    }
                }
            }
            let row = (0..ROW.len())
                .map(|column| line.field(column).trim())
                .find(|name| !name.is_empty())
                .map(|name| Spanned::new(name.to_owned(), file.span));
            rows.push(TableRow {
                row,
                values: cells,
                span: file.span,
            });
        }
        let columns = used
            .iter()
            .filter_map(|column| headers.get(*column))
            .map(|header| Spanned::new((*header).to_owned(), file.span))
            .collect();
        for problem in problems {
            let problem = NameProblem::BadTableLine {
                file: file.value.clone(),
                problem,
            };
            self.context.report(problem, self.file, file.span);
        }
        Some((columns, rows))
    }
}

fn value(text: &str, kind: ValueType) -> Option<Value> {
    Some(match (text, kind) {
        ("", _) => Value::Blank,
        ("nil" | "-", _) => Value::Nil,
        ("x", ValueType::Number { .. }) => Value::Closed,
        (text, ValueType::Number { percent, .. }) => {
            let signed = text.strip_suffix('%').unwrap_or(text).trim_end();
            let digits = signed.strip_prefix('-').unwrap_or(signed);
            crate::number::Number::parse(digits).ok()?;
            if with_thousands(digits, kind).is_some() {
                return None;
            }
            Value::Number {
                negative: signed != digits,
                number: Number {
                    digits: digits.to_owned(),
                    percent: percent || signed != text,
                },
            }
        }
        (text, ValueType::Date) => {
            let day: Date = parse_iso_date(text).or_else(|_| parse_date(text)).ok()?;
            Value::Date(WrittenDate {
                day: u8::try_from(day.day()).ok()?,
                month: u8::try_from(day.month()).ok()?,
                year: u16::try_from(day.year()).ok()?,
            })
        }
        ("yes" | "có", ValueType::YesOrNo) => Value::Yes,
        ("no" | "không", ValueType::YesOrNo) => Value::No,
        (_, ValueType::YesOrNo) => return None,
        (name, ValueType::Choice(_)) => Value::Name(name.to_owned()),
        (text, _) => Value::Text(text.to_owned()),
    })
}

/// The whole number that digits seem to mean; where three decimals fit they are decimals.
fn with_thousands(digits: &str, kind: ValueType) -> Option<String> {
    match kind {
        ValueType::Number { decimals: 0..3, .. } => {
            crate::number::Number::with_thousands_point(digits)
        }
        _ => None,
    }
}

fn fault(text: &str, kind: ValueType) -> TableProblemKind {
    let text = text.to_owned();
    match kind {
        ValueType::Date => TableProblemKind::NotADate { text },
        ValueType::Number { .. } => {
            let digits = text
                .trim_start_matches('-')
                .trim_end_matches('%')
                .trim_end();
            match with_thousands(digits, kind) {
                Some(meant) => TableProblemKind::ThousandsPoint { text, meant },
                None => TableProblemKind::NotANumber { text },
            }
        }
        _ => TableProblemKind::NotAllowed { text },
    }
}
