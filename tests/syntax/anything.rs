//! The bodies of the fuzz targets on the stable toolchain: a bounded number of texts, made from regimes by cutting, doubling and foreign pieces.
//!
//! The same texts on every run. What a body finds is told with the text that shows it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a text that shows a fault ends the test"
)]

use crate::bodies;
use crate::{CONSTRUCTS, TTHC};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Common words alone.
const SMALL: &str = include_str!("../fixtures/codes/common.regime");

const PIECES: [&str; 24] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\n",
    ";",
    ",",
    "..",
    "=",
    "- ",
    "1.734",
    "8,5",
    "é",
    "e\u{301}",
    "“",
    "{[1]}",
    "biểu F \"F\" {",
    "nếu [1] > 0 thì ",
    "với mỗi [1]: ",
    "\u{feff}",
    "\r\n",
];

/// A change of a text: where, how much of it goes, and what comes instead.
#[derive(Clone, Debug)]
struct Change {
    at: prop::sample::Index,
    cut: usize,
    piece: Option<usize>,
}

fn change() -> impl Strategy<Value = Change> {
    let piece = prop::option::of(0..PIECES.len() + 1);
    (any::<prop::sample::Index>(), 0_usize..60, piece).prop_map(|(at, cut, piece)| Change {
        at,
        cut,
        piece,
    })
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for change in changes {
        let at = change.at.index(letters.len() + 1);
        let end = (at + change.cut).min(letters.len());
        let gone: Vec<char> = letters.splice(at..end, []).collect();
        let new: Vec<char> = match change.piece {
            Some(piece) if piece < PIECES.len() => PIECES[piece].chars().collect(),
            // The piece that goes comes twice.
            Some(_) => gone.iter().chain(&gone).copied().collect(),
            None => Vec::new(),
        };
        letters.splice(at..at, new);
    }
    letters.into_iter().collect()
}

/// Runs a body on changed regimes, always the same ones.
fn on_changed(texts: &[&str], cases: u32, body: fn(&str)) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let strategy = (0..texts.len(), prop::collection::vec(change(), 0..6));
    TestRunner::new_with_rng(config, random)
        .run(&strategy, |(text, changes)| {
            body(&changed(texts[text], &changes));
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_text_has_a_tree() {
    on_changed(&[TTHC, CONSTRUCTS], 60, bodies::parse_any);
}

#[test]
fn any_text_has_one_layout() {
    on_changed(&[TTHC, CONSTRUCTS], 60, bodies::format_any);
}

#[test]
fn any_text_has_a_meaning_as_far_as_it_goes() {
    on_changed(&[TTHC, CONSTRUCTS, SMALL], 30, bodies::analyse_any);
}

#[test]
fn whatever_is_sound_can_be_evaluated() {
    on_changed(&[TTHC], 30, bodies::evaluate_any);
}

#[test]
fn letters_without_any_sense_are_read_like_others() {
    let config = Config {
        cases: 80,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let letters = prop::collection::vec(
        prop_oneof![
            any::<char>(),
            prop::sample::select(PIECES.concat().chars().collect::<Vec<_>>())
        ],
        0..80,
    );
    TestRunner::new_with_rng(config, random)
        .run(&letters, |letters| {
            let text: String = letters.into_iter().collect();
            bodies::parse_any(&text);
            bodies::format_any(&text);
            bodies::analyse_any(&text);
            Ok(())
        })
        .unwrap();
}

#[test]
fn words_that_are_defined_by_one_another_without_end_are_read() {
    let measures: String = (0..3_000)
        .map(|at| format!("measure m{at} \"M\" = 10 * m{}\n", at + 1))
        .collect();
    bodies::analyse_any(&format!("{measures}measure m3000 \"M\"\n"));
}
