//! From what is stray or missing in a tree to what the author is told.
//!
//! One mistake gives one report: a line is reported once, a consequence of a missing brace or
//! quotation mark not at all. It deliberately changes nothing in the tree and never fails; a line
//! nobody understands is reported as such.

mod blocks;
mod guess;
mod headless;
mod look;
mod misplaced;
mod nearest;
mod signs;

pub(super) use look::of_block as reading_of;
pub(super) use signs::is_decimal_comma;

use super::ast::{Spanned, Stray};
use super::grammar::Rule;
use super::keywords;
use super::origin::Origin;
use super::tree::Node;
use crate::diagnostic::problem::syntax::{Expected, Found, Place, SyntaxProblem, Word};
use crate::diagnostic::{Diagnostic, FixKind, Severity};
use crate::text::{FileId, Span};
use look::Stop;
use nearest::{Near, Nearness};

/// Everything that is wrong with the form of a file, in the order of the text.
pub(super) fn problems(tree: &Node, text: &str, origin: &Origin, file: FileId) -> Vec<Diagnostic> {
    let mut recover = Recover {
        text,
        origin,
        file,
        found: Vec::new(),
        more: More::default(),
        unclosed: false,
    };
    recover.visit(tree, None, tree);
    if recover.unclosed {
        recover.unclosed_at_the_end(tree);
    }
    recover.after_a_lost_block();
    recover
        .found
        .sort_by_key(|diagnostic| (diagnostic.primary.span.start, diagnostic.primary.span.end));
    recover.found.extend(recover.more.report(file));
    recover.found
}

/// What can be told about a stray line without its context, when so many of the file are behind it.
pub(super) fn stray(node: &Node, text: &str, behind: usize) -> Stray {
    let line = node.text(text);
    let near = || nearest::nearest(line, any).map(|near| near.word);
    let keyword = match behind < LOOKED_INTO {
        true => match nearest::leading(line, &[]) {
            Some(word) => {
                let longer = nearest::longer(line, word, any).map(|near| near.word);
                Some(longer.unwrap_or(word))
            }
            None => near(),
        },
        false => None,
    };
    let head = line.split(['"', '{', '=']).next().unwrap_or("");
    let mut names = Vec::new();
    let mut start = 0;
    for part in head.split_inclusive(|character: char| !is_name_part(character)) {
        let name = part.trim_end_matches(|character: char| !is_name_part(character));
        if !name.is_empty() {
            let at = node.span.start + clip(start);
            // A number right behind its keyword: `cột1`.
            let keyword = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
            let number = name.get(keyword.len()..).unwrap_or("");
            if names.is_empty() && !keyword.is_empty() && !number.is_empty() {
                let at = at + clip(keyword.len());
                let span = Span::new(at, at + clip(number.len()));
                names.push(Spanned::new(number.to_owned(), span));
            }
            names.push(Spanned::new(
                name.to_owned(),
                Span::new(at, at + clip(name.len())),
            ));
        }
        start += part.len();
    }
    Stray {
        keyword,
        names,
        span: node.span,
    }
}

fn any(_: Word) -> bool {
    true
}

fn is_name_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '.'
}

fn clip(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// How many mistakes of a file are looked into; those behind them are counted (R121), because far fewer are ever told.
const LOOKED_INTO: usize = 1_000;

/// For how many mistakes of a file what was probably meant is looked for.
const GUESSED: usize = 100;

/// How many bytes before or behind a place are looked at to say what stands there; only an enormous line has more.
const LOOKED_AT: usize = 400;

struct Recover<'t> {
    text: &'t str,
    origin: &'t Origin,
    file: FileId,
    found: Vec<Diagnostic>,
    /// Those behind the ones that are looked into.
    more: More,
    /// Whether a closing brace is missing anywhere.
    unclosed: bool,
}

/// Mistakes that are only counted.
#[derive(Default)]
struct More {
    errors: usize,
    others: usize,
    /// Where the first of them stands.
    first: Option<Span>,
}

impl More {
    fn count(&mut self, severity: Severity, span: Span) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning | Severity::Advice => self.others += 1,
        }
        self.first.get_or_insert(span);
    }

    /// How many there are, told at the first of them; `None` for none.
    fn report(&self, file: FileId) -> Option<Diagnostic> {
        let problem = SyntaxProblem::MoreMistakes {
            told: LOOKED_INTO,
            errors: self.errors,
            others: self.others,
        };
        self.first.map(|span| Diagnostic::new(problem, file, span))
    }
}

impl Recover<'_> {
    /// Whether so many mistakes were found that further ones are only counted.
    fn is_full(&self) -> bool {
        self.found.len() >= LOOKED_INTO
    }

    /// Keeps a report, or counts it.
    fn tell(&mut self, report: Diagnostic) {
        match self.is_full() {
            true => {
                let severity = report.problem.severity();
                self.more.count(severity, report.primary.span);
            }
            false => self.found.push(report),
        }
    }

    /// Counts a line that is no statement, or what cannot stand where it does, without a guess at what was meant.
    fn count(&mut self, place: Span) {
        self.more.count(Severity::Error, self.origin.span(place));
    }

    /// A diagnostic at a place of the composed text.
    fn problem(&self, problem: SyntaxProblem, place: Span) -> Diagnostic {
        Diagnostic::new(problem, self.file, self.origin.span(place))
    }

    fn visit(&mut self, node: &Node, parent: Option<&Node>, tree: &Node) {
        self.sign(node, parent);
        let mut ended_badly: Option<u32> = None;
        let mut before: Option<Rule> = None;
        for child in &node.children {
            let before = before.replace(child.rule);
            match child.rule {
                Rule::missing_end => {
                    ended_badly = Some(child.place.start);
                    self.missing_end(child);
                }
                Rule::lost_line | Rule::lost_block | Rule::given_stray => {
                    ended_badly = ended_badly.filter(|end| {
                        let between = Span::new(*end, child.place.start);
                        !between.of(self.text).contains('\n')
                    });
                    match &mut ended_badly {
                        // What is left of a line that ended badly.
                        Some(end) => *end = child.place.start,
                        None => self.line(child, node),
                    }
                }
                Rule::bad_head => self.bad_head(child, node),
                Rule::misplaced => self.misplaced(child, node, tree),
                Rule::headless => self.headless(child),
                Rule::missing_open => self.missing_open(child, node),
                Rule::missing_close => {
                    self.unclosed = true;
                    self.missing_close(child, node);
                }
                // The brace of the block whose head is missing.
                Rule::stray_close if before == Some(Rule::headless) => {}
                Rule::stray_close if self.is_full() => self.count(child.place),
                Rule::stray_close => {
                    let report = self
                        .problem(SyntaxProblem::StrayClosingBrace, child.place)
                        .fixed_by(FixKind::Likely, child.span, "");
                    self.tell(report);
                }
                _ => {}
            }
            // A block with a missing line end after it carries the mark among its own children.
            if let Some(end) = child.child(Rule::missing_end) {
                ended_badly = Some(end.place.start);
            }
            self.visit(child, Some(node), tree);
        }
    }

    fn missing_end(&mut self, node: &Node) {
        let start = node.place.start as usize;
        let (found, place) = self.found_at(start, self.text.len());
        let problem = SyntaxProblem::Unexpected {
            found,
            expected: vec![Expected::LineEnd],
            meant: None,
        };
        let report = self.problem(problem, place);
        self.tell(report);
    }

    /// What stands at an offset, looking no further than `end`.
    fn found_at(&self, start: usize, end: usize) -> (Found, Span) {
        let end = self
            .text
            .floor_char_boundary(start.saturating_add(LOOKED_AT).min(end));
        let rest = self.text.get(start..end).unwrap_or("");
        let line = rest.split(['\n', '\r']).next().unwrap_or("");
        let skipped = line.len() - line.trim_start().len();
        let line = line.trim_start();
        let token: String = match line.chars().next() {
            None => String::new(),
            Some('"') => {
                let closed = line.get(1..).and_then(|inner| inner.find('"'));
                let length = closed.map_or(line.len(), |at| at + 2);
                line.get(..length).unwrap_or(line).to_owned()
            }
            Some(first) if first.is_alphanumeric() || first == '_' => line
                .chars()
                .take_while(|character| character.is_alphanumeric() || "_/.%:".contains(*character))
                .collect(),
            Some(first) => first.to_string(),
        };
        if token.is_empty() || line.starts_with("//") {
            let place = Span::from_offsets(start, start);
            return (Found::LineEnd, place);
        }
        let place = Span::from_offsets(start + skipped, start + skipped + token.len());
        (Found::Text(shortened(&token)), place)
    }

    /// A line, or the head of a block, that is no statement of the block it stands in.
    fn line(&mut self, node: &Node, block: &Node) {
        if self.is_full() {
            self.count(node.place);
            return;
        }
        let start = node.place.start as usize;
        let end = node
            .child(Rule::open_brace)
            .map_or(node.place.end, |brace| brace.place.end) as usize;
        let slice = self.text.get(start..end).unwrap_or("").trim_end();
        let unclosed = block.ends_with(Rule::missing_close);
        let known = look::of_block(block.rule);
        let place = self.place_of(block);
        if let Some(look @ (Rule::look_given | Rule::look_event_given | Rule::look_facts)) = known {
            self.second_look(look, start, slice, None, place);
            return;
        }
        let preferred = known.map_or(&[][..], look::starters);
        let Some(word) = nearest::leading(slice, preferred) else {
            self.unknown(start, slice, known, place);
            return;
        };
        let look = match known {
            Some(look) => look::starters(look).contains(&word).then_some(look),
            None => look::ALL
                .into_iter()
                .find(|look| look::starters(*look).contains(&word)),
        };
        match look {
            Some(look) => self.second_look(look, start, slice, Some(word), place),
            None => {
                let candidate = |word| preferred.contains(&word);
                match nearest::longer(slice, word, candidate) {
                    Some(near) => self.misspelt(start, &near, place),
                    // In a block that is not closed, a statement of the block around it is a consequence.
                    None if unclosed => {}
                    None => self.not_here(start, slice, word, place),
                }
            }
        }
    }

    /// A sound statement of another block.
    fn not_here(&mut self, start: usize, slice: &str, word: Word, place: Place) {
        let mut belongs = look::places(word);
        // What may stand here continues something that is missing before it.
        if belongs.contains(&place) {
            belongs.clear();
        }
        let problem = SyntaxProblem::StatementNotHere {
            word,
            place,
            belongs,
        };
        let end = start + first_line(slice).len();
        let report = self.problem(problem, Span::from_offsets(start, end));
        self.tell(report);
    }

    fn place_of(&self, block: &Node) -> Place {
        match block
            .children
            .first()
            .and_then(|first| keywords::of_rule(first.rule))
        {
            Some(keyword) => Place::Block(keyword.word),
            None if matches!(
                block.rule,
                Rule::given_block | Rule::event_block | Rule::facts_block
            ) =>
            {
                Place::Block(keywords::word(Rule::kw_given))
            }
            None => Place::File,
        }
    }

    /// A line whose first words are no keyword.
    fn unknown(&mut self, start: usize, slice: &str, known: Option<Rule>, place: Place) {
        let candidate = |word| known.is_none_or(|look| look::starters(look).contains(&word));
        let near = nearest::nearest(slice, candidate);
        if let Some(near) = near.or_else(|| nearest::begun(slice, candidate)) {
            self.misspelt(start, &near, place);
            return;
        }
        let (found, span) = self.found_at(start, start + slice.len());
        let problem = match found {
            Found::Text(word) if word.starts_with(|first: char| first.is_alphanumeric()) => {
                SyntaxProblem::UnknownStatement {
                    word,
                    nearest: None,
                    place,
                }
            }
            found => SyntaxProblem::Unexpected {
                found,
                expected: Vec::new(),
                meant: None,
            },
        };
        let report = self.problem(problem, span);
        self.tell(report);
    }

    fn misspelt(&mut self, start: usize, near: &Near<'_>, place: Place) {
        let span = Span::from_offsets(start, start + near.written.len());
        let written = near.written.to_owned();
        let meant = near.word;
        let (problem, kind) = match near.nearness {
            Nearness::Variant => (
                SyntaxProblem::SpellingVariant { written, meant },
                FixKind::Certain,
            ),
            Nearness::Marks => (
                SyntaxProblem::MissingMarks { written, meant },
                FixKind::Certain,
            ),
            Nearness::Letters(_) => (
                SyntaxProblem::UnknownStatement {
                    word: written,
                    nearest: Some(meant),
                    place,
                },
                FixKind::Likely,
            ),
        };
        let report =
            self.problem(problem, span)
                .fixed_by(kind, self.origin.span(span), near.spelling);
        self.tell(report);
    }

    /// Reads a slice again as the statement it wants to be, and tells where it stops being one.
    fn second_look(
        &mut self,
        look: Rule,
        start: usize,
        slice: &str,
        word: Option<Word>,
        place: Place,
    ) {
        match look::read(look, slice) {
            Some(stop) => self.stopped(start, slice, stop),
            None => {
                // A sound statement that is stray all the same continues nothing: a message
                // without a rule before it.
                if let Some(word) = word {
                    self.not_here(start, slice, word, place);
                }
            }
        }
    }

    fn stopped(&mut self, start: usize, slice: &str, stop: Stop) {
        let rest = slice.get(stop.at..).unwrap_or("");
        let at = start + stop.at;
        if let Some(report) = self.decimal_comma(start, slice, stop.at) {
            self.tell(report);
            return;
        }
        let odd_quotes = first_line(rest).matches('"').count() % 2 == 1;
        if odd_quotes && stop.expected.contains(&Expected::Label) {
            let place = Span::from_offsets(at, at);
            let (_, span) = self.found_at(at, start + slice.len());
            let report = self
                .problem(SyntaxProblem::MissingQuote { opening: true }, span)
                .fixed_by(FixKind::Likely, self.origin.span(place), "\"");
            self.tell(report);
            return;
        }
        let near = near_expected(rest, &stop.expected)
            .map(|near| (at, near))
            .or_else(|| near_before(slice, stop.at).map(|(back, near)| (start + back, near)));
        if let Some((at, near)) = near {
            let span = Span::from_offsets(at, at + near.written.len());
            let written = near.written.to_owned();
            let meant = near.word;
            let problem = match near.nearness {
                Nearness::Marks => SyntaxProblem::MissingMarks { written, meant },
                _ => SyntaxProblem::SpellingVariant { written, meant },
            };
            let report = self.problem(problem, span).fixed_by(
                FixKind::Certain,
                self.origin.span(span),
                near.spelling,
            );
            self.tell(report);
            return;
        }
        // Looking for what was meant is dear, and nobody reads so many guesses.
        let guess = match self.found.len() < GUESSED {
            true => guess::at(slice, &stop),
            false => None,
        };
        let (found, span) = self.found_at(at, start + slice.len());
        let mut expected = stop.expected;
        if found == Found::LineEnd {
            expected.retain(|one| *one != Expected::LineEnd);
        }
        let within = |(from, to): (usize, usize)| Span::from_offsets(start + from, start + to);
        let told = guess.as_ref().and_then(|guess| guess.told).map(within);
        // What was read as a name is told itself, not what then could not follow it.
        let (found, expected, span) = match told {
            Some(told) => (Found::Text(told.of(self.text).to_owned()), Vec::new(), told),
            None => (found, expected, span),
        };
        let edit = guess.as_ref().and_then(|guess| guess.edit.clone());
        let meant = guess.map(|guess| guess.meant);
        let problem = SyntaxProblem::Unexpected {
            found,
            expected,
            meant,
        };
        let mut report = self.problem(problem, span);
        if let Some((place, text)) = edit {
            report = report.fixed_by(FixKind::Likely, self.origin.span(within(place)), text);
        }
        self.tell(report);
    }

    fn bad_head(&mut self, head: &Node, block: &Node) {
        let Some(look) = look::of_head(block.rule) else {
            return;
        };
        let slice = head.text(self.text).trim_end();
        if self.is_full() {
            self.count(head.place);
            return;
        }
        let place = self.place_of(block);
        self.second_look(look, head.place.start as usize, slice, None, place);
    }
}

/// A keyword that could stand here and was typed without marks or in another spelling.
fn near_expected<'s>(rest: &'s str, expected: &[Expected]) -> Option<Near<'s>> {
    let whatever = expected.iter().any(|one| {
        matches!(
            one,
            Expected::Attribute | Expected::PointInTime | Expected::Expression
        )
    });
    let candidate = |word| whatever || expected.contains(&Expected::Keyword(word));
    nearest::nearest(rest, candidate)
        .filter(|near| !matches!(near.nearness, Nearness::Letters(distance) if distance > 0))
}

/// A keyword of several words whose first word was taken for a name.
fn near_before(slice: &str, at: usize) -> Option<(usize, Near<'_>)> {
    let before = slice.get(..at)?.trim_end();
    let back = before
        .char_indices()
        .rev()
        .take_while(|(_, character)| is_name_part(*character))
        .last()
        .map(|(offset, _)| offset)?;
    let near = nearest::nearest(slice.get(back..)?, any)?;
    let sure = matches!(near.nearness, Nearness::Variant | Nearness::Marks);
    let end = back + near.written.len();
    // A name before a parenthesis is a function.
    let called = end == before.len() && slice.get(end..)?.trim_start().starts_with('(');
    (sure && (end > at || called)).then_some((back, near))
}

fn first_line(slice: &str) -> &str {
    slice.split(['\n', '\r']).next().unwrap_or("").trim_end()
}

fn shortened(token: &str) -> String {
    const LONGEST: usize = 40;
    if token.chars().count() <= LONGEST {
        return token.to_owned();
    }
    let mut short: String = token.chars().take(LONGEST).collect();
    short.push('…');
    short
}
