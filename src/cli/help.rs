//! The words of `--help`, in both languages side by side, and the mistakes of usage.
//!
//! It deliberately does not know what the commands do. An argument without words here fails the test below, so none can be forgotten.

use crate::text::language::Language;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// Command and argument (`""` for the command itself), Vietnamese, English.
const WORDS: &[(&str, &str, &str, &str)] = &[
    (
        "",
        "",
        "Soạn chế độ báo cáo, kiểm tra, tổng hợp và phục vụ biểu mẫu",
        "Write reporting regimes, check and consolidate figures, serve the forms",
    ),
    (
        "",
        "lang",
        "Ngôn ngữ của thông báo: vi (mặc định) hoặc en; cũng đọc từ REGIME_LANG",
        "Language of messages: vi (default) or en; also read from REGIME_LANG",
    ),
    (
        "",
        "format",
        "Kết quả cho người đọc (text, mặc định) hay cho chương trình (json)",
        "Result for people (text, default) or for programs (json)",
    ),
    ("", "help", "In phần trợ giúp này", "Print this help"),
    (
        "",
        "version",
        "In phiên bản chương trình",
        "Print the program's version",
    ),
    (
        "check",
        "",
        "Kiểm tra chế độ báo cáo và nêu mọi lỗi trong một lần",
        "Check regimes and report all mistakes at once",
    ),
    (
        "check",
        "paths",
        "Tệp .regime hoặc thư mục; để trống là dự án hiện tại",
        "A .regime file or a folder; the current project if left out",
    ),
    (
        "fmt",
        "",
        "Viết lại tệp theo dạng chuẩn, không mất ghi chú",
        "Rewrite files in canonical form without losing a comment",
    ),
    (
        "fmt",
        "paths",
        "Tệp hoặc thư mục; `-` đọc từ đầu vào chuẩn và in ra đầu ra chuẩn",
        "Files or folders; `-` reads standard input and prints the result",
    ),
    (
        "fmt",
        "check",
        "Chỉ nêu tệp chưa đúng dạng chuẩn, không ghi",
        "Only name files that are not canonical; write nothing",
    ),
    (
        "fmt",
        "keywords",
        "Đổi từ khóa sang tiếng Việt (vi) hoặc tiếng Anh (en)",
        "Convert keywords to Vietnamese (vi) or English (en)",
    ),
    (
        "test",
        "",
        "Chạy các ca kiểm thử của chế độ",
        "Run the test blocks of regimes",
    ),
    (
        "test",
        "paths",
        "Tệp .regime hoặc thư mục; để trống là dự án hiện tại",
        "A .regime file or a folder; the current project if left out",
    ),
    (
        "test",
        "coverage",
        "Nêu quy tắc chưa có ca đạt hoặc chưa có ca vi phạm",
        "Name the rules without a passing or without a failing case",
    ),
    (
        "test",
        "mutate",
        "Bỏ hoặc đảo từng quy tắc, đổi từng dấu phép tính, nêu thay đổi mà không ca nào phát hiện",
        "Remove or turn round each rule, change each sign, and name the changes no test notices",
    ),
    (
        "units",
        "",
        "Kiểm tra bảng đơn vị (units.csv, links.csv, successors.csv, codes.csv) và nêu thay đổi",
        "Check tables of units (units.csv, links.csv, successors.csv, codes.csv) and tell changes",
    ),
    (
        "units",
        "folder",
        "Thư mục các bảng",
        "Folder of the tables",
    ),
    (
        "units",
        "before",
        "Thư mục các bảng trước đó, để nêu thay đổi",
        "Folder of the tables as they were, to tell changes",
    ),
    (
        "read",
        "",
        "Đọc toàn bộ chế độ bằng lời thường",
        "Read the whole regime in plain language",
    ),
    (
        "read",
        "regime",
        "Tên chế độ (TTHC_06A) hoặc đường dẫn tệp",
        "Name of a regime (TTHC_06A) or path of its file",
    ),
    (
        "explain",
        "",
        "Giải thích một mã lỗi, ví dụ R201",
        "Explain a code, such as R201",
    ),
    ("explain", "code", "Mã lỗi", "The code"),
    (
        "lsp",
        "",
        "Máy chủ ngôn ngữ cho trình soạn thảo, qua đầu vào và đầu ra chuẩn",
        "Language server for editors, on standard input and output",
    ),
    (
        "lsp",
        "stdio",
        "Không có tác dụng gì thêm; nhiều trình soạn thảo tự thêm vào",
        "Changes nothing; many editors add it by themselves",
    ),
    (
        "compile",
        "",
        "Biên dịch một chế độ thành TÊN.vN.json gồm ba kế hoạch",
        "Compile a regime to NAME.vN.json with its three plans",
    ),
    (
        "compile",
        "regime",
        "Tên chế độ (TTHC_06A) hoặc đường dẫn tệp",
        "Name of a regime (TTHC_06A) or path of its file",
    ),
    (
        "compile",
        "output",
        "Thư mục ghi kết quả; mặc định thư mục hiện tại",
        "Folder to write to; the current one by default",
    ),
    (
        "validate",
        "",
        "Kiểm tra số liệu báo cáo dạng JSON lines",
        "Check reported figures given as JSON lines",
    ),
    (
        "validate",
        "regime",
        "Tên chế độ (TTHC_06A) hoặc đường dẫn tệp",
        "Name of a regime (TTHC_06A) or path of its file",
    ),
    (
        "validate",
        "data",
        "Báo cáo cần kiểm tra, mỗi dòng một biểu (`-`: đầu vào chuẩn)",
        "Reports to check, one form per line (`-`: standard input)",
    ),
    (
        "validate",
        "previous",
        "Báo cáo các kỳ trước, cùng định dạng",
        "Reports of earlier periods, in the same format",
    ),
    (
        "validate",
        "period",
        "Chỉ xét kỳ này, ví dụ 2026-Q2",
        "Only this period, such as 2026-Q2",
    ),
    (
        "validate",
        "units",
        "Bảng đơn vị; để trống là bảng của dự án",
        "Units table; the project's own if left out",
    ),
    (
        "aggregate",
        "",
        "Tổng hợp số liệu của các đơn vị, kèm mức đầy đủ",
        "Consolidate the units' figures, with completeness",
    ),
    (
        "aggregate",
        "regime",
        "Tên chế độ (TTHC_06A) hoặc đường dẫn tệp",
        "Name of a regime (TTHC_06A) or path of its file",
    ),
    (
        "aggregate",
        "data",
        "Báo cáo của các đơn vị, mỗi dòng một biểu (`-`: đầu vào chuẩn)",
        "Reports of the units, one form per line (`-`: standard input)",
    ),
    (
        "aggregate",
        "explain",
        "Nói rõ một số lấy từ đâu, ví dụ \"KT[01, 4]\", của một đơn vị: 'KT[\"Xã A\", 01, 4]'",
        "Tell where one figure comes from, such as \"KT[01, 4]\", of one unit: 'KT[\"Xã A\", 01, 4]'",
    ),
    (
        "aggregate",
        "as_of",
        "Xếp số nêu ở --explain theo địa giới của ngày này, ví dụ 31/12/2025; phần không thuộc đơn vị nào đứng riêng",
        "Put the figure of --explain into the boundaries of this day, such as 31/12/2025; what belongs to no unit stands by itself",
    ),
    (
        "aggregate",
        "previous",
        "Báo cáo các kỳ trước, cùng định dạng",
        "Reports of earlier periods, in the same format",
    ),
    ("aggregate", "units", "Bảng đơn vị", "Units table"),
    (
        "aggregate",
        "period",
        "Kỳ tổng hợp, ví dụ 2026-Q2",
        "Period to consolidate, such as 2026-Q2",
    ),
    (
        "publish",
        "",
        "Ban hành một phiên bản chế độ vào kho dữ liệu; bản đã ban hành không đổi được nữa",
        "Put a regime version in force in a data folder; what is in force never changes",
    ),
    (
        "publish",
        "regime",
        "Tên chế độ (TTHC_06A) hoặc đường dẫn tệp",
        "Name of a regime (TTHC_06A) or path of its file",
    ),
    (
        "publish",
        "data",
        "Kho dữ liệu (mặc định như lệnh serve)",
        "Data folder (default as for serve)",
    ),
    (
        "publish",
        "decision",
        "Văn bản quyết định ban hành",
        "The decision that puts it in force",
    ),
    (
        "verify",
        "",
        "Kiểm chứng kho dữ liệu: trạng thái theo nhật ký, bản tổng hợp theo các báo cáo, tệp theo mã băm; chạy được khi máy chủ đang chạy",
        "Prove a data folder: states against events, documents against reports, files against hashes; also while the server runs",
    ),
    (
        "verify",
        "data",
        "Kho dữ liệu (mặc định như lệnh serve)",
        "Data folder (default as for serve)",
    ),
    (
        "doctor",
        "",
        "Xem tình trạng kho dữ liệu và những việc quản trị cần làm",
        "Look at a data folder and say what its administrator should do",
    ),
    (
        "doctor",
        "data",
        "Kho dữ liệu (mặc định như lệnh serve)",
        "Data folder (default as for serve)",
    ),
    (
        "backup",
        "",
        "Sao lưu kho dữ liệu ra một tệp mới, kiểm tra bản sao rồi ghi mã băm bên cạnh; chạy được khi máy chủ đang chạy",
        "Copy a data folder into a new file, prove the copy and write its hash beside it; also while the server runs",
    ),
    (
        "backup",
        "file",
        "Tệp sao lưu sẽ được tạo",
        "The file to be made",
    ),
    (
        "backup",
        "data",
        "Kho dữ liệu (mặc định như lệnh serve)",
        "Data folder (default as for serve)",
    ),
    (
        "restore",
        "",
        "Khôi phục một tệp sao lưu vào thư mục chưa có dữ liệu, sau khi đã kiểm tra bản sao",
        "Put a backup into a folder that has no data, once the copy has been proved",
    ),
    ("restore", "file", "Tệp sao lưu", "The backup"),
    (
        "restore",
        "data",
        "Thư mục dữ liệu mới",
        "The new data folder",
    ),
    (
        "serve",
        "",
        "Phục vụ biểu mẫu, phê duyệt, tổng hợp trên trang web",
        "Serve forms, approval and consolidation as web pages",
    ),
    (
        "serve",
        "data",
        "Kho dữ liệu; mặc định $XDG_DATA_HOME/regime hoặc ~/.local/share/regime (demo: thêm -demo)",
        "Data folder; default $XDG_DATA_HOME/regime or ~/.local/share/regime (demo: with -demo)",
    ),
    (
        "serve",
        "listen",
        "Địa chỉ và cổng; mặc định 127.0.0.1:8080",
        "Address and port; default 127.0.0.1:8080",
    ),
    (
        "serve",
        "regimes",
        "Dự án chế độ báo cáo; mặc định là dự án hiện tại hoặc thư mục regimes",
        "Project of regimes; default the current project or the folder regimes",
    ),
    (
        "serve",
        "demo",
        "Nạp tỉnh mẫu và in tài khoản; chỉ nghe trên máy này",
        "Load the demonstration province and print its accounts; only on this machine",
    ),
    (
        "serve",
        "behind_https",
        "Có máy chủ trung gian nói HTTPS phía trước; cookie chỉ gửi qua HTTPS",
        "A proxy in front speaks https; cookies are sent over https only",
    ),
    (
        "serve",
        "api_requests_per_minute",
        "Mỗi khóa API được gọi bao nhiêu lần trong một phút; mặc định 600",
        "How often each API key may be used in a minute; default 600",
    ),
    (
        "serve",
        "public_url",
        "Địa chỉ mà mọi người dùng để vào, ghi trong thư và lịch, ví dụ https://baocao.tinh.gov.vn",
        "The address under which people reach the server, for letters and calendars",
    ),
    (
        "serve",
        "smtp_host",
        "Máy chủ thư; không có thì không gửi thư nhắc",
        "Mail server; without one no letters are sent",
    ),
    (
        "serve",
        "smtp_port",
        "Cổng của máy chủ thư; mặc định theo cách bảo vệ: 25, 587 hoặc 465",
        "Port of the mail server; by default as it is protected: 25, 587 or 465",
    ),
    (
        "serve",
        "smtp_tls",
        "Cách bảo vệ kết nối: none, starttls (mặc định), tls",
        "How the connection is protected: none, starttls (default), tls",
    ),
    (
        "serve",
        "smtp_user",
        "Tài khoản ở máy chủ thư; mật khẩu lấy từ REGIME_SMTP_PASSWORD hoặc từ tệp",
        "Account at the mail server; its password is REGIME_SMTP_PASSWORD or in a file",
    ),
    (
        "serve",
        "smtp_password_file",
        "Tệp chứa mật khẩu ở máy chủ thư",
        "File with the password at the mail server",
    ),
    (
        "serve",
        "smtp_sender",
        "Người gửi thư, ví dụ \"Văn phòng UBND tỉnh <baocao@tinh.gov.vn>\"",
        "Who letters are from, such as \"Provincial Office <reports@province.gov.vn>\"",
    ),
    (
        "serve",
        "metrics_token_file",
        "Tệp chứa mã để đọc /metrics; không có thì chỉ đọc được từ máy này",
        "File with the token for /metrics; without one only this machine reads it",
    ),
    (
        "serve",
        "now",
        "Giờ bắt đầu của đồng hồ, ví dụ 2026-12-15T09:00",
        "Where the clock starts, such as 2026-12-15T09:00",
    ),
];

/// The command with help in one language.
pub fn worded(command: Command, language: Language) -> Command {
    let (usage, commands, arguments, options) = match language {
        Language::Vietnamese => ("Cách dùng", "Lệnh", "Tham số", "Tùy chọn"),
        Language::English => ("Usage", "Commands", "Arguments", "Options"),
    };
    let template = format!("{{about}}\n\n{usage}: {{usage}}\n\n{{all-args}}");
    let common = move |command: Command, path: &str| {
        let words = |argument: &str| {
            sought(path, argument, language)
                .or_else(|| sought("", argument, language))
                .unwrap_or_default()
        };
        let about = words("");
        let usage = usage_line(&command, path, language);
        let help = Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help(words("help"))
            .help_heading(options);
        command
            .about(about)
            .help_template(template.clone())
            .override_usage(usage)
            .disable_help_flag(true)
            .arg(help)
            .mut_args(|argument| {
                let heading = if argument.is_positional() {
                    arguments
                } else {
                    options
                };
                let text = words(argument.get_id().as_str());
                let valued = argument.get_action().takes_values();
                argument
                    .help(text)
                    .help_heading(heading)
                    .hide_possible_values(valued)
                    .hide_default_value(valued)
            })
    };
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(sought("", "version", language).unwrap_or_default())
        .help_heading(options);
    common(command.disable_version_flag(true).arg(version), "")
        .subcommand_help_heading(commands)
        .mut_subcommands(move |command| {
            let name = command.get_name().to_owned();
            common(command, &name)
        })
}

/// How a command is typed, with clap's two English words in the reader's language.
fn usage_line(command: &Command, path: &str, language: Language) -> String {
    let typed = if path.is_empty() {
        "regime".to_owned()
    } else {
        format!("regime {path}")
    };
    let rendered = command.clone().bin_name(typed).render_usage().to_string();
    let line = rendered.trim_start_matches("Usage:").trim().to_owned();
    match language {
        Language::Vietnamese => line
            .replace("[OPTIONS]", "[TÙY CHỌN]")
            .replace("<COMMAND>", "<LỆNH>"),
        Language::English => line,
    }
}

/// A mistake of usage in words. Clap words its own only in English.
pub fn mistake(error: &clap::Error, language: Language) -> String {
    let told = |kind| {
        error.get(kind).map(|value| match value {
            ContextValue::Strings(several) => several.join(", "),
            other => other.to_string(),
        })
    };
    let argument = told(ContextKind::InvalidArg).unwrap_or_default();
    let value = told(ContextKind::InvalidValue).unwrap_or_default();
    let (vi, en) = match error.kind() {
        ErrorKind::UnknownArgument => (
            format!("không có tùy chọn `{argument}`"),
            format!("there is no option `{argument}`"),
        ),
        ErrorKind::InvalidSubcommand => {
            let name = told(ContextKind::InvalidSubcommand).unwrap_or_default();
            (
                format!("không có lệnh `{name}`"),
                format!("there is no command `{name}`"),
            )
        }
        ErrorKind::MissingRequiredArgument => (
            format!("thiếu {argument}"),
            format!("{argument} is missing"),
        ),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => (
            "thiếu tên lệnh".to_owned(),
            "the name of a command is missing".to_owned(),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => {
            let known = told(ContextKind::ValidValue).filter(|known| !known.is_empty());
            let known_vi = known
                .as_ref()
                .map(|known| format!(" (chọn: {known})"))
                .unwrap_or_default();
            let known_en = known
                .map(|known| format!(" (one of: {known})"))
                .unwrap_or_default();
            (
                format!("giá trị `{value}` không dùng được cho `{argument}`{known_vi}"),
                format!("the value `{value}` does not fit `{argument}`{known_en}"),
            )
        }
        ErrorKind::ArgumentConflict => (
            format!("`{argument}` không đi cùng tùy chọn đã cho"),
            format!("`{argument}` does not go with the other options"),
        ),
        _ => (
            format!("tham số không hợp lệ `{argument}`"),
            format!("`{argument}` does not fit"),
        ),
    };
    match language {
        Language::Vietnamese => format!("lỗi: {vi}\nXem `regime --help`."),
        Language::English => format!("error: {en}\nSee `regime --help`."),
    }
}

fn sought(command: &str, argument: &str, language: Language) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(path, name, _, _)| *path == command && *name == argument)
        .map(|(_, _, vi, en)| match language {
            Language::Vietnamese => *vi,
            Language::English => *en,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::Arguments;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        let command = Arguments::command();
        let mut missing = Vec::new();
        for (path, part) in std::iter::once(("", &command)).chain(
            command
                .get_subcommands()
                .map(|part| (part.get_name(), part)),
        ) {
            let names = part
                .get_arguments()
                .map(|argument| argument.get_id().as_str());
            for name in std::iter::once("").chain(names) {
                let own = sought(path, name, Language::Vietnamese).zip(sought(
                    path,
                    name,
                    Language::English,
                ));
                if own.is_none() && !["lang", "format", "help", "version"].contains(&name) {
                    missing.push(format!("{path} {name}"));
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for language in [Language::Vietnamese, Language::English] {
            worded(Arguments::command(), language).debug_assert();
        }
    }
}
