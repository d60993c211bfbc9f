//! Tensors as PyTorch prints them, arrays as NumPy prints them, digit for digit.

mod array;
mod tensor;

pub use array::{ArrayOptions, array_repr, array_str, scalar_str};
pub use tensor::{PrintOptions, tensor};

use gradloom_engine::Layout;

/// The indices at which a dimension of a summarized tensor is shown, with a gap in the middle; all of them where it is
/// short.
struct Shown {
    head: usize,
    tail: usize,
    gap: bool,
}

impl Shown {
    fn new(size: usize, edge: usize, summarize: bool) -> Shown {
        if summarize && size > edge.saturating_mul(2) {
            Shown { head: edge, tail: edge, gap: true }
        } else {
            Shown { head: size, tail: 0, gap: false }
        }
    }

    fn indices(&self, size: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.head).chain(size - self.tail..size)
    }
}

/// The positions of the elements that are shown, row-major.
fn positions(shape: &[usize], edge: usize, summarize: bool) -> Vec<usize> {
    let strides = Layout::contiguous(shape).strides;
    let mut all = vec![0];
    for (&size, &stride) in shape.iter().zip(&strides) {
        let shown = Shown::new(size, edge, summarize);
        all = all.iter().flat_map(|&at| shown.indices(size).map(move |i| at + i * stride)).collect();
    }
    all
}
