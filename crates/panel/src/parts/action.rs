//! A button that does one command, or says why it cannot.

use std::rc::Rc;

use crate::{
    dom::{El, Look, el},
    model::Desk,
    parts::{Icon, icon},
    words,
};

/// A button for one command.
///
/// While its command is refused it stays in the tab order, says the reason, and does nothing: a button that is really disabled
/// would drop the focus and be skipped by screen readers. What the phone system cannot do at all is not offered.
pub(crate) struct Action {
    /// Changes with the state, if it is not always the same.
    face: Box<Look<Face>>,
    key: Option<&'static str>,
    press: Box<Look<()>>,
    /// For a switch: whether it is on.
    pressed: Option<Box<Look<bool>>>,
    refused: Refused,
    tone: &'static str,
}

/// The code why something cannot be done now.
type Refused = Rc<Look<Option<&'static str>>>;

/// What a button looks like.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) struct Face {
    /// For tests.
    pub(crate) testid: &'static str,
    pub(crate) icon: Icon,
    pub(crate) label: &'static str,
}

impl Action {
    /// One that is never refused and always looks the same. Tones: `answer`, `brand`, `end`, `plain`, `quiet`, `tile`, `wide`.
    pub(crate) fn new(tone: &'static str, testid: &'static str, icon: Icon, label: &'static str, press: impl Fn(&Desk) + 'static) -> Self {
        Self::changing(tone, move |_| Face { testid, icon, label }, press)
    }

    /// One whose looks change.
    pub(crate) fn changing(tone: &'static str, face: impl Fn(&Desk) -> Face + 'static, press: impl Fn(&Desk) + 'static) -> Self {
        Self { face: Box::new(face), key: None, press: Box::new(press), pressed: None, refused: Rc::new(|_| None), tone }
    }

    /// The same, refused for the code that `refused` gives.
    pub(crate) fn unless(self, refused: impl Fn(&Desk) -> Option<&'static str> + 'static) -> Self {
        Self { refused: Rc::new(refused), ..self }
    }

    /// The same, as a switch.
    pub(crate) fn switch(self, pressed: impl Fn(&Desk) -> bool + 'static) -> Self {
        Self { pressed: Some(Box::new(pressed)), ..self }
    }

    /// The same, with a key that does it too; the key itself is listened to elsewhere.
    pub(crate) fn with_key(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// The button.
    pub(crate) fn view(self, desk: &Desk) -> El {
        let Self { face, key, press, pressed, refused, tone } = self;
        let face: Rc<Look<Face>> = face.into();
        let look = || Rc::clone(&face);
        let why = || Rc::clone(&refused);
        let mut button = el("button", &format!("action action-{tone}")).attr("type", "button");
        if let Some(key) = key {
            button = button.attr("aria-keyshortcuts", key);
        }
        if let Some(pressed) = pressed {
            button = button.attr_if("aria-pressed", desk, move |desk| Some(if pressed(desk) { "true" } else { "false" }));
        }
        let (named, titled, drawn, labelled) = (look(), look(), look(), look());
        let (title, reason, gone, off, stopped) = (why(), why(), why(), why(), why());
        button
            .attr_if("data-testid", desk, move |desk| Some(named(desk).testid))
            .attr_now("title", desk, move |desk| {
                let label = titled(desk).label;
                match (title(desk), key) {
                    (Some(code), _) => [label, ": ", words::refusal(code)].concat(),
                    (None, Some(key)) => [label, " (", key, ")"].concat(),
                    (None, None) => label.to_owned(),
                }
            })
            .hidden(desk, move |desk| gone(desk) == Some("notSupported"))
            .attr_if("aria-disabled", desk, move |desk| off(desk).map(|_| "true"))
            .attr_if("aria-description", desk, move |desk| reason(desk).map(words::refusal))
            .on("click", desk, move |desk, _| {
                if stopped(desk).is_none() {
                    press(desk);
                }
            })
            .part(desk, move |desk| drawn(desk).icon, |_, drawing| Some(icon(*drawing)))
            .with(el("span", "action-label").says(desk, move |desk| labelled(desk).label.to_owned()))
    }
}
