//! A window that slides over cells: what lies under it for one cell of the result, and what becomes of it.

mod words;

use std::sync::Arc;

use gradloom_protocol::{Input, Moves, NodeId, Sliding, Summary};

use super::heat;
use super::node::NodeView;
use super::view::View;

/// Cells of a plane, a window or a tensor that are shown one by one, at most.
pub const MOST: u64 = 20_000;

/// An operation that slides a window, with all numbers that it takes and makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// How the window moves.
    pub sliding: Sliding,
    /// What it moves over, the weight or the places of the largest, and the result, each with its name.
    pub input: Part,
    /// The second input.
    pub other: Option<Part>,
    /// The result.
    pub output: Part,
}

/// A tensor of the scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// All of its numbers.
    pub numbers: Arc<Summary>,
    /// Smallest and largest of them.
    pub range: (f64, f64),
}

/// Why a scene is not shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// Some numbers were not told yet; these tensors have them.
    Numbers(Vec<NodeId>),
    /// More than [`MOST`] cells.
    TooLarge,
    /// A later pass has taken the place of an input.
    Gone,
}

/// A cell of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Row and column of the input's plane under it; outside of it in the padding.
    pub at: Option<[i64; 2]>,
    /// What is there.
    pub found: Found,
    /// The number that it is multiplied by.
    pub weight: Option<f64>,
}

/// What lies under a cell of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// A number of the input.
    Number(f64),
    /// The padding.
    Padding,
    /// Nothing that counts.
    Nothing,
}

impl Cell {
    /// Its part of the sum, of numbers that are there.
    pub fn product(&self) -> Option<f64> {
        match self.found {
            Found::Number(x) => Some(x * self.weight.unwrap_or(1.0)),
            _ => None,
        }
    }
}

/// The cells of the window over one plane of the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Which plane of the input.
    pub plane: u64,
    /// The window, row by row.
    pub cells: Vec<Cell>,
}

/// Everything about one cell of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Under {
    /// Its index.
    pub index: Vec<u64>,
    /// Which plane of the result it is in, and where.
    pub plane: u64,
    /// Row and column.
    pub place: [u64; 2],
    /// Its value.
    pub value: f64,
    /// What is under the window, plane by plane.
    pub layers: Vec<Layer>,
    /// What the sum is divided by; 1 where it is not.
    pub divisor: f64,
    /// Where the largest is.
    pub winner: Option<[i64; 2]>,
}

fn size(shape: &[u64], rank: u32) -> [u64; 2] {
    match (rank, shape) {
        (1, [.., w]) => [1, *w],
        (_, [.., h, w]) => [*h, *w],
        _ => [1, 1],
    }
}

fn channels(shape: &[u64]) -> u64 {
    shape.get(1).copied().unwrap_or(1).max(1)
}

fn count(sizes: &[u64]) -> u64 {
    sizes.iter().fold(1, |all, size| all.saturating_mul(*size))
}

impl Scene {
    /// The scene of a node; `None` where no window slides.
    pub fn of(view: &View, node: &NodeView) -> Option<Result<Scene, Missing>> {
        let sliding = node.sliding?;
        let input = |i: usize| match node.inputs.get(i) {
            Some(Input::Node(id)) => Some(view.node(*id).filter(|input| input.id == *id)),
            _ => None,
        };
        let (Some(first), second) = (input(0)?, input(1)) else { return Some(Err(Missing::Gone)) };
        if second == Some(None) {
            return Some(Err(Missing::Gone));
        }
        let second = second.flatten();
        let all = [Some(first), second, Some(node)];
        let cells = all.into_iter().flatten().map(|node| count(&node.shape));
        let drawn = extent(&sliding, size(&first.shape, sliding.rank)).map(|(low, high)| (high - low) as u64);
        if cells.chain([count(&sliding.kernel), count(&drawn)]).any(|cells| cells > MOST) {
            return Some(Err(Missing::TooLarge));
        }
        let output = node.id;
        let part = |node: &NodeView| {
            let numbers = [&node.value, &node.detail].into_iter().flatten().find(|held| held.exact)?.clone();
            let range = heat::range(&numbers);
            let name = if node.id == output { node.label().into() } else { view.expression(node.id) };
            Some(Part { name, numbers, range })
        };
        let lacking = all.into_iter().flatten().filter(|node| part(node).is_none()).map(|node| node.id);
        let lacking: Vec<NodeId> = lacking.collect();
        let (Some(input), Some(output)) = (part(first), part(node)) else {
            return Some(Err(Missing::Numbers(lacking)));
        };
        if !lacking.is_empty() {
            return Some(Err(Missing::Numbers(lacking)));
        }
        // A result without cells has no window to look through.
        if output.numbers.numbers.is_empty() {
            return None;
        }
        Some(Ok(Scene { sliding, input, other: second.and_then(part), output }))
    }

    /// How many cells the result has.
    pub fn cells(&self) -> usize {
        self.output.numbers.numbers.len()
    }

    /// The plane of the input.
    pub fn image(&self) -> [u64; 2] {
        size(&self.input.numbers.shape, self.sliding.rank)
    }

    /// The plane of the result.
    pub fn result(&self) -> [u64; 2] {
        size(&self.output.numbers.shape, self.sliding.rank)
    }

    /// The rows and the columns that are drawn of the input: its own, and those of the padding.
    pub fn extent(&self) -> [(i64, i64); 2] {
        extent(&self.sliding, self.image())
    }

    /// The number of a part in one of its planes.
    pub fn number(&self, part: &Part, plane: u64, at: [i64; 2]) -> Option<f64> {
        let [rows, cols] = size(&part.numbers.shape, self.sliding.rank);
        let within = |at: i64, size: u64| u64::try_from(at).ok().filter(|at| *at < size);
        let (row, col) = (within(at[0], rows)?, within(at[1], cols)?);
        part.numbers.numbers.get((plane * rows * cols + row * cols + col) as usize).map(|number| number.0)
    }

    /// The planes of input and weight that meet in a plane of the result.
    fn planes(&self, plane: u64) -> Vec<(u64, u64)> {
        let Some(weight) = &self.other else { return vec![(plane, 0)] };
        let shape = &weight.numbers.shape;
        let (first, second) = (shape.first().copied().unwrap_or(1), channels(shape));
        let own = channels(&self.output.numbers.shape);
        let (image, channel) = (plane / own, plane % own);
        match self.sliding.moves {
            Moves::Convolution(groups) => {
                let group = channel / (first / groups.max(1)).max(1);
                (0..second).map(|j| ((image * groups + group) * second + j, channel * second + j)).collect()
            }
            Moves::Transpose(groups) => {
                let each = first / groups.max(1);
                let start = channel / second * each;
                (start..start + each).map(|k| (image * first + k, k * second + channel % second)).collect()
            }
            Moves::Largest | Moves::Mean { .. } => vec![(plane, 0)],
        }
    }

    /// Where the cells of the window lie along a dimension.
    fn along(&self, d: usize, place: u64) -> Vec<Option<i64>> {
        let Sliding { stride, padding, dilation, kernel, .. } = self.sliding;
        let (stride, padding, dilation) = (stride[d] as i64, padding[d] as i64, dilation[d] as i64);
        let own = self.image()[d] as i64;
        let at = |k: u64| match self.sliding.moves {
            Moves::Transpose(_) => {
                let ahead = place as i64 + padding - k as i64 * dilation;
                let at = ahead / stride.max(1);
                (ahead >= 0 && ahead % stride.max(1) == 0 && at < own).then_some(at)
            }
            _ => Some(place as i64 * stride + k as i64 * dilation - padding),
        };
        (0..kernel[d]).map(at).collect()
    }

    /// What is at a place of a plane, or beside it.
    fn found(&self, plane: u64, at: Option<[i64; 2]>) -> Found {
        let Some(at) = at else { return Found::Nothing };
        let (own, padding) = (self.image(), self.sliding.padding);
        let padded = |d: usize| at[d] >= -(padding[d] as i64) && at[d] < (own[d] + padding[d]) as i64;
        match (self.number(&self.input, plane, at), self.sliding.moves) {
            (Some(number), _) => Found::Number(number),
            (None, Moves::Mean { padded: counts, .. }) if !(counts && padded(0) && padded(1)) => {
                Found::Nothing
            }
            _ => Found::Padding,
        }
    }

    /// All about a cell of the result, by its row-major number.
    pub fn under(&self, cell: usize) -> Under {
        let shape = &self.output.numbers.shape;
        let cell = cell.min(self.cells().saturating_sub(1)) as u64;
        let [rows, cols] = self.result();
        let (plane, within) = (cell / (rows * cols).max(1), cell % (rows * cols).max(1));
        let place = [within / cols.max(1), within % cols.max(1)];
        let mut rest = cell;
        let mut index: Vec<u64> = shape
            .iter()
            .rev()
            .map(|size| {
                let at = rest % (*size).max(1);
                rest /= (*size).max(1);
                at
            })
            .collect();
        index.reverse();
        let (down, across) = (self.along(0, place[0]), self.along(1, place[1]));
        let weight = self.other.as_ref().filter(|_| self.multiplies());
        let layer = |(plane, of): (u64, u64)| {
            let cell = |(r, c): (usize, usize)| {
                let at = down.get(r).copied().flatten().zip(across.get(c).copied().flatten());
                let at = at.map(|(row, col)| [row, col]);
                let weight = weight.and_then(|part| self.number(part, of, [r as i64, c as i64]));
                Cell { at, found: self.found(plane, at), weight }
            };
            let places = (0..down.len()).flat_map(|r| (0..across.len()).map(move |c| (r, c)));
            Layer { plane, cells: places.map(cell).collect() }
        };
        let layers: Vec<Layer> = self.planes(plane).into_iter().map(layer).collect();
        let counted =
            layers.iter().flat_map(|layer| &layer.cells).filter(|cell| cell.found != Found::Nothing);
        let divisor = match self.sliding.moves {
            Moves::Mean { divisor: Some(divisor), .. } => divisor.0,
            Moves::Mean { .. } => counted.count() as f64,
            _ => 1.0,
        };
        let told = |part: &Part| part.numbers.numbers.get(cell as usize).map(|number| number.0);
        let winner = self.other.as_ref().filter(|_| self.sliding.moves == Moves::Largest).and_then(told);
        let across = self.image()[1].max(1) as i64;
        let winner = winner.map(|number| [number as i64 / across, number as i64 % across]);
        Under { index, plane, place, value: told(&self.output).unwrap_or(f64::NAN), layers, divisor, winner }
    }

    /// Whether the window holds weights.
    pub fn multiplies(&self) -> bool {
        matches!(self.sliding.moves, Moves::Convolution(_) | Moves::Transpose(_))
    }
}

fn extent(sliding: &Sliding, image: [u64; 2]) -> [(i64, i64); 2] {
    [0, 1].map(|d| {
        let own = image[d] as i64;
        if matches!(sliding.moves, Moves::Transpose(_)) {
            return (0, own);
        }
        let padding = sliding.padding[d] as i64;
        let reach = (sliding.kernel[d].max(1) as i64 - 1).saturating_mul(sliding.dilation[d] as i64) + 1;
        let last = (sliding.places[d].max(1) as i64 - 1).saturating_mul(sliding.stride[d] as i64);
        (-padding, own.saturating_add(padding).max(last.saturating_add(reach) - padding))
    })
}
