//! From the model of a regime to its compiled form.
//!
//! It deliberately does not know source text beyond the opaque origin of rules. A regime with any error, or that uses a word with an error, has
//! no compiled form.

mod aggregation;
mod cell;
mod expression;
mod form;
mod header;
mod migration;
mod named;
mod outline;
pub(super) mod rule;
mod vintages;

use crate::analysis::model::{Model, Regime};
use crate::plan::fingerprint::fingerprint;
use crate::plan::validation::ValidationProgram;
use crate::plan::{CompiledRegime, LANGUAGE_VERSION, PLAN_FORMAT};

/// The compiled form of a regime of this model; `None` exactly when the regime is not sound.
pub fn compile(model: &Model, regime: &Regime) -> Option<CompiledRegime> {
    if !regime.sound {
        return None;
    }
    let numbering = form::Numbering::of(&model.words, regime);
    let mut arena = expression::Arena::new(&model.words, &numbering);
    let forms = form::definition(&model.words, regime, &numbering, &mut arena);
    let rules = rule::rules(regime, &mut arena);
    let outlines = outline::outlines(&regime.outlines, &mut arena);
    let order = form::order(regime);
    let aggregation_plan = aggregation::plan(&forms, &order);
    let header = header::header(&model.words, regime, &mut arena);
    let mut plan = CompiledRegime {
        format: PLAN_FORMAT,
        language: LANGUAGE_VERSION,
        fingerprint: String::new(),
        header,
        form_definition: forms,
        outlines,
        migrations: migration::migrations(regime),
        validation_program: ValidationProgram {
            expressions: arena.into_expressions(),
            order,
            rules,
        },
        aggregation_plan,
        switches: Vec::new(),
    };
    plan.fingerprint = fingerprint(&plan).ok()?;
    Some(plan)
}
