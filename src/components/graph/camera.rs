use gradloom_diagram::{Rect, within};

/// Smallest and largest zoom.
const RANGE: (f64, f64) = (0.1, 4.0);
/// A whole graph is not shown smaller than this; then the window follows the current moment.
const READABLE: f64 = 0.5;
/// A small graph is not enlarged beyond this.
const ENOUGH: f64 = 1.25;
/// The zoom at which a large graph is followed.
const FOLLOWING: f64 = 0.75;

/// What the small map takes of the window, at the right.
const CORNER: (f64, f64) = (176.0, 122.0);

/// Where the window stands on the sheet: a point `p` is seen at `k * p + (x, y)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub x: f64,
    pub y: f64,
    pub k: f64,
}

impl Camera {
    /// Shows all of `whole` if that stays readable or `all` of it is asked for, else what is around the boxes of the
    /// current moment, of which the last is the newest; `None` where there are none. The small map lies at the top or
    /// at the bottom.
    pub fn fit(whole: Rect, now: &[Rect], window: (f64, f64), all: bool, map_on_top: bool) -> Option<Camera> {
        let (width, height) = (f64::from(whole.width).max(1.0), f64::from(whole.height).max(1.0));
        let k = (window.0 / width).min(window.1 / height).min(ENOUGH);
        if all || k >= READABLE {
            return Some(Camera::at(whole, window, k));
        }
        let newest = *now.last()?;
        let around = |rect: &Rect| {
            let (width, height) = (f64::from(rect.width) + 80.0, f64::from(rect.height) + 80.0);
            (window.0 / width).min(window.1 / height)
        };
        // Boxes far from each other have nothing but emptiness in their middle.
        let near = now.iter().copied().reduce(|a, b| a.union(&b)).filter(|near| around(near) >= READABLE);
        let near = near.unwrap_or(newest);
        let k = within(around(&near), READABLE, FOLLOWING);
        let mut camera = Camera::at(near, window, k);
        // No empty space beyond the sheet where the sheet could be.
        camera.x = bounded(camera.x, f64::from(whole.x) * k, f64::from(whole.width) * k, window.0);
        camera.y = bounded(camera.y, f64::from(whole.y) * k, f64::from(whole.height) * k, window.1);
        // The newest box comes out from under the small map on the shorter way.
        let over_x = f64::from(newest.right()) * k + camera.x - (window.0 - CORNER.0);
        let over_y = match map_on_top {
            true => f64::from(newest.y) * k + camera.y - CORNER.1,
            false => f64::from(newest.bottom()) * k + camera.y - (window.1 - CORNER.1),
        };
        let under = if map_on_top { over_y < 0.0 } else { over_y > 0.0 };
        if over_x > 0.0 && under {
            if over_x < over_y.abs() { camera.x -= over_x } else { camera.y -= over_y }
        }
        Some(camera)
    }

    fn at(rect: Rect, window: (f64, f64), k: f64) -> Camera {
        let middle = rect.center();
        Camera { x: window.0 / 2.0 - k * f64::from(middle.x), y: window.1 / 2.0 - k * f64::from(middle.y), k }
    }

    /// Zoomed by a factor around a point of the window.
    pub fn zoomed(self, factor: f64, (px, py): (f64, f64)) -> Camera {
        let k = within(self.k * factor, RANGE.0, RANGE.1);
        let grow = k / self.k;
        Camera { x: px - (px - self.x) * grow, y: py - (py - self.y) * grow, k }
    }

    /// Moved by pixels of the window.
    pub fn moved(self, dx: f64, dy: f64) -> Camera {
        Camera { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Moved just so far that a box is in the window.
    pub fn showing(self, rect: Rect, window: (f64, f64)) -> Camera {
        let shift = |low: f64, high: f64, window: f64| {
            let margin = 16.0;
            if low < margin { margin - low } else { (window - margin - high).min(0.0) }
        };
        let left = self.x + self.k * f64::from(rect.x);
        let top = self.y + self.k * f64::from(rect.y);
        self.moved(
            shift(left, left + self.k * f64::from(rect.width), window.0),
            shift(top, top + self.k * f64::from(rect.height), window.1),
        )
    }
}

/// A shift that keeps the sheet from `start`, `extent` long, over the window, or centers it in a window that is larger.
fn bounded(shift: f64, start: f64, extent: f64, window: f64) -> f64 {
    if extent <= window {
        return (window - extent) / 2.0 - start;
    }
    shift.max(window - start - extent).min(-start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Rect = Rect { x: 0.0, y: 0.0, width: 400.0, height: 200.0 };

    #[test]
    fn a_small_graph_is_centered_and_whole() {
        let camera = Camera::fit(WHOLE, &[], (400.0, 400.0), false, false);
        assert_eq!(camera, Some(Camera { x: 0.0, y: 100.0, k: 1.0 }));
        assert_eq!(
            Camera::fit(WHOLE, &[], (4000.0, 4000.0), false, false).map(|camera| camera.k),
            Some(ENOUGH)
        );
    }

    #[test]
    fn a_large_graph_is_followed() {
        let whole = Rect { width: 8000.0, ..WHOLE };
        let now = Rect { x: 7900.0, y: 50.0, width: 100.0, height: 60.0 };
        let camera = Camera::fit(whole, &[now], (400.0, 400.0), false, false).expect("there is a moment");
        assert_eq!(camera.k, FOLLOWING);
        assert_eq!(
            Camera::fit(whole, &[now], (400.0, 400.0), true, false).map(|camera| camera.k),
            Some(0.05)
        );
        // The sheet's right end stands at the window's.
        assert_eq!(camera.x + camera.k * 8000.0, 400.0);
        assert_eq!(
            Camera::fit(whole, &[], (400.0, 400.0), false, false),
            None,
            "without a moment nothing moves"
        );
    }

    #[test]
    fn of_boxes_far_apart_the_newest_is_shown() {
        let whole = Rect { x: 0.0, y: 0.0, width: 8000.0, height: 4000.0 };
        let (first, newest) = (
            Rect { x: 100.0, y: 3800.0, width: 100.0, height: 60.0 },
            Rect { x: 7000.0, y: 50.0, width: 100.0, height: 60.0 },
        );
        let camera =
            Camera::fit(whole, &[first, newest], (400.0, 400.0), false, false).expect("there is a moment");
        let left = camera.x + camera.k * 7000.0;
        assert!((0.0..300.0).contains(&left), "{left}");
    }

    #[test]
    fn the_newest_box_does_not_lie_under_the_small_map() {
        let whole = Rect { x: 0.0, y: 0.0, width: 8000.0, height: 4000.0 };
        let newest = Rect { x: 7900.0, y: 3940.0, width: 100.0, height: 60.0 };
        let camera = Camera::fit(whole, &[newest], (400.0, 400.0), false, false).expect("there is a moment");
        let end = (camera.x + camera.k * 8000.0, camera.y + camera.k * 4000.0);
        assert!(end.0 <= 400.0 - CORNER.0 || end.1 <= 400.0 - CORNER.1, "{end:?}");
    }

    #[test]
    fn nor_under_one_at_the_top() {
        let whole = Rect { x: 0.0, y: 0.0, width: 8000.0, height: 4000.0 };
        let newest = Rect { x: 7900.0, y: 0.0, width: 100.0, height: 60.0 };
        let camera = Camera::fit(whole, &[newest], (400.0, 400.0), false, true).expect("there is a moment");
        let (right, top) = (camera.x + camera.k * 8000.0, camera.y);
        assert!(right <= 400.0 - CORNER.0 || top >= CORNER.1, "{right} {top}");
    }

    #[test]
    fn the_point_under_the_pointer_stays() {
        let camera = Camera { x: 10.0, y: 20.0, k: 1.0 };
        let zoomed = camera.zoomed(2.0, (110.0, 20.0));
        assert_eq!(zoomed, Camera { x: -90.0, y: 20.0, k: 2.0 });
    }

    #[test]
    fn a_box_outside_is_brought_in() {
        let camera = Camera { x: 0.0, y: 0.0, k: 1.0 };
        let rect = Rect { x: 500.0, y: 10.0, width: 100.0, height: 50.0 };
        assert_eq!(camera.showing(rect, (400.0, 300.0)), Camera { x: -216.0, y: 6.0, k: 1.0 });
    }
}
