//! Where gradients go, and who wants to see them on their way.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Node;
use crate::Tensor;

/// Where the gradient of a tensor goes.
#[derive(Clone)]
pub enum Edge {
    /// Nowhere: a number, or a tensor that asks for nothing.
    Nowhere,
    /// To the node that made the tensor, as which of its outputs.
    Node(Rc<Node>, usize),
    /// To a leaf's `.grad`.
    Leaf(Tensor),
}

impl Edge {
    /// Whether nothing flows along it.
    pub fn is_nowhere(&self) -> bool {
        matches!(self, Edge::Nowhere)
    }

    /// Whether both lead to the same place.
    pub fn is(&self, other: &Edge) -> bool {
        match (self, other) {
            (Edge::Node(a, i), Edge::Node(b, k)) => Rc::ptr_eq(a, b) && i == k,
            (Edge::Leaf(a), Edge::Leaf(b)) => a.is(b),
            _ => false,
        }
    }
}

/// When a hook is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookPoint {
    /// When everything has arrived at an output of the node (0 for a leaf): with the gradient, which it may replace.
    Arrived(usize),
    /// Before a node runs: with the gradients of all its outputs.
    Before,
    /// After a node ran: with the gradients of its inputs and of its outputs.
    After,
    /// After a leaf's `.grad` was updated: with the leaf.
    Accumulated,
}

/// A function to be called in a backward pass. The engine keeps it; whoever drives the pass knows what it is and
/// calls it.
pub type Hook = Rc<dyn Any>;

/// The hooks of a node or a leaf, in the order in which they were registered.
#[derive(Default)]
pub struct Hooks {
    next: Cell<u64>,
    list: RefCell<Vec<(u64, HookPoint, Hook)>>,
}

impl Hooks {
    /// Adds a hook; the number removes it.
    pub fn add(&self, point: HookPoint, hook: Hook) -> u64 {
        let id = self.next.replace(self.next.get() + 1);
        self.list.borrow_mut().push((id, point, hook));
        id
    }

    /// Removes a hook.
    pub fn remove(&self, id: u64) {
        self.list.borrow_mut().retain(|(held, ..)| *held != id);
    }

    /// The hooks to be called at this point.
    pub fn at(&self, point: HookPoint) -> Vec<Hook> {
        self.list.borrow().iter().filter(|(_, p, _)| *p == point).map(|(.., hook)| hook.clone()).collect()
    }
}

/// Hooks that most nodes and leaves never have.
#[derive(Default)]
pub(crate) struct HookList(RefCell<Option<Rc<Hooks>>>);

impl HookList {
    /// The hooks, made when first asked for.
    pub fn get(&self) -> Rc<Hooks> {
        self.0.borrow_mut().get_or_insert_default().clone()
    }

    /// The hooks for this point.
    pub fn at(&self, point: HookPoint) -> Vec<Hook> {
        self.0.borrow().as_ref().map_or_else(Vec::new, |hooks| hooks.at(point))
    }
}
