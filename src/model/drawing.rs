//! A drawing as programs read it: 28 × 28 bytes, from 0 for paper to 255 for ink, in NumPy's format.

/// Cells in a row, and rows.
pub const SIZE: usize = 28;
/// The name of its file; a program that names it has a pad to draw on.
pub const FILE: &str = "drawing.npy";
/// The head of the file: its version, the length of the rest, and what the array is, as Python writes it.
const HEAD: &str = "{'descr': '|u1', 'fortran_order': False, 'shape': (28, 28), }";
/// Bytes before the first cell.
const START: usize = 128;
/// Cells from the middle of a stroke to its edge.
const RADIUS: f64 = 1.5;

/// The cells, row by row.
#[derive(Clone, PartialEq)]
pub struct Drawing(pub Vec<u8>);

impl Default for Drawing {
    fn default() -> Drawing {
        Drawing(vec![0; SIZE * SIZE])
    }
}

impl Drawing {
    /// As a file of `np.save`'s.
    pub fn file(&self) -> Vec<u8> {
        let mut bytes = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
        bytes.extend(HEAD.bytes());
        bytes.resize(START - 1, b' ');
        bytes.push(b'\n');
        bytes.extend(&self.0);
        bytes
    }

    /// From such a file; `None` for any other.
    pub fn read(file: &[u8]) -> Option<Drawing> {
        let head = file.get(..START).map(String::from_utf8_lossy)?;
        let cells = file.get(START..)?;
        (head.contains("'|u1'") && head.contains("(28, 28)") && cells.len() == SIZE * SIZE)
            .then(|| Drawing(cells.to_vec()))
    }

    /// Draws with a round pen, from one point to another, in cells from the upper left corner.
    pub fn stroke(&mut self, from: (f64, f64), to: (f64, f64)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx * dx + dy * dy;
        for (i, cell) in self.0.iter_mut().enumerate() {
            let (x, y) = ((i % SIZE) as f64 + 0.5, (i / SIZE) as f64 + 0.5);
            // The nearest point of the line, and how far the cell's middle lies from it.
            let along = (x - from.0) * dx + (y - from.1) * dy;
            let along = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
            let (ax, ay) = (x - from.0 - along * dx, y - from.1 - along * dy);
            let ink = 255.0 * (RADIUS + 0.5 - (ax * ax + ay * ay).sqrt()).clamp(0.0, 1.0);
            *cell = (*cell).max(ink as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_a_file_of_numpy_and_comes_back() {
        let mut drawing = Drawing::default();
        drawing.stroke((4.5, 3.5), (20.5, 3.5));
        let file = drawing.file();
        // np.save of a (28, 28) array of uint8: 128 bytes of head, whose length stands at byte 8, then the cells.
        assert_eq!((file.len(), file[8], file[127]), (128 + 784, 118, b'\n'));
        assert!(Drawing::read(&file) == Some(drawing));
        assert!(Drawing::read(&file[1..]).is_none());
    }

    fn at(drawing: &Drawing, column: usize, row: usize) -> u8 {
        drawing.0[row * SIZE + column]
    }

    #[test]
    fn the_pen_is_round_and_three_cells_wide() {
        let mut drawing = Drawing::default();
        drawing.stroke((10.5, 10.5), (10.5, 10.5));
        let row: Vec<u8> = (8..13).map(|column| at(&drawing, column, 10)).collect();
        assert_eq!(row, [0, 255, 255, 255, 0]);
        // √2 from the middle: 2 − 1.414 of the ink.
        assert_eq!(at(&drawing, 9, 9), 149);
        drawing.stroke((10.5, 10.5), (10.5, 20.5));
        assert_eq!([at(&drawing, 10, 15), at(&drawing, 10, 21), at(&drawing, 10, 22)], [255, 255, 0]);
    }
}
