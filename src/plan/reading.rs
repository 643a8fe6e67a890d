//! A whole regime read aloud: header, periods, deadlines, outline, forms and rules as sentences in Vietnamese and English, under titles.
//!
//! Generated from the plan alone, so that what is read is what is in force. It deliberately does not know figures. What a plan does not have is
//! left out.

use crate::calendar::dates::show_date;
use crate::calendar::{
    Date, DueMoment, DueRule, MonthReference, OnHoliday, PeriodChoice, Point, TermAnchor, TermUnit,
    WindowRule, YearReference,
};
use crate::organisation::Party;
use crate::plan::applicability::Applicability;
use crate::plan::describe::{self, Place, both, kinds, listed};
use crate::plan::form::{ColumnIndex, Form, FormIndex};
use crate::plan::header::{Channel, PeriodRelation, PeriodRule, RegimeHeader, SigningRole};
use crate::plan::{Bilingual, CompiledRegime};

mod event;
mod form;
mod migration;
mod outline;
mod route;
mod rows;
mod rules;
mod time;

/// What a form says of its own time, in one sentence; none where it says nothing.
pub fn form_time(plan: &CompiledRegime, form: &Form) -> Option<Bilingual> {
    time::sentence(&plan.header, form)
}

/// A part of the reading under its own title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// The title.
    pub title: Bilingual,
    /// The sentences.
    pub sentences: Vec<Bilingual>,
}

/// The whole regime in plain words, in the order in which the regime is written.
pub fn reading(plan: &CompiledRegime) -> Vec<Chapter> {
    let header = &plan.header;
    let mut chapters = vec![
        chapter("Chế độ báo cáo", "The regime", head(header)),
        chapter("Luồng báo cáo", "Routes", route::sentences(plan)),
        chapter(
            "Kỳ báo cáo và thời hạn",
            "Periods and deadlines",
            periods(plan),
        ),
    ];
    chapters.push(chapter("Đợt", "Events", event::sentences(header)));
    chapters.extend(outline::chapters(plan));
    let forms = plan.form_definition.forms.iter().zip(0u32..);
    chapters.extend(forms.map(|(form, index)| form::chapter(plan, FormIndex(index), form)));
    chapters.push(chapter("Chỉ tiêu", "Indicators", indicators(plan)));
    chapters.push(chapter(
        "Quy tắc kiểm tra số liệu",
        "Rules",
        rules::sentences(plan),
    ));
    chapters.extend(migration::chapters(plan));
    chapters.push(chapter(
        "Quy tắc tắt hoặc đổi mức",
        "Rules switched",
        event::switches(plan),
    ));
    chapters.retain(|chapter| !chapter.sentences.is_empty());
    chapters
}

/// What is said of the regime before anything else: its title, basis, reporters and ways.
pub fn of_header(plan: &CompiledRegime) -> Vec<Bilingual> {
    head(&plan.header)
}

/// What is said of a form before its columns.
pub fn of_form(plan: &CompiledRegime, index: FormIndex) -> Vec<Bilingual> {
    form::opening(plan, index)
}

/// What is said of a column; nothing of one that the plan does not have.
pub fn of_column(plan: &CompiledRegime, form: FormIndex, column: ColumnIndex) -> Vec<Bilingual> {
    form::column(plan, form, column)
}

/// What is said of a written row, column by column where they differ.
pub fn of_row(plan: &CompiledRegime, form: FormIndex, key: &str) -> Vec<Bilingual> {
    form::row(plan, form, key)
}

fn chapter(vi: &str, en: &str, sentences: Vec<Bilingual>) -> Chapter {
    Chapter {
        title: both(vi, en),
        sentences,
    }
}

/// The indicators whose meaning is written down, each once.
fn indicators(plan: &CompiledRegime) -> Vec<Bilingual> {
    let known = plan.form_definition.indicators.iter();
    let defined = known.filter_map(|one| {
        let text = one.definition.as_deref()?.trim_end_matches('.');
        let text = format!("{}: {text}.", one.label);
        Some(both(text.clone(), text))
    });
    defined.collect()
}

fn head(header: &RegimeHeader) -> Vec<Bilingual> {
    let (name, version, title) = (&header.name, header.version, &header.title);
    let dates = lower(span(Some(header.in_force_from), header.in_force_until));
    let mut sentences = vec![both(
        format!(
            "{title} ({name}, phiên bản {version}), có hiệu lực {}.",
            dates.vi
        ),
        format!(
            "{title} ({name}, version {version}), in force {}.",
            dates.en
        ),
    )];
    sentences.push(both(
        format!(
            "Căn cứ: {}. Cơ quan ban hành: {}.",
            header.basis.join("; "),
            header.issuer
        ),
        format!(
            "Legal basis: {}. Issued by {}.",
            header.basis.join("; "),
            header.issuer
        ),
    ));
    let (reporters, recipients) = (
        parties(header, &header.reporters),
        parties(header, &header.recipients),
    );
    let channels = time::channels(&header.channels);
    sentences.push(both(
        format!(
            "Đối tượng báo cáo: {}. Nơi nhận: {}. Phương thức gửi: {}.",
            reporters.vi, recipients.vi, channels.vi
        ),
        format!(
            "Reporters: {}. Recipient: {}. Sent by {}.",
            reporters.en, recipients.en, channels.en
        ),
    ));
    if header.statistical {
        sentences.push(both(
            "Chế độ báo cáo thống kê theo Luật Thống kê.",
            "A statistical regime under the statistics law.",
        ));
    }
    if let Some(role) = header.sign_by {
        let role = signing_role(role);
        sentences.push(both(
            format!("Người ký: {}.", role.vi),
            format!("Signed by the {}.", role.en),
        ));
    }
    sentences
}

/// The label of a level or agency.
fn party(header: &RegimeHeader, party: &Party) -> String {
    let level = header
        .levels
        .iter()
        .find(|level| level.name == party.name)
        .map(|level| &level.label);
    let agency = header
        .agencies
        .iter()
        .find(|agency| agency.name == party.name)
        .map(|agency| &agency.label);
    let label = level.or(agency).unwrap_or(&party.name);
    let tags: Vec<&str> = party
        .tags
        .iter()
        .map(|name| {
            let known = header.tags.iter().find(|tag| tag.name == *name);
            known.map_or(name.as_str(), |tag| tag.label.as_str())
        })
        .collect();
    if tags.is_empty() {
        label.clone()
    } else {
        format!("{label} ({})", tags.join(" + "))
    }
}

fn parties(header: &RegimeHeader, all: &[Party]) -> Bilingual {
    let labels: Vec<Bilingual> = all
        .iter()
        .map(|one| {
            let label = party(header, one);
            both(label.clone(), label)
        })
        .collect();
    listed(&labels, "và", "and")
}

/// “Từ 01/07/2025 đến hết 30/06/2026: ”; nothing without dates.
fn span(from: Option<Date>, until: Option<Date>) -> Bilingual {
    match (from.map(show_date), until.map(show_date)) {
        (None, None) => both("", ""),
        (Some(from), None) => both(format!("Từ {from} "), format!("From {from} ")),
        (None, Some(until)) => both(format!("Đến hết {until} "), format!("Until {until} ")),
        (Some(from), Some(until)) => both(
            format!("Từ {from} đến hết {until} "),
            format!("From {from} until {until} "),
        ),
    }
}

/// The same inside a sentence.
fn lower(dates: Bilingual) -> Bilingual {
    both(
        dates.vi.trim().to_lowercase(),
        dates.en.trim().to_lowercase(),
    )
}

/// Periods with the same window, relation and deadlines share a sentence.
fn periods(plan: &CompiledRegime) -> Vec<Bilingual> {
    let header = &plan.header;
    let mut groups: Vec<(Vec<Bilingual>, &PeriodRule)> = Vec::new();
    for rule in &header.periods {
        let alike = groups.iter_mut().find(|(_, other)| {
            other.window == rule.window
                && other.covers == rule.covers
                && other.relation == rule.relation
                && other.deadlines == rule.deadlines
                && event::is_alike(other, rule)
        });
        match alike {
            Some((names, _)) => names.push(period_name(header, rule)),
            None => groups.push((vec![period_name(header, rule)], rule)),
        }
    }
    groups
        .into_iter()
        .map(|(names, rule)| {
            let sentence = period_sentence(header, &listed(&names, "và", "and"), rule);
            event::with_extras(plan, rule, sentence)
        })
        .collect()
}

fn period_name(header: &RegimeHeader, rule: &PeriodRule) -> Bilingual {
    kinds::name(header, &rule.choice())
}

fn period_sentence(header: &RegimeHeader, name: &Bilingual, rule: &PeriodRule) -> Bilingual {
    let window = window(&rule.window);
    let relation = relation(header, &rule.relation);
    let covers = rule.covers.as_ref().map_or_else(
        || both("", ""),
        |covers| {
            let covers = self::window(covers);
            both(
                format!("; số liệu tính {}", covers.vi),
                format!("; the figures are counted {}", covers.en),
            )
        },
    );
    let mut dated: Vec<(Vec<Bilingual>, &DueRule)> = Vec::new();
    for deadline in &rule.deadlines {
        let who = party(header, &deadline.party);
        let who = both(who.clone(), who);
        match dated.iter_mut().find(|(_, due)| **due == deadline.rule) {
            Some((together, _)) => together.push(who),
            None => dated.push((vec![who], &deadline.rule)),
        }
    }
    let deadlines: Vec<Bilingual> = dated
        .iter()
        .map(|(together, rule)| {
            let (who, when) = (listed(together, "và", "and"), due(rule));
            both(
                format!("{} {}", who.vi, when.vi),
                format!("{} {}", who.en, when.en),
            )
        })
        .collect();
    let vi: Vec<&str> = deadlines
        .iter()
        .map(|deadline| deadline.vi.as_str())
        .collect();
    let en: Vec<&str> = deadlines
        .iter()
        .map(|deadline| deadline.en.as_str())
        .collect();
    both(
        format!(
            "Kỳ {}: chốt số liệu {}{}{}; hạn gửi: {}.",
            name.vi,
            window.vi,
            covers.vi,
            relation.vi,
            vi.join("; ")
        ),
        format!(
            "Period {}: data are taken {}{}{}; deadlines: {}.",
            name.en,
            window.en,
            covers.en,
            relation.en,
            en.join("; ")
        ),
    )
}

fn relation(header: &RegimeHeader, relation: &PeriodRelation) -> Bilingual {
    let kinds = |kinds: &[PeriodChoice]| {
        listed(
            &kinds
                .iter()
                .map(|choice| kinds::name(header, choice))
                .collect::<Vec<_>>(),
            "và",
            "and",
        )
    };
    match relation {
        PeriodRelation::Independent => both("", ""),
        PeriodRelation::DerivedFrom(shorter) => {
            let shorter = kinds(shorter);
            both(
                format!("; cộng từ các kỳ {}", shorter.vi),
                format!("; added up from each {}", shorter.en),
            )
        }
        PeriodRelation::CheckedAgainst(shorter) => {
            let shorter = kinds(shorter);
            both(
                format!("; đối chiếu với số cộng từ các kỳ {}", shorter.vi),
                format!("; checked against the sum of each {}", shorter.en),
            )
        }
    }
}

fn window(window: &WindowRule) -> Bilingual {
    match window {
        WindowRule::Decree09 => both(
            "từ ngày 15 tháng trước kỳ đến ngày 14 tháng cuối kỳ (Điều 12 Nghị định 09/2019/NĐ-CP)",
            "from the 15th of the month before to the 14th of the last month (Decree 09/2019/NĐ-CP, article 12)",
        ),
        WindowRule::Calendar => both("theo lịch của kỳ", "over the calendar days of the period"),
        WindowRule::WholeEvent => both("từ khi đợt bắt đầu", "from the beginning of the event"),
        WindowRule::At(at) => {
            let at = point(at);
            both(format!("tại {}", at.vi), format!("at {}", at.en))
        }
        WindowRule::FromTo(from, to) => {
            let (from, to) = (point(from), point(to));
            both(
                format!("từ {} đến {}", from.vi, to.vi),
                format!("from {} to {}", from.en, to.en),
            )
        }
    }
}

fn point(point: &Point) -> Bilingual {
    match point {
        Point::Fixed(date) => both(show_date(*date), show_date(*date)),
        Point::DayAndMonth { day, month, year } => {
            let (vi, en) = match year {
                YearReference::Last => (" năm trước", " of last year"),
                YearReference::Same => ("", ""),
                YearReference::Next => (" năm sau", " of next year"),
            };
            both(
                format!("{day:02}/{month:02}{vi}"),
                format!("{day:02}/{month:02}{en}"),
            )
        }
        Point::DayOf { day, month } => {
            let month = month_of(*month);
            both(
                format!("ngày {day} {}", month.vi),
                format!("day {day} {}", month.en),
            )
        }
        Point::LastDayOf { month } => {
            let month = month_of(*month);
            both(
                format!("ngày cuối {}", month.vi),
                format!("the last day {}", month.en),
            )
        }
    }
}

fn month_of(month: MonthReference) -> Bilingual {
    match month {
        MonthReference::Before => both("tháng trước kỳ", "of the month before"),
        MonthReference::First => both("tháng đầu kỳ", "of the first month"),
        MonthReference::Last => both("tháng cuối kỳ", "of the last month"),
        MonthReference::After => both("tháng sau kỳ", "of the month after"),
    }
}

fn due(rule: &DueRule) -> Bilingual {
    let DueRule::By {
        inclusive,
        moment,
        on_holiday,
    } = rule
    else {
        return both("do địa phương quy định", "as the province decides");
    };
    let (vi, en) = if *inclusive {
        ("chậm nhất", "by")
    } else {
        ("trước", "before")
    };
    let moment = match moment {
        DueMoment::Clock { clock, point: None } => both(format!("{clock}"), format!("{clock}")),
        DueMoment::Clock {
            clock,
            point: Some(day),
        } => {
            let day = point(day);
            both(
                format!("{clock} {}", day.vi),
                format!("{clock} on {}", day.en),
            )
        }
        DueMoment::At { point: day, clock } => {
            let day = point(day);
            match clock {
                None => day,
                Some(clock) => both(
                    format!("{clock} {}", day.vi),
                    format!("{clock} on {}", day.en),
                ),
            }
        }
        DueMoment::After {
            amount,
            unit,
            anchor,
        } => {
            let unit = match unit {
                TermUnit::WorkingDays => both("ngày làm việc", "working days"),
                TermUnit::Days => both("ngày", "days"),
                TermUnit::Hours => both("giờ", "hours"),
            };
            let anchor = match anchor {
                TermAnchor::Cutoff => both("khi chốt số liệu", "the cut-off"),
                TermAnchor::EventStart => both("khi đợt bắt đầu", "the event starts"),
                TermAnchor::EventEnd => both("khi đợt kết thúc", "the event ends"),
            };
            both(
                format!("{amount} {} sau {}", unit.vi, anchor.vi),
                format!("{amount} {} after {}", unit.en, anchor.en),
            )
        }
    };
    let holiday = match on_holiday {
        OnHoliday::Next => both("", ""),
        OnHoliday::Previous => both(
            " (gặp ngày nghỉ thì sớm hơn)",
            " (earlier where it falls on a rest day)",
        ),
        OnHoliday::Unchanged => both(" (gặp ngày nghỉ vẫn giữ nguyên)", " (also on a rest day)"),
    };
    both(
        format!("{vi} {}{}", moment.vi, holiday.vi),
        format!("{en} {}{}", moment.en, holiday.en),
    )
}

/// How a report may travel, in words.
pub fn channel(channel: Channel) -> Bilingual {
    match channel {
        Channel::System => both("hệ thống thông tin báo cáo", "the reporting system"),
        Channel::Edoc => both("hệ thống quản lý văn bản", "the document system"),
        Channel::Mail => both("thư điện tử", "e-mail"),
        Channel::Direct => both("gửi trực tiếp", "hand"),
        Channel::Fax => both("fax", "fax"),
        Channel::Post => both("bưu chính", "post"),
    }
}

fn signing_role(role: SigningRole) -> Bilingual {
    match role {
        SigningRole::Leader => both("thủ trưởng đơn vị", "head of the unit"),
        SigningRole::Deputy => both("cấp phó của thủ trưởng đơn vị", "deputy head of the unit"),
        SigningRole::Head => both("trưởng phòng", "head of the division"),
    }
}

/// “ (chỉ trong kỳ quý 1; chỉ với Cấp xã)”; nothing for a part that applies everywhere.
fn limits(plan: &CompiledRegime, place: Place<'_>, applicability: &Applicability) -> Bilingual {
    let mut parts = Vec::new();
    if !applicability.only_in.is_empty() {
        let kinds: Vec<Bilingual> = applicability
            .only_in
            .iter()
            .map(|choice| kinds::name(&plan.header, choice))
            .collect();
        let kinds = listed(&kinds, "và", "and");
        parts.push(both(
            format!("chỉ trong kỳ {}", kinds.vi),
            format!("only in {}", kinds.en),
        ));
    }
    if !applicability.only_for.is_empty() {
        let who = parties(&plan.header, &applicability.only_for);
        parts.push(both(
            format!("chỉ với {}", who.vi),
            format!("only for {}", who.en),
        ));
    }
    for condition in &applicability.only_when {
        let told = describe::expression(plan, place, *condition);
        parts.push(both(
            format!("chỉ khi {}", told.vi),
            format!("only when {}", told.en),
        ));
    }
    if parts.is_empty() {
        return both("", "");
    }
    let vi: Vec<&str> = parts.iter().map(|part| part.vi.as_str()).collect();
    let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    both(
        format!(" ({})", vi.join("; ")),
        format!(" ({})", en.join("; ")),
    )
}

/// The same at the beginning of a sentence.
fn capitals(text: Bilingual) -> Bilingual {
    both(capital(&text.vi), capital(&text.en))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
