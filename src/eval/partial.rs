//! A sum of which some parts may be missing: what is known is added, and counted against what is due.
//!
//! Closed parts are not asked for and do not count. It does not know whether the parts are months, events or units; with nothing known at all the sum is blank and says
//! why.

use crate::eval::cell::{Basis, BlankReason};
use crate::eval::operation::{self, Operand};

/// A sum under way.
pub(super) struct PartialSum {
    total: Operand,
    basis: Basis,
    missing: Option<BlankReason>,
}

impl PartialSum {
    /// Nothing added yet.
    pub fn new() -> PartialSum {
        PartialSum {
            total: Operand::Closed,
            basis: Basis {
                answered: 0,
                due: 0,
            },
            missing: None,
        }
    }

    /// Adds a part as it is stated.
    pub fn add(&mut self, stated: Operand) {
        self.add_known(&stated, None);
    }

    /// Adds a part that somebody else may know better than the report that states it: only that report answers for it.
    pub fn add_known(&mut self, stated: &Operand, better: Option<Operand>) {
        match stated {
            Operand::Closed | Operand::LeftOut(_) => return,
            Operand::Given(_) | Operand::Nil => self.basis.answered += 1,
            Operand::Partial(..) => {}
            other => {
                let reason = other.blank_reason();
                self.missing = self.missing.take().or(reason);
            }
        }
        self.basis.due += 1;
        let value = better.as_ref().unwrap_or(stated);
        if let Some((amount, _)) = value.amount() {
            // What a part rests on itself is told by the count of parts, so only its amount is added.
            let whole = match value {
                Operand::Nil => Operand::Nil,
                _ => Operand::Given(amount),
            };
            self.total = operation::add(std::mem::replace(&mut self.total, Operand::Closed), whole);
        }
    }

    /// The sum; partial where a part that is due has not answered.
    pub fn finish(self) -> Operand {
        match (self.total.amount(), self.missing) {
            (Some((amount, _)), _) if self.basis.answered < self.basis.due => {
                Operand::Partial(amount, self.basis)
            }
            (None, Some(reason)) => Operand::Blank(reason),
            _ => self.total,
        }
    }
}
