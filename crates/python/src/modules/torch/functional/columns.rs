//! The columns that a moving window sees, side by side, and their sum back in place.

use gradloom_engine::slide::Window;
use gradloom_engine::{Array, DType, Scalar, Tensor, layout, ops};

use super::pool::misfit;
use super::window::{counts, pair, slide};
use crate::context::Context;
use crate::error::runtime_error;
use crate::modules::torch::args::{named, tensor};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// Two numbers as in messages: `(3, 4)`.
fn show([down, across]: [usize; 2]) -> String {
    format!("({down}, {across})")
}

/// A window over an image, as `unfold` and `fold` take it; parameters `dilation=, padding=, stride=` from `i` on.
fn columns(cx: &mut Context, args: &Args, image: [usize; 2], i: usize) -> Result<Window> {
    let kernel = pair(cx, args, i - 1, 2, 1, misfit)?.unwrap_or([0; 2]);
    let dilation = pair(cx, args, i, 2, 1, misfit)?.unwrap_or([1; 2]);
    let padding = pair(cx, args, i + 1, 2, 0, misfit)?.unwrap_or([0; 2]);
    let stride = pair(cx, args, i + 2, 2, 1, misfit)?.unwrap_or([1; 2]);
    let least = [
        ("kernel size", kernel, 1),
        ("dilation", dilation, 1),
        ("padding", padding, 0),
        ("stride", stride, 1),
    ];
    for (name, [down, across], least) in least {
        if down < least || across < least {
            let bound = if least == 1 { "greater than zero" } else { "non-negative" };
            return Err(runtime_error(format!(
                "{name} should be {bound}, but got {0}_height: {down} {0}_width: {across}",
                name.split(' ').next().unwrap_or_default()
            )));
        }
    }
    let (kernel, slide) = (counts(kernel), slide(stride, padding, dilation));
    let size = slide.places(image, kernel);
    if size.contains(&0) {
        return Err(runtime_error(format!(
            "Given input with spatial size {}, kernel_size={}, dilation={}, padding={}, calculated shape of the array of \
             sliding blocks as {}, but its components must be at least one.",
            show(image),
            show(kernel),
            show(slide.dilation),
            show(slide.padding),
            show(size)
        )));
    }
    Ok(Window { rank: 2, kernel, slide, size })
}

/// Sizes of the padded image, and the row-major number in it of every element that the window sees: for each of its
/// cells, at each of its places.
fn seen(cx: &mut Context, x: &Tensor, window: &Window, image: [usize; 2]) -> Result<([usize; 2], Tensor)> {
    let Window { kernel, slide, size, .. } = window;
    let padded = [0, 1].map(|d| image[d] + 2 * slide.padding[d]);
    cx.engine.check_budget(&[*kernel, *size].concat(), DType::I64)?;
    let count = kernel[0] * kernel[1] * size[0] * size[1];
    cx.charge(count);
    let at = |d: usize, cell: usize, place: usize| place * slide.stride[d] + cell * slide.dilation[d];
    let cells = (0..kernel[0]).flat_map(|down| (0..kernel[1]).map(move |across| (down, across)));
    let numbers = cells.flat_map(|(down, across)| {
        let places = (0..size[0]).flat_map(|row| (0..size[1]).map(move |column| (row, column)));
        places.map(move |(row, column)| (at(0, down, row) * padded[1] + at(1, across, column)) as i64)
    });
    let index = cx.engine.tensor(Array::I64(numbers.collect()), &[count], x.device())?;
    Ok((padded, index))
}

/// Parameters `input, kernel_size, dilation=, padding=, stride=`.
fn unfold(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let (lead, image) = match x.shape() {
        [lead @ .., c, h, w] if lead.len() < 2 => ([lead, &[*c]].concat(), [*h, *w]),
        shape => {
            return Err(runtime_error(format!(
                "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but \
                 got: {}",
                layout::show(shape)
            )));
        }
    };
    let window = columns(cx, args, image, 2)?;
    let (padded, index) = seen(cx, x, &window, image)?;
    let mut wide = x.clone();
    for (dim, (start, size)) in (x.rank() - 2..).zip(window.slide.padding.into_iter().zip(padded)) {
        if start > 0 {
            wide = ops::apply(ops::Unslice { dim, start, step: 1, size }, &[wide.into()])?;
        }
    }
    let dim = lead.len();
    let flat = ops::reshape(&wide, &[&lead[..], &[padded[0] * padded[1]]].concat())?;
    let picked = ops::index_select(&flat, dim as i64, &index)?;
    let mut shape = lead;
    shape[dim - 1] *= window.kernel[0] * window.kernel[1];
    shape.push(window.size[0] * window.size[1]);
    Ok(Value::Tensor(named(ops::reshape(&picked, &shape)?, "Im2ColBackward0")))
}

/// Parameters `input, output_size, kernel_size, dilation=, padding=, stride=`.
fn fold(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let image = counts(pair(cx, args, 1, 2, 1, misfit)?.unwrap_or([0; 2]));
    let window = columns(cx, args, image, 3)?;
    let [cells, places] = [window.kernel, window.size].map(|n| n[0].saturating_mul(n[1]));
    let (lead, rows) = match x.shape() {
        [lead @ .., rows, held] if lead.len() < 2 && *held == places => (lead, *rows),
        shape => {
            return Err(runtime_error(format!(
                "Given output_size={}, kernel_size={}, dilation={}, padding={}, stride={}, expected size of input's last dimension \
                 to match the calculated number of sliding blocks {} * {} = {places}, but got input of size {}.",
                show(image),
                show(window.kernel),
                show(window.slide.dilation),
                show(window.slide.padding),
                show(window.slide.stride),
                window.size[0],
                window.size[1],
                layout::show(shape)
            )));
        }
    };
    if rows % cells != 0 {
        return Err(runtime_error(format!(
            "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)={rows} \
             and kernel_size={}.",
            show(window.kernel)
        )));
    }
    let (padded, index) = seen(cx, x, &window, image)?;
    let mut lead = lead.to_vec();
    lead.push(rows / cells);
    let dim = lead.len();
    let line = |length: usize| [&lead[..], &[length]].concat();
    let zeros = cx.engine.full(
        "zeros",
        &line(padded[0].saturating_mul(padded[1])),
        Scalar::Int(0),
        x.dtype(),
        x.device(),
    )?;
    let sums = ops::index_add(&zeros, dim as i64, &index, &ops::reshape(x, &line(cells * places))?)?;
    let mut out = ops::reshape(&sums, &[&lead[..], &padded].concat())?;
    for (dim, (start, size)) in (dim as i64..).zip(window.slide.padding.into_iter().zip(image)) {
        out = ops::slice(&out, dim, start, 1, size)?;
    }
    Ok(Value::Tensor(named(out, "Col2ImBackward0")))
}

/// Functions.
pub const COLUMNS: &[Native] = &[
    Native::new("fold", "input, output_size, kernel_size, dilation=, padding=, stride=", fold),
    Native::new("unfold", "input, kernel_size, dilation=, padding=, stride=", unfold),
];
