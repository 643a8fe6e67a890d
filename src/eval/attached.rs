//! A file attached to a cell, as reports carry it: its name, its size and the SHA-256 of its content; the content itself lies in the store.
//!
//! There is one written form, `sha256:HEX SIZE NAME`, in drafts, revisions, JSON lines and the interface. Because the hash stands in the figures, a revision that
//! was proposed, approved and sent names its content exactly, and nobody can put another in its place. It does not know where content is kept, nor how large it
//! may be. Broken input: a text in any other form is no file.

use crate::plan::fingerprint::hexadecimal;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// What every written reference begins with, so that the way of hashing can be told for ever.
const SCHEME: &str = "sha256:";

/// Hexadecimal digits of a SHA-256.
const HASH_DIGITS: usize = 64;

/// The longest name in characters: more than people give to files, less than any file system refuses.
const LONGEST_NAME: usize = 120;

/// A file by its name and content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttachedFile {
    /// Its name without folders, as the person's computer called it.
    pub name: String,
    /// Bytes of its content; 0 where only the name is known.
    pub size: u64,
    /// SHA-256 of its content, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl AttachedFile {
    /// The file of a name and a content; none where nothing is left of the name.
    pub fn of(name: &str, content: &[u8]) -> Option<AttachedFile> {
        Some(AttachedFile {
            name: clean_name(name)?,
            size: u64::try_from(content.len()).ok()?,
            sha256: hash_of(content),
        })
    }

    /// A file of which only the name is known, as in a test of a regime or in the preview of a form: it is written as an empty one, which no office takes.
    pub fn named(name: &str) -> Option<AttachedFile> {
        AttachedFile::of(name, &[])
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Option<AttachedFile> {
        let (hash, rest) = text.strip_prefix(SCHEME)?.split_once(' ')?;
        let (size, name) = rest.split_once(' ')?;
        let number: u64 = size.parse().ok()?;
        let written_once = number.to_string() == size && clean_name(name)? == name;
        (written_once && is_hash(hash)).then(|| AttachedFile {
            name: name.to_owned(),
            size: number,
            sha256: hash.to_owned(),
        })
    }

    /// The written form, which [`AttachedFile::parse`] reads.
    pub fn to_text(&self) -> String {
        format!("{SCHEME}{} {} {}", self.sha256, self.size, self.name)
    }
}

/// The SHA-256 of a content as it is written here.
pub fn hash_of(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

/// Whether a text is a SHA-256 as it is written here.
fn is_hash(text: &str) -> bool {
    text.len() == HASH_DIGITS
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A name as it is kept: without folders, which some browsers send along, without signs that cannot be seen or would change the direction of writing, and not too
/// long; the end, which tells the kind of file, stays.
fn clean_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.nfc().filter(|sign| !is_unseen(*sign)).collect();
    let name = seen.trim().trim_start_matches('.').trim_start();
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return (!name.is_empty()).then(|| name.to_owned());
    }
    let end = name
        .rsplit_once('.')
        .map(|(_, end)| format!(".{end}"))
        .filter(|end| end.chars().count() <= 12)
        .unwrap_or_default();
    let kept = LONGEST_NAME - end.chars().count();
    let start: String = name.chars().take(kept).collect();
    Some(format!("{}{end}", start.trim_end()))
}

fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::AttachedFile;

    #[test]
    fn a_file_is_written_in_one_way_and_read_back() {
        let file = AttachedFile::of("Biên bản.pdf", b"abc").unwrap();
        let text = file.to_text();
        insta::assert_snapshot!(text, @"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 Biên bản.pdf");
        assert_eq!(AttachedFile::parse(&text), Some(file));
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let wrong = [
            String::from("bien-ban.pdf"),
            format!("sha256:{hash} 3"),
            format!("sha256:{hash} 03 a.pdf"),
            format!("sha256:{hash} 3 a/b.pdf"),
            format!("sha256:{hash} 3 "),
            format!("sha256:{} 3 a.pdf", hash.to_uppercase()),
            format!("sha256:{} 3 a.pdf", &hash[1..]),
            format!("sha512:{hash} 3 a.pdf"),
        ];
        for text in wrong {
            assert_eq!(AttachedFile::parse(&text), None, "{text}");
        }
    }

    #[test]
    fn a_name_keeps_what_tells_files_apart_and_nothing_that_deceives() {
        let long = format!("{}.docx", "ả".repeat(300));
        let names = [
            r"C:\fakepath\bien ban.pdf",
            "../../etc/passwd",
            " .an.pdf ",
            "to\u{202e}fdp.exe",
            "hai\r\ndong.pdf",
            "/",
            "",
            &long,
        ];
        let kept: Vec<String> = names
            .iter()
            .map(|name| match AttachedFile::named(name) {
                Some(file) => {
                    assert_eq!(AttachedFile::parse(&file.to_text()), Some(file.clone()));
                    format!("{} ({})", file.name, file.name.chars().count())
                }
                None => "không có".to_owned(),
            })
            .map(|line| line.replace(&"ả".repeat(115), "ả…"))
            .collect();
        insta::assert_snapshot!(kept.join("\n"), @r"
        bien ban.pdf (12)
        passwd (6)
        an.pdf (6)
        tofdp.exe (9)
        haidong.pdf (11)
        không có
        không có
        ả….docx (120)
        ");
    }
}
