//! The one layout of a regime: two spaces a level, one space between words, at most one blank line.
//!
//! Lines stay lines: what the author puts on one line or on several is kept, and so are all
//! comments. Stray lines are kept as they are, because nobody knows what they mean; a text that is
//! not read at all is returned unchanged. Formatting a formatted text changes nothing.

use super::grammar::Rule;
use super::recover::is_decimal_comma;
use super::tree::{Node, is_statement};
use super::{DEEPEST_NESTING, Origin, concrete, nesting};

/// The text in its one layout.
pub fn format(text: &str) -> String {
    let composed = Origin::compose(text).map(|(composed, _)| composed);
    let text = composed.as_deref().unwrap_or(text);
    if nesting::too_deep(text, DEEPEST_NESTING).is_some() {
        return text.to_owned();
    }
    let Ok(tree) = concrete(text, &Origin::default()) else {
        return text.to_owned();
    };
    let mut words = Vec::new();
    collect(&tree, None, 0, true, &mut words);
    let mut layout = Layout::default();
    let mut end = 0;
    for word in &words {
        let start = word.node.place.start as usize;
        layout.gap(text.get(end..start).unwrap_or(""), Some(word));
        layout.word(word, text);
        end = word.node.place.end as usize;
    }
    layout.gap(text.get(end..).unwrap_or(""), None);
    layout.finish()
}

/// A leaf of the tree with what its layout depends on.
struct Word<'n> {
    node: &'n Node,
    parent: Option<&'n Node>,
    /// Number of blocks around it.
    depth: usize,
    /// Whether it begins a statement, or closes a block, so that its line is no continuation.
    begins: bool,
}

fn collect<'n>(
    node: &'n Node,
    parent: Option<&'n Node>,
    depth: usize,
    begins: bool,
    words: &mut Vec<Word<'n>>,
) {
    let whole =
        node.children.is_empty() || matches!(node.rule, Rule::label | Rule::template | Rule::arrow);
    if whole {
        // Missing things have no text, and the file itself may be empty.
        if !node.place.is_empty() && node.rule != Rule::file {
            words.push(Word {
                node,
                parent,
                depth,
                begins,
            });
        }
        return;
    }
    let mut inner = depth;
    for (index, child) in node.children.iter().enumerate() {
        let child_begins = (index == 0 && begins && node.rule != Rule::file)
            || is_statement(child.rule)
            || matches!(
                child.rule,
                Rule::close_brace
                    | Rule::stray_close
                    | Rule::lost_line
                    | Rule::lost_block
                    | Rule::given_stray
            );
        if child.rule == Rule::close_brace {
            inner = depth;
        }
        collect(child, Some(node), inner, child_begins, words);
        if matches!(child.rule, Rule::open_brace | Rule::missing_open) {
            inner = depth + 1;
        }
    }
}

#[derive(Default)]
struct Layout<'n> {
    out: String,
    line: String,
    /// The last word of the line at hand.
    last: Option<&'n Word<'n>>,
    /// Whether an empty line is due before the next one.
    blank: bool,
    /// Whether the last line opened a block, after which no empty line stands.
    opened: bool,
}

impl<'n> Layout<'n> {
    /// Space, line ends, semicolons and comments between two words.
    fn gap(&mut self, gap: &str, next: Option<&Word<'_>>) {
        let mut rest = gap;
        let mut line_ends = 0;
        let mut semicolon = false;
        while let Some(first) = rest.chars().next() {
            if rest.starts_with("//") {
                let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
                let comment = rest.get(..length).unwrap_or("").trim_end();
                semicolon = false;
                line_ends = 0;
                if self.line.is_empty() {
                    self.line = "  ".repeat(next.map_or(0, |word| indent(word, true)));
                } else {
                    self.line.push(' ');
                }
                self.line.push_str(comment);
                rest = rest.get(length..).unwrap_or("");
                continue;
            }
            if matches!(first, '\n' | '\r') {
                semicolon = false;
                self.end_line();
                // Both characters of one line end are one line end.
                line_ends += usize::from(!rest.starts_with("\r\n"));
            } else if first == ';' {
                semicolon = !self.line.is_empty();
            }
            if line_ends > 1 {
                self.blank = true;
            }
            if !first.is_whitespace() {
                line_ends = 0;
            }
            rest = rest.get(first.len_utf8()..).unwrap_or("");
        }
        let closes = next.is_none_or(|word| word.node.rule == Rule::close_brace);
        if semicolon && !closes {
            self.line.push(';');
        }
        if closes {
            self.blank = false;
        }
    }

    fn word(&mut self, word: &'n Word<'n>, text: &str) {
        let spelled = spelled(word.node, text);
        match self.last {
            None if self.line.is_empty() => self.line = "  ".repeat(indent(word, false)),
            // What may be a decimal comma stays one, so that it is still told.
            Some(last) if is_doubtful_comma(last, word, text) => {}
            Some(last) if self.line.ends_with(';') || spaced(last, word) => self.line.push(' '),
            _ => {}
        }
        self.line.push_str(&spelled);
        self.last = Some(word);
    }

    fn end_line(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            if self.blank && !self.opened && !self.out.is_empty() {
                self.out.push('\n');
            }
            self.out.push_str(line);
            self.out.push('\n');
            self.blank = false;
            self.opened = self
                .last
                .is_some_and(|last| last.node.rule == Rule::open_brace);
        }
        self.line.clear();
        self.last = None;
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.out
    }
}

/// Levels of indentation of a line that begins with this word, or of a comment before it.
fn indent(word: &Word<'_>, comment: bool) -> usize {
    let closing = word.node.rule == Rule::close_brace;
    word.depth + usize::from(!word.begins) + usize::from(closing && comment)
}

/// The text of a word in its one spelling.
fn spelled(node: &Node, text: &str) -> String {
    let written = node.text(text).trim_end();
    match node.rule {
        Rule::arrow | Rule::kw_arrow => "->".to_owned(),
        Rule::product_sign if written == "×" => "*".to_owned(),
        Rule::product_sign if written == "÷" => "/".to_owned(),
        Rule::comparison_sign => match written {
            "<>" | "!=" => "≠",
            "==" => "=",
            "=<" => "≤",
            "=>" => "≥",
            sign => sign,
        }
        .to_owned(),
        Rule::label
        | Rule::template
        | Rule::lost_line
        | Rule::lost_head
        | Rule::given_stray
        | Rule::bad_head => written.to_owned(),
        _ => written.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Whether the last word is a comma between two digits of a call.
fn is_doubtful_comma(last: &Word<'_>, next: &Word<'_>, text: &str) -> bool {
    last.node.rule == Rule::comma
        && last.parent.is_some_and(|parent| parent.rule == Rule::call)
        && next.node.rule == Rule::number
        && is_decimal_comma(text, last.node.place)
}

/// Whether a space stands between two words of one line.
fn spaced(last: &Word<'_>, next: &Word<'_>) -> bool {
    let (before, after) = (last.node.rule, next.node.rule);
    let place_in = next.parent.map_or(Rule::file, |parent| parent.rule);
    match (before, after) {
        (_, Rule::comma | Rule::colon | Rule::close_paren | Rule::close_bracket | Rule::slash) => {
            false
        }
        (Rule::slash, _) => false,
        (
            Rule::open_paren | Rule::open_bracket | Rule::minus | Rule::value_sign | Rule::row_form,
            _,
        ) => false,
        (Rule::open_brace, Rule::close_brace) => false,
        (_, Rule::open_paren) => !matches!(place_in, Rule::call | Rule::digits),
        (_, Rule::open_bracket) => place_in == Rule::cell && before != Rule::cell_path,
        (_, Rule::dots) => place_in != Rule::pick,
        (Rule::dots, _) => last.parent.is_none_or(|parent| parent.rule != Rule::pick),
        _ => true,
    }
}
