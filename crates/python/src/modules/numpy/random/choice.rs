//! Choosing from arrays and putting them in another order.

use gradloom_engine::{Array, DType, Device, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::modules::torch::sequence;
use crate::native::{Args, Result};
use crate::value::Value;

use super::super::array::{NdArray, to_tensor};
use super::super::ufunc::wrap;
use super::stream::{Stream, stream};
use super::{integers_of, size};

/// Parameters `a, size=, replace=, p=, axis=, shuffle=`.
pub fn choice(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let legacy = matches!(&*stream.borrow(), Stream::Legacy(..));
    let axis = args.int_or(cx, from + 4, 0)?;
    let (population, count) = match &args[from] {
        number if number.object::<NdArray>().is_none() && cx.index(number).is_ok() => {
            let count = usize::try_from(cx.index(number)?).unwrap_or(0);
            (None, count)
        }
        listed => {
            let words = sequence(listed).filter(|items| matches!(items.first(), Some(Value::Str(_))));
            if let (Some(words), None) = (words, args.some(from + 1)) {
                // One word of several: there are no arrays of words, but one is no array.
                let mut values = args.values.to_vec();
                if let Some(a) = values.get_mut(from) {
                    *a = Value::from(words.len());
                }
                let place = choice(cx, &Args { native: args.native, values: &values })?;
                return cx.getitem(listed, &place);
            }
            let array = to_tensor(cx, listed)?;
            let count = match array.rank() {
                0 => return Err(value_error("a must be a sequence or an integer, not a single number")),
                rank => array.shape()[layout::resolve_dim(axis, rank)?],
            };
            (Some(array), count)
        }
    };
    let given = size(cx, args, from + 1)?;
    let shape = given.clone().unwrap_or_default();
    let wanted: usize = shape.iter().product();
    if count == 0 && wanted > 0 {
        return Err(value_error(if population.is_some() {
            "'a' cannot be empty unless no samples are taken"
        } else {
            "a must be greater than 0 unless no samples are taken"
        }));
    }
    let replace = args.truth_or(cx, from + 2, true)?;
    let shuffle = args.truth_or(cx, from + 5, true)?;
    let weights = match args.some(from + 3) {
        None => None,
        Some(p) => Some(weights(cx, p, count, legacy)?),
    };
    if !replace && wanted > count {
        return Err(value_error(if legacy {
            "Cannot take a larger sample than population when 'replace=False'"
        } else {
            "Cannot take a larger sample than population when replace is False"
        }));
    }
    cx.engine.check_budget(&[wanted.max(count)], DType::I64)?;
    cx.charge(wanted + count);
    let mut stream = stream.borrow_mut();
    let places = match weights {
        None if replace => {
            (0..wanted).map(|_| stream.integer(count.saturating_sub(1) as u64) as i64).collect()
        }
        None => stream.distinct(count, wanted, shuffle),
        Some(weights) if replace => {
            let sums = cumulative(&weights);
            (0..wanted).map(|_| place(&sums, stream.uniform())).collect()
        }
        Some(weights) => unlike(&mut stream, weights, wanted)?,
    };
    drop(stream);
    let index = cx.engine.created("choice", Array::I64(places), &[wanted], Device::Cpu)?;
    let Some(population) = population else {
        return integers_of(cx, args, ops::reshape(&index, &shape)?, given.is_none());
    };
    let along = layout::resolve_dim(axis, population.rank())?;
    let taken = ops::index_select(&population, axis, &index)?;
    let (before, after) = (&population.shape()[..along], &population.shape()[along + 1..]);
    let shape = [before, &shape, after].concat();
    let out = ops::reshape(&taken, &shape)?;
    if given.is_none() { wrap(cx, out) } else { Ok(Value::new_object(NdArray(out))) }
}

/// Probabilities for a choice from `count`.
fn weights(cx: &mut Context, value: &Value, count: usize, legacy: bool) -> Result<Vec<f64>> {
    let array = to_tensor(cx, value)?;
    let weights = cx.host(&array)?.to_f64();
    if array.rank() != 1 {
        return Err(value_error("p must be 1-dimensional"));
    }
    if weights.len() != count {
        return Err(value_error("a and p must have same size"));
    }
    if weights.iter().any(|p| p.is_nan()) {
        return Err(value_error(if legacy {
            "probabilities contain NaN"
        } else {
            "Probabilities contain NaN"
        }));
    }
    if weights.iter().any(|&p| p < 0.0) {
        return Err(value_error(if legacy {
            "probabilities are not non-negative"
        } else {
            "Probabilities are not non-negative"
        }));
    }
    if (weights.iter().sum::<f64>() - 1.0).abs() > f64::EPSILON.sqrt() {
        return Err(value_error(if legacy {
            "probabilities do not sum to 1"
        } else {
            "Probabilities do not sum to 1. See Notes section of docstring for more information."
        }));
    }
    Ok(weights)
}

fn cumulative(weights: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums: Vec<f64> = weights
        .iter()
        .map(|&w| {
            sum += w;
            sum
        })
        .collect();
    sums.iter_mut().for_each(|s| *s /= sum);
    sums
}

fn place(sums: &[f64], u: f64) -> i64 {
    sums.partition_point(|&s| s <= u).min(sums.len().saturating_sub(1)) as i64
}

/// Different places by weight: as many as are missing are drawn at a time, and those drawn twice left out.
fn unlike(stream: &mut Stream, mut weights: Vec<f64>, wanted: usize) -> Result<Vec<i64>> {
    if weights.iter().filter(|&&w| w > 0.0).count() < wanted {
        return Err(value_error("Fewer non-zero entries in p than size"));
    }
    let mut found: Vec<i64> = Vec::with_capacity(wanted);
    while found.len() < wanted {
        let draws: Vec<f64> = (found.len()..wanted).map(|_| stream.uniform()).collect();
        for slot in found.iter().filter_map(|&i| usize::try_from(i).ok()) {
            if let Some(weight) = weights.get_mut(slot) {
                *weight = 0.0;
            }
        }
        let sums = cumulative(&weights);
        for u in draws {
            let at = place(&sums, u);
            if !found.contains(&at) {
                found.push(at);
            }
        }
    }
    Ok(found)
}

/// Rows in another order.
fn reordered(x: &Tensor, axis: i64, order: Vec<i64>) -> Result<Tensor> {
    let count = order.len();
    let order = x.engine().tensor(Array::I64(order), &[count], Device::Cpu)?;
    Ok(ops::index_select(x, axis, &order)?)
}

/// Parameter `x`: how many, or what.
pub fn permutation(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let whole = match &args[from] {
        Value::Int(n) => {
            let count = usize::try_from(*n).unwrap_or(0);
            cx.engine.check_budget(&[count], DType::I64)?;
            cx.charge(count);
            let order = stream.borrow_mut().shuffled(count);
            let out = cx.engine.created("permutation", Array::I64(order), &[count], Device::Cpu)?;
            return Ok(Value::new_object(NdArray(out)));
        }
        other => to_tensor(cx, other)?,
    };
    let axis = args.int_or(cx, from + 1, 0)?;
    let count = if whole.rank() == 0 { 0 } else { whole.shape()[layout::resolve_dim(axis, whole.rank())?] };
    cx.charge(count);
    let order = stream.borrow_mut().shuffled(count);
    Ok(Value::new_object(NdArray(reordered(&whole, axis, order)?)))
}

/// Parameter `x`, a list or an array, whose items change places.
pub fn shuffle(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    match &args[from] {
        Value::List(list) => {
            let mut items = list.items.borrow_mut();
            cx.charge(items.len());
            let order = stream.borrow_mut().shuffled(items.len());
            let old = items.clone();
            for (slot, from) in items.iter_mut().zip(order) {
                *slot = old.get(from as usize).cloned().unwrap_or_default();
            }
        }
        other => {
            let Some(NdArray(array)) = other.object::<NdArray>() else {
                return Err(type_error(format!(
                    "shuffle() needs a list or an array, not '{}'",
                    other.type_name()
                )));
            };
            if array.rank() == 0 {
                return Err(type_error("shuffle() of an array without dimensions"));
            }
            let axis = args.int_or(cx, from + 1, 0)?;
            let count = array.shape()[layout::resolve_dim(axis, array.rank())?];
            cx.charge(count);
            let order = stream.borrow_mut().shuffled(count);
            array.copy_(reordered(array, axis, order)?)?;
        }
    }
    Ok(Value::None)
}
