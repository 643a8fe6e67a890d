//! Chance that is the same every time: a value drawn from a text, so that the demonstration province is the same on every machine and needs no seed.
//!
//! It does not know what is drawn. It is no source of secrets. Broken input: an empty range gives its lower end.

/// Draws from a text.
#[derive(Debug, Clone)]
pub struct Chance {
    text: String,
}

impl Chance {
    /// A source named by what the draws are about.
    pub fn of(parts: &[&str]) -> Chance {
        Chance {
            text: parts.join("/"),
        }
    }

    /// A whole number from `low` to `high`, both included, for one purpose.
    pub fn between(&self, purpose: &str, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).saturating_add(1);
        if width <= 1 {
            return low;
        }
        let width = width.unsigned_abs();
        low.saturating_add_unsigned(self.draw(purpose) % width)
    }

    /// Whether something that happens `share` times in a hundred happens now.
    pub fn percent(&self, purpose: &str, share: u64) -> bool {
        self.draw(purpose) % 100 < share
    }

    /// Divides a whole into as many parts as there are weights, roughly by weight; the parts add up to the whole.
    pub fn split(&self, purpose: &str, whole: i64, weights: &[i64]) -> Vec<i64> {
        let mut left = whole.max(0);
        let mut weight_left: i64 = weights.iter().sum();
        let mut parts = Vec::with_capacity(weights.len());
        for (position, weight) in weights.iter().enumerate() {
            let is_last = position + 1 == weights.len();
            let fair = if weight_left > 0 {
                left * weight / weight_left
            } else {
                0
            };
            let wobble = self.between(&format!("{purpose}{position}"), -(fair / 5), fair / 5);
            let part = if is_last {
                left
            } else {
                (fair + wobble).clamp(0, left)
            };
            parts.push(part);
            left -= part;
            weight_left -= weight;
        }
        parts
    }

    // FNV-1a, then the finaliser of splitmix64: short texts that differ in one letter must give unrelated draws.
    fn draw(&self, purpose: &str) -> u64 {
        let bytes = self.text.bytes().chain([b'#']).chain(purpose.bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_gives_the_same_draw_and_another_text_another_one() {
        let draws = |name: &str| {
            Vec::from_iter((0..8).map(|n| Chance::of(&[name]).between(&n.to_string(), 0, 999)))
        };
        assert_eq!(draws("xã Mẫu"), draws("xã Mẫu"));
        assert_ne!(draws("xã Mẫu"), draws("xã Mẫu 2"));
    }

    #[test]
    fn parts_add_up_to_the_whole_and_none_is_below_zero() {
        for whole in [0, 1, 7, 1000] {
            let parts = Chance::of(&["a"]).split("p", whole, &[5, 3, 2, 1]);
            assert_eq!(parts.iter().sum::<i64>(), whole, "{parts:?}");
            assert!(parts.iter().all(|part| *part >= 0), "{parts:?}");
        }
    }
}
