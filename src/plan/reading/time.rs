//! The time of a form's own in words.
//!
//! It does not know the periods; what a form leaves to them is left out.

use super::{channel, due, lower, party, signing_role, span, window};
use crate::plan::describe::{both, listed};
use crate::plan::form::Form;
use crate::plan::form_time::{FormTime, FormVersion};
use crate::plan::header::{Channel, RegimeHeader};
use crate::plan::{Bilingual, cell::Vintage};

/// One sentence, where the form says anything about time.
pub(super) fn sentence(header: &RegimeHeader, form: &Form) -> Option<Bilingual> {
    let mut parts: Vec<Bilingual> = form.version.map(version).into_iter().collect();
    parts.extend(self::parts(header, &form.time));
    if parts.is_empty() {
        return None;
    }
    let vi: Vec<&str> = parts.iter().map(|part| part.vi.as_str()).collect();
    let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    Some(both(
        format!("Riêng biểu này: {}.", vi.join("; ")),
        format!("For this form: {}.", en.join("; ")),
    ))
}

fn version(version: FormVersion) -> Bilingual {
    let days = lower(span(version.from, version.until));
    both(
        format!("phiên bản {}, áp dụng {}", version.number, days.vi),
        format!("version {}, in force {}", version.number, days.en),
    )
}

fn parts(header: &RegimeHeader, time: &FormTime) -> Vec<Bilingual> {
    let mut parts = Vec::new();
    if let Some(own) = &time.window {
        let own = window(own);
        parts.push(both(
            format!("chốt số liệu {}", own.vi),
            format!("data are taken {}", own.en),
        ));
    }
    if let Some(covers) = &time.covers {
        let covers = window(covers);
        parts.push(both(
            format!("số liệu tính {}", covers.vi),
            format!("the figures are counted {}", covers.en),
        ));
    }
    if !time.deadlines.is_empty() {
        let deadlines: Vec<Bilingual> = time
            .deadlines
            .iter()
            .map(|deadline| {
                let (who, when) = (party(header, &deadline.party), due(&deadline.rule));
                both(format!("{who} {}", when.vi), format!("{who} {}", when.en))
            })
            .collect();
        let vi: Vec<&str> = deadlines.iter().map(|one| one.vi.as_str()).collect();
        let en: Vec<&str> = deadlines.iter().map(|one| one.en.as_str()).collect();
        parts.push(both(
            format!("hạn gửi: {}", vi.join(", ")),
            format!("deadlines: {}", en.join(", ")),
        ));
    }
    if let Some(first) = &time.first_report {
        let when = due(first);
        parts.push(both(
            format!("báo cáo đầu tiên {}", when.vi),
            format!("the first report {}", when.en),
        ));
    }
    parts.extend(way(time));
    parts
}

/// Ways of sending: any of the outer list, all of an inner one.
pub(super) fn channels(any: &[Vec<Channel>]) -> Bilingual {
    let each: Vec<Bilingual> = any
        .iter()
        .map(|all| {
            let all: Vec<Bilingual> = all.iter().map(|one| channel(*one)).collect();
            listed(&all, "và", "and")
        })
        .collect();
    listed(&each, "hoặc", "or")
}

/// How the form is sent, who signs it, how settled its figures are.
pub(super) fn way(time: &FormTime) -> Vec<Bilingual> {
    let mut parts = Vec::new();
    if let Some(channels) = &time.channels {
        let all = self::channels(channels);
        parts.push(both(
            format!("phương thức gửi: {}", all.vi),
            format!("sent by {}", all.en),
        ));
    }
    if let Some(role) = time.sign_by {
        let role = signing_role(role);
        parts.push(both(
            format!("người ký là {}", role.vi),
            format!("signed by the {}", role.en),
        ));
    }
    parts.extend(time.vintage.map(vintage));
    parts
}

fn vintage(vintage: Vintage) -> Bilingual {
    match vintage {
        Vintage::Estimate => both("số liệu ước tính", "figures are estimates"),
        Vintage::Preliminary => both("số liệu sơ bộ", "figures are preliminary"),
        Vintage::Final => both("số liệu chính thức", "figures are final"),
    }
}
