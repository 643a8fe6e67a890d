//! What must hold between overlapping parts of one whole (language-types §1.6): `max(0, A + B − T) ≤ A∧B ≤ min(A, B)` and the like.
//!
//! Every person, house or case has some of the traits; the parts of the whole with exactly these traits (the atoms) cannot be below zero. All
//! inequalities that follow are the faces of the cone over the atoms; they are found by trying every set of atoms that could span a face. It
//! deliberately does not know cells. Above [`MOST_TRAITS`] traits only pairs are looked at.

use std::collections::{BTreeMap, BTreeSet};

/// The most traits whose atoms are all looked at.
const MOST_TRAITS: usize = 4;

/// The most parts that are compared with one another; no whole is divided into so many, and those beyond are bounded by nothing.
const MOST_PARTS: usize = 64;

/// One inequality: a sum of parts, with their factors, is at most a sum of others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// Position of the part the inequality is reported at.
    pub at: usize,
    /// Factors and parts of the lesser side; the whole is [`WHOLE`].
    pub lesser: Vec<(i64, usize)>,
    /// Factors and parts of the greater side.
    pub greater: Vec<(i64, usize)>,
}

/// The position that stands for the whole in a [`Bound`].
pub const WHOLE: usize = usize::MAX;

/// The inequalities between parts of a whole, each part given by the traits its members have. Parts without traits, and parts given twice, are
/// left out.
pub fn bounds(parts: &[BTreeSet<usize>]) -> Vec<Bound> {
    let mut places: BTreeMap<&BTreeSet<usize>, usize> = BTreeMap::new();
    let mut distinct: Vec<usize> = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        if !part.is_empty() && !places.contains_key(part) {
            places.insert(part, position);
            distinct.push(position);
        }
    }
    distinct.truncate(MOST_PARTS);
    let traits: BTreeSet<usize> = distinct
        .iter()
        .filter_map(|position| parts.get(*position))
        .flatten()
        .copied()
        .collect();
    if traits.len() <= MOST_TRAITS {
        return faces(parts, &distinct, &traits);
    }
    let mut found = BTreeSet::new();
    for (number, one) in distinct.iter().enumerate() {
        for two in distinct.iter().skip(number) {
            // A pair, with the part that holds both if it is asked.
            let union: BTreeSet<usize> = [one, two]
                .into_iter()
                .filter_map(|position| parts.get(*position))
                .flatten()
                .copied()
                .collect();
            let both = places.get(&union);
            let broader = |other: &&usize| match (parts.get(**other), parts.get(*one)) {
                (Some(other), Some(part)) => other.len() < part.len() && other.is_subset(part),
                _ => false,
            };
            if one == two && distinct.iter().any(|other| broader(&other)) {
                continue;
            }
            let group: BTreeSet<usize> = [*one, *two].into_iter().chain(both.copied()).collect();
            let group: Vec<usize> = group.into_iter().collect();
            if union.len() <= MOST_TRAITS {
                found.extend(faces(parts, &group, &union));
            }
        }
    }
    // A part within a broader one is at most the whole because the broader one is.
    let said_by_another = |bound: &Bound| match (bound.lesser.as_slice(), bound.greater.as_slice())
    {
        ([(1, part)], [(1, WHOLE)]) => distinct.iter().any(|other| {
            parts
                .get(*other)
                .zip(parts.get(*part))
                .is_some_and(|(other, part)| other.len() < part.len() && other.is_subset(part))
        }),
        _ => false,
    };
    found
        .into_iter()
        .filter(|bound| !said_by_another(bound))
        .collect()
}

/// The faces of the cone over all atoms of some traits, without those that only say that a part is not below zero.
fn faces(parts: &[BTreeSet<usize>], shown: &[usize], traits: &BTreeSet<usize>) -> Vec<Bound> {
    let traits: Vec<usize> = traits.iter().copied().collect();
    let mut generators: BTreeSet<Vec<i64>> = BTreeSet::new();
    for atom in 0..(1_usize << traits.len()) {
        let has = |wanted: &usize| {
            let place = traits.iter().position(|known| known == wanted);
            place.is_some_and(|place| atom & (1 << place) != 0)
        };
        let inside = shown.iter().map(|position| {
            let part = parts.get(*position);
            i64::from(part.is_some_and(|part| part.iter().all(has)))
        });
        generators.insert(std::iter::once(1).chain(inside).collect());
    }
    let generators: Vec<Vec<i64>> = generators.into_iter().collect();
    let width = shown.len().saturating_add(1);
    let mut normals = BTreeSet::new();
    choose(
        &generators,
        width.saturating_sub(1),
        0,
        &mut Vec::new(),
        &mut |chosen| normals.extend(face(&generators, chosen, width)),
    );
    let mut found: Vec<Bound> = normals
        .iter()
        .filter(|normal| normal.iter().filter(|factor| **factor != 0).count() > 1)
        .filter_map(|normal| bound(parts, shown, normal))
        .collect();
    found.sort();
    found
}

/// Calls `visit` for every choice of so many generators.
fn choose<'g>(
    generators: &'g [Vec<i64>],
    count: usize,
    from: usize,
    chosen: &mut Vec<&'g Vec<i64>>,
    visit: &mut dyn FnMut(&[&'g Vec<i64>]),
) {
    if chosen.len() == count {
        visit(chosen);
        return;
    }
    for position in from..generators.len() {
        let Some(generator) = generators.get(position) else {
            return;
        };
        chosen.push(generator);
        choose(generators, count, position.saturating_add(1), chosen, visit);
        chosen.pop();
    }
}

/// The inward normal of the plane through the chosen generators, if all generators lie on one side of it.
fn face(generators: &[Vec<i64>], chosen: &[&Vec<i64>], width: usize) -> Option<Vec<i64>> {
    let normal = normal(chosen, width)?;
    let along = |generator: &Vec<i64>| -> i64 {
        let products = generator.iter().zip(&normal).map(|(one, two)| one * two);
        products.sum()
    };
    let signs: Vec<i64> = generators.iter().map(along).collect();
    if signs.iter().all(|sign| *sign >= 0) {
        Some(normal)
    } else if signs.iter().all(|sign| *sign <= 0) {
        Some(normal.iter().map(|factor| -factor).collect())
    } else {
        None
    }
}

/// A vector at right angles to all rows, with the smallest whole factors; `None` unless there is exactly one up to its length.
fn normal(rows: &[&Vec<i64>], width: usize) -> Option<Vec<i64>> {
    let mut matrix: Vec<Vec<i64>> = rows.iter().map(|row| (*row).clone()).collect();
    let mut pivots = Vec::new();
    for column in 0..width {
        let rank = pivots.len();
        let found = (rank..matrix.len()).find(|row| at(&matrix, *row, column) != 0);
        let Some(found) = found else { continue };
        matrix.swap(rank, found);
        let pivot_row = matrix.get(rank)?.clone();
        let pivot = *pivot_row.get(column)?;
        for (position, row) in matrix.iter_mut().enumerate() {
            let factor = row.get(column).copied().unwrap_or(0);
            if position == rank || factor == 0 {
                continue;
            }
            for (value, above) in row.iter_mut().zip(&pivot_row) {
                *value = *value * pivot - above * factor;
            }
            shorten(row);
        }
        pivots.push(column);
    }
    if pivots.len().saturating_add(1) != width {
        return None;
    }
    let free = (0..width).find(|column| !pivots.contains(column))?;
    // Every pivot row reads: pivot · x[column] + value · x[free] = 0.
    let common = pivots
        .iter()
        .enumerate()
        .map(|(row, column)| at(&matrix, row, *column))
        .fold(1, |common, pivot| common / gcd(common, pivot) * pivot.abs());
    let mut solution = vec![0; width];
    if let Some(place) = solution.get_mut(free) {
        *place = common;
    }
    for (row, column) in pivots.iter().enumerate() {
        let value = -at(&matrix, row, free) * common / at(&matrix, row, *column);
        if let Some(place) = solution.get_mut(*column) {
            *place = value;
        }
    }
    shorten(&mut solution);
    Some(solution)
}

fn at(matrix: &[Vec<i64>], row: usize, column: usize) -> i64 {
    let found = matrix.get(row).and_then(|row| row.get(column));
    found.copied().unwrap_or(0)
}

fn gcd(one: i64, two: i64) -> i64 {
    let (mut one, mut two) = (one.abs(), two.abs());
    while two != 0 {
        (one, two) = (two, one % two);
    }
    one.max(1)
}

fn shorten(row: &mut [i64]) {
    let common = row.iter().fold(0, |common, value| match (common, *value) {
        (0, value) => value.abs(),
        (common, 0) => common,
        (common, value) => gcd(common, value),
    });
    if common > 1 {
        row.iter_mut().for_each(|value| *value /= common);
    }
}

/// The inequality `normal · cells ≥ 0` with one broad part alone on the greater side where that can be.
fn bound(parts: &[BTreeSet<usize>], shown: &[usize], normal: &[i64]) -> Option<Bound> {
    let traits_of = |part: usize| parts.get(part).map_or(0, BTreeSet::len);
    let cells: Vec<(i64, usize)> = std::iter::once(WHOLE)
        .chain(shown.iter().copied())
        .zip(normal)
        .filter(|(_, factor)| **factor != 0)
        .map(|(part, factor)| (*factor, part))
        .collect();
    // The broadest part that is added once bounds the others.
    let broadest = cells
        .iter()
        .filter(|(factor, _)| *factor == 1)
        .min_by_key(|(_, part)| traits_of(*part))
        .copied();
    let (greater, lesser): (Vec<_>, Vec<_>) = match broadest {
        Some(broadest) => cells.iter().partition(|cell| **cell == broadest),
        None => cells.iter().partition(|(factor, _)| *factor > 0),
    };
    let negated = |(factor, part): &(i64, usize)| (-factor, *part);
    let mut lesser: Vec<(i64, usize)> = lesser.iter().map(negated).collect();
    // What is added comes first, so that the inequality reads as a sum.
    lesser.sort_by_key(|(factor, part)| (*factor < 0, traits_of(*part), *part));
    let at = cells
        .iter()
        .map(|(_, part)| *part)
        .filter(|part| *part != WHOLE)
        .max_by_key(|part| (traits_of(*part), *part))?;
    Some(Bound {
        at,
        lesser,
        greater,
    })
}
