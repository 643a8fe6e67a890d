//! The rows that several reports have together, by form, in the order of the catalogue.
//!
//! It does not know figures. Rows of lists are put together by their keys; a form that a report does not fill adds none.

use crate::eval::consolidate::Member;
use crate::eval::evaluate::{DataRow, Evaluation};
use crate::eval::gathered;
use crate::eval::rows;
use crate::plan::CompiledRegime;
use crate::plan::address::Row;
use crate::plan::form::{FormIndex, Rows};
use std::collections::BTreeMap;

/// The rows that at least one unit reports, by form, in the order of the catalogue.
pub fn combined_rows(plan: &CompiledRegime, members: &[Member]) -> Vec<Vec<DataRow>> {
    let reports = members.iter().filter_map(|member| member.report);
    let mut rows = union_of_rows(plan, reports);
    let all: Vec<&Member> = members.iter().collect();
    for (place, form) in plan.form_definition.forms.iter().enumerate() {
        if let (Some(listed), Some(own)) = (form.listed(), rows.get_mut(place)) {
            *own = gathered::rows(FormIndex(place as u32), listed, &all);
        }
    }
    rows
}

/// The rows of several reports together, by form, in the order of the catalogue.
pub fn union_of_rows<'r>(
    plan: &CompiledRegime,
    reports: impl Iterator<Item = &'r Evaluation> + Clone,
) -> Vec<Vec<DataRow>> {
    let definition = &plan.form_definition;
    let mut all = Vec::new();
    for (place, form) in definition.forms.iter().enumerate() {
        let index = FormIndex(place as u32);
        if !form.has_rows() {
            all.push(vec![DataRow {
                row: Row::Own,
                parent: None,
                inner: false,
            }]);
            continue;
        }
        if matches!(form.rows, Rows::Written(_)) {
            all.push(rows::written(form));
            continue;
        }
        // Rows of a list have no common name: who puts lists together says which rows are one.
        if form.listed().is_some() {
            all.push(Vec::new());
            continue;
        }
        let mut found: BTreeMap<&Row, &DataRow> = BTreeMap::new();
        for data in reports.clone().flat_map(|report| report.rows_of(index)) {
            found.entry(&data.row).or_insert(data);
        }
        let in_order = rows::entries(definition, form)
            .iter()
            .filter_map(|entry| found.get(&Row::Entry(entry.name.clone())))
            .map(|data| (*data).clone());
        all.push(in_order.collect());
    }
    all
}
