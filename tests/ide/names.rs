//! What a name is, where it is declared, where it is used.

use super::{HERE, REGIME, cursor_in, shown, snapshot_of};
use insta::assert_snapshot;
use regime::ide::names;
use regime::text::FileId;
use regime::workspace::Snapshot;
use std::fmt::Write as _;

/// The declaration of the name under the cursor, and all its uses.
fn answer(snapshot: &Snapshot, file: FileId, offset: u32) -> String {
    let Some(name) = names::at(snapshot, file, offset) else {
        return "nothing\n".to_owned();
    };
    let mut said = String::new();
    let words = [&name.target.code, &name.target.name, &name.target.label];
    let words: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
    let sure = if name.certain { "" } else { " (likely)" };
    writeln!(
        said,
        "{:?}{sure} {} within {}",
        name.target.kind,
        words.join(" | "),
        name.target.within.as_deref().unwrap_or("-")
    )
    .unwrap();
    writeln!(said, "  at   {}", shown(snapshot, name.at)).unwrap();
    writeln!(said, "  is   {}", shown(snapshot, name.target.selected)).unwrap();
    for used in names::references(snapshot, file, offset, true) {
        writeln!(said, "  used {}", shown(snapshot, used)).unwrap();
    }
    for target in names::type_definition(snapshot, file, offset) {
        writeln!(said, "  type {}", shown(snapshot, target.selected)).unwrap();
    }
    said
}

fn asked(pieces: &[&str]) -> String {
    let mut said = String::new();
    for piece in pieces {
        let (text, offset) = cursor_in(piece);
        writeln!(said, "{piece}").unwrap();
        said.push_str(&answer(&snapshot_of(&text), HERE, offset));
        said.push('\n');
    }
    said
}

#[test]
fn every_kind_of_name_leads_to_its_declaration_and_its_uses() {
    assert_snapshot!(asked(&[
        "route x$0a -> thanh_tra_tinh",
        "-> $0thanh_tra_tinh\n",
        "choice linh_$0vuc; opened",
        "event d$0ot",
        "narrative tinh_h$0inh",
        "table $0B }",
        "measure trieu$0_dong decimal(1)",
        "indicator $0THU",
        "[2] + [tr$0ong_ky]",
        "carry from [$05]",
        "column $01 tong",
        "[dau_nam, nstw.v$0on]",
        "[$0dau_nam, nstw.von]",
        "[dau_nam, ns$0tw.von]",
        "6: dat_$0dai",
        "row ca_$0nam {",
        "expect fails C$01",
        "expect B[to$0ng]",
        "level $0xa\n",
    ]));
}

#[test]
fn where_no_name_stands_there_is_no_answer() {
    assert_eq!(
        asked(&[
            "issuer \"UBND $0tỉnh\"",
            "channel sys$0tem",
            "window de$0cree 09"
        ]),
        "issuer \"UBND $0tỉnh\"\nnothing\n\nchannel sys$0tem\nnothing\n\nwindow de$0cree 09\nnothing\n\n"
    );
}

#[test]
fn the_cursor_just_behind_a_name_is_at_the_name() {
    let (text, offset) = cursor_in("[2] + [trong_ky$0]");
    let snapshot = snapshot_of(&text);
    let name = names::at(&snapshot, HERE, offset).expect("a name");
    assert_eq!(name.at.span.of(&text), "trong_ky");
}

#[test]
fn a_name_is_highlighted_wherever_its_file_says_it() {
    let (text, offset) = cursor_in("column 3 trong_$0ky");
    let snapshot = snapshot_of(&text);
    let marks = names::highlights(&snapshot, HERE, offset);
    let words: Vec<(&str, bool)> = marks
        .iter()
        .map(|mark| (mark.span.of(&text), mark.is_declaration))
        .collect();
    assert_eq!(
        words,
        [
            ("trong_ky", false),
            ("3", true),
            ("trong_ky", true),
            ("trong_ky", false),
            ("trong_ky", false),
            ("3", false),
            ("trong_ky", false),
        ]
    );
}

#[test]
fn in_a_text_that_cannot_be_read_names_lead_to_the_likeliest_declaration() {
    let broken = REGIME.replace(
        "    check C1: [trong_ky] <= [tong] message",
        "    check C1: [trong_ky] <= <= [tong] $$ message",
    );
    let offset = broken.find("[trong_ky] <= <=").unwrap() + 3;
    let snapshot = snapshot_of(&broken);
    assert_snapshot!(answer(&snapshot, HERE, u32::try_from(offset).unwrap()));
}

#[test]
fn letters_with_their_marks_apart_are_at_their_own_places() {
    let apart = "Tiếp nhận trong kỳ".replace("ế", "e\u{302}\u{301}");
    let text = REGIME.replace("Tiếp nhận trong kỳ", &apart);
    let text = text.replace("trong_ky", "kỳ_na\u{300}y");
    let offset = text.find("[kỳ_na\u{300}y] <=").unwrap() + 3;
    let snapshot = snapshot_of(&text);
    assert_snapshot!(answer(&snapshot, HERE, u32::try_from(offset).unwrap()));
}
