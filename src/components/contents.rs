use gradloom_lessons::{LESSONS, Lesson, WORDS, Words};
use leptos::prelude::*;
use web_sys::{Event, HtmlDialogElement, KeyboardEvent};

use super::icon::{self, icon};
use crate::address;
use crate::bench::Bench;
use crate::dom;
use crate::net;
use crate::ui::{El, button, effect, el, memo};

/// A lesson found: its index, and the steps that were found.
type Found = (usize, Vec<usize>);

/// Steps of a lesson that are shown because of their text.
const SHOWN: usize = 3;

/// Lessons in which every word stands in the title, the goal, the group or a heading, with the headings that have all words;
/// and those in whose text they stand together, with the first such steps.
fn search(wanted: &str, text: &Words) -> Vec<Found> {
    let wanted = wanted.to_ascii_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    // A word of two letters is part of too many.
    let told = words.iter().any(|word| word.len() > 2);
    let in_text = if told { text.find(&words) } else { Vec::new() };
    let has_all = |text: String| {
        let text = text.to_ascii_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let in_lesson = |(i, lesson): (usize, &Lesson)| {
        let mut steps: Vec<usize> = match words.is_empty() {
            true => Vec::new(),
            false => {
                let steps = lesson.steps.iter().enumerate();
                steps.filter(|(_, title)| has_all(title.to_string())).map(|(i, _)| i).collect()
            }
        };
        let all = [lesson.title, lesson.goal, lesson.group, lesson.file].join(" ") + &lesson.steps.join(" ");
        let named = !steps.is_empty() || has_all(all);
        if steps.is_empty() {
            let here = in_text.iter().filter(|(lesson, _)| *lesson == i);
            steps.extend(here.map(|(_, step)| *step).take(SHOWN));
        }
        (named || !steps.is_empty()).then_some((i, steps))
    };
    LESSONS.iter().enumerate().filter_map(in_lesson).collect()
}

/// The list of all lessons with what has been done of each, and a search over them.
pub fn contents(bench: Bench, open: RwSignal<bool>) -> El {
    let wanted = RwSignal::new(String::new());
    let text = RwSignal::new(Words::default());
    let found = memo(move || text.with(|text| search(&wanted.get(), text)));
    let close =
        button("tool").set("aria-label", "Close").click(move || open.set(false)).put(icon(icon::CLOSE));
    let field = el("input")
        .set("id", "search")
        .set("type", "search")
        .set("placeholder", "Search the lessons")
        .set("aria-label", "Search the lessons")
        .test("search")
        .prop("value", move || wanted.get())
        .on("input", move |event: Event| wanted.set(dom::value(&event)));
    let rows = move || {
        let found = found.get();
        let mut rows: Vec<El> = Vec::new();
        let mut group = "";
        for (i, steps) in found {
            let Some(lesson) = LESSONS.get(i) else { continue };
            if lesson.group != group {
                group = lesson.group;
                rows.push(el("h3").put(group));
            }
            rows.push(lesson_row(bench, open, i, lesson, &steps));
        }
        if rows.is_empty() {
            rows.push(el("p").class("hint").put("No lesson has these words."));
        }
        rows
    };
    let all = move || {
        let (done, all) =
            (0..LESSONS.len()).map(|i| bench.progress(i)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        format!("{done} of {all} questions answered")
    };
    let dialog = el("dialog")
        .class("help contents")
        .test("contents-list")
        .set("aria-labelledby", "contents-title")
        .on("close", move |_: Event| open.set(false))
        // In a search field the first Escape would only clear the field.
        .on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(false);
            }
        })
        .put(el("div").class("title").put([el("h2").set("id", "contents-title").put("Contents"), close]))
        .put(field)
        .put(el("p").class("hint").set("role", "status").say(all))
        .put(el("div").class("rows-of-lessons").part(rows));
    if let Some(element) = dialog.is::<HtmlDialogElement>() {
        effect(move || {
            let open = open.get();
            if open && !element.open() {
                // Refused only where it is open already.
                let _ = element.show_modal();
                dom::focus("search");
                if text.with_untracked(|text| *text == Words::default()) {
                    let come = move |bytes: Option<Vec<u8>>| text.set(Words::read(bytes.unwrap_or_default()));
                    net::fetch(&format!("lessons/{WORDS}"), come);
                }
            } else if !open && element.open() {
                element.close();
            }
        });
    }
    dialog
}

fn lesson_row(
    bench: Bench,
    open: RwSignal<bool>,
    index: usize,
    lesson: &'static Lesson,
    steps: &[usize],
) -> El {
    let progress = move || {
        let (done, all) = bench.progress(index);
        match (done, all) {
            (_, 0) => String::new(),
            (done, all) if done == all => "all done ✓".into(),
            (done, all) => format!("{done} of {all}"),
        }
    };
    let number = if lesson.is_playground() { "–".into() } else { lesson.number.to_string() };
    let link = el("a")
        .class("lesson-link")
        .set("href", address::of(index, 0))
        .live("aria-current", move || (bench.lesson.get() == index).then_some("page"))
        .click(move || open.set(false))
        .put(el("span").class("number").put(number))
        .put(el("span").put(el("b").put(lesson.title)).put(el("small").put(lesson.goal)))
        .put(el("span").class("progress-of").say(progress));
    let headings = steps.iter().filter_map(|&step| {
        let title = lesson.steps.get(step)?;
        let link = el("a").class("heading-link").set("href", address::of(index, step));
        Some(link.click(move || open.set(false)).put(format!("{} · {title}", step + 1)))
    });
    el("div").class("lesson-row").put(link).put(headings.collect::<Vec<_>>())
}

// The words are there where the page does not have to fetch them.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_titles_goals_and_headings() {
        let text = Words::read(Words::bytes().to_vec());
        let search = |wanted: &str| search(wanted, &text);
        assert_eq!(search("").len(), LESSONS.len());
        assert_eq!(search("zebra crossing"), []);
        let found = search("ADD node");
        assert!(found.contains(&(0, vec![3])), "{found:?}");
        assert!(search("expression").iter().any(|(lesson, _)| *lesson == 0));
        // In the text and the programs alone.
        let gallery = LESSONS.iter().position(|lesson| lesson.slug == "functional").unwrap();
        for word in ["softmax", "hardswish"] {
            assert!(search(word).iter().any(|(lesson, _)| *lesson == gallery), "{word}");
        }
    }
}
