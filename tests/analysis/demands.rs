//! What the design demands of the analysis, demand by demand: each case of the files in `tests/fixtures/demands` is a few lines of a regime, and the
//! snapshot shows them with what is said about them.
//!
//! A case begins with `## form`, `## rows`, `## regime` or `## project` and its name: words of a project stand beside a sound regime, or before a line
//! `----` and one of their own. Lines of a form with a row per unit, of a form with written rows, or of a regime are
//! completed by a sound header; a line of the case that begins with a word of the header stands in its place.

use super::{all, project, shown};
use regime::analysis::analyse;
use regime::diagnostic::Diagnostic;
use std::fs;
use std::path::Path;

/// Lines of a sound header, each with the word that makes it superfluous.
const HEADER: [(&str, &str); 7] = [
    ("basis", "basis \"Quyết định 1\""),
    ("issuer", "issuer \"UBND tỉnh\""),
    ("channel", "channel system"),
    ("route", "route xa -> thanh_tra_tinh"),
    ("window", "window decree 09"),
    ("period", "period quarter"),
    ("deadline", "deadline xa local"),
];

/// Tables that the cases may name: plan values, entries of a catalog with mistakes, entries separated by semicolons, units with and without mistakes, and routes with mistakes.
const TABLES: [(&str, &str); 6] = [
    ("kh.csv", "unit,indicator,year,value\n"),
    (
        "nganh.csv",
        "id,label,code\na,Nông nghiệp,01\nb b,Công nghiệp,02\n1c,Dịch vụ,03\nd,Khác,01\na,Lặp,04\n",
    ),
    (
        "cham_phay.csv",
        "id;label;parent;code\na;Nông nghiệp;;01\nb;Công nghiệp;;02\n",
    ),
    (
        "don_vi.csv",
        "id,level,item,name\nx1,xa,xa,Xã Một\ns1,so,so,Sở Một\n",
    ),
    (
        "don_vi_la.csv",
        "id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to,attributes\nx1,xa,xa,Xã Biên Giới,,,,chu_dau_tu vungcao,,,linh_vuc=dat_dai\nx2,xa,xa,Xã Hai,,,,vungcao,,,linh_vuc=dat_dia\ns1,so,so,Sở Một,,so_tai_chin,,,,,loai=zz\ns2,soo,so,Sở Hai,,ban_quan_ly,,,,,\n",
    ),
    (
        "tuyen.csv",
        "unit,recipient\nx1,s1\ns1,thanh_tra_tinh\nx2,so_khong_co\n",
    ),
];

const CONTENT: &str =
    "form B \"01/B\" \"BIỂU\" { default measure don; rows each reporting unit; column 1 a \"A\" }";

fn regime_of(place: &str, lines: &str) -> String {
    let body = match place {
        "form" => format!(
            "form B \"01/B\" \"BIỂU\" {{\ndefault measure don\nrows each reporting unit\n{lines}}}\n"
        ),
        "rows" => format!(
            "form B \"01/B\" \"BIỂU\" {{\ndefault measure don\ncolumn \"Chỉ tiêu\" shows label\n{lines}}}\n"
        ),
        _ => lines.to_owned(),
    };
    let begins = |word: &str| {
        body.lines()
            .any(|line| line.split(' ').next() == Some(word))
    };
    let mut text = "regime R \"Báo cáo\" version 1 in force from 01/01/2026 {\n".to_owned();
    for (word, line) in HEADER {
        if !begins(word) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str(&body);
    if !["form", "list", "outline"].into_iter().any(begins) {
        text.push_str(CONTENT);
        text.push('\n');
    }
    text.push_str("}\n");
    text
}

/// The cases of a file with their verdicts, without the first lines of the report that only repeat the source.
fn verdicts(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/demands");
    let words = fs::read_to_string(folder.join("common.regime")).unwrap();
    let cases = fs::read_to_string(folder.join(name)).unwrap();
    let mut verdicts = String::new();
    for case in cases.split("## ").skip(1) {
        let (title, lines) = case.split_once('\n').unwrap();
        let (place, demand) = title.split_once(' ').unwrap();
        let (shared, inside) = match place {
            "project" => lines.split_once("----\n").unwrap_or((lines, "")),
            _ => ("", lines),
        };
        let text = regime_of(place, inside);
        let project = project(
            &[
                ("common.regime", &words),
                ("r.regime", &text),
                ("p.regime", shared),
            ],
            &TABLES,
        );
        let analysis = analyse(&project);
        let found: Vec<Diagnostic> = all(&project, &analysis)
            .into_iter()
            .filter(|diagnostic| diagnostic.problem.code() != "R901")
            .collect();
        verdicts.push_str(&format!(
            "== {demand}\n{}\n\n{}\n",
            lines.trim_end(),
            shown(&project, &found).trim_end()
        ));
        verdicts.push('\n');
    }
    verdicts
}

#[test]
fn routes_deadlines_and_windows_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("time_and_routes.txt"));
}

#[test]
fn names_catalogs_and_levels_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("names_and_levels.txt"));
}

#[test]
fn what_meets_on_one_cell_is_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("one_cell.txt"));
}

#[test]
fn sums_natures_and_operations_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("natures.txt"));
}

#[test]
fn breakdowns_rows_and_lists_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("shapes.txt"));
}

#[test]
fn attached_files_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("files.txt"));
}

#[test]
fn expectations_of_a_test_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("expectations.txt"));
}

#[test]
fn what_is_said_twice_or_against_itself_is_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("said.txt"));
}

#[test]
fn words_of_a_project_are_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("project_words.txt"));
}

#[test]
fn what_is_decided_beforehand_is_judged_as_the_design_demands() {
    insta::assert_snapshot!(verdicts("foregone.txt"));
}

#[test]
fn one_cause_is_told_once_and_in_the_words_of_its_author() {
    insta::assert_snapshot!(verdicts("one_cause.txt"));
}

#[test]
fn no_dead_or_contradictory_part_stays_silent() {
    insta::assert_snapshot!(verdicts("dead_parts.txt"));
}
