//! What always holds.

use hookswitch_core::{
    CallKind, Cause, ConnectionState, Input, Party, Phase, PhoneParty, PhoneReport, Recording, RefusedReason, RequestId, Side, Snapshot,
    Sound,
};

use crate::{
    commands,
    model::Rules,
    switch::{Broken, Leg, Line, Place, reference},
    world::{Mood, World},
};

type Sentence = fn(&Rules, &World) -> bool;

/// After so many deadlines with nothing heard from the phone system, no line is in use.
pub const MOST_TICKS: usize = 32;

/// How long the phone system may have been heard again before the softphone has the truth, milliseconds: the longest a command is
/// waited for (a blind transfer), and then one more question.
const SOON: u64 = 200_000;

/// The sentences, each with its name.
#[must_use]
pub(crate) fn all() -> Vec<(&'static str, Sentence)> {
    vec![
        ("the agent's voice is in one call", one_voice),
        ("nobody leaves who was not asked to", nobody_dropped),
        ("deadlines alone end every call", deadlines_end_it),
        ("it rings if and only if something alerts", rings_when_alerting),
        ("a command is accepted if and only if it is listed", listed_is_accepted),
        ("who was in the room is in the room", nobody_lost),
        ("each ended call has the log of the rule", logs_by_the_rule),
        ("undisturbed, the panel shows what is", undisturbed_shows_what_is),
        ("heard again, the panel soon shows what is", soon_shows_what_is),
        ("a cancelled consultation gives the customer back", gives_back),
        ("a report that cannot be true breaks nothing", survives_lies),
    ]
}

/// By the phone system's truth, at most one connection carries the agent's voice. Where something was lost the softphone cannot know
/// it at once; then it finds out and makes it so as soon as the phone system is heard again.
fn one_voice(_: &Rules, world: &World) -> bool {
    if world.switch.voices() <= 1 {
        return true;
    }
    if !world.disturbed {
        return false;
    }
    heard_again(world, |world| world.switch.voices() <= 1)
}

/// Whether it is so within [`SOON`] when nothing more goes wrong and nobody does anything.
fn heard_again(world: &World, so: impl Fn(&World) -> bool) -> bool {
    let mut world = world.clone();
    world.mood = Mood::Fair;
    let end = world.now.mono + SOON;
    loop {
        while let Some(report) = world.flight.pop_front() {
            world.take(report);
        }
        if so(&world) {
            return true;
        }
        let Some(next) = world.phone.deadline().filter(|next| *next <= end) else { return false };
        world.passes(next.saturating_sub(world.now.mono));
    }
}

fn nobody_dropped(_: &Rules, world: &World) -> bool {
    world.broken != Some(Broken::Dropped)
}

/// With all further reports lost.
fn deadlines_end_it(rules: &Rules, world: &World) -> bool {
    rules.once(0, world, || time_ends_it(world))
}

fn time_ends_it(world: &World) -> bool {
    let mut world = world.clone();
    for _ in 0..=MOST_TICKS {
        let snapshot = world.phone.snapshot();
        if !rings_right(&world, &snapshot) {
            return false;
        }
        if snapshot.calls.iter().all(|call| call.phase == Phase::WrapUp) {
            return true;
        }
        let Some(next) = world.phone.deadline() else { return false };
        world.flight.clear();
        world.passes(next.saturating_sub(world.now.mono));
    }
    false
}

fn rings_when_alerting(_: &Rules, world: &World) -> bool {
    rings_right(world, &world.snapshot)
}

fn rings_right(world: &World, snapshot: &Snapshot) -> bool {
    let alerting = snapshot.calls.iter().any(|call| call.phase == Phase::Alerting);
    let rings = matches!(snapshot.sound, Sound::Ring | Sound::CallWaiting | Sound::AutoAnswer);
    rings == alerting && world.sound == snapshot.sound
}

fn listed_is_accepted(rules: &Rules, world: &World) -> bool {
    if matches!(world.broken, Some(Broken::ListedNotAccepted | Broken::RefusedNotAsListed)) {
        return false;
    }
    rules.once(1, world, || all_as_listed(world))
}

fn all_as_listed(world: &World) -> bool {
    // What is refused changes nothing, so one copy is enough for all of it.
    let mut scratch = world.phone.clone();
    commands::all(&world.snapshot, &world.switch).into_iter().all(|(command, _, listed)| {
        let refused = if listed.is_some() {
            scratch.handle(world.now, Input::Agent(command))
        } else {
            world.phone.clone().handle(world.now, Input::Agent(command))
        };
        refused.err().map(|refusal| refusal.code()) == listed
    })
}

/// Where nobody hangs up and the agent never asks anybody to leave, everybody stays.
fn nobody_lost(rules: &Rules, world: &World) -> bool {
    rules.leaves || rules.commands.contains(&hookswitch_core::CommandKind::ForceEnd) || !world.switch.people.contains(&Place::Gone)
}

/// Answered calls are logged, consultations are not unless the settings say so, and of the others those that are this agent's.
fn logs_by_the_rule(rules: &Rules, world: &World) -> bool {
    let snapshot = &world.snapshot;
    let ended = world.history.iter().filter(|(id, _)| !snapshot.calls.iter().any(|call| call.id == **id));
    ended.into_iter().all(|(id, story)| {
        let logs = snapshot.logs.iter().filter(|log| log.key.count == id.0).count();
        let wanted = if story.consultation { rules.settings.log.consultation } else { story.answered || story.own };
        logs == usize::from(wanted)
    })
}

/// With nothing lost, late or under way.
fn undisturbed_shows_what_is(_: &Rules, world: &World) -> bool {
    world.disturbed || !world.flight.is_empty() || shows_what_is(world, &world.snapshot)
}

/// Whatever went wrong before. Looked at where nothing is on its way: everything else leads there. Without any call the softphone
/// does not ask, so a call whose offer was lost is unknown until the next one.
fn soon_shows_what_is(_: &Rules, world: &World) -> bool {
    let so = |world: &World| {
        let snapshot = world.phone.snapshot();
        snapshot.calls.iter().all(|call| call.phase == Phase::WrapUp) || shows_what_is(world, &snapshot)
    };
    !world.disturbed || !world.flight.is_empty() || heard_again(world, so)
}

/// The panel shows the phone system's truth.
fn shows_what_is(world: &World, snapshot: &Snapshot) -> bool {
    let mut shown: Vec<_> = snapshot.calls.iter().filter(|call| call.phase != Phase::WrapUp).collect();
    shown.sort_by_key(|call| call.party().and_then(|party| commands::person(party.party.number.reveal())));
    // What the agent freed here may go on there, if that was not heard.
    let freed = |line: &Line| world.disturbed && line.seats.iter().all(|seat| world.switch.named.contains(&seat.person));
    let is_shown = |line: &Line| {
        let number = |call: &&hookswitch_core::CallView| call.party().and_then(|party| commands::person(party.party.number.reveal()));
        shown.iter().filter_map(number).any(|person| line.seats.iter().any(|seat| seat.person == person))
    };
    let mut is: Vec<_> = world.switch.lines.iter().filter(|line| !freed(line) || is_shown(line)).collect();
    is.sort_by_key(|line| line.seats[0].person);
    shown.len() == is.len()
        && shown.iter().zip(is).all(|(call, line)| {
            let own = match call.phase {
                Phase::Alerting => line.own == Leg::Alerting,
                Phase::Connected | Phase::Delivered => line.own == Leg::Connected,
                Phase::Held => line.own == Leg::Held,
                Phase::Transferring => line.target.is_some(),
                // Something is under way that nobody will ever answer.
                _ => false,
            };
            own && call.connections.len() == line.seats.len() + 1
        })
}

/// Undisturbed, and once everything is told.
fn gives_back(_: &Rules, world: &World) -> bool {
    let Some(person) = world.wanted_back.filter(|_| !world.disturbed && world.flight.is_empty()) else { return true };
    let in_it = |line: &&Line| line.seats.iter().any(|seat| seat.person == person);
    world.switch.lines.iter().find(in_it).is_none_or(|line| line.own == Leg::Connected)
}

/// Every report about every call there is or was, in every moment: whatever the softphone makes of it, it rings for what alerts, and
/// nothing lasts for ever.
fn survives_lies(rules: &Rules, world: &World) -> bool {
    !rules.lies
        || rules.once(2, world, || {
            lies(world).into_iter().all(|lie| {
                rules.see(world, &lie);
                let mut world = world.clone();
                world.flight.clear();
                world.take(lie);
                rings_right(&world, &world.phone.snapshot()) && time_ends_it(&world)
            })
        })
}

/// One of each kind, about each call.
fn lies(world: &World) -> Vec<PhoneReport> {
    let request = RequestId(1);
    let mut lies = vec![
        PhoneReport::Done { request },
        PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() },
        PhoneReport::Sync { calls: Vec::new() },
    ];
    let nobody = || Party { number: "+14155550199".into(), name: "".into() };
    let party = PhoneParty { id: "p9".into(), party: nobody(), state: ConnectionState::Connected, held_by: Side::Agent, muted: false };
    for name in 0..world.switch.count {
        let call = || reference(name);
        lies.extend([
            PhoneReport::Conferenced { calls: vec![call(), reference(name + 1)], call: call(), parties: vec![party.clone()] },
            PhoneReport::ConnectionCleared { call: call(), cause: Cause::Normal },
            PhoneReport::Delivered {
                call: call(),
                from: nobody(),
                called: "".into(),
                queue: String::new(),
                segment: "".into(),
                kind: CallKind::Inbound,
                record: String::new(),
                owns_log: true,
            },
            PhoneReport::DigitsGenerated { call: call(), digits: "1".into() },
            PhoneReport::Established { call: call(), party: None },
            PhoneReport::Failed { call: call(), cause: Cause::Busy },
            PhoneReport::Held { call: call(), by: Side::Agent },
            PhoneReport::Held { call: call(), by: Side::Party },
            PhoneReport::Muted { call: call(), on: true },
            PhoneReport::NetworkReached { call: call(), early_media: true },
            PhoneReport::Originated { request, call: call() },
            PhoneReport::Parties { call: call(), parties: Vec::new() },
            PhoneReport::Parties { call: call(), parties: vec![party.clone(), party.clone()] },
            PhoneReport::RecordingChanged { call: call(), state: Recording::On },
            PhoneReport::Retrieved { call: call(), by: Side::Agent },
            PhoneReport::TransferFailed { call: call(), cause: Cause::Busy, held: true },
            PhoneReport::Transferred { call: call(), by: Side::Agent, other: None, party: None, kind: None, record: String::new() },
            PhoneReport::Transferred { call: call(), by: Side::Party, other: None, party: None, kind: None, record: String::new() },
        ]);
    }
    lies
}

/// The name of a report about calls; none for the others.
pub(crate) fn kind(report: &PhoneReport) -> Option<&'static str> {
    Some(match report {
        PhoneReport::Conferenced { .. } => "Conferenced",
        PhoneReport::ConnectionCleared { .. } => "ConnectionCleared",
        PhoneReport::Delivered { .. } => "Delivered",
        PhoneReport::DigitsGenerated { .. } => "DigitsGenerated",
        PhoneReport::Done { .. } => "Done",
        PhoneReport::Established { .. } => "Established",
        PhoneReport::Failed { .. } => "Failed",
        PhoneReport::Held { .. } => "Held",
        PhoneReport::Muted { .. } => "Muted",
        PhoneReport::NetworkReached { .. } => "NetworkReached",
        PhoneReport::Originated { .. } => "Originated",
        PhoneReport::Parties { .. } => "Parties",
        PhoneReport::RecordingChanged { .. } => "RecordingChanged",
        PhoneReport::Refused { .. } => "Refused",
        PhoneReport::Retrieved { .. } => "Retrieved",
        PhoneReport::Sync { .. } => "Sync",
        PhoneReport::TransferFailed { .. } => "TransferFailed",
        PhoneReport::Transferred { .. } => "Transferred",
        _ => return None,
    })
}

/// The phases of all calls while a report arrives.
pub(crate) fn phases_met(world: &World, _: &PhoneReport) -> Vec<String> {
    world.snapshot.calls.iter().map(|call| format!("{:?}", call.phase)).collect()
}
