//! What is typed: in a label, in a rule, a mistake that is made and mended, a new column, a remark; and in the common words on which every regime depends.
//!
//! Each is a sequence of whole texts, one per keystroke, from the text on disk and back to it. Nothing here is measured. A file without the place that is edited ends the program.

use crate::project::{COMMON, Text};

/// How the kinds end that are typed into the words on which every regime depends.
pub const COMMON_WORDS: &str = "of the common words";

/// One thing that is typed, keystroke by keystroke.
#[derive(Clone, Debug)]
pub struct Typing {
    /// What it is, in words.
    pub kind: &'static str,
    /// The file.
    pub path: String,
    /// The text after each keystroke, with the byte at which the cursor stands.
    pub steps: Vec<(String, usize)>,
}

/// What is typed into a file at a place: written letter by letter, and rubbed out again in the same way.
fn written(kind: &'static str, file: &Text, at: usize, words: &str) -> Typing {
    let ends = words.char_indices().map(|(place, _)| place).skip(1);
    let ends: Vec<usize> = ends.chain([words.len()]).collect();
    let back = ends.iter().rev().skip(1).copied().chain([0]);
    let steps = ends.iter().copied().chain(back).map(|end| {
        let (before, behind) = file.text.split_at(at);
        let typed = words.get(..end).expect("a boundary");
        (format!("{before}{typed}{behind}"), at + end)
    });
    Typing {
        kind,
        path: file.path.clone(),
        steps: steps.collect(),
    }
}

/// A sign that is taken away and put back, several times.
fn mistaken(kind: &'static str, file: &Text, at: usize) -> Typing {
    let (before, behind) = file.text.split_at(at);
    let without = format!("{before}{}", behind.get(1..).expect("a sign of one byte"));
    let both = [(without, at), (file.text.clone(), at + 1)];
    Typing {
        kind,
        path: file.path.clone(),
        steps: both.iter().cycle().take(12).cloned().collect(),
    }
}

/// The offset of the first line that fits, and its text.
fn line(file: &Text, fits: impl Fn(&str) -> bool) -> (usize, &str) {
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        if fits(line.trim()) {
            return (at, line.trim_end());
        }
        at += line.len();
    }
    panic!("{} has no line to be edited", file.path);
}

/// The byte of the mark that closes the first label of a line.
fn label_end((at, line): (usize, &str)) -> usize {
    let mut marks = line.match_indices('"').map(|(place, _)| place);
    at + marks.nth(1).expect("a label")
}

fn named<'t>(texts: &'t [Text], path: &str) -> &'t Text {
    let mut texts = texts.iter();
    texts
        .find(|text| text.path == path)
        .expect("a file of the project")
}

/// What is typed into regimes and their common words.
pub fn of_regimes(texts: &[Text]) -> Vec<Typing> {
    let mut all = Vec::new();
    let files = [
        (
            "kntc_xld_09.regime",
            "\n    cột \"Trong đó: mới\" đơn vị don",
        ),
        (
            "ktxh_09.regime",
            "\n    column \"Trong đó: mới\" measure don",
        ),
        (
            "dtc_09.regime",
            "\n    column \"Trong đó: mới\" measure don",
        ),
        (
            "btnn_09.regime",
            "\n    column \"Trong đó: mới\" measure don",
        ),
    ];
    for (path, column) in files {
        let file = named(texts, path);
        let declares = |line: &str| {
            let is_column = ["column ", "cột "]
                .iter()
                .any(|word| line.starts_with(word));
            is_column && line.contains('"') && line.contains(char::is_numeric)
        };
        let of_column = line(file, declares);
        let end = label_end(of_column);
        all.push(written("in a label", file, end, " của đơn vị"));
        all.push(mistaken("a mistake made and mended", file, end));
        all.push(written(
            "a new column",
            file,
            of_column.0 + of_column.1.len(),
            column,
        ));
        let of_rule = line(file, |line| {
            let is_rule =
                line.contains("check ") || line.contains("kiểm tra ") || line.contains("= [");
            is_rule && line.contains(']')
        });
        let open = of_rule.1.find('[').expect("a bracket");
        let inside = of_rule.1.get(open..).unwrap_or("");
        let close = open + inside.find(']').expect("its other end") + 1;
        let place = of_rule.1.get(open..close).expect("a place");
        all.push(written(
            "in a rule",
            file,
            of_rule.0 + close,
            &format!(" + {place}"),
        ));
        all.push(written("a remark", file, of_rule.0, "// xem lại\n"));
    }
    let common = named(texts, COMMON);
    let measure = line(common, |line| line.starts_with("measure "));
    all.push(written(
        "in a label of the common words",
        common,
        label_end(measure),
        " thư",
    ));
    all.push(written(
        "a new line of the common words",
        common,
        measure.0,
        "measure moi \"mới\"\n",
    ));
    all
}

/// The same in TOML.
pub fn of_toml(texts: &[Text]) -> Vec<Typing> {
    let mut all = Vec::new();
    let files = [
        "kntc_xld_09.toml",
        "ktxh_09.toml",
        "dtc_09.toml",
        "btnn_09.toml",
        "common.toml",
    ];
    for path in files {
        let file = named(texts, path);
        let label = line(file, |line| line.starts_with("label = "));
        let end = label_end(label);
        all.push(written("in a label", file, end, " của đơn vị"));
        all.push(mistaken("a mistake made and mended", file, end));
        let list = line(file, |line| line.starts_with("sum = "));
        let close = list.0 + list.1.find(']').expect("the end of a list");
        all.push(written("in a list", file, close, ", 17"));
        let fresh = "\nfresh = \"Trong đó: mới\"";
        all.push(written("a new key", file, list.0 + list.1.len(), fresh));
        all.push(written("a remark", file, list.0, "# xem lại\n"));
    }
    all
}
