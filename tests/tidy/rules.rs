//! The rules of the house, each a function from a path and a source to what breaks it.
//!
//! A rule reads one file and knows nothing of the others; which files it is given is decided by the test that runs it.

use crate::house::{House, OWNERS, WITHOUT_SERDE};
use crate::tokens::{Token, matches_at, places, tokens, without_tests};

/// One breach, as it is shown: file, line, what is wrong.
pub type Breach = String;

/// A file of `src/`: its path under `src/` with forward slashes, and its text.
pub struct Source<'a> {
    /// For example `eval/cell.rs`.
    pub path: &'a str,
    /// The text.
    pub text: &'a str,
}

impl Source<'_> {
    /// The room a file belongs to: its first directory, or the name of a single-file room.
    pub fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or(self.path);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Files that hold only tests: `tests.rs`, or anything below a `tests` directory.
    pub fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
    }

    fn code(&self) -> Vec<Token> {
        without_tests(&tokens(self.text))
    }

    fn breach(&self, line: usize, what: impl std::fmt::Display) -> Breach {
        format!("src/{}:{line}: {what}", self.path)
    }

    /// How many modules the file is deep: `eval/cell.rs` is two.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("mod.rs") {
            parts - 1
        } else {
            parts
        }
    }
}

/// A room names only the rooms its arrows lead to.
pub fn arrows(house: &House, source: &Source) -> Vec<Breach> {
    let room = source.room();
    if matches!(room, "lib" | "main") || source.is_test() {
        return Vec::new();
    }
    if !house.has(room) {
        return vec![source.breach(1, format_args!("`{room}` is no room of the house"))];
    }
    named_rooms(&source.code(), source.depth())
        .into_iter()
        .filter(|(_, named)| house.has(named) && !house.may_know(room, named))
        .map(|(line, named)| source.breach(line, format_args!("`{room}` may not know `{named}`")))
        .collect()
}

/// The rooms named by `crate::room`, `crate::{room, …}` or enough `super::`.
fn named_rooms(code: &[Token], depth: usize) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for at in places(code, &["crate", "::"]) {
        named.extend(first_names(code, at + 2));
    }
    let up: Vec<&str> = std::iter::repeat_n(["super", "::"], depth)
        .flatten()
        .collect();
    if depth > 0 {
        for at in places(code, &up) {
            let longer = at >= 2 && matches_at(code, at - 2, &["super", "::"]);
            if !longer {
                named.extend(first_names(code, at + up.len()));
            }
        }
    }
    named
}

/// The name at a place, or the first names of a braced list.
fn first_names(code: &[Token], at: usize) -> Vec<(usize, String)> {
    let Some(first) = code.get(at) else {
        return Vec::new();
    };
    if first.text != "{" {
        return vec![(first.line, first.text.clone())];
    }
    let mut names = Vec::new();
    let mut depth = 0_usize;
    for (offset, token) in code[at..].iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {
                let begins = matches!(code[at + offset - 1].text.as_str(), "{" | ",");
                if depth == 1 && begins {
                    names.push((token.line, token.text.clone()));
                }
            }
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// A library is named only in the rooms that own it.
pub fn ownership(source: &Source) -> Vec<Breach> {
    let room = source.room();
    let code = without_own_modules(source.code());
    let mut breaches = Vec::new();
    for (library, owners) in OWNERS {
        if owners.contains(&room) {
            continue;
        }
        for at in places(&code, &[library, "::"]) {
            let part_of_path = at > 0 && matches!(code[at - 1].text.as_str(), "::" | ".");
            if !part_of_path {
                breaches.push(source.breach(
                    code[at].line,
                    format_args!("`{library}` belongs to {}", owners.join(", ")),
                ));
            }
        }
    }
    breaches
}

/// A module of our own may bear the name of a library (`mod time;`); then the name means the module.
fn without_own_modules(code: Vec<Token>) -> Vec<Token> {
    let own: Vec<String> = places(&code, &["mod"])
        .filter_map(|at| code.get(at + 1))
        .map(|token| token.text.clone())
        .collect();
    code.into_iter()
        .filter(|token| !own.contains(&token.text))
        .collect()
}

/// Syntax and analysis are not stored, so they are not serialisable.
pub fn no_serde(source: &Source) -> Vec<Breach> {
    if !WITHOUT_SERDE.contains(&source.room()) {
        return Vec::new();
    }
    source
        .code()
        .iter()
        .filter(|token| matches!(token.text.as_str(), "serde" | "Serialize" | "Deserialize"))
        .map(|token| {
            source.breach(
                token.line,
                "no serde here: plans are the boundary of serialisation",
            )
        })
        .collect()
}

/// Every file says at its head, in at least two sentences, what it is for and what it does not know.
pub fn head(source: &Source) -> Vec<Breach> {
    if source.is_test() || source.path == "main.rs" {
        return Vec::new();
    }
    let text: String = source
        .text
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .map(|line| format!("{} ", line.trim_start_matches("//!").trim()))
        .collect();
    let sentences = text
        .match_indices(['.', '!', '?', ';'])
        .filter(|(at, _)| text[at + 1..].starts_with([' ', ')']))
        .count();
    match (text.is_empty(), sentences) {
        (true, _) => vec![source.breach(1, "no `//!` head")],
        (false, 0 | 1) if !matches!(source.path, "lib.rs") => {
            vec![source.breach(1, "the head is shorter than two sentences")]
        }
        _ => Vec::new(),
    }
}

/// The spine answers with values, never by ending the program.
pub fn no_panic(house: &House, source: &Source) -> Vec<Breach> {
    const CALLS: [[&str; 3]; 2] = [[".", "unwrap", "("], [".", "expect", "("]];
    const MACROS: [[&str; 2]; 4] = [
        ["panic", "!"],
        ["todo", "!"],
        ["unimplemented", "!"],
        ["unreachable", "!"],
    ];
    if !house.in_spine(source.room()) || source.is_test() {
        return Vec::new();
    }
    let code = source.code();
    let calls = CALLS
        .iter()
        .flat_map(|call| places(&code, call).map(|at| (at, call[1])));
    let macros = MACROS
        .iter()
        .flat_map(|name| places(&code, name).map(|at| (at, name[0])));
    let mut breaches: Vec<Breach> = calls
        .chain(macros)
        .map(|(at, name)| source.breach(code[at].line, format_args!("`{name}` in the spine")))
        .collect();
    breaches.sort();
    breaches
}

/// The spine has no floats, clock, files, environment, threads, network, randomness or printing: the same input gives the same answer.
pub fn pure(house: &House, source: &Source) -> Vec<Breach> {
    const NAMES: [&str; 5] = ["f32", "f64", "SystemTime", "Instant", "rand"];
    const PATHS: [[&str; 3]; 6] = [
        ["std", "::", "fs"],
        ["std", "::", "env"],
        ["std", "::", "time"],
        ["std", "::", "thread"],
        ["std", "::", "net"],
        ["std", "::", "process"],
    ];
    const CALLS: [&[&str]; 5] = [
        &["::", "now", "("],
        &["println", "!"],
        &["eprintln", "!"],
        &["print", "!"],
        &["dbg", "!"],
    ];
    if !house.in_spine(source.room()) || source.is_test() {
        return Vec::new();
    }
    let code = source.code();
    let names = code
        .iter()
        .enumerate()
        .filter(|(_, token)| NAMES.contains(&token.text.as_str()))
        .map(|(at, _)| at);
    let paths = PATHS
        .iter()
        .flat_map(|path| places(&code, path))
        .map(|at| at + 2);
    let calls = CALLS
        .iter()
        .flat_map(|call| places(&code, call))
        .map(|at| if code[at].text == "::" { at + 1 } else { at });
    let mut breaches: Vec<Breach> = names
        .chain(paths)
        .chain(calls)
        .map(|at| {
            source.breach(
                code[at].line,
                format_args!("`{}` in the spine", code[at].text),
            )
        })
        .collect();
    breaches.sort();
    breaches
}

/// Plans and figures come in an order that never depends on a hash.
pub fn no_hash_order(source: &Source) -> Vec<Breach> {
    if !matches!(source.room(), "plan" | "eval") {
        return Vec::new();
    }
    source
        .code()
        .iter()
        .filter(|token| matches!(token.text.as_str(), "HashMap" | "HashSet"))
        .map(|token| {
            source.breach(
                token.line,
                format_args!("`{}`: the order of a hash is no order", token.text),
            )
        })
        .collect()
}

/// A handler of the language server puts what it was told into the mailbox before it does anything else: what waits first can be overtaken. A handler that waits for nothing at all is free.
pub fn first_statement(source: &Source) -> Vec<Breach> {
    if source.path != "lsp/server.rs" {
        return Vec::new();
    }
    let code = source.code();
    let handlers = places(&code, &["async", "fn"]).filter_map(|at| {
        let name = code.get(at + 2)?;
        let of_server = matches_at(&code, at + 3, &["(", "&", "self"]);
        let body = at + code.get(at..)?.iter().position(|token| token.text == "{")?;
        of_server.then_some((name, body))
    });
    let mut breaches = Vec::new();
    for (name, body) in handlers {
        let end = block_end(&code, body);
        let waits = code[body..end].iter().any(|token| token.text == "await");
        let sends = ["tell", "ask", "ask_slowly"]
            .iter()
            .any(|send| matches_at(&code, body + 1, &["self", ".", send, "("]));
        let changes = code[body..end].iter().any(|token| token.text == "tell");
        if (waits || changes) && !sends {
            breaches.push(source.breach(
                name.line,
                format_args!("`{}` does not send first", name.text),
            ));
        }
    }
    breaches
}

/// The place behind the block that opens at a place.
fn block_end(code: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in code.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

/// The longest a file may be.
pub const LONGEST: usize = 600;

/// A file has one subject.
pub fn length(source: &Source, longer: &[(&str, &str)]) -> Vec<Breach> {
    let lines = source.text.lines().count();
    if lines > LONGEST && !longer.iter().any(|(path, _)| *path == source.path) {
        vec![source.breach(1, format_args!("{lines} lines; at most {LONGEST}"))]
    } else {
        Vec::new()
    }
}

/// The codes that a file gives to problems: text literals of the form `R123`.
pub fn codes(source: &Source) -> Vec<String> {
    source
        .code()
        .into_iter()
        .filter_map(|token| Some(token.text.strip_prefix('"')?.strip_suffix('"')?.to_owned()))
        .filter(|text| is_code(text))
        .collect()
}

fn is_code(text: &str) -> bool {
    text.len() == 4 && text.starts_with('R') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// A wording without one of its languages: `Text::new` given an empty text.
pub fn empty_words(source: &Source) -> Vec<Breach> {
    let code = source.code();
    let mut breaches = Vec::new();
    for at in places(&code, &["Text", "::", "new", "("]) {
        let mut depth = 0_usize;
        for token in &code[at + 3..] {
            match token.text.as_str() {
                "(" | "{" | "[" => depth += 1,
                ")" | "}" | "]" => depth -= 1,
                "\"\"" if depth == 1 => {
                    breaches.push(source.breach(token.line, "a wording is empty in one language"));
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    breaches
}

/// Words that no committed text may hold: places outside the repository, and work put off.
pub fn forbidden_words(path: &str, text: &str) -> Vec<Breach> {
    // Joined here so that this file does not break its own rule.
    let words = [
        concat!("..", "/shared"),
        concat!("/wo", "rk/"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
    ];
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for word in words {
            if line.contains(word) {
                breaches.push(format!("{path}:{}: `{word}`", number + 1));
            }
        }
    }
    breaches
}
