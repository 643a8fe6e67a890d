//! Small wordings shared by pages: dates, deadlines, standings, periods, and the style of their tags.
//!
//! It turns spine values into words of the reader's language; it does not know pages. Broken input: none.

use crate::calendar::dates::{days_between, iso_date, show_date};
use crate::calendar::{Date, DateRange, Due, Moment, Period};
use crate::number::Number;
use crate::plan::Bilingual;
use crate::reports::event::Stamp;
use crate::reports::form_due::{FormSent, FormStanding};
use crate::reports::permission::Person;
use crate::reports::report::Status;
use crate::reports::standing::{SOON_DAYS, Standing};
use crate::web::texts::{Language, plain, worded};
use serde::Serialize;

/// A short label with its style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// The words.
    pub text: String,
    /// The style class.
    pub class: &'static str,
}

/// The words of the reader's language.
pub fn pick(language: Language, words: Bilingual) -> String {
    match language {
        Language::Vietnamese => words.vi,
        Language::English => words.en,
    }
}

/// `Quý II/2026`.
pub fn period_name(language: Language, period: &Period) -> String {
    match language {
        Language::Vietnamese => period.name_vi(),
        Language::English => period.name_en(),
    }
}

/// The period in addresses: `2026-Q2`.
pub fn period_code(period: &Period) -> String {
    period.to_string()
}

/// `dd/mm/yyyy`.
pub fn date(date: Date) -> String {
    show_date(date)
}

/// A difference as people write it, with its sign: `+1.234,5`. A text that is no number stays as it is.
pub fn signed(text: &str) -> String {
    match Number::parse(text) {
        Ok(number) => {
            let shown = match number.decimals() {
                Some(decimals) => number.to_vietnamese(decimals),
                None => number.to_plain(None),
            };
            let sign = if number.is_negative() { "" } else { "+" };
            format!("{sign}{shown}")
        }
        Err(_) => text.to_string(),
    }
}

/// `yyyy-mm-dd`, for machine-readable attributes.
pub fn machine_date(moment: Moment) -> String {
    format!("{}T{}", iso_date(moment.date()), moment.clock())
}

/// `dd/mm/yyyy hh:mm`.
pub fn moment(moment: Moment) -> String {
    format!("{} {}", show_date(moment.date()), moment.clock())
}

/// The name of whoever did something, and on whose behalf where the right was lent.
pub fn signer(language: Language, stamp: &Stamp) -> String {
    doer(language, &stamp.name, stamp.on_behalf_of.as_ref())
}

/// A name, and on whose behalf it acted.
pub fn doer(language: Language, name: &str, on_behalf_of: Option<&Person>) -> String {
    match on_behalf_of {
        None => name.to_string(),
        Some(lender) => worded(
            language,
            "signer-on-behalf",
            &[
                ("name", name.into()),
                ("lender", lender.name.clone().into()),
            ],
        ),
    }
}

/// A deadline: its last day, with the time of day where there is one.
pub fn due(due: Due) -> String {
    match due.clock {
        Some(clock) => format!("{} {clock}", show_date(due.date)),
        None => show_date(due.date),
    }
}

/// `Kỳ báo cáo: Quý II/2026 (từ ngày … đến ngày …)`.
pub fn period_line(language: Language, period: String, window: DateRange) -> String {
    worded(
        language,
        "period-line",
        &[
            ("period", period.into()),
            ("from", date(window.from).into()),
            ("to", date(window.to).into()),
        ],
    )
}

/// Where a report stands.
pub fn status_tag(language: Language, status: Status) -> Tag {
    let class = match status {
        Status::Draft => "tag-draft",
        Status::Returned => "tag-returned",
        Status::Proposed | Status::Approved | Status::Correcting => "tag-neutral",
        Status::Sent | Status::Received => "tag-sent",
        Status::Accepted => "tag-accepted",
    };
    Tag {
        text: pick(language, status.wording()),
        class,
    }
}

/// The forms that are not due with their report, each with its deadline and how it stands.
pub fn form_dues(language: Language, forms: &[FormStanding], now: Moment) -> Vec<String> {
    let line = |form: &FormStanding| {
        let last_day = match form.due.due {
            Some(last) => worded(language, "due-on", &[("date", due(last).into())]),
            None => plain(language, "due-unset"),
        };
        let stands = match (
            form.standing,
            due_tag(language, form.standing, form.due.due, now),
        ) {
            (_, Some(tag)) => Some(tag.text),
            (Standing::SentOnTime | Standing::Accepted(_), None) => {
                form.due.due.map(|_| plain(language, "on-time"))
            }
            (_, None) => None,
        };
        let sign = worded(
            language,
            "form-sign",
            &[("sign", form.due.sign.clone().into())],
        );
        let parts: Vec<String> = std::iter::once(last_day).chain(stands).collect();
        format!("{sign}: {}", parts.join(", "))
    };
    forms.iter().map(line).collect()
}

/// A form that was sent with its report after its own deadline.
pub fn form_sent(language: Language, sign: String, sent: &FormSent) -> String {
    let sign = worded(language, "form-sign", &[("sign", sign.into())]);
    let last_day = worded(language, "due-on", &[("date", due(sent.due).into())]);
    format!(
        "{sign}: {last_day}, {}",
        sent_late(language, sent.days_late).text
    )
}

/// How a report that is not sent stands against its deadline; none where nothing presses.
pub fn due_tag(
    language: Language,
    standing: Standing,
    due: Option<Due>,
    now: Moment,
) -> Option<Tag> {
    let late = |days: u32| {
        let text = if days == 0 {
            plain(language, "late-hours")
        } else {
            worded(language, "late-by", &[("days", i64::from(days).into())])
        };
        Tag {
            text,
            class: "tag-late",
        }
    };
    match standing {
        Standing::Late { days } => Some(late(days)),
        Standing::Returned(lateness) if lateness.late => Some(late(lateness.days)),
        // Weeks ahead, the date alone says enough; a mark on everything marks nothing.
        Standing::DueSoon { .. } | Standing::Returned(_) => {
            let left = days_between(now.date(), due?.date);
            let text = match left {
                0 => plain(language, "due-today"),
                left if left <= SOON_DAYS => {
                    worded(language, "due-left", &[("days", i64::from(left).into())])
                }
                _ => return None,
            };
            Some(Tag {
                text,
                class: "tag-due",
            })
        }
        Standing::NotYetOpen | Standing::Open | Standing::Exempted => None,
        Standing::SentLate { days } => Some(sent_late(language, days)),
        Standing::Accepted(lateness) | Standing::Correcting(lateness) if lateness.late => {
            Some(sent_late(language, lateness.days))
        }
        Standing::SentOnTime | Standing::Accepted(_) | Standing::Correcting(_) => None,
    }
}

fn sent_late(language: Language, days: u32) -> Tag {
    let text = if days == 0 {
        plain(language, "late-hours")
    } else {
        worded(
            language,
            "sent-late-by",
            &[("days", i64::from(days).into())],
        )
    };
    Tag {
        text,
        class: "tag-late",
    }
}
