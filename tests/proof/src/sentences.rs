//! What always holds.

use std::hash::{DefaultHasher, Hash, Hasher};

use hookswitch_core::{Input, Phase, PhoneReport, Snapshot, Sound};

use crate::{
    commands,
    model::Rules,
    reports::lies,
    switch::{Broken, Leg, Line, Place},
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
        ("nothing is asked of the phone system that it cannot do", nothing_impossible),
        ("deadlines alone end every call", deadlines_end_it),
        ("it rings if and only if something alerts", rings_when_alerting),
        ("a command is accepted if and only if it is listed", listed_is_accepted),
        ("who was in the room is in the room", nobody_lost),
        ("each call has the logs of the rule, and one at most", logs_by_the_rule),
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
    let mut world = world.alone();
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

fn nothing_impossible(_: &Rules, world: &World) -> bool {
    world.broken != Some(Broken::Impossible)
}

/// With all further reports lost.
fn deadlines_end_it(rules: &Rules, world: &World) -> bool {
    let mut hasher = DefaultHasher::new();
    (world.phone_key, None::<String>).hash(&mut hasher);
    rules.once(0, hasher.finish(), || time_ends_it(world))
}

fn time_ends_it(world: &World) -> bool {
    let mut world = world.alone();
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
    rules.once(1, world.phone_key, || all_as_listed(world))
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

/// By the phone system's truth of what a call was.
fn logs_by_the_rule(rules: &Rules, world: &World) -> bool {
    world.segments.logged_by_the_rule(rules.settings.log.consultation, world.disturbed, &world.snapshot)
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

/// Undisturbed, once everything is told, and unless the agent is with a third by then: the consultation was about to ask on.
fn gives_back(_: &Rules, world: &World) -> bool {
    let Some(person) = world.wanted_back.filter(|_| !world.disturbed && world.flight.is_empty()) else { return true };
    // Who only rings in a call cannot be given back to anybody.
    let in_it = |line: &&Line| line.seats.iter().any(|seat| seat.person == person && seat.leg != Leg::Alerting);
    let elsewhere = world.switch.lines.iter().any(|line| line.own == Leg::Connected && !in_it(&line));
    elsewhere || world.switch.lines.iter().find(in_it).is_none_or(|line| line.own == Leg::Connected)
}

/// Every report about every call there is or was, in every moment: whatever the softphone makes of it, it rings for what alerts, and
/// nothing lasts for ever.
fn survives_lies(rules: &Rules, world: &World) -> bool {
    if !rules.lies {
        return true;
    }
    // What was asked of a call before is known to nobody but the phone system, which can answer once more.
    let mut hasher = DefaultHasher::new();
    (world.phone_key, world.segments.last_requests().into_keys().collect::<Vec<_>>()).hash(&mut hasher);
    rules.once(2, hasher.finish(), || {
        lies(world).into_iter().all(|lie| {
            rules.see(world, &lie);
            let mut world = world.alone();
            world.flight.clear();
            // What the phone system can do is not part of the key.
            let can = matches!(lie, PhoneReport::Capabilities { .. }).then(|| format!("{lie:?}"));
            world.take(lie);
            let mut hasher = DefaultHasher::new();
            (world.key_of_the_phone(), can).hash(&mut hasher);
            rings_right(&world, &world.phone.snapshot()) && rules.once(0, hasher.finish(), || time_ends_it(&world))
        })
    })
}
