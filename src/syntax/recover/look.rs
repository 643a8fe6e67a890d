//! The second reading of a line that is no statement: what was expected at which byte, and which
//! words may begin a line where it stands.
//!
//! The parser reports the furthest place it reached. It deliberately does not decide what is told;
//! it only knows the grammar.

use crate::diagnostic::problem::syntax::{Expected, Word};
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::{keywords, phrase};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};

/// Where a reading stopped.
pub(super) struct Stop {
    /// Byte of the slice.
    pub at: usize,
    /// What could have stood there, sorted.
    pub expected: Vec<Expected>,
}

/// Every reading of one statement.
pub(super) const ALL: [Rule; 18] = [
    Rule::look_form,
    Rule::look_regime,
    Rule::look_test,
    Rule::look_item,
    Rule::look_entry,
    Rule::look_calendar,
    Rule::look_export,
    Rule::look_period,
    Rule::look_event,
    Rule::look_list,
    Rule::look_group,
    Rule::look_row,
    Rule::look_when,
    Rule::look_outline,
    Rule::look_migrate,
    Rule::look_given,
    Rule::look_event_given,
    Rule::look_facts,
];

static STARTERS: LazyLock<BTreeMap<Rule, OnceLock<Vec<Word>>>> =
    LazyLock::new(|| ALL.iter().map(|look| (*look, OnceLock::new())).collect());

/// The words that may begin a statement of this reading.
pub(super) fn starters(look: Rule) -> &'static [Word] {
    STARTERS.get(&look).map_or(&[], |cell| {
        cell.get_or_init(|| {
            keywords::table()
                .iter()
                .map(|keyword| keyword.word)
                .filter(|word| begins(look, word.vi) && begins(look, word.en))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        })
    })
}

fn begins(look: Rule, phrase: &str) -> bool {
    read(look, phrase).is_none_or(|stop| stop.at > 0)
}

/// Reads a slice as one statement; `None` if it is one.
pub(super) fn read(look: Rule, slice: &str) -> Option<Stop> {
    let error = Grammar::parse(look, slice).err()?;
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let expected = match error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives
            .into_iter()
            .filter_map(phrase::of)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Some(Stop { at, expected })
}

/// The reading of the lines of a block; `None` for a block that nobody knows.
pub(in crate::syntax) fn of_block(block: Rule) -> Option<Rule> {
    Some(match block {
        Rule::file => Rule::look_item,
        Rule::regime => Rule::look_regime,
        Rule::level | Rule::catalog | Rule::entry => Rule::look_entry,
        Rule::calendar => Rule::look_calendar,
        Rule::export => Rule::look_export,
        Rule::period => Rule::look_period,
        Rule::event => Rule::look_event,
        Rule::form => Rule::look_form,
        Rule::list => Rule::look_list,
        Rule::group => Rule::look_group,
        Rule::row => Rule::look_row,
        Rule::when => Rule::look_when,
        Rule::outline | Rule::section => Rule::look_outline,
        Rule::migrate => Rule::look_migrate,
        Rule::test => Rule::look_test,
        Rule::given_block | Rule::given_row => Rule::look_given,
        Rule::facts_block => Rule::look_facts,
        Rule::event_block => Rule::look_event_given,
        _ => return None,
    })
}

/// The reading of the head of a block.
pub(super) fn of_head(block: Rule) -> Option<Rule> {
    Some(match block {
        Rule::regime => Rule::look_regime_head,
        Rule::form => Rule::look_form_head,
        Rule::list => Rule::look_list_head,
        Rule::group => Rule::look_group_head,
        Rule::event => Rule::look_event_head,
        Rule::period => Rule::look_period_head,
        Rule::section => Rule::look_section_head,
        Rule::when => Rule::look_when_head,
        Rule::test => Rule::look_test_head,
        _ => return None,
    })
}
