//! A place of the window, as an equation and a sentence.

use gradloom_protocol::Moves;

use super::{Cell, Found, Scene, Under};
use crate::model::number::{in_formula, short};

/// Terms that an equation spells out.
const TERMS: usize = 9;

impl Scene {
    /// The cell of the result: `y[0, 0, 1, 2]`.
    pub fn cell_name(&self, under: &Under) -> String {
        let index: Vec<String> = under.index.iter().map(u64::to_string).collect();
        format!("{}[{}]", self.output.name, index.join(", "))
    }

    /// What the cell is made of: `1 · 2 + 3 · 4`.
    pub fn sum(&self, under: &Under) -> String {
        let numbers: Vec<(f64, Option<f64>)> = cells(under).filter_map(number).collect();
        let listed = |sign: &str| {
            let term = |(x, weight): &(f64, Option<f64>)| match weight {
                Some(weight) => format!("{} · {}", in_formula(*x), in_formula(*weight)),
                None => in_formula(*x),
            };
            numbers.iter().map(term).collect::<Vec<_>>().join(sign)
        };
        let (few, n) = (numbers.len() <= TERMS, numbers.len());
        match self.sliding.moves {
            _ if n == 0 => "nothing".into(),
            Moves::Largest if few => format!("max({})", listed(", ")),
            Moves::Largest => format!("the largest of {n}"),
            Moves::Mean { .. } if few => format!("({}) / {}", listed(" + "), short(under.divisor)),
            Moves::Mean { .. } => format!("the sum of {n} numbers / {}", short(under.divisor)),
            _ if few => listed(" + "),
            _ => format!("the sum of {n} products"),
        }
    }

    /// The same in words, with what is special about this place.
    pub fn sentence(&self, under: &Under) -> String {
        let found = |kind: fn(&Found) -> bool| cells(under).filter(|cell| kind(&cell.found)).count();
        let own = found(|found| matches!(found, Found::Number(_)));
        let padding = found(|found| *found == Found::Padding);
        let (x, all) = (&self.input.name, cells(under).count());
        let beside = |what: &str| match padding {
            0 => String::new(),
            n => format!(" {n} of the {all} cells under it {} padding, which {what}.", are(n)),
        };
        let mut says = match self.sliding.moves {
            Moves::Convolution(_) => format!(
                "Each cell of {x} under the window is multiplied by the weight in its place, and the products are added.{}",
                beside("counts as 0")
            ),
            Moves::Transpose(_) => format!(
                "Each cell of {x} spreads the weight, multiplied by itself, over a window of the result; where windows overlap \
                 they add. {own} of these products {} at this cell.",
                if own == 1 { "ends" } else { "end" }
            ),
            Moves::Largest => {
                let equal = cells(under).filter_map(number).filter(|(x, _)| *x == under.value).count();
                let tie = match equal {
                    0 | 1 => String::new(),
                    n => format!(" {n} are equally large: the first of them wins."),
                };
                format!(
                    "The largest cell of {x} under the window goes on; the ring marks it. Backward, the gradient goes to it \
                     alone.{tie}{}",
                    beside("never wins")
                )
            }
            Moves::Mean { padded, divisor } => {
                let divided = match (divisor, padded) {
                    (Some(_), _) => "the divisor that was given",
                    (None, true) => "how many there are",
                    (None, false) => "how many of them are its own",
                };
                format!(
                    "The cells of {x} under the window are added and divided by {divided}.{}",
                    beside("counts as 0")
                )
            }
        };
        if self.differs(under) {
            says.push_str(" The numbers do not agree: a tensor was changed in place since.");
        }
        says
    }

    /// Whether the cell of the result is not what its window gives.
    fn differs(&self, under: &Under) -> bool {
        let products = || cells(under).filter_map(Cell::product);
        let size = 1.0 + products().map(f64::abs).sum::<f64>();
        let given = match self.sliding.moves {
            Moves::Largest => products().fold(f64::NEG_INFINITY, f64::max),
            _ => products().sum::<f64>() / under.divisor,
        };
        (given - under.value).abs() > 1e-3 * size
    }
}

fn cells(under: &Under) -> impl Iterator<Item = &Cell> {
    under.layers.iter().flat_map(|layer| &layer.cells)
}

fn number(cell: &Cell) -> Option<(f64, Option<f64>)> {
    match cell.found {
        Found::Number(x) => Some((x, cell.weight)),
        _ => None,
    }
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use gradloom_protocol::{Moves, Number, Sliding, Summary};

    use super::super::{Part, Scene};
    use crate::model::fixture;

    fn part(name: &str, shape: &[u64], numbers: &[f64]) -> Part {
        let held = Summary {
            shape: shape.to_vec(),
            numbers: numbers.iter().copied().map(Number).collect(),
            ..fixture::scalar(0.0)
        };
        Part { name: name.into(), numbers: Arc::new(held), range: (0.0, 1.0) }
    }

    fn slide(moves: Moves, rank: u32, kernel: [u64; 2], places: [u64; 2]) -> Sliding {
        Sliding { moves, rank, kernel, stride: [1; 2], padding: [0; 2], dilation: [1; 2], places }
    }

    /// `F.conv1d(x, w, padding=1, stride=2)` of PyTorch.
    #[test]
    fn a_convolution_pads_and_strides() {
        let mut sliding = slide(Moves::Convolution(1), 1, [1, 3], [1, 3]);
        (sliding.stride, sliding.padding) = ([1, 2], [0, 1]);
        let scene = Scene {
            sliding,
            input: part("x", &[1, 1, 6], &[0.0, 1.0, 3.0, 1.0, 0.0, 2.0]),
            other: Some(part("w", &[1, 1, 3], &[1.0, 2.0, -1.0])),
            output: part("y", &[1, 1, 3], &[-1.0, 6.0, -1.0]),
        };
        assert_eq!(scene.extent(), [(0, 1), (-1, 7)]);
        let told = |cell| {
            let under = scene.under(cell);
            (scene.cell_name(&under), scene.sum(&under), scene.sentence(&under))
        };
        let (name, sum, says) = told(0);
        assert_eq!((&*name, &*sum), ("y[0, 0, 0]", "0 · 2 + 1 · (-1)"));
        assert!(says.ends_with("1 of the 3 cells under it is padding, which counts as 0."), "{says}");
        assert_eq!(told(1).1, "1 · 1 + 3 · 2 + 1 · (-1)");
        assert!((0..3).all(|cell| !scene.differs(&scene.under(cell))));
    }

    /// `F.conv2d(x, w, groups=2)` of PyTorch, x of 4 and y of 2 channels of one cell: each sees two of them.
    #[test]
    fn groups_of_channels_do_not_meet() {
        let scene = Scene {
            sliding: slide(Moves::Convolution(2), 2, [1, 1], [1, 1]),
            input: part("x", &[1, 4, 1, 1], &[1.0, 2.0, 3.0, 4.0]),
            other: Some(part("w", &[2, 2, 1, 1], &[10.0, 100.0, 20.0, 200.0])),
            output: part("y", &[1, 2, 1, 1], &[210.0, 860.0]),
        };
        assert_eq!(scene.sum(&scene.under(1)), "3 · 20 + 4 · 200");
        assert!((0..2).all(|cell| !scene.differs(&scene.under(cell))));
    }

    /// `F.conv_transpose1d(x, w, stride=2, padding=1)` of PyTorch.
    #[test]
    fn a_transposed_convolution_meets_what_covers_the_cell() {
        let mut sliding = slide(Moves::Transpose(1), 1, [1, 3], [1, 3]);
        (sliding.stride, sliding.padding) = ([1, 2], [0, 1]);
        let scene = Scene {
            sliding,
            input: part("x", &[1, 1, 3], &[1.0, 2.0, 3.0]),
            other: Some(part("w", &[1, 1, 3], &[1.0, 10.0, 100.0])),
            output: part("y", &[1, 1, 5], &[10.0, 102.0, 20.0, 203.0, 30.0]),
        };
        let sums: Vec<String> = (0..3).map(|cell| scene.sum(&scene.under(cell))).collect();
        assert_eq!(sums, ["1 · 10", "2 · 1 + 1 · 100", "2 · 10"]);
        assert!((0..5).all(|cell| !scene.differs(&scene.under(cell))));
    }

    /// `F.max_pool1d(x, 2, return_indices=True)` and `F.avg_pool1d(x, 3, 2, 1, True, False)` of PyTorch.
    #[test]
    fn pools_tell_the_winner_and_the_divisor() {
        let mut sliding = slide(Moves::Largest, 1, [1, 2], [1, 2]);
        sliding.stride = [1, 2];
        let largest = Scene {
            sliding,
            input: part("x", &[1, 1, 4], &[1.0, 3.0, 4.0, 4.0]),
            other: Some(part("at", &[1, 1, 2], &[1.0, 2.0])),
            output: part("y", &[1, 1, 2], &[3.0, 4.0]),
        };
        let under = largest.under(1);
        assert_eq!((under.winner, largest.sum(&under)), (Some([0, 2]), "max(4, 4)".into()));
        assert!(largest.sentence(&under).contains("2 are equally large: the first of them wins."));

        let mut sliding = slide(Moves::Mean { padded: false, divisor: None }, 1, [1, 3], [1, 4]);
        (sliding.stride, sliding.padding) = ([1, 2], [0, 1]);
        let mean = Scene {
            sliding,
            input: part("x", &[1, 1, 7], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]),
            other: None,
            output: part("y", &[1, 1, 4], &[1.5, 3.0, 5.0, 6.5]),
        };
        assert_eq!(mean.sum(&mean.under(0)), "(1 + 2) / 2");
        assert_eq!(mean.sum(&mean.under(3)), "(6 + 7) / 2");
        assert!((0..4).all(|cell| !mean.differs(&mean.under(cell))));
    }
}
