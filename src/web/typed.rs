//! What a person typed into a cell, and what stands in the box again afterwards.
//!
//! It turns typed text into the entry that travels and back. What `-`, `x` and `1.234` mean is decided in [`crate::eval::display`]. Text that is no Vietnamese number is
//! refused and never stored: `1.23` kept as it stands would be read as machine text and become another number. The page shows the person their own words again with the reason.

use crate::calendar::dates::{parse_iso_date, show_date};
use crate::eval::attached::AttachedFile;
use crate::eval::display::read_typed;
use crate::eval::figures::Entry;
use crate::number::{Number, NumberProblem};
use crate::plan::cell::{CellDefinition, ValueType};
use crate::service::files::FileFault;
use crate::web::texts::{Language, plain, worded};
use crate::web::words::pick;
use unicode_normalization::UnicodeNormalization;

/// Why something typed, or a file, is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistyped {
    /// It is no number.
    Number(NumberProblem),
    /// It is no file that may be attached.
    File(FileFault),
}

/// Understands typed text; no entry is blank.
pub fn entry(typed: &str, cell: &CellDefinition) -> Result<Option<Entry>, Mistyped> {
    let typed: String = typed.nfc().collect();
    let entry = read_typed(&typed, cell.value).map_err(Mistyped::Number)?;
    match &entry {
        Some(Entry::Value(text))
            if cell.value == ValueType::File && AttachedFile::parse(text).is_none() =>
        {
            Err(Mistyped::File(FileFault::NotAFile { typed }))
        }
        _ => Ok(entry),
    }
}

/// A difference as people type it: a number, below zero too.
pub fn difference(typed: &str) -> Result<Number, Mistyped> {
    let typed: String = typed.nfc().collect();
    Number::parse_vietnamese(&typed).map_err(Mistyped::Number)
}

/// Why something was not taken, for the person who typed or chose it.
pub fn mistyped_text(language: Language, mistyped: &Mistyped) -> String {
    match mistyped {
        Mistyped::Number(problem) => problem_text(language, *problem),
        Mistyped::File(fault) => pick(language, fault.wording()),
    }
}

/// Why typed text is no number.
fn problem_text(language: Language, problem: NumberProblem) -> String {
    match problem {
        NumberProblem::Empty => plain(language, "typed-empty"),
        NumberProblem::UnexpectedCharacter {
            character,
            position,
        } => worded(
            language,
            "typed-character",
            &[
                ("character", character.to_string().into()),
                ("position", position.into()),
            ],
        ),
        NumberProblem::MissingDigits { .. } => plain(language, "typed-missing-digits"),
        NumberProblem::MalformedGrouping { .. } => plain(language, "typed-grouping"),
        NumberProblem::TooManyDigits { digits } => {
            worded(language, "typed-too-long", &[("digits", digits.into())])
        }
    }
}

/// What stands in the box of a cell that holds an entry: numbers the Vietnamese way, with no digit of the officer's left out.
pub fn shown(entry: Option<&Entry>, cell: &CellDefinition) -> String {
    match entry {
        None => String::new(),
        Some(Entry::Nil) => "-".to_string(),
        Some(Entry::Closed) => "x".to_string(),
        Some(Entry::Value(text)) => match (&cell.value, Number::parse(text)) {
            (ValueType::Number { decimals, .. }, Ok(number)) => {
                number.to_vietnamese(number.decimals().unwrap_or(0).max(*decimals))
            }
            (ValueType::File, _) => {
                AttachedFile::parse(text).map_or_else(|| text.clone(), |file| file.name)
            }
            (ValueType::Date, _) => parse_iso_date(text).map_or_else(|_| text.clone(), show_date),
            _ => text.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{entry, mistyped_text, shown};
    use crate::plan::cell::{CellDefinition, Nature, ValueType};
    use crate::web::texts::Language;

    fn column(value: ValueType) -> CellDefinition {
        CellDefinition::entered(value, Nature::Flow, true)
    }

    #[test]
    fn typed_text_becomes_an_entry_and_comes_back_as_people_write_it_or_is_refused_with_the_reason()
    {
        let column = column(ValueType::Number {
            decimals: 0,
            negative: true,
            percent: false,
        });
        let cases = [
            "",
            "  ",
            "-",
            "x",
            "0",
            "1.234",
            " 1234,5 ",
            "1.23",
            "-12",
            "12a",
            "1.234.567,80",
            "12,",
        ];
        let lines: Vec<String> = cases
            .iter()
            .map(|typed| match entry(typed, &column) {
                Ok(entry) => format!(
                    "{typed:?} → {entry:?} → {:?}",
                    shown(entry.as_ref(), &column)
                ),
                Err(problem) => format!(
                    "{typed:?} → {}",
                    mistyped_text(Language::Vietnamese, &problem)
                ),
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        "" → None → ""
        "  " → None → ""
        "-" → Some(Nil) → "-"
        "x" → Some(Closed) → "x"
        "0" → Some(Value("0")) → "0"
        "1.234" → Some(Value("1234")) → "1.234"
        " 1234,5 " → Some(Value("1234.5")) → "1.234,5"
        "1.23" → dấu chấm chỉ dùng để tách từng ba chữ số hàng nghìn; phần thập phân viết sau dấu phẩy (1.234,5)
        "-12" → Some(Value("-12")) → "-12"
        "12a" → ký tự “a” ở vị trí 3 không viết được trong một số
        "1.234.567,80" → Some(Value("1234567.8")) → "1.234.567,8"
        "12," → thiếu chữ số cạnh dấu
        "#);
    }

    #[test]
    fn a_text_column_takes_words_and_composes_their_letters() {
        let entry = entry("a\u{302}\u{301}", &column(ValueType::Text));
        assert_eq!(format!("{entry:?}"), "Ok(Some(Value(\"ấ\")))");
    }
}
