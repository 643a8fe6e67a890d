//! `regime read REGIME`: the whole regime in plain language, generated from its plans.
//!
//! It deliberately adds no words of its own. While the regime has mistakes they are shown instead.

use crate::cli::arguments::ReadArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::plan::Bilingual;
use crate::plan::reading::reading;
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &ReadArguments) -> Result<Outcome, Failure> {
    let Some(regime) = project::compiled(console, &arguments.regime)? else {
        return Ok(Outcome::Findings);
    };
    let chapters = reading(&regime.plan);
    if console.is_json() {
        console.json(&Read {
            regime: &regime.plan.header.name,
            version: regime.plan.header.version,
            chapters: chapters
                .into_iter()
                .map(|chapter| ChapterLines {
                    title: chapter.title,
                    sentences: chapter.sentences,
                })
                .collect(),
        });
        return Ok(Outcome::Clean);
    }
    for (position, chapter) in chapters.iter().enumerate() {
        if position > 0 {
            console.result("");
        }
        console.result(console.of(&chapter.title));
        for sentence in &chapter.sentences {
            console.result(&format!("- {}", console.of(sentence)));
        }
    }
    Ok(Outcome::Clean)
}

#[derive(Serialize)]
struct Read<'r> {
    regime: &'r str,
    version: u32,
    chapters: Vec<ChapterLines>,
}

#[derive(Serialize)]
struct ChapterLines {
    title: Bilingual,
    sentences: Vec<Bilingual>,
}
