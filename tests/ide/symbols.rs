//! Outlines, and finding things by a few letters.

use super::{HERE, REGIME, real, shown, snapshot_of};
use insta::assert_snapshot;
use regime::ide::symbols::{self, Symbol};
use regime::text::language::Language;
use regime::workspace::Snapshot;
use std::fmt::Write as _;

fn outline(snapshot: &Snapshot, language: Language) -> String {
    fn tell(symbols: &[Symbol], depth: usize, said: &mut String) {
        for symbol in symbols {
            assert!(symbol.whole.contains(symbol.selected), "{symbol:?}");
            let detail = symbol.detail.as_deref().unwrap_or("");
            writeln!(
                said,
                "{}{:?} {} · {detail}",
                "  ".repeat(depth),
                symbol.kind,
                symbol.title
            )
            .unwrap();
            tell(&symbol.members, depth + 1, said);
        }
    }
    let mut said = String::new();
    let found = symbols::of_document(snapshot, HERE, language);
    tell(&found, 0, &mut said);
    said
}

#[test]
fn the_outline_is_the_structure_of_the_form() {
    let snapshot = snapshot_of(REGIME);
    assert_snapshot!(outline(&snapshot, Language::Vietnamese));
}

#[test]
fn a_line_that_cannot_be_read_stands_in_the_outline_with_what_it_names() {
    let broken = REGIME
        .replace(
            "column 3 trong_ky \"Tiếp nhận trong kỳ\"",
            "column 3 trong_ky \"Tiếp nhận trong kỳ\" measur đơn",
        )
        .replace("form K \"02/B\"", "form K 02/B");
    let snapshot = snapshot_of(&broken);
    assert_snapshot!(outline(&snapshot, Language::English));
}

#[test]
fn a_few_letters_without_accents_find_things_of_the_whole_project() {
    let snapshot = real();
    let mut said = String::new();
    for query in [
        "trong ky",
        "Tiếp Nhận",
        "bien xld",
        "so tai chinh",
        "01/xld",
        "khong co gi het",
    ] {
        writeln!(said, "{query}").unwrap();
        for hit in symbols::search(&snapshot, query, Language::Vietnamese, 5) {
            let detail = hit.detail.as_deref().unwrap_or("");
            let within = hit.within.as_deref().unwrap_or("-");
            writeln!(said, "  {:?} {} · {detail} ({within})", hit.kind, hit.title).unwrap();
            writeln!(said, "    {}", shown(&snapshot, hit.place)).unwrap();
        }
    }
    assert_snapshot!(said);
}

#[test]
fn an_empty_query_finds_regimes_and_forms() {
    let snapshot = snapshot_of(REGIME);
    let hits = symbols::search(&snapshot, "", Language::Vietnamese, 9);
    let titles: Vec<&str> = hits.iter().map(|hit| hit.title.as_str()).collect();
    assert_eq!(titles, ["R", "B", "K"]);
}
