//! What switches the tape on and off, and what stands behind `grad_fn`.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use gradloom_engine::Tensor;
use gradloom_engine::autograd::{Edge, Node};

use crate::context::{Context, Task, TaskState};
use crate::modules::tables::{joined, rows};
use crate::native::{Args, Getter, Native, Result, TypeTable};
use crate::value::{Object, Value};

use super::objects::object;

/// `torch.no_grad()` and its relatives: recording is so inside the block, and as before after it.
pub struct GradMode {
    switch: Switch,
    before: Cell<Option<(bool, bool)>>,
    table: &'static TypeTable,
}

impl Object for GradMode {
    fn table(&self) -> &'static TypeTable {
        self.table
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// What a mode switches.
#[derive(Clone, Copy)]
enum Switch {
    /// Recording, on or off.
    Grad(bool),
    /// Inference mode, on or off; on, nothing is recorded either.
    Inference(bool),
}

impl Switch {
    /// Switches, and says how recording and inference mode were.
    fn throw(self, cx: &Context) -> (bool, bool) {
        match self {
            Switch::Grad(on) => (cx.engine.set_grad_enabled(on), cx.engine.inference()),
            Switch::Inference(on) => (cx.engine.set_grad_enabled(!on), cx.engine.set_inference(on)),
        }
    }
}

/// As it was.
fn restore(cx: &Context, (grad, inference): (bool, bool)) {
    cx.engine.set_grad_enabled(grad);
    cx.engine.set_inference(inference);
}

fn mode(switch: Switch, table: &'static TypeTable) -> Value {
    Value::new_object(GradMode { switch, before: Cell::new(None), table })
}

fn enter(cx: &mut Context, value: &Value) -> Result {
    if let Some(mode) = value.object::<GradMode>() {
        mode.before.set(Some(mode.switch.throw(cx)));
    }
    Ok(Value::None)
}

fn exit(cx: &mut Context, value: &Value, _exception: Option<&Value>) -> Result<bool> {
    if let Some(before) = value.object::<GradMode>().and_then(|m| m.before.take()) {
        restore(cx, before);
    }
    Ok(false)
}

/// `@torch.no_grad()`: the function that runs in this mode.
fn decorate(cx: &mut Context, args: &Args) -> Result {
    let Some(mode) = args[0].object::<GradMode>() else { return Ok(args[1].clone()) };
    // `set_grad_enabled` has switched already; as a decorator it is to switch in the calls only.
    if let Some(before) = mode.before.take() {
        restore(cx, before);
    }
    Ok(Value::new_object(Decorated { switch: mode.switch, function: args[1].clone() }))
}

/// A function of the program that runs with recording on or off.
pub struct Decorated {
    switch: Switch,
    function: Value,
}
object!(Decorated, DECORATED);

fn call_decorated(cx: &mut Context, args: &Args) -> Result {
    let Some(decorated) = args[0].object::<Decorated>() else { return Ok(Value::None) };
    let keywords: Vec<(Rc<str>, Value)> = match &args[2] {
        Value::Dict(dict) => {
            let map = dict.map.borrow();
            map.iter()
                .filter_map(|(k, v)| if let Value::Str(k) = k { Some((k.clone(), v.clone())) } else { None })
                .collect()
        }
        _ => Vec::new(),
    };
    cx.run(|| {
        Box::new(Guarded {
            switch: decorated.switch,
            function: decorated.function.clone(),
            args: args.rest(1).to_vec(),
            keywords,
            before: None,
        })
    })
}

/// A call with recording on or off, restored when it ends, in whatever way.
struct Guarded {
    switch: Switch,
    function: Value,
    args: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
    before: Option<(bool, bool)>,
}

impl Task for Guarded {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        self.before.get_or_insert_with(|| self.switch.throw(cx));
        let value = cx.call_with(&self.function, &self.args, &self.keywords)?;
        self.abandon(cx);
        Ok(TaskState::Done(value))
    }

    fn abandon(&mut self, cx: &mut Context) {
        if let Some(before) = self.before.take() {
            restore(cx, before);
        }
    }
}

/// The type of functions behind `@torch.no_grad()`.
pub static DECORATED: TypeTable = TypeTable {
    name: "function",
    call: Some(Native::new("function", "self, *args, **kwargs", call_decorated)),
    getattr: Some(|cx, v, name| match v.object::<Decorated>() {
        Some(decorated) => cx.find_attr(&decorated.function, name),
        None => Ok(None),
    }),
    ..TypeTable::EMPTY
};

const DECORATE: Native = Native::new("__call__", "self, func", decorate);

/// `torch.no_grad`
pub static NO_GRAD: TypeTable = TypeTable {
    name: "no_grad",
    module: "torch",
    new: Some(Native::new("no_grad", "func=", |_, args| made(args, Switch::Grad(false), &NO_GRAD))),
    enter: Some(enter),
    exit: Some(exit),
    call: Some(DECORATE),
    ..TypeTable::EMPTY
};

/// `torch.enable_grad`
pub static ENABLE_GRAD: TypeTable = TypeTable {
    name: "enable_grad",
    module: "torch",
    new: Some(Native::new("enable_grad", "func=", |_, args| made(args, Switch::Grad(true), &ENABLE_GRAD))),
    enter: Some(enter),
    exit: Some(exit),
    call: Some(DECORATE),
    ..TypeTable::EMPTY
};

/// `torch.inference_mode`
pub static INFERENCE_MODE: TypeTable = TypeTable {
    name: "inference_mode",
    module: "torch",
    new: Some(Native::new("inference_mode", "mode=", |cx, args| match args.get(0) {
        Some(on @ Value::Bool(_)) => Ok(mode(Switch::Inference(cx.truth(on)?), &INFERENCE_MODE)),
        _ => made(args, Switch::Inference(true), &INFERENCE_MODE),
    })),
    enter: Some(enter),
    exit: Some(exit),
    call: Some(DECORATE),
    ..TypeTable::EMPTY
};

/// `no_grad()`, or `@no_grad` without parentheses.
fn made(args: &Args, switch: Switch, table: &'static TypeTable) -> Result {
    Ok(match args.get(0) {
        Some(function) => Value::new_object(Decorated { switch, function: function.clone() }),
        None => mode(switch, table),
    })
}

/// `torch.set_grad_enabled(mode)`: switches at once, and back where it is used in a `with` statement.
pub static SET_GRAD_ENABLED: TypeTable = TypeTable {
    name: "set_grad_enabled",
    module: "torch",
    new: Some(Native::new("set_grad_enabled", "mode", |cx, args| {
        let switch = Switch::Grad(cx.truth(&args[0])?);
        let before = Cell::new(Some(switch.throw(cx)));
        Ok(Value::new_object(GradMode { switch, before, table: &SET_GRAD_ENABLED }))
    })),
    enter: Some(|_, _| Ok(Value::None)),
    exit: Some(exit),
    call: Some(DECORATE),
    ..TypeTable::EMPTY
};

/// What `grad_fn` is: a node of the tape, or what adds to a leaf's gradient.
pub enum GradFn {
    /// A node.
    Node(Rc<Node>),
    /// A leaf's end of the tape.
    Leaf(Tensor),
}

impl crate::value::Object for GradFn {
    fn table(&self) -> &'static TypeTable {
        kind(&self.name())
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// The type of nodes of that name: each has its own, and there are only so many names.
fn kind(name: &str) -> &'static TypeTable {
    thread_local! {
        static KINDS: std::cell::RefCell<Vec<&'static TypeTable>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    const MOST: usize = 1000;
    let name = name.rsplit("::").next().unwrap_or_default();
    KINDS.with_borrow_mut(|kinds| {
        if let Some(kind) = kinds.iter().find(|kind| kind.name == name) {
            return *kind;
        }
        if kinds.len() >= MOST {
            return &GRAD_FN;
        }
        let kind: &'static TypeTable =
            Box::leak(Box::new(TypeTable { name: name.to_owned().leak(), ..NODE }));
        kinds.push(kind);
        kind
    })
}

/// The nodes that the program holds, so that each is one object.
#[derive(Default)]
struct Held(Vec<(usize, Weak<GradFn>)>);

impl GradFn {
    /// The place where a gradient goes, as a value; `None` for nowhere.
    pub fn value(cx: &mut Context, edge: &Edge) -> Value {
        let (address, made) = match edge {
            Edge::Nowhere => return Value::None,
            Edge::Node(node, _) => (Rc::as_ptr(node) as usize, GradFn::Node(node.clone())),
            Edge::Leaf(leaf) => (leaf.address(), GradFn::Leaf(leaf.clone())),
        };
        let Some(held) = cx.state(|_| Held::default()) else { return Value::None };
        held.0.retain(|(_, object)| object.strong_count() > 0);
        let found = held.0.iter().find(|(at, _)| *at == address).and_then(|(_, object)| object.upgrade());
        let object = found.unwrap_or_else(|| {
            let made = Rc::new(made);
            held.0.push((address, Rc::downgrade(&made)));
            made
        });
        Value::Object(object)
    }

    fn name(&self) -> String {
        match self {
            GradFn::Node(node) => grad_name(node.name()),
            GradFn::Leaf(_) => "torch::autograd::AccumulateGrad".to_owned(),
        }
    }

    /// The context of a function of the program.
    fn context(&self) -> Option<&Value> {
        match self {
            GradFn::Node(node) => super::function::context(node),
            GradFn::Leaf(_) => None,
        }
    }
}

/// PyTorch's name of a node: `MulBackward0` for `mul` and for `mul_`.
pub fn grad_name(name: &str) -> String {
    const SPECIAL: &[(&str, &str)] = &[
        ("celu_", "CeluBackward1"),
        ("clamp", "ClampBackward1"),
        ("copy", "CopyBackwards"),
        ("copy_slices", "torch::autograd::CopySlices"),
        ("elu_", "EluBackward1"),
        ("fill", "FillBackward2"),
        ("gelu_tanh", "GeluBackward0"),
        ("leaky_relu_", "LeakyReluBackward1"),
        ("log1p", "Log1PBackward0"),
        ("rsub", "RsubBackward1"),
        ("selu_", "EluBackward1"),
        ("selu", "EluBackward0"),
        ("squeeze_", "SqueezeBackward3"),
        ("t_", "TBackward1"),
        ("transpose_", "TransposeBackward1"),
        ("unsqueeze_", "UnsqueezeBackward1"),
        ("smooth_l1_loss", "SmoothL1LossBackward0"),
        ("threshold_", "ThresholdBackward1"),
        ("to", "ToCopyBackward0"),
    ];
    let base = name.trim_end_matches('_');
    if base.contains("Backward") {
        return base.to_owned();
    }
    if let Some((_, special)) = SPECIAL.iter().find(|(n, _)| *n == name || *n == base) {
        return (*special).to_owned();
    }
    let mut text = String::new();
    for word in base.split('_') {
        let mut letters = word.chars();
        text.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text + "Backward0"
}

/// Whether PyTorch's node of this operator has a place for a number too.
fn seats_numbers(node: &Node) -> bool {
    node.op().is_some_and(|op| matches!(op.doc().name, "add" | "sub" | "mul" | "div"))
}

fn next_functions(cx: &mut Context, value: &Value) -> Result {
    let Some(GradFn::Node(node)) = value.object::<GradFn>() else { return Ok(Value::tuple(Vec::new())) };
    let mut edges = seats(node);
    // What was computed to be written into part of a tensor is no node of its own in PyTorch.
    if node.name() == "copy_slices" {
        match edges.pop() {
            Some(Edge::Node(inner, _)) if inner.name().ends_with('_') => {
                edges.extend(seats(&inner).into_iter().skip(1));
            }
            Some(Edge::Nowhere) | None => {}
            Some(other) => edges.push(other),
        }
    }
    let mut pairs = Vec::new();
    for edge in &edges {
        let at = if let Edge::Node(_, i) = edge { *i } else { 0 };
        pairs.push(Value::tuple(vec![GradFn::value(cx, edge), Value::from(at)]));
    }
    Ok(Value::tuple(pairs))
}

/// Where the gradients of a node's inputs go; numbers have no place, but in few nodes.
fn seats(node: &Node) -> Vec<Edge> {
    let all = node.op().is_none() || seats_numbers(node);
    let pairs = node.edges().into_iter().zip(node.inputs());
    pairs.filter(|(_, input)| all || input.is_some()).map(|(edge, _)| edge).collect()
}

/// The type of nodes.
pub static GRAD_FN: TypeTable = NODE;

const NODE: TypeTable = TypeTable {
    name: "Node",
    repr: Some(|cx, v| {
        let function = v.object::<GradFn>();
        if let Some(context) = function.and_then(GradFn::context) {
            return cx.repr(context).map(|text| text.to_string());
        }
        let name = function.map(GradFn::name).unwrap_or_default();
        let short = name.rsplit("::").next().unwrap_or_default();
        Ok(format!("<{short} object at {:#x}>", v.address()))
    }),
    getters: &[Getter::new("next_functions", next_functions)],
    getattr: Some(|cx, v, name| match v.object::<GradFn>() {
        Some(GradFn::Leaf(leaf)) if name == "variable" => Ok(Some(Value::Tensor(leaf.clone()))),
        Some(function) => match function.context() {
            Some(context) => cx.find_attr(context, name),
            None => Ok(None),
        },
        None => Ok(None),
    }),
    methods: &NODE_METHODS,
    ..TypeTable::EMPTY
};

const NODE_METHOD_TABLES: &[&[Native]] = &[
    super::hooks::NODE_HOOKS,
    &[Native::new("name", "self", |_, args| {
        Ok(Value::from(args[0].object::<GradFn>().map(GradFn::name).unwrap_or_default()))
    })],
];
static NODE_METHODS: [Native; rows(NODE_METHOD_TABLES)] = joined(NODE_METHOD_TABLES);
