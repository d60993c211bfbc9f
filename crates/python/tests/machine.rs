//! How a machine pauses, and what can be seen of it then.

mod common;

use gradloom_python::{Budget, Machine, Pause};

const MANY: Budget = Budget { instructions: 1_000_000 };

/// The lines at which a machine pauses, with the depth of the call stack.
fn lines(machine: &mut Machine) -> Vec<(u32, usize)> {
    let mut lines = Vec::new();
    loop {
        match machine.resume(MANY) {
            Pause::Line(line) => lines.push((line, machine.depth())),
            Pause::Done => return lines,
            Pause::Error(failure) => panic!("{failure}"),
            _ => {}
        }
    }
}

#[test]
fn every_line_is_a_pause_when_traced() {
    let mut machine =
        common::machine("def f(x):\n    y = x + 1\n    return y\nt = 0\nfor i in range(2):\n    t += f(i)\n")
            .unwrap();
    machine.trace_lines(true);
    // CPython 3.11's sys.settrace reports the same lines: def, t, for, body, f, f, for, body, f, f, for.
    let expected = [(1, 1), (4, 1), (5, 1), (6, 1), (2, 2), (3, 2), (5, 1), (6, 1), (2, 2), (3, 2), (5, 1)];
    assert_eq!(lines(&mut machine), expected);
}

#[test]
fn a_breakpoint_is_a_pause_without_tracing() {
    let mut machine = common::machine("a = 1\nfor i in range(3):\n    a += i\nprint(a)\n").unwrap();
    machine.set_breakpoints(&[3, 99]);
    assert_eq!(lines(&mut machine), [(3, 1), (3, 1), (3, 1)]);
}

#[test]
fn a_slice_ends_and_goes_on() {
    let mut machine = common::machine("n = 0\nwhile n < 10000:\n    n += 1\n").unwrap();
    let mut slices = 0;
    loop {
        match machine.resume(Budget { instructions: 1000 }) {
            Pause::Slice => slices += 1,
            Pause::Done => break,
            _ => panic!("neither a slice nor the end"),
        }
    }
    assert!(slices > 10, "{slices}");
    assert_eq!(machine.global("n").and_then(|v| v.as_i64()), Some(10000));
}

#[test]
fn loops_are_counted() {
    let source = "for i in range(10):\n    j = 0\n    while j < 3:\n        j += 1\n        x = i * j\n";
    let mut machine = common::machine(source).unwrap();
    machine.set_breakpoints(&[5]);
    for _ in 0..5 {
        assert!(matches!(machine.resume(MANY), Pause::Line(5)));
    }
    // The fifth time: second turn of both loops.
    let seen: Vec<_> = machine.loops().map(|(frame, l)| (frame, l.line, l.turns, l.total)).collect();
    assert_eq!(seen, [(0, 1, 2, Some(10)), (0, 3, 2, None)]);
    assert_eq!(machine.progress(), Some((1, 1, 10)));
}

#[test]
fn loops_that_are_left_are_forgotten() {
    let source = "for i in range(3):\n    try:\n        for j in range(5):\n            raise ValueError\n    except ValueError:\n        pass\nfor k in range(9):\n    while True:\n        break\n    z = 1\n";
    let mut machine = common::machine(source).unwrap();
    machine.set_breakpoints(&[10]);
    assert!(matches!(machine.resume(MANY), Pause::Line(10)));
    assert_eq!(machine.loops().map(|(_, l)| l.line).collect::<Vec<_>>(), [7]);
}

#[test]
fn variables_know_the_line_that_bound_them() {
    let source =
        "a = 1\nb = 'x'\ndef f(p):\n    q = p * 2\n    def g(): return q\n    return q\na = 5\nf(3)\n";
    let mut machine = common::machine(source).unwrap();
    machine.set_breakpoints(&[6]);
    assert!(matches!(machine.resume(MANY), Pause::Line(6)));
    let shown = |frame: usize| {
        let all = machine.variables(frame).into_iter();
        let mut out: Vec<String> =
            all.map(|b| format!("{}={}@{}", b.name, b.value.type_name(), b.line)).collect();
        out.sort();
        out
    };
    assert_eq!(shown(0), ["a=int@7", "b=str@2", "f=function@3"]);
    assert_eq!(shown(1), ["g=function@5", "p=int@3", "q=int@4"]);
    assert_eq!(
        machine.call_stack().iter().map(|(n, l)| (&**n, *l)).collect::<Vec<_>>(),
        [("<module>", 8), ("f", 6)]
    );
}

#[test]
fn printed_text_knows_its_line() {
    let mut machine = common::machine("print('a')\ndef f():\n    print('b', end='')\nf()\n").unwrap();
    assert!(matches!(machine.resume(MANY), Pause::Done));
    let printed: Vec<_> = machine.take_output().into_iter().map(|p| (p.text, p.line)).collect();
    assert_eq!(printed, [("a\n".to_owned(), 1), ("b".to_owned(), 3)]);
    assert!(machine.take_output().is_empty());
}

#[test]
fn a_failure_says_what_and_where() {
    let (printed, end) = common::run("print(1)\ndef f(x):\n    return x.shpe\nf('a'.upper)\n", 10);
    let failure = end.unwrap().unwrap_err();
    assert_eq!(printed, "1\n");
    assert_eq!(failure.class, "AttributeError");
    assert_eq!(failure.span.line, 3);
    let functions: Vec<_> = failure.frames.iter().map(|f| (&*f.function, f.span.line)).collect();
    assert_eq!(functions, [("<module>", 4), ("f", 3)]);
    let (_, end) = common::run("'abc'.uper()\n", 10);
    assert_eq!(end.unwrap().unwrap_err().help, "Did you mean: 'upper'?");
    let (_, end) = common::run("import sys\nsys.exit(3)\n", 10);
    let failure = end.unwrap().unwrap_err();
    assert_eq!((failure.status, failure.text.as_str()), (3, ""));
}

#[test]
fn tensors_know_where_they_were_made() {
    let source = "import torch\ndef make(n):\n    return torch.zeros(n) + 1\nx = make(3)\n";
    let mut machine = common::machine(source).unwrap();
    assert!(matches!(machine.resume(MANY), Pause::Done));
    let x = machine.global("x").and_then(|v| v.as_tensor()).unwrap().clone();
    let site = x.site();
    assert_eq!(&source[site.start as usize..site.end as usize], "torch.zeros(n) + 1");
    assert_eq!(site.line, 3);
    let call = site.stack.as_ref().unwrap();
    assert_eq!((call.function.as_str(), call.line), ("make", 4));
    assert!(call.caller.is_none());
}
