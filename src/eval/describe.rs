//! Findings in words, explained in figures, Vietnamese and English side by side.
//!
//! It does not know screens, severities' colours or who reads. A finding that points outside the plan gets a plain sentence instead of a panic.

use crate::eval::evaluate::Evaluation;
use crate::eval::finding::Finding;
use crate::plan::{Bilingual, CompiledRegime};

/// What a finding says.
pub fn describe(plan: &CompiledRegime, evaluation: &Evaluation, finding: &Finding) -> Bilingual {
    todo!("{} {} {finding:?}", plan.format, evaluation.findings.len())
}
