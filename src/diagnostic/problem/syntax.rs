//! R1xx: text that is not a sentence of the language.
//!
//! Data and words only; how such text is recognised is decided in `syntax`. What was expected is
//! told in the terms of an author (a date, a name, the word `từ`), never in those of a grammar.

mod wording;

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// A word of the language in both spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Vietnamese spelling.
    pub vi: &'static str,
    /// English spelling.
    pub en: &'static str,
}

impl Word {
    /// The word as an author would see it: one spelling, or both if they differ.
    pub fn both(self) -> String {
        if self.vi == self.en {
            format!("`{}`", self.vi)
        } else {
            format!("`{}` (`{}`)", self.vi, self.en)
        }
    }
}

/// Something that may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// A word of the language.
    Keyword(Word),
    /// A sign, such as `->`.
    Sign(&'static str),
    /// A name.
    Name,
    /// A text in quotation marks.
    Label,
    /// A printed number or code.
    Code,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A date, dd/mm/yyyy.
    Date,
    /// A day of the year, dd/mm.
    DayMonth,
    /// A month or quarter of a year, such as `2/2026`.
    PartOfYear,
    /// A year, or a school year such as `2025-2026`.
    Year,
    /// A time of day, hh:mm.
    Clock,
    /// A reference in brackets.
    Cell,
    /// An arithmetic expression.
    Expression,
    /// A comparison sign.
    Comparison,
    /// A level, agency or a list of them.
    Who,
    /// A kind of period.
    PeriodKind,
    /// A point in time.
    PointInTime,
    /// Which month of or about a period.
    MonthOfPeriod,
    /// The days that a report speaks about.
    Extent,
    /// An attribute of a figure.
    Attribute,
    /// A value in a test.
    Value,
    /// A `{ … }` block.
    Block,
    /// The end of the line.
    LineEnd,
}

/// What stands where something else was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing more on the line.
    LineEnd,
    /// This text.
    Text(String),
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At the top of a file.
    File,
    /// In the block that this word opens.
    Block(Word),
}

/// A mistake of form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxProblem {
    /// R101: a statement that begins well and goes wrong at a place.
    Unexpected {
        /// What stands there.
        found: Found,
        /// What could stand there; sorted, never empty unless nothing can be named.
        expected: Vec<Expected>,
        /// What was probably meant.
        meant: Option<Meant>,
    },
    /// R102: a line that begins with no word of the language.
    UnknownStatement {
        /// The first word of the line.
        word: String,
        /// The nearest word that may begin a line here.
        nearest: Option<Word>,
        /// Where the line stands.
        place: Place,
    },
    /// R103: a statement at a place where it cannot stand.
    StatementNotHere {
        /// The word the line begins with.
        word: Word,
        /// Where the line stands.
        place: Place,
        /// Where it may stand; empty where that is not told.
        belongs: Vec<Place>,
    },
    /// R104: a block that is never closed.
    MissingClosingBrace {
        /// The word that opens the block, if it is known.
        block: Option<Word>,
    },
    /// R105: a block whose opening brace is missing.
    MissingOpeningBrace {
        /// The word the block belongs to, if it is known.
        block: Option<Word>,
    },
    /// R106: a text that is not opened, or not closed on its line.
    MissingQuote {
        /// Whether the first of the two marks is missing.
        opening: bool,
    },
    /// R107: a closing brace that closes nothing.
    StrayClosingBrace,
    /// R108: braces inside a message that hold no formula.
    BadInterpolation {
        /// What stands between the braces.
        content: String,
    },
    /// R109: typographic quotation marks around a text.
    SmartQuotes,
    /// R110: a number with a decimal comma.
    DecimalComma {
        /// The number as written.
        written: String,
        /// The number as the language writes it.
        meant: String,
    },
    /// R111: a whole number with points between its thousands.
    ThousandsPoint {
        /// The number as written.
        written: String,
        /// The number as the language writes it.
        meant: String,
    },
    /// R112: letters with separate marks instead of composed ones.
    Decomposed {
        /// The text in composed form.
        composed: String,
    },
    /// R113: a word of the language typed without its Vietnamese marks.
    MissingMarks {
        /// The word as written.
        written: String,
        /// The word meant.
        meant: Word,
    },
    /// R114: an accepted Vietnamese spelling, or a capital letter, that the language does not use.
    SpellingVariant {
        /// The word as written.
        written: String,
        /// The word meant.
        meant: Word,
    },
    /// R115: blocks or brackets inside each other deeper than anybody reads.
    NestedTooDeep {
        /// The deepest level that is read.
        limit: u32,
    },
    /// R116: a file larger than is read.
    FileTooLarge {
        /// Size of the file in bytes.
        size: u64,
        /// Largest size in bytes.
        limit: u64,
    },
    /// R117: a file that cannot be read with a bounded effort.
    TooComplex,
    /// R118: a sign of a spreadsheet, a programming language or of paper, and braces for brackets.
    ForeignSign {
        /// The sign as written.
        written: String,
        /// The sign of the language.
        meant: String,
        /// Where it comes from.
        from: SignOf,
    },
    /// R119: a comparison chain whose signs point in different ways.
    MixedComparison,
    /// R120: a division of two plain numbers without spaces, which looks like a day of a month.
    TightDivision {
        /// The division as written.
        written: String,
        /// The division as the language writes it.
        meant: String,
    },
    /// R121: a file with more mistakes than are told.
    MoreMistakes {
        /// How many of one file are told.
        told: usize,
        /// How many errors stand behind them.
        errors: usize,
        /// How many warnings and pieces of advice stand behind them.
        others: usize,
    },
    /// R124: statements of a block whose head is missing.
    HeadMissing {
        /// How many.
        statements: usize,
        /// The blocks in which all of them may stand; empty where there is none.
        belongs: Vec<Place>,
    },
    /// R123: a file that is there and cannot be read.
    Unreadable {
        /// Why.
        why: Unreadable,
    },
}

/// What was probably meant by what cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This word of the language.
    Word(Word),
    /// This, as it would be written.
    Written(String),
    /// One of these functions; nothing tells which.
    Function(Vec<Word>),
}

/// Where a sign comes from that the language writes in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOf {
    /// A spreadsheet.
    Spreadsheet,
    /// A programming language.
    Programming,
    /// Two signs in the wrong order.
    Order,
    /// Paper and pocket calculators.
    Paper,
    /// The formulas in messages and sentences.
    Message,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not UTF-8 text.
    NotUtf8,
    /// Whoever runs the program may not read it.
    Denied,
    /// A folder bears the name of a file.
    Folder,
    /// The system refused, in its own words.
    Refused(String),
}

impl SyntaxProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            SyntaxProblem::Unexpected { .. } => "R101",
            SyntaxProblem::UnknownStatement { .. } => "R102",
            SyntaxProblem::StatementNotHere { .. } => "R103",
            SyntaxProblem::MissingClosingBrace { .. } => "R104",
            SyntaxProblem::MissingOpeningBrace { .. } => "R105",
            SyntaxProblem::MissingQuote { .. } => "R106",
            SyntaxProblem::StrayClosingBrace => "R107",
            SyntaxProblem::BadInterpolation { .. } => "R108",
            SyntaxProblem::SmartQuotes => "R109",
            SyntaxProblem::DecimalComma { .. } => "R110",
            SyntaxProblem::ThousandsPoint { .. } => "R111",
            SyntaxProblem::Decomposed { .. } => "R112",
            SyntaxProblem::MissingMarks { .. } => "R113",
            SyntaxProblem::SpellingVariant { .. } => "R114",
            SyntaxProblem::NestedTooDeep { .. } => "R115",
            SyntaxProblem::FileTooLarge { .. } => "R116",
            SyntaxProblem::TooComplex => "R117",
            SyntaxProblem::ForeignSign { .. } => "R118",
            SyntaxProblem::MixedComparison => "R119",
            SyntaxProblem::TightDivision { .. } => "R120",
            SyntaxProblem::MoreMistakes { .. } => "R121",
            SyntaxProblem::Unreadable { .. } => "R123",
            SyntaxProblem::HeadMissing { .. } => "R124",
        }
    }

    /// How much it weighs: what has one possible meaning is a warning, all else an error.
    pub fn severity(&self) -> Severity {
        match self {
            SyntaxProblem::ForeignSign { .. } | SyntaxProblem::TightDivision { .. } => {
                Severity::Warning
            }
            SyntaxProblem::MoreMistakes { errors: 0, .. } => Severity::Advice,
            _ => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        wording::of(self)
    }
}

impl Expected {
    /// The thing in words, as it stands in a list.
    pub fn wording(self) -> Text {
        match self {
            Expected::Keyword(word) => Text::new(word.both(), word.both()),
            Expected::Sign(sign) => Text::new(format!("`{sign}`"), format!("`{sign}`")),
            Expected::Name => Text::new("một tên", "a name"),
            Expected::Label => Text::new("một nhãn trong dấu nháy \"…\"", "a text in quotes \"…\""),
            Expected::Code => Text::new("số thứ tự in trên biểu", "a printed number"),
            Expected::Integer => Text::new("một số nguyên", "a whole number"),
            Expected::Number => Text::new("một số", "a number"),
            Expected::Date => Text::new("ngày dd/mm/yyyy", "a date dd/mm/yyyy"),
            Expected::DayMonth => Text::new("ngày dd/mm", "a day dd/mm"),
            Expected::PartOfYear => Text::new(
                "kỳ trong năm, ví dụ 2/2026",
                "a part of a year such as 2/2026",
            ),
            Expected::Year => Text::new("năm, ví dụ 2026", "a year such as 2026"),
            Expected::Clock => Text::new("giờ hh:mm", "a time hh:mm"),
            Expected::Cell => Text::new(
                "một ô trong ngoặc vuông, ví dụ [3]",
                "a cell in brackets such as [3]",
            ),
            Expected::Expression => Text::new("một biểu thức", "an expression"),
            Expected::Comparison => Text::new("một dấu so sánh", "a comparison sign"),
            Expected::Who => Text::new("một cấp hoặc cơ quan", "a level or an agency"),
            Expected::PeriodKind => Text::new("một loại kỳ", "a kind of period"),
            Expected::PointInTime => Text::new("một thời điểm", "a point in time"),
            Expected::MonthOfPeriod => Text::new(
                "`tháng trước kỳ`, `tháng đầu kỳ`, `tháng cuối kỳ` hoặc `tháng sau kỳ`",
                "`of month before`, `of first month`, `of last month` or `of month after`",
            ),
            Expected::Extent => Text::new(
                "khoảng ngày: `theo lịch`, `nghị định 09`, `cả đợt`, `tại` một ngày hoặc `từ` một ngày `đến` một ngày",
                "days: `calendar`, `decree 09`, `whole event`, `at` a day, or `from` a day `to` a day",
            ),
            Expected::Attribute => Text::new("một thuộc tính", "an attribute"),
            Expected::Value => Text::new("một giá trị", "a value"),
            Expected::Block => Text::new("khối `{ … }`", "a block `{ … }`"),
            Expected::LineEnd => Text::new("hết dòng", "the end of the line"),
        }
    }
}

impl Found {
    /// The thing in words.
    pub fn wording(&self) -> Text {
        match self {
            Found::LineEnd => Text::new("hết dòng", "the end of the line"),
            Found::Text(text) => Text::new(format!("`{text}`"), format!("`{text}`")),
        }
    }
}

impl Place {
    /// The place in words, with its preposition.
    pub fn wording(self) -> Text {
        match self {
            Place::File => Text::new("ở đầu tệp", "at the top of a file"),
            Place::Block(word) => Text::new(
                format!("trong khối {}", word.both()),
                format!("in a block {}", word.both()),
            ),
        }
    }
}
