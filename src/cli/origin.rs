//! The origin of one consolidated figure as an indented tree: formula, operands, other periods, plan values, adjustments, units.
//!
//! It deliberately adds nothing up; the tree is the evaluator's. An address that names no figure is told by the caller.

use crate::cli::console::Console;
use crate::eval::beside::{Beside, CellThen};
use crate::eval::cell::Cell;
use crate::eval::consolidate::Member;
use crate::eval::display::display;
use crate::eval::naming;
use crate::eval::provenance::{How, Provenance};
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::CellAddress;
use crate::plan::cell::{CellDefinition, Vintage};
use crate::plan::describe::kinds;

/// What every line is made from.
struct Teller<'t> {
    console: Console,
    plan: &'t CompiledRegime,
    members: &'t [Member<'t>],
    lines: Vec<String>,
}

/// The lines of the tree.
pub fn lines(
    console: Console,
    plan: &CompiledRegime,
    members: &[Member<'_>],
    origin: &Provenance,
) -> Vec<String> {
    let mut teller = Teller {
        console,
        plan,
        members,
        lines: Vec::new(),
    };
    teller.origin(origin, 0);
    teller.lines
}

impl Teller<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        self.lines.push(format!("{}{text}", "  ".repeat(depth)));
    }

    fn definition(&self, at: &CellAddress) -> Option<&CellDefinition> {
        let form = self.plan.form_definition.form(at.form)?;
        form.cell(at.row.key(), at.column)
    }

    /// The cell as a table shows it, and why it is blank, which a table leaves empty.
    fn shown(&self, at: &CellAddress, cell: &Cell) -> String {
        if let Cell::Blank(reason) = cell {
            let reason = naming::reason(self.plan, reason);
            let (console, blank) = (self.console, self.console.choose("trống", "blank"));
            return format!("{blank} ({})", console.of(&reason));
        }
        let definition = self.definition(at);
        definition.map_or_else(String::new, |definition| display(cell, definition))
    }

    /// ` (số ước tính)` after a figure that says how settled it is.
    fn settled(&self, vintage: Option<Vintage>) -> String {
        let words = vintage.map(kinds::settled);
        words.map_or_else(String::new, |words| {
            format!(" ({})", self.console.of(&words))
        })
    }

    fn name(&self, unit: &UnitId) -> String {
        let mut members = self.members.iter();
        let found = members.find(|member| member.unit == *unit);
        found.map_or_else(|| unit.0.clone(), |member| member.name.clone())
    }

    fn names(&self, units: &[UnitId]) -> String {
        let names: Vec<String> = units.iter().map(|unit| self.name(unit)).collect();
        names.join(", ")
    }

    fn origin(&mut self, origin: &Provenance, depth: usize) {
        let at = origin.at.text(&self.plan.form_definition);
        let settled = self
            .definition(&origin.at)
            .and_then(CellDefinition::vintage);
        let value = format!(
            "{}{}",
            self.shown(&origin.at, &origin.cell),
            self.settled(settled)
        );
        let console = self.console;
        let head = format!("{at} = {value}");
        match &origin.how {
            How::Formula {
                expression,
                operands,
                beside,
            } => {
                let formula = naming::expression(self.plan, Some(origin.at.form), *expression);
                self.line(depth, &format!("{head}: {}", console.of(&formula)));
                for operand in operands {
                    self.origin(operand, depth + 1);
                }
                for one in beside {
                    let text = self.beside(one);
                    self.line(depth + 1, &text);
                }
            }
            How::Rows { rows } => {
                let how = console.choose("tổng các dòng", "the sum of rows");
                self.line(depth, &format!("{head}: {how}"));
                for row in rows {
                    self.origin(row, depth + 1);
                }
            }
            How::Units {
                figure,
                adjustments,
            } => {
                let how = console.choose("tổng các đơn vị", "the sum of units");
                let (answered, due) = (figure.answered, figure.due);
                self.line(depth, &format!("{head}: {how}, {answered}/{due}"));
                for (unit, cell) in &figure.contributions {
                    let text = format!("{}: {}", self.name(unit), self.shown(&origin.at, cell));
                    self.line(depth + 1, &text);
                }
                for one in adjustments {
                    let difference = one.difference.to_plain(None);
                    let text = format!("{difference} ({}, {})", one.reason, one.author);
                    self.line(depth + 1, &text);
                }
            }
            How::Words { units } => {
                self.line(depth, &head);
                for (unit, cell) in units {
                    let text = format!("{}: {}", self.name(unit), self.shown(&origin.at, cell));
                    self.line(depth + 1, &text);
                }
            }
            How::Carried { .. } | How::Entered => self.line(depth, &head),
        }
    }

    fn beside(&self, beside: &Beside) -> String {
        let console = self.console;
        match beside {
            Beside::Period(then) => {
                let CellThen {
                    period,
                    at,
                    stated,
                    vintage,
                    revised,
                    revised_vintage,
                    restated,
                    missing,
                } = then.as_ref();
                let mut text = format!("{period} {} = ", at.text(&self.plan.form_definition));
                match stated {
                    Some(cell) => {
                        text.push_str(&self.shown(at, cell));
                        text.push_str(&self.settled(*vintage));
                    }
                    None => text.push_str(console.choose("không có số liệu", "no figures")),
                }
                if let Some(cell) = revised {
                    let word = console.choose("chỉnh lại thành", "corrected to");
                    let settled = self.settled(*revised_vintage);
                    text.push_str(&format!(", {word} {}{settled}", self.shown(at, cell)));
                }
                if !restated.is_empty() {
                    let word = console.choose("ghép lại qua sáp nhập", "restated over a reform");
                    text.push_str(&format!("; {word}: {}", self.names(restated)));
                }
                if !missing.is_empty() {
                    let word = console.choose("thiếu", "missing");
                    text.push_str(&format!("; {word}: {}", self.names(missing)));
                }
                text
            }
            Beside::Plan {
                target,
                indicator,
                year,
                value,
            } => {
                let definition = &self.plan.form_definition;
                let of = definition.targets.get(*target as usize);
                let what = definition.indicators.get(*indicator as usize);
                let value = match value {
                    Some(number) => number.to_plain(None),
                    None => console.choose("chưa giao", "not assigned").to_owned(),
                };
                format!(
                    "{} {year}, {} ({}) = {value}",
                    of.map_or("", |of| of.label.as_str()),
                    what.map_or("", |what| what.label.as_str()),
                    of.map_or("", |of| of.table.as_str()),
                )
            }
        }
    }
}
