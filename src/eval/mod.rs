//! The meaning of compiled regimes: four-state cells, computation, checks, consolidation, provenance.
//!
//! One evaluator for server, command line, tests and workbook. It reads plans and figures and knows no source text, storage, clock or screen.
//! Broken input: figures that do not fit the form become findings (never a panic, never a silently dropped value); arithmetic is exact and total.

pub mod adjustment;
pub mod applies;
pub mod archive;
mod asked;
pub mod attached;
pub mod beside;
pub mod cell;
mod combine;
mod combined_rows;
pub mod compared;
mod compute;
pub mod consolidate;
pub mod cover;
mod days;
mod decode;
pub mod describe;
pub mod display;
pub mod earlier;
pub mod elsewhen;
mod elsewhere;
pub mod evaluate;
pub mod figures;
mod fill;
pub mod finding;
pub mod gathered;
pub mod holdings;
mod judge;
pub mod judged;
pub mod list_groups;
mod listed;
pub mod migrate;
pub mod naming;
pub mod needs;
pub mod opens;
pub mod operation;
pub mod ordinals;
pub mod outline;
mod over;
mod partial;
pub mod provenance;
mod ranges;
pub mod references;
pub mod restate;
pub mod roll_up;
mod rounded;
pub mod rows;
pub mod sequence;
mod to_date;
pub mod together;
pub mod told;
pub mod values;
mod vintages;
pub mod waiver;
