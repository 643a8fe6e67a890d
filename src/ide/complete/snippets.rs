//! Statements to fill in: for a keyword that begins one, what usually follows, with places to jump to.
//!
//! The table is `grammar/snippets.csv`, one body for both spellings and both languages. It deliberately does not know the project: names in it are examples. A line of the table that cannot be
//! read is left out, which the tests would notice.

use crate::syntax::keywords;
use crate::text::language::Language;
use std::sync::LazyLock;

/// A statement to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The rule of the keyword it begins with.
    pub keyword: String,
    /// The block in which it stands.
    pub block: String,
    body: String,
}

static TABLE: LazyLock<Vec<Snippet>> = LazyLock::new(|| {
    let text = include_str!("../../../grammar/snippets.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let lines = reader.records().flatten();
    lines
        .filter_map(|line| {
            Some(Snippet {
                keyword: line.get(0)?.to_owned(),
                block: line.get(1)?.to_owned(),
                body: line.get(2)?.replace("\\n", "\n"),
            })
        })
        .collect()
});

/// All of them.
pub fn table() -> &'static [Snippet] {
    &TABLE
}

/// The one for a keyword in a block.
pub fn of(keyword: &str, block: &str) -> Option<&'static Snippet> {
    let mut table = TABLE.iter();
    table.find(|snippet| snippet.keyword == keyword && snippet.block == block)
}

impl Snippet {
    /// The body in the notation of editors: keywords in one spelling, examples in one language.
    pub fn body(&self, spelling: Language, language: Language) -> String {
        let mut body = self.body.clone();
        for keyword in keywords::table() {
            let word = match spelling {
                Language::Vietnamese => keyword.word.vi,
                Language::English => keyword.word.en,
            };
            body = body.replace(&format!("<{}>", keyword.rule), word);
        }
        let mut out = String::with_capacity(body.len());
        let mut rest = body.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let Some((inside, behind)) = placeholder(after) else {
                out.push_str("${");
                rest = after;
                continue;
            };
            out.push_str("${");
            out.push_str(&in_language(inside, language));
            out.push('}');
            rest = behind;
        }
        out.push_str(rest);
        out
    }
}

/// The inside of a placeholder and what stands behind its brace; a brace behind a backslash belongs to the inside.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '\\' => escaped = true,
            '}' if !escaped => return Some((text.get(..at)?, text.get(at + 1..)?)),
            _ => escaped = false,
        }
    }
    None
}

fn in_language(inside: &str, language: Language) -> String {
    let Some((number, example)) = inside.split_once(':') else {
        return inside.to_owned();
    };
    let example = match example.split_once('|') {
        Some((vietnamese, _)) if language == Language::Vietnamese => vietnamese,
        Some((_, english)) => english,
        None => example,
    };
    format!("{number}:{example}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::{FileId, SourceFile};

    /// The text that a body in the notation of editors becomes when nothing is filled in.
    fn plain(body: &str) -> String {
        let mut out = String::new();
        let mut rest = body;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let Some((inside, behind)) = placeholder(after) else {
                break;
            };
            let example = inside.split_once(':').map_or("", |(_, example)| example);
            out.push_str(&example.replace("\\}", "}"));
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn in_block(block: &str, body: &str) -> String {
        let (before, after) = match block {
            "file" => ("", ""),
            "entries" => ("catalog a \"A\" {\n", "\n}"),
            "regime" => ("regime A \"A\" {\n", "\n}"),
            "form" => ("regime A \"A\" {\nform F \"F\" {\n", "\n}\n}"),
            "group" => (
                "regime A \"A\" {\nform F \"F\" {\ngroup \"G\" {\n",
                "\n}\n}\n}",
            ),
            "row" => (
                "regime A \"A\" {\nform F \"F\" {\nrow 1 \"G\" {\n",
                "\n}\n}\n}",
            ),
            "list" => ("regime A \"A\" {\nlist F \"F\" {\n", "\n}\n}"),
            "event" => ("regime A \"A\" {\nevent f \"F\" {\n", "\n}\n}"),
            "outline" => ("regime A \"A\" {\noutline {\n", "\n}\n}"),
            "test" => ("regime A \"A\" {\ntest \"F\" {\n", "\n}\n}"),
            other => panic!("no such block: {other}"),
        };
        format!("{before}{body}{after}\n")
    }

    #[test]
    fn every_snippet_is_a_statement_of_its_block_in_both_spellings() {
        let languages = [Language::Vietnamese, Language::English];
        assert!(table().len() > 40, "{}", table().len());
        for snippet in table() {
            for spelling in languages {
                for language in languages {
                    let body = plain(&snippet.body(spelling, language));
                    let text = in_block(&snippet.block, &body);
                    let parsed = parse(&SourceFile::new(FileId(0), "a.regime", &text));
                    assert!(parsed.problems.is_empty(), "{text}\n{:?}", parsed.problems);
                }
            }
        }
    }
}
