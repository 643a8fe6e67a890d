//! The words of a consolidated document: what the body writes, beside what the units wrote.
//!
//! Nothing of a unit is copied into the words of the body. It does not know who may write. Broken input: words under a key that the regime does not have are shown with the key.

use crate::calendar::Period;
use crate::eval::figures::Figures;
use crate::plan::CompiledRegime;
use crate::plan::outline::{OutlinePart, narratives};
use crate::service::whole::contributors::Contributor;
use crate::service::whole::frozen::Gathered;
use crate::service::whole::view::WordsView;
use std::collections::BTreeSet;

/// The narratives of a regime: key, and what to write about with the heading it stands under.
pub fn labelled(plan: &CompiledRegime) -> Vec<(String, String)> {
    fn walk(parts: &[OutlinePart], heading: &str, found: &mut Vec<(String, String)>) {
        for part in parts {
            match part {
                OutlinePart::Section { label, parts, .. } => walk(parts, label, found),
                OutlinePart::Narrative(one) => {
                    let label = one.label.clone().unwrap_or_else(|| heading.to_string());
                    found.push((one.key.clone(), label));
                }
                OutlinePart::Sentence { .. } | OutlinePart::Table(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    for outline in &plan.outlines {
        walk(&outline.parts, "", &mut found);
    }
    found
}

/// What units wrote beside what the body itself writes. Nothing of theirs is copied into it.
pub fn words(
    plan: &CompiledRegime,
    period: &Period,
    gathered: &Gathered,
    figures: &Figures,
) -> Vec<WordsView> {
    let asked: BTreeSet<&str> = plan
        .outlines
        .iter()
        .filter(|outline| outline.applicability.in_time(period))
        .flat_map(|outline| narratives(&outline.parts))
        .filter(|one| one.applicability.in_time(period))
        .map(|one| one.key.as_str())
        .collect();
    let wrote = |found: &Contributor, key: &str| {
        let text = found.counted()?.figures.narratives.get(key)?.clone();
        Some((found.obligation.key.unit.clone(), text))
    };
    let all = labelled(plan).into_iter();
    all.map(|(key, label)| WordsView {
        own: figures.narratives.get(&key).cloned(),
        units: gathered
            .contributors
            .iter()
            .filter_map(|found| wrote(found, &key))
            .collect(),
        key,
        label,
    })
    .filter(|words| {
        asked.contains(words.key.as_str()) || words.own.is_some() || !words.units.is_empty()
    })
    .collect()
}
