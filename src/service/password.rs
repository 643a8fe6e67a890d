//! Passwords: argon2id hashes, made and verified at a cost that does not tell whether an account exists.
//!
//! It knows texts only. A stored hash that cannot be read verifies nothing. The cost (64 MiB, two passes) makes a guess expensive; the caller bounds how many run at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::seq::IndexedRandom;
use std::sync::LazyLock;

const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Longer texts are refused before hashing; nobody's password is that long.
const LONGEST_PASSWORD: usize = 512;

/// Why a password cannot be hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashingFailed {
    /// What the library said, for the log.
    pub detail: String,
}

/// The PHC text of a new password.
pub fn hash(password: &str) -> Result<String, HashingFailed> {
    let failed = |detail: String| HashingFailed { detail };
    let parameters =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| failed(error.to_string()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| failed(error.to_string()))
}

/// A new password for somebody who may change it: 16 letters and digits that are not mistaken for each other, 90 bits.
pub fn random() -> String {
    const SIGNS: &[u8; 50] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ234";
    let mut source = rand::rng();
    (0..16)
        .filter_map(|_| SIGNS.choose(&mut source))
        .map(|sign| char::from(*sign))
        .collect()
}

/// Whether the password belongs to the hash. Without a hash (no such account) the same work is done and the answer is no.
pub fn verify(stored: Option<&str>, password: &str) -> bool {
    if password.len() > LONGEST_PASSWORD {
        return false;
    }
    let phc = stored.unwrap_or(DECOY.as_str());
    let Ok(parsed) = PasswordHash::new(phc) else {
        return false;
    };
    // The parameters stand in the stored text; those of this value are not used.
    let matches = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    matches && stored.is_some()
}

/// A hash of nobody's password, so that an unknown name costs what a known one costs.
static DECOY: LazyLock<String> =
    LazyLock::new(|| hash("mật khẩu của không ai cả").unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::{hash, random, verify};

    #[test]
    fn only_the_right_password_opens_and_an_unknown_account_never_does() {
        let stored = hash("Mật khẩu 12 ký tự").unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"),
            "{stored}"
        );
        assert!(verify(Some(&stored), "Mật khẩu 12 ký tự"));
        assert!(!verify(Some(&stored), "mật khẩu 12 ký tự"));
        assert!(!verify(None, "mật khẩu của không ai cả"));
        assert!(!verify(Some("not a hash"), "x"));
        assert!(!verify(Some(&stored), &"a".repeat(513)));
    }

    #[test]
    fn a_new_password_is_long_and_never_the_same() {
        let (first, second) = (random(), random());
        assert_eq!(first.chars().count(), 16);
        assert_ne!(first, second);
    }
}
