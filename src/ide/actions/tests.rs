use super::*;
use crate::analysis::project::{Project, Source};
use crate::text::SourceFile;
use std::sync::Arc;

const WORDS: &str = "measure don \"đơn\"\nlevel xa \"Cấp xã\"\nlevel so \"Cấp sở\"\n";

/// The texts after each action offered at the place marked with `|`, by title.
fn offered(body: &str) -> String {
    let marked = format!("regime A \"A\" version 1 in force from 01/01/2026 {{\n{body}}}\n");
    let offset = marked.find('|').expect("a marked place") as u32;
    let text = marked.replacen('|', "", 1);
    let read = |id, path, text: &str| Source::read(SourceFile::new(FileId(id), path, text));
    let snapshot = Snapshot::new(&Project {
        sources: vec![read(0, "common.regime", WORDS), read(1, "r.regime", &text)],
        tables: Arc::default(),
    });
    let mut shown = marked;
    for action in actions(&snapshot, FileId(1), Span::at(offset), Language::Vietnamese) {
        if matches!(action.kind, ActionKind::Keywords(_)) {
            continue;
        }
        shown.push_str(&format!("\n--- {} ({:?})\n", action.title.vi, action.kind));
        for (file, before) in [(0, WORDS), (1, text.as_str())] {
            let mut after = before.to_owned();
            let mut edits: Vec<_> = action
                .edits
                .iter()
                .filter(|edit| edit.file == FileId(file))
                .collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
            for edit in edits {
                after.replace_range(
                    edit.span.start as usize..edit.span.end as usize,
                    &edit.replacement,
                );
            }
            for line in similar(before, &after) {
                shown.push_str(&line);
            }
        }
    }
    shown
}

/// The lines that differ, each once: enough to see what an edit does.
fn similar(before: &str, after: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let gone = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("- {line}\n"));
    let come = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("+ {line}\n"));
    gone.chain(come).collect()
}

#[test]
fn what_is_offered_means_what_was_meant() {
    let form = "  form TH \"01/TH\" \"Tổng hợp\" {\n    rows each reporting unit\n    column 1 nam \"Nam\" measure don count flow\n";
    let places = [
        format!("{form}    column 2 n|u \"Nữ\" measure don count\n  }}\n"),
        format!("{form}    column 2 nu \"Nữ\" measure |ho count\n  }}\n"),
        format!(
            "{form}    column 2 nu \"Nữ\" measure don count\n    column 3 tong \"Tổng\" measure don count\n    che|ck C1: [3] = [1] + [2] message \"sai\"\n  }}\n"
        ),
        format!(
            "{form}    column 2 nu \"Nữ\" measure don count\n    warn W|1: [2] = [1] explain\n  }}\n"
        ),
        format!(
            "{form}    column 2 nu \"Nữ\" measure don text\n    colu|mn 3 a \"A\" text\n    colum 4 b \"B\"\n  }}\n"
        ),
    ];
    let shown: Vec<String> = places.iter().map(|place| offered(place)).collect();
    insta::assert_snapshot!(shown.join("\n=====\n"));
}

#[test]
fn a_form_with_groups_rules_and_a_measure_for_all_is_divided_and_its_figures_are_extracted() {
    let form = "  form TH \"01/TH\" \"Tổng hợp\" {\n    default measure don\n    rows each reporting unit\n    column 1 \"Đơn vị\" shows label\n    group \"Trong kỳ\" {\n      column 2 nam \"Nam\"\n      column 3 nu \"Nữ\"\n    }\n    group \"Cuối kỳ\" {\n      column 4 con|_nam \"Nam\" stock\n      column 5 con_nu \"Nữ\" stock\n    }\n    check C1: [2] >= [3] message \"sai\"\n    check C2: [4] >= [5] message \"sai\"\n";
    let places = [
        format!("{form}  }}\n"),
        // Something that stays and something that goes in one rule, and a test that names what would go.
        format!("{form}    check C3: [2] >= [4] message \"sai\"\n  }}\n"),
        format!("{form}  }}\n  test \"một\" {{\n    expect TH[5] = 1\n  }}\n"),
        format!("{}  }}\n", form.replace('|', "").replace("3 nu", "3 n|u")),
    ];
    let shown: Vec<String> = places.iter().map(|place| offered(place)).collect();
    insta::assert_snapshot!(shown.join("\n=====\n"));
}

#[test]
fn keywords_are_respelled_as_a_whole() {
    let text = "measure don \"đơn\"\n";
    let file = SourceFile::new(FileId(0), "common.regime", text);
    let snapshot = Snapshot::new(&Project {
        sources: vec![Source::read(file)],
        tables: Arc::default(),
    });
    let found = actions(&snapshot, FileId(0), Span::at(0), Language::Vietnamese);
    let [only] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(only.kind, ActionKind::Keywords(Language::Vietnamese));
    assert_eq!(only.edits[0].replacement, "đơn vị tính don \"đơn\"\n");
}
