//! The days of a catalogue entry in words, as they limit what is asked for.
//!
//! It deliberately does not know which entry it is: what is asked stands under its label. Days without an end say nothing of it.

use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::plan::Bilingual;

/// `số liệu chốt từ 01/01/2027 đến hết 31/12/2028`.
pub fn told(from: Option<Date>, until: Option<Date>) -> Bilingual {
    let from = from
        .map(show_date)
        .map(|day| (format!(" từ {day}"), format!(" on or after {day}")));
    let until = until.map(show_date).map(|day| {
        let joint = if from.is_some() { " and" } else { "" };
        (
            format!(" đến hết {day}"),
            format!("{joint} on or before {day}"),
        )
    });
    let days = [from, until].into_iter().flatten();
    let (vi, en): (Vec<String>, Vec<String>) = days.unzip();
    Bilingual {
        vi: format!("số liệu chốt{}", vi.concat()),
        en: format!("the cut-off is{}", en.concat()),
    }
}
