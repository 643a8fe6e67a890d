//! Where questions are asked, and how a place is written for the protocol.
//!
//! Nothing here is measured. A place outside a text is its end.

use serde_json::{Value, json};

/// Offsets of letters spread evenly over a text, so many of them.
pub fn places(text: &str, count: usize) -> Vec<usize> {
    let letters: Vec<usize> = text
        .char_indices()
        .filter(|(_, letter)| letter.is_alphabetic() || *letter == '[')
        .map(|(place, letter)| if letter == '[' { place + 1 } else { place })
        .collect();
    let every = (letters.len() / count).max(1);
    letters.into_iter().step_by(every).take(count).collect()
}

/// The parameters of a question about an offset of a document.
pub fn about(uri: &str, text: &str, offset: usize) -> Value {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count();
    let on_line = before.rsplit('\n').next().unwrap_or("");
    let character: usize = on_line.chars().map(char::len_utf16).sum();
    json!({
        "textDocument": {"uri": uri},
        "position": {"line": line, "character": character},
    })
}
