//! A softphone as the npm module's class has it, without what that class needs a page for: clock worker, lock, storage, CRM.
//!
//! Commands are plain arguments, reports are objects read by the shell's own reader, commands to the phone system and snapshots go out
//! through the same serializer.

use std::cell::{Cell, RefCell};

use hookswitch_bench::desk::{MORNING, start};
use hookswitch_core::{AgentCommand, CallId, Input, Now, Output, PhoneCommand, RequestId, Softphone};
use hookswitch_shell::read_report;
use js_sys::Function;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// One agent's softphone.
#[wasm_bindgen]
pub struct Outside {
    phone: RefCell<Softphone>,
    /// Told `(id, command)`, as a provider is.
    command: Function,
    /// Told what sounds from now on.
    sound: Function,
    now: Cell<u64>,
    /// The snapshot of a revision, made when it is asked for.
    snapshot: RefCell<Option<(u64, JsValue)>>,
    revision: Cell<u64>,
    /// What the next page needs may be another than when it was asked for last.
    stored: Cell<bool>,
}

#[wasm_bindgen]
impl Outside {
    /// An agent who is ready.
    #[wasm_bindgen(constructor)]
    pub fn new(command: Function, sound: Function) -> Result<Self, JsValue> {
        let outside = Self {
            phone: RefCell::new(Softphone::new()),
            command,
            sound,
            now: Cell::new(0),
            snapshot: RefCell::new(None),
            revision: Cell::new(0),
            stored: Cell::new(false),
        };
        for input in start() {
            outside.put(input)?;
        }
        Ok(outside)
    }

    /// The phone system tells something.
    pub fn report(&self, report: &JsValue) -> Result<(), JsValue> {
        let report = read_report(report).map_err(|malformed| JsValue::from(malformed.to_string()))?;
        self.put(Input::Phone(report))
    }

    /// Takes an alerting call.
    pub fn answer(&self, call: u32) -> Result<(), JsValue> {
        self.agent(AgentCommand::Answer(CallId(call)))
    }

    /// Puts a call on hold.
    pub fn hold(&self, call: u32) -> Result<(), JsValue> {
        self.agent(AgentCommand::Hold(CallId(call)))
    }

    /// Ends a hold.
    pub fn retrieve(&self, call: u32) -> Result<(), JsValue> {
        self.agent(AgentCommand::Retrieve(CallId(call)))
    }

    /// Holds the call and asks somebody about it.
    pub fn consult(&self, call: u32, number: &str) -> Result<(), JsValue> {
        self.agent(AgentCommand::Consult { call: CallId(call), number: number.into() })
    }

    /// Connects two calls and leaves.
    pub fn transfer(&self, call: u32, other: u32) -> Result<(), JsValue> {
        self.agent(AgentCommand::Transfer(CallId(call), CallId(other)))
    }

    /// Chooses how the call went.
    #[wasm_bindgen(js_name = setDisposition)]
    pub fn set_disposition(&self, call: u32, disposition: Option<String>) -> Result<(), JsValue> {
        self.agent(AgentCommand::SetDisposition(CallId(call), disposition))
    }

    /// Replaces the notes.
    #[wasm_bindgen(js_name = setNotes)]
    pub fn set_notes(&self, call: u32, notes: &str) -> Result<(), JsValue> {
        self.agent(AgentCommand::SetNotes(CallId(call), notes.into()))
    }

    /// Finishes wrap-up.
    #[wasm_bindgen(js_name = finishWrapUp)]
    pub fn finish_wrap_up(&self, call: u32) -> Result<(), JsValue> {
        self.agent(AgentCommand::FinishWrapUp(CallId(call)))
    }

    /// What the next page needs, if the last input changed anything; else empty.
    pub fn kept(&self) -> Vec<u8> {
        if self.stored.replace(false) { self.phone.borrow().checkpoint() } else { Vec::new() }
    }

    /// The softphone at this moment; the same object until something changes.
    pub fn snapshot(&self) -> JsValue {
        let revision = self.revision.get();
        if let Some((then, value)) = &*self.snapshot.borrow()
            && *then == revision
        {
            return value.clone();
        }
        let value = self.phone.borrow().snapshot().serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL);
        self.snapshot.replace(Some((revision, value.clone())));
        value
    }
}

impl Outside {
    fn agent(&self, command: AgentCommand) -> Result<(), JsValue> {
        self.put(Input::Agent(command))
    }

    fn put(&self, input: Input) -> Result<(), JsValue> {
        let mono = self.now.get() + 1;
        self.now.set(mono);
        let now = Now { mono, wall: MORNING + mono, utc_offset: 60 };
        self.phone.borrow_mut().handle(now, input).map_err(|refusal| JsValue::from(refusal.code()))?;
        loop {
            // Not held while JavaScript is called, which may call back.
            let output = self.phone.borrow_mut().poll();
            let Some(output) = output else { return Ok(()) };
            match output {
                Output::Phone { id, command } => self.tell(id, &command)?,
                Output::Sound(sound) => {
                    let sound = sound.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL);
                    self.sound.call1(&JsValue::UNDEFINED, &sound)?;
                }
                Output::Changed => self.revision.set(self.revision.get() + 1),
                Output::Store => self.stored.set(true),
                // The CRM's: there is none.
                _ => {}
            }
        }
    }

    fn tell(&self, id: RequestId, command: &PhoneCommand) -> Result<(), JsValue> {
        let plain = command.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL);
        self.command.call2(&JsValue::UNDEFINED, &id.0.into(), &plain).map(drop)
    }
}
