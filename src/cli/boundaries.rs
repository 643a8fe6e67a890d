//! One consolidated figure in the boundaries of a later day: what each unit of that day has of it, and what belongs to none of them.
//!
//! It deliberately reckons nothing; the evaluator follows the successions. A figure that is no sum of units is told as such.

use crate::calendar::dates::show_date;
use crate::calendar::{Date, Period};
use crate::cli::console::Console;
use crate::eval::cell::Cell;
use crate::eval::display::display;
use crate::eval::earlier::window_of;
use crate::eval::provenance::{How, Provenance};
use crate::eval::restate::figure_as_now;
use crate::organisation::{Organisation, UnitId};
use crate::plan::CompiledRegime;

/// The lines about a figure of a period in the boundaries of a day; `body` is the unit that put it together.
pub fn lines(
    console: Console,
    plan: &CompiledRegime,
    (units, body): (&Organisation, &UnitId),
    origin: &Provenance,
    (period, as_of): (Period, Date),
) -> Vec<String> {
    let day = show_date(as_of);
    let not_a_sum = || {
        let text = console.choose(
            "số này không phải tổng của các đơn vị nên không xếp theo địa giới khác",
            "this figure is no sum of units, so it is not put into other boundaries",
        );
        vec![text.to_owned()]
    };
    let How::Units {
        figure,
        adjustments,
    } = &origin.how
    else {
        return not_a_sum();
    };
    let form = plan.form_definition.form(origin.at.form);
    let definition = form.and_then(|form| form.cell(origin.at.row.key(), origin.at.column));
    let cutoff = window_of(&plan.header, period).map(|window| window.to);
    let exists = |unit: &UnitId| units.get(unit).is_some_and(|unit| unit.is_valid_on(as_of));
    let now = cutoff.and_then(|cutoff| {
        figure_as_now(
            plan,
            (figure, &origin.at),
            (body, adjustments),
            units.successions(),
            (cutoff, as_of),
            exists,
        )
    });
    let (Some(now), Some(definition)) = (now, definition) else {
        return not_a_sum();
    };
    let shown = |value| display(&Cell::Given(value), definition);
    let mut lines = vec![console.say(
        format!("Theo địa giới ngày {day}:"),
        format!("In the boundaries of {day}:"),
    )];
    let mut total = now.residual.clone();
    for (unit, found) in &now.units {
        total = total.add(&found.value);
        let name = units
            .get(unit)
            .map_or(unit.as_str(), |unit| unit.name.as_str());
        let estimated = match found.estimated {
            true => console.choose(" (chia theo tỷ lệ)", " (divided by shares)"),
            false => "",
        };
        lines.push(format!(
            "  {name}: {}{estimated}",
            shown(found.value.clone())
        ));
    }
    let none = console.choose(
        "Không thuộc đơn vị nào của ngày ấy",
        "Belongs to no unit of that day",
    );
    lines.push(format!("  {none}: {}", shown(now.residual)));
    let sum = console.choose("Cộng", "Total");
    lines.push(format!("  {sum}: {}", shown(total)));
    lines
}
