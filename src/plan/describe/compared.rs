//! Comparisons and conditions joined by “và”, “hoặc”.
//!
//! Days are before and after one another, figures smaller and larger. It deliberately does not know figures; a comparison of more than two sides is told pair by pair.

use super::{Bilingual, Speaker, both, listed, numbers};
use crate::plan::expression::{Comparison, ExpressionId};

impl Speaker<'_> {
    pub(super) fn compared(
        &self,
        first: ExpressionId,
        rest: &[(Comparison, ExpressionId)],
        depth: usize,
    ) -> Bilingual {
        let sides = || std::iter::once(first).chain(rest.iter().map(|(_, id)| *id));
        let percent = sides().any(|id| numbers::is_percent(self.plan, id, 0));
        let days = sides().any(|id| self.plan.is_day(id));
        let mut left = self.side(first, depth + 1, percent);
        let mut told: Vec<Bilingual> = Vec::new();
        for (sign, id) in rest {
            let right = self.side(*id, depth + 1, percent);
            let sign = comparison(*sign, days);
            told.push(both(
                format!("{} {} {}", left.vi, sign.vi, right.vi),
                format!("{} {} {}", left.en, sign.en, right.en),
            ));
            left = right;
        }
        listed(&told, "và", "and")
    }

    pub(super) fn clauses(
        &self,
        parts: &[ExpressionId],
        depth: usize,
        and_vi: &str,
        and_en: &str,
    ) -> Bilingual {
        let all = parts.iter().map(|id| self.clause(*id, depth + 1));
        listed(&all.collect::<Vec<_>>(), and_vi, and_en)
    }
}

fn comparison(sign: Comparison, days: bool) -> Bilingual {
    match (sign, days) {
        (Comparison::Equal, _) => both("bằng", "equals"),
        (Comparison::NotEqual, _) => both("khác", "differs from"),
        (Comparison::Less, false) => both("nhỏ hơn", "is less than"),
        (Comparison::LessOrEqual, false) => both("không lớn hơn", "is at most"),
        (Comparison::Greater, false) => both("lớn hơn", "is greater than"),
        (Comparison::GreaterOrEqual, false) => both("không nhỏ hơn", "is at least"),
        (Comparison::Less, true) => both("trước", "is before"),
        (Comparison::LessOrEqual, true) => both("không sau", "is not after"),
        (Comparison::Greater, true) => both("sau", "is after"),
        (Comparison::GreaterOrEqual, true) => both("không trước", "is not before"),
    }
}
