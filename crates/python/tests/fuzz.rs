//! Mutated programs end, in whatever way, without a panic.

mod common;

/// A small generator of random numbers: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }
}

const SEEDS: &[&str] = &[
    include_str!("programs/tour.py"),
    include_str!("programs/functions.py"),
    include_str!("programs/classes.py"),
    include_str!("programs/exceptions.py"),
    include_str!("programs/containers.py"),
    include_str!("programs/formats.py"),
    include_str!("../../../tests/programs/match_classes.py"),
    include_str!("../../../tests/programs/match_mappings.py"),
    include_str!("../../../tests/programs/match_sequences.py"),
    include_str!("../../../tests/programs/generator_delegation.py"),
    include_str!("../../../tests/programs/generator_methods.py"),
    include_str!("../../../tests/programs/subclass_dict.py"),
    include_str!("../../../tests/programs/subclass_list.py"),
    include_str!("../../../tests/programs/subclass_numbers.py"),
    include_str!("../../../tests/programs/metaclasses.py"),
    include_str!("../../../tests/programs/descriptors.py"),
    include_str!("../../../tests/programs/attribute_hooks.py"),
    include_str!("../../../tests/programs/slots.py"),
    include_str!("../../../tests/programs/bytes_basics.py"),
    include_str!("../../../tests/programs/scopes.py"),
    include_str!("../../../tests/programs/lib_dataclasses.py"),
    include_str!("../../../tests/programs/lib_enum.py"),
    include_str!("../../../tests/programs/lib_functools.py"),
];

const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    "*",
    "**",
    "=",
    "==",
    "+=",
    "-",
    "not ",
    "in ",
    "is ",
    "lambda: ",
    "yield ",
    "return ",
    "break",
    "continue",
    "try:\n",
    "finally:\n",
    "except E as e:\n",
    "with x as y:\n",
    "if 1:\n",
    "for i in range(3):\n",
    "while 1:\n",
    "def f(a, *b, c=1, **d):\n",
    "class A(B):\n",
    "global x\n",
    "nonlocal y\n",
    "del x\n",
    "raise ",
    "assert ",
    "import math\n",
    "match x:\n",
    " case [a, *b]:\n",
    " case {'k': v, **r}:\n",
    " case C(x=0) | int(y):\n",
    "class A(list):\n",
    "class A(int, metaclass=M):\n",
    "yield from ",
    "b'\\xff'",
    ".throw(ValueError)",
    ".close()",
    "__slots__ = 'x'\n",
    " from y",
    ".__dict__",
    ".__class__",
    "type('X', (dict,), {})",
    "object.__new__(",
    "super().__getitem__(",
    "globals()",
    "isinstance(x, int | None)",
    "0",
    "-1",
    "1e309",
    "10**30",
    "'s'",
    "f'{x!r:>{w}}'",
    "None",
    "True",
    "self",
    "x",
    "y",
    "print(",
    "\n",
    "    ",
    "\t",
    "\"",
    "'''",
    "\\",
    "#",
    "\u{e9}",
    "\u{0}",
    " if 1 else ",
    " for x in y",
    ":=",
    "...",
    "@",
    "~",
    "super().__init__()",
    "[::-1]",
    "()",
    "sorted(",
    "list(",
    "int(",
    "str(",
];

/// Ten thousand mutations of each kind take a few seconds.
fn mutate(random: &mut Random, source: &str) -> String {
    let mut chars: Vec<char> = source.chars().collect();
    // A window of some lines keeps the programs short, and makes most of them run.
    let start = random.below(chars.len());
    let length = 100 + random.below(1500);
    chars = chars.into_iter().skip(start).skip_while(|&c| c != '\n').take(length).collect();
    for _ in 0..random.below(4) {
        let at = random.below(chars.len() + 1).min(chars.len());
        match random.below(4) {
            0 => {
                let piece = PIECES[random.below(PIECES.len())];
                chars.splice(at..at, piece.chars());
            }
            1 => {
                let end = (at + random.below(12)).min(chars.len());
                chars.drain(at..end);
            }
            2 => {
                let end = (at + random.below(40)).min(chars.len());
                let copy: Vec<char> = chars[at..end].to_vec();
                let to = random.below(chars.len() + 1).min(chars.len());
                chars.splice(to..to, copy);
            }
            _ => {
                if let Some(c) = chars.get_mut(at) {
                    *c = char::from(32 + random.below(95) as u8);
                }
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn mutated_programs_do_not_panic() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let (mut refused, mut failed, mut ended, mut stopped) = (0, 0, 0, 0);
    for i in 0..4000 {
        let source = mutate(&mut random, SEEDS[i % SEEDS.len()]);
        match common::run(&source, 2).1 {
            None => stopped += 1,
            Some(Ok(())) => ended += 1,
            Some(Err(failure)) if failure.frames.is_empty() => refused += 1,
            Some(Err(_)) => failed += 1,
        }
    }
    // Otherwise the mutations test nothing but the parser.
    assert!(refused > 100 && failed > 100 && ended > 100, "{refused} {failed} {ended} {stopped}");
}

#[test]
fn random_pieces_do_not_panic() {
    let mut random = Random(88_172_645_463_325_252);
    for _ in 0..3000 {
        let count = 1 + random.below(30);
        let source: String = (0..count).map(|_| PIECES[random.below(PIECES.len())]).collect();
        common::run(&source, 2);
    }
}
