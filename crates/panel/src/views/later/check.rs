//! The self-check: what is wrong with the phone and around it, and what to do. In front of the panel until it is closed or a call rings.

use std::{cell::RefCell, rc::Rc};

use hookswitch_core::{CallId, Phase, settings::ViewKind};
use hookswitch_shell::{Finding, Verdict};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlTextAreaElement};

use super::{diagnostics::diagnostics, layout::layout};
use crate::{
    dom::{El, Held, el, focus, page},
    model::{Checked, Desk},
    parts::{Action, Icon, icon, later, settle},
    words,
};

/// What has been found; none while it is looked for.
#[derive(Clone, Default)]
struct Look {
    checked: Rc<RefCell<Option<Checked>>>,
    /// Counts the looks: an answer to an earlier one is dropped.
    turn: Held<u32>,
    copied: Held<Option<bool>>,
}

/// The button that opens it.
#[inline(never)]
pub(crate) fn opener(desk: &Desk) -> El {
    Action::new("plain", "check", Icon::Info, words::CHECK, open).view(desk)
}

/// Opens it and begins to look.
#[inline(never)]
pub(crate) fn open(desk: &Desk) {
    let Some(panel) = page().query_selector(".panel").ok().flatten() else { return };
    if panel.query_selector("[data-testid=check-view]").is_ok_and(|open| open.is_some()) {
        return;
    }
    let desk = desk.outermost();
    let scope = desk.scope().clone();
    let look = Look::default();
    let before = page().active_element();
    let dialog = view(&desk, &look);
    let shown = dialog.element().clone();
    let ending = scope.clone();
    let close = Rc::new(move |ringing: Option<CallId>| {
        shown.remove();
        ending.end();
        match before.as_ref().filter(|before| before.is_connected()) {
            // Where the agent was. A call that rings could not take the focus while the dialog was in front of it.
            Some(before) if ringing.is_none() => focus(before),
            _ => settle(ringing),
        }
    });
    let (closes, rings) = (Rc::clone(&close), close);
    let dialog = dialog.on("close", &desk, move |_, _| {
        // Not from within a listener that ends with it.
        let closes = Rc::clone(&closes);
        later(move || closes(None));
    });
    desk.watch(Rc::new(move |desk| {
        let ringing = desk.snapshot().calls.iter().find(|call| call.phase == Phase::Alerting).map(|call| call.id);
        if ringing.is_some() {
            let rings = Rc::clone(&rings);
            later(move || rings(ringing));
        }
    }));
    // Cannot fail: the dialog is new.
    let _ = panel.append_child(dialog.element());
    run(&desk, &look);
    tell(dialog.element(), "showModal");
}

/// Looks, once more.
fn run(desk: &Desk, look: &Look) {
    let turn = look.turn.get() + 1;
    look.checked.replace(None);
    look.copied.set(desk, None);
    look.turn.set(desk, turn);
    let (shown, look) = (desk.clone(), look.clone());
    desk.check(Box::new(move |checked| {
        if look.turn.get() == turn {
            look.checked.replace(Some(checked));
            shown.changed();
        }
    }));
}

fn view(desk: &Desk, look: &Look) -> El {
    let (said, listed, again, buttons) = (look.clone(), look.clone(), look.clone(), look.clone());
    let dialog = el("dialog", "card check").id("check-view").attr("aria-labelledby", "check-title");
    let shut = dialog.element().clone();
    dialog
        .with(el("h2", "").attr("id", "check-title").attr("tabindex", "-1").attr("autofocus", "").text(words::CHECK))
        .with(el("p", "").id("check-summary").attr("role", "status").says(desk, move |_| said.summary()))
        .part(desk, move |_| listed.findings(), |_, findings| Some(list(findings.as_ref()?)))
        .part_if(desk, move |_| buttons.checked.borrow().is_some(), {
            let look = look.clone();
            move |desk| report(desk, &look)
        })
        .part(desk, |desk| desk.status().layout.clone(), |_, received| layout(received))
        .with(
            el("div", "log-actions")
                .with(Action::new("plain", "check-again", Icon::Redo, words::CHECK_AGAIN, move |desk| run(desk, &again)).view(desk))
                .with(Action::new("plain", "check-close", Icon::Cross, words::CLOSE, move |_| tell(&shut, "close")).view(desk)),
        )
}

impl Look {
    fn findings(&self) -> Option<Vec<Finding>> {
        self.checked.borrow().as_ref().map(|checked| checked.findings.clone())
    }

    fn summary(&self) -> String {
        let Some(findings) = self.findings() else { return words::CHECKING.to_owned() };
        let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
        words::checked(count(Verdict::Fail), count(Verdict::Warn), count(Verdict::NotKnown), count(Verdict::Pass))
    }
}

/// What needs looking at, and behind it what does not.
fn list(findings: &[Finding]) -> El {
    let lines = |pass: bool| findings.iter().filter(move |finding| (finding.verdict == Verdict::Pass) == pass).map(line);
    el("div", "stack").id("check-findings").with(el("ul", "").all(lines(false))).with(
        el("details", "fold").id("check-passed").with(el("summary", "").text(words::CHECK_PASSED)).with(el("ul", "").all(lines(true))),
    )
}

fn line(finding: &Finding) -> El {
    let (drawing, word, state) = match finding.verdict {
        Verdict::Fail => (Icon::Cross, words::VERDICT_FAIL, "failed"),
        Verdict::NotKnown => (Icon::Info, words::VERDICT_NOT_KNOWN, "pending"),
        Verdict::Pass => (Icon::Check, words::VERDICT_PASS, "pending"),
        Verdict::Warn => (Icon::Warning, words::VERDICT_WARN, "failed"),
    };
    let text = el("div", "log-text")
        .with(el("strong", "").text(finding.title).text(": ").text(word))
        .with(el("p", "").text(&finding.words))
        .all((!finding.fix.is_empty()).then(|| el("p", "log-words").text(words::CHECK_FIX).text(" ").text(&finding.fix)));
    el("li", "log")
        .id("finding")
        .attr("data-finding", finding.id)
        .attr("data-verdict", finding.verdict.code())
        .attr("data-state", state)
        .with(icon(drawing))
        .with(text)
}

/// The report as a text, so that it is seen before it is sent.
fn report(desk: &Desk, look: &Look) -> El {
    let text = look.checked.borrow().as_ref().map(|checked| checked.report.clone()).unwrap_or_default();
    let field = el("textarea", "").id("check-report").attr("readonly", "").attr("rows", "4").attr("aria-label", words::CHECK_REPORT);
    let area = field.cast::<HtmlTextAreaElement>();
    area.set_value(&text);
    let (copy, said) = (look.clone(), look.clone());
    let press = move |desk: &Desk| {
        area.select();
        copy.copied.set(desk, Some(copied()));
    };
    let told = move |_: &Desk| match said.copied.get() {
        None => String::new(),
        Some(true) => words::CHECK_COPIED.to_owned(),
        Some(false) => words::CHECK_NOT_COPIED.to_owned(),
    };
    el("details", "fold")
        .id("check-for-support")
        .with(el("summary", "").text(words::CHECK_REPORT))
        .with(field)
        .with(Action::new("plain", "check-copy", Icon::Pen, words::CHECK_COPY, press).view(desk))
        .with(el("p", "").attr("role", "status").id("check-copied").says(desk, told))
        .part_if(desk, |desk| desk.status().view.views.contains(&ViewKind::Diagnostics), diagnostics)
}

/// Copies what is selected. Not by the clipboard's own interface, which a frame of Salesforce's may not be given.
fn copied() -> bool {
    call(&page(), "execCommand", &"copy".into()).is_some_and(|done| done.is_truthy())
}

/// A dialog shown or shut by the browser, which sees to the focus and to Escape.
fn tell(dialog: &Element, method: &str) {
    call(dialog, method, &JsValue::UNDEFINED);
}

/// Calls a method of the page's or the browser's by its name; none where there is none, or it throws.
pub(super) fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    Reflect::get(object, &method.into()).ok()?.dyn_into::<Function>().ok()?.call1(object, argument).ok()
}
