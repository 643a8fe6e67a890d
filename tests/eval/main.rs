//! The evaluator from outside: state tables, worked examples, wording, laws, and a slow obvious reference that knows nothing of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod builder;
mod consolidation;
mod entering;
mod examples;
mod formula;
mod fractions;
mod generate;
mod laws;
mod lowering;
mod migration;
mod of_units;
mod outline;
mod over_time;
mod reference;
mod restating;
mod rounding;
mod states;
mod texts;
mod wording;
