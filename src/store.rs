//! What outlives a visit: the learner's programs, the theme, the sizes of the panes. A browser that keeps nothing (a
//! private window) is no error: then nothing is remembered.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}

/// What was kept under a key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(&format!("gradloom.{key}")).ok().flatten()
}

/// Keeps a text under a key; `None` forgets it.
pub fn set(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let key = format!("gradloom.{key}");
    // A full store must not stop the page.
    let _ = match value {
        Some(value) => storage.set_item(&key, value),
        None => storage.remove_item(&key),
    };
}
