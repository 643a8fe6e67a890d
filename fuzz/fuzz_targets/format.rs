//! Any text whatever, guided by coverage; the body is `format_any` of the bounded property tests.

#![no_main]

#[path = "../../tests/fuzzing/bodies.rs"]
#[allow(dead_code, reason = "each target runs one of the bodies")]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| bodies::format_any(text));
