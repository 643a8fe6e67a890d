//! Any text whatever, guided by coverage; the body is `parse_any` of the bounded property tests.

#![no_main]

#[path = "../../tests/fuzzing/bodies.rs"]
#[allow(dead_code, reason = "each target runs one of the bodies")]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| bodies::parse_any(text));
