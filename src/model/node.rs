//! A node as it is drawn.

use std::sync::Arc;

use gradloom_protocol::{Frame, Input, Node, NodeId, NodeKind, Number, Saved, Sliding, Summary};

use super::number;

/// What has come to a node over one edge in the current backward pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The node it came from.
    pub from: NodeId,
    /// Which input of that node this one is.
    pub input: u32,
    /// The contribution.
    pub value: Arc<Summary>,
    /// The moment of its arrival is the current one.
    pub now: bool,
}

/// A node as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeView {
    /// Its tensor.
    pub id: NodeId,
    /// The key of its box.
    pub place: u64,
    /// Names bound to it now.
    pub names: Vec<String>,
    /// The last name that it lost.
    pub former: Option<String>,
    /// Leaf, data, tracked or untracked.
    pub kind: NodeKind,
    /// The operator.
    pub op: String,
    /// How the operator reads.
    pub formula: String,
    /// What it was applied to.
    pub inputs: Vec<Input>,
    /// How a window moves over the first of them, where one does.
    pub sliding: Option<Sliding>,
    /// Sizes of the result.
    pub shape: Vec<u64>,
    /// Elements from one index to the next, for each dimension.
    pub strides: Vec<u64>,
    /// Where its first element lies in its storage.
    pub offset: u64,
    /// The number of its storage.
    pub storage: u64,
    /// The tensors that it keeps for its backward rule.
    pub saved: Vec<Saved>,
    /// It let go of them.
    pub freed: bool,
    /// The calls that it was made in, outermost first.
    pub stack: Vec<Frame>,
    /// Which instruction of the program made it: the same for all that one call of a library made.
    pub step: u64,
    /// First and last byte of the expression that made it.
    pub bytes: (u32, u32),
    /// Its dtype.
    pub dtype: String,
    /// `cpu` or `cuda`.
    pub device: String,
    /// First and last line of the expression that made it.
    pub lines: (u32, u32),
    /// Which pass made it.
    pub pass: Option<u64>,
    /// Made in an earlier pass than the current one.
    pub stale: bool,
    /// Its numbers.
    pub value: Option<Arc<Summary>>,
    /// Its numbers with more cells, once somebody asked for them.
    pub detail: Option<Arc<Summary>>,
    /// The operator that changed it in place last; empty if none did.
    pub changed: String,
    /// `.grad` of a leaf, or all that arrived at an inner node once the pass has handed it on.
    pub gradient: Option<Arc<Summary>>,
    /// `.grad` of a leaf before the last pass added to it, where it was not empty.
    pub before: Option<Arc<Summary>>,
    /// What has arrived in the last backward pass, by the order of the nodes it came from.
    pub arrivals: Vec<Arrival>,
    /// A leaf's gradient that only was looked at: the leaf shows it already.
    pub hidden: bool,
    /// Its backward pass is not over: show sums, not totals.
    pub open: bool,
}

impl NodeView {
    /// A node that was just made: without a value, a name or a gradient.
    pub fn new(node: &Node) -> Self {
        NodeView {
            id: node.id,
            place: node.place,
            names: Vec::new(),
            former: None,
            kind: node.kind,
            op: node.op.clone(),
            formula: node.formula.clone(),
            inputs: node.inputs.clone(),
            sliding: node.sliding,
            shape: node.shape.clone(),
            strides: node.strides.clone(),
            offset: node.offset,
            storage: node.storage,
            saved: node.saved.clone(),
            freed: node.freed,
            stack: node.stack.clone(),
            step: node.step,
            bytes: (node.span.start, node.span.end),
            dtype: node.dtype.clone(),
            device: node.device.clone(),
            lines: (node.span.line, node.span.end_line.max(node.span.line)),
            pass: node.pass,
            stale: false,
            value: None,
            detail: None,
            changed: String::new(),
            gradient: None,
            before: None,
            arrivals: Vec::new(),
            hidden: node.op == "grad" && node.inputs.is_empty(),
            open: false,
        }
    }

    /// A name that it has, or had last.
    pub fn name(&self) -> Option<&str> {
        self.names.first().or(self.former.as_ref()).map(String::as_str)
    }

    /// Its name, else its operator.
    pub fn label(&self) -> &str {
        self.name().unwrap_or(&self.op)
    }

    /// Its name with its operator, where it is the work of one: `c · add`.
    pub fn title(&self) -> String {
        match self.kind {
            _ if self.op == self.label() => self.op.clone(),
            NodeKind::Leaf => format!("{} · leaf", self.label()),
            _ => format!("{} · {}", self.label(), self.op),
        }
    }

    /// Its gradient as text: a sum such as `2 + 3` while the pass is under way, then the total; a shape for tensors.
    pub fn gradient_text(&self) -> Option<String> {
        if self.open && !self.arrivals.is_empty() && self.shape.is_empty() {
            let parts = self.before.iter().chain(self.arrivals.iter().map(|arrival| &arrival.value));
            let parts: Option<Vec<_>> = parts.map(|part| number::scalar(part).map(number::short)).collect();
            if let Some(parts) = parts {
                return Some(parts.join(" + ").replace("+ -", "\u{2212} "));
            }
        }
        self.gradient_so_far().map(|summary| number::brief(&summary))
    }

    /// Its gradient in numbers: the total, or the sum of what has arrived so far.
    pub fn gradient_so_far(&self) -> Option<Arc<Summary>> {
        if self.arrivals.is_empty() || (!self.open && self.gradient.is_some()) {
            return self.gradient.clone();
        }
        let mut parts = self.before.iter().chain(self.arrivals.iter().map(|arrival| &arrival.value));
        let first = parts.next()?.clone();
        Some(parts.fold(first, |sum, part| added(&sum, part)))
    }
}

/// What a gradient held before something arrived, where it was not empty.
pub fn held(arrived: &Summary, total: &Summary) -> Option<Summary> {
    let same = |(a, b): (&Number, &Number)| a.0.to_bits() == b.0.to_bits();
    if total.numbers.len() != arrived.numbers.len() || total.numbers.iter().zip(&arrived.numbers).all(same) {
        return None;
    }
    let mut taken = arrived.clone();
    taken.numbers.iter_mut().chain([&mut taken.mean]).for_each(|x| x.0 = -x.0);
    Some(Summary::clone(&added(&Arc::new(total.clone()), &taken)))
}

/// The sum of two summaries of one shape. Means of blocks add as their tensors do; the extremes are taken from the sums.
fn added(a: &Arc<Summary>, b: &Summary) -> Arc<Summary> {
    if a.numbers.len() != b.numbers.len() || a.shape != b.shape {
        return a.clone();
    }
    let mut sum = Summary::clone(a);
    sum.text.clear();
    for (x, y) in sum.numbers.iter_mut().zip(&b.numbers) {
        x.0 += y.0;
    }
    let values = || sum.numbers.iter().map(|x| x.0).filter(|x| !x.is_nan());
    sum.min = Number(values().fold(f64::NAN, f64::min));
    sum.max = Number(values().fold(f64::NAN, f64::max));
    sum.mean.0 += b.mean.0;
    Arc::new(sum)
}
