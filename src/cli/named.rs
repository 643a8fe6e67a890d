//! Figures as people name them on the command line: `BIEU[dòng, cột]` of all units, `BIEU["Xã A", dòng, cột]` of one.
//!
//! It does not look whether the cell has a figure. A unit goes by its name or its id; where the text names no unit or no cell there is no answer, never a guess.

use crate::eval::consolidate::Member;
use crate::organisation::UnitId;
use crate::plan::address::CellAddress;
use crate::plan::form::FormDefinition;

/// The quotation marks of source texts and of other programs.
const QUOTES: [char; 3] = ['"', '\u{201c}', '\u{201d}'];

/// The cell a text names, with the unit where one is named. In a form with a row per unit the row is the unit.
pub fn figure(
    typed: &str,
    definition: &FormDefinition,
    members: &[Member<'_>],
) -> Option<(Option<UnitId>, CellAddress)> {
    let (name, rest) = typed.trim().split_once('[')?;
    let inside = rest.strip_suffix(']')?.trim();
    let (_, form) = definition.find_form(name.trim())?;
    let Some((unit, cell)) = unit_and_cell(inside, form.has_rows()) else {
        return Some((None, CellAddress::parse(typed, definition)?));
    };
    let mut all = members.iter();
    let member = all.find(|member| member.name == unit || member.unit.0 == unit)?;
    let at = CellAddress::parse(&format!("{name}[{cell}]"), definition)?;
    Some((Some(member.unit.clone()), at))
}

/// The unit named before a cell, if there is one.
fn unit_and_cell(inside: &str, has_rows: bool) -> Option<(&str, &str)> {
    if let Some(quoted) = inside.strip_prefix(QUOTES) {
        let (unit, rest) = quoted.split_once(QUOTES)?;
        let (_, cell) = rest.split_once(',')?;
        return Some((unit.trim(), cell.trim()));
    }
    let (unit, cell) = inside.split_once(',')?;
    (!has_rows).then(|| (unit.trim(), cell.trim()))
}
