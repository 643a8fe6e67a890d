use super::*;
use crate::analysis::project::{Project, Source};
use crate::text::SourceFile;
use std::sync::Arc;

const WORDS: &str = "measure don \"đơn\"\nmeasure ho_ngheo \"hộ nghèo\"\nlevel xa \"Cấp xã\"\nlevel so \"Cấp sở\"\ntag chu_dau_tu \"Chủ đầu tư\"\nagency so_y_te \"Sở Y tế\" level so\ncatalog nguon \"Nguồn vốn\" {\n  item nstw \"Ngân sách trung ương\"\n  item khac \"Nguồn khác\"\n}\n";

/// What is offered at the place marked with `|`, in the order of the list.
fn offered(marked: &str) -> String {
    let offset = marked.find('|').expect("a marked place");
    let text = marked.replacen('|', "", 1);
    let read = |id, path, text: &str| Source::read(SourceFile::new(FileId(id), path, text));
    let snapshot = Snapshot::new(&Project {
        sources: vec![read(0, "common.regime", WORDS), read(1, "r.regime", &text)],
        tables: Arc::default(),
    });
    let mut found = complete(&snapshot, FileId(1), offset as u32, Language::Vietnamese);
    found.sort_by(|one, other| one.order.cmp(&other.order));
    let lines: Vec<String> = found
        .iter()
        .map(|item| {
            let kind = match item.kind {
                CompletionKind::Name(kind) => kind.wording().en,
                other => format!("{other:?}"),
            };
            format!(
                "{kind}: {} ({}) for {:?}: {}",
                item.label,
                item.detail,
                item.replaces.of(&text),
                item.insert.replace('\n', "⏎")
            )
        })
        .collect();
    format!("{marked}\n---\n{}", lines.join("\n"))
}

const FORM: &str = "regime A \"A\" version 1 in force from 01/01/2026 {\n  basis \"Thông tư 02/2021/TT-TTCP\"\n  form TH \"01/TH\" \"Tổng hợp\" {\n    column 1 ton_dau \"Tồn đầu kỳ\" measure don count stock\n    column 2 trong_ky \"Tiếp nhận trong kỳ\" measure don count flow\n    column 3 nguon_von \"Nguồn\" choice nguon\n";

#[test]
fn names_are_found_by_what_is_printed_and_without_accents() {
    let places = [
        format!("{FORM}    column 4 tong \"Tổng\" measure |\n  }}\n}}\n"),
        format!("{FORM}    column 4 tong \"Tổng\" = [trong ky|]\n  }}\n}}\n"),
        format!("{FORM}    check C1: [|\n  }}\n}}\n"),
        format!("{FORM}    column 4 tong \"Tổng\" choice ng|\n"),
        format!("{FORM}  }}\n  outline {{ table | }}\n}}\n"),
        format!("{FORM}  }}\n  deadline |\n}}\n"),
        format!("{FORM}  }}\n  route xa with | -> so\n}}\n"),
        format!("{FORM}  }}\n  route xa -> |\n}}\n"),
        format!("{FORM}  }}\n  channel |\n}}\n"),
        format!("{FORM}  }}\n  basis \"tt|\"\n}}\n"),
        format!("{FORM}  }}\n  test \"t\" {{\n    given |\n  }}\n}}\n"),
        format!("{FORM}  }}\n  test \"t\" {{\n    expect TH[|\n  }}\n}}\n"),
        format!("{FORM}    column 4 |\n  }}\n}}\n"),
        "measure |".to_owned(),
    ];
    let shown: Vec<String> = places.iter().map(|place| offered(place)).collect();
    insta::assert_snapshot!(shown.join("\n\n=====\n"));
}

#[test]
fn known_legal_acts_and_bodies_are_offered_with_and_without_marks_and_never_what_is_being_written()
{
    let other = "}\nregime B \"B\" version 1 in force from 01/01/2026 {\n  basis \"Luật Thống kê\"\n  issuer \"Bộ Nội vụ\"\n}\n";
    let head = "regime A \"A\" version 1 in force from 01/01/2026 {\n";
    let shown = [
        offered(&format!("{head}  basis \"luat|\"\n{other}")),
        offered(&format!("{head}  basis |\n{other}")),
        offered(&format!("{head}  basis \"Nghị định 1\", |\n{other}")),
        offered(&format!("{head}  issuer \"|\"\n{other}")),
    ];
    insta::assert_snapshot!(shown.join("\n\n=====\n"));
}

#[test]
fn statements_come_with_what_follows_in_the_spelling_of_the_file() {
    let shown = [
        offered("chế độ A \"A\" {\n  biểu F \"F\" {\n    cột 1 \"A\"\n    cô|\n  }\n}\n"),
        offered(&format!("{FORM}    col|\n  }}\n}}\n")),
    ];
    insta::assert_snapshot!(shown.join("\n\n=====\n"));
}

#[test]
fn an_unreadable_beginning_is_offered_nothing_and_its_neighbours_are() {
    let broken =
        format!("{FORM}    column ((( |\n    column 5 \"E\" measure don count\n  }}\n}}\n");
    assert!(offered(&broken).ends_with("---\n"), "{}", offered(&broken));
    let beside = format!("{FORM}    column (((\n    column 5 \"E\" measure |\n  }}\n}}\n");
    assert!(offered(&beside).contains("don"), "{}", offered(&beside));
}
