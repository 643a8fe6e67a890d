//! Kinds of period in the words of the project, a declared kind and an event by their labels; and how settled a figure is.
//!
//! It deliberately does not know days and figures. A kind whose label the plan does not have is told by its name.

use super::both;
use crate::calendar::{PeriodChoice, PeriodKind};
use crate::plan::Bilingual;
use crate::plan::cell::Vintage;
use crate::plan::header::RegimeHeader;

/// The kind as it stands inside a sentence: `đầu năm học`, `hằng ngày của “Đợt thiên tai”`.
pub fn name(header: &RegimeHeader, choice: &PeriodChoice) -> Bilingual {
    let event = |name: &str| {
        let known = header.events.iter().find(|event| event.name == name);
        known.map_or(name.to_owned(), |event| event.label.clone())
    };
    match choice.kind {
        PeriodKind::Named(_) | PeriodKind::Campaign(_) => {
            let declared = header
                .periods
                .iter()
                .find(|rule| rule.kind == choice.kind)
                .and_then(|rule| rule.label.clone());
            match declared {
                Some(label) => both(format!("“{label}”"), format!("“{label}”")),
                None => both(choice.name_vi(), choice.name_en()),
            }
        }
        PeriodKind::DailyOf(of) => {
            let label = event(of.as_str());
            both(
                format!("hằng ngày của “{label}”"),
                format!("daily report of “{label}”"),
            )
        }
        PeriodKind::EndOf(of) => {
            let label = event(of.as_str());
            both(
                format!("kết thúc “{label}”"),
                format!("final report of “{label}”"),
            )
        }
        _ => both(choice.name_vi(), choice.name_en()),
    }
}

/// How settled a figure is, in words that may stand after it.
pub fn settled(vintage: Vintage) -> Bilingual {
    match vintage {
        Vintage::Estimate => both("số ước tính", "an estimate"),
        Vintage::Preliminary => both("số sơ bộ", "preliminary"),
        Vintage::Final => both("số chính thức", "final"),
    }
}
