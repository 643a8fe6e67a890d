//! Other names, everywhere at once, or the reason why not.

use super::{HERE, cursor_in, real_project, snapshot_of};
use insta::assert_snapshot;
use regime::analysis::project::{Project, Source};
use regime::diagnostic::Edit;
use regime::ide::declared;
use regime::ide::rename;
use regime::ide::rename::published::Published;
use regime::ide::rename::refusal::Refusal;
use regime::text::language::Language;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::collections::BTreeMap;
use std::fmt::Write as _;

fn applied(text: &str, file: FileId, edits: &[Edit]) -> String {
    let mut own: Vec<&Edit> = edits.iter().filter(|edit| edit.file == file).collect();
    own.sort_by_key(|edit| edit.span);
    let mut out = text.to_owned();
    for edit in own.into_iter().rev() {
        out.replace_range(
            edit.span.start as usize..edit.span.end as usize,
            &edit.replacement,
        );
    }
    out
}

/// The lines that a renaming changes, or the reason why there is none.
fn renamed(text: &str, offset: u32, new: &str, published: &Published) -> String {
    let snapshot = snapshot_of(text);
    let edits = match rename::edits(&snapshot, HERE, offset, new, published) {
        Ok(edits) => edits,
        Err(refusal) => {
            let words = refusal.wording();
            let mut said = format!("✗ {}\n", words.in_language(Language::Vietnamese));
            if let Refusal::NeedsMigration { offer, .. } = &refusal {
                said.push_str(&changed(&snapshot, offer));
            }
            return said;
        }
    };
    changed(&snapshot, &edits)
}

fn changed(snapshot: &Snapshot, edits: &[Edit]) -> String {
    let mut said = String::new();
    for file in snapshot.files() {
        let after = applied(&file.text, file.id, edits);
        let before: Vec<&str> = file.text.lines().collect();
        for line in after.lines().filter(|line| !before.contains(line)) {
            writeln!(said, "  {}: {}", file.path, line.trim()).unwrap();
        }
    }
    said
}

fn asked(cases: &[(&str, &str)]) -> String {
    let mut said = String::new();
    for (piece, new) in cases {
        let (text, offset) = cursor_in(piece);
        let told = renamed(&text, offset, new, &Published::default());
        writeln!(said, "{piece} → {new}\n{told}").unwrap();
    }
    said
}

#[test]
fn a_name_is_changed_wherever_it_is_said_and_printed_numbers_stay() {
    assert_snapshot!(asked(&[
        ("[2] + [trong_k$0y]", "tiep_nhan"),
        ("form $0B \"01/B\"", "DON"),
        ("row A dau_$0nam", "dau_ky"),
        ("[dau_nam, nstw.vo$0n]", "tien"),
        ("[dau_nam, ns$0tw.von]", "trung_uong"),
        ("check C$01", "TIEP_NHAN"),
        ("measure $0don\n", "la_don"),
        ("narrative tinh_$0hinh", "khai_quat"),
        ("event d$0ot", "vu"),
    ]));
}

#[test]
fn what_cannot_be_renamed_is_refused_with_the_reason() {
    assert_snapshot!(asked(&[
        ("issuer \"UBND $0tỉnh\"", "x1"),
        ("column $02 \"Kỳ trước", "ky_truoc"),
        ("column 3 trong$0_ky", "2x"),
        ("column 3 trong$0_ky", "Trong_ky"),
        ("column 3 trong$0_ky", "cột"),
        ("column 3 trong$0_ky", "tong"),
        ("form $0B \"01/B\"", "K"),
        ("route x$0a ->", "tinh"),
    ]));
}

fn published(version: u32) -> Published {
    Published {
        regimes: BTreeMap::from([("R".to_owned(), version)]),
    }
}

#[test]
fn a_published_name_needs_a_new_version_and_a_migration() {
    let (text, _) = cursor_in("form $0B \"01/B\"");
    let mut said = String::new();
    let second = text.replace("version 1 in force", "version 2 in force");
    let mapped = second.replace(
        "  test \"đủ\"",
        "  migrate from version 1 {\n    same B[1]\n    same K[nstw.von]\n  }\n  test \"đủ\"",
    );
    let cases = [
        ("version 1 is published", &text, "form B \"01", 5, "DON"),
        (
            "a number says what a column is",
            &second,
            "3 trong_ky",
            2,
            "moi",
        ),
        ("a form of version 2", &second, "form B \"01", 5, "DON"),
        ("with a migration", &mapped, "form B \"01", 5, "DON"),
        ("the regime itself", &second, "regime R ", 7, "S"),
        ("an event", &second, "event dot", 6, "vu"),
    ];
    for (title, text, piece, at, new) in cases {
        let offset = u32::try_from(text.find(piece).unwrap() + at).unwrap();
        let told = renamed(text, offset, new, &published(1));
        writeln!(said, "## {title}\n{told}").unwrap();
    }
    assert_snapshot!(said);
}

/// The diagnostics of a project, without the names in them.
fn codes(snapshot: &Snapshot) -> Vec<&'static str> {
    let mut codes: Vec<&str> = snapshot
        .diagnostics()
        .iter()
        .map(|told| told.problem.code())
        .collect();
    codes.sort_unstable();
    codes
}

#[test]
fn a_real_project_means_the_same_after_any_renaming() {
    let project = real_project();
    let snapshot = Snapshot::new(&project);
    let before = codes(&snapshot);
    let mut changes: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    let mut count = 0;
    let mut refused = 0;
    for file in snapshot.files() {
        let source = snapshot.source(file.id).unwrap();
        let all = declared::of_source(source);
        let mut own = Vec::new();
        declared::walk(&all, &mut Vec::new(), &mut |declared, _| {
            own.extend(declared.name);
        });
        // Every third name, all at once: renamings of different things do not disturb one another.
        for name in own.iter().step_by(3) {
            let new = format!("{}_moi", name.value);
            let edits = rename::edits(
                &snapshot,
                file.id,
                name.span.start,
                &new,
                &Published::default(),
            );
            match edits {
                Ok(edits) => {
                    count += 1;
                    for edit in edits {
                        changes.entry(edit.file).or_default().push(edit);
                    }
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(
        count > 100 && refused * 2 < count,
        "{count}, {refused} refused"
    );
    let sources = project.sources.iter().map(|source| {
        let mut edits = changes.remove(&source.file.id).unwrap_or_default();
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
        let text = applied(&source.file.text, source.file.id, &edits);
        Source::read(SourceFile::new(source.file.id, &source.file.path, &text))
    });
    let after = Snapshot::new(&Project {
        sources: sources.collect(),
        tables: project.tables.clone(),
    });
    let told: Vec<String> = after
        .diagnostics()
        .iter()
        .map(|told| format!("{:?}", told.problem))
        .collect();
    assert_eq!(codes(&after), before, "{told:#?}");
}
