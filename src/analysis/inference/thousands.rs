//! Whole numbers written with a point between their thousands, as everybody writes them outside of a regime: `[1] <= 1.734`.
//!
//! In the language a point marks decimals, so such a number is a good one wherever decimals fit. Only beside figures that have none, where it would silently mean one and
//! three quarters, it is the mistake it looks like. It deliberately does not know three points or a comma, which the grammar tells.

use super::Inference;
use crate::analysis::expression::{Term, TermKind};
use crate::analysis::values::with_thousands_point;
use crate::diagnostic::problem::syntax::SyntaxProblem;
use crate::diagnostic::{Diagnostic, FixKind};
use crate::text::{FileId, Span};

impl Inference<'_, '_> {
    /// Reports every such number among figures that are all whole.
    pub(super) fn thousands(&mut self, figures: &[&Term]) {
        let whole = |term: &&&Term| !term.quantity.literal;
        let whole = figures
            .iter()
            .filter(whole)
            .all(|term| term.quantity.decimals == Some(0) && !term.quantity.percent);
        if !whole {
            return;
        }
        for term in figures {
            let text = self.context.text(self.file, term.span);
            if matches!(term.kind, TermKind::Number(_))
                && let Some(told) = point(&text, self.file, term.span)
            {
                self.found.push(told);
            }
        }
    }
}

/// The report of a number as written, if it has a point between its thousands.
pub(in crate::analysis) fn point(written: &str, file: FileId, span: Span) -> Option<Diagnostic> {
    let meant = with_thousands_point(written)?;
    let problem = SyntaxProblem::ThousandsPoint {
        written: written.to_owned(),
        meant: meant.clone(),
    };
    Some(Diagnostic::new(problem, file, span).fixed_by(FixKind::Certain, span, meant))
}
