//! From text to the tree, against the parser generator alone, and our grammar against the prototype.

use crate::measure::in_turns;
use crate::verdict::Verdict;
use crate::{grammars, texts};
use regime::syntax::parse;
use regime::text::{FileId, SourceFile};
use std::hint::black_box;

pub fn run() -> Vec<Verdict> {
    let texts = texts::regimes();
    let bytes: usize = texts.iter().map(String::len).sum();
    let files: Vec<SourceFile> = texts
        .iter()
        .map(|text| SourceFile::new(FileId(0), "a.regime", text))
        .collect();
    let [ours, tree, prototype] = in_turns(
        41,
        [
            &|| texts.iter().for_each(|text| grammars::ours(text)),
            &|| {
                for file in &files {
                    assert!(black_box(parse(file)).problems.is_empty());
                }
            },
            &|| texts.iter().for_each(|text| grammars::prototype(text)),
        ],
    );
    let speed = |seconds: f64| bytes as f64 / seconds / 1e6;
    println!(
        "{} files, {bytes} bytes; MB/s: the generator alone {:.1}, text to tree {:.1}, the prototype alone {:.1}",
        texts.len(),
        speed(ours),
        speed(tree),
        speed(prototype)
    );
    vec![
        Verdict::new(
            "text to tree over the generator alone",
            tree / ours,
            1.5,
            "",
        ),
        Verdict::new("our grammar over the prototype", ours / prototype, 1.0, ""),
    ]
}
