//! Every library compiles and runs, and defines the names that it is said to define.

use gradloom_engine::Engine;
use gradloom_python::{Budget, Host, Machine, Pause};

fn run(source: &str) -> String {
    let host = Host { file: "test.py".to_owned(), ..Host::new(Engine::new(None, 0)) };
    let mut machine = Machine::new(source, host).unwrap_or_else(|e| panic!("{}", e.text));
    loop {
        match machine.resume(Budget { instructions: 1 << 20 }) {
            Pause::Done => break,
            Pause::Error(failure) => panic!("{source}\n{}", failure.text),
            _ => {}
        }
    }
    machine.take_output().into_iter().map(|p| p.text).collect()
}

#[test]
fn every_library_defines_what_it_offers() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("library");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "py") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            run(&format!(
                "import {name} as m\nfor n in dir(m):\n    try:\n        getattr(m, n)\n    except NotImplementedError:\n        pass"
            ));
            tried += 1;
        }
    }
    assert!(tried > 0);
}

#[test]
fn a_library_works_in_the_name_of_the_line_that_calls_it() {
    let printed = run("from operator import itemgetter\n\
                       print(sorted([(1, 'b'), (2, 'a')], key=itemgetter(1)))\n\
                       try:\n    itemgetter(5)([1])\n\
                       except IndexError as e:\n    print(e)\n");
    assert_eq!(printed, "[(2, 'a'), (1, 'b')]\nlist index out of range\n");
}
