//! A unit's deadlines as an iCalendar text (RFC 5545) for the calendar of a telephone or a computer.
//!
//! Times are local with their zone; a day without an hour is a whole day. Lines are folded at 75 bytes between letters, texts are escaped. It does not know where deadlines come
//! from, nor addresses. Broken input: signs that a calendar cannot hold are left out.

use crate::calendar::{Due, Moment};

/// The longest line in bytes, without its end.
const LONGEST_LINE: usize = 75;
/// Hours that Việt Nam is ahead of universal time; it has kept them since 1975.
const HOURS_EAST: i32 = 7;
const ZONE: &str = "Asia/Ho_Chi_Minh";

/// One deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identity, the same for ever.
    pub uid: String,
    /// What is due.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// When.
    pub due: Due,
    /// How often it has changed.
    pub sequence: u32,
    /// When it changed last.
    pub changed_at: Moment,
    /// Whether nobody waits for the report any more.
    pub cancelled: bool,
    /// Where the report is.
    pub link: Option<String>,
}

/// The calendar of these deadlines under a name.
pub fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_string(),
        "VERSION:2.0".to_string(),
        "PRODID:-//Regime//Reporting deadlines//VI".to_string(),
        "CALSCALE:GREGORIAN".to_string(),
        "METHOD:PUBLISH".to_string(),
        format!("NAME:{}", text(name)),
        format!("X-WR-CALNAME:{}", text(name)),
        format!("X-WR-TIMEZONE:{ZONE}"),
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H".to_string(),
        "BEGIN:VTIMEZONE".to_string(),
        format!("TZID:{ZONE}"),
        "BEGIN:STANDARD".to_string(),
        "DTSTART:19750613T000000".to_string(),
        "TZOFFSETFROM:+0700".to_string(),
        "TZOFFSETTO:+0700".to_string(),
        "TZNAME:+07".to_string(),
        "END:STANDARD".to_string(),
        "END:VTIMEZONE".to_string(),
    ];
    for entry in entries {
        let stamp = universal(entry.changed_at);
        lines.extend([
            "BEGIN:VEVENT".to_string(),
            format!("UID:{}", text(&entry.uid)),
            format!("DTSTAMP:{stamp}"),
            format!("LAST-MODIFIED:{stamp}"),
            format!("SEQUENCE:{}", entry.sequence),
            begin(entry.due),
            format!("SUMMARY:{}", text(&entry.summary)),
            format!("DESCRIPTION:{}", text(&entry.description)),
            format!(
                "STATUS:{}",
                if entry.cancelled {
                    "CANCELLED"
                } else {
                    "CONFIRMED"
                }
            ),
            // A deadline keeps nobody busy.
            "TRANSP:TRANSPARENT".to_string(),
        ]);
        lines.extend(entry.link.iter().map(|link| format!("URL:{link}")));
        lines.push("END:VEVENT".to_string());
    }
    lines.push("END:VCALENDAR".to_string());
    lines.iter().map(|line| folded(line)).collect()
}

fn begin(due: Due) -> String {
    let day = due.date.strftime("%Y%m%d");
    match due.clock {
        Some(clock) => format!(
            "DTSTART;TZID={ZONE}:{day}T{:02}{:02}00",
            clock.hour(),
            clock.minute()
        ),
        None => format!("DTSTART;VALUE=DATE:{day}"),
    }
}

fn universal(moment: Moment) -> String {
    let moment = moment.plus_hours(-HOURS_EAST);
    let (day, clock) = (moment.date().strftime("%Y%m%d"), moment.clock());
    format!("{day}T{:02}{:02}00Z", clock.hour(), clock.minute())
}

/// A text as the value of a property.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for sign in value.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// A line with its end; a long one goes on in the next, which begins with a space. A letter is never cut.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut used = 0;
    for sign in line.chars() {
        let bytes = sign.len_utf8();
        if used + bytes > LONGEST_LINE {
            folded.push_str("\r\n ");
            used = 1;
        }
        folded.push(sign);
        used += bytes;
    }
    folded.push_str("\r\n");
    folded
}
