//! Regime: reporting regimes written in a small language, compiled to forms, checks and consolidation.

pub mod diagnostic;
pub mod text;
