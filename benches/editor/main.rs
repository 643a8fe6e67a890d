//! How soon an author sees what a keystroke has done: the real `regime lsp` in a project of 200 regimes, and beside it a well-known language server of similar job.
//!
//! `cargo bench --bench editor` starts each server as a program of its own, speaks to it over pipes as an editor does, types, asks, and reads what the system says of the process. The same driver
//! then does the same with taplo on TOML of equal size; how to get it is said where it is not found, and nothing else depends on it. A target that is missed ends the program with an error. What
//! the figures mean is told in `docs/performance.md`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement that cannot read its files has failed"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the time until an answer is what is measured"
)]

mod asking;
mod client;
mod figures;
mod process;
mod project;
mod session;
mod toml;
mod typing;
#[path = "../speed/verdict.rs"]
mod verdict;

use client::Program;
use figures::Samples;
use session::{Session, measure};
use std::path::PathBuf;
use std::process::ExitCode;
use verdict::Verdict;

/// How many regimes the project has beside its common words.
const REGIMES: usize = 200;

fn main() -> ExitCode {
    let texts = project::regimes(REGIMES);
    println!(
        "project: {REGIMES} regimes and the common words, {:.2} MB; load of the machine {}",
        project::megabytes(&texts),
        process::load()
    );
    let own = Program {
        path: std::env::var_os("REGIME").map_or_else(
            || PathBuf::from(env!("CARGO_BIN_EXE_regime")),
            PathBuf::from,
        ),
        arguments: &["lsp"],
        language: "regime",
        tells_versions: true,
    };
    let folder = project::Folder::new(&texts, true);
    let regimes = measure(&own, &folder, &project::OPENED, &typing::of_regimes(&texts));
    report("regime lsp", &regimes);

    let beside = taplo().map(|path| {
        let texts = toml::of_equal_size(&texts);
        let taplo = Program {
            path,
            arguments: &["lsp", "--no-auto-config", "stdio"],
            language: "toml",
            tells_versions: false,
        };
        let folder = project::Folder::new(&texts, false);
        // It knows only what is open, so everything is.
        let opened: Vec<&str> = texts.iter().map(|text| text.path.as_str()).collect();
        let session = measure(&taplo, &folder, &opened, &typing::of_toml(&texts));
        report("taplo", &session);
        session
    });
    compare(&regimes, beside.as_ref());
    println!("load of the machine at the end {}", process::load());

    let verdicts = verdicts(&regimes);
    let missed = verdicts.iter().filter(|verdict| !verdict.holds()).count();
    for verdict in &verdicts {
        println!("{verdict}");
    }
    if missed > 0 {
        println!("{missed} targets missed");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The other server, where the environment or the search path has it.
fn taplo() -> Option<PathBuf> {
    let named = std::env::var_os("TAPLO").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/taplo/bin/taplo");
    let found = named
        .into_iter()
        .chain(std::env::split_paths(&path).map(|folder| folder.join("taplo")))
        .chain([own])
        .find(|path| path.is_file());
    if found.is_none() {
        println!(
            "taplo is not here, so there is no yardstick: `cargo install taplo-cli --locked --no-default-features --features lsp,rustls-tls --root target/taplo`, or name it by TAPLO"
        );
    }
    found
}

/// What one server was seen doing.
fn report(name: &str, session: &Session) {
    println!("== {name}");
    println!(
        "first diagnostics after {:.0} ms; memory {:.1} MB, at most {:.1} MB",
        session.start, session.memory.now, session.memory.most
    );
    for kind in &session.kinds {
        println!(
            "keystroke, {}: {}, CPU time {:.2} ms each",
            kind.name,
            kind.samples,
            kind.cpu / kind.samples.count() as f64
        );
    }
    println!("keystroke, all of them: {}", session.keystrokes);
    println!(
        "CPU time of the server per keystroke in a regime: {:.2} ms",
        session.cpu_per_keystroke
    );
    println!("behind the usual pause: {}", session.behind_pause);
    for (what, samples) in session.asked() {
        println!("{what}: {samples}");
    }
    println!(
        "completions offered in all {}, hovers with an answer {} of {}",
        session.offered,
        session.told,
        session.hover.count()
    );
}

/// One figure of a session.
type Figure = fn(&Session) -> f64;

/// One table of both servers.
fn compare(own: &Session, beside: Option<&Session>) {
    println!("| | regime | taplo | ratio |");
    println!("|---|---|---|---|");
    let rows: [(&str, Figure); 12] = [
        ("keystroke to diagnostics, median, ms", |it| {
            it.keystrokes.median()
        }),
        ("keystroke to diagnostics, p99, ms", |it| {
            it.keystrokes.p99()
        }),
        ("CPU time per keystroke in a regime, ms", |it| {
            it.cpu_per_keystroke
        }),
        ("completion, median, ms", |it| it.completion.median()),
        ("completion, p99, ms", |it| it.completion.p99()),
        ("completion right behind a keystroke, median, ms", |it| {
            it.completion_pending.median()
        }),
        ("hover, median, ms", |it| it.hover.median()),
        ("hover, p99, ms", |it| it.hover.p99()),
        ("hover right behind a keystroke, median, ms", |it| {
            it.hover_pending.median()
        }),
        ("start to first diagnostics, ms", |it| it.start),
        ("memory at the end, MB", |it| it.memory.now),
        ("memory at most, MB", |it| it.memory.most),
    ];
    for (what, figure) in rows {
        let own = figure(own);
        match beside.map(figure) {
            Some(beside) => {
                println!("| {what} | {own:.2} | {beside:.2} | {:.2} |", own / beside);
            }
            None => println!("| {what} | {own:.2} | | |"),
        }
    }
}

/// The figures against their targets.
fn verdicts(own: &Session) -> Vec<Verdict> {
    let median = |what: &str, samples: &Samples, most| {
        Verdict::new(format!("{what}, median"), samples.median(), most, " ms")
    };
    let p99 = |what: &str, samples: &Samples, most| {
        Verdict::new(format!("{what}, p99"), samples.p99(), most, " ms")
    };
    let keystroke = "keystroke to diagnostics";
    vec![
        median(keystroke, &own.keystrokes, 15.0),
        p99(keystroke, &own.keystrokes, 50.0),
        median("completion", &own.completion, 5.0),
        median(
            "completion right behind a keystroke",
            &own.completion_pending,
            5.0,
        ),
        median("hover", &own.hover, 5.0),
        median("hover right behind a keystroke", &own.hover_pending, 5.0),
        Verdict::new("memory at most", own.memory.most, 150.0, " MB"),
    ]
}
