//! The part of a text that a report shows: the lines around its places, and of an enormous line the letters around the first one.
//!
//! A frame is drawn from an excerpt and not from the whole text, so that it costs what it shows. It deliberately does not know what is drawn. Places outside the text are clipped
//! to it; a place that an enormous line hides has none in the excerpt.

use crate::text::Span;
use std::ops::Range;

/// The longest line, in bytes, that is taken whole.
const LONGEST_LINE: usize = 2_000;

/// How many bytes of an enormous line stand before and after the place that is shown.
const AROUND: usize = 160;

/// What stands where an enormous line is cut.
const CUT: &str = "…";

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The part, with signs of cuts.
    pub text: String,
    /// The number of its first line in the whole text, from 1.
    pub line: usize,
    /// The bytes of the whole text that it holds.
    held: Range<usize>,
    /// How many bytes stand before them in the part.
    before: usize,
}

impl Excerpt {
    /// The part of a text that holds these places, the most important one first; the beginning of the text for none.
    pub fn of(text: &str, places: &[Span]) -> Excerpt {
        let places: Vec<Range<usize>> = places.iter().map(|place| clipped(text, *place)).collect();
        let first = places.iter().map(|place| place.start).min().unwrap_or(0);
        let last = places.iter().map(|place| place.end).max().unwrap_or(0);
        let start = line_start(text, first);
        // A place may end with its line, so that the next one is looked at too.
        let end = line_end(text, (line_end(text, last) + 1).min(text.len()));
        let lines = text.get(start..end).unwrap_or_default();
        let enormous = lines.split('\n').any(|line| line.len() > LONGEST_LINE);
        let main = places.first().filter(|_| enormous);
        let held = main.map_or(start..end, |main| around(text, main.start));
        let cut_before = line_start(text, held.start) < held.start;
        let cut_after = held.end < line_end(text, held.end);
        let sign = |cut: bool| if cut { CUT } else { "" };
        let shown = text.get(held.clone()).unwrap_or_default();
        Excerpt {
            text: format!("{}{shown}{}", sign(cut_before), sign(cut_after)),
            line: 1 + text.bytes().take(held.start).filter(is_line_end).count(),
            before: sign(cut_before).len(),
            held,
        }
    }

    /// Where a place of the whole text stands in the part, as far as it is held.
    pub fn place(&self, place: Span) -> Option<Range<usize>> {
        let (start, end) = (place.start as usize, place.end as usize);
        let outside = end < self.held.start || self.held.end < start;
        (!outside).then(|| {
            let moved = |at: usize| {
                let at = at.clamp(self.held.start, self.held.end);
                at - self.held.start + self.before
            };
            clipped(&self.text, Span::from_offsets(moved(start), moved(end)))
        })
    }
}

fn is_line_end(byte: &u8) -> bool {
    *byte == b'\n'
}

/// The letters around a place, on its line.
fn around(text: &str, place: usize) -> Range<usize> {
    let from = place.saturating_sub(AROUND).max(line_start(text, place));
    let to = place.saturating_add(AROUND).min(line_end(text, place));
    clipped(text, Span::from_offsets(from, to))
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).and_then(|before| before.rfind('\n'));
    before.map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let after = text.get(at..).and_then(|after| after.find('\n'));
    after.map_or(text.len(), |end| at + end)
}

/// The range moved inside the text and out to the boundaries of letters.
fn clipped(text: &str, span: Span) -> Range<usize> {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, place: Span) -> String {
        let excerpt = Excerpt::of(text, &[place]);
        let at = excerpt.place(place).unwrap_or(0..0);
        format!(
            "{}: {}[{}]{}",
            excerpt.line,
            &excerpt.text[..at.start],
            &excerpt.text[at.clone()],
            &excerpt.text[at.end..]
        )
    }

    #[test]
    fn an_excerpt_holds_the_lines_of_its_places() {
        let text = "một\nhai ba\nbốn\nnăm\n";
        assert_eq!(shown(text, Span::new(6, 9)), "2: [hai] ba\nbốn");
        assert_eq!(shown(text, Span::new(99, 99)), "5: []");
        assert_eq!(shown("", Span::new(3, 9)), "1: []");
    }

    #[test]
    fn of_an_enormous_line_the_letters_around_a_place_are_shown() {
        let text = format!("a\n{}Ở ĐÂY{}\nb", "ế ".repeat(1_000), "ộ ".repeat(1_000));
        let at = u32::try_from(text.find("Ở ĐÂY").unwrap()).unwrap();
        let line = shown(&text, Span::new(at, at + 9));
        assert!(line.starts_with("2: …"), "{line}");
        assert!(line.contains("[Ở ĐÂY]") && line.ends_with('…'), "{line}");
        assert!(line.chars().count() < 300, "{line}");
        let excerpt = Excerpt::of(&text, &[Span::new(at, at + 9)]);
        assert_eq!(excerpt.place(Span::new(0, 1)), None);
    }
}
