//! Places of a storage in any order.

use std::collections::HashSet;

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Layout, Result, Tensor, ops};

/// The elements of `x`, row-major, at places given by sizes, strides and an offset; a view. It is how a view stands on
/// the tape after its storage was changed through another one.
#[derive(Debug, Clone)]
pub struct AsStrided {
    /// The places, counted from the first element of `x`.
    pub places: Layout,
}

const DOC: Doc = Doc {
    name: "as_strided",
    formula: "x at the places",
    shapes: "any without gaps; the result has the sizes given",
    derivative: &["g at the places, 0 elsewhere; added up where places coincide"],
    source: "https://pytorch.org/docs/stable/generated/torch.as_strided.html",
};

/// Refuses what does not lie row-major without gaps, and places outside of it.
pub(super) fn check(name: &str, x: &Tensor, places: &Layout) -> Result<()> {
    if !x.layout().is_contiguous() {
        return Err(Error::unsupported(format!("{name} of a tensor with gaps is not supported here"))
            .help("make it contiguous first, with .contiguous()"));
    }
    if places.count() > 0 && places.last() >= x.count() {
        return Err(Error::runtime(format!(
            "setStorage: sizes {}, strides {}, storage offset {} are out of bounds for a tensor of {} elements",
            crate::layout::show(&places.shape),
            crate::layout::show(&places.strides),
            places.offset,
            x.count()
        )));
    }
    Ok(())
}

impl Operator for AsStrided {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("as_strided takes one tensor")) };
        check("as_strided", x, &self.places)?;
        Ok(Meta { shape: self.places.shape.clone(), dtype: x.dtype() })
    }

    fn view(&self, input: &Layout) -> Option<Result<Layout>> {
        Some(Ok(Layout { offset: input.offset + self.places.offset, ..self.places.clone() }))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let (engine, places) = (grad.engine(), &self.places);
        let zeros = engine.full("zeros", saved.shape(0), 0.0.into(), grad.dtype(), grad.device())?;
        let mut seen = HashSet::new();
        if places.is_contiguous() || places.positions().all(|place| seen.insert(place)) {
            return Ok(vec![Some(ops::as_strided_scatter(&zeros, grad, places)?)]);
        }
        let index: Vec<i64> = places.positions().map(|place| place as i64).collect();
        let index = engine.created("index", Array::I64(index), &[grad.count()], grad.device())?;
        let flat = ops::reshape(&zeros, &[zeros.count()])?;
        let sum = ops::index_add(&flat, 0, &index, &ops::reshape(grad, &[grad.count()])?)?;
        Ok(vec![Some(ops::reshape(&sum, saved.shape(0))?)])
    }
}

/// The elements of `x` at places counted from its first.
pub fn as_strided(x: &Tensor, places: &Layout) -> Result<Tensor> {
    ops::apply(AsStrided { places: places.clone() }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let case = |shape: &[usize], strides: &[usize], offset| {
            let places = Layout { shape: shape.to_vec(), strides: strides.to_vec(), offset };
            Case::new(AsStrided { places }, [x()])
        };
        vec![
            case(&[2, 2], &[1, 3], 1),
            case(&[2, 3], &[0, 2], 0),
            case(&[3, 2], &[1, 1], 2),
            case(&[0], &[1], 0),
            case(&[6], &[1], 0),
        ]
    },
};
