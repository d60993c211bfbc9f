//! What switches the tape on and off, and what stands behind `grad_fn`.

use std::cell::Cell;
use std::rc::Rc;

use gradloom_engine::autograd::Node;

use crate::context::{Context, Task, TaskState};
use crate::native::{Args, Getter, Native, Result, TypeTable};
use crate::value::{Object, Value};

use super::objects::object;

/// `torch.no_grad()` and its relatives: recording is so inside the block, and as before after it.
pub struct GradMode {
    on: bool,
    before: Cell<Option<bool>>,
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

fn mode(on: bool, table: &'static TypeTable) -> Value {
    Value::new_object(GradMode { on, before: Cell::new(None), table })
}

fn enter(cx: &mut Context, value: &Value) -> Result {
    if let Some(mode) = value.object::<GradMode>() {
        mode.before.set(Some(cx.engine.set_grad_enabled(mode.on)));
    }
    Ok(Value::None)
}

fn exit(cx: &mut Context, value: &Value, _exception: Option<&Value>) -> Result<bool> {
    if let Some(before) = value.object::<GradMode>().and_then(|m| m.before.take()) {
        cx.engine.set_grad_enabled(before);
    }
    Ok(false)
}

/// `@torch.no_grad()`: the function that runs in this mode.
fn decorate(_cx: &mut Context, args: &Args) -> Result {
    let Some(mode) = args[0].object::<GradMode>() else { return Ok(args[1].clone()) };
    Ok(Value::new_object(Decorated { on: mode.on, function: args[1].clone() }))
}

/// A function of the program that runs with recording on or off.
pub struct Decorated {
    on: bool,
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
            on: decorated.on,
            function: decorated.function.clone(),
            args: args.rest(1).to_vec(),
            keywords,
            before: None,
        })
    })
}

/// A call with recording on or off, restored when it ends, in whatever way.
struct Guarded {
    on: bool,
    function: Value,
    args: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
    before: Option<bool>,
}

impl Task for Guarded {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        self.before.get_or_insert_with(|| cx.engine.set_grad_enabled(self.on));
        let value = cx.call_with(&self.function, &self.args, &self.keywords)?;
        self.abandon(cx);
        Ok(TaskState::Done(value))
    }

    fn abandon(&mut self, cx: &mut Context) {
        if let Some(before) = self.before.take() {
            cx.engine.set_grad_enabled(before);
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
    new: Some(Native::new("no_grad", "func=", |cx, args| made(cx, args, false, &NO_GRAD))),
    enter: Some(enter),
    exit: Some(exit),
    call: Some(DECORATE),
    ..TypeTable::EMPTY
};

/// `torch.enable_grad`
pub static ENABLE_GRAD: TypeTable = TypeTable {
    name: "enable_grad",
    module: "torch",
    new: Some(Native::new("enable_grad", "func=", |cx, args| made(cx, args, true, &ENABLE_GRAD))),
    enter: Some(enter),
    exit: Some(exit),
    call: Some(DECORATE),
    ..TypeTable::EMPTY
};

/// `no_grad()`, or `@no_grad` without parentheses.
fn made(_cx: &mut Context, args: &Args, on: bool, table: &'static TypeTable) -> Result {
    Ok(match args.get(0) {
        Some(function) => Value::new_object(Decorated { on, function: function.clone() }),
        None => mode(on, table),
    })
}

/// `torch.set_grad_enabled(mode)`: switches at once, and back where it is used in a `with` statement.
pub static SET_GRAD_ENABLED: TypeTable = TypeTable {
    name: "set_grad_enabled",
    module: "torch",
    new: Some(Native::new("set_grad_enabled", "mode", |cx, args| {
        let on = cx.truth(&args[0])?;
        let before = cx.engine.set_grad_enabled(on);
        Ok(Value::new_object(GradMode { on, before: Cell::new(Some(before)), table: &SET_GRAD_ENABLED }))
    })),
    enter: Some(|_, _| Ok(Value::None)),
    exit: Some(exit),
    ..TypeTable::EMPTY
};

/// What `grad_fn` is: a node of the tape, or what adds to a leaf's gradient.
pub enum GradFn {
    /// A node.
    Node(Rc<Node>),
    /// A leaf's end of the tape.
    Leaf,
}
object!(GradFn, GRAD_FN);

impl GradFn {
    fn name(&self) -> String {
        match self {
            GradFn::Node(node) => grad_name(node.name()),
            GradFn::Leaf => "torch::autograd::AccumulateGrad".to_owned(),
        }
    }
}

/// PyTorch's name of a node: `MulBackward0` for `mul` and for `mul_`.
pub fn grad_name(name: &str) -> String {
    const SPECIAL: &[(&str, &str)] = &[
        ("celu_", "CeluBackward1"),
        ("clamp", "ClampBackward1"),
        ("copy", "CopyBackwards"),
        ("elu_", "EluBackward1"),
        ("fill", "FillBackward2"),
        ("gelu_tanh", "GeluBackward0"),
        ("leaky_relu_", "LeakyReluBackward1"),
        ("log1p", "Log1PBackward0"),
        ("rsub", "RsubBackward1"),
        ("selu_", "EluBackward1"),
        ("selu", "EluBackward0"),
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

fn next_functions(_cx: &mut Context, value: &Value) -> Result {
    let Some(GradFn::Node(node)) = value.object::<GradFn>() else { return Ok(Value::tuple(Vec::new())) };
    let pairs = node.inputs().into_iter().zip(node.leaves()).map(|(input, leaf)| {
        let next = match (input, leaf) {
            (Some(node), _) => Value::new_object(GradFn::Node(node)),
            (None, Some(_)) => Value::new_object(GradFn::Leaf),
            (None, None) => Value::None,
        };
        Value::tuple(vec![next, Value::Int(0)])
    });
    Ok(Value::tuple(pairs.collect()))
}

/// The type of nodes.
pub static GRAD_FN: TypeTable = TypeTable {
    name: "Node",
    module: "torch.autograd",
    repr: Some(|_, v| {
        let name = v.object::<GradFn>().map(GradFn::name).unwrap_or_default();
        let short = name.rsplit("::").next().unwrap_or_default();
        Ok(format!("<{short} object at {:#x}>", v.address()))
    }),
    getters: &[Getter::new("next_functions", next_functions)],
    methods: &[Native::new("name", "self", |_, args| {
        Ok(Value::from(args[0].object::<GradFn>().map(GradFn::name).unwrap_or_default()))
    })],
    ..TypeTable::EMPTY
};
