//! What stands at a cell beside its figure: marks of findings, remarks of whoever returned the report.
//!
//! It does not know shapes or figures. A finding or remark of a cell that is not there marks nothing.

use crate::plan::address::{CellAddress, Row};
use crate::plan::form::Column;
use crate::web::findings::{column_words, is_listed};
use crate::web::grid::{GridInput, Remark};
use crate::web::texts::{Language, worded};
use crate::web::words;

/// Style classes, ids of the findings below the row, and whether a mistake is in the cell.
pub(super) fn marks(input: GridInput<'_>, at: &CellAddress) -> (String, String, bool) {
    let mut classes: Vec<&str> = Vec::new();
    let mut described = Vec::new();
    for finding in input
        .findings
        .iter()
        .filter(|finding| finding.at.as_ref() == Some(at))
    {
        let class = match (finding.verdict, finding.severity) {
            ("undecided", _) => "has-undecided",
            (_, "error") if finding.unanswered && !input.checked => continue,
            (_, "error") => "has-error",
            (_, "explain") => "has-explain",
            _ => "has-warning",
        };
        if !classes.contains(&class) {
            classes.push(class);
        }
        let teller = finding.told_by.as_ref().unwrap_or(&finding.key);
        if is_listed(finding, input.checked) || finding.told_by.is_some() {
            described.push(format!("l-{teller}"));
        }
    }
    let invalid = classes.contains(&"has-error");
    let classes = classes.iter().map(|class| format!(" {class}")).collect();
    (classes, described.join(" "), invalid)
}

/// What the recipient remarked at cells of a row when the report was returned.
pub(super) fn remarks(input: GridInput<'_>, row: &Row) -> Vec<Remark> {
    let GridInput {
        view,
        form,
        language,
        ..
    } = input;
    let Some(note) = &view.last_return else {
        return Vec::new();
    };
    let mut remarks = Vec::new();
    for (number, reason) in note.reasons.iter().enumerate() {
        let Some(cell) = reason
            .cell
            .as_ref()
            .filter(|cell| cell.form == form.name && cell.row == row.key())
        else {
            continue;
        };
        let column: String = form
            .find_column(&cell.column)
            .map(|(_, column)| column_title(language, column))
            .unwrap_or_default();
        let label = worded(
            language,
            "remark",
            &[
                ("column", column.into()),
                ("name", words::signer(language, &note.stamp).into()),
                ("when", words::moment(note.stamp.at).into()),
            ],
        );
        remarks.push(Remark {
            id: format!("tra-lai-{number}"),
            label,
            text: reason.text.clone(),
        });
    }
    remarks
}

fn column_title(language: Language, column: &Column) -> String {
    let words = column_words(language, column);
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
