//! What must hold for every graph, checked after every node of a thousand generated ones.

#![allow(clippy::unwrap_used, reason = "a refusal here is a failed test")]

use gradloom_diagram::{Diagram, Direction, Edge, Options, Point, Rect, Refusal, Size};

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn size(&mut self) -> Size {
        match self.below(12) {
            0 => Size { width: 0.0, height: -5.0 },
            1 => Size { width: f32::NAN, height: f32::INFINITY },
            2 => Size { width: 300.0, height: 20.0 },
            3 => Size { width: 116.0, height: 40.0 },
            4 => Size { width: 50.0, height: 400.0 },
            _ => Size { width: 124.0, height: 64.0 },
        }
    }
}

fn bits(rect: Rect) -> [u32; 4] {
    [rect.x, rect.y, rect.width, rect.height].map(f32::to_bits)
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    // A hundredth of a pixel for rounding.
    let apart = |low: f32, high: f32| high - low <= 0.01;
    !apart(a.x.max(b.x), a.right().min(b.right())) && !apart(a.y.max(b.y), a.bottom().min(b.bottom()))
}

/// Whether the convex hulls of the route's curves, and so the route itself, stay outside of the box. The layout makes only
/// curves that fill the rectangle around their control points, so that rectangle is taken for the hull.
fn avoids(edge: &Edge, rect: &Rect) -> bool {
    edge.route.windows(4).step_by(3).all(|curve| {
        let xs = || curve.iter().map(|p| p.x);
        let ys = || curve.iter().map(|p| p.y);
        let (x, y) = (xs().fold(f32::MAX, f32::min), ys().fold(f32::MAX, f32::min));
        let (right, bottom) = (xs().fold(f32::MIN, f32::max), ys().fold(f32::MIN, f32::max));
        // A straight piece has no area; give it a hair's breadth.
        let hull = Rect { x, y, width: right - x, height: bottom - y }.grow(0.02);
        !overlap(&hull, &rect.grow(-0.02))
    })
}

fn on_side(p: Point, rect: &Rect, direction: Direction, leaving: bool) -> bool {
    let (u, v) = match direction {
        Direction::LeftToRight => (p.x, p.y),
        Direction::TopDown => (p.y, p.x),
    };
    let (start, end, low, high) = match direction {
        Direction::LeftToRight => (rect.x, rect.right(), rect.y, rect.bottom()),
        Direction::TopDown => (rect.y, rect.bottom(), rect.x, rect.right()),
    };
    u == if leaving { end } else { start } && low < v && v < high
}

/// Adds one random node, held ones included; `None` if it was a held one.
fn grow(diagram: &mut Diagram, random: &mut Random, key: u64) -> Option<Vec<u64>> {
    if random.below(8) == 0 {
        diagram.hold(key, random.size()).unwrap();
        return None;
    }
    let recent = random.below(2) == 0;
    let count = if key == 0 { 0 } else { random.below(5) };
    let inputs: Vec<u64> = (0..count)
        .map(|_| if recent { key - 1 - random.below(key.min(4)) } else { random.below(key) })
        .collect();
    let size = random.size();
    let rect = diagram.add(key, size, &inputs).unwrap();
    assert_eq!(diagram.node(key), Some(rect));
    Some(inputs)
}

#[test]
fn a_thousand_graphs_grow_without_moving_anything() {
    let mut long_edges = 0;
    for seed in 1..=1000_u64 {
        let mut random = Random(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let direction = [Direction::LeftToRight, Direction::TopDown][random.below(2) as usize];
        let mut options = Options::new(direction);
        if random.below(4) == 0 {
            (options.lane_gap, options.node_gap, options.layer_gap) = (f32::NAN, -3.0, 0.0);
        }
        let mut diagram = Diagram::new(options);
        for key in 0..5 + random.below(40) {
            let nodes: Vec<(u64, Rect)> = diagram.nodes().collect();
            let edges: Vec<Edge> = diagram.edges().cloned().collect();
            let Some(inputs) = grow(&mut diagram, &mut random, key) else {
                assert_eq!(diagram.node(key), None);
                continue;
            };
            for (before, after) in nodes.iter().zip(diagram.nodes()) {
                assert_eq!((before.0, bits(before.1)), (after.0, bits(after.1)), "seed {seed}");
            }
            assert!(diagram.edges().take(edges.len()).eq(&edges), "seed {seed}");

            let new: Vec<(u64, Rect)> = diagram.nodes().skip(nodes.len()).collect();
            for (i, (_, rect)) in new.iter().enumerate() {
                assert!(bits(*rect).map(f32::from_bits).iter().all(|side| side.is_finite()));
                assert!(nodes.iter().chain(&new[..i]).all(|(_, other)| !overlap(rect, other)), "seed {seed}");
                assert!(edges.iter().all(|edge| avoids(edge, rect)), "seed {seed}: box {key} on an edge");
                let (inner, bounds) = (rect.grow(-0.01), diagram.bounds());
                assert_eq!(bounds.union(&inner), bounds, "seed {seed}");
            }

            let into = diagram.edges_into(key);
            assert_eq!(into.iter().map(|e| e.from).collect::<Vec<_>>(), inputs);
            assert_eq!(diagram.edges().count(), edges.len() + inputs.len());
            for (port, edge) in into.iter().enumerate() {
                assert_eq!((edge.port, edge.to), (port, key));
                assert!(diagram.layer(edge.from) < diagram.layer(key), "seed {seed}");
                assert!(edge.route.len() >= 4 && edge.route.len() % 3 == 1);
                assert!(edge.route.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
                let (source, target) = (diagram.node(edge.from).unwrap(), diagram.node(key).unwrap());
                assert!(on_side(edge.route[0], &source, direction, true), "seed {seed}");
                assert!(on_side(*edge.route.last().unwrap(), &target, direction, false), "seed {seed}");
                for (other, rect) in diagram.nodes() {
                    assert!(avoids(edge, &rect), "seed {seed}: edge {} to {key} through {other}", edge.from);
                }
                for other in &into[..port] {
                    assert_ne!(edge.route.last(), other.route.last(), "seed {seed}");
                }
                long_edges += usize::from(diagram.layer(edge.from) < diagram.layer(key).map(|l| l - 1));
            }
        }
    }
    assert!(long_edges > 5000, "only {long_edges} edges ran through other layers");
}

#[test]
fn the_same_calls_give_the_same_drawing() {
    let draw = || {
        let mut random = Random(42);
        let mut diagram = Diagram::new(Options::default());
        for key in 0..80 {
            grow(&mut diagram, &mut random, key);
        }
        diagram
    };
    let (one, two) = (draw(), draw());
    assert!(one.nodes().eq(two.nodes()));
    assert!(one.edges().eq(two.edges()));
}

#[test]
fn what_cannot_be_added_is_refused_and_changes_nothing() {
    let size = Size { width: 124.0, height: 64.0 };
    let mut diagram = Diagram::new(Options::default());
    diagram.add(1, size, &[]).unwrap();
    diagram.hold(2, size).unwrap();
    for key in [1, 2] {
        assert_eq!(diagram.add(key, size, &[1]), Err(Refusal::Duplicate(key)));
        assert_eq!(diagram.hold(key, size), Err(Refusal::Duplicate(key)));
    }
    assert_eq!(diagram.add(3, size, &[1, 2, 9]), Err(Refusal::UnknownInput(9)));
    assert_eq!(diagram.add(3, size, &[3]), Err(Refusal::UnknownInput(3)));
    assert_eq!(Refusal::UnknownInput(9).to_string(), "input 9 is not in the diagram");
    assert!(!diagram.contains(3) && diagram.contains(2));
    assert_eq!(diagram.node(2), None);
    assert_eq!((diagram.nodes().count(), diagram.edges().count()), (1, 0));
    assert!(diagram.edges_into(7).is_empty());
}

#[test]
fn a_chain_of_a_hundred_thousand_nodes_is_a_straight_line() {
    let size = Size { width: 124.0, height: 64.0 };
    let mut diagram = Diagram::new(Options::default());
    diagram.add(0, size, &[]).unwrap();
    for key in 1..100_000 {
        diagram.add(key, size, &[key - 1]).unwrap();
    }
    assert_eq!(diagram.layer(99_999), Some(99_999));
    let last = diagram.node(99_999).unwrap();
    // A box and a gap, 124 + 112, for each of the 99 999 layers before.
    assert_eq!((last.x, last.y), (23_599_764.0, -32.0));
    assert!(diagram.edges().all(|edge| edge.route.len() == 4));
}

#[test]
fn a_weight_used_in_a_thousand_steps_keeps_to_a_few_lanes() {
    let size = Size { width: 124.0, height: 64.0 };
    let mut diagram = Diagram::new(Options::default());
    diagram.add(0, size, &[]).unwrap();
    diagram.add(1, size, &[]).unwrap();
    for key in 2..1002 {
        diagram.add(key, size, &[key - 1, 0]).unwrap();
    }
    // All lanes lie between the two boxes and just beyond the row of steps, not a thousand side by side.
    assert!(diagram.bounds().height < 400.0, "{:?}", diagram.bounds());
    let points: usize = diagram.edges().map(|edge| edge.route.len()).sum();
    assert!(points < 30 * 2000, "{points} points");
    let mut labels: Vec<Point> = diagram.edges().map(Edge::label).collect();
    labels.sort_by(|a, b| (a.x, a.y).partial_cmp(&(b.x, b.y)).unwrap());
    assert!(labels.windows(2).all(|pair| pair[0] != pair[1]));
}
