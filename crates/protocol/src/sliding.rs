use serde::{Deserialize, Serialize};

use crate::Number;

/// What an operation does with the cells under its window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Moves {
    /// Sums their products with the second input; channels are parted into so many groups.
    Convolution(u64),
    /// Each cell of the input spreads the second input over a window of the result, channels parted likewise.
    Transpose(u64),
    /// Takes the largest; the second input says which, as row-major numbers in a plane.
    Largest,
    /// Divides their sum by how many they are.
    Mean {
        /// Whether cells of the padding count.
        padded: bool,
        /// Divides by this instead, if given.
        divisor: Option<Number>,
    },
}

/// A window that slides over the planes of the first input, down and across. On a line everything happens across.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sliding {
    /// What becomes of the cells under it.
    pub moves: Moves,
    /// The dimensions of a plane: 1 or 2, the last ones.
    pub rank: u32,
    /// Sizes of the window.
    pub kernel: [u64; 2],
    /// From one of its places to the next.
    pub stride: [u64; 2],
    /// How far the first place reaches over the edge.
    pub padding: [u64; 2],
    /// From one cell of it to the next.
    pub dilation: [u64; 2],
    /// How many places it has.
    pub places: [u64; 2],
}
