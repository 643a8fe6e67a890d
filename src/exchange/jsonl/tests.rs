//! Lines in, reports and named mistakes out.

use super::*;
use crate::calendar::{Date, KindDays, PeriodKind, WindowRule};
use crate::organisation::{Party, Unit};
use crate::plan::aggregation::AggregationPlan;
use crate::plan::applicability::Applicability;
use crate::plan::form::{CatalogIndex, FormDefinition, Rows};
use crate::plan::header::{PeriodRelation, PeriodRule, RegimeHeader};
use crate::plan::validation::ValidationProgram;
use proptest::prelude::*;

/// A regime `A` version 2, quarters only, with a form `CO_DONG` whose rows are chosen and a form `MOT_DONG` with one row per unit.
fn plan() -> CompiledRegime {
    let form = |name: &str, rows: Rows| Form {
        name: name.into(),
        sign: String::new(),
        title: String::new(),
        list: false,
        applicability: Applicability::default(),
        rows,
        consolidated: None,
        grouped_by: None,
        time: Default::default(),
        version: None,
        total_row: None,
        total_group: None,
        header: Vec::new(),
        columns: Vec::new(),
        exceptions: Vec::new(),
    };
    CompiledRegime {
        switches: Vec::new(),
        format: crate::plan::PLAN_FORMAT,
        language: crate::plan::LANGUAGE_VERSION,
        fingerprint: String::new(),
        header: RegimeHeader {
            name: "A".into(),
            title: "Chế độ A".into(),
            version: 2,
            in_force_from: Date::constant(2026, 1, 1),
            in_force_until: None,
            statistical: false,
            basis: Vec::new(),
            issuer: String::new(),
            reporters: vec![Party {
                name: "xa".into(),
                tags: Vec::new(),
            }],
            recipients: Vec::new(),
            channels: Vec::new(),
            sign_by: None,
            routes: Vec::new(),
            suspensions: Vec::new(),
            assignments: Vec::new(),
            periods: vec![PeriodRule {
                days: KindDays::Own,
                kind: PeriodKind::Quarter,
                index: None,
                relation: PeriodRelation::Independent,
                window: WindowRule::Decree09,
                covers: None,
                deadlines: Vec::new(),
                first_report: None,
                label: None,
                channels: None,
                sign_by: None,
                vintage: None,
                waived_when: Vec::new(),
            }],
            events: Vec::new(),
            holidays: Vec::new(),
            lunar_months: Vec::new(),
            levels: Vec::new(),
            agencies: Vec::new(),
            tags: Vec::new(),
        },
        form_definition: FormDefinition {
            measures: Vec::new(),
            catalogs: Vec::new(),
            indicators: Vec::new(),
            targets: Vec::new(),
            forms: vec![
                form("CO_DONG", Rows::ChosenFrom(CatalogIndex(0))),
                form("MOT_DONG", Rows::EachReportingUnit),
            ],
        },
        outlines: Vec::new(),
        migrations: Vec::new(),
        validation_program: ValidationProgram {
            expressions: Vec::new(),
            order: Vec::new(),
            rules: Vec::new(),
        },
        aggregation_plan: AggregationPlan { steps: Vec::new() },
    }
}

fn units() -> Organisation {
    let unit = |id: &str, level: &str, name: &str| Unit {
        id: UnitId(id.into()),
        level: level.into(),
        item: level.into(),
        name: name.into(),
        area_code: None,
        agency: None,
        parent: None,
        tags: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        valid_from: None,
        valid_to: None,
    };
    Organisation::new(
        vec![unit("U1", "xa", "Xã Mẫu"), unit("P1", "tinh", "Tỉnh Mẫu")],
        Vec::new(),
    )
}

fn received(text: &str) -> Received {
    let plan = plan();
    read(
        text,
        Known {
            regimes: &[&plan],
            units: Some(&units()),
        },
    )
}

/// Reports, then mistakes, as text.
fn shown(text: &str) -> String {
    let received = received(text);
    let mut lines: Vec<String> = received
        .reports
        .iter()
        .map(|report| {
            let figures = serde_json::to_string(&report.figures).unwrap_or_default();
            format!(
                "{} v{} {} {}: {figures}",
                report.regime, report.version, report.unit, report.period
            )
        })
        .collect();
    lines.extend(received.problems.iter().map(|problem| {
        let field = problem.field.as_deref().unwrap_or("-");
        format!("{}: {field}: {}", problem.line, problem.kind.wording().vi)
    }));
    lines.join("\n")
}

const HEAD: &str = r#""format":1,"regime":"A","version":2,"unit":"U1","period":"2026-Q2""#;

fn line(rest: &str) -> String {
    format!("{{{HEAD},{rest}}}")
}

#[test]
fn the_lines_of_one_unit_and_period_are_one_report() {
    let text = [
        line(r#""form":"CO_DONG","cells":{"dat_dai":{"4":"120","5":"nil","6":null},"ho_tich":{}},"explanations":{"W1":"Mưa lũ"}"#),
        String::new(),
        line(r#""form":"MOT_DONG","cells":{"1":12.50,"ten":"Chữ"}"#),
    ]
    .join("\n");
    insta::assert_snapshot!(shown(&text), @r#"A v2 U1 2026-Q2: {"CO_DONG":{"rows":{"dat_dai":{"4":"120","5":"nil"},"ho_tich":{}},"explanations":{"W1":"Mưa lũ"}},"MOT_DONG":{"rows":{"":{"1":"12.50","ten":"Chữ"}}}}"#);
    assert_eq!(received(&text).reports[0].line_of("MOT_DONG"), Some(3));
}

#[test]
fn a_number_is_read_as_text_and_never_through_a_float() {
    let text = line(
        r#""form":"MOT_DONG","cells":{"1":0.1000000000000000000000000001,"2":12345678901234567890123456789}"#,
    );
    insta::assert_snapshot!(shown(&text), @r#"A v2 U1 2026-Q2: {"MOT_DONG":{"rows":{"":{"1":"0.1000000000000000000000000001","2":"12345678901234567890123456789"}}}}"#);
}

#[test]
fn every_bad_line_is_named_and_the_others_are_kept() {
    let text = [
        "{\"format\":1,".to_owned(),
        "[1, 2]".to_owned(),
        line(r#""form":"MOT_DONG","cells":{"1":"7"}"#),
        line(r#""form":"MOT_DONG","cells":{"1":"8"}"#),
        line(r#""form":"KHONG_CO","cells":{}"#),
        line(r#""form":"CO_DONG""#),
        r#"{"format":2,"regime":"B","version":1,"form":"X","unit":"U1","period":"2026","cells":{}}"#.to_owned(),
        r#"{"format":1,"regime":"A","version":9,"form":"MOT_DONG","unit":"U9","period":"2026-Q5","cells":{}}"#.to_owned(),
        r#"{"format":1,"regime":"A","version":2,"form":"MOT_DONG","unit":"17329","period":"2026-05","cells":{}}"#.to_owned(),
        r#"{"format":1,"regime":"A","version":2,"form":"MOT_DONG","unit":"P1","period":"2026-Q1","cells":{}}"#.to_owned(),
        r#"{"format":"1","regime":5,"version":-1,"form":"MOT_DONG","unit":"U1","period":"2026-W60","cells":{},"cell":{}}"#.to_owned(),
    ]
    .join("\n");
    insta::assert_snapshot!(shown(&text));
}

#[test]
fn a_bad_cell_is_named_and_its_neighbours_are_kept() {
    let text = [
        r#"{"format":1,"regime":"A","version":2,"unit":"U1","period":"2026-Q1","form":"CO_DONG","cells":{"dat_dai":{"4":true,"5":"1","5":"2"},"ho_tich":7}}"#,
        r#"{"format":1,"regime":"A","version":2,"unit":"U1","period":"2026-Q3","form":"MOT_DONG","cells":{"1":{"2":"3"},"2":"4"},"explanations":{"W1":5}}"#,
    ]
    .join("\n");
    insta::assert_snapshot!(shown(&text));
}

proptest! {
    #[test]
    fn any_damage_to_a_line_is_read_without_panic_and_spares_the_next(at in 0usize..200, byte in any::<char>()) {
        let sound = line(r#""form":"CO_DONG","cells":{"dat_dai":{"4":"120","5":"nil"}},"explanations":{"W1":"Mưa"}"#);
        let damaged: String = sound.chars().enumerate().map(|(position, old)| if position == at { byte } else { old }).collect();
        let next = r#"{"format":1,"regime":"A","version":2,"unit":"U1","period":"2026-Q4","form":"MOT_DONG","cells":{"1":"1"}}"#;
        prop_assume!(!damaged.contains('\n'));
        let received = received(&format!("{damaged}\n{next}"));
        prop_assert!(received.reports.iter().any(|report| report.period.to_string() == "2026-Q4"));
    }
}
