use serde::{Deserialize, Serialize};

use crate::{Number, Sliding};

/// The number of a run; later runs have larger numbers.
pub type RunId = u32;

/// A tensor's number in its run, given in the order of creation. The node of an operation has the number of its
/// output tensor.
pub type NodeId = u64;

/// One event of a run, as it travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The run that it belongs to.
    pub run: RunId,
    /// What happened.
    pub event: Event,
}

/// A place in the source: byte offsets, and where that is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column of `start` in characters, from 0.
    pub column: u32,
    /// Line of `end`, from 1.
    pub end_line: u32,
    /// Column of `end` in characters, from 0.
    pub end_column: u32,
}

/// One level of the call stack, outermost first: `<module>` comes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The function's name, `<module>` for the file.
    pub function: String,
    /// The line that it stands at, from 1.
    pub line: u32,
}

/// The numbers of a tensor as far as a page can show them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Sizes; empty for a scalar.
    pub shape: Vec<u64>,
    /// `float32`, `float64`, `int64` or `bool`.
    pub dtype: String,
    /// Rows of `numbers`.
    pub rows: u32,
    /// Columns of `numbers`.
    pub cols: u32,
    /// Row-major. All values where `exact`, else each the mean of a block of the tensor seen as a matrix: all
    /// dimensions but the last make its rows.
    pub numbers: Vec<Number>,
    /// Whether `numbers` are the values themselves.
    pub exact: bool,
    /// Smallest value, NaN left out; NaN where there is none.
    pub min: Number,
    /// Largest value, NaN left out; NaN where there is none.
    pub max: Number,
    /// Mean of all values.
    pub mean: Number,
    /// How many are zero.
    pub zeros: u64,
    /// How many are NaN.
    pub nans: u64,
    /// A scalar as Python prints the number, such as `2.0` or `True`; empty otherwise.
    pub text: String,
}

/// What an operation was applied to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// A tensor.
    Node(NodeId),
    /// A Python number, drawn as a constant.
    Constant(Number),
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeKind {
    /// A tensor that no recorded operation made and that asks for a gradient.
    Leaf,
    /// A tensor that no recorded operation made: data.
    Data,
    /// An operation that autograd recorded.
    Tracked,
    /// An operation outside the tape: `no_grad`, `detach`, or nothing that asks for a gradient.
    Untracked,
}

/// A tensor that a node keeps for its backward rule: one of its inputs, its result, or another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The tensor.
    pub tensor: NodeId,
    /// Its size.
    pub bytes: u64,
}

/// An operation applied, or a tensor made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its tensor.
    pub id: NodeId,
    /// What it is.
    pub kind: NodeKind,
    /// The operator's name as PyTorch's, `add`, `mm`, `randn`; `tensor` for a literal.
    pub op: String,
    /// How the operator reads, with `x`, `y`, … for its inputs: `x + y`.
    pub formula: String,
    /// What it was applied to, in order.
    pub inputs: Vec<Input>,
    /// How a window moves over the first of them, where one does.
    pub sliding: Option<Sliding>,
    /// Sizes of the result.
    pub shape: Vec<u64>,
    /// Elements from one index to the next, for each dimension; empty where the tensor was gone before it was told.
    pub strides: Vec<u64>,
    /// Where its first element lies in its storage, in elements.
    pub offset: u64,
    /// The storage's number: tensors that have the same one share their memory.
    pub storage: u64,
    /// The tensors that it keeps for its backward rule.
    pub saved: Vec<Saved>,
    /// Whether it let go of them already.
    pub freed: bool,
    /// Its dtype.
    pub dtype: String,
    /// `cpu` or `cuda`.
    pub device: String,
    /// Where in the source.
    pub span: Span,
    /// Which instruction of the program made it, counted as they were executed: all that one operator, or one call of a
    /// library, made has the same.
    pub step: u64,
    /// The call stack that made it, outermost first. The call of a module of `torch.nn` is a frame with the name of the
    /// module's class, so that what a module computes can be drawn as one box.
    pub stack: Vec<Frame>,
    /// Which pass of the training loop, from 0; `None` before the loop.
    pub pass: Option<u64>,
    /// A number that is the same for the same place in every pass, so that the node keeps its place on the sheet.
    pub place: u64,
}

/// What one input of a node receives in the backward pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Which input of the node, from 0.
    pub input: u32,
    /// The tensor that receives it.
    pub to: NodeId,
    /// ∂(node)/∂(input) as numbers, where the operator works element by element.
    pub local: Option<Summary>,
    /// ∂(node)/∂(input) as a formula in `x`, `y`, … (the inputs), `out` and `g` (what arrives): `g · y`, `g @ yᵀ`.
    pub rule: String,
    /// What goes to the input: upstream × local, summed over broadcast dimensions.
    pub value: Summary,
}

/// One node of a backward pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backward {
    /// The node.
    pub node: NodeId,
    /// Everything that arrived at it, already added.
    pub upstream: Summary,
    /// What it hands on, by input.
    pub contributions: Vec<Contribution>,
    /// Whether it let go of what it kept: it cannot run again.
    pub freed: bool,
    /// Which node of the pass this is, from 1.
    pub step: u32,
    /// How many nodes the pass has.
    pub steps: u32,
}

/// A variable of the current function or of the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value's type, `Tensor`, `ndarray`, `int`, `function`.
    pub kind: String,
    /// A short `repr`, cut at 80 characters; empty for tensors.
    pub text: String,
    /// The tensor or array behind it.
    pub node: Option<NodeId>,
    /// Its value's gradient where it has one (`.grad`).
    pub grad: Option<NodeId>,
    /// The line that bound it last, from 1; 0 when unknown.
    pub line: u32,
}

/// A name for a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Binding {
    /// The variable's name.
    pub name: String,
    /// The tensor it names now.
    pub node: NodeId,
    /// The line that bound it, from 1.
    pub line: u32,
}

/// Where the program stands: a moment on the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// About to be executed, from 1.
    pub line: u32,
    /// The call stack, outermost first.
    pub stack: Vec<Frame>,
    /// Which pass of the training loop.
    pub pass: Option<u64>,
}

/// How far the outermost loop of known length is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopProgress {
    /// The loop's line, from 1.
    pub line: u32,
    /// Turns done.
    pub done: u64,
    /// Turns in all.
    pub total: u64,
}

/// A value of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// How many `backward()` (or turns of the loop) went before.
    pub step: u64,
    /// The value.
    pub value: Number,
}

/// Why a run paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseReason {
    /// A step is done.
    Step,
    /// Asked for.
    Pause,
    /// A breakpoint or the line of `RunTo`.
    Breakpoint,
}

/// The run stands still and waits for a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paused {
    /// Why.
    pub reason: PauseReason,
    /// The line about to be executed or in execution, from 1.
    pub line: u32,
}

/// A refusal with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Python's class: `SyntaxError`, `NameError`, `RuntimeError`, …
    pub kind: String,
    /// What happened, in one or few sentences.
    pub message: String,
    /// What to do instead; empty where Python's own message says it.
    pub help: String,
    /// Where; `None` where no place is known.
    pub span: Option<Span>,
    /// Which functions were being executed, outermost first.
    pub stack: Vec<Frame>,
    /// The whole text as Python prints it.
    pub traceback: String,
}

/// The device behind `cuda`, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeviceInfo {
    /// Where tensors without a named device are made: `cpu` or `cuda`.
    pub default: String,
    /// The GPU's name, `None` without one.
    pub gpu: Option<String>,
    /// Why there is no GPU; empty with one.
    pub reason: String,
}

/// Exact counters of the GPU since the session began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Kernels started.
    pub dispatches: u64,
    /// Command buffers submitted.
    pub submits: u64,
    /// Buffers made and not reused from the pool.
    pub buffers: u64,
    /// Bind groups made and not found in the cache.
    pub bind_groups: u64,
    /// Pipelines compiled.
    pub pipelines: u64,
    /// Bytes held by live tensors on the GPU.
    pub bytes: u64,
    /// Read-backs.
    pub reads: u64,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A run is loaded and stands before its first line.
    Loaded(DeviceInfo),
    /// The program stands before a line: a moment on the timeline.
    Line(Line),
    /// A node; its value follows as [`Event::Value`].
    Node(Node),
    /// The numbers of a tensor, or its new numbers after a change in place.
    Value {
        /// Which tensor.
        node: NodeId,
        /// Its numbers.
        summary: Summary,
        /// The operator that changed it in place, `sub_`; empty for its first value.
        changed: String,
    },
    /// Names changed: nodes carry these names from now on.
    Bindings(Vec<Binding>),
    /// The variables of the current function, all of them.
    Variables(Vec<Variable>),
    /// A backward pass begins at this node with this gradient: a moment on the timeline.
    BackwardStarted {
        /// The root, usually the loss.
        node: NodeId,
        /// Its gradient, 1 for a scalar.
        seed: Summary,
        /// How many nodes the pass has.
        steps: u32,
    },
    /// One node of a backward pass: a moment on the timeline.
    Backward(Backward),
    /// A leaf's `.grad` has a new value: everything that arrived is added to what was there.
    Gradient {
        /// The leaf.
        node: NodeId,
        /// What this pass brought.
        arrived: Summary,
        /// `.grad` now.
        total: Summary,
    },
    /// The backward pass is over: a moment on the timeline.
    BackwardFinished,
    /// A new pass of the training loop begins; its nodes take the places of the last pass's.
    Pass(u64),
    /// Passes from here on are counted, not drawn, until the run pauses or ends.
    Condensed,
    /// The program wrote a file, or removed it; told when the run rests.
    File {
        /// Its path, as the program names it.
        name: String,
        /// All of it; `None` where it is gone.
        bytes: Option<Vec<u8>>,
    },
    /// Text printed.
    Output {
        /// The text, with its line ends.
        text: String,
        /// The line that printed it, from 1.
        line: u32,
        /// Whether it was printed to `sys.stderr`.
        error: bool,
    },
    /// A figure that the program drew. A page shows it as an image and never as markup: whatever the text is, it cannot
    /// act.
    Figure {
        /// The picture, as SVG.
        svg: String,
        /// The line that showed it, from 1.
        line: u32,
    },
    /// More points of the loss curve.
    Losses(Vec<Point>),
    /// The outermost loop moved on.
    Progress(LoopProgress),
    /// The run waits for a command.
    Paused(Paused),
    /// The run ended with an error.
    Failed(Diagnostic),
    /// The run ended.
    Finished,
    /// The run was stopped by [`crate::Command::Stop`].
    Stopped,
    /// The GPU's counters.
    Stats(Stats),
}
