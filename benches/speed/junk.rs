//! A file of the largest size that is read, full of things that are no regime: how long until there is an answer.

use crate::measure::{Verdict, seconds};
use regime::syntax::format::format;
use regime::syntax::{LARGEST_FILE, parse};
use regime::text::{FileId, SourceFile};
use std::hint::black_box;

/// What the file is full of; the same lines as in the bounded tests.
const PIECES: [&str; 16] = [
    "a",
    "{",
    "}",
    "(",
    "\"",
    "\n",
    "a b c\n",
    "- ",
    "cột 1 \"A\" = [1",
    "cột 1 \"A\"\n",
    "biểu F \"F\" {\n",
    "biểu F \"F\" { } }\n",
    "kiểm tra C: [1] + \n",
    "thông báo \"{[1]}{{{\"\n",
    "cho F { 1: 8,5 2: }\n",
    "e\u{302}\u{301}",
];

pub fn run() -> Vec<Verdict> {
    let size = usize::try_from(LARGEST_FILE).expect("a small number");
    PIECES
        .iter()
        .map(|piece| {
            let text = piece.repeat(size / piece.len());
            let file = SourceFile::new(FileId(0), "a.regime", &text);
            let taken = seconds(|| {
                black_box(parse(&file));
            });
            let layout = seconds(|| {
                black_box(format(&text));
            });
            let what = format!("1 MiB of {piece:?}, read (laid out in {layout:.2} s)");
            Verdict::new(what, taken, 2.0, " s")
        })
        .collect()
}
