//! All codes, each with its page: what `regime explain` prints, what the site shows, and what the
//! tests run. One Markdown file per code lies beside this module.
//!
//! It deliberately does not read the pages; their examples are run by the tests.

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("codes/", $code, ".md")))),*]
    };
}

/// Every code with its page, in order.
pub const PAGES: &[(&str, &str)] = pages![
    "R101", "R102", "R103", "R104", "R105", "R106", "R107", "R108", "R109", "R110", "R111", "R112",
    "R113", "R114", "R115", "R116", "R117", "R118", "R119", "R201", "R301", "R401", "R501", "R601",
    "R701", "R801", "R901",
];

/// The page of a code, in either case of its letter; `None` if there is no such code.
pub fn document(code: &str) -> Option<&'static str> {
    PAGES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(_, page)| *page)
}
