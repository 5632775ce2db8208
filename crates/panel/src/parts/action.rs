//! A button that does one command, or says why it cannot.

use leptos::prelude::*;

use crate::{
    parts::{Icon, icon},
    words,
};

/// A button for one command.
///
/// While its command is refused it stays in the tab order, says the reason, and does nothing: a button that is really disabled
/// would drop the focus and be skipped by screen readers. What the phone system cannot do at all is not offered.
pub(crate) struct Action {
    /// For tests; may change with the state.
    pub(crate) testid: Signal<&'static str>,
    /// Looks: `answer`, `end`, `tile`, `plain`, `brand`.
    pub(crate) tone: &'static str,
    pub(crate) icon: Signal<Icon>,
    pub(crate) label: Signal<&'static str>,
    /// For a switch: whether it is on.
    pub(crate) pressed: Option<Signal<bool>>,
    /// The key that does the same.
    pub(crate) key: Option<&'static str>,
    /// The code why it cannot be done now.
    pub(crate) refused: Signal<Option<&'static str>>,
    pub(crate) press: Callback<()>,
}

impl Action {
    /// One that is never refused and never changes.
    pub(crate) fn plain(
        testid: &'static str,
        tone: &'static str,
        icon: Icon,
        label: &'static str,
        press: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            testid: Signal::stored(testid),
            tone,
            icon: Signal::stored(icon),
            label: Signal::stored(label),
            pressed: None,
            key: None,
            refused: Signal::stored(None),
            press: Callback::new(move |()| press()),
        }
    }

    /// The same, refused for the code that `refused` gives.
    pub(crate) fn unless(mut self, refused: Signal<Option<&'static str>>) -> Self {
        self.refused = refused;
        self
    }

    /// The same, with a key that does it too; the key itself is listened to elsewhere.
    pub(crate) const fn with_key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// The button.
    pub(crate) fn view(self) -> AnyView {
        let Self { testid, tone, icon: drawing, label, pressed, key, refused, press } = self;
        let title = move || match (refused.get(), key) {
            (Some(code), _) => format!("{}: {}", label.get(), words::refusal(code)),
            (None, Some(key)) => format!("{} ({key})", label.get()),
            (None, None) => label.get().to_owned(),
        };
        let reason = move || refused.get().map(words::refusal).unwrap_or_default();
        view! {
            <button
                type="button"
                class=format!("action action-{tone}")
                data-testid=move || testid.get()
                title=title
                hidden=move || refused.get() == Some("notSupported")
                aria-disabled=move || refused.get().map(|_| "true")
                aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
                aria-keyshortcuts=key
                aria-description=move || refused.get().map(|_| reason())
                on:click=move |_| {
                    if refused.get_untracked().is_none() {
                        press.run(());
                    }
                }
            >
                {move || icon(drawing.get())}
                <span class="action-label">{move || label.get()}</span>
            </button>
        }
        .into_any()
    }
}
