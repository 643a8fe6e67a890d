//! Who sends to whom, in words: declared routes, those that a table gives to single units, and suspensions.
//!
//! It does not know which route a unit takes on a day. A table with many units is told by its size.

use super::{capitals, parties, party, span};
use crate::organisation::{Assignment, Route, Suspension};
use crate::plan::describe::{both, listed};
use crate::plan::{Bilingual, CompiledRegime};

/// So many units of a table are named; more are counted.
const NAMED: usize = 5;

/// One sentence for each route, each group of a table's lines, and each suspension.
pub(super) fn sentences(plan: &CompiledRegime) -> Vec<Bilingual> {
    let header = &plan.header;
    let mut told: Vec<Bilingual> = header.routes.iter().map(|one| route(plan, one)).collect();
    told.extend(assigned(plan));
    told.extend(header.suspensions.iter().map(|one| suspended(plan, one)));
    told
}

fn route(plan: &CompiledRegime, route: &Route) -> Bilingual {
    let dates = span(route.from, route.until);
    let forms = forms(plan, &route.forms);
    if route.hops.is_empty() {
        return capitals(both(
            format!("{}báo cáo đi lên theo cây đơn vị{}.", dates.vi, forms.vi),
            format!("{}reports go up the tree of units{}.", dates.en, forms.en),
        ));
    }
    let hops: Vec<Bilingual> = route
        .hops
        .iter()
        .map(|hop| parties(&plan.header, hop))
        .collect();
    let pairs = || hops.iter().zip(hops.iter().skip(1));
    let vi: Vec<String> = pairs()
        .map(|(from, to)| format!("{} gửi {}", from.vi, to.vi))
        .collect();
    let en: Vec<String> = pairs()
        .map(|(from, to)| format!("{} to {}", from.en, to.en))
        .collect();
    capitals(both(
        format!("{}{}{}.", dates.vi, vi.join("; "), forms.vi),
        format!(
            "{}reports go from {}{}.",
            dates.en,
            en.join("; from "),
            forms.en
        ),
    ))
}

/// Lines of tables with the same recipient, dates and forms share a sentence.
fn assigned(plan: &CompiledRegime) -> Vec<Bilingual> {
    let mut groups: Vec<Vec<&Assignment>> = Vec::new();
    for line in &plan.header.assignments {
        let alike = |other: &Assignment| {
            (&other.recipient, other.from, other.until, &other.forms)
                == (&line.recipient, line.from, line.until, &line.forms)
        };
        match groups
            .iter_mut()
            .find(|group| group.first().is_some_and(|first| alike(first)))
        {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
        .iter()
        .filter_map(|group| Some(assignment(plan, group, group.first()?)))
        .collect()
}

fn assignment(plan: &CompiledRegime, group: &[&Assignment], line: &Assignment) -> Bilingual {
    let agencies = &plan.header.agencies;
    let recipient = agencies
        .iter()
        .find(|agency| agency.name == line.recipient)
        .map(|agency| &agency.label)
        .or(line.recipient_name.as_ref())
        .unwrap_or(&line.recipient);
    let units: Vec<Bilingual> = group
        .iter()
        .map(|line| match &line.unit_name {
            Some(name) => both(name.clone(), name.clone()),
            None => both(
                format!("đơn vị mã {}", line.unit.0),
                format!("unit {}", line.unit.0),
            ),
        })
        .collect();
    let units = if units.len() > NAMED {
        let count = units.len();
        both(
            format!("{count} đơn vị trong bảng tuyến gửi"),
            format!("{count} units of the table of routes"),
        )
    } else {
        let units = listed(&units, "và", "and");
        both(
            format!("{}, theo bảng tuyến gửi,", units.vi),
            format!("{}, as a table of routes says,", units.en),
        )
    };
    let sends = if group.len() == 1 { "sends" } else { "send" };
    let (dates, forms) = (span(line.from, line.until), forms(plan, &line.forms));
    capitals(both(
        format!("{}{} gửi {recipient}{}.", dates.vi, units.vi, forms.vi),
        format!(
            "{}{} {sends} to {recipient}{}.",
            dates.en, units.en, forms.en
        ),
    ))
}

fn suspended(plan: &CompiledRegime, suspension: &Suspension) -> Bilingual {
    let sender = party(&plan.header, &suspension.sender);
    let recipients = parties(&plan.header, &suspension.recipients);
    let dates = span(suspension.from, suspension.until);
    let forms = forms(plan, &suspension.forms);
    let reason = &suspension.reason;
    both(
        format!(
            "{}{sender} không gửi cho {} nữa{}: {reason}.",
            dates.vi, recipients.vi, forms.vi
        ),
        format!(
            "{}{sender} no longer sends to {}{}: {reason}.",
            dates.en, recipients.en, forms.en
        ),
    )
}

/// “ (biểu 01/BTNN)”; nothing for all forms.
fn forms(plan: &CompiledRegime, names: &[String]) -> Bilingual {
    if names.is_empty() {
        return both("", "");
    }
    let signs: Vec<&str> = names
        .iter()
        .map(|name| {
            let known = plan.form_definition.find_form(name);
            known.map_or(name.as_str(), |(_, form)| form.sign.as_str())
        })
        .collect();
    let signs = signs.join(", ");
    both(format!(" (biểu {signs})"), format!(" (form {signs})"))
}
