//! What a sender adds to a sending, on the page and in a post: why it is late, and how the report went where it went another way.
//!
//! It reads and shows; whether a reason is needed and whether a time may be declared, the state machine decides. Broken input: a time that cannot be read is a bad
//! request, because the page offers a field that yields none such; everything else typed is shown again with the refusal.

use crate::calendar::{Due, Moment};
use crate::plan::header::Channel;
use crate::plan::reading;
use crate::reports::dispatch::{Dispatch, SendingNote};
use crate::service::view::ReportView;
use crate::web::chrome::Choice;
use crate::web::form_data::{Fields, field};
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::words::{self, pick};
use serde::Serialize;

/// What was typed beside a sending.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedNote {
    reason: String,
    channel: String,
    at: String,
    document: String,
}

/// The fields beside the button that sends.
#[derive(Serialize)]
pub struct Sending {
    /// Whether a deadline has passed.
    late: bool,
    channels: Vec<Choice>,
    /// The latest time that may be declared, as the field wants it.
    latest: String,
    typed: TypedNote,
}

impl TypedNote {
    /// What a post carries.
    pub fn of(fields: &Fields) -> TypedNote {
        let text = |name| field(fields, name).trim().to_string();
        TypedNote {
            reason: text("ly_do_cham").replace("\r\n", "\n"),
            channel: text("phuong_thuc"),
            at: text("gui_luc"),
            document: text("so_van_ban"),
        }
    }

    /// What it says; a way without a time, or a way that is not offered, says nothing that can be kept.
    pub fn note(&self) -> Result<SendingNote, Problem> {
        let dispatch = match self.channel.as_str() {
            "" => None,
            name => {
                let mut channels = Dispatch::CHANNELS.into_iter();
                let channel = channels.find(|channel| key(*channel) == name);
                let at = Moment::parse_iso(&self.at).or_else(|| Moment::parse(&self.at));
                Some(Dispatch {
                    channel: channel.ok_or(Problem::BadRequest)?,
                    at: at.ok_or(Problem::BadRequest)?,
                    document: Some(self.document.clone()),
                })
            }
        };
        Ok(SendingNote {
            late_reason: Some(self.reason.clone()).filter(|reason| !reason.is_empty()),
            dispatch,
        })
    }
}

/// The fields beside the button, with what was typed in them before.
pub fn sending(language: Language, view: &ReportView, now: Moment, typed: TypedNote) -> Sending {
    let forms = view.forms.iter().filter_map(|form| form.due.due);
    sending_after(language, view.due.into_iter().chain(forms), now, typed)
}

/// The same for anything that has these deadlines.
pub fn sending_after(
    language: Language,
    mut dues: impl Iterator<Item = Due>,
    now: Moment,
    typed: TypedNote,
) -> Sending {
    let channel = |channel: Channel| Choice {
        label: pick(language, reading::channel(channel)),
        selected: key(channel) == typed.channel,
        value: key(channel).to_string(),
    };
    Sending {
        late: dues.any(|due| due.is_late(now)),
        channels: Dispatch::CHANNELS.into_iter().map(channel).collect(),
        latest: words::machine_date(now),
        typed,
    }
}

/// How a report was sent, as far as that needs words: late and why, officially another way and when.
pub fn told(language: Language, view: &ReportView) -> Vec<String> {
    let sent = view
        .sent
        .as_ref()
        .filter(|_| view.status.is_with_recipient());
    sent.map_or_else(Vec::new, |sent| {
        lines(
            language,
            sent.late_reason.as_deref(),
            sent.dispatch.as_ref(),
        )
    })
}

/// The words of a reason and of an official sending.
pub fn lines(
    language: Language,
    late_reason: Option<&str>,
    dispatch: Option<&Dispatch>,
) -> Vec<String> {
    let dispatch = dispatch.map(|dispatch| {
        let arguments = [
            (
                "channel",
                pick(language, reading::channel(dispatch.channel)).into(),
            ),
            ("when", words::moment(dispatch.at).into()),
            (
                "document",
                dispatch
                    .document
                    .clone()
                    .unwrap_or_else(|| plain(language, "dispatch-no-number"))
                    .into(),
            ),
        ];
        worded(language, "sent-outside", &arguments)
    });
    let reason = late_reason.map(|reason| {
        worded(
            language,
            "sent-late-reason",
            &[("reason", reason.to_string().into())],
        )
    });
    dispatch.into_iter().chain(reason).collect()
}

fn key(channel: Channel) -> &'static str {
    match channel {
        Channel::System => "he-thong",
        Channel::Edoc => "van-ban-dien-tu",
        Channel::Mail => "thu-dien-tu",
        Channel::Direct => "truc-tiep",
        Channel::Fax => "fax",
        Channel::Post => "buu-chinh",
    }
}
