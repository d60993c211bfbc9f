//! The parser against small texts, and what must hold for every lesson.

use std::path::Path;

use crate::{Answer, Block, Content, LESSONS, Points, Program, Question, Step, Verdict, html, lesson, parse};

const HEAD: &str = "---\ntitle: T: with a colon\ngroup: G\ngoal: O\nfile: a.py\n---\n";
const ASKS: &str = ":::predict\nanswer: -2.5\ntolerance: 0.5\n\nWhat?\n---\nSo.\n---\nx = 1\nprint(x)\n:::\n\
                    :::exercise\nanswer: 3\n\nHow?\n---\nThus.\n---\nprint(3)\n:::\n";

fn parse(text: &str) -> Result<parse::Lesson, String> {
    let read = |file: &str| match file {
        "none.py" => Err(std::io::ErrorKind::NotFound.into()),
        _ => Ok(format!("# {file}\r\nprint(1)\n")),
    };
    parse::lesson(Path::new("c/lesson.md"), "07-some-thing", text, &read).map_err(|error| error.to_string())
}

#[test]
fn a_lesson_is_read_into_its_parts() {
    let l = parse(&format!("{HEAD}\n## One\nlook: 1-2\n\nText.\n\n## Two\n{ASKS}\nAfter.\n")).expect("valid");
    assert_eq!((l.number, l.slug.as_str(), l.title.as_str()), (7, "some-thing", "T: with a colon"));
    let question = |prompt: &str, value, tolerance, explanation: &str, solution: &str| Question {
        prompt: prompt.into(),
        answer: Answer::Number { value, tolerance },
        explanation: explanation.into(),
        solution: solution.into(),
    };
    let two = vec![
        Block::Predict(question("<p>What?</p>", -2.5, 0.5, "<p>So.</p>", "x = 1\nprint(x)\n")),
        Block::Exercise(question("<p>How?</p>", 3.0, 0.0, "<p>Thus.</p>", "print(3)\n")),
        Block::Html("<p>After.</p>".into()),
    ];
    let one = vec![Block::Html("<p>Text.</p>".into())];
    let expected = Content {
        programs: vec![Program { file: "a.py".into(), source: "# a.py\nprint(1)\n".into() }],
        steps: vec![
            Step { title: "One".into(), look: Some((1, 2)), blocks: one },
            Step { title: "Two".into(), look: None, blocks: two },
        ],
    };
    assert_eq!(l.content, expected);
}

#[test]
fn programs_choices_shapes_and_code_are_read() {
    let blocks = ":::program b.py\nThe *same*.\n:::\n:::predict\nchoice: it is `0.0`\nright: it grows\n\nWhat?\n---\nSo.\n---\n\
                  print('it grows')\n:::\n:::predict\nshape: 4 × 3\n\nWhich?\n---\nSo.\n---\nprint((4, 3))\n:::\n\
                  :::code c.py\ncheck: k.py\nsolution: s.py\n\nWrite it.\n---\nA hint.\n---\nAnother.\n---\nWhy.\n:::\n";
    let l = parse(&format!("{HEAD}## One\n{blocks}")).expect("valid");
    let files: Vec<_> = l.content.programs.iter().map(|program| program.file.as_str()).collect();
    assert_eq!(files, ["a.py", "b.py", "c.py"]);
    let [program, choice, shape, code] = l.content.steps[0].blocks.as_slice() else { panic!("four blocks") };
    assert_eq!(*program, Block::Program { program: 1, caption: "<p>The <em>same</em>.</p>".into() });
    let Block::Predict(choice) = choice else { panic!("a prediction") };
    let option = |text: &str, html: &str| (text.to_string(), html.to_string());
    let options = vec![option("it is `0.0`", "it is <code>0.0</code>"), option("it grows", "it grows")];
    assert_eq!(choice.answer, Answer::Choice { options, right: 1 });
    let parse = |text: &str| text.parse().ok();
    assert_eq!(choice.judge("it is `0.0`", parse), Verdict::Wrong);
    assert_eq!(choice.judge("it grows", parse), Verdict::Right);
    let Block::Predict(shape) = shape else { panic!("a prediction") };
    for right in ["4 × 3", "4x3", "(4, 3)", "torch.Size([4, 3])", "4 by 3", "[4,3]", "4 3"] {
        assert_eq!(shape.judge(right, parse), Verdict::Right, "{right}");
    }
    for (other, verdict) in [
        ("3 × 4", Verdict::Wrong),
        ("()", Verdict::Wrong),
        ("four", Verdict::Unreadable),
        ("", Verdict::Unreadable),
    ] {
        assert_eq!(shape.judge(other, parse), verdict, "{other}");
    }
    let Block::Code(code) = code else { panic!("an exercise") };
    assert_eq!((code.starter, code.hints.len(), code.check.as_str()), (2, 2, "# k.py\nprint(1)\n"));
    assert_eq!(code.with_check("x = 1\ny = 2\n\n"), ("x = 1\ny = 2\n\n# k.py\nprint(1)\n".to_string(), 2));
}

#[test]
fn a_field_of_points_is_read() {
    let block = |fields: &str| format!("{HEAD}## One\n{ASKS}:::points b.py\n{fields}\n\nSet *one*.\n:::\n");
    let l = parse(&block("name: points\nx: 0 to 10\ny: -2.5 to 4")).expect("valid");
    let points = Points {
        program: 1,
        name: "points".into(),
        x: (0.0, 10.0),
        y: (-2.5, 4.0),
        caption: "<p>Set <em>one</em>.</p>".into(),
    };
    assert_eq!(l.content.steps[0].blocks.last(), Some(&Block::Points(points)));
    for (fields, why) in [
        ("name: points\nx: 0 to 10", "no line 'y: 0 to 10'"),
        ("name: points\nx: 4 to 1\ny: 0 to 1", "'4 to 1' is no range"),
        ("name: points\nz: 0 to 1", "no field 'z'"),
    ] {
        let told = parse(&block(fields)).expect_err(fields);
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn headings_and_blocks_inside_code_are_code() {
    let l = parse(&format!("{HEAD}## One\n```python\n## a comment\n:::\n```\n{ASKS}")).expect("valid");
    let code = "<pre><code class=\"language-python\">## a comment\n:::\n</code></pre>";
    assert_eq!(l.content.steps[0].blocks[0], Block::Html(code.into()));
}

#[test]
fn faults_name_file_line_and_remedy() {
    let ask = |from: &str, to: &str| format!("{HEAD}## One\n{}", ASKS.replacen(from, to, 1));
    let cases = [
        ("Hello".to_string(), "c/lesson.md:1: a lesson begins with a line '---'"),
        (HEAD.replace("goal: O\n", ""), "c/lesson.md:1: the front matter has no 'goal'"),
        (HEAD.replace("goal: O", "goal:"), "c/lesson.md:4: 'goal' has no value"),
        (HEAD.replace("goal", "aim"), "c/lesson.md:4: there is no field 'aim'"),
        (format!("{HEAD}Text"), "c/lesson.md:7: text before the first '## ' step"),
        (HEAD.to_string(), "c/lesson.md:7: a lesson needs at least one step"),
        (format!("{HEAD}## One\n\n## Two\nText"), "c/lesson.md:9: nothing stands under '## One'"),
        (format!("{HEAD}## One\nText"), "c/lesson.md: a lesson has at least one :::exercise or :::code"),
        (ask("predict", "guess"), "c/lesson.md:8: ':::guess' is no block"),
        (ask("answer: -2.5", "answer: five"), "c/lesson.md:9: 'five' is not a number"),
        (ask("tolerance: 0.5", "tolerance: -1"), "c/lesson.md:10: a tolerance cannot be negative"),
        (ask("answer: -2.5", "shape: 4 by"), "c/lesson.md:9: '4 by' is no shape"),
        (ask("answer: -2.5", "choice: one"), "c/lesson.md:10: only a number has a tolerance"),
        (ask("answer: -2.5\ntolerance: 0.5", "choice: one\nchoice: two"), "c/lesson.md:8: a choice needs"),
        (
            ask("answer: -2.5\ntolerance: 0.5", "right: one\nright: two"),
            "c/lesson.md:10: a question has one right",
        ),
        (ask("predict", "program none.py"), "c/lesson.md:8: the file 'none.py' cannot be read"),
        (ask("predict", "code a.py"), "c/lesson.md:9: there is no field 'answer'; the fields are check"),
        (format!("{HEAD}## One\nlook: 1-9\nText"), "c/lesson.md:8: 'look' names lines"),
        (ask("What?\n---\n", ""), "c/lesson.md:8: a block has three parts"),
        (ask("print(x)", "x"), "c/lesson.md:8: the block's program prints nothing"),
        (ask("So.", "$\\frac{1}{$"), "c/lesson.md:14: a '$' stands alone"),
        (ask("So.", "Look:\n$\\nosuch x$"), "c/lesson.md:15: the formula '\\nosuch x' cannot be read"),
        (ask("So.", "<b>So</b>"), "c/lesson.md:14: HTML is not allowed here"),
        (ask("So.", "It is [v: 3."), "c/lesson.md:14: a mark [v: …] or [g: …] is not ended"),
        (ask("So.", "It is [v: 3 [g: 2]]."), "c/lesson.md:14: a mark inside a mark"),
        (ask("So.", "# So"), "c/lesson.md:14: inside a step there are no headings"),
    ];
    for (text, expected) in cases {
        let message = parse(&text).expect_err(expected);
        assert!(message.starts_with(expected), "expected {expected:?}, found {message:?}");
    }
    let misnamed = parse::lesson(Path::new("c"), "7-x", "", &|_| Ok(String::new())).expect_err("misnamed");
    assert!(misnamed.to_string().contains("two digits"), "{misnamed}");
}

#[test]
fn values_and_gradients_are_marked_in_text_and_in_formulas() {
    let cases = [
        ("[v: 3], [g: 2 + 3]!", "<span class=\"v\">3</span>, <span class=\"g\">2 + 3</span>!"),
        ("[g: `w.grad` *now*] [x]", "<span class=\"g\"><code>w.grad</code> <em>now</em></span> [x]"),
        ("`[v: 3]`", "<code class=\"whole\">[v: 3]</code>"),
        (
            "$a = \\v{3}$",
            "<math display=\"inline\"><mi>a</mi><mo>=</mo><mrow class=\"v\"><mrow><mn>3</mn></mrow></mrow></math>",
        ),
        (
            "$\\lvert x \\rvert$",
            "<math display=\"inline\"><mo symmetric=\"false\" stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo><mi>x</mi>\
             <mo symmetric=\"false\" stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo></math>",
        ),
    ];
    for (markdown, expected) in cases {
        assert_eq!(html::render(markdown, 1), Ok(format!("<p>{expected}</p>")));
    }
}

#[test]
fn lines_break_where_a_reader_would() {
    let a = "<math display=\"inline\"><mi>a</mi></math>";
    let cases = [
        ("see ($a$), and $a$ is", format!("see <span class=\"whole\">({a}),</span> and {a} is")),
        ("1.6e-05, e-mail", "1.6e-\u{2060}05, e-mail".to_string()),
        ("`t > 0` and `x`", "<code class=\"whole\">t &gt; 0</code> and <code>x</code>".to_string()),
        ("2 × 10 × 3, rows × 3", "2\u{a0}×\u{a0}10\u{a0}×\u{a0}3, rows × 3".to_string()),
        ("$8{,}010$", "<math display=\"inline\"><mn>8,010</mn></math>".to_string()),
    ];
    for (markdown, expected) in cases {
        assert_eq!(html::render(markdown, 1), Ok(format!("<p>{expected}</p>")));
    }
    let long = html::render("`torch.optim.SGD(parameters)` and `torch.no_grad()`", 1);
    let broken =
        "<p><code>torch.<wbr>optim.<wbr>SGD(<wbr>parameters)</code> and <code>torch.no_grad()</code></p>";
    assert_eq!(long.as_deref(), Ok(broken));
    let table = html::render("| x |\n| --- |\n| `torch.dot(x, D_in).zero_()` |", 1).expect("a table");
    assert!(table.contains("<code>torch.<wbr>dot(<wbr>x,<wbr> D_in).<wbr>zero_()</code>"), "{table}");
}

#[test]
fn typed_answers_are_judged_as_people_type_them() {
    let answer = Answer::Number { value: -1234.5, tolerance: 0.5 };
    let q = Question { prompt: "".into(), answer, explanation: "".into(), solution: "".into() };
    let judge = |typed: &str| q.judge(typed, |text| text.parse().ok());
    for right in ["-1234.5", "-1,234.5", " \u{2212}1234 ", "-1_235", "-1.2345e3"] {
        assert_eq!(judge(right), Verdict::Right, "{right}");
    }
    for wrong in ["-1233.9", "1234.5", "0", "-1,234,500"] {
        assert_eq!(judge(wrong), Verdict::Wrong, "{wrong}");
    }
    for none in ["", "-", "x", "1,5", ",123", "-,123", "nan", "inf", "1.5,000", "1e999"] {
        assert_eq!(judge(none), Verdict::Unreadable, "{none}");
    }
}

#[test]
fn the_lessons_stand_on_the_ladder_in_order() {
    assert!(LESSONS.windows(2).all(|pair| pair[0].number < pair[1].number));
    for (number, slug, file) in [
        (1, "expression", "expression.py"),
        (6, "numpy-network", "two_layer_numpy.py"),
        (11, "autograd-network", "two_layer_autograd.py"),
    ] {
        let found = lesson(slug).expect(slug);
        assert_eq!((found.number, found.file), (number, file));
    }
    assert_eq!(lesson("nowhere"), None);
}

#[test]
fn what_reaches_the_page_is_finished() {
    for l in LESSONS {
        let content = l.content();
        assert_eq!(content.programs[0].file, l.file);
        assert!(content.steps.iter().map(|step| step.title.as_str()).eq(l.steps.iter().copied()));
        assert_ne!(Content::read(&l.bytes()[1..]), Some(content.clone()), "cut bytes are another content");
        for block in content.steps.iter().flat_map(|step| &step.blocks) {
            let parts: Vec<&str> = match block {
                Block::Html(html) => vec![html],
                Block::Program { caption, .. } | Block::Points(Points { caption, .. }) => vec![caption],
                Block::Predict(q) | Block::Exercise(q) => vec![&q.prompt, &q.explanation],
                Block::Code(code) => {
                    code.hints.iter().chain([&code.prompt, &code.explanation]).map(String::as_str).collect()
                }
            };
            for part in parts {
                // A dollar, a mark or a backslash left over is markup that was not understood.
                for left_over in ["style=", "<script", "$", "[v:", "[g:", "<merror", "&amp;nbsp"] {
                    assert!(!part.contains(left_over), "lesson {}: {left_over:?} in {part}", l.number);
                }
                for address in part.split("href=\"#/").skip(1) {
                    let slug = address.split(['"', '/', '?']).next().unwrap_or_default();
                    assert!(
                        lesson(slug).is_some(),
                        "lesson {}: a link to '{slug}', which is no lesson",
                        l.number
                    );
                }
            }
        }
    }
}
