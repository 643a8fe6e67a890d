//! What is told about the word under the cursor.

use super::{HERE, REGIME, cursor_in, real, snapshot_of};
use insta::assert_snapshot;
use regime::calendar::Date;
use regime::ide::hover::{self, Settings};
use regime::text::language::Language;
use regime::workspace::Snapshot;
use std::fmt::Write as _;

fn settings() -> Settings {
    Settings::usual(Date::constant(2026, 3, 1))
}

fn told(snapshot: &Snapshot, offset: u32, language: Language) -> String {
    let hover = hover::at(snapshot, HERE, offset, language, settings());
    hover.map_or_else(|| "nothing".to_owned(), |hover| hover.markdown)
}

fn asked(pieces: &[&str], language: Language) -> String {
    let mut said = String::new();
    for piece in pieces {
        let (text, offset) = cursor_in(piece);
        let told = told(&snapshot_of(&text), offset, language);
        writeln!(said, "======== {piece}\n{told}\n").unwrap();
    }
    said
}

#[test]
fn names_are_told_with_what_they_mean() {
    let pieces = [
        "regime $0R \"Báo cáo đơn\"",
        "form $0B \"01/B\"",
        "column 1 to$0ng",
        "column 4 th$0u",
        "[2] + [tr$0ong_ky]",
        "row B ca_$0nam",
        "check $0C1",
        "choice linh_$0vuc; opened",
        "6: dat_$0dai",
        "measure trieu$0_dong decimal(1)",
        "indicator $0THU",
        "route x$0a ->",
        "event do$0t",
        "narrative tinh_h$0inh",
    ];
    assert_snapshot!(asked(&pieces, Language::Vietnamese));
}

#[test]
fn the_asked_language_is_spoken() {
    let pieces = ["column 1 to$0ng", "form $0B \"01/B\"", "check $0C1"];
    assert_snapshot!(asked(&pieces, Language::English));
}

#[test]
fn keywords_are_told_with_their_other_spelling() {
    let pieces = ["win$0dow decree 09", "carry$0 from [5]", "$0table B"];
    assert_snapshot!(asked(&pieces, Language::Vietnamese));
}

#[test]
fn with_mistakes_in_the_regime_what_is_known_is_told() {
    let broken = REGIME.replace("[2] + [trong_ky]\n", "[2] + [trong_kyy]\n");
    let offset = broken.find("4 thu \"Số thu\"").unwrap() + 2;
    let snapshot = snapshot_of(&broken);
    let told = told(
        &snapshot,
        u32::try_from(offset).unwrap(),
        Language::Vietnamese,
    );
    assert_snapshot!(told);
}

#[test]
fn a_real_form_says_what_it_costs_the_units() {
    let snapshot = real();
    let file = snapshot.file_of("kntc_xld.regime").unwrap();
    let text = &snapshot.source(file).unwrap().file.text;
    let mut said = String::new();
    for piece in ["XLD01 \"01/XLD\"", "du_dk \"Số đơn\"", "C1: [6]"] {
        let offset = u32::try_from(text.find(piece).unwrap()).unwrap();
        let hover = hover::at(&snapshot, file, offset, Language::Vietnamese, settings());
        writeln!(said, "======== {piece}\n{}\n", hover.unwrap().markdown).unwrap();
    }
    assert_snapshot!(said);
    let head = u32::try_from(text.find("KNTC_XLD").unwrap()).unwrap();
    let regime = hover::at(&snapshot, file, head, Language::Vietnamese, settings()).unwrap();
    assert!(regime.markdown.contains("giờ công mỗi năm"), "{regime:?}");
}

#[test]
fn words_of_tables_and_texts_that_name_something_are_told_and_numbers_of_periods_are_no_columns() {
    let snapshot = real();
    let file = snapshot.file_of("tthc_06a.regime").unwrap();
    let text = &snapshot.source(file).unwrap().file.text;
    let mut said = String::new();
    for piece in [
        "row dat_$0dai {",
        "expect TTHC06A[dat_$0dai, 3]",
        "Thông tư 5/20$025/TT-VPCP ngày",
        "\"Nghị $0định 09/2019/NĐ-CP\"",
        "issuer \"Văn $0phòng Chính phủ\"",
        "reporter \"Xã Anh $0Sơn\"",
        "channel sys$0tem",
        "sign by lea$0der",
        "period quarter 1$0,",
        "percent(2$0)",
    ] {
        let plain = piece.replace("$0", "");
        let start = text.find(&plain).unwrap() + piece.find("$0").unwrap();
        let offset = u32::try_from(start).unwrap();
        for language in [Language::Vietnamese, Language::English] {
            let hover = hover::at(&snapshot, file, offset, language, settings());
            let told = hover.map_or_else(|| "nothing".to_owned(), |hover| hover.markdown);
            writeln!(said, "======== {piece}\n{told}\n").unwrap();
        }
    }
    assert_snapshot!(said);
}
