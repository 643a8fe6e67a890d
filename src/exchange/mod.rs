//! Figures entering and leaving in open formats.
//!
//! It deliberately does not know storage, screens or who asks; regimes and units are handed in. Broken input never stops a reading: every mistake is named with its
//! line and field, and everything sound is kept.

pub mod jsonl;
