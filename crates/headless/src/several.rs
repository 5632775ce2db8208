//! The commands for several calls, and for several people in one.

use hookswitch_core::{AgentCommand, CallId, PartyId, Recording, WantedUse};
use wasm_bindgen::prelude::*;

use crate::{error::coded, softphone::Softphone};

#[wasm_bindgen]
impl Softphone {
    /// Talks on this held call and holds the one that is active: swaps the two.
    pub fn alternate(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Alternate(CallId(call)))
    }

    /// Turns an alerting call away and takes no more, in one step, for one of the snapshot's `agent.reasons`; empty for none.
    #[wasm_bindgen(js_name = declineNotReady)]
    pub fn decline_not_ready(&self, call: u32, reason: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::DeclineNotReady(CallId(call), reason.to_owned()))
    }

    /// Sends an alerting call to another number.
    pub fn deflect(&self, call: u32, number: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::Deflect(CallId(call), number.into()))
    }

    /// Holds the call and calls somebody else about it. The new call's `consults` names this one; `transfer(call, thatOne)` completes,
    /// `conference(call, thatOne)` joins, `reconnect(thatOne)` cancels.
    pub fn consult(&self, call: u32, number: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::Consult { call: CallId(call), number: number.into() })
    }

    /// Cancels this consultation and takes the held call back.
    pub fn reconnect(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Reconnect(CallId(call)))
    }

    /// Connects the first call's party with the second's, and leaves: completes a consultation, or joins any two calls of one's own.
    /// Whether that is allowed says the call's `others`.
    pub fn transfer(&self, call: u32, other: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Transfer(CallId(call), CallId(other)))
    }

    /// Transfers a call blindly. It is `transferring` until the outcome is known, and comes back with a problem `transferFailed` when the
    /// target does not take it.
    #[wasm_bindgen(js_name = singleStepTransfer)]
    pub fn single_step_transfer(&self, call: u32, number: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::SingleStepTransfer(CallId(call), number.into()))
    }

    /// Makes one call of two: everybody of both talks with everybody. Whether that is allowed says the call's `others`.
    pub fn conference(&self, call: u32, other: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::Conference(CallId(call), CallId(other)))
    }

    /// Adds somebody to a call without asking them first.
    #[wasm_bindgen(js_name = singleStepConference)]
    pub fn single_step_conference(&self, call: u32, number: &str) -> Result<(), JsValue> {
        self.command(AgentCommand::SingleStepConference(CallId(call), number.into()))
    }

    /// Ends a conference for everybody; `clear` leaves it and lets the others talk.
    #[wasm_bindgen(js_name = clearCall)]
    pub fn clear_call(&self, call: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::ClearCall(CallId(call)))
    }

    /// Takes one party out of a conference, by its connection's `id`.
    #[wasm_bindgen(js_name = clearParty)]
    pub fn clear_party(&self, call: u32, party: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::ClearParty(CallId(call), PartyId(party)))
    }

    /// Holds one party of a conference.
    #[wasm_bindgen(js_name = holdParty)]
    pub fn hold_party(&self, call: u32, party: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::HoldParty(CallId(call), PartyId(party)))
    }

    /// Ends the hold of one party.
    #[wasm_bindgen(js_name = retrieveParty)]
    pub fn retrieve_party(&self, call: u32, party: u32) -> Result<(), JsValue> {
        self.command(AgentCommand::RetrieveParty(CallId(call), PartyId(party)))
    }

    /// Mutes one party of a conference, or no longer; the connection's `muted` tells the truth.
    #[wasm_bindgen(js_name = muteParty)]
    pub fn mute_party(&self, call: u32, party: u32, on: bool) -> Result<(), JsValue> {
        self.command(AgentCommand::MuteParty(CallId(call), PartyId(party), on))
    }

    /// Records a call, pauses, or stops; the call's `recording` tells the truth.
    ///
    /// Throws `badArgument` for a word that is none of the three.
    #[wasm_bindgen(js_name = setRecording)]
    pub fn set_recording(&self, call: u32, #[wasm_bindgen(unchecked_param_type = "Recording")] to: &str) -> Result<(), JsValue> {
        let to = match to {
            "off" => Recording::Off,
            "on" => Recording::On,
            "paused" => Recording::Paused,
            _ => return Err(coded("badArgument", "recording is off, on or paused")),
        };
        self.command(AgentCommand::SetRecording(CallId(call), to))
    }

    /// Places the call that is wanted (the snapshot's `wanted`), in one of its `uses`.
    ///
    /// Throws `badArgument` for a word that is none of them.
    #[wasm_bindgen(js_name = useWanted)]
    pub fn use_wanted(&self, #[wasm_bindgen(unchecked_param_type = "WantedUse")] to: &str) -> Result<(), JsValue> {
        let to = match to {
            "add" => WantedUse::Add,
            "anyway" => WantedUse::Anyway,
            "call" => WantedUse::Call,
            "consult" => WantedUse::Consult,
            "transfer" => WantedUse::Transfer,
            _ => return Err(coded("badArgument", "a wanted call is for add, anyway, call, consult or transfer")),
        };
        self.command(AgentCommand::UseWanted(to))
    }

    /// Gives up the call that is wanted.
    #[wasm_bindgen(js_name = dropWanted)]
    pub fn drop_wanted(&self) -> Result<(), JsValue> {
        self.command(AgentCommand::DropWanted)
    }
}
