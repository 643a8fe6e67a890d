//! The whole table "what each operation does with a cell", printed.

use regime::eval::cell::{BlankReason, Cell};
use regime::eval::operation::{self, Operand, Truth};
use regime::number::Number;
use regime::plan::address::{CellAddress, Row};
use regime::plan::expression::Comparison;
use regime::plan::form::{ColumnIndex, FormIndex};

const NAMES: [&str; 6] = ["6", "0", "nil", "blank", "optional", "closed"];

fn operand(name: &str) -> Operand {
    let cell = match name {
        "nil" => Cell::Nil,
        "blank" => Cell::Blank(BlankReason::NotAnswered),
        "optional" => Cell::Blank(BlankReason::Optional),
        "closed" => Cell::Closed,
        number => Cell::Given(Number::parse(number).expect("a number")),
    };
    let at = CellAddress {
        form: FormIndex(0),
        row: Row::Own,
        column: ColumnIndex(0),
    };
    Operand::read(&cell, &at)
}

fn shown(operand: Operand) -> String {
    match operand {
        Operand::Given(number) => number.to_plain(None),
        Operand::Partial(number, basis) => {
            format!(
                "{} of {} {}",
                number.to_plain(None),
                basis.answered,
                basis.due
            )
        }
        Operand::Nil => "nil".to_string(),
        Operand::Blank(BlankReason::ZeroDivisor) => "blank: mẫu số 0".to_string(),
        Operand::Blank(_) => "blank".to_string(),
        Operand::LeftOut(_) => "optional".to_string(),
        Operand::Closed => "closed".to_string(),
        Operand::Value(value) => format!("{value:?}"),
    }
}

fn truth(truth: Truth) -> String {
    match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Undecided => "undecided",
        Truth::Skipped => "skipped",
    }
    .to_string()
}

/// A table with the left operand down and the right operand across.
fn table(title: &str, operation: impl Fn(Operand, Operand) -> String) -> String {
    let mut text = format!("{title:<10}");
    for right in NAMES {
        text.push_str(&format!("{right:<17}"));
    }
    for left in NAMES {
        text = format!("{}\n{left:<10}", text.trim_end());
        for right in NAMES {
            text.push_str(&format!("{:<17}", operation(operand(left), operand(right))));
        }
    }
    format!("{}\n", text.trim_end())
}

#[test]
fn what_each_operation_does_with_a_cell() {
    let six_less =
        |left: Operand, right: Operand| truth(operation::compare(&left, Comparison::Less, &right));
    let tables = [
        table("a + b", |left, right| shown(operation::add(left, right))),
        table("a - b", |left, right| {
            shown(operation::subtract(left, right))
        }),
        table("a * b", |left, right| {
            shown(operation::multiply(&left, &right))
        }),
        table("a / b", |left, right| {
            shown(operation::divide(&left, &right))
        }),
        table("growth", |left, right| {
            shown(operation::growth(&left, &right))
        }),
        table("min", |left, right| {
            shown(operation::minimum([left, right]))
        }),
        table("max", |left, right| {
            shown(operation::maximum([left, right]))
        }),
        table("a = b", |left, right| {
            truth(operation::compare(&left, Comparison::Equal, &right))
        }),
        table("a < b", six_less),
    ];
    insta::assert_snapshot!("state_table", tables.join("\n"));
}

#[test]
fn what_operations_on_one_cell_do() {
    let mut text = format!(
        "{:<10}{:<10}{:<10}{:<10}{:<10}{}\n",
        "a", "abs(-a)", "a * 1000", "sum(a)", "max(a)", "blank(a)"
    );
    for name in NAMES {
        let negative = operation::apply(operand(name), |number| number.neg());
        let line = [
            shown(operation::apply(negative, |number| number.abs())),
            shown(operation::rescale(operand(name), &Number::from_i64(1000))),
            shown(operation::sum([operand(name)])),
            shown(operation::maximum([operand(name)])),
            truth(operation::is_blank(&operand(name))),
        ];
        text.push_str(&format!("{name:<10}"));
        line.iter()
            .for_each(|one| text.push_str(&format!("{one:<10}")));
        text = format!("{}\n", text.trim_end());
    }
    insta::assert_snapshot!("one_cell", text);
}

#[test]
fn what_and_or_not_do() {
    let all = [Truth::True, Truth::False, Truth::Undecided, Truth::Skipped];
    let mut text = String::new();
    for left in all {
        for right in all {
            text.push_str(&format!(
                "{:<10} {:<10} and: {:<10} or: {}\n",
                truth(left),
                truth(right),
                truth(Truth::all([left, right])),
                truth(Truth::any([left, right]))
            ));
        }
        text.push_str(&format!("not {}: {}\n", truth(left), truth(left.negated())));
    }
    insta::assert_snapshot!("logic", text);
}

#[test]
fn the_sum_of_nothing_is_nil_and_the_largest_of_nothing_is_closed() {
    assert_eq!(shown(operation::sum([])), "nil");
    assert_eq!(shown(operation::maximum([])), "closed");
}

#[test]
fn nothing_over_nothing_is_no_number() {
    assert_eq!(
        shown(operation::divide(&operand("0"), &operand("nil"))),
        "blank: mẫu số 0"
    );
    assert_eq!(
        shown(operation::multiply(&operand("blank"), &operand("0"))),
        "blank"
    );
}
