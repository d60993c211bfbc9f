//! Points, sizes, rectangles, and the transformation that fits one into another.

/// Sizes outside `MIN_SIZE..=MAX_SIZE` are clamped: a box must stay visible, and must not push the rest out of `f32`'s exact range.
const MIN_SIZE: f32 = 4.0;
const MAX_SIZE: f32 = 2048.0;

/// A point in the plane, `x` to the right, `y` downwards, in CSS pixels before zoom.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Distance to the right of the origin.
    pub x: f32,
    /// Distance below the origin.
    pub y: f32,
}

/// The number, or the bound that it is beyond. `clamp` would bring the printing of floats with it, for its panic: a lot of
/// code that the page goes without.
pub fn within<T: PartialOrd>(x: T, low: T, high: T) -> T {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

impl Point {
    /// The point `t` of the way to `other`.
    pub(crate) fn towards(self, other: Self, t: f32) -> Self {
        Self { x: self.x + (other.x - self.x) * t, y: self.y + (other.y - self.y) * t }
    }

    pub(crate) fn distance(self, other: Self) -> f32 {
        (other.x - self.x).hypot(other.y - self.y)
    }
}

/// The width and height of a box or of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Extent along x.
    pub width: f32,
    /// Extent along y.
    pub height: f32,
}

impl Size {
    /// This size with each side in the range that can be drawn; a side that is not a number is taken from `usual`.
    pub(crate) fn tame(self, usual: Self) -> Self {
        let side =
            |side: f32, usual: f32| within(if side.is_nan() { usual } else { side }, MIN_SIZE, MAX_SIZE);
        Self { width: side(self.width, usual.width), height: side(self.height, usual.height) }
    }
}

/// An axis-parallel rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left side.
    pub x: f32,
    /// Upper side.
    pub y: f32,
    /// Extent along x, never negative.
    pub width: f32,
    /// Extent along y, never negative.
    pub height: f32,
}

impl Rect {
    /// The right side.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// The lower side.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The point in the middle.
    pub fn center(&self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// This rectangle, larger by `margin` on every side.
    pub fn grow(&self, margin: f32) -> Self {
        Self {
            x: self.x - margin,
            y: self.y - margin,
            width: self.width + 2.0 * margin,
            height: self.height + 2.0 * margin,
        }
    }

    /// The smallest rectangle that holds all the points; `None` without points.
    pub(crate) fn around(points: &[Point]) -> Option<Self> {
        let dot = |p: &Point| Self { x: p.x, y: p.y, ..Self::default() };
        points.iter().map(dot).reduce(|all, one| all.union(&one))
    }
}

/// A zoom and a shift: a point `p` of the diagram is drawn at `p × scale + (dx, dy)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Zoom, greater than zero.
    pub scale: f32,
    /// Shift to the right, after the zoom.
    pub dx: f32,
    /// Shift downwards, after the zoom.
    pub dy: f32,
}

/// The zoom and shift that show `bounds` whole and centered in a window of the size `window`, enlarged at most `max_scale` times.
///
/// A window or rectangle without extent, or with numbers that are not finite, gives a scale of 1 or the smallest scale, 0.001.
pub fn fit(bounds: Rect, window: Size, max_scale: f32) -> Fit {
    let ratio = |window: f32, extent: f32| {
        let ratio = window / extent;
        if ratio.is_finite() && extent > 0.0 { ratio } else { 1.0 }
    };
    let scale =
        ratio(window.width, bounds.width).min(ratio(window.height, bounds.height)).min(max_scale).max(1e-3);
    let shift = |window: f32, middle: f32| {
        let shift = window / 2.0 - middle * scale;
        if shift.is_finite() { shift } else { 0.0 }
    };
    let middle = bounds.center();
    Fit { scale, dx: shift(window.width, middle.x), dy: shift(window.height, middle.y) }
}
