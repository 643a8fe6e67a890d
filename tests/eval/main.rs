//! The evaluator from outside: state tables, worked examples, wording, laws, and a slow obvious reference that knows nothing of it.

mod builder;
mod consolidation;
mod entering;
mod examples;
mod formula;
mod generate;
mod laws;
mod reference;
mod states;
mod wording;
