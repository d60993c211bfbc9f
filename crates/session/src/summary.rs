//! The numbers of a tensor as far as a page can show them.

use gradloom_engine::{Array, DType, Scalar};
use gradloom_protocol::{Number, Summary};

/// Rows and columns of a node's heat map at most.
pub const CELLS: u32 = 32;

/// A summary with at most `rows` × `cols` numbers. The tensor is seen as a matrix: all dimensions but the last make
/// its rows; where it is larger, each number is the mean of a block.
pub fn summarize(array: &Array, shape: &[usize], rows: u32, cols: u32) -> Summary {
    let width = shape.last().copied().unwrap_or(1);
    let height = array.len().checked_div(width).unwrap_or(0);
    let (rows, cols) = ((rows as usize).min(height), (cols as usize).min(width));
    let exact = rows == height && cols == width;
    let numbers = match exact {
        true => array.to_f64().into_iter().map(Number).collect(),
        false => blocks(array, (height, width), (rows, cols)),
    };
    let mut sum = 0.0;
    let (mut min, mut max) = (f64::NAN, f64::NAN);
    let (mut zeros, mut nans) = (0, 0);
    for x in (0..array.len()).filter_map(|i| array.get(i)) {
        sum += x;
        min = min.min(x);
        max = max.max(x);
        zeros += u64::from(x == 0.0);
        nans += u64::from(x.is_nan());
    }
    Summary {
        shape: shape.iter().map(|&n| n as u64).collect(),
        dtype: array.dtype().name().to_owned(),
        rows: rows as u32,
        cols: cols as u32,
        numbers,
        exact,
        min: Number(min),
        max: Number(max),
        mean: Number(sum / array.len() as f64),
        zeros,
        nans,
        text: if shape.is_empty() { element_text(array, 0) } else { String::new() },
    }
}

/// Means of blocks. Block `r` of `rows` covers the lines from `r · height / rows` to below `(r + 1) · height / rows`.
fn blocks(array: &Array, (height, width): (usize, usize), (rows, cols): (usize, usize)) -> Vec<Number> {
    let mut numbers = Vec::with_capacity(rows * cols);
    for r in 0..rows {
        for c in 0..cols {
            let (top, bottom) = (r * height / rows, (r + 1) * height / rows);
            let (left, right) = (c * width / cols, (c + 1) * width / cols);
            let sum: f64 =
                (top..bottom).flat_map(|y| (left..right).filter_map(move |x| array.get(y * width + x))).sum();
            numbers.push(Number(sum / ((bottom - top) * (right - left)) as f64));
        }
    }
    numbers
}

/// A number as Python prints it; a float32 with the fewest digits that name it.
pub fn number_text(number: Scalar) -> String {
    match number {
        Scalar::Bool(true) => "True".to_owned(),
        Scalar::Bool(false) => "False".to_owned(),
        Scalar::Int(i) => i.to_string(),
        Scalar::Float(x) => gradloom_python::float_repr(x),
    }
}

/// The shortest text of an element, which for float32 has fewer digits than the double it becomes.
pub fn element_text(array: &Array, i: usize) -> String {
    match (array.dtype(), array.get(i)) {
        (DType::F32, Some(x)) => shortest(x as f32),
        _ => array.scalar(i).map(number_text).unwrap_or_default(),
    }
}

fn shortest(x: f32) -> String {
    // Rust prints the fewest digits that name the float32; read as a double they print the same.
    x.to_string().parse().map(gradloom_python::float_repr).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_tensor_is_exact() {
        let s = summarize(&Array::F32(vec![1.0, -2.0, 0.0, f32::NAN]), &[2, 2], 32, 32);
        assert!(s.exact);
        assert_eq!((s.min, s.max, s.zeros, s.nans, s.rows, s.cols), (Number(-2.0), Number(1.0), 1, 1, 2, 2));
        assert_eq!(summarize(&Array::F32(vec![0.1]), &[], 32, 32).text, "0.1");
    }

    #[test]
    fn a_large_one_is_shown_by_means_of_blocks() {
        let values: Vec<f32> = (0..12).map(|i| i as f32).collect();
        let s = summarize(&Array::F32(values), &[4, 3], 2, 3);
        assert!(!s.exact);
        assert_eq!(s.numbers, [1.5, 2.5, 3.5, 7.5, 8.5, 9.5].map(Number));
        assert_eq!(s.mean, Number(5.5));
    }
}
