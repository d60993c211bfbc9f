//! The singular value decomposition.

use std::cell::RefCell;

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Layout, Result, Tensor, ops};

/// A factor of the decomposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// Orthonormal columns, one for each singular value.
    U,
    /// The singular values, the largest first.
    S,
    /// Orthonormal rows, one for each singular value.
    Vh,
}

/// A factor of `x = U diag(S) Vh`.
#[derive(Debug, Clone, Copy)]
pub struct Svd {
    /// Which one.
    pub factor: Factor,
}

/// Rows or columns at most, whichever are fewer: larger matrices would take minutes.
const MOST: usize = 512;

const DOC: Doc = Doc {
    name: "linalg_svd",
    formula: "U, S or Vh of x = U diag(S) Vh",
    shapes: "x […, m, n]; U has […, m, k], S […, k], Vh […, k, n] with the smaller of m and n for k",
    derivative: &["of S: U diag(g) Vh; of U and Vh with E[i,j] = S[j]² - S[i]²: \
         U (((Uᵀg - gᵀU) / E) diag(S)) Vh + (1 - U Uᵀ) g diag(1 / S) Vh, \
         U (diag(S) ((Vh gᵀ - g Vhᵀ) / E)) Vh + U diag(1 / S) g (1 - Vhᵀ Vh)"],
    source: "https://pytorch.org/docs/stable/generated/torch.linalg.svd.html",
};

thread_local! {
    /// The last matrices with what they were found to be: who asks for one factor asks for the others next.
    static LAST: RefCell<(Vec<f64>, [usize; 2], Vec<cpu::Svd>)> = RefCell::default();
}

impl Svd {
    fn of(x: &Tensor, factor: Factor) -> Result<Tensor> {
        ops::apply(Svd { factor }, &[x.into()])
    }

    /// The GPU has nothing to win by a chain of rotations: the values are decomposed on this side.
    fn here(&self, x: &Tensor) -> Result<Tensor> {
        let meta = self.infer(&[x.into()])?;
        let values = CpuArg::Tensor(x.host()?, Layout::contiguous(x.shape()));
        x.engine().constant(self.cpu(&[values], &meta)?, &meta.shape, x.device())
    }
}

/// `a - aᵀ` of each matrix, divided by `E`.
fn skewed(a: &Tensor, s: &Tensor) -> Result<Tensor> {
    let squares = ops::mul(s, s)?;
    let apart = ops::sub(ops::unsqueeze(&squares, -2)?, ops::unsqueeze(&squares, -1)?)?;
    // The diagonal of the numerator is 0; it must not be 0/0.
    let ones = s.engine().full("ones", s.shape(), 1.0.into(), s.dtype(), s.device())?;
    let apart = ops::add(apart, ops::diag_embed(&ones, 0)?)?;
    ops::div(ops::sub(a, ops::transpose(a, -2, -1)?)?, apart)
}

impl Operator for Svd {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn formula(&self, _args: &[Arg]) -> &'static str {
        match self.factor {
            Factor::U => "U of x = U diag(S) Vh",
            Factor::S => "S of x = U diag(S) Vh",
            Factor::Vh => "Vh of x = U diag(S) Vh",
        }
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("linalg.svd takes one tensor")) };
        let [batch @ .., rows, columns] = x.shape() else {
            return Err(Error::runtime("linalg.svd: The input tensor A must have at least 2 dimensions."));
        };
        if !x.dtype().is_float() {
            return Err(Error::unsupported(format!(
                "linalg.svd: Expected a floating point or complex tensor as input. Got {}",
                x.dtype().scalar_name()
            )));
        }
        let (rows, columns) = (*rows, *columns);
        let inner = rows.min(columns);
        if inner > MOST {
            return Err(Error::unsupported(format!(
                "linalg.svd is supported here for matrices with up to {MOST} rows or columns"
            )));
        }
        let sizes: &[usize] = match self.factor {
            Factor::U => &[rows, inner],
            Factor::S => &[inner],
            Factor::Vh => &[inner, columns],
        };
        Ok(Meta { shape: [batch, sizes].concat(), dtype: x.dtype() })
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, layout)] = args else {
            return Err(Error::type_("linalg.svd takes one tensor"));
        };
        let [.., rows, columns] = *layout.shape else {
            return Err(Error::type_("linalg.svd takes matrices"));
        };
        let values = cpu::gather(x, layout).to_f64();
        if values.iter().any(|x| !x.is_finite()) {
            return Err(Error::runtime(
                "linalg.svd: The algorithm failed to converge because the input matrix contained non-finite values.",
            ));
        }
        let mut found = Vec::with_capacity(out.shape.iter().product());
        LAST.with_borrow_mut(|(known, sizes, parts)| {
            if (&*known, *sizes) != (&values, [rows, columns]) {
                let matrices = values.chunks((rows * columns).max(1));
                *parts = matrices.map(|matrix| cpu::svd(matrix, rows, columns)).collect();
                (*known, *sizes) = (values, [rows, columns]);
            }
            for cpu::Svd { u, s, v } in parts {
                match self.factor {
                    Factor::U => found.extend((0..rows).flat_map(|i| u.iter().filter_map(move |c| c.get(i)))),
                    Factor::S => found.extend(&*s),
                    Factor::Vh => found.extend(v.iter().flatten()),
                }
            }
        });
        Ok(cpu::convert(&Array::F64(found), out.dtype))
    }

    fn compose(&self, args: &[Arg]) -> Option<Result<Tensor>> {
        args.first().and_then(Arg::tensor).map(|x| self.here(x))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[0])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let x = saved.tensor(0)?;
        let (u, vh) = (Svd::of(&x, Factor::U)?, Svd::of(&x, Factor::Vh)?);
        if self.factor == Factor::S {
            let scaled = ops::mul(&u, ops::unsqueeze(grad, -2)?)?;
            return Ok(vec![Some(ops::matmul(&scaled, &vh)?)]);
        }
        let s = Svd::of(&x, Factor::S)?;
        // The rule of U; that of Vh is the same of the transposed.
        let flip =
            |t: &Tensor| if self.factor == Factor::U { Ok(t.clone()) } else { ops::transpose(t, -2, -1) };
        let (left, right) = if self.factor == Factor::U { (&u, &vh) } else { (&vh, &u) };
        let (left, right, grad) = (flip(left)?, flip(right)?, flip(grad)?);
        let along = |t: &Tensor| ops::matmul(&ops::transpose(&left, -2, -1)?, t);
        let turned = ops::mul(skewed(&along(&grad)?, &s)?, ops::unsqueeze(&s, -2)?)?;
        let mut inner = ops::matmul(&left, &turned)?;
        if let [.., rows, columns] = *left.shape()
            && rows > columns
        {
            let scaled = ops::div(&grad, ops::unsqueeze(&s, -2)?)?;
            inner = ops::add(ops::sub(inner, ops::matmul(&left, &along(&scaled)?)?)?, scaled)?;
        }
        Ok(vec![Some(flip(&ops::matmul(&inner, &right)?)?)])
    }
}

/// A factor of the decomposition of each matrix.
pub fn svd(x: &Tensor, factor: Factor) -> Result<Tensor> {
    Svd::of(x, factor)
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let tall = || Case::tensor(&[3, 2], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let wide = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let pair = || Case::tensor(&[2, 2, 2], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0, 2.0, 1.5]);
        let all = |x: &dyn Fn() -> _| {
            [Factor::U, Factor::S, Factor::Vh].map(|factor| Case::new(Svd { factor }, [x()]))
        };
        [all(&tall), all(&wide), all(&pair)].concat()
    },
};
