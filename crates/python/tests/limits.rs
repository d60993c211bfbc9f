//! Nothing that is typed panics, hangs, or takes all memory.

mod common;

/// The class of the error that a program ends with, empty where it ends well, `…` where it did not end.
fn ends(source: &str) -> String {
    match common::run(source, 3000).1 {
        None => "…".into(),
        Some(Ok(())) => String::new(),
        Some(Err(failure)) => failure.class,
    }
}

#[test]
fn what_is_nested_too_deeply_is_refused_before_it_is_parsed() {
    for source in [
        format!("x = {}1{}", "(".repeat(5000), ")".repeat(5000)),
        format!("x = {}{}", "[".repeat(5000), "]".repeat(5000)),
        format!("x = {}1", "not ".repeat(5000)),
        format!("x = {}1", "-".repeat(5000)),
        format!("x = {}1", "1 + ".repeat(5000)),
        format!("x = {}1", "2 ** ".repeat(5000)),
        format!("x = {}1", "lambda: ".repeat(5000)),
        format!("x = {}1", "lambda a, b: ".repeat(5000)),
        format!("x = {}1", "1 if 1 else ".repeat(5000)),
        format!("x = a{}", ".b".repeat(5000)),
        format!("x = a{}", "()".repeat(5000)),
        format!("x = a{}", "[0]".repeat(5000)),
    ] {
        assert_eq!(ends(&source), "SyntaxError", "{}", &source[..40]);
    }
    let blocks: String = (0..150).map(|i| format!("{}if 1:\n", " ".repeat(i))).collect();
    assert_eq!(ends(&format!("{blocks}{}pass", " ".repeat(150))), "IndentationError");
}

#[test]
fn what_is_nested_within_the_limits_runs() {
    assert_eq!(ends(&format!("x = {}{}", "[".repeat(199), "]".repeat(199))), "");
    assert_eq!(ends(&format!("x = {}1", "1 + ".repeat(390))), "");
    let blocks: String = (0..95).map(|i| format!("{}if 1:\n", " ".repeat(i))).collect();
    assert_eq!(ends(&format!("{blocks}{}pass", " ".repeat(95))), "");
    let loops: String = (0..60).map(|i| format!("{}for i{i} in range(1):\n", " ".repeat(i))).collect();
    assert_eq!(ends(&format!("{loops}{}pass", " ".repeat(60))), "");
    let names: String = (0..20_000).map(|i| format!("x{i} = {i}\n")).collect();
    assert_eq!(ends(&names), "");
}

#[test]
fn values_nested_deeply_are_refused_where_they_are_looked_at_and_dropped_quietly() {
    let make = [
        ("v = []", "v = [v]"),
        ("v = ()", "v = (v,)"),
        ("v = {}", "v = {1: v}"),
        ("v = iter([1])", "v = zip(v)"),
        ("v = ValueError()", "v = ValueError(v)"),
        ("v = None\nclass N:\n  def __init__(self, n): self.n = n", "v = N(v)"),
        ("v = 1\ndef f(g): return lambda: g", "v = f(v)"),
    ];
    for (start, step) in make {
        assert_eq!(ends(&format!("{start}\nfor i in range(30000): {step}\nv = 0")), "", "{step}");
    }
    let list = "v = []\nw = []\nfor i in range(30000): v = [v]; w = [w]\n";
    for look in ["print(v)", "v == w", "v < w", "repr(v)", "str(v)", "f'{v}'"] {
        assert_eq!(ends(&format!("{list}{look}")), "RecursionError", "{look}");
    }
    assert_eq!(ends("t = ()\nfor i in range(30000): t = (t,)\nhash(t)"), "RecursionError");
    assert_eq!(ends("z = iter([1])\nfor i in range(30000): z = map(abs, z)\nlist(z)"), "RecursionError");
    assert_eq!(
        ends("e = ValueError()\nfor i in range(30000): e = ValueError(e)\nprint(e)"),
        "RecursionError"
    );
}

#[test]
fn recursion_ends() {
    for source in [
        "def f(): f()\nf()",
        "class A:\n  def __repr__(self): return repr(self)\nprint(A())",
        "class A:\n  def __getattr__(self, n): return self.z\nA().x",
        "class A:\n  def __eq__(self, o): return self == o\nA() == A()",
        "class A:\n  def __call__(self): return self()\nA()()",
        "def f(x): return sorted([1, 2], key=f)\nf(1)",
        "class A: pass\nA.__call__ = A()\nA()()",
        "def f(x):\n  yield from x\ng = iter([1])\nfor i in range(5000): g = f(g)\nlist(g)",
    ] {
        assert_eq!(ends(source), "RecursionError", "{source}");
    }
}

#[test]
fn what_does_not_fit_is_refused_before_it_is_made() {
    for source in [
        "'x' * 10**9",
        "[0] * 10**9",
        "(0,) * 10**9",
        "list(range(10**9))",
        "10 ** 10**8",
        "1 << 10**10",
        "s = 'x'\nwhile True: s += s",
        "s = [1]\nwhile True: s += s",
        "s = (1,)\nwhile True: s += s",
        "l = []\nwhile True: l.append([0] * 1000000)",
        "f'{1:1000000000}'",
        "'%1000000000d' % 1",
        "'{:>{}}'.format(1, 10**9)",
        "'a'.ljust(10**10)",
        "''.join(['x' * 10**6] * 1000)",
        "('a' * 10**6).replace('a', 'b' * 10**6)",
        "import math\nmath.factorial(10**9)",
    ] {
        assert_eq!(ends(source), "MemoryError", "{source}");
    }
    assert_eq!(ends("print(10 ** 5000)"), "ValueError");
    assert_eq!(ends("int('1' * 5000)"), "ValueError");
}

#[test]
fn endless_loops_give_back_control() {
    for source in [
        "while True: pass",
        "def g():\n  while True: yield 1\nfor x in g(): pass",
        "any(x > 1 for x in iter(int, 1))",
        "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\nfor x in A(): pass",
    ] {
        assert_eq!(common::run(source, 5).1.map(|_| ()), None, "{source}");
    }
}

#[test]
fn odd_sources_are_read() {
    for source in
        ["", "   ", "# only this", "\u{feff}x = 1", "x = 1\ry = 2\r\nz = 3", "x = 'a\u{0}'", "x = 1 + \\\n 2"]
    {
        assert_eq!(ends(source), "", "{source:?}");
    }
    assert_eq!(ends("if 1:\n\tx = 1\n        y = 2"), "IndentationError");
}

#[test]
fn what_the_dialect_does_not_have_is_named_before_the_start() {
    for (source, named) in [
        ("print(1)\nasync def f(): pass", "asynchronous functions are not supported here"),
        ("print(1)\nx = 1j", "complex numbers are not supported here"),
        ("print(1)\ntry: pass\nexcept* ValueError: pass", "'except*' is not supported here"),
    ] {
        let (printed, end) = common::run(source, 10);
        let failure = end.unwrap().unwrap_err();
        assert_eq!((printed.as_str(), failure.message.as_str()), ("", named));
        assert!(failure.span.line >= 2);
    }
}
