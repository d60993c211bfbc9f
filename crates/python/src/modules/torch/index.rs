//! `x[key]` and `x[key] = value`: integers, slices, `None`, `...`, booleans and integers in tensors or lists.
//!
//! What can be a view is one; the rest gathers slices of the dimensions it names. Shared with NumPy's arrays.

use gradloom_engine::planner::Put;
use gradloom_engine::{Arg, Array, DType, Device, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{index_error, type_error, value_error};
use crate::modules::numpy::{NdArray, NumPyScalar};
use crate::native::Result;
use crate::value::{Slice, Value};

use super::args::integers;
use super::data::{Library, read as read_data};

/// One part of a key.
enum Part {
    Int(i64),
    Slice(std::rc::Rc<Slice>),
    NewAxis,
    /// Places, by a tensor of integers or booleans.
    Places(Tensor),
}

/// Places along a dimension, row-major, and their shape.
type Places = (Vec<i64>, Vec<usize>);

/// A key that picks elements: the view that its plain parts give, the dimension at which each list of places stands,
/// and the lists, of one shape.
pub(super) struct Plan {
    pub view: Tensor,
    pub dims: Vec<usize>,
    pub places: Vec<Vec<i64>>,
    pub shape: Vec<usize>,
}

fn part(cx: &mut Context, key: &Value) -> Result<Option<Part>> {
    Ok(Some(match key {
        Value::Ellipsis => return Ok(None),
        Value::None => Part::NewAxis,
        Value::Int(i) => Part::Int(*i),
        Value::Slice(slice) => Part::Slice(slice.clone()),
        Value::Bool(b) => Part::Places(cx.engine.tensor(Array::Bool(vec![*b]), &[], Device::Cpu)?),
        Value::Tensor(t) if t.rank() == 0 && t.dtype() == DType::I64 => {
            match integers(cx, std::slice::from_ref(key))?.first() {
                Some(&i) => Part::Int(i),
                None => Part::NewAxis,
            }
        }
        Value::Tensor(t) => Part::Places(t.clone()),
        Value::List(_) | Value::Tuple(_) => {
            let data = read_data(cx, key, Library::Torch, DType::F32)?;
            let dtype = data.dtype.unwrap_or(DType::I64);
            let array = data.array(if dtype == DType::Bool { DType::Bool } else { DType::I64 });
            if dtype.is_float() {
                return Err(index_error("tensors used as indices must be long, int, byte or bool tensors"));
            }
            Part::Places(cx.engine.tensor(array, &data.shape, Device::Cpu)?)
        }
        Value::Str(_) => return Err(type_error("new(): invalid data type 'str'")),
        Value::Range(_) => {
            let listed = Value::list(cx.collect(key)?);
            return part(cx, &listed);
        }
        other => {
            if let Some(array) = other.object::<NdArray>() {
                Part::Places(array.0.clone())
            } else if let Some(scalar) = other.object::<NumPyScalar>()
                && scalar.dtype == DType::I64
            {
                Part::Int(scalar.value.to_f64() as i64)
            } else {
                return Err(index_error(format!(
                    "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {})",
                    other.type_name()
                )));
            }
        }
    }))
}

fn plan(cx: &mut Context, x: &Tensor, key: &Value) -> Result<Plan> {
    let keys: Vec<Value> = match key {
        Value::Tuple(tuple) => tuple.items.clone(),
        one => vec![one.clone()],
    };
    let mut parts = Vec::new();
    let mut ellipsis = None;
    for key in &keys {
        match part(cx, key)? {
            Some(part) => parts.push(part),
            None if ellipsis.is_some() => {
                return Err(index_error("an index can only have a single ellipsis ('...')"));
            }
            None => ellipsis = Some(parts.len()),
        }
    }
    let consumed = |p: &Part| match p {
        Part::Int(_) | Part::Slice(_) => 1,
        Part::NewAxis => 0,
        Part::Places(t) if t.dtype() == DType::Bool => t.rank(),
        Part::Places(_) => 1,
    };
    let taken: usize = parts.iter().map(consumed).sum();
    let Some(left) = x.rank().checked_sub(taken) else {
        if x.rank() == 0 {
            // The engine's own words for a number that is indexed.
            ops::select(x, 0, 0)?;
        }
        return Err(index_error(format!("too many indices for tensor of dimension {}", x.rank())));
    };
    let mut view = x.clone();
    let (mut dim, mut place) = (0, 0);
    let mut dims = Vec::new();
    let mut lists: Vec<Places> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if ellipsis == Some(i) {
            dim += left;
            place += left;
        }
        match part {
            Part::NewAxis => {
                view = ops::unsqueeze(&view, dim as i64)?;
                dim += 1;
            }
            Part::Int(index) => {
                let size = view.shape().get(dim).copied().unwrap_or(0) as i64;
                if *index < -size || *index >= size {
                    return Err(index_error(format!(
                        "index {index} is out of bounds for dimension {place} with size {size}"
                    )));
                }
                view = ops::select(&view, dim as i64, *index)?;
                place += 1;
            }
            Part::Slice(slice) => {
                view = sliced(cx, &view, dim, slice)?;
                dim += 1;
                place += 1;
            }
            Part::Places(t) if t.dtype() == DType::Bool => {
                let covered = view.shape().get(dim..dim + t.rank()).unwrap_or_default();
                if covered != t.shape() {
                    return Err(index_error(format!(
                        "The shape of the mask {} at index {place} does not match the shape of the indexed tensor {} at index \
                         {place}",
                        layout::show(t.shape()),
                        layout::show(x.shape())
                    )));
                }
                if t.rank() == 0 {
                    view = ops::unsqueeze(&view, dim as i64)?;
                    let truth = cx.host(t)?.get(0) == Some(1.0);
                    dims.push(dim);
                    lists.push((if truth { vec![0] } else { vec![] }, vec![usize::from(truth)]));
                    dim += 1;
                    continue;
                }
                for column in true_places(cx, t)? {
                    dims.push(dim);
                    let count = column.len();
                    lists.push((column, vec![count]));
                    dim += 1;
                }
                place += t.rank();
            }
            Part::Places(t) => {
                if t.dtype() != DType::I64 {
                    return Err(index_error(
                        "tensors used as indices must be long, int, byte or bool tensors",
                    ));
                }
                let size = view.shape().get(dim).copied().unwrap_or(0) as i64;
                let array = cx.host(t)?;
                let Array::I64(numbers) = &*array else {
                    return Err(index_error("an index must be of dtype int64"));
                };
                let mut column = Vec::with_capacity(numbers.len());
                for &n in numbers {
                    if n < -size || n >= size {
                        return Err(index_error(format!(
                            "index {n} is out of bounds for dimension {place} with size {size}"
                        )));
                    }
                    column.push(if n < 0 { n + size } else { n });
                }
                dims.push(dim);
                lists.push((column, t.shape().to_vec()));
                dim += 1;
                place += 1;
            }
        }
    }
    let shape = layout::broadcast_shapes(lists.iter().map(|(_, s)| s.as_slice()))
        .map_err(|_| index_error(shape_mismatch(lists.iter().map(|(_, s)| s.as_slice()))))?;
    let places = lists.into_iter().map(|(column, from)| spread(&column, &from, &shape)).collect();
    Ok(Plan { view, dims, places, shape })
}

fn shape_mismatch<'a>(shapes: impl Iterator<Item = &'a [usize]>) -> String {
    let shown: Vec<String> = shapes.map(layout::show).collect();
    format!(
        "shape mismatch: indexing tensors could not be broadcast together with shapes {}",
        shown.join(", ")
    )
}

/// A list of places, broadcast.
fn spread(column: &[i64], from: &[usize], to: &[usize]) -> Vec<i64> {
    match layout::Layout::contiguous(from).broadcast(to) {
        Ok(layout) => layout.positions().filter_map(|p| column.get(p).copied()).collect(),
        Err(_) => column.to_vec(),
    }
}

fn sliced(cx: &mut Context, x: &Tensor, dim: usize, slice: &Slice) -> Result<Tensor> {
    let size = x.shape().get(dim).copied().unwrap_or(0);
    let (start, stop, step) = cx.slice_bounds(slice, size)?;
    if step < 0 {
        return Err(value_error("step must be greater than zero"));
    }
    let length = if stop > start { (stop - start - 1) / step + 1 } else { 0 };
    Ok(ops::slice(x, dim as i64, start as usize, step as usize, length as usize)?)
}

/// The places of the true elements, a list a dimension.
fn true_places(cx: &mut Context, mask: &Tensor) -> Result<Vec<Vec<i64>>> {
    let array = cx.host(mask)?;
    let mut columns = vec![Vec::new(); mask.rank()];
    let strides = layout::row_major(mask.shape());
    cx.charge(array.len());
    for i in (0..array.len()).filter(|&i| array.get(i).is_some_and(|x| x != 0.0)) {
        for ((column, &stride), &size) in columns.iter_mut().zip(&strides).zip(mask.shape()) {
            column.push((i / stride % size) as i64);
        }
    }
    Ok(columns)
}

/// `torch.nonzero(x, as_tuple=True)`
pub fn nonzero(cx: &mut Context, x: &Tensor) -> Result<Vec<Tensor>> {
    let columns = true_places(cx, x)?;
    let tensors: Result<Vec<Tensor>> = columns
        .into_iter()
        .map(|column| {
            let count = column.len();
            Ok(cx.engine.tensor(Array::I64(column), &[count], x.device())?)
        })
        .collect();
    tensors
}

/// `x[key]`
pub fn read(cx: &mut Context, x: &Tensor, key: &Value) -> Result<Tensor> {
    let plan = plan(cx, x, key)?;
    if plan.dims.is_empty() {
        // `x[...]` is a tensor of its own.
        return Ok(if plan.view.is(x) { ops::view(x, x.shape())? } else { plan.view });
    }
    plan.gather(cx)
}

/// `x[key] = value`
pub fn write(cx: &mut Context, x: &Tensor, key: &Value, value: Arg) -> Result<()> {
    // The views and the picks on the way are no operations of the program.
    let traced = cx.engine.set_trace(gradloom_engine::Trace::Off);
    let change = change(cx, x, key, value);
    cx.engine.set_trace(traced);
    match change? {
        Change::Nothing => Ok(()),
        Change::Copy(view, value) => Ok(view.copy_(value)?),
        Change::Put(view, new) => Ok(view.put("index_put_", &new)?),
    }
}

/// What an assignment does.
enum Change {
    Nothing,
    /// Copies a value into a view.
    Copy(Tensor, Arg),
    /// Gives a view these elements, some of them new.
    Put(Tensor, Tensor),
}

fn change(cx: &mut Context, x: &Tensor, key: &Value, value: Arg) -> Result<Change> {
    let value = match value {
        // A number takes on the dtype, whatever it loses.
        Arg::Scalar(s) => {
            Arg::Scalar(gradloom_engine::device::cpu::repeat(s, 1, x.dtype()).scalar(0).unwrap_or(s))
        }
        Arg::Tensor(source) => {
            if source.device() != x.device() {
                cx.host(&source)?;
            }
            Arg::Tensor(source)
        }
    };
    let fill = matches!(&value, Arg::Scalar(_)) || value.shape().is_empty();
    if let Some(mask) = mask(x, key).filter(|_| fill) {
        // A number under a mask is a choice: nothing has to be read back to make it.
        let mut shape = mask.shape().to_vec();
        shape.resize(x.rank(), 1);
        let new = ops::where_(ops::reshape(mask, &shape)?, converted(value, x)?, x)?;
        return Ok(Change::Put(x.clone(), new));
    }
    let plan = plan(cx, x, key)?;
    let value = match value {
        // `x[0] += 1` has changed the view already, and assigns it to itself.
        Arg::Tensor(source)
            if plan.dims.is_empty()
                && source.shares_storage(&plan.view)
                && source.layout() == plan.view.layout() =>
        {
            return Ok(Change::Nothing);
        }
        Arg::Tensor(source) => {
            let rank =
                plan.view.rank() - plan.dims.len() + if plan.dims.is_empty() { 0 } else { plan.shape.len() };
            Arg::Tensor(fitted(&source, rank)?)
        }
        number => number,
    };
    if plan.dims.is_empty() {
        return Ok(Change::Copy(plan.view, value));
    }
    let value = converted(value, x)?;
    let new = plan.put(cx, value, Put::Replace)?;
    Ok(Change::Put(plan.view, new))
}

/// A key that is nothing but a mask of the leading dimensions.
fn mask<'a>(x: &Tensor, key: &'a Value) -> Option<&'a Tensor> {
    let mask = match key {
        Value::Tensor(t) => t,
        other => &other.object::<NdArray>()?.0,
    };
    let fits = mask.dtype() == DType::Bool
        && mask.rank() > 0
        && mask.device() == x.device()
        && x.shape().get(..mask.rank()) == Some(mask.shape());
    fits.then_some(mask)
}

/// A value in the dtype and on the device of `x`.
fn converted(value: Arg, x: &Tensor) -> Result<Arg> {
    Ok(match value {
        Arg::Tensor(t) => Arg::Tensor(ops::to_device(&ops::cast(&t, x.dtype())?, x.device())?),
        number => number,
    })
}

/// `torch.index_put`: `x` with `value` put at the places, or added there.
pub fn put(cx: &mut Context, x: &Tensor, places: &[Value], value: &Tensor, how: Put) -> Result<Tensor> {
    let all =
        || Value::Slice(std::rc::Rc::new(Slice { start: Value::None, stop: Value::None, step: Value::None }));
    let key = places.iter().map(|place| if place.is_none() { all() } else { place.clone() }).collect();
    let plan = plan(cx, x, &Value::tuple(key))?;
    plan.put(cx, value.into(), how)
}

/// A source without the leading dimensions of size 1 that a target of this rank lacks.
fn fitted(source: &Tensor, rank: usize) -> Result<Tensor> {
    let (lead, tail) = source.shape().split_at(source.rank().saturating_sub(rank));
    if !lead.is_empty() && lead.iter().all(|&n| n == 1) {
        return Ok(ops::reshape(source, tail)?);
    }
    Ok(source.clone())
}
