//! The function whose operands are being written, what it means and which operand is at hand.
//!
//! The table is `grammar/functions.csv`. It looks at words and signs only, so that it answers in a formula that cannot be read yet. It deliberately does not know what an operand may be.

use crate::syntax::ahead::beginning;
use crate::syntax::keywords::{self, Keyword};
use crate::text::FileId;
use crate::text::language::Language;
use crate::workspace::Snapshot;
use std::sync::LazyLock;

/// A function of formulas, as its table tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its keyword.
    pub keyword: &'static Keyword,
    operands: [Vec<String>; 2],
    meaning: [String; 2],
}

/// A function whose operands are being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The function.
    pub function: &'static Function,
    /// The operand at hand, from 0; may lie behind the last one.
    pub operand: usize,
}

static TABLE: LazyLock<Vec<Function>> = LazyLock::new(|| {
    let text = include_str!("../../grammar/functions.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let operands = |cell: &str| -> Vec<String> {
        let cell = cell.split(';').map(|one| one.trim().to_owned());
        cell.collect()
    };
    let read = |line: csv::StringRecord| {
        let rule = line.get(0)?;
        Some(Function {
            keyword: keywords::table().iter().find(|one| one.rule == rule)?,
            operands: [operands(line.get(1)?), operands(line.get(2)?)],
            meaning: [line.get(3)?.to_owned(), line.get(4)?.to_owned()],
        })
    };
    reader.records().flatten().filter_map(read).collect()
});

/// All functions.
pub fn functions() -> &'static [Function] {
    &TABLE
}

impl Function {
    /// What its operands are.
    pub fn operands(&self, language: Language) -> &[String] {
        let [vietnamese, english] = &self.operands;
        match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }

    /// What it gives, in a sentence.
    pub fn meaning(&self, language: Language) -> &str {
        let [vietnamese, english] = &self.meaning;
        match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }
}

/// The innermost function whose operands an offset stands among.
pub fn signature(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Signature> {
    let source = snapshot.source(file)?;
    let tree = snapshot.tree(file)?;
    let before = beginning(&source.file.text, &tree, offset)?;
    // One place per bracket that is still open: where it stands, and the commas behind it.
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    let mut quoted = false;
    for (at, character) in before.char_indices() {
        match character {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' => open.push((at, character, 0)),
            ')' | ']' => {
                open.pop();
            }
            ',' => {
                if let Some((_, _, commas)) = open.last_mut() {
                    *commas += 1;
                }
            }
            _ => {}
        }
    }
    open.iter().rev().find_map(|(at, sign, commas)| {
        let called = before.get(..*at)?.trim_end();
        let function = (*sign == '(').then(|| called_function(called)).flatten()?;
        Some(Signature {
            function,
            operand: *commas,
        })
    })
}

/// The function whose word a text ends with.
fn called_function(text: &str) -> Option<&'static Function> {
    let ends = |word: &str| {
        let before = text.strip_suffix(word)?;
        let whole = !before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        whole.then_some(word.len())
    };
    functions()
        .iter()
        .filter_map(|function| {
            let word = function.keyword.word;
            Some((ends(word.vi).or_else(|| ends(word.en))?, function))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, function)| function)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::project::{Project, Source};
    use crate::text::SourceFile;
    use std::sync::Arc;

    fn told(formula: &str) -> String {
        let marked = format!("form F \"F\" {{\n  column 1 \"A\" = {formula}\n}}\n");
        let offset = marked.find('|').expect("a marked place");
        let text = marked.replacen('|', "", 1);
        let file = SourceFile::new(FileId(0), "a.regime", &text);
        let snapshot = Snapshot::new(&Project {
            sources: vec![Source::read(file)],
            tables: Arc::default(),
        });
        let found = signature(&snapshot, FileId(0), offset as u32);
        found.map_or_else(String::new, |found| {
            let operands = found.function.operands(Language::English);
            let at_hand = operands.get(found.operand).map_or("-", String::as_str);
            format!("{}: {at_hand}", found.function.keyword.word.en)
        })
    }

    #[test]
    fn the_operand_at_hand_is_told_also_in_a_formula_that_cannot_be_read() {
        assert_eq!(told("growth([1], |"), "growth: base value");
        assert_eq!(told("tốc độ tăng([1, 2]|"), "growth: value");
        assert_eq!(told("round(sum([1..3]) / |"), "round: value");
        assert_eq!(told("round(sum([|"), "sum: cells");
        assert_eq!(told("sum([1]) + |"), "");
        assert_eq!(told("cộng cấp dưới(|"), "sum below: cell of the form below");
        assert_eq!(told("round([1], 2, |"), "round: -");
    }

    /// The functions of formulas, by their keywords.
    const FUNCTIONS: [&str; 18] = [
        "kw_sum",
        "kw_min",
        "kw_max",
        "kw_round",
        "kw_abs",
        "kw_number",
        "kw_blank_function",
        "kw_previous_function",
        "kw_year_ago",
        "kw_year_to_date",
        "kw_plan_function",
        "kw_opening_function",
        "kw_count_function",
        "kw_growth",
        "kw_rank",
        "kw_sum_below",
        "kw_count_below",
        "kw_over_events",
    ];

    #[test]
    fn every_function_of_the_language_is_in_the_table() {
        let told: Vec<&str> = functions().iter().map(|one| one.keyword.rule).collect();
        for rule in FUNCTIONS {
            assert!(told.contains(&rule), "{rule} is missing");
        }
        assert_eq!(told.len(), FUNCTIONS.len());
    }
}
