//! Who comes and goes: pages of agents and observers.

use hookswitch_core::{Capabilities, Cause, ConnectionState, PhoneReport, PhoneState};

use super::{Client, Switch};
use crate::{Hello, Options, ServerMessage, timer::Timer};

/// Everything a softphone can ask for works here.
const CAPABILITIES: Capabilities = Capabilities {
    agent_state: true,
    blind_transfer_returns: true,
    calls_survive_reload: true,
    clear_call: false,
    clear_party: false,
    conference: false,
    conference_size: 0,
    deflect: false,
    digits: true,
    hold: true,
    hold_party: false,
    leave: false,
    lines: 0,
    mute: true,
    mute_party: false,
    recording: false,
    single_step_conference: false,
    single_step_transfer: false,
    transfer: false,
    transfer_ringing: false,
};

impl Switch {
    /// A page says whose it is. Saying it again is harmless; saying another extension moves the page there.
    pub(super) fn attach(&mut self, page: Client, hello: Hello) {
        if self.pages.get(&page).is_some_and(|extension| *extension != hello.extension) {
            self.gone(page);
        }
        self.pages.insert(page, hello.extension.clone());
        self.timers.drop_grace(&hello.extension);
        let extension = self.extensions.entry(hello.extension.clone()).or_default();
        extension.present = true;
        if !hello.name.is_empty() {
            extension.name = hello.name;
        }
        let state = extension.state.clone();
        self.tell_page(page, PhoneReport::Account { identity: hello.extension.as_str().into() });
        self.tell_page(page, PhoneReport::Capabilities { capabilities: CAPABILITIES });
        if self.faults.outage {
            self.tell_page(page, PhoneReport::Service { state: PhoneState::Reconnecting, detail: OUTAGE.into() });
            return;
        }
        // Before anybody chose one there is no state to impose on the softphone, which may remember its own.
        if let Some((ready, reason)) = state {
            self.tell_page(page, PhoneReport::AgentState { ready, reason });
        }
        self.tell_page(page, PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
        let calls = self.sync(&hello.extension);
        self.tell_page(page, calls);
        self.offer(&hello.extension);
    }

    /// A client went without a word. An agent's calls stay for the grace time.
    pub(super) fn gone(&mut self, client: Client) {
        self.observers.remove(&client);
        self.out.retain(|(to, _)| *to != client);
        let Some(extension) = self.pages.remove(&client) else { return };
        if !self.has_page(&extension) {
            self.timers.set(self.now + self.options.grace_ms, Timer::Grace(extension));
        }
    }

    /// The last page stayed away too long: the agent left. Ringing calls go on ringing, for the caller decides how long to wait.
    pub(super) fn grace_over(&mut self, extension: &str) {
        if let Some(known) = self.extensions.get_mut(extension) {
            known.present = false;
            known.state = Some((false, String::new()));
        }
        let begun = |state| !matches!(state, ConnectionState::Alerting);
        let left: Vec<_> =
            self.calls_of(extension).filter(|(call, place)| begun(call.ends[*place].state)).map(|(c, p)| (c.name.clone(), p)).collect();
        for (call, place) in left {
            self.with(&call, |switch, at| switch.finish(at, Cause::NetworkLost, Some(place)));
        }
    }

    /// An observer is told everything once, then what changes.
    pub(super) fn observe(&mut self, observer: Client) {
        self.observers.insert(observer);
        // What others have not been shown yet comes to all alike, right after.
        let now = [
            ServerMessage::Options(self.options.clone()),
            ServerMessage::Agents(self.shown.1.clone()),
            ServerMessage::Calls(self.shown.0.clone()),
        ];
        self.out.extend(now.map(|message| (observer, message)));
    }

    pub(super) fn set_options(&mut self, options: Options) {
        self.options = options;
        let options = ServerMessage::Options(self.options.clone());
        self.tell_observers(&options);
        // More lines may let a waiting caller through.
        self.offer_all();
    }

    /// Agents cannot reach the switch for a while; what happens meanwhile they learn from a sync.
    pub(super) fn outage(&mut self, for_ms: u64) {
        self.timers.drop_outage();
        self.timers.set(self.now + for_ms, Timer::OutageOver);
        self.service(PhoneState::Reconnecting, OUTAGE);
        self.faults.outage = true;
    }

    pub(super) fn outage_over(&mut self) {
        self.faults.outage = false;
        self.service(PhoneState::Ready, "");
        let pages: Vec<_> = self.pages.iter().map(|(page, extension)| (*page, extension.clone())).collect();
        for (page, extension) in pages {
            if let Some((ready, reason)) = self.extensions.get(&extension).and_then(|known| known.state.clone()) {
                self.tell_page(page, PhoneReport::AgentState { ready, reason });
            }
            let calls = self.sync(&extension);
            self.tell_page(page, calls);
        }
        self.offer_all();
    }

    /// Something changed for everybody: waiting callers may get through.
    fn offer_all(&mut self) {
        let extensions: Vec<_> = self.extensions.keys().cloned().collect();
        for extension in extensions {
            self.offer(&extension);
        }
    }

    fn service(&mut self, state: PhoneState, detail: &str) {
        let extensions: Vec<_> = self.extensions.keys().cloned().collect();
        for extension in extensions {
            self.tell(&extension, &PhoneReport::Service { state, detail: detail.into() });
        }
    }
}

const OUTAGE: &str = "simulated outage";
