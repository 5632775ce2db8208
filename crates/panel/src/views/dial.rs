//! Placing a call: number, pad, button, last number.

use hookswitch_core::{DialSource, Private};
use web_sys::{Event, HtmlInputElement};

use super::later;
use crate::{
    dom::{El, Held, el, page},
    model::Desk,
    parts::{Action, Icon, icon, is_digit, key_of, pad, writing},
    words,
};

/// The number as it is typed: the field has the text, the rest of the view is told of it.
#[derive(Clone)]
struct Number {
    field: HtmlInputElement,
    text: Held<String>,
}

impl Number {
    fn set(&self, desk: &Desk, text: &str) {
        if self.field.value() != text {
            self.field.set_value(text);
        }
        self.text.set(desk, text.to_owned());
    }

    fn push(&self, desk: &Desk, digit: &str) {
        self.set(desk, &(self.text.get() + digit));
    }

    fn pop(&self, desk: &Desk) {
        let mut text = self.text.get();
        text.pop();
        self.set(desk, &text);
    }

    /// Why the button does nothing now.
    fn reason(&self, desk: &Desk) -> Option<&'static str> {
        match desk.snapshot().dial {
            Some(code) => Some(words::refusal(code)),
            None => self.text.get().trim().is_empty().then_some(words::NUMBER_FIRST),
        }
    }

    /// A refused number stays, so that it can be mended.
    #[inline(never)]
    fn dial(&self, desk: &Desk) {
        if self.reason(desk).is_none() && desk.dial(self.text.get().trim(), DialSource::DialPad) {
            self.set(desk, "");
        }
    }

    /// Digits typed while a button has the focus go to the number, too; fields and keys of the pad take their own.
    fn typed(&self, desk: &Desk, event: &Event) {
        let Some(key) = key_of(event).filter(|_| !event.default_prevented() && !writing(&page())) else { return };
        if key == "Backspace" {
            self.pop(desk);
        } else if key == "+" || (key.chars().all(is_digit) && key.chars().count() == 1) {
            self.push(desk, &key);
        }
    }
}

/// The view.
pub(crate) fn dial(desk: &Desk) -> El {
    let input = el("input", "dial-input")
        .id("dial-input")
        .attr("data-home", "")
        .attr("type", "tel")
        .attr("autocomplete", "off")
        .attr("aria-label", words::NUMBER)
        .attr("placeholder", words::NUMBER)
        .attr("aria-describedby", "dial-reason dial-preview");
    let number = Number { field: input.cast(), text: Held::default() };
    let each = || number.clone();
    let (changed, back, key, sent, shown) = (each(), each(), each(), each(), each());
    let (typed, off, title, reason) = (each(), each(), each(), each());
    let (named, people) = (each(), each());
    let input = input.on("input", desk, move |desk, _| changed.set(desk, &plain(&changed.field.value())));
    let delete = el("button", "action action-quiet")
        .attr("type", "button")
        .id("backspace")
        .attr("aria-label", words::BACKSPACE)
        .attr("title", words::BACKSPACE)
        .with(icon(Icon::Backspace))
        .on("click", desk, move |desk, _| back.pop(desk));
    let call = el("button", "action action-answer dial-button")
        .attr("type", "submit")
        .id("dial")
        .attr_if("aria-disabled", desk, move |desk| off.reason(desk).map(|_| "true"))
        .attr("aria-describedby", "dial-reason")
        .attr_if("title", desk, move |desk| Some(title.reason(desk).unwrap_or(words::CALL)))
        .with(icon(Icon::Handset))
        .with(el("span", "action-label").text(words::CALL));
    let why = el("p", "dial-reason").attr("id", "dial-reason").id("dial-reason");
    el("form", "card dial")
        .attr("aria-label", words::DIAL_PAD)
        .on("submit", desk, move |desk, event| {
            event.prevent_default();
            sent.dial(desk);
        })
        .on("keydown", desk, move |desk, event| typed.typed(desk, event))
        .with(el("div", "dial-row").with(input).with(delete))
        .with(pad(desk, words::DIAL_PAD, move |desk, digit| key.push(desk, &digit.to_string())))
        .with(call)
        .with(why.says(desk, move |desk| reason.reason(desk).unwrap_or_default().to_owned()))
        // Nothing typed asks for nothing of what is loaded later.
        .part(desk, move |_| shown.text.get(), |desk, typed| if typed.is_empty() { None } else { later::preview(desk, typed) })
        .part_if(desk, move |_| is_name(&named.text.get()), move |desk| later::suggestions(desk, &people.text))
        .part(desk, Desk::last_dialed, |desk, last| last.clone().map(|last| redial(desk, last)))
}

#[inline(never)]
fn redial(desk: &Desk, last: Private) -> El {
    let shown = el("span", "number").text(last.reveal());
    let again = move |desk: &Desk| {
        desk.dial(last.reveal(), DialSource::Redial);
    };
    let button = Action::new("plain", "redial", Icon::Redo, words::REDIAL, again).unless(|desk| desk.snapshot().dial);
    el("div", "redial").with(button.view(desk)).with(shown)
}

/// What was pasted, without what a copied link has around a number; the core reads any formatting.
fn plain(typed: &str) -> String {
    typed.trim_start().trim_start_matches("tel:").to_owned()
}

/// Whether a text may be a name rather than a number.
fn is_name(typed: &str) -> bool {
    let typed = typed.trim();
    typed.starts_with(char::is_alphabetic) && !typed.contains([':', '@']) && typed.chars().nth(1).is_some()
}
