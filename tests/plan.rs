//! Plans as they are stored, pinned byte for byte: changing a snapshot is a decision about the format.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot read its own fixture has to fail"
)]

use regime::analysis::analyse;
use regime::analysis::project::{Project, Source};
use regime::diagnostic::Severity;
use regime::plan::fingerprint::{fingerprint, read};
use regime::plan::lower::compile;
use regime::plan::reading::reading;
use regime::plan::{CompiledRegime, PLAN_FORMAT, PlanProblem};
use regime::text::{FileId, SourceFile};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SMALL: &str = r#"
measure don "đơn"
measure kg "kg"
measure tan "tấn" = 1_000 * kg
measure m2 "m²"
measure ha "ha" = 10_000 * m2
measure tan_ha "tấn/ha" = tan / ha
measure ta_ha "tạ/ha" = 100 * kg / ha
level xa "Cấp xã"
level tinh "Cấp tỉnh"
agency so_nn "Sở Nông nghiệp" level tinh
agency ubnd_tinh "UBND tỉnh" level tinh
catalog cay "Cây trồng" { item lua "Lúa" { item lua_xuan "Lúa xuân" }; item ngo "Ngô" }
regime NN "Trồng trọt" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> so_nn -> ubnd_tinh
  window decree 09
  period quarter, year
  deadline xa local
  deadline so_nn by 17:00 day 25 of last month
  form A "01/NN" "SẢN LƯỢNG" {
    rows chosen from cay
    total row "Tổng số"
    column 1 "Sản lượng" measure tan decimal(1)
    column 2 "Hạt giống" measure kg range 0 .. 1000
    column 3 "Cộng" measure kg decimal(1) = [1] + [2]
    column 4 "Diện tích" measure ha decimal(2)
    column 5 "Năng suất" measure ta_ha decimal(2) = [1] / [4]
    balance B1: [1] = [2] = [3]
    when [1] > 0 { warn W1: [5] >= 20 explain message "Năng suất {[5]}" only in year }
  }
}
"#;

/// Rules in pairs: alike but for a parenthesis, or alike but for the cell.
const PAIRS: &str = r#"
measure don "đơn"
level xa "Cấp xã"
level tinh "Cấp tỉnh"
agency so_nn "Sở Nông nghiệp" level tinh
agency ubnd_tinh "UBND tỉnh" level tinh
regime P "Từng cặp" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> so_nn -> ubnd_tinh
  window decree 09
  period quarter
  deadline xa local
  deadline so_nn by 17:00 day 25 of last month
  form A "01/P" "TỪNG CẶP" {
    row 1 mot "Một" measure don
    row 2 hai "Hai" measure don
    column 1 "A"
    column 2 "B"
    column 3 "C"
    column 4 "Ngày" date
    check C1: not blank([1]) or blank([2])
    check C2: not (blank([1]) or blank([2]))
    check C3: blank([1]) and (blank([2]) or blank([3]))
    check C4: blank([1]) and blank([2]) or blank([3])
    warn W1: abs([1] - [2]) <= 5
    warn W2: abs([1]) - [2] <= 5
    warn W3: [1] - ([2] - [3]) <= 5
    warn W4: [1] - [2] - [3] <= 5
    warn W5: max([1], [2]) + [3] <= 5
    warn W6: max([1], [2] + [3]) <= 5
    warn W7: 0 <= [1] <= [2]
    warn W8: [4] >= 01/01/2026
    warn W9: 31/03/2026 - [4] + 1 <= 60
    warn E1 for each [1], [2]: cell <= 10
    warn E2 for each [1, 1], [2, 2]: cell <= 20
  }
}
"#;

fn compiled(sources: &[(String, String)], tables: BTreeMap<String, String>) -> Vec<CompiledRegime> {
    let sources = sources
        .iter()
        .zip(0..)
        .map(|((path, text), id)| {
            let file = SourceFile::new(FileId(id), path, text);
            let source = Source::read(file);
            assert!(source.problems.is_empty(), "{path}: {:?}", source.problems);
            source
        })
        .collect();
    let tables = std::sync::Arc::new(tables);
    let analysis = analyse(&Project { sources, tables });
    let errors: Vec<_> = analysis
        .problems
        .iter()
        .filter(|found| found.problem.severity() != Severity::Advice)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    analysis
        .model
        .regimes
        .iter()
        .map(|regime| compile(&analysis.model, regime).expect("a sound regime compiles"))
        .collect()
}

fn small() -> CompiledRegime {
    compiled(
        &[("nn.regime".to_owned(), SMALL.to_owned())],
        BTreeMap::new(),
    )
    .remove(0)
}

fn real() -> Vec<CompiledRegime> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let sources: Vec<(String, String)> = paths
        .iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "regime")
        })
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    let tables = fs::read_dir(folder.join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| {
            let name = format!("data/{}", path.file_name().unwrap().to_str().unwrap());
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    compiled(&sources, tables)
}

fn pretty(plan: &CompiledRegime) -> String {
    serde_json::to_string_pretty(plan).expect("plans are plain data")
}

/// Long tables of words are no part of the format.
fn without_words(mut plan: CompiledRegime) -> CompiledRegime {
    for catalog in &mut plan.form_definition.catalogs {
        catalog.entries.truncate(2);
    }
    plan.header.holidays.truncate(2);
    plan
}

fn sentences(plan: &CompiledRegime) -> String {
    let mut lines = Vec::new();
    for chapter in reading(plan) {
        lines.push(format!("# {} / {}", chapter.title.vi, chapter.title.en));
        for sentence in chapter.sentences {
            lines.push(format!("{}\n  {}", sentence.vi, sentence.en));
        }
    }
    lines.join("\n")
}

#[test]
fn a_small_regime_with_scales_has_this_plan() {
    insta::assert_snapshot!(pretty(&small()));
}

#[test]
fn a_small_regime_reads_like_this() {
    insta::assert_snapshot!(sentences(&small()));
}

#[test]
fn rules_that_differ_read_differently_and_what_is_demanded_of_many_cells_is_read_once() {
    let sources = [("p.regime".to_owned(), PAIRS.to_owned())];
    let plan = compiled(&sources, BTreeMap::new()).remove(0);
    let told = reading(&plan);
    let rules = told.iter().find(|chapter| chapter.title.en == "Rules");
    let rules = rules.expect("a chapter of rules");
    let told: Vec<String> = rules
        .sentences
        .iter()
        .map(|sentence| format!("{}\n  {}", sentence.vi, sentence.en))
        .collect();
    insta::assert_snapshot!(format!("{PAIRS}\n---\n{}", told.join("\n")));
}

#[test]
fn the_real_regimes_have_these_plans() {
    for plan in real() {
        insta::assert_snapshot!(
            format!("plan_of_{}", plan.header.name),
            pretty(&without_words(plan))
        );
    }
}

#[test]
fn the_real_regimes_read_like_this() {
    for plan in real() {
        insta::assert_snapshot!(format!("reading_of_{}", plan.header.name), sentences(&plan));
    }
}

#[test]
fn a_formula_row_is_printed_as_the_circular_prints_it() {
    let plans = real();
    let rows: Vec<String> = plans
        .iter()
        .flat_map(|plan| &plan.form_definition.forms)
        .flat_map(|form| &form.columns)
        .filter_map(|column| column.formula_row.clone())
        .collect();
    assert!(
        rows.contains(&"6=8+9+10=11+12+13=14+18".to_owned()),
        "{rows:?}"
    );
}

#[test]
fn a_plan_is_read_back_and_an_altered_one_is_refused() {
    let plan = small();
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(read(&text), Ok(plan.clone()));
    assert_eq!(fingerprint(&plan), Ok(plan.fingerprint.clone()));
    assert_eq!(
        read(&text.replace("Sản lượng", "Sản  lượng")),
        Err(PlanProblem::Fingerprint)
    );
    assert_eq!(
        read(&text.replacen(
            &format!("\"format\":{PLAN_FORMAT}"),
            &format!("\"format\":{}", PLAN_FORMAT + 1),
            1
        )),
        Err(PlanProblem::Format {
            found: PLAN_FORMAT + 1
        })
    );
}

#[test]
fn the_plan_does_not_depend_on_the_order_of_the_shared_words() {
    let moved = SMALL.replace("measure don \"đơn\"\n", "").replacen(
        "level xa",
        "measure don \"đơn\"\nlevel xa",
        1,
    );
    let other = compiled(&[("nn.regime".to_owned(), moved)], BTreeMap::new()).remove(0);
    assert_eq!(other.fingerprint, small().fingerprint);
}
