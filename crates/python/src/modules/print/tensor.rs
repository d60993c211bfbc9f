//! Tensors as PyTorch prints them.
//!
//! Source: <https://github.com/pytorch/pytorch/blob/main/torch/_tensor_str.py>

use std::rc::Rc;

use gradloom_engine::{Array, Device, Tensor};

use crate::context::Context;
use crate::format::{exponent, fixed};
use crate::native::Result;

use super::{Shown, positions};

/// What `torch.set_printoptions` sets.
#[derive(Clone, Copy)]
pub struct PrintOptions {
    /// Digits behind the point.
    pub precision: usize,
    /// Elements from which on a tensor is summarized.
    pub threshold: usize,
    /// Elements shown at each end of a summarized dimension.
    pub edgeitems: usize,
    /// Characters in a line.
    pub linewidth: usize,
    /// Whether exponents are written; `None`: where the numbers ask for it.
    pub sci_mode: Option<bool>,
}

impl Default for PrintOptions {
    fn default() -> Self {
        PrintOptions { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sci_mode: None }
    }
}

impl PrintOptions {
    /// One of PyTorch's named sets.
    pub fn profile(name: &str) -> Option<PrintOptions> {
        let default = PrintOptions::default();
        match name {
            "default" => Some(default),
            "short" => Some(PrintOptions { precision: 2, edgeitems: 2, ..default }),
            "full" => Some(PrintOptions { threshold: usize::MAX, ..default }),
            _ => None,
        }
    }
}

/// How the numbers of one tensor are written, all to one width.
struct Formatter {
    precision: usize,
    whole: bool,
    scientific: bool,
    width: usize,
}

impl Formatter {
    fn new(array: &Array, shown: &[usize], options: &PrintOptions) -> Formatter {
        let mut formatter =
            Formatter { precision: options.precision, whole: true, scientific: false, width: 1 };
        if !array.dtype().is_float() {
            formatter.width = shown.iter().map(|&i| plain(array, i).len()).max().unwrap_or(1).max(1);
            return formatter;
        }
        let values: Vec<f64> =
            shown.iter().filter_map(|&i| array.get(i)).filter(|x| x.is_finite() && *x != 0.0).collect();
        if values.is_empty() {
            return formatter;
        }
        let most = values.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        let least = values.iter().fold(f64::INFINITY, |m, x| m.min(x.abs()));
        formatter.whole = values.iter().all(|x| *x == x.ceil());
        formatter.scientific =
            options.sci_mode.unwrap_or(most / least > 1000.0 || most > 1e8 || least < 1e-4);
        let width = |x: &f64| match (formatter.scientific, formatter.whole) {
            (true, _) => exponent(*x, formatter.precision).len(),
            (false, true) => fixed(*x, 0).len() + 1,
            (false, false) => fixed(*x, formatter.precision).len(),
        };
        formatter.width = values.iter().map(width).max().unwrap_or(1).max(1);
        formatter
    }

    fn write(&self, array: &Array, i: usize) -> String {
        let text = match array.get(i) {
            Some(x) if array.dtype().is_float() => {
                if self.scientific {
                    exponent(x, self.precision)
                } else if self.whole {
                    fixed(x, 0) + if x.is_finite() { "." } else { "" }
                } else {
                    fixed(x, self.precision)
                }
            }
            _ => plain(array, i),
        };
        format!("{text:>width$}", width = self.width)
    }
}

fn plain(array: &Array, i: usize) -> String {
    match array {
        Array::Bool(v) => v.get(i).map(|b| if *b { "True" } else { "False" }.to_owned()),
        Array::I64(v) => v.get(i).map(i64::to_string),
        _ => None,
    }
    .unwrap_or_default()
}

struct Writer<'a> {
    array: &'a Array,
    formatter: Formatter,
    options: PrintOptions,
    summarize: bool,
}

impl Writer<'_> {
    fn write(&self, shape: &[usize], from: usize, indent: usize) -> String {
        let Some((&size, rest)) = shape.split_first() else { return self.formatter.write(self.array, from) };
        let step: usize = rest.iter().product();
        let shown = Shown::new(size, self.options.edgeitems, self.summarize);
        let mut parts: Vec<String> =
            shown.indices(size).map(|i| self.write(rest, from + i * step, indent + 1)).collect();
        if shown.gap {
            parts.insert(shown.head, if rest.is_empty() { " ..." } else { "..." }.to_owned());
        }
        if rest.is_empty() {
            let fit = (self.options.linewidth.saturating_sub(indent) / (self.formatter.width + 2)).max(1);
            let lines: Vec<String> = parts.chunks(fit).map(|line| line.join(", ")).collect();
            return format!("[{}]", lines.join(&format!(",\n{}", " ".repeat(indent + 1))));
        }
        let between = format!(",{}{}", "\n".repeat(rest.len()), " ".repeat(indent + 1));
        format!("[{}]", parts.join(&between))
    }
}

/// `repr(tensor)`
pub fn tensor(cx: &mut Context, tensor: &Tensor) -> Result<String> {
    const INDENT: usize = 7;
    let array = cx.host(tensor)?;
    let options = cx.state(|_| PrintOptions::default()).map(|options| *options).unwrap_or_default();
    let mut suffixes = Vec::new();
    if tensor.device() == Device::Gpu {
        suffixes.push("device='cuda:0'".to_owned());
    }
    let body = if tensor.count() == 0 {
        if tensor.rank() != 1 {
            let sizes: Vec<String> = tensor.shape().iter().map(usize::to_string).collect();
            suffixes.push(format!("size=({}{})", sizes.join(", "), if sizes.len() == 1 { "," } else { "" }));
        }
        if tensor.dtype() != tensor.engine().default_dtype() {
            suffixes.push(format!("dtype=torch.{}", tensor.dtype()));
        }
        "[]".to_owned()
    } else {
        if tensor.dtype().is_float() && tensor.dtype() != tensor.engine().default_dtype() {
            suffixes.push(format!("dtype=torch.{}", tensor.dtype()));
        }
        written(&array, tensor.shape(), &options, INDENT)
    };
    match tensor.node() {
        Some(node) => {
            suffixes.push(format!("grad_fn=<{}>", short(&crate::modules::torch::grad_name(node.name()))))
        }
        None if tensor.requires_grad() => suffixes.push("requires_grad=True".to_owned()),
        None => {}
    }
    let mut text = format!("tensor({body}");
    // As PyTorch counts: one more than the line has.
    let mut column = text.rfind('\n').map_or(text.len() + 2, |at| text.len() - at + 1);
    for suffix in suffixes {
        if column + suffix.len() + 2 > options.linewidth {
            text += &format!(",\n{}{suffix}", " ".repeat(INDENT));
            column = INDENT + suffix.len();
        } else {
            text += &format!(", {suffix}");
            column += suffix.len() + 2;
        }
    }
    Ok(text + ")")
}

fn short(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

fn written(array: &Rc<Array>, shape: &[usize], options: &PrintOptions, indent: usize) -> String {
    let summarize = shape.iter().product::<usize>() > options.threshold;
    let shown = positions(shape, options.edgeitems, summarize);
    let formatter = Formatter::new(array, &shown, options);
    Writer { array, formatter, options: *options, summarize }.write(shape, 0, indent)
}
