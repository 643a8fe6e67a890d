//! Words in both languages, written side by side so that neither is forgotten.
//!
//! It deliberately holds no sentence of its own: each problem words itself.

use crate::text::language::Language;

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese, the language of record.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from both of its languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            vi: vi.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

/// Everything a problem says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// One sentence without a full stop: what is wrong, with its names and numbers.
    pub message: Text,
    /// Why it is a mistake at all; law or rule of the language where there is one.
    pub why: Text,
    /// What to do, if that can be said.
    pub help: Option<Text>,
}

impl Wording {
    /// A message and its reason; Vietnamese before English.
    pub fn new(message: Text, why: Text) -> Self {
        Self {
            message,
            why,
            help: None,
        }
    }

    /// The same wording with a way out.
    #[must_use]
    pub fn helped(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }
}
