//! Events, what a period has of its own, and switched rules, in words.
//!
//! It does not know events that were opened or reports. What a regime does not say is left out.

use super::{due, parties};
use crate::calendar::dates::show_date;
use crate::organisation::{Event, FieldKind};
use crate::plan::describe::{self, Place, both, listed};
use crate::plan::form_time::FormTime;
use crate::plan::header::{PeriodRule, RegimeHeader};
use crate::plan::switch::RuleSwitch;
use crate::plan::validation::Severity;
use crate::plan::{Bilingual, CompiledRegime};

/// One sentence for each sort of event.
pub(super) fn sentences(header: &RegimeHeader) -> Vec<Bilingual> {
    header
        .events
        .iter()
        .map(|event| sentence(header, event))
        .collect()
}

fn sentence(header: &RegimeHeader, event: &Event) -> Bilingual {
    let fields: Vec<Bilingual> = event
        .fields
        .iter()
        .map(|field| {
            let kind = match &field.kind {
                FieldKind::Choice { entries, .. } => {
                    let labels: Vec<&str> =
                        entries.iter().map(|(_, label)| label.as_str()).collect();
                    format!(" ({})", labels.join(", "))
                }
                _ => String::new(),
            };
            let text = format!("{}{kind}", field.label);
            both(text.clone(), text)
        })
        .collect();
    let fields = listed(&fields, "và", "and");
    let (opened, closed) = (
        parties(header, &event.opened_by),
        parties(header, &event.closed_by),
    );
    let label = &event.label;
    both(
        format!(
            "{label}: ghi {}; {} mở, {} đóng.",
            fields.vi, opened.vi, closed.vi
        ),
        format!(
            "{label}: {} are recorded; opened by {}, closed by {}.",
            fields.en, opened.en, closed.en
        ),
    )
}

/// Whether two kinds of period have the same of their own.
pub(super) fn is_alike(one: &PeriodRule, other: &PeriodRule) -> bool {
    one.first_report == other.first_report
        && one.channels == other.channels
        && one.sign_by == other.sign_by
        && one.vintage == other.vintage
        && one.waived_when == other.waived_when
}

/// The sentence of a period with what it has of its own.
pub(super) fn with_extras(
    plan: &CompiledRegime,
    rule: &PeriodRule,
    sentence: Bilingual,
) -> Bilingual {
    let mut extras = Vec::new();
    if let Some(first) = &rule.first_report {
        let when = due(first);
        extras.push(both(
            format!("báo cáo đầu tiên {}", when.vi),
            format!("the first report {}", when.en),
        ));
    }
    extras.extend(super::time::way(&FormTime {
        channels: rule.channels.clone(),
        sign_by: rule.sign_by,
        vintage: rule.vintage,
        ..FormTime::default()
    }));
    for condition in &rule.waived_when {
        let told = describe::expression(plan, Place::default(), *condition);
        extras.push(both(
            format!("không phải báo cáo khi {}", told.vi),
            format!("no report is expected when {}", told.en),
        ));
    }
    if extras.is_empty() {
        return sentence;
    }
    let vi: Vec<&str> = extras.iter().map(|extra| extra.vi.as_str()).collect();
    let en: Vec<&str> = extras.iter().map(|extra| extra.en.as_str()).collect();
    both(
        format!("{}; {}.", sentence.vi.trim_end_matches('.'), vi.join("; ")),
        format!("{}; {}.", sentence.en.trim_end_matches('.'), en.join("; ")),
    )
}

/// The rules that are off or of another weight for some time; a switch of a rule that this version does not have is another version's.
pub(super) fn switches(plan: &CompiledRegime) -> Vec<Bilingual> {
    let rules = &plan.validation_program.rules;
    let of_plan = |switch: &&RuleSwitch| {
        let mut identifiers = rules.iter().filter_map(|rule| rule.identifier.as_ref());
        identifiers.any(|identifier| *identifier == switch.rule)
    };
    let switches = plan.switches.iter().filter(of_plan);
    switches.map(switched).collect()
}

fn switched(switch: &RuleSwitch) -> Bilingual {
    let change = match switch.severity {
        None => both("tắt", "is off"),
        Some(Severity::Error) => both("thành bắt buộc", "must hold"),
        Some(Severity::Explain) => both(
            "thành cảnh báo phải giải trình",
            "needs an explanation where it does not hold",
        ),
        Some(Severity::Warning) => both("thành lời nhắc", "only gives a warning"),
    };
    let from = switch.from.map(show_date);
    let until = switch.until.map(show_date);
    let (vi, en) = match (from, until) {
        (None, None) => (String::new(), String::new()),
        (Some(from), None) => (format!(" từ {from}"), format!(" from {from}")),
        (None, Some(until)) => (format!(" đến hết {until}"), format!(" until {until}")),
        (Some(from), Some(until)) => (
            format!(" từ {from} đến hết {until}"),
            format!(" from {from} until {until}"),
        ),
    };
    let (rule, reason) = (&switch.rule, &switch.reason);
    both(
        format!("Quy tắc {rule} {}{vi}: {reason}.", change.vi),
        format!("Rule {rule} {}{en}: {reason}.", change.en),
    )
}
