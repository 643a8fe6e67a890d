//! The history of one file: who changed it when, and which lines.
//!
//! A studio saves every few seconds, so changes of one person that follow each other closely are told as one. Nothing here can be changed. Broken input: a file that never was is no page.

use super::{STUDIO, file_page, name_of};
use crate::calendar::Moment;
use crate::service::drafts::DraftHistory;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

/// Changes of one person are one entry as long as no pause between them is longer, in seconds.
const PAUSE: i64 = 15 * 60;
/// The most lines that are shown of one entry.
const MOST_LINES: usize = 200;

#[derive(Serialize)]
struct HistoryPage {
    chrome: Chrome,
    path: String,
    href: String,
    entries: Vec<EntryLine>,
}

#[derive(Serialize)]
struct EntryLine {
    last: u32,
    saves: String,
    at: String,
    by: String,
    removed: bool,
    lines: Vec<ChangedLine>,
    /// How many changed lines are not shown.
    more: usize,
}

#[derive(Serialize)]
struct ChangedLine {
    sign: &'static str,
    class: &'static str,
    number: usize,
    text: String,
}

/// Changes of one person without a long pause.
struct Sitting {
    first: u32,
    last: u32,
    at: Moment,
    by: String,
    removed: bool,
    before: String,
    after: String,
}

/// `GET /soan/lich-su/{*path}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    let (actor, of) = (person.actor.clone(), path.clone());
    let (history, sittings) = office
        .run(move |service| {
            let history = service.draft_history(&actor, &of)?;
            let sittings = sittings(&history);
            Ok((history, sittings))
        })
        .await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to(STUDIO, plain(language, "nav-studio")),
        Crumb::to(file_page(&path), path.clone()),
        Crumb::here(plain(language, "studio-history")),
    ];
    let entries = sittings.into_iter().rev().map(|sitting| {
        let by = name_of(&history.names, &sitting.by, language);
        entry(sitting, by, language)
    });
    let view = HistoryPage {
        chrome: chrome(&office, &person.visitor, Area::Studio, crumbs),
        href: file_page(&path),
        entries: entries.collect(),
        path,
    };
    page("studio_history.html", &view)
}

/// The sittings, oldest first.
fn sittings(history: &DraftHistory) -> Vec<Sitting> {
    let mut sittings: Vec<Sitting> = Vec::new();
    let mut text = String::new();
    for change in &history.changes {
        // Changes are stored in the same transaction as the text; one that does not fit would be damage, and is shown as it stands.
        let after = change.difference.applied(&text);
        let after = after.unwrap_or_else(|| change.difference.inserted.clone());
        let goes_on = |last: &&mut Sitting| {
            let pause = change.at.to_unix_seconds() - last.at.to_unix_seconds();
            last.by == change.by && pause <= PAUSE && !last.removed && !change.removed
        };
        match sittings.last_mut().filter(goes_on) {
            Some(last) => {
                last.last = change.revision;
                last.at = change.at;
                last.after.clone_from(&after);
            }
            None => sittings.push(Sitting {
                first: change.revision,
                last: change.revision,
                at: change.at,
                by: change.by.clone(),
                removed: change.removed,
                before: text,
                after: after.clone(),
            }),
        }
        text = after;
    }
    sittings
}

fn entry(sitting: Sitting, by: String, language: Language) -> EntryLine {
    let (first, last) = (i64::from(sitting.first), i64::from(sitting.last));
    let saves = match first == last {
        true => worded(language, "studio-revision", &[("number", last.into())]),
        false => {
            let arguments = [("first", first.into()), ("last", last.into())];
            worded(language, "studio-revisions", &arguments)
        }
    };
    let mut lines = changed_lines(&sitting.before, &sitting.after);
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    EntryLine {
        last: sitting.last,
        saves,
        at: words::moment(sitting.at),
        by,
        removed: sitting.removed,
        lines,
        more,
    }
}

/// The lines from the first that differs to the last that differs, the old ones before the new ones.
fn changed_lines(before: &str, after: &str) -> Vec<ChangedLine> {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - head;
    let backward = old.iter().rev().zip(new.iter().rev());
    let tail = backward.take(rest).take_while(same).count();
    let line = |sign, class| {
        move |(number, text): (usize, &&str)| ChangedLine {
            sign,
            class,
            number: number + 1,
            text: (*text).to_owned(),
        }
    };
    let gone = old.iter().enumerate().skip(head);
    let gone = gone.take(old.len() - head - tail);
    let come = new.iter().enumerate().skip(head);
    let come = come.take(new.len() - head - tail);
    gone.map(line("−", "line-removed"))
        .chain(come.map(line("+", "line-added")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::changed_lines;

    #[test]
    fn the_lines_that_differ_are_told_and_no_others() {
        let told = |before: &str, after: &str| -> String {
            let lines = changed_lines(before, after);
            let lines = lines
                .iter()
                .map(|line| format!("{}{} {}", line.sign, line.number, line.text));
            lines.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(told("", ""), "");
        assert_eq!(told("a\nb\nc", "a\nb\nc"), "");
        assert_eq!(told("a\nb\nc", "a\nx\nc"), "−2 b\n+2 x");
        assert_eq!(told("a\nc", "a\nb\nc"), "+2 b");
        assert_eq!(told("a\na", "a\na\na"), "+3 a");
        assert_eq!(told("a\nb", ""), "−1 a\n−2 b");
    }
}
