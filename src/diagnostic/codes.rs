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
    "R113", "R114", "R115", "R116", "R117", "R118", "R119", "R120", "R121", "R122", "R123", "R201",
    "R202", "R203", "R205", "R206", "R207", "R208", "R209", "R210", "R211", "R212", "R213", "R214",
    "R215", "R216", "R217", "R218", "R220", "R221", "R222", "R223", "R224", "R301", "R302", "R303",
    "R304", "R305", "R306", "R307", "R308", "R309", "R310", "R311", "R312", "R313", "R314", "R315",
    "R316", "R317", "R318", "R319", "R320", "R321", "R322", "R323", "R324", "R325", "R326", "R327",
    "R328", "R330", "R331", "R401", "R402", "R403", "R404", "R405", "R406", "R407", "R408", "R409",
    "R410", "R411", "R412", "R413", "R414", "R415", "R416", "R417", "R418", "R419", "R420", "R421",
    "R423", "R501", "R502", "R503", "R504", "R505", "R506", "R507", "R508", "R509", "R510", "R511",
    "R512", "R513", "R514", "R515", "R516", "R517", "R518", "R519", "R520", "R521", "R522", "R523",
    "R524", "R525", "R526", "R527", "R528", "R529", "R530", "R531", "R532", "R533", "R534", "R535",
    "R536", "R537", "R538", "R539", "R540", "R541", "R542", "R543", "R544", "R601", "R602", "R603",
    "R604", "R605", "R606", "R607", "R609", "R611", "R612", "R613", "R614", "R615", "R616", "R617",
    "R618", "R619", "R620", "R621", "R625", "R626", "R627", "R630", "R701", "R702", "R703", "R704",
    "R705", "R706", "R707", "R708", "R709", "R710", "R711", "R712", "R713", "R714", "R715", "R716",
    "R717", "R718", "R719", "R720", "R721", "R722", "R723", "R724", "R725", "R726", "R727", "R731",
    "R732", "R733", "R737", "R738", "R739", "R740", "R745", "R746", "R747", "R750", "R751", "R752",
    "R753", "R754", "R755", "R756", "R757", "R801", "R802", "R803", "R804", "R805", "R806", "R807",
    "R808", "R809", "R901", "R902", "R903", "R904", "R905", "R906", "R907", "R908", "R909",
];

/// The page of a code, in either case of its letter; `None` if there is no such code.
pub fn document(code: &str) -> Option<&'static str> {
    PAGES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(_, page)| *page)
}
