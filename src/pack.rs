//! A program as a short text for an address, and back: UTF-8, deflated by the browser, in base64 with `-` and `_`.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, ReadableWritablePair, Response};

use crate::model::base64;

/// A packed program is read only up to this many characters; no program comes near it.
const MOST: usize = 400_000;

/// Packs a program.
pub fn pack(text: &str, then: impl FnOnce(Option<String>) + 'static) {
    let bytes = text.as_bytes().to_vec();
    spawn_local(async move {
        let packed = through(&bytes, "CompressionStream").await;
        then(packed.map(|bytes| base64::encode(&bytes, base64::ADDRESS)));
    });
}

/// Unpacks what [`pack`] made; `None` for anything else.
pub fn unpack(code: &str, then: impl FnOnce(Option<String>) + 'static) {
    let bytes = if code.len() <= MOST { base64::decode(code) } else { None };
    spawn_local(async move {
        let text = match bytes {
            Some(bytes) => through(&bytes, "DecompressionStream").await,
            None => None,
        };
        then(text.and_then(|bytes| String::from_utf8(bytes).ok()));
    });
}

/// Bytes through one of the browser's streams, all at once; `None` where it has none, and for bytes that do not fit.
async fn through(bytes: &[u8], stream: &str) -> Option<Vec<u8>> {
    let class: Function = Reflect::get(&js_sys::global(), &stream.into()).ok()?.dyn_into().ok()?;
    let stream = Reflect::construct(&class, &Array::of1(&JsValue::from_str("deflate-raw"))).ok()?;
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
    let out = blob.stream().pipe_through(stream.unchecked_ref::<ReadableWritablePair>());
    let response = Response::new_with_opt_readable_stream(Some(&out)).ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
