//! The demonstration province, loaded once through the ordinary commands, and what must hold in it.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot set up its province has failed"
)]

use regime::calendar::Period;
use regime::demo::{self, Tables};
use regime::service::Service;
use regime::service::whole::document::Looking;
use regime::store::sqlite::SqliteStore;
use regime::workspace::{Snapshot, load};
use std::path::Path;
use std::sync::{Arc, OnceLock};

struct Province {
    service: Service,
    loaded: demo::Loaded,
    _directory: tempfile::TempDir,
}

fn province() -> &'static Province {
    static PROVINCE: OnceLock<Province> = OnceLock::new();
    PROVINCE.get_or_init(|| {
        let directory = tempfile::tempdir().expect("a folder");
        let regimes = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
        let read =
            |name: &str| std::fs::read_to_string(regimes.join("data").join(name)).expect(name);
        let (units, successions, decisions) = (
            read("units.csv"),
            read("successors.csv"),
            read("lich_nghi.csv"),
        );
        let tables = Tables {
            units: &units,
            successions: &successions,
            decisions: &decisions,
        };
        let snapshot = Snapshot::new(&load::load(&regimes).project);
        let service = Service::new(Arc::new(
            SqliteStore::open(directory.path()).expect("a store"),
        ));
        let loaded = demo::load(&service, &snapshot, tables, "", &mut |_, _| {})
            .expect("the demonstration loads");
        Province {
            service,
            loaded,
            _directory: directory,
        }
    })
}

#[test]
fn every_regime_and_period_is_reported_by_most_units_and_not_by_all() {
    let province = province();
    let leader = province
        .service
        .actor("lanhdao.tinh", demo::now().date())
        .expect("readable")
        .expect("the leader");
    let collections = province
        .service
        .collections(&leader, demo::now())
        .expect("collections");
    let lines: Vec<String> = collections
        .iter()
        .map(|found| {
            format!(
                "{} {} to {}: {} of {} received, {} accepted, {} late, {} returned",
                found.regime,
                found.period,
                found.recipient,
                found.received,
                found.expected,
                found.accepted,
                found.late,
                found.returned
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_year_report_of_anh_son_is_left_open() {
    let province = province();
    let officer = province
        .service
        .actor("canbo.anhson", demo::now().date())
        .expect("readable")
        .expect("the officer");
    let period: Period = "2026".parse().expect("a year");
    let work = province.service.work(&officer, demo::now()).expect("work");
    let lines: Vec<String> = work
        .iter()
        .map(|item| {
            format!(
                "{:?} {} {} {:?} {:?}",
                item.kind, item.address.regime, item.address.period, item.status, item.standing
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert!(
        work.iter()
            .any(|item| item.address.period == period && item.address.regime == "TTHC_06A")
    );
    assert!(province.loaded.reports > 1000);
}

#[test]
fn nobody_reads_the_draft_of_another_unit() {
    let province = province();
    let period: Period = "2026".parse().expect("a year");
    let address = regime::service::view::ReportAddress {
        regime: "TTHC_06A".to_string(),
        period,
        unit: regime::organisation::UnitId(demo::people::ANH_SON.to_string()),
    };
    let mut verdicts = Vec::new();
    for user in [
        "canbo.anhson",
        "chutich.anhson",
        "canbo.anhsondong",
        "tonghop.vanphong",
        "tonghop.thanhtra",
        "lanhdao.tinh",
        "quantri",
    ] {
        let actor = province
            .service
            .actor(user, demo::now().date())
            .expect("readable")
            .expect(user);
        let verdict = match province.service.report(&actor, &address, demo::now()) {
            Ok(_) => "reads it".to_string(),
            Err(error) => error.wording().en,
        };
        verdicts.push(format!("{user}: {verdict}"));
    }
    insta::assert_snapshot!(verdicts.join("\n"));
}

#[test]
fn the_province_total_is_the_sum_of_the_parts_it_names() {
    let province = province();
    let leader = province
        .service
        .actor("lanhdao.tinh", demo::now().date())
        .expect("readable")
        .expect("the leader");
    for (regime, period, cell) in [
        ("TTHC_06A", "2026-Q3", "TTHC06A[total, 4]"),
        ("KNTC_XLD", "2026-Q2", "XLD01[3]"),
    ] {
        let period: Period = period.parse().expect("a period");
        let group = regime::eval::consolidate::Group::Overall;
        let figure = province
            .service
            .figure(
                &leader,
                (regime, &period),
                &Looking::default(),
                cell,
                &group,
            )
            .expect("a figure");
        let sum = figure
            .parts
            .iter()
            .filter_map(|part| part.cell.number())
            .fold(regime::number::Number::zero(), |sum, part| sum.add(&part));
        assert_eq!(
            figure.provenance.cell.number(),
            Some(sum),
            "{regime} {period} {cell}"
        );
        assert_eq!(figure.parts.len() + figure.missing.len(), 145);
        assert!(
            figure
                .parts
                .iter()
                .all(|part| part.revision > 0 && !part.proposed_by.name.is_empty())
        );
    }
}
