//! Fractions and cell states of the slow reference, straight from the table of the language reference.

/// A value: numerator and denominator, or one of the other states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum V {
    N(i128, i128),
    Nil,
    Blank,
    Optional,
    Closed,
}

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum T {
    True,
    False,
    Undecided,
    Skipped,
}

pub fn n(numerator: i128, denominator: i128) -> V {
    fn gcd(a: i128, b: i128) -> i128 {
        if b == 0 { a.abs() } else { gcd(b, a % b) }
    }
    let by = gcd(numerator, denominator) * denominator.signum();
    V::N(numerator / by, denominator / by)
}

impl V {
    pub fn fraction(self) -> Option<(i128, i128)> {
        match self {
            V::N(a, b) => Some((a, b)),
            V::Nil => Some((0, 1)),
            _ => None,
        }
    }
}

pub fn plus(left: V, right: V) -> V {
    match (left, right) {
        (V::Closed, other) | (other, V::Closed) => other,
        (V::Optional, other) | (other, V::Optional) => other,
        (V::Blank, _) | (_, V::Blank) => V::Blank,
        (V::Nil, V::Nil) => V::Nil,
        _ => {
            let ((a, b), (c, d)) = (left.fraction().unwrap(), right.fraction().unwrap());
            n(a * d + c * b, b * d)
        }
    }
}

pub fn minus(left: V, right: V) -> V {
    match (left, right) {
        (left, V::Closed) => left,
        (V::Closed, _) => V::Closed,
        (V::Blank | V::Optional, _) | (_, V::Blank | V::Optional) => V::Blank,
        (V::Nil, V::Nil) => V::Nil,
        _ => {
            let ((a, b), (c, d)) = (left.fraction().unwrap(), right.fraction().unwrap());
            n(a * d - c * b, b * d)
        }
    }
}

pub fn times(left: V, right: V) -> V {
    match (left, right) {
        (V::Closed, _) | (_, V::Closed) => V::Closed,
        (V::Blank | V::Optional, _) | (_, V::Blank | V::Optional) => V::Blank,
        (V::Nil, V::Nil) => V::Nil,
        _ => {
            let ((a, b), (c, d)) = (left.fraction().unwrap(), right.fraction().unwrap());
            n(a * c, b * d)
        }
    }
}

pub fn over(left: V, right: V) -> V {
    match (left, right) {
        (V::Closed, _) | (_, V::Closed) => V::Closed,
        (V::Blank | V::Optional, _) | (_, V::Blank | V::Optional | V::Nil | V::N(0, _)) => V::Blank,
        _ => {
            let ((a, b), (c, d)) = (left.fraction().unwrap(), right.fraction().unwrap());
            n(a * d, b * c)
        }
    }
}

pub fn below((a, b): (i128, i128), (c, d): (i128, i128)) -> bool {
    a * d < c * b
}

pub fn extreme(values: Vec<V>, smallest: bool) -> V {
    let left: Vec<V> = values
        .iter()
        .copied()
        .filter(|value| !matches!(value, V::Closed | V::Optional))
        .collect();
    if left.is_empty() {
        return if values.contains(&V::Optional) {
            V::Optional
        } else {
            V::Closed
        };
    }
    if left.contains(&V::Blank) {
        return V::Blank;
    }
    if left.iter().all(|value| *value == V::Nil) {
        return V::Nil;
    }
    let mut best = left[0].fraction().unwrap();
    for value in &left {
        let value = value.fraction().unwrap();
        if below(value, best) == smallest && value != best {
            best = value;
        }
    }
    n(best.0, best.1)
}

/// Rounded to whole numbers, half away from zero.
pub fn rounded((a, b): (i128, i128)) -> V {
    let magnitude = (2 * a.abs() + b) / (2 * b);
    n(if a < 0 { -magnitude } else { magnitude }, 1)
}

pub fn conjunction(parts: Vec<T>) -> T {
    let parts: Vec<T> = parts
        .into_iter()
        .filter(|part| *part != T::Skipped)
        .collect();
    if parts.is_empty() {
        T::Skipped
    } else if parts.contains(&T::False) {
        T::False
    } else if parts.contains(&T::Undecided) {
        T::Undecided
    } else {
        T::True
    }
}

pub fn opposite(truth: T) -> T {
    match truth {
        T::True => T::False,
        T::False => T::True,
        other => other,
    }
}

pub fn compare(left: V, sign: &str, right: V) -> T {
    if left == V::Closed || right == V::Closed {
        return T::Skipped;
    }
    let (Some(left), Some(right)) = (left.fraction(), right.fraction()) else {
        return T::Undecided;
    };
    let (less, more) = (below(left, right), below(right, left));
    let holds = match sign {
        "=" => !less && !more,
        "!=" => less || more,
        "<" => less,
        "<=" => !more,
        ">" => more,
        _ => !less,
    };
    if holds { T::True } else { T::False }
}

pub fn equal(sides: Vec<V>) -> T {
    let open: Vec<V> = sides
        .into_iter()
        .filter(|side| *side != V::Closed)
        .collect();
    let known: Vec<(i128, i128)> = open.iter().filter_map(|side| side.fraction()).collect();
    if known
        .iter()
        .any(|one| known.iter().any(|other| one != other))
    {
        T::False
    } else if open.len() < 2 {
        T::Skipped
    } else if known.len() < open.len() {
        T::Undecided
    } else {
        T::True
    }
}
