//! What is added and taken away, in words; a day taken from another is told as the days between them.
//!
//! It deliberately does not know figures. Terms stand in the order of the formula.

use super::{Bilingual, Speaker, around, both};
use crate::plan::expression::ExpressionId;

impl Speaker<'_> {
    pub(super) fn signed(
        &self,
        terms: &[(bool, ExpressionId)],
        depth: usize,
        percent: bool,
    ) -> Bilingual {
        let mut text = both("", "");
        let mut rest = terms;
        while let Some(((plus, id), following)) = rest.split_first() {
            let first = rest.len() == terms.len();
            let part = match following.split_first() {
                Some(((false, earlier), after)) if *plus && self.are_days(*id, *earlier) => {
                    rest = after;
                    let days = self.days(*earlier, *id, depth);
                    match terms.len() {
                        2 => days,
                        _ => around("(", &days, "(", ")"),
                    }
                }
                _ => {
                    rest = following;
                    self.term(*id, depth + 1, percent)
                }
            };
            let sign = match (first, plus) {
                (true, true) => "",
                (true, false) => "−",
                (false, true) => " + ",
                (false, false) => " − ",
            };
            text = both(
                format!("{}{sign}{}", text.vi, part.vi),
                format!("{}{sign}{}", text.en, part.en),
            );
        }
        text
    }

    fn are_days(&self, one: ExpressionId, other: ExpressionId) -> bool {
        self.plan.is_day(one) && self.plan.is_day(other)
    }

    fn days(&self, from: ExpressionId, to: ExpressionId, depth: usize) -> Bilingual {
        let (from, to) = (
            self.term(from, depth + 1, false),
            self.term(to, depth + 1, false),
        );
        both(
            format!("số ngày từ {} đến {}", from.vi, to.vi),
            format!("the days from {} to {}", from.en, to.en),
        )
    }
}
