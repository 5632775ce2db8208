//! Who comes and goes: pages of agents and observers.

use hookswitch_core::{Capabilities, ConnectionState, PhoneReport, PhoneState};

use super::{Client, Switch, faults::OUTAGE};
use crate::{Hello, Options, ServerMessage, timer::Timer};

/// Most ends of one call.
pub(super) const CONFERENCE_SIZE: u8 = 16;

/// Everything a softphone can ask for works here; there are as many lines as the options say.
const CAPABILITIES: Capabilities = Capabilities { conference_size: CONFERENCE_SIZE, ..Capabilities::all() };

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
        if !extension.pages.contains(&page) {
            extension.pages.push(page);
        }
        if !hello.name.is_empty() {
            extension.name = hello.name;
        }
        let state = extension.state.clone();
        let capabilities = Capabilities { lines: u8::try_from(self.options.lines).unwrap_or(u8::MAX), ..CAPABILITIES };
        self.tell_page(page, PhoneReport::Account { identity: hello.extension.as_str().into() });
        self.tell_page(page, PhoneReport::Capabilities { capabilities });
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
        self.offer_all();
    }

    /// A client went without a word. An agent's calls stay for the grace time.
    pub(super) fn gone(&mut self, client: Client) {
        self.observers.remove(&client);
        self.out.retain(|(to, _)| *to != client);
        let Some(extension) = self.pages.remove(&client) else { return };
        let Some(known) = self.extensions.get_mut(&extension) else { return };
        known.pages.retain(|page| *page != client);
        if known.pages.is_empty() {
            self.timers.set(self.now + self.options.grace_ms, Timer::Grace(extension));
        }
    }

    /// The last page stayed away too long: the agent left, and whoever else is in a conference talks on. Ringing calls go on ringing, for
    /// the caller decides how long to wait.
    pub(super) fn grace_over(&mut self, extension: &str) {
        if let Some(known) = self.extensions.get_mut(extension) {
            known.present = false;
            known.state = Some((false, String::new()));
        }
        let begun = |state| !matches!(state, ConnectionState::Alerting);
        let left: Vec<_> =
            self.calls_of(extension).map(|(call, place)| &call.legs[place]).filter(|leg| begun(leg.state)).map(|leg| leg.id).collect();
        for leg in left {
            self.with(leg, Self::lost_contact);
        }
    }

    /// An observer is told everything once, then what changes.
    pub(super) fn observe(&mut self, observer: Client) {
        if self.observers.is_empty() {
            self.shown = (self.call_views(), self.agent_views());
        }
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
}
