//! What stands above a statement and can be pressed: run the test, see the form, what is published.
//!
//! What is published is told by whoever asks: only a store knows it. It deliberately runs nothing.

use crate::diagnostic::wording::Text;
use crate::syntax::ast::Item;
use crate::syntax::ast::header::RegimeMember;
use crate::syntax::ast::test::Test;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use std::collections::BTreeMap;

/// A version that reporters work by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedVersion {
    /// Its number.
    pub version: u32,
    /// How many units report it.
    pub units: usize,
}

/// The regimes that are published, by name, in their newest version; empty where there is no store.
pub type Published = BTreeMap<String, PublishedVersion>;

/// Something above a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The head of the statement.
    pub span: Span,
    /// What is shown.
    pub words: Text,
    /// What happens when it is pressed; nothing for a mere notice.
    pub does: Option<Press>,
}

/// What pressing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Runs all tests of the file.
    RunTests,
    /// Runs one test.
    RunTest {
        /// Its title, which another test may bear too.
        title: String,
        /// The byte where it begins.
        at: u32,
    },
    /// Shows the form of this name.
    Preview(String),
}

/// Everything above the statements of a file. `published` is none where no store is known, so that nothing is said about it.
pub fn lenses(snapshot: &Snapshot, file: FileId, published: Option<&Published>) -> Vec<Lens> {
    let Some(source) = snapshot.source(file) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in &source.tree.items {
        match item {
            Item::Regime(regime) => {
                if let Some(name) = &regime.name
                    && let Some(published) = published
                {
                    found.push(Lens {
                        span: regime.head,
                        words: told(published.get(&name.value)),
                        does: None,
                    });
                }
                let tests = regime.members.iter().filter_map(|member| match member {
                    RegimeMember::Test(test) => Some(test),
                    _ => None,
                });
                let count = tests.clone().count();
                if count > 0 {
                    found.push(Lens {
                        span: regime.head,
                        words: Text::new(
                            format!("▶ Chạy {count} ca kiểm thử"),
                            match count {
                                1 => "▶ Run 1 test".to_owned(),
                                _ => format!("▶ Run {count} tests"),
                            },
                        ),
                        does: Some(Press::RunTests),
                    });
                }
                for member in &regime.members {
                    if let RegimeMember::Form(form) = member
                        && let Some(name) = &form.name
                    {
                        found.push(Lens {
                            span: form.head,
                            words: Text::new("Xem trước", "Preview"),
                            does: Some(Press::Preview(name.value.clone())),
                        });
                    }
                }
                found.extend(tests.filter_map(of_test));
            }
            Item::Test(test) => found.extend(of_test(test)),
            _ => {}
        }
    }
    found.sort_by_key(|lens| lens.span);
    found
}

fn of_test(test: &Test) -> Option<Lens> {
    let title = test.title.as_ref()?;
    Some(Lens {
        span: title.span,
        words: Text::new("▶ Chạy", "▶ Run"),
        does: Some(Press::RunTest {
            title: title.value.clone(),
            at: test.span.start,
        }),
    })
}

fn told(published: Option<&PublishedVersion>) -> Text {
    match published {
        Some(PublishedVersion { version, units }) => Text::new(
            format!("đã công bố: bản {version}, {units} đơn vị"),
            match units {
                1 => format!("published: version {version}, 1 unit"),
                _ => format!("published: version {version}, {units} units"),
            },
        ),
        None => Text::new("chưa công bố", "not published"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::project::{Project, Source};
    use crate::text::SourceFile;

    #[test]
    fn each_test_and_form_can_be_pressed_and_what_is_published_is_told_where_it_is_known() {
        let text = "regime A \"A\" version 1 in force from 01/01/2026 {\n  form F \"F\" {\n  }\n  test \"một\" {\n  }\n}\n";
        let file = SourceFile::new(FileId(0), "a.regime", text);
        let snapshot = Snapshot::new(&Project {
            sources: vec![Source::read(file)],
            ..Project::default()
        });
        let told = |published: Option<&Published>| -> Vec<String> {
            let lenses = lenses(&snapshot, FileId(0), published);
            let shown = lenses.iter().map(|lens| {
                let words = lens.span.of(text).trim();
                format!("{} | {} | {:?}", words, lens.words.vi, lens.does)
            });
            shown.collect()
        };
        let version = PublishedVersion {
            version: 3,
            units: 130,
        };
        let published = Published::from([("A".to_owned(), version)]);
        insta::assert_debug_snapshot!((
            told(None),
            told(Some(&published)),
            told(Some(&Published::new()))
        ));
    }
}
