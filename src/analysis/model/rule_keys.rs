//! The names under which reports, kept explanations and tests know the rules of a regime.
//!
//! A written rule is known by its identifier, else by its number; one of many that a text stands for by its cell besides. A cell's own rule is known by the cell and by
//! what makes it. It deliberately does not know what rules demand. A rule whose form could not be read keeps the name of the regime.

use super::Rule;
use super::cell::{CellDefinition, Source};
use super::form::Form;
use std::collections::BTreeMap;

/// The keys of the written rules of a regime, in their order.
pub fn of_written<'f>(
    regime: &str,
    form: impl Fn(usize) -> Option<&'f Form>,
    rules: &[Rule],
) -> Vec<String> {
    // How many rules of one cell stand before a rule.
    let mut of_cells = BTreeMap::new();
    rules
        .iter()
        .enumerate()
        .map(|(position, rule)| {
            let before: &mut usize = of_cells
                .entry((rule.form, rule.row, rule.column))
                .or_default();
            let own = rule.form.and_then(&form);
            let key = written(regime, own, rule, (position, *before));
            *before += 1;
            key
        })
        .collect()
}

/// It is so far down in the regime, after so many others of its cell.
fn written(
    regime: &str,
    form: Option<&Form>,
    rule: &Rule,
    (position, before): (usize, usize),
) -> String {
    let place = form.map_or(regime, |form| form.name.as_str());
    let key = rule
        .id
        .clone()
        .unwrap_or_else(|| format!("{place}/check:{}", position + 1));
    let row = rule.row.zip(form);
    let row = row.and_then(|(row, form)| Some(form.written.get(row)?.key(row)));
    if let (Some(form), Some(line), Some(column)) = (form, &row, rule.column)
        && let Some(shown) = form.columns.get(column)
    {
        let suffix = number(before);
        return format!(
            "{}[{line}, {}]/bounds{suffix}",
            form.name,
            shown.key(column)
        );
    }
    match (&rule.instance, row) {
        _ if rule.column.is_some() => key,
        (Some(instance), _) => format!("{key}[{instance}]"),
        (None, Some(row)) => format!("{key}[{row}]"),
        (None, None) => key,
    }
}

/// The cell as people write it between brackets: `6`, or `1.4.a, 2` where rows are written.
pub fn address(form: &Form, row: Option<usize>, column: usize) -> String {
    let shown = form
        .columns
        .get(column)
        .map_or(String::new(), |known| known.key(column));
    match row.and_then(|row| Some((row, form.written.get(row)?))) {
        Some((row, line)) => format!("{}, {shown}", line.key(row)),
        None => shown,
    }
}

/// The key of one of a cell's own rules.
pub fn of_cell(form: &Form, row: Option<usize>, column: usize, name: &str) -> String {
    format!("{}[{}]/{name}", form.name, address(form, row, column))
}

/// How the rules are called that a cell makes by itself: the further sides of its formula, the wholes it lies within, its range.
pub fn own(cell: &CellDefinition) -> Vec<String> {
    let mut found = Vec::new();
    let computing = usize::from(cell.source != Source::Entered);
    if cell.chain.len() > computing {
        found.push("chain".to_owned());
    }
    for place in 0..cell.within.len() {
        found.push(within(place));
    }
    if cell.range.is_some() {
        found.push("range".to_owned());
    }
    found
}

/// How the rule is called that a cell lies within its first, second … whole.
pub fn within(place: usize) -> String {
    format!("within{}", number(place))
}

/// The first of several has no number.
fn number(before: usize) -> String {
    match before {
        0 => String::new(),
        before => (before + 1).to_string(),
    }
}
