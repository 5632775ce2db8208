//! The one class of the module.

use std::{
    cell::{Cell, RefCell},
    mem::ManuallyDrop,
    panic,
    rc::Rc,
};

use hookswitch_core::{AgentCommand, CallId, DialSource, LogKey, RecordRef, Refusal, Snapshot};
use hookswitch_shell::{Config, Entry, Finding, Phone, Status};
use js_sys::{Function, Promise};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::{
    directory::{EntryView, PageView, RecentView},
    error::{coded, malformed, refused},
    page,
    status::StatusView,
};

/// A running softphone without a face. One at a time lives on a page.
///
/// Every command either begins or throws a `SoftphoneError`, whose `code` is stable and which changed nothing. That a command was
/// carried out is seen in the next snapshot.
#[wasm_bindgen]
pub struct Softphone {
    phone: Phone,
    snapshot: RefCell<Option<(Rc<Snapshot>, JsValue)>>,
    status: RefCell<Option<(Rc<Status>, JsValue)>>,
}

#[wasm_bindgen]
impl Softphone {
    /// Starts a softphone and returns at once; `status()` tells how it goes.
    ///
    /// Throws `badConfig`, naming the field, and `alreadyStarted` while another one has not been stopped.
    pub fn start(#[wasm_bindgen(unchecked_param_type = "SoftphoneConfig")] config: &JsValue) -> Result<Self, JsValue> {
        if STARTED.get() {
            return Err(coded("alreadyStarted", "a softphone runs on this page already: stop it first"));
        }
        panic::set_hook(Box::new(|panic| {
            // Only the place: what stands in the message may be a customer's.
            let place = panic.location().map(ToString::to_string);
            page::panicked(&place.unwrap_or_default());
        }));
        let config = Config::read(&page::prepare(config)).map_err(malformed)?;
        STARTED.set(true);
        let phone = Phone::start(config);
        phone.record();
        Ok(Self { phone, snapshot: RefCell::default(), status: RefCell::default() })
    }

    /// Ends everything: the provider is stopped and another tab may become the phone. Harmless when repeated.
    pub fn stop(&self) {
        if self.phone.status().stage != hookswitch_shell::Stage::Stopped {
            STARTED.set(false);
        }
        self.phone.stop();
    }

    /// The softphone at this moment: plain, immutable data. The same object until something changes, then another one with a higher
    /// `revision`.
    #[wasm_bindgen(unchecked_return_type = "Snapshot")]
    pub fn snapshot(&self) -> JsValue {
        remembered(&self.snapshot, self.phone.snapshot(), plain)
    }

    /// What is around the softphone: whether it runs here, from which settings, what is wrong. The same object until something changes.
    #[wasm_bindgen(unchecked_return_type = "Status")]
    pub fn status(&self) -> JsValue {
        remembered(&self.status, self.phone.status(), |status| plain(&StatusView::new(status)))
    }

    /// Has `listener` called after every change of snapshot or status. Returns a function that ends it; harmless when repeated.
    ///
    /// The listener may call anything here. It is never called from within another method, except after the change that the method made.
    #[wasm_bindgen(unchecked_return_type = "() => void")]
    pub fn subscribe(&self, #[wasm_bindgen(unchecked_param_type = "() => void")] listener: Function) -> JsValue {
        let told = move || {
            // One broken listener must not keep the others from hearing.
            if let Err(thrown) = listener.call0(&JsValue::UNDEFINED) {
                page::report_error(&thrown);
            }
        };
        // Whoever throws the function away, so that the browser clears it away, goes on listening: only calling it ends that.
        let subscription = Cell::new(Some(ManuallyDrop::new(self.phone.subscribe(told))));
        Closure::<dyn Fn()>::new(move || drop(subscription.take().map(ManuallyDrop::into_inner))).into_js_value()
    }

    /// Takes an alerting call; the active one is held first.
    pub fn answer(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Answer(CallId(call)))
    }

    /// Turns an alerting call away.
    pub fn decline(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Decline(CallId(call)))
    }

    /// Calls a number, as typed or clicked; formatting is fine. The active call is held first. `record` is the id of the Salesforce record it belongs to, if one is known.
    pub fn dial(&self, number: &str, record: Option<String>) -> Result<(), JsValue> {
        let source = match record.filter(|id| !id.is_empty()) {
            Some(id) => DialSource::Click { record: Some(RecordRef { id, ..RecordRef::default() }), partner: None, work: None },
            None => DialSource::DialPad,
        };
        self.command(AgentCommand::Dial { number: number.into(), source })
    }

    /// What would be dialed for a number as typed or stored, and why; null when it cannot be dialed. Nothing is called.
    #[wasm_bindgen(unchecked_return_type = "Preview | null")]
    pub fn preview(&self, number: &str) -> JsValue {
        self.phone.preview(number).map_or(JsValue::NULL, |preview| plain(&preview))
    }

    /// Hangs up, or gives up dialing. In a conference: leaves, and lets the others talk.
    pub fn clear(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Clear(CallId(call)))
    }

    /// Frees the line here whatever the phone system says: for a call that does not end.
    #[wasm_bindgen(js_name = forceEnd)]
    pub fn force_end(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::ForceEnd(CallId(call)))
    }

    /// Puts a call on hold.
    pub fn hold(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Hold(CallId(call)))
    }

    /// Ends a hold; the active call is held first.
    pub fn retrieve(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Retrieve(CallId(call)))
    }

    /// Mutes the agent's voice, or lets it be heard again; the call's `muted` tells the truth.
    pub fn mute(&self, call: u32, on: bool) -> Result<(), JsValue> {
        self.command(AgentCommand::Mute(CallId(call), on))
    }

    /// Sends digits: `0`–`9`, `*`, `#`, `A`–`D`.
    #[wasm_bindgen(js_name = sendDigits)]
    pub fn send_digits(&self, call: u32, digits: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::SendDigits(CallId(call), digits.into()))
    }

    /// Chooses which of the call's `matches` it belongs to, or the record in view, by its id; none: no record.
    pub fn select(&self, call: u32, record: Option<String>) -> Result<(), JsValue> {
        let call = CallId(call);
        let record = record.map(|id| {
            let snapshot = self.phone.snapshot();
            let matches = snapshot.calls.iter().find(|view| view.id == call).map(|view| view.matches.as_slice());
            // One that was not found is refused by the core, which knows why.
            matches
                .unwrap_or_default()
                .iter()
                .chain(&snapshot.crm.in_view)
                .find(|found| found.id == id)
                .cloned()
                .unwrap_or_else(|| RecordRef { id, ..RecordRef::default() })
        });
        self.command(AgentCommand::Select(call, record))
    }

    /// Opens the call's page in Salesforce now, even over a window the agent types in.
    #[wasm_bindgen(js_name = popNow)]
    pub fn pop_now(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::PopNow(CallId(call)))
    }

    /// Chooses how the call went, one of its `draft.dispositions`; none clears the choice.
    #[wasm_bindgen(js_name = setDisposition)]
    pub fn set_disposition(&self, call: u32, disposition: Option<String>) -> Result<(), JsValue> {
        self.command(AgentCommand::SetDisposition(CallId(call), disposition))
    }

    /// Replaces the call's notes.
    #[wasm_bindgen(js_name = setNotes)]
    pub fn set_notes(&self, call: u32, notes: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::SetNotes(CallId(call), notes.into()))
    }

    /// Gives wrap-up another full period.
    #[wasm_bindgen(js_name = extendWrapUp)]
    pub fn extend_wrap_up(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::ExtendWrapUp(CallId(call)))
    }

    /// Finishes wrap-up: the log goes out as it is.
    #[wasm_bindgen(js_name = finishWrapUp)]
    pub fn finish_wrap_up(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::FinishWrapUp(CallId(call)))
    }

    /// Takes calls from now on.
    #[wasm_bindgen(js_name = setReady)]
    pub fn set_ready(&self) -> Result<(), JsValue> {
        self.command(AgentCommand::SetReady)
    }

    /// Takes no calls from now on, for one of the snapshot's `agent.reasons`; empty for none.
    #[wasm_bindgen(js_name = setNotReady)]
    pub fn set_not_ready(&self, reason: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::SetNotReady(reason.to_owned()))
    }

    /// Sends a failed or unconfirmed log once more, by its `key`. For an unconfirmed one this is the agent's word that Salesforce does not
    /// have it.
    #[wasm_bindgen(js_name = resendLog)]
    pub fn resend_log(&self, key: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::ResendLog(self.log(key)?))
    }

    /// Drops a log that cannot be saved or should not be, by its `key`.
    #[wasm_bindgen(js_name = discardLog)]
    pub fn discard_log(&self, key: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::DiscardLog(self.log(key)?))
    }

    /// Moves a log to another record, by its `key` and the record's id: one of its `offered`, or the record in view; none: no record. Also for a
    /// log under `recent`.
    #[wasm_bindgen(js_name = relateLog)]
    pub fn relate_log(&self, key: &str, record: Option<String>) -> Result<(), JsValue> {
        let snapshot = self.phone.snapshot();
        let record = record.map(|id| {
            let log = snapshot.all_logs().find(|log| log.key.to_string() == key);
            let offered = log.into_iter().flat_map(|log| log.offered.iter().chain(&log.record)).chain(&snapshot.crm.in_view);
            // One that is not offered is refused by the core, which knows why.
            offered.into_iter().find(|known| known.id == id).cloned().unwrap_or_else(|| RecordRef { id, ..RecordRef::default() })
        });
        self.command(AgentCommand::RelateLog(self.log(key)?, record))
    }

    /// Replaces the notes of a log that is not saved yet, by its `key`. A failed one goes out with `resendLog`.
    #[wasm_bindgen(js_name = setLogNotes)]
    pub fn set_log_notes(&self, key: &str, notes: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::SetLogNotes(self.log(key)?, notes.into()))
    }

    /// Chooses how the call of a log that is not saved yet went, by its `key`; none clears the choice. A failed one goes out with `resendLog`.
    #[wasm_bindgen(js_name = setLogDisposition)]
    pub fn set_log_disposition(&self, key: &str, disposition: Option<String>) -> Result<(), JsValue> {
        self.command(AgentCommand::SetLogDisposition(self.log(key)?, disposition))
    }

    /// Takes a message off the snapshot's `problems`, by its `id`.
    pub fn dismiss(&self, problem: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Dismiss(problem))
    }

    /// Gives the phone system the agent's credentials, when `status().signIn` wants them. They are kept in memory only.
    #[wasm_bindgen(js_name = signIn)]
    pub fn sign_in(&self, user: &str, password: &str) {
        self.phone.sign_in(user, password);
    }

    /// Lets sounds be heard. Has an effect only within a click or key press of the agent.
    #[wasm_bindgen(js_name = enableSound)]
    pub fn enable_sound(&self) {
        self.phone.enable_sound();
    }

    /// Asks Salesforce for the softphone layout once more; `status().layout` tells what comes of it.
    #[wasm_bindgen(js_name = reloadLayout)]
    pub fn reload_layout(&self) {
        self.phone.reload_layout();
    }

    /// A page of what Salesforce's directory finds for a text: directory numbers, colleagues and contacts, as far as the agent may read them.
    /// Pages count from 0. Needs the Apex class.
    ///
    /// Rejects with a `SoftphoneError` whose `code` begins with `apex-`, and whose message says what to do.
    #[wasm_bindgen(unchecked_return_type = "Promise<DirectoryPage>")]
    pub fn directory(&self, text: String, page: Option<u32>) -> Promise {
        let phone = self.phone.clone();
        future_to_promise(async move {
            let found = phone.find(&text, page.unwrap_or_default()).await;
            found.map(|page| plain(&PageView::new(&page))).map_err(|problem| coded(problem.code, &problem.words))
        })
    }

    /// The numbers of the last calls, the newest first, each once. Kept for a week, for the same agent. `subscribe()` tells of changes.
    #[wasm_bindgen(unchecked_return_type = "Recent[]")]
    pub fn recents(&self) -> JsValue {
        plain(&self.phone.directory().recents.iter().map(RecentView::new).collect::<Vec<_>>())
    }

    /// Whom the agent marked, in the order of the marking. `subscribe()` tells of changes.
    #[wasm_bindgen(unchecked_return_type = "DirectoryEntry[]")]
    pub fn favourites(&self) -> JsValue {
        plain(&self.phone.directory().favourites.iter().map(EntryView::new).collect::<Vec<_>>())
    }

    /// Marks a number as a favourite of the agent's; one that is there already is replaced. An empty number changes nothing.
    #[wasm_bindgen(js_name = addFavourite)]
    pub fn add_favourite(&self, number: &str, name: Option<String>) {
        let entry = Entry { number: number.trim().into(), name: name.unwrap_or_default().into(), ..Entry::default() };
        self.phone.set_favourite(&entry, true);
    }

    /// Takes a number off the favourites. Harmless if it is none.
    #[wasm_bindgen(js_name = removeFavourite)]
    pub fn remove_favourite(&self, number: &str) {
        self.phone.set_favourite(&Entry { number: number.trim().into(), ..Entry::default() }, false);
    }

    /// The last things that went on inside, oldest first, for support: stable words, never a number, a name or a note.
    #[wasm_bindgen(unchecked_return_type = "Note[]")]
    pub fn notes(&self) -> JsValue {
        let notes = self.phone.notes();
        let lines: Vec<_> =
            notes.iter().map(|note| NoteView { at: note.at, code: note.code, detail: &note.detail, times: note.times }).collect();
        plain(&lines)
    }

    /// Looks at everything a softphone depends on, and resolves with what was found: what does not work first, each with its remedy. Never
    /// rejected. It waits for the start to be over, ten seconds at most, and as long again where Salesforce is silent.
    #[wasm_bindgen(js_name = selfCheck, unchecked_return_type = "Promise<Finding[]>")]
    pub fn self_check(&self) -> Promise {
        Promise::new(&mut |resolve, _| {
            self.phone.self_check(move |findings| {
                let findings: Vec<_> = findings.iter().map(FindingView::new).collect();
                // A promise's own function does not throw.
                let _ = resolve.call1(&JsValue::UNDEFINED, &plain(&findings));
            });
        })
    }

    /// What the softphone was told lately, as the text of a file for `hookswitch-replay`: digits and letters of numbers, names, notes and
    /// addresses are replaced by others, so that it may be sent to support. Some hours' worth; empty when the settings switch diagnostics
    /// off.
    pub fn journal(&self) -> String {
        self.phone.journal().unwrap_or_default()
    }
}

impl Softphone {
    pub(crate) fn command(&self, command: AgentCommand) -> Result<(), JsValue> {
        self.phone.command(command).map_err(|refusal| refused(&refusal))
    }

    fn log(&self, key: &str) -> Result<LogKey, JsValue> {
        let snapshot = self.phone.snapshot();
        let log = snapshot.all_logs().find(|log| log.key.to_string() == key);
        log.map(|log| log.key).ok_or_else(|| refused(&Refusal::UnknownLog))
    }
}

impl Drop for Softphone {
    /// `free()` without `stop()`: nobody could stop it any more.
    fn drop(&mut self) {
        self.stop();
    }
}

#[derive(Serialize)]
struct NoteView<'a> {
    at: u64,
    code: &'static str,
    detail: &'a str,
    times: u32,
}

#[derive(Serialize)]
struct FindingView<'a> {
    id: &'static str,
    title: &'static str,
    verdict: &'static str,
    words: &'a str,
    fix: &'a str,
}

impl<'a> FindingView<'a> {
    fn new(finding: &'a Finding) -> Self {
        let Finding { id, title, verdict, words, fix } = finding;
        Self { id, title, verdict: verdict.code(), words, fix }
    }
}

/// The object made of `now`: the one made before, if nothing changed since.
fn remembered<T>(cell: &RefCell<Option<(Rc<T>, JsValue)>>, now: Rc<T>, make: impl FnOnce(&T) -> JsValue) -> JsValue {
    if let Some((then, value)) = &*cell.borrow()
        && Rc::ptr_eq(then, &now)
    {
        return value.clone();
    }
    let value = make(&now);
    cell.replace(Some((now, value.clone())));
    value
}

/// Plain data: nulls rather than gaps, objects rather than maps.
fn plain(value: &impl Serialize) -> JsValue {
    // What is given here holds texts, flags, lists and numbers below 2^53 only, and those cannot fail.
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

thread_local! {
    /// A softphone runs. Forgotten with the instance, as it should be.
    static STARTED: Cell<bool> = const { Cell::new(false) };
}
