//! Paths, parallels, points on an edge, and the fit to a window, against values worked out by hand.

use gradloom_diagram::{Edge, Fit, Point, Rect, Size, fit};

fn edge(points: &[(f32, f32)]) -> Edge {
    let route = points.iter().map(|&(x, y)| Point { x, y }).collect();
    Edge { from: 1, to: 2, port: 0, route }
}

/// Level from (0, 0), upright in the middle, level to (120, `rise`).
fn bend(rise: f32) -> Edge {
    edge(&[(0.0, 0.0), (60.0, 0.0), (60.0, rise), (120.0, rise)])
}

#[test]
fn path_data_is_short() {
    assert_eq!(bend(-33.333).path(), "M0 0C60 0 60 -33.3 120 -33.3");
    let long = edge(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, -0.04), (4.0, 0.5), (5.0, 1.25), (6.0, 2.0)]);
    assert_eq!(long.path(), "M0 0C1 0 2 0 3 0C4 0.5 5 1.3 6 2");
    assert_eq!(edge(&[]).path(), "");
}

#[test]
fn the_parallel_is_on_the_right_hand_side() {
    let right = edge(&[(0.0, 10.0), (5.0, 10.0), (5.0, 10.0), (9.0, 10.0)]);
    assert_eq!(right.path_offset(6.0), "M0 16C5 16 5 16 9 16");
    assert_eq!(right.path_offset(f32::NAN), right.path());
    let down = edge(&[(10.0, 0.0), (10.0, 5.0), (10.0, 5.0), (10.0, 9.0)]);
    assert_eq!(down.path_offset(6.0), "M4 0C4 5 4 5 4 9");
    // The upright leg of a bend downwards moves to the left, that of a bend upwards to the right: by 6 × 4/3 × 1/2, since the
    // tangent of half the angle is 80 / (60 + 100) = 1/2.
    assert_eq!(bend(80.0).path_offset(6.0), "M0 6C56 6 56 86 120 86");
    assert_eq!(bend(-80.0).path_offset(6.0), "M0 6C64 6 64 -74 120 -74");
}

#[test]
fn the_parallel_keeps_its_distance() {
    for (rise, closest) in [(3.0, 5.9), (20.0, 5.9), (-54.0, 5.9), (108.0, 5.9), (-400.0, 4.5)] {
        let edge = bend(rise);
        let original: Vec<Point> = (0..=4000).map(|i| edge.at(i as f32 / 4000.0)).collect();
        for i in 0..=50 {
            let p = edge.at_offset(6.0, i as f32 / 50.0);
            let distance = |q: &Point| (p.x - q.x).hypot(p.y - q.y);
            let nearest = original.iter().map(distance).fold(f32::MAX, f32::min);
            assert!((closest..6.15).contains(&nearest), "{nearest} at {i}/50 of a bend of {rise}");
        }
    }
}

#[test]
fn points_are_found_by_length() {
    // Two straight pieces of 30 and 10.
    let edge =
        edge(&[(0.0, 0.0), (15.0, 0.0), (15.0, 0.0), (30.0, 0.0), (35.0, 0.0), (35.0, 0.0), (40.0, 0.0)]);
    for (t, x) in [
        (0.0, 0.0),
        (0.25, 10.0),
        (0.75, 30.0),
        (0.9, 36.0),
        (1.0, 40.0),
        (-3.0, 0.0),
        (7.0, 40.0),
        (f32::NAN, 20.0),
    ] {
        let p = edge.at(t);
        assert!((p.x - x).abs() < 1e-3 && p.y == 0.0, "{t}: {p:?}");
    }
    let middle = bend(70.0).at(0.5);
    assert!((middle.x - 60.0).abs() < 1e-3 && (middle.y - 35.0).abs() < 1e-3);
}

#[test]
fn a_label_is_in_the_middle_of_a_short_bend_and_near_the_end_of_a_long_one() {
    assert_eq!(bend(70.0).label(), Point { x: 60.0, y: 35.0 });
    assert_eq!(bend(0.0).label(), Point { x: 64.0, y: 0.0 });
    // A long straight edge has it before the end; a short straight end leaves it on the bend.
    let level = |x: f32| edge(&[(0.0, 9.0), (x / 2.0, 9.0), (x / 2.0, 9.0), (x, 9.0)]);
    assert_eq!(level(80.0).label(), Point { x: 40.0, y: 9.0 });
    assert_eq!(level(1024.0).label(), Point { x: 968.0, y: 9.0 });
    let mut stub = bend(70.0);
    stub.route.extend([122.0, 122.0, 124.0].map(|x| Point { x, y: 70.0 }));
    assert_eq!(stub.label(), Point { x: 60.0, y: 35.0 });
    for rise in [160.0, -1000.0_f32] {
        let label = bend(rise).label();
        assert!((rise.abs() - label.y.abs() - 40.0).abs() < 0.01, "{label:?}");
    }
    // With 3t² − 2t³ = 3/4, t = 0.67365, and x = 120 (3t/2 − 3t²/2 + t³).
    assert!((bend(160.0).label().x - 76.26).abs() < 0.01, "{:?}", bend(160.0).label());
}

#[test]
fn a_fit_shows_everything_in_the_middle() {
    let bounds = Rect { x: -10.0, y: 20.0, width: 200.0, height: 50.0 };
    let window = Size { width: 100.0, height: 100.0 };
    // Half size; the middle (90, 45) goes to (50, 50).
    assert_eq!(fit(bounds, window, 1.5), Fit { scale: 0.5, dx: 5.0, dy: 27.5 });
    let wide = Size { width: 1000.0, height: 1000.0 };
    assert_eq!(fit(bounds, wide, 1.5), Fit { scale: 1.5, dx: 365.0, dy: 432.5 });
    let closed = Size { width: 0.0, height: f32::NAN };
    assert_eq!(fit(bounds, closed, 1.5).scale, 1e-3);
    assert_eq!(fit(Rect::default(), window, 1.5), Fit { scale: 1.0, dx: 50.0, dy: 50.0 });
}
