//! The bridge to a provider: the JavaScript module that speaks to the phone system.

use std::{cell::Cell, rc::Rc};

use hookswitch_core::{
    PhoneCommand, PhoneReport, PhoneState, RefusedReason, RequestId,
    settings::{DigitsMode, ProviderKind, Settings, SipServer},
};
use hookswitch_definition::{Flat, PROVIDER_SECTION};
use js_sys::{Function, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{
    config::object,
    keep::{Keep, Provider},
    read::words_of,
};

/// The provider in use, if any.
pub(crate) struct Bridge {
    keep: Keep,
    load: Function,
    /// Counts the providers: one that arrives after another was asked for is dropped.
    turn: Cell<u32>,
}

impl Bridge {
    pub(crate) fn new(keep: &Keep, load: &Function) -> Rc<Self> {
        Rc::new(Self { keep: keep.clone(), load: load.clone(), turn: Cell::new(0) })
    }

    /// Whether these settings ask for another provider than the one in use, or for the same with other settings.
    pub(crate) fn differs(&self, settings: &Settings, flat: &Flat) -> bool {
        settings.provider.is_some() && Wanted::of(settings, flat).is_some_and(|wanted| wanted.made != self.keep.made())
            || settings.provider.is_none() && !self.keep.made().is_empty()
    }

    /// Start the provider of these settings in place of the one in use. The same one with the same settings, left by an instance that
    /// broke, goes on: its calls are alive, and it is only asked how things are.
    ///
    /// # Errors
    ///
    /// What is wrong with the module, for the admin; there is no provider then.
    pub(crate) async fn start(&self, settings: &Settings, flat: &Flat) -> Result<(), String> {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        let wanted = Wanted::of(settings, flat);
        if let (Some(provider), Some(wanted)) = (self.keep.provider(), &wanted)
            && wanted.made == self.keep.made()
        {
            self.keep.replay();
            return provider.sync().map_err(|thrown| format!("the phone system's module failed: {}", words_of(&thrown)));
        }
        self.keep.let_go();
        let Some(wanted) = wanted else { return Ok(()) };
        let module = self.module(&wanted.name).await?;
        if turn != self.turn.get() {
            return Ok(());
        }
        let create = Reflect::get(&module, &"createProvider".into()).ok().and_then(|create| create.dyn_into::<Function>().ok());
        let Some(create) = create else {
            return Err(format!("{} is not a phone system's module: it exports no createProvider", wanted.name));
        };
        let host = self.keep.host(&wanted.settings);
        let provider = create
            .call1(&JsValue::UNDEFINED, &host)
            .map_err(|thrown| format!("the phone system's module {} failed to start: {}", wanted.name, words_of(&thrown)))?;
        if !provider.is_object() {
            return Err(format!("{} is not a phone system's module: createProvider gave no provider", wanted.name));
        }
        self.keep.set_provider(&provider);
        self.keep.set_made(&wanted.made);
        self.begin()
    }

    /// Have the provider connect; again, after a refused sign-in.
    pub(crate) fn begin(&self) -> Result<(), String> {
        let Some(provider) = self.keep.provider() else { return Ok(()) };
        provider.start().map_err(|thrown| format!("the phone system's module failed to start: {}", words_of(&thrown)))
    }

    /// Let go of the provider; its calls end.
    pub(crate) fn stop(&self) {
        self.turn.set(self.turn.get() + 1);
        self.keep.let_go();
    }

    /// Hand a command over. What comes back at once, if anything, is the refusal of a provider that is not there or broke.
    pub(crate) fn command(&self, id: RequestId, command: &PhoneCommand) -> Option<PhoneReport> {
        let refused = |reason, detail: String| Some(PhoneReport::Refused { request: id, reason, detail: detail.into() });
        let Some(provider) = self.keep.provider() else { return refused(RefusedReason::Offline, String::new()) };
        let plain = command.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
        let Ok(plain) = plain else { return refused(RefusedReason::NotSupported, String::new()) };
        match Provider::command(&provider, id.0, &plain) {
            Ok(()) => None,
            Err(thrown) => refused(RefusedReason::NotSupported, words_of(&thrown)),
        }
    }

    async fn module(&self, name: &str) -> Result<JsValue, String> {
        let broken = |thrown: JsValue| format!("the phone system's module {name} could not be loaded: {}", words_of(&thrown));
        let loading = self.load.call1(&JsValue::UNDEFINED, &name.into()).map_err(broken)?;
        JsFuture::from(Promise::resolve(&loading)).await.map_err(broken)
    }
}

/// The report that says that there is no provider, and why.
pub(crate) fn failed(detail: String) -> PhoneReport {
    PhoneReport::Service { state: PhoneState::Failed, detail: detail.into() }
}

/// The provider that settings ask for.
struct Wanted {
    /// What `Config::load` is given.
    name: String,
    settings: Object,
    /// Name and settings as one text, to be compared.
    made: String,
}

impl Wanted {
    fn of(settings: &Settings, flat: &Flat) -> Option<Self> {
        let (name, entries) = match settings.provider.as_ref()? {
            ProviderKind::Custom(url) => (url.clone(), vendor(settings, flat)),
            ProviderKind::Simulated => ("simulated".to_owned(), vendor(settings, flat)),
            ProviderKind::Sip => ("sip".to_owned(), sip(settings)),
            other => (format!("{other:?}"), Vec::new()),
        };
        let mut made = name.clone();
        for (item, value) in &entries {
            made.extend(["\n", item, "=", value]);
        }
        Some(Self { name, settings: object(entries.iter().map(|(item, value)| (item.as_str(), value.as_str()))), made })
    }
}

/// For a vendor's module: its section as it stands, and the spare texts.
fn vendor(settings: &Settings, flat: &Flat) -> Vec<(String, String)> {
    let section = flat.section(PROVIDER_SECTION).map(|(item, value)| (item.to_owned(), value.to_owned()));
    let spare = (1..).zip(&settings.spare).filter(|(_, text)| !text.is_empty());
    section.chain(spare.map(|(number, text)| (format!("spare{number}"), text.clone()))).collect()
}

/// For the SIP provider: the settings as they were understood, so that a wrong value cannot reach it.
fn sip(settings: &Settings) -> Vec<(String, String)> {
    let sip = &settings.sip;
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let flag = |on: bool| if on { "true" } else { "false" }.to_owned();
    let digits = match sip.digits_mode {
        DigitsMode::Info => "info",
        _ => "rfc4733",
    };
    let entries = [
        ("primaryServers", servers(&sip.primary)),
        ("backupServers", servers(&sip.backup)),
        ("domain", some(&sip.domain)),
        ("realm", some(&sip.realm)),
        ("outboundProxy", some(&sip.outbound_proxy)),
        ("iceServers", sip.ice_servers.join(",")),
        ("iceRelayOnly", flag(sip.ice_relay_only)),
        ("iceWaitMs", sip.ice_wait_ms.to_string()),
        ("registerSeconds", sip.register_seconds.to_string()),
        ("sessionTimers", flag(sip.session_timers)),
        ("codecs", sip.codecs.join(",")),
        ("digits", digits.to_owned()),
        ("recordHeader", some(&sip.record_header)),
        ("queueHeader", some(&sip.queue_header)),
        ("segmentHeader", some(&sip.segment_header)),
        ("internalLength", settings.dialing.internal_length.to_string()),
    ];
    entries.into_iter().map(|(item, value)| (item.to_owned(), value)).collect()
}

fn servers(list: &[SipServer]) -> String {
    let entries: Vec<String> = list.iter().map(|server| format!("{} {}", server.url, server.weight)).collect();
    entries.join(",")
}
