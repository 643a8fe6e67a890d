//! The keywords of the language in both spellings: one table, `grammar/keywords.csv`, from which the
//! keyword half of the grammar is generated.
//!
//! It deliberately does not know where a keyword may stand. A row that cannot be read is left out,
//! which the tests would notice.

use super::grammar::Rule;
use crate::diagnostic::problem::syntax::Word;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// Its rule in the grammar.
    pub rule: &'static str,
    /// Its two spellings.
    pub word: Word,
    /// The heading under which the reference lists it.
    pub section: &'static str,
}

static TABLE: LazyLock<Vec<Keyword>> = LazyLock::new(|| {
    include_str!("../../grammar/keywords.csv")
        .lines()
        .skip(1)
        .filter_map(read)
        .collect()
});

/// The keyword of each rule by the rule's number: asked for every node of every tree.
static BY_RULE: LazyLock<Vec<Option<&'static Keyword>>> = LazyLock::new(|| {
    let by_name: BTreeMap<&str, &'static Keyword> = TABLE
        .iter()
        .map(|keyword| (keyword.rule, keyword))
        .collect();
    let mut table = vec![None; Rule::all_rules().len() + 1];
    for kind in Rule::all_rules() {
        if let Some(slot) = table.get_mut(*kind as usize) {
            *slot = by_name.get(format!("{kind:?}").as_str()).copied();
        }
    }
    table
});

fn read(line: &'static str) -> Option<Keyword> {
    let mut parts = line.splitn(4, ',');
    Some(Keyword {
        rule: parts.next()?,
        word: Word {
            en: parts.next()?,
            vi: parts.next()?,
        },
        section: parts.next()?.trim_matches('"'),
    })
}

/// What keywords say, by their rules: `grammar/sentences.csv`, with `|` between its columns.
static SENTENCES: LazyLock<BTreeMap<&'static str, Word>> = LazyLock::new(|| {
    include_str!("../../grammar/sentences.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut parts = line.splitn(3, '|');
            let rule = parts.next()?;
            let (vi, en) = (parts.next()?, parts.next()?);
            Some((rule, Word { vi, en }))
        })
        .collect()
});

impl Keyword {
    /// What the keyword says, in one sentence of each language; none for words that only join others.
    pub fn sentence(&self) -> Option<Word> {
        SENTENCES.get(self.rule).copied()
    }
}

/// All keywords in the order of the reference.
pub fn table() -> &'static [Keyword] {
    &TABLE
}

/// The keyword a grammar rule stands for.
pub(super) fn of_rule(rule: Rule) -> Option<&'static Keyword> {
    BY_RULE.get(rule as usize).copied().flatten()
}

/// The word of a keyword rule; an empty word for a rule that is no keyword.
pub(super) fn word(rule: Rule) -> Word {
    of_rule(rule).map_or(Word { vi: "", en: "" }, |keyword| keyword.word)
}

#[cfg(test)]
mod tests;
