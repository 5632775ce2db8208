//! Whatever an earlier page left, or says it left: it is read or refused, and the day goes on.
#![no_main]

use hookswitch_core::{
    Input, Now, PhoneReport, PhoneState, Softphone,
    settings::{ProviderKind, Settings},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let now = Now { mono: 1_000, wall: 1_768_471_200_000, utc_offset: 60 };
    // What a page stores.
    let mut phone = Softphone::new();
    let settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    // The layout's number first, so that most of it is read.
    let stored = [&[2u8], bytes].concat();
    for input in [
        Input::Start { seed: 1 },
        Input::Settings(Box::new(settings)),
        Input::Restored(stored),
        Input::Phone(PhoneReport::Account { identity: "".into() }),
        Input::Phone(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() }),
        Input::Phone(PhoneReport::Sync { calls: Vec::new() }),
    ] {
        let _refused_or_not = phone.handle(now, input);
        while phone.poll().is_some() {}
    }
    let later = Now { mono: 10_000_000, wall: now.wall + 10_000_000, utc_offset: 0 };
    let _refused_or_not = phone.handle(later, Input::Tick);
    let _snapshot = phone.snapshot();
    // A whole softphone, as a journal keeps it.
    if let Ok(mut phone) = postcard::from_bytes::<Softphone>(bytes) {
        let _refused_or_not = phone.handle(now, Input::Tick);
        while phone.poll().is_some() {}
        let _snapshot = phone.snapshot();
    }
});
