//! Prerequisites → layers: each article in the first layer after all that it builds on, and in each layer an order with few crossings.

use std::collections::BTreeMap;

/// More articles than this are listed, and not drawn: nobody reads such a drawing. A set of them fits a `u128`.
pub const NODES_AT_MOST: usize = 80;

/// How often every layer is put in order after its neighbours.
const SWEEPS: usize = 4;

/// An article: the band that it is drawn in, and what must be read before it, as indices of nodes.
pub struct Node {
    /// Its section.
    pub band: usize,
    /// What must be read before it.
    pub requires: Vec<usize>,
}

/// Something in a layer: the first items are the nodes, the others are bends, where edges pass a layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item {
    /// Its layer, from 0.
    pub layer: usize,
    /// The band that it is drawn in; a bend lies in that of the node that its edge leads to.
    pub band: usize,
}

/// A graph in layers.
#[derive(Debug)]
pub struct Layers {
    /// The nodes, then the bends.
    pub items: Vec<Item>,
    /// Each edge as the items that it runs through, from what is read first.
    pub edges: Vec<Vec<usize>>,
    /// The items of each layer in order: by band, then so that few edges cross.
    pub order: Vec<Vec<usize>>,
}

/// Lays out at most [`NODES_AT_MOST`] nodes. An edge that others imply is left out, and so is one in a circle. Takes time in proportion to
/// the edges and the layers that they span.
pub fn layers(nodes: &[Node]) -> Layers {
    let (layer, before) = longest_paths(nodes);
    let mut items: Vec<Item> =
        nodes.iter().zip(&layer).map(|(node, layer)| Item { layer: *layer, band: node.band }).collect();
    let mut bends: BTreeMap<(usize, usize, usize), usize> = BTreeMap::new();
    let mut edges = Vec::new();
    for (to, node) in nodes.iter().enumerate() {
        let implied = node.requires.iter().fold(0, |all, from| all | before[*from]);
        let mut direct: Vec<usize> = node.requires.clone();
        direct.retain(|from| layer[*from] < layer[to] && implied & bit(*from) == 0);
        direct.dedup();
        for from in direct {
            let mut edge = vec![from];
            for passed in layer[from] + 1..layer[to] {
                // Edges from one node into one band run together.
                edge.push(*bends.entry((from, passed, node.band)).or_insert_with(|| {
                    items.push(Item { layer: passed, band: node.band });
                    items.len() - 1
                }));
            }
            edge.push(to);
            edges.push(edge);
        }
    }
    let order = order(&items, &edges);
    Layers { items, edges, order }
}

fn bit(node: usize) -> u128 {
    u32::try_from(node).ok().and_then(|node| 1_u128.checked_shl(node)).unwrap_or(0)
}

/// The layer of each node: the longest way to it; and all that comes before it, as a set.
fn longest_paths(nodes: &[Node]) -> (Vec<usize>, Vec<u128>) {
    let mut waiting: Vec<usize> = nodes.iter().map(|node| node.requires.len()).collect();
    let mut leads_to: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (to, node) in nodes.iter().enumerate() {
        for from in &node.requires {
            leads_to[*from].push(to);
        }
    }
    let (mut layer, mut before) = (vec![0; nodes.len()], vec![0; nodes.len()]);
    let mut ready: Vec<usize> = (0..nodes.len()).filter(|node| waiting[*node] == 0).collect();
    while let Some(from) = ready.pop() {
        for to in &leads_to[from] {
            layer[*to] = layer[*to].max(layer[from] + 1);
            before[*to] |= before[from] | bit(from);
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    (layer, before)
}

/// Which items an item is joined to, on one side.
pub fn neighbours(count: usize, edges: &[Vec<usize>]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let (mut left, mut right) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for pair in edges.iter().flat_map(|edge| edge.windows(2)) {
        if !right[pair[0]].contains(&pair[1]) {
            right[pair[0]].push(pair[1]);
            left[pair[1]].push(pair[0]);
        }
    }
    (left, right)
}

/// Sweeps over the layers, to and fro, and puts each item at the mean place of its neighbours in the layer before.
fn order(items: &[Item], edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = items.iter().map(|item| item.layer + 1).max().unwrap_or(0);
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, item) in items.iter().enumerate() {
        order[item.layer].push(index);
    }
    for layer in &mut order {
        layer.sort_by_key(|item| items[*item].band);
    }
    let (left, right) = neighbours(items.len(), edges);
    let mut place = vec![0; items.len()];
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let (joined, steps): (_, Vec<usize>) =
            if forward { (&left, (0..count).collect()) } else { (&right, (0..count).rev().collect()) };
        for step in steps {
            let now: BTreeMap<usize, usize> = order[step].iter().copied().zip(0..).collect();
            let mean = |item: usize| {
                let others = &joined[item];
                let sum: usize = others.iter().map(|other| place[*other]).sum();
                // In sixteenths of a place, so that two means are told apart.
                (sum * 16).checked_div(others.len()).unwrap_or(now[&item] * 16)
            };
            order[step].sort_by_cached_key(|item| (items[*item].band, mean(*item), now[item]));
            for (at, item) in order[step].iter().enumerate() {
                place[*item] = at;
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Node, layers};

    fn nodes(requires: &[&[usize]]) -> Vec<Node> {
        requires.iter().map(|requires| Node { band: 0, requires: requires.to_vec() }).collect()
    }

    #[test]
    fn a_layer_is_the_longest_way() {
        // 0 → 1 → 2 → 4, 0 → 3 → 4: 4 comes after the longer branch.
        let laid = layers(&nodes(&[&[], &[0], &[1], &[0], &[2, 3]]));
        let of: Vec<usize> = laid.items.iter().take(5).map(|item| item.layer).collect();
        assert_eq!(of, [0, 1, 2, 1, 3]);
        // 3 → 4 passes layer 2.
        assert_eq!(laid.edges.last(), Some(&vec![3, 5, 4]));
    }

    #[test]
    fn what_others_imply_is_not_drawn() {
        let laid = layers(&nodes(&[&[], &[0], &[0, 1]]));
        assert_eq!(laid.edges, [vec![0, 1], vec![1, 2]]);
    }

    #[test]
    fn circles_are_left_out() {
        let laid = layers(&nodes(&[&[1], &[0], &[2], &[]]));
        assert_eq!(laid.items.iter().map(|item| item.layer).collect::<Vec<_>>(), [0, 0, 0, 0]);
        assert!(laid.edges.is_empty());
    }

    #[test]
    fn crossings_are_taken_out() {
        // 2 and 3 would cross where they stand in the order of their numbers.
        let laid = layers(&nodes(&[&[], &[], &[1], &[0]]));
        assert_eq!(laid.order, [vec![0, 1], vec![3, 2]]);
    }

    #[test]
    fn bands_are_kept_together() {
        let mut graph = nodes(&[&[], &[], &[1], &[0]]);
        graph[3].band = 1;
        assert_eq!(layers(&graph).order, [vec![1, 0], vec![2, 3]]);
    }

    #[test]
    fn edges_into_one_band_run_together() {
        // 0 → 1 → 2, and 0 leads past layer 1 to 3 and 4, which 5 keeps in layer 2.
        let mut graph = nodes(&[&[], &[0], &[1], &[0, 5], &[0, 5], &[6], &[]]);
        for late in [3, 4] {
            graph[late].band = 1;
        }
        let laid = layers(&graph);
        assert_eq!(laid.edges[2..6], [vec![0, 7, 3], vec![5, 3], vec![0, 7, 4], vec![5, 4]]);
    }

    #[test]
    fn nothing_makes_no_layers() {
        assert!(layers(&[]).order.is_empty());
    }
}
