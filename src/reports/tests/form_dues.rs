//! Forms that are not due with their report.

use super::obligations::unit;
use super::{date, facts, head, sending};
use crate::analysis::project::{Project, Source};
use crate::calendar::{Moment, WorkingCalendar};
use crate::organisation::{Organisation, UnitId};
use crate::plan::CompiledRegime;
use crate::reports::command::{Command, DraftChange, Facts};
use crate::reports::form_due::with_forms;
use crate::reports::obligation::{Grounds, Obligation, obligation_of_unit};
use crate::reports::report::Report;
use crate::reports::standing::Progress;
use crate::reports::step::step;
use crate::text::{FileId, SourceFile};
use crate::workspace::Snapshot;

const REGIME: &str = r#"
measure nguoi "người"
level xa "Cấp xã"
level tinh "Cấp tỉnh"
level so "Sở" of tinh
agency so_noi_vu "Sở Nội vụ" level so
agency so_y_te "Sở Y tế" level so
regime LAO_DONG "Lao động" version 1 in force from 01/01/2026 {
  basis "Thông tư 1"
  issuer "Bộ Nội vụ"
  channel system
  route xa -> so_noi_vu
  route so_y_te -> so_noi_vu
  window decree 09
  period quarter
  period year
  deadline xa, so_y_te by 3 working days after cutoff
  form VL "01/VL" "VIỆC LÀM" { default measure nguoi; rows each reporting unit; column 1 moi "Mới" }
  // counted from its own cut-off, without a deadline of its own
  form BC "02/BC" "BIÊN CHẾ" { window from day 2 of month before to day 1 of last month; default measure nguoi; rows each reporting unit; column 1 co "Có" }
  form TN "03/TN" "THẤT NGHIỆP" {
    only in quarter
    window from day 8 of month before to day 7 of last month
    deadline xa by 1 working days after cutoff
    default measure nguoi
    rows each reporting unit
    column 1 huong "Hưởng"
  }
  form SO "04/SO" "RIÊNG SỞ" { only for so_y_te; deadline so_y_te by 1 working days after cutoff; default measure nguoi; rows each reporting unit; column 1 a "A" }
}
"#;

fn plan() -> CompiledRegime {
    let file = SourceFile::new(FileId(0), "lao_dong.regime", REGIME);
    let snapshot = Snapshot::new(&Project {
        sources: vec![Source::read(file)],
        ..Project::default()
    });
    let regime = snapshot.regime("LAO_DONG").expect("the regime");
    regime
        .plan()
        .unwrap_or_else(|| panic!("{:#?}", snapshot.diagnostics()))
        .clone()
}

fn owed(period: &str) -> Obligation {
    let units = vec![
        unit("P40", "tinh", None, None, None),
        unit("SNV", "so", Some("so_noi_vu"), None, None),
        unit("C1", "xa", None, None, None),
    ];
    let (organisation, calendar) = (
        Organisation::new(units, Vec::new()),
        WorkingCalendar::default(),
    );
    let grounds = Grounds {
        organisation: &organisation,
        calendar: &calendar,
        local: &[],
        opened: &[],
        rulings: &[],
    };
    let plan = plan();
    let period = period.parse().expect("a period");
    let owed = obligation_of_unit(&[&plan.header], grounds, &period, &UnitId::from("C1"));
    with_forms(&plan, grounds, owed.expect("an obligation"))
}

fn stands(owed: &Obligation, report: Option<&Report>, now: Moment) -> String {
    let progress = report.map(Progress::of);
    let mut lines = vec![format!(
        "{}: {}",
        owed.due.map(|due| due.to_string()).unwrap_or_default(),
        owed.standing(progress, now).wording().vi
    )];
    for form in owed.form_standings(progress, report, now) {
        lines.push(format!(
            "  {} {}: {}",
            form.due.sign,
            form.due.due.map(|due| due.to_string()).unwrap_or_default(),
            form.standing.wording().vi
        ));
    }
    lines.join("\n")
}

fn on(day: &str) -> Moment {
    Moment::parse(day).expect("a moment")
}

/// Sent by the head on a day, without the steps before.
fn sent(owed: &Obligation, day: &str) -> Report {
    let mut report = Report::new(owed.key.clone());
    let officer = super::actor("canbo", crate::reports::permission::Role::Officer, "C1");
    let mut head = head();
    head.grants[0].unit = UnitId::from("C1");
    let facts = |draft| Facts {
        due: owed.due,
        forms: owed.forms.clone(),
        ..facts(draft)
    };
    let change = DraftChange {
        cells: vec![super::cell("own", "1", "5")],
        ..DraftChange::default()
    };
    let steps = [
        (0, Command::Save { base: 0, change }, &officer),
        (1, Command::Propose { draft: 1 }, &officer),
        (1, Command::Approve { revision: 1 }, &head),
        (1, sending(1), &head),
    ];
    for (draft, command, actor) in steps {
        let events = step(&report, &command, &facts(draft), on(day), actor);
        for event in events.unwrap_or_else(|refusal| panic!("{}", refusal.wording().vi)) {
            let stored = event.to_text().expect("a text");
            let read = crate::reports::event::Event::from_text(&stored).expect("an event");
            report.apply(&read);
        }
    }
    report
}

#[test]
fn a_form_of_its_own_days_is_owed_by_its_own_deadline_and_the_earliest_one_presses() {
    let quarter = owed("2026-Q2");
    assert_eq!(
        quarter.pressing().map(|due| due.date),
        Some(date(2026, 6, 4))
    );
    let days = ["01/06/2026 09:00", "05/06/2026 09:00", "18/06/2026 09:00"];
    let unsent: Vec<String> = days
        .iter()
        .map(|day| format!("{day}\n{}", stands(&quarter, None, on(day))))
        .collect();
    insta::assert_snapshot!(unsent.join("\n"));
    // A form that does not apply in the period is not owed in it.
    insta::assert_snapshot!(stands(&owed("2026"), None, on("01/12/2026 09:00")));
}

#[test]
fn a_report_in_time_for_itself_is_late_for_the_form_that_was_due_before() {
    let quarter = owed("2026-Q2");
    let days = ["04/06/2026 09:00", "09/06/2026 09:00", "19/06/2026 09:00"];
    let sent: Vec<String> = days
        .iter()
        .map(|day| {
            let report = sent(&quarter, day);
            format!(
                "{day}\n{}",
                stands(&quarter, Some(&report), on("01/07/2026 09:00"))
            )
        })
        .collect();
    insta::assert_snapshot!(sent.join("\n"));
}
