use super::*;
use crate::syntax::grammar::Grammar;
use pest::Parser;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One spelling of a keyword as a grammar expression, and what must not follow it.
fn spelling(phrase: &str, all: &[&str]) -> (String, String) {
    let sequence = |words: &[&str]| -> String {
        words
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect::<Vec<_>>()
            .join(" ~ sp ~ ")
    };
    let words: Vec<&str> = phrase.split(' ').collect();
    if !phrase.chars().any(char::is_alphabetic) {
        return (sequence(&words), String::new());
    }
    let mut end = String::from(" ~ !idc");
    let longer: BTreeSet<Vec<&str>> = all
        .iter()
        .map(|other| other.split(' ').collect::<Vec<_>>())
        .filter(|other| other.len() > words.len() && other.starts_with(&words))
        .map(|other| other[words.len()..].to_vec())
        .collect();
    if !longer.is_empty() {
        let alternatives: Vec<String> = longer
            .iter()
            .map(|rest| format!("{} ~ !idc", sequence(rest)))
            .collect();
        end.push_str(&format!(" ~ !(sp ~ ({}))", alternatives.join(" | ")));
    }
    (sequence(&words), end)
}

fn generated() -> String {
    let english: Vec<&str> = table().iter().map(|keyword| keyword.word.en).collect();
    let vietnamese: Vec<&str> = table().iter().map(|keyword| keyword.word.vi).collect();
    let mut out = String::from(
        "// Generated from keywords.csv by the test `the_keyword_grammar_is_generated_from_the_table`; do not edit.\n\
         // Each keyword in both spellings, as whole words, and never where a longer keyword of the same\n\
         // spelling begins with the same words.\n",
    );
    for keyword in table() {
        let (en, en_end) = spelling(keyword.word.en, &english);
        let (vi, vi_end) = spelling(keyword.word.vi, &vietnamese);
        let body = if en == vi {
            format!("{en}{en_end}")
        } else if en_end == vi_end {
            format!("({en} | {vi}){en_end}")
        } else {
            format!("{en}{en_end} | {vi}{vi_end}")
        };
        out.push_str(&format!("{} = @{{ {body} }}\n", keyword.rule));
    }
    out.push_str(&leading(english.iter().chain(&vietnamese)));
    out
}

/// The first letters that are asked for together.
const RANGES: [(char, char); 4] = [('a', 'f'), ('g', 'l'), ('m', 'r'), ('s', 'z')];

/// The rule of the first words of all keywords, letter by letter.
fn leading<'k>(keywords: impl Iterator<Item = &'k &'k str>) -> String {
    let mut by_letter: BTreeMap<char, BTreeSet<&str>> = BTreeMap::new();
    for keyword in keywords.filter(|keyword| keyword.chars().any(char::is_alphabetic)) {
        let first = keyword.split(' ').next().unwrap();
        let mut letters = first.chars();
        let letter = letters.next().unwrap();
        by_letter
            .entry(letter)
            .or_default()
            .insert(letters.as_str());
    }
    let of_letter = |letter: char| -> String {
        let mut rests: Vec<&str> = by_letter[&letter].iter().copied().collect();
        // What another word begins with stands behind it.
        rests.sort_by_key(|rest| (usize::MAX - rest.len(), *rest));
        let optional = if rests.contains(&"") { "?" } else { "" };
        let longer = rests.iter().filter(|rest| !rest.is_empty());
        let longer: Vec<String> = longer.map(|rest| format!("\"{rest}\"")).collect();
        match longer.as_slice() {
            [] => format!("\"{letter}\""),
            [only] => format!("\"{letter}\" ~ {only}{optional}"),
            several => format!("\"{letter}\" ~ ({}){optional}", several.join(" | ")),
        }
    };
    let inside = |letter: char| {
        RANGES
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&letter))
    };
    let mut groups: Vec<String> = Vec::new();
    for (from, to) in RANGES {
        let letters = by_letter
            .keys()
            .filter(|letter| (from..=to).contains(*letter));
        let all: Vec<String> = letters.map(|letter| of_letter(*letter)).collect();
        groups.push(format!("&'{from}'..'{to}' ~ ({})", all.join("\n      | ")));
    }
    let others = by_letter.keys().filter(|letter| !inside(**letter));
    groups.extend(others.map(|letter| of_letter(*letter)));
    format!(
        "/// The first word of a keyword. A line is asked for it before all statements are tried in turn: most lines that are none begin with another word.\n\
         leading = @{{\n    ({}) ~ !idc\n}}\n",
        groups.join("\n  | ")
    )
}

/// Every keyword rule with its keyword.
fn rules() -> Vec<(Rule, &'static Keyword)> {
    Rule::all_rules()
        .iter()
        .filter_map(|kind| Some((*kind, of_rule(*kind)?)))
        .collect()
}

#[test]
fn the_keyword_grammar_is_generated_from_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/keywords.pest");
    let wanted = generated();
    let present = std::fs::read_to_string(&path).unwrap_or_default();
    if present != wanted {
        std::fs::write(&path, &wanted).unwrap();
        panic!(
            "grammar/keywords.pest had drifted from grammar/keywords.csv; it is rewritten, build again"
        );
    }
}

#[test]
fn every_keyword_has_a_rule_and_both_spellings_parse() {
    assert_eq!(table().len(), 262);
    assert_eq!(rules().len(), table().len());
    for (rule, keyword) in rules() {
        for phrase in [keyword.word.vi, keyword.word.en] {
            let parsed = Grammar::parse(rule, phrase).map(|pairs| pairs.as_str().len());
            assert_eq!(parsed.ok(), Some(phrase.len()), "{rule:?}: {phrase}");
        }
    }
}

#[test]
fn a_keyword_never_takes_the_first_words_of_a_longer_one() {
    let mut pairs = 0;
    for (rule, keyword) in rules() {
        for longer in table() {
            for (short, long) in [
                (keyword.word.vi, longer.word.vi),
                (keyword.word.en, longer.word.en),
            ] {
                if long.starts_with(&format!("{short} ")) {
                    pairs += 1;
                    assert!(
                        Grammar::parse(rule, long).is_err(),
                        "`{short}` takes the beginning of `{long}`"
                    );
                }
            }
        }
    }
    assert!(
        pairs > 90,
        "only {pairs} pairs: the table lost its long phrases"
    );
}

#[test]
fn whatever_begins_with_a_keyword_is_asked_for_statements() {
    for keyword in table() {
        for phrase in [keyword.word.vi, keyword.word.en] {
            if phrase.chars().any(char::is_alphabetic) {
                assert!(Grammar::parse(Rule::leading, phrase).is_ok(), "{phrase}");
            }
        }
    }
    for other in ["a", "formA", "biểu_1", "(", "Form"] {
        assert!(Grammar::parse(Rule::leading, other).is_err(), "{other}");
    }
}

#[test]
fn a_keyword_is_a_whole_word() {
    assert!(Grammar::parse(Rule::kw_form, "formA").is_err());
    assert!(Grammar::parse(Rule::kw_form, "biểu_1").is_err());
}

#[test]
fn every_keyword_that_begins_a_statement_says_what_it_is() {
    let known: BTreeSet<&str> = table().iter().map(|keyword| keyword.rule).collect();
    for rule in SENTENCES.keys() {
        assert!(known.contains(rule), "{rule} is no keyword");
    }
    let grammar = include_str!("../../../grammar/regime.pest");
    let mut leading = 0;
    for line in grammar.lines() {
        let Some((_, body)) = line.split_once(" = { kw_") else {
            continue;
        };
        let rule: String = body
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        let rule = format!("kw_{rule}");
        let says = SENTENCES.get(rule.as_str());
        let whole = |text: &str| !text.trim().is_empty() && text.ends_with('.');
        leading += 1;
        assert!(
            says.is_some_and(|word| whole(word.vi) && whole(word.en)),
            "{rule} has no sentence in grammar/sentences.csv"
        );
    }
    assert!(leading > 90, "only {leading} statements were found");
}
