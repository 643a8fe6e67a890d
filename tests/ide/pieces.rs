//! Pieces of a text: coloured words, folds, what is selected around the cursor, tables to open.

use super::{HERE, REGIME, cursor_in, real, snapshot_of};
use insta::assert_snapshot;
use regime::ide::folding;
use regime::ide::selection;
use regime::ide::tokens::{self, Token, TokenKind};
use regime::text::Span;
use regime::workspace::Snapshot;
use std::fmt::Write as _;

fn painted(snapshot: &Snapshot, text: &str, lines: &[&str]) -> String {
    let all = tokens::of_file(snapshot, HERE, None);
    let mut said = String::new();
    for line in lines {
        let start = text.find(line).unwrap();
        let span = Span::from_offsets(start, start + line.len());
        writeln!(said, "{line}").unwrap();
        for token in all.iter().filter(|token| span.contains(token.span)) {
            let kind = match token.kind {
                TokenKind::Name(kind) => format!("{kind:?}"),
                kind => format!("{kind:?}").to_lowercase(),
            };
            let mut more = String::new();
            for (holds, word) in [
                (token.declaration, " declared"),
                (token.computed, " computed"),
                (token.ended, " ended"),
            ] {
                if holds {
                    more.push_str(word);
                }
            }
            writeln!(said, "    {} · {kind}{more}", token.span.of(text)).unwrap();
        }
    }
    said
}

#[test]
fn words_are_coloured_by_what_they_lead_to() {
    let snapshot = snapshot_of(REGIME);
    let lines = [
        "basis \"Quyết định 1\"",
        "route xa -> thanh_tra_tinh",
        "column 1 tong \"Tổng số\" = [2] + [trong_ky]",
        "check C1: [trong_ky] <= [tong] message \"Số tiếp nhận {[trong_ky]} lớn hơn tổng số\"",
        "check C2: [ca_nam, nstw.von] >= [dau_nam, nstw.von]",
        "in force from 01/01/2026",
    ];
    assert_snapshot!(painted(&snapshot, REGIME, &lines));
}

#[test]
fn what_is_no_longer_valid_is_marked() {
    let text = REGIME.replace("6: dat_dai", "6: ho_tich").replace(
        "choice linh_vuc optional",
        "choice nguon optional required when [6] = nsdp",
    );
    let snapshot = snapshot_of(&text);
    let ended: Vec<&str> = tokens::of_file(&snapshot, HERE, None)
        .iter()
        .filter(|token| token.ended)
        .map(|token| token.span.of(&text))
        .collect();
    assert_eq!(ended, ["nsdp"]);
}

#[test]
fn coloured_words_never_overlap_and_a_range_has_the_same_ones() {
    let snapshot = real();
    for file in snapshot.files() {
        let all = tokens::of_file(&snapshot, file.id, None);
        assert!(!all.is_empty());
        for pair in all.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
        }
        let range = Span::from_offsets(file.text.len() / 3, file.text.len() / 2);
        let some = tokens::of_file(&snapshot, file.id, Some(range));
        let wanted: Vec<Token> = all
            .into_iter()
            .filter(|token| token.span.start <= range.end && range.start <= token.span.end)
            .collect();
        assert_eq!(some, wanted, "{}", file.path);
    }
}

#[test]
fn blocks_comments_and_long_statements_fold() {
    let text = REGIME.replace(
        "  window decree 09",
        "  // một\n  // hai\n  // ba\n  window decree 09",
    );
    let text = text.replace(" message \"Số tiếp", "\n      message \"Số tiếp");
    let snapshot = snapshot_of(&text);
    let line = |offset: u32| text[..offset as usize].matches('\n').count() + 1;
    let folds: Vec<String> = folding::of_file(&snapshot, HERE)
        .iter()
        .map(|fold| {
            let (first, last) = (line(fold.span.start), line(fold.span.end));
            let shown = text.lines().nth(first - 1).unwrap().trim();
            format!("{:?} {first}–{last}: {shown}", fold.kind)
        })
        .collect();
    assert_snapshot!(folds.join("\n"));
}

#[test]
fn selection_grows_from_the_word_to_the_file() {
    let mut said = String::new();
    for piece in ["[2] + [trong$0_ky]", "\"Nêu kh$0ái quát\""] {
        let (text, offset) = cursor_in(piece);
        let snapshot = snapshot_of(&text);
        writeln!(said, "{piece}").unwrap();
        let chain = selection::around(&snapshot, HERE, offset);
        for pair in chain.windows(2) {
            assert!(pair[1].contains(pair[0]));
        }
        assert_eq!(chain.last().unwrap().len() as usize, text.len());
        for span in chain {
            let written = span.of(&text);
            let first = written.lines().next().unwrap();
            writeln!(said, "    {} lines: {first}", written.lines().count()).unwrap();
        }
    }
    assert_snapshot!(said);
}
