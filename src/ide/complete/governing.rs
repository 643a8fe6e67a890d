//! The keyword that decides what a name may be at the end of a statement's beginning.
//!
//! It deliberately knows words and signs only. Where no keyword governs the place, there is none.

use crate::syntax::keywords::{self, Keyword};

/// The rules of the keyword behind which the names of a list are being written; several rules where one word stands for several keywords.
pub fn governing(before: &str) -> Vec<&'static str> {
    let mut rest = before.trim_end();
    loop {
        let last = at_end(rest);
        if !last.is_empty() && !is(&last, "kw_and") && !is(&last, "kw_arrow") {
            return last.iter().map(|keyword| keyword.rule).collect();
        }
        let Some(element) = list_sign(rest) else {
            return Vec::new();
        };
        rest = without_element(element.rest);
        if element.tags_go_on {
            continue;
        }
        // `so with a and b, …`: behind the comma a new body begins.
        loop {
            let with = at_end(rest);
            let Some(word) = with
                .first()
                .filter(|_| is(&with, "kw_with") || is(&with, "kw_and"))
            else {
                break;
            };
            rest = without_element(without(rest, word));
        }
    }
}

/// The first keyword of a statement, if it begins with one.
pub fn leading(before: &str) -> Option<&'static Keyword> {
    let text = before.trim_start();
    let begins = |word: &str| {
        let rest = text.strip_prefix(word)?;
        let ends = !rest.starts_with(is_name_part);
        ends.then_some(word.len())
    };
    // Of keywords with one word the first of the table leads: declarations stand there before attributes.
    let all = keywords::table().iter().rev();
    all.filter_map(|keyword| {
        let length = begins(keyword.word.vi).or_else(|| begins(keyword.word.en))?;
        Some((length, keyword))
    })
    .max_by_key(|(length, _)| *length)
    .map(|(_, keyword)| keyword)
}

/// A text without the keyword of a rule at its end; none if it does not end with it.
pub fn without_end<'t>(text: &'t str, rule: &str) -> Option<&'t str> {
    let rest = text.trim_end();
    let last = at_end(rest);
    let keyword = last.iter().find(|keyword| keyword.rule == rule)?;
    Some(without(rest, keyword))
}

struct Element<'t> {
    rest: &'t str,
    /// Whether the sign was a word that also joins tags.
    tags_go_on: bool,
}

/// What stands before the sign that a list goes on with.
fn list_sign(rest: &str) -> Option<Element<'_>> {
    for sign in [",", "->", "→"] {
        if let Some(rest) = rest.strip_suffix(sign) {
            return Some(Element {
                rest: rest.trim_end(),
                tags_go_on: false,
            });
        }
    }
    let and = at_end(rest);
    let word = and.first().filter(|_| is(&and, "kw_and"))?;
    Some(Element {
        rest: without(rest, word),
        tags_go_on: true,
    })
}

/// The text without the name, code or quoted text at its end.
fn without_element(rest: &str) -> &str {
    let rest = rest.trim_end();
    if let Some(open) = rest.strip_suffix('"') {
        return open
            .rsplit_once('"')
            .map_or("", |(rest, _)| rest)
            .trim_end();
    }
    rest.trim_end_matches(is_name_part).trim_end()
}

fn is(found: &[&'static Keyword], rule: &str) -> bool {
    found.iter().any(|keyword| keyword.rule == rule)
}

fn without<'t>(rest: &'t str, keyword: &Keyword) -> &'t str {
    let cut = rest
        .strip_suffix(keyword.word.vi)
        .or_else(|| rest.strip_suffix(keyword.word.en));
    cut.unwrap_or("").trim_end()
}

/// The keywords with the longest spelling that a text ends with.
fn at_end(rest: &str) -> Vec<&'static Keyword> {
    let ends = |word: &str| {
        let before = rest.strip_suffix(word)?;
        let whole = !before.ends_with(is_name_part);
        whole.then_some(word.len())
    };
    let found: Vec<(usize, &'static Keyword)> = keywords::table()
        .iter()
        .filter_map(|keyword| {
            let length = ends(keyword.word.vi).or_else(|| ends(keyword.word.en))?;
            Some((length, keyword))
        })
        .collect();
    let longest = found.iter().map(|(length, _)| *length).max();
    let of_length =
        |(length, keyword): (usize, &'static Keyword)| (Some(length) == longest).then_some(keyword);
    found.into_iter().filter_map(of_length).collect()
}

fn is_name_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '.'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyword_before_a_list_governs_each_of_its_names() {
        for (before, rule) in [
            ("column 1 \"A\" measure ", "kw_measure"),
            ("luồng ", "kw_route"),
            ("route so, xa -> ", "kw_route"),
            ("route so with chu_dau_tu and ", "kw_with"),
            ("route so with chu_dau_tu and khac, ", "kw_route"),
            ("đối tượng báo cáo so có chu_dau_tu, ", "kw_reporters"),
            ("with a forms for forms A, ", "kw_for_forms"),
            ("of which a, b and ", "kw_of_which"),
        ] {
            let found = governing(before);
            assert!(found.contains(&rule), "{before}: {found:?}");
        }
        assert!(governing("deadline so by 3 ").is_empty());
        assert!(governing("").is_empty());
    }
}
