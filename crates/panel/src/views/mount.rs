//! The panel put on a page, and taken off it.

use web_sys::HtmlElement;

use super::app::app;
use crate::{clock, model::Desk};

/// A panel on a page; dropping it takes the panel off.
#[must_use]
pub struct Mounted {
    desk: Desk,
    root: HtmlElement,
}

impl Mounted {
    /// Leave it there for as long as the page lives.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.desk.end();
        self.root.set_text_content(None);
    }
}

/// Puts the panel into `root`, in place of whatever is there: a loading sign, or what an earlier instance left behind.
pub fn mount(root: &HtmlElement, desk: Desk) -> Mounted {
    clock::stop_earlier(root);
    root.set_text_content(None);
    clock::run(&desk, root);
    // Cannot fail: the panel is new.
    let _ = root.append_child(app(&desk).element());
    Mounted { desk, root: root.clone() }
}
