use super::d;
use crate::calendar::dates::days_after;
use crate::calendar::lunar::{LunarDate, from_civil, reaches, to_civil};

fn lunar(year: i16, month: u8, day: u8) -> LunarDate {
    LunarDate {
        year,
        month,
        leap: false,
        day,
    }
}

#[test]
fn tet_falls_on_its_published_days() {
    for tet in [
        "29/01/1968",
        "16/02/1969",
        "06/02/1970",
        "11/02/1975",
        "16/02/1980",
        "02/02/1984",
        "21/01/1985",
        "09/02/1986",
        "29/01/1987",
        "27/01/1990",
        "31/01/1995",
        "19/02/1996",
        "07/02/1997",
        "28/01/1998",
        "16/02/1999",
        "05/02/2000",
        "24/01/2001",
        "12/02/2002",
        "01/02/2003",
        "22/01/2004",
        "09/02/2005",
        "29/01/2006",
        "17/02/2007",
        "07/02/2008",
        "26/01/2009",
        "14/02/2010",
        "03/02/2011",
        "23/01/2012",
        "10/02/2013",
        "31/01/2014",
        "19/02/2015",
        "08/02/2016",
        "28/01/2017",
        "16/02/2018",
        "05/02/2019",
        "25/01/2020",
        "12/02/2021",
        "01/02/2022",
        "22/01/2023",
        "10/02/2024",
        "29/01/2025",
        "17/02/2026",
        "06/02/2027",
        "26/01/2028",
        "13/02/2029",
        "02/02/2030",
        "18/02/2053",
    ] {
        let date = d(tet);
        assert_eq!(to_civil(lunar(date.year(), 1, 1)), Some(date), "{tet}");
    }
}

/// Each of these days is one day, or in 1985 one month, before the Chinese new year: noon of the new moon lies on
/// different days at UTC+7 and UTC+8.
#[test]
fn tet_differs_from_the_chinese_new_year_where_the_zones_part_the_new_moon() {
    for (vietnamese, chinese) in [
        ("29/01/1968", "30/01/1968"),
        ("16/02/1969", "17/02/1969"),
        ("21/01/1985", "20/02/1985"),
        ("17/02/2007", "18/02/2007"),
        ("02/02/2030", "03/02/2030"),
        ("18/02/2053", "19/02/2053"),
    ] {
        let tet = to_civil(lunar(d(vietnamese).year(), 1, 1));
        assert_eq!(tet, Some(d(vietnamese)));
        assert_ne!(tet, Some(d(chinese)));
    }
}

#[test]
fn the_day_of_the_hung_kings_is_the_tenth_of_the_third_month() {
    for date in ["07/04/2025", "26/04/2026", "16/04/2027", "04/04/2028"] {
        assert_eq!(
            to_civil(lunar(d(date).year(), 3, 10)),
            Some(d(date)),
            "{date}"
        );
        assert_eq!(
            from_civil(d(date)),
            Some(lunar(d(date).year(), 3, 10)),
            "{date}"
        );
    }
}

#[test]
fn a_leap_month_stands_after_the_month_of_its_number() {
    let second_sixth = LunarDate {
        year: 2025,
        month: 6,
        leap: true,
        day: 1,
    };
    assert_eq!(to_civil(second_sixth), Some(d("25/07/2025")));
    assert_eq!(from_civil(d("25/07/2025")), Some(second_sixth));
    assert_eq!(
        to_civil(LunarDate {
            leap: true,
            ..lunar(2026, 6, 1)
        }),
        None
    );
}

#[test]
fn days_outside_the_table_or_the_year_are_none() {
    assert_eq!(from_civil(d("28/01/1968")), None);
    assert!(from_civil(d("29/01/1968")).is_some());
    assert_eq!(to_civil(lunar(1967, 12, 1)), None);
    assert_eq!(to_civil(lunar(2101, 1, 1)), None);
    assert!(reaches(1968) && reaches(2100) && !reaches(1967) && !reaches(2101));
    assert_eq!(from_civil(d("31/12/2102")), None);
    assert_eq!(
        (
            to_civil(lunar(2026, 0, 1)),
            to_civil(lunar(2026, 13, 1)),
            to_civil(lunar(2026, 1, 0))
        ),
        (None, None, None)
    );
    let last_days = (1..=12)
        .filter(|month| to_civil(lunar(2026, *month, 30)).is_some())
        .count();
    assert!(
        (5..=8).contains(&last_days),
        "some months have 29 days: {last_days}"
    );
    assert_eq!(to_civil(lunar(2026, 1, 31)), None);
}

#[test]
fn every_day_of_the_table_comes_back_and_follows_the_day_before() {
    let mut date = d("29/01/1968");
    let mut before: Option<LunarDate> = None;
    while let Some(lunar) = from_civil(date) {
        assert_eq!(to_civil(lunar), Some(date));
        if let Some(before) = before {
            let same_month =
                (lunar.year, lunar.month, lunar.leap) == (before.year, before.month, before.leap);
            assert!(
                if same_month {
                    lunar.day == before.day + 1
                } else {
                    lunar.day == 1 && before.day >= 29
                },
                "{date}"
            );
        }
        before = Some(lunar);
        date = days_after(date, 1);
    }
    assert_eq!(
        date,
        d("29/01/2101"),
        "the table ends on the eve of Tết 2101"
    );
}
