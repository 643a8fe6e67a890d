//! Questions asked at every place of real regimes, sound and cut off.

use super::{at, real, real_project, shown};
use insta::assert_snapshot;
use regime::analysis::project::{Project, Source};
use regime::ide::names;
use regime::ide::symbols;
use regime::syntax::tree::{Kind, Node};
use regime::text::language::Language;
use regime::text::{SourceFile, Span};
use regime::workspace::Snapshot;
use std::collections::BTreeMap;

/// The innermost names of a tree.
fn words(tree: &Node) -> Vec<Span> {
    let mut found = Vec::new();
    tree.walk(&mut |node| {
        let inner = node.children.iter().any(|child| child.kind() == Kind::Name);
        if node.kind() == Kind::Name && !inner {
            found.push(node.span);
        }
        true
    });
    found
}

#[test]
fn every_name_of_the_real_regimes_leads_somewhere_but_words_of_closed_lists_and_of_tables() {
    let snapshot = real();
    let mut lost: BTreeMap<String, String> = BTreeMap::new();
    let mut all = 0;
    for file in snapshot.files() {
        // A name is asked about at the first places where a file says it.
        let mut asked: BTreeMap<&str, u32> = BTreeMap::new();
        for span in words(&snapshot.tree(file.id).unwrap()) {
            let times = asked.entry(span.of(&file.text)).or_insert(0);
            *times += 1;
            if *times > 3 {
                continue;
            }
            all += 1;
            let certain = [span.start, span.end].into_iter().any(|offset| {
                names::at(&snapshot, file.id, offset).is_some_and(|name| name.certain)
            });
            if !certain {
                let line = shown(&snapshot, at(file.id, span));
                lost.entry(span.of(&file.text).to_owned()).or_insert(line);
            }
        }
    }
    assert!(all > 1_000, "{all} names");
    let lines: Vec<String> = lost.into_values().collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_regime_cut_off_anywhere_has_an_outline_and_names() {
    let project = real_project();
    let source = project
        .sources
        .iter()
        .find(|source| source.file.path.ends_with("kntc_xld.regime"))
        .unwrap();
    let text = &source.file.text;
    let mut answered = 0;
    let mut cuts = 0;
    let head = text.find("chế độ KNTC").unwrap();
    for cut in (head + 200..text.len()).step_by(2_777) {
        let cut = (cut..).find(|cut| text.is_char_boundary(*cut)).unwrap();
        let cut_off = SourceFile::new(source.file.id, &source.file.path, &text[..cut]);
        let sources = project.sources.iter().map(|known| {
            if known.file.id == source.file.id {
                Source::read(cut_off.clone())
            } else {
                known.clone()
            }
        });
        let snapshot = Snapshot::new(&Project {
            sources: sources.collect(),
            tables: project.tables.clone(),
        });
        cuts += 1;
        let outline = symbols::of_document(&snapshot, source.file.id, Language::Vietnamese);
        assert_eq!(outline.len(), 1, "cut at {cut}: {outline:?}");
        let near = text[..cut].rfind("don").map(|at| at + 1);
        let near = near.map(|at| u32::try_from(at).unwrap());
        answered += near
            .and_then(|offset| names::at(&snapshot, source.file.id, offset))
            .map_or(0, |_| 1);
        for offset in (0..=cut).rev().take(60) {
            let offset = u32::try_from(offset).unwrap();
            names::references(&snapshot, source.file.id, offset, true);
            names::type_definition(&snapshot, source.file.id, offset);
        }
    }
    assert!(cuts > 8 && answered * 10 > cuts * 7, "{answered} of {cuts}");
}
