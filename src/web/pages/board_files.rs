//! The board of units and periods as a file to be kept: CSV for other programs, XLSX for people.
//!
//! A file holds the whole of what the filters leave, not the page that is shown. A name that a spreadsheet would take for a formula stays a text. Broken input: a format that is
//! neither is not found.

use crate::service::boards::BoardView;
use crate::web::office::Office;
use crate::web::pages::boards::{Asked, chosen, read, tally};
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, pick};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// What tells a spreadsheet that a text file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const CSV_KIND: &str = "text/csv; charset=utf-8";
const XLSX_KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The widest that columns of names and of marks are.
const NAME_WIDTH: u32 = 32;
const MARK_WIDTH: u32 = 16;

/// `GET /dung-han/tep/{format}`
pub async fn download(
    State(office): State<Office>,
    person: SignedIn,
    Path(format): Path<String>,
) -> Result<Response, Problem> {
    let asked = Asked::of(&person.visitor.query);
    let view = read(&office, &person, &asked).await?;
    let lines = lines(&office, person.language(), &view, &asked);
    let name = format!("dung-han-{}-{}.{format}", view.regime, view.year);
    match format.as_str() {
        "csv" => Ok(saved(csv_text(&lines)?.into_bytes(), CSV_KIND, &name)),
        "xlsx" => {
            let book = workbook(&view.title, &lines);
            let book = book.map_err(|error| Problem::internal(&error.to_string()))?;
            Ok(saved(book, XLSX_KIND, &name))
        }
        _ => Err(Problem::NotFound),
    }
}

/// A file that is saved, not shown. The name is made of names of the language, which are plain letters.
pub fn saved(content: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(saved_as) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, saved_as);
    }
    response
}

/// The head and one line for each unit.
fn lines(office: &Office, language: Language, view: &BoardView, asked: &Asked) -> Vec<Vec<String>> {
    let mut head = vec![
        plain(language, "col-unit"),
        plain(language, "col-kind"),
        plain(language, "board-parent"),
    ];
    for period in &view.periods {
        let period = office.period_name(language, &view.regime, period);
        head.push(period.clone());
        head.push(format!("{period} – {}", plain(language, "col-sent-at")));
    }
    let counts = [
        "mark-on-time",
        "mark-late",
        "mark-returned",
        "mark-overdue",
        "mark-waiting",
        "mark-exempted",
        "board-complete",
        "board-punctual",
    ];
    head.extend(counts.map(|key| plain(language, key)));
    let mut lines = vec![head];
    for unit in chosen(view, asked) {
        let mut line = vec![
            unit.name.clone(),
            unit.kind.clone(),
            unit.parent_name.clone(),
        ];
        for cell in &unit.cells {
            line.push(pick(language, cell.mark.mark.wording()));
            line.push(cell.sent_at.map(words::moment).unwrap_or_default());
        }
        let tally = tally(unit);
        let counts = [
            tally.on_time,
            tally.late,
            tally.returned,
            tally.overdue,
            tally.waiting,
            tally.exempted,
        ];
        line.extend(counts.map(|count| count.to_string()));
        for share in [tally.complete(), tally.punctual()] {
            line.push(share.map(|share| share.shown()).unwrap_or_default());
        }
        lines.push(line);
    }
    lines
}

/// Lines as CSV (RFC 4180) that no spreadsheet runs as formulas.
pub fn csv_text(lines: &[Vec<String>]) -> Result<String, Problem> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: &dyn std::fmt::Display| Problem::internal(&error.to_string());
    for line in lines {
        let line = line.iter().map(|text| harmless(text));
        writer.write_record(line).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| failed(&error))?;
    Ok(format!("{BYTE_ORDER_MARK}{text}"))
}

/// A text at whose beginning a spreadsheet sees no formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}

fn workbook(title: &str, lines: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet: &mut Worksheet = book.add_worksheet();
    let heading = Format::new().set_bold().set_font_size(14);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_border(FormatBorder::Thin);
    let body = Format::new().set_border(FormatBorder::Thin);
    sheet.write_string_with_format(0, 0, title, &heading)?;
    for (row, line) in (2_u32..).zip(lines) {
        let format = if row == 2 { &head } else { &body };
        for (column, text) in (0_u16..).zip(line) {
            // A count is a number, so that it can be added up; everything else is a text and never a formula.
            match text.parse::<u32>() {
                Ok(count) if row > 2 => {
                    sheet.write_number_with_format(row, column, count, format)?;
                }
                _ => {
                    sheet.write_string_with_format(row, column, text, format)?;
                }
            }
        }
    }
    let columns = u16::try_from(lines.first().map_or(0, Vec::len)).unwrap_or(u16::MAX);
    sheet.set_column_width(0, NAME_WIDTH)?;
    for column in 1..columns {
        sheet.set_column_width(column, MARK_WIDTH)?;
    }
    sheet.set_freeze_panes(3, 1)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::{csv_text, workbook};

    #[test]
    fn no_name_becomes_a_formula_and_none_breaks_a_line() {
        let line = [
            "=HYPERLINK(\"http://x\")",
            "@a",
            "Xã \"Mới\", huyện cũ",
            "12",
        ];
        let lines = vec![line.map(str::to_string).to_vec()];
        assert_eq!(
            csv_text(&lines).expect("text"),
            "\u{feff}\"'=HYPERLINK(\"\"http://x\"\")\",'@a,\"Xã \"\"Mới\"\", huyện cũ\",12\r\n"
        );
    }

    #[test]
    fn a_workbook_is_a_zip_of_parts() {
        let lines = vec![vec!["Đơn vị".to_string()], vec!["Xã Đô Lương".to_string()]];
        let book = workbook("Chế độ", &lines).expect("a workbook");
        assert_eq!(book.get(..2), Some(b"PK".as_slice()));
    }
}
