//! Small regimes for tests, written as lines of text and compiled by hand into plans.
//!
//! ```text
//! level xa: xa, phuong
//! catalog linh_vuc: dat_dai "Đất đai", nha_o "Nhà ở" in dat_dai
//! form A chosen linh_vuc total        (or: own, from linh_vuc)
//! column 3 "Tổng số" = [4] + [5] = [7]
//! column 6 "Từ kỳ trước" carry [11]
//! check C1: [6] <= [4] when [8] = 0 only quarter 1 message "…{[6]}…"
//! regime
//! balance T1: A[1] = B[1]
//! ```

use crate::formula::{self, Node};
use crate::lowering::lower;
use regime::calendar::PeriodKind;
use regime::plan::CompiledRegime;
use regime::plan::cell::{Nature, ValueType};
use regime::plan::header::Level;
use regime::plan::validation::Severity;

/// An entry of a test catalogue: name, label, place of its parent.
pub type WrittenEntry = (String, String, Option<usize>);

/// A test catalogue: name and entries.
pub type WrittenCatalog = (String, Vec<WrittenEntry>);

/// A column of a test regime, as written.
#[derive(Debug, Clone)]
pub struct WrittenColumn {
    pub code: String,
    pub label: String,
    pub value: ValueType,
    pub nature: Nature,
    pub optional: bool,
    pub sides: Vec<Node>,
    pub carry: Option<Node>,
    pub within: Option<Node>,
    pub range: Option<(Node, Node)>,
    pub side_texts: Vec<String>,
}

/// A rule of a test regime, as written.
#[derive(Debug, Clone)]
pub struct WrittenRule {
    pub key: String,
    pub form: Option<usize>,
    pub severity: Severity,
    /// One side is a condition; several are a balance.
    pub sides: Vec<Node>,
    pub when: Option<Node>,
    pub only: Option<(PeriodKind, Option<u16>)>,
    pub message: Option<String>,
    pub text: String,
    pub side_texts: Vec<String>,
}

/// A form of a test regime, as written.
#[derive(Debug, Clone)]
pub struct WrittenForm {
    pub name: String,
    /// `own`, `chosen` or `from`.
    pub rows: String,
    pub catalog: Option<usize>,
    pub total: bool,
    pub columns: Vec<WrittenColumn>,
}

/// A test regime as written, and its plan.
pub struct Built {
    pub forms: Vec<WrittenForm>,
    pub rules: Vec<WrittenRule>,
    /// Entries by catalogue: name, label, parent.
    pub catalogs: Vec<WrittenCatalog>,
    pub plan: CompiledRegime,
}

/// Builds a test regime; a line that is not understood stops the test.
pub fn build(text: &str) -> Built {
    let mut forms: Vec<WrittenForm> = Vec::new();
    let mut rules: Vec<WrittenRule> = Vec::new();
    let mut catalogs: Vec<WrittenCatalog> = Vec::new();
    let mut levels = Vec::new();
    let mut here: Option<usize> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "catalog" => {
                let (name, entries) = rest.split_once(':').expect("a catalogue has entries");
                let mut all: Vec<WrittenEntry> = Vec::new();
                for entry in entries.split(',').map(str::trim) {
                    let mut parts = entry.split('"');
                    let name = parts.next().unwrap_or("").trim().to_string();
                    let label = parts.next().unwrap_or(&name).to_string();
                    let parent = parts
                        .next()
                        .and_then(|tail| tail.trim().strip_prefix("in "));
                    let parent = parent.map(|parent| {
                        all.iter()
                            .position(|(name, ..)| name == parent)
                            .expect("a parent")
                    });
                    all.push((name, label, parent));
                }
                catalogs.push((name.trim().to_string(), all));
            }
            "level" => {
                let (name, items) = rest.split_once(':').unwrap_or((rest, ""));
                levels.push(Level {
                    name: name.trim().to_string(),
                    label: name.trim().to_string(),
                    beside: None,
                    items: items
                        .split(',')
                        .map(|item| (item.trim().to_string(), item.trim().to_string()))
                        .collect(),
                });
            }
            "form" => {
                let words: Vec<&str> = rest.split_whitespace().collect();
                here = Some(forms.len());
                forms.push(WrittenForm {
                    name: words[0].to_string(),
                    rows: words[1].to_string(),
                    catalog: (words[1] != "own").then(|| {
                        catalogs
                            .iter()
                            .position(|(name, _)| name == words[2])
                            .expect("a catalogue")
                    }),
                    total: words.last() == Some(&"total"),
                    columns: Vec::new(),
                });
            }
            "regime" => here = None,
            "column" => forms[here.expect("a form")].columns.push(column(rest)),
            "check" | "warn" | "explain" | "balance" => rules.push(rule(word, rest, here, line)),
            _ => panic!("`{line}` is no line of a test regime"),
        }
    }
    let plan = lower(&forms, &rules, &catalogs, levels);
    Built {
        forms,
        rules,
        catalogs,
        plan,
    }
}

fn column(text: &str) -> WrittenColumn {
    let mut quotes = text.splitn(3, '"');
    let code = quotes.next().unwrap_or("").trim().to_string();
    let label = quotes.next().expect("a label").to_string();
    let mut rest = quotes.next().unwrap_or("").trim().to_string();
    let mut made = WrittenColumn {
        code,
        label,
        value: ValueType::Number {
            decimals: 0,
            negative: false,
            percent: false,
        },
        nature: Nature::Flow,
        optional: false,
        sides: Vec::new(),
        carry: None,
        within: None,
        range: None,
        side_texts: Vec::new(),
    };
    while !rest.is_empty() {
        let (word, tail) = rest.split_once(' ').unwrap_or((&rest, ""));
        let tail = tail.trim().to_string();
        match word {
            "integer" => {
                made.value = ValueType::Number {
                    decimals: 0,
                    negative: true,
                    percent: false,
                }
            }
            "text" => made.value = ValueType::Text,
            "decimal" | "percent" => {
                let (digits, after) = tail.split_once(' ').unwrap_or((&tail, ""));
                made.value = ValueType::Number {
                    decimals: digits.parse().expect("digits"),
                    negative: word == "percent",
                    percent: word == "percent",
                };
                rest = after.trim().to_string();
                continue;
            }
            "optional" => made.optional = true,
            "stock" => made.nature = Nature::Stock,
            "afresh" => made.nature = Nature::NotOverTime,
            "carry" => {
                made.carry = Some(formula::parse(&tail));
                made.nature = Nature::Opening;
                return made;
            }
            "within" => {
                made.within = Some(formula::parse(&tail));
                made.side_texts = vec![tail];
                return made;
            }
            "range" => {
                let (low, high) = tail.split_once("..").expect("two bounds");
                made.range = Some((formula::parse(low), formula::parse(high)));
                made.side_texts = vec![low.trim().to_string(), high.trim().to_string()];
                return made;
            }
            "=" => {
                for side in tail.split(" = ") {
                    made.sides.push(formula::parse(side));
                    made.side_texts.push(side.trim().to_string());
                }
                return made;
            }
            _ => panic!("`{word}` is no attribute of a test column"),
        }
        rest = tail;
    }
    made
}

fn rule(word: &str, rest: &str, form: Option<usize>, line: &str) -> WrittenRule {
    let (key, rest) = rest
        .split_once(':')
        .expect("a rule of a test has an identifier");
    let (rest, message) = match rest.split_once(" message ") {
        Some((rest, message)) => (rest, Some(message.trim().trim_matches('"').to_string())),
        None => (rest, None),
    };
    let (rest, only) = match rest.split_once(" only ") {
        Some((rest, only)) => (rest, Some(only.trim())),
        None => (rest, None),
    };
    let (body, when) = match rest.split_once(" when ") {
        Some((body, when)) => (body, Some(formula::parse(when))),
        None => (rest, None),
    };
    let side_texts: Vec<String> = match word {
        "balance" => body
            .split(" = ")
            .map(|side| side.trim().to_string())
            .collect(),
        _ => vec![body.trim().to_string()],
    };
    WrittenRule {
        key: key.trim().to_string(),
        form,
        severity: match word {
            "warn" => Severity::Warning,
            "explain" => Severity::Explain,
            _ => Severity::Error,
        },
        sides: side_texts.iter().map(|side| formula::parse(side)).collect(),
        when,
        only: only.map(|only| match only {
            "quarter" => (PeriodKind::Quarter, None),
            "quarter 1" => (PeriodKind::Quarter, Some(1)),
            "quarter 2" => (PeriodKind::Quarter, Some(2)),
            "year" => (PeriodKind::Year, None),
            _ => panic!("`{only}` is no period of a test"),
        }),
        message,
        text: line.to_string(),
        side_texts,
    }
}
