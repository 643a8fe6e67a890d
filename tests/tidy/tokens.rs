//! Rust source as a flat list of tokens: names, `::`, signs and text literals; comments are gone.
//!
//! It knows just enough of Rust to tell code from comments, texts and test modules; it is no parser. Source that is not Rust gives tokens that no rule matches.

/// One token and the line it stands on, counted from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token; a text literal begins with a quotation mark.
    pub text: String,
    /// Line.
    pub line: usize,
}

/// The tokens of a source, without comments.
pub fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while let Some(&first) = chars.get(at) {
        let length = length_at(&chars, at);
        let text: String = chars[at..at + length].iter().collect();
        let is_comment = text.starts_with("//") || text.starts_with("/*");
        if !first.is_whitespace() && !is_comment {
            found.push(Token {
                text: text.clone(),
                line,
            });
        }
        line += text.matches('\n').count();
        at += length;
    }
    found
}

/// How many characters the token, comment or space at a place has.
fn length_at(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    match rest {
        ['/', '/', ..] => rest.iter().position(|&c| c == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => block_comment(rest),
        [':', ':', ..] => 2,
        ['r', '"', ..] | ['r', '#', ..] if raw_text(rest).is_some() => raw_text(rest).unwrap_or(1),
        ['b', '"', ..] => 1 + quoted(&rest[1..], '"'),
        ['"', ..] => quoted(rest, '"'),
        ['\'', '\\', ..] => quoted(rest, '\''),
        ['\'', _, '\'', ..] => 3,
        [first, ..] if is_name(*first) => {
            rest.iter().position(|&c| !is_name(c)).unwrap_or(rest.len())
        }
        _ => 1,
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[char], mark: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != mark {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

fn raw_text(rest: &[char]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let mut at = 2 + hashes;
    while at < rest.len() {
        if rest[at] == '"'
            && rest[at + 1..]
                .iter()
                .take(hashes)
                .filter(|&&c| c == '#')
                .count()
                == hashes
        {
            return Some(at + 1 + hashes);
        }
        at += 1;
    }
    Some(rest.len())
}

/// The tokens without the items marked `#[cfg(test)]`.
pub fn without_tests(all: &[Token]) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if matches_at(all, at, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            at = end_of_item(all, at + 7);
        } else {
            kept.push(all[at].clone());
            at += 1;
        }
    }
    kept
}

/// The place after an item: after its first `;` outside brackets or after its first braces.
fn end_of_item(all: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in all.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token.text == "}" {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    all.len()
}

/// Whether these tokens stand at a place.
pub fn matches_at(all: &[Token], at: usize, wanted: &[&str]) -> bool {
    wanted.iter().enumerate().all(|(offset, text)| {
        all.get(at + offset)
            .is_some_and(|token| token.text == *text)
    })
}

/// The places where these tokens stand.
pub fn places<'a>(all: &'a [Token], wanted: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
    (0..all.len()).filter(move |&at| matches_at(all, at, wanted))
}
