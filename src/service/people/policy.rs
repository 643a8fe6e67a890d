//! Which passwords are taken, after NIST SP 800-63B: length, and nothing that many people would think of; no rules of composition, no forced changes.
//!
//! What many people think of is words of a short list of our own, alone or strung together with digits and signs around them (`matkhau123456`, `P@ssw0rd2026!`), and patterns of
//! keys. It knows neither hashes nor accounts beyond their names. Broken input: a text that is refused is a [`PeopleFault`].

use crate::service::people::fault::PeopleFault;
use crate::text::normal::without_marks;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The least number of characters.
pub const SHORTEST: usize = 12;
/// The most.
pub const LONGEST: usize = 128;
/// The shortest name that a password must not hold; shorter ones stand in many words.
const SHORTEST_NAME: usize = 4;
/// The longest pattern whose repetition is no password.
const LONGEST_PATTERN: usize = 6;

/// Words that passwords are made of when people do not think, in Vietnamese without marks and in English. Collected for this program.
static COMMON: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("common_words.txt")
        .split_whitespace()
        .collect()
});

/// Whether a new password may be taken by the account of these names.
pub fn check(password: &str, names: &[&str]) -> Result<(), PeopleFault> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PeopleFault::PasswordTooShort);
    }
    if length > LONGEST {
        return Err(PeopleFault::PasswordTooLong);
    }
    let plain = without_marks(password);
    let together: String = plain.split_whitespace().collect();
    for name in names {
        let name: String = without_marks(name).split_whitespace().collect();
        if name.chars().count() >= SHORTEST_NAME && together.contains(&name) {
            return Err(PeopleFault::PasswordNamesAccount);
        }
    }
    if is_pattern(&together) || is_common(&together) {
        return Err(PeopleFault::PasswordCommon);
    }
    Ok(())
}

/// One short pattern again and again, or neighbours in a row (`123456789012`, `abcdefghijkl`).
fn is_pattern(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let repeats = (1..=LONGEST_PATTERN).any(|length| {
        2 * length <= signs.len()
            && signs
                .iter()
                .zip(signs.iter().skip(length))
                .all(|(one, other)| one == other)
    });
    let step = |by: i64| {
        signs.iter().zip(signs.iter().skip(1)).all(|(one, other)| {
            let between = i64::from(u32::from(*other)) - i64::from(u32::from(*one));
            // After the nine comes the nought.
            between == by || between == by - 10 * by.signum()
        })
    };
    repeats || step(1) || step(-1)
}

/// Whether nothing but common words is left without digits and signs, also where signs stand for letters.
fn is_common(text: &str) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(char::is_ascii_lowercase).collect() };
    let undone: String = text
        .chars()
        .map(|sign| match sign {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '$' | '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect();
    // A text in another script is not made of these words.
    if text
        .chars()
        .any(|sign| sign.is_alphabetic() && !sign.is_ascii())
    {
        return false;
    }
    let ends = undone.trim_end_matches(|sign: char| !sign.is_ascii_lowercase());
    [letters(text), letters(&undone), letters(ends), inner(text)]
        .iter()
        .any(|words| !words.is_empty() && is_strung_together(words))
}

/// The letters after digits and signs at both ends are gone and the signs between are read as letters.
fn inner(text: &str) -> String {
    let core = text.trim_matches(|sign: char| !sign.is_ascii_lowercase());
    core.chars()
        .filter_map(|sign| match sign {
            '@' | '4' => Some('a'),
            '0' => Some('o'),
            '1' | '!' => Some('i'),
            '3' => Some('e'),
            '$' | '5' => Some('s'),
            '7' => Some('t'),
            letter if letter.is_ascii_lowercase() => Some(letter),
            _ => None,
        })
        .collect()
}

/// Whether a text is common words and nothing else.
fn is_strung_together(text: &str) -> bool {
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for start in 0..text.len() {
        if !reached.get(start).copied().unwrap_or(false) {
            continue;
        }
        for word in COMMON.iter() {
            let rest = text.get(start..).unwrap_or_default();
            if rest.starts_with(word)
                && let Some(end) = reached.get_mut(start + word.len())
            {
                *end = true;
            }
        }
    }
    reached.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::service::people::fault::PeopleFault;

    #[test]
    fn long_passwords_of_any_signs_are_taken() {
        for password in [
            "một mật khẩu đủ dài",
            "con mèo nhà bên hay kêu đêm",
            "correct horse battery staple",
            "correcthorsebatterystaple",
            "x  y  x  z  x  w",
            "aB3$xkq92lmz",
            "190872663401",
            "ŝajna sekreta vorto",
            "секретное слово дня",
        ] {
            assert_eq!(
                check(password, &["canbo.anhson", "Nguyễn Thị Hòa"]),
                Ok(()),
                "{password}"
            );
        }
    }

    #[test]
    fn what_many_people_think_of_is_refused_whatever_stands_around_it() {
        for password in [
            "matkhau123456",
            "Mật khẩu 123456",
            "MatKhau@2026",
            "P@ssw0rd2026!",
            "passwordpassword",
            "quantri123456",
            "admin@123456",
            "vietnam123456",
            "anhyeuem123456",
            "ubnd.xa@2026",
            "baocao@2026!",
            "qwertyuiop123",
            "123456789012",
            "012345678901234",
            "987654321098",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "123123123123",
            "abcdefghijklm",
            "Iloveyou1234",
        ] {
            assert_eq!(
                check(password, &[]),
                Err(PeopleFault::PasswordCommon),
                "{password}"
            );
        }
    }

    #[test]
    fn length_is_counted_in_characters_and_names_of_the_account_are_refused() {
        assert_eq!(
            check("ngắn quá đi", &[]),
            Err(PeopleFault::PasswordTooShort)
        );
        assert_eq!(check("ngắn quá đi!", &[]), Ok(()));
        assert_eq!(
            check(&"ầ ô".repeat(43), &[]),
            Err(PeopleFault::PasswordTooLong)
        );
        for password in [
            "xin-canbo.anhson-mo-cua",
            "tôi là nguyễn thị hòa đây",
            "TOILANGUYENTHIHOADAY",
        ] {
            assert_eq!(
                check(password, &["canbo.anhson", "Nguyễn Thị Hòa"]),
                Err(PeopleFault::PasswordNamesAccount),
                "{password}"
            );
        }
        // A short name stands in many words.
        assert_eq!(check("con ha ma ngu ngon", &["ha"]), Ok(()));
    }
}
