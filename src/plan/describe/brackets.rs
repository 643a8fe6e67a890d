//! Parentheses: a part that would read as something else beside its neighbours stands in them.
//!
//! Two rules that differ must never read alike. It deliberately does not know figures; what the plan does not have is told by the speaker.

use super::{Bilingual, DEEPEST, Speaker, around};
use crate::plan::expression::{Expression, ExpressionId};

impl Speaker<'_> {
    /// A term of a sum, or one of the figures of a list: anything that has a list or a second half of its own stands in parentheses.
    pub(super) fn term(&self, id: ExpressionId, depth: usize, percent: bool) -> Bilingual {
        match self.shape(id, depth) {
            Some(Expression::Sum(terms)) if terms.len() > 1 => {
                around("(", &self.signed(terms, depth, percent), "(", ")")
            }
            Some(
                Expression::If(..)
                | Expression::Growth(..)
                | Expression::Round(..)
                | Expression::Absolute(_),
            ) => around("(", &self.tell_as(id, depth, percent), "(", ")"),
            Some(
                Expression::Minimum(parts) | Expression::Maximum(parts) | Expression::SumOf(parts),
            ) if parts.len() > 1 => around("(", &self.tell_as(id, depth, percent), "(", ")"),
            _ => self.tell_as(id, depth, percent),
        }
    }

    /// A factor, or what something is said of as a whole: also products and quotients stand in parentheses.
    pub(super) fn bracketed(&self, id: ExpressionId, depth: usize) -> Bilingual {
        match self.shape(id, depth) {
            Some(Expression::Product(..) | Expression::Quotient(..)) => {
                around("(", &self.tell(id, depth), "(", ")")
            }
            _ => self.term(id, depth, false),
        }
    }

    /// One side of a comparison: only a choice between two values is unclear there.
    pub(super) fn side(&self, id: ExpressionId, depth: usize, percent: bool) -> Bilingual {
        match self.shape(id, depth) {
            Some(Expression::If(..)) => self.term(id, depth, percent),
            _ => self.tell_as(id, depth, percent),
        }
    }

    /// One of several conditions, or one that is denied: only what states a single thing goes without parentheses.
    pub(super) fn clause(&self, id: ExpressionId, depth: usize) -> Bilingual {
        let told = self.tell(id, depth);
        let several = match self.shape(id, depth) {
            Some(Expression::And(parts) | Expression::Or(parts)) => parts.len() > 1,
            Some(Expression::Not(inner)) => !self.is_denied_in_words(*inner),
            Some(Expression::Compare(_, rest)) => rest.len() > 1,
            Some(Expression::If(..)) => true,
            _ => false,
        };
        if several {
            around("(", &told, "(", ")")
        } else {
            told
        }
    }

    /// The expression below what is not told: a change of scale.
    fn shape(&self, id: ExpressionId, depth: usize) -> Option<&Expression> {
        let mut id = id;
        for _ in depth..DEEPEST {
            match self.plan.validation_program.expression(id)? {
                Expression::Scale(inner, _) => id = *inner,
                found => return Some(found),
            }
        }
        None
    }
}
