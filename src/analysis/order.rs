//! The order in which the regimes of a project are analysed: each after those that its text names.
//!
//! A name with a point after it may be that of a regime; whether it leads to a form there is not asked. It deliberately does not know what regimes mean. Regimes that name one
//! another in a circle are taken in the order of the sources where the circle closes.

use super::context::Context;
use super::memory::Memory;
use crate::diagnostic::Label;
use crate::syntax::ast::Item;
use crate::syntax::ast::header::Regime as Written;
use crate::text::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A regime of a project as it is written.
pub(super) struct Placed<'p> {
    /// Which regime of the sources it is.
    pub place: usize,
    /// Its file.
    pub file: FileId,
    /// Its text as a tree.
    pub written: &'p Written,
    /// Words of its text that stand before a point.
    pub pointed: Arc<BTreeSet<String>>,
    /// The other regimes that its text names, by place, and where they stand.
    pub needs: Vec<(usize, Label)>,
}

/// The regimes of a project, each after those its text names. Texts that an earlier analysis knows are not searched again.
pub(super) fn in_order<'p>(context: &Context<'p>, earlier: Option<&Memory>) -> Vec<Placed<'p>> {
    let mut all = Vec::new();
    for source in &context.project.sources {
        for item in &source.tree.items {
            let Item::Regime(written) = item else {
                continue;
            };
            let (file, span) = (source.file.id, written.span);
            let known = earlier
                .and_then(|memory| memory.at(source, Label { file, span }))
                .map(|kept| Arc::clone(&kept.found.pointed));
            let pointed = known.unwrap_or_else(|| {
                let text = span.of(&source.file.text);
                Arc::new(named_with_a_point(text).map(str::to_owned).collect())
            });
            all.push((file, &**written, pointed));
        }
    }
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, (_, written, _)) in all.iter().enumerate() {
        if let Some(name) = &written.name {
            places.entry(&name.value).or_default().push(place);
        }
    }
    let needs: Vec<Vec<usize>> = all
        .iter()
        .enumerate()
        .map(|(place, (_, _, pointed))| {
            pointed
                .iter()
                .filter_map(|name| places.get(name.as_str()))
                .flatten()
                .copied()
                .filter(|other| *other != place)
                .collect()
        })
        .collect();
    let mut done = BTreeSet::new();
    let mut order = Vec::new();
    for place in 0..all.len() {
        visit(place, &needs, &mut done, &mut order);
    }
    order
        .into_iter()
        .filter_map(|place| {
            let (file, written, pointed) = all.get(place)?;
            let others = needs.get(place).into_iter().flatten();
            let labelled = others.filter_map(|other| {
                let (file, written, _) = all.get(*other)?;
                let (file, span) = (*file, written.span);
                Some((*other, Label { file, span }))
            });
            Some(Placed {
                place,
                file: *file,
                written,
                pointed: Arc::clone(pointed),
                needs: labelled.collect(),
            })
        })
        .collect()
}

/// Words with a point after them, as the names of regimes stand before forms.
fn named_with_a_point(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('.').filter_map(|(point, _)| {
        let before = text.get(..point)?;
        let mut letters = before.char_indices().rev();
        let outside = letters.find(|(_, letter)| !(letter.is_alphanumeric() || *letter == '_'));
        match outside {
            // Not the first point of its word.
            Some((_, '.')) => None,
            Some((at, letter)) => before.get(at + letter.len_utf8()..),
            None => Some(before),
        }
    })
}

/// Depth first, with a stack of its own; a circle is cut where it closes.
fn visit(start: usize, needs: &[Vec<usize>], done: &mut BTreeSet<usize>, order: &mut Vec<usize>) {
    let mut stack = vec![(start, false)];
    while let Some((place, finished)) = stack.pop() {
        if finished {
            order.push(place);
            continue;
        }
        if !done.insert(place) {
            continue;
        }
        stack.push((place, true));
        for other in needs.get(place).into_iter().flatten().rev() {
            if !done.contains(other) {
                stack.push((*other, false));
            }
        }
    }
}
