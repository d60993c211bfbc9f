//! How a window moves over a plane: what convolutions and pooling share.

use std::ops::Range;

/// How a window moves over a plane, down and across. On a line everything happens across: down, a step is 1 and there
/// is no padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slide {
    /// From one place of the window to the next.
    pub stride: [usize; 2],
    /// How far the first place reaches over the edge.
    pub padding: [usize; 2],
    /// From one cell of the window to the next.
    pub dilation: [usize; 2],
}

impl Slide {
    /// Step by step, within the plane.
    pub const PLAIN: Slide = Slide { stride: [1; 2], padding: [0; 2], dilation: [1; 2] };

    /// From the first to the last cell of a window of these sizes: `dilation · (kernel - 1) + 1`.
    pub fn reach(&self, kernel: [usize; 2]) -> [usize; 2] {
        [0, 1].map(|d| kernel[d].saturating_sub(1).saturating_mul(self.dilation[d]).saturating_add(1))
    }

    /// How many places a window has on an image padded on both sides:
    /// `⌊(image + 2 · padding - reach) / stride⌋ + 1`, 0 where it does not fit.
    pub fn places(&self, image: [usize; 2], kernel: [usize; 2]) -> [usize; 2] {
        let reach = self.reach(kernel);
        [0, 1].map(|d| {
            let padded = image[d].saturating_add(self.padding[d].saturating_mul(2));
            padded.checked_sub(reach[d]).map_or(0, |room| room / self.stride[d].max(1) + 1)
        })
    }

    /// Where cell `cell` of the window lies at its place `place` along dimension `d`, if within `size`.
    pub fn at(&self, d: usize, place: usize, cell: usize, size: usize) -> Option<usize> {
        let ahead = cell.saturating_mul(self.dilation[d]);
        let from_padding = place.saturating_mul(self.stride[d]).saturating_add(ahead);
        from_padding.checked_sub(self.padding[d]).filter(|&at| at < size)
    }

    /// The cells of a window of `kernel` that lie within `size` along dimension `d` at its place `place`.
    pub fn cells(&self, d: usize, place: usize, kernel: usize, size: usize) -> Range<usize> {
        let (start, step) = (place.saturating_mul(self.stride[d]), self.dilation[d].max(1));
        let first = self.padding[d].saturating_sub(start).div_ceil(step);
        let end = size.saturating_add(self.padding[d]).saturating_sub(start).div_ceil(step).min(kernel);
        first.min(end)..end
    }

    /// The places at which cell `cell` of the window lies within `size` along dimension `d`, of `places` in all: the
    /// first, and the one after the last.
    pub fn inside(&self, d: usize, cell: usize, size: usize, places: usize) -> (usize, usize) {
        let (ahead, step) = (cell.saturating_mul(self.dilation[d]), self.stride[d].max(1));
        let first = self.padding[d].saturating_sub(ahead).div_ceil(step);
        let end = size.saturating_add(self.padding[d]).saturating_sub(ahead).div_ceil(step).min(places);
        (first.min(end), end)
    }
}

/// Leading sizes, and the plane behind them: of the last two dimensions (`rank` 2) or of the last alone (`rank` 1).
pub fn plane(shape: &[usize], rank: usize) -> (&[usize], [usize; 2]) {
    match (rank, shape) {
        (1, [lead @ .., w]) => (lead, [1, *w]),
        (2, [lead @ .., h, w]) => (lead, [*h, *w]),
        _ => (shape, [1, 1]),
    }
}

/// Leading sizes with a plane behind them, the inverse of [`plane`].
pub fn with_plane(lead: &[usize], plane: [usize; 2], rank: usize) -> Vec<usize> {
    lead.iter().chain(plane.iter().skip(2 - rank.min(2))).copied().collect()
}

/// A window that pools a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The dimensions of a plane: 1 or 2.
    pub rank: usize,
    /// Sizes of the window.
    pub kernel: [usize; 2],
    /// How it moves.
    pub slide: Slide,
    /// How many places it has.
    pub size: [usize; 2],
}

/// What an operator does with the cells under its window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moves {
    /// Sums their products with a weight; channels are parted into so many groups.
    Convolution(usize),
    /// Each cell of the input spreads the weight over a window of the result, channels parted likewise.
    Transpose(usize),
    /// Takes the largest.
    Largest,
    /// Divides their sum by how many they are.
    Mean {
        /// Whether cells of the padding count.
        padded: bool,
        /// Divides by this instead, if given.
        divisor: Option<f64>,
    },
}

/// An operator as a window that slides over cells, for whoever draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sliding {
    /// What it does with the cells.
    pub moves: Moves,
    /// The window; its places are the cells of the result, or for [`Moves::Transpose`] those of the input.
    pub window: Window,
}

impl Window {
    /// The plane that it pools.
    pub fn image(&self, shape: &[usize]) -> [usize; 2] {
        plane(shape, self.rank).1
    }

    /// The shape of what becomes of a tensor of `shape`: leading sizes, then the window's places.
    pub fn result(&self, shape: &[usize]) -> Vec<usize> {
        with_plane(plane(shape, self.rank).0, self.size, self.rank)
    }
}
