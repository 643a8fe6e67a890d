//! What an author probably meant where the reading of a line stopped: a word that is near, a word of which the rest is missing, or a mistake that many make.
//!
//! It knows the readings of the grammar, not names. It deliberately guesses only where one thing is likely; elsewhere what could stand there is told alone.

use super::look::Stop;
use super::nearest::{self, Near, Nearness};
use super::{first_line, is_name_part};
use crate::diagnostic::problem::syntax::{Expected, Meant, Word};
use crate::syntax::grammar::Rule;
use crate::syntax::{ahead, keywords};

/// A guess, with the bytes of the line that it would replace.
pub(super) struct Guess {
    /// Where what is told begins and ends; nothing for the place where the reading stopped.
    pub told: Option<(usize, usize)>,
    /// What was meant.
    pub meant: Meant,
    /// What would stand in place of which bytes.
    pub edit: Option<((usize, usize), String)>,
}

impl Guess {
    fn near(at: usize, near: &Near<'_>) -> Guess {
        Guess {
            told: None,
            meant: Meant::Word(near.word),
            edit: Some(((at, at + near.written.len()), near.spelling.to_owned())),
        }
    }

    fn written(at: usize, length: usize, text: &str) -> Guess {
        Guess {
            told: None,
            meant: Meant::Written(text.to_owned()),
            edit: Some(((at, at + length), text.to_owned())),
        }
    }
}

/// What was meant where the reading of a line stopped.
pub(super) fn at(slice: &str, stop: &Stop) -> Option<Guess> {
    let before = slice.get(..stop.at)?.trim_end();
    let rest = slice.get(stop.at..)?;
    function(slice, before, rest)
        .or_else(|| parentheses(before, rest, stop))
        .or_else(|| compared_in_words(rest, stop))
        .or_else(|| otherwise(rest, stop))
        .or_else(|| sign(before, rest, stop))
        .or_else(|| clock(rest, stop))
        .or_else(|| within(before, rest))
        .or_else(|| identifier(slice, before, rest))
        .or_else(|| colon_before_each(before, rest))
        .or_else(|| nothing(rest, stop))
        .or_else(|| superfluous(rest, stop))
        .or_else(|| word(rest, stop))
}

/// The last word of what was read, which was taken for a name: where it begins.
fn last_word(before: &str) -> Option<usize> {
    let characters = before.char_indices().rev();
    let word = characters.take_while(|(_, character)| is_name_part(*character));
    word.last().map(|(at, _)| at)
}

fn functions() -> Vec<Word> {
    let all = ahead::starters(Rule::function).iter();
    all.map(|keyword| keyword.word).collect()
}

/// A name before a parenthesis: a function that is misspelt, or that the language does not have.
fn function(slice: &str, before: &str, rest: &str) -> Option<Guess> {
    let start = last_word(before)?;
    let all = functions();
    let near = nearest::nearest(slice.get(start..)?, |word| all.contains(&word));
    if let Some(near) = near.filter(|near| {
        let end = start + near.written.len();
        let behind = slice.get(end..).unwrap_or("").trim_start();
        end >= before.len() && behind.starts_with('(')
    }) {
        return Some(Guess {
            told: Some((start, start + near.written.len())),
            ..Guess::near(start, &near)
        });
    }
    let operand = before.get(..start)?.trim_end();
    let in_formula = operand.ends_with(['=', '+', '-', '*', '/', '×', '(', ',', '<', '>', ':']);
    (in_formula && rest.starts_with('(')).then_some(Guess {
        told: Some((start, before.len())),
        meant: Meant::Function(all),
        edit: None,
    })
}

/// A sign of paper between two operands.
fn sign(before: &str, rest: &str, stop: &Stop) -> Option<Guess> {
    let mut characters = rest.chars();
    let written = characters.next()?;
    let meant = match written {
        ':' => "/",
        'x' | 'X' => "*",
        '≈' => "=",
        _ => return None,
    };
    let operand = characters.as_str().trim_start();
    let digit = |sign: char| sign.is_ascii_digit();
    let begins = operand.starts_with(['[', '(']);
    let between = before.ends_with([']', ')']) && (begins || operand.starts_with(digit));
    let behind_number = before.ends_with(|sign: char| digit(sign) || sign == '%') && begins;
    (between || behind_number && written != ':')
        .then(|| Guess::written(stop.at, written.len_utf8(), meant))
}

/// A function before cells without parentheses: `tổng [5..7]`.
fn parentheses(before: &str, rest: &str, stop: &Stop) -> Option<Guess> {
    let name = functions().into_iter().find_map(|word| {
        let spelled = [word.vi, word.en].into_iter();
        spelled.rev().find(|spelled| before.ends_with(spelled))
    })?;
    let end = first_line(rest)
        .find(']')
        .filter(|_| rest.starts_with('['))?;
    let cells = rest.get(..=end)?;
    Some(Guess {
        told: None,
        meant: Meant::Written(format!("{name}({cells})")),
        edit: Some(((stop.at, stop.at + cells.len()), format!("({cells})"))),
    })
}

/// Comparisons as they are spoken, with the signs that the language writes.
const SPOKEN: [(&str, &str); 8] = [
    ("không lớn hơn", "<="),
    ("không nhỏ hơn", ">="),
    ("không bằng", "≠"),
    ("lớn hơn hoặc bằng", ">="),
    ("nhỏ hơn hoặc bằng", "<="),
    ("lớn hơn", ">"),
    ("nhỏ hơn", "<"),
    ("bằng", "="),
];

/// A comparison in words.
fn compared_in_words(rest: &str, stop: &Stop) -> Option<Guess> {
    let (spoken, sign) = SPOKEN.iter().find(|(spoken, _)| {
        let behind = rest.strip_prefix(spoken);
        behind.is_some_and(|behind| behind.starts_with([' ', '\t']))
    })?;
    Some(Guess::written(stop.at, spoken.len(), sign))
}

/// `nếu không` for the branch that holds otherwise.
fn otherwise(rest: &str, stop: &Stop) -> Option<Guess> {
    let word = keywords::word(Rule::kw_else);
    let written = [
        "nếu không thì",
        "nếu không",
        "ngược lại thì",
        "ngược lại",
        "otherwise",
    ]
    .into_iter()
    .find(|written| rest.starts_with(written))?;
    stop.expected
        .contains(&Expected::Keyword(word))
        .then(|| Guess {
            told: None,
            meant: Meant::Word(word),
            edit: Some((
                (stop.at, stop.at + written.len()),
                match written.is_ascii() {
                    true => word.en,
                    false => word.vi,
                }
                .to_owned(),
            )),
        })
}

/// A time of day as it is written by hand: `16h30`.
fn clock(rest: &str, stop: &Stop) -> Option<Guess> {
    let time = |one: &Expected| matches!(one, Expected::Clock | Expected::PointInTime);
    if !stop.expected.iter().any(time) {
        return None;
    }
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hours = digits(rest);
    let behind = rest.get(hours..)?.strip_prefix(['h', 'H', 'g'])?;
    let minutes = digits(behind);
    let (hour, minute) = (rest.get(..hours)?, behind.get(..minutes)?);
    let whole = matches!(hours, 1 | 2) && matches!(minutes, 0 | 2);
    let minute = if minute.is_empty() { "00" } else { minute };
    whole.then(|| Guess::written(stop.at, hours + 1 + minutes, &format!("{hour}:{minute}")))
}

/// `of which` before a cell: a part of a column is `within` it.
fn within(before: &str, rest: &str) -> Option<Guess> {
    let of_which = keywords::word(Rule::kw_of_which);
    let within = keywords::word(Rule::kw_within);
    let (written, spelling) = [(of_which.vi, within.vi), (of_which.en, within.en)]
        .into_iter()
        .find(|(written, _)| before.ends_with(written))?;
    let place = (before.len() - written.len(), before.len());
    rest.starts_with('[').then(|| Guess {
        told: None,
        meant: Meant::Word(within),
        edit: Some((place, spelling.to_owned())),
    })
}

/// The name of a rule without its colon.
fn identifier(slice: &str, before: &str, rest: &str) -> Option<Guess> {
    let rules = [Rule::kw_check, Rule::kw_warn, Rule::kw_balance].map(keywords::word);
    let first = nearest::leading(slice, &rules).filter(|word| rules.contains(word))?;
    let spelled = [first.vi, first.en].into_iter();
    let name = spelled
        .filter_map(|word| before.strip_prefix(word))
        .find(|behind| behind.starts_with([' ', '\t']))?
        .trim_start();
    let is_name =
        !name.is_empty() && name.chars().all(is_name_part) && nearest::leading(name, &[]).is_none();
    let operand = rest.starts_with(['[', '(']) || begins_operand(rest);
    (is_name && operand).then(|| Guess {
        told: None,
        meant: Meant::Written(format!("{name}:")),
        edit: Some(((before.len(), before.len()), ":".to_owned())),
    })
}

fn begins_operand(rest: &str) -> bool {
    let all = functions();
    nearest::leading(rest, &all).is_some_and(|word| all.contains(&word))
}

/// The name of a rule for many cells, which has no colon before `for each`.
fn colon_before_each(before: &str, rest: &str) -> Option<Guess> {
    let each = keywords::word(Rule::kw_for_each);
    let (spelled, first) = [each.vi, each.en].into_iter().find_map(|spelled| {
        let (first, second) = spelled.split_once(' ')?;
        rest.starts_with(second).then_some((spelled, first))
    })?;
    let named = before.strip_suffix(first)?.trim_end().strip_suffix(':')?;
    let name = named.get(last_word(named)?..)?;
    Some(Guess {
        told: None,
        meant: Meant::Written(format!("{name} {spelled}")),
        edit: Some(((named.len(), named.len() + 1), String::new())),
    })
}

/// A small word before the one that is meant: `theo nghị định 09`.
fn superfluous(rest: &str, stop: &Stop) -> Option<Guess> {
    let small = ["theo ", "là ", "by ", "is "];
    let behind = small.iter().find_map(|word| rest.strip_prefix(word))?;
    let may_stand = may_stand(stop);
    let word = nearest::leading(behind, &may_stand).filter(|word| may_stand.contains(word))?;
    Some(Guess {
        told: None,
        meant: Meant::Word(word),
        edit: Some((
            (stop.at, stop.at + rest.len() - behind.len()),
            String::new(),
        )),
    })
}

/// The words that may stand where a reading stopped.
fn may_stand(stop: &Stop) -> Vec<Word> {
    let rules = stop.rules.iter();
    let all = rules.flat_map(|rule| ahead::starters(*rule));
    all.map(|keyword| keyword.word).collect()
}

/// A dash for a figure that does not exist.
fn nothing(rest: &str, stop: &Stop) -> Option<Guess> {
    let dash = first_line(rest).starts_with(['-', '–', '—', '/']);
    (dash && stop.expected.contains(&Expected::Value)).then(|| Guess {
        told: None,
        meant: Meant::Word(keywords::word(Rule::kw_nil)),
        edit: None,
    })
}

/// A word that may stand there and is near, or of which only the beginning is written.
fn word(rest: &str, stop: &Stop) -> Option<Guess> {
    let may_stand = may_stand(stop);
    let candidate = |word: Word| may_stand.contains(&word);
    // A word of the language is not taken for another, but for a longer one.
    let known = nearest::leading(rest, &[]);
    let words = |text: &str| text.split_whitespace().count();
    let shorter = known.map_or(0, |word| words(word.vi).min(words(word.en)));
    let near = nearest::nearest(rest, candidate).filter(|near| {
        matches!(near.nearness, Nearness::Letters(_)) && words(near.written) > shorter
    });
    near.or_else(|| nearest::begun(rest, candidate))
        .map(|near| Guess::near(stop.at, &near))
}
