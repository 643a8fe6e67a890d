//! An order in which columns can be computed, and the circles that make it impossible.
//!
//! It deliberately does not know what the nodes are. Nodes on a circle are left out of the order; those that only depend on one are kept in.

use std::collections::BTreeSet;

/// The order of nodes, and each circle found as the way round.
pub(super) struct Order {
    /// Nodes, each after all it needs, except needs on circles.
    pub sorted: Vec<usize>,
    /// Circles: every node needs the next, the last needs the first.
    pub circles: Vec<Vec<usize>>,
}

/// Orders nodes `0..needs.len()`; `needs[n]` are the nodes that `n` needs.
pub(super) fn order(needs: &[Vec<usize>]) -> Order {
    let mut order = Order {
        sorted: Vec::new(),
        circles: Vec::new(),
    };
    let mut done = BTreeSet::new();
    loop {
        let mut progress = false;
        for (node, needed) in needs.iter().enumerate() {
            if !done.contains(&node)
                && needed
                    .iter()
                    .all(|other| done.contains(other) || *other >= needs.len())
            {
                done.insert(node);
                order.sorted.push(node);
                progress = true;
            }
        }
        if progress {
            continue;
        }
        let Some(start) = (0..needs.len()).find(|node| !done.contains(node)) else {
            return order;
        };
        let circle = circle_from(start, needs, &done);
        done.extend(&circle);
        order.circles.push(circle);
    }
}

/// Walks along unfinished needs until a node comes back. Every unfinished node has an unfinished need, so the walk cannot get stuck.
fn circle_from(start: usize, needs: &[Vec<usize>], done: &BTreeSet<usize>) -> Vec<usize> {
    let mut path = vec![start];
    let mut node = start;
    loop {
        let next = needs
            .get(node)
            .and_then(|needed| needed.iter().copied().find(|other| !done.contains(other)));
        let Some(next) = next else { return path };
        if let Some(position) = path.iter().position(|seen| *seen == next) {
            path.drain(..position);
            return path;
        }
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
