//! Finite patterns of texts (`matching "[0-9]{7}"`): a small, safe part of what regular expressions can say.
//!
//! A pattern is alternatives parted by `|`, each a row of single characters, classes such as `[0-9a-z]`, `\d` for a digit and `.` for any character, each
//! followed by `?`, `{n}` or `{n,m}` at most. It has no groups and no endless repetition, so that every pattern has a longest text and is told to people in
//! one sentence. It does not know cells. A text outside this is no pattern, and [`Pattern::parse`] says so.

/// The most often one piece may be repeated.
const MOST_REPEATED: u32 = 1_000;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    alternatives: Vec<Vec<Piece>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    class: Class,
    least: u32,
    most: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Class {
    Any,
    OneOf {
        without: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Pattern {
    /// Reads a pattern; `None` for what this language does not have.
    pub fn parse(text: &str) -> Option<Pattern> {
        let mut letters = text.chars().peekable();
        let mut alternatives = vec![Vec::new()];
        while let Some(letter) = letters.next() {
            let class = match letter {
                '|' => {
                    alternatives.push(Vec::new());
                    continue;
                }
                '.' => Class::Any,
                '[' => class(&mut letters)?,
                '\\' => escaped(letters.next()?)?,
                '(' | ')' | '*' | '+' | '?' | '{' | '}' | ']' | '^' | '$' => return None,
                letter => single(letter),
            };
            let (least, most) = match letters.peek() {
                Some('?') => {
                    letters.next();
                    (0, 1)
                }
                Some('{') => {
                    letters.next();
                    repetition(&mut letters)?
                }
                _ => (1, 1),
            };
            alternatives.last_mut()?.push(Piece { class, least, most });
        }
        let said = alternatives.iter().all(|pieces| !pieces.is_empty());
        said.then_some(Pattern { alternatives })
    }

    /// Whether the whole text has this form.
    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        self.alternatives
            .iter()
            .any(|pieces| matches(pieces, &letters))
    }
}

/// All places that can be reached after each piece; a place is how many letters are used up.
fn matches(pieces: &[Piece], letters: &[char]) -> bool {
    let mut reached = vec![false; letters.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for piece in pieces {
        let mut next = vec![false; letters.len() + 1];
        for (place, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            let rest = letters.get(place..).unwrap_or_default();
            let fitting = rest
                .iter()
                .take(piece.most as usize)
                .take_while(|letter| piece.class.has(**letter))
                .count();
            for used in piece.least as usize..=fitting {
                if let Some(end) = next.get_mut(place + used) {
                    *end = true;
                }
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

impl Class {
    fn has(&self, letter: char) -> bool {
        match self {
            Class::Any => true,
            Class::OneOf { without, ranges } => {
                let inside = ranges
                    .iter()
                    .any(|(from, to)| (*from..=*to).contains(&letter));
                inside != *without
            }
        }
    }
}

fn single(letter: char) -> Class {
    Class::OneOf {
        without: false,
        ranges: vec![(letter, letter)],
    }
}

fn escaped(letter: char) -> Option<Class> {
    match letter {
        'd' => Some(Class::OneOf {
            without: false,
            ranges: vec![('0', '9')],
        }),
        letter if letter.is_alphanumeric() => None,
        letter => Some(single(letter)),
    }
}

fn class(letters: &mut std::iter::Peekable<std::str::Chars>) -> Option<Class> {
    let without = letters.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let from = match letters.next()? {
            ']' if ranges.is_empty() => return None,
            ']' => return Some(Class::OneOf { without, ranges }),
            '\\' => letters.next().filter(|letter| !letter.is_alphanumeric())?,
            letter => letter,
        };
        if letters.next_if_eq(&'-').is_none() {
            ranges.push((from, from));
            continue;
        }
        match letters.next()? {
            // A stroke at the end of a class is a stroke.
            ']' => {
                ranges.extend([(from, from), ('-', '-')]);
                return Some(Class::OneOf { without, ranges });
            }
            to if to >= from => ranges.push((from, to)),
            _ => return None,
        }
    }
}

fn repetition(letters: &mut std::iter::Peekable<std::str::Chars>) -> Option<(u32, u32)> {
    let mut inside = String::new();
    loop {
        match letters.next()? {
            '}' => break,
            letter => inside.push(letter),
        }
    }
    let (least, most) = match inside.split_once(',') {
        Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
        None => {
            let times = inside.parse().ok()?;
            (times, times)
        }
    };
    (least <= most && most <= MOST_REPEATED).then_some((least, most))
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_is_read_and_whole_texts_are_held_against_it() {
        let cases: [(&str, &[&str]); 6] = [
            ("[0-9]{7}", &["7000001", "700001", "70000012", "700000a"]),
            (r"\d{2,3}-[A-Z]?", &["12-", "123-B", "1-B", "1234-"]),
            ("có|không", &["có", "không", "co"]),
            ("[^/]{1,3}", &["ab", "a/b", ""]),
            ("a*", &["aaa"]),
            ("(ab){2}", &["abab"]),
        ];
        let told: Vec<String> = cases
            .iter()
            .map(|(pattern, texts)| match Pattern::parse(pattern) {
                None => format!("{pattern}: no pattern"),
                Some(found) => {
                    let fits: Vec<&&str> =
                        texts.iter().filter(|text| found.matches(text)).collect();
                    format!("{pattern}: {fits:?} of {texts:?}")
                }
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        [0-9]{7}: ["7000001"] of ["7000001", "700001", "70000012", "700000a"]
        \d{2,3}-[A-Z]?: ["12-", "123-B"] of ["12-", "123-B", "1-B", "1234-"]
        có|không: ["có", "không"] of ["có", "không", "co"]
        [^/]{1,3}: ["ab"] of ["ab", "a/b", ""]
        a*: no pattern
        (ab){2}: no pattern
        "#);
    }
}
