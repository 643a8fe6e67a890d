//! A text read again after an edit has the tree, the statements and the mistakes of a text read anew.
//!
//! Edits stand all over the texts, one at a time and one after another, so that also broken states follow sound ones and the other way round.

use crate::{CONSTRUCTS, DISASTER, TTHC, XLD, source};
use regime::syntax::{Parsed, parse, parse_after};

/// What is put in place of a few letters; nothing deletes them.
const PIECES: [&str; 14] = [
    "", "x", "1", " ", "\n", "\"", "}", "{", ";", "//", " = [1]", "+", "é", ",",
];

fn alike(before: &str, earlier: Parsed, after: &str) -> Parsed {
    let file = source(after);
    let again = match earlier.tree.filter(|_| earlier.problems.is_empty()) {
        Some(sound) => parse_after(before, sound, &file),
        None => parse(&file),
    };
    let anew = parse(&file);
    assert_eq!(again.problems, anew.problems, "{after}");
    assert_eq!(again.tree, anew.tree, "{after}");
    assert_eq!(
        format!("{:?}", again.ast),
        format!("{:?}", anew.ast),
        "{after}"
    );
    again
}

#[test]
fn a_text_read_again_after_an_edit_is_as_if_it_were_read_anew() {
    for (text, step) in [(TTHC, 61), (CONSTRUCTS, 797), (DISASTER, 503), (XLD, 1_999)] {
        let sound = parse(&source(text));
        let mut last = (text.to_owned(), sound.clone());
        for (round, (at, letter)) in text.char_indices().step_by(step).enumerate() {
            let piece = PIECES[round % PIECES.len()];
            let cut = if round % 3 == 0 { letter.len_utf8() } else { 0 };
            let mut after = text.to_owned();
            after.replace_range(at..at + cut, piece);
            alike(text, sound.clone(), &after);
            // From the state before, whatever that was.
            let parsed = alike(&last.0, last.1, &after);
            last = (after, parsed);
        }
    }
}

#[test]
fn what_an_edited_statement_swallows_is_noticed() {
    for (before, after) in [
        (
            "form F \"F\" { column 1 \"A\" }\ncolumn 2 \"B\"\n",
            "form F \"F\" { column 1 \"A\" // }\ncolumn 2 \"B\"\n",
        ),
        (
            "form F \"F\" {\n  column 1 \"A\" = [2]\n  column 2 \"B\"\n}\n",
            "form F \"F\" {\n  column 1 \"A\" = [2] +\n  column 2 \"B\"\n}\n",
        ),
        (
            "form F \"F\" {\n  row tong_a \"A\"\n}\n",
            "form F \"F\" {\n  row total \"A\"\n}\n",
        ),
        (
            "form F \"F\" {\n  column 1 \"A\"\n}\n",
            "form F \"F\" {\n  column 1 \"A\"\n  measure don\n}\n",
        ),
        ("tag a \"A\"\ntag b \"B\"", "tag a \"A\"\ntag b \"BC\""),
    ] {
        alike(before, parse(&source(before)), after);
    }
}
