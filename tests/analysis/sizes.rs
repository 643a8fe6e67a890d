//! Files that stand for too much: told once, and everything else in them is analysed.

use super::{analysed, regime_with};

/// A regime with a daily report and deadlines of so many agencies, and one form that names a column it does not have.
fn daily(agencies: usize) -> String {
    let names: Vec<String> = (0..agencies).map(|at| format!("a{at}")).collect();
    let words: String = names
        .iter()
        .map(|name| format!("agency {name} \"A\" level tinh\n"))
        .collect();
    let lines = format!(
        "  period day
  route {all} -> thanh_tra_tinh
  deadline {all} by day 25 of last month
  form B \"01/B\" \"BIỂU\" {{
    default measure don
    rows each reporting unit
    column 1 tong \"Tổng\" = [2]
  }}",
        all = names.join(", ")
    );
    format!("{words}{}", regime_with(&lines))
}

fn counted(text: &str, code: &str) -> usize {
    let (_, analysis) = analysed(text);
    let of_code = |one: &&regime::diagnostic::Diagnostic| one.problem.code() == code;
    analysis.problems.iter().filter(of_code).count()
}

#[test]
fn what_stands_for_too_much_is_told_once_and_the_rest_is_analysed() {
    let text = daily(3_000);
    assert_eq!(counted(&text, "R122"), 1);
    assert_eq!(
        counted(&text, "R201"),
        1,
        "the column that is not there is told all the same"
    );
}

#[test]
fn a_regime_with_more_agencies_than_any_is_read_whole() {
    let text = daily(300);
    assert_eq!(counted(&text, "R122"), 0);
    assert_eq!(counted(&text, "R201"), 1);
}
