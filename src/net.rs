//! What the page gets from its server.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

/// Fetches a file by its address, relative to the page; `None` if it does not come.
pub fn fetch(path: &str, then: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let promise = leptos::prelude::window().fetch_with_str(path);
    spawn_local(async move {
        let bytes = async {
            let response: Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
            let body = response.ok().then(|| response.array_buffer().ok()).flatten()?;
            let body = JsFuture::from(body).await.ok()?;
            Some(Uint8Array::new(&body).to_vec())
        };
        then(bytes.await);
    });
}
