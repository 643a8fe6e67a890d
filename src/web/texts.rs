//! The words of the pages, in Vietnamese and English, from the Fluent files beside this room.
//!
//! Vietnamese comes first: it is the default language and the one that is written first. This module does not know pages or figures; it only finds a
//! message and puts values into it. Broken input: an unknown key is an error that names it, so that a page with a missing text never reaches a reader silently.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::fmt;
use std::sync::LazyLock;
use unic_langid::langid;

/// The Vietnamese messages as written.
pub const VIETNAMESE: &str = include_str!("locales/vi.ftl");
/// The English messages as written.
pub const ENGLISH: &str = include_str!("locales/en.ftl");

/// A language of the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese, the language of the law and of the people who work here.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// The language a code names, `vi` or `en`.
    pub fn from_code(code: &str) -> Option<Language> {
        match code {
            "vi" => Some(Language::Vietnamese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The code for `lang` attributes and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }

    /// The other one, for the language switch.
    pub fn other(self) -> Language {
        match self {
            Language::Vietnamese => Language::English,
            Language::English => Language::Vietnamese,
        }
    }
}

/// A message that cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingText {
    /// The key that was asked for.
    pub key: String,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for MissingText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "text {}: {}", self.key, self.problem)
    }
}

impl std::error::Error for MissingText {}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// Words or a figure that is already worded.
    Text(String),
    /// A count; it also chooses singular or plural in English.
    Count(i64),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Text(text.to_string())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Text(text)
    }
}

impl From<i64> for Argument {
    fn from(count: i64) -> Argument {
        Argument::Count(count)
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Argument {
        Argument::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The message of a key with its values.
pub fn text(
    language: Language,
    key: &str,
    arguments: &[(&str, Argument)],
) -> Result<String, MissingText> {
    let missing = |problem: &str| MissingText {
        key: key.to_string(),
        problem: problem.to_string(),
    };
    let bundle = match language {
        Language::Vietnamese => &*VIETNAMESE_BUNDLE,
        Language::English => &*ENGLISH_BUNDLE,
    };
    let message = bundle
        .get_message(key)
        .ok_or_else(|| missing("no such message"))?;
    let pattern = message
        .value()
        .ok_or_else(|| missing("the message has no text"))?;
    let mut values = FluentArgs::new();
    for (name, argument) in arguments {
        values.set(
            (*name).to_string(),
            match argument {
                Argument::Text(text) => FluentValue::from(text.clone()),
                Argument::Count(count) => FluentValue::from(*count),
            },
        );
    }
    let mut errors = Vec::new();
    let shown = bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned();
    match errors.first() {
        Some(error) => Err(missing(&error.to_string())),
        None => Ok(shown),
    }
}

/// The message of a key without values; a missing one shows its key, which the tests forbid.
pub fn plain(language: Language, key: &str) -> String {
    text(language, key, &[]).unwrap_or_else(|missing| missing.key)
}

/// The message of a key with its values; a missing one shows its key, which the tests forbid.
pub fn worded(language: Language, key: &str, arguments: &[(&str, Argument)]) -> String {
    text(language, key, arguments).unwrap_or_else(|missing| missing.key)
}

static VIETNAMESE_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(langid!("vi"), VIETNAMESE));
static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(langid!("en"), ENGLISH));

/// A bundle over one file. A damaged message is left out here and found by the test that compares both files.
fn bundle(language: unic_langid::LanguageIdentifier, source: &str) -> FluentBundle<FluentResource> {
    let resource = match FluentResource::try_new(source.to_string()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            tracing::error!(?errors, "a message file has mistakes");
            resource
        }
    };
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The invisible marks U+2068 and U+2069 would end up in copied text and in tests.
    bundle.set_use_isolating(false);
    if let Err(errors) = bundle.add_resource(resource) {
        tracing::error!(?errors, "a message is written twice");
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::{Argument, ENGLISH, Language, VIETNAMESE, text};
    use crate::web::templates;
    use std::collections::BTreeSet;

    /// The keys of a message file, each once.
    fn keys(source: &str) -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        for line in source.lines() {
            let is_message = line.starts_with(|letter: char| letter.is_ascii_lowercase());
            if let Some((key, _)) = line.split_once(" = ").filter(|_| is_message) {
                assert!(keys.insert(key), "{key} is written twice");
            }
        }
        keys
    }

    fn keys_after<'a>(source: &'a str, opening: &'a str) -> impl Iterator<Item = &'a str> {
        source
            .split(opening)
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(key, _)| key)
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_values() {
        assert_eq!(keys(VIETNAMESE), keys(ENGLISH));
        for key in keys(VIETNAMESE) {
            let used = |source: &'static str| -> BTreeSet<&'static str> {
                let message = source
                    .split(&format!("\n{key} = "))
                    .nth(1)
                    .unwrap_or_default();
                let lines = message.lines();
                let of_key: Vec<&str> = lines
                    .enumerate()
                    .take_while(|(number, line)| *number == 0 || line.starts_with([' ', '}']))
                    .map(|(_, line)| line)
                    .collect();
                let values = of_key.iter().flat_map(|line| line.split('$').skip(1));
                values
                    .filter_map(|rest| {
                        rest.split(|letter: char| !letter.is_ascii_lowercase())
                            .next()
                    })
                    .collect()
            };
            assert_eq!(used(VIETNAMESE), used(ENGLISH), "{key}");
        }
    }

    #[test]
    fn every_message_a_template_asks_for_exists_and_every_message_is_asked_for() {
        let known = keys(VIETNAMESE);
        let mut asked: BTreeSet<String> = BTreeSet::new();
        for (_, source) in templates::sources() {
            asked.extend(keys_after(&source, "t(\"").map(str::to_string));
        }
        let missing: Vec<&String> = asked
            .iter()
            .filter(|key| !known.contains(key.as_str()))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        let code: String = rust_sources().join("\n");
        let unused: Vec<&&str> = known
            .iter()
            .filter(|key| !asked.contains(**key) && !code.contains(&format!("\"{key}\"")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    fn rust_sources() -> Vec<String> {
        let mut folders =
            vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/web")];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.ends_with("frontend") {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    sources.push(std::fs::read_to_string(path).unwrap());
                }
            }
        }
        sources
    }

    #[test]
    fn every_message_the_code_asks_for_exists() {
        let known = keys(VIETNAMESE);
        for source in rust_sources() {
            for opening in [
                "plain(language, \"",
                "worded(language, \"",
                "plain(sheet.language, \"",
                "worded(sheet.language, \"",
            ] {
                for key in keys_after(&source, opening) {
                    assert!(known.contains(key), "{key}");
                }
            }
        }
    }

    #[test]
    fn counts_choose_the_english_plural_and_no_invisible_marks_stand_around_values() {
        let late = |language, days: i64| {
            text(language, "late-by", &[("days", Argument::Count(days))]).unwrap()
        };
        assert_eq!(late(Language::Vietnamese, 1), "trễ 1 ngày");
        assert_eq!(late(Language::English, 1), "one day late");
        assert_eq!(late(Language::English, 3), "3 days late");
    }

    #[test]
    fn a_message_with_a_value_left_out_is_an_error() {
        assert!(text(Language::Vietnamese, "late-by", &[]).is_err());
        assert!(text(Language::Vietnamese, "no-such-message", &[]).is_err());
    }
}
