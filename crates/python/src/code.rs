//! What the machine executes.

use std::rc::Rc;

use crate::native::{BinaryOp, CompareOp, UnaryOp};
use crate::value::Value;

/// An instruction. Operands are on the stack; `n` counts them, a name, constant or place is an index into [`Code`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instr {
    /// A statement begins.
    Line,
    /// Pushes a constant.
    Const(u32),
    /// Pushes a local variable.
    LoadLocal(u32),
    /// Binds a local variable.
    StoreLocal(u32),
    /// Unbinds a local variable.
    DeleteLocal(u32),
    /// Pushes a variable shared with functions inside or around.
    LoadCell(u32),
    /// Binds one.
    StoreCell(u32),
    /// Unbinds one.
    DeleteCell(u32),
    /// Pushes a variable of the module, or a builtin.
    LoadGlobal(u32),
    /// Binds one.
    StoreGlobal(u32),
    /// Unbinds one.
    DeleteGlobal(u32),
    /// In a class body: pushes its name (first index), else the variable of the module (second).
    LoadName(u16, u32),
    /// In a class body: binds a name.
    StoreName(u32),
    /// In a class body: unbinds a name.
    DeleteName(u32),
    /// object → attribute
    LoadAttr(u32),
    /// object → function, receiver: for a call.
    LoadMethod(u32),
    /// value, object →
    StoreAttr(u32),
    /// object →
    DeleteAttr(u32),
    /// object, key → item
    GetItem,
    /// value, object, key →
    SetItem,
    /// object, key →
    DeleteItem,
    /// start, stop, step → slice
    BuildSlice,
    /// left, right → result
    Binary(BinaryOp),
    /// left, right → result, changed in place where the type can.
    InPlace(BinaryOp),
    /// operand → result
    Unary(UnaryOp),
    /// operand → bool
    Not,
    /// left, right → result
    Compare(CompareOp),
    /// left, right → bool; true for `is not`.
    Is(bool),
    /// item, container → bool; true for `not in`.
    In(bool),
    /// n items → tuple
    BuildTuple(u32),
    /// n items → list
    BuildList(u32),
    /// n items → set
    BuildSet(u32),
    /// n keys and values → dictionary
    BuildDict(u32),
    /// item → ; appended to the list so many places below.
    ListAppend(u32),
    /// item → ; added to the set so many places below.
    SetAdd(u32),
    /// key, value → ; added to the dictionary so many places below.
    DictInsert(u32),
    /// list, iterable → list; the list is that of a call's arguments for `true`.
    ListExtend(bool),
    /// set, iterable → set
    SetUpdate,
    /// dictionary, mapping → dictionary
    DictUpdate,
    /// function, dictionary, mapping → function, dictionary; a key twice is refused.
    DictMerge,
    /// list → tuple
    ListToTuple,
    /// iterable → n items, the first on top
    Unpack(u32),
    /// iterable → so many items, a list of the rest, so many items, the first on top
    UnpackStar(u16, u32),
    /// Goes on there.
    Jump(u32),
    /// operand → ; goes on there if it is false.
    JumpIfFalse(u32),
    /// operand → ; goes on there if it is true.
    JumpIfTrue(u32),
    /// If the operand is false goes on there and keeps it, otherwise drops it.
    JumpIfFalseOrPop(u32),
    /// If the operand is true goes on there and keeps it, otherwise drops it.
    JumpIfTrueOrPop(u32),
    /// a →
    Pop,
    /// a → a, a
    Dup,
    /// a, b → a, b, a, b
    DupTwo,
    /// a, b → b, a
    Swap,
    /// a, b, c → c, a, b
    RotThree,
    /// a, b, c, d → d, a, b, c
    RotFour,
    /// Pushes no value, the receiver of a call that has none.
    PushUnbound,
    /// iterable → iterator
    GetIter,
    /// iterator → iterator, item; at its end drops it and goes on there.
    ForIter(u32),
    /// A loop begins; its iterator is on the stack for `for` (true).
    LoopBegin(bool),
    /// A loop begins its next turn.
    LoopTurn,
    /// The innermost loop ends.
    LoopEnd,
    /// callee, receiver, n positional arguments, keyword arguments → result; their names are a constant tuple, the second index, or none for 0.
    Call(u16, u32),
    /// callee, receiver, list, dictionary → result
    CallSpread,
    /// defaults, keyword defaults → function
    MakeFunction(u32),
    /// bases, keywords → ; enters the class body.
    MakeClass(u32),
    /// value → ; leaves the function.
    Return,
    /// Leaves the class body.
    EndClass,
    /// value → sent value
    Yield,
    /// iterator, sent value → iterator, item; at its end leaves its result alone and goes on there: `yield from`.
    YieldFrom(u32),
    /// → module; the index of its name. For `import a.b` without `as` (true in the other field) the first part of it.
    Import(u16, u32),
    /// module → module, member
    ImportFrom(u32),
    /// value, specification → text; by `!r` (1), `!s` (2), `!a` (3) or none (0) first.
    Format(u8),
    /// n texts → text
    BuildString(u32),
    /// exception, cause → ; so many of them are given.
    Raise(u32),
    /// exception → ; goes on raising it.
    Reraise,
    /// The exception on the stack is being handled from now on.
    BeginHandler,
    /// It no longer is.
    EndHandler,
    /// exception, class → exception, bool
    MatchException,
    /// value → bool: whether it is a sequence of so many items, or of at least so many for `true`.
    MatchSequence(u32, bool),
    /// value → bool: whether it is a mapping.
    MatchMapping,
    /// value, class → tuple of so many parts by position, then those of the names in a constant tuple; or None.
    MatchClass(u16, u32),
    /// manager → manager, entered
    Enter,
    /// manager → ; at the end of the block.
    Exit,
    /// manager, exception → manager, exception, whether it is swallowed.
    ExitRaised,
    /// message → ; raises AssertionError, without a message for `false`.
    FailAssert(bool),
}

/// Where something stands in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Line of the first byte, from 1.
    pub line: u32,
}

/// Where an exception in a range of instructions is handled. Ranges come innermost first.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    /// First instruction.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Where to go on, with the exception on the stack.
    pub target: u32,
    /// How many operands stay on the stack.
    pub depth: u32,
    /// How many loops go on.
    pub loops: u32,
    /// How many exceptions are still being handled.
    pub handled: u32,
}

/// What kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A module.
    Module,
    /// A function, a lambda or a comprehension.
    Function,
    /// A generator.
    Generator,
    /// A class body.
    Class,
}

/// The parameters of a function, which are its first locals: positional, keyword-only, `*args`, `**kwargs`.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    /// How many may be given by position.
    pub positional: u32,
    /// How many of them only by position.
    pub positional_only: u32,
    /// How many only by keyword.
    pub keyword_only: u32,
    /// Whether there is `*args`.
    pub rest: bool,
    /// Whether there is `**kwargs`.
    pub keywords: bool,
}

/// A function's body, or a module's, or a class's.
pub struct Code {
    /// What it is.
    pub kind: Kind,
    /// The module that it stands in: `__main__` for the program.
    pub module: &'static str,
    /// Its name: `f`, `<lambda>`, `<module>`.
    pub name: Rc<str>,
    /// Its name with those of the functions and classes around it.
    pub qualified: Rc<str>,
    /// The instructions.
    pub instrs: Vec<Instr>,
    /// Where each comes from.
    pub spans: Vec<Span>,
    /// For binary operators and subscripts: the instruction, where the left operand ends, where the right one begins.
    pub anchors: Vec<(u32, u32, u32)>,
    /// Constants.
    pub consts: Vec<Value>,
    /// Names of attributes and of a class body.
    pub names: Vec<Rc<str>>,
    /// Names of the locals, the parameters first.
    pub locals: Vec<Rc<str>>,
    /// Names of the shared variables: its own, then those from around it.
    pub cells: Vec<Rc<str>>,
    /// How many of them are its own.
    pub own_cells: u32,
    /// Parameters that are shared: local, cell.
    pub shared_parameters: Vec<(u32, u32)>,
    /// Which shared variables of its maker those from around it are.
    pub captures: Vec<u32>,
    /// Its parameters.
    pub parameters: Parameters,
    /// Where exceptions are handled.
    pub handlers: Vec<Handler>,
    /// Functions and classes inside.
    pub inner: Vec<Rc<Code>>,
    /// What its first statement says, if it is a string.
    pub doc: Option<Value>,
    /// Its first line.
    pub line: u32,
}

impl Code {
    /// Whether it is code of a library of ours: what it does is told as done by the line that called it.
    pub fn is_library(&self) -> bool {
        self.module != MAIN
    }

    /// Where an instruction comes from.
    pub fn span(&self, at: usize) -> Span {
        self.spans.get(at).copied().unwrap_or_default()
    }
}

/// The module of the program.
pub const MAIN: &str = "__main__";

/// A program, or the text of a library, ready to run.
pub struct Program {
    /// The module's code.
    pub code: Rc<Code>,
    /// Names of the module's variables.
    pub globals: Vec<Rc<str>>,
    /// Which of the machine's variables is the first of them.
    pub first: u32,
    /// Its text.
    pub source: Rc<str>,
    /// Where each line begins.
    pub lines: Vec<u32>,
}

impl Program {
    /// The text of a line, from 1, without its end.
    pub fn line(&self, line: u32) -> &str {
        let start =
            (line as usize).checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or_default();
        let rest = self.source.get(start as usize..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    /// The line of a byte, from 1.
    pub fn line_of(&self, byte: u32) -> u32 {
        self.lines.partition_point(|&start| start <= byte) as u32
    }
}
