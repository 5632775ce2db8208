//! The panel put on a page, and taken off it.

use leptos::{mount::UnmountHandle, tachys::view::any_view::AnyViewState};
use web_sys::HtmlElement;

use super::app::app;
use crate::{clock, model::Desk};

/// A panel on a page; dropping it takes the panel off.
#[must_use]
pub struct Mounted(UnmountHandle<AnyViewState>);

impl Mounted {
    /// Leave it there for as long as the page lives.
    pub fn forget(self) {
        self.0.forget();
    }
}

/// Puts the panel into `root`, in place of whatever is there: a loading sign, or what an earlier instance left behind.
///
/// `desk` is called within the panel's scope and may keep things there.
pub fn mount(root: HtmlElement, desk: impl FnOnce() -> Desk + 'static) -> Mounted {
    clock::stop_earlier(&root);
    root.set_text_content(None);
    let place = root.clone();
    Mounted(leptos::mount::mount_to(root, move || {
        let desk = desk();
        clock::run(desk, place);
        app(desk)
    }))
}
