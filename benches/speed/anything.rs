//! Texts of the largest size that is read: junk of many kinds, broken regimes, and sound regimes that are much too long.
//!
//! The same texts on every run. Nothing here is measured.

use crate::multiplied;
use crate::texts::{KEYWORDS, XLD};
use regime::syntax::LARGEST_FILE;
use std::fmt::Write;
use std::sync::LazyLock;

/// What a file may be full of.
const PIECES: [(&str, &str); 40] = [
    ("letters", "a"),
    ("digits", "1"),
    ("blanks", " "),
    ("short lines", "\n"),
    ("lines of one letter", "a\n"),
    ("lines that end with return", "\r\n"),
    ("lines of a sign", ";\n"),
    ("words", "a b c\n"),
    ("accents in two parts", "e\u{302}\u{301}"),
    ("accents alone", "\u{301}"),
    ("marks of a foreign text", "\u{feff}"),
    ("dashes", "- "),
    ("minus signs and brackets", "-(-["),
    ("nots", "not "),
    ("conditions in conditions", "nếu [1] > 0 thì "),
    ("sums", "[1] + "),
    ("open quotes in lines", "\" a\n"),
    ("quotes with a brace", "\"{\n"),
    ("comments", "// a\n"),
    ("comment signs", "/*"),
    ("lines that begin a column", "cột 1 \"A\" = [1"),
    ("columns outside a form", "cột 1 \"A\"\n"),
    ("columns on one line", "cột 1 \"A\" đơn vị tính "),
    ("open forms", "biểu F \"F\" {\n"),
    ("forms closed twice", "biểu F \"F\" { } }\n"),
    ("groups outside a form", "nhóm \"G\" { cột 1 \"A\" }\n"),
    ("rules without a right side", "kiểm tra C: [1] + \n"),
    (
        "rules outside a form",
        "kiểm tra C: [1] = [2] và ([3] < 4 hoặc tổng([5], [6]) > 0)\n",
    ),
    ("messages with braces", "thông báo \"{[1]}{{{\"\n"),
    ("broken tables of a test", "cho F { 1: 8,5 2: }\n"),
    (
        "open tests",
        "ca kiểm thử \"a\" { cho F { các cột 1 2\n dòng a: 1 2\n",
    ),
    ("broken deadlines", "hạn gửi xa chậm nhất ngày 25 tháng\n"),
    ("open conditions", "khi [1] = 0 {\n"),
    ("lone formulas", "= 1\n"),
    (
        "empty regimes",
        "chế độ A \"A\" phiên bản 1 hiệu lực từ 01/01/2026 {}\n",
    ),
    (
        "open regimes",
        "chế độ A \"A\" phiên bản 1 hiệu lực từ 01/01/2026 {\n",
    ),
    (
        "regimes without a brace",
        "chế độ A \"A\" phiên bản 1 hiệu lực từ 01/01/2026\n",
    ),
    ("reserved words", "biểu biểu biểu cột\n"),
    ("numbers", "1.234,56 7,8% 01/01/2026 "),
    ("zero bytes", "\0"),
];

/// Every text with a word for what it is.
pub fn texts() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = PIECES
        .iter()
        .map(|(what, piece)| ((*what).to_owned(), full_of(piece)))
        .collect();
    for sign in (b'!'..=b'~').filter(u8::is_ascii_punctuation) {
        let sign = char::from(sign);
        all.push((format!("the sign {sign}"), full_of(&sign.to_string())));
    }
    let mut random = Random(1);
    let bytes: Vec<u8> = (0..size()).map(|_| random.byte()).collect();
    all.push((
        "random bytes".to_owned(),
        cut(&String::from_utf8_lossy(&bytes)),
    ));
    let printable: String = (0..size())
        .map(|_| char::from(b' ' + random.byte() % 95))
        .collect();
    all.push(("random letters and signs".to_owned(), printable));
    let words: Vec<&str> = KEYWORDS
        .lines()
        .skip(1)
        .flat_map(|line| line.split(',').skip(1).take(2))
        .collect();
    for (what, between) in [("on one line", " "), ("line by line", "\n")] {
        let mut mixed = String::new();
        while mixed.len() < size() {
            let word = words.get(random.below(words.len())).copied();
            mixed.push_str(word.unwrap_or_default());
            mixed.push_str(between);
        }
        all.push((format!("random keywords {what}"), cut(&mixed)));
    }
    all.push(("one regime again and again".to_owned(), full_of(XLD)));
    all.push((
        "one regime again and again on one line".to_owned(),
        full_of(&XLD.replace("//", " ").replace('\n', " ")),
    ));
    let half: String = XLD.chars().take(XLD.chars().count() / 2).collect();
    all.push(("half a regime again and again".to_owned(), full_of(&half)));
    let apart: String = XLD.chars().map(apart).collect();
    all.push((
        "accents in two parts here and there".to_owned(),
        full_of(&apart),
    ));
    all.extend(long());
    all.extend(multiplied::texts());
    all
}

/// A letter that has a form in two parts, now and then.
fn apart(letter: char) -> String {
    match letter {
        'á' => "a\u{301}".to_owned(),
        'ế' => "e\u{302}\u{301}".to_owned(),
        'ộ' => "o\u{323}\u{302}".to_owned(),
        _ => letter.to_string(),
    }
}

/// Sound regimes with very much of one thing.
fn long() -> Vec<(String, String)> {
    type Piece = fn(usize) -> String;
    let in_form: [(&str, Piece); 6] = [
        ("columns", |at| format!("cột {at} c{at} \"C\"\n")),
        ("computed columns", |at| match at {
            1 => "cột 1 c1 \"C\"\n".to_owned(),
            _ => format!("cột {at} c{at} \"C\" = [{}]\n", at - 1),
        }),
        ("groups", |at| {
            format!("nhóm \"G\" {{ cột {at} c{at} \"C\" }}\n")
        }),
        ("rules", |at| {
            format!("{}kiểm tra C{at}: [1] <= 9\n", first(at))
        }),
        ("rules that name columns", |at| {
            format!("cột {at} c{at} \"C\"\nkiểm tra C{at}: [{at}] <= 9\n")
        }),
        ("messages", |at| {
            format!(
                "{}kiểm tra C{at}: [1] <= 9\n thông báo \"{{[1]}}\"\n",
                first(at)
            )
        }),
    ];
    let in_regime: [(&str, Piece); 4] = [
        ("forms", |at| {
            format!("biểu F{at} \"F\" \"F\" {{ cột 1 a \"A\" }}\n")
        }),
        ("rows", |at| match at {
            1 => "biểu F \"F\" \"F\" { cột 1 a \"A\"\n".to_owned(),
            _ => format!("dòng r{at} \"R\"\n"),
        }),
        ("tests", |at| {
            format!(
                "{}ca kiểm thử \"{at}\" {{ kỳ quý 2/2026\n cho F {{ 1: 1 }}\n mong đợi F[1] = 1 }}\n",
                match at {
                    1 => "biểu F \"F\" \"F\" { cột 1 a \"A\" }\n",
                    _ => "",
                }
            )
        }),
        ("reporting lines", |_| {
            "luồng xa -> thanh_tra_tinh\n".to_owned()
        }),
    ];
    let alone: [(&str, Piece); 8] = [
        ("measures", |at| format!("đơn vị tính m{at} \"M\"\n")),
        ("measures of measures", |at| match at {
            1 => "đơn vị tính m1 \"M\"\n".to_owned(),
            _ => format!("đơn vị tính m{at} \"M\" = 10 m{}\n", at - 1),
        }),
        ("tags", |at| format!("nhãn t{at} \"T\"\n")),
        ("agencies", |at| format!("cơ quan a{at} \"A\" cấp so\n")),
        ("catalogs", |at| {
            format!("danh mục d{at} \"D\" {{ mã a \"A\" }}\n")
        }),
        ("entries of a catalog", |at| match at {
            1 => "danh mục d \"D\" {\n".to_owned(),
            _ => format!("mã e{at} \"E\"\n"),
        }),
        ("indicators", |at| {
            format!("chỉ tiêu i{at} \"I\" đơn vị tính don\n")
        }),
        ("rules switched off", |at| {
            format!("quy tắc R{at}.C tắt từ 01/01/2026 \"A\"\n")
        }),
    ];
    let head = XLD.split("  biểu ").next().unwrap_or_default();
    let form = format!("{head}\n  biểu F \"F\" \"F\" {{\n mỗi dòng một đơn vị báo cáo\n");
    let grow = |start: &str, piece: Piece, end: &str| {
        let mut text = start.to_owned();
        let mut at = 1;
        while text.len() + end.len() + 200 < size() {
            text.push_str(&piece(at));
            at += 1;
        }
        let _ = write!(text, "{end}");
        text
    };
    let mut all = Vec::new();
    for (what, piece) in in_form {
        all.push((
            format!("a form with many {what}"),
            grow(&form, piece, "}\n}\n"),
        ));
    }
    for (what, piece) in in_regime {
        let end = if what == "rows" { "}\n}\n" } else { "}\n" };
        all.push((format!("a regime with many {what}"), grow(head, piece, end)));
    }
    for (what, piece) in alone {
        let end = if what == "entries of a catalog" {
            "}\n"
        } else {
            ""
        };
        all.push((format!("many {what}"), grow("", piece, end)));
    }
    let sum = |_| "[1] + ".to_owned();
    let start = format!("{form}cột 1 a \"A\"\ncột 2 b \"B\" = ");
    all.push((
        "a sum of many parts".to_owned(),
        grow(&start, sum, "[1]\n}\n}\n"),
    ));
    let start = format!("{form}cột 1 a \"A\"\nkiểm tra C: ");
    let both = |_| "[1] > 0 và ".to_owned();
    all.push((
        "a rule of many conditions".to_owned(),
        grow(&start, both, "[1] > 0\n}\n}\n"),
    ));
    all
}

fn first(at: usize) -> &'static str {
    if at == 1 { "cột 1 c \"C\"\n" } else { "" }
}

/// The largest size that is read, or so many KiB as the environment says, to look closer at one kind by hand.
pub fn size() -> usize {
    static SIZE: LazyLock<usize> = LazyLock::new(|| {
        let asked = std::env::var("REGIME_JUNK_KIB").ok();
        let kib: Option<usize> = asked.and_then(|kib| kib.parse().ok());
        kib.map_or_else(
            || usize::try_from(LARGEST_FILE).expect("a small number"),
            |kib| kib * 1024,
        )
    });
    *SIZE
}

fn full_of(piece: &str) -> String {
    piece.repeat(size() / piece.len())
}

/// The longest beginning of a text that is read.
fn cut(text: &str) -> String {
    let mut end = size().min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// Numbers that look random and are the same on every run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a small number");
        usize::try_from(self.next() % bound).expect("a small number")
    }
}
