//! Tables: comma-separated text with a header line, as projects keep their units, successions and catalogues.
//!
//! Deliberately does not know: what a column means, or where the text came from.
//! On broken input: a [`TableProblem`] names the line and the field; every healthy line is kept.

use crate::text::normal::composed;

/// One mistake in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableProblem {
    /// The line of the text, from 1; the header is line 1.
    pub line: u64,
    /// The column, when the mistake lies in one.
    pub field: Option<String>,
    /// What is wrong.
    pub kind: TableProblemKind,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableProblemKind {
    /// The text has no header line.
    NoHeader,
    /// A quotation mark is never closed, or the line cannot be read otherwise.
    Unreadable,
    /// The fields are separated by another sign than a comma; they are read by it.
    Separator {
        /// The sign.
        found: char,
    },
    /// The header lacks a column.
    MissingColumn,
    /// The header has a column that the table does not know.
    UnknownColumn,
    /// The header names a column twice.
    RepeatedColumn,
    /// The line has more or fewer fields than the header.
    FieldCount {
        /// Fields of the header.
        expected: usize,
        /// Fields of the line.
        found: usize,
    },
    /// The field must not be empty.
    Empty,
    /// The field is not a date `yyyy-mm-dd` that exists.
    NotADate {
        /// The field as written.
        text: String,
    },
    /// The field is not a number of the allowed range.
    NotANumber {
        /// The field as written.
        text: String,
    },
    /// The field looks like a whole number with points between its thousands, which would be read as decimals.
    ThousandsPoint {
        /// The field as written.
        text: String,
        /// The whole number that seems to be meant.
        meant: String,
    },
    /// The field is none of the allowed words.
    NotAllowed {
        /// The field as written.
        text: String,
    },
    /// The unit is none of those that the table speaks of.
    NotGivenTo {
        /// The field as written.
        text: String,
    },
    /// The key stands on an earlier line too; the earlier line holds.
    Repeated {
        /// The key as written.
        text: String,
        /// The line that holds.
        first_line: u64,
    },
    /// No line of the table has this key.
    UnknownReference {
        /// The field as written.
        text: String,
    },
    /// Nothing in the project bears this name.
    Undeclared {
        /// The field as written.
        text: String,
    },
    /// With the lines before it the parts of a thing come to more than the thing.
    MoreThanWhole {
        /// What is divided.
        text: String,
    },
    /// The field must be a name, as a source could write it.
    NotAName {
        /// The field as written.
        text: String,
    },
    /// The last day lies before the first.
    DatesReversed,
    /// The line refers to itself through others.
    Cycle {
        /// The field as written.
        text: String,
    },
}

/// One line of a table with its fields in the order of the columns asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the text, from 1.
    pub line: u64,
    fields: Vec<String>,
}

impl Row {
    /// The text of the column at that place in the list of columns asked for, without blanks around it; empty when
    /// the table has no such column.
    pub fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// The same, `None` when empty.
    pub fn optional(&self, column: usize) -> Option<&str> {
        Some(self.field(column)).filter(|text| !text.is_empty())
    }
}

/// Reads the lines of a table. The first `required` of the columns must be in the header, the others may be missing;
/// the header may name them in any order. Without a usable header no line is read. Text is brought to Unicode form C,
/// as files from other systems may not be. A field never runs over a line end, so that a quotation mark that is not
/// closed costs one line and not the rest of the table. Empty lines are left out.
pub fn read_table(text: &str, columns: &[&str], required: usize) -> (Vec<Row>, Vec<TableProblem>) {
    let mut problems = Vec::new();
    let text = composed(text.trim_start_matches('\u{feff}'));
    let mut lines = (1_u64..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    let Some((header_line, header)) = lines.next() else {
        return (
            Vec::new(),
            vec![TableProblem {
                line: 1,
                field: None,
                kind: TableProblemKind::NoHeader,
            }],
        );
    };
    let separator = separator(header, columns);
    if separator != ',' {
        problems.push(TableProblem {
            line: header_line,
            field: None,
            kind: TableProblemKind::Separator { found: separator },
        });
    }
    let Some(header) = split_line(header, separator) else {
        return (
            Vec::new(),
            vec![TableProblem {
                line: header_line,
                field: None,
                kind: TableProblemKind::Unreadable,
            }],
        );
    };
    let places = header_places(&header, header_line, columns, required, &mut problems);
    if problems
        .iter()
        .any(|problem| problem.kind == TableProblemKind::MissingColumn)
    {
        return (Vec::new(), problems);
    }
    let mut rows = Vec::new();
    for (line, content) in lines {
        let kind = match split_line(content, separator) {
            None => TableProblemKind::Unreadable,
            Some(record) if record.len() != header.len() => TableProblemKind::FieldCount {
                expected: header.len(),
                found: record.len(),
            },
            Some(record) => {
                let field = |place: &Option<usize>| {
                    place
                        .and_then(|place| record.get(place))
                        .unwrap_or("")
                        .to_owned()
                };
                rows.push(Row {
                    line,
                    fields: places.iter().map(field).collect(),
                });
                continue;
            }
        };
        problems.push(TableProblem {
            line,
            field: None,
            kind,
        });
    }
    (rows, problems)
}

/// The sign by which most names of columns that the table knows are separated; a comma unless another sign finds more.
fn separator(header: &str, columns: &[&str]) -> char {
    let known = |sign: char| {
        let names = header.split(sign).map(|name| name.trim().trim_matches('"'));
        names.filter(|name| columns.contains(name)).count()
    };
    let (mut best, mut most) = (',', known(','));
    for sign in [';', '\t', '|'] {
        let found = known(sign);
        if found > most && found > 1 {
            (best, most) = (sign, found);
        }
    }
    best
}

/// The fields of one line; `None` when a quotation mark is not closed.
fn split_line(line: &str, separator: char) -> Option<csv::StringRecord> {
    if !line.matches('"').count().is_multiple_of(2) {
        return None;
    }
    // A reader is made for a line that needs one: tables are read again at every check.
    if !line.contains(['"', '\r', '\n']) {
        return Some(line.split(separator).map(str::trim).collect());
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .trim(csv::Trim::All)
        .buffer_capacity(1024)
        .from_reader(line.as_bytes());
    reader.records().next()?.ok()
}

/// Where each column asked for stands in the header.
fn header_places(
    header: &csv::StringRecord,
    line: u64,
    columns: &[&str],
    required: usize,
    problems: &mut Vec<TableProblem>,
) -> Vec<Option<usize>> {
    let mut report = |field: &str, kind| {
        problems.push(TableProblem {
            line,
            field: Some(field.to_owned()),
            kind,
        });
    };
    for (place, name) in header.iter().enumerate() {
        if !columns.contains(&name) {
            report(name, TableProblemKind::UnknownColumn);
        } else if header.iter().take(place).any(|earlier| earlier == name) {
            report(name, TableProblemKind::RepeatedColumn);
        }
    }
    let mut places = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let place = header.iter().position(|name| name == *column);
        if place.is_none() && index < required {
            report(column, TableProblemKind::MissingColumn);
        }
        places.push(place);
    }
    places
}
