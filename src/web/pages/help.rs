//! The page of a code of the language: why it is a mistake, a wrong and a right example, in both languages.
//!
//! It shows the same text as `regime explain` and the editors do, and needs no account. A code that does not exist is no page.

use crate::diagnostic::codes;
use crate::web::chrome::{Area, Chrome, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

/// What stands before the code in the address of its page.
pub const CODES: &str = "/tro-giup/ma-loi/";

#[derive(Serialize)]
struct CodePage {
    chrome: Chrome,
    title: String,
    blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
enum Block {
    Heading(String),
    Paragraph(Vec<Run>),
    Example(String),
}

/// Words, or a word of the language among them.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Run {
    text: String,
    is_code: bool,
}

/// `GET /tro-giup/ma-loi/{code}`
pub async fn code(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let markdown = codes::document(&code).ok_or(Problem::NotFound)?;
    let (title, blocks) = read(markdown);
    page(
        "help_code.html",
        &CodePage {
            chrome: chrome(&office, &visitor, Area::Outside, Vec::new()),
            title,
            blocks,
        },
    )
}

/// The title and the pieces of a page of the closed form that all pages of codes have: headings, paragraphs, fenced examples.
fn read(markdown: &str) -> (String, Vec<Block>) {
    let mut title = String::new();
    let mut blocks = Vec::new();
    let mut example: Option<Vec<&str>> = None;
    for line in markdown.lines() {
        if line.starts_with("```") {
            match example.take() {
                Some(lines) => blocks.push(Block::Example(lines.join("\n"))),
                None => example = Some(Vec::new()),
            }
        } else if let Some(lines) = &mut example {
            lines.push(line);
        } else if let Some(heading) = line.strip_prefix("# ") {
            heading.clone_into(&mut title);
        } else if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if !line.trim().is_empty() {
            blocks.push(Block::Paragraph(runs(line)));
        }
    }
    (title, blocks)
}

/// Every second piece between backticks is a word of the language.
fn runs(line: &str) -> Vec<Run> {
    let pieces = line.split('`').enumerate();
    let runs = pieces.map(|(place, text)| Run {
        text: text.to_owned(),
        is_code: place % 2 == 1,
    });
    runs.filter(|run| !run.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_a_code_is_read_whole() {
        for (code, markdown) in codes::PAGES {
            let (title, blocks) = read(markdown);
            assert!(title.starts_with(code), "{code}: {title}");
            let examples = blocks
                .iter()
                .filter(|block| matches!(block, Block::Example(_)));
            let fences = markdown.lines().filter(|line| line.starts_with("```"));
            assert_eq!(examples.count() * 2, fences.count(), "{code}");
        }
    }

    #[test]
    fn words_of_the_language_are_told_from_the_others() {
        let run = |text: &str, is_code| Run {
            text: text.to_owned(),
            is_code,
        };
        assert_eq!(
            runs("dùng `kỳ` ở đây"),
            [run("dùng ", false), run("kỳ", true), run(" ở đây", false)]
        );
    }
}
