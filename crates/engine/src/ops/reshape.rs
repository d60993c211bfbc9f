//! The same elements in another shape.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Error, Layout, Result, Tensor, layout, ops};

/// `x` with other sizes and the same elements row-major; a view.
#[derive(Debug, Clone)]
pub struct View {
    /// The sizes of the result.
    pub shape: Vec<usize>,
}

const DOC: Doc = Doc {
    name: "view",
    formula: "x",
    shapes: "any; the result has as many elements",
    derivative: &["g in the shape of x"],
    source: "https://pytorch.org/docs/stable/generated/torch.Tensor.view.html",
};

impl Operator for View {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("view takes one tensor")) };
        if self.shape.iter().product::<usize>() != x.count() {
            return Err(Error::runtime(format!(
                "shape '{}' is invalid for input of size {}",
                layout::show(&self.shape),
                x.count()
            )));
        }
        Ok(Meta { shape: self.shape.clone(), dtype: x.dtype() })
    }

    fn view(&self, input: &Layout) -> Option<Result<Layout>> {
        Some(restride(input, &self.shape).map(|strides| Layout { shape: self.shape.clone(), strides, offset: input.offset }).ok_or_else(|| {
            Error::runtime(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across two \
                 contiguous subspaces). Use .reshape(...) instead.",
            )
        }))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::reshape(grad, saved.shape(0))?)])
    }
}

/// The strides that show a layout's elements in another shape of the same count; `None` where a copy is needed.
///
/// Walks both shapes from the right: every run of old dimensions that lies evenly must be filled by new ones.
fn restride(input: &Layout, shape: &[usize]) -> Option<Vec<usize>> {
    let mut strides = vec![0; shape.len()];
    if input.count() == 0 {
        return Some(layout::row_major(shape));
    }
    let mut old = input.shape.iter().zip(&input.strides).rev().filter(|(size, _)| **size != 1).peekable();
    let mut new = (0..shape.len()).rev().peekable();
    while let Some((&size, &stride)) = old.next() {
        let mut run = size;
        while let Some(&(&next, &step)) = old.peek() {
            if step != stride * run {
                break;
            }
            run *= next;
            old.next();
        }
        let mut filled = 1;
        while filled < run {
            let dim = new.next()?;
            strides[dim] = stride * filled;
            filled *= shape[dim];
        }
        if filled != run {
            return None;
        }
    }
    for dim in new {
        strides[dim] = 1;
    }
    Some(strides)
}

/// `.view(shape)`: refused where a copy would be needed.
pub fn view(x: &Tensor, shape: &[usize]) -> Result<Tensor> {
    layout::check_shape(shape)?;
    ops::apply(View { shape: shape.to_vec() }, &[x.into()])
}

/// `.reshape(shape)`: a view where possible, else of a copy.
pub fn reshape(x: &Tensor, shape: &[usize]) -> Result<Tensor> {
    layout::check_shape(shape)?;
    let fits = x.count() != shape.iter().product() || restride(x.layout(), shape).is_some();
    if fits { view(x, shape) } else { view(&ops::clone(x)?, shape) }
}

/// The sizes of a call such as `view(-1, 2)`: one −1 stands for what is left.
pub fn infer_shape(count: usize, sizes: &[i64]) -> Result<Vec<usize>> {
    let refuse = || Error::runtime(format!("shape '{sizes:?}' is invalid for input of size {count}"));
    let free = sizes.iter().filter(|&&s| s == -1).count();
    if free > 1 {
        return Err(Error::runtime("only one dimension can be inferred"));
    }
    if let Some(bad) = sizes.iter().find(|&&s| s < -1) {
        return Err(Error::runtime(format!("invalid shape dimension {bad}")));
    }
    let known = sizes
        .iter()
        .filter(|&&s| s >= 0)
        .try_fold(1usize, |n, &s| n.checked_mul(s as usize))
        .ok_or_else(refuse)?;
    let left = match (free, known) {
        (0, _) => 1,
        (_, 0) if count == 0 => {
            return Err(Error::runtime(format!(
                "cannot reshape tensor of 0 elements into shape {sizes:?} because the unspecified dimension size -1 can be any \
                 value and is ambiguous"
            )));
        }
        (_, 0) => return Err(refuse()),
        (_, known) if count.is_multiple_of(known) => count / known,
        _ => return Err(refuse()),
    };
    let shape: Vec<usize> = sizes.iter().map(|&s| if s < 0 { left } else { s as usize }).collect();
    if shape.iter().product::<usize>() == count { Ok(shape) } else { Err(refuse()) }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(View { shape: vec![3, 2] }, [x()]),
            Case::new(View { shape: vec![1, 6, 1] }, [x()]),
            Case::new(View { shape: vec![] }, [Case::tensor(&[1, 1], &[2.0])]),
            Case::new(View { shape: vec![4] }, [Case::tensor(&[2, 2], &[1.0, -2.0, 3.5, 0.25])]),
            Case::new(View { shape: vec![2, 1, 2] }, [Case::tensor(&[4], &[1.0, -2.0, 3.5, 0.25])]),
            Case::new(View { shape: vec![3, 0] }, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
