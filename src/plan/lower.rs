//! From the model of a regime to its compiled form.
//!
//! It deliberately does not know source text beyond the opaque origin of rules. A regime with any error, or that uses a word with an error, has
//! no compiled form.

use crate::analysis::model::{Model, Regime};
use crate::plan::CompiledRegime;

/// The compiled form of a regime of this model; `None` exactly when the regime is not sound.
pub fn compile(model: &Model, regime: &Regime) -> Option<CompiledRegime> {
    let _ = (model, regime);
    None
}
