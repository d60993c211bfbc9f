//! Programs that nobody would write end, in whatever way, without a panic.
//!
//! Program number N is the same in every run. `GRADLOOM_FUZZ` sets how many each test makes, `GRADLOOM_FUZZ_FROM` the
//! number of the first:
//!
//! ```sh
//! GRADLOOM_FUZZ=10000000 cargo test --release -p gradloom-python --test fuzz mutated -- --nocapture
//! ```

#![expect(clippy::print_stderr, clippy::unwrap_used, reason = "it is a test, and tells how far it came")]

mod common;

use std::fs::read_to_string;
use std::ops::Range;
use std::panic::catch_unwind;
use std::path::Path;

/// A small generator of random numbers: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    fn pick<'a, T: ?Sized + 'a>(&mut self, from: &'a [impl AsRef<T>]) -> &'a T {
        from[self.below(from.len())].as_ref()
    }
}

/// How programs ended.
#[derive(Debug, Default)]
struct Ends {
    refused: u64,
    failed: u64,
    ended: u64,
    stopped: u64,
}

/// Makes programs and runs them; those that panic fail the test.
fn run_all(usual: u64, make: impl Fn(&mut Random) -> String) -> Ends {
    let number = |name| std::env::var(name).ok().map(|n| n.parse().unwrap());
    let amount = number("GRADLOOM_FUZZ").unwrap_or(usual);
    let from: u64 = number("GRADLOOM_FUZZ_FROM").unwrap_or(0);
    let mut ends = Ends::default();
    let mut panicked = Vec::new();
    for i in from..from + amount {
        if i % 10_000 == 0 && amount > usual {
            eprintln!("{i}: {ends:?}, {} panicked", panicked.len());
        }
        let source = make(&mut Random((i + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        match catch_unwind(|| common::run(&source, 2).1) {
            Err(_) => {
                eprintln!("== program {i} panicked\n{source}\n==");
                panicked.push(i);
            }
            Ok(None) => ends.stopped += 1,
            Ok(Some(Ok(()))) => ends.ended += 1,
            Ok(Some(Err(failure))) if failure.frames.is_empty() => ends.refused += 1,
            Ok(Some(Err(_))) => ends.failed += 1,
        }
    }
    assert!(panicked.is_empty(), "{} programs panicked: {panicked:?}", panicked.len());
    ends
}

/// The programs of the tests, here and of the whole.
fn seeds() -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = ["tests/programs", "../../tests/programs"]
        .into_iter()
        .flat_map(|folder| here.join(folder).read_dir().unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    paths.sort();
    paths.iter().map(|path| read_to_string(path).unwrap()).collect()
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "(", ")", "[", "]", "{", "}", ":", ",", ".", "*", "**", "=", "==", "+=", "-", "not ", "in ", "is ",
    "lambda: ", "yield ", "return ", "break", "continue", "try:\n", "finally:\n", "except E as e:\n",
    "with x as y:\n", "if 1:\n", "for i in range(3):\n", "while 1:\n", "def f(a, *b, c=1, **d):\n",
    "class A(B):\n", "global x\n", "nonlocal y\n", "del x\n", "raise ", "assert ", "import math\n",
    "match x:\n", " case [a, *b]:\n", " case {'k': v, **r}:\n", " case C(x=0) | int(y):\n",
    "class A(list):\n", "class A(int, metaclass=M):\n", "yield from ", "b'\\xff'", ".throw(ValueError)",
    ".close()", "__slots__ = 'x'\n", " from y", ".__dict__", ".__class__", "type('X', (dict,), {})",
    "object.__new__(", "super().__getitem__(", "globals()", "isinstance(x, int | None)", "0", "-1", "1e309",
    "10**30", "'s'", "f'{x!r:>{w}}'", "None", "True", "self", "x", "y", "print(", "\n", "    ", "\t", "\"",
    "'''", "\\", "#", "\u{e9}", "\u{0}", " if 1 else ", " for x in y", ":=", "...", "@", "~",
    "super().__init__()", "[::-1]", "()", "sorted(", "list(", "int(", "str(",
];

/// Some statements of a program, so that it is short and most of it runs, after its imports; then up to three changes.
fn mutate(random: &mut Random, source: &str) -> String {
    let margin = |line: &&str| !line.starts_with([' ', ')', ']', '}', '#']) && !line.is_empty();
    let imports = source.lines().filter(|line| line.starts_with("import ") || line.starts_with("from "));
    let start = random.below(source.lines().filter(margin).count());
    let length = 1 + random.below(60);
    let lines = source.lines().skip_while(|line| !margin(line));
    let mut seen = 0;
    let from_start = lines.skip_while(|line| {
        seen += usize::from(margin(line));
        seen <= start
    });
    let mut taken = 0;
    let some = from_start.take_while(|line| {
        taken += 1;
        taken <= length || !margin(line)
    });
    let mut chars: Vec<char> = imports.chain(some).flat_map(|line| line.chars().chain(['\n'])).collect();
    for _ in 0..random.below(4) {
        let at = random.below(chars.len() + 1);
        match random.below(8) {
            0 => {
                let piece: &str = random.pick(PIECES);
                chars.splice(at..at, piece.chars());
            }
            1 => {
                let end = (at + random.below(12)).min(chars.len());
                chars.drain(at..end);
            }
            2 => {
                let end = (at + random.below(40)).min(chars.len());
                let copy: Vec<char> = chars[at..end].to_vec();
                let to = random.below(chars.len() + 1);
                chars.splice(to..to, copy);
            }
            3 => {
                if let Some(c) = chars.get_mut(at) {
                    *c = char::from(32 + random.below(95) as u8);
                }
            }
            // One word for another: most such programs still run.
            _ => {
                let (from, to) = (word(&chars, at), word(&chars, random.below(chars.len() + 1)));
                let other = chars[from].to_vec();
                chars.splice(to, other);
            }
        }
    }
    chars.into_iter().collect()
}

/// The first name or number from there on.
fn word(chars: &[char], at: usize) -> Range<usize> {
    let part = |c: &char| c.is_alphanumeric() || *c == '_';
    let start = at + chars[at..].iter().take_while(|c| !part(c)).count();
    start..start + chars[start..].iter().take_while(|c| part(c)).count()
}

#[test]
fn mutated_programs_do_not_panic() {
    let seeds = seeds();
    let ends = run_all(4000, |random| {
        let seed: &str = random.pick(&seeds);
        mutate(random, seed)
    });
    // Otherwise the mutations test nothing but the parser.
    assert!(ends.refused > 100 && ends.failed > 100 && ends.ended > 100, "{ends:?}");
}

#[test]
fn random_pieces_do_not_panic() {
    run_all(3000, |random| {
        let count = 1 + random.below(30);
        (0..count).map(|_| random.pick::<str>(PIECES)).collect()
    });
}

/// Modules whose every function and class is called.
#[rustfmt::skip]
const MODULES: &[&str] = &[
    "math", "random", "operator", "itertools", "functools", "collections", "heapq", "bisect", "statistics",
    "string", "textwrap", "json", "copy", "struct", "torch", "torch.linalg", "torch.autograd", "torch.func",
    "torch.nn", "torch.nn.init", "torch.nn.functional", "torch.nn.utils", "torch.optim",
    "torch.optim.lr_scheduler", "torch.utils.data", "numpy", "numpy.linalg", "numpy.random",
    "matplotlib.pyplot",
];

/// Values to call them with; their methods are called, too.
const VALUES: &[&str] = &[
    "None",
    "True",
    "0",
    "1",
    "-1",
    "2",
    "7",
    "-3",
    "10**20",
    "2**63 - 1",
    "-2**63",
    "0.5",
    "-1e-3",
    "float('nan')",
    "float('inf')",
    "''",
    "'mean'",
    "'none'",
    "'ij,jk->ik'",
    "'constant'",
    "b'ab'",
    "[]",
    "[1, 2, 3]",
    "[[1.0, 2.0], [3.0, 4.0]]",
    "(2, 3)",
    "(0, 1)",
    "(-1,)",
    "{}",
    "{'a': 1}",
    "{1, 2}",
    "range(4)",
    "iter([3, 1, 2])",
    "slice(None, None, -1)",
    "...",
    "len",
    "lambda *a: a[0]",
    "torch.tensor(2.0, requires_grad=True)",
    "torch.tensor([3, 1, 2])",
    "torch.tensor([True, False])",
    "torch.arange(6.0).reshape(2, 3)",
    "torch.randn(2, 2, requires_grad=True)",
    "torch.rand(1, 3, 4, 4)",
    "torch.zeros(0, 3)",
    "torch.ones(2, 2, dtype=torch.float64)",
    "torch.full((3,), float('nan'))",
    "torch.float64",
    "torch.int64",
    "torch.device('cpu')",
    "torch.nn.Linear(2, 2)",
    "torch.nn.Conv2d(3, 2, 3).parameters()",
    "torch.optim.SGD([torch.ones(2, requires_grad=True)], lr=0.1)",
    "torch.Generator()",
    "np.array(1.5)",
    "np.float64(2.0)",
    "np.int64(3)",
    "np.arange(6).reshape(2, 3)",
    "np.eye(2)",
    "np.array([True, False])",
    "np.zeros((0, 2))",
    "np.random.default_rng(0)",
    "np.random.RandomState(0)",
];

/// Names of keyword arguments.
const KEYWORDS: &[&str] = &[
    "dim",
    "axis",
    "keepdim",
    "keepdims",
    "dtype",
    "size",
    "key",
    "reverse",
    "reduction",
    "stride",
    "padding",
    "n",
    "descending",
    "start",
    "step",
    "out",
    "requires_grad",
    "lr",
    "bias",
    "batch_first",
];

/// What `dir` lists of a value, after some imports.
fn names(imports: &str, value: &str) -> Vec<String> {
    let (printed, end) = common::run(&format!("{imports}print('\\n'.join(dir({value})))"), 1000);
    assert!(matches!(end, Some(Ok(()))), "{value}");
    printed.lines().map(str::to_owned).collect()
}

#[test]
fn generated_programs_do_not_panic() {
    let mut imports = String::from("import numpy as np\n");
    for module in MODULES {
        imports.push_str(&format!("import {module}\n"));
    }
    let modules: Vec<Vec<String>> = MODULES.iter().map(|module| names(&imports, module)).collect();
    let methods: Vec<Vec<String>> = VALUES.iter().map(|value| names(&imports, value)).collect();
    let value = |random: &mut Random, bound: usize| match random.below(3) {
        0 if bound > 0 => format!("v{}", random.below(bound)),
        _ => format!("({})", random.pick::<str>(VALUES)),
    };
    let ends = run_all(800, |random| {
        let mut source = String::new();
        let mut body = String::new();
        for bound in 0..1 + random.below(6) {
            let of = random.below(VALUES.len());
            let mut called = match random.below(8) {
                0..4 => {
                    let module = random.below(MODULES.len());
                    source.push_str(&format!("import {}\n", MODULES[module]));
                    format!("{}.{}", MODULES[module], random.pick::<str>(&modules[module]))
                }
                4..6 => format!("({}).{}", VALUES[of], random.pick::<str>(&methods[of])),
                6 => format!("{}.{}", value(random, bound), random.pick::<str>(&methods[of])),
                _ => value(random, bound),
            };
            called.push('(');
            for _ in 0..random.below(4) {
                called.push_str(&format!("{}, ", value(random, bound)));
            }
            if random.below(3) == 0 {
                called.push_str(&format!("{}={}", random.pick::<str>(KEYWORDS), value(random, bound)));
            }
            called.push(')');
            let other = value(random, bound);
            let then = match random.below(8) {
                0 => format!("v{bound}.sum().backward()"),
                1 => format!("v{bound}[{other}]"),
                2 => format!("v{bound}[{other}] = {}", value(random, bound)),
                3 => format!("v{bound} {} {other}", random.pick::<str>(OPERATORS)),
                4 => format!("v{bound} {}= {other}", random.pick::<str>(&OPERATORS[..7])),
                5 => format!("list(v{bound})"),
                6 => format!("v{bound}({other})"),
                _ => "pass".to_owned(),
            };
            body.push_str(&format!(
                "v{bound} = None\ntry:\n v{bound} = {called}\n print(v{bound})\n {then}\nexcept Exception as e: print(e)\n"
            ));
        }
        format!("import torch\nimport numpy as np\n{source}{body}")
    });
    assert!(ends.ended > 100 && ends.refused == 0, "{ends:?}");
}

const OPERATORS: &[&str] =
    &["+", "-", "*", "/", "//", "%", "**", "@", "<", "==", "<=", "in", "is", "and", "<<", "&"];
