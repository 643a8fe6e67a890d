//! The body of a form with files, as browsers send it without script: `multipart/form-data` (RFC 7578).
//!
//! It reads a whole body that is already in memory and copies nothing twice. It does not know what fields mean or how large a file may be. Broken input: a body that
//! does not end where it says it does, or a part without a name, is no form.

/// One field of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'b> {
    /// The field's name.
    pub name: String,
    /// The file's name; none for a field that is no file.
    pub file_name: Option<String>,
    /// What was entered, or the content of the file.
    pub content: &'b [u8],
}

/// The text between parts, from the type of a body; none for a body of another type.
pub fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let given = parameters.split(';').find_map(|one| {
        let (name, value) = one.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then_some(value)
    })?;
    let text = given.trim_matches('"');
    // RFC 2046 allows no more and no less.
    (1..=70).contains(&text.len()).then_some(text)
}

/// The fields of a form in the order they came.
pub fn parts<'b>(boundary: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let opening = format!("--{boundary}").into_bytes();
    let between = format!("\r\n--{boundary}").into_bytes();
    let mut rest = body.strip_prefix(opening.as_slice())?;
    let mut found = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(found);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head = find(rest, b"\r\n\r\n")?;
        let heading = std::str::from_utf8(rest.get(..head)?).ok()?;
        rest = rest.get(head + 4..)?;
        let end = find(rest, &between)?;
        let (name, file_name) = disposition(heading)?;
        found.push(Part {
            name,
            file_name,
            content: rest.get(..end)?,
        });
        rest = rest.get(end + between.len()..)?;
    }
}

/// Where a text begins in a longer one. Line ends are rare in scans, so looking for them first passes over most bytes quickly.
fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.iter().position(|byte| byte == first)?;
        if text.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The names that the head of a part gives.
fn disposition(head: &str) -> Option<(String, Option<String>)> {
    let line = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    Some((quoted(line, "name")?, quoted(line, "filename")))
}

/// The value of a parameter. Browsers write a quotation mark and line ends in it as `%22`, `%0D`, `%0A`, and everything else as it is.
fn quoted(line: &str, name: &str) -> Option<String> {
    let opening = format!("; {name}=\"");
    let (_, rest) = line.split_once(&opening)?;
    let (value, _) = rest.split_once('"')?;
    let plain = value.replace("%22", "\"").replace("%0D", "\r");
    Some(plain.replace("%0A", "\n"))
}

#[cfg(test)]
mod tests {
    use super::{boundary, parts};

    #[test]
    fn fields_and_files_are_read_as_browsers_send_them_and_a_broken_body_is_no_form() {
        let kind = "multipart/form-data; boundary=----WebKitFormBoundaryA1";
        let between = boundary(kind).expect("a form");
        let body = "------WebKitFormBoundaryA1\r\nContent-Disposition: form-data; name=\"base\"\r\n\r\n3\r\n\
            ------WebKitFormBoundaryA1\r\nContent-Disposition: form-data; name=\"tep.o..3\"; filename=\"biên %22bản%22.pdf\"\r\n\
            Content-Type: application/pdf\r\n\r\n%PDF\r\n\r\n--\r\n------WebKitFormBoundaryA1\r\n\
            content-disposition: form-data; name=\"tep.o..4\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n\
            ------WebKitFormBoundaryA1--\r\n";
        let read = parts(between, body.as_bytes()).expect("parts");
        let lines: Vec<String> = read
            .iter()
            .map(|part| {
                let text = String::from_utf8_lossy(part.content);
                format!("{} {:?} {text:?}", part.name, part.file_name)
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        base None "3"
        tep.o..3 Some("biên \"bản\".pdf") "%PDF\r\n\r\n--"
        tep.o..4 Some("") ""
        "#);
        // Whatever is cut off is no form, and nothing of it is taken.
        for end in 0..body.len() - 4 {
            assert_eq!(parts(between, &body.as_bytes()[..end]), None, "{end}");
        }
        for other in [
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/mixed; boundary=a",
        ] {
            assert_eq!(boundary(other), None, "{other}");
        }
    }
}
