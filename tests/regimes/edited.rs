//! A project under edits, as an editor sees it: what is found after each edit is what is found in the same texts read anew, whatever was sound or broken before.
//!
//! The same edits on every run, all over the real regimes and their common words; `tests/long` makes many more. What differs is told with the edit that shows it.

use super::project;
use regime::analysis::project::Source;
use regime::plan::CompiledRegime;
use regime::text::SourceFile;
use regime::workspace::edited::Workspace;
use regime::workspace::{RegimeSource, Snapshot};

/// How many edits are made.
fn edits() -> usize {
    match std::env::var_os("REGIME_LONG") {
        Some(_) => 1_500,
        None => 24,
    }
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    /// A number below a bound, which is at least 1.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound.max(1)
    }
}

/// What a hand puts into a text: halves of statements, names, whole statements that others depend on.
const PIECES: [&str; 16] = [
    "{",
    "}",
    "\"",
    "[2]",
    "[99]",
    " + ",
    "1",
    "xa",
    "so_tu_phap",
    "\n",
    "//",
    "KNTC_XLD.",
    "\nmeasure don_moi \"đơn mới\"\n",
    "\nquy tắc KNTC_XLD.C1 tắt từ 01/10/2026 \"thử\"\n",
    "\nregime MOI \"Mới\" version 1 in force from 01/01/2026 {\n",
    "\nexpect holds C1\n",
];

/// A text with one edit, and the edit in words.
fn changed(text: &str, dice: &mut Dice) -> (String, String) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let number = dice.below(lines.len());
    let line = lines.get(number).copied().unwrap_or_default();
    let words: Vec<&str> = line.split_inclusive(' ').collect();
    let word = dice.below(words.len());
    let piece = PIECES[dice.below(PIECES.len())];
    let joined = |part: &[&str]| part.concat();
    let (after, what) = match dice.below(6) {
        0 => (String::new(), "line gone".to_owned()),
        1 => (line.repeat(2), "line twice".to_owned()),
        2 => {
            let mut rest = words.clone();
            let gone = if rest.is_empty() {
                ""
            } else {
                rest.remove(word)
            };
            (joined(&rest), format!("`{gone}` gone"))
        }
        3 => {
            // A figure that points somewhere else.
            let digit = char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or_default());
            let at = line.find(|letter: char| letter.is_ascii_digit());
            let mut new = line.to_owned();
            if let Some(at) = at {
                new.replace_range(at..at + 1, &digit.to_string());
            }
            (new, format!("first digit made {digit}"))
        }
        _ => {
            let mut rest = words.clone();
            rest.insert(word, piece);
            (joined(&rest), format!("`{piece}` put in"))
        }
    };
    let mut all: Vec<&str> = lines.clone();
    if let Some(place) = all.get_mut(number) {
        *place = &after;
    }
    (all.concat(), format!("line {}: {what}", number + 1))
}

#[test]
fn what_is_found_after_an_edit_is_what_is_found_in_the_texts_read_anew() {
    let sound = project();
    let tables = sound.tables.clone();
    let reader = move |path: &str| tables.get(path).cloned();
    let mut workspace = Workspace::new(sound.clone(), Box::new(reader));
    let mut project = sound.clone();
    let mut dice = Dice(20_261_122);
    let mut errors = 0;
    for round in 0..edits() {
        // Each third round begins from what is sound, so that broken states follow sound ones and the other way round.
        if round % 3 == 0 {
            for (source, sound) in project.sources.iter_mut().zip(&sound.sources) {
                if source.file.text != sound.file.text {
                    workspace.set(&sound.file.path, &sound.file.text);
                    *source = Source::read(sound.file.clone());
                }
            }
        }
        // Every fourth edit is in the words that all regimes share.
        let words = project
            .sources
            .iter()
            .position(|source| source.file.path == "common.regime");
        let place = match words {
            Some(words) if round % 4 == 3 => words,
            _ => dice.below(project.sources.len()),
        };
        let file = project.sources[place].file.clone();
        let (text, what) = changed(&file.text, &mut dice);
        let what = format!("{} {what}", file.path);
        workspace.set(&file.path, &text);
        project.sources[place] = Source::read(SourceFile::new(file.id, &file.path, &text));

        let (edited, anew) = (workspace.snapshot(), Snapshot::new(&project));
        assert_eq!(edited.diagnostics(), anew.diagnostics(), "{what}");
        assert_eq!(edited.references(), anew.references(), "{what}");
        let plans = |snapshot: &Snapshot| -> Vec<_> {
            snapshot
                .regimes()
                .map(|regime| (regime.name().to_owned(), regime.plan().cloned()))
                .collect()
        };
        assert!(plans(&edited) == plans(&anew), "{what}: other plans");
        assert_eq!(edited.switches(), anew.switches(), "{what}");
        assert_eq!(edited.organisation(), anew.organisation(), "{what}");
        errors += usize::from(anew.error_count() > 0);
    }
    // Edits that break nothing and edits that break something.
    assert!(errors > edits() / 4 && errors < edits(), "{errors}");
}

#[test]
fn an_edit_leaves_the_plans_of_regimes_that_it_does_not_touch_the_very_same() {
    let mut project = project();
    let before = Snapshot::new(&project);
    let place = project
        .sources
        .iter()
        .position(|source| source.file.path == "dtc.regime")
        .expect("the regime of public investment is there");
    let file = project.sources[place].file.clone();
    let text = file.text.replacen("column ", "colum ", 1);
    assert_ne!(*file.text, text, "nothing is edited");
    project.sources[place] = Source::read(SourceFile::new(file.id, &file.path, &text));
    let plans = |snapshot: &Snapshot| -> Vec<(String, Option<*const CompiledRegime>)> {
        let one = |regime: RegimeSource| {
            let plan = regime.plan().map(std::ptr::from_ref);
            (regime.name().to_owned(), plan)
        };
        snapshot.regimes().map(one).collect()
    };
    let (known, broken) = (plans(&before), before.after(&project));
    for (known, now) in known.iter().zip(plans(&broken)) {
        // The table of socio-economic figures reads the public investment.
        match known.0.as_str() {
            "DTC" | "KTXH" => assert_eq!(now.1, None, "{}", known.0),
            _ => assert_eq!(*known, now),
        }
    }
}
