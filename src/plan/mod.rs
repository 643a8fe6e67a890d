//! Compiled regimes: what the author's text becomes, and the only thing the runtime ever reads.
//!
//! A [`CompiledRegime`] holds three plans: the form definition, the validation program and the aggregation plan. They are
//! the deliberate serialisation boundary of the product: a report is validated for ever by the version it was made under,
//! so plans are plain data with resolved indices, exact numbers, deterministic order, a format number and a fingerprint.
//! This room deliberately does not know source text (beyond an opaque [`Origin`]), storage or screens.
//! Broken input: a plan is only ever made from a model without errors; reading a stored plan of another format is refused
//! by [`PlanProblem`].

pub mod address;
pub mod aggregation;
pub mod applicability;
pub mod cell;
mod days;
pub mod describe;
pub mod events;
pub mod expression;
pub mod fingerprint;
pub mod form;
pub mod form_time;
pub mod header;
pub mod listing;
pub mod lower;
pub mod migration;
pub mod outline;
pub mod reading;
pub mod switch;
pub mod validation;
pub mod validity;

use serde::{Deserialize, Serialize};

/// The format number of serialised plans; a change is a decision, pinned by snapshots.
pub const PLAN_FORMAT: u32 = 2;

/// The version of the regime language these plans speak.
pub const LANGUAGE_VERSION: u32 = 1;

/// One regime version, compiled: header and three plans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompiledRegime {
    /// Always [`PLAN_FORMAT`] for plans written by this program.
    pub format: u32,
    /// The language version the source was read as.
    pub language: u32,
    /// SHA-256 over the canonical JSON of everything else, in lower-case hexadecimal.
    pub fingerprint: String,
    /// Who reports what to whom, when, and under which law.
    pub header: header::RegimeHeader,
    /// What is shown, typed and printed.
    pub form_definition: form::FormDefinition,
    /// How the report is laid out as text, with its narratives and generated sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outlines: Vec<outline::Outline>,
    /// What becomes of the figures of earlier versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrations: Vec<migration::Migration>,
    /// What is computed and checked in one report.
    pub validation_program: validation::ValidationProgram,
    /// How figures of many units, and of shorter periods, become one.
    pub aggregation_plan: aggregation::AggregationPlan,
    /// Switches of its rules that hold beside it; not part of its text.
    #[serde(skip)]
    pub switches: Vec<switch::RuleSwitch>,
}

/// Where in the author's project something was written; opaque to everything but a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Project-relative file name.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
}

/// Text in both languages of the product; an author's own words are the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// Why a stored plan cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanProblem {
    /// The plan was written in another format than this program reads.
    Format {
        /// The format number found.
        found: u32,
    },
    /// The fingerprint does not match the content: the stored text was altered.
    Fingerprint,
    /// The text is not a plan at all; the reader's words are kept for the log.
    Unreadable {
        /// What the JSON reader said.
        detail: String,
    },
}
