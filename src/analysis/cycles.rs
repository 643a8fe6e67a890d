//! An order in which columns can be computed, and the circles that make it impossible.
//!
//! It deliberately does not know what the nodes are. Nodes on a circle are left out of the order; those that only depend on one are kept in.

use std::collections::{BTreeMap, BTreeSet};

/// The order of nodes, and each circle found as the way round.
pub(super) struct Order {
    /// Nodes, each after all it needs, except needs on circles.
    pub sorted: Vec<usize>,
    /// Circles: every node needs the next, the last needs the first.
    pub circles: Vec<Vec<usize>>,
}

/// Orders nodes `0..needs.len()`; `needs[n]` are the nodes that `n` needs. The nodes are gone through again and again from the first to the last, and each is
/// taken as soon as all it needs is there; what waits for whom is remembered, so that only nodes that are ready are looked at.
pub(super) fn order(needs: &[Vec<usize>]) -> Order {
    let mut order = Order {
        sorted: Vec::new(),
        circles: Vec::new(),
    };
    let mut waiting = Waiting::of(needs);
    let mut done: BTreeSet<usize> = BTreeSet::new();
    let mut lowest = 0;
    loop {
        while let Some(node) = waiting.next() {
            done.insert(node);
            order.sorted.push(node);
            waiting.release(node, Some(node));
        }
        while done.contains(&lowest) {
            lowest += 1;
        }
        if lowest >= needs.len() {
            return order;
        }
        let circle = circle_from(lowest, needs, &done);
        done.extend(&circle);
        for node in &circle {
            waiting.release(*node, None);
        }
        waiting.drop_all(&done);
        order.circles.push(circle);
    }
}

/// Which nodes wait for which, and which are ready.
struct Waiting {
    /// The nodes that need a node, once for each need.
    needed_by: Vec<Vec<usize>>,
    /// How many needs of a node are not there yet.
    missing: Vec<usize>,
    /// Ready, and still to come in this round.
    ready: BTreeSet<usize>,
    /// Ready, for the next round.
    later: BTreeSet<usize>,
}

impl Waiting {
    fn of(needs: &[Vec<usize>]) -> Waiting {
        let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
        let mut missing: Vec<usize> = Vec::new();
        for (node, needed) in needs.iter().enumerate() {
            let mut count = 0_usize;
            for other in needed {
                if let Some(users) = needed_by.get_mut(*other) {
                    users.push(node);
                    count = count.saturating_add(1);
                }
            }
            missing.push(count);
        }
        let ready = missing.iter().enumerate();
        let ready = ready.filter(|(_, count)| **count == 0);
        Waiting {
            ready: ready.map(|(node, _)| node).collect(),
            later: BTreeSet::new(),
            needed_by,
            missing,
        }
    }

    fn next(&mut self) -> Option<usize> {
        if self.ready.is_empty() {
            std::mem::swap(&mut self.ready, &mut self.later);
        }
        self.ready.pop_first()
    }

    /// Tells those that need a node that it is there; those before the place of this round come in the next one.
    fn release(&mut self, node: usize, place: Option<usize>) {
        for user in self.needed_by.get(node).into_iter().flatten() {
            let Some(count) = self.missing.get_mut(*user) else {
                continue;
            };
            *count = count.saturating_sub(1);
            if *count == 0 {
                match place.is_none_or(|place| *user > place) {
                    true => self.ready.insert(*user),
                    false => self.later.insert(*user),
                };
            }
        }
    }

    /// Leaves out nodes that stand on a circle.
    fn drop_all(&mut self, done: &BTreeSet<usize>) {
        self.ready.retain(|node| !done.contains(node));
    }
}

/// Walks along unfinished needs until a node comes back. Every unfinished node has an unfinished need, so the walk cannot get stuck.
fn circle_from(start: usize, needs: &[Vec<usize>], done: &BTreeSet<usize>) -> Vec<usize> {
    let mut path = vec![start];
    let mut places = BTreeMap::from([(start, 0)]);
    let mut node = start;
    loop {
        let next = needs
            .get(node)
            .and_then(|needed| needed.iter().copied().find(|other| !done.contains(other)));
        let Some(next) = next else { return path };
        if let Some(position) = places.get(&next) {
            path.drain(..*position);
            return path;
        }
        places.insert(next, path.len());
        path.push(next);
        node = next;
    }
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn every_node_comes_after_what_it_needs() {
        let order = order(&[vec![2], vec![0], vec![]]);
        assert_eq!(order.sorted, vec![2, 0, 1]);
        assert!(order.circles.is_empty());
    }

    #[test]
    fn two_circles_are_two_reports_and_the_rest_keeps_its_order() {
        let order = order(&[vec![1], vec![0], vec![3], vec![2], vec![0]]);
        assert_eq!(order.circles, vec![vec![0, 1], vec![2, 3]]);
        assert_eq!(order.sorted, vec![4]);
    }
}
