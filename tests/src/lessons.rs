//! Every program, answer and check of the lessons is run: what a lesson states is what happens.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use gradloom_engine::{Device, Engine};
use gradloom_lessons::{Answer, Block, Challenge, FILES, LESSONS, Lesson, Question, Verdict};
use gradloom_python::Shelf;

use crate::programs::{gpu, plain, run_with};

/// Programs that are not run on the GPU, each with the reason.
const CPU_ONLY: &[(&str, &str)] = &[];

/// The CPU, and the GPU where there is one.
fn devices() -> Vec<Device> {
    let mut devices = vec![Device::Cpu];
    match gpu() {
        Some(_) => devices.push(Device::Gpu),
        None => assert!(std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(), "no GPU was found"),
    }
    devices
}

fn engine(device: Device) -> Engine {
    let engine = Engine::new(if device == Device::Gpu { gpu() } else { None }, 0);
    engine.set_default_device(device);
    engine
}

/// The files that come with the lessons.
fn shelf() -> Rc<Shelf> {
    let shelf = Rc::new(Shelf::default());
    FILES.iter().for_each(|file| shelf.put(file.path, Some(file.bytes().to_vec())));
    shelf
}

/// What a program prints, and the last line of its traceback if it fails.
fn outcome(source: &str, device: Device) -> (String, Option<String>) {
    outcome_with(source, device, shelf())
}

/// The same, with files that a program before it may have written.
fn outcome_with(source: &str, device: Device, files: Rc<Shelf>) -> (String, Option<String>) {
    let (output, error) = run_with(source, engine(device), files);
    (output, error.and_then(|error| error.trim_end().lines().last().map(str::to_owned)))
}

/// A file beside a lesson's text.
fn beside(lesson: &Lesson, name: &str) -> Option<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/lessons/content");
    let folder: PathBuf = content.join(format!("{:02}-{}", lesson.number, lesson.slug));
    assert!(folder.is_dir(), "{}", folder.display());
    std::fs::read_to_string(folder.join(name)).ok()
}

/// Runs a check for every lesson on every device, and tells all failures at once.
fn for_all(check: impl Fn(&Lesson, Device) -> Vec<String>) {
    let mut failed = Vec::new();
    for device in devices() {
        for lesson in LESSONS {
            let told = check(lesson, device);
            failed.extend(told.into_iter().map(|why| format!("lesson {}, {device:?}: {why}", lesson.number)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn lessons_programs_do_what_is_stated_beside_them() {
    for_all(|lesson, device| {
        let mut failed = Vec::new();
        let content = lesson.content();
        let files = shelf();
        let starters: Vec<usize> = challenges(lesson).iter().map(|code| code.starter as usize).collect();
        for (index, program) in content.programs.iter().enumerate() {
            let name = program.file.trim_end_matches(".py");
            let cpu_only = device == Device::Gpu && CPU_ONLY.iter().any(|(file, _)| *file == program.file);
            if starters.contains(&index) || cpu_only {
                continue;
            }
            let (output, error) = outcome_with(&program.source, device, files.clone());
            let expected = beside(lesson, &format!("{name}.err")).map(|line| line.trim_end().to_owned());
            if error != expected {
                failed.push(format!("{} ends with {error:?}, and not with {expected:?}", program.file));
            }
            if let Some(expected) = beside(lesson, &format!("{name}.out"))
                && (device == Device::Cpu && output != expected || plain(&output) != plain(&expected))
            {
                failed.push(format!("{} prints\n{output}and not\n{expected}", program.file));
            }
        }
        failed
    });
}

fn questions(lesson: &Lesson) -> Vec<Question> {
    let blocks = lesson.content().steps.into_iter().flat_map(|step| step.blocks);
    let questions = blocks.filter_map(|block| match block {
        Block::Predict(question) | Block::Exercise(question) => Some(question),
        _ => None,
    });
    questions.collect()
}

#[test]
fn lessons_answers_are_what_their_programs_print() {
    for_all(|lesson, device| {
        let mut failed = Vec::new();
        for question in questions(lesson) {
            let (output, error) = outcome(&question.solution, device);
            let last = output.lines().last().unwrap_or_default().trim();
            let answer = match &question.answer {
                // As it was written, without Markdown's signs.
                Answer::Choice { options, right } => {
                    let right = options[*right as usize].0.replace(['`', '*', '$'], "");
                    if last == right { Verdict::Right } else { Verdict::Wrong }
                }
                _ => question.judge(last, |text| text.parse().ok()),
            };
            if answer != Verdict::Right || error.is_some() {
                let stated = &question.answer;
                failed
                    .push(format!("{}\nprints {last:?} ({error:?}), stated is {stated:?}", question.prompt));
            }
        }
        failed
    });
}

fn challenges(lesson: &Lesson) -> Vec<Challenge> {
    let blocks = lesson.content().steps.into_iter().flat_map(|step| step.blocks);
    blocks.filter_map(|block| if let Block::Code(code) = block { Some(code) } else { None }).collect()
}

#[test]
fn lessons_checks_pass_the_solution_and_not_the_starter() {
    for_all(|lesson, device| {
        let content = lesson.content();
        let mut failed = Vec::new();
        for code in challenges(lesson) {
            let starter = &content.programs[code.starter as usize];
            let (_, error) = outcome(&code.with_check(&code.solution).0, device);
            if let Some(error) = error {
                failed.push(format!("the solution of {} does not pass: {error}", starter.file));
            }
            if outcome(&code.with_check(&starter.source).0, device).1.is_none() {
                failed.push(format!("{} passes its check as it is", starter.file));
            }
        }
        failed
    });
}
