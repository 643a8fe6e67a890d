//! The words of R1xx, Vietnamese and English in one match.
//!
//! Nothing is decided here.

use super::{Expected, Meant, Place, SignOf, SyntaxProblem, Unreadable, Word};
use crate::diagnostic::wording::{Text, Wording};

/// At most so many alternatives are listed; a longer list helps nobody.
const LISTED: usize = 6;

/// The wording of a mistake of form.
pub(super) fn of(problem: &SyntaxProblem) -> Wording {
    match problem {
        SyntaxProblem::Unexpected {
            found,
            expected,
            meant,
        } => {
            let helped = |wording: Wording| match meant {
                Some(meant) => wording.helped(guess(meant)),
                None => wording,
            };
            let found = found.wording();
            let why = Text::new(
                "mỗi dòng là một câu: bắt đầu bằng từ khóa và kết thúc ở cuối dòng",
                "every line is one statement: it starts with a keyword and ends with its line",
            );
            if expected.is_empty() {
                return helped(Wording::new(
                    Text::new(
                        format!("không hiểu {} ở chỗ này", found.vi),
                        format!("{} cannot stand here", found.en),
                    ),
                    why,
                ));
            }
            let listed = listed(expected);
            helped(Wording::new(
                Text::new(
                    format!("cần {} nhưng gặp {}", listed.vi, found.vi),
                    format!("expected {}, found {}", listed.en, found.en),
                ),
                why,
            ))
        }
        SyntaxProblem::UnknownStatement {
            word,
            nearest,
            place,
        } => {
            let place = place.wording();
            let wording = Wording::new(
                Text::new(
                    format!("`{word}` không mở đầu câu nào {}", place.vi),
                    format!("`{word}` begins no statement {}", place.en),
                ),
                Text::new(
                    "mỗi câu bắt đầu bằng một từ khóa của ngôn ngữ",
                    "every statement starts with a keyword of the language",
                ),
            );
            match nearest {
                Some(nearest) => wording.helped(Text::new(
                    format!("có phải {} không?", nearest.both()),
                    format!("did you mean {}?", nearest.both()),
                )),
                None => wording,
            }
        }
        SyntaxProblem::StatementNotHere {
            word,
            place,
            belongs,
        } => {
            let place = place.wording();
            Wording::new(
                Text::new(
                    format!("câu {} không được đặt {}", word.both(), place.vi),
                    format!("a statement {} cannot stand {}", word.both(), place.en),
                ),
                Text::new(
                    "mỗi khối chỉ nhận những câu thuộc về nó",
                    "a block takes only the statements that belong to it",
                ),
            )
            .helped(destination(belongs))
        }
        SyntaxProblem::HeadMissing {
            statements,
            belongs,
        } => Wording::new(
            Text::new(
                format!("{statements} câu từ dòng này không nằm trong khối nào"),
                format!("{statements} statements from this line on stand in no block"),
            ),
            Text::new(
                "dòng đầu của khối bị thiếu hoặc nằm trong một ghi chú, hoặc một dấu `}` phía trên đóng khối quá sớm",
                "the head of their block is missing or part of a comment, or a `}` above closes the block too early",
            ),
        )
        .helped(restored(belongs)),
        SyntaxProblem::MissingClosingBrace { block } => {
            let block = block.map_or(String::new(), |word| format!(" {}", word.both()));
            Wording::new(
                Text::new(
                    format!("thiếu dấu `}}` đóng khối{block}"),
                    format!("missing `}}` that closes the block{block}"),
                ),
                Text::new(
                    "mỗi dấu `{` mở một khối và phải có dấu `}` đóng lại",
                    "every `{` opens a block that a `}` closes",
                ),
            )
        }
        SyntaxProblem::MissingOpeningBrace { block } => {
            let block = block.map_or(String::new(), |word| format!(" {}", word.both()));
            Wording::new(
                Text::new(
                    format!("thiếu dấu `{{` mở khối{block}"),
                    format!("missing `{{` that opens the block{block}"),
                ),
                Text::new(
                    "phần đầu của khối kết thúc bằng dấu `{` trên cùng một dòng",
                    "the head of a block ends with a `{` on the same line",
                ),
            )
        }
        SyntaxProblem::MissingQuote { opening } => Wording::new(
            if *opening {
                Text::new(
                    "thiếu dấu nháy `\"` mở",
                    "missing opening quotation mark `\"`",
                )
            } else {
                Text::new(
                    "thiếu dấu nháy `\"` đóng",
                    "missing closing quotation mark `\"`",
                )
            },
            Text::new(
                "một đoạn trong dấu nháy không vượt quá cuối dòng",
                "a text in quotes never crosses the end of its line",
            ),
        ),
        SyntaxProblem::StrayClosingBrace => Wording::new(
            Text::new("dấu `}` này không đóng khối nào", "this `}` closes nothing"),
            Text::new(
                "mọi khối phía trên đều đã được đóng",
                "every block above is closed already",
            ),
        ),
        SyntaxProblem::BadInterpolation { content } => Wording::new(
            Text::new(
                format!("`{content}` trong ngoặc nhọn không phải là biểu thức"),
                format!("`{content}` between braces is not an expression"),
            ),
            Text::new(
                "trong thông báo và câu mẫu, ngoặc nhọn bao một biểu thức, ví dụ {[4]}",
                "in messages and sentences, braces hold an expression such as {[4]}",
            ),
        )
        .helped(Text::new(
            "muốn in chính dấu ngoặc nhọn thì viết `{{` hoặc `}}`",
            "write `{{` or `}}` to print a brace itself",
        )),
        SyntaxProblem::SmartQuotes => Wording::new(
            Text::new(
                "dấu nháy cong “ ” không dùng được",
                "typographic quotation marks “ ” cannot be used",
            ),
            Text::new(
                "nhãn được đặt trong dấu nháy thẳng \"…\"; dấu nháy cong thường do trình soạn thảo văn bản tự đổi",
                "a text stands in straight quotes \"…\"; word processors replace them unasked",
            ),
        ),
        SyntaxProblem::DecimalComma { written, meant } => Wording::new(
            Text::new(
                format!("số `{written}` viết bằng dấu phẩy thập phân"),
                format!("`{written}` has a decimal comma"),
            ),
            Text::new(
                "trong chế độ, dấu phẩy ngăn cách các phần tử; phần thập phân viết sau dấu chấm",
                "in a regime a comma separates things; decimals follow a point",
            ),
        )
        .helped(Text::new(
            format!("viết `{meant}`"),
            format!("write `{meant}`"),
        )),
        SyntaxProblem::ThousandsPoint { written, meant } => Wording::new(
            Text::new(
                format!("`{written}` có dấu chấm phân cách hàng nghìn"),
                format!("`{written}` has points between its thousands"),
            ),
            Text::new(
                "trong chế độ, dấu chấm là dấu thập phân; hàng nghìn ngăn cách bằng gạch dưới",
                "in a regime a point marks decimals; thousands are separated by an underscore",
            ),
        )
        .helped(Text::new(
            format!("viết `{meant}`"),
            format!("write `{meant}`"),
        )),
        SyntaxProblem::Decomposed { composed } => Wording::new(
            Text::new(
                format!("`{composed}` được gõ bằng chữ và dấu rời (Unicode tổ hợp)"),
                format!("`{composed}` is typed with separate marks (decomposed Unicode)"),
            ),
            Text::new(
                "hai cách gõ trông giống nhau nhưng là hai tên khác nhau; ngôn ngữ dùng Unicode dựng sẵn (NFC)",
                "both ways look alike and are different names; the language uses composed Unicode (NFC)",
            ),
        ),
        SyntaxProblem::MissingMarks { written, meant } => Wording::new(
            Text::new(
                format!("`{written}` thiếu dấu tiếng Việt"),
                format!("`{written}` lacks its Vietnamese marks"),
            ),
            Text::new(
                "từ khóa tiếng Việt phải có đủ dấu, vì bỏ dấu thì nhiều từ trùng nhau",
                "Vietnamese keywords keep their marks: without them many words fall together",
            ),
        )
        .helped(Text::new(
            format!("viết `{}`", meant.vi),
            format!("write `{}`", meant.vi),
        )),
        SyntaxProblem::SpellingVariant { written, meant } => Wording::new(
            Text::new(
                format!("`{written}` không đúng cách viết của ngôn ngữ"),
                format!("`{written}` is not how the language spells it"),
            ),
            Text::new(
                "mỗi từ khóa chỉ có một cách viết: chữ thường, `kỳ`, `lũy`, `khóa`",
                "each keyword has one spelling: lower case, `kỳ`, `lũy`, `khóa`",
            ),
        )
        .helped(Text::new(
            format!("viết {}", meant.both()),
            format!("write {}", meant.both()),
        )),
        SyntaxProblem::NestedTooDeep { limit } => Wording::new(
            Text::new(
                format!("lồng nhau quá {limit} tầng"),
                format!("nested deeper than {limit} levels"),
            ),
            Text::new(
                "tệp lồng sâu như vậy không đọc được và thường là lỗi dấu ngoặc",
                "nobody reads such a file, and a bracket is usually wrong",
            ),
        ),
        SyntaxProblem::FileTooLarge { size, limit } => Wording::new(
            Text::new(
                format!("tệp dài {size} byte, vượt quá {limit} byte"),
                format!("the file has {size} bytes, more than {limit}"),
            ),
            Text::new(
                "một chế độ dài nhất cũng chỉ vài chục nghìn byte; số liệu dài đặt trong tệp CSV",
                "the longest regimes have some ten thousand bytes; long data belong in CSV files",
            ),
        ),
        SyntaxProblem::TooComplex => Wording::new(
            Text::new(
                "tệp quá phức tạp để phân tích",
                "the file is too complex to be read",
            ),
            Text::new(
                "việc phân tích được giới hạn để một tệp hỏng không làm treo hệ thống",
                "reading is bounded so that one broken file cannot stall the system",
            ),
        ),
        SyntaxProblem::ForeignSign {
            written,
            meant,
            from,
        } => Wording::new(
            Text::new(
                format!("`{written}` được hiểu là `{meant}`"),
                format!("`{written}` is read as `{meant}`"),
            ),
            foreign(*from, meant),
        ),
        SyntaxProblem::TightDivision { written, meant } => Wording::new(
            Text::new(
                format!("`{written}` được hiểu là phép chia, không phải ngày tháng"),
                format!("`{written}` is read as a division, not as a day of a month"),
            ),
            Text::new(
                "ngày và tháng chỉ đứng sau từ chỉ thời điểm; phép chia hai số viết cách dấu `/` để không nhầm",
                "a day and a month stand only after words about time; a division of two numbers has spaces around `/` so that nobody is mistaken",
            ),
        )
        .helped(Text::new(
            format!("nếu là phép chia, viết `{meant}`"),
            format!("if a division is meant, write `{meant}`"),
        )),
        SyntaxProblem::MixedComparison => Wording::new(
            Text::new(
                "các dấu so sánh nối tiếp không cùng chiều",
                "the signs of this comparison chain point in different ways",
            ),
            Text::new(
                "`a < b < c` hay `a = b = c` có nghĩa; `a < b > c` thì không",
                "`a < b < c` and `a = b = c` have a meaning, `a < b > c` has none",
            ),
        )
        .helped(Text::new(
            "tách thành hai so sánh nối bằng `và`",
            "write two comparisons joined by `and`",
        )),
        SyntaxProblem::MoreMistakes {
            told,
            errors,
            others,
        } => Wording::new(
            Text::new(
                format!("từ đây về sau tệp còn {errors} lỗi, {others} cảnh báo và khuyến nghị không kể ra"),
                format!("from here on the file has {errors} more errors and {others} more warnings and pieces of advice that are not told"),
            ),
            Text::new(
                format!("mỗi tệp chỉ kể {told} điều đầu tiên; phần sau thường do cùng một nguyên nhân"),
                format!("only the first {told} of a file are told; those behind them mostly have the same cause"),
            ),
        )
        .helped(Text::new(
            "sửa những điều đã kể rồi kiểm tra lại",
            "mend those that are told and check again",
        )),
        SyntaxProblem::Unreadable { why } => unreadable(why),
    }
}

/// Why a sign is told.
fn foreign(from: SignOf, meant: &str) -> Text {
    match from {
        SignOf::Spreadsheet => Text::new(
            format!("ngôn ngữ viết `{meant}`; dấu này là của bảng tính"),
            format!("the language writes `{meant}`; this sign comes from spreadsheets"),
        ),
        SignOf::Programming => Text::new(
            format!("ngôn ngữ viết `{meant}`; dấu này là của ngôn ngữ lập trình"),
            format!("the language writes `{meant}`; this sign comes from programming"),
        ),
        SignOf::Order => Text::new(
            format!("ngôn ngữ viết `{meant}`; ở đây dấu bằng đứng sai thứ tự"),
            format!("the language writes `{meant}`; here the two signs stand in the wrong order"),
        ),
        SignOf::Paper => Text::new(
            "phép chia viết bằng dấu `/`",
            "a division is written with `/`",
        ),
        SignOf::Message => Text::new(
            "một ô viết trong ngoặc vuông; ngoặc nhọn chỉ bao công thức trong thông báo và câu mẫu",
            "a cell stands in brackets; braces enclose formulas only in messages and sentences",
        ),
    }
}

/// What was probably meant, as a question.
fn guess(meant: &Meant) -> Text {
    match meant {
        Meant::Word(word) => Text::new(
            format!("có phải {} không?", word.both()),
            format!("did you mean {}?", word.both()),
        ),
        Meant::Written(text) => Text::new(format!("viết `{text}`"), format!("write `{text}`")),
        Meant::Function(words) => {
            let all = |spelled: fn(&Word) -> &str| {
                let words: Vec<String> = words
                    .iter()
                    .map(|word| format!("`{}`", spelled(word)))
                    .collect();
                words.join(", ")
            };
            Text::new(
                format!("các hàm có: {}", all(|word| word.vi)),
                format!("the functions are {}", all(|word| word.en)),
            )
        }
    }
}

/// Where a statement may stand.
fn destination(belongs: &[Place]) -> Text {
    if belongs.is_empty() {
        return Text::new(
            "chuyển câu này ra khối phù hợp, hoặc kiểm tra dấu `}` phía trên",
            "move it to the block it belongs to, or look for a missing `}` above",
        );
    }
    let all: Vec<Text> = belongs
        .iter()
        .map(|place| match place {
            Place::File => Text::new("ngoài mọi khối", "outside every block"),
            place => place.wording(),
        })
        .collect();
    let vi: Vec<&str> = all.iter().map(|text| text.vi.as_str()).collect();
    let en: Vec<&str> = all.iter().map(|text| text.en.as_str()).collect();
    Text::new(
        format!(
            "câu này đứng {}; chuyển nó tới đó, hoặc kiểm tra dấu `}}` phía trên",
            vi.join(", hoặc ")
        ),
        format!(
            "it stands {}; move it there, or look for a missing `}}` above",
            en.join(", or ")
        ),
    )
}

/// Where the head of a block goes that is missing above statements.
fn restored(belongs: &[Place]) -> Text {
    let [Place::Block(word)] = belongs else {
        return Text::new(
            "viết lại dòng đầu của khối ở trên các câu này, hoặc bỏ dấu `}` thừa phía trên",
            "write the head of their block above these statements, or take out the `}` too many",
        );
    };
    Text::new(
        format!(
            "viết lại dòng đầu của khối {} ở trên các câu này, hoặc bỏ dấu `}}` thừa phía trên",
            word.both()
        ),
        format!(
            "write the head of the block {} above these statements, or take out the `}}` too many",
            word.both()
        ),
    )
}

fn unreadable(why: &Unreadable) -> Wording {
    let (what, way_out) = match why {
        Unreadable::NotUtf8 => (
            Text::new("tệp không phải văn bản UTF-8", "the file is not UTF-8 text"),
            Text::new("hãy lưu lại với mã UTF-8", "save it as UTF-8"),
        ),
        Unreadable::Denied => (
            Text::new("không có quyền đọc tệp", "the file may not be read"),
            Text::new(
                "cho người chạy chương trình quyền đọc",
                "let whoever runs the program read it",
            ),
        ),
        Unreadable::Folder => (
            Text::new(
                "đây là thư mục, không phải tệp",
                "this is a folder and no file",
            ),
            Text::new("đổi tên thư mục", "give the folder another name"),
        ),
        Unreadable::Refused(words) => (
            Text::new(
                format!("không đọc được tệp: {words}"),
                format!("the file cannot be read: {words}"),
            ),
            Text::new(
                "kiểm tra đĩa, mạng và quyền của tệp",
                "look at the disk, the network and the rights of the file",
            ),
        ),
    };
    let why = Text::new(
        "tệp không đọc được thì không kiểm tra được; những gì nó khai báo coi như không có",
        "a file that cannot be read cannot be checked; what it declares is missing",
    );
    Wording::new(what, why).helped(way_out)
}

fn listed(expected: &[Expected]) -> Text {
    let shown: Vec<Text> = expected
        .iter()
        .take(LISTED)
        .map(|one| one.wording())
        .collect();
    let more = expected.len() > LISTED;
    let join = |parts: Vec<&str>, or: &str, rest: &str| -> String {
        match parts.as_slice() {
            all if more => format!("{}{rest}", all.join(", ")),
            [init @ .., last] if !init.is_empty() => format!("{} {or} {last}", init.join(", ")),
            all => all.join(", "),
        }
    };
    Text::new(
        join(
            shown.iter().map(|text| text.vi.as_str()).collect(),
            "hoặc",
            ", …",
        ),
        join(
            shown.iter().map(|text| text.en.as_str()).collect(),
            "or",
            ", …",
        ),
    )
}
