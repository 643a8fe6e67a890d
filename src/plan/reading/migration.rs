//! What becomes of the figures of earlier versions, in words.
//!
//! Old cells are named by their addresses, because their labels belong to another plan. It does not know figures.

use super::Chapter;
use crate::plan::describe::{self, both, listed};
use crate::plan::migration::{Move, OldCell};
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
    let old: Vec<Bilingual> = step.from.iter().map(address).collect();
    let old = listed(&old, "và", "and");
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

fn address(cell: &OldCell) -> Bilingual {
    let text = match &cell.row {
        Some(row) => format!("{}[{row}, {}]", cell.form, cell.column),
        None => format!("{}[{}]", cell.form, cell.column),
    };
    both(format!("Ô {text}"), format!("cell {text}"))
}
