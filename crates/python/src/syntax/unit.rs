//! The code being built, one unit for each function around the place that is lowered.

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};

use super::scope::Scopes;
use super::{Refusal, Result};
use crate::code::{Code, Handler, Instr, Kind, MAIN, Parameters, Span};
use crate::value::Value;

/// What stands around a statement and must be left in an orderly way.
pub(super) struct Block<'a> {
    pub kind: BlockKind<'a>,
    /// Parts of its instructions that its handler does not cover: ways out of it.
    pub gaps: Vec<(u32, u32)>,
    pub depth: u32,
    pub loops: u32,
    pub handled: u32,
}

pub(super) enum BlockKind<'a> {
    /// A loop: where the next turn begins, jumps out of it, whether its iterator is on the stack.
    Loop { start: u32, breaks: Vec<usize>, iterator: bool },
    /// A `with` block; its manager is on the stack.
    With,
    /// A `try` with handlers.
    Try,
    /// A `try` with this `finally`.
    Finally(&'a [Stmt]),
    /// A handler; its exception is on the stack. The name that it is bound to.
    Handler(Option<&'a str>, TextRange),
}

/// The code of one function while it is built.
pub(super) struct Unit<'a> {
    pub code: Code,
    pub scope: usize,
    pub blocks: Vec<Block<'a>>,
    /// Operands on the stack where the statement begins.
    pub depth: u32,
    pub loops: u32,
    pub handled: u32,
}

/// Lowers a program.
pub(super) struct Lowerer<'a> {
    pub source: &'a str,
    pub lines: &'a [u32],
    pub scopes: &'a Scopes,
    pub globals: Vec<Rc<str>>,
    first: u32,
    module: &'static str,
    global_index: BTreeMap<Rc<str>, u32>,
    /// The classes around.
    pub classes: Vec<Rc<str>>,
    pub units: Vec<Unit<'a>>,
    pub unit: Unit<'a>,
    /// Where the instruction being built comes from.
    pub span: Span,
}

fn new_code(kind: Kind, module: &'static str, name: &str, qualified: String, line: u32) -> Code {
    Code {
        kind,
        module,
        name: Rc::from(name),
        qualified: Rc::from(qualified),
        instrs: Vec::new(),
        spans: Vec::new(),
        anchors: Vec::new(),
        consts: Vec::new(),
        names: Vec::new(),
        locals: Vec::new(),
        cells: Vec::new(),
        own_cells: 0,
        shared_parameters: Vec::new(),
        captures: Vec::new(),
        parameters: Parameters::default(),
        handlers: Vec::new(),
        inner: Vec::new(),
        doc: None,
        line,
    }
}

fn new_unit<'a>(code: Code, scope: usize) -> Unit<'a> {
    Unit { code, scope, blocks: Vec::new(), depth: 0, loops: 0, handled: 0 }
}

impl<'a> Lowerer<'a> {
    /// Lowers a module whose variables are the machine's from `first` on.
    pub fn new(
        source: &'a str,
        lines: &'a [u32],
        scopes: &'a Scopes,
        module: &'static str,
        first: u32,
    ) -> Self {
        let unit = new_unit(new_code(Kind::Module, module, "", String::new(), 0), 0);
        Lowerer {
            source,
            lines,
            scopes,
            globals: Vec::new(),
            first,
            module,
            global_index: BTreeMap::new(),
            classes: Vec::new(),
            units: Vec::new(),
            unit,
            span: Span::default(),
        }
    }

    /// Begins the code of a function, class or module.
    pub fn begin(&mut self, kind: Kind, name: &str, scope: usize, line: u32) {
        let around = &self.unit.code;
        let qualified = match around.kind {
            Kind::Module => name.to_owned(),
            Kind::Class => format!("{}.{name}", around.qualified),
            _ => format!("{}.<locals>.{name}", around.qualified),
        };
        let mut code = new_code(kind, self.module, name, qualified, line);
        if let Some(own) = self.scopes.get(scope)
            && kind != Kind::Module
        {
            code.cells = own.cells.clone();
            code.own_cells = own.cells.len() as u32;
            code.cells.extend(own.free.iter().cloned());
            // A captured variable is one of the maker's shared variables, its own or from around it.
            let maker = &self.unit.code.cells;
            code.captures = own
                .free
                .iter()
                .map(|n| maker.iter().position(|m| m == n).unwrap_or_default() as u32)
                .collect();
        }
        let outer = std::mem::replace(&mut self.unit, new_unit(code, scope));
        self.units.push(outer);
    }

    /// Ends the code with `return None`.
    pub fn finish_none(&mut self) -> Result<Code> {
        self.constant(Value::None);
        self.emit(Instr::Return);
        self.finish()
    }

    /// Ends the code.
    pub fn finish(&mut self) -> Result<Code> {
        let module = self.module;
        let outer = self
            .units
            .pop()
            .unwrap_or_else(|| new_unit(new_code(Kind::Module, module, "", String::new(), 0), 0));
        let unit = std::mem::replace(&mut self.unit, outer);
        let code = unit.code;
        if code.names.len() > usize::from(u16::MAX) || code.instrs.len() > 1 << 24 {
            return Err(Refusal::syntax("this function is too long", TextRange::default()));
        }
        Ok(code)
    }

    /// From here on instructions come from that place.
    pub fn at(&mut self, place: impl Ranged) {
        let range = place.range();
        let start = range.start().to_u32();
        let line = self.lines.partition_point(|&l| l <= start) as u32;
        self.span = Span { start, end: range.end().to_u32(), line };
    }

    pub fn emit(&mut self, instr: Instr) -> usize {
        // Nobody steps through a library or counts the turns of its loops.
        let told = matches!(instr, Instr::Line | Instr::LoopBegin(_) | Instr::LoopTurn | Instr::LoopEnd);
        if told && self.module != MAIN {
            return self.unit.code.instrs.len();
        }
        self.unit.code.instrs.push(instr);
        self.unit.code.spans.push(self.span);
        self.unit.code.instrs.len() - 1
    }

    /// An instruction that comes from that place.
    pub fn emit_at(&mut self, instr: Instr, place: impl Ranged) -> usize {
        self.at(place);
        self.emit(instr)
    }

    /// The next instruction.
    pub fn here(&self) -> u32 {
        self.unit.code.instrs.len() as u32
    }

    /// Lets a jump lead to the next instruction.
    pub fn land(&mut self, jump: usize) {
        let here = self.here();
        if let Some(
            Instr::Jump(target)
            | Instr::JumpIfFalse(target)
            | Instr::JumpIfTrue(target)
            | Instr::JumpIfFalseOrPop(target)
            | Instr::JumpIfTrueOrPop(target)
            | Instr::ForIter(target)
            | Instr::YieldFrom(target),
        ) = self.unit.code.instrs.get_mut(jump)
        {
            *target = here;
        }
    }

    pub fn constant(&mut self, value: Value) {
        let i = self.constant_index(value);
        self.emit(Instr::Const(i));
    }

    pub fn constant_index(&mut self, value: Value) -> u32 {
        self.unit.code.consts.push(value);
        self.unit.code.consts.len() as u32 - 1
    }

    /// The index of a name of an attribute.
    pub fn name(&mut self, name: &str) -> u32 {
        let name = &*self.mangled(name);
        index(&mut self.unit.code.names, name)
    }

    /// The index of a local variable.
    pub fn local(&mut self, name: &str) -> u32 {
        index(&mut self.unit.code.locals, name)
    }

    /// The index of a variable of the module.
    pub fn global(&mut self, name: &str) -> u32 {
        if let Some(&at) = self.global_index.get(name) {
            return at;
        }
        let at = self.first + self.globals.len() as u32;
        let name: Rc<str> = Rc::from(name);
        self.globals.push(name.clone());
        self.global_index.insert(name, at);
        at
    }

    /// The index of a shared variable.
    pub fn cell(&mut self, name: &str) -> u32 {
        self.unit.code.cells.iter().position(|n| &**n == name).unwrap_or_default() as u32
    }

    pub fn push_block(&mut self, kind: BlockKind<'a>) {
        let Unit { depth, loops, handled, .. } = self.unit;
        self.unit.blocks.push(Block { kind, gaps: Vec::new(), depth, loops, handled });
    }

    /// Lets exceptions between two instructions, but for the gaps, be handled at a target.
    pub fn handle(&mut self, start: u32, end: u32, gaps: &[(u32, u32)], target: u32, block: (u32, u32, u32)) {
        let (depth, loops, handled) = block;
        let mut from = start;
        for &(gap_start, gap_end) in gaps.iter().chain(&[(end, end)]) {
            if from < gap_start {
                self.unit.code.handlers.push(Handler {
                    start: from,
                    end: gap_start,
                    target,
                    depth,
                    loops,
                    handled,
                });
            }
            from = from.max(gap_end);
        }
    }
}

fn index(names: &mut Vec<Rc<str>>, name: &str) -> u32 {
    match names.iter().position(|n| &**n == name) {
        Some(at) => at as u32,
        None => {
            names.push(Rc::from(name));
            names.len() as u32 - 1
        }
    }
}
