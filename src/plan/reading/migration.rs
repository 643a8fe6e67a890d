//! What becomes of the figures of earlier versions, in words.
//!
//! Old cells are named by their printed numbers and the sign of their form today, because their labels belong to another plan. It does not know figures. A form that
//! is gone is told by its name.

use super::{Chapter, capitals};
use crate::plan::describe::{self, both, listed};
use crate::plan::migration::{Dropped, Move, OldCell};
use crate::plan::{Bilingual, CompiledRegime};

/// One chapter for each earlier version.
pub(super) fn chapters(plan: &CompiledRegime) -> Vec<Chapter> {
    plan.migrations
        .iter()
        .map(|migration| Chapter {
            title: both(
                format!("Chuyển số liệu từ phiên bản {}", migration.version),
                format!("Figures of version {}", migration.version),
            ),
            sentences: migration
                .moves
                .iter()
                .filter_map(|step| sentence(plan, step))
                .chain(migration.dropped.iter().map(|one| ended(plan, one)))
                .collect(),
        })
        .collect()
}

fn sentence(plan: &CompiledRegime, step: &Move) -> Option<Bilingual> {
    let form = plan.form_definition.form(step.form)?;
    let column = describe::column(form.column(step.column)?);
    let row = step.row.as_ref().map(|key| describe::row(plan, form, key));
    let (row_vi, row_en) = match row {
        Some(row) => (format!(", {}", row.vi), format!(", {}", row.en)),
        None => (String::new(), String::new()),
    };
    let old = capitals(old_cells(plan, &step.from));
    let (verb_vi, verb_en) = match step.from.as_slice() {
        [_] => ("thành", "becomes"),
        _ => ("cộng lại thành", "are added up to"),
    };
    Some(both(
        format!(
            "{} {verb_vi} {}{row_vi} của biểu {}.",
            old.vi, column.vi, form.sign
        ),
        format!(
            "{} {verb_en} {}{row_en} of form {}.",
            old.en, column.en, form.sign
        ),
    ))
}

/// “Cột 10 của biểu 01/XLD cũ không có trong phiên bản này: …”.
fn ended(plan: &CompiledRegime, dropped: &Dropped) -> Bilingual {
    let old = capitals(old_cells(plan, std::slice::from_ref(&dropped.cell)));
    let reason = dropped.reason.trim_end_matches('.');
    both(
        format!("{} không còn trong phiên bản này: {reason}.", old.vi),
        format!("{} has no successor: {reason}.", old.en),
    )
}

/// “cột 2 và cột 4 của biểu 01/XLD cũ”: the form is said once where all are of one.
fn old_cells(plan: &CompiledRegime, cells: &[OldCell]) -> Bilingual {
    let one_form = cells.windows(2).all(|pair| match pair {
        [one, other] => one.form == other.form,
        _ => true,
    });
    let told: Vec<Bilingual> = cells
        .iter()
        .map(|cell| {
            let column = &cell.column;
            let text = match &cell.row {
                Some(row) => both(
                    format!("cột {column}, dòng {row}"),
                    format!("column {column}, row {row}"),
                ),
                None => both(format!("cột {column}"), format!("column {column}")),
            };
            if one_form {
                text
            } else {
                of_form(plan, cell, &text)
            }
        })
        .collect();
    let told = listed(&told, "và", "and");
    match cells.first() {
        Some(first) if one_form => of_form(plan, first, &told),
        _ => told,
    }
}

/// The old form under the sign it has today; under its name where it is gone.
fn of_form(plan: &CompiledRegime, cell: &OldCell, text: &Bilingual) -> Bilingual {
    let known = plan.form_definition.find_form(&cell.form);
    let sign = known.map_or(cell.form.as_str(), |(_, form)| form.sign.as_str());
    both(
        format!("{} của biểu {sign} cũ", text.vi),
        format!("{} of the old form {sign}", text.en),
    )
}
