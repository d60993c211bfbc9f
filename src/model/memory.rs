//! A tensor's memory as a line of cells, and how its index walks over it.

use super::node::NodeView;
use super::number;
use super::view::View;

/// Longer lines of memory, and tensors with more entries, are not drawn.
const MOST: u64 = 64;
/// What the dimensions' indices are called.
const LETTERS: [&str; 5] = ["i", "j", "k", "l", "m"];

/// A cell of the storage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Its number, as far as a node that was told shows it.
    pub value: Option<f64>,
    /// The first of the tensor's entries that lies here.
    pub entry: Option<usize>,
}

/// The storage of a tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// All cells that are known of.
    pub cells: Vec<Cell>,
    /// Where each entry of the tensor lies, in the order of its index.
    pub walk: Vec<usize>,
    /// What the others are called that have their numbers here.
    pub shared: Vec<String>,
}

/// The index of the `nth` entry, row by row.
fn index(node: &NodeView, nth: u64) -> Vec<u64> {
    let mut rest = nth;
    let mut index: Vec<u64> = node
        .shape
        .iter()
        .rev()
        .map(|&size| {
            let at = rest % size.max(1);
            rest /= size.max(1);
            at
        })
        .collect();
    index.reverse();
    index
}

fn place(node: &NodeView, index: &[u64]) -> u64 {
    let steps = index.iter().zip(&node.strides).map(|(at, stride)| at.saturating_mul(*stride));
    steps.fold(node.offset, u64::saturating_add)
}

fn entries(node: &NodeView) -> u64 {
    node.shape.iter().fold(1, |all, size| all.saturating_mul(*size))
}

/// One past the last cell of a tensor; `None` for one without entries, and one whose strides are not known.
fn end(node: &NodeView) -> Option<u64> {
    if node.storage == 0 || node.strides.len() != node.shape.len() {
        return None;
    }
    entries(node).checked_sub(1).map(|last| place(node, &index(node, last)) + 1)
}

/// Where an entry lies, as a rule: `2 + 4i + j`. `None` for scalars, and where the strides are not known.
pub fn rule(node: &NodeView) -> Option<String> {
    end(node)?;
    if node.shape.is_empty() || node.shape.len() > LETTERS.len() {
        return None;
    }
    let letters = LETTERS.get(..node.shape.len()).unwrap_or_default();
    let mut terms: Vec<String> = Vec::new();
    if node.offset > 0 {
        terms.push(node.offset.to_string());
    }
    for (stride, letter) in node.strides.iter().zip(letters) {
        terms.push(if *stride == 1 { letter.to_string() } else { format!("{stride}{letter}") });
    }
    Some(format!("[{}] at {}", letters.join(", "), terms.join(" + ")))
}

/// Where one entry lies, worked out: `t[3, 1] at 3·1 + 1·4 = 7`.
pub fn told(node: &NodeView, nth: usize) -> String {
    let index = index(node, nth as u64);
    let mut terms: Vec<String> = if node.offset > 0 { vec![node.offset.to_string()] } else { Vec::new() };
    terms.extend(index.iter().zip(&node.strides).map(|(at, stride)| format!("{at}·{stride}")));
    let listed: Vec<String> = index.iter().map(u64::to_string).collect();
    format!("{}[{}] at {} = {}", node.label(), listed.join(", "), terms.join(" + "), place(node, &index))
}

impl Memory {
    /// The memory of a node's tensor, if it is short enough to be drawn.
    pub fn of(view: &View, node: &NodeView) -> Option<Memory> {
        let own = end(node)?;
        let others =
            || view.nodes.iter().filter(|other| other.storage == node.storage && other.id != node.id);
        let length = others().filter_map(|other| end(other)).fold(own, u64::max);
        if node.shape.is_empty() || length > MOST || entries(node) > MOST {
            return None;
        }
        let mut cells = vec![Cell::default(); length as usize];
        for shown in others().map(AsRef::as_ref).chain([node]) {
            let Some(value) = shown.value.as_deref().filter(|value| value.exact && end(shown).is_some())
            else {
                continue;
            };
            for (nth, x) in value.numbers.iter().enumerate() {
                if let Some(cell) = cells.get_mut(place(shown, &index(shown, nth as u64)) as usize) {
                    cell.value = Some(x.0);
                }
            }
        }
        let walk: Vec<usize> =
            (0..entries(node)).map(|nth| place(node, &index(node, nth)) as usize).collect();
        for (nth, place) in walk.iter().enumerate() {
            if let Some(cell) = cells.get_mut(*place) {
                cell.entry.get_or_insert(nth);
            }
        }
        let mut shared: Vec<String> = others().map(|other| other.label().to_string()).collect();
        shared.dedup();
        Some(Memory { cells, walk, shared })
    }
}

/// The index of an entry as it is written under its cell: `1,2`.
pub fn short_index(node: &NodeView, nth: usize) -> String {
    index(node, nth as u64).iter().map(u64::to_string).collect::<Vec<_>>().join(",")
}

/// A cell's number; a question mark where no node shows it.
pub fn cell_text(cell: &Cell) -> String {
    cell.value.map_or_else(|| "?".into(), number::short)
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, log::Log};
    use super::*;
    use gradloom_protocol::{Event, Number};

    /// `a = torch.arange(12.).reshape(3, 4)`, `t = a.t()` and `column = a[:, 1]`, as PyTorch's `stride()` and
    /// `storage_offset()` tell them.
    fn view() -> View {
        let mut log = Log::default();
        let tensor = |id: u64, name: &str, shape: &[u64], strides: &[u64], offset: u64| {
            let mut node = fixture::node(id, id, name, "", 1);
            (node.shape, node.strides, node.offset) = (shape.to_vec(), strides.to_vec(), offset);
            node.storage = 7;
            Event::Node(node)
        };
        log.push(tensor(1, "a", &[3, 4], &[4, 1], 0));
        log.push(tensor(2, "t", &[4, 3], &[1, 4], 0));
        log.push(tensor(3, "column", &[3], &[4], 1));
        let mut summary = fixture::scalar(0.0);
        (summary.rows, summary.cols, summary.shape) = (3, 4, vec![3, 4]);
        summary.numbers = (0..12).map(|x| Number(f64::from(x) + 0.5)).collect();
        log.push(Event::Value { node: 1, summary, changed: String::new() });
        log.newest().clone()
    }

    #[test]
    fn a_view_walks_over_the_memory_of_its_base() {
        let view = view();
        let node = |id| view.node(id).expect("told");
        let memory = Memory::of(&view, node(2)).expect("twelve cells");
        assert_eq!(memory.walk, [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        assert_eq!(memory.shared, ["a", "column"]);
        // The numbers come from the base: nobody told those of the view.
        assert_eq!(memory.cells[7], Cell { value: Some(7.5), entry: Some(10) });
        assert_eq!(rule(node(2)).as_deref(), Some("[i, j] at i + 4j"));
        assert_eq!(told(node(2), 10), "t[3, 1] at 3·1 + 1·4 = 7");
        let column = Memory::of(&view, node(3)).expect("short");
        assert_eq!((column.cells.len(), column.walk.as_slice()), (12, &[1, 5, 9][..]));
        assert_eq!(told(node(3), 2), "column[2] at 1 + 2·4 = 9");
        assert_eq!(column.cells[0].entry, None);
    }

    #[test]
    fn what_is_expanded_lies_in_one_cell() {
        let mut node = NodeView::new(&fixture::node(1, 1, "e", "", 1));
        (node.shape, node.strides, node.storage) = (vec![2, 3], vec![1, 0], 3);
        let memory = Memory::of(&View::default(), &node).expect("two cells");
        assert_eq!((memory.cells.len(), memory.walk), (2, vec![0, 0, 0, 1, 1, 1]));
        node.shape = vec![0, 3];
        assert_eq!(Memory::of(&View::default(), &node), None);
        node.shape = vec![u64::MAX, u64::MAX];
        assert_eq!(Memory::of(&View::default(), &node), None);
    }
}
