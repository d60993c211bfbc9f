//! What a pass reaches, what has arrived where, and who wants it.

use std::rc::Rc;

use super::BackwardPass;
use super::edge::Edge;
use super::node::Node;
use crate::device::cpu::order::ascending;
use crate::tensor::TensorId;
use crate::{Result, Tensor, ops};

/// A node on the way of a pass.
pub(super) struct Slot {
    /// `None` once it had its turn.
    pub node: Option<Rc<Node>>,
    pub arrived: Vec<Option<Tensor>>,
    /// Whether it is to run; otherwise it is only wanted itself.
    pub runs: bool,
}

/// A leaf on the way of a pass.
pub(super) struct LeafSlot {
    pub leaf: Tensor,
    pub arrived: Option<Tensor>,
    /// How many contributions are still to come.
    pub waiting: usize,
}

/// A tensor whose gradient was asked for.
pub(super) struct Wanted {
    pub edge: Edge,
    pub gradient: Option<Tensor>,
}

impl BackwardPass {
    /// Finds all nodes that can be reached, their order, and how much each leaf is to receive.
    pub(super) fn discover(&mut self, roots: impl Iterator<Item = Edge> + Clone) {
        let mut stack: Vec<Rc<Node>> = Vec::new();
        let mut visit = |edge: &Edge, stack: &mut Vec<Rc<Node>>| {
            if let Edge::Node(node, _) = edge
                && self.places.insert(node.sequence(), 0).is_none()
            {
                stack.push(node.clone());
                self.slots.push(Slot {
                    arrived: vec![None; node.outputs().len()],
                    node: Some(node.clone()),
                    runs: true,
                });
            }
        };
        roots.clone().for_each(|edge| visit(&edge, &mut stack));
        while let Some(node) = stack.pop() {
            node.each_edge(|edge| visit(edge, &mut stack));
        }
        let latest = |slot: &Slot| slot.node.as_ref().map_or(0, |node| !(node.sequence() as i64));
        let order = ascending(self.slots.iter().map(latest).collect());
        let mut found: Vec<Option<Slot>> = self.slots.drain(..).map(Some).collect();
        self.slots.extend(order.into_iter().filter_map(|place| found.get_mut(place)?.take()));
        for (place, slot) in self.slots.iter().enumerate() {
            if let Some(node) = &slot.node {
                self.places.insert(node.sequence(), place);
            }
        }
        // From the first recorded to the last: a node runs if something wanted lies behind it.
        for place in (0..self.slots.len()).rev() {
            let Some(node) = self.slots[place].node.clone() else { continue };
            let mut runs = self.wanted.is_none();
            if !runs {
                node.each_edge(|edge| {
                    let behind = match edge {
                        Edge::Node(next, _) => {
                            self.places.get(&next.sequence()).is_some_and(|&p| self.slots[p].runs)
                        }
                        _ => false,
                    };
                    runs = runs || behind || self.wants(edge);
                });
            }
            self.slots[place].runs = runs;
            if runs {
                node.each_edge(|edge| self.expect(edge));
            }
        }
        roots.for_each(|edge| self.expect(&edge));
    }

    pub(super) fn wants(&self, edge: &Edge) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|w| w.edge.is(edge)))
    }

    /// Counts a contribution that a leaf is to receive.
    pub(super) fn expect(&mut self, edge: &Edge) {
        let Edge::Leaf(leaf) = edge else { return };
        if !self.wants(edge) {
            return;
        }
        let place = *self.leaf_places.entry(leaf.address()).or_insert(self.leaves.len());
        match self.leaves.get_mut(place) {
            Some(slot) => slot.waiting += 1,
            None => self.leaves.push(LeafSlot { leaf: leaf.clone(), arrived: None, waiting: 1 }),
        }
    }

    /// The tensor that receives what goes along an edge, if the pass goes there.
    pub(super) fn target(&self, edge: &Edge) -> Option<TensorId> {
        match edge {
            Edge::Nowhere => None,
            Edge::Node(node, i) => {
                let slot = self.slots.get(*self.places.get(&node.sequence())?)?;
                let goes = slot.runs || self.wants(edge);
                node.outputs().get(*i).filter(|_| goes).map(|out| out.id)
            }
            Edge::Leaf(leaf) => Some(leaf.id()).filter(|_| self.wants(edge)),
        }
    }

    /// A contribution arrives, or turns out to be none.
    pub(super) fn receive(&mut self, edge: &Edge, value: Option<Tensor>) -> Result<()> {
        match edge {
            Edge::Nowhere => Ok(()),
            Edge::Node(node, i) => {
                let slot = self.places.get(&node.sequence()).and_then(|&p| self.slots.get_mut(p));
                match slot.and_then(|slot| slot.arrived.get_mut(*i)) {
                    Some(sum) => add_up(sum, value),
                    None => Ok(()),
                }
            }
            Edge::Leaf(leaf) => {
                let Some(&place) = self.leaf_places.get(&leaf.address()) else { return Ok(()) };
                let Some(slot) = self.leaves.get_mut(place) else { return Ok(()) };
                add_up(&mut slot.arrived, value)?;
                slot.waiting = slot.waiting.saturating_sub(1);
                if slot.waiting == 0 && slot.arrived.is_some() {
                    self.ready.push_back(place);
                }
                Ok(())
            }
        }
    }

    /// Takes down what arrived at a node where somebody wants it: who asked, and tensors that retain it.
    pub(super) fn note(&mut self, node: &Rc<Node>, arrived: &[Option<Tensor>]) -> Result<()> {
        for (i, value) in arrived.iter().enumerate() {
            for (tensor, value) in node.retained(i).iter().zip(value.iter().cycle()) {
                self.retain(tensor, value)?;
            }
        }
        for wanted in self.wanted.iter_mut().flatten() {
            if let Edge::Node(held, i) = &wanted.edge
                && Rc::ptr_eq(held, node)
            {
                wanted.gradient = arrived.get(*i).cloned().flatten();
            }
        }
        Ok(())
    }

    /// The node at hand had its turn.
    pub(super) fn leave(&mut self) {
        if let Some(slot) = self.slots.get_mut(self.next) {
            slot.node = None;
            slot.arrived.clear();
        }
        self.next += 1;
        self.settle();
    }

    /// Goes past the nodes that have nothing to do: an operator without a gradient hands none on. A function of the
    /// program is run all the same.
    pub(super) fn settle(&mut self) {
        while let Some(slot) = self.slots.get(self.next) {
            let Some(node) = slot.node.clone() else { return };
            let arrived = slot.arrived.iter().any(Option::is_some);
            let wanted = || {
                self.wanted
                    .iter()
                    .flatten()
                    .any(|w| matches!(&w.edge, Edge::Node(n, _) if Rc::ptr_eq(n, &node)))
            };
            if (slot.runs && (arrived || node.op().is_none())) || (arrived && wanted()) {
                return;
            }
            if slot.runs {
                for edge in node.edges() {
                    // Nothing is added, so nothing can fail.
                    let _ = self.receive(&edge, None);
                }
            }
            if let Some(slot) = self.slots.get_mut(self.next) {
                slot.node = None;
            }
            self.next += 1;
        }
    }

    /// `.grad` of a tensor that is no leaf and keeps it.
    pub(super) fn retain(&self, tensor: &Tensor, arrived: &Tensor) -> Result<()> {
        let total = match tensor.grad() {
            None if self.options.create_graph => arrived.clone(),
            None => ops::detach_copy(arrived),
            Some(held) => ops::add(&held, arrived)?,
        };
        tensor.set_grad(Some(total))
    }
}

fn add_up(sum: &mut Option<Tensor>, value: Option<Tensor>) -> Result<()> {
    if let Some(value) = value {
        *sum = Some(match sum.take() {
            Some(held) => ops::add(held, value)?,
            None => value,
        });
    }
    Ok(())
}
