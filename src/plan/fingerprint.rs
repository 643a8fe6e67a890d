//! Fingerprints of plans: a fixed function over canonical JSON, stable across releases of this program.
//!
//! The function is SHA-256 over the plan's compact JSON with the `fingerprint` field empty; field order is declaration order and every collection
//! in a plan is ordered, so equal plans give equal bytes. It knows nothing else. A stored plan that does not match is refused.

use crate::plan::{CompiledRegime, PLAN_FORMAT, PlanProblem};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The fingerprint of a plan, whatever its `fingerprint` field says now.
pub fn fingerprint(plan: &CompiledRegime) -> Result<String, PlanProblem> {
    let mut plan = Cow::Borrowed(plan);
    if !plan.fingerprint.is_empty() {
        plan.to_mut().fingerprint.clear();
    }
    let bytes = serde_json::to_vec(plan.as_ref()).map_err(|error| PlanProblem::Unreadable {
        detail: error.to_string(),
    })?;
    Ok(hexadecimal(&Sha256::digest(&bytes)))
}

/// Reads a plan from JSON and refuses one of another format or with altered content.
pub fn read(text: &str) -> Result<CompiledRegime, PlanProblem> {
    let unreadable = |error: serde_json::Error| PlanProblem::Unreadable {
        detail: error.to_string(),
    };
    let value: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
    let found = value
        .get("format")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or(0) as u32;
    if found != PLAN_FORMAT {
        return Err(PlanProblem::Format { found });
    }
    let plan: CompiledRegime = serde_json::from_value(value).map_err(unreadable)?;
    if fingerprint(&plan)? != plan.fingerprint {
        return Err(PlanProblem::Fingerprint);
    }
    Ok(plan)
}

/// Lower-case hexadecimal of bytes.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}
