//! How many steps the parser takes: in proportion to the text, whatever the text.
//!
//! Steps are counted, not timed: the smallest bound under which a text is still read is its number of steps. The bound is one number for a whole process, so the counting
//! runs in a process of its own, which this test starts.

use crate::{ECONOMY, TTHC, source};
use regime::syntax::{LARGEST_FILE, MOST_STEPS, parse};
use std::num::NonZeroUsize;
use std::process::Command;

/// The most steps a byte may take on average: a file of the largest size stays below the bound of the parser.
const MOST_PER_BYTE: usize = MOST_STEPS / LARGEST_FILE as usize;

/// Things that a file may be full of; none of them is a regime.
const PIECES: [&str; 24] = [
    "a",
    "{",
    "}",
    "\"",
    "\n",
    "a b c\n",
    "- ",
    "not ",
    "1, ",
    "cột 1 \"A\" = [1",
    "cột 1 \"A\"\n",
    "cột 1 \"A\" đơn vị tính\n",
    "biểu F \"F\" {\n",
    "biểu F \"F\" { } }\n",
    "nhóm \"G\" { cột 1 \"A\" }\n",
    "kiểm tra C: [1] + \n",
    "kiểm tra C: [1] = [2] và ([3] < 4 hoặc tổng([5], [6]) > 0)\n",
    "thông báo \"{[1]}{{{\"\n",
    "cho F { 1: 8,5 2: }\n",
    "ca kiểm thử \"a\" { cho F { các cột 1 2\n dòng a: 1 2\n",
    "// một dòng chú thích dài đứng trước không gì cả\n\n\n",
    "hạn gửi xa chậm nhất ngày 25 tháng\n",
    "khi [1] = 0 {\n",
    "= 1\n",
];

/// The steps that reading a text takes, to one part in sixteen.
fn steps(text: &str) -> usize {
    let file = source(text);
    let enough = |bound: usize| {
        pest::set_call_limit(NonZeroUsize::new(bound));
        let problems = parse(&file).problems;
        !problems.iter().any(|one| one.problem.code() == "R117")
    };
    let mut high = 1_024;
    while !enough(high) {
        high *= 2;
        assert!(high < usize::MAX / 4, "no bound is enough");
    }
    let mut low = high / 2;
    while (high - low) * 16 > high {
        let middle = low + (high - low) / 2;
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

#[test]
#[ignore = "sets the bound of the whole process; started by the test below"]
fn counting() {
    // The first parse sets the bound of the program; it must not do so later.
    parse(&source(""));
    let mut worst = (0, String::new());
    let mut note = |what: String, length: usize, taken: usize| {
        println!("{what}: {} steps a byte", taken / length);
        worst = worst.clone().max((taken / length, what));
    };
    for (name, text) in [("r01", TTHC), ("r11.vi", ECONOMY)] {
        let once = steps(text);
        let twice = steps(&text.repeat(2));
        assert!(
            twice * 100 <= once * 213,
            "{name}: {once} steps, doubled {twice}"
        );
        note(name.to_owned(), text.len(), once);
    }
    for piece in PIECES {
        let some = steps(&piece.repeat(1 + 300 / piece.len()));
        let text = piece.repeat(1 + 1_200 / piece.len());
        let many = steps(&text);
        assert!(
            many * 100 <= some * 430 + 3_000_000,
            "{piece:?}: {some} steps, four times the text {many}"
        );
        note(format!("{piece:?}"), text.len(), many);
    }
    println!("worst: {} at {} steps a byte", worst.1, worst.0);
    assert!(worst.0 <= MOST_PER_BYTE, "{worst:?}");
}

#[test]
fn twice_the_text_takes_twice_the_steps_whatever_it_is() {
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["steps::counting", "--exact", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
