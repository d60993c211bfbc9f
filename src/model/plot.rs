//! A curve: its scales, its path, and the point under a pointer.

use gradloom_diagram::within;
use gradloom_protocol::Point;

use super::number::{fixed, short};

/// Width and height of the drawing area, in the units of its view box.
pub const WIDTH: f64 = 600.0;
/// See [`WIDTH`].
pub const HEIGHT: f64 = 220.0;
/// More columns than this are thinned to the lowest and highest value in each.
const COLUMNS: usize = 300;

/// How values become heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    /// Logarithmic.
    pub log: bool,
    first: f64,
    last: f64,
    low: f64,
    high: f64,
}

/// Whether a curve wants a logarithmic scale: all positive, over more than two orders of magnitude.
pub fn wants_log(points: &[Point]) -> bool {
    let values = || points.iter().map(|p| p.value.0).filter(|x| x.is_finite());
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
    low > 0.0 && low.is_finite() && high / low > 100.0
}

impl Axes {
    /// Scales that hold all points of some curves; values that a logarithm cannot show are left out.
    pub fn new(curves: &[&[Point]], log: bool) -> Axes {
        let points = || curves.iter().copied().flatten();
        let shown = |x: &f64| x.is_finite() && (!log || *x > 0.0);
        let values = || points().map(|p| p.value.0).filter(shown).map(|x| if log { x.log10() } else { x });
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        let pad = if high > low { (high - low) * 0.04 } else { 0.5 };
        let first = points().map(|p| p.step).min().unwrap_or(0) as f64;
        let last = points().map(|p| p.step).max().unwrap_or(0) as f64;
        Axes { log, first, last, low: low - pad, high: high + pad }
    }

    /// Where a step lies.
    pub fn x(&self, step: f64) -> f64 {
        if self.last > self.first {
            (step - self.first) / (self.last - self.first) * WIDTH
        } else {
            WIDTH / 2.0
        }
    }

    /// Where a value lies; `None` for what the scale cannot show.
    pub fn y(&self, value: f64) -> Option<f64> {
        let v = if self.log { if value > 0.0 { value.log10() } else { return None } } else { value };
        v.is_finite().then(|| HEIGHT - (v - self.low) / (self.high - self.low) * HEIGHT)
    }

    /// Round values inside the scale, about four of them.
    pub fn ticks(&self) -> Vec<f64> {
        let span = self.high - self.low;
        if self.log {
            let every = (span / 4.0).ceil().max(1.0);
            let first = (self.low / every).ceil();
            let decades = (0..16).map(|i| (first + f64::from(i)) * every);
            return decades.take_while(|t| *t <= self.high).map(|t| 10f64.powi(t as i32)).collect();
        }
        let rough = span / 4.0;
        let decade = 10f64.powi(rough.log10().floor() as i32);
        let nice = [1.0, 2.0, 5.0, 10.0].into_iter().find(|n| n * decade >= rough).unwrap_or(10.0) * decade;
        let first = (self.low / nice).ceil();
        (0..16).map(|i| (first + f64::from(i)) * nice).take_while(|t| *t <= self.high).collect()
    }

    /// The curve as path data; a value that cannot be shown leaves a gap.
    pub fn path(&self, points: &[Point]) -> String {
        let mut text = String::new();
        let mut pen_down = false;
        for point in thinned(points) {
            let Some(y) = self.y(point.value.0) else {
                pen_down = false;
                continue;
            };
            text.push(if pen_down { 'L' } else { 'M' });
            pen_down = true;
            text.push_str(&format!("{} {}", fixed(self.x(point.step as f64), 1), fixed(y, 1)));
        }
        text
    }

    /// The index of the point nearest to a fraction of the width.
    pub fn nearest(&self, points: &[Point], fraction: f64) -> Option<usize> {
        let step = self.first + within(fraction, 0.0, 1.0) * (self.last - self.first);
        let after = points.partition_point(|p| (p.step as f64) < step);
        let before = after.saturating_sub(1);
        let distance = |i: usize| points.get(i).map_or(f64::INFINITY, |p| (p.step as f64 - step).abs());
        let nearest = if distance(before) <= distance(after) { before } else { after };
        (!points.is_empty()).then_some(nearest)
    }
}

/// Dashes of the curves: the newest is solid, older ones are told by more than their color.
pub const DASHES: [&str; 4] = ["", "7 4", "2 4", "9 3 2 3"];

/// The curves with their axes as a drawing of its own, newest first.
pub fn drawing(curves: &[(String, &[Point])], log: bool, ink: &str, paper: &str) -> String {
    let all: Vec<&[Point]> = curves.iter().map(|(_, points)| *points).collect();
    let axes = Axes::new(&all, log);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"320\" viewBox=\"-90 -40 720 320\" \
         font-family=\"sans-serif\" font-size=\"12\" fill=\"{ink}\"><rect x=\"-90\" y=\"-40\" width=\"720\" height=\"320\" \
         fill=\"{paper}\"/>"
    );
    for tick in axes.ticks() {
        let Some(y) = axes.y(tick) else { continue };
        let (line, text) = (fixed(y, 1), fixed(y + 4.0, 1));
        svg.push_str(&format!(
            "<path d=\"M0 {line}H600\" stroke=\"{ink}\" stroke-opacity=\"0.2\"/><text x=\"-8\" y=\"{text}\" \
             text-anchor=\"end\">{}</text>",
            short(tick)
        ));
    }
    for (i, (name, points)) in curves.iter().enumerate() {
        let dash = DASHES.get(i % DASHES.len()).copied().unwrap_or_default();
        let look = format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"");
        let text = i as f64 * 150.0;
        svg.push_str(&format!(
            "<path d=\"{}\" {look}/><path d=\"M{x} -28h24\" {look}/><text x=\"{after}\" y=\"-24\">{name}</text>",
            axes.path(points),
            x = fixed(text, 0),
            after = fixed(text + 30.0, 0),
        ));
    }
    let last = curves.iter().filter_map(|(_, points)| points.last()).map(|p| p.step).max().unwrap_or(0);
    svg.push_str(&format!(
        "<text x=\"0\" y=\"244\">0</text><text x=\"600\" y=\"244\" text-anchor=\"end\">{last}</text></svg>"
    ));
    svg
}

fn thinned(points: &[Point]) -> Vec<Point> {
    if points.len() <= 2 * COLUMNS {
        return points.to_vec();
    }
    let mut kept = Vec::with_capacity(2 * COLUMNS + 2);
    for column in points.chunks(points.len().div_ceil(COLUMNS)) {
        let by_value = |a: &&Point, b: &&Point| a.value.0.total_cmp(&b.value.0);
        let (low, high) = (column.iter().min_by(by_value), column.iter().max_by(by_value));
        if let (Some(low), Some(high)) = (low, high) {
            kept.push(if low.step <= high.step { *low } else { *high });
            kept.push(if low.step <= high.step { *high } else { *low });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradloom_protocol::Number;

    fn points(values: &[f64]) -> Vec<Point> {
        values.iter().enumerate().map(|(i, x)| Point { step: i as u64, value: Number(*x) }).collect()
    }

    #[test]
    fn a_falling_loss_wants_a_logarithm() {
        assert!(wants_log(&points(&[3e7, 1e2, 1e-3])));
        assert!(!wants_log(&points(&[3.0, 2.0, 1.0])));
        assert!(!wants_log(&points(&[1e6, -1.0])));
        assert!(!wants_log(&[]));
    }

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(Axes::new(&[&points(&[0.0, 10.0])], false).ticks(), [0.0, 5.0, 10.0]);
        let decades = Axes::new(&[&points(&[1e-4, 1e4])], true).ticks();
        assert_eq!(decades.iter().map(|t| t.log10().round()).collect::<Vec<_>>(), [-3.0, 0.0, 3.0]);
    }

    #[test]
    fn what_cannot_be_shown_leaves_a_gap() {
        let curve = points(&[1.0, f64::NAN, 2.0]);
        let path = Axes::new(&[&curve], false).path(&curve);
        assert_eq!(path.matches('M').count(), 2);
        assert_eq!(path.matches('L').count(), 0);
    }

    #[test]
    fn long_curves_keep_their_extremes() {
        let mut values = vec![1.0; 10_000];
        values[4321] = 99.0;
        let thin = thinned(&points(&values));
        assert!(thin.len() <= 602);
        assert!(thin.iter().any(|p| p.value.0 == 99.0 && p.step == 4321));
    }

    #[test]
    fn a_drawing_names_its_curves_and_its_scale() {
        let (new, old) = (points(&[0.0, 10.0]), points(&[5.0, 5.0, 5.0]));
        let svg = drawing(&[("run 2".into(), &new), ("run 1".into(), &old)], false, "#000", "#fff");
        for part in [">run 2<", ">run 1<", ">10<", ">5<", ">2<", "7 4"] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert_eq!(svg.matches("<path").count(), 3 + 2 * 2, "three ticks, two curves, two signs");
    }

    #[test]
    fn the_nearest_point_is_found_by_its_step() {
        let curve = points(&[1.0, 2.0, 3.0]);
        let axes = Axes::new(&[&curve], false);
        assert_eq!(axes.nearest(&curve, 0.1), Some(0));
        assert_eq!(axes.nearest(&curve, 0.6), Some(1));
        assert_eq!(axes.nearest(&curve, 1.0), Some(2));
        assert_eq!(axes.nearest(&[], 0.5), None);
    }
}
