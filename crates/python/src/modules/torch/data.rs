//! Nested lists of numbers as arrays.

use gradloom_engine::{Array, DType, Scalar, Tensor};

use crate::context::Context;
use crate::error::{Interrupt, runtime_error, type_error, value_error};
use crate::modules::numpy::{NdArray, NumPyScalar};
use crate::native::Result;
use crate::value::Value;

use super::args::sequence;

/// Numbers from nested lists, row-major.
pub struct Data {
    /// The numbers.
    pub values: Vec<Scalar>,
    /// Sizes.
    pub shape: Vec<usize>,
    /// The largest dtype among them; `None` of nothing.
    pub dtype: Option<DType>,
}

impl Data {
    /// As an array.
    pub fn array(&self, dtype: DType) -> Array {
        match dtype {
            DType::Bool => Array::Bool(self.values.iter().map(|v| v.to_f64() != 0.0).collect()),
            DType::I64 => Array::I64(
                self.values
                    .iter()
                    .map(|v| if let Scalar::Int(i) = v { *i } else { v.to_f64() as i64 })
                    .collect(),
            ),
            DType::F32 => Array::F32(self.values.iter().map(|v| v.to_f64() as f32).collect()),
            DType::F64 => Array::F64(self.values.iter().map(|v| v.to_f64()).collect()),
        }
    }
}

/// How a library words its refusals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Library {
    /// PyTorch.
    Torch,
    /// NumPy.
    NumPy,
}

/// Reads nested lists, tuples, tensors, arrays and numbers. A Python float is of dtype `float`.
pub fn read(cx: &mut Context, value: &Value, library: Library, float: DType) -> Result<Data> {
    let mut data = Data { values: Vec::new(), shape: Vec::new(), dtype: None };
    let mut reader = Reader { library, float, depth: None };
    reader.walk(cx, value, 0, &mut data)?;
    cx.charge(data.values.len());
    Ok(data)
}

struct Reader {
    library: Library,
    float: DType,
    depth: Option<usize>,
}

impl Reader {
    fn walk(&mut self, cx: &mut Context, value: &Value, level: usize, data: &mut Data) -> Result<()> {
        if let Some(items) = sequence(value) {
            if level >= gradloom_engine::layout::MAX_RANK {
                return Err(value_error("too many dimensions"));
            }
            self.size(level, items.len(), data)?;
            for item in &items {
                self.walk(cx, item, level + 1, data)?;
            }
            return Ok(());
        }
        let inner = match value {
            Value::Tensor(tensor) => Some(tensor),
            other => other.object::<NdArray>().map(|a| &a.0),
        };
        if let Some(tensor) = inner {
            return self.spread(cx, tensor, level, data);
        }
        let scalar = match value {
            Value::Bool(x) => (Scalar::Bool(*x), DType::Bool),
            Value::Int(x) => (Scalar::Int(*x), DType::I64),
            Value::Float(x) => (Scalar::Float(*x), self.float),
            Value::Big(_) => (Scalar::Float(value.as_f64().unwrap_or_default()), self.float),
            other => match other.object::<NumPyScalar>() {
                Some(scalar) => (scalar.value, scalar.dtype),
                None => return Err(self.wrong(other)),
            },
        };
        self.leaf(level, data)?;
        data.values.push(scalar.0);
        data.dtype = Some(data.dtype.map_or(scalar.1, |d| d.max(scalar.1)));
        Ok(())
    }

    /// The elements of a tensor inside of a list.
    fn spread(&mut self, cx: &mut Context, tensor: &Tensor, level: usize, data: &mut Data) -> Result<()> {
        let array = cx.host(tensor)?;
        for (i, &size) in tensor.shape().iter().enumerate() {
            self.size(level + i, size, data)?;
        }
        self.leaf(level + tensor.rank(), data)?;
        data.values.extend((0..array.len()).filter_map(|i| array.scalar(i)));
        data.dtype = Some(data.dtype.map_or(tensor.dtype(), |d| d.max(tensor.dtype())));
        Ok(())
    }

    /// Notes the length of a list, or compares it with that of its neighbors.
    fn size(&mut self, level: usize, len: usize, data: &mut Data) -> Result<()> {
        match data.shape.get(level) {
            Some(&held) if held != len => Err(self.ragged(data, level, Some((held, len)))),
            Some(_) => Ok(()),
            None if self.depth.is_some_and(|d| d <= level) => Err(self.ragged(data, level, None)),
            None => {
                data.shape.push(len);
                Ok(())
            }
        }
    }

    /// Notes how deep the numbers lie.
    fn leaf(&mut self, level: usize, data: &Data) -> Result<()> {
        let depth = *self.depth.get_or_insert(level);
        if depth == level && data.shape.len() == level { Ok(()) } else { Err(self.ragged(data, level, None)) }
    }

    fn ragged(&self, data: &Data, level: usize, sizes: Option<(usize, usize)>) -> Interrupt {
        match (self.library, sizes) {
            (Library::Torch, Some((held, len))) => {
                value_error(format!("expected sequence of length {held} at dim {level} (got {len})"))
            }
            (Library::Torch, None) => type_error("not a sequence: the lists are not nested evenly"),
            (Library::NumPy, _) => {
                let even = data.shape.get(..level).unwrap_or_default();
                let even = crate::modules::numpy::tuple_text(even).replace(',', ", ").replace(", )", ",)");
                value_error(format!(
                    "setting an array element with a sequence. The requested array has an inhomogeneous shape after {level} \
                     dimensions. The detected shape was {even} + inhomogeneous part."
                ))
            }
        }
    }

    fn wrong(&self, value: &Value) -> Interrupt {
        match (self.library, value) {
            (Library::Torch, Value::Str(_)) => type_error("new(): invalid data type 'str'"),
            (Library::Torch, other) => {
                runtime_error(format!("Could not infer dtype of {}", other.type_name()))
            }
            (Library::NumPy, other) => {
                type_error(format!("an array of '{}' objects is not supported here", other.type_name()))
            }
        }
    }
}
