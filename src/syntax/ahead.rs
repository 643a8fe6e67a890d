//! What may stand at a place of a text that is being written.
//!
//! The statement at hand is read up to the place; what the grammar could go on with there is what may stand there. It deliberately does not know names, only that a name may stand.
//! Where the statement cannot be read up to the place, nothing may be said, and the answer is empty.

use super::grammar::{Grammar, Rule};
use super::keywords::{self, Keyword};
use super::recover::reading_of;
use super::tree::{Kind, Node};
use super::{keywords::of_rule, phrase};
use crate::diagnostic::problem::syntax::Expected;
use crate::text::language::Language;
use crate::text::{Span, normal};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

/// Most words that one keyword or label is looked for behind.
const MOST_WORDS: usize = 6;

/// A sign that no statement can hold, so that every reading stops right at the place.
const STOP: char = '\u{1}';

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// The ways to see the words right before the place: first those that take the fewest of them as what is being written.
    pub openings: Vec<Opening>,
    /// The text in quotation marks that is being written, from behind the opening mark, and the statement before it.
    pub text: Option<(Span, String)>,
}

/// One way to see the words right before the place: what stands before them, and what may follow there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The block whose statement it is, by the name of its reading, such as `form`; `formula` inside braces of a text.
    pub block: &'static str,
    /// Byte at which begins what is being written.
    pub start: u32,
    /// What has been written of it.
    pub written: String,
    /// The statement before it.
    pub before: String,
    /// The keywords that may stand there.
    pub keywords: Vec<&'static Keyword>,
    /// What else may stand there.
    pub expected: BTreeSet<Expected>,
}

/// What may stand at an offset of a text with its tree.
pub fn ahead(text: &str, tree: &Node, offset: u32) -> Ahead {
    let Some(upto) = text.get(..offset as usize) else {
        return Ahead::default();
    };
    let (reading, start) = statement(text, tree, offset);
    let slice = upto.get(start as usize..).unwrap_or("");
    match Lexed::of(slice) {
        Lexed::Comment => Ahead::default(),
        Lexed::Text(at) => within_text(slice, at, start),
        Lexed::Words => Ahead {
            openings: openings(reading, slice, start),
            text: None,
        },
    }
}

/// The statement at an offset as far as it is written before it.
pub fn beginning(text: &str, tree: &Node, offset: u32) -> Option<String> {
    let (_, start) = statement(text, tree, offset);
    let slice = text.get(start as usize..offset as usize)?;
    Some(normal::composed(slice))
}

/// The language in which most keywords of a tree are spelled; `None` if there is none that differs.
pub fn spelling(text: &str, tree: &Node) -> Option<Language> {
    let (mut vietnamese, mut english) = (0, 0);
    tree.walk(&mut |node: &Node| {
        if let Kind::Keyword(keyword) = node.kind() {
            let written = normal::composed(node.span.of(text));
            let same = |word: &str| written.split_whitespace().eq(word.split_whitespace());
            vietnamese += usize::from(same(keyword.word.vi));
            english += usize::from(same(keyword.word.en));
        }
        true
    });
    match vietnamese.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Language::Vietnamese),
        std::cmp::Ordering::Less => Some(Language::English),
        std::cmp::Ordering::Equal => None,
    }
}

/// The reading of the innermost block around an offset, and the byte at which the statement at the offset begins.
fn statement(text: &str, tree: &Node, offset: u32) -> (Rule, u32) {
    let mut reading = Rule::look_item;
    let mut block = tree;
    let mut node = tree;
    while let Some(child) = node.children.iter().rev().find(|child| {
        child.span.start < offset && offset <= child.span.end && !child.children.is_empty()
    }) {
        node = child;
        let opened = child.child(Rule::open_brace);
        let opened = opened.is_some_and(|brace| brace.span.end <= offset);
        let closed = child.child(Rule::close_brace);
        let closed = closed.is_some_and(|brace| brace.span.end <= offset);
        if opened && !closed {
            block = child;
            reading = reading_of(child.rule).unwrap_or(reading);
        }
    }
    let brace = block
        .child(Rule::open_brace)
        .map_or(0, |brace| brace.span.end);
    let brace = if block.rule == Rule::file { 0 } else { brace };
    let own = |child: &&Node| {
        child.span.start < offset
            && child.span.start >= brace
            && matches!(child.kind(), Kind::Statement | Kind::Stray | Kind::Part)
    };
    let begun = block.children.iter().rev().find(own).filter(|child| {
        let gap = text.get(child.span.end as usize..offset as usize);
        gap.is_none_or(|gap| !gap.contains(['\n', ';', '}']))
    });
    let fresh = || {
        let before = text.get(brace as usize..offset as usize).unwrap_or("");
        let line = before.rfind(['\n', ';']).map_or(0, |at| at + 1);
        brace + u32::try_from(line).unwrap_or(0)
    };
    (reading, begun.map_or_else(fresh, |child| child.span.start))
}

/// In what a place stands.
enum Lexed {
    Words,
    Comment,
    /// In quotation marks, opened before this byte.
    Text(usize),
}

impl Lexed {
    fn of(slice: &str) -> Lexed {
        let mut opened = None;
        let mut comment = false;
        let mut characters = slice.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            match character {
                '\n' => {
                    opened = None;
                    comment = false;
                }
                _ if comment => {}
                '"' => {
                    opened = match opened {
                        Some(_) => None,
                        None => Some(at + 1),
                    }
                }
                '/' if opened.is_none() => {
                    comment = characters.peek().is_some_and(|(_, next)| *next == '/');
                }
                _ => {}
            }
        }
        match (comment, opened) {
            (true, _) => Lexed::Comment,
            (false, Some(at)) => Lexed::Text(at),
            (false, None) => Lexed::Words,
        }
    }
}

fn within_text(slice: &str, at: usize, start: u32) -> Ahead {
    let written = slice.get(at..).unwrap_or("");
    let formula = written.rfind('{').filter(|brace| {
        let inside = written.get(*brace..).unwrap_or("");
        !inside.contains('}')
    });
    let moved = |at: usize| start + u32::try_from(at).unwrap_or(0);
    if let Some(brace) = formula {
        let begin = at + brace + 1;
        let slice = slice.get(begin..).unwrap_or("");
        return Ahead {
            openings: openings(Rule::interpolated, slice, moved(begin)),
            text: None,
        };
    }
    let before = slice.get(..at.saturating_sub(1)).unwrap_or("");
    let end = moved(slice.len());
    Ahead {
        openings: Vec::new(),
        text: Some((Span::new(moved(at), end), normal::composed(before))),
    }
}

/// The ways to see the end of a slice: nothing of it, its last word, its last two words and so on are what is being written.
fn openings(reading: Rule, slice: &str, start: u32) -> Vec<Opening> {
    let mut found = Vec::new();
    for cut in cuts(slice) {
        let before = normal::composed(slice.get(..cut).unwrap_or(""));
        let Some(rules) = rules_at(reading, &before) else {
            continue;
        };
        let written = normal::composed(slice.get(cut..).unwrap_or(""));
        let folded = normal::without_marks(&written);
        let mut keywords: Vec<&'static Keyword> = Vec::new();
        for rule in &rules {
            for keyword in starters(*rule) {
                let begins = |word: &str| normal::without_marks(word).starts_with(&folded);
                let fits =
                    !folded.contains(' ') || begins(keyword.word.vi) || begins(keyword.word.en);
                if fits && !keywords.contains(keyword) {
                    keywords.push(keyword);
                }
            }
        }
        found.push(Opening {
            block: block(reading),
            start: start + u32::try_from(cut).unwrap_or(0),
            written,
            before,
            keywords,
            expected: rules.into_iter().filter_map(phrase::of).collect(),
        });
    }
    found
}

/// The name of a reading.
fn block(reading: Rule) -> &'static str {
    match reading {
        Rule::look_item => "file",
        Rule::look_entry => "entries",
        Rule::look_calendar => "calendar",
        Rule::look_export => "export",
        Rule::look_regime => "regime",
        Rule::look_period => "period",
        Rule::look_event => "event",
        Rule::look_form => "form",
        Rule::look_list => "list",
        Rule::look_group => "group",
        Rule::look_row => "row",
        Rule::look_when => "when",
        Rule::look_outline => "outline",
        Rule::look_migrate => "migrate",
        Rule::look_test => "test",
        Rule::look_facts => "facts",
        Rule::look_event_given => "given event",
        Rule::look_given => "given",
        _ => "formula",
    }
}

/// The bytes at which what is being written may begin, the last one first.
fn cuts(slice: &str) -> Vec<usize> {
    let is_word = |character: char| {
        character.is_alphanumeric()
            || character == '_'
            || unicode_normalization::char::is_combining_mark(character)
    };
    let mut found = Vec::new();
    let mut rest = slice;
    while found.len() < MOST_WORDS {
        let word = rest.trim_end_matches(is_word);
        found.push(word.len());
        let blank = word.trim_end_matches([' ', '\t']);
        // Only words with blanks between them can be one keyword or one label.
        if word.len() == blank.len() && !found.is_empty() && rest.len() != slice.len() {
            break;
        }
        if blank.is_empty() || !blank.ends_with(is_word) {
            break;
        }
        rest = blank;
    }
    found.dedup();
    found
}

/// The rules the grammar could go on with behind a beginning of a statement; `None` if it cannot be read to its end.
fn rules_at(reading: Rule, before: &str) -> Option<Vec<Rule>> {
    // The whole reading takes any text for the head of a block, so that heads are read by themselves.
    let of_head = head(reading, before).and_then(|(head, inside)| stopped(head, inside));
    of_head.or_else(|| stopped(reading, before))
}

/// The reading of the head of a block that a statement begins, and the head as far as it is written.
fn head(reading: Rule, before: &str) -> Option<(Rule, &str)> {
    let text = before.trim_start();
    let mut found = HEADS.iter().filter_map(|(keyword, head)| {
        let own = of_rule(*keyword)?;
        let words = [own.word.vi, own.word.en].into_iter();
        let rest = words
            .filter_map(|word| text.strip_prefix(word))
            .find(|rest| rest.starts_with(|sign: char| sign.is_whitespace()))?;
        Some((*head, rest))
    });
    let (head, rest) = found.next()?;
    // In a test and in an export a period is no block.
    let is_block = head != Rule::look_period_head || reading == Rule::look_regime;
    is_block.then_some((head, rest))
}

/// The keywords of blocks whose heads may be unreadable, with the readings of the heads.
const HEADS: [(Rule, Rule); 9] = [
    (Rule::kw_regime, Rule::look_regime_head),
    (Rule::kw_form, Rule::look_form_head),
    (Rule::kw_list, Rule::look_list_head),
    (Rule::kw_group, Rule::look_group_head),
    (Rule::kw_event, Rule::look_event_head),
    (Rule::kw_period, Rule::look_period_head),
    (Rule::kw_section, Rule::look_section_head),
    (Rule::kw_when, Rule::look_when_head),
    (Rule::kw_test, Rule::look_test_head),
];

/// The rules a reading could go on with at the end of a text.
fn stopped(reading: Rule, before: &str) -> Option<Vec<Rule>> {
    let mut slice = before.trim_end().to_owned();
    if !slice.is_empty() {
        slice.push(' ');
    }
    let stop = slice.len();
    slice.push(STOP);
    let error = Grammar::parse(reading, &slice).err()?;
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    match error.variant {
        ErrorVariant::ParsingError { positives, .. } if at == stop => Some(positives),
        _ => None,
    }
}

static STARTERS: LazyLock<Vec<OnceLock<Vec<&'static Keyword>>>> = LazyLock::new(|| {
    let mut places = Vec::new();
    places.resize_with(Rule::all_rules().len() + 1, OnceLock::new);
    places
});

/// The keywords with which a rule may begin.
pub(super) fn starters(rule: Rule) -> &'static [&'static Keyword] {
    STARTERS.get(rule as usize).map_or(&[], |place| {
        place.get_or_init(|| {
            let mut found: Vec<&'static Keyword> = Vec::new();
            for rule in parts(rule) {
                let begins = keywords::table()
                    .iter()
                    .filter(|keyword| begins(rule, keyword));
                found.extend(begins);
            }
            found
        })
    })
}

/// What a rule is looked into as: in a formula a keyword would be taken for a name.
fn parts(rule: Rule) -> Vec<Rule> {
    let mut value = vec![
        Rule::function,
        Rule::kw_row,
        Rule::kw_cell,
        Rule::kw_yes,
        Rule::kw_no,
    ];
    match rule {
        Rule::expr | Rule::conjunction | Rule::negation | Rule::comparison | Rule::when_head => {
            value.push(Rule::kw_not);
            value
        }
        Rule::sum | Rule::product | Rule::factor | Rule::conditional | Rule::call => {
            value.push(Rule::kw_if);
            value
        }
        // A part of an instance is written behind its keyword, which may also be a name of the author's.
        Rule::instance => vec![
            Rule::kw_first_half,
            Rule::kw_second_half,
            Rule::kw_nine_months,
            Rule::kw_year,
            Rule::kw_quarter,
            Rule::kw_month,
            Rule::kw_day,
            Rule::kw_week,
            Rule::kw_ten_days,
            Rule::kw_end_of,
            Rule::kw_daily_of,
        ],
        Rule::which | Rule::period_head => vec![Rule::which, Rule::kw_end_of, Rule::kw_daily_of],
        other => vec![other],
    }
}

/// Whether a rule may begin with a keyword, in both its spellings, and takes it for the keyword.
fn begins(rule: Rule, keyword: &Keyword) -> bool {
    if let Some(own) = of_rule(rule) {
        return own == keyword;
    }
    [keyword.word.vi, keyword.word.en].into_iter().all(|word| {
        let slice = format!("{word} {STOP}");
        match Grammar::parse(rule, &slice) {
            Ok(pairs) => {
                let first = pairs
                    .flatten()
                    .find(|pair| of_rule(pair.as_rule()).is_some());
                first.is_some_and(|pair| {
                    pair.as_span().start() == 0 && of_rule(pair.as_rule()) == Some(keyword)
                })
            }
            // The keyword was read and more is wanted; a rule that begins with any name would have taken it for one.
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
                };
                at > word.len() && !takes_names(rule)
            }
        }
    })
}

/// Whether a rule may begin with a name of the author's.
fn takes_names(rule: Rule) -> bool {
    let slice = format!("qqqq {STOP}");
    match Grammar::parse(rule, &slice) {
        Ok(_) => true,
        Err(error) => match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at > 4,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::{FileId, SourceFile};

    /// What may stand at the place marked with `|`: the longest list of openings wins nothing, all of them are told.
    fn told(marked: &str) -> String {
        let offset = marked.find('|').expect("a marked place");
        let text = marked.replacen('|', "", 1);
        let parsed = parse(&SourceFile::new(FileId(0), "a.regime", &text));
        let tree = parsed.tree.expect("a tree");
        let ahead = ahead(&text, &tree, offset as u32);
        let mut lines: Vec<String> = Vec::new();
        if let Some((span, before)) = &ahead.text {
            lines.push(format!("text {:?} after {before:?}", span.of(&text)));
        }
        for opening in &ahead.openings {
            let words: Vec<&str> = opening.keywords.iter().map(|one| one.word.en).collect();
            lines.push(format!(
                "{:?} after {:?}: {}; {:?}",
                opening.written,
                opening.before,
                words.join(", "),
                opening.expected
            ));
        }
        lines.join("\n")
    }

    #[test]
    fn what_may_stand_at_a_place_is_what_the_grammar_goes_on_with() {
        let places = [
            "|",
            "mea|",
            "regime A \"A\" {\n  |\n}",
            "regime A \"A\" {\n  hạn |\n}",
            "regime A \"A\" {\n  deadline so by |\n}",
            "regime A \"A\" {\n  form F \"F\" {\n    column 1 a \"A\" |\n    column 2 \"B\"\n  }\n}",
            "regime A \"A\" {\n  form F \"F\" {\n    column 1 a \"A\" measure do|\n  }\n}",
            "regime A \"A\" {\n  form F \"F\" {\n    column 1 a \"A\" = |\n  }\n}",
            "regime A \"A\" {\n  form F \"F\" {\n    column 3 \"C\" = sum([1|\n",
            "regime A \"A\" {\n  basis \"Quyết |\n}",
            "regime A \"A\" {\n  check C1: [1] > 0 message \"có {|\n}",
            "// chú |",
            "regime A \"A\" {\n  test \"t\" {\n    expect |\n  }\n}",
            "chế độ A \"A\" {\n  biểu F \"F\" {\n    cột 1 a \"A\" đơn vị t|\n  }\n}",
        ];
        let shown: Vec<String> = places
            .iter()
            .map(|place| format!("{place}\n---\n{}", told(place)))
            .collect();
        insta::assert_snapshot!(shown.join("\n\n=====\n"));
    }

    #[test]
    fn no_place_of_any_text_is_too_much() {
        let text = include_str!("../../regimes/thien_tai.regime");
        let parsed = parse(&SourceFile::new(FileId(0), "a.regime", text));
        let tree = parsed.tree.expect("a tree");
        for (at, _) in text.char_indices().step_by(37) {
            ahead(text, &tree, at as u32);
        }
        ahead(text, &tree, u32::MAX);
    }
}
