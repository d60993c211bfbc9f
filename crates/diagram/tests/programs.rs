//! The drawings of programs from the lessons, with places computed by hand.

#![allow(clippy::unwrap_used, reason = "a refusal here is a failed test")]

use gradloom_diagram::{Diagram, Direction, Options, Point, Rect, Size};

const NODE: Size = Size { width: 124.0, height: 64.0 };
const CONSTANT: Size = Size { width: 116.0, height: 40.0 };

fn rect(x: f32, y: f32, size: Size) -> Option<Rect> {
    Some(Rect { x, y, width: size.width, height: size.height })
}

/// a, b; c = a + b; d = b + 1; e = c * d as the keys 0, 1; 2; 4 with the constant 3; 5.
fn lesson(direction: Direction) -> Diagram {
    let mut diagram = Diagram::new(Options::new(direction));
    diagram.add(0, NODE, &[]).unwrap();
    diagram.add(1, NODE, &[]).unwrap();
    diagram.add(2, NODE, &[0, 1]).unwrap();
    diagram.hold(3, CONSTANT).unwrap();
    diagram.add(4, NODE, &[1, 3]).unwrap();
    diagram.add(5, NODE, &[2, 4]).unwrap();
    diagram
}

#[test]
fn the_first_lesson_is_three_columns() {
    let diagram = lesson(Direction::LeftToRight);
    // Leaves 64 high with 44 between; c between them; d as near to b as c lets it; the constant beside d, below b; e between c and d.
    assert_eq!(diagram.node(0), rect(0.0, -32.0, NODE));
    assert_eq!(diagram.node(1), rect(0.0, 76.0, NODE));
    assert_eq!(diagram.node(2), rect(236.0, 22.0, NODE));
    assert_eq!(diagram.node(4), rect(236.0, 130.0, NODE));
    assert_eq!(diagram.node(3), rect(4.0, 184.0, CONSTANT));
    assert_eq!(diagram.node(5), rect(472.0, 76.0, NODE));
    // All with the margin of 24.
    let bounds = Rect { x: -24.0, y: -56.0, width: 644.0, height: 304.0 };
    assert_eq!(diagram.bounds(), bounds);
}

#[test]
fn top_down_it_is_three_rows() {
    let diagram = lesson(Direction::TopDown);
    // The gaps are 32 within and 76 between rows.
    assert_eq!(diagram.node(0), rect(-62.0, 0.0, NODE));
    assert_eq!(diagram.node(1), rect(94.0, 0.0, NODE));
    assert_eq!(diagram.node(2), rect(16.0, 140.0, NODE));
    assert_eq!(diagram.node(4), rect(172.0, 140.0, NODE));
    assert_eq!(diagram.node(3), rect(250.0, 12.0, CONSTANT));
    assert_eq!(diagram.node(5), rect(94.0, 280.0, NODE));
}

#[test]
fn no_two_edges_of_the_first_lesson_touch() {
    for direction in [Direction::LeftToRight, Direction::TopDown] {
        let diagram = lesson(direction);
        let sample = |i: usize| (0..=40).map(move |t| (i, t as f32 / 40.0));
        let edges: Vec<_> = diagram.edges().collect();
        let points: Vec<(usize, Point)> =
            (0..edges.len()).flat_map(sample).map(|(i, t)| (i, edges[i].at(t))).collect();
        for (i, p) in &points {
            for (j, q) in points.iter().filter(|(j, _)| i < j) {
                assert!((p.x - q.x).hypot(p.y - q.y) > 8.0, "edges {i} and {j} near {p:?}");
            }
        }
    }
}

/// A row of matrix products with weights made beforehand, and one connection that skips two of them.
#[test]
fn steps_stay_in_one_row_and_weights_in_theirs() {
    let mut diagram = Diagram::new(Options::default());
    for leaf in 0..5 {
        diagram.add(leaf, NODE, &[]).unwrap();
    }
    // x w1, relu, w2, + x, w3, w4.
    for (key, inputs) in
        [(5, [0, 1].as_slice()), (6, &[5]), (7, &[6, 2]), (8, &[7, 5]), (9, &[8, 3]), (10, &[9, 4])]
    {
        diagram.add(key, NODE, inputs).unwrap();
    }
    for key in 5..=10 {
        let rect = diagram.node(key).unwrap();
        assert_eq!((rect.x, rect.y), (236.0 * (key - 4) as f32, 22.0));
    }
    // A weight's edge leaves straight and turns up only before its product.
    let [from_step, from_weight] = diagram.edges_into(9) else { panic!() };
    assert_eq!(from_step.route.len(), 4);
    let row = diagram.node(3).unwrap().center().y;
    let level = Point { x: 236.0 * 4.0 + 124.0, y: row };
    assert_eq!(from_weight.route[0], Point { x: 124.0, y: row });
    assert_eq!(from_weight.route[3], level);
    assert_eq!(from_weight.route.len(), 7);
    // The skipping edge runs 16 above the boxes, which start at 22, where it crosses no weight's edge.
    let skip = &diagram.edges_into(8)[1];
    assert_eq!(skip.from, 5);
    assert!(skip.route.iter().any(|p| p.y == 6.0));
    assert!(skip.route.iter().all(|p| (6.0..=54.0).contains(&p.y)));
}

#[test]
fn a_square_has_two_parallel_edges() {
    let mut diagram = Diagram::new(Options::default());
    diagram.add(0, NODE, &[]).unwrap();
    diagram.add(1, NODE, &[0, 0]).unwrap();
    // Ports of a box 64 high are half of that apart.
    let paths: Vec<String> = diagram.edges().map(|edge| edge.path()).collect();
    assert_eq!(paths, ["M124 -16C180 -16 180 -16 236 -16", "M124 16C180 16 180 16 236 16"]);
}

#[test]
fn many_edges_leave_a_shared_weight_at_points_of_their_own() {
    let mut diagram = Diagram::new(Options::default());
    for leaf in 0..=8 {
        diagram.add(leaf, NODE, &[]).unwrap();
    }
    for i in 1..=8 {
        diagram.add(100 + i, NODE, &[0, i]).unwrap();
    }
    let mut starts: Vec<f32> = diagram.edges().filter(|e| e.from == 0).map(|e| e.route[0].y).collect();
    assert_eq!(starts.len(), 8);
    starts.sort_by(f32::total_cmp);
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= 1.99), "{starts:?}");
    // Within the side from -32 to 32, away from its corners.
    assert!(starts.iter().all(|y| y.abs() <= 24.0));
}

#[test]
fn a_node_stands_in_no_layer_before_the_one_that_it_comes_after() {
    let mut diagram = Diagram::new(Options::default());
    let size = Size { width: 100.0, height: 40.0 };
    for (key, inputs) in [(1, vec![]), (2, vec![]), (3, vec![1]), (4, vec![3])] {
        diagram.add(key, size, &inputs).unwrap();
    }
    diagram.add_after(5, size, &[2], Some(4)).unwrap();
    diagram.add_after(6, size, &[4, 5], Some(3)).unwrap();
    diagram.add_after(7, size, &[2], Some(99)).unwrap();
    diagram.add_after(8, size, &[], Some(4)).unwrap();
    assert_eq!([5, 6, 7, 8].map(|key| diagram.layer(key)), [Some(2), Some(3), Some(1), Some(0)]);
}

#[test]
fn a_node_that_is_too_long_for_a_finished_layer_goes_to_a_later_one() {
    let mut diagram = Diagram::new(Options::default());
    let long = Size { width: 200.0, height: 64.0 };
    diagram.add(0, NODE, &[]).unwrap();
    diagram.add(1, NODE, &[0]).unwrap();
    diagram.add(2, NODE, &[1]).unwrap();
    // Layer 1 is 124 long and closed by layer 2, which is open and grows.
    diagram.add(3, long, &[0]).unwrap();
    assert_eq!((diagram.layer(3), diagram.node(3).unwrap().x), (Some(2), 472.0));
    diagram.add(4, NODE, &[3]).unwrap();
    assert_eq!(diagram.node(4).unwrap().x, 472.0 + 200.0 + 112.0);
    // A long leaf stays in the first layer and grows to the left of it.
    let leaf = diagram.add(5, long, &[]).unwrap();
    assert_eq!((diagram.layer(5), leaf.x, leaf.right()), (Some(0), -76.0, 124.0));
}

#[test]
fn held_inputs_alone_come_to_light_as_leaves() {
    let mut diagram = Diagram::new(Options::default());
    diagram.add(0, NODE, &[]).unwrap();
    diagram.hold(1, CONSTANT).unwrap();
    diagram.hold(2, CONSTANT).unwrap();
    diagram.add(3, NODE, &[2, 1, 2]).unwrap();
    // Below the leaf, in the order of use, 44 apart.
    assert_eq!(diagram.node(2), rect(4.0, 76.0, CONSTANT));
    assert_eq!(diagram.node(1), rect(4.0, 160.0, CONSTANT));
    assert_eq!(diagram.edges_into(3).len(), 3);
    assert_eq!(diagram.layer(3), Some(1));
}

#[test]
fn a_node_takes_the_side_with_fewer_crossings() {
    let mut diagram = Diagram::new(Options::default());
    for leaf in 0..3 {
        diagram.add(leaf, NODE, &[]).unwrap();
    }
    for (key, inputs) in [(3, [0].as_slice()), (4, &[1]), (5, &[2, 2, 2, 2])] {
        diagram.add(key, NODE, inputs).unwrap();
    }
    // All three rows are taken; as far above as below, one edge is crossed instead of four.
    assert_eq!(diagram.add(6, NODE, &[1]).ok(), rect(236.0, -140.0, NODE));
}
