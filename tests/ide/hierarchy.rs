//! What a figure is made of, and what is made of it.

use super::{HERE, cursor_in, real, shown, snapshot_of};
use insta::assert_snapshot;
use regime::ide::hierarchy::{self, Link};
use regime::text::FileId;
use regime::workspace::Snapshot;
use std::fmt::Write as _;

fn told(snapshot: &Snapshot, file: FileId, offset: u32) -> String {
    let Some(origin) = hierarchy::prepare(snapshot, file, offset) else {
        return "nothing\n".to_owned();
    };
    let mut said = format!("{} — {}\n", origin.title, origin.label);
    let mut tell = |title: &str, links: &[Link]| {
        for link in links {
            let regime = &link.origin.figure.regime;
            let (name, label) = (&link.origin.title, &link.origin.label);
            writeln!(said, "  {title} {regime} {name} — {label}").unwrap();
            for place in &link.places {
                writeln!(said, "      {}", shown(snapshot, *place)).unwrap();
            }
        }
    };
    tell("of", &hierarchy::made_of(snapshot, &origin.figure));
    tell("to", &hierarchy::makes(snapshot, &origin.figure));
    said
}

#[test]
fn a_figure_is_followed_to_what_it_is_made_of_and_to_what_is_made_of_it() {
    let mut said = String::new();
    for piece in [
        "column 1 to$0ng",
        "[2] + [tr$0ong_ky]",
        "column 5 con_$0lai",
        "indicator $0THU",
    ] {
        let (text, offset) = cursor_in(piece);
        writeln!(said, "{piece}\n{}", told(&snapshot_of(&text), HERE, offset)).unwrap();
    }
    assert_snapshot!(said);
}

#[test]
fn figures_of_other_forms_and_regimes_are_followed() {
    let snapshot = real();
    let mut said = String::new();
    for (path, piece) in [
        ("tthc_06a.regime", "3 tiep_nhan"),
        ("cchc.regime", "2.1 \"Số hồ sơ tiếp nhận"),
        ("kntc_xld.regime", "8 khieu_nai"),
    ] {
        let file = snapshot.file_of(path).unwrap();
        let text = &snapshot.source(file).unwrap().file.text;
        let offset = u32::try_from(text.find(piece).unwrap()).unwrap();
        writeln!(said, "{path}: {piece}\n{}", told(&snapshot, file, offset)).unwrap();
    }
    assert_snapshot!(said);
}
