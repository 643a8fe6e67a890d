//! The second factor: codes of six digits that an application computes from a shared key and the time (RFC 6238), and recovery codes for the day the phone is lost.
//!
//! A code holds for its half minute and the one before and after; what was accepted once, and what is older than it, is never accepted again. The module knows neither accounts nor
//! storage; the time is an argument. Broken input: a key that is no base 32 accepts nothing.

use crate::store::records::SecondFactor;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::RngCore;
use rand::seq::IndexedRandom;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// How long a code holds, in seconds.
const STEP_SECONDS: i64 = 30;
/// The length of a new key in bytes, as RFC 4226 recommends for its hash.
const KEY_BYTES: usize = 20;
/// How many recovery codes are given out at once.
pub const RECOVERY_CODES: usize = 10;
/// Letters and digits of a recovery code; none is mistaken for another. Ten of them are 47 bits, and guesses have to wait.
const SIGNS: &[u8; 27] = b"abcdefghjkmnpqrtuvwxyz23467";
const RECOVERY_SIGNS: usize = 10;

/// A new shared key in base 32.
pub fn new_key() -> String {
    let mut key = [0_u8; KEY_BYTES];
    rand::rng().fill_bytes(&mut key);
    BASE32_NOPAD.encode(&key)
}

/// The link that applications read, with the names under which they show the account.
pub fn link(key: &str, issuer: &str, account: &str) -> String {
    let (issuer, account) = (encoded(issuer), encoded(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={key}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The code of a step; none for a key that is no base 32.
pub fn code(key: &str, step: u64) -> Option<String> {
    let key = BASE32_NOPAD.decode(key.as_bytes()).ok()?;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0x0f);
    let four: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    let number = (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000;
    Some(format!("{number:06}"))
}

/// The step of a moment in seconds since 1970.
pub fn step_at(seconds: i64) -> u64 {
    u64::try_from(seconds.div_euclid(STEP_SECONDS)).unwrap_or(0)
}

/// The step whose code was typed, if it holds now and is newer than the last one taken.
pub fn accepted_step(key: &str, typed: &str, last_step: u64, seconds: i64) -> Option<u64> {
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    let now = step_at(seconds);
    (now.saturating_sub(1)..=now.saturating_add(1))
        .filter(|step| *step > last_step)
        .find(|step| code(key, *step).is_some_and(|code| is_same(&code, &typed)))
}

/// Compares without telling by its time where the first difference is.
fn is_same(one: &str, other: &str) -> bool {
    let difference = one
        .bytes()
        .zip(other.bytes())
        .fold(0_u8, |difference, (one, other)| difference | (one ^ other));
    one.len() == other.len() && difference == 0
}

/// Fresh recovery codes, `abcde-fghjk`; only their hashes are kept.
pub fn recovery_codes() -> Vec<String> {
    let mut source = rand::rng();
    let mut one = || -> String {
        (0..RECOVERY_SIGNS)
            .filter_map(|_| SIGNS.choose(&mut source))
            .map(|sign| char::from(*sign))
            .collect()
    };
    (0..RECOVERY_CODES)
        .map(|_| {
            let code = one();
            let (first, second) = code.split_at(RECOVERY_SIGNS / 2);
            format!("{first}-{second}")
        })
        .collect()
}

/// The hash under which a recovery code is kept. The codes are random, so that a fast hash is enough.
pub fn recovery_hash(code: &str) -> String {
    let plain: String = code
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    crate::plan::fingerprint::hexadecimal(&Sha256::digest(plain.as_bytes()))
}

/// What a typed text was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A code of the application; the factor with its step taken.
    Code(SecondFactor),
    /// A recovery code; the factor without it.
    Recovery(SecondFactor),
}

/// Checks what was typed; the factor that is answered must be kept, so that nothing is taken twice.
pub fn proof(factor: &SecondFactor, typed: &str, seconds: i64) -> Option<Proof> {
    if let Some(step) = accepted_step(&factor.key, typed, factor.last_step, seconds) {
        return Some(Proof::Code(SecondFactor {
            last_step: step,
            ..factor.clone()
        }));
    }
    let hash = recovery_hash(typed);
    let place = factor
        .recovery
        .iter()
        .position(|kept| is_same(kept, &hash))?;
    let mut left = factor.clone();
    left.recovery.remove(place);
    Some(Proof::Recovery(left))
}

#[cfg(test)]
mod tests {
    use super::{
        Proof, accepted_step, code, link, new_key, proof, recovery_codes, recovery_hash, step_at,
    };
    use crate::store::records::SecondFactor;
    use std::collections::BTreeSet;

    /// `12345678901234567890` in base 32, the key of the examples of RFC 6238.
    const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_examples_of_the_standard_come_out() {
        // The last six of the eight digits of the appendix.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(
                code(KEY, step_at(seconds)).as_deref(),
                Some(expected),
                "{seconds}"
            );
        }
        assert_eq!(code("không phải khóa", 1), None);
    }

    #[test]
    fn a_code_holds_a_half_minute_before_and_after_and_is_never_taken_twice() {
        let now = 1_111_111_109;
        let step = step_at(now);
        let of = |step: u64| code(KEY, step).expect("a code");
        for (other, holds) in [
            (step - 2, false),
            (step - 1, true),
            (step, true),
            (step + 1, true),
            (step + 2, false),
        ] {
            let taken = accepted_step(KEY, &of(other), 0, now);
            assert_eq!(taken, holds.then_some(other));
        }
        assert_eq!(accepted_step(KEY, &of(step), step, now), None);
        assert_eq!(
            accepted_step(KEY, &of(step - 1), step, now),
            None,
            "an older one neither"
        );
        let typed = format!(" {} {} ", &of(step)[..3], &of(step)[3..]);
        assert_eq!(accepted_step(KEY, &typed, 0, now), Some(step));
        assert_eq!(accepted_step(KEY, "", 0, now), None);
    }

    #[test]
    fn a_recovery_code_works_once() {
        let codes = recovery_codes();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
        let factor = SecondFactor {
            key: KEY.to_string(),
            last_step: 0,
            recovery: codes.iter().map(|code| recovery_hash(code)).collect(),
        };
        let typed = codes[3].to_uppercase().replace('-', " ");
        let Some(Proof::Recovery(left)) = proof(&factor, &typed, 0) else {
            panic!("accepted");
        };
        assert_eq!(left.recovery.len(), 9);
        assert_eq!(proof(&left, &typed, 0), None);
        assert_eq!(proof(&left, "", 0), None);
    }

    #[test]
    fn a_key_is_new_each_time_and_its_link_is_what_applications_read() {
        let key = new_key();
        assert_eq!(key.len(), 32);
        assert_ne!(key, new_key());
        assert_eq!(
            link(KEY, "Tỉnh Nghệ An", "canbo.anhson"),
            "otpauth://totp/T%E1%BB%89nh%20Ngh%E1%BB%87%20An:canbo.anhson?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=T%E1%BB%89nh%20Ngh%E1%BB%87%20An&algorithm=SHA1&digits=6&period=30"
        );
    }
}
