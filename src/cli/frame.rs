//! A diagnostic on a terminal: code, words, framed source lines, ways out.
//!
//! It deliberately knows nothing of any particular mistake. Places outside a text are clipped to it, so every diagnostic has a frame.

use crate::cli::excerpt::Excerpt;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::text::language::Language;
use crate::text::{FileId, SourceFile, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

/// The most edits of one fix that are drawn in a file; all of them would be the file itself.
const MOST_DRAWN: usize = 20;

/// The frame of one diagnostic.
pub fn render(
    diagnostic: &Diagnostic,
    files: &[SourceFile],
    language: Language,
    coloured: bool,
) -> String {
    let wording = diagnostic.problem.wording();
    let choose = |vi, en| match language {
        Language::Vietnamese => vi,
        Language::English => en,
    };
    let level = match diagnostic.problem.severity() {
        Severity::Error => Level::ERROR.with_name(choose("lỗi", "error")),
        Severity::Warning => Level::WARNING.with_name(choose("cảnh báo", "warning")),
        Severity::Advice => Level::INFO.with_name(choose("khuyến nghị", "advice")),
    };
    let title = level
        .primary_title(wording.message.in_language(language))
        .id(diagnostic.problem.code());
    let mut main = Group::with_title(title);
    let mut shown: Vec<FileId> = vec![diagnostic.primary.file];
    for secondary in &diagnostic.secondary {
        if !shown.contains(&secondary.label.file) {
            shown.push(secondary.label.file);
        }
    }
    for file in shown.iter().filter_map(|id| found(files, *id)) {
        let primary = Some(diagnostic.primary).filter(|label| label.file == file.id);
        let secondary = || {
            let all = diagnostic.secondary.iter();
            all.filter(|secondary| secondary.label.file == file.id)
        };
        let others = secondary().map(|secondary| secondary.label);
        let places: Vec<Span> = primary
            .into_iter()
            .chain(others)
            .map(|label| label.span)
            .collect();
        let excerpt = Excerpt::of(&file.text, &places);
        let mut snippet = Snippet::source(excerpt.text.clone())
            .line_start(excerpt.line)
            .path(file.path.as_str())
            .fold(true);
        if let Some(place) = primary.and_then(|label| excerpt.place(label.span)) {
            snippet = snippet.annotation(AnnotationKind::Primary.span(place));
        }
        for secondary in secondary() {
            let label = secondary.note.wording().in_language(language).to_owned();
            if let Some(place) = excerpt.place(secondary.label.span) {
                snippet = snippet.annotation(AnnotationKind::Context.span(place).label(label));
            }
        }
        main = main.element(snippet);
    }
    main = main.element(
        Level::NOTE
            .with_name(choose("lý do", "why"))
            .message(wording.why.in_language(language)),
    );
    if let Some(help) = &wording.help {
        main = main.element(
            Level::HELP
                .with_name(choose("cách sửa", "help"))
                .message(help.in_language(language)),
        );
    }
    let mut report = vec![main];
    for fix in &diagnostic.fixes {
        let mut words = fix.wording().in_language(language).to_owned();
        if fix.edits.len() > MOST_DRAWN {
            words.push_str(choose(
                ", dưới đây là những chỗ đầu",
                ", the first are these",
            ));
        }
        let title = Level::HELP
            .with_name(choose("cách sửa", "help"))
            .secondary_title(words);
        let mut group = Group::with_title(title);
        for file in files {
            let edits: Vec<&Edit> = fix
                .edits
                .iter()
                .filter(|edit| edit.file == file.id)
                .take(MOST_DRAWN)
                .collect();
            if !edits.is_empty() {
                let places: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
                let excerpt = Excerpt::of(&file.text, &places);
                let patches = edits.iter().filter_map(|edit| {
                    let place = excerpt.place(edit.span)?;
                    Some(Patch::new(place, edit.replacement.as_str()))
                });
                group = group.element(
                    Snippet::source(excerpt.text.clone())
                        .line_start(excerpt.line)
                        .path(file.path.as_str())
                        .fold(true)
                        .patches(patches),
                );
            }
        }
        report.push(group);
    }
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.decor_style(DecorStyle::Unicode).render(&report)
}

fn found(files: &[SourceFile], id: FileId) -> Option<&SourceFile> {
    files.iter().find(|file| file.id == id)
}
