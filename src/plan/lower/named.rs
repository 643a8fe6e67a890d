//! The bodies and tags that a regime names anywhere, with their labels: on routes, at deadlines, where a part is only for some.
//!
//! Only what is named is copied: the words of a project grow without every regime changing its fingerprint. It does not know which units are meant. A name the
//! words do not have is left out.

use crate::analysis::model::cell::{Applicability, FilledBy};
use crate::analysis::model::{Regime, words::Words};
use crate::analysis::outline_model::OutlinePart;
use crate::organisation::Party;
use crate::plan::header::{Agency, Tag};
use std::collections::BTreeSet;

/// The named bodies, in the order of the words.
pub(super) fn agencies(words: &Words, regime: &Regime) -> Vec<Agency> {
    let in_tables = regime
        .assignments
        .iter()
        .map(|line| line.recipient.as_str());
    let named: BTreeSet<&str> = parties(regime)
        .into_iter()
        .map(|party| party.name.as_str())
        .chain(in_tables)
        .collect();
    let used = words
        .agencies
        .iter()
        .filter(|agency| named.contains(agency.name.as_str()));
    used.map(|agency| Agency {
        name: agency.name.clone(),
        label: agency.label.clone(),
    })
    .collect()
}

/// The tags, in the order of the words.
pub(super) fn tags(words: &Words, regime: &Regime) -> Vec<Tag> {
    let named: BTreeSet<&str> = parties(regime)
        .into_iter()
        .flat_map(|party| party.tags.iter().map(String::as_str))
        .collect();
    let used = words
        .tags
        .iter()
        .filter(|tag| named.contains(tag.name.as_str()));
    used.map(|tag| Tag {
        name: tag.name.clone(),
        label: tag.label.clone(),
    })
    .collect()
}

/// Everybody the regime names; some more than once.
fn parties(regime: &Regime) -> Vec<&Party> {
    let mut found: Vec<&Party> = regime
        .routes
        .iter()
        .flat_map(|route| route.hops.iter().flatten())
        .chain(&regime.reporters)
        .chain(&regime.recipients)
        .collect();
    for suspension in &regime.suspensions {
        found.push(&suspension.sender);
        found.extend(&suspension.recipients);
    }
    for event in &regime.events {
        found.extend(event.opened_by.iter().chain(&event.closed_by));
    }
    for period in &regime.periods {
        found.extend(period.deadlines.iter().map(|deadline| &deadline.party));
    }
    let mut limits: Vec<&Applicability> = Vec::new();
    for form in &regime.forms {
        found.extend(form.time.deadlines.iter().map(|deadline| &deadline.party));
        limits.push(&form.applicability);
        limits.extend(form.written.iter().map(|row| &row.applicability));
        for cell in form.definitions() {
            limits.push(&cell.applicability);
            match &cell.filled_by {
                FilledBy::Agencies(parties) | FilledBy::Levels(parties) => found.extend(parties),
                FilledBy::Reporters | FilledBy::Recipient => {}
            }
        }
    }
    limits.extend(regime.rules.iter().map(|rule| &rule.applicability));
    for outline in &regime.outlines {
        limits.push(&outline.applicability);
        of_parts(&outline.parts, &mut limits);
    }
    found.extend(limits.into_iter().flat_map(|limits| &limits.only_for));
    found
}

/// The parser bounds how deep sections are nested.
fn of_parts<'o>(parts: &'o [OutlinePart], found: &mut Vec<&'o Applicability>) {
    for part in parts {
        match part {
            OutlinePart::Section(section) => {
                found.push(&section.applicability);
                of_parts(&section.parts, found);
            }
            OutlinePart::Narrative(narrative) => found.push(&narrative.applicability),
            OutlinePart::Sentence(sentence) => found.push(&sentence.applicability),
            OutlinePart::Table(_) => {}
        }
    }
}
