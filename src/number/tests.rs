use proptest::prelude::*;

use super::{Interval, Number, NumberProblem};

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn machine_text_is_read_exactly() {
    for (text, plain) in [
        ("0", "0"),
        ("-0", "0"),
        ("12.340", "12.34"),
        ("-12.345", "-12.345"),
        ("007", "7"),
        ("0.1", "0.1"),
    ] {
        assert_eq!(n(text).to_plain(None), plain, "{text}");
    }
    assert_eq!(n("0.1").add(&n("0.2")), n("0.3"));
}

#[test]
fn malformed_machine_text_is_named_with_its_place() {
    use NumberProblem::*;
    for (text, problem) in [
        ("", Empty),
        ("-", MissingDigits { position: 2 }),
        (".5", MissingDigits { position: 1 }),
        ("5.", MissingDigits { position: 3 }),
        (
            "1e5",
            UnexpectedCharacter {
                character: 'e',
                position: 2,
            },
        ),
        (
            "+1",
            UnexpectedCharacter {
                character: '+',
                position: 1,
            },
        ),
        (
            "1,5",
            UnexpectedCharacter {
                character: ',',
                position: 2,
            },
        ),
        (
            "1.2.3",
            UnexpectedCharacter {
                character: '.',
                position: 4,
            },
        ),
        (
            " 1",
            UnexpectedCharacter {
                character: ' ',
                position: 1,
            },
        ),
        (
            "٣",
            UnexpectedCharacter {
                character: '٣',
                position: 1,
            },
        ),
        (
            "1234567890123456789012345678901",
            TooManyDigits { digits: 31 },
        ),
    ] {
        assert_eq!(Number::parse(text), Err(problem), "{text}");
    }
    assert!(Number::parse("123456789012345678901234567890").is_ok());
}

#[test]
fn vietnamese_entry_reads_points_as_thousands_and_the_comma_as_decimals() {
    for (text, plain) in [
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("8,5", "8.5"),
        ("-1.234.567,89", "-1234567.89"),
        ("\u{2212}5", "-5"),
        (" 12\u{a0}", "12"),
        ("0,125", "0.125"),
    ] {
        assert_eq!(
            Number::parse_vietnamese(text).map(|value| value.to_plain(None)),
            Ok(plain.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn malformed_grouping_is_refused_and_never_repaired() {
    use NumberProblem::*;
    for (text, problem) in [
        ("8.5", MalformedGrouping { position: 3 }),
        ("12.34", MalformedGrouping { position: 4 }),
        ("1234.567", MalformedGrouping { position: 1 }),
        ("0.125", MalformedGrouping { position: 1 }),
        (".234", MalformedGrouping { position: 1 }),
        ("1..234", MalformedGrouping { position: 3 }),
        ("1.234.", MalformedGrouping { position: 7 }),
        (
            "1,234.5",
            UnexpectedCharacter {
                character: '.',
                position: 6,
            },
        ),
        (
            "1,2,3",
            UnexpectedCharacter {
                character: ',',
                position: 4,
            },
        ),
        ("5,", MissingDigits { position: 3 }),
        (",5", MissingDigits { position: 1 }),
        (
            "12 345",
            UnexpectedCharacter {
                character: ' ',
                position: 3,
            },
        ),
        (
            "1.2a4",
            UnexpectedCharacter {
                character: 'a',
                position: 4,
            },
        ),
        ("  ", Empty),
        ("-", MissingDigits { position: 2 }),
    ] {
        assert_eq!(Number::parse_vietnamese(text), Err(problem), "{text}");
    }
}

#[test]
fn rounding_is_half_away_from_zero() {
    for (text, decimals, rounded) in [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.4999", 0, "2"),
        ("0.125", 2, "0.13"),
        ("-0.004", 2, "0.00"),
        ("12.345", 1, "12.3"),
        ("7", 2, "7.00"),
    ] {
        assert_eq!(n(text).to_plain(Some(decimals)), rounded, "{text}");
    }
    assert_eq!(
        Number::from_fraction(91, 110)
            .unwrap()
            .mul(&n("100"))
            .to_plain(Some(1)),
        "82.7"
    );
}

#[test]
fn people_see_points_between_thousands_and_a_comma() {
    for (text, decimals, shown) in [
        ("1234.5", 2, "1.234,50"),
        ("999", 0, "999"),
        ("1000", 0, "1.000"),
        ("-1234567.891", 1, "-1.234.567,9"),
        ("999.95", 1, "1.000,0"),
        ("-0.04", 1, "0,0"),
        ("0.5", 3, "0,500"),
    ] {
        assert_eq!(n(text).to_vietnamese(decimals), shown, "{text}");
    }
}

#[test]
fn a_decimal_that_never_ends_is_kept_as_a_fraction() {
    let third = Number::from_fraction(1, -3).unwrap();
    assert_eq!(third.decimals(), None);
    assert_eq!(third.to_plain(None), "-1/3");
    assert_eq!(serde_json::to_string(&third).unwrap(), "\"-1/3\"");
    assert_eq!(serde_json::from_str::<Number>("\"-1/3\"").unwrap(), third);
    assert_eq!(Number::from_fraction(3, 40).unwrap().decimals(), Some(3));
    assert_eq!(Number::from_fraction(1, 0), None);
}

#[test]
fn stored_numbers_that_are_no_numbers_are_refused() {
    for text in ["1/0", "1/", "/2", "", "1.", "a", "1/-2", "--1"] {
        assert!(
            serde_json::from_str::<Number>(&format!("\"{text}\"")).is_err(),
            "{text}"
        );
    }
}

#[test]
fn intervals_behind_rounded_figures_decide_as_the_worked_example_says() {
    let part = Interval::behind(&n("0.4"), 1);
    let sum = part.add(&part).add(&part);
    assert!(sum.meets(&Interval::behind(&n("1.3"), 1)));
    assert!(!sum.meets(&Interval::behind(&n("1.4"), 1)));
    assert!(sum.some_at_most(&Interval::behind(&n("1.1"), 1)));
    assert!(!sum.some_at_most(&Interval::behind(&n("1.0"), 1)));
    assert!(!Interval::exact(&n("1")).some_below(&Interval::exact(&n("1"))));
    assert!(Interval::exact(&n("1")).some_at_most(&Interval::exact(&n("1"))));
    assert!(
        Interval::behind(&n("5"), 0)
            .scale(&n("0"))
            .meets(&Interval::exact(&n("0")))
    );
}

/// The slow reference: an unreduced fraction of machine integers.
#[derive(Clone, Copy, Debug)]
struct Fraction(i128, i128);

impl Fraction {
    fn number(self) -> Number {
        Number::from_fraction(
            i64::try_from(self.0).unwrap(),
            i64::try_from(self.1).unwrap(),
        )
        .unwrap()
    }

    fn is(self, number: &Number) -> bool {
        let scaled = number.mul(&Number::from_integer(self.1.into()));
        scaled == Number::from_integer(self.0.into())
    }
}

fn fraction() -> impl Strategy<Value = Fraction> {
    (-1_000_000_i128..1_000_000, 1_i128..10_000).prop_map(|(above, below)| Fraction(above, below))
}

proptest! {
    #[test]
    fn arithmetic_agrees_with_machine_fractions(a in fraction(), b in fraction()) {
        let (x, y) = (a.number(), b.number());
        prop_assert!(Fraction(a.0 * b.1 + b.0 * a.1, a.1 * b.1).is(&x.add(&y)));
        prop_assert!(Fraction(a.0 * b.1 - b.0 * a.1, a.1 * b.1).is(&x.sub(&y)));
        prop_assert!(Fraction(a.0 * b.0, a.1 * b.1).is(&x.mul(&y)));
        match x.checked_div(&y) {
            Some(quotient) => prop_assert!(Fraction(a.0 * b.1, a.1 * b.0).is(&quotient)),
            None => prop_assert_eq!(b.0, 0),
        }
        prop_assert_eq!(x.cmp(&y), (a.0 * b.1).cmp(&(b.0 * a.1)));
        prop_assert_eq!(x.is_integer(), a.0 % a.1 == 0);
        prop_assert_eq!(x.floor(), Number::from_integer(a.0.div_euclid(a.1).into()));
        prop_assert_eq!(x.neg().abs(), x.abs());
    }

    #[test]
    fn rounding_moves_by_at_most_half_a_unit_and_stays_put(a in fraction(), decimals in 0_u32..5) {
        let scale = 10_i128.pow(decimals);
        let doubled = 2 * a.0.abs() * scale + a.1;
        let units = doubled.div_euclid(2 * a.1) * a.0.signum();
        let rounded = a.number().round(decimals);
        prop_assert!(Fraction(units, scale).is(&rounded));
        prop_assert_eq!(rounded.round(decimals), rounded);
    }

    #[test]
    fn texts_are_read_back_as_written(units in any::<i64>(), decimals in 0_u32..12) {
        let scale = 10_i64.pow(decimals);
        let number = Number::from_fraction(units, scale).unwrap();
        prop_assert_eq!(Number::parse(&number.to_plain(Some(decimals))), Ok(number.clone()));
        prop_assert_eq!(Number::parse_vietnamese(&number.to_vietnamese(decimals)), Ok(number.clone()));
        prop_assert_eq!(Number::parse(&number.to_plain(None)), Ok(number));
    }

    #[test]
    fn stored_numbers_are_read_back_as_stored(a in fraction()) {
        let number = a.number();
        let stored = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Number>(&stored).unwrap(), number);
    }

    #[test]
    fn no_text_makes_reading_fail_hard(text in "\\PC{0,40}") {
        let _ = (Number::parse(&text), Number::parse_vietnamese(&text));
    }

    #[test]
    fn an_interval_holds_exactly_the_values_that_round_to_its_figure(a in fraction(), decimals in 0_u32..3) {
        let value = a.number();
        let shown = value.round(decimals);
        let behind = Interval::behind(&shown, decimals);
        prop_assert!(behind.meets(&Interval::exact(&value)));
        let unit = Number::from_fraction(1, 10_i64.pow(decimals)).unwrap();
        prop_assert!(!Interval::behind(&shown.add(&unit), decimals).meets(&Interval::exact(&value)));
        prop_assert!(!Interval::behind(&shown.sub(&unit), decimals).meets(&Interval::exact(&value)));
    }
}
