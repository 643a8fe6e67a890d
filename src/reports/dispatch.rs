//! What a sender adds to a sending: why it is late, and how the report went officially where it went another way than through this system.
//!
//! The officer enters it afterwards; the time of entry is that of the event, the official time is what the unit declares, and both stay visible side by side. It does not
//! know deadlines. Broken input: a time that has not come yet, and a way that is none outside this system, are refused.

use crate::calendar::Moment;
use crate::plan::header::Channel;
use crate::reports::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What a sender adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendingNote {
    /// Why it is sent after a deadline; needed then, and not kept otherwise.
    pub late_reason: Option<String>,
    /// How it went officially, where it went another way than through this system.
    pub dispatch: Option<Dispatch>,
}

impl SendingNote {
    /// A note that says why the report is late, and nothing else.
    pub fn late(reason: &str) -> SendingNote {
        SendingNote {
            late_reason: Some(reason.to_string()),
            dispatch: None,
        }
    }
}

/// An official sending outside this system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// How it went.
    pub channel: Channel,
    /// When it went, as the unit declares.
    pub at: Moment,
    /// Number and sign of the document (số, ký hiệu văn bản), if it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl Dispatch {
    /// The ways outside this system that a regime may name (Decree 09/2019/NĐ-CP, Article 10).
    pub const CHANNELS: [Channel; 5] = [
        Channel::Edoc,
        Channel::Mail,
        Channel::Direct,
        Channel::Fax,
        Channel::Post,
    ];

    /// The same, if it may be declared at this moment; an empty number of the document is none.
    pub(super) fn checked(&self, now: Moment) -> Result<Dispatch, Refusal> {
        if !Dispatch::CHANNELS.contains(&self.channel) {
            return Err(Refusal::DispatchedHere);
        }
        if self.at > now {
            return Err(Refusal::DispatchAhead { at: self.at });
        }
        let document = self.document.as_deref().map(str::trim);
        Ok(Dispatch {
            document: document
                .filter(|document| !document.is_empty())
                .map(str::to_string),
            ..self.clone()
        })
    }
}
