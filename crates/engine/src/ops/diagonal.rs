//! Diagonals of matrices.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Layout, Result, Tensor, layout, ops};

/// The elements `x[i, i + offset]` of two dimensions, as the last one of the result; a view.
#[derive(Debug, Clone, Copy)]
pub struct Diagonal {
    /// How far above the main diagonal; negative below.
    pub offset: i64,
    /// The dimension of the rows.
    pub rows: usize,
    /// The dimension of the columns.
    pub columns: usize,
}

const DOC: Doc = Doc {
    name: "diagonal",
    formula: "x[i, i + offset]",
    shapes: "at least two dimensions; the result has one in their place, at the end",
    derivative: &["g on the diagonal, 0 elsewhere"],
    source: "https://pytorch.org/docs/stable/generated/torch.diagonal.html",
};

impl Diagonal {
    /// The row and the column where it starts.
    fn start(&self) -> (usize, usize) {
        let away = usize::try_from(self.offset.unsigned_abs()).unwrap_or(usize::MAX);
        if self.offset < 0 { (away, 0) } else { (0, away) }
    }

    fn shape(&self, shape: &[usize]) -> Vec<usize> {
        let others = shape.iter().enumerate().filter(|(d, _)| *d != self.rows && *d != self.columns);
        let (row, column) = self.start();
        let length = shape[self.rows].saturating_sub(row).min(shape[self.columns].saturating_sub(column));
        others.map(|(_, &n)| n).chain([length]).collect()
    }
}

impl Operator for Diagonal {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("diagonal takes one tensor")) };
        if self.rows == self.columns || self.rows.max(self.columns) >= x.rank() {
            return Err(Error::runtime(format!(
                "diagonal dimensions cannot be identical {}, {}",
                self.rows, self.columns
            )));
        }
        Ok(Meta { shape: self.shape(x.shape()), dtype: x.dtype() })
    }

    fn view(&self, input: &Layout) -> Option<Result<Layout>> {
        let shape = self.shape(&input.shape);
        let others = (0..input.rank()).filter(|d| *d != self.rows && *d != self.columns);
        let (down, right) = (input.strides[self.rows], input.strides[self.columns]);
        let strides = others.map(|d| input.strides[d]).chain([down + right]).collect();
        let (row, column) = self.start();
        let inside = shape.last() != Some(&0);
        let offset = if inside { input.offset + row * down + column * right } else { input.offset };
        Some(Ok(Layout { shape, strides, offset }))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let shape = saved.shape(0);
        let placed = place(grad, self.offset, shape[self.rows], shape[self.columns])?;
        let to = [self.rows as i64, self.columns as i64];
        Ok(vec![Some(ops::movedim(&placed, &[-2, -1], &to)?)])
    }
}

/// Matrices of so many rows and columns with the last dimension of `x` on a diagonal, 0 elsewhere.
fn place(x: &Tensor, offset: i64, rows: usize, columns: usize) -> Result<Tensor> {
    let Some(dim) = x.rank().checked_sub(1) else {
        return Err(Error::runtime("diag_embed needs at least one dimension").in_op("diag_embed"));
    };
    let start = Diagonal { offset, rows: 0, columns: 1 }.start().0.min(rows);
    let spread = ops::apply(ops::Unslice { dim, start, step: 1, size: rows }, &[x.into()])?;
    let spread = ops::unsqueeze(&spread, -1)?;
    let mask = band(&spread, rows, columns, |row, column| column - row == offset)?;
    let zero = Arg::Scalar(zero(x.dtype()));
    ops::where_(mask, spread, zero)
}

/// 0 as a dtype writes it.
pub fn zero(dtype: DType) -> crate::Scalar {
    if dtype == DType::Bool { false.into() } else { 0i64.into() }
}

/// Where a matrix's elements lie: a mask of those whose row and column satisfy a condition.
fn band(like: &Tensor, rows: usize, columns: usize, inside: impl Fn(i64, i64) -> bool) -> Result<Tensor> {
    let engine = like.engine();
    engine.check_budget(&[rows, columns], DType::Bool)?;
    let mask = (0..rows as i64).flat_map(|row| (0..columns as i64).map(move |column| (row, column)));
    let mask = Array::Bool(mask.map(|(row, column)| inside(row, column)).collect());
    engine.constant(mask, &[rows, columns], like.device())
}

/// What lies on and below (`lower`), or on and above a diagonal of each matrix, 0 elsewhere.
pub fn triangle(x: &Tensor, diagonal: i64, lower: bool) -> Result<Tensor> {
    let name = if lower { "tril" } else { "triu" };
    let [.., rows, columns] = *x.shape() else {
        return Err(Error::runtime(format!("{name}: input tensor must have at least 2 dimensions")));
    };
    let mask =
        band(
            x,
            rows,
            columns,
            |row, column| {
                if lower { column - row <= diagonal } else { column - row >= diagonal }
            },
        )?;
    Ok(ops::named(ops::where_(mask, x, Arg::Scalar(zero(x.dtype())))?, name))
}

/// The diagonal of two dimensions of `x`, `offset` above the main one, as its last dimension; a view.
pub fn diagonal(x: &Tensor, offset: i64, rows: i64, columns: i64) -> Result<Tensor> {
    let (first, second) = (layout::resolve_dim(rows, x.rank())?, layout::resolve_dim(columns, x.rank())?);
    if x.rank() < 2 || first == second {
        return Err(Error::runtime(format!("diagonal dimensions cannot be identical {rows}, {columns}"))
            .in_op("diagonal"));
    }
    ops::apply(Diagonal { offset, rows: first, columns: second }, &[x.into()])
}

/// Square matrices with the last dimension of `x` on the diagonal `offset` above the main one.
pub fn diag_embed(x: &Tensor, offset: i64) -> Result<Tensor> {
    let away = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
    let size = x.shape().last().copied().unwrap_or(0).saturating_add(away);
    layout::check_shape(&[size, size])?;
    Ok(ops::named(place(x, offset, size, size)?, "diag_embed"))
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let case = |offset, rows, columns, x| Case::new(Diagonal { offset, rows, columns }, [x]);
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let cube = || Case::tensor(&[2, 2, 2], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        vec![
            case(0, 0, 1, x()),
            case(1, 0, 1, x()),
            case(-1, 0, 1, x()),
            case(1, 1, 0, x()),
            case(7, 0, 1, x()),
            case(0, 0, 2, cube()),
            case(-1, 2, 1, cube()),
        ]
    },
};
