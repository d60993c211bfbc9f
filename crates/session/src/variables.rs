//! Names: which node carries which, and what the variables hold.

use std::collections::HashMap;

use gradloom_engine::{Array, Read, Tensor};
use gradloom_protocol::{Binding, Event, NodeId, Variable};
use gradloom_python::Value;
use gradloom_python::machine::Machine;

use crate::nodes::Nodes;
use crate::queue::Queue;
use crate::summary::number_text;

/// Characters of a variable's text at most.
const TEXT: usize = 80;

/// Modules in modules, and parameters of one variable, that are named at most.
const DEEP: usize = 8;
const PARAMETERS: usize = 100;

/// What was told last.
#[derive(Default)]
pub struct Variables {
    bound: HashMap<String, NodeId>,
    told: Vec<Variable>,
}

impl Variables {
    /// Tells what changed: names of nodes, and the variables of the current function.
    pub fn tell(&mut self, machine: &Machine, nodes: &mut Nodes, queue: &mut Queue) {
        let frame = machine.depth().saturating_sub(1);
        let mut variables = Vec::new();
        let mut bindings = Vec::new();
        for binding in machine.variables(frame) {
            if matches!(binding.value, Value::Module(_) | Value::Native(_) | Value::Type(_)) {
                continue;
            }
            let tensor = tensor(&binding.value);
            if let Some(node) = tensor.as_ref().and_then(|t| nodes.promoted(t)) {
                queue.push(Event::Node(node));
            }
            let node = tensor.as_ref().map(Tensor::id);
            let mut named = Vec::new();
            match node {
                Some(node) => named.push((binding.name.to_string(), node)),
                // What a function calls `self` has a name outside of it.
                None if frame == 0 => parameters(&binding.value, &binding.name, DEEP, &mut named),
                None => {}
            }
            for (name, node) in named {
                if self.bound.insert(name.clone(), node) != Some(node) {
                    bindings.push(Binding { name, node, line: binding.line });
                }
            }
            variables.push(Variable {
                name: binding.name.to_string(),
                kind: binding.value.type_name(),
                text: if tensor.is_some() { String::new() } else { brief(&binding.value) },
                node,
                grad: tensor.as_ref().and_then(Tensor::grad).map(|g| g.id()),
                line: binding.line,
            });
        }
        if !bindings.is_empty() {
            queue.push(Event::Bindings(bindings));
        }
        if variables != self.told {
            self.told.clone_from(&variables);
            queue.push(Event::Variables(variables));
        }
    }

    /// The number in the module's variable `loss`, if there is one.
    pub fn loss(&self, machine: &Machine) -> Option<Read> {
        let value = machine.global("loss")?;
        match (tensor(value), value.number()) {
            (Some(tensor), _) if tensor.count() == 1 => tensor.read().ok(),
            (None, Some(x)) => Some(Read::ready(Array::F64(vec![x.to_f64()]).into())),
            _ => None,
        }
    }
}

/// The tensor that holds a value, or stands behind it: a node of a static graph has the one of its last run.
fn tensor(value: &Value) -> Option<Tensor> {
    match value {
        Value::Instance(instance) => instance.names.borrow().get("_tensor")?.as_tensor().cloned(),
        other => other.tensor().cloned(),
    }
}

/// The parameters of a module, and of the modules that are its attributes, as `model.0.weight`.
fn parameters(value: &Value, name: &str, deep: usize, named: &mut Vec<(String, NodeId)>) {
    let Value::Instance(instance) = value else { return };
    for (attribute, value) in instance.names.borrow().all() {
        if deep == 0 || named.len() >= PARAMETERS {
            return;
        }
        let name = || format!("{name}.{attribute}");
        match value.tensor() {
            Some(tensor) if tensor.is_parameter() => named.push((name(), tensor.id())),
            Some(_) => {}
            None if matches!(value, Value::Instance(_)) => parameters(&value, &name(), deep - 1, named),
            None => {}
        }
    }
}

/// A short text for a value, made without running code of the program.
fn brief(value: &Value) -> String {
    let mut text = String::new();
    write(value, 2, &mut text);
    if text.chars().count() > TEXT {
        text = text.chars().take(TEXT - 1).chain(['…']).collect();
    }
    text
}

fn write(value: &Value, depth: usize, out: &mut String) {
    if let Some(number) = value.number() {
        return out.push_str(&number_text(number));
    }
    match value {
        Value::None => out.push_str("None"),
        Value::Str(text) => {
            let start: String = text.chars().take(TEXT).collect();
            out.push_str(&gradloom_python::quote(&start));
        }
        Value::List(list) if depth > 0 => items(&list.items.borrow(), ['[', ']'], depth, out),
        Value::Tuple(tuple) if depth > 0 => items(&tuple.items, ['(', ')'], depth, out),
        other => {
            out.push('<');
            out.push_str(&other.type_name());
            out.push('>');
        }
    }
}

fn items(items: &[Value], [open, close]: [char; 2], depth: usize, out: &mut String) {
    out.push(open);
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        if out.len() > TEXT {
            out.push('…');
            break;
        }
        write(item, depth - 1, out);
    }
    out.push(close);
}
