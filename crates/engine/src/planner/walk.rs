//! WGSL that finds elements by strides.

use crate::{DType, Error, ErrorKind, Layout, Result};

/// How a kernel finds the place of an element in several layouts of one shape: WGSL text, and the words of the
/// parameters that it reads.
pub(crate) struct Walk {
    rank: usize,
    layouts: usize,
    at: usize,
    /// The shape, then the strides in each layout.
    pub words: Vec<usize>,
}

impl Walk {
    /// With as few dimensions as will do; the words lie from `at` on.
    pub fn new(layouts: &[&Layout], at: usize) -> Walk {
        let (shape, strides) = Layout::coalesce(layouts);
        Walk {
            rank: shape.len(),
            layouts: layouts.len(),
            at,
            words: shape.into_iter().chain(strides.into_iter().flatten()).collect(),
        }
    }

    /// With the dimensions as they are, for a kernel that uses the coordinates `c0`, `c1`, … themselves.
    pub fn plain(layouts: &[&Layout], at: usize) -> Walk {
        let shape = layouts.first().map_or(&[][..], |layout| &layout.shape);
        let words = shape.iter().chain(layouts.iter().flat_map(|layout| &layout.strides)).copied().collect();
        Walk { rank: shape.len(), layouts: layouts.len(), at, words }
    }

    /// The last dimension: its size (0), or its stride in the first layout (1), the second (2), ….
    pub fn last(&self, which: usize) -> Option<usize> {
        self.words.get((self.rank * (which + 1)).checked_sub(1)?).copied().filter(|_| self.rank > 0)
    }

    /// How many dimensions it has.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Statements that take a row-major index apart into `c0`, `c1`, ….
    pub fn coordinates(&self, index: &str) -> String {
        let mut text = String::new();
        let mut rest = index.to_owned();
        for dim in (0..self.rank).rev() {
            if dim == 0 {
                text += &format!("let c0 = {rest};\n");
            } else {
                let size = word(self.at + dim);
                text += &format!("let c{dim} = {rest} % {size};\nlet r{dim} = {rest} / {size};\n");
                rest = format!("r{dim}");
            }
        }
        text
    }

    /// A function of a row-major index that returns the place in the layout, or of two layouts both.
    pub fn function(&self, name: &str) -> String {
        let (kind, places) = match self.layouts {
            1 => ("u32", self.place(0)),
            _ => ("vec2<u32>", format!("vec2<u32>({}, {})", self.place(0), self.place(1))),
        };
        format!("fn {name}(i: u32) -> {kind} {{\n{}return {places};\n}}\n", self.coordinates("i"))
    }

    /// The place in a layout, counted from its offset.
    pub fn place(&self, layout: usize) -> String {
        let strides = self.at + self.rank * (1 + layout);
        let terms: Vec<String> =
            (0..self.rank).map(|dim| format!("c{dim} * {}", word(strides + dim))).collect();
        if terms.is_empty() { "0u".to_owned() } else { format!("({})", terms.join(" + ")) }
    }
}

/// A word of the parameters in WGSL.
pub(crate) fn word(at: usize) -> String {
    format!("params[{}].{}", at / 4, ["x", "y", "z", "w"][at % 4])
}

/// What an element is on the GPU; `float64` is not there.
pub(crate) fn wgsl_type(dtype: DType) -> Result<&'static str> {
    match dtype {
        DType::F32 => Ok("f32"),
        DType::I64 => Ok("i32"),
        DType::Bool => Ok("u32"),
        DType::F64 => Err(crate::device::gpu::no_doubles()),
    }
}

/// Sizes as the GPU counts them.
pub(crate) fn words(sizes: impl IntoIterator<Item = usize>) -> Result<Vec<u32>> {
    let too_large =
        || Error::new(ErrorKind::Memory, "the GPU counts elements in 32 bits; this tensor has more");
    sizes.into_iter().map(|size| u32::try_from(size).map_err(|_| too_large())).collect()
}
