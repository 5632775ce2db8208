//! Any inputs at any times: no panic, no deadline that does not go away, and the ringing is right.
#![no_main]

mod inputs;

use arbitrary::Unstructured;
use hookswitch_core::{Input, Now, Phase, Softphone, Sound};
use libfuzzer_sys::fuzz_target;

fn put(phone: &mut Softphone, now: Now, input: Input) {
    let _refused_or_not = phone.handle(now, input);
    while phone.poll().is_some() {}
    let snapshot = phone.snapshot();
    let alerts = snapshot.calls.iter().any(|call| call.phase == Phase::Alerting);
    assert_eq!(matches!(snapshot.sound, Sound::Ring | Sound::CallWaiting | Sound::AutoAnswer), alerts);
}

fuzz_target!(|bytes: &[u8]| {
    let mut u = Unstructured::new(bytes);
    let mut phone = Softphone::new();
    let mut now = Now { mono: 1_000, wall: 1_768_471_200_000, utc_offset: 60 };
    for input in inputs::begin() {
        put(&mut phone, now, input);
    }
    while !u.is_empty() {
        let (Ok(step), Ok(input)) = (u.choose(&[0, 0, 0, 1, 1_000, 10_000, 61_000, 400_000]), inputs::input(&mut u)) else { break };
        now.mono += step;
        now.wall += step;
        put(&mut phone, now, input);
    }
    for _ in 0..400 {
        let snapshot = phone.snapshot();
        if snapshot.calls.iter().all(|call| call.phase == Phase::WrapUp) {
            return;
        }
        let next = phone.deadline().expect("a live call has a deadline");
        let step = next.saturating_sub(now.mono);
        now.mono += step;
        now.wall += step;
        put(&mut phone, now, Input::Tick);
    }
    panic!("a call that time does not end");
});
