//! Waiting: for a command, for the GPU, for the event loop's next turn.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::MessageChannel;

/// Something that happens again and again; a wait ends at the first time after the last wait.
#[derive(Clone, Default)]
pub struct Signal(Rc<State>);

#[derive(Default)]
struct State {
    raised: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Signal {
    /// It happened.
    pub fn raise(&self) {
        self.0.raised.set(true);
        if let Some(waker) = self.0.waker.take() {
            waker.wake();
        }
    }

    /// Until it happens.
    pub async fn wait(&self) {
        poll_fn(|cx| {
            if self.0.raised.take() {
                return Poll::Ready(());
            }
            *self.0.waker.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// Until one of two is done.
pub async fn either(a: impl Future<Output = ()>, b: impl Future<Output = ()>) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| {
        if a.as_mut().poll(cx).is_ready() || b.as_mut().poll(cx).is_ready() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// The event loop's next turn. A message to oneself arrives at once, where a timer of 0 ms soon takes 4.
pub struct Turn {
    channel: Option<MessageChannel>,
    came: Signal,
}

impl Turn {
    /// Sets the channel up.
    pub fn new() -> Turn {
        let came = Signal::default();
        let channel = MessageChannel::new().ok();
        if let Some(channel) = &channel {
            let raise = came.clone();
            let on_message = Closure::<dyn FnMut()>::new(move || raise.raise());
            channel.port2().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message.forget(); // lives as long as the worker
        }
        Turn { channel, came }
    }

    /// Lets everything else that waits run first.
    pub async fn next(&self) {
        let sent = self
            .channel
            .as_ref()
            .is_some_and(|c| c.port1().post_message(&wasm_bindgen::JsValue::NULL).is_ok());
        if sent {
            self.came.wait().await;
        }
    }
}
