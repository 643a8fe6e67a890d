//! Drafts of regimes: the newest text of each file of the project, and every change that led to it.
//!
//! A studio saves every few seconds, so a change keeps only what differs from the text before it. The module knows neither the language nor tables. Broken input: a change that
//! does not fit the text it is applied to gives no text.

use crate::calendar::Moment;

/// A file of the project as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Path inside the project, with `/` between its parts.
    pub path: String,
    /// Number of its newest change, from 1.
    pub revision: u32,
    /// Its text; none for a file that was removed.
    pub text: Option<String>,
    /// When it was saved.
    pub at: Moment,
    /// Account that saved it.
    pub by: String,
}

/// One change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftChange {
    /// Its number within the file, from 1.
    pub revision: u32,
    /// When it was saved.
    pub at: Moment,
    /// Account that saved it.
    pub by: String,
    /// What was changed.
    pub difference: Difference,
    /// Whether the file was removed by it.
    pub removed: bool,
}

/// What makes one text out of another: the bytes kept at both ends, and what stands between them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Bytes kept at the beginning.
    pub kept_before: usize,
    /// Bytes kept at the end.
    pub kept_after: usize,
    /// What stands between.
    pub inserted: String,
}

impl Difference {
    /// What leads from one text to another.
    pub fn between(before: &str, after: &str) -> Difference {
        let same = |(one, other): &(u8, u8)| one == other;
        let most = before.len().min(after.len());
        let mut start = before.bytes().zip(after.bytes()).take_while(same).count();
        while !(before.is_char_boundary(start) && after.is_char_boundary(start)) {
            start -= 1;
        }
        let backward = before.bytes().rev().zip(after.bytes().rev());
        let mut end = backward.take(most - start).take_while(same).count();
        while !(before.is_char_boundary(before.len() - end)
            && after.is_char_boundary(after.len() - end))
        {
            end -= 1;
        }
        let inserted = after.get(start..after.len() - end).unwrap_or_default();
        Difference {
            kept_before: start,
            kept_after: end,
            inserted: inserted.to_owned(),
        }
    }

    /// The text that this difference makes of another; none if it was made for a different one.
    pub fn applied(&self, before: &str) -> Option<String> {
        let end = before.len().checked_sub(self.kept_after)?;
        let head = before.get(..self.kept_before)?;
        let tail = before.get(end..).filter(|_| self.kept_before <= end)?;
        Some(format!("{head}{}{tail}", self.inserted))
    }
}

#[cfg(test)]
mod tests {
    use super::Difference;

    #[test]
    fn a_difference_makes_the_new_text_of_the_old_one_and_keeps_little() {
        let texts = [
            "",
            "a",
            "aa",
            "aba",
            "chế độ A",
            "chế độ Á",
            "chế đô A",
            "kỳ quý\nkỳ năm\n",
            "kỳ quý\nkỳ tháng\nkỳ năm\n",
        ];
        for before in texts {
            for after in texts {
                let difference = Difference::between(before, after);
                assert_eq!(difference.applied(before).as_deref(), Some(after));
                if before == after {
                    assert_eq!(difference.inserted, "");
                }
            }
        }
        let line = Difference::between(texts[7], texts[8]);
        assert!(line.inserted.len() <= "kỳ tháng\n".len(), "{line:?}");
    }

    #[test]
    fn a_difference_of_another_text_gives_none() {
        let long = Difference::between("một hai ba", "một hai bốn ba");
        assert_eq!(long.applied("m"), None);
        let whole = Difference {
            kept_before: 2,
            kept_after: 0,
            inserted: String::new(),
        };
        assert_eq!(whole.applied("ế"), None);
    }
}
