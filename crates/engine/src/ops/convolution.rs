//! Convolutions. A convolution is linear in the image and in the weight; its two gradients are convolutions of another
//! kind, and their gradients again are among the three.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::slide::{Moves, Slide, Sliding, Window, plane, with_plane};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

/// Which of the three tensors of a convolution is the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The output, of image and weight: `conv2d`.
    Output,
    /// The image, of output and weight: the gradient of the image, and `conv_transpose2d`.
    Image,
    /// The weight, of image and output: the gradient of the weight.
    Weight,
}

/// For images `x` of `[n, groups · i, …]`, weights `w` of `[groups · o, i, …]` and outputs `y` of `[n, groups · o, …]`
/// with one or two dimensions in the place of `…`:
/// `y[n, o, p] = Σ over i, k of x[n, i, stride · p + dilation · k - padding] · w[o, i, k]`, and the same products
/// summed the other ways.
#[derive(Clone, Copy, Debug)]
pub struct Convolution {
    /// What is computed of the other two.
    pub role: Role,
    /// How the weight moves over the image.
    pub slide: Slide,
    /// Channels are parted into so many groups that do not see each other.
    pub groups: usize,
    /// The plane of the result. Outputs and images beyond what the others reach are 0.
    pub size: [usize; 2],
}

/// A convolution with all its sizes, as the kernels need them.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// How the weight moves over the image.
    pub slide: Slide,
    /// Images.
    pub batch: usize,
    /// Groups of channels.
    pub groups: usize,
    /// Channels of the image in a group.
    pub inputs: usize,
    /// Channels of the output in a group.
    pub outputs: usize,
    /// The plane of the image.
    pub image: [usize; 2],
    /// The plane of the weight.
    pub kernel: [usize; 2],
    /// The plane of the output.
    pub output: [usize; 2],
}

const OUTPUT: Doc = Doc {
    name: "convolution",
    formula: "x ⋆ y",
    shapes: "[n, c, …] and [m, c / groups, …] give [n, m, …], with one or two dimensions in the place of …",
    derivative: &["g ⋆ᵀ y", "x ⋆ g over all images"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html",
};

const IMAGE: Doc = Doc {
    name: "conv_transpose",
    formula: "x ⋆ᵀ y",
    shapes: "[n, m, …] and [m, c / groups, …] give [n, c, …], with one or two dimensions in the place of …",
    derivative: &["g ⋆ y", "g ⋆ x over all images"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose2d.html",
};

const WEIGHT: Doc = Doc {
    name: "conv_weight",
    formula: "x ⋆ y over all images",
    shapes: "[n, c, …] and [n, m, …] give [m, c / groups, …], with one or two dimensions in the place of …",
    derivative: &["y ⋆ᵀ g", "x ⋆ g"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.grad.conv2d_weight.html",
};

impl Convolution {
    fn geometry(&self, x: &[usize], y: &[usize]) -> Result<Geometry> {
        let (groups, rank) = (self.groups, x.len().saturating_sub(2));
        let ((a, first), (b, second)) = (plane(x, rank), plane(y, rank));
        let (&[a0, a1], &[b0, b1]) = (a, b) else { return Err(self.mismatch(x, y)) };
        if !(1..=2).contains(&rank) || x.len() != y.len() || groups == 0 {
            return Err(self.mismatch(x, y));
        }
        if self.role != Role::Weight && b0 % groups != 0 {
            let expected = if b0 < groups { "at least" } else { "divisible by" };
            return Err(Error::runtime(format!(
                "Given groups={groups}, expected weight to be {expected} {groups} at dimension 0, but got weight of size {} \
                 instead",
                layout::show(y)
            )));
        }
        let (size, slide) = (self.size, self.slide);
        let (batch, inputs, outputs, [image, kernel, output]) = match self.role {
            Role::Output if a1 == b1.saturating_mul(groups) => (a0, b1, b0, [first, second, size]),
            Role::Image if a1 == b0 => (a0, b1, b0, [size, second, first]),
            Role::Weight if a0 == b0 && a1 % groups == 0 && b1 % groups == 0 => {
                (a0, a1 / groups, b1, [first, size, second])
            }
            _ => return Err(self.mismatch(x, y)),
        };
        Ok(Geometry { slide, batch, groups, inputs, outputs: outputs / groups, image, kernel, output })
    }

    /// PyTorch's words for channels that do not meet.
    fn mismatch(&self, x: &[usize], y: &[usize]) -> Error {
        let channels = |shape: &[usize], d: usize| shape.get(d).copied().unwrap_or(0);
        let (given, expected) = match self.role {
            Role::Output => (format!("groups={}", self.groups), channels(y, 1).saturating_mul(self.groups)),
            Role::Image => ("transposed=1".to_owned(), channels(y, 0)),
            Role::Weight => {
                return Error::runtime("image and output differ in their batch or do not part into groups");
            }
        };
        Error::runtime(format!(
            "Given {given}, weight of size {}, expected input{} to have {expected} channels, but got {} channels instead",
            layout::show(y),
            layout::show(x),
            channels(x, 1)
        ))
        .help("the channels of the image are its second size: [batch, channels, …]")
    }
}

impl Operator for Convolution {
    fn doc(&self) -> &'static Doc {
        match self.role {
            Role::Output => &OUTPUT,
            Role::Image => &IMAGE,
            Role::Weight => &WEIGHT,
        }
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x), Arg::Tensor(y)] = args else {
            return Err(Error::type_("a convolution takes two tensors"));
        };
        if x.dtype() != y.dtype() || x.dtype() == DType::Bool {
            return Err(Error::runtime(format!(
                "expected scalar type {} but found {}",
                x.dtype().scalar_name(),
                y.dtype().scalar_name()
            ))
            .help("convert one with .to(other.dtype)"));
        }
        let g = self.geometry(x.shape(), y.shape())?;
        let lead = match self.role {
            Role::Output => [g.batch, g.outputs * g.groups],
            Role::Image => [g.batch, g.inputs.saturating_mul(g.groups)],
            Role::Weight => [g.outputs * g.groups, g.inputs],
        };
        Ok(Meta { shape: with_plane(&lead, self.size, x.rank() - 2), dtype: x.dtype() })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, lx), CpuArg::Tensor(y, ly)] = args else {
            return Err(Error::type_("a convolution takes two tensors"));
        };
        let geometry = self.geometry(&lx.shape, &ly.shape)?;
        Ok(cpu::convolve(self.role, &geometry, &cpu::gather(x, lx), &cpu::gather(y, ly)))
    }

    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let [GpuArg::Tensor(_, x), GpuArg::Tensor(_, y)] = args else {
            return Err(Error::type_("a convolution takes two tensors"));
        };
        let geometry = self.geometry(&x.shape, &y.shape)?;
        Ok(GpuKernel::Plan(planner::convolve(self.role, &geometry, out.dtype)?))
    }

    fn sliding(&self, args: &[Arg]) -> Option<Sliding> {
        let (x, y) = (args.first()?.shape(), args.get(1)?.shape());
        let geometry = self.geometry(x, y).ok()?;
        let moves = match self.role {
            Role::Output => Moves::Convolution(self.groups),
            Role::Image => Moves::Transpose(self.groups),
            Role::Weight => return None,
        };
        let Geometry { slide, kernel, output: size, .. } = geometry;
        Some(Sliding { moves, window: Window { rank: x.len() - 2, kernel, slide, size } })
    }

    fn keep(&self) -> Keep {
        Keep::args(&[0, 1])
    }

    fn needed(&self, i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        crate::op::crosswise(i, asked)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        // The gradient of argument `i`, of the other argument and that of the result.
        let gradient = |of: Role, x: &Tensor, y: &Tensor, i: usize| {
            let size = plane(saved.shape(i), x.rank() - 2).1;
            ops::apply(Convolution { role: of, size, ..*self }, &[x.into(), y.into()])
        };
        let first = saved.when(0, || {
            let y = saved.tensor(1)?;
            match self.role {
                Role::Output => gradient(Role::Image, grad, &y, 0),
                Role::Image => gradient(Role::Output, grad, &y, 0),
                Role::Weight => gradient(Role::Image, &y, grad, 0),
            }
        })?;
        let second = saved.when(1, || {
            let x = saved.tensor(0)?;
            match self.role {
                Role::Output => gradient(Role::Weight, &x, grad, 1),
                Role::Image => gradient(Role::Weight, grad, &x, 1),
                Role::Weight => gradient(Role::Output, &x, grad, 1),
            }
        })?;
        Ok(vec![first, second])
    }
}

/// The convolution of images with a weight, see [`Convolution`]; `output` is the plane of the result.
pub fn convolution(
    x: &Tensor,
    weight: &Tensor,
    slide: Slide,
    groups: usize,
    output: [usize; 2],
) -> Result<Tensor> {
    ops::apply(Convolution { role: Role::Output, slide, groups, size: output }, &[x.into(), weight.into()])
}

/// The transposed convolution of outputs with a weight, see [`Convolution`]; `image` is the plane of the result.
pub fn conv_transpose(
    y: &Tensor,
    weight: &Tensor,
    slide: Slide,
    groups: usize,
    image: [usize; 2],
) -> Result<Tensor> {
    ops::apply(Convolution { role: Role::Image, slide, groups, size: image }, &[y.into(), weight.into()])
}

/// The same four convolutions for each role: plain, on a line with stride and dilation, in groups with padding and
/// unequal steps, and of no image.
fn cases(role: Role) -> Vec<Case> {
    let fill = |shape: &[usize], seed: usize| {
        let value = |i: usize| ((i * 7 + seed) % 11) as f64 * 0.25 - 1.25;
        Case::tensor(shape, &(0..shape.iter().product()).map(value).collect::<Vec<_>>())
    };
    let case = |slide: Slide, groups: usize, x: &[usize], w: &[usize]| {
        let (lead, image) = plane(x, x.len() - 2);
        let kernel = plane(w, w.len() - 2).1;
        let output = slide.places(image, kernel);
        let y = with_plane(&[lead[0], w[0]], output, x.len() - 2);
        let of = |size| Convolution { role, slide, groups, size };
        match role {
            Role::Output => Case::new(of(output), [fill(x, 1), fill(w, 3)]),
            Role::Image => Case::new(of(image), [fill(&y, 5), fill(w, 3)]),
            Role::Weight => Case::new(of(kernel), [fill(x, 1), fill(&y, 5)]),
        }
    };
    let stepping = Slide { stride: [1, 2], padding: [0, 1], dilation: [1, 2] };
    let uneven = Slide { stride: [2, 1], padding: [1, 2], dilation: [1, 2] };
    vec![
        case(Slide::PLAIN, 1, &[1, 2, 3, 3], &[2, 2, 2, 1]),
        case(stepping, 1, &[2, 1, 6], &[2, 1, 2]),
        case(uneven, 2, &[1, 2, 4, 2], &[4, 1, 2, 2]),
        case(Slide::PLAIN, 1, &[0, 1, 3], &[1, 1, 2]),
    ]
}

/// The line of the registry of the convolution.
pub const ENTRY: Entry = Entry { doc: &OUTPUT, cases: || cases(Role::Output) };
/// The line of the registry of the transposed convolution.
pub const TRANSPOSE_ENTRY: Entry = Entry { doc: &IMAGE, cases: || cases(Role::Image) };
/// The line of the registry of the weight's gradient.
pub const WEIGHT_ENTRY: Entry = Entry { doc: &WEIGHT, cases: || cases(Role::Weight) };
