//! What a Python name can stand for.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gradloom_engine::{Scalar, Tensor};
use num_bigint::BigInt;

use crate::class::{Class, Instance};
use crate::dict::Dict;
use crate::error::Exception;
use crate::function::{Function, Generator};
use crate::iter::Iter;
use crate::native::{Module, Native, TypeTable};
use crate::set::Set;

/// A Python value. Cloning copies a number or a handle.
// The tag takes a word, so that no variant lies beside it in the same word: then a move is fewer instructions.
#[derive(Clone, Default)]
#[repr(u32)]
pub enum Value {
    /// No value: a name not bound yet, an argument not given, an iterator at its end. Programs never see it.
    #[default]
    Unbound,
    /// `None`.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A longer integer; never one that fits 64 bits, see [`Value::big`].
    Big(Rc<BigInt>),
    /// A float.
    Float(f64),
    /// A string.
    Str(Rc<str>),
    /// A list.
    List(Rc<List>),
    /// A tuple.
    Tuple(Rc<Tuple>),
    /// A dictionary.
    Dict(Rc<DictObject>),
    /// A set, or a frozen one.
    Set(Rc<SetObject>),
    /// `range(start, stop, step)`.
    Range(Rc<Range>),
    /// `slice(start, stop, step)`.
    Slice(Rc<Slice>),
    /// `...`.
    Ellipsis,
    /// `NotImplemented`.
    NotImplemented,
    /// A function of the program.
    Function(Rc<Function>),
    /// A function with its first argument.
    Method(Rc<Method>),
    /// A function of ours.
    Native(&'static Native),
    /// A module of ours.
    Module(&'static Module),
    /// A type of ours.
    Type(&'static TypeTable),
    /// A class of the program.
    Class(Rc<Class>),
    /// An object of such a class.
    Instance(Rc<Instance>),
    /// An exception.
    Exception(Rc<Exception>),
    /// An iterator.
    Iter(Rc<Iter>),
    /// A generator: a function that waits in the middle.
    Generator(Rc<Generator>),
    /// A tensor.
    Tensor(Tensor),
    /// Anything else of ours: an array, a device, a context manager.
    Object(Rc<dyn Object>),
}

/// A value defined by a module of ours: how it behaves is in its table.
pub trait Object: Any {
    /// How values of this type behave.
    fn table(&self) -> &'static TypeTable;
    /// Itself, for [`Value::object`].
    fn as_any(&self) -> &dyn Any;
    /// The tensor that holds its values, for a driver that shows it.
    fn tensor(&self) -> Option<&Tensor> {
        None
    }
    /// The number that it is, for a driver that shows it.
    fn number(&self) -> Option<Scalar> {
        None
    }
}

/// A list.
#[derive(Default)]
pub struct List {
    /// Its items. Borrow briefly: never across a call that may run code of the program.
    pub items: RefCell<Vec<Value>>,
    /// How many of them are counted as held, see [`List::grown`].
    counted: Cell<usize>,
}

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// How many items all lists together have room for.
pub(crate) fn held() -> usize {
    HELD.get()
}

impl List {
    /// Counts what the list has grown by; to be called after it has.
    pub fn grown(&self) {
        let room = self.items.borrow().capacity();
        if room > self.counted.get() {
            HELD.set(HELD.get() + room - self.counted.replace(room));
        }
    }
}

/// A tuple.
#[derive(Default)]
pub struct Tuple {
    /// Its items.
    pub items: Vec<Value>,
}

/// A dictionary.
#[derive(Default)]
pub struct DictObject {
    /// Its entries.
    pub map: RefCell<Dict>,
}

/// A set.
#[derive(Default)]
pub struct SetObject {
    /// Its elements.
    pub items: RefCell<Set>,
    /// Whether it is a `frozenset`.
    pub frozen: bool,
}

/// `range(start, stop, step)`; the step is not 0.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First element.
    pub start: i64,
    /// Where it ends, not an element.
    pub stop: i64,
    /// From one element to the next, not 0.
    pub step: i64,
}

impl Range {
    /// How many elements.
    pub fn len(&self) -> u64 {
        let (from, to, step) = if self.step > 0 {
            (self.start, self.stop, self.step.unsigned_abs())
        } else {
            (self.stop, self.start, self.step.unsigned_abs())
        };
        if from >= to { 0 } else { (to.abs_diff(from) - 1) / step.max(1) + 1 }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `i`, which must be less than the length.
    pub fn at(&self, i: u64) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(i as i64))
    }
}

/// `slice(start, stop, step)`, each `None` where it was left out.
pub struct Slice {
    /// First.
    pub start: Value,
    /// Where it ends.
    pub stop: Value,
    /// From one to the next.
    pub step: Value,
}

/// A function with its first argument.
pub struct Method {
    /// The first argument.
    pub receiver: Value,
    /// The function, a [`Value::Function`] or [`Value::Native`].
    pub function: Value,
}

impl Value {
    /// A string.
    pub fn str(text: impl AsRef<str>) -> Value {
        Value::Str(Rc::from(text.as_ref()))
    }

    /// A list.
    pub fn list(items: Vec<Value>) -> Value {
        let list = List { items: RefCell::new(items), counted: Cell::new(0) };
        list.grown();
        Value::List(Rc::new(list))
    }

    /// A tuple.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Rc::new(Tuple { items }))
    }

    /// A dictionary.
    pub fn dict(map: Dict) -> Value {
        Value::Dict(Rc::new(DictObject { map: RefCell::new(map) }))
    }

    /// A class.
    pub(crate) fn new_class(class: Class) -> Value {
        let class = Rc::new(class);
        crate::knots::tie(&class);
        Value::Class(class)
    }

    /// A set.
    pub fn set(items: Set, frozen: bool) -> Value {
        Value::Set(Rc::new(SetObject { items: RefCell::new(items), frozen }))
    }

    /// An integer, the short form where it fits.
    pub fn big(int: BigInt) -> Value {
        match i64::try_from(&int) {
            Ok(short) => Value::Int(short),
            Err(_) => Value::Big(Rc::new(int)),
        }
    }

    /// An iterator.
    pub fn iter(iter: Iter) -> Value {
        Value::Iter(Rc::new(iter))
    }

    /// A function with its first argument.
    pub fn method(receiver: Value, function: Value) -> Value {
        Value::Method(Rc::new(Method { receiver, function }))
    }

    /// A value of a type of ours.
    pub fn new_object(object: impl Object) -> Value {
        Value::Object(Rc::new(object))
    }

    /// The value behind it, if it is an object of that type.
    pub fn object<T: Object>(&self) -> Option<&T> {
        match self {
            Value::Object(object) => object.as_any().downcast_ref(),
            Value::Instance(instance) => match instance.native.get() {
                Some(native) => native.as_any().downcast_ref(),
                None => instance.inner.object(),
            },
            _ => None,
        }
    }

    /// The list, number, text … behind an object of a class that extends such a type; else itself.
    pub fn plain(&self) -> &Value {
        match self {
            Value::Instance(instance) if instance.inner.is_bound() => &instance.inner,
            other => other,
        }
    }

    /// The same, where it is such an object.
    pub(crate) fn inner(&self) -> Option<&Value> {
        match self {
            Value::Instance(instance) if instance.inner.is_bound() => Some(&instance.inner),
            _ => None,
        }
    }

    /// Whether it is a value at all.
    pub fn is_bound(&self) -> bool {
        !matches!(self, Value::Unbound)
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// `a is b`. Numbers and strings are the same when they are equal, as small ones are in Python.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::Ellipsis, Value::Ellipsis)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Unbound, Value::Unbound) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Tensor(a), Value::Tensor(b)) => a.is(b),
            (Value::Tuple(a), Value::Tuple(b)) if a.items.is_empty() => b.items.is_empty(),
            (Value::Str(a), Value::Str(b)) if a.len() < 32 => a == b,
            // Methods of one tensor or number are made anew each time.
            _ => self.address() != 0 && self.address() == other.address(),
        }
    }

    /// Where the object is, 0 for one that is nowhere.
    pub fn address(&self) -> usize {
        fn at<T: ?Sized>(rc: &Rc<T>) -> usize {
            Rc::as_ptr(rc).cast::<u8>() as usize
        }
        match self {
            Value::Unbound | Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => 0,
            Value::Ellipsis | Value::NotImplemented => 0,
            Value::Tensor(tensor) => tensor.address(),
            Value::Big(rc) => at(rc),
            Value::Str(rc) => at(rc),
            Value::List(rc) => at(rc),
            Value::Tuple(rc) => at(rc),
            Value::Dict(rc) => at(rc),
            Value::Set(rc) => at(rc),
            Value::Range(rc) => at(rc),
            Value::Slice(rc) => at(rc),
            Value::Function(rc) => at(rc),
            Value::Method(rc) => at(rc),
            Value::Class(rc) => at(rc),
            Value::Instance(rc) => at(rc),
            Value::Exception(rc) => at(rc),
            Value::Iter(rc) => at(rc),
            Value::Generator(rc) => at(rc),
            Value::Object(rc) => at(rc),
            Value::Native(native) => std::ptr::from_ref(*native) as usize,
            Value::Module(module) => std::ptr::from_ref(*module) as usize,
            Value::Type(table) => std::ptr::from_ref(*table) as usize,
        }
    }

    /// As a double, for an integer, a bool or a float.
    pub fn as_f64(&self) -> Option<f64> {
        match self.plain() {
            Value::Bool(b) => Some(f64::from(u8::from(*b))),
            Value::Int(i) => Some(*i as f64),
            Value::Big(i) => Some(crate::int::to_f64(i)),
            Value::Float(x) => Some(*x),
            _ => None,
        }
    }

    /// As a short integer, for an integer or a bool.
    pub fn as_i64(&self) -> Option<i64> {
        match self.plain() {
            Value::Bool(b) => Some(i64::from(*b)),
            Value::Int(i) => Some(*i),
            _ => None,
        }
    }

    /// As text, for a string.
    pub fn as_str(&self) -> Option<&str> {
        match self.plain() {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The tensor that holds its values: a tensor itself, an array's.
    pub fn tensor(&self) -> Option<&Tensor> {
        match self {
            Value::Tensor(tensor) => Some(tensor),
            Value::Object(object) => object.tensor(),
            _ => None,
        }
    }

    /// The number that it is, Python's or a module's, for a driver that shows it.
    pub fn number(&self) -> Option<Scalar> {
        match self {
            Value::Bool(x) => Some(Scalar::Bool(*x)),
            Value::Int(x) => Some(Scalar::Int(*x)),
            Value::Float(x) => Some(Scalar::Float(*x)),
            Value::Object(object) => object.number(),
            _ => None,
        }
    }

    /// As a tensor.
    pub fn as_tensor(&self) -> Option<&Tensor> {
        match self {
            Value::Tensor(tensor) => Some(tensor),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(x: bool) -> Value {
        Value::Bool(x)
    }
}

impl From<i64> for Value {
    fn from(x: i64) -> Value {
        Value::Int(x)
    }
}

impl From<usize> for Value {
    fn from(x: usize) -> Value {
        i64::try_from(x).map_or_else(|_| Value::big(BigInt::from(x)), Value::Int)
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Value {
        Value::Float(x)
    }
}

impl From<&str> for Value {
    fn from(x: &str) -> Value {
        Value::str(x)
    }
}

impl From<String> for Value {
    fn from(x: String) -> Value {
        Value::Str(Rc::from(x))
    }
}

impl From<Tensor> for Value {
    fn from(x: Tensor) -> Value {
        Value::Tensor(x)
    }
}

/// A variable shared between a function and the functions inside it.
#[derive(Default)]
pub struct Variable {
    /// What it holds, [`Value::Unbound`] before.
    pub value: RefCell<Value>,
    /// The line that bound it last.
    pub line: Cell<u32>,
}

impl Variable {
    /// One that holds nothing yet.
    pub(crate) fn new() -> Rc<Variable> {
        let variable = Rc::default();
        crate::knots::tie(&variable);
        variable
    }
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
}

/// Drops values one inside another without recursing as deep as they are nested: from a hundred levels on they wait
/// until the outermost one is gone.
pub(crate) fn bury(values: impl IntoIterator<Item = Value>) {
    let nested = |v: &Value| {
        !matches!(
            v,
            Value::Unbound | Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)
        )
    };
    let mut values = values.into_iter().filter(nested).peekable();
    if values.peek().is_none() {
        return;
    }
    let depth = DEPTH.get();
    if depth > 100 {
        WAITING.with_borrow_mut(|waiting| waiting.extend(values));
        return;
    }
    DEPTH.set(depth + 1);
    values.for_each(drop);
    if depth == 0 {
        while let Some(value) = WAITING.with_borrow_mut(Vec::pop) {
            drop(value);
        }
    }
    DEPTH.set(depth);
}

impl Drop for List {
    fn drop(&mut self) {
        HELD.set(HELD.get().saturating_sub(self.counted.get()));
        bury(std::mem::take(self.items.get_mut()));
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        bury(std::mem::take(&mut self.items));
    }
}

impl Drop for DictObject {
    fn drop(&mut self) {
        bury(std::mem::take(self.map.get_mut()).into_values());
    }
}

impl Drop for SetObject {
    fn drop(&mut self) {
        bury(std::mem::take(self.items.get_mut()).into_values());
    }
}

impl Drop for Slice {
    fn drop(&mut self) {
        bury([
            std::mem::take(&mut self.start),
            std::mem::take(&mut self.stop),
            std::mem::take(&mut self.step),
        ]);
    }
}

impl Drop for Method {
    fn drop(&mut self) {
        bury([std::mem::take(&mut self.receiver), std::mem::take(&mut self.function)]);
    }
}

impl Drop for Variable {
    fn drop(&mut self) {
        bury([std::mem::take(self.value.get_mut())]);
    }
}
