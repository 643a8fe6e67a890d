//! The second reading of a line that is no statement: what was expected at which byte, and which
//! words may begin a line where it stands.
//!
//! The parser reports the furthest place it reached. It deliberately does not decide what is told;
//! it only knows the grammar.

use crate::diagnostic::problem::syntax::{Expected, Place, Word};
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::{ahead, keywords, phrase};
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
    /// The same as the grammar names it.
    pub rules: Vec<Rule>,
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
    let rules = match error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let expected: BTreeSet<Expected> = rules.iter().copied().filter_map(phrase::of).collect();
    Some(Stop {
        at,
        expected: expected.into_iter().collect(),
        rules,
    })
}

/// At most so many places are told where a statement may stand.
const MOST_PLACES: usize = 4;

/// Where a statement that begins with a word may stand; nothing for a word that may also begin an attribute, or that stands almost anywhere.
pub(super) fn places(word: Word) -> Vec<Place> {
    let attributes = ahead::starters(Rule::attribute).iter();
    if attributes
        .map(|keyword| keyword.word)
        .any(|one| one == word)
    {
        return Vec::new();
    }
    let mut places: Vec<Place> = Vec::new();
    for look in ALL {
        let Some(place) = place(look) else { continue };
        if starters(look).contains(&word) && !places.contains(&place) {
            places.push(place);
        }
    }
    match places.len() <= MOST_PLACES {
        true => places,
        false => Vec::new(),
    }
}

/// The place whose statements a reading reads; none for the figures of tests.
fn place(look: Rule) -> Option<Place> {
    let block = match look {
        Rule::look_item => return Some(Place::File),
        Rule::look_regime => Rule::kw_regime,
        Rule::look_entry => Rule::kw_catalog,
        Rule::look_calendar => Rule::kw_calendar,
        Rule::look_export => Rule::kw_export,
        Rule::look_period => Rule::kw_period,
        Rule::look_event => Rule::kw_event,
        Rule::look_form => Rule::kw_form,
        Rule::look_list => Rule::kw_list,
        Rule::look_group => Rule::kw_group,
        Rule::look_row => Rule::kw_row,
        Rule::look_when => Rule::kw_when,
        Rule::look_outline => Rule::kw_outline,
        Rule::look_migrate => Rule::kw_migrate_from_version,
        Rule::look_test => Rule::kw_test,
        _ => return None,
    };
    Some(Place::Block(keywords::word(block)))
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
