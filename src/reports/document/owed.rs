//! Which bodies owe a consolidated document, until when, and to whom.
//!
//! Nothing is stored: a body owes one where reports of a period go to it and the routes do not end there for ever; whoever receives a document may owe the next. It does not know what was received. Broken
//! input: a way that leads round in a circle is followed once.

use crate::calendar::Period;
use crate::organisation::{RouteError, UnitId};
use crate::plan::header::RegimeHeader;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::obligation::{Grounds, Obligation, deadline_of_body, routing};
use crate::reports::ruling::Ruled;
use std::collections::{BTreeMap, BTreeSet};

/// The documents owed for a period, by body, given the reports owed. A document whose recipients are empty ends the way inside of this system: it goes to somebody outside, or to nobody.
pub fn documents_owed(
    versions: &[&RegimeHeader],
    grounds: Grounds<'_>,
    period: &Period,
    owed: &[Obligation],
) -> Vec<Obligation> {
    let mut found: BTreeMap<UnitId, Obligation> = BTreeMap::new();
    let mut open: Vec<(UnitId, Obligation)> = Vec::new();
    for obligation in owed {
        for recipient in &obligation.recipients {
            open.push((recipient.clone(), obligation.clone()));
        }
    }
    let mut looked_at: BTreeSet<UnitId> = BTreeSet::new();
    while let Some((body, below)) = open.pop() {
        if !looked_at.insert(body.clone()) {
            continue;
        }
        let Some(document) = document(versions, grounds, period, &body, &below) else {
            continue;
        };
        for recipient in &document.recipients {
            open.push((recipient.clone(), below.clone()));
        }
        found.insert(body, document);
    }
    found.into_values().collect()
}

fn document(
    versions: &[&RegimeHeader],
    grounds: Grounds<'_>,
    period: &Period,
    body: &UnitId,
    below: &Obligation,
) -> Option<Obligation> {
    let mut known = versions.iter();
    let header = known.find(|header| header.version == below.key.version)?;
    let next = grounds
        .organisation
        .next_hop(body, &routing(header), None, below.window.to);
    let (recipients, route_problem) = match next {
        Ok(recipients) => (recipients, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    // Nobody sends to itself, whatever a route says.
    let recipients = recipients.into_iter().filter(|unit| unit != body).collect();
    let (due, doubt) = deadline_of_body(header, grounds, period, body);
    // What was decided about units' reports is not decided about the document; a lock of the whole period holds for it, too.
    let locked = Ruled::of(grounds.rulings, &header.name, period, body).locked;
    Some(Obligation {
        key: ReportKey {
            regime: header.name.clone(),
            version: header.version,
            period: *period,
            unit: body.clone(),
            kind: ReportKind::Consolidated,
        },
        window: below.window,
        covers: below.covers,
        due,
        doubt,
        forms: Vec::new(),
        recipients,
        route_problem: route_problem.filter(|problem| !is_outside(problem)),
        ruled: Ruled {
            locked,
            ..Ruled::default()
        },
    })
}

/// Whether a way leaves this system: its next party is no unit of the tables.
fn is_outside(problem: &RouteError) -> bool {
    matches!(problem, RouteError::NoRecipient(_))
}
