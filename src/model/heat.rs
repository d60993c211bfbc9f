//! Tensors as small pictures: at most 32 × 32 cells, as a data address that an image element shows.

use gradloom_diagram::within;
use gradloom_protocol::Summary;

use super::base64;

/// Which scale colors the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Values: blue, from the smallest to the largest.
    Value,
    /// Gradients: teal below zero, grey at zero, orange above.
    Gradient,
}

type Color = [f64; 3];

fn mix(a: Color, b: Color, t: f64) -> Color {
    let mut color = a;
    for (x, y) in color.iter_mut().zip(b) {
        *x += (y - *x) * within(t, 0.0, 1.0);
    }
    color
}

/// The color of a number on the scale from `min` to `max`; NaN has one of its own.
pub fn color(x: f64, min: f64, max: f64, scale: Scale, dark: bool) -> [u8; 3] {
    let (low, high) = match (scale, dark) {
        (Scale::Value, false) => ([234.0, 241.0, 248.0], [0.0, 78.0, 140.0]),
        (Scale::Value, true) => ([24.0, 38.0, 54.0], [150.0, 208.0, 255.0]),
        (Scale::Gradient, false) => ([236.0, 233.0, 226.0], [184.0, 74.0, 0.0]),
        (Scale::Gradient, true) => ([44.0, 46.0, 50.0], [255.0, 157.0, 92.0]),
    };
    let teal = if dark { [64.0, 200.0, 184.0] } else { [0.0, 118.0, 108.0] };
    let color = if x.is_nan() {
        [190.0, 40.0, 120.0]
    } else if scale == Scale::Value {
        let t = if max > min { (x - min) / (max - min) } else { 0.5 };
        mix(low, high, t)
    } else {
        let reach = min.abs().max(max.abs());
        let t = if reach > 0.0 { within(x / reach, -1.0, 1.0) } else { 0.0 };
        // The square root lets the many small gradients be told from zero.
        mix(low, if t < 0.0 { teal } else { high }, t.abs().sqrt())
    };
    color.map(|part| part.round() as u8)
}

/// Whether dark text reads on that color.
pub fn is_light([r, g, b]: [u8; 3]) -> bool {
    0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b) > 140.0
}

/// Smallest and largest of the numbers shown, NaN left out.
pub fn range(summary: &Summary) -> (f64, f64) {
    let values = || summary.numbers.iter().map(|x| x.0).filter(|x| x.is_finite());
    (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
}

/// The summary as a bitmap in a data address; `None` without cells.
pub fn picture(summary: &Summary, scale: Scale, dark: bool) -> Option<String> {
    let (rows, cols) = (summary.rows as usize, summary.cols as usize);
    if rows == 0 || cols == 0 || summary.numbers.len() != rows.checked_mul(cols)? {
        return None;
    }
    let (min, max) = range(summary);
    let width = (cols * 3).next_multiple_of(4);
    let size = 54 + width * rows;
    let mut file = Vec::with_capacity(size);
    // The header of a bitmap: its kind, sizes, one plane of 24 bits, no compression, rows from the top.
    file.extend_from_slice(b"BM");
    file.extend_from_slice(&(size as u32).to_le_bytes());
    for word in [0u32, 54, 40, cols as u32, (rows as u32).wrapping_neg(), 0x0018_0001, 0, 0, 0, 0, 0, 0] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    for row in summary.numbers.chunks(cols) {
        for x in row {
            let [r, g, b] = color(x.0, min, max, scale, dark);
            file.extend_from_slice(&[b, g, r]);
        }
        file.resize(file.len() + width - cols * 3, 0);
    }
    Some(format!("data:image/bmp;base64,{}", base64::encode(&file, base64::DATA)))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use gradloom_protocol::Number;

    #[test]
    fn a_picture_has_a_cell_for_each_number() {
        let mut summary = fixture::scalar(0.0);
        (summary.rows, summary.cols) = (2, 3);
        summary.numbers = [0.0, 1.0, 2.0, 3.0, f64::NAN, 5.0].map(Number).to_vec();
        let text = picture(&summary, Scale::Value, false).expect("six cells");
        // 54 bytes of header and two rows of 12: 78 bytes are 104 signs.
        assert_eq!(text.len(), "data:image/bmp;base64,".len() + 104);
        assert!(text.starts_with("data:image/bmp;base64,Qk1O"));
        summary.rows = 3;
        assert_eq!(picture(&summary, Scale::Value, false), None);
    }

    #[test]
    fn zero_is_grey_and_the_signs_differ() {
        let at = |x| color(x, -2.0, 2.0, Scale::Gradient, false);
        assert_eq!(at(0.0), [236, 233, 226]);
        assert_eq!(at(2.0), [184, 74, 0]);
        assert_eq!(at(-2.0), [0, 118, 108]);
    }
}
