//! A routed edge and what can be drawn along it.

use crate::{Point, within};
use std::fmt::Write;

/// Straight pieces by which the length of one cubic is measured.
const PIECES: usize = 24;

/// How far across the flow a label may be from the point where its edge enters.
const ACROSS: f32 = 40.0;
/// How far before the end of a straight edge its label may be.
const BEFORE: f32 = 56.0;
/// Straight ends shorter than this do not reach to the layer before.
const STUB: f32 = 64.0;

/// An edge from a node to one that uses it, with its route.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The key of the node whose value flows along the edge.
    pub from: u64,
    /// The key of the node that uses it.
    pub to: u64,
    /// Which input of `to` it is, from 0.
    pub port: usize,
    /// Control points of joined cubic Bézier curves: the start, then two control points and an end for each curve.
    pub route: Vec<Point>,
}

impl Edge {
    /// The route as SVG path data, from `from` to `to`.
    pub fn path(&self) -> String {
        path_data(&self.route)
    }

    /// SVG path data parallel to the route at the distance `d`: to its right-hand side, seen along the edge, for `d > 0`
    /// (below an edge that runs to the right). A gradient flows along it, against the arrow.
    pub fn path_offset(&self, d: f32) -> String {
        path_data(&self.offset(d))
    }

    /// The control points of the parallel at the distance `d`, in the form of `route`.
    ///
    /// Exact for straight pieces, and at the ends and in the middle of a bend; elsewhere within 3 % on a bend that goes no further
    /// across the flow than along it, and nearer in the narrow curves of a steeper one (for `d` = 6, at least 4.5 at a rise of 400).
    pub fn offset(&self, d: f32) -> Vec<Point> {
        let d = if d.is_finite() { d } else { 0.0 };
        let mut points = Vec::with_capacity(self.route.len());
        for [a, b, c, e] in self.curves() {
            let (first, middle, last) = (normal(a, b), normal(b, c), normal(c, e));
            if points.is_empty() {
                points.push(shifted(a, first, d));
            }
            // In its middle an S-shaped curve runs at the angle θ to its first leg, tan θ = |bc| / |ab|. There the control points
            // weigh 3/4, so they move (4/3) d tan(θ/2) along the normal of the middle leg for the curve to move by d in all.
            let (leg, rise) = (a.distance(b), b.distance(c));
            let half_tangent = rise / (leg + leg.hypot(rise)).max(f32::MIN_POSITIVE);
            let sideways = d * half_tangent * 4.0 / 3.0;
            points.push(shifted(shifted(b, first, d), middle, sideways));
            points.push(shifted(shifted(c, last, d), middle, sideways));
            points.push(shifted(e, last, d));
        }
        points
    }

    /// The point at the fraction `t` of the route's length, `t` clamped to `0..=1`: 0 at `from`, 1 at `to`.
    pub fn at(&self, t: f32) -> Point {
        along(&self.route, t)
    }

    /// The same on the parallel at the distance `d`.
    pub fn at_offset(&self, d: f32, t: f32) -> Point {
        along(&self.offset(d), t)
    }

    /// Where a contribution's number stands: between the layers just before `to`, where the edge is never shared with another one.
    ///
    /// On a bend it is in the middle, or at most 40 px across the flow from where the edge enters; on a straight piece in the middle,
    /// or at most 56 px before its end.
    pub fn label(&self) -> Point {
        let all: Vec<[Point; 4]> = self.curves().collect();
        let Some(last) = all.last() else {
            return Point::default();
        };
        let [start, _, _, end] = *last;
        let length = start.distance(end);
        // A short straight end only leads on to a box that is shorter than its layer.
        let bend = match all.as_slice() {
            [.., bend, _] if straight(last) && length < STUB => bend,
            _ if straight(last) => return end.towards(start, (BEFORE / length).min(0.5)),
            _ => last,
        };
        let [start, level, _, end] = *bend;
        // A bend starts along the flow, so what its first leg does not cover is across it.
        let across = if start.y == level.y { end.y - start.y } else { end.x - start.x };
        cubic(bend, rise(1.0 - (ACROSS / across.abs()).min(0.5)))
    }

    fn curves(&self) -> impl Iterator<Item = [Point; 4]> {
        curves(&self.route)
    }
}

fn curves(route: &[Point]) -> impl Iterator<Item = [Point; 4]> {
    route.windows(4).step_by(3).filter_map(|points| points.try_into().ok())
}

/// The parameter at which an S-shaped curve has done the fraction `done` of its way across: the root of 3t² − 2t³ = done,
/// by halving, which needs neither sine nor arcsine.
fn rise(done: f32) -> f32 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..f32::MANTISSA_DIGITS {
        let t: f32 = 0.5 * (low + high);
        if t * t * (3.0 - 2.0 * t) < done { low = t } else { high = t }
    }
    high
}

fn straight([a, b, c, e]: &[Point; 4]) -> bool {
    (a.x == b.x && b.x == c.x && c.x == e.x) || (a.y == b.y && b.y == c.y && c.y == e.y)
}

/// The unit normal to the right of the direction from `a` to `b`; `None` where they coincide.
fn normal(a: Point, b: Point) -> Option<Point> {
    let length = a.distance(b);
    (length > 1e-6).then(|| Point { x: -(b.y - a.y) / length, y: (b.x - a.x) / length })
}

fn shifted(p: Point, normal: Option<Point>, d: f32) -> Point {
    match normal {
        Some(n) => Point { x: p.x + n.x * d, y: p.y + n.y * d },
        None => p,
    }
}

/// De Casteljau's construction of the point at the parameter `t`.
fn cubic([a, b, c, e]: &[Point; 4], t: f32) -> Point {
    let (ab, bc, ce) = (a.towards(*b, t), b.towards(*c, t), c.towards(*e, t));
    ab.towards(bc, t).towards(bc.towards(ce, t), t)
}

fn along(route: &[Point], t: f32) -> Point {
    let Some(&start) = route.first() else {
        return Point::default();
    };
    let mut points = vec![start];
    for curve in curves(route) {
        points.extend((1..=PIECES).map(|i| cubic(&curve, i as f32 / PIECES as f32)));
    }
    let pieces = || points.iter().zip(points.iter().skip(1));
    let length: f32 = pieces().map(|(a, b)| a.distance(*b)).sum();
    let mut left = length * if t.is_nan() { 0.5 } else { within(t, 0.0, 1.0) };
    for (a, b) in pieces() {
        let piece = a.distance(*b);
        if left <= piece && piece > 0.0 {
            return a.towards(*b, left / piece);
        }
        left -= piece;
    }
    points.last().copied().unwrap_or(start)
}

fn path_data(route: &[Point]) -> String {
    let mut text = String::with_capacity(route.len() * 12);
    for (i, p) in route.iter().enumerate() {
        let command = match i {
            0 => "M",
            _ if i % 3 == 1 => "C",
            _ => " ",
        };
        text.push_str(command);
        number(&mut text, p.x);
        text.push(' ');
        number(&mut text, p.y);
    }
    text
}

/// A coordinate to a tenth of a pixel, without a useless `.0`. Written with integers: printing floats is a lot of code,
/// which the page goes without.
fn number(text: &mut String, value: f32) {
    let tenths = (f64::from(value) * 10.0).round() as i64;
    let (sign, whole, tenth) = (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
    // Writing to a string cannot fail.
    let _ = match tenth {
        0 => write!(text, "{sign}{whole}"),
        _ => write!(text, "{sign}{whole}.{tenth}"),
    };
}
