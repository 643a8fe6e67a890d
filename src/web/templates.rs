//! The page templates: embedded minijinja files with strict undefined values and automatic escaping.
//!
//! Templates see plain view data and the texts of the reader's language through `t("key", name=value)`; never plans, figures' meaning or permissions.
//! Broken input: a template that asks for something it was not given fails loudly; the page becomes a plain 500 and the log names template and line.

use crate::web::texts::{self, Argument, Language};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value};
use rust_embed::Embed;
use serde::Serialize;
use std::sync::LazyLock;

#[derive(Embed)]
#[folder = "src/web/templates/"]
struct Sources;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

/// Renders a template with its view data; the data must hold `chrome.language`.
pub fn render<V: Serialize>(name: &str, view: &V) -> Result<String, Error> {
    ENVIRONMENT
        .get_template(name)?
        .render(Value::from(Serde(view)))
}

/// Names and sources of all templates, for the tests that read them.
pub fn sources() -> Vec<(String, String)> {
    Sources::iter()
        .filter_map(|name| {
            let file = Sources::get(&name)?;
            Some((
                name.to_string(),
                String::from_utf8(file.data.into_owned()).ok()?,
            ))
        })
        .collect()
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    match SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        Ok(syntax) => environment.set_syntax(syntax),
        Err(error) => tracing::error!(%error, "the template syntax is refused"),
    }
    environment.add_function("t", translate);
    for (name, source) in sources() {
        if let Err(error) = environment.add_template_owned(name.clone(), source) {
            tracing::error!(%name, %error, "a template has a mistake");
        }
    }
    environment
}

/// `t("key", name=value)`: the text of a key in the language of the page.
fn translate(state: &State<'_, '_>, key: &str, values: Kwargs) -> Result<String, Error> {
    let language = state
        .lookup("chrome")
        .and_then(|chrome| chrome.get_attr("language").ok())
        .and_then(|code| code.as_str().and_then(Language::from_code))
        .unwrap_or_default();
    let mut arguments = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let argument = match value.kind() {
            ValueKind::Number => i64::try_from(value.clone())
                .map_or_else(|_| Argument::Text(value.to_string()), Argument::Count),
            _ => Argument::Text(value.to_string()),
        };
        arguments.push((name, argument));
    }
    texts::text(language, key, &arguments)
        .map_err(|missing| Error::new(ErrorKind::InvalidOperation, missing.to_string()))
}
