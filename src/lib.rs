//! Regime: reporting regimes written in a small language, compiled to forms, checks and consolidation.

pub mod analysis;
pub mod calendar;
pub mod cli;
pub mod demo;
pub mod diagnostic;
pub mod eval;
pub mod exchange;
pub mod ide;
pub mod lsp;
pub mod number;
pub mod organisation;
pub mod plan;
pub mod reports;
pub mod service;
pub mod store;
pub mod syntax;
pub mod text;
pub mod web;
pub mod workspace;
