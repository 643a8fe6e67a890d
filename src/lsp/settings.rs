//! What a client may set: the language of all words, the pause before mistakes are published, where the pages of the codes are.
//!
//! Settings come with the first message and may change later. It deliberately does not know who asks. A setting that cannot be read is left as it was.

use crate::text::language::Language;
use serde_json::Value;
use std::time::Duration;
use tower_lsp::lsp_types::InitializeParams;

/// The address of the page of a code, for a client that asks for it by [`crate::lsp::custom::explain`].
pub const OWN_HELP: &str = "regime-help:/";

/// The settings of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of messages and all other words.
    pub language: Language,
    /// How long the text must have been still before its mistakes are published.
    pub debounce: Duration,
    /// What stands before the code in the address of its page.
    pub help: String,
    /// Minutes one figure costs the person who fills it in, for the burden of a form; one minute while nobody has said so.
    pub minutes_per_cell: Option<u32>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            language: Language::Vietnamese,
            debounce: Duration::from_millis(100),
            help: OWN_HELP.to_owned(),
            minutes_per_cell: None,
        }
    }
}

impl Settings {
    /// The settings of a client that introduces itself: its own language, unless its options say another one.
    #[must_use]
    pub fn introduced(mut self, client: &InitializeParams) -> Settings {
        if let Some(language) = client.locale.as_deref().and_then(language) {
            self.language = language;
        }
        match &client.initialization_options {
            Some(options) => self.changed(options),
            None => self,
        }
    }

    /// The settings after a change. They stand in the object itself or under `regime`.
    #[must_use]
    pub fn changed(mut self, value: &Value) -> Settings {
        let value = value.get("regime").unwrap_or(value);
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let count = |name: &str| value.get(name).and_then(Value::as_u64);
        if let Some(language) = text("language").and_then(language) {
            self.language = language;
        }
        // More than ten seconds is no pause but a server that seems dead.
        if let Some(pause) = count("debounce").filter(|pause| *pause <= 10_000) {
            self.debounce = Duration::from_millis(pause);
        }
        if let Some(help) = text("help").filter(|help| !help.is_empty()) {
            help.clone_into(&mut self.help);
        }
        if let Some(minutes) = count("minutesPerCell") {
            self.minutes_per_cell = u32::try_from(minutes).ok().filter(|minutes| *minutes > 0);
        }
        self
    }

    /// The address of the page of a code.
    pub fn help_of(&self, code: &str) -> String {
        if self.help == OWN_HELP {
            format!("{OWN_HELP}{code}.md")
        } else {
            format!("{}{code}", self.help)
        }
    }
}

/// The language of a tag such as `vi` or `en-GB`; none for one that the product does not speak.
fn language(tag: &str) -> Option<Language> {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        "vi" => Some(Language::Vietnamese),
        "en" => Some(Language::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn introduced(locale: Option<&str>, options: Value) -> Settings {
        Settings::default().introduced(&InitializeParams {
            locale: locale.map(str::to_owned),
            initialization_options: Some(options),
            ..InitializeParams::default()
        })
    }

    #[test]
    fn vietnamese_is_spoken_unless_the_client_or_its_settings_say_otherwise() {
        let language = |locale, options| introduced(locale, options).language;
        assert_eq!(language(None, json!({})), Language::Vietnamese);
        assert_eq!(language(Some("fr"), json!(null)), Language::Vietnamese);
        assert_eq!(language(Some("en-US"), json!({})), Language::English);
        assert_eq!(
            language(Some("en-US"), json!({"language": "vi"})),
            Language::Vietnamese
        );
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_was() {
        let before = introduced(Some("en"), json!({"debounce": 5}));
        let absurd = json!({"regime": {"language": 7, "debounce": 1e12, "help": ""}});
        assert_eq!(before.clone().changed(&absurd), before);
        assert_eq!(before.clone().changed(&json!([1])), before);
        assert_eq!(before.debounce, Duration::from_millis(5));
    }

    #[test]
    fn the_page_of_a_code_has_an_address_with_and_without_a_site() {
        assert_eq!(Settings::default().help_of("R203"), "regime-help:/R203.md");
        let site = json!({"help": "https://bao-cao.example/tro-giup/ma-loi/"});
        assert_eq!(
            introduced(None, site).help_of("R203"),
            "https://bao-cao.example/tro-giup/ma-loi/R203"
        );
    }
}
