//! The mean of the elements under a moving window.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::slide::{Moves, Slide, Sliding, Window, plane, with_plane};
use crate::{Arg, Array, Error, Result, Scalar, Tensor, ops};

/// The mean of `x` under a window, for each of its places: a convolution with ones, divided by how many they are.
#[derive(Debug, Clone, Copy)]
pub struct AvgPool {
    /// The window.
    pub window: Window,
    /// Whether cells of the padding count.
    pub padded: bool,
    /// Divides by this instead, if given.
    pub divisor: Option<f64>,
}

const DOC: Doc = Doc {
    name: "avg_pool",
    formula: "mean of x under the window",
    shapes: "any with a plane behind; the result has the plane of the window's places",
    derivative: &["g / count, added up where windows overlap"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html",
};

impl Operator for AvgPool {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("avg_pool takes one tensor")) };
        Ok(Meta { shape: self.window.result(x.shape()), dtype: x.dtype() })
    }

    fn sliding(&self, _args: &[Arg]) -> Option<Sliding> {
        Some(Sliding {
            moves: Moves::Mean { padded: self.padded, divisor: self.divisor },
            window: self.window,
        })
    }

    fn compose(&self, args: &[Arg]) -> Option<Result<Tensor>> {
        let Some(Arg::Tensor(x)) = args.first() else { return None };
        Some(self.of(x))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let shape = saved.shape(0);
        let (window, image) = (self.window, self.window.image(shape));
        let shares = ops::div(grad, self.divisors(grad, image)?)?;
        let shares = self.lines(&shares, window.size)?;
        let spread = ops::conv_transpose(&shares, &self.ones(grad)?, window.slide, 1, image)?;
        Ok(vec![Some(ops::reshape(&spread, shape)?)])
    }
}

impl AvgPool {
    fn of(&self, x: &Tensor) -> Result<Tensor> {
        let window = self.window;
        let image = window.image(x.shape());
        let lines = self.lines(x, image)?;
        let sums = ops::convolution(&lines, &self.ones(x)?, window.slide, 1, window.size)?;
        ops::div(ops::reshape(&sums, &window.result(x.shape()))?, self.divisors(x, image)?)
    }

    /// Each plane as an image of one channel.
    fn lines(&self, x: &Tensor, of: [usize; 2]) -> Result<Tensor> {
        let planes: usize = plane(x.shape(), self.window.rank).0.iter().product();
        ops::reshape(x, &with_plane(&[planes, 1], of, self.window.rank))
    }

    fn ones(&self, like: &Tensor) -> Result<Tensor> {
        let shape = with_plane(&[1, 1], self.window.kernel, self.window.rank);
        let ones = cpu::repeat(Scalar::Int(1), shape.iter().product(), like.dtype());
        like.engine().constant(ones, &shape, like.device())
    }

    /// What the sums are divided by: one number, or one for each place.
    fn divisors(&self, like: &Tensor, image: [usize; 2]) -> Result<Arg> {
        if let Some(divisor) = self.divisor {
            return Ok(divisor.into());
        }
        let [rows, columns] = [0, 1].map(|d| self.covered(d, image[d]));
        let divisors = || rows.iter().flat_map(|r| columns.iter().map(move |c| (r * c) as f64));
        let first = divisors().next().unwrap_or(1.0);
        if divisors().all(|n| n == first) {
            return Ok(first.into());
        }
        let array = cpu::convert(&Array::F64(divisors().collect()), like.dtype());
        let shape = with_plane(&[], self.window.size, self.window.rank);
        Ok(like.engine().constant(array, &shape, like.device())?.into())
    }

    /// How many elements count at each place along a dimension: those of the window that lie within the image, or
    /// within the padded image.
    fn covered(&self, d: usize, image: usize) -> Vec<usize> {
        let (pad, stride) = (self.window.slide.padding[d], self.window.slide.stride[d]);
        // Counted from the start of the padding.
        let (low, high) = if self.padded { (0, image + 2 * pad) } else { (pad, image + pad) };
        let place = |i: usize| {
            let (start, end) = (i * stride, i * stride + self.window.kernel[d]);
            end.min(high).saturating_sub(start.max(low))
        };
        (0..self.window.size[d]).map(place).collect()
    }
}

/// The mean under the window for each of its places, see [`AvgPool`].
pub fn avg_pool(x: &Tensor, window: Window, padded: bool, divisor: Option<f64>) -> Result<Tensor> {
    ops::apply(AvgPool { window, padded, divisor }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let values = [1.0, -2.0, 3.5, 0.25, -0.5, 4.0, 4.0, 2.0, -1.0, 0.0, 3.0, 1.5];
        let case = |rank, kernel, slide: Slide, padded, divisor, shape: &[usize]| {
            let mut window = Window { rank, kernel, slide, size: [0; 2] };
            window.size = slide.places(window.image(shape), kernel);
            let count = shape.iter().product();
            Case::new(AvgPool { window, padded, divisor }, [Case::tensor(shape, &values[..count])])
        };
        let wide = Slide { stride: [2, 1], padding: [1, 1], ..Slide::PLAIN };
        let line = Slide { stride: [1, 2], padding: [0, 1], ..Slide::PLAIN };
        vec![
            case(2, [2, 2], Slide::PLAIN, true, None, &[1, 3, 4]),
            case(2, [2, 3], wide, false, None, &[3, 4]),
            case(2, [2, 2], wide, true, Some(3.0), &[1, 1, 2, 2]),
            case(1, [1, 3], line, false, None, &[2, 6]),
            case(2, [1, 1], Slide::PLAIN, true, None, &[0, 2, 2]),
        ]
    },
};
