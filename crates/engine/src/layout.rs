//! Shapes, strides and broadcasting.

use crate::{Error, Result};

/// Most dimensions a tensor may have.
pub const MAX_RANK: usize = 8;

/// Where the elements of a tensor lie in its storage: element `(i, j, …)` at `offset + i·strides[0] + j·strides[1] + …`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// Sizes; empty for a scalar.
    pub shape: Vec<usize>,
    /// Steps in elements, one a dimension; 0 repeats (an expanded dimension).
    pub strides: Vec<usize>,
    /// First element.
    pub offset: usize,
}

impl Layout {
    /// Row-major from the start of a storage.
    pub fn contiguous(shape: &[usize]) -> Self {
        Layout { shape: shape.to_vec(), strides: row_major(shape), offset: 0 }
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// How many dimensions.
    pub fn rank(&self) -> usize {
        self.shape.len()
    }

    /// Whether the elements follow each other without a gap, row-major (the offset may be anything).
    pub fn is_contiguous(&self) -> bool {
        let mut step = 1;
        for (&size, &stride) in self.shape.iter().zip(&self.strides).rev() {
            if size == 0 {
                return true;
            }
            if size != 1 {
                if stride != step {
                    return false;
                }
                step *= size;
            }
        }
        true
    }

    /// The last storage position of all; meaningless where there is no element.
    pub fn last(&self) -> usize {
        let ends = self.shape.iter().zip(&self.strides).map(|(&n, &s)| n.saturating_sub(1).saturating_mul(s));
        ends.fold(self.offset, usize::saturating_add)
    }

    /// Whether a dimension repeats, so that several elements share a place.
    pub fn repeats(&self) -> bool {
        self.count() > 0 && self.shape.iter().zip(&self.strides).any(|(&n, &s)| n > 1 && s == 0)
    }

    /// The same storage seen with a larger shape: sizes of 1 and missing leading dimensions repeat.
    pub fn broadcast(&self, shape: &[usize]) -> Result<Layout> {
        let refuse = || {
            Error::runtime(format!(
                "The expanded size of the tensor ({}) must match the existing size ({}) at every non-singleton dimension",
                show(shape),
                show(&self.shape)
            ))
        };
        let lead = shape.len().checked_sub(self.rank()).ok_or_else(refuse)?;
        let mut strides = vec![0; shape.len()];
        for (dim, (&size, &stride)) in self.shape.iter().zip(&self.strides).enumerate() {
            let target = shape[lead + dim];
            if size == target {
                strides[lead + dim] = stride;
            } else if size != 1 {
                return Err(refuse());
            }
        }
        Ok(Layout { shape: shape.to_vec(), strides, offset: self.offset })
    }

    /// The storage positions of all elements in row-major order.
    pub fn positions(&self) -> Positions<'_> {
        Positions { layout: self, index: vec![0; self.rank()], next: self.offset, left: self.count() }
    }

    /// The fewest dimensions that describe the same walk through several layouts of one shape: neighboring
    /// dimensions that every layout steps through evenly become one. Returns the shape and each layout's strides.
    pub fn coalesce(layouts: &[&Layout]) -> (Vec<usize>, Vec<Vec<usize>>) {
        let mut shape: Vec<usize> = Vec::new();
        let mut strides: Vec<Vec<usize>> = vec![Vec::new(); layouts.len()];
        let full = layouts.first().map_or(&[][..], |l| &l.shape);
        for (dim, &size) in full.iter().enumerate() {
            if size == 1 {
                continue;
            }
            let joins = !shape.is_empty()
                && layouts
                    .iter()
                    .zip(&strides)
                    .all(|(l, s)| s.last().is_some_and(|&last| last == l.strides[dim].wrapping_mul(size)));
            if joins {
                if let Some(last) = shape.last_mut() {
                    *last *= size;
                }
            } else {
                shape.push(size);
            }
            for (layout, strides) in layouts.iter().zip(&mut strides) {
                if joins {
                    strides.pop();
                }
                strides.push(layout.strides[dim]);
            }
        }
        (shape, strides)
    }
}

/// Storage positions in row-major order.
pub struct Positions<'a> {
    layout: &'a Layout,
    index: Vec<usize>,
    next: usize,
    left: usize,
}

impl Iterator for Positions<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let here = self.next;
        for dim in (0..self.index.len()).rev() {
            self.index[dim] += 1;
            self.next += self.layout.strides[dim];
            if self.index[dim] < self.layout.shape[dim] {
                break;
            }
            self.next -= self.layout.strides[dim] * self.index[dim];
            self.index[dim] = 0;
        }
        Some(here)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Positions<'_> {}

/// Row-major strides.
pub fn row_major(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for dim in (1..shape.len()).rev() {
        strides[dim - 1] = strides[dim] * shape[dim].max(1);
    }
    strides
}

/// The shape that all of these broadcast to: aligned at the right, a size of 1 gives way.
///
/// Source: <https://numpy.org/doc/stable/user/basics.broadcasting.html>
pub fn broadcast_shapes<'a>(shapes: impl IntoIterator<Item = &'a [usize]>) -> Result<Vec<usize>> {
    let mut result: Vec<usize> = Vec::new();
    for shape in shapes {
        if shape.len() > result.len() {
            let mut longer = vec![1; shape.len() - result.len()];
            longer.append(&mut result);
            result = longer;
        }
        let lead = result.len() - shape.len();
        // From the right, so that of several sizes that do not fit the last is named.
        for (dim, &size) in shape.iter().enumerate().rev() {
            let held = &mut result[lead + dim];
            if *held == 1 {
                *held = size;
            } else if size != 1 && size != *held {
                return Err(Error::runtime(format!(
                    "The size of tensor a ({}) must match the size of tensor b ({size}) at non-singleton dimension {}",
                    *held,
                    lead + dim
                ))
                .help(format!("{} and {} do not broadcast: sizes are compared from the right, and must be equal or 1", show(&result), show(shape))));
            }
        }
    }
    check_shape(&result)?;
    Ok(result)
}

/// Refuses a shape with too many dimensions or more elements than can be counted.
pub fn check_shape(shape: &[usize]) -> Result<()> {
    if shape.len() > MAX_RANK {
        return Err(Error::runtime(format!(
            "a tensor may have at most {MAX_RANK} dimensions, not {}",
            shape.len()
        )));
    }
    let mut count: usize = 1;
    for &size in shape {
        count = count.checked_mul(size).filter(|&n| n <= isize::MAX as usize / 8).ok_or_else(|| {
            Error::new(
                crate::ErrorKind::Memory,
                format!("a tensor of shape {} has more elements than can be stored", show(shape)),
            )
        })?;
    }
    Ok(())
}

/// A dimension counted from the front, where a negative one counts from the back.
pub fn resolve_dim(dim: i64, rank: usize) -> Result<usize> {
    let span = rank.max(1) as i64;
    if dim < -span || dim >= span {
        return Err(Error::index(format!(
            "Dimension out of range (expected to be in range of [{}, {}], but got {dim})",
            -span,
            span - 1
        )));
    }
    Ok(if dim < 0 { (dim + span) as usize } else { dim as usize })
}

/// A shape as PyTorch writes it in messages: `[2, 3]`.
pub fn show(shape: &[usize]) -> String {
    format!("{shape:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_broadcast_from_the_right() {
        assert_eq!(broadcast_shapes([&[8, 1, 6, 1][..], &[7, 1, 5]]).unwrap(), [8, 7, 6, 5]);
        assert_eq!(broadcast_shapes([&[][..], &[0, 3]]).unwrap(), [0, 3]);
        let error = broadcast_shapes([&[2, 3][..], &[4]]).unwrap_err();
        assert_eq!(
            error.message,
            "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1"
        );
    }

    #[test]
    fn positions_follow_strides() {
        let transposed = Layout { shape: vec![3, 2], strides: vec![1, 3], offset: 4 };
        assert_eq!(transposed.positions().collect::<Vec<_>>(), [4, 7, 5, 8, 6, 9]);
        assert!(!transposed.is_contiguous());
    }

    #[test]
    fn even_dimensions_become_one() {
        let a = Layout::contiguous(&[4, 5, 6]);
        assert_eq!(Layout::coalesce(&[&a]).0, [120]);
        let row = Layout::contiguous(&[6]).broadcast(&[4, 5, 6]).unwrap();
        let (shape, strides) = Layout::coalesce(&[&a, &row]);
        assert_eq!(shape, [20, 6]);
        assert_eq!(strides, [vec![6, 1], vec![0, 1]]);
    }
}
